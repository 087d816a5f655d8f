//! JSON Resume (schema v1.0.0, jsonresume.org/schema): the public record as a résumé for other tools.

use serde_json::{Map, Value, json};

use super::title::plain;
use crate::portfolio::{PublicPortfolio, Publication};
use crate::record::PartialDate;
use crate::record::vocabulary::{PublicationType, ServiceKind, TrainingKind};

/// Returns the résumé; parts that would be empty are absent.
pub fn resume(portfolio: &PublicPortfolio) -> Value {
    use TrainingKind::{
        Certification, Course, Degree, Employment, Exam, Fellowship, Internship, Licence, Research, Residency,
    };
    let mut resume = Map::new();
    let schema = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json";
    resume.insert("$schema".into(), schema.into());
    resume.insert("basics".into(), basics(portfolio));
    let mut add = |part: &str, entries: Vec<Value>| {
        if !entries.is_empty() {
            resume.insert(part.to_owned(), Value::Array(entries));
        }
    };
    let of_kinds = |kinds: &[TrainingKind]| {
        let kinds = kinds.to_vec();
        portfolio.training.iter().filter(move |training| kinds.contains(&training.kind))
    };
    let work = of_kinds(&[Residency, Internship, Fellowship, Research, Employment]).map(|training| {
        object(&[
            ("name", training.organization.as_deref()),
            ("position", Some(&plain(&training.shared.title))),
            ("location", training.place.as_deref()),
            ("url", training.shared.url.as_deref()),
            ("startDate", day(training.start.or(training.shared.date)).as_deref()),
            ("endDate", day(training.end).as_deref()),
            ("summary", training.shared.summary.as_deref()),
        ])
    });
    add("work", work.collect());
    let volunteer = portfolio.service.iter().map(|service| {
        object(&[
            ("organization", service.organization.as_deref()),
            ("position", Some(&position(service.kind, &service.shared.title))),
            ("url", service.shared.url.as_deref()),
            ("startDate", day(service.start.or(service.shared.date)).as_deref()),
            ("endDate", day(service.end).as_deref()),
            ("summary", service.shared.summary.as_deref()),
        ])
    });
    add("volunteer", volunteer.collect());
    let education = of_kinds(&[Degree, Course]).map(|training| {
        object(&[
            ("institution", training.organization.as_deref()),
            ("studyType", Some(&plain(&training.shared.title))),
            ("url", training.shared.url.as_deref()),
            ("startDate", day(training.start).as_deref()),
            ("endDate", day(training.end.or(training.shared.date)).as_deref()),
            ("score", training.honors.as_deref()),
        ])
    });
    add("education", education.collect());
    let awards = portfolio.awards.iter().map(|award| {
        object(&[
            ("title", Some(&plain(&award.shared.title))),
            ("awarder", award.by.as_deref()),
            ("date", day(award.shared.date).as_deref()),
            ("summary", award.shared.summary.as_deref().or(award.for_words.as_deref())),
        ])
    });
    add("awards", awards.collect());
    let certificates = of_kinds(&[Certification, Licence, Exam]).map(|training| {
        object(&[
            ("name", Some(&plain(&training.shared.title))),
            ("issuer", training.organization.as_deref()),
            ("date", day(training.shared.date.or(training.end).or(training.start)).as_deref()),
            ("url", training.shared.url.as_deref()),
        ])
    });
    add("certificates", certificates.collect());
    add("publications", portfolio.publications.iter().map(|work| publication(work)).collect());
    let languages = portfolio.owner.languages.iter().map(|language| object(&[("language", Some(language))]));
    add("languages", languages.collect());
    let projects = portfolio.projects.iter().map(|project| object(&[("name", Some(&plain(&project.shared.title)))]));
    add("projects", projects.collect());
    Value::Object(resume)
}

fn basics(portfolio: &PublicPortfolio) -> Value {
    let owner = &portfolio.owner;
    let label = owner.headline.as_deref().or(owner.programme.specialty.as_deref());
    let mut basics = object(&[
        ("name", Some(&owner.display_name)),
        ("label", label),
        ("email", owner.email.as_deref()),
        ("url", portfolio.settings.base_url.as_deref()),
        ("summary", owner.theme_of_work.summary.as_deref()),
    ]);
    let Some(fields) = basics.as_object_mut() else { return basics };
    if let Some(place) = &owner.location {
        fields.insert("location".into(), json!({ "city": place }));
    }
    let ids = &owner.ids;
    let profiles = [
        ("ORCID", &ids.orcid, "https://orcid.org/"),
        ("GitHub", &ids.github, "https://github.com/"),
        ("LinkedIn", &ids.linkedin, "https://www.linkedin.com/in/"),
        ("Google Scholar", &ids.google_scholar, "https://scholar.google.com/citations?user="),
    ];
    let profiles = profiles.into_iter().filter_map(|(network, id, address)| {
        let id = id.as_ref()?;
        let url = if id.starts_with("http") { id.clone() } else { format!("{address}{id}") };
        Some(json!({ "network": network, "username": id, "url": url }))
    });
    let profiles: Vec<Value> = profiles.collect();
    if !profiles.is_empty() {
        fields.insert("profiles".into(), profiles.into());
    }
    basics
}

fn publication(work: &Publication) -> Value {
    let venue = &work.venue;
    let publisher = match work.kind {
        PublicationType::BookChapter | PublicationType::ConferencePaper => {
            venue.book_title.as_ref().or(venue.publisher.as_ref())
        }
        PublicationType::Preprint => venue.server.as_ref(),
        _ => venue.journal.as_ref().or(venue.publisher.as_ref()).or(venue.website.as_ref()),
    };
    let doi = work.identifiers.doi.as_ref().map(|doi| format!("https://doi.org/{doi}"));
    object(&[
        ("name", Some(&plain(&work.shared.title))),
        ("publisher", publisher.map(String::as_str)),
        ("releaseDate", day(work.sort_date()).as_deref()),
        ("url", doi.as_deref().or(work.shared.url.as_deref())),
        ("summary", work.shared.summary.as_deref()),
    ])
}

fn position(kind: ServiceKind, title: &str) -> String {
    let title = plain(title);
    if title.is_empty() { kind.as_str().replace('-', " ") } else { title }
}

/// The schema takes a year, a month or a day.
fn day(date: Option<PartialDate>) -> Option<String> {
    date.map(|date| date.to_string())
}

fn object(fields: &[(&str, Option<&str>)]) -> Value {
    let known = fields.iter().filter_map(|(field, value)| {
        Some(((*field).to_owned(), Value::from(value.filter(|text| !text.trim().is_empty())?)))
    });
    Value::Object(known.collect())
}
