//! Open Library's books API (`openlibrary.org/api/books?jscmd=data`).

use serde_json::Value as Json;

use super::json::{at, items};
use super::{dates, people};
use crate::exchange::draft::Draft;
use crate::record::vocabulary::PublicationType;

/// Reads the book of an ISBN; `None` when the library does not have it.
pub(in crate::exchange) fn read(answer: &Json, isbn: &str) -> Option<Draft> {
    let book = answer.get(format!("ISBN:{isbn}"))?;
    let mut draft = Draft::publication(PublicationType::Book);
    let title = at(book, "title")?;
    draft.title(&match at(book, "subtitle") {
        Some(subtitle) => format!("{title}: {subtitle}"),
        None => title,
    });
    let names = items(book.get("authors")).iter().filter_map(|author| people::person_or_group(&at(author, "name")?));
    draft.people("authors", names.collect());
    let first = |field: &str| items(book.get(field)).first().and_then(|one| at(one, "name"));
    draft.text_of("publisher", first("publishers"));
    draft.text_of("place", first("publish_places"));
    draft.text_of("edition", at(book, "edition_name"));
    draft.date("date", at(book, "publish_date").and_then(|day| dates::in_words(&day)));
    draft.identifier("isbn", isbn);
    Some(draft)
}
