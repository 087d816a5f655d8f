//! The pages of a site: which there are, and each as a pure function of what it is made from.
//!
//! Takes a [`Material`], made once; gives [`Job`]s, and for each the bytes of its page. No page
//! looks at another, so they are made in parallel, and the preview can make one alone.

pub mod cv;
pub mod facts;
pub mod home;
mod leaving;
pub mod material;
pub mod menu;
pub mod paper;
pub mod period;
pub mod person;
pub mod publication;
pub mod publications;
pub mod records;
pub mod share;
pub mod shelf;
pub mod story;
pub mod strip;
pub mod talks;
pub mod text;
pub mod work;

pub use material::Material;
pub use menu::menu;
pub use shelf::Shelf;
pub use talks::date_view;

use crate::diagnostic::Diagnostics;
use crate::portfolio::Page;
use crate::record::vocabulary::Kind;
use crate::render::links::{address, kind_path, page_path, publication_path, share_cv_path, share_path};
use crate::render::site::{Maker, SitePath};
use crate::render::templates::Templates;
use crate::render::view::{FrameView, Html, NotFoundView, ROOT, RedirectView};

/// A page to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Job {
    /// `index.html`.
    Home,
    /// The publications list.
    Publications,
    /// The page of the publication with this place in the portfolio.
    Publication(usize),
    /// Talks and posters.
    Presentations,
    /// The story.
    Story,
    /// The curriculum vitae.
    Cv,
    /// Awards, grants, service, teaching, training, media or public projects.
    Records(Kind),
    /// The Markdown page with this place in the portfolio.
    Page(usize),
    /// The page for one reader, when the portfolio is made for one.
    Share,
    /// The CV that goes with it.
    ShareCv,
    /// `404.html`.
    NotFound,
    /// A page at an old address that sends the reader on.
    Redirect {
        /// Site path of the old page.
        from: String,
        /// Site path of the page in its place.
        to: String,
    },
}

/// The kinds that have a dated list of their own.
pub const LISTED_KINDS: [Kind; 7] =
    [Kind::Awards, Kind::Grants, Kind::Teaching, Kind::Service, Kind::Training, Kind::Media, Kind::Projects];

/// Returns every page of the site; of a portfolio made for one reader, the pages for that reader alone.
pub fn jobs(material: &Material<'_>) -> Vec<Job> {
    let portfolio = material.portfolio;
    if let Some(share) = &portfolio.share {
        return std::iter::once(Job::Share).chain(share.cv.as_ref().map(|_| Job::ShareCv)).collect();
    }
    let mut jobs = vec![Job::Home, Job::NotFound];
    if material.has_publications() {
        jobs.push(Job::Publications);
        jobs.extend((0..portfolio.publications.len()).map(Job::Publication));
    }
    if material.has_presentations() {
        jobs.push(Job::Presentations);
    }
    if material.has_story() {
        jobs.push(Job::Story);
    }
    if material.has_cv() {
        jobs.push(Job::Cv);
    }
    jobs.extend(LISTED_KINDS.into_iter().filter(|&kind| material.has_records(kind)).map(Job::Records));
    let own = |page: &Page| !Material::is_listed(page) || !material.is_text_of_other_page(&page.name);
    jobs.extend((0..portfolio.pages.len()).filter(|&at| own(&portfolio.pages[at])).map(Job::Page));
    jobs.extend(redirects(material));
    jobs
}

fn redirects<'a>(material: &'a Material<'_>) -> impl Iterator<Item = Job> + 'a {
    let portfolio = material.portfolio;
    let records = portfolio.redirects.iter().filter_map(|(old, new)| {
        let target = portfolio.publications.iter().find(|publication| publication.shared.id == *new)?;
        let from = format!("publications/{old}/index.html");
        Some(Job::Redirect { from, to: publication_path(target) })
    });
    // A redirect would show the address of an unlisted page to whoever guesses its old name.
    let pages = portfolio.pages.iter().filter(|page| Material::is_listed(page)).flat_map(|page| {
        let from = |alias: &String| format!("{}/index.html", alias.trim_matches('/'));
        page.aliases.iter().map(move |alias| Job::Redirect { from: from(alias), to: page_path(page) })
    });
    records.chain(pages)
}

impl Job {
    /// Returns where the page stands.
    pub fn path(&self, material: &Material<'_>) -> SitePath {
        let portfolio = material.portfolio;
        SitePath::new(match self {
            Self::Home => "index.html".to_owned(),
            Self::Publications => kind_path(Kind::Publications),
            Self::Publication(at) => publication_path(&portfolio.publications[*at]),
            Self::Presentations => kind_path(Kind::Presentations),
            Self::Story => "research/index.html".to_owned(),
            Self::Cv => "cv/index.html".to_owned(),
            Self::Records(kind) => kind_path(*kind),
            Self::Page(at) => page_path(&portfolio.pages[*at]),
            Self::Share => portfolio.share.as_ref().map(share_path).unwrap_or_default(),
            Self::ShareCv => portfolio.share.as_ref().map(share_cv_path).unwrap_or_default(),
            Self::NotFound => "404.html".to_owned(),
            Self::Redirect { from, .. } => from.clone(),
        })
    }
}

impl Job {
    /// Returns where the page stands, for messages, which may end in a public log: without its token.
    fn named(&self, material: &Material<'_>) -> String {
        let portfolio = material.portfolio;
        let token = match self {
            Self::Page(at) => portfolio.pages[*at].token.as_deref(),
            Self::Share | Self::ShareCv => portfolio.share.as_ref().map(|share| share.token.as_str()),
            _ => None,
        };
        let path = self.path(material);
        token.map_or_else(|| path.as_str().to_owned(), |token| path.as_str().replace(token, "…"))
    }

    /// Returns what of the user's the page is made from.
    pub fn maker(&self, material: &Material<'_>) -> Maker {
        let portfolio = material.portfolio;
        let record = |at: usize| Maker::Record(portfolio.publications[at].shared.origin.clone());
        match self {
            Self::Publication(at) => record(*at),
            Self::Page(at) => Maker::File(portfolio.pages[*at].path.clone()),
            Self::Redirect { to, .. } => {
                let page = portfolio.pages.iter().find(|page| page_path(page) == *to);
                let work = portfolio.publications.iter().position(|work| publication_path(work) == *to);
                page.map(|page| Maker::File(page.path.clone())).or(work.map(record)).unwrap_or_default()
            }
            _ => Maker::Site,
        }
    }
}

/// Makes one page; `None` when its template failed. Faults of templates are reported, also where the shipped ones saved it.
pub fn render_page(
    diagnostics: &mut Diagnostics,
    material: &Material<'_>,
    templates: &Templates,
    job: &Job,
) -> Option<Vec<u8>> {
    let at = &*job.named(material);
    let html = match job {
        Job::Home => {
            let view = home::view(diagnostics, material);
            templates.render(diagnostics, at, "home.html", &view)
        }
        Job::Publications => {
            let view = publications::view(diagnostics, material);
            templates.render(diagnostics, at, "publications.html", &view)
        }
        Job::Publication(place) => {
            templates.render(diagnostics, at, "publication.html", &publication::view(material, *place))
        }
        Job::Presentations => {
            let view = talks::view(diagnostics, material);
            templates.render(diagnostics, at, "presentations.html", &view)
        }
        Job::Story => {
            let view = story::view(diagnostics, material);
            templates.render(diagnostics, at, "research.html", &view)
        }
        Job::Cv => {
            let view = cv::view(diagnostics, material);
            templates.render(diagnostics, at, "cv.html", &view)
        }
        Job::Records(kind) => {
            let view = records::view(diagnostics, material, *kind);
            templates.render(diagnostics, at, &format!("{kind}.html"), &view)
        }
        Job::Page(place) => {
            let view = text::view(diagnostics, material, *place);
            templates.render(diagnostics, at, "page.html", &view)
        }
        Job::Share => {
            let view = share::view(diagnostics, material);
            templates.render(diagnostics, at, "share.html", &view)
        }
        Job::ShareCv => templates.render(diagnostics, at, "cv.html", &cv::of_share(material)),
        Job::NotFound => templates.render(diagnostics, at, "404.html", &not_found(material)),
        Job::Redirect { to, .. } => templates.render(diagnostics, at, "redirect.html", &redirect(material, to)),
    }?;
    let prefix = if *job == Job::NotFound { material.absolute_root() } else { way_up(job.path(material).as_str()) };
    Some(finish(&html, &prefix).into_bytes())
}

/// Returns the relative address of the site's root as seen from a page.
fn way_up(path: &str) -> String {
    let depth = path.matches('/').count();
    if depth == 0 { "./".to_owned() } else { "../".repeat(depth) }
}

/// Puts the way to the root in place of [`ROOT`], and closes the links that leave the site.
fn finish(html: &str, prefix: &str) -> String {
    let mut finished = String::with_capacity(html.len() + html.len() / 16);
    let mut parts = html.split(ROOT);
    finished.push_str(parts.next().unwrap_or_default());
    for part in parts {
        finished.push_str(prefix);
        finished.push_str(part);
    }
    leaving::closed(&finished)
}

fn not_found(material: &Material<'_>) -> NotFoundView {
    let words = &material.words;
    NotFoundView {
        page: FrameView {
            title: words.get("title.not_found").to_owned(),
            description: Some(words.get("describe.not_found").to_owned()),
            class: "lostpage",
            noindex: true,
            ..FrameView::default()
        },
        publications: material.has_publications().then(|| rooted(&kind_path(Kind::Publications))),
    }
}

fn redirect(material: &Material<'_>, to: &str) -> RedirectView {
    let base = material.portfolio.settings.base_url.as_deref();
    RedirectView {
        page: FrameView {
            title: material.words.get("title.redirect").to_owned(),
            canonical: base.map(|base| format!("{base}{}", address(to))),
            noindex: true,
            ..FrameView::default()
        },
        target: rooted(to),
        title: material.title_at(to),
    }
}

/// Returns the frame of a page of no special kind.
fn frame(material: &Material<'_>, path: &str, title: &str, description: Option<&str>) -> FrameView {
    let head = crate::render::metadata::page(material.portfolio, path, title, description);
    FrameView { title: title.to_owned(), head: Html(head.html()), ..FrameView::default() }
}

/// Returns the address of a DOI.
fn doi_address(doi: &str) -> String {
    format!("https://doi.org/{}", crate::render::markdown::encoded(doi))
}

/// Returns the address of a site path for a template.
fn rooted(path: &str) -> String {
    format!("{ROOT}{}", address(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_lead_from_the_finished_page_to_the_root() {
        assert_eq!(finish("<a href=\"\u{1}cv/\">", &way_up("index.html")), "<a href=\"./cv/\">");
        assert_eq!(finish("\u{1}a \u{1}", &way_up("publications/x/index.html")), "../../a ../../");
    }
}
