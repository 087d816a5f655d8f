//! What is to come as a calendar, for a telephone.

use chrono::NaiveDate;

use super::{AbstractDeadline, Due, Status, text};
use crate::exchange::calendar::{self, Event, host_of};
use crate::record::vocabulary::GoalMeasure;

/// Days before the end of an approval, a licence or a visa on which to remind: renewals take weeks.
const BEFORE_EXPIRY: [u32; 2] = [60, 14];
/// Days before a deadline of which the owner wrote no `remind_days`.
const BEFORE_DEADLINE: [u32; 2] = [21, 7];
const BEFORE_STEP: [u32; 1] = [1];
const BEFORE_GOAL: [u32; 1] = [30];

/// Returns the calendar: every day of the status that has not passed. What is known by its month only stands on the
/// last day of it; an estimated deadline stands on the first day on which it may be.
pub fn calendar(status: &Status) -> String {
    let host = host_of(status.site.as_deref()).unwrap_or_else(|| "offprint.invalid".to_owned());
    let mut events = Vec::new();
    let mut add = |kind: &str, id: &str, day: NaiveDate, summary: String, more: &str, remind_days: &[u32]| {
        if day >= status.today {
            let same = |uid: &String| events.iter().any(|event: &Event| event.uid == *uid);
            let numbered = |number: usize| match number {
                1 => format!("{kind}-{id}@{host}"),
                number => format!("{kind}-{id}-{number}@{host}"),
            };
            let uid = (1..usize::MAX).map(numbered).find(|uid| !same(uid)).unwrap_or_default();
            events.push(Event {
                uid,
                stamp: status.today,
                // Whoever reads the newer file takes its days, whatever it was told before.
                sequence: u32::try_from((status.today - NaiveDate::default()).num_days()).ok(),
                first: day,
                last: day,
                summary,
                description: Some(more.to_owned()),
                remind_days: remind_days.to_vec(),
                ..Event::default()
            });
        }
    };
    for due in &status.steps {
        add("step", &due.item.id, due.day(), format!("{}: {}", due.item.title, due.words), "", &BEFORE_STEP);
    }
    for due in &status.approvals {
        let summary = format!("Ethics approval ends: {}", due.item.title);
        add("irb", &due.item.id, due.day(), summary, &due.words, &BEFORE_EXPIRY);
    }
    for deadline in &status.abstracts {
        let (day, summary, more) = deadline_words(deadline, status.today);
        let remind: &[u32] = if deadline.remind_days.is_empty() { &BEFORE_DEADLINE } else { &deadline.remind_days };
        add("abstracts", &slug(&deadline.id), day, summary, &more, remind);
    }
    for due in &status.expiries {
        add(
            "expiry",
            &slug(&expiry_id(due)),
            due.day(),
            format!("Runs out: {}", text::expiry_words(due)),
            "",
            &BEFORE_EXPIRY,
        );
    }
    for goal in status.goals.iter().filter(|goal| !goal.is_reached()) {
        let Some(by) = goal.by else { continue };
        let summary = format!("Goal: {} of {} {}", goal.counted, goal.wanted, goal.what);
        add("goal", &goal_id(goal.what, goal.place), by.last_day(), summary, "", &BEFORE_GOAL);
    }
    if let Some(date) = status.graduation {
        add("graduation", "day", date.last_day(), "Graduation".to_owned(), "", &[]);
    }
    events.sort_by(|a, b| (a.first, &a.uid).cmp(&(b.first, &b.uid)));
    calendar::text("Status", &format!("{}: what is due", status.owner), &events)
}

fn deadline_words(deadline: &AbstractDeadline, today: NaiveDate) -> (NaiveDate, String, String) {
    let estimated = if deadline.is_estimated { " (estimated)" } else { "" };
    let summary = format!("Abstracts for {}{estimated}", deadline.id);
    let when = match deadline.origin {
        Some(_) => String::new(),
        None => format!("; usually {}", text::deadline_words(deadline)),
    };
    let day = if deadline.origin.is_some() { deadline.from.last_day() } else { deadline.from.first_day().max(today) };
    (day, summary, format!("{}{when}", deadline.name))
}

fn expiry_id(due: &Due) -> String {
    if due.item.id.is_empty() { format!("{} {}", due.item.title, due.words) } else { due.item.id.clone() }
}

fn goal_id(what: GoalMeasure, place: usize) -> String {
    format!("{}-{}", slug(what.as_str()), place + 1)
}

/// Returns words as part of an id: letters and digits with hyphens.
fn slug(words: &str) -> String {
    let parts = words.split(|letter: char| !letter.is_alphanumeric()).filter(|part| !part.is_empty());
    parts.map(str::to_lowercase).collect::<Vec<_>>().join("-")
}
