//! `cv.html`.

use serde::Serialize;

use super::{BlockView, DateView, EntryView, FrameView, TalkView};

/// The curriculum vitae.
#[derive(Debug, Clone, Default, Serialize)]
pub struct CvView {
    /// The frame.
    pub page: FrameView,
    /// Heading.
    pub title: String,
    /// Name, position, hospital.
    pub intro: String,
    /// The text of `cv.md`.
    pub text: Vec<BlockView>,
    /// Address of the CV as PDF.
    pub pdf: Option<String>,
    /// The day it was made for.
    pub issued: DateView,
    /// Its sections, in order.
    pub sections: Vec<CvSection>,
}

/// A section of the CV; only the list of its kind is filled.
#[derive(Debug, Clone, Default, Serialize)]
pub struct CvSection {
    /// The kind, as its file's name.
    pub kind: String,
    /// Heading.
    pub heading: String,
    /// Publications, each a [`super::WorkView`].
    pub works: Vec<tera::Value>,
    /// Presentations.
    pub talks: Vec<TalkView>,
    /// Records of the other kinds.
    pub entries: Vec<EntryView>,
}
