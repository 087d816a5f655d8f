//! RenderCV (schema of version 2): `cv: {name, sections: {…}}`, whose sections hold entries of nine types.

use serde_json::Value as Json;

use super::json::{at, items, texts};
use super::{citation, dates, people, talks};
use crate::exchange::draft::{Draft, Value, one_line};
use crate::portfolio::PersonName;
use crate::record::PartialDate;
use crate::record::vocabulary::{Kind, PresentationType, PublicationStatus, PublicationType};

/// Tells whether a map is a CV.
pub(in crate::exchange) fn is_cv(json: &Json) -> bool {
    json.get("cv").is_some_and(|cv| cv.get("sections").is_some() || cv.get("name").is_some())
}

/// Returns the owner's name.
pub(in crate::exchange) fn owner(json: &Json) -> Option<PersonName> {
    people::person(&at(json.get("cv")?, "name")?)
}

/// Reads every entry that has a kind of record.
pub(in crate::exchange) fn read(json: &Json) -> Vec<Draft> {
    let sections = json.get("cv").and_then(|cv| cv.get("sections")).and_then(Json::as_object);
    let mut drafts = Vec::new();
    for (name, entries) in sections.into_iter().flatten() {
        let name = name.to_lowercase().replace('_', " ");
        drafts.extend(items(Some(entries)).iter().filter_map(|entry| draft(&name, entry)));
    }
    drafts
}

/// Returns the sections whose entries have no kind of record, with how many there are.
pub(in crate::exchange) fn left_out(json: &Json) -> Vec<(String, usize)> {
    let sections = json.get("cv").and_then(|cv| cv.get("sections")).and_then(Json::as_object);
    let counts = sections.into_iter().flatten().map(|(name, entries)| {
        let words = name.to_lowercase().replace('_', " ");
        let lost = items(Some(entries)).iter().filter(|entry| draft(&words, entry).is_none());
        (name.clone(), lost.count())
    });
    counts.filter(|(_, count)| *count > 0).collect()
}

fn draft(section: &str, entry: &Json) -> Option<Draft> {
    let about = |words: &[&str]| words.iter().any(|word| section.contains(word));
    if entry.get("authors").is_some() || (entry.get("title").is_some() && about(&["publication", "paper"])) {
        return Some(if about(&["presentation", "talk", "poster"]) {
            talk(section, entry)
        } else {
            publication(section, entry)
        });
    }
    if entry.get("institution").is_some() {
        return Some(education(entry));
    }
    if entry.get("company").is_some() {
        let kind = if about(&["volunteer", "service", "leadership"]) { Kind::Service } else { Kind::Training };
        return Some(experience(kind, section, entry));
    }
    if about(&["award", "honor", "honour", "prize"]) {
        return Some(award(entry));
    }
    if about(&["presentation", "talk", "poster"]) {
        return Some(talk(section, entry));
    }
    if about(&["conference", "meeting"]) && label(entry).is_some_and(|words| talks::kind(&words).is_some()) {
        return Some(talk(section, entry));
    }
    if about(&["research"]) && entry.is_object() {
        return Some(of_kind(Kind::Training, "research", entry));
    }
    if about(&["certific", "licen"]) {
        return Some(certificate(entry));
    }
    if about(&["grant", "funding"]) {
        let mut draft = Draft::new(Kind::Grants);
        draft.title(&label(entry)?);
        draft.set("status", Value::Text("awarded".to_owned()));
        let (start, end) = span(entry);
        draft.date("start", start);
        draft.date("end", end);
        return Some(draft);
    }
    if about(&["teaching"]) {
        return Some(of_kind(Kind::Teaching, "course", entry));
    }
    if about(&["service", "volunteer", "leadership", "membership", "committee"]) {
        let kind = if about(&["volunteer"]) {
            "volunteering"
        } else if about(&["member"]) {
            "membership"
        } else {
            "leadership"
        };
        return Some(of_kind(Kind::Service, kind, entry));
    }
    None
}

/// The words of an entry of one line, with Markdown's marks and links taken out.
fn label(entry: &Json) -> Option<String> {
    let text = if let Json::String(text) = entry {
        text.clone()
    } else {
        let fields = ["name", "title", "award", "bullet", "reversed_number", "number"];
        let labelled = || {
            let label = at(entry, "label")?;
            Some(at(entry, "details").map_or(label.clone(), |details| format!("{label}: {details}")))
        };
        fields.iter().find_map(|field| at(entry, field)).or_else(labelled)?
    };
    Some(plain(&text))
}

pub(in crate::exchange) fn plain(markdown: &str) -> String {
    let mut out = String::new();
    let mut rest = markdown;
    while let Some(at) = rest.find('[') {
        let link = rest[at..].find("](").and_then(|middle| Some((middle, rest[at + middle..].find(')')?)));
        let Some((middle, end)) = link else { break };
        out.push_str(&rest[..at]);
        out.push_str(&rest[at + 1..at + middle]);
        rest = &rest[at + middle + end + 1..];
    }
    out.push_str(rest);
    one_line(&out.replace("**", "").replace("__", "").replace('*', ""))
}

fn day(entry: &Json, field: &str) -> Option<PartialDate> {
    at(entry, field).and_then(|day| dates::in_words(&day))
}

fn span(entry: &Json) -> (Option<PartialDate>, Option<PartialDate>) {
    let words = at(entry, "date").unwrap_or_default();
    let mut parts = words.split(['–', '—']).map(str::trim);
    let start = day(entry, "start_date").or_else(|| dates::in_words(parts.next()?));
    let end = day(entry, "end_date").or_else(|| dates::in_words(parts.next()?));
    (start, end)
}

fn publication(section: &str, entry: &Json) -> Draft {
    let mut draft = Draft::new(Kind::Publications);
    let words = format!("{section} {}", at(entry, "journal").unwrap_or_default()).to_lowercase();
    if words.contains("preprint") || words.contains("rxiv") {
        draft.set_type(PublicationType::Preprint);
    } else if words.contains("conference") || words.contains("proceedings") {
        draft.set_type(PublicationType::ConferencePaper);
    } else if words.contains("chapter") {
        draft.set_type(PublicationType::BookChapter);
    } else {
        draft.unsure("type", "is a guess: RenderCV does not say what a work is");
    }
    draft.title(&plain(&at(entry, "title").or_else(|| at(entry, "name")).unwrap_or_default()));
    let names = texts(entry.get("authors"));
    draft.people("authors", names.iter().filter_map(|name| people::person_or_group(&plain(name))).collect());
    let journal = at(entry, "journal").map(|journal| plain(&journal));
    // `Radiology, 310(3)`: what begins with a digit is no part of the name.
    let (journal, numbers) = match journal.as_deref().and_then(|journal| journal.split_once(", ")) {
        Some((name, rest)) if rest.starts_with(|c: char| c.is_ascii_digit()) => {
            (Some(name.to_owned()), Some(rest.to_owned()))
        }
        _ => (journal, None),
    };
    let field = match draft.publication_type() {
        PublicationType::Preprint => "server",
        PublicationType::JournalArticle => "journal",
        _ => "book_title",
    };
    draft.text_of(field, journal);
    draft.date("date", day(entry, "date"));
    citation::numbers(&mut draft, &numbers.unwrap_or_default());
    if let Some(doi) = at(entry, "doi") {
        draft.identifier("doi", &doi);
    }
    draft.url(&at(entry, "url").unwrap_or_default());
    let words = format!("{} {}", at(entry, "date").unwrap_or_default(), section).to_lowercase();
    for (word, status) in [
        ("submitted", PublicationStatus::Submitted),
        ("in press", PublicationStatus::InPress),
        ("under review", PublicationStatus::UnderReview),
        ("accepted", PublicationStatus::Accepted),
    ] {
        if words.contains(word) {
            draft.set_status(status);
        }
    }
    draft
}

fn talk(section: &str, entry: &Json) -> Draft {
    let mut draft = Draft::new(Kind::Presentations);
    let kind = if section.contains("poster") { PresentationType::Poster } else { PresentationType::Oral };
    draft.set("type", Value::Text(kind.as_str().to_owned()));
    draft.unsure("type", "is a guess from the name of the section");
    draft.title(&label(entry).unwrap_or_default());
    let names = texts(entry.get("authors"));
    draft.people("authors", names.iter().filter_map(|name| people::person_or_group(&plain(name))).collect());
    if !draft.has("authors") {
        draft.unsure("authors", "are not in the CV: you are one of them");
    }
    draft.text_of("event", at(entry, "journal").or_else(|| at(entry, "summary")));
    draft.text_of("place", at(entry, "location"));
    draft.date("date", day(entry, "date").or(span(entry).0).or_else(|| dates::in_words(&label(entry)?)));
    draft.url(&at(entry, "url").unwrap_or_default());
    draft
}

fn education(entry: &Json) -> Draft {
    let mut draft = Draft::new(Kind::Training);
    draft.set("kind", Value::Text("degree".to_owned()));
    let title = [at(entry, "degree"), at(entry, "area")].into_iter().flatten().collect::<Vec<_>>().join(", ");
    let organization = at(entry, "institution").map(|name| plain(&name));
    draft.title(&if title.is_empty() { organization.clone().unwrap_or_default() } else { plain(&title) });
    finish(&mut draft, entry, organization);
    draft
}

fn experience(kind: Kind, section: &str, entry: &Json) -> Draft {
    let mut draft = Draft::new(kind);
    let organization = at(entry, "company").map(|name| plain(&name));
    let title = at(entry, "position").map(|title| plain(&title)).or_else(|| organization.clone()).unwrap_or_default();
    let lower = title.to_lowercase();
    let word = match kind {
        Kind::Service if section.contains("volunteer") => "volunteering",
        Kind::Service => "leadership",
        _ if lower.contains("resident") => "residency",
        _ if lower.contains("intern") => "internship",
        _ if lower.contains("fellow") => "fellowship",
        _ if section.contains("research") || lower.contains("research") => "research",
        _ => "employment",
    };
    draft.set("kind", Value::Text(word.to_owned()));
    if !matches!(word, "employment" | "volunteering") {
        draft.unsure("kind", "is a guess from the words of the entry");
    }
    draft.title(&title);
    finish(&mut draft, entry, organization);
    draft
}

fn finish(draft: &mut Draft, entry: &Json, organization: Option<String>) {
    draft.text_of("organization", organization);
    if draft.kind == Kind::Training {
        draft.text_of("place", at(entry, "location"));
    }
    let (start, end) = span(entry);
    draft.date("start", start);
    draft.date("end", end);
    let mut words: Vec<String> = at(entry, "summary").into_iter().collect();
    words.extend(texts(entry.get("highlights")));
    draft.text("summary", &plain(&words.join("; ")));
}

fn award(entry: &Json) -> Draft {
    let mut draft = Draft::new(Kind::Awards);
    let details = at(entry, "details").map(|details| plain(&details));
    match (at(entry, "label"), &details) {
        (Some(label), Some(details)) => {
            draft.title(&plain(&label));
            let parts = details.split(", ").filter(|part| !part.chars().any(|c| c.is_ascii_digit()));
            let by = parts.collect::<Vec<_>>().join(", ");
            if !by.is_empty() {
                draft.text("by", &by);
                draft.unsure("by", "is read from the words of the CV");
            }
        }
        _ => draft.title(&label(entry).unwrap_or_default()),
    }
    let words = details.or_else(|| label(entry));
    draft.date("date", day(entry, "date").or_else(|| dates::in_words(&words?)));
    draft.text_of("summary", at(entry, "summary").map(|text| plain(&text)));
    if !draft.has("by") {
        draft.unsure("by", "is not in the CV: who gave it");
    }
    draft
}

fn certificate(entry: &Json) -> Draft {
    let mut draft = of_kind(Kind::Training, "certification", entry);
    if let Some(Value::Date(start)) = draft.remove("start") {
        draft.date("date", Some(start));
    }
    draft
}

fn of_kind(kind: Kind, word: &str, entry: &Json) -> Draft {
    let mut draft = Draft::new(kind);
    draft.set("kind", Value::Text(word.to_owned()));
    draft.unsure("kind", "is a guess from the name of the section");
    draft.title(&label(entry).unwrap_or_default());
    finish(&mut draft, entry, None);
    draft
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_become_records_by_their_fields_and_section() {
        let text = "cv:\n  name: Priya Rao\n  sections:\n    publications:\n      - title: Flow voids\n        authors: ['*Priya Rao*', Zainab Quist]\n        doi: 10.5555/a\n        journal: Spine\n        date: 2024-05\n    education:\n      - institution: Ife-Oke\n        area: Medicine\n        degree: MBBS\n        start_date: 2010-09\n        end_date: present\n    honors:\n      - bullet: 'Prize, 2020'\n    invited_talks:\n      - reversed_number: Reading at night (2025)\n";
        let json = super::super::front::yaml(text).expect("YAML");
        let drafts = read(&json);
        assert_eq!(
            drafts.iter().map(|draft| draft.kind).collect::<Vec<_>>(),
            [Kind::Publications, Kind::Training, Kind::Awards, Kind::Presentations]
        );
        assert_eq!(drafts[0].names("authors").len(), 2);
        assert_eq!(drafts[2].get_date("date").map(|date| date.year), Some(2020));
    }

    #[test]
    fn marks_and_links_are_taken_out_of_words() {
        assert_eq!(plain("**Best** [poster](https://rao.example/p) *2020*"), "Best poster 2020");
    }
}
