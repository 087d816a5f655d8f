//! Sources → records, one by one, so that a bad record never hides the next.

use super::{
    Award, Conference, Goals, Grant, Media, PageMatter, Person, Presentation, Project, Publication, Service, SiteFile,
    Teaching, Training,
};
use crate::diagnostic::Diagnostics;
use crate::source::{Origin, Sources};

/// A record as far as it could be decoded.
#[derive(Debug, Clone, Default)]
pub struct Decoded<T> {
    /// The record; fields at fault are absent.
    pub record: T,
    /// Where it stands.
    pub origin: Origin,
    /// Paths of the fields that were written but could not be read (`date`, `events[0].date`):
    /// already reported, so a rule must not report them as missing.
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
pub fn decode(_diagnostics: &mut Diagnostics, _sources: &Sources) -> Records {
    unimplemented!()
}
