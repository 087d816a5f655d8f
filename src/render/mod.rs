//! What an audience may see → the finished site.
//!
//! Takes a [`crate::portfolio::PublicPortfolio`], the references and a theme; gives a [`Site`].
//! The only module that knows the template and Markdown engines. Reads no clock and writes no
//! file.

pub mod asset;
pub mod calendar;
pub mod extra;
mod feed;
pub mod html;
mod icon;
pub mod image;
mod letters;
pub mod links;
pub mod listing;
pub mod markdown;
pub mod metadata;
pub mod page;
pub mod site;
pub mod social;
pub mod stock;
pub mod templates;
pub mod theme;
pub mod view;

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::cite::CitationText;
use crate::diagnostic::Diagnostics;
use crate::portfolio::{PublicPortfolio, Publication};
use asset::Assets;
use letters::Letters;
pub use page::Shelf;
use page::{Job, Material};
use stock::Stock;
use templates::Templates;
use theme::Theme;
use view::{ROOT, SiteView};

pub use site::{Clash, Maker, Payload, Site, SitePath};

/// What a site is rendered from.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// What the audience may see.
    pub portfolio: &'a PublicPortfolio,
    /// One reference for each of `portfolio.publications`, in the same order.
    pub citations: &'a [Arc<CitationText>],
    /// The site folder: theme overrides, published files.
    pub sources: &'a crate::source::Sources,
}

impl<'a> Input<'a> {
    /// Returns the publications, each with its reference.
    fn publications(&self) -> impl Iterator<Item = (&'a Arc<Publication>, &'a Arc<CitationText>)> + use<'a> {
        self.portfolio.publications.iter().zip(self.citations)
    }
}

/// Renders every file of the site, pages in parallel.
pub fn render(diagnostics: &mut Diagnostics, input: Input<'_>) -> Site {
    let renderer = Renderer::new(diagnostics, input, Shelf::default());
    renderer.material.prepare_works();
    let pages = || -> Vec<(Option<Vec<u8>>, Diagnostics)> {
        (0..renderer.jobs.len())
            .into_par_iter()
            .map(|at| {
                let mut found = Diagnostics::default();
                (renderer.page(&mut found, at), found)
            })
            .collect()
    };
    let paper = || {
        let mut found = Diagnostics::default();
        (renderer.paper(&mut found), found)
    };
    let ((cards, (paper, found)), made) = rayon::join(|| rayon::join(|| renderer.cards(), paper), pages);
    diagnostics.append(found);
    let mut pages = Vec::with_capacity(made.len());
    for (page, found) in made {
        diagnostics.append(found);
        pages.push(page);
    }
    let site = renderer.assemble(diagnostics, pages, cards, paper);
    let works = renderer.material.into_works();
    std::thread::spawn(move || drop(works));
    site
}

/// Adds the pages for one reader to the site, from a portfolio that was made for that reader.
///
/// Faults of the theme are those of the public pages, where they are told.
pub fn add_share(diagnostics: &mut Diagnostics, input: Input<'_>, site: &mut Site) {
    let renderer = Renderer::new(&mut Diagnostics::default(), input, Shelf::default());
    for (number, path) in renderer.paths().into_iter().enumerate() {
        if let Some(page) = renderer.page(diagnostics, number) {
            site.add(path, Payload::Bytes(page), Maker::Site);
        }
    }
    if let Some(path) = renderer.paper_path() {
        site.add(path, Payload::Bytes(renderer.paper(diagnostics).unwrap_or_default()), Maker::Site);
    }
    // Letters that no public page has may need a face more.
    for (path, bytes) in renderer.assets() {
        if !site.files.contains_key(path) {
            site.add(path.clone(), Payload::Bytes(bytes.clone()), Maker::Site);
        }
    }
}

/// Everything that pages are made from, prepared once; each page is then made alone.
#[derive(Debug)]
pub struct Renderer<'a> {
    input: Input<'a>,
    material: Material<'a>,
    templates: Templates,
    assets: Assets,
    stock: Stock,
    jobs: Vec<Job>,
    letters: Letters,
}

impl<'a> Renderer<'a> {
    /// Ends its use; gives what was made of the publications, for the next one.
    pub fn into_shelf(self) -> Shelf {
        self.material.into_shelf().with_letters(self.letters)
    }

    /// Returns the site paths of all pages, in the order of their numbers.
    pub fn paths(&self) -> Vec<SitePath> {
        self.jobs.iter().map(|job| job.path(&self.material)).collect()
    }

    /// Makes the page with a number; `None` when its template failed.
    pub fn page(&self, diagnostics: &mut Diagnostics, number: usize) -> Option<Vec<u8>> {
        page::render_page(diagnostics, &self.material, &self.templates, &self.jobs[number])
    }

    /// Returns the files of the theme: style sheets, fonts, script.
    pub fn assets(&self) -> &[(SitePath, Vec<u8>)] {
        &self.assets.files
    }

    fn cards(&self) -> Vec<(SitePath, Vec<u8>)> {
        social::draw(&self.material, &self.stock)
    }

    /// Returns where the CV as PDF stands, when there is one.
    pub fn paper_path(&self) -> Option<SitePath> {
        page::paper::path(&self.material).map(SitePath::new)
    }

    /// Makes the CV as PDF; what cannot be printed is reported.
    pub fn paper(&self, diagnostics: &mut Diagnostics) -> Option<Vec<u8>> {
        self.paper_path()?;
        page::paper::bytes(diagnostics, &self.material)
    }

    /// Adds to the pages, given in the order of their numbers, all other files of the site.
    ///
    /// The CV as PDF is there without its content, which is made when somebody asks for it.
    pub fn finish(&self, diagnostics: &mut Diagnostics, pages: Vec<Option<Vec<u8>>>) -> Site {
        self.assemble(diagnostics, pages, self.cards(), None)
    }

    fn assemble(
        &self,
        diagnostics: &mut Diagnostics,
        pages: Vec<Option<Vec<u8>>>,
        cards: Vec<(SitePath, Vec<u8>)>,
        paper: Option<Vec<u8>>,
    ) -> Site {
        let mut site = Site::default();
        for (job, page) in self.jobs.iter().zip(pages) {
            if let Some(page) = page {
                site.add(job.path(&self.material), Payload::Bytes(page), job.maker(&self.material));
            }
        }
        for (path, bytes) in &self.assets.files {
            site.add(path.clone(), Payload::Bytes(bytes.clone()), Maker::Site);
        }
        icon::add(self.input.sources, &self.stock, &mut site);
        for (path, picture) in cards {
            site.add(path, Payload::Bytes(picture), Maker::Site);
        }
        if let Some(path) = self.paper_path() {
            // One that could not be made is an error, so that nothing of the site is written.
            site.add(path, Payload::Bytes(paper.unwrap_or_default()), Maker::Site);
        }
        extra::add(diagnostics, &self.input, &mut site);
        site
    }

    /// Prepares the pages of a site; faults of its theme are reported.
    ///
    /// `shelf` is what an earlier one left; it changes the time that pages take, never what is in them.
    pub fn new(diagnostics: &mut Diagnostics, input: Input<'a>, mut shelf: Shelf) -> Self {
        let settings = &input.portfolio.settings;
        let theme = Theme::load(diagnostics, input.sources, settings);
        let stocks = theme.layers.iter().find_map(|layer| layer.files.get("assets/stocks.css"));
        let stocks = stocks.map(|file| file.text().into_owned()).unwrap_or_default();
        let stock = Stock::new(diagnostics, input.sources, settings.accent.as_deref(), &stocks);
        let earlier = shelf.take_letters();
        let ((met, letters), material) =
            rayon::join(|| earlier.of(input), || Material::new(diagnostics, input, &theme, shelf));
        let assets = Assets::new(&theme.layers, &stock, &met, theme.words.get("direction"));
        let site = site_view(&material, &stock);
        let addresses: BTreeMap<&str, String> =
            assets.paths.iter().map(|(name, path)| (name.as_str(), format!("{ROOT}{path}"))).collect();
        let globals = [
            ("site", tera::Value::from_serializable(&site)),
            ("words", tera::Value::from_serializable(theme.words.map())),
            ("options", tera::Value::from_serializable(&theme.options)),
            ("assets", tera::Value::from_serializable(&addresses)),
            ("root", tera::Value::from(ROOT.to_string())),
        ];
        let templates = Templates::new(diagnostics, &theme.layers, &theme.words, globals);
        let jobs = page::jobs(&material);
        Self { input, material, templates, assets, stock, jobs, letters }
    }
}

fn site_view(material: &Material<'_>, stock: &Stock) -> SiteView {
    let portfolio = material.portfolio;
    let (settings, owner) = (&portfolio.settings, &portfolio.owner);
    SiteView {
        title: settings.title.clone(),
        owner: owner.display_name.clone(),
        credentials: owner.credentials.clone(),
        email: owner.email.clone(),
        language: settings.language.clone(),
        direction: material.words.get("direction").to_owned(),
        base_url: settings.base_url.clone(),
        footer: settings.footer.clone(),
        updated: page::date_view(material, portfolio.today.into()),
        menu: page::menu(material),
        icon_colour: stock.light.replace('#', "%23"),
        stock_light: stock.light.clone(),
        stock_dark: stock.dark.clone(),
        spot_light: stock.spot_light.clone(),
        spot_dark: stock.spot_dark.clone(),
    }
}
