//! Listings: a fenced block in a page that asks for records.

use crate::portfolio::PublicPortfolio;
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
    /// Returns the places in the portfolio's list of `kind` of the records asked for, in the list's order.
    pub fn select(&self, _portfolio: &PublicPortfolio) -> Vec<usize> {
        unimplemented!()
    }
}
