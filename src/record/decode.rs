//! Sources → records, one by one, so that a bad record never hides the next.
//!
//! A record whose value does not fit its struct is decoded again and again, each time without
//! the field found at fault, so that several faults of one record are all shown.

mod dates;
mod fields;
mod nearest;
mod one;
mod private;
mod theme;
mod words;

pub use theme::{manifest, strings};

use rayon::prelude::*;
use serde::de::DeserializeOwned;
use serde_yaml::Value;

use super::vocabulary::Kind;
use super::{
    Award, Conference, Goals, Grant, Media, PageMatter, Person, Presentation, Project, Publication, Service, SiteFile,
    Teaching, Training,
};
use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::source::{Origin, Sources};
use one::{Subject, decode_one};

/// The form of records that this Offprint reads.
const FORMAT: u64 = 1;

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
}

/// Decodes all files of the site; `private/<kind>.yaml` is merged into the records by id.
///
/// When `format:` is newer than this Offprint reads, that is the only problem reported.
pub fn decode(diagnostics: &mut Diagnostics, sources: &Sources) -> Records {
    let mut found = Diagnostics::default();
    let site_value = sources.map(&mut found, "site.yaml");
    let newer = site_value.as_ref().and_then(|site| too_new(sources, site.value.as_ref()?));
    let records = Records {
        site: map(&mut found, sources, "site.yaml", Subject::Site, site_value)
            .unwrap_or_else(|| Decoded { origin: origin("site.yaml", 0), ..Decoded::default() }),
        publications: list(&mut found, sources, Kind::Publications),
        presentations: list(&mut found, sources, Kind::Presentations),
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
        pages: pages(&mut found, sources),
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
        .help("install the newest Offprint");
    Some(found)
}

fn list<T: DeserializeOwned + Default + Send>(
    diagnostics: &mut Diagnostics,
    sources: &Sources,
    kind: Kind,
) -> Vec<Decoded<T>> {
    let file = format!("records/{kind}.yaml");
    let mut items = sources.list(diagnostics, &file);
    private::merge(diagnostics, sources, kind, &mut items);
    let file: std::sync::Arc<str> = file.into();
    let decoded: Vec<_> = items
        .into_par_iter()
        .with_min_len(16)
        .map(|item| {
            let mut found = Vec::new();
            let origin = Origin { file: std::sync::Arc::clone(&file), index: item.index };
            let decoded = decode_one(&mut found, sources, Subject::Kind(kind), origin, item.value, item.faulty);
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

fn pages(diagnostics: &mut Diagnostics, sources: &Sources) -> Vec<PageRecord> {
    let files = sources.texts.keys().filter(|file| file.starts_with("pages/"));
    let pages = files.filter_map(|file| {
        let name = file.strip_prefix("pages/")?.strip_suffix(".md")?.to_owned();
        let page = sources.page(diagnostics, file)?;
        let matter = map(diagnostics, sources, file, Subject::Page, Some(page.matter))?;
        Some(PageRecord {
            name,
            matter: matter.record,
            body: page.body,
            body_offset: page.body_offset,
            origin: origin(file, 0),
        })
    });
    pages.collect()
}

#[cfg(test)]
mod tests;
