//! Awards, grants, service, teaching, training and media as modelled.

use std::collections::BTreeMap;

use super::Shared;
use crate::record::PartialDate;
use crate::record::vocabulary::{GrantStatus, MediaKind, Scope, ServiceKind, TeachingKind, TrainingKind};

/// An award or honour.
#[derive(Debug, Clone, Default, PartialEq)]
#[allow(missing_docs)]
pub struct Award {
    pub shared: Shared,
    pub by: Option<String>,
    pub scope: Option<Scope>,
    /// The id of the record it was for.
    pub for_record: Option<String>,
    /// What it was for, in words.
    pub for_words: Option<String>,
    pub amount: Option<String>,
    pub selection: Option<String>,
}

/// A grant.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct Grant {
    pub shared: Shared,
    pub funder: Option<String>,
    pub program: Option<String>,
    pub number: Option<String>,
    pub mentor: Option<String>,
    pub amount: Option<String>,
    pub start: Option<PartialDate>,
    pub end: Option<PartialDate>,
    /// `awarded` when not said and it has a start, else `submitted`.
    pub status: GrantStatus,
}

/// Peer review, a committee, a membership …
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct Service {
    pub shared: Shared,
    pub kind: ServiceKind,
    pub organization: Option<String>,
    pub scope: Option<Scope>,
    pub start: Option<PartialDate>,
    pub end: Option<PartialDate>,
    pub count: Option<u32>,
    /// Year → how many.
    pub years: BTreeMap<u32, u32>,
    pub frequency: Option<String>,
    pub setting: Option<String>,
}

/// A course, a lecture, a mentee …
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct Teaching {
    pub shared: Shared,
    pub kind: TeachingKind,
    pub audience: Option<String>,
    pub organization: Option<String>,
    pub start: Option<PartialDate>,
    pub end: Option<PartialDate>,
    pub times: Option<u32>,
    pub hours: Option<f64>,
    pub evaluation: Option<String>,
    /// A mentee's name; in a `PublicPortfolio` only where `name_public` said so.
    pub name: Option<String>,
    pub name_public: bool,
    pub level: Option<String>,
    pub outcome: Option<String>,
    pub frequency: Option<String>,
    pub setting: Option<String>,
}

/// A degree, a residency, an examination …
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct Training {
    pub shared: Shared,
    pub kind: TrainingKind,
    pub organization: Option<String>,
    pub place: Option<String>,
    pub start: Option<PartialDate>,
    pub end: Option<PartialDate>,
    pub expires: Option<PartialDate>,
    pub honors: Option<String>,
    pub supervisor: Option<String>,
    pub thesis: Option<String>,
    /// Licences and examinations are private unless this is true.
    pub public: bool,
    pub frequency: Option<String>,
    pub setting: Option<String>,
}

/// An interview, a podcast …
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct Media {
    pub shared: Shared,
    pub kind: MediaKind,
    pub outlet: Option<String>,
    pub author: Option<String>,
    pub about_me: bool,
}
