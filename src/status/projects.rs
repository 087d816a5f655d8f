//! Projects and their last change.

use chrono::NaiveDate;

use super::{Item, Project, is_unfinished};
use crate::portfolio::{self, Interval, Portfolio};
use crate::record::PartialDate;
use crate::record::vocabulary::{Kind, ProjectStage};

/// Returns every project, by stage in the order of the schema, the longest untouched first within one.
pub(super) fn all(portfolio: &Portfolio, check_in: Interval) -> Vec<Project> {
    let today = portfolio.today;
    let mut projects: Vec<Project> = portfolio.projects.iter().map(|project| one(project, today, check_in)).collect();
    projects.sort_by(|a, b| (a.stage, a.changed, &a.item.id).cmp(&(b.stage, b.changed, &b.item.id)));
    projects
}

fn one(project: &portfolio::Project, today: NaiveDate, check_in: Interval) -> Project {
    let changed = changed(project, today);
    let is_late = changed.is_none_or(|day| check_in.after(day) < today);
    Project {
        item: Item::of(Kind::Projects, &project.shared, ""),
        stage: project.stage,
        changed,
        is_stalled: is_unfinished(project.stage) && (project.stage == ProjectStage::Stalled || is_late),
        next_step: project.next_step.clone(),
        next_due: project.next_due,
        mentor: project.mentor.clone(),
    }
}

/// Returns the day of the last change; a month or a year means its last day, but no day to come, so that nobody is
/// called late for a date that was not written out.
pub(super) fn changed(project: &portfolio::Project, today: NaiveDate) -> Option<NaiveDate> {
    let past = |date: &PartialDate| date.first_day() <= today;
    let dates = project.stages.values().chain(&project.updated).chain(&project.shared.date);
    dates.filter(|date| past(date)).map(|date| date.last_day().min(today)).max()
}
