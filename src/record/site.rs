//! `site.yaml`.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::vocabulary::{CvPart, CvTemplate, ExportFormat, Grouping, Kind, Paper, PublicationStatus, PublishTarget};
use super::{PartialDate, Text, TextList};

/// The whole of `site.yaml`.
#[derive(Debug, Clone, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[allow(missing_docs)]
pub struct SiteFile {
    pub format: Option<u32>,
    pub person: OwnerPerson,
    pub ids: Ids,
    pub programme: Programme,
    pub theme_of_work: ThemeOfWork,
    pub site: Site,
    pub share_pages: Vec<SharePage>,
    pub cvs: Vec<Cv>,
    pub publish: Option<Publish>,
    pub allow: Vec<Allow>,
    /// Free: visa and the like. Any shape; read for what runs out, which only the owner is told.
    #[schemars(with = "Option<serde_json::Value>")]
    pub private: Option<serde_yaml::Value>,
}

/// The owner of the site.
#[derive(Debug, Clone, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[allow(missing_docs)]
pub struct OwnerPerson {
    pub name: Option<Text>,
    pub name_native: Option<Text>,
    pub family_name: Option<Text>,
    pub given_names: Option<Text>,
    pub credentials: Option<Text>,
    pub pronouns: Option<Text>,
    pub name_variants: TextList,
    pub headline: Option<Text>,
    pub photo: Option<Text>,
    pub photo_alt: Option<Text>,
    pub email: Option<Text>,
    pub show_email: Option<bool>,
    pub location: Option<Text>,
    pub languages: TextList,
}

/// Where else the owner is found.
#[derive(Debug, Clone, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[allow(missing_docs)]
pub struct Ids {
    pub orcid: Option<Text>,
    pub google_scholar: Option<Text>,
    pub pubmed_search: Option<Text>,
    pub scopus: Option<Text>,
    pub wos: Option<Text>,
    pub linkedin: Option<Text>,
    pub github: Option<Text>,
    pub researchgate: Option<Text>,
    pub x: Option<Text>,
    pub bluesky: Option<Text>,
    pub mastodon: Option<Text>,
}

/// The training programme.
#[derive(Debug, Clone, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[allow(missing_docs)]
pub struct Programme {
    pub name: Option<Text>,
    pub specialty: Option<Text>,
    pub institution: Option<Text>,
    pub department: Option<Text>,
    pub url: Option<Text>,
    pub level: Option<Text>,
    pub started: Option<PartialDate>,
    pub ends: Option<PartialDate>,
    pub track: Option<Text>,
    pub target_fellowship: Option<Text>,
    pub fellowship_start: Option<PartialDate>,
    pub pgy_offset: Option<u32>,
}

/// The theme of work and its threads.
#[derive(Debug, Clone, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[allow(missing_docs)]
pub struct ThemeOfWork {
    pub title: Option<Text>,
    pub summary: Option<Text>,
    pub threads: Vec<Thread>,
}

/// A line of research.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[allow(missing_docs)]
pub struct Thread {
    pub id: Option<Text>,
    pub name: Option<Text>,
}

/// How the site looks and reads.
#[derive(Debug, Clone, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[allow(missing_docs)]
pub struct Site {
    pub title: Option<Text>,
    pub description: Option<Text>,
    pub url: Option<Text>,
    pub language: Option<Text>,
    pub theme: Option<Text>,
    #[schemars(with = "BTreeMap<String, serde_json::Value>")]
    pub theme_options: BTreeMap<String, serde_yaml::Value>,
    pub accent: Option<Text>,
    pub citation_style: Option<Text>,
    pub bold_my_name: Option<bool>,
    pub as_of: Option<PartialDate>,
    pub show_status: Vec<PublicationStatus>,
    pub group_publications_by: Option<Grouping>,
    pub show_counts: Option<bool>,
    pub exports: Option<Vec<ExportFormat>>,
    pub menu: Option<TextList>,
    pub footer: Option<Text>,
}

/// An unlisted page for one reader.
#[derive(Debug, Clone, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[allow(missing_docs)]
pub struct SharePage {
    pub id: Option<Text>,
    pub title: Option<Text>,
    pub to: Option<Text>,
    pub note: Option<Text>,
    pub show_status: Vec<PublicationStatus>,
    pub referees: TextList,
    pub cv: Option<Text>,
    pub expires: Option<PartialDate>,
}

/// A named variant of the CV.
#[derive(Debug, Clone, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[allow(missing_docs)]
pub struct Cv {
    pub id: Option<Text>,
    pub template: Option<CvTemplate>,
    pub paper: Option<Paper>,
    pub select: CvSelect,
    pub sections: Vec<CvPart>,
    pub pages_at_most: Option<u32>,
}

/// Which records a CV takes.
#[derive(Debug, Clone, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[allow(missing_docs)]
pub struct CvSelect {
    pub kinds: Vec<Kind>,
    pub threads: TextList,
    pub categories: TextList,
    pub featured: Option<bool>,
    pub since: Option<PartialDate>,
    pub status: Vec<PublicationStatus>,
}

/// Where the site is published; tokens and keys come from the environment only.
#[derive(Debug, Clone, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[allow(missing_docs)]
pub struct Publish {
    pub to: Option<PublishTarget>,
    pub repository: Option<Text>,
    pub branch: Option<Text>,
    pub path: Option<Text>,
    pub host: Option<Text>,
    pub site: Option<Text>,
    pub account: Option<Text>,
    pub bucket: Option<Text>,
    pub region: Option<Text>,
    pub endpoint: Option<Text>,
    pub domain: Option<Text>,
}

/// One finding of the privacy check that the owner has looked at.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Allow {
    /// The exact text found.
    pub text: Option<Text>,
    /// Why it is no patient's.
    pub reason: Option<Text>,
}
