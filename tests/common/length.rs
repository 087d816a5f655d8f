//! How long a test of damaged input goes on.

use std::time::{Duration, Instant};

/// The cases of one run: a number of them, or as many as fit into a time.
pub(crate) struct Length {
    cases: usize,
    end: Option<Instant>,
}

impl Length {
    /// As many cases as are told, `OFFPRINT_CASES` of them for each thousand, or what fits into
    /// `OFFPRINT_MINUTES`.
    pub(crate) fn of(cases: usize) -> Self {
        let number = |name| std::env::var(name).ok().and_then(|number| number.parse::<usize>().ok());
        let minutes = number("OFFPRINT_MINUTES").map(|minutes| Duration::from_secs(60 * minutes as u64));
        let share = |of_a_thousand: usize| (cases * of_a_thousand).div_ceil(1_000);
        Self {
            cases: number("OFFPRINT_CASES").map_or(cases, share),
            end: minutes.map(|minutes| Instant::now() + minutes),
        }
    }

    /// Tells whether a case, counted from nought, belongs to this run.
    pub(crate) fn has(&self, case: usize) -> bool {
        self.end.map_or(case < self.cases, |end| Instant::now() < end)
    }
}
