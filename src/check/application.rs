//! What the form of a fellowship application cuts off.

use super::at;
use crate::diagnostic::Diagnostics;
use crate::diagnostic::code::TOO_LONG_FOR_FORM;
use crate::portfolio::{ApplicationForm, Portfolio, Shared};
use crate::record::vocabulary::{ProjectStage, TrainingKind};
use crate::source::Sources;

const FORM: ApplicationForm = ApplicationForm::CURRENT;

/// The texts of service, teaching, training and projects fit into the fields that take them.
pub(super) fn lengths(diagnostics: &mut Diagnostics, sources: &Sources, portfolio: &Portfolio) {
    for (shared, field, description) in experiences(portfolio) {
        let texts = [
            (field, description, FORM.description, "the description of an experience"),
            (
                "why",
                shared.why.as_deref().filter(|_| shared.featured.is_some()),
                FORM.reflection,
                "why one of the most meaningful experiences matters",
            ),
        ];
        for (field, text, limit, what) in texts {
            let Some(over) = text.and_then(|text| ApplicationForm::excess(text, limit)) else { continue };
            let message = format!("{} characters, and ERAS takes {limit} for {what}", limit + over);
            let diagnostic = at(sources, shared, field, &TOO_LONG_FOR_FORM, message);
            diagnostics.push(diagnostic.help(format!("shorten it by {over} characters")));
        }
    }
}

/// Returns the records that may become experiences, each with the field that describes it.
fn experiences(portfolio: &Portfolio) -> impl Iterator<Item = (&Shared, &'static str, Option<&str>)> {
    let service = portfolio.service.iter().map(|service| &service.shared);
    let training = portfolio
        .training
        .iter()
        .filter(|training| {
            matches!(training.kind, TrainingKind::Employment | TrainingKind::Research | TrainingKind::Course)
        })
        .map(|training| &training.shared);
    let projects = portfolio
        .projects
        .iter()
        .filter(|project| !matches!(project.stage, ProjectStage::Idea | ProjectStage::Stopped))
        .map(|project| &project.shared);
    let teaching = portfolio.teaching.iter().map(|teaching| match &teaching.shared.summary {
        Some(summary) => (&teaching.shared, "summary", Some(summary.as_str())),
        None => (&teaching.shared, "outcome", teaching.outcome.as_deref()),
    });
    service.chain(training).chain(projects).map(|shared| (shared, "summary", shared.summary.as_deref())).chain(teaching)
}
