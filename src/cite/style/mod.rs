//! Finds the citation style that a site names.
//!
//! Takes `site.citation_style`; gives a parsed style. A short name stands for a style of the
//! archive; any id of the archive and any `.csl` file of the site will do as well. What cannot
//! be used is a diagnostic, and AMA takes its place so that the run goes on.

mod scan;
mod words;

use hayagriva::archive::ArchivedStyle;
use hayagriva::citationberg::{IndependentStyle, Style, StyleClass};

use crate::diagnostic::{Diagnostic, Diagnostics, Span, code};
use crate::source::{Origin, Sources};

/// The short names of the styles a physician meets, and the archive's ids for them.
pub const SHORT_NAMES: [(&str, &str); 11] = [
    ("ama", "american-medical-association"),
    ("nlm", "nlm-citation-sequence"),
    ("vancouver", "nlm-citation-sequence"),
    ("radiology", "radiology"),
    ("apa", "apa"),
    ("chicago", "chicago-author-date"),
    ("harvard", "harvard-cite-them-right"),
    ("ieee", "ieee"),
    ("nature", "nature"),
    ("bmj", "bmj"),
    ("lancet", "the-lancet"),
];

/// RSNA's style, which the archive lacks.
const RADIOLOGY: &str = include_str!("../styles/radiology.csl");

/// Longest style file that is read, in bytes; the longest official one has 170,000.
const LONGEST: usize = 1_000_000;

/// A style that was found.
#[derive(Debug)]
pub(super) enum Chosen {
    /// One of the archive, by its id: read when it is needed.
    Archived(String),
    /// One of the site.
    Own(Box<IndependentStyle>),
}

impl Chosen {
    /// Returns the style itself.
    pub(super) fn parsed(&self) -> IndependentStyle {
        match self {
            Self::Archived(name) => archived(name).or_else(|| archived("ama")).expect("the archive has AMA"),
            Self::Own(style) => IndependentStyle::clone(style),
        }
    }
}

/// Returns the style that the site names; AMA, with a diagnostic, when it cannot be used.
pub(super) fn find(diagnostics: &mut Diagnostics, sources: &Sources, name: &str) -> Chosen {
    let name = name.trim();
    let found = match file(sources, name) {
        Some((path, text)) => own(diagnostics, sources, &path, text).map(|style| Chosen::Own(Box::new(style))),
        None if is_archived(name) => Some(Chosen::Archived(name.to_owned())),
        None => {
            diagnostics.push(unknown(sources, name));
            None
        }
    };
    found.unwrap_or_else(|| Chosen::Archived("ama".to_owned()))
}

/// Tells whether [`archived`] gives a style for a name.
fn is_archived(name: &str) -> bool {
    SHORT_NAMES.iter().any(|(short, _)| *short == name) || archived(name).is_some()
}

/// Returns the text of a style of the site: by path, or `styles/NAME.csl` by name.
fn file<'s>(sources: &'s Sources, name: &str) -> Option<(String, &'s str)> {
    let path = name.trim_start_matches("./").replace('\\', "/");
    let candidates = [path.clone(), format!("styles/{path}"), format!("styles/{path}.csl")];
    candidates.into_iter().find_map(|path| sources.text(&path).map(|text| (path, text)))
}

/// Returns a style by its short name or the archive's id.
fn archived(name: &str) -> Option<IndependentStyle> {
    let id = SHORT_NAMES.iter().find(|(short, _)| *short == name).map_or(name, |(_, id)| id);
    if id == "radiology" {
        return IndependentStyle::from_xml(RADIOLOGY).ok();
    }
    match ArchivedStyle::by_name(id)?.get() {
        Style::Independent(style) => Some(style),
        Style::Dependent(_) => None,
    }
}

/// Reads a style of the site; a dependent one is its parent under another name.
fn own(diagnostics: &mut Diagnostics, sources: &Sources, path: &str, text: &str) -> Option<IndependentStyle> {
    if text.len() > LONGEST {
        let message =
            format!("the citation style has {} bytes, more than the {LONGEST} that a style may have", text.len());
        let help = "is this the right file? the longest official style has 170,000 bytes";
        diagnostics.push(Diagnostic::new(&code::CITATION_STYLE_BROKEN, path, message).help(help));
        return None;
    }
    let text = text.trim_start_matches('\u{FEFF}');
    if let Err(fault) = scan::scan(text) {
        let span = Span::of_bytes(text, fault.start, fault.end);
        let message = format!("the citation style cannot be read: {}", fault.message);
        diagnostics.push(Diagnostic::new(&code::CITATION_STYLE_BROKEN, path, message).at(span).help(DOWNLOAD));
        return None;
    }
    match Style::from_xml(text) {
        Ok(Style::Independent(style)) if style.bibliography.is_none() && style.settings.class != StyleClass::Note => {
            let at = text.find("<citation").unwrap_or_default();
            let span = Span::of_bytes(text, at, at + "<citation".len());
            let message = "the citation style has no `<bibliography>`: it says how works are cited in a text, not how a \
                           reference is written";
            diagnostics.push(Diagnostic::new(&code::CITATION_STYLE_BROKEN, path, message).at(span).help(DOWNLOAD));
            None
        }
        Ok(Style::Independent(style)) => Some(style),
        Ok(Style::Dependent(dependent)) => {
            let parent =
                dependent.parent_link.href.trim_end_matches('/').rsplit('/').next().unwrap_or_default().to_owned();
            let found = archived(&parent).or_else(|| {
                let (_, text) = file(sources, &parent).filter(|(_, text)| text.len() <= LONGEST)?;
                scan::scan(text).ok()?;
                IndependentStyle::from_xml(text).ok()
            });
            if found.is_none() {
                let at = text.find("independent-parent").unwrap_or_default();
                let message = format!("this citation style is only a name for `{parent}`, which is not here");
                let help = format!("save `{parent}.csl` from https://www.zotero.org/styles in `styles/`");
                let span = Span::of_bytes(text, at, at + "independent-parent".len());
                diagnostics.push(Diagnostic::new(&code::CITATION_STYLE_DEPENDENT, path, message).at(span).help(help));
            }
            found.map(|style| IndependentStyle {
                default_locale: dependent.default_locale.or(style.default_locale.clone()),
                ..style
            })
        }
        Err(error) => {
            let (span, what) = scan::locate(text, &error.source.to_string());
            let message = format!("the citation style does not keep to CSL 1.0.2: {what}");
            diagnostics.push(Diagnostic::new(&code::CITATION_STYLE_BROKEN, path, message).at(span).help(DOWNLOAD));
            None
        }
    }
}

const DOWNLOAD: &str = "take the style anew from https://www.zotero.org/styles, or correct the place shown";

/// What to say of a style that nobody knows, with the nearest names.
fn unknown(sources: &Sources, name: &str) -> Diagnostic {
    let own = sources.texts.keys().filter_map(|path| path.strip_prefix("styles/")?.strip_suffix(".csl"));
    let known = ArchivedStyle::all().iter().flat_map(|style| style.names().iter().copied());
    let mut near: Vec<(usize, &str)> = SHORT_NAMES
        .iter()
        .map(|(short, _)| *short)
        .chain(own)
        .chain(known)
        .map(|known| (strsim::damerau_levenshtein(&name.to_lowercase(), known), known))
        .filter(|(distance, known)| {
            *distance <= known.len().max(name.len()) / 2 || known.contains(&name.to_lowercase())
        })
        .collect();
    near.sort_unstable();
    near.dedup();
    let names: Vec<String> = near.iter().take(3).map(|(_, name)| format!("`{name}`")).collect();
    let origin = Origin { file: "site.yaml".into(), index: 0 };
    let help = if names.is_empty() {
        "write one of ama, nlm, vancouver, radiology, apa, chicago, harvard, ieee, nature, bmj, lancet, or save a style from \
         https://www.zotero.org/styles in `styles/` and write its file name"
            .to_owned()
    } else {
        format!("did you mean {}? a style of your own goes into `styles/NAME.csl`", names.join(", "))
    };
    Diagnostic::new(
        &code::CITATION_STYLE_UNKNOWN,
        "site.yaml",
        format!("`{name}` is not a citation style that Offprint has"),
    )
    .at(sources.span(&origin, "site.citation_style"))
    .help(help)
}

#[cfg(test)]
mod tests;
