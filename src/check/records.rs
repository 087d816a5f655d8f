//! What is private in the records of all kinds.

use crate::portfolio::Portfolio;
use crate::record::Private;
use crate::source::Origin;

/// Returns id, place and private part of every record, people and meetings included.
pub(super) fn private(portfolio: &Portfolio) -> impl Iterator<Item = (&str, &Origin, &Private)> {
    let shared = portfolio.shared().map(|shared| (shared.id.as_str(), &shared.origin, &shared.private));
    let people = portfolio.people.iter().map(|person| (person.id.as_str(), &person.origin, &person.private));
    let own = portfolio.conferences.iter().map(|own| (own.id.as_str(), &own.origin, &own.private));
    shared.chain(people).chain(own)
}
