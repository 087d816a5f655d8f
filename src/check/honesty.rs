//! Claims against proof and time.

use chrono::Months;

use super::at;
use crate::diagnostic::Diagnostics;
use crate::diagnostic::code::{
    LONG_IN_PRESS, LONG_SUBMITTED, NO_ACCEPTANCE_PROOF, NO_IDENTIFIER, RETRACTED_WITHOUT_NOTICE,
};
use crate::portfolio::Portfolio;
use crate::record::PartialDate;
use crate::record::vocabulary::{CorrectionType, PresentationStatus, PublicationStatus};
use crate::source::Sources;

/// An accepted work that is not out yet has its letter kept.
pub(super) fn acceptance_letters(diagnostics: &mut Diagnostics, sources: &Sources, portfolio: &Portfolio) {
    for publication in &portfolio.publications {
        let claimed = matches!(publication.status, PublicationStatus::Accepted | PublicationStatus::InPress);
        if claimed && publication.shared.private.evidence.is_empty() {
            let message = format!("`{}` without an acceptance letter", publication.status);
            let diagnostic = at(sources, &publication.shared, "status", &NO_ACCEPTANCE_PROOF, message);
            diagnostics.push(
                diagnostic.help("save the letter in evidence/ and add `private: {evidence: [evidence/letter.pdf]}`"),
            );
        }
    }
}

/// A published work can be found by a reader.
pub(super) fn findable(diagnostics: &mut Diagnostics, sources: &Sources, portfolio: &Portfolio) {
    for publication in portfolio.publications.iter().filter(|publication| !publication.names_address) {
        if matches!(publication.status, PublicationStatus::Published | PublicationStatus::Epub) {
            let message = "published, but a reader has nothing by which to find it";
            let diagnostic = at(sources, &publication.shared, "", &NO_IDENTIFIER, message);
            diagnostics.push(diagnostic.help("add `doi:`, `pmid:` or `url:`"));
        }
    }
}

/// Nothing waits for longer than journals take.
pub(super) fn waiting(diagnostics: &mut Diagnostics, sources: &Sources, portfolio: &Portfolio) {
    let over = |date: PartialDate, months: u32| {
        date.last_day().checked_add_months(Months::new(months)).is_some_and(|limit| limit < portfolio.today)
    };
    for publication in &portfolio.publications {
        let dates = &publication.dates;
        match publication.status {
            PublicationStatus::InPress => {
                let since =
                    dates.accepted.map(|date| ("accepted", date)).or(dates.published.map(|date| ("date", date)));
                if let Some((field, date)) = since.filter(|(_, date)| over(*date, 12)) {
                    let message = format!("in press since {date}, for over twelve months");
                    let diagnostic = at(sources, &publication.shared, field, &LONG_IN_PRESS, message);
                    diagnostics.push(diagnostic.help("look it up, and give it the status and date it has today"));
                }
            }
            PublicationStatus::Submitted | PublicationStatus::UnderReview => {
                if let Some(date) = dates.submitted.filter(|date| over(*date, 9)) {
                    let message = format!("submitted {}, over nine months ago", date.when());
                    let diagnostic = at(sources, &publication.shared, "submitted", &LONG_SUBMITTED, message);
                    diagnostics.push(
                        diagnostic.help("give it the status it has today: `revision`, `accepted`, `withdrawn` …"),
                    );
                }
            }
            _ => {}
        }
    }
    for talk in portfolio.presentations.iter().filter(|talk| talk.status == PresentationStatus::Submitted) {
        if let Some(date) = talk.shared.date.filter(|date| date.last_day() < portfolio.today) {
            let message = format!("still `submitted`, though {date} has passed");
            let diagnostic = at(sources, &talk.shared, "status", &LONG_SUBMITTED, message);
            diagnostics.push(diagnostic.help("write `presented`, or `withdrawn`, or remove the record"));
        }
    }
}

/// A retraction is stated with its notice.
pub(super) fn retractions(diagnostics: &mut Diagnostics, sources: &Sources, portfolio: &Portfolio) {
    for publication in portfolio.publications.iter().filter(|one| one.status == PublicationStatus::Retracted) {
        let noticed =
            publication.correction.as_ref().is_some_and(|notice| notice.kind == Some(CorrectionType::Retraction));
        if !noticed {
            let message = "retracted, but its notice is not named";
            let diagnostic = at(sources, &publication.shared, "status", &RETRACTED_WITHOUT_NOTICE, message);
            diagnostics.push(diagnostic.help("add `correction: {type: retraction, doi: …, date: …}`"));
        }
    }
}
