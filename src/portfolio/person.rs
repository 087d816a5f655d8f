//! The owner of the site: name, registries, programme, theme of work.

use super::PersonName;
use crate::record::PartialDate;

/// The owner of the site.
#[derive(Debug, Clone, Default, PartialEq)]
#[allow(missing_docs)]
pub struct Owner {
    /// As the owner writes it.
    pub display_name: String,
    pub name: PersonName,
    pub name_native: Option<String>,
    pub credentials: Option<String>,
    pub pronouns: Option<String>,
    /// Other forms under which the owner is found among authors.
    pub name_variants: Vec<PersonName>,
    pub headline: Option<String>,
    /// Site path of the portrait.
    pub photo: Option<String>,
    pub photo_alt: Option<String>,
    /// In a `PublicPortfolio` only when it may be shown.
    pub email: Option<String>,
    pub show_email: bool,
    pub location: Option<String>,
    pub languages: Vec<String>,
    pub ids: Ids,
    pub programme: Programme,
    pub theme_of_work: ThemeOfWork,
}

/// Where else the owner is found: bare identifiers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Ids {
    /// `0000-0002-1825-0097`, check digit verified.
    pub orcid: Option<String>,
    pub google_scholar: Option<String>,
    pub pubmed_search: Option<String>,
    pub scopus: Option<String>,
    pub wos: Option<String>,
    pub linkedin: Option<String>,
    pub github: Option<String>,
    pub researchgate: Option<String>,
    pub x: Option<String>,
    pub bluesky: Option<String>,
    pub mastodon: Option<String>,
}

/// The training programme.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Programme {
    pub name: Option<String>,
    pub specialty: Option<String>,
    pub institution: Option<String>,
    pub department: Option<String>,
    pub url: Option<String>,
    /// The year of training today: as written, else from the dates.
    pub level: Option<TrainingYear>,
    pub started: Option<PartialDate>,
    pub ends: Option<PartialDate>,
    pub track: Option<String>,
    pub target_fellowship: Option<String>,
    pub fellowship_start: Option<PartialDate>,
    /// PGY minus R: 1 in radiology, 0 for a categorical programme.
    pub pgy_offset: u32,
}

/// A year of training on both scales.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TrainingYear {
    /// R1 … R6.
    pub residency: u32,
    /// Postgraduate year.
    pub pgy: u32,
}

/// The theme of work and its lines.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct ThemeOfWork {
    pub title: Option<String>,
    pub summary: Option<String>,
    pub areas: Vec<ResearchArea>,
}

/// A line of research ("thread" in the files).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct ResearchArea {
    pub id: String,
    pub name: String,
}
