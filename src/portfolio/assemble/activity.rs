//! Awards, grants, service, teaching, training and media.

use super::Context;
use super::ids::Taken;
use super::place::{Place, nearest, text};
use super::shared::{required, shared};
use crate::diagnostic::Diagnostics;
use crate::portfolio::{Award, Grant, Media, Service, Shared, Teaching, Training};
use crate::record::vocabulary::{GrantStatus, Kind};
use crate::record::{self, Record};

/// Takes a record apart: its place for messages, its shared fields and its own.
fn open<T: Record>(
    diagnostics: &mut Diagnostics,
    context: &Context,
    taken: Taken<T>,
    own: impl FnOnce(&mut Diagnostics, &Place, &T),
) -> (T, Shared) {
    let Taken { record, shared: raw, origin, faulty, id, .. } = taken;
    let place = Place { sources: context.sources, origin: &origin, id: &id, faulty: &faulty };
    own(diagnostics, &place, &record);
    let shared = shared(diagnostics, context, &place, raw, T::KIND);
    (record, shared)
}

/// Builds an award; `for` is a record's id, or words.
pub(super) fn award(diagnostics: &mut Diagnostics, context: &Context, taken: Taken<record::Award>) -> Award {
    let (record, shared) = open(diagnostics, context, taken, |diagnostics, place, record| {
        let Some(written) = record.for_what.as_deref().map(str::trim) else { return };
        if context.ids.contains_key(written) || written.contains(char::is_whitespace) {
            return;
        }
        let close = nearest(written, context.ids.keys().map(String::as_str))
            .filter(|near| strsim::levenshtein(near, written) <= 2);
        if let Some(near) = close {
            let message = format!("no record has the id `{written}`");
            let diagnostic = place.diagnostic(&crate::diagnostic::code::UNKNOWN_REFERENCE, "for", message);
            diagnostics.push(
                diagnostic
                    .label(format!("did you mean `{near}`?"))
                    .help("correct the id, or say in words what it was for")
                    .fix(near),
            );
        }
    });
    let for_what = text(record.for_what);
    let is_id = for_what.as_ref().is_some_and(|written| context.ids.contains_key(written));
    let (for_record, for_words) = if is_id { (for_what, None) } else { (None, for_what) };
    Award {
        shared,
        by: text(record.by),
        scope: record.scope,
        for_record,
        for_words,
        amount: text(record.amount),
        selection: text(record.selection),
    }
}

/// Builds a grant; its status, when not said, follows from its dates.
pub(super) fn grant(diagnostics: &mut Diagnostics, context: &Context, taken: Taken<record::Grant>) -> Grant {
    let (record, shared) = open(diagnostics, context, taken, |_, _, _| {});
    let ended = record.end.is_some_and(|end| end.last_day() < context.today);
    let status = record.status.unwrap_or(match record.start {
        Some(_) if ended => GrantStatus::Completed,
        Some(_) => GrantStatus::Awarded,
        None => GrantStatus::Submitted,
    });
    Grant {
        shared,
        funder: text(record.funder),
        program: text(record.program),
        number: text(record.number),
        mentor: text(record.mentor),
        amount: text(record.amount),
        start: record.start,
        end: record.end,
        status,
    }
}

/// Builds a service record.
pub(super) fn service(
    diagnostics: &mut Diagnostics,
    context: &Context,
    taken: Taken<record::Service>,
) -> Option<Service> {
    let (record, shared) = open(diagnostics, context, taken, |diagnostics, place, record| {
        if record.kind.is_none() {
            required(diagnostics, place, Kind::Service, "kind", "kind: committee");
        }
    });
    Some(Service {
        shared,
        kind: record.kind?,
        organization: text(record.organization),
        scope: record.scope,
        start: record.start,
        end: record.end,
        count: record.count,
        years: record.years,
        frequency: text(record.frequency),
        setting: text(record.setting),
    })
}

/// Builds a teaching record.
pub(super) fn teaching(
    diagnostics: &mut Diagnostics,
    context: &Context,
    taken: Taken<record::Teaching>,
) -> Option<Teaching> {
    let (record, shared) = open(diagnostics, context, taken, |diagnostics, place, record| {
        if record.kind.is_none() {
            required(diagnostics, place, Kind::Teaching, "kind", "kind: lecture");
        }
    });
    Some(Teaching {
        shared,
        kind: record.kind?,
        audience: text(record.audience),
        organization: text(record.organization),
        start: record.start,
        end: record.end,
        times: record.times,
        hours: record.hours.filter(|hours| hours.is_finite() && *hours >= 0.0),
        evaluation: text(record.evaluation),
        name: text(record.name),
        name_public: record.name_public.unwrap_or(false),
        level: text(record.level),
        outcome: text(record.outcome),
        frequency: text(record.frequency),
        setting: text(record.setting),
    })
}

/// Builds a training record.
pub(super) fn training(
    diagnostics: &mut Diagnostics,
    context: &Context,
    taken: Taken<record::Training>,
) -> Option<Training> {
    let (record, shared) = open(diagnostics, context, taken, |diagnostics, place, record| {
        if record.kind.is_none() {
            required(diagnostics, place, Kind::Training, "kind", "kind: residency");
        }
    });
    Some(Training {
        shared,
        kind: record.kind?,
        organization: text(record.organization),
        place: text(record.place),
        start: record.start,
        end: record.end,
        expires: record.expires,
        honors: text(record.honors),
        supervisor: text(record.supervisor),
        thesis: text(record.thesis),
        public: record.public.unwrap_or(false),
        frequency: text(record.frequency),
        setting: text(record.setting),
    })
}

/// Builds a media record.
pub(super) fn media(diagnostics: &mut Diagnostics, context: &Context, taken: Taken<record::Media>) -> Option<Media> {
    let (record, shared) = open(diagnostics, context, taken, |diagnostics, place, record| {
        if record.kind.is_none() {
            required(diagnostics, place, Kind::Media, "kind", "kind: interview");
        }
    });
    Some(Media {
        shared,
        kind: record.kind?,
        outlet: text(record.outlet),
        author: text(record.author),
        about_me: record.about_me.unwrap_or(false),
    })
}
