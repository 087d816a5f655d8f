//! The years of training: the columns of Table 1 and Figure 1, and the chapters of the story.

use chrono::{Datelike, Days, Months, NaiveDate};

use crate::portfolio::PublicPortfolio;
use crate::record::PartialDate;

/// A year of training, or the time before the first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period {
    /// 1 for R1; `None` for the time before.
    pub level: Option<u32>,
    /// First day; of the time before, the first there is.
    pub first: NaiveDate,
    /// Last day.
    pub last: NaiveDate,
}

/// A residency is at most this long: R1 to R6.
const MOST_YEARS: u32 = 6;

/// Returns the time before residency and its years, to the last one planned; nothing when neither
/// its dates nor the level today are known.
pub fn periods(portfolio: &PublicPortfolio) -> Vec<Period> {
    let programme = &portfolio.owner.programme;
    let level = programme.level.map(|level| level.residency);
    let Some(start) =
        programme.started.map(PartialDate::first_day).or_else(|| level.and_then(|n| start_of(n, portfolio.today)))
    else {
        return Vec::new();
    };
    let planned = programme.ends.map(|end| years_until(start, end.last_day()));
    let years = planned.unwrap_or(0).max(level.unwrap_or(0)).clamp(1, MOST_YEARS);
    let before = Period { level: None, first: NaiveDate::MIN, last: start - Days::new(1) };
    let years = (1..=years).map(|level| {
        let first = start + Months::new(12 * (level - 1));
        Period { level: Some(level), first, last: start + Months::new(12 * level) - Days::new(1) }
    });
    std::iter::once(before).chain(years).collect()
}

/// Returns the July in which somebody began who is at a level today.
fn start_of(level: u32, today: NaiveDate) -> Option<NaiveDate> {
    let academic = if today.month() >= 7 { today.year() } else { today.year() - 1 };
    NaiveDate::from_ymd_opt(academic - i32::try_from(level.checked_sub(1)?).ok()?, 7, 1)
}

fn years_until(start: NaiveDate, end: NaiveDate) -> u32 {
    (1..MOST_YEARS).find(|years| start + Months::new(12 * years) > end).unwrap_or(MOST_YEARS)
}

impl Period {
    /// Returns the level as readers know it: `R1`; empty for the time before.
    pub fn label(&self) -> String {
        self.level.map(|level| format!("R{level}")).unwrap_or_default()
    }

    /// Returns the span of a year of training: `2024–25`; empty for the time before.
    pub fn span(&self) -> String {
        match self.level {
            Some(_) if self.first.year() == self.last.year() => self.first.year().to_string(),
            Some(_) => format!("{}–{:02}", self.first.year(), self.last.year().rem_euclid(100)),
            None => String::new(),
        }
    }
}

/// Returns the place of the period in which a date falls; a work dated after the last belongs to it.
pub fn place_of(periods: &[Period], date: PartialDate) -> Option<usize> {
    let day = date.first_day();
    let found = periods.iter().position(|period| day <= period.last);
    found.or_else(|| periods.len().checked_sub(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_residency_of_four_years_has_four_years() {
        let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).expect("a day");
        assert_eq!(years_until(day(2024, 7, 1), day(2028, 6, 30)), 4);
        assert_eq!(years_until(day(2024, 7, 1), day(2044, 6, 30)), 6);
        assert_eq!(start_of(3, day(2026, 11, 24)), Some(day(2024, 7, 1)));
        assert_eq!(start_of(3, day(2026, 3, 1)), Some(day(2023, 7, 1)));
        let year = Period { level: Some(1), first: day(2024, 7, 1), last: day(2025, 6, 30) };
        assert_eq!((year.label(), year.span()), ("R1".to_owned(), "2024–25".to_owned()));
    }
}
