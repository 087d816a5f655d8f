//! `publication.html`: the article's first page.

use serde::Serialize;

use super::{FrameView, Html, LabelView, LinkView, ThreadView};

/// A publication's own page.
#[derive(Debug, Clone, Serialize)]
pub struct PublicationView {
    /// The frame.
    pub page: FrameView,
    /// The work as in every list: a [`super::WorkView`].
    pub work: tera::Value,
    /// "Reprinted from", "Posted on" …
    pub origin_words: String,
    /// Where it appeared.
    pub origin: String,
    /// Year, volume, pages.
    pub origin_place: String,
    /// Kind of study or writing.
    pub kind: String,
    /// Its lines of research.
    pub threads: Vec<ThreadView>,
    /// Whether the title is long.
    pub long: bool,
    /// The title in the work's own script.
    pub title_original: Option<String>,
    /// The authors in full, the owner marked.
    pub authors: Html,
    /// Equal contribution, mentees, corresponding author.
    pub author_notes: Vec<String>,
    /// Status, when it is not simply published.
    pub status: Option<LabelView>,
    /// Correction or retraction.
    pub notice: Option<NoticeView>,
    /// The PDF.
    pub pdf: Option<LinkView>,
    /// The other links.
    pub links: Vec<LinkView>,
    /// Why it matters.
    pub why: Option<String>,
    /// A sentence.
    pub summary: Option<String>,
    /// Facts in the margin.
    pub facts: Vec<FactView>,
    /// Paragraphs of the abstract, their labels marked.
    pub abstract_paragraphs: Vec<Html>,
    /// What the owner did, in words.
    pub my_part: Option<String>,
    /// CRediT roles, joined.
    pub credit: Option<String>,
    /// What it grew out of, where it was shown, what it led to.
    pub growth: Vec<GrowthView>,
}

/// A fact: a term and what it is.
#[derive(Debug, Clone, Default, Serialize)]
pub struct FactView {
    /// The term.
    pub term: String,
    /// Chips (roles) …
    pub chips: Vec<String>,
    /// … or words …
    pub text: Option<String>,
    /// … or links.
    pub links: Vec<LinkView>,
}

/// A correction or retraction.
#[derive(Debug, Clone, Default, Serialize)]
pub struct NoticeView {
    /// What happened, in a sentence.
    pub text: String,
    /// The notice itself.
    pub link: Option<LinkView>,
    /// Whether it is a retraction.
    pub alarm: bool,
}

/// A row of "How it grew".
#[derive(Debug, Clone, Default, Serialize)]
pub struct GrowthView {
    /// "Grew out of", "Shown at", "Led to".
    pub relation: String,
    /// The record.
    pub href: String,
    /// Its title.
    pub title: Html,
    /// Level or meeting.
    pub detail: Option<String>,
}
