//! DataCite's REST API (`api.datacite.org/dois`, Metadata Schema 4.6): datasets, software, posters, preprints.

use serde_json::Value as Json;

use super::json::{along, at, items};
use super::{dates, markup, people, pubmed, ris};
use crate::exchange::draft::{Draft, Value};
use crate::portfolio::PersonName;
use crate::record::vocabulary::{Kind, PresentationType, PublicationType};

/// Reads one DOI or a list of them.
pub(in crate::exchange) fn read(json: &Json) -> Vec<Draft> {
    let data = json.get("data").unwrap_or(json);
    items(Some(data)).iter().map(draft).collect()
}

/// Tells whether an object is a DOI's metadata.
pub(in crate::exchange) fn is_work(json: &Json) -> bool {
    let attributes = json.get("attributes").unwrap_or(json);
    attributes.get("titles").is_some() && (attributes.get("creators").is_some() || attributes.get("types").is_some())
}

/// Makes a record of one DOI.
pub(in crate::exchange) fn draft(work: &Json) -> Draft {
    let work = work.get("attributes").unwrap_or(work);
    let general = along(work, &["types", "resourceTypeGeneral"]).unwrap_or_default();
    let special = along(work, &["types", "resourceType"]).unwrap_or_default();
    let words = special.to_lowercase();
    let talk = if words.contains("poster") || general == "Poster" {
        Some(PresentationType::Poster)
    } else if words.contains("presentation")
        || words.contains("slides")
        || words.contains("talk")
        || general == "Presentation"
    {
        Some(PresentationType::Oral)
    } else {
        None
    };
    let mut draft = Draft::new(if talk.is_some() { Kind::Presentations } else { Kind::Publications });
    let titles = items(work.get("titles"));
    let main = titles.iter().find(|title| at(title, "titleType").is_none()).or(titles.first());
    let mut title = main.and_then(|title| at(title, "title")).map(|title| markup::title(&title)).unwrap_or_default();
    let of_type = |kind: &str| {
        titles
            .iter()
            .find(|title| at(title, "titleType").is_some_and(|other| other == kind))
            .and_then(|title| at(title, "title"))
    };
    if let Some(subtitle) = of_type("Subtitle") {
        title = format!("{title}: {subtitle}");
    }
    draft.title(&title);
    draft.people("authors", items(work.get("creators")).iter().filter_map(name).collect());
    let date = day(work);
    match talk {
        Some(kind) => {
            draft.set("type", Value::Text(kind.as_str().to_owned()));
            draft.text_of("event", along(work, &["container", "title"]));
            draft.date("date", date);
            if !draft.has("event") {
                draft.unsure("event", "the source does not name the meeting");
            }
        }
        None => publication(&mut draft, work, &general, &words),
    }
    draft.date("date", date);
    if let Some(doi) = at(work, "doi").or_else(|| at(work, "id")) {
        draft.identifier("doi", &doi);
    }
    if let Some(arxiv) = draft.get_text("doi").and_then(|doi| doi.strip_prefix("10.48550/arxiv.")).map(str::to_owned) {
        draft.identifier("arxiv", &arxiv);
    }
    if talk.is_none() {
        draft.text_of("version", at(work, "version"));
        if let Some(language) = at(work, "language").as_deref().and_then(pubmed::language) {
            draft.text("language", &language);
        }
        let subjects = items(work.get("subjects")).iter().filter_map(|subject| at(subject, "subject"));
        draft.set("keywords", Value::List(subjects.collect()));
        let description = items(work.get("descriptions"))
            .iter()
            .find(|description| at(description, "descriptionType").is_some_and(|kind| kind == "Abstract"));
        draft.abstract_text(
            &description.and_then(|text| at(text, "description")).map(|text| markup::words(&text)).unwrap_or_default(),
        );
    }
    let address = at(work, "url").unwrap_or_default();
    if ris::arxiv(&address).is_none() {
        draft.url(&address);
    }
    draft
}

fn publication(draft: &mut Draft, work: &Json, general: &str, words: &str) {
    let kind = match general {
        "Dataset" => PublicationType::Dataset,
        "Software" | "ComputationalNotebook" => PublicationType::Software,
        "JournalArticle" => PublicationType::JournalArticle,
        "Preprint" => PublicationType::Preprint,
        "ConferencePaper" | "ConferenceProceeding" => PublicationType::ConferencePaper,
        "Book" => PublicationType::Book,
        "BookChapter" => PublicationType::BookChapter,
        "Dissertation" => PublicationType::Thesis,
        "Report" => PublicationType::Report,
        "Text" if words.contains("preprint") => PublicationType::Preprint,
        "Text" if words.contains("thesis") || words.contains("dissertation") => PublicationType::Thesis,
        "Text" if words.contains("report") => PublicationType::Report,
        "Text" if words.contains("article") => PublicationType::JournalArticle,
        _ => PublicationType::Other,
    };
    draft.set_type(kind);
    if kind == PublicationType::Other {
        draft.unsure("type", format!("the source calls it {general}"));
    }
    let publisher = along(work, &["publisher", "name"]).or_else(|| at(work, "publisher"));
    let container = along(work, &["container", "title"]);
    match kind {
        PublicationType::Preprint => draft.text_of("server", publisher),
        PublicationType::JournalArticle => {
            draft.text_of("journal", container);
            draft.text_of("volume", along(work, &["container", "volume"]));
            draft.text_of("issue", along(work, &["container", "issue"]));
            let first = along(work, &["container", "firstPage"]);
            let last = along(work, &["container", "lastPage"]);
            draft.text_of("pages", first.map(|first| last.map_or(first.clone(), |last| format!("{first}-{last}"))));
            draft.text_of("publisher", publisher);
        }
        PublicationType::BookChapter | PublicationType::ConferencePaper => {
            draft.text_of("book_title", container);
            draft.text_of("publisher", publisher);
        }
        _ => draft.text_of("publisher", publisher),
    }
}

fn day(work: &Json) -> Option<crate::record::PartialDate> {
    let days = items(work.get("dates"));
    let of_type = |kind: &str| {
        days.iter()
            .find(|day| at(day, "dateType").is_some_and(|other| other == kind))
            .and_then(|day| dates::year_first(&at(day, "date")?))
    };
    let year = at(work, "publicationYear").and_then(|year| dates::year_first(&year));
    let same_year = |date: &crate::record::PartialDate| year.is_none_or(|year| year.year == date.year);
    let days = ["Issued", "Available", "Submitted"].into_iter().filter_map(of_type).filter(same_year);
    let exactness = |day: &crate::record::PartialDate| (day.month.is_some(), day.day.is_some());
    // Of equally exact days the first counts.
    let best = days.fold(None, |best: Option<crate::record::PartialDate>, next| match best {
        Some(best) if exactness(&best) >= exactness(&next) => Some(best),
        _ => Some(next),
    });
    best.or(year)
}

fn name(person: &Json) -> Option<PersonName> {
    if at(person, "nameType").is_some_and(|kind| kind == "Organizational") {
        return people::group(&at(person, "name")?);
    }
    match (at(person, "familyName"), at(person, "givenName")) {
        (Some(family), given) => people::of_parts(&family, &given.unwrap_or_default(), "", ""),
        (None, _) => people::person_or_group(&at(person, "name")?),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_poster_is_a_presentation_and_a_dataset_a_publication() {
        let work = |kind: &str, special: &str| {
            json!({"id": "10.5555/z", "attributes": {"doi": "10.5555/z", "titles": [{"title": "Times"}],
            "creators": [{"name": "Rao, Priya", "nameType": "Personal", "givenName": "Priya", "familyName": "Rao"}, {"name": "Spine Lab", "nameType": "Organizational"}],
            "publisher": "Zenodo", "publicationYear": 2024, "types": {"resourceTypeGeneral": kind, "resourceType": special}, "dates": [{"date": "2024-02-02", "dateType": "Issued"}]}})
        };
        let drafts = read(&json!({"data": [work("Dataset", ""), work("Text", "Poster")]}));
        assert_eq!((drafts[0].get_text("type"), drafts[0].get_text("publisher")), (Some("dataset"), Some("Zenodo")));
        assert_eq!((drafts[1].kind, drafts[1].get_text("type")), (Kind::Presentations, Some("poster")));
        assert_eq!(drafts[0].names("authors").len(), 2);
        let drafts = read(&json!({"data": [work("Image", "Figure")]}));
        assert_eq!((drafts[0].get_text("type"), drafts[0].doubts()[0].field), (Some("other"), "type"));
    }

    #[test]
    fn the_most_exact_day_of_the_year_counts() {
        let work = json!({"publicationYear": 2024, "dates": [{"date": "2024-01-15T10:00:00Z", "dateType": "Submitted"}, {"date": "2024-01", "dateType": "Available"}]});
        assert_eq!(day(&work).map(|day| day.to_string()).as_deref(), Some("2024-01-15"));
    }
}
