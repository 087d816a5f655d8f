//! Presentations and the meetings at which they were shown.

use super::Context;
use super::authors::{contributors, find_owner, is_list};
use super::identifiers::doi;
use super::ids::{Taken, too_many};
use super::place::{Place, nearest, text};
use super::shared::{required, shared, web_address};
use crate::diagnostic::Diagnostics;
use crate::diagnostic::code::{UNKNOWN_MEETING, YAML_LIMIT};
use crate::portfolio::meetings::{MEETINGS, find_meeting, meeting_key};
use crate::portfolio::{Conference, Meeting, Presentation, Showing};
use crate::record::vocabulary::{Kind, PresentationStatus, PresentationType, Scope};
use crate::record::{self, PartialDate, Text};

/// Builds a presentation.
pub(super) fn presentation(
    diagnostics: &mut Diagnostics,
    context: &Context,
    taken: Taken<record::Presentation>,
) -> Presentation {
    let Taken { mut record, shared: raw, authors: line, origin, faulty, id, .. } = taken;
    let place = &Place { sources: context.sources, origin: &origin, id: &id, faulty: &faulty };
    let mut shared = shared(diagnostics, context, place, raw, Kind::Presentations);
    if record.authors.as_ref().is_some_and(too_many) {
        let message = "more authors stand here than any work has";
        let found = place.diagnostic(&YAML_LIMIT, "authors", message);
        diagnostics.push(found.help("write the first authors and yourself, and `author_count:`"));
    } else if line.names.is_empty() {
        required(diagnostics, place, Kind::Presentations, "authors", "authors: Rao P, Quist ZA");
    }
    let listed = is_list(record.authors.as_ref(), line.names.len());
    let mut authors = contributors(diagnostics, place, "authors", line, listed);
    let own_index = find_owner(&mut authors, &context.owner_names);

    let mut scope = record.scope;
    let mut events = Vec::new();
    for (at, event) in std::mem::take(&mut record.events).into_iter().enumerate() {
        let field = format!("events[{at}].conference");
        let found =
            showing(diagnostics, context, place, &field, event.conference, event.event, event.date, event.place);
        scope = scope.or(found.scope);
        events.push(found.showing);
    }
    events.sort_by_key(|event| std::cmp::Reverse(event.date));
    shared.date = shared.date.or_else(|| events.first().and_then(|event| event.date));
    if shared.date.is_none() {
        required(diagnostics, place, Kind::Presentations, "date", "date: 2025-03-14");
    }
    let named = record.conference.is_some() || record.event.is_some();
    let own = showing(
        diagnostics,
        context,
        place,
        "conference",
        record.conference.take(),
        record.event.take(),
        shared.date,
        record.place.take(),
    );
    let mut main = match events.iter().find(|event| event.date == shared.date).or(events.first()) {
        Some(event) if !named => event.clone(),
        _ => own.showing,
    };
    main.end_date = record.end_date;
    let mut address =
        |field: &str, written: Option<Text>| text(written).filter(|url| web_address(diagnostics, place, field, url));
    let slides = address("slides", record.slides.take());
    let poster = address("poster", record.poster.take());
    let video = address("video", record.video.take());
    Presentation {
        kind: record.kind.unwrap_or(PresentationType::Oral),
        status: status(record.status, shared.date, context),
        authors,
        own_index,
        showing: main,
        events,
        scope: record.scope.or(own.scope).or(scope),
        format: record.format,
        number: text(record.number),
        award: text(record.award),
        presenter: text(record.presenter),
        minutes: record.minutes,
        audience: text(record.audience),
        slides,
        poster,
        video,
        doi: doi(diagnostics, place, "doi", record.doi.take()),
        peer_reviewed: record.peer_reviewed,
        shared,
    }
}

/// Accepted until its day has passed, presented from then on; what was withdrawn or not yet decided stays so.
fn status(written: Option<PresentationStatus>, date: Option<PartialDate>, context: &Context) -> PresentationStatus {
    let held = date.is_some_and(|date| date.last_day() < context.today);
    match written {
        Some(PresentationStatus::Accepted) | None if held => PresentationStatus::Presented,
        None => PresentationStatus::Accepted,
        Some(status) => status,
    }
}

struct Found {
    showing: Showing,
    scope: Option<Scope>,
}

#[allow(clippy::too_many_arguments, reason = "the four written fields of a showing, and where they stand")]
fn showing(
    diagnostics: &mut Diagnostics,
    context: &Context,
    place: &Place,
    field: &str,
    conference: Option<Text>,
    event: Option<Text>,
    date: Option<PartialDate>,
    city: Option<Text>,
) -> Found {
    let event = text(event);
    let mut showing = Showing { date, place: text(city), ..Showing::default() };
    let mut scope = None;
    if let Some(written) = text(conference) {
        let own = context.conferences.iter().find(|own| meeting_key(&own.id) == meeting_key(&written));
        let built_in = find_meeting(&written);
        scope = own.and_then(|own| own.scope).or(built_in.map(|meeting| meeting.scope));
        if own.is_none() && built_in.is_none() {
            unknown_meeting(diagnostics, context, place, field, &written);
            showing.meeting.name.clone_from(&written);
        } else {
            showing.meeting = Meeting {
                acronym: built_in.map(|meeting| meeting.id.to_owned()).or(own.map(|own| own.id.clone())),
                name: own
                    .map(|own| own.name.clone())
                    .or(built_in.map(|meeting| meeting.name.to_owned()))
                    .unwrap_or_default(),
                society: built_in.map(|meeting| meeting.society.to_owned()),
            };
            showing.place =
                showing.place.or_else(|| own.filter(|own| is_of_year(own, date)).and_then(|own| own.place.clone()));
        }
    }
    if let Some(event) = event {
        showing.meeting.name = event;
    }
    Found { showing, scope }
}

/// Whether an own meeting's entry is that of the talk's year, so that its place is the talk's.
fn is_of_year(own: &Conference, date: Option<PartialDate>) -> bool {
    let year = own.starts.map(|day| day.year).or(own.year);
    year.is_some() && year == date.map(|date| date.year)
}

fn unknown_meeting(diagnostics: &mut Diagnostics, context: &Context, place: &Place, field: &str, written: &str) {
    let known = MEETINGS.iter().map(|meeting| meeting.id).chain(context.conferences.iter().map(|own| own.id.as_str()));
    let diagnostic = place.diagnostic(&UNKNOWN_MEETING, field, format!("`{written}` is not a meeting that is known"));
    diagnostics.push(match nearest(written, known) {
        Some(near) => diagnostic
            .label(format!("did you mean `{near}`?"))
            .help("correct it, or write the meeting in words in `event:`")
            .fix(near),
        None => diagnostic.help("write the meeting in words in `event:`, or add it to records/conferences.yaml"),
    });
}
