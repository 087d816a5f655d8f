//! `presentations.html`, and `awards.html`, `service.html` and the other lists of records.

use serde::Serialize;

use super::{BlockView, DateView, FrameView, Html, LinkView, ThreadView};

/// Talks and posters by year.
#[derive(Debug, Clone, Default, Serialize)]
pub struct PresentationsView {
    /// The frame.
    pub page: FrameView,
    /// Heading.
    pub title: String,
    /// What the list holds, in words.
    pub intro: String,
    /// The text of `presentations.md`.
    pub text: Vec<BlockView>,
    /// The talks by year, newest first.
    pub years: Vec<TalkYear>,
}

/// The talks of one year.
#[derive(Debug, Clone, Default, Serialize)]
pub struct TalkYear {
    /// The year, or words for talks without a date.
    pub heading: String,
    /// The talks.
    pub talks: Vec<TalkView>,
}

/// A talk or poster at one meeting.
#[derive(Debug, Clone, Default, Serialize)]
pub struct TalkView {
    /// The anchor; only the newest showing of a work has it.
    pub id: Option<String>,
    /// When.
    pub date: DateView,
    /// Day and short month.
    pub day: String,
    /// The meeting's short name, or its words.
    pub meeting: String,
    /// The meeting's name in full, where it is another.
    pub meeting_full: Option<String>,
    /// Its title.
    pub title: Html,
    /// The title without mark-up.
    pub title_text: String,
    /// Oral, Poster …
    pub kind: String,
    /// City, format, number, minutes, audience.
    pub details: Vec<String>,
    /// The authors in short form, when there are several.
    pub authors: Option<Html>,
    /// A prize.
    pub award: Option<String>,
    /// Whether it is still to come.
    pub coming: bool,
    /// A sentence.
    pub summary: Option<String>,
    /// Why it matters.
    pub why: Option<String>,
    /// Its lines of research.
    pub threads: Vec<ThreadView>,
    /// Slides, poster, video, DOI.
    pub links: Vec<LinkView>,
    /// What it led to.
    pub led_to: Vec<LinkView>,
    /// Address of the entry in the list of talks.
    pub href: String,
}

/// A list of awards, grants, service, teaching, training or media.
#[derive(Debug, Clone, Default, Serialize)]
pub struct RecordsView {
    /// The frame.
    pub page: FrameView,
    /// The kind, as its file's name.
    pub kind: String,
    /// Heading.
    pub title: String,
    /// The text of the page named as the kind.
    pub text: Vec<BlockView>,
    /// Whether that text is the whole page.
    pub text_only: bool,
    /// The records in groups.
    pub groups: Vec<EntryGroup>,
}

/// Records under one heading.
#[derive(Debug, Clone, Default, Serialize)]
pub struct EntryGroup {
    /// The heading; empty when the list is not divided.
    pub heading: String,
    /// The records.
    pub entries: Vec<EntryView>,
}

/// A record in a dated list.
#[derive(Debug, Clone, Default, Serialize)]
pub struct EntryView {
    /// The anchor.
    pub id: Option<String>,
    /// Year or span.
    pub dates: String,
    /// What.
    pub title: Html,
    /// Where: organization, place.
    pub place: Option<String>,
    /// A sentence of details.
    pub details: Vec<String>,
    /// What it is about, when it is about a record of the site.
    pub about: Option<LinkView>,
    /// A sentence.
    pub summary: Option<String>,
    /// A web address.
    pub link: Option<LinkView>,
    /// Its lines of research.
    pub threads: Vec<ThreadView>,
}
