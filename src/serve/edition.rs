//! The pages of one edition of the site, each made when it is first asked for.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use rayon::prelude::*;

use crate::build::{links, output};
use crate::diagnostic::Diagnostics;
use crate::portfolio::PublicPortfolio;
use crate::render::{Input, Payload, Renderer, Shelf, Site, SitePath};
use crate::source::Sources;

/// What stands at an address.
#[derive(Debug, Clone)]
pub(super) enum Content {
    /// Bytes in memory.
    Bytes(Arc<[u8]>),
    /// A file of the author's.
    File(PathBuf),
}

/// The pages of one edition.
pub(super) struct Pages<'m> {
    sources: &'m Sources,
    portfolio: &'m PublicPortfolio,
    renderer: Renderer<'m>,
    /// Site path → number of the page.
    numbers: BTreeMap<String, usize>,
    /// What was made so far; the inner `None` is a page whose template failed.
    #[allow(clippy::option_option, reason = "not yet made, failed and made are three things")]
    made: Vec<Option<Option<Arc<[u8]>>>>,
    /// Site path of the CV as PDF.
    paper_path: Option<SitePath>,
    /// That CV, once somebody asked for it; `None` is one that could not be made.
    paper: OnceCell<Option<Arc<[u8]>>>,
    /// The whole site, once all of it was made.
    whole: Option<Site>,
}

/// Pages made at once while nobody waits.
const AHEAD: usize = 16;

impl<'m> Pages<'m> {
    /// Prepares what all pages share; faults of the theme are reported.
    pub(super) fn new(diagnostics: &mut Diagnostics, input: Input<'m>, shelf: Shelf) -> Self {
        let renderer = Renderer::new(diagnostics, input, shelf);
        let paths = renderer.paths();
        let mut numbers = BTreeMap::new();
        for (number, path) in paths.iter().enumerate() {
            // Of two pages that want one address the first has it, as in a build.
            numbers.entry(path.as_str().to_owned()).or_insert(number);
        }
        let made = vec![None; paths.len()];
        let paper_path = renderer.paper_path();
        let (sources, portfolio) = (input.sources, input.portfolio);
        Self { sources, portfolio, renderer, numbers, made, paper_path, paper: OnceCell::new(), whole: None }
    }

    /// Ends its use; gives what the next pages of the same site can take over.
    ///
    /// The rest is let go of where nobody waits for it.
    pub(super) fn discard(self) -> Shelf {
        let Self { renderer, made, whole, .. } = self;
        std::thread::spawn(move || drop((made, whole)));
        renderer.into_shelf()
    }

    /// Tells whether a page stands at a site path.
    pub(super) fn contains(&self, path: &str) -> bool {
        self.numbers.contains_key(path) || self.is_paper(path)
    }

    fn is_paper(&self, path: &str) -> bool {
        self.paper_path.as_ref().is_some_and(|paper| paper.as_str() == path)
    }

    /// Returns what stands at a site path; problems met in making it are reported.
    pub(super) fn get(&mut self, diagnostics: &mut Diagnostics, path: &str) -> Option<Content> {
        if let Some(&number) = self.numbers.get(path) {
            return self.page(diagnostics, number).map(Content::Bytes);
        }
        if self.is_paper(path) {
            let renderer = &self.renderer;
            let made = self.paper.get_or_init(|| renderer.paper(diagnostics).map(Arc::from));
            return made.clone().map(Content::Bytes);
        }
        if let Some((_, bytes)) = self.renderer.assets().iter().find(|(asset, _)| asset.as_str() == path) {
            return Some(Content::Bytes(bytes.as_slice().into()));
        }
        // Nothing else of a site ends so, and a page that is not there must not cost the whole site.
        if path.ends_with(".html") || path.starts_with("assets/") {
            return None;
        }
        content(self.whole(diagnostics), path)
    }

    fn page(&mut self, diagnostics: &mut Diagnostics, number: usize) -> Option<Arc<[u8]>> {
        if self.made[number].is_none() {
            self.made[number] = Some(self.renderer.page(diagnostics, number).map(Arc::from));
        }
        self.made[number].clone().flatten()
    }

    /// Makes some of the pages that nobody has asked for yet; false when there are none left.
    pub(super) fn work_ahead(&mut self, diagnostics: &mut Diagnostics) -> bool {
        let numbers: Vec<_> = (0..self.made.len()).filter(|&number| self.made[number].is_none()).take(AHEAD).collect();
        let renderer = &self.renderer;
        let made: Vec<_> = numbers
            .par_iter()
            .map(|&number| {
                let mut found = Diagnostics::default();
                (renderer.page(&mut found, number), found)
            })
            .collect();
        for (number, (page, found)) in numbers.iter().zip(made) {
            diagnostics.append(found);
            self.made[*number] = Some(page.map(Arc::from));
        }
        numbers.len() == AHEAD
    }

    /// Returns the whole site, checked as a build checks it; it costs as much as a build the first time.
    pub(super) fn whole(&mut self, diagnostics: &mut Diagnostics) -> &Site {
        while self.work_ahead(diagnostics) {}
        self.whole.get_or_insert_with(|| {
            let pages = self.made.iter().map(|page| page.clone().flatten().map(|page| page.to_vec())).collect();
            let site = self.renderer.finish(diagnostics, pages);
            links::check(diagnostics, self.sources, self.portfolio, &site);
            output::check_names(diagnostics, self.sources, &site);
            site
        })
    }
}

/// Returns what stands at a path of a finished site.
pub(super) fn content(site: &Site, path: &str) -> Option<Content> {
    Some(match site.files.get(path)? {
        Payload::Bytes(bytes) => Content::Bytes(bytes.as_slice().into()),
        Payload::CopyOf(file) => Content::File(file.clone()),
    })
}
