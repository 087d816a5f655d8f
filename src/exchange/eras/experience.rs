//! Experiences: ten at most, of eight types.

use super::work::month;
use super::{Application, FORM, Unplaced};
use crate::exchange::title::plain;
use crate::portfolio::{Portfolio, Shared};
use crate::record::PartialDate;
use crate::record::vocabulary::{ProjectStage, ServiceKind, TeachingKind, TrainingKind};

/// One experience, field by field.
#[derive(Debug, Clone, Default, PartialEq)]
#[allow(missing_docs)]
pub struct Experience {
    /// The type as the form has it.
    pub kind: &'static str,
    pub position: String,
    pub organization: String,
    pub start: String,
    /// Empty while it goes on.
    pub end: String,
    pub place: String,
    pub setting: String,
    pub frequency: String,
    pub description: String,
    /// What makes it one of the most meaningful; empty for the others.
    pub reflection: String,
    pub most_meaningful: bool,
    /// For the order: the place among the featured, then the newest.
    rank: (u8, std::cmp::Reverse<Option<PartialDate>>),
}

pub(super) fn place(portfolio: &Portfolio, application: &mut Application) {
    let mut experiences = Vec::new();
    for service in &portfolio.service {
        let kind = match service.kind {
            ServiceKind::Volunteering | ServiceKind::Advocacy => "Volunteer/service/advocacy",
            _ => "Professional organization",
        };
        let mut experience = experience(kind, &service.shared, service.start, service.end);
        experience.organization = service.organization.clone().unwrap_or_default();
        experience.setting = service.setting.clone().unwrap_or_default();
        experience.frequency = service.frequency.clone().unwrap_or_default();
        experiences.push(experience);
    }
    for teaching in &portfolio.teaching {
        let kind =
            if teaching.kind == TeachingKind::Assessment { "Professional organization" } else { "Teaching/mentoring" };
        let mut experience = experience(kind, &teaching.shared, teaching.start, teaching.end);
        experience.organization = teaching.organization.clone().unwrap_or_default();
        experience.setting = teaching.setting.clone().unwrap_or_default();
        experience.frequency = teaching.frequency.clone().unwrap_or_default();
        if experience.description.is_empty() {
            experience.description = teaching.outcome.clone().unwrap_or_default();
        }
        experiences.push(experience);
    }
    for training in &portfolio.training {
        let kind = match training.kind {
            TrainingKind::Employment => "Work",
            TrainingKind::Research => "Research",
            TrainingKind::Course => "Education/training",
            other => {
                let reason = format!("a {} has a section of its own in ERAS", other.as_str());
                application.unplaced.push(Unplaced { title: plain(&training.shared.title), reason });
                continue;
            }
        };
        let mut experience = experience(kind, &training.shared, training.start, training.end);
        experience.organization = training.organization.clone().unwrap_or_default();
        experience.place = training.place.clone().unwrap_or_default();
        experience.setting = training.setting.clone().unwrap_or_default();
        experience.frequency = training.frequency.clone().unwrap_or_default();
        experiences.push(experience);
    }
    for project in &portfolio.projects {
        if matches!(project.stage, ProjectStage::Idea | ProjectStage::Stopped) {
            let reason = format!("a project at the stage `{}`", project.stage);
            application.unplaced.push(Unplaced { title: plain(&project.shared.title), reason });
            continue;
        }
        let start = project.stages.values().min().copied();
        experiences.push(experience("Research", &project.shared, start, None));
    }
    experiences.sort_by_key(|experience| experience.rank);
    let mut stars = 0;
    for (at, mut experience) in experiences.into_iter().enumerate() {
        if at >= FORM.experiences {
            let reason = format!("ERAS takes {} experiences; `featured: 1` to `3` puts one first", FORM.experiences);
            application.unplaced.push(Unplaced { title: experience.position, reason });
            continue;
        }
        stars += usize::from(experience.most_meaningful);
        if stars > FORM.meaningful {
            experience.most_meaningful = false;
        }
        if !experience.most_meaningful {
            experience.reflection = String::new();
        }
        application.experiences.push(experience);
    }
}

fn experience(kind: &'static str, shared: &Shared, start: Option<PartialDate>, end: Option<PartialDate>) -> Experience {
    let start = start.or(shared.date);
    Experience {
        kind,
        position: shared
            .role
            .clone()
            .filter(|role| !role.is_empty())
            .map_or_else(|| plain(&shared.title), |role| format!("{role}, {}", plain(&shared.title))),
        start: start.map(month).unwrap_or_default(),
        end: end.map(month).unwrap_or_default(),
        description: shared.summary.clone().unwrap_or_default(),
        reflection: shared.why.clone().unwrap_or_default(),
        most_meaningful: shared.featured.is_some(),
        rank: (shared.featured.unwrap_or(u8::MAX), std::cmp::Reverse(end.or(start))),
        ..Experience::default()
    }
}
