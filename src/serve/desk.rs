//! The editions of one model, each prepared when it is first looked at.

use std::sync::OnceLock;

use super::edition::{Content, Pages};
use super::page::View;
use crate::build::{Cited, Edition, Model};
use crate::diagnostic::Diagnostics;
use crate::portfolio::Audience;
use crate::record::vocabulary::Visibility;
use crate::render::Shelf;
use crate::render::links::page_path;

/// What the editions are made from: kept apart from the pages, which borrow it.
#[derive(Default)]
pub(super) struct Editions {
    public: OnceLock<Edition>,
    drafts: OnceLock<Edition>,
    shares: OnceLock<Vec<Edition>>,
}

/// What the pages of one model leave for those of the next.
#[derive(Default)]
pub(super) struct Shelves {
    public: Shelf,
    drafts: Shelf,
}

/// One model, its editions and their pages.
pub(super) struct Desk<'m> {
    pub model: &'m Model,
    editions: &'m Editions,
    public: Option<Pages<'m>>,
    drafts: Option<Pages<'m>>,
    shares: Option<Vec<Pages<'m>>>,
    shelves: Shelves,
}

impl<'m> Desk<'m> {
    pub(super) fn new(model: &'m Model, editions: &'m Editions, shelves: Shelves) -> Self {
        Self { model, editions, public: None, drafts: None, shares: None, shelves }
    }

    /// Ends its use; gives what the next one can take over.
    pub(super) fn discard(self) -> Shelves {
        let Self { public, drafts, shares, shelves, .. } = self;
        shares.into_iter().flatten().for_each(|pages| drop(pages.discard()));
        Shelves {
            public: public.map_or(shelves.public, Pages::discard),
            drafts: drafts.map_or(shelves.drafts, Pages::discard),
        }
    }

    /// Returns the pages of a view.
    pub(super) fn pages(&mut self, found: &mut Diagnostics, cited: &mut Cited, view: View) -> &mut Pages<'m> {
        let (model, editions) = (self.model, self.editions);
        let (cell, audience, pages, shelf) = match view {
            View::Public => (&editions.public, Audience::Public, &mut self.public, &mut self.shelves.public),
            View::Drafts => (&editions.drafts, Audience::Drafts, &mut self.drafts, &mut self.shelves.drafts),
        };
        pages.get_or_insert_with(|| {
            let edition = cell.get_or_init(|| Edition::new(found, &model.sources, &model.portfolio, &audience, cited));
            Pages::new(found, edition.input(&model.sources), std::mem::take(shelf))
        })
    }

    /// Returns what stands at a site path, and words about who can see it where it is not everybody.
    pub(super) fn find(
        &mut self,
        found: &mut Diagnostics,
        cited: &mut Cited,
        view: View,
        path: &str,
    ) -> Option<(Content, Option<&'static str>)> {
        if path.starts_with("share/") {
            return self.shared(found, cited, path).map(|content| (content, Some(UNLISTED)));
        }
        if view == View::Public {
            if let Some(content) = self.pages(found, cited, View::Public).get(found, path) {
                return Some((content, self.is_unlisted(path).then_some(UNLISTED)));
            }
            // What only the drafts have is there too, so that its address need not be learnt twice.
            let mut unheard = Diagnostics::default();
            if let Some(content) = self.pages(&mut unheard, cited, View::Drafts).get(&mut unheard, path) {
                return Some((content, Some(self.mark(path))));
            }
            // A page for one reader may need a face that no other page does.
            return self.shared(found, cited, path).map(|content| (content, None));
        }
        let content = self.pages(found, cited, View::Drafts).get(found, path)?;
        let mut unheard = Diagnostics::default();
        let is_public = !path.ends_with(".html") || self.pages(&mut unheard, cited, View::Public).contains(path);
        let is_marked = !is_public || self.is_unlisted(path);
        Some((content, is_marked.then(|| self.mark(path))))
    }

    /// Returns a page for one reader, or an asset of it.
    fn shared(&mut self, found: &mut Diagnostics, cited: &mut Cited, path: &str) -> Option<Content> {
        let (model, editions) = (self.model, self.editions);
        let shares = self.shares.get_or_insert_with(|| {
            let made = editions.shares.get_or_init(|| {
                let audiences = model.portfolio.shares();
                let edition = |audience| Edition::new(found, &model.sources, &model.portfolio, audience, cited);
                audiences.iter().map(edition).collect()
            });
            made.iter()
                .map(|edition| Pages::new(&mut Diagnostics::default(), edition.input(&model.sources), Shelf::default()))
                .collect()
        });
        let is_there = |pages: &&mut Pages<'_>| pages.contains(path) || path.starts_with("assets/");
        shares.iter_mut().filter(is_there).find_map(|pages| pages.get(found, path))
    }

    fn is_unlisted(&self, path: &str) -> bool {
        let pages = &self.model.portfolio.pages;
        pages.iter().any(|page| page.visibility == Visibility::Link && page_path(page) == path)
    }

    fn mark(&self, path: &str) -> &'static str {
        if self.is_unlisted(path) { UNLISTED } else { DRAFT }
    }

    /// Makes some of the pages that nobody has asked for yet; false when there are none left.
    pub(super) fn work_ahead(&mut self, found: &mut Diagnostics) -> bool {
        [&mut self.public, &mut self.drafts].into_iter().flatten().any(|pages| pages.work_ahead(found))
    }

    /// Makes and checks the whole site as the public sees it.
    pub(super) fn check_whole(&mut self, found: &mut Diagnostics, cited: &mut Cited, view: View) {
        self.pages(found, cited, view).whole(found);
    }
}

const DRAFT: &str = "Draft: the public does not see this page";
const UNLISTED: &str = "Unlisted: only those who have its address see this page";
