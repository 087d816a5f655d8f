//! `publications.html`, and a work as it stands in every list.

use serde::Serialize;

use super::{BlockView, FrameView, Html, LabelView, LinkView, StripView, ThreadView};

/// The publications list.
#[derive(Debug, Clone, Default, Serialize)]
pub struct PublicationsView {
    /// The frame.
    pub page: FrameView,
    /// Heading.
    pub title: String,
    /// What the list holds, in words.
    pub intro: String,
    /// The text of `publications.md`.
    pub text: Vec<BlockView>,
    /// Works by year and role.
    pub strip: Option<StripView>,
    /// Rows of the filter; empty for a list too short to filter.
    pub filter: Vec<FilterRow>,
    /// Words on the closed filter.
    pub filter_label: String,
    /// How many works.
    pub total: usize,
    /// The works in groups.
    pub groups: Vec<WorkGroup>,
    /// Whether each work offers its citation here.
    pub cite: bool,
    /// The whole list as files.
    pub exports: Vec<LinkView>,
}

/// One row of the filter.
#[derive(Debug, Clone, Default, Serialize)]
pub struct FilterRow {
    /// What it chooses by.
    pub label: String,
    /// Its choices.
    pub choices: Vec<FilterChoice>,
}

/// One choice of the filter: a radio input.
#[derive(Debug, Clone, Default, Serialize)]
pub struct FilterChoice {
    /// Id of the input, and class of the works it shows.
    pub id: String,
    /// Its words.
    pub name: String,
    /// How many works it shows.
    pub count: usize,
    /// Line style, for a thread.
    pub line: Option<usize>,
}

/// Works under one heading.
#[derive(Debug, Clone, Default, Serialize)]
pub struct WorkGroup {
    /// The heading; empty when the list is not divided.
    pub heading: String,
    /// Whether the heading is a year.
    pub year: bool,
    /// Classes of the filter.
    pub classes: String,
    /// The works, each a [`WorkView`].
    pub works: Vec<tera::Value>,
}

/// A publication in a list.
#[derive(Debug, Clone, Default, Serialize)]
pub struct WorkView {
    /// Its id: the anchor in the publications list.
    pub id: String,
    /// Its number in the publications list.
    pub number: usize,
    /// Address of its own page.
    pub href: String,
    /// Its title.
    pub title: Html,
    /// The title without mark-up.
    pub title_text: String,
    /// BCP 47 tag of the title, when it differs from the site's.
    pub language: Option<String>,
    /// The reference; the title is a link to its page.
    pub reference: Html,
    /// The reference for pasting: its text is that of `plain`, with italics and links.
    pub rich: Html,
    /// The reference as plain text.
    pub plain: String,
    /// Status, when it is not simply published.
    pub status: Option<LabelView>,
    /// The retraction or correction in words.
    pub notice: Option<Html>,
    /// The owner's role; none for a plain co-author.
    pub role: Option<String>,
    /// Its lines of research.
    pub threads: Vec<ThreadView>,
    /// DOI, PubMed, PDF …
    pub links: Vec<LinkView>,
    /// The files offered for reference managers.
    pub exports: Vec<LinkView>,
    /// Classes of the filter.
    pub classes: String,
    /// Why it matters.
    pub why: Option<String>,
    /// Journal, book, server or publisher.
    pub venue: Option<String>,
    /// Year.
    pub year: Option<i32>,
    /// The authors in short form, the owner marked.
    pub authors: Html,
    /// "Cited 6 times", when counts are shown.
    pub cited: Option<String>,
}
