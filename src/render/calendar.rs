//! `calendar.ics` (RFC 5545): the public talks, a day or more each.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};

use super::links::kind_path;
use super::metadata::full_address;
use crate::exchange::title::plain;
use crate::portfolio::{Presentation, PublicPortfolio, Showing};
use crate::record::vocabulary::{Kind, PresentationStatus};

/// Returns the calendar; `None` when no talk has a day, since a calendar must hold something.
pub fn calendar(portfolio: &PublicPortfolio) -> Option<String> {
    let mut lines = Lines(String::new());
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
            event(&mut lines, portfolio, talk, showing, first, &uid);
        }
    }
    if taken.is_empty() {
        return None;
    }
    let mut whole = Lines(String::new());
    whole.add("BEGIN", "VCALENDAR");
    whole.add("VERSION", "2.0");
    whole.add("PRODID", "-//Offprint//Talks//EN");
    whole.add("CALSCALE", "GREGORIAN");
    whole.add("X-WR-CALNAME", &escaped(&portfolio.settings.title));
    whole.0 += &lines.0;
    whole.add("END", "VCALENDAR");
    Some(whole.0)
}

fn showings(talk: &Presentation) -> Vec<&Showing> {
    if talk.events.is_empty() { vec![&talk.showing] } else { talk.events.iter().collect() }
}

fn event(
    lines: &mut Lines,
    portfolio: &PublicPortfolio,
    talk: &Presentation,
    showing: &Showing,
    first: NaiveDate,
    uid: &str,
) {
    let last = showing.end_date.filter(|date| date.day.is_some()).map_or(first, |date| date.last_day().max(first));
    let after = last.checked_add_days(Days::new(1)).unwrap_or(last);
    lines.add("BEGIN", "VEVENT");
    lines.add("UID", &escaped(uid));
    // The stamp must not follow the clock, or the file would change with every build.
    lines.add("DTSTAMP", &format!("{}T000000Z", first.format("%Y%m%d")));
    lines.add("DTSTART;VALUE=DATE", &first.format("%Y%m%d").to_string());
    lines.add("DTEND;VALUE=DATE", &after.format("%Y%m%d").to_string());
    lines.add("SUMMARY", &escaped(&plain(&talk.shared.title)));
    let meeting = &showing.meeting;
    let place: Vec<&str> = [meeting.name.as_str(), showing.place.as_deref().unwrap_or_default()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
    if !place.is_empty() {
        lines.add("LOCATION", &escaped(&place.join(", ")));
    }
    if let Some(list) = full_address(portfolio, &kind_path(Kind::Presentations)) {
        lines.add("URL", &format!("{list}#{}", super::markdown::encoded(&talk.shared.id)));
    }
    lines.add("TRANSP", "TRANSPARENT");
    lines.add("END", "VEVENT");
}

/// The right side of an event's id: the site's host, else a name made from the owner's.
fn host(portfolio: &PublicPortfolio) -> String {
    let host = portfolio
        .settings
        .base_url
        .as_deref()
        .and_then(|base| base.split("://").nth(1))
        .and_then(|rest| rest.split('/').next());
    let name = || super::markdown::slug(&portfolio.owner.display_name) + ".invalid";
    host.filter(|host| !host.is_empty()).map_or_else(name, str::to_owned)
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' | ';' | ',' => {
                out.push('\\');
                out.push(letter);
            }
            '\n' => out.push_str("\\n"),
            letter if letter.is_control() => {}
            letter => out.push(letter),
        }
    }
    out
}

struct Lines(String);

impl Lines {
    /// Adds a line, folded so that none is longer than 75 bytes.
    fn add(&mut self, name: &str, value: &str) {
        let mut length = 0;
        for letter in name.chars().chain([':']).chain(value.chars()) {
            if length + letter.len_utf8() > 75 {
                self.0.push_str("\r\n ");
                length = 1;
            }
            self.0.push(letter);
            length += letter.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_folded_between_letters() {
        let mut lines = Lines(String::new());
        lines.add("SUMMARY", &escaped(&"Zeit, Ödem; ".repeat(20)));
        assert!(lines.0.split("\r\n").all(|line| line.len() <= 75), "{}", lines.0);
        let unfolded = lines.0.replace("\r\n ", "");
        assert_eq!(unfolded, format!("SUMMARY:{}\r\n", "Zeit\\, Ödem\\; ".repeat(20)));
    }
}
