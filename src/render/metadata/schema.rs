//! schema.org: a profile of the owner, and each work with its authors.

use serde_json::{Map, Value, json};

use super::full_address;
use super::highwire::{family_name, first_and_last};
use crate::exchange::title::plain;
use crate::portfolio::{Contributor, PublicPortfolio, Publication};
use crate::record::vocabulary::{PublicationStatus, PublicationType};
use crate::render::links::profiles;

/// Returns a `ProfilePage` about the owner.
pub(super) fn profile(portfolio: &PublicPortfolio) -> Value {
    let owner = &portfolio.owner;
    let mut person = object("Person");
    let home = full_address(portfolio, "index.html");
    put(&mut person, "@id", home.as_ref().map(|home| format!("{home}#person")));
    put(&mut person, "name", Some(owner.display_name.clone()));
    put(&mut person, "alternateName", owner.name_native.clone());
    put(&mut person, "familyName", none_if_empty(&owner.name.family));
    put(&mut person, "givenName", none_if_empty(&owner.name.given));
    put(&mut person, "honorificSuffix", owner.credentials.clone());
    put(&mut person, "jobTitle", owner.headline.clone());
    put(&mut person, "description", owner.theme_of_work.summary.clone());
    put(&mut person, "url", home.clone());
    put(&mut person, "email", owner.email.clone());
    let photo = owner.photo.as_ref().filter(|photo| photo.starts_with("files/"));
    put(&mut person, "image", photo.and_then(|photo| full_address(portfolio, photo)));
    if let Some(institution) = &owner.programme.institution {
        let mut body = object("Organization");
        put(&mut body, "name", Some(institution.clone()));
        put(&mut body, "url", owner.programme.url.clone());
        person.insert("affiliation".to_owned(), Value::Object(body));
    }
    if !owner.languages.is_empty() {
        person.insert("knowsLanguage".to_owned(), json!(owner.languages));
    }
    let areas: Vec<&str> = owner.theme_of_work.areas.iter().map(|area| area.name.as_str()).collect();
    if !areas.is_empty() {
        person.insert("knowsAbout".to_owned(), json!(areas));
    }
    let elsewhere: Vec<String> = profiles(&owner.ids).into_iter().map(|profile| profile.address).collect();
    if !elsewhere.is_empty() {
        person.insert("sameAs".to_owned(), json!(elsewhere));
    }
    let mut page = with_context("ProfilePage");
    put(&mut page, "url", home);
    put(&mut page, "inLanguage", Some(portfolio.settings.language.clone()));
    page.insert("mainEntity".to_owned(), Value::Object(person));
    Value::Object(page)
}

/// Returns a work.
pub(super) fn work(
    portfolio: &PublicPortfolio,
    publication: &Publication,
    page: Option<&str>,
    pdf: Option<&str>,
) -> Value {
    let title = plain(&publication.shared.title);
    let mut work = with_context(kind(publication.kind));
    put(&mut work, "@id", page.map(str::to_owned));
    put(&mut work, "headline", Some(title.clone()));
    put(&mut work, "name", Some(title));
    put(&mut work, "alternativeHeadline", publication.title_original.clone());
    let authors: Vec<Value> = publication.authors.iter().map(|author| person(portfolio, author)).collect();
    work.insert("author".to_owned(), Value::Array(authors));
    if !publication.editors.is_empty() {
        let editors: Vec<Value> = publication.editors.iter().map(|editor| person(portfolio, editor)).collect();
        work.insert("editor".to_owned(), Value::Array(editors));
    }
    let to_come = matches!(publication.status, PublicationStatus::Accepted | PublicationStatus::InPress);
    let date = publication.dates.published.or(publication.dates.epub).filter(|_| !to_come);
    put(&mut work, "datePublished", date.map(|date| date.to_string()));
    let status = match publication.status {
        PublicationStatus::Published => None,
        status => Some(status.as_str().replace('-', " ")),
    };
    put(&mut work, "creativeWorkStatus", status);
    if let Some(container) = container(publication) {
        work.insert("isPartOf".to_owned(), container);
    }
    let pages = publication.venue.pages.as_deref();
    put(&mut work, "pagination", pages.map(str::to_owned));
    if let Some((first, last)) = pages.map(first_and_last) {
        put(&mut work, "pageStart", Some(first));
        put(&mut work, "pageEnd", last);
    }
    if let Some(publisher) = &publication.venue.publisher {
        work.insert("publisher".to_owned(), json!({"@type": "Organization", "name": publisher}));
    }
    put(&mut work, "bookEdition", publication.venue.edition.clone());
    put(&mut work, "version", publication.venue.version.clone());
    put(&mut work, "isbn", publication.identifiers.isbn.clone());
    identifiers(&mut work, publication);
    put(&mut work, "abstract", publication.abstract_text.clone());
    if !publication.keywords.is_empty() {
        work.insert("keywords".to_owned(), json!(publication.keywords));
    }
    let language = publication.language.as_ref().unwrap_or(&portfolio.settings.language);
    put(&mut work, "inLanguage", Some(language.clone()));
    if let Some(open) = publication.open_access {
        work.insert("isAccessibleForFree".to_owned(), json!(open));
    }
    if let Some(pdf) = pdf {
        let encoding = json!({"@type": "MediaObject", "contentUrl": pdf, "encodingFormat": "application/pdf"});
        work.insert("encoding".to_owned(), encoding);
    }
    put(&mut work, "url", page.map(str::to_owned));
    Value::Object(work)
}

fn kind(kind: PublicationType) -> &'static str {
    match kind {
        PublicationType::Book => "Book",
        PublicationType::BookChapter => "Chapter",
        PublicationType::Report => "Report",
        PublicationType::Thesis => "Thesis",
        PublicationType::Dataset => "Dataset",
        PublicationType::Software => "SoftwareSourceCode",
        PublicationType::Online => "Article",
        PublicationType::Other => "CreativeWork",
        _ => "ScholarlyArticle",
    }
}

fn person(portfolio: &PublicPortfolio, author: &Contributor) -> Value {
    if let Some(literal) = &author.name.literal
        && !author.is_self
    {
        return json!({"@type": "Organization", "name": literal});
    }
    let family = family_name(author);
    let name = author.name.literal.clone().unwrap_or_else(|| {
        let parts = [&author.name.given, &family, &author.name.suffix];
        parts.into_iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(" ")
    });
    let mut person = object("Person");
    put(&mut person, "name", Some(name));
    put(&mut person, "familyName", none_if_empty(&family));
    put(&mut person, "givenName", none_if_empty(&author.name.given));
    if author.is_self {
        let home = full_address(portfolio, "index.html");
        put(&mut person, "@id", home.map(|home| format!("{home}#person")));
        let orcid = portfolio.owner.ids.orcid.as_ref();
        put(&mut person, "sameAs", orcid.map(|orcid| format!("https://orcid.org/{orcid}")));
    }
    Value::Object(person)
}

fn container(publication: &Publication) -> Option<Value> {
    let venue = &publication.venue;
    if publication.kind == PublicationType::BookChapter {
        let mut book = object("Book");
        put(&mut book, "name", Some(venue.book_title.clone()?));
        return Some(Value::Object(book));
    }
    let name =
        venue.journal.as_ref().or(venue.book_title.as_ref()).or(venue.server.as_ref()).or(venue.website.as_ref())?;
    let mut whole = object(match (&venue.journal, &venue.book_title) {
        (Some(_), _) => "Periodical",
        (None, Some(_)) => "Book",
        _ => "WebSite",
    });
    put(&mut whole, "name", Some(name.clone()));
    put(&mut whole, "issn", publication.identifiers.issn.clone());
    let mut outer = Value::Object(whole);
    for (kind, key, number) in
        [("PublicationVolume", "volumeNumber", &venue.volume), ("PublicationIssue", "issueNumber", &venue.issue)]
    {
        if let Some(number) = number {
            outer = json!({"@type": kind, key: number, "isPartOf": outer});
        }
    }
    Some(outer)
}

fn identifiers(work: &mut Map<String, Value>, publication: &Publication) {
    let ids = &publication.identifiers;
    let values = [("doi", &ids.doi), ("pmid", &ids.pmid), ("pmcid", &ids.pmcid), ("arXiv", &ids.arxiv)];
    let list: Vec<Value> = values
        .into_iter()
        .filter_map(|(name, id)| {
            id.as_ref().map(|id| json!({"@type": "PropertyValue", "propertyID": name, "value": id}))
        })
        .collect();
    if !list.is_empty() {
        work.insert("identifier".to_owned(), Value::Array(list));
    }
    let addresses: Vec<String> = [
        ids.doi.as_ref().map(|id| format!("https://doi.org/{id}")),
        ids.pmid.as_ref().map(|id| format!("https://pubmed.ncbi.nlm.nih.gov/{id}/")),
        ids.pmcid.as_ref().map(|id| format!("https://pmc.ncbi.nlm.nih.gov/articles/{id}/")),
        ids.arxiv.as_ref().map(|id| format!("https://arxiv.org/abs/{id}")),
        publication.shared.url.clone(),
    ]
    .into_iter()
    .flatten()
    .collect();
    if !addresses.is_empty() {
        work.insert("sameAs".to_owned(), json!(addresses));
    }
}

fn with_context(kind: &str) -> Map<String, Value> {
    let mut map = Map::new();
    map.insert("@context".to_owned(), json!("https://schema.org"));
    map.insert("@type".to_owned(), json!(kind));
    map
}

fn object(kind: &str) -> Map<String, Value> {
    let mut map = Map::new();
    map.insert("@type".to_owned(), json!(kind));
    map
}

fn put(map: &mut Map<String, Value>, key: &str, value: Option<String>) {
    if let Some(value) = value {
        map.insert(key.to_owned(), Value::String(value));
    }
}

fn none_if_empty(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}
