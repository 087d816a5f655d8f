//! Presentations as modelled.

use super::{Contributor, Shared};
use crate::record::PartialDate;
use crate::record::vocabulary::{PresentationFormat, PresentationStatus, PresentationType, Scope};

/// A talk or poster, shown once or several times.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Presentation {
    /// Id, title, threads and the rest.
    pub shared: Shared,
    /// What form it has; `oral` when not said.
    pub kind: PresentationType,
    /// How far it has come: presented once its date has passed.
    pub status: PresentationStatus,
    /// The authors in their order.
    pub authors: Vec<Contributor>,
    /// Index of the owner in `authors`.
    pub own_index: Option<usize>,
    /// The main showing: meeting, dates, place.
    pub showing: Showing,
    /// All showings when there were several, newest first; empty otherwise.
    pub events: Vec<Showing>,
    /// How wide the circle was.
    pub scope: Option<Scope>,
    /// In person, virtual, hybrid.
    pub format: Option<PresentationFormat>,
    /// The number in the programme.
    pub number: Option<String>,
    /// A prize it won.
    pub award: Option<String>,
    /// Who spoke, where it was not the owner.
    pub presenter: Option<String>,
    /// How long.
    pub minutes: Option<u32>,
    /// To whom.
    pub audience: Option<String>,
    /// Site path or web address.
    pub slides: Option<String>,
    /// Site path or web address.
    pub poster: Option<String>,
    /// Web address.
    pub video: Option<String>,
    /// In normal form.
    pub doi: Option<String>,
    /// Whether peers reviewed it.
    pub peer_reviewed: Option<bool>,
}

/// One occasion on which a work was shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Showing {
    /// The meeting.
    pub meeting: Meeting,
    /// First day.
    pub date: Option<PartialDate>,
    /// Last day, of an exhibit.
    pub end_date: Option<PartialDate>,
    /// City and state or country.
    pub place: Option<String>,
}

/// A meeting: a built-in or own one, or words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Meeting {
    /// The short name readers know (`RSNA`), when it has one.
    pub acronym: Option<String>,
    /// The name in full, or the words of `event`.
    pub name: String,
    /// The body that holds it.
    pub society: Option<String>,
}
