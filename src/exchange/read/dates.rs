//! Dates as other programs write them.

use crate::record::PartialDate;

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Returns the month that a word or number means: `Sep`, `september`, `09`, `9`.
pub(in crate::exchange) fn month(text: &str) -> Option<u32> {
    let text = text.trim().trim_end_matches('.').to_lowercase();
    if let Ok(number) = text.parse::<u32>() {
        return (1..=12).contains(&number).then_some(number);
    }
    let head = text.get(..3)?;
    if !text.chars().all(char::is_alphabetic) {
        return None;
    }
    MONTHS.iter().zip(1..).find(|(name, _)| **name == head).map(|(_, number)| number)
}

/// Makes a date; a month or day that no calendar has is left out.
pub(in crate::exchange) fn of_parts(year: Option<i32>, month: Option<u32>, day: Option<u32>) -> Option<PartialDate> {
    let year = year.filter(|year| (1000..=9999).contains(year))?;
    let month = month.filter(|month| (1..=12).contains(month));
    let day = day.filter(|_| month.is_some());
    let text = |date: &PartialDate| date.to_string();
    let whole = PartialDate { year, month, day };
    let without_day = PartialDate { year, month, day: None };
    PartialDate::parse(&text(&whole)).or_else(|| PartialDate::parse(&text(&without_day)))
}

/// Reads a date whose year comes first, divided by hyphens, slashes, stops or spaces: `2021/09/30`, `2022/09//Autumn`,
/// `2021 Nov-Dec`, `2019 Winter`, `20210930`, `2023-09-12T00:00:00Z`; of a span its beginning.
pub(in crate::exchange) fn year_first(text: &str) -> Option<PartialDate> {
    let text = text.trim();
    let text = text.split('T').next().filter(|date| date.ends_with(|c: char| c.is_ascii_digit())).unwrap_or(text);
    if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return of_parts(text[..4].parse().ok(), text[4..6].parse().ok(), text[6..].parse().ok());
    }
    let mut parts = text.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    let year = parts.next().filter(|year| year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit()))?;
    let month = parts.next().and_then(month);
    let day = parts.next().and_then(|day| day.parse().ok());
    of_parts(year.parse().ok(), month, day)
}

/// Reads a date that may stand in words: `14 September 2022`, `September 14, 2022`, `Sep 2022`, `2022`, or year first.
pub(in crate::exchange) fn in_words(text: &str) -> Option<PartialDate> {
    if let Some(date) = year_first(text) {
        return Some(date);
    }
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let is_year = |word: &&&str| word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
    let year = words.iter().find(is_year).and_then(|word| word.parse().ok());
    let named = words.iter().find(|word| word.starts_with(char::is_alphabetic) && month(word).is_some());
    let day = words.iter().find_map(|word| {
        let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        digits.parse::<u32>().ok().filter(|day| digits.len() <= 2 && (1..=31).contains(day))
    });
    match named {
        Some(name) => of_parts(year, month(name), day),
        None => of_parts(year, None, None),
    }
}

/// Reads what a year is written beside: `Nov 1`, `JUL`, `1 Nov`, `09/14`.
pub(in crate::exchange) fn of_year(year: Option<i32>, rest: &str) -> Option<PartialDate> {
    let words: Vec<&str> = rest.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let number = |word: &&&str| word.parse::<u32>().is_ok();
    let named = words.iter().find(|word| !number(word) && month(word).is_some()).and_then(|word| month(word));
    let numbers: Vec<u32> = words.iter().filter_map(|word| word.parse().ok()).collect();
    match (named, numbers.as_slice()) {
        (Some(named), [day, ..]) => of_parts(year, Some(named), Some(*day)),
        (Some(named), []) => of_parts(year, Some(named), None),
        (None, [month, day, ..]) => of_parts(year, Some(*month), Some(*day)),
        (None, [month]) => of_parts(year, Some(*month), None),
        (None, []) => of_parts(year, None, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_every_form_are_read() {
        let read = |text: &str| year_first(text).map(|date| date.to_string()).unwrap_or_default();
        let cases = [
            ("2021/09/30", "2021-09-30"),
            ("2022/09//Autumn", "2022-09"),
            ("2021///", "2021"),
            ("2021 Nov-Dec", "2021-11"),
            ("2019 Winter", "2019"),
            ("20210930", "2021-09-30"),
            ("2023-09-12T00:00:00Z", "2023-09-12"),
            ("2021 Feb 30", "2021-02"),
            ("2024/03/12/", "2024-03-12"),
            ("forthcoming", ""),
            ("n.d.", ""),
            ("2023-00-00", "2023"),
        ];
        for (text, date) in cases {
            assert_eq!(read(text), date, "{text}");
        }
        assert_eq!(in_words("14 September 2022").map(|date| date.to_string()).as_deref(), Some("2022-09-14"));
        assert_eq!(in_words("Sept. 14th, 2022").map(|date| date.to_string()).as_deref(), Some("2022-09-14"));
        assert_eq!(of_year(Some(2023), "JAN 17").map(|date| date.to_string()).as_deref(), Some("2023-01-17"));
    }
}
