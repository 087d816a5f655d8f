//! Dates of an item and how a style writes them.

use serde_json::Value;

/// One day, month or year.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Day {
    pub(super) year: i32,
    /// 1 to 12, or 13 to 16 for the seasons.
    pub(super) month: Option<u32>,
    pub(super) day: Option<u32>,
}

/// A date, or a span of dates, as CSL-JSON has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct DateValue {
    pub(super) start: Option<Day>,
    pub(super) end: Option<Day>,
    /// 1 (spring) to 4 (winter).
    pub(super) season: Option<u32>,
    /// Whether the date is a guess.
    pub(super) circa: bool,
    /// Words in place of a date.
    pub(super) literal: Option<String>,
}

impl DateValue {
    /// Reads `{"date-parts": …}`, `{"raw": …}`, `{"literal": …}`.
    pub(super) fn read(value: &Value) -> Option<Self> {
        let mut date = Self {
            season: value.get("season").and_then(number),
            circa: value.get("circa").is_some_and(|flag| !matches!(flag, Value::Bool(false) | Value::Null)),
            literal: value.get("literal").and_then(Value::as_str).map(str::to_owned),
            ..Self::default()
        };
        if let Some(parts) = value.get("date-parts").and_then(Value::as_array) {
            date.start = parts.first().and_then(day);
            date.end = parts.get(1).and_then(day).filter(|end| Some(*end) != date.start);
        } else if let Some(raw) = value.get("raw").and_then(Value::as_str) {
            let mut ends = raw.splitn(2, '/').map(iso_day);
            date.start = ends.next().flatten();
            date.end = ends.next().flatten();
            if date.start.is_none() {
                date.literal = Some(raw.to_owned());
            }
        }
        if date.season.is_none()
            && let Some(start) = &mut date.start
            && let Some(month @ 13..=24) = start.month
        {
            date.season = Some((month - 13) % 4 + 1);
            start.month = None;
        }
        (date.start.is_some() || date.literal.is_some()).then_some(date)
    }
}

fn number(value: &Value) -> Option<u32> {
    match value {
        Value::Number(number) => number.as_u64().and_then(|n| u32::try_from(n).ok()),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

fn day(parts: &Value) -> Option<Day> {
    let parts = parts.as_array()?;
    let year = match parts.first()? {
        Value::Number(number) => number.as_i64().and_then(|n| i32::try_from(n).ok())?,
        Value::String(text) => text.trim().parse().ok()?,
        _ => return None,
    };
    let part = |index: usize| parts.get(index).and_then(number).filter(|n| *n > 0);
    (year != 0).then(|| Day { year, month: part(1), day: part(1).and(part(2)) })
}

fn iso_day(text: &str) -> Option<Day> {
    let mut parts = text.trim().split('-');
    let year = parts.next().filter(|year| year.len() == 4)?.parse().ok()?;
    let month = parts.next().map(str::parse).transpose().ok()?;
    let day = parts.next().map(str::parse).transpose().ok()?;
    Some(Day { year, month, day })
}
