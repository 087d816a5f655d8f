//! academicpages: `_publications/*.md`, `_talks/*.md`, `_teaching/*.md`, and the tables they are made from.

use serde_json::Value as Json;

use super::json::at;
use super::{citation, dates, markup, people, talks};
use crate::exchange::draft::{Draft, Value, one_line};
use crate::portfolio::{PersonName, read_line};
use crate::record::PartialDate;
use crate::record::vocabulary::{Kind, PublicationType};

/// What a page of a publication says.
#[derive(Debug, Default)]
pub(in crate::exchange) struct Page {
    pub(super) title: String,
    pub(super) venue: String,
    pub(super) date: Option<PartialDate>,
    pub(super) citation: String,
    pub(super) address: String,
    pub(super) category: String,
    /// Authors in a field of their own, which some sites add.
    pub(super) authors: String,
}

/// Tells whether front matter is a page of academicpages.
pub(in crate::exchange) fn is_page(matter: &Json) -> bool {
    let collection = at(matter, "collection").unwrap_or_default();
    matches!(collection.as_str(), "publications" | "talks" | "teaching")
        || (matter.get("citation").is_some() && matter.get("venue").is_some())
}

/// Returns the owner's name from `_config.yml`.
pub(in crate::exchange) fn owner(config: &str) -> Option<PersonName> {
    let config = super::front::yaml(config)?;
    people::person(&at(config.get("author")?, "name").or_else(|| at(&config, "title"))?)
}

/// Reads one page; the name of its folder says what it is where it does not say so itself.
pub(in crate::exchange) fn page(matter: &Json, folder: &str) -> Option<Draft> {
    let text = |field: &str| at(matter, field).unwrap_or_default();
    let collection = at(matter, "collection").unwrap_or_else(|| folder.to_owned());
    match collection.as_str() {
        "talks" => {
            let mut draft = Draft::new(Kind::Presentations);
            talks::set_kind(&mut draft, &text("type"));
            draft.title(&markup::title(&markup::emphasis(&text("title"))));
            draft.unsure("authors", "are not in the page: you are one of them");
            draft.text("event", &text("venue"));
            draft.text("place", &text("location"));
            draft.date("date", dates::year_first(&text("date")));
            Some(draft)
        }
        "teaching" => {
            let mut draft = Draft::new(Kind::Teaching);
            draft.set("kind", Value::Text("course".to_owned()));
            draft.unsure("kind", "is a guess: the page says only that it is teaching");
            draft.title(&markup::title(&markup::emphasis(&text("title"))));
            draft.text_of("level", at(matter, "type"));
            draft.text("organization", &text("venue"));
            draft.date("start", dates::year_first(&text("date")));
            Some(draft)
        }
        _ => {
            let page = Page {
                title: markup::title(&markup::emphasis(&text("title"))),
                venue: markup::entities(&text("venue")),
                date: dates::year_first(&text("date")),
                citation: text("citation"),
                address: text("paperurl"),
                category: text("category"),
                authors: at(matter, "authors").or_else(|| at(matter, "author")).unwrap_or_default(),
            };
            Some(publication(&page)).filter(|draft| draft.has("title"))
        }
    }
}

/// Makes a record; authors, volume and pages stand only in the citation.
pub(in crate::exchange) fn publication(page: &Page) -> Draft {
    let mut draft = Draft::new(Kind::Publications);
    let category = page.category.to_lowercase();
    let venue = page.venue.to_lowercase();
    if category.contains("conference") || venue.contains("proceedings") || venue.contains("workshop") {
        draft.set_type(PublicationType::ConferencePaper);
    } else if category.contains("book") {
        draft.set_type(PublicationType::Book);
    } else if venue.contains("rxiv") {
        draft.set_type(PublicationType::Preprint);
    } else if category.is_empty() {
        draft.unsure("type", "is a guess: the page does not say what a work is");
    }
    draft.title(&page.title);
    let words = markup::entities(&markup::title(&page.citation));
    let words = one_line(&crate::exchange::title::plain(&words)).replace(['*', '_'], "");
    let field = match draft.publication_type() {
        PublicationType::JournalArticle => "journal",
        PublicationType::Preprint => "server",
        PublicationType::Book => "publisher",
        _ => "book_title",
    };
    if page.authors.is_empty() {
        authors(&mut draft, &words, &page.title);
    } else {
        draft.people("authors", read_line(&page.authors).names.into_iter().map(|name| name.name).collect());
    }
    draft.text(field, &page.venue);
    draft.date("date", page.date);
    if let Some(rest) =
        words.rfind(&page.venue).filter(|_| !page.venue.is_empty()).map(|at| &words[at + page.venue.len()..])
    {
        citation::numbers(&mut draft, rest);
    }
    if page.date.is_some_and(|date| date.day == Some(1)) {
        draft.unsure("date", "is the first of a month, which may stand for the month alone");
    }
    if let Ok(doi) = crate::portfolio::identifier::doi(&page.address) {
        draft.identifier("doi", &doi);
    }
    draft.url(&page.address);
    draft
}

/// The authors stand before the year or the title.
fn authors(draft: &mut Draft, citation: &str, title: &str) {
    let plain_title = crate::exchange::title::plain(title);
    let is_year = |at: &usize| {
        let digits = citation[at + 1..].bytes().take_while(u8::is_ascii_digit).count();
        digits == 4 && citation[at + 5..].starts_with(')')
    };
    let year = citation.match_indices('(').map(|(at, _)| at).find(is_year);
    let quote = citation.find(['"', '“']);
    let at_title = citation.find(&plain_title).filter(|_| !plain_title.is_empty());
    let Some(end) = [year, quote, at_title].into_iter().flatten().min().filter(|end| *end > 0) else {
        draft.unsure("authors", "could not be read from the citation");
        return;
    };
    let line = read_line(citation[..end].trim_end_matches([' ', '.', ',', ':']));
    let names = line.names.into_iter().map(|name| name.name).collect();
    draft.people("authors", names);
    draft.unsure("authors", "are read from the words of a citation");
    if !draft.has("authors") {
        draft.people("authors", people::person(&citation[..end]).into_iter().collect());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_citation_gives_authors_and_numbers() {
        let page = Page {
            title: "Lumbar stenosis grading".to_owned(),
            venue: "European Radiology".to_owned(),
            citation: "Castellan I, Quist ZA (2023). &quot;Lumbar stenosis grading.&quot; <i>European Radiology</i>. 33(7):4821-4830.".to_owned(),
            ..Page::default()
        };
        let draft = publication(&page);
        assert_eq!(draft.names("authors").len(), 2);
        assert_eq!(
            (draft.get_text("volume"), draft.get_text("issue"), draft.get_text("pages")),
            (Some("33"), Some("7"), Some("4821-4830"))
        );
    }
}
