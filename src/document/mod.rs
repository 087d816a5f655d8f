//! Documents on paper, for word processors and as plain text: the curriculum vitae, and lists of references.
//!
//! Takes the public portfolio and finished references; gives a [`Document`], from which [`pdf`], [`docx`] and
//! [`markdown`] make bytes. The same input gives the same bytes.

pub mod cv;
pub mod docx;
pub mod dossier;
pub mod faces;
pub mod facts;
pub mod markdown;
pub mod pdf;

use crate::cite::{CitationText, Run};
use crate::source::Origin;

/// A document: a title and sections.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document {
    /// The title, at its head.
    pub title: String,
    /// What it is, for windows and lists of files ("Curriculum vitae of Priya Rao"); the title where it is empty.
    pub subject: String,
    /// Whose it is, for the file's properties.
    pub author: String,
    /// BCP 47 tag.
    pub language: String,
    /// Lines below the title.
    pub lines: Vec<Vec<Run>>,
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
    /// Whether their numbers count down, as those of a list with the newest first.
    pub counts_down: bool,
    /// The number of the first entry of a list that counts down; 0 for that of its length.
    pub first_number: usize,
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
    /// The record it comes from.
    pub origin: Option<Origin>,
}

/// Hebrew, Arabic and their neighbours (Unicode 17, chapters 9 and 4.4: strong right-to-left blocks).
fn is_right_to_left(letter: char) -> bool {
    matches!(u32::from(letter), 0x0590..=0x08FF | 0xFB1D..=0xFDFF | 0xFE70..=0xFEFC | 0x1_0800..=0x1_0FFF | 0x1_E800..=0x1_EFFF)
}

impl Document {
    /// Returns what it is, for windows and lists of files; never nothing.
    pub fn subject(&self) -> &str {
        let named = [&self.subject, &self.title]
            .into_iter()
            .map(|words| words.trim())
            .find(|words| words.contains(char::is_alphanumeric));
        named.unwrap_or("CV")
    }

    /// Tells whether its language is written from right to left.
    pub fn is_right_to_left(&self) -> bool {
        let language = self.language.split('-').next().unwrap_or_default().to_ascii_lowercase();
        matches!(language.as_str(), "ar" | "dv" | "fa" | "he" | "ps" | "sd" | "ug" | "ur" | "yi")
    }
}

impl Section {
    /// Returns the number before the entry at a place, with its stop; empty in a list without numbers.
    pub fn mark(&self, at: usize) -> String {
        match (self.numbered, self.counts_down) {
            (false, _) => String::new(),
            (true, false) => format!("{}.", at + 1),
            (true, true) => format!("{}.", self.first_number.max(self.entries.len()) - at),
        }
    }
}

/// Returns a list of references as a document of its own.
pub fn references(title: &str, author: &str, language: &str, works: &[CitationText]) -> Document {
    let entries = works.iter().map(|work| Entry { runs: work.runs.clone(), ..Entry::default() });
    let section = Section { level: 1, numbered: true, entries: entries.collect(), ..Section::default() };
    Document {
        title: title.to_owned(),
        author: author.to_owned(),
        language: language.to_owned(),
        sections: vec![section],
        ..Document::default()
    }
}
