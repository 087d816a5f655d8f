//! `calendar.ics`: the public talks, a day or more each.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::links::kind_path;
use super::metadata::full_address;
use crate::exchange::calendar::{self, Event};
use crate::exchange::title::plain;
use crate::portfolio::{Presentation, PublicPortfolio, Showing};
use crate::record::vocabulary::{Kind, PresentationStatus};

/// Returns the calendar; `None` when no talk has a day, since a calendar must hold something.
pub fn calendar(portfolio: &PublicPortfolio) -> Option<String> {
    let mut events = Vec::new();
    let mut taken = BTreeSet::new();
    let host = host(portfolio);
    let shown = portfolio
        .presentations
        .iter()
        .filter(|talk| matches!(talk.status, PresentationStatus::Accepted | PresentationStatus::Presented));
    for talk in shown {
        for showing in showings(talk) {
            let Some(first) = showing.date.filter(|date| date.day.is_some()).map(crate::record::PartialDate::first_day)
            else {
                continue;
            };
            let mut uid = format!("{}-{}@{host}", talk.shared.id, first.format("%Y%m%d"));
            while !taken.insert(uid.clone()) {
                uid.insert(0, 'x');
            }
            events.push(event(portfolio, talk, showing, first, uid));
        }
    }
    (!events.is_empty()).then(|| calendar::text("Talks", &portfolio.settings.title, &events))
}

fn showings(talk: &Presentation) -> Vec<&Showing> {
    if talk.events.is_empty() { vec![&talk.showing] } else { talk.events.iter().collect() }
}

fn event(portfolio: &PublicPortfolio, talk: &Presentation, showing: &Showing, first: NaiveDate, uid: String) -> Event {
    let last = showing.end_date.filter(|date| date.day.is_some()).map_or(first, |date| date.last_day().max(first));
    let meeting = &showing.meeting;
    let place: Vec<&str> = [meeting.name.as_str(), showing.place.as_deref().unwrap_or_default()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
    let list = full_address(portfolio, &kind_path(Kind::Presentations));
    Event {
        uid,
        stamp: first,
        first,
        last,
        summary: plain(&talk.shared.title),
        location: Some(place.join(", ")),
        url: list.map(|list| format!("{list}#{}", super::markdown::encoded(&talk.shared.id))),
        ..Event::default()
    }
}

/// The right side of an event's id: the site's host, else a name made from the owner's.
fn host(portfolio: &PublicPortfolio) -> String {
    let name = || super::markdown::slug(&portfolio.owner.display_name) + ".invalid";
    calendar::host_of(portfolio.settings.base_url.as_deref()).unwrap_or_else(name)
}
