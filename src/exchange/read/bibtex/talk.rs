//! Entries that are talks and posters: Zotero's presentations come as `@unpublished`, `@misc` or `@presentation`.

use super::scan::Entry;
use crate::exchange::draft::Draft;
use crate::exchange::read::{dates, talks};
use crate::record::vocabulary::{Kind, PublicationType};

/// The fields in which people and programs say that an entry is a talk.
const SAYING: [&str; 4] = ["type", "howpublished", "note", "entrysubtype"];

/// Makes a presentation of an entry that is one; `work` is what it is as a publication.
pub(super) fn talk(work: &Draft, entry: &Entry) -> Option<Draft> {
    let said = SAYING.iter().filter_map(|name| entry.words(&[name])).find(|words| is_said(words));
    let is_free = matches!(entry.kind.as_str(), "unpublished" | "misc" | "other" | "online" | "electronic");
    let is_other_thing = matches!(
        work.publication_type(),
        PublicationType::Preprint | PublicationType::Dataset | PublicationType::Software
    );
    let names_event = entry.raw(&["eventtitle"]).is_some();
    let is_named = matches!(entry.kind.as_str(), "presentation" | "talk" | "lecture" | "poster");
    let is_unknown = work.publication_type() == PublicationType::Other;
    let is_talk = is_named || (!is_other_thing && (is_free || is_unknown) && (names_event || said.is_some()));
    if !is_talk {
        return None;
    }
    let mut draft = Draft::new(Kind::Presentations);
    match &said {
        Some(words) => talks::set_kind(&mut draft, words),
        None if matches!(entry.kind.as_str(), "poster" | "lecture") => talks::set_kind(&mut draft, &entry.kind),
        None => talks::set_kind(&mut draft, ""),
    }
    draft.title(work.get_text("title").unwrap_or_default());
    for doubt in work.doubts().iter().filter(|doubt| matches!(doubt.field, "title" | "authors")) {
        draft.unsure(doubt.field, doubt.why.clone());
    }
    draft.people("authors", work.names("authors").to_vec());
    let place = entry.words(&["venue", "location", "address"]);
    draft.text_of("event", entry.words(&["eventtitle", "booktitle", "organization"]));
    for words in ["howpublished", "note", "type"].iter().filter_map(|name| entry.words(&[name])) {
        let (event, of_event) = talks::meeting(&words);
        let is_said = draft.has("event") || super::status::is_one(&words);
        if let Some(event) = event.filter(|_| !is_said) {
            draft.text("event", event);
            draft.text_of("place", of_event.filter(|_| place.is_none()));
        } else if event.is_some_and(|event| Some(event) != draft.get_text("event")) && !super::status::is_one(&words) {
            draft.unsure("event", format!("the file notes: {words}"));
        }
    }
    draft.text_of("place", place);
    let day =
        entry.words(&["eventdate"]).and_then(|date| dates::year_first(date.split('/').next().unwrap_or_default()));
    draft.date("date", day.or(work.get_date("date")));
    if let Some(doi) = work.get_text("doi") {
        draft.identifier("doi", doi);
    }
    draft.url(work.get_text("url").unwrap_or_default());
    Some(draft)
}

/// Tells whether words say that an entry is a talk: they begin with a word for one or name the meeting after it.
fn is_said(words: &str) -> bool {
    if talks::kind(words).is_none() {
        return false;
    }
    let head = words.split_whitespace().take(3).collect::<Vec<_>>().join(" ");
    talks::kind(&head).is_some() || words.to_lowercase().contains("presented at")
}
