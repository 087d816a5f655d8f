//! JSON Resume (schema v1.0.0): publications, and the rest of the résumé as training, awards, service and projects.

use serde_json::Value as Json;

use super::json::{at, items, texts};
use super::{dates, people, talks};
use crate::exchange::draft::{Draft, Value};
use crate::portfolio::PersonName;
use crate::record::vocabulary::Kind;

/// Tells whether an object is a résumé.
pub(in crate::exchange) fn is_resume(json: &Json) -> bool {
    let schema = at(json, "$schema").is_some_and(|schema| schema.contains("resume"));
    let parts = ["work", "education", "publications", "awards", "skills", "volunteer"];
    schema || (json.get("basics").is_some_and(Json::is_object) && parts.iter().any(|part| json.get(part).is_some()))
}

/// Returns the owner's name.
pub(in crate::exchange) fn owner(json: &Json) -> Option<PersonName> {
    people::person(&at(json.get("basics")?, "name")?)
}

/// Reads every part that has a kind of record.
pub(in crate::exchange) fn read(json: &Json) -> Vec<Draft> {
    let part = |name: &str| items(json.get(name)).iter();
    let mut drafts: Vec<Draft> = part("publications").map(publication).collect();
    drafts.extend(part("work").map(|work| training(work, "employment")));
    drafts.extend(part("education").map(education));
    drafts.extend(part("awards").map(award));
    drafts.extend(part("certificates").map(certificate));
    drafts.extend(part("volunteer").map(volunteer));
    drafts.extend(part("presentations").chain(part("talks")).map(presentation));
    drafts.extend(part("teaching").map(teaching));
    drafts
}

/// Returns what a résumé has beside and that has no place among the records.
pub(in crate::exchange) fn left_out(json: &Json) -> Vec<(String, usize)> {
    let parts = ["projects", "skills", "languages", "interests", "references", "portfolio"];
    let counts = parts.iter().map(|part| ((*part).to_owned(), items(json.get(part)).len()));
    counts.filter(|(_, count)| *count > 0).collect()
}

fn publication(one: &Json) -> Draft {
    // People list posters among their publications, and say so behind the title.
    let name = at(one, "name").unwrap_or_default();
    if let Some((_, words)) = name.strip_suffix(')').and_then(|name| name.rsplit_once(" ("))
        && talks::kind(words).is_some()
    {
        return presentation(one);
    }
    let mut draft = Draft::new(Kind::Publications);
    draft.unsure("type", "is a guess: a résumé does not say what a work is");
    draft.title(&at(one, "name").unwrap_or_default());
    draft.unsure("authors", "are not in the résumé: you are one of them");
    draft.text_of("journal", at(one, "publisher"));
    draft.date("date", at(one, "releaseDate").and_then(|day| dates::year_first(&day)));
    let address = at(one, "url").or_else(|| at(one, "website")).unwrap_or_default();
    draft.url(&address);
    draft.text_of("summary", at(one, "summary"));
    draft
}

/// A talk; academicpages' `cv.json` has a part of its own for them.
fn presentation(one: &Json) -> Draft {
    let mut draft = Draft::new(Kind::Presentations);
    let name = at(one, "name").or_else(|| at(one, "title")).unwrap_or_default();
    let (title, words) = match name.strip_suffix(')').and_then(|name| name.rsplit_once(" (")) {
        Some((title, words)) if talks::kind(words).is_some() => (title.to_owned(), words.to_owned()),
        _ => (name, at(one, "type").unwrap_or_default()),
    };
    talks::set_kind(&mut draft, &words);
    draft.title(&title);
    draft.unsure("authors", "are not in the résumé: you are one of them");
    draft.text_of("event", ["event", "venue", "publisher"].iter().find_map(|field| at(one, field)));
    draft.text_of("place", at(one, "location"));
    draft.date("date", ["date", "releaseDate"].iter().find_map(|field| dates::year_first(&at(one, field)?)));
    draft.url(&at(one, "url").unwrap_or_default());
    draft.text_of("summary", at(one, "summary").or_else(|| at(one, "description")));
    draft
}

fn teaching(one: &Json) -> Draft {
    let mut draft = Draft::new(Kind::Teaching);
    draft.set("kind", Value::Text("course".to_owned()));
    draft.unsure("kind", "is a guess: the file says only that it is teaching");
    draft.title(&["course", "name", "title"].iter().find_map(|field| at(one, field)).unwrap_or_default());
    draft.text_of("organization", ["institution", "organization"].iter().find_map(|field| at(one, field)));
    draft.date("start", ["date", "startDate"].iter().find_map(|field| dates::in_words(&at(one, field)?)));
    draft.date("end", at(one, "endDate").and_then(|day| dates::in_words(&day)));
    draft
}

fn span(draft: &mut Draft, one: &Json) {
    for (field, key) in [("start", "startDate"), ("end", "endDate")] {
        draft.date(field, at(one, key).and_then(|day| dates::in_words(&day)));
    }
}

fn summary(one: &Json) -> String {
    let mut parts: Vec<String> = at(one, "summary").into_iter().collect();
    parts.extend(texts(one.get("highlights")));
    parts.join("; ")
}

fn training(one: &Json, kind: &str) -> Draft {
    let mut draft = Draft::new(Kind::Training);
    draft.set("kind", Value::Text(kind.to_owned()));
    let organization = at(one, "name").or_else(|| at(one, "company"));
    draft.title(&at(one, "position").or_else(|| organization.clone()).unwrap_or_default());
    draft.text_of("organization", organization);
    draft.text_of("place", at(one, "location"));
    span(&mut draft, one);
    draft.text("summary", &summary(one));
    draft.url(&at(one, "url").or_else(|| at(one, "website")).unwrap_or_default());
    draft
}

fn education(one: &Json) -> Draft {
    let mut draft = Draft::new(Kind::Training);
    draft.set("kind", Value::Text("degree".to_owned()));
    let parts = [at(one, "studyType"), at(one, "area")];
    let title = parts.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let organization = at(one, "institution");
    draft.title(if title.is_empty() { organization.as_deref().unwrap_or_default() } else { &title });
    draft.text_of("organization", organization);
    span(&mut draft, one);
    draft.text_of("honors", at(one, "score").or_else(|| at(one, "gpa")));
    draft.url(&at(one, "url").unwrap_or_default());
    draft
}

fn award(one: &Json) -> Draft {
    let mut draft = Draft::new(Kind::Awards);
    draft.title(&at(one, "title").unwrap_or_default());
    draft.text_of("by", at(one, "awarder"));
    draft.date("date", at(one, "date").and_then(|day| dates::in_words(&day)));
    draft.text("summary", &summary(one));
    draft
}

fn certificate(one: &Json) -> Draft {
    let mut draft = Draft::new(Kind::Training);
    draft.set("kind", Value::Text("certification".to_owned()));
    draft.title(&at(one, "name").unwrap_or_default());
    draft.text_of("organization", at(one, "issuer"));
    draft.date("date", at(one, "date").and_then(|day| dates::in_words(&day)));
    draft.url(&at(one, "url").unwrap_or_default());
    draft
}

fn volunteer(one: &Json) -> Draft {
    let mut draft = Draft::new(Kind::Service);
    draft.set("kind", Value::Text("volunteering".to_owned()));
    let organization = at(one, "organization");
    draft.title(&at(one, "position").or_else(|| organization.clone()).unwrap_or_default());
    draft.text_of("organization", organization);
    span(&mut draft, one);
    draft.text("summary", &summary(one));
    draft.url(&at(one, "url").or_else(|| at(one, "website")).unwrap_or_default());
    draft
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_part_of_a_resume_has_its_kind() {
        let drafts = read(
            &json!({"basics": {"name": "Priya Rao"}, "work": [{"name": "Lakemoor", "position": "Resident", "startDate": "2024-07-01"}],
            "awards": [{"title": "Prize", "date": "2025"}], "volunteer": [{"organization": "Clinic", "position": "Helper"}]}),
        );
        assert_eq!(
            drafts.iter().map(|draft| draft.kind).collect::<Vec<_>>(),
            [Kind::Training, Kind::Awards, Kind::Service]
        );
    }

    #[test]
    fn what_has_no_place_is_counted_and_a_poster_is_no_paper() {
        let resume = json!({"basics": {"name": "Priya Rao"}, "projects": [{"name": "a"}, {"name": "b"}],
            "publications": [{"name": "Reading Rooms (poster)", "publisher": "RSNA 2023"}]});
        assert_eq!(left_out(&resume), [("projects".to_owned(), 2)]);
        let drafts = read(&resume);
        assert_eq!((drafts[0].get_text("title"), drafts[0].get_text("type")), (Some("Reading Rooms"), Some("poster")));
    }
}
