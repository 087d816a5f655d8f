//! A record in one line: what, where, when.

use crate::exchange::title::plain;
use crate::portfolio::{Portfolio, Shared};
use crate::record::PartialDate;
use crate::record::vocabulary::Kind;

/// Returns the line of a record.
pub(super) fn line(portfolio: &Portfolio, kind: Kind, shared: &Shared) -> String {
    let (place, date) = facts(portfolio, kind, &shared.id);
    let date = date.or(shared.date).map(|date| date.to_string());
    let mut title = plain(&shared.title);
    if !title.ends_with(['.', '?', '!']) {
        title.push('.');
    }
    let rest: Vec<String> = [place.filter(|place| !place.is_empty()), date].into_iter().flatten().collect();
    if rest.is_empty() { title } else { format!("{title} {}.", rest.join(", ")) }
}

/// Where and when.
fn facts(portfolio: &Portfolio, kind: Kind, id: &str) -> (Option<String>, Option<PartialDate>) {
    match kind {
        Kind::Publications => {
            let work = portfolio.publications.iter().find(|work| work.shared.id == id);
            let venue = work.map(|work| &work.venue);
            let place = venue.and_then(|venue| {
                let places = [&venue.journal, &venue.book_title, &venue.server, &venue.website, &venue.publisher];
                places.into_iter().flatten().next().cloned()
            });
            (place, work.and_then(|work| work.sort_date()))
        }
        Kind::Presentations => {
            let talk = portfolio.presentations.iter().find(|talk| talk.shared.id == id);
            (talk.map(|talk| talk.showing.meeting.name.clone()), talk.and_then(|talk| talk.showing.date))
        }
        Kind::Awards => (portfolio.awards.iter().find(|one| one.shared.id == id).and_then(|one| one.by.clone()), None),
        Kind::Grants => {
            let grant = portfolio.grants.iter().find(|one| one.shared.id == id);
            (grant.and_then(|grant| grant.funder.clone()), grant.and_then(|grant| grant.start))
        }
        Kind::Service => {
            let service = portfolio.service.iter().find(|one| one.shared.id == id);
            (service.and_then(|service| service.organization.clone()), service.and_then(|service| service.start))
        }
        Kind::Teaching => {
            let teaching = portfolio.teaching.iter().find(|one| one.shared.id == id);
            (teaching.and_then(|teaching| teaching.organization.clone()), teaching.and_then(|teaching| teaching.start))
        }
        Kind::Training => {
            let training = portfolio.training.iter().find(|one| one.shared.id == id);
            (training.and_then(|training| training.organization.clone()), training.and_then(|training| training.start))
        }
        Kind::Media => {
            (portfolio.media.iter().find(|one| one.shared.id == id).and_then(|one| one.outlet.clone()), None)
        }
        _ => (None, None),
    }
}
