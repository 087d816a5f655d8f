//! OpenAlex (`api.openalex.org/works`): one work or a list of results.

use serde_json::Value as Json;

use super::json::{along, at, items};
use super::{dates, markup, people, pubmed};
use crate::exchange::draft::{Draft, Value};
use crate::record::vocabulary::{Kind, PublicationCategory, PublicationStatus, PublicationType};

/// Reads a list of results, or one work.
pub(in crate::exchange) fn read(json: &Json) -> Vec<Draft> {
    let works = json.get("results").unwrap_or(json);
    items(Some(works)).iter().map(draft).collect()
}

/// Tells whether an object is a work of OpenAlex.
pub(in crate::exchange) fn is_work(json: &Json) -> bool {
    json.get("authorships").is_some() || at(json, "id").is_some_and(|id| id.contains("openalex.org/W"))
}

fn draft(work: &Json) -> Draft {
    let mut draft = Draft::new(Kind::Publications);
    let kind = kind(work);
    draft.set_type(kind);
    if kind == PublicationType::Other {
        draft.unsure("type", format!("OpenAlex calls it {}", at(work, "type").unwrap_or_default()));
    }
    let written = at(work, "type").unwrap_or_default();
    if matches!(written.as_str(), "erratum" | "retraction") {
        draft.unsure("type", format!("OpenAlex calls it {written} of another work"));
    }
    category(&mut draft, work);
    draft.title(&markup::title(&at(work, "title").or_else(|| at(work, "display_name")).unwrap_or_default()));
    let authorships = items(work.get("authorships"));
    let names = authorships.iter().filter_map(|one| {
        let name = at(one, "raw_author_name").or_else(|| along(one, &["author", "display_name"]))?;
        people::person_or_group(&name)
    });
    draft.people("authors", names.collect());
    let truncated = work.get("is_authors_truncated").and_then(Json::as_bool) == Some(true);
    if truncated {
        draft.unsure("authors", "OpenAlex lists only the first hundred");
    }
    let source = along(work, &["primary_location", "source", "display_name"]);
    let publisher = along(work, &["primary_location", "source", "host_organization_name"]);
    match kind {
        PublicationType::Preprint => draft.text_of("server", source),
        PublicationType::BookChapter | PublicationType::ConferencePaper => draft.text_of("book_title", source),
        PublicationType::JournalArticle => {
            draft.text_of("journal", source);
            draft.text_of("publisher", publisher);
        }
        _ => draft.text_of("publisher", publisher.or(source)),
    }
    for field in ["volume", "issue"] {
        draft.text_of(field, along(work, &["biblio", field]));
    }
    let first = along(work, &["biblio", "first_page"]);
    let last = along(work, &["biblio", "last_page"]);
    draft.text_of(
        "pages",
        first.map(|first| match last {
            Some(last) if last != first => format!("{first}-{last}"),
            _ => first,
        }),
    );
    let day =
        at(work, "publication_date").or_else(|| at(work, "publication_year")).and_then(|day| dates::year_first(&day));
    draft.date("date", day);
    if day.is_some_and(|day| day.month == Some(1) && day.day == Some(1)) {
        draft.unsure("date", "is 1 January, which OpenAlex writes for a year alone");
    }
    for (field, key) in [("doi", "doi"), ("pmid", "pmid"), ("pmcid", "pmcid")] {
        if let Some(value) = along(work, &["ids", key]).or_else(|| at(work, key)) {
            draft.identifier(field, &value);
        }
    }
    if let Some(issn) =
        along(work, &["primary_location", "source", "issn_l"]).filter(|_| kind == PublicationType::JournalArticle)
    {
        draft.identifier("issn", &issn);
    }
    if let Some(language) = at(work, "language").as_deref().and_then(pubmed::language) {
        draft.text("language", &language);
    }
    if work.get("is_retracted").and_then(Json::as_bool) == Some(true) {
        draft.set_status(PublicationStatus::Retracted);
    }
    if let Some(free) = work.get("open_access").and_then(|access| access.get("is_oa")).and_then(Json::as_bool) {
        draft.set("open_access", Value::Flag(free));
    }
    if !draft.has("doi") {
        draft.url(&along(work, &["primary_location", "landing_page_url"]).unwrap_or_default());
    }
    draft.abstract_text(&abstract_of(work));
    draft
}

fn kind(work: &Json) -> PublicationType {
    let source = along(work, &["primary_location", "source", "type"]).unwrap_or_default();
    match at(work, "type").unwrap_or_default().as_str() {
        "article" if source == "conference" => PublicationType::ConferencePaper,
        "article"
            if source == "repository"
                && along(work, &["primary_location", "version"]).as_deref() == Some("submittedVersion") =>
        {
            PublicationType::Preprint
        }
        "article" | "journal-article" | "review" | "editorial" | "letter" | "erratum" | "retraction" => {
            PublicationType::JournalArticle
        }
        "preprint" | "posted-content" => PublicationType::Preprint,
        "proceedings-article" | "conference-paper" => PublicationType::ConferencePaper,
        "book" | "monograph" => PublicationType::Book,
        "book-chapter" | "reference-entry" => PublicationType::BookChapter,
        "dissertation" => PublicationType::Thesis,
        "dataset" => PublicationType::Dataset,
        "report" | "standard" => PublicationType::Report,
        "software" => PublicationType::Software,
        _ => PublicationType::Other,
    }
}

fn category(draft: &mut Draft, work: &Json) {
    let category = match at(work, "type").unwrap_or_default().as_str() {
        "review" => PublicationCategory::Review,
        "editorial" => PublicationCategory::Editorial,
        "letter" => PublicationCategory::Letter,
        _ => return,
    };
    draft.set("category", Value::Text(category.as_str().to_owned()));
}

/// The abstract comes as a map of words to their places.
fn abstract_of(work: &Json) -> String {
    let Some(index) = work.get("abstract_inverted_index").and_then(Json::as_object) else { return String::new() };
    let mut words: Vec<(u64, &str)> = Vec::new();
    for (word, places) in index {
        words.extend(items(Some(places)).iter().filter_map(Json::as_u64).map(|place| (place, word.as_str())));
    }
    words.sort_unstable();
    words.into_iter().map(|(_, word)| word).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_result_becomes_a_record_and_its_abstract_is_put_in_order() {
        let drafts = read(
            &json!({"meta": {}, "results": [{"id": "https://openalex.org/W1", "type": "article", "title": "Flow",
            "doi": "https://doi.org/10.5555/f", "publication_date": "2024-05-02", "authorships": [{"raw_author_name": "Priya Rao", "author": {"display_name": "P. Rao"}}],
            "primary_location": {"source": {"display_name": "Spine", "type": "journal"}}, "biblio": {"volume": "1", "first_page": "2", "last_page": "9"},
            "abstract_inverted_index": {"time": [1], "To": [0]}}]}),
        );
        let draft = &drafts[0];
        assert_eq!(
            (draft.get_text("pages"), draft.get_text("abstract"), draft.get_text("journal")),
            (Some("2-9"), Some("To time"), Some("Spine"))
        );
    }
}
