//! Publications as CSL-JSON (CSL 1.0.2, appendix IV), for citing and for export.

use std::borrow::Borrow;

use serde_json::{Map, Value, json};

use crate::portfolio::{Contributor, PersonName, Publication};
use crate::record::PartialDate;
use crate::record::vocabulary::{PublicationStatus, PublicationType};

/// Returns the CSL-JSON item of a publication.
///
/// Dates are single days, months or years, never spans. A work that has not appeared has no
/// `issued`, and its state in `status`; one that is ahead of print is issued on that day.
pub fn item(publication: &Publication) -> Value {
    let mut fields = Map::with_capacity(24);
    fields.insert("id".into(), publication.shared.id.clone().into());
    fields.insert("type".into(), csl_type(publication.kind).into());
    fields.insert("title".into(), publication.shared.title.clone().into());
    names(&mut fields, "author", &publication.authors);
    names(&mut fields, "editor", &publication.editors);
    dates(&mut fields, publication);
    venue(&mut fields, publication);
    identifiers(&mut fields, publication);
    text(&mut fields, "status", status(publication.status));
    text(&mut fields, "language", publication.language.as_deref());
    text(&mut fields, "original-title", publication.title_original.as_deref());
    text(&mut fields, "abstract", publication.abstract_text.as_deref());
    if !publication.keywords.is_empty() {
        fields.insert("keyword".into(), publication.keywords.join(", ").into());
    }
    Value::Object(fields)
}

/// Returns the items of several publications, in their order: a CSL-JSON file.
pub fn items<P: Borrow<Publication>>(publications: &[P]) -> Value {
    Value::Array(publications.iter().map(|publication| item(publication.borrow())).collect())
}

fn csl_type(kind: PublicationType) -> &'static str {
    match kind {
        PublicationType::JournalArticle | PublicationType::JournalAbstract => "article-journal",
        PublicationType::ConferencePaper => "paper-conference",
        PublicationType::Preprint => "article",
        PublicationType::Book => "book",
        PublicationType::BookChapter => "chapter",
        PublicationType::Report => "report",
        PublicationType::Thesis => "thesis",
        PublicationType::Online => "webpage",
        PublicationType::Dataset => "dataset",
        PublicationType::Software => "software",
        PublicationType::Other => "document",
    }
}

fn status(status: PublicationStatus) -> Option<&'static str> {
    match status {
        PublicationStatus::InPreparation => Some("in preparation"),
        PublicationStatus::Submitted => Some("submitted"),
        PublicationStatus::UnderReview => Some("under review"),
        PublicationStatus::Revision => Some("in revision"),
        PublicationStatus::Accepted => Some("accepted"),
        PublicationStatus::InPress => Some("in press"),
        PublicationStatus::Withdrawn => Some("withdrawn"),
        PublicationStatus::Epub | PublicationStatus::Published | PublicationStatus::Retracted => None,
    }
}

fn dates(fields: &mut Map<String, Value>, publication: &Publication) {
    let dates = &publication.dates;
    if status(publication.status).is_none()
        && let Some(issued) = dates.published.or(dates.epub)
    {
        fields.insert("issued".into(), date(issued));
    }
    if let Some(submitted) = dates.submitted {
        fields.insert("submitted".into(), date(submitted));
    }
    if let Some(accessed) = dates.accessed {
        fields.insert("accessed".into(), date(accessed));
    }
}

fn date(date: PartialDate) -> Value {
    let mut parts = vec![json!(date.year)];
    parts.extend(date.month.map(|month| json!(month)));
    parts.extend(date.day.map(|day| json!(day)));
    json!({ "date-parts": [parts] })
}

fn venue(fields: &mut Map<String, Value>, publication: &Publication) {
    let venue = &publication.venue;
    let container = match publication.kind {
        PublicationType::Online => venue.website.as_ref().or(venue.journal.as_ref()),
        PublicationType::BookChapter | PublicationType::ConferencePaper => {
            venue.book_title.as_ref().or(venue.journal.as_ref())
        }
        _ => venue.journal.as_ref().or(venue.book_title.as_ref()),
    };
    text(fields, "container-title", container.map(String::as_str));
    if container.is_some() && container == venue.journal.as_ref() {
        text(fields, "container-title-short", venue.journal_abbr.as_deref());
    }
    text(fields, "volume", venue.volume.as_deref());
    text(fields, "issue", venue.issue.as_deref());
    text(fields, "page", venue.pages.as_deref());
    text(fields, "edition", venue.edition.as_deref());
    text(fields, "publisher", venue.publisher.as_deref().or(venue.server.as_deref()));
    text(fields, "publisher-place", venue.place.as_deref());
    text(fields, "genre", venue.genre.as_deref().or(genre(publication.kind)));
    let arxiv = publication.identifiers.arxiv.as_deref().filter(|_| publication.kind == PublicationType::Preprint);
    text(fields, "number", venue.number.as_deref().or(arxiv));
    text(fields, "version", venue.version.as_deref());
    text(fields, "collection-title", venue.series.as_deref());
    text(fields, "collection-number", venue.series_number.as_deref());
    text(fields, "event-title", venue.event.as_deref());
    text(fields, "event-place", venue.event_place.as_deref());
}

fn genre(kind: PublicationType) -> Option<&'static str> {
    match kind {
        PublicationType::JournalAbstract => Some("abstract"),
        PublicationType::Preprint => Some("preprint"),
        _ => None,
    }
}

fn identifiers(fields: &mut Map<String, Value>, publication: &Publication) {
    let identifiers = &publication.identifiers;
    text(fields, "DOI", identifiers.doi.as_deref());
    text(fields, "PMID", identifiers.pmid.as_deref());
    text(fields, "PMCID", identifiers.pmcid.as_deref());
    text(fields, "ISBN", identifiers.isbn.as_deref());
    text(fields, "ISSN", identifiers.issn.as_deref());
    let arxiv = identifiers.arxiv.as_ref().map(|id| format!("https://arxiv.org/abs/{id}"));
    text(fields, "URL", publication.shared.url.as_deref().or(arxiv.as_deref()));
}

fn names(fields: &mut Map<String, Value>, key: &str, people: &[Contributor]) {
    if !people.is_empty() {
        fields.insert(key.into(), people.iter().map(|person| name(&person.name)).collect());
    }
}

fn name(name: &PersonName) -> Value {
    let mut parts = Map::with_capacity(4);
    if let Some(literal) = &name.literal {
        parts.insert("literal".into(), literal.clone().into());
        return Value::Object(parts);
    }
    // A particle with a capital is never parted from the family name, and `de'` keeps its blank.
    if name.particle.starts_with(char::is_uppercase) || matches!(name.particle.as_str(), "de'" | "de’") {
        parts.insert("family".into(), format!("{} {}", name.particle, name.family).into());
    } else {
        text(&mut parts, "non-dropping-particle", Some(&name.particle));
        text(&mut parts, "family", Some(&name.family));
    }
    text(&mut parts, "given", Some(&name.given));
    text(&mut parts, "suffix", Some(&name.suffix));
    Value::Object(parts)
}

fn text(fields: &mut Map<String, Value>, key: &str, value: Option<&str>) {
    if let Some(value) = value.filter(|value| !value.trim().is_empty()) {
        fields.insert(key.into(), value.into());
    }
}
