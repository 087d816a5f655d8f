//! The records of all kinds in one row.

use crate::portfolio::{Portfolio, Shared};
use crate::record::Private;
use crate::source::Origin;

/// Returns the shared fields of every record that has them, kind by kind.
pub(super) fn all(portfolio: &Portfolio) -> impl Iterator<Item = &Shared> {
    let publications = portfolio.publications.iter().map(|record| &record.shared);
    publications
        .chain(portfolio.presentations.iter().map(|record| &record.shared))
        .chain(portfolio.awards.iter().map(|record| &record.shared))
        .chain(portfolio.grants.iter().map(|record| &record.shared))
        .chain(portfolio.service.iter().map(|record| &record.shared))
        .chain(portfolio.teaching.iter().map(|record| &record.shared))
        .chain(portfolio.training.iter().map(|record| &record.shared))
        .chain(portfolio.media.iter().map(|record| &record.shared))
        .chain(portfolio.projects.iter().map(|record| &record.shared))
}

/// Returns id, place and private part of every record, people and meetings included.
pub(super) fn private(portfolio: &Portfolio) -> impl Iterator<Item = (&str, &Origin, &Private)> {
    let shared = all(portfolio).map(|shared| (shared.id.as_str(), &shared.origin, &shared.private));
    let people = portfolio.people.iter().map(|person| (person.id.as_str(), &person.origin, &person.private));
    let own = portfolio.conferences.iter().map(|own| (own.id.as_str(), &own.origin, &own.private));
    shared.chain(people).chain(own)
}
