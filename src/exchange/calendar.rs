//! Events of whole days → iCalendar (RFC 5545).

use chrono::{Days, NaiveDate};

/// Something that takes one day or several.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Event {
    /// Names the event for good, so that a newer file changes it and does not double it.
    pub uid: String,
    /// The day of its stamp: not the clock's, or the file would differ with every run.
    pub stamp: NaiveDate,
    /// Grows with each newer state of the event; calendars that know the event take the higher.
    pub sequence: Option<u32>,
    /// The first day.
    pub first: NaiveDate,
    /// The last day; the first one where it is earlier.
    pub last: NaiveDate,
    /// The title.
    pub summary: String,
    /// Where.
    pub location: Option<String>,
    /// More about it.
    pub description: Option<String>,
    /// Its web address.
    pub url: Option<String>,
    /// How many days before its first day to remind of it.
    pub remind_days: Vec<u32>,
}

/// Returns a calendar with a product (`Talks`), a name to be seen, and the events in their order.
pub fn text(product: &str, name: &str, events: &[Event]) -> String {
    let mut lines = Lines(String::new());
    lines.add("BEGIN", "VCALENDAR");
    lines.add("VERSION", "2.0");
    lines.add("PRODID", &format!("-//Offprint//{product}//EN"));
    lines.add("CALSCALE", "GREGORIAN");
    lines.add("X-WR-CALNAME", &escaped(name));
    for event in events {
        add(&mut lines, event);
    }
    lines.add("END", "VCALENDAR");
    lines.0
}

fn add(lines: &mut Lines, event: &Event) {
    let day = |day: NaiveDate| day.format("%Y%m%d").to_string();
    let last = event.last.max(event.first);
    let after = last.checked_add_days(Days::new(1)).unwrap_or(last);
    lines.add("BEGIN", "VEVENT");
    lines.add("UID", &escaped(&event.uid));
    lines.add("DTSTAMP", &format!("{}T000000Z", day(event.stamp)));
    if let Some(sequence) = event.sequence {
        lines.add("SEQUENCE", &sequence.to_string());
    }
    lines.add("DTSTART;VALUE=DATE", &day(event.first));
    lines.add("DTEND;VALUE=DATE", &day(after));
    lines.add("SUMMARY", &escaped(&event.summary));
    let texts = [("LOCATION", &event.location), ("DESCRIPTION", &event.description)];
    for (name, text) in texts {
        if let Some(text) = text.as_deref().filter(|text| !text.is_empty()) {
            lines.add(name, &escaped(text));
        }
    }
    if let Some(url) = &event.url {
        lines.add("URL", &url.chars().filter(|letter| !letter.is_control()).collect::<String>());
    }
    lines.add("TRANSP", "TRANSPARENT");
    for days in &event.remind_days {
        lines.add("BEGIN", "VALARM");
        lines.add("ACTION", "DISPLAY");
        lines.add("DESCRIPTION", &escaped(&event.summary));
        lines.add("TRIGGER", &if *days == 0 { "PT0S".to_owned() } else { format!("-P{days}D") });
        lines.add("END", "VALARM");
    }
    lines.add("END", "VEVENT");
}

/// Returns the host of a site's address, the right side of an event's `uid`.
pub fn host_of(address: Option<&str>) -> Option<String> {
    let host = address?.split("://").nth(1)?.split('/').next()?;
    (!host.is_empty()).then(|| host.to_owned())
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
