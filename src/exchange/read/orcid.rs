//! ORCID's public record (API v3.0): works, and education, employment, service and awards where the file has them.

use serde_json::Value as Json;

use super::json::{along, at, items};
use super::{dates, markup, people};
use crate::exchange::draft::{Draft, Value};
use crate::portfolio::PersonName;
use crate::record::PartialDate;
use crate::record::vocabulary::{Kind, PresentationType, PublicationStatus, PublicationType};

/// Tells whether an object is a record of ORCID, or a part of one.
pub(in crate::exchange) fn is_record(json: &Json) -> bool {
    let keys =
        ["orcid-identifier", "activities-summary", "group", "affiliation-group", "bulk", "put-code", "work-summary"];
    json.is_object() && keys.iter().any(|key| json.get(key).is_some())
}

/// Reads a whole record, its works, one work, or one section.
pub(in crate::exchange) fn read(json: &Json) -> Vec<Draft> {
    let activities = json.get("activities-summary").unwrap_or(json);
    let mut drafts = Vec::new();
    let works = activities.get("works").unwrap_or(activities);
    drafts.extend(items(works.get("group")).iter().filter_map(group));
    drafts.extend(items(works.get("bulk")).iter().filter_map(|one| one.get("work")).map(work));
    if works.get("title").is_some() && works.get("put-code").is_some() {
        drafts.push(work(works));
    }
    let sections = [
        ("educations", "education-summary"),
        ("qualifications", "qualification-summary"),
        ("employments", "employment-summary"),
        ("distinctions", "distinction-summary"),
        ("memberships", "membership-summary"),
        ("services", "service-summary"),
        ("invited-positions", "invited-position-summary"),
    ];
    for (section, key) in sections {
        let holder = activities.get(section).unwrap_or(json);
        for group in items(holder.get("affiliation-group")) {
            for summary in items(group.get("summaries")).iter().filter_map(|one| one.get(key)).take(1) {
                drafts.extend(affiliation(section, summary));
            }
        }
    }
    for group in items(activities.get("fundings").and_then(|fundings| fundings.get("group"))) {
        drafts.extend(items(group.get("funding-summary")).first().map(funding));
    }
    drafts
}

/// Returns the owner's name where the file has it.
pub(in crate::exchange) fn owner(json: &Json) -> Option<PersonName> {
    let name = json.get("person").unwrap_or(json).get("name")?;
    let part = |field: &str| along(name, &[field, "value"]).unwrap_or_default();
    people::of_parts(&part("family-name"), &part("given-names"), "", "")
}

fn value_at(json: &Json, field: &str) -> Option<String> {
    along(json, &[field, "value"]).or_else(|| at(json, field))
}

/// A group holds what several sources say of one work; the one that the owner put first counts
/// (the highest display index), unless its title is all capitals.
fn group(group: &Json) -> Option<Draft> {
    let summaries = items(group.get("work-summary"));
    let rank = |summary: &&Json| {
        let index: i64 = at(summary, "display-index").and_then(|index| index.parse().ok()).unwrap_or_default();
        let title = along(summary, &["title", "title", "value"]).unwrap_or_default();
        (title.chars().any(char::is_lowercase) || !title.chars().any(char::is_uppercase), index)
    };
    let best = summaries.iter().rev().max_by_key(rank)?;
    let mut draft = work(best);
    identifiers(&mut draft, group);
    for other in summaries {
        identifiers(&mut draft, other);
    }
    Some(draft)
}

fn work(work: &Json) -> Draft {
    let written = at(work, "type").unwrap_or_default().to_lowercase().replace('_', "-");
    let talk = match written.as_str() {
        "lecture-speech" | "conference-presentation" => Some(PresentationType::Oral),
        "conference-poster" => Some(PresentationType::Poster),
        _ => None,
    };
    let mut draft = Draft::new(if talk.is_some() { Kind::Presentations } else { Kind::Publications });
    let title = along(work, &["title", "title", "value"]).unwrap_or_default();
    let title = match along(work, &["title", "subtitle", "value"]) {
        Some(subtitle) if !title.contains(&subtitle) => format!("{title}: {subtitle}"),
        _ => title,
    };
    let container = value_at(work, "journal-title");
    if let Some(kind) = talk {
        draft.set("type", Value::Text(kind.as_str().to_owned()));
    } else {
        let kind = kind(&written);
        draft.set_type(kind.unwrap_or(PublicationType::Other));
        if kind.is_none() {
            draft.unsure("type", format!("ORCID calls it {written}"));
        }
    }
    draft.title(&markup::title(&title));
    authors(&mut draft, work);
    draft.date("date", date(work.get("publication-date")));
    if talk.is_some() {
        draft.text_of("event", container);
    } else {
        match draft.publication_type() {
            PublicationType::JournalArticle | PublicationType::JournalAbstract => draft.text_of("journal", container),
            PublicationType::BookChapter | PublicationType::ConferencePaper => draft.text_of("book_title", container),
            PublicationType::Preprint => draft.text_of("server", container),
            PublicationType::Online => draft.text_of("website", container),
            _ => draft.text_of("publisher", container),
        }
        if written == "working-paper" || written == "manuscript" {
            draft.set_status(PublicationStatus::InPreparation);
            draft.unsure("status", format!("ORCID calls it {written}"));
        }
    }
    identifiers(&mut draft, work);
    draft.url(&value_at(work, "url").unwrap_or_default());
    draft
}

/// Summaries name no authors; a whole work has contributors.
fn authors(draft: &mut Draft, work: &Json) {
    let contributors = work.get("contributors").and_then(|all| all.get("contributor"));
    let is_author = |one: &&Json| {
        let role = along(one, &["contributor-attributes", "contributor-role"]).unwrap_or_default().to_lowercase();
        role.is_empty() || role == "author" || role.starts_with("http")
    };
    let names = items(contributors)
        .iter()
        .filter(is_author)
        .filter_map(|one| people::person_or_group(&value_at(one, "credit-name")?));
    draft.people("authors", names.collect());
    if !draft.has("authors") {
        draft.unsure("authors", "are not in the ORCID file: you are one of them");
    }
}

fn kind(written: &str) -> Option<PublicationType> {
    let kind = match written {
        "journal-article" | "magazine-article" | "newspaper-article" | "review" | "journal-issue" | "working-paper"
        | "manuscript" | "newsletter-article" => PublicationType::JournalArticle,
        "conference-abstract" => PublicationType::JournalAbstract,
        "conference-paper" | "conference-proceedings" => PublicationType::ConferencePaper,
        "preprint" => PublicationType::Preprint,
        "book" | "edited-book" | "manual" => PublicationType::Book,
        "book-chapter" | "encyclopedia-entry" | "dictionary-entry" | "encyclopaedia-entry" => {
            PublicationType::BookChapter
        }
        "report" | "technical-standard" | "standards-and-policy" => PublicationType::Report,
        "dissertation" | "dissertation-thesis" | "supervised-student-publication" => PublicationType::Thesis,
        "online-resource" | "website" | "blog-post" => PublicationType::Online,
        "data-set" => PublicationType::Dataset,
        "software" => PublicationType::Software,
        "other" => PublicationType::Other,
        _ => return None,
    };
    Some(kind)
}

fn identifiers(draft: &mut Draft, holder: &Json) {
    for id in items(holder.get("external-ids").and_then(|ids| ids.get("external-id"))) {
        let relation = at(id, "external-id-relationship").unwrap_or_default().to_lowercase();
        if relation == "part-of" || relation == "part_of" {
            if at(id, "external-id-type").is_some_and(|kind| kind == "issn") {
                draft.identifier("issn", &at(id, "external-id-value").unwrap_or_default());
            }
            continue;
        }
        let value = along(id, &["external-id-normalized", "value"]).or_else(|| at(id, "external-id-value"));
        let Some(value) = value else { continue };
        let given = at(id, "external-id-value").unwrap_or_else(|| value.clone());
        match at(id, "external-id-type").unwrap_or_default().to_lowercase().as_str() {
            "doi" => draft.identifier("doi", &value),
            "pmid" => draft.identifier("pmid", &value),
            "pmc" | "pmcid" => draft.identifier("pmcid", &value),
            "arxiv" => draft.identifier("arxiv", &value),
            "isbn" if draft.kind == Kind::Publications => draft.identifier("isbn", &given),
            "uri" => draft.url(&given),
            _ => {}
        }
    }
}

fn date(value: Option<&Json>) -> Option<PartialDate> {
    let value = value?;
    let part = |field: &str| value_at(value, field);
    let number = |field: &str| part(field).and_then(|number| number.parse().ok());
    dates::of_parts(part("year").and_then(|year| year.parse().ok()), number("month"), number("day"))
}

fn affiliation(section: &str, summary: &Json) -> Option<Draft> {
    let title = at(summary, "role-title");
    let department = at(summary, "department-name");
    let organization = along(summary, &["organization", "name"]);
    let (kind, word) = match section {
        "educations" => (Kind::Training, "degree"),
        "qualifications" => (Kind::Training, "certification"),
        "employments" => (Kind::Training, "employment"),
        "distinctions" => (Kind::Awards, ""),
        "memberships" => (Kind::Service, "membership"),
        "services" | "invited-positions" => (Kind::Service, "committee"),
        _ => return None,
    };
    let mut draft = Draft::new(kind);
    if !word.is_empty() {
        draft.set("kind", Value::Text(word.to_owned()));
    }
    if matches!(section, "services" | "invited-positions") {
        draft.unsure("kind", "is not said by ORCID");
    }
    draft.title(&title.or(department.clone()).or_else(|| organization.clone())?);
    let start = date(summary.get("start-date"));
    let end = date(summary.get("end-date"));
    if kind == Kind::Awards {
        draft.text_of("by", organization);
        draft.date("date", start.or(end));
    } else {
        let place = along(summary, &["organization", "address", "city"]);
        draft.text_of("organization", organization);
        if kind == Kind::Training {
            draft.text_of("place", place);
        }
        draft.date("start", start);
        draft.date("end", end);
    }
    draft.url(&value_at(summary, "url").unwrap_or_default());
    Some(draft)
}

fn funding(summary: &Json) -> Draft {
    let mut draft = Draft::new(Kind::Grants);
    draft.title(&along(summary, &["title", "title", "value"]).unwrap_or_default());
    draft.text_of("funder", along(summary, &["organization", "name"]));
    let ids = summary.get("external-ids").and_then(|ids| ids.get("external-id"));
    draft.text_of("number", items(ids).iter().find_map(|id| at(id, "external-id-value")));
    draft.date("start", date(summary.get("start-date")));
    draft.date("end", date(summary.get("end-date")));
    draft.set("status", Value::Text("awarded".to_owned()));
    draft
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_section_of_a_record_becomes_training() {
        let drafts = read(
            &json!({"orcid-identifier": {"path": "0000-0002-1825-0097"}, "activities-summary": {"educations": {"affiliation-group": [
            {"summaries": [{"education-summary": {"role-title": "MBBS", "organization": {"name": "Ife-Oke", "address": {"city": "Ife"}}, "start-date": {"year": {"value": "2010"}}}}]}]},
            "distinctions": {"affiliation-group": [{"summaries": [{"distinction-summary": {"role-title": "Prize", "organization": {"name": "Society"}, "start-date": {"year": {"value": "2020"}}}}]}]}}}),
        );
        assert_eq!(drafts.iter().map(|draft| draft.kind).collect::<Vec<_>>(), [Kind::Training, Kind::Awards]);
        assert_eq!(drafts[0].get_text("place"), Some("Ife"));
    }
}
