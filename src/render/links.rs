//! Addresses inside the site: where each record, page and file stands, and the way from one to another.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use super::Input;
use super::image::Images;
use crate::portfolio::{Contributor, Ids, Page, PublicPortfolio, Publication, Share, Shared};
use crate::record::vocabulary::{Kind, Visibility};

/// What links in the owner's words can lead to.
#[derive(Debug, Default)]
pub struct Targets<'a> {
    portfolio: Option<&'a PublicPortfolio>,
    records: OnceLock<BTreeMap<&'a str, RecordTarget>>,
    pages: OnceLock<BTreeMap<&'a str, PageTarget>>,
    /// Ids of records that the audience may not see.
    pub hidden: BTreeSet<&'a str>,
    /// Ids of records that were left out for a fault already reported.
    pub left_out: BTreeSet<&'a str>,
    /// Ids of the lines of research.
    pub threads: Vec<&'a str>,
    /// The site's other files and texts by path, to tell a missing file from a private one.
    pub sources: Option<&'a crate::source::Sources>,
    /// Sizes of the pictures in `files/`.
    pub images: Images,
}

/// A record that text can link to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordTarget {
    /// The page it stands on, as a site path (`publications/svs-cohort/index.html`).
    pub path: String,
    /// The place on that page; `None` where the page is the record's own.
    pub anchor: Option<String>,
    /// `Rao et al., 2025`; a record without authors gives its title.
    pub citation: String,
}

/// A page of the owner's that text can link to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageTarget {
    /// Site path (`teaching/index.html`).
    pub path: String,
    /// Whether only those who have its address may find it, so that nothing links to it.
    pub unlisted: bool,
}

impl<'a> Targets<'a> {
    /// Gathers the targets of a site.
    pub fn new(input: &Input<'a>, images: Images) -> Self {
        let portfolio = input.portfolio;
        Self {
            portfolio: Some(portfolio),
            threads: portfolio.owner.theme_of_work.areas.iter().map(|area| area.id.as_str()).collect(),
            hidden: portfolio.withheld.iter().map(String::as_str).collect(),
            left_out: portfolio.left_out.iter().map(String::as_str).collect(),
            sources: Some(input.sources),
            images,
            ..Self::default()
        }
    }

    /// Returns targets of records and pages alone.
    #[cfg(test)]
    pub fn given(records: BTreeMap<&'a str, RecordTarget>, pages: BTreeMap<&'a str, PageTarget>) -> Self {
        Self { records: records.into(), pages: pages.into(), ..Self::default() }
    }

    /// Record id → where it stands and how it is named in running text; gathered when first asked for.
    pub fn records(&self) -> &BTreeMap<&'a str, RecordTarget> {
        self.records.get_or_init(|| self.portfolio.map(Records::of).unwrap_or_default().0)
    }

    /// Path of a Markdown file (`pages/teaching.md`) → where its page stands; gathered when first asked for.
    pub fn pages(&self) -> &BTreeMap<&'a str, PageTarget> {
        self.pages.get_or_init(|| {
            let pages = self.portfolio.iter().flat_map(|portfolio| &portfolio.pages);
            let target =
                |page: &Page| PageTarget { path: page_path(page), unlisted: page.visibility == Visibility::Link };
            pages.map(|page| (page.path.as_str(), target(page))).collect()
        })
    }
}

#[derive(Default)]
struct Records<'a>(BTreeMap<&'a str, RecordTarget>);

impl<'a> Records<'a> {
    /// Leads to the page for one reader whatever stands on no other.
    fn keep_on_page(&mut self, share: &Share) {
        for (id, target) in self.0.iter_mut().filter(|(id, _)| !share.public.contains(**id)) {
            target.path = share_path(share);
            target.anchor = Some((*id).to_owned());
        }
    }

    fn of(portfolio: &'a PublicPortfolio) -> Self {
        let mut records = Self::default();
        for publication in &portfolio.publications {
            let year = publication.sort_date().map(|date| date.year.to_string());
            let when = year.unwrap_or_else(|| publication.status.as_str().replace('-', " "));
            let target = RecordTarget {
                path: publication_path(publication),
                anchor: None,
                citation: short_citation(&publication.authors, &publication.shared, Some(&when)),
            };
            records.0.insert(&publication.shared.id, target);
        }
        for talk in &portfolio.presentations {
            let year = talk.showing.date.or(talk.shared.date).map(|date| date.year.to_string());
            records.add(Kind::Presentations, &talk.shared, &talk.authors, year.as_deref());
        }
        let shared = |kind, list: Vec<&'a Shared>| list.into_iter().map(move |shared| (kind, shared));
        let others = shared(Kind::Awards, portfolio.awards.iter().map(|record| &record.shared).collect())
            .chain(shared(Kind::Grants, portfolio.grants.iter().map(|record| &record.shared).collect()))
            .chain(shared(Kind::Service, portfolio.service.iter().map(|record| &record.shared).collect()))
            .chain(shared(Kind::Teaching, portfolio.teaching.iter().map(|record| &record.shared).collect()))
            .chain(shared(Kind::Training, portfolio.training.iter().map(|record| &record.shared).collect()))
            .chain(shared(Kind::Media, portfolio.media.iter().map(|record| &record.shared).collect()))
            .chain(shared(Kind::Projects, portfolio.projects.iter().map(|record| &record.shared).collect()));
        for (kind, shared) in others {
            records.add(kind, shared, &[], None);
        }
        if let Some(share) = &portfolio.share {
            records.keep_on_page(share);
        }
        records
    }

    fn add(&mut self, kind: Kind, shared: &'a Shared, authors: &[Contributor], when: Option<&str>) {
        let target = RecordTarget {
            path: kind_path(kind),
            anchor: Some(shared.id.clone()),
            citation: short_citation(authors, shared, when),
        };
        self.0.insert(&shared.id, target);
    }
}

fn short_citation(authors: &[Contributor], shared: &Shared, when: Option<&str>) -> String {
    let family = |person: &Contributor| match &person.name.literal {
        Some(literal) => literal.clone(),
        None if person.name.particle.is_empty() => person.name.family.clone(),
        None if person.name.particle.ends_with(['\'', '’']) => person.name.particle.clone() + &person.name.family,
        None => format!("{} {}", person.name.particle, person.name.family),
    };
    let names = match authors {
        [] => crate::exchange::title::plain(&shared.title),
        [one] => family(one),
        [one, two] => format!("{} & {}", family(one), family(two)),
        [first, ..] => format!("{} et al.", family(first)),
    };
    match when {
        Some(when) => format!("{names}, {when}"),
        None => names,
    }
}

/// A page about the owner on another site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// The name of the field in `ids:` (`orcid`, `google_scholar` …).
    pub key: &'static str,
    /// The name that readers know (`ORCID`, `Google Scholar` …).
    pub name: &'static str,
    /// Its full address.
    pub address: String,
}

/// Returns the owner's pages on other sites, in the order of the schema; `pubmed_search` is a search, so it is not among them.
pub fn profiles(ids: &Ids) -> Vec<Profile> {
    let mastodon = ids.mastodon.as_ref().map(|handle| mastodon_address(handle));
    let known = [
        ("orcid", "ORCID", "https://orcid.org/", &ids.orcid),
        ("google_scholar", "Google Scholar", "https://scholar.google.com/citations?user=", &ids.google_scholar),
        ("scopus", "Scopus", "https://www.scopus.com/authid/detail.uri?authorId=", &ids.scopus),
        ("wos", "Web of Science", "https://www.webofscience.com/wos/author/record/", &ids.wos),
        ("linkedin", "LinkedIn", "https://www.linkedin.com/in/", &ids.linkedin),
        ("github", "GitHub", "https://github.com/", &ids.github),
        ("researchgate", "ResearchGate", "https://www.researchgate.net/profile/", &ids.researchgate),
        ("x", "X", "https://x.com/", &ids.x),
        ("bluesky", "Bluesky", "https://bsky.app/profile/", &ids.bluesky),
        ("mastodon", "Mastodon", "", &mastodon),
    ];
    let profiles = known.into_iter().filter_map(|(key, name, start, id)| {
        let id = id.as_deref()?.trim();
        let full = id.starts_with("https://") || id.starts_with("http://");
        let address = if full {
            id.to_owned()
        } else {
            format!("{start}{}", super::markdown::encoded(id.trim_start_matches('@')))
        };
        (!id.is_empty()).then_some(Profile { key, name, address })
    });
    profiles.collect()
}

fn mastodon_address(handle: &str) -> String {
    match handle.trim().trim_start_matches('@').split_once('@') {
        Some((user, host)) if !handle.contains("://") => format!("https://{host}/@{user}"),
        _ => handle.to_owned(),
    }
}

/// Returns the address of a search of PubMed.
pub fn pubmed_search(query: &str) -> String {
    if query.starts_with("https://") {
        return query.to_owned();
    }
    let coded = super::markdown::encoded(query).replace('&', "%26").replace('+', "%2B");
    format!("https://pubmed.ncbi.nlm.nih.gov/?term={coded}")
}

/// Returns the site path of a publication's page.
pub fn publication_path(publication: &Publication) -> String {
    format!("publications/{}/index.html", publication.shared.id)
}

/// Returns the site path of the list of a kind.
pub fn kind_path(kind: Kind) -> String {
    format!("{kind}/index.html")
}

/// Returns the site path of a Markdown page; `about.md` is the text of the home page, and an unlisted page has a token in its address.
pub fn page_path(page: &Page) -> String {
    match &page.token {
        Some(token) => format!("{}-{token}/index.html", page.name),
        None if page.name == "about" => "index.html".to_owned(),
        None => format!("{}/index.html", page.name),
    }
}

/// Returns the site path of a page for one reader.
pub fn share_path(share: &Share) -> String {
    format!("share/{}-{}/index.html", share.id, share.token)
}

/// Returns the site path of the CV that goes with a page for one reader.
pub fn share_cv_path(share: &Share) -> String {
    format!("share/{}-{}/cv/index.html", share.id, share.token)
}

/// Site path of the CV as PDF.
pub const CV_PDF: &str = "cv.pdf";

/// Returns where the PDF of the CV stands that goes with the page for one reader.
pub fn share_cv_pdf(share: &Share) -> String {
    format!("share/{}-{}/cv.pdf", share.id, share.token)
}

/// Returns the address of a site path from the site's root: `publications/` for `publications/index.html`.
pub fn address(path: &str) -> &str {
    match path.strip_suffix("index.html") {
        Some(folder) if folder.is_empty() || folder.ends_with('/') => folder,
        _ => path,
    }
}

/// Returns the relative address that leads from the page at one site path to another site path.
///
/// Relative so that a site works under `https://host/name/` and from a folder.
pub fn relative(from: &str, to: &str) -> String {
    let to = address(to);
    let folder = from.rfind('/').map_or("", |at| &from[..=at]);
    let mut common = 0;
    for (at, byte) in folder.bytes().enumerate() {
        if to.as_bytes().get(at) != Some(&byte) {
            break;
        }
        if byte == b'/' {
            common = at + 1;
        }
    }
    let up = folder[common..].matches('/').count();
    let rest = &to[common..];
    let first_has_colon = rest.split('/').next().is_some_and(|part| part.contains(':'));
    match (up, rest.is_empty()) {
        (0, true) => "./".to_owned(),
        (0, false) if first_has_colon => format!("./{rest}"),
        (0, false) => rest.to_owned(),
        _ => "../".repeat(up) + rest,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_from_one_page_to_another_is_relative() {
        let home = "index.html";
        let list = "publications/index.html";
        let paper = "publications/svs-cohort/index.html";
        assert_eq!(relative(home, home), "./");
        assert_eq!(relative(home, list), "publications/");
        assert_eq!(relative(list, home), "../");
        assert_eq!(relative(list, list), "./");
        assert_eq!(relative(list, paper), "svs-cohort/");
        assert_eq!(relative(paper, list), "../");
        assert_eq!(relative(paper, "files/x.png"), "../../files/x.png");
        assert_eq!(relative(paper, "publications/svs-cohort/paper.pdf"), "paper.pdf");
        assert_eq!(relative("publications/a/index.html", "publications/ab/index.html"), "../ab/");
        assert_eq!(relative(home, "a:b.html"), "./a:b.html");
    }
}
