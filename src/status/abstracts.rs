//! Deadlines for abstracts: the owner's own entries, and what past years say of the built-in meetings.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};

use super::{AbstractDeadline, is_unfinished};
use crate::portfolio::meetings::{BuiltInMeeting, MEETINGS, find_meeting, meeting_key};
use crate::portfolio::{Conference, Portfolio};
use crate::record::PartialDate;

/// Returns the deadlines that have not passed, the nearest first: of the owner's own meetings, and of the built-in
/// ones that a project aims at or where the owner has spoken.
pub(super) fn coming(portfolio: &Portfolio) -> Vec<AbstractDeadline> {
    let cared_for = cared_for(portfolio);
    let mut list = own(portfolio);
    let others = MEETINGS.iter().filter(|meeting| cared_for.contains(&key(meeting.id)));
    let known: BTreeSet<String> = list.iter().map(|deadline| key(&deadline.id)).collect();
    list.extend(others.filter(|meeting| !known.contains(&key(meeting.id))).filter_map(|m| usual(portfolio, m)));
    sorted(list)
}

/// Returns the usual deadlines of every built-in meeting that `coming` does not have, the nearest first.
pub fn others(portfolio: &Portfolio, coming: &[AbstractDeadline]) -> Vec<AbstractDeadline> {
    let known: BTreeSet<String> = coming.iter().map(|deadline| key(&deadline.id)).collect();
    let others = MEETINGS.iter().filter(|meeting| !known.contains(&key(meeting.id)));
    sorted(others.filter_map(|meeting| usual(portfolio, meeting)).collect())
}

fn sorted(mut list: Vec<AbstractDeadline>) -> Vec<AbstractDeadline> {
    let end = |one: &AbstractDeadline| one.until.unwrap_or(one.from).last_day();
    list.sort_by(|a, b| (a.from.first_day(), end(a), &a.id).cmp(&(b.from.first_day(), end(b), &b.id)));
    list
}

/// The one key of a meeting, whatever it is called.
fn key(id: &str) -> String {
    meeting_key(find_meeting(id).map_or(id, |meeting| meeting.id))
}

fn cared_for(portfolio: &Portfolio) -> BTreeSet<String> {
    let targets = portfolio.projects.iter().filter(|project| is_unfinished(project.stage));
    let targets = targets.filter_map(|project| project.target_conference.as_deref());
    let shown = portfolio.presentations.iter().flat_map(|talk| talk.events.iter().chain([&talk.showing]));
    let shown =
        shown.flat_map(|showing| showing.meeting.acronym.as_deref().into_iter().chain([&*showing.meeting.name]));
    targets.chain(shown).map(key).collect()
}

/// Ids of the unfinished projects that aim at a meeting.
fn aiming(portfolio: &Portfolio, id: &str) -> Vec<String> {
    let aims = |project: &&crate::portfolio::Project| {
        is_unfinished(project.stage) && project.target_conference.as_deref().is_some_and(|aim| key(aim) == key(id))
    };
    portfolio.projects.iter().filter(aims).map(|project| project.shared.id.clone()).collect()
}

/// The own entries: each meeting's next deadline that is written, else its last one a year on where the meeting is
/// held every year.
fn own(portfolio: &Portfolio) -> Vec<AbstractDeadline> {
    let today = portfolio.today;
    let mut list: Vec<AbstractDeadline> = Vec::new();
    let mut past: Vec<(&Conference, PartialDate)> = Vec::new();
    for entry in &portfolio.conferences {
        match entry.abstract_deadline {
            Some(date) if date.last_day() >= today => list.push(of(portfolio, entry, date, entry.estimated)),
            Some(date) => past.push((entry, date)),
            None => {}
        }
    }
    past.sort_by_key(|(_, date)| std::cmp::Reverse(date.last_day()));
    for (entry, date) in past {
        let is_new = !list.iter().any(|known| key(&known.id) == key(&entry.id));
        if is_new && find_meeting(&entry.id).is_some() {
            list.extend(next_year(date, today).map(|date| of(portfolio, entry, date, true)));
        }
    }
    list
}

fn of(portfolio: &Portfolio, entry: &Conference, date: PartialDate, is_estimated: bool) -> AbstractDeadline {
    AbstractDeadline {
        id: entry.id.clone(),
        name: entry.name.clone(),
        from: date,
        until: None,
        is_estimated,
        remind_days: entry.remind_days.clone(),
        projects: aiming(portfolio, &entry.id),
        origin: Some(entry.origin.clone()),
    }
}

/// Moves a date to the first year in which it has not passed; the last day of February stays one.
fn next_year(date: PartialDate, today: NaiveDate) -> Option<PartialDate> {
    (0..=1).map(|years| PartialDate { year: today.year() + years, ..date }).find_map(|moved| {
        let day = moved.day.map(|day| day.min(PartialDate { day: None, ..moved }.last_day().day()));
        let moved = PartialDate { day, ..moved };
        (moved.last_day() >= today).then_some(moved)
    })
}

/// The months in which a built-in meeting's next deadline usually falls.
fn usual(portfolio: &Portfolio, meeting: &BuiltInMeeting) -> Option<AbstractDeadline> {
    let (first, last) = meeting.abstract_months?;
    let year = portfolio.today.year();
    let month = |year, month| PartialDate { year, month: Some(month), day: None };
    let (from, until) = (year - 1..=year + 1)
        .map(|year| (month(year, first), month(year + i32::from(last < first), last)))
        .find(|(_, until)| until.last_day() >= portfolio.today)?;
    Some(AbstractDeadline {
        id: meeting.id.to_owned(),
        name: meeting.name.to_owned(),
        from,
        until: (until != from).then_some(until),
        is_estimated: true,
        remind_days: Vec::new(),
        projects: aiming(portfolio, meeting.id),
        origin: None,
    })
}
