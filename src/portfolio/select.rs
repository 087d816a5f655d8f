//! Which records a question names: by kind, line of research, category, status and time.

use super::{PublicPortfolio, Shared};
use crate::record::vocabulary::{Kind, PublicationCategory, PublicationRole, PublicationStatus, Scope};
use crate::record::{CvSelect, PartialDate, TextList};

/// Returns the places in the portfolio's list of `kind` of the records that a variant of the CV selects.
pub fn places(kind: Kind, portfolio: &PublicPortfolio, select: &CvSelect) -> Vec<usize> {
    if !select.kinds.is_empty() && !select.kinds.contains(&kind) {
        return Vec::new();
    }
    let is_work = kind == Kind::Publications;
    let among = |list: &TextList, found: Option<&str>| {
        list.is_empty() || found.is_some_and(|found| list.iter().any(|asked| asked.trim().eq_ignore_ascii_case(found)))
    };
    let wants = |facts: &Facts<'_>| {
        let threads = &facts.shared.threads;
        let status = facts.status.and_then(PublicationStatus::parse);
        (select.threads.is_empty() || threads.iter().any(|thread| among(&select.threads, Some(thread))))
            && (!is_work || among(&select.categories, facts.category))
            && (!is_work || select.status.is_empty() || status.is_some_and(|status| select.status.contains(&status)))
            && select.featured.is_none_or(|asked| asked == facts.shared.featured.is_some())
            && select.since.is_none_or(|since| facts.end.is_some_and(|end| end.last_day() >= since.first_day()))
    };
    facts(kind, portfolio).iter().enumerate().filter(|(_, facts)| wants(facts)).map(|(at, _)| at).collect()
}

/// What a query looks at in a record of any kind.
pub(crate) struct Facts<'p> {
    pub(crate) shared: &'p Shared,
    pub(crate) record_type: Option<&'p str>,
    pub(crate) category: Option<&'p str>,
    pub(crate) status: Option<&'p str>,
    pub(crate) role: Option<&'p str>,
    pub(crate) scope: Option<&'p str>,
    pub(crate) start: Option<PartialDate>,
    /// Of what lasts: its last day; of what has not ended: the day of the site.
    pub(crate) end: Option<PartialDate>,
}

/// Returns what queries look at in the records of a kind, in the portfolio's order.
pub(crate) fn facts<'p>(kind: Kind, portfolio: &'p PublicPortfolio) -> Vec<Facts<'p>> {
    let today = PartialDate::from(portfolio.today);
    let of = |shared: &'p Shared| Facts {
        shared,
        record_type: None,
        category: None,
        status: None,
        role: shared.role.as_deref(),
        scope: None,
        start: shared.date,
        end: shared.date,
    };
    let lasting = |shared: &'p Shared, start: Option<PartialDate>, end: Option<PartialDate>| {
        let ends = end.or(shared.date).or(start.map(|_| today));
        Facts { start: start.or(shared.date).or(end), end: ends, ..of(shared) }
    };
    match kind {
        Kind::Publications => portfolio
            .publications
            .iter()
            .map(|work| Facts {
                record_type: Some(work.kind.as_str()),
                category: work.category.map(PublicationCategory::as_str),
                status: Some(work.status.as_str()),
                role: work.role.map(PublicationRole::as_str),
                start: work.sort_date(),
                end: work.sort_date(),
                ..of(&work.shared)
            })
            .collect(),
        Kind::Presentations => portfolio
            .presentations
            .iter()
            .map(|talk| {
                let shown = || talk.events.iter().chain([&talk.showing]).filter_map(|showing| showing.date);
                Facts {
                    record_type: Some(talk.kind.as_str()),
                    status: Some(talk.status.as_str()),
                    scope: talk.scope.map(Scope::as_str),
                    start: shown().min().or(talk.shared.date),
                    end: shown().chain(talk.showing.end_date).max().or(talk.shared.date),
                    ..of(&talk.shared)
                }
            })
            .collect(),
        Kind::Awards => portfolio
            .awards
            .iter()
            .map(|award| Facts { scope: award.scope.map(Scope::as_str), ..of(&award.shared) })
            .collect(),
        Kind::Grants => portfolio
            .grants
            .iter()
            .map(|grant| Facts {
                status: Some(grant.status.as_str()),
                ..lasting(&grant.shared, grant.start, grant.end)
            })
            .collect(),
        Kind::Service => portfolio
            .service
            .iter()
            .map(|service| Facts {
                record_type: Some(service.kind.as_str()),
                scope: service.scope.map(Scope::as_str),
                ..lasting(&service.shared, service.start, service.end)
            })
            .collect(),
        Kind::Teaching => portfolio
            .teaching
            .iter()
            .map(|taught| Facts {
                record_type: Some(taught.kind.as_str()),
                ..lasting(&taught.shared, taught.start, taught.end)
            })
            .collect(),
        Kind::Training => portfolio
            .training
            .iter()
            .map(|step| Facts { record_type: Some(step.kind.as_str()), ..lasting(&step.shared, step.start, step.end) })
            .collect(),
        Kind::Media => portfolio
            .media
            .iter()
            .map(|piece| Facts { record_type: Some(piece.kind.as_str()), ..of(&piece.shared) })
            .collect(),
        Kind::Projects => portfolio
            .projects
            .iter()
            .map(|project| Facts { status: Some(project.stage.as_str()), ..of(&project.shared) })
            .collect(),
        Kind::People | Kind::Goals | Kind::Conferences => Vec::new(),
    }
}
