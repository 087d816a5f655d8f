//! Sources → records, one by one, so that a bad record never hides the next.
//!
//! A record whose value does not fit its struct is decoded again and again, each time without
//! the field found at fault, so that several faults of one record are all shown.

mod dates;
mod fields;
mod nearest;
mod one;
mod private;
mod shares;
mod theme;
mod words;

pub use shares::{SHARES, is_token, without_tokens};
pub use theme::{manifest, strings};

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use serde::de::DeserializeOwned;
use serde_yaml::Value;

use super::vocabulary::Kind;
use super::{
    Award, Conference, Goals, Grant, Media, PageMatter, Person, Presentation, Project, Publication, Service, SiteFile,
    Teaching, Training,
};
use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::source::{Item, Origin, Sources};
use one::{Subject, decode_one};

/// The form of records that this Offprint reads.
pub const FORMAT: u64 = 1;

/// A record as far as it could be decoded.
#[derive(Debug, Clone, Default)]
pub struct Decoded<T> {
    /// The record; fields at fault are absent.
    pub record: T,
    /// Where it stands.
    pub origin: Origin,
    /// Paths of the fields that were written but could not be read (`date`, `events[0].date`), or
    /// an empty one for the whole: already reported, so a rule must not report them as missing.
    pub faulty: Vec<String>,
    /// Hash of its text, where it was asked for and nothing was found wrong in reading it.
    pub text: Option<blake3::Hash>,
}

/// A record that was not decoded, because what an earlier reading made of the same text still holds.
#[derive(Debug, Clone)]
pub struct KnownRecord {
    /// Where it stands now.
    pub origin: Origin,
    /// Hash of its text.
    pub text: blake3::Hash,
}

/// What an earlier reading still knows.
pub trait Known: Sync {
    /// Tells whether what it made of a record's text, given by its hash, still holds.
    fn knows(&self, kind: Kind, text: &blake3::Hash) -> bool;

    /// Tells whether what it made of a Markdown page, given by its path and text, still holds.
    fn knows_page(&self, path: &str, text: &Arc<str>) -> bool;
}

/// A Markdown page: its front matter and its text.
#[derive(Debug, Clone, Default)]
pub struct PageRecord {
    /// File name without `.md`.
    pub name: String,
    /// The front matter; default when there is none.
    pub matter: PageMatter,
    /// Markdown without the front matter.
    pub body: String,
    /// Lines of the file before the body.
    pub body_offset: usize,
    /// The file (index 0).
    pub origin: Origin,
    /// Whether nothing was found wrong in reading it.
    pub is_clean: bool,
}

/// Everything the user has written, as far as it could be decoded, in the order of the files.
#[derive(Debug, Clone, Default)]
#[allow(missing_docs)]
pub struct Records {
    pub site: Decoded<SiteFile>,
    pub publications: Vec<Decoded<Publication>>,
    pub presentations: Vec<Decoded<Presentation>>,
    pub awards: Vec<Decoded<Award>>,
    pub grants: Vec<Decoded<Grant>>,
    pub service: Vec<Decoded<Service>>,
    pub teaching: Vec<Decoded<Teaching>>,
    pub training: Vec<Decoded<Training>>,
    pub media: Vec<Decoded<Media>>,
    pub projects: Vec<Decoded<Project>>,
    pub people: Vec<Decoded<Person>>,
    pub conferences: Vec<Decoded<Conference>>,
    pub goals: Option<Decoded<Goals>>,
    pub pages: Vec<PageRecord>,
    pub tokens: BTreeMap<String, String>,
    pub known_publications: Vec<KnownRecord>,
    pub known_presentations: Vec<KnownRecord>,
    /// Paths of pages that were not decoded, because what an earlier reading made of them still holds.
    pub known_pages: Vec<String>,
}

/// Decodes all files of the site; `private/<kind>.yaml` is merged into the records by id.
///
/// When `format:` is newer than this Offprint reads, that is the only problem reported.
pub fn decode(diagnostics: &mut Diagnostics, sources: &Sources) -> Records {
    decode_unknown(diagnostics, sources, None)
}

/// Decodes all files of the site as [`decode`] does, but for the publications, presentations and pages that are known.
pub fn decode_unknown(diagnostics: &mut Diagnostics, sources: &Sources, known: Option<&dyn Known>) -> Records {
    let mut found = Diagnostics::default();
    let site_value = sources.map(&mut found, "site.yaml");
    let newer = site_value.as_ref().and_then(|site| too_new(sources, site.value.as_ref()?));
    let (publications, known_publications) = long_list(&mut found, sources, Kind::Publications, known);
    let (presentations, known_presentations) = long_list(&mut found, sources, Kind::Presentations, known);
    let is_known = |file: &str, text: &Arc<str>| known.is_some_and(|known| known.knows_page(file, text));
    let (old_pages, new_pages): (Vec<_>, Vec<_>) = sources
        .texts
        .iter()
        .filter(|(file, _)| file.starts_with("pages/"))
        .partition(|(file, text)| is_known(file.as_str(), text));
    let records = Records {
        site: map(&mut found, sources, "site.yaml", Subject::Site, site_value).unwrap_or_else(|| Decoded {
            // Its absence is told, so that nothing needs to be told of what it lacks.
            faulty: vec![String::new()],
            origin: origin("site.yaml", 0),
            ..Decoded::default()
        }),
        publications,
        presentations,
        known_publications,
        known_presentations,
        awards: list(&mut found, sources, Kind::Awards),
        grants: list(&mut found, sources, Kind::Grants),
        service: list(&mut found, sources, Kind::Service),
        teaching: list(&mut found, sources, Kind::Teaching),
        training: list(&mut found, sources, Kind::Training),
        media: list(&mut found, sources, Kind::Media),
        projects: list(&mut found, sources, Kind::Projects),
        people: list(&mut found, sources, Kind::People),
        conferences: list(&mut found, sources, Kind::Conferences),
        goals: goals(&mut found, sources),
        pages: pages(&mut found, sources, new_pages.into_iter().map(|(file, _)| file.as_str()).collect()),
        known_pages: old_pages.into_iter().map(|(file, _)| file.clone()).collect(),
        tokens: shares::tokens(&mut found, sources),
    };
    match newer {
        Some(newer) => diagnostics.push(newer),
        None => diagnostics.append(found),
    }
    records
}

fn origin(file: &str, index: usize) -> Origin {
    Origin { file: file.into(), index }
}

fn too_new(sources: &Sources, site: &Value) -> Option<Diagnostic> {
    let format = site.get("format")?.as_u64().filter(|format| *format > FORMAT)?;
    let message = format!("this site is written in format {format}, and this Offprint reads format {FORMAT}");
    let found = sources
        .diagnose(&code::FORMAT_TOO_NEW, &origin("site.yaml", 0), "format", message)
        .label(format!("needs an Offprint that reads format {format}"))
        .help(match version_needed(sources) {
            Some(version) => format!("install Offprint {version} or newer"),
            None => "install the newest Offprint".to_owned(),
        });
    Some(found)
}

/// Returns the version that reads the site, as the comment behind `format:` names it.
pub fn version_needed(sources: &Sources) -> Option<String> {
    let line = sources.text("site.yaml")?.lines().find(|line| line.starts_with("format:"))?;
    let after = line.split_once('#')?.1.split_once("Offprint ")?.1;
    let version: String = after.chars().take_while(|letter| letter.is_ascii_digit() || *letter == '.').collect();
    Some(version.trim_end_matches('.').to_owned()).filter(|version| !version.is_empty())
}

/// Decodes the records of a kind that are not known.
///
/// Private fields in a file of their own do not show in the text of a record, so with such a file
/// none is known.
fn long_list<T: DeserializeOwned + Default + Send>(
    diagnostics: &mut Diagnostics,
    sources: &Sources,
    kind: Kind,
    known: Option<&dyn Known>,
) -> (Vec<Decoded<T>>, Vec<KnownRecord>) {
    let Some(known) = known.filter(|_| !sources.texts.contains_key(&format!("private/{kind}.yaml"))) else {
        return (list(diagnostics, sources, kind), Vec::new());
    };
    let file = format!("records/{kind}.yaml");
    let listing = sources.list_unknown(diagnostics, &file, &|text| known.knows(kind, text));
    let file: Arc<str> = file.into();
    let known = listing.known.into_iter();
    let known =
        known.map(|(index, text)| KnownRecord { origin: Origin { file: Arc::clone(&file), index }, text }).collect();
    (decode_items(diagnostics, sources, kind, &file, listing.items), known)
}

fn list<T: DeserializeOwned + Default + Send>(
    diagnostics: &mut Diagnostics,
    sources: &Sources,
    kind: Kind,
) -> Vec<Decoded<T>> {
    let file = format!("records/{kind}.yaml");
    let mut items = sources.list(diagnostics, &file);
    private::merge(diagnostics, sources, kind, &mut items);
    decode_items(diagnostics, sources, kind, &file.into(), items)
}

fn decode_items<T: DeserializeOwned + Default + Send>(
    diagnostics: &mut Diagnostics,
    sources: &Sources,
    kind: Kind,
    file: &Arc<str>,
    items: Vec<Item>,
) -> Vec<Decoded<T>> {
    let decoded: Vec<_> = items
        .into_par_iter()
        .with_min_len(16)
        .map(|item| {
            let mut found = Vec::new();
            let origin = Origin { file: Arc::clone(file), index: item.index };
            let mut decoded = decode_one(&mut found, sources, Subject::Kind(kind), origin, item.value, item.faulty);
            if let Some(decoded) = &mut decoded {
                decoded.text = item.text.filter(|_| found.is_empty());
            }
            (decoded, found)
        })
        .collect();
    let mut records = Vec::with_capacity(decoded.len());
    for (record, found) in decoded {
        records.extend(record);
        diagnostics.extend(found);
    }
    records
}

/// Decodes a file that is one map.
fn map<T: DeserializeOwned + Default>(
    diagnostics: &mut Diagnostics,
    sources: &Sources,
    file: &str,
    subject: Subject,
    document: Option<crate::source::Document>,
) -> Option<Decoded<T>> {
    let document = document?;
    let origin = origin(file, 0);
    let Some(value) = document.value.filter(|_| !document.unreadable) else {
        let mut faulty = document.faulty;
        faulty.extend(document.unreadable.then(String::new));
        return Some(Decoded { origin, faulty, ..Decoded::default() });
    };
    let mut found = Vec::new();
    let decoded = decode_one(&mut found, sources, subject, origin.clone(), value, document.faulty);
    diagnostics.extend(found);
    Some(decoded.unwrap_or_else(|| Decoded { origin, faulty: vec![String::new()], ..Decoded::default() }))
}

fn goals(diagnostics: &mut Diagnostics, sources: &Sources) -> Option<Decoded<Goals>> {
    let file = "records/goals.yaml";
    let document = sources.map(diagnostics, file)?;
    document.value.as_ref()?;
    map(diagnostics, sources, file, Subject::Kind(Kind::Goals), Some(document))
}

fn pages(diagnostics: &mut Diagnostics, sources: &Sources, files: Vec<&str>) -> Vec<PageRecord> {
    let read: Vec<_> = files
        .into_par_iter()
        .with_min_len(16)
        .map(|file| {
            let mut found = Diagnostics::default();
            let page = page(&mut found, sources, file).map(|page| PageRecord { is_clean: found.is_empty(), ..page });
            (page, found)
        })
        .collect();
    let mut pages = Vec::with_capacity(read.len());
    for (page, found) in read {
        pages.extend(page);
        diagnostics.append(found);
    }
    pages
}

fn page(diagnostics: &mut Diagnostics, sources: &Sources, file: &str) -> Option<PageRecord> {
    let name = file.strip_prefix("pages/")?.strip_suffix(".md")?.to_owned();
    let page = sources.page(diagnostics, file)?;
    let matter = map(diagnostics, sources, file, Subject::Page, Some(page.matter))?;
    let (body, body_offset) = (page.body, page.body_offset);
    let matter = matter.record;
    Some(PageRecord { name, matter, body, body_offset, origin: origin(file, 0), is_clean: false })
}

#[cfg(test)]
mod tests;
