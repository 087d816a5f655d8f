//! Works → references: prepared CSL-JSON item, style, typed runs.
//!
//! Takes [`crate::portfolio::Publication`]s and a citation style (CSL 1.0.2); gives
//! [`CitationText`]. The only module that knows the CSL engine. HTML, plain text, the CV and
//! the exports all come from the same runs.
//!
//! A reference is made in five steps: the publication becomes CSL-JSON (`exchange::csl_json`),
//! the style's layout is resolved for that item (`resolve`), the engine lays it out (`engine`),
//! its element tree is read into pieces (`runs`), and the punctuation between them is settled
//! (`punctuation`). Each item is laid out alone, so no other changes it.
//!
//! # What is kept from the engine, and why
//!
//! The output is to equal that of the reference processor (citeproc-js) with the official
//! styles; `tests/citations` compares both and prints the share of each style. hayagriva 0.10 differs from it in these cases,
//! so the resolver hands it layouts in which they no longer arise:
//!
//! - `<names>` without `<name>` print no names, or put the label first; a stand-in inside
//!   `choose` is not found.
//! - `form="short"` of `container-title` ignores the short title.
//! - Family names with a small word inside lose their order (`Silva e Souza` → `Souza R Silva e`),
//!   `Eun-ji` becomes `E.-ji`, an apostrophe of a particle gets a space (`d’ Aubigny`).
//! - `FIIP-22-07` is taken for a range, `1012-21` is expanded where the style says nothing, a
//!   label before Roman pages or a report number gets the wrong number.
//! - `text-case="title"` breaks acronyms (`Mri`) and capitalises short prepositions.
//! - Formatting reaches affixes; tags inside titles are printed as text; straight quotes stay.
//! - Text made of signs and digits is dropped when it repeats the end of what came before it
//!   (a second `)`, a `2` after `12`); blanks before a stop are eaten. All punctuation is
//!   therefore marked (`mark`) and settled at the end.
//! - A date with two ends is a panic; conditions, macros and terms are looked up by walking
//!   through lists, which makes the long styles (APA, Chicago) slow.
//!
//! # Better readings than the reference
//!
//! The test lists each with an item (`tests/fixtures/citations/unusual/better.tsv`).
//!
//! - A date that spans months or years keeps its blank (`2019 Nov–2020 Jan`, not `Nov–2020Jan`;
//!   `Feb 28–Jul 3`, not `Jul3`) and its single pair of parentheses (`(2018–2020)`, not
//!   `(2018–(2020))`).
//! - An empty container leaves no stop behind (`eds. Stuttgart`, not `eds. . Stuttgart`), and no
//!   full stop follows a journal's or book's question mark (`What Next?`, not `What Next?.`).
//! - Symbols of genes and versions (`p53`, `β2`, `v2018`) keep their small letter in title case.
//! - A raised sign (`R²`, `™`) stays that sign in HTML, so that a copy without mark-up keeps it.
//! - Quotes after a dash are curled, a quotation at the end of another keeps both closing marks,
//!   and two hyphens between pages are a range.
//! - A dropping particle is kept when the given name ends in a small word as well; `Ștefania` has
//!   the initial `Ș`; Georgian names keep their blank; no blank stands before a comma (`de’, and`).
//! - A list of editors that is cut keeps its comma before "et al." when translators follow.
//! - For a [`Publication`], not for a bare item: "in press", "accepted", "epub ahead of print",
//!   `[abstract]` and `[retracted]` are added where a style leaves them out, and the owner is
//!   never lost in "et al.".

mod case;
mod date;
mod engine;
mod fallback;
mod html;
mod initials;
mod item;
mod kept;
mod locale;
mod mark;
mod markup;
mod name;
mod number;
mod punctuation;
mod resolve;
mod runs;
mod sheet;
mod status;
mod style;
mod terms;

pub use html::Marks;
pub use kept::Kept;
pub use style::SHORT_NAMES;

use std::borrow::Borrow;
use std::sync::OnceLock;

use hayagriva::citationberg::IndependentStyle;
use hayagriva::citationberg::taxonomy::StandardVariable;
use rayon::prelude::*;
use serde_json::Value;

use self::item::Item;
use self::kept::Key;
use self::sheet::Sheet;
use self::style::Chosen;
use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::exchange::csl_json;
use crate::portfolio::{Publication, Settings};
use crate::source::Sources;

/// A rendered reference.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CitationText {
    /// Its pieces in reading order; neighbours of like style and part are joined.
    pub runs: Vec<Run>,
}

/// A piece of a reference of one look and one meaning.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Run {
    /// The text.
    pub text: String,
    /// How it looks.
    pub style: RunStyle,
    /// What it is.
    pub part: Part,
}

/// How a run looks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[allow(missing_docs, clippy::struct_excessive_bools)]
pub struct RunStyle {
    pub italic: bool,
    pub bold: bool,
    pub superscript: bool,
    pub subscript: bool,
    pub small_caps: bool,
}

/// What a run is, so that pages can mark and link it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Part {
    /// Punctuation, dates, labels …
    #[default]
    Other,
    /// The name of the author with this index in `Publication::authors`.
    Author(usize),
    /// The title of the work.
    Title,
    /// The journal, book or site.
    ContainerTitle,
    /// Text that links to this address (DOI, PMID, PMCID, URL).
    Link(String),
}

impl CitationText {
    /// Returns the reference as plain text.
    pub fn plain(&self) -> String {
        self.runs.iter().map(|run| run.text.as_str()).collect()
    }
}

/// Whom of the authors a reference must show.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Shown {
    /// Index of the owner among the authors that are listed.
    pub owner: Option<usize>,
    /// The owner's place in the full line, from 1.
    pub position: Option<usize>,
    /// How many authors the work has, also those not listed.
    pub total: Option<usize>,
}

impl Shown {
    /// Returns what a publication's own page promises: the owner is never lost in "et al.".
    pub fn of(publication: &Publication) -> Self {
        Self { owner: publication.own_index, position: publication.own_position, total: Some(publication.author_count) }
    }
}

/// A citation style ready to render references.
#[derive(Debug)]
pub struct Citer {
    style: Chosen,
    /// BCP 47 tag of the site.
    language: String,
    /// The style made ready, once a reference is asked for.
    sheet: OnceLock<Sheet>,
    /// Hash of the program, the style and the language.
    identity: blake3::Hash,
}

impl Citer {
    /// Finds the style that the settings name; an unknown one is reported and AMA used.
    pub fn new(diagnostics: &mut Diagnostics, sources: &Sources, settings: &Settings) -> Self {
        let style = style::find(diagnostics, sources, &settings.citation_style);
        let mut hasher = blake3::Hasher::new();
        let mut hash = |text: &str| {
            hasher.update(&text.len().to_le_bytes());
            hasher.update(text.as_bytes());
        };
        for text in [crate::source::cache::program(), &settings.citation_style, &settings.language] {
            hash(text);
        }
        if let Chosen::Own(_) = style {
            let files = sources.texts.iter().filter(|(path, _)| path.ends_with(".csl"));
            for (path, text) in files {
                hash(path);
                hash(text);
            }
        }
        let identity = hasher.finalize();
        Self { style, language: settings.language.clone(), sheet: OnceLock::new(), identity }
    }

    fn sheet(&self) -> &Sheet {
        self.sheet.get_or_init(|| {
            let style = self.style.parsed();
            let own = style.default_locale.as_ref().map(|code| code.0.clone());
            let english = self.language.starts_with("en");
            let tag = own.filter(|_| english).unwrap_or_else(|| self.language.clone());
            let (locale, name) = locale::locale(&tag);
            Sheet::new(style, &locale, name)
        })
    }

    /// Renders each publication alone, in parallel; the result has the order of the input.
    ///
    /// A work that the engine gives up on gets a plain reference and a diagnostic.
    pub fn cite<P>(&self, diagnostics: &mut Diagnostics, publications: &[P]) -> Vec<CitationText>
    where
        P: Borrow<Publication> + Sync,
    {
        self.cite_with(diagnostics, publications, &mut Kept::default())
    }

    /// Renders each publication as [`Citer::cite`] does; what is kept from earlier is taken over.
    pub fn cite_with<P>(&self, diagnostics: &mut Diagnostics, publications: &[P], kept: &mut Kept) -> Vec<CitationText>
    where
        P: Borrow<Publication> + Sync,
    {
        let cited = self.attempt(publications, kept);
        for (publication, _) in publications.iter().zip(&cited).filter(|(_, citation)| citation.is_none()) {
            let shared = &publication.borrow().shared;
            let message = format!("the reference of `{}` could not be laid out in the citation style", shared.id);
            diagnostics.push(
                Diagnostic::new(&code::REFERENCE_FALLBACK, &*shared.origin.file, message)
                    .record(&shared.id)
                    .help("look at its dates and names for something unusual; a plain reference is shown for now"),
            );
        }
        complete(cited, publications)
    }

    /// Renders each publication as [`Citer::cite`] does, without a word about those that failed.
    pub fn cite_all<P: Borrow<Publication> + Sync>(&self, publications: &[P]) -> Vec<CitationText> {
        complete(self.attempt(publications, &mut Kept::default()), publications)
    }

    fn attempt<P>(&self, publications: &[P], kept: &mut Kept) -> Vec<Option<CitationText>>
    where
        P: Borrow<Publication> + Sync,
    {
        let prepared: Vec<(Key, Value)> = publications
            .par_iter()
            .map(|publication| {
                let publication = publication.borrow();
                let item = csl_json::item(publication);
                (kept::key(&self.identity, publication, &item), item)
            })
            .collect();
        let mut cited: Vec<Option<CitationText>> = prepared.iter().map(|(key, _)| kept.get(key)).collect();
        let missing: Vec<usize> = (0..cited.len()).filter(|&at| cited[at].is_none()).collect();
        if missing.is_empty() {
            return cited;
        }
        let sheet = self.sheet();
        let made: Vec<Option<CitationText>> = missing
            .par_iter()
            .map_init(
                || sheet.shell.clone(),
                |shell, &at| publication(sheet, shell, publications[at].borrow(), &prepared[at].1),
            )
            .collect();
        for (at, citation) in missing.into_iter().zip(made) {
            if let Some(citation) = &citation {
                kept.add(prepared[at].0, citation.clone());
            }
            cited[at] = citation;
        }
        cited
    }

    /// Renders one item of CSL-JSON; `shown` tells whose name must not vanish in "et al.".
    pub fn cite_item(&self, item: &Value, shown: &Shown) -> CitationText {
        let sheet = self.sheet();
        render(sheet, &mut sheet.shell.clone(), &Item::read(item), shown).unwrap_or_default()
    }
}

fn publication(
    sheet: &Sheet,
    shell: &mut IndependentStyle,
    publication: &Publication,
    value: &Value,
) -> Option<CitationText> {
    let mut item = Item::read(value);
    if let Some(word) = status::word(publication.status, sheet) {
        item.say(StandardVariable::Status, word);
    }
    let mut citation = render(sheet, shell, &item, &Shown::of(publication))?;
    status::complete(&mut citation, publication, sheet);
    Some(citation)
}

fn render(sheet: &Sheet, shell: &mut IndependentStyle, item: &Item, shown: &Shown) -> Option<CitationText> {
    let layout = resolve::resolve(sheet, item, shown);
    let tree = engine::lay_out(shell, layout, item.linked())?;
    Some(CitationText { runs: punctuation::settle(runs::pieces(&tree), &sheet.terms) })
}

fn complete<P: Borrow<Publication>>(cited: Vec<Option<CitationText>>, publications: &[P]) -> Vec<CitationText> {
    cited
        .into_iter()
        .zip(publications)
        .map(|(citation, publication)| citation.unwrap_or_else(|| fallback::reference(publication.borrow())))
        .collect()
}
