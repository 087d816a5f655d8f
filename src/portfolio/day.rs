//! The day a site is built for.

use chrono::NaiveDate;

use crate::record::PartialDate;

/// The day a site is built for, and whether somebody asked for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Today {
    /// The day asked for (`--today`): it wins over `site.as_of`.
    Given(NaiveDate),
    /// The day of the computer's clock: `site.as_of` wins over it.
    Clock(NaiveDate),
}

impl Today {
    /// Returns the day, given the site's own fixed one.
    pub fn resolve(self, as_of: Option<PartialDate>) -> NaiveDate {
        match (self, as_of) {
            (Self::Clock(_), Some(fixed)) => fixed.last_day(),
            (Self::Given(day) | Self::Clock(day), _) => day,
        }
    }
}
