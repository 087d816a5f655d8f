//! The pipeline: a site folder → the finished site, or every reason why not.

mod edition;
pub mod links;
mod memory;
pub mod output;

pub use edition::{Cited, Edition};
pub use memory::{Memory, remodel};

use std::path::Path;

use crate::diagnostic::Diagnostics;
use crate::portfolio::{Audience, Portfolio, Today};
use crate::privacy::{self, Survey};
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

/// The model of a site and the files it came from.
#[derive(Debug)]
pub struct Model {
    /// The files.
    pub sources: Sources,
    /// Everything the owner has written down.
    pub portfolio: Portfolio,
}

/// Builds the site of a folder in memory.
///
/// # Errors
/// When the folder cannot be read.
pub fn build(root: &Path, options: &Options) -> anyhow::Result<Built> {
    let mut diagnostics = Diagnostics::default();
    let sources = Sources::read(&mut diagnostics, root)?;
    let Model { sources, portfolio } = model(&mut diagnostics, sources, options);
    if diagnostics.cut() {
        return Ok(Built { sources, portfolio: Some(portfolio), site: None, diagnostics });
    }
    let audience = if options.drafts { Audience::Drafts } else { Audience::Public };
    let mut cited = Cited::load(&sources);
    let edition = Edition::new(&mut diagnostics, &sources, &portfolio, &audience, &mut cited);
    let mut site = crate::render::render(&mut diagnostics, edition.input(&sources));
    for audience in portfolio.shares() {
        let edition = Edition::new(&mut diagnostics, &sources, &portfolio, &audience, &mut cited);
        crate::render::add_share(&mut diagnostics, edition.input(&sources), &mut site);
    }
    let survey = Survey::of(&sources);
    privacy::check(&mut diagnostics, &sources, &portfolio, &survey);
    cited.save(&sources);
    // It holds much, and nobody needs to wait until it is let go of.
    std::thread::spawn(move || drop(cited));
    links::check(&mut diagnostics, &sources, &edition.portfolio, &site);
    output::check_names(&mut diagnostics, &sources, &site);
    diagnostics.cut();
    let site = (!diagnostics.has_errors()).then_some(site);
    Ok(Built { sources, portfolio: Some(portfolio), site, diagnostics })
}

/// Makes the model of a site and checks it.
pub fn model(diagnostics: &mut Diagnostics, sources: Sources, options: &Options) -> Model {
    let records = crate::record::decode::decode(diagnostics, &sources);
    let portfolio =
        crate::portfolio::assemble(diagnostics, &sources, records, options.today, options.base_url.as_deref());
    crate::check::check(diagnostics, &sources, &portfolio);
    Model { sources, portfolio }
}
