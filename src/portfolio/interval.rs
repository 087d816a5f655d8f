//! How often something is due, as the owner writes it.

use std::fmt;

use chrono::{Days, Months, NaiveDate};

/// A span of whole days, weeks, months or years.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    count: u32,
    unit: Unit,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Day,
    Week,
    Month,
    Year,
}

impl Interval {
    /// Returns a span of weeks.
    pub const fn weeks(count: u32) -> Self {
        Self { count, unit: Unit::Week }
    }

    /// Reads `2 weeks`, `every 10 days`, `month`, `weekly`; `None` for anything else, and for a span of nothing.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_lowercase();
        let text = text.strip_prefix("every ").unwrap_or(&text).trim();
        let single = match text {
            "daily" => Some((1, Unit::Day)),
            "weekly" => Some((1, Unit::Week)),
            "fortnight" | "fortnightly" => Some((2, Unit::Week)),
            "monthly" => Some((1, Unit::Month)),
            "yearly" | "annually" => Some((1, Unit::Year)),
            _ => None,
        };
        let (count, unit) = single.or_else(|| {
            let digits = text.len() - text.trim_start_matches(|letter: char| letter.is_ascii_digit()).len();
            let (count, word) = text.split_at(digits);
            let count = if count.is_empty() { Some(1) } else { count.parse().ok() };
            let unit = match word.trim() {
                "day" | "days" | "d" => Unit::Day,
                "week" | "weeks" | "w" => Unit::Week,
                "month" | "months" => Unit::Month,
                "year" | "years" => Unit::Year,
                _ => return None,
            };
            Some((count?, unit))
        })?;
        (1..=1000).contains(&count).then_some(Self { count, unit })
    }

    /// Returns the day that lies one span after another.
    pub fn after(self, day: NaiveDate) -> NaiveDate {
        let later = match self.unit {
            Unit::Day => day.checked_add_days(Days::new(self.count.into())),
            Unit::Week => day.checked_add_days(Days::new(u64::from(self.count) * 7)),
            Unit::Month => day.checked_add_months(Months::new(self.count)),
            Unit::Year => day.checked_add_months(Months::new(self.count * 12)),
        };
        later.unwrap_or(NaiveDate::MAX)
    }
}

impl fmt::Display for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = match self.unit {
            Unit::Day => "day",
            Unit::Week => "week",
            Unit::Month => "month",
            Unit::Year => "year",
        };
        write!(f, "{} {unit}{}", self.count, if self.count == 1 { "" } else { "s" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_read_as_people_write_them() {
        let cases = [
            ("2 weeks", "2 weeks"),
            ("every 2 weeks", "2 weeks"),
            ("10days", "10 days"),
            ("Month", "1 month"),
            ("fortnightly", "2 weeks"),
            ("1 year", "1 year"),
        ];
        for (written, read) in cases {
            assert_eq!(Interval::parse(written).map(|span| span.to_string()).as_deref(), Some(read), "{written}");
        }
        for bad in ["", "2", "0 days", "two weeks", "2 fortnights", "-1 day", "9999999999 days", "soon"] {
            assert_eq!(Interval::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_month_keeps_the_day_where_the_next_month_has_it() {
        let day = NaiveDate::from_ymd_opt(2026, 1, 31).expect("a day");
        let after = |text: &str| Interval::parse(text).map(|span| span.after(day).to_string());
        assert_eq!(after("1 month").as_deref(), Some("2026-02-28"));
        assert_eq!(after("2 weeks").as_deref(), Some("2026-02-14"));
    }
}
