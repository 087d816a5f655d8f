//! Listings: a fenced block in a page that asks for records.

mod parse;

pub(super) use parse::parse;

use crate::portfolio::PublicPortfolio;
use crate::portfolio::select::{Facts, facts};
use crate::record::PartialDate;
use crate::record::vocabulary::Kind;

/// What a listing asks for; a condition that is absent lets everything pass.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Query {
    /// The kind of record.
    pub kind: Kind,
    /// The record's own type or kind (`journal-article`, `poster`, `peer-review`).
    pub record_type: Option<String>,
    pub category: Option<String>,
    pub status: Option<String>,
    pub role: Option<String>,
    pub thread: Option<String>,
    pub project: Option<String>,
    pub featured: Option<bool>,
    pub scope: Option<String>,
    /// Not before the first day of this date.
    pub since: Option<PartialDate>,
    /// Not after the last day of this date.
    pub until: Option<PartialDate>,
    /// At most so many.
    pub limit: Option<usize>,
    pub style: ListingStyle,
}

/// How much of each record a listing prints.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ListingStyle {
    /// As in the kind's own list.
    #[default]
    Full,
    /// One line each.
    Short,
}

impl Query {
    /// Returns a listing of a kind without conditions.
    pub fn all(kind: Kind) -> Self {
        Self {
            kind,
            record_type: None,
            category: None,
            status: None,
            role: None,
            thread: None,
            project: None,
            featured: None,
            scope: None,
            since: None,
            until: None,
            limit: None,
            style: ListingStyle::Full,
        }
    }

    /// Returns the places in the portfolio's list of `kind` of the records asked for, in the list's order.
    pub fn select(&self, portfolio: &PublicPortfolio) -> Vec<usize> {
        let facts = facts(self.kind, portfolio);
        let wanted = facts.iter().enumerate().filter(|(_, facts)| self.wants(facts)).map(|(at, _)| at);
        wanted.take(self.limit.unwrap_or(usize::MAX)).collect()
    }

    fn wants(&self, facts: &Facts<'_>) -> bool {
        let same = |asked: &Option<String>, found: Option<&str>| {
            asked.as_deref().is_none_or(|asked| found.is_some_and(|found| found.eq_ignore_ascii_case(asked)))
        };
        let threads = &facts.shared.threads;
        same(&self.record_type, facts.record_type)
            && same(&self.category, facts.category)
            && same(&self.status, facts.status)
            && same(&self.role, facts.role)
            && same(&self.scope, facts.scope)
            && same(&self.project, facts.shared.project.as_deref())
            && self.thread.as_ref().is_none_or(|asked| threads.contains(asked))
            && self.featured.is_none_or(|asked| asked == facts.shared.featured.is_some())
            && self.since.is_none_or(|since| facts.end.is_some_and(|end| end.last_day() >= since.first_day()))
            && self.until.is_none_or(|until| facts.start.is_some_and(|start| start.first_day() <= until.last_day()))
    }
}
