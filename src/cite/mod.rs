//! Works → references: prepared CSL-JSON item, style, typed runs.
//!
//! Takes [`crate::portfolio::Publication`]s and a citation style (CSL 1.0.2); gives
//! [`CitationText`]. The only module that knows the CSL engine. HTML, plain text, the CV and
//! the exports all come from the same runs.

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

/// A citation style ready to render references.
#[derive(Debug)]
pub struct Citer {}

impl Citer {
    /// Finds and prepares the style that the settings name; an unknown one is reported and AMA used.
    pub fn new(
        _diagnostics: &mut crate::diagnostic::Diagnostics,
        _sources: &crate::source::Sources,
        _settings: &crate::portfolio::Settings,
    ) -> Self {
        unimplemented!()
    }

    /// Renders each publication alone, in parallel; the result has the order of the input.
    pub fn cite_all(&self, _publications: &[crate::portfolio::Publication]) -> Vec<CitationText> {
        unimplemented!()
    }
}
