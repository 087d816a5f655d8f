//! Documents for word processors and plain text: the curriculum vitae, and lists of references.
//!
//! Takes the public portfolio and finished references; gives a [`Document`], from which [`docx`] and [`markdown`] make
//! bytes. The same input gives the same bytes.

pub mod cv;
pub mod docx;
pub mod markdown;

use crate::cite::{CitationText, Run};

/// A document: a title and sections.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document {
    /// The title.
    pub title: String,
    /// Whose it is, for the file's properties.
    pub author: String,
    /// BCP 47 tag.
    pub language: String,
    /// Lines below the title.
    pub lines: Vec<String>,
    /// The sections in their order.
    pub sections: Vec<Section>,
}

/// A section with its heading.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Section {
    /// The heading; none for a list that stands alone.
    pub heading: Option<String>,
    /// 1 for a section of the document, 2 for one within it.
    pub level: u8,
    /// Whether the entries are numbered references.
    pub numbered: bool,
    /// The entries.
    pub entries: Vec<Entry>,
}

/// An entry of a section.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// When, in the margin: `2024–2026`.
    pub dates: String,
    /// What, in pieces of one look.
    pub runs: Vec<Run>,
}

/// Returns a list of references as a document of its own.
pub fn references(title: &str, author: &str, language: &str, works: &[CitationText]) -> Document {
    let entries = works.iter().map(|work| Entry { dates: String::new(), runs: work.runs.clone() });
    let section = Section { heading: None, level: 1, numbered: true, entries: entries.collect() };
    Document {
        title: title.to_owned(),
        author: author.to_owned(),
        language: language.to_owned(),
        lines: Vec::new(),
        sections: vec![section],
    }
}
