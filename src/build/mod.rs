//! The pipeline: a site folder → the finished site, or every reason why not.

pub mod links;
pub mod output;

use std::path::Path;

use crate::diagnostic::Diagnostics;
use crate::portfolio::{Audience, Portfolio, Today};
use crate::render::Site;
use crate::source::Sources;

/// What a build depends on beside the files.
#[derive(Debug, Clone)]
pub struct Options {
    /// The day the site is built for.
    pub today: Today,
    /// Full address of the home page, in place of `site.url`.
    pub base_url: Option<String>,
    /// Whether drafts are shown.
    pub drafts: bool,
}

/// What a build gives.
#[derive(Debug)]
pub struct Built {
    /// The files it was made from, for excerpts in messages.
    pub sources: Sources,
    /// The model, when the records could be assembled.
    pub portfolio: Option<Portfolio>,
    /// The finished site; absent when there is any error.
    pub site: Option<Site>,
    /// All problems.
    pub diagnostics: Diagnostics,
}

/// Builds the site of a folder in memory.
///
/// # Errors
/// When the folder cannot be read.
pub fn build(root: &Path, options: &Options) -> anyhow::Result<Built> {
    let mut diagnostics = Diagnostics::default();
    let sources = Sources::read(&mut diagnostics, root)?;
    let records = crate::record::decode::decode(&mut diagnostics, &sources);
    let portfolio =
        crate::portfolio::assemble(&mut diagnostics, &sources, records, options.today, options.base_url.as_deref());
    crate::check::check(&mut diagnostics, &sources, &portfolio);
    let audience = if options.drafts { Audience::Drafts } else { Audience::Public };
    let public = portfolio.published(&audience);
    let citer = crate::cite::Citer::new(&mut diagnostics, &sources, &public.settings);
    let citations = citer.cite(&mut diagnostics, &public.publications);
    let input = crate::render::Input { portfolio: &public, citations: &citations, sources: &sources };
    let site = crate::render::render(&mut diagnostics, input);
    links::check(&mut diagnostics, &sources, &public, &site);
    output::check_names(&mut diagnostics, &sources, &site);
    let site = (!diagnostics.has_errors()).then_some(site);
    Ok(Built { sources, portfolio: Some(portfolio), site, diagnostics })
}
