//! `records/publications.yaml`.

use serde::Deserialize;

use super::vocabulary::{CorrectionType, PublicationCategory, PublicationStatus, PublicationType};
use super::{Names, PartialDate, Text, TextList};

super::record! {
    /// A paper, chapter, preprint, dataset … as written.
    Publication is Publications {
        #[serde(rename = "type")]
        kind: Option<PublicationType>,
        status: Option<PublicationStatus>,
        category: Option<PublicationCategory>,
        peer_reviewed: Option<bool>,
        authors: Option<Names>,
        my_position: Option<u32>,
        author_count: Option<u32>,
        equal: TextList,
        corresponding: TextList,
        mentees: TextList,
        credit: TextList,
        my_part: Option<Text>,
        journal: Option<Text>,
        journal_abbr: Option<Text>,
        volume: Option<Text>,
        issue: Option<Text>,
        pages: Option<Text>,
        epub_date: Option<PartialDate>,
        submitted: Option<PartialDate>,
        accepted: Option<PartialDate>,
        book_title: Option<Text>,
        editors: Option<Names>,
        edition: Option<Text>,
        publisher: Option<Text>,
        place: Option<Text>,
        isbn: Option<Text>,
        server: Option<Text>,
        website: Option<Text>,
        accessed: Option<PartialDate>,
        language: Option<Text>,
        title_original: Option<Text>,
        doi: Option<Text>,
        pmid: Option<Text>,
        pmcid: Option<Text>,
        arxiv: Option<Text>,
        issn: Option<Text>,
        registration: Option<Registration>,
        pdf: Option<Text>,
        code: Option<Text>,
        data: Option<Text>,
        video: Option<Text>,
        open_access: Option<bool>,
        replaced_by: Option<Text>,
        correction: Option<Correction>,
        citations: Option<Citations>,
        #[serde(rename = "abstract")]
        abstract_text: Option<Text>,
        keywords: TextList,
        target_journal: Option<Text>,
        genre: Option<Text>,
        number: Option<Text>,
        version: Option<Text>,
        series: Option<Text>,
        series_number: Option<Text>,
        event: Option<Text>,
        event_place: Option<Text>,
        mine: Option<bool>,
    }
}

/// Numbers under which a study is registered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Registration {
    /// ClinicalTrials.gov: `NCT` and eight digits.
    pub nct: Option<Text>,
    /// PROSPERO: `CRD` and digits.
    pub prospero: Option<Text>,
}

/// A notice that corrects or retracts the work.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Correction {
    /// What the notice is.
    #[serde(rename = "type")]
    pub kind: Option<CorrectionType>,
    /// The notice's own DOI.
    pub doi: Option<Text>,
    /// When it appeared.
    pub date: Option<PartialDate>,
}

/// A citation count, with where and when it was read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Citations {
    /// How many.
    pub count: Option<u32>,
    /// Who counted.
    pub source: Option<Text>,
    /// When it was read.
    pub as_of: Option<PartialDate>,
}
