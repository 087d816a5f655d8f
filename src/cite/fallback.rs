//! A plain reference for a work that the engine could not lay out.

use super::{CitationText, Part, Run};
use crate::portfolio::Publication;

/// Returns authors, title, journal and year, in that order.
pub(super) fn reference(publication: &Publication) -> CitationText {
    let mut runs = Vec::new();
    let mut push = |text: &str, part: Part| {
        if !text.is_empty() {
            runs.push(Run { text: text.to_owned(), part, ..Run::default() });
        }
    };
    for (index, author) in publication.authors.iter().enumerate() {
        if index > 0 {
            push(", ", Part::Other);
        }
        let name = &author.name;
        let parts = [name.given.as_str(), &name.particle, &name.family, &name.suffix];
        let full = parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(" ");
        push(name.literal.as_deref().unwrap_or(&full), Part::Author(index));
    }
    push(if publication.authors.is_empty() { "" } else { ". " }, Part::Other);
    push(&publication.shared.title, Part::Title);
    if let Some(journal) = publication.venue.journal.as_ref().or(publication.venue.book_title.as_ref()) {
        push(". ", Part::Other);
        push(journal, Part::ContainerTitle);
    }
    if let Some(date) = publication.sort_date() {
        push(&format!(". {}", date.year), Part::Other);
    }
    push(".", Part::Other);
    CitationText { runs }
}
