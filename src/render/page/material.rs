//! What all pages are made from, prepared once.

use std::collections::BTreeMap;

use std::sync::{Arc, OnceLock};

use rayon::prelude::*;
use tera::Value;

use super::period::{self, Period};
use super::publications::Filter;
use super::shelf::{Common, Shelf};
use super::{LISTED_KINDS, rooted, strip, work};
use crate::diagnostic::Diagnostics;
use crate::portfolio::{Page, PublicPortfolio, Publication};
use crate::record::vocabulary::{Kind, Visibility};
use crate::render::Input;
use crate::render::html;
use crate::render::image::Images;
use crate::render::links::{Targets, page_path, publication_path};
use crate::render::markdown::{self, Block, PageLinks, Text};
use crate::render::theme::Theme;
use crate::render::view::{Html, ThreadView};
use crate::words::Words;

/// What all pages are made from.
#[derive(Debug)]
pub struct Material<'a> {
    /// What the audience may see.
    pub portfolio: &'a PublicPortfolio,
    /// References, in the order of the publications.
    pub citations: &'a [Arc<crate::cite::CitationText>],
    /// The site folder.
    pub sources: &'a crate::source::Sources,
    /// The words of the site's language.
    pub words: Words,
    /// Options of the theme.
    pub options: BTreeMap<String, serde_json::Value>,
    /// Where links in the owner's words may lead.
    pub targets: Targets<'a>,
    /// Id of a line of research → its view.
    pub threads: BTreeMap<&'a str, ThreadView>,
    /// The years of training, with what came before.
    pub periods: Vec<Period>,
    /// The publications list as divided: heading and places in the portfolio, in printed order.
    pub order: Vec<(work::Heading, Vec<usize>)>,
    /// Number of each publication in that list, in the order of the portfolio.
    pub numbers: Vec<usize>,
    /// Each publication as it stands in lists, in the order of the portfolio; made when first asked for.
    works: Vec<OnceLock<Work>>,
    /// What an earlier model left of them.
    shelf: Shelf,
    filter: OnceLock<Filter>,
    co_authors: OnceLock<usize>,
    /// Record id → place among the publications.
    pub publication_of: BTreeMap<&'a str, usize>,
    /// Record id → place among the presentations.
    pub presentation_of: BTreeMap<&'a str, usize>,
    /// Record id → the records that grew out of it.
    pub followers: BTreeMap<&'a str, Vec<&'a str>>,
    pages: BTreeMap<&'a str, &'a Page>,
}

/// A publication as it stands in lists.
#[derive(Debug)]
pub struct Work {
    value: Value,
    /// Whether it was made here, and not by an earlier model.
    is_new: bool,
}

impl<'a> Material<'a> {
    /// Prepares the material of a site; `shelf` is what an earlier model left.
    pub fn new(diagnostics: &mut Diagnostics, input: Input<'a>, theme: &Theme, shelf: Shelf) -> Self {
        let portfolio = input.portfolio;
        let images = Images::survey(diagnostics, input.sources);
        let areas = portfolio.owner.theme_of_work.areas.iter().enumerate();
        let threads: BTreeMap<&str, ThreadView> = areas
            .map(|(at, area)| {
                let line = (at + 1).min(6);
                (area.id.as_str(), ThreadView { id: area.id.clone(), name: area.name.clone(), line })
            })
            .collect();
        let common = Common {
            settings: portfolio.settings.clone(),
            words: theme.words.clone(),
            threads: threads.values().cloned().collect(),
        };
        let order = work::order(portfolio);
        let mut numbers = vec![0; portfolio.publications.len()];
        let printed = order.iter().flat_map(|(_, places)| places);
        // The numbers are those of the public list, which a page for one reader is not.
        if portfolio.share.is_none() {
            for (number, &place) in (1..=numbers.len()).rev().zip(printed) {
                numbers[place] = number;
            }
        }
        let listed = portfolio.pages.iter().filter(|page| Self::is_listed(page));
        Self {
            portfolio,
            citations: input.citations,
            sources: input.sources,
            words: theme.words.clone(),
            options: theme.options.clone(),
            targets: Targets::new(&input, images),
            threads,
            periods: period::periods(portfolio),
            order,
            numbers,
            works: std::iter::repeat_with(OnceLock::new).take(portfolio.publications.len()).collect(),
            shelf: shelf.for_site(&common),
            filter: OnceLock::new(),
            co_authors: OnceLock::new(),
            publication_of: by_id(portfolio.publications.iter().map(|record| record.shared.id.as_str())),
            presentation_of: by_id(portfolio.presentations.iter().map(|record| record.shared.id.as_str())),
            followers: followers(portfolio),
            pages: listed.map(|page| (page.name.as_str(), page.as_ref())).collect(),
        }
    }

    /// Returns the publication with a place in the portfolio as it stands in lists.
    pub fn work(&self, at: usize) -> Value {
        let made = self.works[at].get_or_init(|| match self.shelf.find(self, at) {
            Some(known) => Work { value: known.clone(), is_new: false },
            None => Work { value: work::value(self, at), is_new: true },
        });
        made.value.clone()
    }

    /// Gives what was made of the publications so far.
    pub fn into_works(self) -> Vec<OnceLock<Work>> {
        self.works
    }

    /// Gives what was made of the publications so far to the next model of the same site.
    pub fn into_shelf(mut self) -> Shelf {
        let works = std::mem::take(&mut self.works).into_iter().enumerate();
        let new = works.filter_map(|(at, work)| Some((at, work.into_inner().filter(|work| work.is_new)?.value)));
        std::mem::take(&mut self.shelf).renew(&self, new, self.co_authors.get().copied())
    }

    /// Makes what stands in lists on every core, for a build that needs all of it.
    pub fn prepare_works(&self) {
        (0..self.works.len()).into_par_iter().with_min_len(16).for_each(|at| drop(self.work(at)));
    }

    /// Returns what the publications list can be filtered by.
    pub fn filter(&self) -> &Filter {
        self.filter.get_or_init(|| Filter::new(self))
    }

    /// Returns with how many people the publications that count were written.
    pub fn co_authors(&self) -> usize {
        let works = &self.portfolio.publications;
        *self.co_authors.get_or_init(|| {
            let counted = works.iter().map(AsRef::as_ref).filter(|work| work::counts(work));
            self.shelf.co_authors(works).unwrap_or_else(|| strip::co_authors(counted))
        })
    }

    /// Finds a Markdown page by its name; never an unlisted one, whose words stand on their own page only.
    pub fn page(&self, name: &str) -> Option<&'a Page> {
        self.pages.get(name).copied()
    }

    /// Tells whether there is a publications list.
    pub fn has_publications(&self) -> bool {
        !self.portfolio.publications.is_empty()
    }

    /// Tells whether there is a list of talks.
    pub fn has_presentations(&self) -> bool {
        !self.portfolio.presentations.is_empty()
    }

    /// Tells whether there is a story: words for it, or works on a line of research.
    pub fn has_story(&self) -> bool {
        self.page("research").is_some()
            || (self.has_publications() && !self.portfolio.owner.theme_of_work.areas.is_empty())
    }

    /// Tells whether there is anything for a CV.
    pub fn has_cv(&self) -> bool {
        self.page("cv").is_some()
            || self.has_publications()
            || self.has_presentations()
            || LISTED_KINDS.into_iter().any(|kind| kind != Kind::Projects && self.has_records(kind))
    }

    /// Tells whether there are records of one of the [`LISTED_KINDS`].
    pub fn has_records(&self, kind: Kind) -> bool {
        let portfolio = self.portfolio;
        !match kind {
            Kind::Awards => portfolio.awards.is_empty(),
            Kind::Grants => portfolio.grants.is_empty(),
            Kind::Service => portfolio.service.is_empty(),
            Kind::Teaching => portfolio.teaching.is_empty(),
            Kind::Training => portfolio.training.is_empty(),
            Kind::Media => portfolio.media.is_empty(),
            Kind::Projects => portfolio.projects.is_empty(),
            _ => true,
        }
    }

    /// Tells whether a Markdown page of this name is the text of another page and has none of its own.
    pub fn is_text_of_other_page(&self, name: &str) -> bool {
        match name {
            "about" => true,
            "research" => self.has_story(),
            "cv" => self.has_cv(),
            "publications" => self.has_publications(),
            "presentations" => self.has_presentations(),
            _ => Kind::parse(name).is_some_and(|kind| self.has_records(kind)),
        }
    }

    /// Returns the views of the lines of research a record names.
    pub fn threads_of(&self, ids: &[String]) -> Vec<ThreadView> {
        ids.iter().filter_map(|id| self.threads.get(id.as_str()).cloned()).collect()
    }

    /// Returns an option of the theme that is on or off.
    pub fn is_on(&self, option: &str) -> bool {
        self.options.get(option).and_then(serde_json::Value::as_bool).unwrap_or_default()
    }

    /// Returns an option of the theme that is a number.
    pub fn number_option(&self, option: &str) -> usize {
        let number = self.options.get(option).and_then(serde_json::Value::as_u64).unwrap_or_default();
        usize::try_from(number).unwrap_or(usize::MAX)
    }

    /// Renders the words of a page, or of a part of it, as they will stand at a site path.
    pub fn blocks(&self, diagnostics: &mut Diagnostics, text: Text<'_>, at: &str) -> Vec<Block> {
        let words = markdown::Words { footnotes: self.words.get("footnotes"), back: self.words.get("footnote_back") };
        markdown::render(diagnostics, text, &PageLinks { at, targets: &self.targets, words })
    }

    /// Returns the title of the page at a site path, for a redirect.
    pub fn title_at(&self, path: &str) -> Html {
        let publication = self.portfolio.publications.iter().find(|publication| publication_path(publication) == path);
        if let Some(publication) = publication {
            return html::title(&publication.shared.title);
        }
        let page = self.portfolio.pages.iter().find(|page| page_path(page) == path);
        page.map_or_else(Html::default, |page| html::title(&page.title))
    }

    /// Returns the address of a record: its own page, or its place in a list.
    pub fn record_address(&self, id: &str) -> Option<String> {
        let target = self.targets.records().get(id)?;
        let anchor = target.anchor.as_ref().map(|anchor| format!("#{anchor}")).unwrap_or_default();
        Some(format!("{}{anchor}", rooted(&target.path)))
    }

    /// Returns the address of a publication: its own page, or its place on the page for one reader.
    pub fn publication_address(&self, work: &Publication) -> String {
        let elsewhere = self.is_only_here(&work.shared.id).then(|| self.record_address(&work.shared.id)).flatten();
        elsewhere.unwrap_or_else(|| rooted(&publication_path(work)))
    }

    /// Tells whether a record stands on a page for one reader and nowhere else.
    pub fn is_only_here(&self, id: &str) -> bool {
        self.portfolio.share.as_ref().is_some_and(|share| !share.public.contains(id))
    }

    /// Returns what the site is rendered from.
    pub fn input(&self) -> Input<'a> {
        Input { portfolio: self.portfolio, citations: self.citations, sources: self.sources }
    }

    /// Returns the title of a publication or presentation, without mark-up.
    pub fn record_title(&self, id: &str) -> Option<String> {
        let publication = self.publication_of.get(id).map(|&at| &self.portfolio.publications[at].shared.title);
        let talk = || self.presentation_of.get(id).map(|&at| &self.portfolio.presentations[at].shared.title);
        publication.or_else(talk).map(|title| crate::exchange::title::plain(title))
    }

    /// Returns the year of training in which a date falls: `R2`; nothing for the time before.
    pub fn level_at(&self, date: Option<crate::record::PartialDate>) -> Option<String> {
        let period = &self.periods[period::place_of(&self.periods, date?)?];
        Some(period.label()).filter(|label| !label.is_empty())
    }

    /// Returns the root for a page that is shown at any address: the path of the site's own.
    pub fn absolute_root(&self) -> String {
        let base = self.portfolio.settings.base_url.as_deref();
        let after_host = base.and_then(|base| base.split_once("://")).and_then(|(_, rest)| rest.split_once('/'));
        after_host.map_or_else(|| "./".to_owned(), |(_, path)| format!("/{path}"))
    }

    /// Tells whether a page may be named in menus.
    pub fn is_listed(page: &Page) -> bool {
        page.visibility != Visibility::Link
    }
}

fn by_id<'a>(ids: impl Iterator<Item = &'a str>) -> BTreeMap<&'a str, usize> {
    ids.enumerate().map(|(place, id)| (id, place)).collect()
}

fn followers(portfolio: &PublicPortfolio) -> BTreeMap<&str, Vec<&str>> {
    let mut followers: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let publications = portfolio.publications.iter().map(|record| &record.shared);
    let presentations = portfolio.presentations.iter().map(|record| &record.shared);
    for shared in publications.chain(presentations) {
        for id in &shared.follows {
            followers.entry(id).or_default().push(&shared.id);
        }
    }
    followers
}
