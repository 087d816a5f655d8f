//! What a publication changes on the public web, and which addresses it would lose.

use std::collections::BTreeMap;

use super::{Entry, Parcel};
use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::portfolio::{Audience, Portfolio};
use crate::render::links::address;
use crate::render::{Maker, Site};
use crate::source::{Origin, Sources};

/// Site paths, by what happens to them.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// New pages.
    pub new_pages: Vec<String>,
    /// Pages that read otherwise.
    pub changed_pages: Vec<String>,
    /// Other new files.
    pub new_files: Vec<String>,
    /// Other files with new content.
    pub changed_files: Vec<String>,
    /// What the site no longer has.
    pub gone: Vec<String>,
    /// Titles of records that were not public before.
    pub new_records: Vec<String>,
}

/// Returns what will be at the place once the parcel is sent.
pub fn after(parcel: &Parcel, site: &Site, portfolio: &Portfolio) -> Entry {
    let public = portfolio.published(&Audience::Public);
    let titles = |maker: &Maker| match maker {
        Maker::Record(origin) => {
            portfolio.shared().find(|shared| shared.origin == *origin).map(|shared| shared.title.clone())
        }
        Maker::File(path) => portfolio.pages.iter().find(|page| page.path == *path).map(|page| page.title.clone()),
        Maker::Site => Some(String::new()),
    };
    let pages = site.files.keys().filter(|path| is_page(path.as_str()) && parcel.files.contains_key(path.as_str()));
    Entry {
        files: parcel.files.iter().map(|(path, file)| (path.clone(), file.hash.clone())).collect(),
        doubtful: std::collections::BTreeSet::new(),
        pages: pages.filter_map(|path| Some((path.as_str().to_owned(), titles(site.makers.get(path)?)?))).collect(),
        records: public.shared().map(|shared| (shared.id.clone(), shared.title.clone())).collect(),
    }
}

/// Compares what is there with what will be.
pub fn between(before: &Entry, after: &Entry) -> Changes {
    let mut changes = Changes::default();
    for (path, hash) in &after.files {
        let list = match (before.files.get(path), is_page(path)) {
            (Some(old), _) if old == hash => continue,
            (None, true) => &mut changes.new_pages,
            (Some(_), true) => &mut changes.changed_pages,
            (None, false) => &mut changes.new_files,
            (Some(_), false) => &mut changes.changed_files,
        };
        list.push(path.clone());
    }
    changes.gone = before.files.keys().filter(|path| !after.files.contains_key(*path)).cloned().collect();
    // A record with another id is not a new one.
    let is_known = |title: &String| before.records.values().any(|known| known == title);
    let new = after.records.iter().filter(|(id, title)| !before.records.contains_key(*id) && !is_known(title));
    changes.new_records = new.map(|(_, title)| title.clone()).collect();
    changes
}

impl Changes {
    /// Tells whether nothing changes.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

fn is_page(path: &str) -> bool {
    path.ends_with(".html")
}

/// Tells whether others may have kept an address: a page, or a file that is not part of the site's own make-up.
fn is_address(path: &str, unlisted: &impl Fn(&str) -> bool) -> bool {
    let inner = ["assets/", "social/"].iter().any(|folder| path.starts_with(folder));
    !inner && !unlisted(path) && path != "404.html"
}

/// Reports each address that is on the web and would lead nowhere, with the line that keeps it.
pub fn lost_addresses(
    diagnostics: &mut Diagnostics,
    sources: &Sources,
    portfolio: &Portfolio,
    site: &Site,
    (before, after): (&Entry, &Entry),
    unlisted: impl Fn(&str) -> bool,
) {
    let lost = before.files.keys().filter(|path| !after.files.contains_key(*path) && is_address(path, &unlisted));
    let new: BTreeMap<&str, &str> = after
        .pages
        .iter()
        .filter(|(path, title)| !before.pages.contains_key(*path) && !title.is_empty())
        .map(|(path, title)| (title.as_str(), path.as_str()))
        .collect();
    for path in lost {
        let title = before.pages.get(path).map(String::as_str).unwrap_or_default();
        let shown = address(path);
        let message = format!("the address `{shown}`, which is on the web, would be gone");
        let successor = new.get(title).copied().filter(|_| !title.is_empty());
        let maker =
            successor.and_then(|path| site.makers.iter().find(|(own, _)| own.as_str() == path)).map(|(_, maker)| maker);
        diagnostics.push(match (maker, old_name(path)) {
            (Some(Maker::Record(origin)), Some(old)) => sources
                .diagnose(&code::ADDRESS_GONE, origin, "id", message)
                .record(called(sources, portfolio, origin))
                .help(format!("add `aliases: [{old}]` to this record: the old address then leads here")),
            (Some(Maker::File(file)), Some(old)) => Diagnostic::new(&code::ADDRESS_GONE, file.as_str(), message).help(
                format!("add `aliases: [{old}]` to the front matter of this page: the old address then leads here"),
            ),
            _ if is_page(path) => Diagnostic::new(&code::ADDRESS_GONE, "site.yaml", message)
                .help("if it has another place now, add the old name to `aliases:` there; if it is to go, all is well"),
            // What lies beside a page goes and stays with it.
            _ if is_beside(path, &before.pages) => continue,
            _ => Diagnostic::new(&code::ADDRESS_GONE, "site.yaml", message)
                .help("put the file back under `files/` if others may have linked to it"),
        });
    }
}

fn called(sources: &Sources, portfolio: &Portfolio, origin: &Origin) -> String {
    let id = portfolio.shared().find(|shared| shared.origin == *origin).map(|shared| shared.id.clone());
    sources.called(origin, &id.unwrap_or_default())
}

/// The id or name that an address had.
fn old_name(path: &str) -> Option<&str> {
    let folder = path.strip_suffix("/index.html")?;
    Some(folder.strip_prefix("publications/").unwrap_or(folder))
}

fn is_beside(path: &str, pages: &BTreeMap<String, String>) -> bool {
    let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    pages.contains_key(&format!("{stem}/index.html")) || pages.contains_key(&format!("{folder}/index.html"))
}
