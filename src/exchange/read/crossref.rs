//! Crossref's REST API: one work, a list of works, or bare works (`api.crossref.org`, "Metadata delivery formats").

use serde_json::Value as Json;

use super::json::{at, items, texts};
use super::{csl_json, markup, people, pubmed};
use crate::exchange::draft::{Draft, Relation, Value, clean_title};
use crate::portfolio::PersonName;
use crate::record::vocabulary::{Kind, PublicationStatus, PublicationType};

/// Reads a message with one work or a list of works.
pub(in crate::exchange) fn read(json: &Json) -> Vec<Draft> {
    let message = json.get("message").unwrap_or(json);
    let works = message.get("items").unwrap_or(message);
    items(Some(works)).iter().map(draft).collect()
}

/// Tells whether an object is a work as Crossref has it: titles are lists.
pub(in crate::exchange) fn is_work(json: &Json) -> bool {
    json.get("DOI").is_some() && json.get("title").is_some_and(Json::is_array)
}

/// Tells whether a CSL item is Crossref's: its types and its lists are not those of CSL, which differ in what they mean.
pub(in crate::exchange) fn is_own_csl(item: &Json) -> bool {
    let own = ["indexed", "content-domain", "published-online", "published-print", "posted", "subtitle"];
    let kind = at(item, "type").unwrap_or_default();
    let types = [
        "journal-article",
        "proceedings-article",
        "posted-content",
        "book-chapter",
        "book-section",
        "book-part",
        "reference-entry",
        "monograph",
        "edited-book",
        "reference-book",
        "dissertation",
        "report-component",
    ];
    types.contains(&kind.as_str()) || (item.get("DOI").is_some() && own.iter().any(|field| item.get(field).is_some()))
}

/// Makes a record of one work.
pub(in crate::exchange) fn draft(work: &Json) -> Draft {
    let mut draft = Draft::new(Kind::Publications);
    let kind = kind(work);
    draft.set_type(kind.unwrap_or(PublicationType::Other));
    if kind.is_none() {
        draft.unsure("type", format!("Crossref calls it {}", at(work, "type").unwrap_or_default()));
    }
    draft.title(&title(work));
    let original = at(work, "original-title").map(|original| clean_title(&markup::title(&original)));
    draft.text_of("title_original", original.filter(|original| Some(original.as_str()) != draft.get_text("title")));
    draft.people("authors", items(work.get("author")).iter().filter_map(name).collect());
    draft.people("editors", items(work.get("editor")).iter().filter_map(name).collect());
    container(&mut draft, work);
    draft.text_of("volume", at(work, "volume"));
    draft.text_of("issue", at(work, "issue"));
    draft.text_of("pages", at(work, "page").or_else(|| at(work, "article-number")));
    draft.text_of("edition", at(work, "edition-number"));
    draft.text_of("publisher", at(work, "publisher").filter(|_| draft.publication_type() != PublicationType::Preprint));
    draft.text_of("place", at(work, "publisher-location"));
    days(&mut draft, work);
    if let Some(doi) = at(work, "DOI") {
        draft.identifier("doi", &doi);
    }
    for (field, key) in [("isbn", "ISBN"), ("issn", "ISSN")] {
        if let Some(value) = at(work, key) {
            draft.identifier(field, value.rsplit('/').next().unwrap_or_default());
        }
    }
    notice(&mut draft, work);
    relations(&mut draft, work);
    if let Some(language) = at(work, "language").as_deref().and_then(pubmed::language) {
        draft.text("language", &language);
    }
    draft.abstract_text(&abstract_of(work));
    draft
}

fn title(work: &Json) -> String {
    let title = markup::title(&at(work, "title").unwrap_or_default());
    match at(work, "subtitle").map(|subtitle| markup::title(&subtitle)) {
        Some(subtitle) if !title.contains(&subtitle) => {
            let joint = if title.ends_with(['?', '!', ':']) { " " } else { ": " };
            format!("{title}{joint}{subtitle}")
        }
        _ => title,
    }
}

/// After `api.crossref.org/types`.
fn kind(work: &Json) -> Option<PublicationType> {
    let kind = match at(work, "type").unwrap_or_default().as_str() {
        "journal-article" | "article-journal" | "article-magazine" => PublicationType::JournalArticle,
        "proceedings-article" | "paper-conference" => PublicationType::ConferencePaper,
        "posted-content" | "article" => PublicationType::Preprint,
        "book" | "monograph" | "edited-book" | "reference-book" | "proceedings" => PublicationType::Book,
        "book-chapter" | "book-section" | "book-part" | "reference-entry" | "chapter" => PublicationType::BookChapter,
        "report" | "report-component" | "standard" => PublicationType::Report,
        "dissertation" | "thesis" => PublicationType::Thesis,
        "dataset" | "database" => PublicationType::Dataset,
        "other" => PublicationType::Other,
        _ => return None,
    };
    Some(kind)
}

fn container(draft: &mut Draft, work: &Json) {
    let names: Vec<String> = texts(work.get("container-title")).iter().map(|name| markup::entities(name)).collect();
    let name = names.first();
    match draft.publication_type() {
        PublicationType::Preprint => {
            let institution =
                work.get("institution").and_then(|list| items(Some(list)).first()).and_then(|one| at(one, "name"));
            draft.text_of("server", institution.or_else(|| name.cloned()).or_else(|| at(work, "publisher")));
        }
        PublicationType::BookChapter => {
            // A series comes before its book.
            draft.text_of("book_title", names.last());
            draft.text_of("series", name.filter(|_| names.len() > 1));
        }
        PublicationType::ConferencePaper => {
            draft.text_of("book_title", names.last());
            let event = work.get("event");
            draft.text_of("event", event.and_then(|event| at(event, "name")));
            draft.text_of("event_place", event.and_then(|event| at(event, "location")));
        }
        PublicationType::Book => draft.text_of("series", name),
        PublicationType::JournalArticle => {
            draft.text_of("journal", name);
            let short = at(work, "short-container-title")
                .or_else(|| at(work, "container-title-short"))
                .map(|short| markup::entities(&short));
            draft.text_of("journal_abbr", short);
        }
        _ => draft.text_of("website", name),
    }
}

fn name(person: &Json) -> Option<PersonName> {
    if let Some(group) = at(person, "name") {
        return people::group(&markup::entities(&group));
    }
    let part = |field: &str| markup::entities(&at(person, field).unwrap_or_default());
    people::of_parts(&part("family"), &part("given"), "", &part("suffix"))
}

/// Print comes before the web, and both before the day of the deposit.
fn days(draft: &mut Draft, work: &Json) {
    let day = |field: &str| csl_json::date(work.get(field));
    let print = day("published-print");
    let online = day("published-online");
    if draft.publication_type() == PublicationType::Preprint {
        draft.date("date", day("posted").or_else(|| day("issued")));
    } else if print.is_none() && online.is_some() && is_ahead(draft, work) {
        draft.set_status(PublicationStatus::Epub);
        draft.date("epub_date", online);
    } else {
        draft.date("date", print.or_else(|| day("issued")).or(online));
        let is_earlier =
            |online: &crate::record::PartialDate| print.is_some_and(|print| online.last_day() < print.first_day());
        draft.date("epub_date", online.filter(is_earlier));
    }
    if let Some(accepted) = day("accepted") {
        let published = draft.get_date("epub_date").or(draft.get_date("date"));
        if published.is_none_or(|day| accepted.first_day() <= day.last_day()) {
            draft.date("accepted", Some(accepted));
        }
    }
}

/// An article that is on the web and has neither volume nor pages is ahead of its issue.
fn is_ahead(draft: &Draft, work: &Json) -> bool {
    draft.publication_type() == PublicationType::JournalArticle
        && ["volume", "issue", "page", "article-number"].iter().all(|field| work.get(field).is_none())
}

/// A preprint names its paper, and a paper its preprint; a notice names the work that it is about.
fn relations(draft: &mut Draft, work: &Json) {
    for (name, relation) in [("is-preprint-of", Relation::Became), ("has-preprint", Relation::CameFrom)] {
        for other in items(work.get("relation").and_then(|relations| relations.get(name))) {
            if let Some(doi) = at(other, "id").and_then(|id| crate::portfolio::identifier::doi(&id).ok()) {
                draft.relate(relation, &format!("doi:{doi}"));
            }
        }
    }
    if let Some(update) = items(work.get("update-to")).first() {
        let kind = at(update, "type").unwrap_or_default().replace('_', " ");
        let doi = at(update, "DOI").unwrap_or_default();
        let is_version = kind == "new version" || kind == "new edition";
        if !is_version {
            draft.unsure("type", format!("is a notice of Crossref's kind {kind} on the work {doi}"));
        }
    }
}

fn notice(draft: &mut Draft, work: &Json) {
    for update in items(work.get("updated-by")) {
        let kind = match at(update, "type").unwrap_or_default().as_str() {
            "retraction" | "removal" | "withdrawal" => "retraction",
            "erratum" => "erratum",
            "corrigendum" => "corrigendum",
            "correction" => "correction",
            "expression_of_concern" => "expression-of-concern",
            _ => continue,
        };
        let mut fields = vec![("type", Value::Text(kind.to_owned()))];
        if let Some(doi) = at(update, "DOI").and_then(|doi| crate::portfolio::identifier::doi(&doi).ok()) {
            fields.push(("doi", Value::Text(doi)));
        }
        if let Some(date) = csl_json::date(update.get("updated")) {
            fields.push(("date", Value::Date(date)));
        }
        if kind == "retraction" {
            draft.remove("correction");
            draft.set_status(PublicationStatus::Retracted);
        }
        draft.set("correction", Value::Fields(fields));
    }
}

fn abstract_of(work: &Json) -> String {
    let words = markup::words(&at(work, "abstract").unwrap_or_default());
    let words = words.trim_start();
    // The heading of the whole.
    words.strip_prefix("Abstract").filter(|rest| rest.starts_with(char::is_whitespace)).unwrap_or(words).to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_article_without_its_issue_is_ahead_of_print() {
        let drafts = read(&json!({"message": {"DOI": "10.5555/A", "title": ["A &amp; B"], "type": "journal-article",
            "published-online": {"date-parts": [[2025, 3, 4]]}, "issued": {"date-parts": [[2025, 3, 4]]},
            "updated-by": [{"type": "retraction", "DOI": "10.5555/n", "updated": {"date-parts": [[2026, 1, 2]]}}]}}));
        assert_eq!(drafts[0].get_text("title"), Some("A & B"));
        assert_eq!(drafts[0].get_text("status"), Some("retracted"));
        assert!(drafts[0].has("epub_date") && !drafts[0].has("date"));
    }

    #[test]
    fn a_preprint_and_its_paper_name_each_other_and_a_notice_its_work() {
        let drafts = read(&json!([
            {"DOI": "10.1101/p", "title": ["P"], "type": "posted-content", "relation": {"is-preprint-of": [{"id": "10.5555/A"}]}},
            {"DOI": "10.5555/a", "title": ["A"], "type": "journal-article", "relation": {"has-preprint": [{"id": "10.1101/p"}]}},
            {"DOI": "10.5555/c", "title": ["Correction to: A"], "type": "journal-article", "update-to": [{"DOI": "10.5555/a", "type": "correction"}]}
        ]));
        assert_eq!(drafts[0].related(Relation::Became).collect::<Vec<_>>(), ["doi:10.5555/a"]);
        assert_eq!(drafts[1].related(Relation::CameFrom).collect::<Vec<_>>(), ["doi:10.1101/p"]);
        assert!(drafts[2].doubts()[0].why.contains("correction on the work 10.5555/a"));
    }
}
