//! ORCID's public record (API v3.0): works, and education, employment, service and awards where the file has them.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::json::{along, at, items};
use super::{bibtex, dates, markup, people, pubmed};
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
    drafts.extend(items(works.get("group")).iter().filter_map(of_group));
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
    for section in ["fundings", "peer-reviews"] {
        let groups = activities.get(section).and_then(|section| section.get("group"));
        drafts.extend(items(groups).iter().filter_map(of_group));
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

/// Reads what stands together: what several sources say of one work or grant, or the reviews for one journal.
fn of_group(one: &Json) -> Option<Draft> {
    if one.get("peer-review-group").is_some() {
        return reviews(one);
    }
    let funding_of = || items(one.get("funding-summary")).first().map(funding);
    group(one).or_else(funding_of)
}

/// Makes one record of the reviews for one journal, with how many there were in each year.
fn reviews(group: &Json) -> Option<Draft> {
    let summaries: Vec<&Json> = items(group.get("peer-review-group"))
        .iter()
        .filter_map(|one| items(one.get("peer-review-summary")).first())
        .collect();
    let first = summaries.first()?;
    let mut draft = Draft::new(Kind::Service);
    draft.set("kind", Value::Text("peer-review".to_owned()));
    draft.title("Peer review");
    draft.text_of("organization", along(first, &["convening-organization", "name"]));
    let journal = at(first, "review-group-id").or_else(|| {
        let ids = group.get("external-ids").and_then(|ids| ids.get("external-id"));
        items(ids).first().and_then(|id| at(id, "external-id-value"))
    });
    if let Some(journal) = journal {
        draft.unsure("organization", format!("ORCID names the journal only by its number: {journal}"));
    }
    draft.set("count", Value::Number(u32::try_from(summaries.len()).unwrap_or(u32::MAX)));
    let mut years: BTreeMap<i32, u32> = BTreeMap::new();
    for day in summaries.iter().filter_map(|one| date(one.get("completion-date"))) {
        *years.entry(day.year).or_default() += 1;
    }
    let year = |year: Option<&i32>| dates::of_parts(year.copied(), None, None);
    draft.date("start", year(years.keys().next()));
    draft.date("end", year(years.keys().next_back()));
    draft.set("years", Value::Years(years));
    Some(draft)
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
    draft.abstract_text(&markup::words(&at(work, "short-description").unwrap_or_default()));
    if let Some(language) = at(work, "language-code").as_deref().and_then(pubmed::language) {
        draft.text("language", &language);
    }
    if draft.kind == Kind::Publications {
        cited(&mut draft, work);
    }
    if !draft.has("authors") {
        draft.unsure("authors", "are not in the ORCID file: you are one of them");
    }
    draft
}

/// A whole work holds its reference as BibTeX, which knows volume, pages and authors.
fn cited(draft: &mut Draft, work: &Json) {
    let citation = work.get("citation");
    let is_bibtex = |kind: String| kind.eq_ignore_ascii_case("bibtex");
    if !citation.and_then(|citation| at(citation, "citation-type")).is_some_and(is_bibtex) {
        return;
    }
    let text = citation.and_then(|citation| at(citation, "citation-value")).unwrap_or_default();
    let Some(cited) = bibtex::read(&text).into_iter().find(|cited| cited.kind == Kind::Publications) else { return };
    for (field, value) in cited.fields() {
        let is_place = matches!(*field, "journal" | "book_title" | "server" | "website" | "publisher");
        let has_place = ["journal", "book_title", "server", "website"].iter().any(|other| draft.has(other));
        let is_known = matches!(*field, "type" | "status" | "title" | "url") || (is_place && has_place);
        if !is_known {
            draft.set(field, value.clone());
        }
    }
}

/// Summaries name no authors; a whole work has contributors.
fn authors(draft: &mut Draft, work: &Json) {
    let contributors = work.get("contributors").and_then(|all| all.get("contributor"));
    let is_author = |one: &&Json| {
        let role = along(one, &["contributor-attributes", "contributor-role"]).unwrap_or_default().to_lowercase();
        role.is_empty() || role == "author" || role.starts_with("http")
    };
    let authors: Vec<&Json> = items(contributors).iter().filter(is_author).collect();
    let names = authors.iter().filter_map(|one| people::person_or_group(&value_at(one, "credit-name")?));
    let names: Vec<PersonName> = names.collect();
    let missing = authors.len() - names.len();
    draft.people("authors", names);
    if missing > 0 && draft.has("authors") {
        draft.unsure("authors", format!("lack {missing} whom ORCID does not name"));
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
    if at(summary, "type").is_some_and(|kind| matches!(kind.to_lowercase().as_str(), "award" | "prize")) {
        let mut draft = Draft::new(Kind::Awards);
        draft.title(&along(summary, &["title", "title", "value"]).unwrap_or_default());
        draft.text_of("by", along(summary, &["organization", "name"]));
        draft.date("date", date(summary.get("start-date")).or_else(|| date(summary.get("end-date"))));
        return draft;
    }
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

    #[test]
    fn reviews_are_counted_and_prizes_are_no_grants() {
        let review = |year: &str| json!({"peer-review-summary": [{"completion-date": {"year": {"value": year}}, "review-group-id": "issn:0033-8419", "convening-organization": {"name": "RSNA"}}]});
        let drafts = read(&json!({"group": [{"peer-review-group": [review("2024"), review("2023"), review("2024")]},
            {"funding-summary": [{"type": "award", "title": {"title": {"value": "Prize"}}, "organization": {"name": "ASNR"}}]},
            {"funding-summary": [{"type": "grant", "title": {"title": {"value": "Grant"}}}]}]}));
        assert_eq!(
            drafts.iter().map(|draft| draft.kind).collect::<Vec<_>>(),
            [Kind::Service, Kind::Awards, Kind::Grants]
        );
        assert_eq!(drafts[0].get("count"), Some(&Value::Number(3)));
        assert_eq!(drafts[0].get("years"), Some(&Value::Years(BTreeMap::from([(2023, 1), (2024, 2)]))));
    }

    #[test]
    fn a_whole_work_takes_what_its_reference_knows_and_says_whom_it_lacks() {
        let drafts = read(
            &json!({"put-code": 1, "title": {"title": {"value": "CT at Night"}}, "type": "journal-article", "journal-title": {"value": "Radiology"},
            "citation": {"citation-type": "bibtex", "citation-value": "@article{a, title={X}, volume={310}, pages={e1}, journal={Rad}, author={Rao, Priya}}"},
            "contributors": {"contributor": [{"credit-name": null}, {"credit-name": {"value": "Wei Li"}}]}}),
        );
        assert_eq!((drafts[0].get_text("volume"), drafts[0].get_text("journal")), (Some("310"), Some("Radiology")));
        assert!(drafts[0].doubts().iter().any(|doubt| doubt.why.contains("lack 1")));
    }
}
