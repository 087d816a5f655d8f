//! Talks and posters by the words that other programs have for them.

use crate::exchange::draft::{Draft, Value};
use crate::record::vocabulary::PresentationType;

/// Words and the kind of presentation that they mean.
const KINDS: [(&str, PresentationType); 20] = [
    ("e-poster", PresentationType::EPoster),
    ("eposter", PresentationType::EPoster),
    ("electronic poster", PresentationType::EPoster),
    ("poster", PresentationType::Poster),
    ("keynote", PresentationType::Keynote),
    ("grand rounds", PresentationType::GrandRounds),
    ("invited", PresentationType::InvitedTalk),
    ("education exhibit", PresentationType::EducationExhibit),
    ("educational exhibit", PresentationType::EducationExhibit),
    ("panel", PresentationType::Panel),
    ("workshop", PresentationType::Workshop),
    ("tutorial", PresentationType::Workshop),
    ("case conference", PresentationType::CaseConference),
    ("lecture", PresentationType::Lecture),
    ("oral", PresentationType::Oral),
    ("podium", PresentationType::Oral),
    ("presented", PresentationType::Oral),
    ("presentation", PresentationType::Oral),
    ("talk", PresentationType::Oral),
    ("slides", PresentationType::Oral),
];

/// Returns the kind that words name first, and whether they name more than that it is a talk.
pub(in crate::exchange) fn kind(words: &str) -> Option<(PresentationType, bool)> {
    let lower = words.to_lowercase();
    let starts = |at: usize| !lower[..at].chars().next_back().is_some_and(char::is_alphanumeric);
    let found = KINDS.iter().filter_map(|(word, kind)| {
        let at = lower.match_indices(word).map(|(at, _)| at).find(|at| starts(*at))?;
        let is_vague = matches!(*word, "presented" | "presentation" | "talk" | "slides");
        Some((is_vague, at, *kind))
    });
    found.min_by_key(|(is_vague, at, _)| (*is_vague, *at)).map(|(is_vague, _, kind)| (kind, !is_vague))
}

/// Sets the type of a talk from what the source calls it.
pub(in crate::exchange) fn set_kind(draft: &mut Draft, words: &str) {
    let (kind, is_sure) = kind(words).unwrap_or((PresentationType::Oral, false));
    draft.set("type", Value::Text(kind.as_str().to_owned()));
    if !is_sure {
        let words = words.trim();
        draft.unsure("type", format!("the source calls it {}", if words.is_empty() { "a talk" } else { words }));
    }
}

/// Sets the type of a talk from what the source calls it, and says `why` it is not sure where it calls it nothing.
pub(in crate::exchange) fn set_kind_or(draft: &mut Draft, words: Option<&str>, why: &str) {
    if let Some(words) = words {
        set_kind(draft, words);
    } else {
        draft.set("type", Value::Text(PresentationType::Oral.as_str().to_owned()));
        draft.unsure("type", why);
    }
}

/// Takes the meeting and its place from `Poster presented at RSNA 2023, Chicago, IL` or `Invited talk, Grand Rounds`.
pub(in crate::exchange) fn meeting(words: &str) -> (Option<&str>, Option<&str>) {
    let words = words.trim().trim_end_matches('.');
    let at = words.to_ascii_lowercase().find(" at ").map(|at| at + 4);
    if let Some(rest) = at.filter(|at| kind(&words[..*at]).is_some()).map(|at| &words[at..]) {
        let rest = rest.strip_prefix("the ").unwrap_or(rest);
        return match rest.split_once(", ") {
            Some((meeting, place)) => (Some(meeting), Some(place)),
            None => (Some(rest), None),
        };
    }
    match words.split_once(", ") {
        Some((head, meeting)) if kind(head).is_some() => (Some(meeting), None),
        _ if kind(words).is_none() && !words.is_empty() => (Some(words), None),
        _ => (None, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_say_what_a_talk_was_and_where() {
        for (words, expected) in [
            ("Oral presentation", Some(PresentationType::Oral)),
            ("Invited talk, Lakemoor Grand Rounds", Some(PresentationType::InvitedTalk)),
            ("Poster presented at RSNA 2023", Some(PresentationType::Poster)),
            ("presented as an e-poster", Some(PresentationType::EPoster)),
            ("Conference proceedings talk", Some(PresentationType::Oral)),
            ("Temporal bone", None),
            ("RSNA 2023", None),
        ] {
            assert_eq!(kind(words).map(|(kind, _)| kind), expected, "{words}");
        }
        assert_eq!(meeting("Poster presented at RSNA 2023, Chicago, IL"), (Some("RSNA 2023"), Some("Chicago, IL")));
        assert_eq!(meeting("Invited talk, Lakemoor Grand Rounds"), (Some("Lakemoor Grand Rounds"), None));
        assert_eq!(meeting("RSNA 2023"), (Some("RSNA 2023"), None));
        assert_eq!(meeting("Keynote"), (None, None));
    }
}
