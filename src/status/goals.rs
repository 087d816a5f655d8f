//! Goals against what is counted.

use super::Goal;
use crate::portfolio::{AuthorPosition, Portfolio, Presentation, Publication};
use crate::record::vocabulary::{
    GoalMeasure, GrantStatus, PresentationStatus, PublicationCategory, PublicationRole, PublicationStatus,
    PublicationType, Scope, ServiceKind,
};
use crate::source::Origin;

/// Returns the goals in their order, each with its count.
pub(super) fn counted(portfolio: &Portfolio) -> Vec<Goal> {
    let targets = portfolio.goals.iter().flat_map(|goals| goals.targets.iter().enumerate());
    let goal = |(place, target): (usize, &crate::record::Target)| {
        let what = target.what?;
        Some(Goal {
            what,
            counted: u32::try_from(count(portfolio, what)).unwrap_or(u32::MAX),
            wanted: target.count.unwrap_or(1),
            by: target.by,
            origin: Origin { file: "records/goals.yaml".into(), index: 0 },
            place,
        })
    };
    targets.filter_map(goal).collect()
}

fn count(portfolio: &Portfolio, what: GoalMeasure) -> usize {
    let papers = |of: &dyn Fn(&Publication) -> bool| {
        portfolio.publications.iter().filter(|one| is_paper(one) && of(one)).count()
    };
    let talks = |of: &dyn Fn(&Presentation) -> bool| {
        portfolio.presentations.iter().filter(|one| is_held(one) && of(one)).count()
    };
    match what {
        GoalMeasure::Papers => papers(&|_| true),
        GoalMeasure::FirstAuthorPapers => papers(&is_first),
        GoalMeasure::Reviews => papers(&|paper| {
            matches!(paper.category, Some(PublicationCategory::Review | PublicationCategory::SystematicReview))
        }),
        GoalMeasure::Talks => talks(&|_| true),
        GoalMeasure::NationalTalks => talks(&|talk| matches!(talk.scope, Some(Scope::National | Scope::International))),
        GoalMeasure::PeerReviews => {
            let reviews = portfolio.service.iter().filter(|service| service.kind == ServiceKind::PeerReview);
            let of =
                |service: &crate::portfolio::Service| service.count.unwrap_or_else(|| service.years.values().sum());
            reviews.map(|service| of(service) as usize).sum()
        }
        GoalMeasure::Grants => {
            let won = |status| matches!(status, GrantStatus::Awarded | GrantStatus::Completed);
            portfolio.grants.iter().filter(|grant| won(grant.status)).count()
        }
        GoalMeasure::Awards => portfolio.awards.len(),
    }
}

/// A journal article of the owner's that is accepted or better, and not retracted.
fn is_paper(work: &Publication) -> bool {
    use PublicationStatus::{Accepted, Epub, InPress, Published};
    work.kind == PublicationType::JournalArticle
        && matches!(work.status, Accepted | InPress | Epub | Published)
        && (work.own_index.is_some() || work.own_position.is_some())
}

fn is_first(paper: &Publication) -> bool {
    matches!(paper.position, AuthorPosition::Sole | AuthorPosition::First | AuthorPosition::CoFirst)
        || matches!(paper.role, Some(PublicationRole::FirstAuthor | PublicationRole::CoFirstAuthor))
}

fn is_held(talk: &Presentation) -> bool {
    talk.status == PresentationStatus::Presented
}
