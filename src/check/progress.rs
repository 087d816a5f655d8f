//! Projects on their way.

use super::at;
use crate::diagnostic::Diagnostics;
use crate::diagnostic::code::{IRB_EXPIRED, STAGE_IN_FUTURE};
use crate::portfolio::Portfolio;
use crate::record::vocabulary::ProjectStage;
use crate::source::Sources;

/// A study that collects or analyses data has a valid approval.
pub(super) fn approvals(diagnostics: &mut Diagnostics, sources: &Sources, portfolio: &Portfolio) {
    for project in &portfolio.projects {
        let running = matches!(project.stage, ProjectStage::DataCollection | ProjectStage::Analysis);
        let expires = project.irb.as_ref().and_then(|irb| irb.expires);
        if let Some(date) = expires.filter(|date| running && date.last_day() < portfolio.today) {
            let message = format!("the ethics board's approval expired {}", date.when());
            let diagnostic = at(sources, &project.shared, "irb.expires", &IRB_EXPIRED, message);
            diagnostics.push(diagnostic.help("renew it and correct the date, or set the stage to what it is"));
        }
    }
}

/// Stages are reached, not planned.
pub(super) fn stages(diagnostics: &mut Diagnostics, sources: &Sources, portfolio: &Portfolio) {
    for project in &portfolio.projects {
        for (stage, date) in project.stages.iter().filter(|(_, date)| date.first_day() > portfolio.today) {
            let message = format!("the stage `{stage}` is reached {}, which has not come yet", date.when());
            let diagnostic = at(sources, &project.shared, &format!("stages.{stage}"), &STAGE_IN_FUTURE, message);
            diagnostics.push(diagnostic.help("correct the date, or move the plan to `next_step` and `next_due`"));
        }
    }
}
