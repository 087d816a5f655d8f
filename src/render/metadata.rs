//! What machines read in the head of a page: Highwire Press tags, schema.org, Open Graph, canonical address.

use crate::portfolio::{PublicPortfolio, Publication};

/// The head of one page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Metadata {
    /// Full address of the page; only with a known base.
    pub canonical: Option<String>,
    /// `<meta>` tags in order.
    pub tags: Vec<Tag>,
    /// schema.org as JSON-LD.
    pub json_ld: Option<serde_json::Value>,
}

/// One `<meta>` tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// `name` or `property`.
    pub attribute: &'static str,
    /// `citation_title`, `og:title` …
    pub name: &'static str,
    /// Its value, not yet escaped.
    pub content: String,
}

/// A page of no special kind: title, description and canonical address.
pub fn page(_portfolio: &PublicPortfolio, _path: &str, _title: &str, _description: Option<&str>) -> Metadata {
    unimplemented!()
}

/// The home page: a profile of the owner.
pub fn home(_portfolio: &PublicPortfolio) -> Metadata {
    unimplemented!()
}

/// A publication's page; `description` is what search engines print.
pub fn publication(_portfolio: &PublicPortfolio, _publication: &Publication, _description: Option<&str>) -> Metadata {
    unimplemented!()
}

impl Metadata {
    /// Returns the head as HTML, a tag a line, escaped and ready to be printed inside `<head>`.
    pub fn html(&self) -> String {
        unimplemented!()
    }
}
