//! Publications as modelled.

use super::{AuthorPosition, Contributor, Shared};
use crate::record::vocabulary::{PublicationCategory, PublicationRole, PublicationStatus, PublicationType};
use crate::record::{Citations, Correction, PartialDate};

/// A paper, chapter, preprint, dataset …
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publication {
    /// Id, title, threads and the rest.
    pub shared: Shared,
    /// What form it has.
    pub kind: PublicationType,
    /// How far it has come; a published one has a date.
    pub status: PublicationStatus,
    /// What kind of study or writing.
    pub category: Option<PublicationCategory>,
    /// Whether peers reviewed it: as written, or by its type (articles, abstracts and papers are).
    pub peer_reviewed: bool,
    /// The authors in their order.
    pub authors: Vec<Contributor>,
    /// How many authors the work has, also those not listed.
    pub author_count: usize,
    /// Whether the record says, rightly or not, by what a reader can find the work: an identifier or an address.
    pub names_address: bool,
    /// Index of the owner in `authors`.
    pub own_index: Option<usize>,
    /// The owner's place in the full line, from 1.
    pub own_position: Option<usize>,
    /// Where the owner stands.
    pub position: AuthorPosition,
    /// What the owner did: as written, or from the position.
    pub role: Option<PublicationRole>,
    /// CRediT roles of the owner, British spelling corrected to the standard's.
    pub credit: Vec<String>,
    /// What the owner did, in words.
    pub my_part: Option<String>,
    /// Editors of the book.
    pub editors: Vec<Contributor>,
    /// Where it appeared.
    pub venue: Venue,
    /// Its dates.
    pub dates: PublicationDates,
    /// DOI, PMID and the rest, in normal form.
    pub identifiers: Identifiers,
    /// PDF, code, data, video.
    pub links: PublicationLinks,
    /// BCP 47 tag of the work's language, when it differs from the site's.
    pub language: Option<String>,
    /// The title in the work's own script.
    pub title_original: Option<String>,
    /// The abstract; blank lines divide paragraphs.
    pub abstract_text: Option<String>,
    /// Key words.
    pub keywords: Vec<String>,
    /// Whether it is free to read; `None` when not said.
    pub open_access: Option<bool>,
    /// Id of the paper that a preprint became.
    pub replaced_by: Option<String>,
    /// Its correction or retraction notice.
    pub correction: Option<Correction>,
    /// How often it was cited.
    pub citations: Option<Citations>,
    /// The journal that the owner aims at: never public.
    pub target_journal: Option<String>,
}

/// Where a publication appeared: all parts of the container that a reference prints.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Venue {
    pub journal: Option<String>,
    pub journal_abbr: Option<String>,
    pub volume: Option<String>,
    pub issue: Option<String>,
    pub pages: Option<String>,
    pub book_title: Option<String>,
    pub edition: Option<String>,
    pub publisher: Option<String>,
    pub place: Option<String>,
    pub server: Option<String>,
    pub website: Option<String>,
    /// Of a thesis or report, as "MPH thesis".
    pub genre: Option<String>,
    /// Of a report.
    pub number: Option<String>,
    /// Of software or a dataset.
    pub version: Option<String>,
    pub series: Option<String>,
    pub series_number: Option<String>,
    /// Of a conference paper.
    pub event: Option<String>,
    pub event_place: Option<String>,
}

/// The dates of a publication.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct PublicationDates {
    /// In print, or posted.
    pub published: Option<PartialDate>,
    /// Ahead of print.
    pub epub: Option<PartialDate>,
    pub submitted: Option<PartialDate>,
    pub accepted: Option<PartialDate>,
    /// When a web page was last read.
    pub accessed: Option<PartialDate>,
}

/// Identifiers in normal form: bare, without a resolver's address.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Identifiers {
    /// Lower case, as `10.5555/rad.252210`.
    pub doi: Option<String>,
    /// Digits.
    pub pmid: Option<String>,
    /// `PMC` and digits.
    pub pmcid: Option<String>,
    /// `2406.99999`.
    pub arxiv: Option<String>,
    pub isbn: Option<String>,
    /// `1234-567X`.
    pub issn: Option<String>,
    /// `NCT` and eight digits.
    pub nct: Option<String>,
    /// `CRD` and digits.
    pub prospero: Option<String>,
}

/// Files and pages that go with a publication: site paths (`files/…`) or web addresses.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct PublicationLinks {
    pub pdf: Option<String>,
    pub code: Option<String>,
    pub data: Option<String>,
    pub video: Option<String>,
}

impl Publication {
    /// Returns a work of a kind about which nothing else is known yet.
    pub fn blank(kind: PublicationType, status: PublicationStatus) -> Self {
        Self {
            shared: Shared::default(),
            kind,
            status,
            category: None,
            peer_reviewed: false,
            authors: Vec::new(),
            author_count: 0,
            names_address: false,
            own_index: None,
            own_position: None,
            position: AuthorPosition::None,
            role: None,
            credit: Vec::new(),
            my_part: None,
            editors: Vec::new(),
            venue: Venue::default(),
            dates: PublicationDates::default(),
            identifiers: Identifiers::default(),
            links: PublicationLinks::default(),
            language: None,
            title_original: None,
            abstract_text: None,
            keywords: Vec::new(),
            open_access: None,
            replaced_by: None,
            correction: None,
            citations: None,
            target_journal: None,
        }
    }

    /// Returns the date that orders and groups the work: in print, else ahead of print, else
    /// accepted, else submitted.
    pub fn sort_date(&self) -> Option<PartialDate> {
        let dates = &self.dates;
        dates.published.or(dates.epub).or(dates.accepted).or(dates.submitted)
    }
}
