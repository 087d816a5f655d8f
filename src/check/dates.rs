//! Dates against each other and against today.

use super::{at, at_site};
use crate::diagnostic::Diagnostics;
use crate::diagnostic::code::{ACCEPTED_AFTER_PUBLISHED, DATE_IN_FUTURE, END_BEFORE_START, SUBMITTED_AFTER_ACCEPTED};
use crate::portfolio::{Portfolio, Shared};
use crate::record::PartialDate;
use crate::record::vocabulary::{PresentationStatus, PublicationStatus};
use crate::source::Sources;

/// Tells whether one date is surely later than another, whatever day an incomplete one means.
fn later(a: PartialDate, b: PartialDate) -> bool {
    a.first_day() > b.last_day()
}

/// Submitted, accepted, published: in this order, and none of them still to come.
pub(super) fn publications(diagnostics: &mut Diagnostics, sources: &Sources, portfolio: &Portfolio) {
    let today = PartialDate::from(portfolio.today);
    for publication in &portfolio.publications {
        let dates = &publication.dates;
        let out = match publication.status {
            PublicationStatus::Published | PublicationStatus::Retracted => {
                dates.published.map(|date| ("date", date)).or(dates.epub.map(|date| ("epub_date", date)))
            }
            PublicationStatus::Epub => {
                dates.epub.map(|date| ("epub_date", date)).or(dates.published.map(|date| ("date", date)))
            }
            _ => None,
        };
        let steps = [
            out.map(|(field, date)| (field, date, "published")),
            dates.accepted.map(|date| ("accepted", date, "accepted")),
            dates.submitted.map(|date| ("submitted", date, "submitted")),
        ];
        for (field, date, word) in steps.into_iter().flatten().filter(|(_, date, _)| later(*date, today)) {
            let message = format!("{word} {}, which has not come yet", date.when());
            let help = match word {
                "published" => {
                    "correct the date, or give the work the status it has today: `accepted`, `in-press` or `epub`"
                }
                _ => "correct the date",
            };
            diagnostics.push(at(sources, &publication.shared, field, &DATE_IN_FUTURE, message).help(help));
        }
        let appeared = [dates.published, dates.epub].into_iter().flatten().min_by_key(|date| date.last_day());
        if let (Some(accepted), Some(appeared)) = (dates.accepted, appeared)
            && later(accepted, appeared)
        {
            let message = format!("accepted {}, after it was published {}", accepted.when(), appeared.when());
            let diagnostic = at(sources, &publication.shared, "accepted", &ACCEPTED_AFTER_PUBLISHED, message);
            diagnostics.push(diagnostic.help("look at the acceptance letter, and correct one of the two dates"));
        }
        let decided = dates.accepted.map(|date| (date, "accepted")).or(appeared.map(|date| (date, "published")));
        if let (Some(submitted), Some((decided, word))) = (dates.submitted, decided)
            && later(submitted, decided)
        {
            let message = format!("submitted {}, after it was {word} {}", submitted.when(), decided.when());
            let diagnostic = at(sources, &publication.shared, "submitted", &SUBMITTED_AFTER_ACCEPTED, message);
            diagnostics.push(diagnostic.help("correct one of the two dates"));
        }
    }
}

/// A talk that is said to be held lies in the past, and ends no earlier than it begins.
pub(super) fn presentations(diagnostics: &mut Diagnostics, sources: &Sources, portfolio: &Portfolio) {
    let today = PartialDate::from(portfolio.today);
    for talk in &portfolio.presentations {
        let Some(date) = talk.shared.date else { continue };
        if talk.status == PresentationStatus::Presented && later(date, today) {
            let message = format!("presented {}, which has not come yet", date.when());
            let diagnostic = at(sources, &talk.shared, "date", &DATE_IN_FUTURE, message);
            diagnostics.push(diagnostic.help("correct the date, or write `status: accepted`"));
        }
        span(diagnostics, sources, &talk.shared, Some(date), ("end_date", talk.showing.end_date));
    }
}

/// Everything that lasts ends no earlier than it begins.
pub(super) fn spans(diagnostics: &mut Diagnostics, sources: &Sources, portfolio: &Portfolio) {
    for grant in &portfolio.grants {
        span(diagnostics, sources, &grant.shared, grant.start, ("end", grant.end));
    }
    for service in &portfolio.service {
        span(diagnostics, sources, &service.shared, service.start, ("end", service.end));
    }
    for teaching in &portfolio.teaching {
        span(diagnostics, sources, &teaching.shared, teaching.start, ("end", teaching.end));
    }
    for training in &portfolio.training {
        span(diagnostics, sources, &training.shared, training.start, ("end", training.end));
        let granted = training.shared.date.or(training.start);
        span(diagnostics, sources, &training.shared, granted, ("expires", training.expires));
    }
    for own in &portfolio.conferences {
        if let (Some(starts), Some(ends)) = (own.starts, own.ends)
            && later(starts, ends)
        {
            let message = format!("ends {}, before it starts {}", ends.when(), starts.when());
            let diagnostic = sources.diagnose(&END_BEFORE_START, &own.origin, "ends", message).record(&own.id);
            diagnostics.push(diagnostic.help("correct one of the two dates"));
        }
    }
    let programme = &portfolio.owner.programme;
    if let (Some(started), Some(ends)) = (programme.started, programme.ends)
        && later(started, ends)
    {
        let message = format!("ends {}, before it starts {}", ends.when(), started.when());
        let diagnostic = at_site(sources, "programme.ends", &END_BEFORE_START, message);
        diagnostics.push(diagnostic.help("correct one of the two dates"));
    }
}

fn span(
    diagnostics: &mut Diagnostics,
    sources: &Sources,
    shared: &Shared,
    start: Option<PartialDate>,
    (field, end): (&str, Option<PartialDate>),
) {
    if let (Some(start), Some(end)) = (start, end)
        && later(start, end)
    {
        let verb = if field == "expires" { "expires" } else { "ends" };
        let message = format!("{verb} {}, before it starts {}", end.when(), start.when());
        let diagnostic = at(sources, shared, field, &END_BEFORE_START, message);
        diagnostics.push(diagnostic.help("correct one of the two dates"));
    }
}
