//! JSON Resume (schema v1.0.0): publications, and the rest of the résumé as training, awards, service and projects.

use serde_json::Value as Json;

use super::json::{at, items, texts};
use super::{dates, people};
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
    drafts
}

fn publication(one: &Json) -> Draft {
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
}
