//! How far a work has come, as `pubstate`, `note` or the year say it.

use super::scan::Entry;
use crate::exchange::draft::{Draft, Value};
use crate::exchange::read::stages::{self, stage};
use crate::record::vocabulary::{PublicationStatus, PublicationType};

/// Sets the status where a field says it; words among others are no status, and what has come out stays out.
pub(super) fn set(draft: &mut Draft, entry: &Entry) {
    let is_unpublished = entry.kind == "unpublished";
    let field = |name: &str| entry.words(&[name]).unwrap_or_default();
    let noted = || ["note", "howpublished", "addendum"].iter().find_map(|name| stages::in_note(&field(name)));
    let dated = || ["year", "date"].iter().find_map(|name| stage(&field(name)));
    let found = match stage(&field("pubstate")).or_else(noted).or_else(dated) {
        Some(found) => found,
        None if is_unpublished => PublicationStatus::InPreparation,
        None => return,
    };
    if draft.publication_type() == PublicationType::Preprint {
        return;
    }
    if !is_unpublished && stages::is_out(draft, found) {
        draft.unsure("status", format!("the file says {}, but the work has its place in print", found.as_str()));
        return;
    }
    if found == PublicationStatus::Epub
        && let Some(Value::Date(day)) = draft.remove("date")
    {
        draft.date("epub_date", Some(day));
    }
    draft.set_status(found);
    if is_unpublished || (found != PublicationStatus::Retracted && found != PublicationStatus::Epub) {
        draft.unsure("status", "is read from a note in the file");
    }
}

/// Tells whether words say how far a work has come and nothing else.
pub(super) fn is_one(words: &str) -> bool {
    stages::in_note(words).is_some()
}
