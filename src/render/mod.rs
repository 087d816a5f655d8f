//! What an audience may see → the finished site.
//!
//! Takes a [`crate::portfolio::PublicPortfolio`], the references and a theme; gives a [`Site`].
//! The only module that knows the template and Markdown engines. Reads no clock and writes no
//! file.

pub mod calendar;
pub mod extra;
mod feed;
pub mod image;
pub mod links;
pub mod listing;
pub mod markdown;
pub mod metadata;
pub mod site;

pub use site::{Payload, Site, SitePath};

/// What a site is rendered from.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// What the audience may see.
    pub portfolio: &'a crate::portfolio::PublicPortfolio,
    /// One reference for each of `portfolio.publications`, in the same order.
    pub citations: &'a [crate::cite::CitationText],
    /// The site folder: theme overrides, published files.
    pub sources: &'a crate::source::Sources,
}

/// Renders every file of the site, pages in parallel.
pub fn render(_diagnostics: &mut crate::diagnostic::Diagnostics, _input: Input<'_>) -> Site {
    unimplemented!()
}
