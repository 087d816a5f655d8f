//! `page.html`, and the blocks that Markdown gives.

use serde::Serialize;

use super::{EntryView, FrameView, Html, TalkView};

/// A Markdown page.
#[derive(Debug, Clone, Default, Serialize)]
pub struct PageView {
    /// The frame.
    pub page: FrameView,
    /// Heading.
    pub title: String,
    /// Its text.
    pub text: Vec<BlockView>,
}

/// A piece of a page: text, or a list of records. One of the two is set.
#[derive(Debug, Clone, Default, Serialize)]
pub struct BlockView {
    /// Text.
    pub html: Option<Html>,
    /// A list of records.
    pub listing: Option<ListingView>,
}

/// A list of records that a page asked for; only the list of its kind is filled.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ListingView {
    /// The kind, as its file's name.
    pub kind: String,
    /// Whether entries are shown in full, with chips and links.
    pub full: bool,
    /// Publications, each a [`super::WorkView`].
    pub works: Vec<tera::Value>,
    /// Presentations.
    pub talks: Vec<TalkView>,
    /// Records of the other kinds.
    pub entries: Vec<EntryView>,
}
