//! Projects, people, meetings and goals: the owner's own, private but for what they release.

use std::collections::BTreeMap;

use super::{Interval, Shared};
use crate::record::vocabulary::{ProjectStage, Scope};
use crate::record::{Irb, PartialDate, Private, Target};
use crate::source::Origin;

/// A project.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct Project {
    pub shared: Shared,
    pub stage: ProjectStage,
    pub stages: BTreeMap<ProjectStage, PartialDate>,
    pub updated: Option<PartialDate>,
    pub next_step: Option<String>,
    pub next_due: Option<PartialDate>,
    pub mentor: Option<String>,
    pub team: Vec<String>,
    pub level_at_start: Option<String>,
    pub target_conference: Option<String>,
    pub target_journal: Option<String>,
    pub author_order: Vec<String>,
    pub authorship_agreed: Option<PartialDate>,
    pub irb: Option<Irb>,
    pub hours_per_week: Option<f64>,
    pub public: bool,
}

/// Somebody the owner works with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Person {
    pub id: String,
    pub name: String,
    pub full_name: Option<String>,
    pub role: Option<String>,
    pub organization: Option<String>,
    pub url: Option<String>,
    pub orcid: Option<String>,
    pub private: Private,
    pub origin: Origin,
}

/// An own meeting with its deadlines.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Conference {
    pub id: String,
    pub name: String,
    pub scope: Option<Scope>,
    pub year: Option<i32>,
    pub abstract_deadline: Option<PartialDate>,
    pub estimated: bool,
    pub starts: Option<PartialDate>,
    pub ends: Option<PartialDate>,
    pub place: Option<String>,
    pub url: Option<String>,
    pub remind_days: Vec<u32>,
    pub private: Private,
    pub origin: Origin,
}

/// What the owner wants to reach.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Goals {
    pub graduation: Option<PartialDate>,
    pub career: Option<String>,
    pub target_fellowships: Vec<String>,
    pub targets: Vec<Target>,
    pub active_projects_limit: Option<u32>,
    pub check_in_every: Option<Interval>,
}
