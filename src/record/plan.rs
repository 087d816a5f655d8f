//! The records that are the owner's own: `projects.yaml`, `people.yaml`, `goals.yaml`, `conferences.yaml`.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::vocabulary::{GoalMeasure, ProjectStage, Scope};
use super::{PartialDate, Private, Text, TextList};

super::record! {
    /// A project, private unless `public: true`.
    Project is Projects {
        stage: Option<ProjectStage>,
        stages: BTreeMap<ProjectStage, PartialDate>,
        updated: Option<PartialDate>,
        next_step: Option<Text>,
        next_due: Option<PartialDate>,
        mentor: Option<Text>,
        team: TextList,
        level_at_start: Option<Text>,
        target_conference: Option<Text>,
        target_journal: Option<Text>,
        author_order: TextList,
        authorship_agreed: Option<PartialDate>,
        irb: Option<Irb>,
        hours_per_week: Option<f64>,
        public: Option<bool>,
    }
}

/// The ethics board's decision on a project.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Irb {
    /// The protocol number.
    pub number: Option<Text>,
    /// Where it stands.
    pub status: Option<Text>,
    /// Exempt, expedited, full.
    #[serde(rename = "type")]
    pub kind: Option<Text>,
    /// Until when it holds.
    pub expires: Option<PartialDate>,
}

/// Somebody the owner works with; `name` stands in place of a title.
#[derive(Debug, Clone, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[allow(missing_docs)]
pub struct Person {
    pub id: Option<Text>,
    pub name: Option<Text>,
    pub full_name: Option<Text>,
    pub role: Option<Text>,
    pub organization: Option<Text>,
    pub url: Option<Text>,
    pub orcid: Option<Text>,
    pub visibility: Option<super::vocabulary::Visibility>,
    pub private: Private,
}

/// A meeting with its deadlines; `name` stands in place of a title.
#[derive(Debug, Clone, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[allow(missing_docs)]
pub struct Conference {
    pub id: Option<Text>,
    pub name: Option<Text>,
    pub scope: Option<Scope>,
    pub year: Option<i32>,
    pub abstract_deadline: Option<PartialDate>,
    pub estimated: Option<bool>,
    pub starts: Option<PartialDate>,
    pub ends: Option<PartialDate>,
    pub place: Option<Text>,
    pub url: Option<Text>,
    pub remind_days: Vec<u32>,
    pub private: Private,
}

/// What the owner wants to reach: a map, not a list.
#[derive(Debug, Clone, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[allow(missing_docs)]
pub struct Goals {
    pub graduation: Option<PartialDate>,
    pub career: Option<Text>,
    pub target_fellowships: TextList,
    pub targets: Vec<Target>,
    pub active_projects_limit: Option<u32>,
    pub check_in_every: Option<Text>,
}

/// A count to reach by a date.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Target {
    /// What is counted.
    pub what: Option<GoalMeasure>,
    /// How many.
    pub count: Option<u32>,
    /// By when.
    pub by: Option<PartialDate>,
}
