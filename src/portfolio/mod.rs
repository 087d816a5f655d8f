//! The typed model of a resident's record, and the part of it that is public.
//!
//! Takes [`crate::record`] structs; gives a [`Portfolio`], whose pairs of values are valid (no
//! published work without a date), and from it a [`PublicPortfolio`] for an audience. Knows
//! nothing of YAML, HTML or output paths. Plain collections: no setters, no interior mutability.

mod activity;
mod application;
mod assemble;
mod contributor;
mod day;
#[cfg(test)]
pub(crate) mod fixture;
pub mod identifier;
mod interval;
pub mod meetings;
mod name;
mod page;
mod person;
mod plan;
mod presentation;
mod public;
mod publication;
mod publishing;
pub mod select;
mod share;
mod shared;

pub use activity::{Award, Grant, Media, Service, Teaching, Training};
pub use application::ApplicationForm;
pub use assemble::{Assembled, Earlier, assemble, assemble_unknown, made_id};
pub use contributor::{AuthorPosition, Contributor};
pub use day::Today;
pub use interval::Interval;
pub use name::{NameLine, NameNote, PersonName, ReadName, fold, read_line, read_name, read_names, same_person};
pub use page::Page;
pub use person::{Ids, Owner, Programme, ResearchArea, ThemeOfWork, TrainingYear};
pub use plan::{Conference, Goals, Person, Project};
pub use presentation::{Meeting, Presentation, Showing};
pub use publication::{Identifiers, Publication, PublicationDates, PublicationLinks, Venue};
pub use publishing::{Destination, Publishing, Repository};
pub use share::{Beyond, Referee, Share};
pub use shared::Shared;

use std::sync::Arc;

use chrono::NaiveDate;

use crate::record::vocabulary::{ExportFormat, Grouping, Kind, PublicationStatus};

/// Everything the owner has written down, private parts included.
#[derive(Debug, Clone)]
pub struct Portfolio {
    /// The day the site is built for; never read from the clock here.
    pub today: NaiveDate,
    /// How the site looks and reads.
    pub settings: Settings,
    /// The owner.
    pub owner: Owner,
    /// Newest first, as are all the lists of records; the long lists are shared, not copied, between stages.
    pub publications: Vec<Arc<Publication>>,
    /// Talks and posters.
    pub presentations: Vec<Arc<Presentation>>,
    /// Awards and honours.
    pub awards: Vec<Award>,
    /// Grants, asked for or won.
    pub grants: Vec<Grant>,
    /// Peer review, committees, memberships …
    pub service: Vec<Service>,
    /// Courses, mentoring …
    pub teaching: Vec<Teaching>,
    /// Degrees, residency, licences …
    pub training: Vec<Training>,
    /// Interviews, podcasts …
    pub media: Vec<Media>,
    /// Private unless they say otherwise.
    pub projects: Vec<Project>,
    /// Mentors, collaborators, referees: private.
    pub people: Vec<Person>,
    /// Own meetings and their deadlines: private.
    pub conferences: Vec<Conference>,
    /// What the owner wants to reach: private.
    pub goals: Option<Goals>,
    /// Visas, permits and the like that run out, from the free words of `site.yaml`: private.
    pub expiries: Vec<crate::record::Expiry>,
    /// Unlisted pages for one reader.
    pub share_pages: Vec<crate::record::SharePage>,
    /// Findings of the privacy check that the owner has looked at, as written: private.
    pub allow: Vec<crate::record::Allow>,
    /// Where the site is published: private.
    pub publishing: Option<Publishing>,
    /// Tokens of unlisted pages, by the id of a share page or the name of a page: private.
    pub tokens: std::collections::BTreeMap<String, String>,
    /// Markdown pages, by file name.
    pub pages: Vec<Arc<Page>>,
    /// Named variants of the CV.
    pub cvs: Vec<crate::record::Cv>,
    /// Ids of the records that were left out for a fault already reported.
    pub left_out: std::collections::BTreeSet<String>,
}

/// The same method for the model and for what is public of it, which have the same lists.
macro_rules! shared_of_all {
    () => {
        /// Returns the shared fields of every record that has them, kind by kind.
        pub fn shared(&self) -> impl Iterator<Item = &Shared> {
            let publications = self.publications.iter().map(|record| &record.shared);
            publications
                .chain(self.presentations.iter().map(|record| &record.shared))
                .chain(self.awards.iter().map(|record| &record.shared))
                .chain(self.grants.iter().map(|record| &record.shared))
                .chain(self.service.iter().map(|record| &record.shared))
                .chain(self.teaching.iter().map(|record| &record.shared))
                .chain(self.training.iter().map(|record| &record.shared))
                .chain(self.media.iter().map(|record| &record.shared))
                .chain(self.projects.iter().map(|record| &record.shared))
        }
    };
}

impl Portfolio {
    shared_of_all!();

    /// Returns the shared fields of every record that has them, with its kind.
    pub fn records(&self) -> impl Iterator<Item = (Kind, &Shared)> {
        fn of<'a, T>(
            kind: Kind,
            list: &'a [T],
            shared: fn(&'a T) -> &'a Shared,
        ) -> impl Iterator<Item = (Kind, &'a Shared)> {
            list.iter().map(move |record| (kind, shared(record)))
        }
        of(Kind::Publications, &self.publications, |record| &record.shared)
            .chain(of(Kind::Presentations, &self.presentations, |record| &record.shared))
            .chain(of(Kind::Awards, &self.awards, |record| &record.shared))
            .chain(of(Kind::Grants, &self.grants, |record| &record.shared))
            .chain(of(Kind::Service, &self.service, |record| &record.shared))
            .chain(of(Kind::Teaching, &self.teaching, |record| &record.shared))
            .chain(of(Kind::Training, &self.training, |record| &record.shared))
            .chain(of(Kind::Media, &self.media, |record| &record.shared))
            .chain(of(Kind::Projects, &self.projects, |record| &record.shared))
    }

    /// Returns the id of every record, people and meetings included.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        let people = self.people.iter().map(|person| person.id.as_str());
        let own = self.conferences.iter().map(|meeting| meeting.id.as_str());
        self.shared().map(|shared| shared.id.as_str()).chain(people).chain(own)
    }
}

impl PublicPortfolio {
    shared_of_all!();
}

/// How the site looks and reads, defaults filled in.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// Name of the site.
    pub title: String,
    /// One line for search engines.
    pub description: Option<String>,
    /// Full address of the home page, ending in `/`; from `--base-url` or `site.url`.
    pub base_url: Option<String>,
    /// BCP 47 tag; `en` by default.
    pub language: String,
    /// Theme id; `offprint` by default.
    pub theme: String,
    /// Options of the theme, as written.
    pub theme_options: std::collections::BTreeMap<String, serde_json::Value>,
    /// `sage`, `buff`, `rose`, `stone` or `#rrggbb`.
    pub accent: Option<String>,
    /// As written: a short name, an archive id or a path to a `.csl`; `ama` by default.
    pub citation_style: String,
    /// Whether the owner's name is marked.
    pub bold_my_name: bool,
    /// Unpublished statuses that the public site shows all the same.
    pub show_status: Vec<PublicationStatus>,
    /// How the publications list is divided; `year` by default.
    pub grouping: Grouping,
    /// Whether counts of works and citations are shown.
    pub show_counts: bool,
    /// The files offered beside each publication.
    pub exports: Vec<ExportFormat>,
    /// Menu entries by page name or kind; `None` for the default.
    pub menu: Option<Vec<String>>,
    /// A line at the foot of every page.
    pub footer: Option<String>,
}

impl Settings {
    /// Returns the defaults of a site in a language (BCP 47).
    pub fn plain(language: &str) -> Self {
        Self {
            title: String::new(),
            description: None,
            base_url: None,
            language: language.to_owned(),
            theme: "offprint".to_owned(),
            theme_options: std::collections::BTreeMap::new(),
            accent: None,
            citation_style: "ama".to_owned(),
            bold_my_name: true,
            show_status: Vec::new(),
            grouping: Grouping::Year,
            show_counts: true,
            exports: Vec::new(),
            menu: None,
            footer: None,
        }
    }
}

/// What one audience may see: the only thing that pages, exports and the public CV accept.
///
/// Its records carry no private field: `public.rs` is the one place that decides and strips.
#[derive(Debug, Clone)]
pub struct PublicPortfolio {
    /// The day the site is built for.
    pub today: NaiveDate,
    /// How the site looks and reads.
    pub settings: Settings,
    /// The owner; the e-mail address is there only when it may be shown.
    pub owner: Owner,
    /// Newest first.
    pub publications: Vec<Arc<Publication>>,
    /// Newest first.
    pub presentations: Vec<Arc<Presentation>>,
    /// Newest first.
    pub awards: Vec<Award>,
    /// Awarded and completed ones.
    pub grants: Vec<Grant>,
    /// Newest first.
    pub service: Vec<Service>,
    /// Newest first; mentees' names only where they agreed.
    pub teaching: Vec<Teaching>,
    /// Without licences and examinations, unless they are public.
    pub training: Vec<Training>,
    /// Newest first.
    pub media: Vec<Media>,
    /// Public ones, with title, stage and threads only.
    pub projects: Vec<Project>,
    /// The pages that the audience may see.
    pub pages: Vec<Arc<Page>>,
    /// The page made for the one reader, when the audience is one.
    pub share: Option<Share>,
    /// Old address (an id) → the id that took its place: aliases and folded preprints.
    pub redirects: std::collections::BTreeMap<String, String>,
    /// Ids of the records that the audience does not see; for messages to the owner, never printed.
    pub withheld: std::collections::BTreeSet<String>,
    /// Ids of the records that were left out of the model for a fault already reported.
    pub left_out: std::collections::BTreeSet<String>,
}

/// For whom a [`PublicPortfolio`] is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Audience {
    /// Anybody on the web.
    Public,
    /// The author, looking at drafts as well.
    Drafts,
    /// The reader of one share page, with the statuses it shows.
    SharePage {
        /// Id of the share page.
        id: String,
        /// Unpublished statuses that it shows.
        show_status: Vec<PublicationStatus>,
    },
}
