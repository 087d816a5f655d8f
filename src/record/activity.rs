//! `records/awards.yaml`, `grants.yaml`, `service.yaml`, `teaching.yaml`, `training.yaml`, `media.yaml`.

use std::collections::BTreeMap;

use super::vocabulary::{GrantStatus, MediaKind, Scope, ServiceKind, TeachingKind, TrainingKind};
use super::{PartialDate, Text};

super::record! {
    /// An award or honour.
    Award is Awards {
        by: Option<Text>,
        scope: Option<Scope>,
        #[serde(rename = "for")]
        for_what: Option<Text>,
        amount: Option<Text>,
        selection: Option<Text>,
    }
}

super::record! {
    /// A grant, asked for or won.
    Grant is Grants {
        funder: Option<Text>,
        program: Option<Text>,
        number: Option<Text>,
        mentor: Option<Text>,
        amount: Option<Text>,
        start: Option<PartialDate>,
        end: Option<PartialDate>,
        status: Option<GrantStatus>,
    }
}

super::record! {
    /// Peer review, committees, memberships …
    Service is Service {
        kind: Option<ServiceKind>,
        organization: Option<Text>,
        scope: Option<Scope>,
        start: Option<PartialDate>,
        end: Option<PartialDate>,
        count: Option<u32>,
        years: BTreeMap<u32, u32>,
        frequency: Option<Text>,
        setting: Option<Text>,
    }
}

super::record! {
    /// Courses, lectures, mentoring …
    Teaching is Teaching {
        kind: Option<TeachingKind>,
        audience: Option<Text>,
        organization: Option<Text>,
        start: Option<PartialDate>,
        end: Option<PartialDate>,
        times: Option<u32>,
        hours: Option<f64>,
        evaluation: Option<Text>,
        name: Option<Text>,
        name_public: Option<bool>,
        level: Option<Text>,
        outcome: Option<Text>,
        frequency: Option<Text>,
        setting: Option<Text>,
    }
}

super::record! {
    /// Degrees, residency, licences, examinations …
    Training is Training {
        kind: Option<TrainingKind>,
        organization: Option<Text>,
        place: Option<Text>,
        start: Option<PartialDate>,
        end: Option<PartialDate>,
        expires: Option<PartialDate>,
        honors: Option<Text>,
        supervisor: Option<Text>,
        thesis: Option<Text>,
        public: Option<bool>,
        frequency: Option<Text>,
        setting: Option<Text>,
    }
}

super::record! {
    /// Interviews, news, podcasts …
    Media is Media {
        kind: Option<MediaKind>,
        outlet: Option<Text>,
        author: Option<Text>,
        about_me: Option<bool>,
    }
}
