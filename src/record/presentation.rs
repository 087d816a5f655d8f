//! `records/presentations.yaml`.

use serde::Deserialize;

use super::vocabulary::{PresentationFormat, PresentationStatus, PresentationType, Scope};
use super::{Names, PartialDate, Text};

super::record! {
    /// A talk or poster as written.
    Presentation is Presentations {
        #[serde(rename = "type")]
        kind: Option<PresentationType>,
        status: Option<PresentationStatus>,
        authors: Option<Names>,
        conference: Option<Text>,
        event: Option<Text>,
        scope: Option<Scope>,
        place: Option<Text>,
        end_date: Option<PartialDate>,
        format: Option<PresentationFormat>,
        number: Option<Text>,
        award: Option<Text>,
        presenter: Option<Text>,
        minutes: Option<u32>,
        audience: Option<Text>,
        slides: Option<Text>,
        poster: Option<Text>,
        video: Option<Text>,
        doi: Option<Text>,
        peer_reviewed: Option<bool>,
        events: Vec<Event>,
    }
}

/// One showing of a work that was shown several times.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Event {
    /// A built-in or own conference id.
    pub conference: Option<Text>,
    /// A meeting in words.
    pub event: Option<Text>,
    /// When.
    pub date: Option<PartialDate>,
    /// Where.
    pub place: Option<Text>,
}
