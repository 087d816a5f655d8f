//! `share.html`.

use serde::Serialize;

use super::{BlockView, CvSection, DateView, FrameView, LinkView};

/// The page for one reader.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ShareView {
    /// The frame.
    pub page: FrameView,
    /// Heading.
    pub title: String,
    /// For whom, in a sentence.
    pub to: Option<String>,
    /// The owner: name, position, hospital.
    pub intro: String,
    /// The day it was made for.
    pub prepared: DateView,
    /// Its last day, in a sentence.
    pub until: Option<String>,
    /// Address of the CV that goes with it, or of the public one.
    pub cv: Option<String>,
    /// What the owner says to the reader.
    pub note: Vec<BlockView>,
    /// Selected works, each a [`super::WorkView`].
    pub selected: Vec<tera::Value>,
    /// Works under way, each a [`super::WorkView`], which no other page shows.
    pub under_way: Vec<tera::Value>,
    /// Finished records that no other page shows.
    pub only_here: Vec<CvSection>,
    /// Who writes letters.
    pub referees: Vec<RefereeView>,
    /// The lists of all publications and talks.
    pub lists: Vec<LinkView>,
}

/// Somebody who writes a letter.
#[derive(Debug, Clone, Default, Serialize)]
pub struct RefereeView {
    /// The name in full.
    pub name: String,
    /// What they are to the owner, or their post.
    pub role: Option<String>,
    /// Where they work.
    pub organization: Option<String>,
    /// Their page.
    pub url: Option<String>,
    /// ORCID iD, bare.
    pub orcid: Option<String>,
}
