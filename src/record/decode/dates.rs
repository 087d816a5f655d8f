//! What date was meant by one that cannot be read.

use crate::record::PartialDate;

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Returns the date that a text most likely means, if it can mean only one.
///
/// `03/04/2025` is two dates, by where one was trained, and so none.
pub(super) fn meant(text: &str) -> Option<PartialDate> {
    let text = text.split('#').next()?;
    let parts: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    if parts.is_empty() || parts.len() > 3 {
        return None;
    }
    if parts.iter().filter(|part| part.len() == 4 && part.parse::<u32>().is_ok()).count() > 1 {
        return None;
    }
    let mut year = None;
    let mut month = None;
    let mut numbers = Vec::new();
    for part in &parts {
        if let Some(name) = month_of(part) {
            month = Some(name);
        } else if part.len() == 4 {
            year = Some(part.parse::<i32>().ok()?);
        } else {
            let digits = part.trim_end_matches(|c: char| c.is_ascii_alphabetic());
            numbers.push(digits.parse::<u32>().ok().filter(|number| (1..=31).contains(number))?);
        }
    }
    let year_first = parts.first().is_some_and(|part| part.len() == 4);
    let (month, day) = match (month, numbers.as_slice()) {
        (Some(month), []) => (Some(month), None),
        (Some(month), [day]) => (Some(month), Some(*day)),
        (None, []) => (None, None),
        (None, [month]) => (Some(*month), None),
        (None, [month, day]) if year_first => (Some(*month), Some(*day)),
        (None, [a, b]) if a == b => (Some(*a), Some(*b)),
        (None, [day, month]) if *day > 12 => (Some(*month), Some(*day)),
        (None, [month, day]) if *day > 12 => (Some(*month), Some(*day)),
        _ => return None,
    };
    let date = PartialDate { year: year?, month, day };
    PartialDate::parse(&date.to_string())
}

/// Says how a text is written that stands for no one date: a season, a span, what goes on, two days.
pub(super) fn advice(text: &str, field: &str) -> Option<String> {
    let lower = text.to_lowercase();
    let has = |words: &[&str]| lower.split(|c: char| !c.is_alphabetic()).any(|word| words.contains(&word));
    if has(&["present", "now", "today", "current", "currently", "ongoing", "heute", "actual"]) {
        return Some(format!("leave `{field}` out for what still goes on"));
    }
    if has(&["spring", "summer", "autumn", "fall", "winter"]) {
        return Some("write the year alone, or the month in which the season began: 2025 or 2025-03".to_owned());
    }
    let numbers: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    match numbers.as_slice() {
        [first, last] if first.len() == 4 && last.len() == 4 => {
            Some(format!("write one date here; what lasts has two fields, `start: {first}` and `end: {last}`"))
        }
        [year, month, day] if text.len() == 10 && year.len() == 4 && month.len() == 2 && day.len() == 2 => {
            Some("the calendar has no such day: look the date up, or write the year and the month alone".to_owned())
        }
        [a, b, year] if year.len() == 4 && a.len() <= 2 && b.len() <= 2 && meant(text).is_none() => {
            let day = |month: &str, day: &str| PartialDate::parse(&format!("{year}-{month:0>2}-{day:0>2}"));
            Some(format!("it can be read as two days: write {} or {}", day(a, b)?, day(b, a)?))
        }
        _ => None,
    }
}

fn month_of(word: &str) -> Option<u32> {
    let word = word.to_lowercase();
    if word.chars().count() < 3 || !word.chars().all(char::is_alphabetic) {
        return None;
    }
    let start: String = word.chars().take(3).collect();
    let at = MONTHS.iter().position(|month| *month == start)?;
    u32::try_from(at + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_one_date_has_its_own_advice() {
        let told = |text: &str| advice(text, "end").unwrap_or_default();
        assert_eq!(told("present"), "leave `end` out for what still goes on");
        assert_eq!(told("04/03/2025"), "it can be read as two days: write 2025-04-03 or 2025-03-04");
        assert!(told("Spring 2025").contains("the year alone") && told("2021-2025").contains("`start: 2021`"));
        assert_eq!(told("soon"), "");
    }

    #[test]
    fn a_date_in_words_or_another_order_is_understood_if_it_has_one_meaning() {
        for (text, date) in [
            ("March 2025", Some("2025-03")),
            ("14 March 2025", Some("2025-03-14")),
            ("Mar 3rd, 2025", Some("2025-03-03")),
            ("2025-3-4", Some("2025-03-04")),
            ("2025/03/14", Some("2025-03-14")),
            ("14.03.2025", Some("2025-03-14")),
            ("03/14/2025", Some("2025-03-14")),
            ("03/04/2025", None),
            ("2021-2025", None),
            ("2025#check", Some("2025")),
            ("2025-13-01", None),
            ("2025-02-30", None),
            ("soon", None),
            ("", None),
        ] {
            assert_eq!(meant(text).map(|date| date.to_string()).as_deref(), date, "{text}");
        }
    }
}
