//! How far a work has come, in the words of other programs and of notes.

use crate::exchange::draft::Draft;
use crate::record::vocabulary::PublicationStatus as Status;

/// Phrases that say a stage when they are all that is said.
const WHOLE: [(&str, Status); 33] = [
    ("in press", Status::InPress),
    ("inpress", Status::InPress),
    ("article in press", Status::InPress),
    ("in press, corrected proof", Status::InPress),
    ("ahead of print", Status::Epub),
    ("aheadofprint", Status::Epub),
    ("epub ahead of print", Status::Epub),
    ("online ahead of print", Status::Epub),
    ("published online ahead of print", Status::Epub),
    ("published ahead of print", Status::Epub),
    ("early access", Status::Epub),
    ("article; early access", Status::Epub),
    ("online first", Status::Epub),
    ("prepublished", Status::Epub),
    ("retracted", Status::Retracted),
    ("retracted article", Status::Retracted),
    ("retracted publication", Status::Retracted),
    ("withdrawn", Status::Withdrawn),
    ("accepted", Status::Accepted),
    ("accepted for publication", Status::Accepted),
    ("accepted manuscript", Status::Accepted),
    ("forthcoming", Status::Accepted),
    ("to appear", Status::Accepted),
    ("under review", Status::UnderReview),
    ("in review", Status::UnderReview),
    ("under revision", Status::Revision),
    ("in revision", Status::Revision),
    ("revision", Status::Revision),
    ("submitted", Status::Submitted),
    ("submitted manuscript", Status::Submitted),
    ("in preparation", Status::InPreparation),
    ("inpreparation", Status::InPreparation),
    ("in prep", Status::InPreparation),
];

/// Beginnings after which the journal's name or a day follows.
const BEGINNINGS: [(&str, Status); 16] = [
    ("in press at ", Status::InPress),
    ("in press in ", Status::InPress),
    ("in press with ", Status::InPress),
    ("accepted for publication ", Status::Accepted),
    ("accepted by ", Status::Accepted),
    ("accepted to ", Status::Accepted),
    ("accepted at ", Status::Accepted),
    ("accepted in ", Status::Accepted),
    ("to appear in ", Status::Accepted),
    ("forthcoming in ", Status::Accepted),
    ("under review at ", Status::UnderReview),
    ("under review by ", Status::UnderReview),
    ("in revision at ", Status::Revision),
    ("submitted to ", Status::Submitted),
    ("submitted for ", Status::Submitted),
    ("epub ahead of print ", Status::Epub),
];

/// Returns the stage that a phrase says as a whole.
pub(in crate::exchange) fn stage(phrase: &str) -> Option<Status> {
    let phrase = phrase.trim().trim_end_matches(['.', ';', ',']).trim().to_lowercase();
    let phrase = ["currently ", "manuscript ", "paper ", "status: "]
        .iter()
        .find_map(|head| phrase.strip_prefix(head))
        .unwrap_or(&phrase)
        .replace('-', " ");
    let whole = WHOLE.iter().find(|(other, _)| *other == phrase);
    whole.or_else(|| BEGINNINGS.iter().find(|(head, _)| phrase.starts_with(head))).map(|(_, stage)| *stage)
}

/// Returns the stage that a note says, whole or in one of its sentences; a note that tells the whole way up to
/// publication says none.
pub(in crate::exchange) fn in_note(note: &str) -> Option<Status> {
    if let Some(stage) = stage(note) {
        return Some(stage);
    }
    let parts = || note.split(['.', ';', '\n']).map(str::trim);
    let is_published = |part: &str| part.get(..9).is_some_and(|head| head.eq_ignore_ascii_case("published"));
    let stages = parts().filter_map(stage);
    if parts().any(|part| is_published(part) && stage(part).is_none()) {
        return stages.into_iter().find(|stage| *stage == Status::Retracted);
    }
    stages.into_iter().next()
}

/// Tells whether a work with its place in print cannot be at so early a stage.
pub(in crate::exchange) fn is_out(draft: &Draft, stage: Status) -> bool {
    let is_printed = draft.has("date") && (draft.has("volume") || draft.has("pages"));
    is_printed && !matches!(stage, Status::Epub | Status::Retracted | Status::Withdrawn | Status::Published)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_whole_phrase_is_a_stage() {
        for (note, expected) in [
            ("In press.", Some(Status::InPress)),
            ("Submitted to Radiology", Some(Status::Submitted)),
            ("Epub ahead of print. PMID: 1", Some(Status::Epub)),
            ("Accepted for publication in AJNR", Some(Status::Accepted)),
            ("Commentary on a retracted article", None),
            ("Accepted: 2023-01-02T00:00:00Z", None),
            ("Submitted 1 Jan; accepted 3 Mar; published 5 May. PMID: 1", None),
            ("Submitted; accepted; published 5 May", None),
            ("Published online ahead of print", Some(Status::Epub)),
        ] {
            assert_eq!(in_note(note), expected, "{note}");
        }
    }
}
