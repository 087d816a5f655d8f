//! HugoBlox (formerly Wowchemy, Academic): `content/publication/*/index.md`, `content/event/*/index.md` (talks), with
//! a `cite.bib` beside a publication where there is one; `authors: [admin]` is the owner.

mod people;

pub(in crate::exchange) use people::People;

use serde_json::Value as Json;

use super::json::{at, items, texts};
use super::{bibtex, citation, dates, markup, rendercv, talks};
use crate::exchange::draft::{Draft, Value, one_line};
use crate::portfolio::{PersonName, same_person};
use crate::record::PartialDate;
use crate::record::vocabulary::{Kind, PublicationType};

/// Tells whether front matter is a publication or a talk of HugoBlox.
pub(in crate::exchange) fn is_page(matter: &Json) -> bool {
    is_publication(matter) || is_talk(matter)
}

fn is_publication(matter: &Json) -> bool {
    matter.get("publication_types").is_some()
        || (matter.get("authors").is_some() && matter.get("publication").is_some())
}

fn is_talk(matter: &Json) -> bool {
    ["event", "event_name", "event_start"].iter().any(|field| at(matter, field).is_some())
}

/// Reads one page; `cite` is the text of the `cite.bib` beside it, and `among_talks` says that it stands in their folder.
pub(in crate::exchange) fn page(
    matter: &Json,
    people: &People,
    cite: Option<&str>,
    among_talks: bool,
) -> Option<Draft> {
    let is_talk = !is_publication(matter) && (among_talks || is_talk(matter));
    let draft = if is_talk { talk(matter, people) } else { publication(matter, people, cite) };
    Some(draft).filter(|draft| draft.has("title"))
}

fn names(draft: &mut Draft, matter: &Json, people: &People) -> Vec<PersonName> {
    let mut names: Vec<PersonName> = Vec::new();
    for written in texts(matter.get("authors")) {
        // A folder's name stands for the person: `wei-xiong`.
        let is_slug =
            !written.contains(' ') && written.is_ascii() && !written.contains(|c: char| c.is_ascii_uppercase());
        let name = match people.named(&written) {
            Some(name) if is_slug => Some(name.clone()),
            _ if matches!(written.as_str(), "admin" | "me") => {
                draft.unsure("authors", format!("`{written}` is you, and the folder does not say your name"));
                None
            }
            _ if is_slug => {
                draft.unsure("authors", format!("`{written}` is the name of a folder that is not there"));
                super::people::person_or_group(&capitalised(&written))
            }
            _ => super::people::person_or_group(&rendercv::plain(&written)),
        };
        // One person may stand there by name and by folder.
        let is_there =
            |name: &PersonName| names.contains(name) || (is_slug && names.iter().any(|other| same_person(other, name)));
        let new = name.filter(|name| !is_there(name));
        names.extend(new);
    }
    names
}

fn capitalised(folder: &str) -> String {
    let word = |word: &str| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>()).unwrap_or_default()
    };
    folder.split(['-', '_']).map(word).collect::<Vec<_>>().join(" ")
}

/// Notes on authors say who contributed equally.
fn equal(draft: &mut Draft, matter: &Json) {
    let notes = items(matter.get("author_notes"));
    let is_equal =
        |at: usize| notes.get(at).and_then(Json::as_str).is_some_and(|note| note.to_lowercase().contains("equal"));
    let names =
        draft.names("authors").iter().enumerate().filter(|(at, _)| is_equal(*at)).map(|(_, name)| name.pubmed());
    let names: Vec<String> = names.collect();
    if names.len() > 1 {
        draft.set("equal", Value::List(names));
    }
}

/// Links and numbers in the places of the old and the new layout.
fn links(draft: &mut Draft, matter: &Json) {
    let ids = matter.get("hugoblox").and_then(|own| own.get("ids")).unwrap_or(matter);
    for field in ["doi", "pmid", "pmcid", "arxiv"] {
        if let Some(value) = at(matter, field).or_else(|| at(ids, field)) {
            draft.identifier(field, &value);
        }
    }
    let linked = |kinds: &[&str]| {
        items(matter.get("links")).iter().find_map(|link| {
            let kind = at(link, "type").or_else(|| at(link, "name"))?.to_lowercase();
            at(link, "url").filter(|_| kinds.contains(&kind.as_str()))
        })
    };
    let is_talk = draft.kind == Kind::Presentations;
    let fields: &[(&'static str, &str, &[&str])] = if is_talk {
        &[("slides", "url_slides", &["slides"]), ("video", "url_video", &["video"])]
    } else {
        &[
            ("pdf", "url_pdf", &["pdf", "preprint"]),
            ("code", "url_code", &["code"]),
            ("data", "url_dataset", &["dataset", "data"]),
            ("video", "url_video", &["video"]),
        ]
    };
    for (field, key, kinds) in fields {
        match at(matter, key).or_else(|| linked(kinds)) {
            Some(address) if address.starts_with("http") => draft.text(field, &address),
            Some(path) if path.len() > 1 => draft.unsure(field, format!("is a file of the old site: {path}")),
            _ => {}
        }
    }
    let address = if is_talk { at(matter, "event_url") } else { at(matter, "url_source") };
    draft.url(&address.or_else(|| linked(&["source", "site", "link"])).unwrap_or_default());
}

fn publication(matter: &Json, people: &People, cite: Option<&str>) -> Draft {
    let cited = cite.and_then(|cite| bibtex::read(cite).into_iter().next());
    let mut draft = Draft::new(Kind::Publications);
    let written = texts(matter.get("publication_types")).first().cloned().unwrap_or_default();
    if let Some(kind) = kind(&written).or_else(|| cited.as_ref().map(Draft::publication_type)) {
        draft.set_type(kind);
    } else {
        draft.set_type(PublicationType::Other);
        draft.unsure("type", "is not in the page");
    }
    draft.title(&markup::title(&markup::emphasis(&at(matter, "title").unwrap_or_default())));
    let authors = names(&mut draft, matter, people);
    // A page may name its owner alone, where the reference beside it has all.
    let cited_authors = cited.as_ref().map(|cited| cited.names("authors")).filter(|cited| cited.len() > authors.len());
    draft.people("authors", cited_authors.map_or(authors, <[PersonName]>::to_vec));
    equal(&mut draft, matter);
    venue(&mut draft, matter, cited.as_ref());
    day(&mut draft, matter, cited.as_ref());
    links(&mut draft, matter);
    draft.text_of("publisher", at(matter, "publisher"));
    draft.text_of("summary", at(matter, "summary"));
    draft.set("keywords", Value::List(texts(matter.get("tags")).iter().map(|tag| one_line(tag)).collect()));
    draft.abstract_text(&at(matter, "abstract").unwrap_or_default());
    // What the page does not say stands in the reference beside it.
    if let Some(cited) = cited {
        for (field, value) in cited.fields() {
            if !matches!(*field, "type" | "status" | "date" | "epub_date" | "accessed") && !draft.has(field) {
                draft.set(field, value.clone());
            }
        }
    }
    draft
}

/// The old numbers, and CSL's types that took their place.
fn kind(written: &str) -> Option<PublicationType> {
    let kind = match written {
        "2" | "article-journal" => PublicationType::JournalArticle,
        "1" | "paper-conference" => PublicationType::ConferencePaper,
        "3" | "article" | "preprint" | "manuscript" => PublicationType::Preprint,
        "4" | "report" => PublicationType::Report,
        "5" | "book" => PublicationType::Book,
        "6" | "chapter" => PublicationType::BookChapter,
        "7" | "thesis" => PublicationType::Thesis,
        "dataset" => PublicationType::Dataset,
        "software" => PublicationType::Software,
        "webpage" | "post-weblog" => PublicationType::Online,
        "8" | "patent" | "0" | "document" => PublicationType::Other,
        _ => return None,
    };
    Some(kind)
}

/// `*European Radiology*, 33(7)` or `In *Proceedings*`.
fn venue(draft: &mut Draft, matter: &Json, cited: Option<&Draft>) {
    let words = at(matter, "publication").unwrap_or_default();
    let (name, rest) = match words.split_once('*').and_then(|(_, rest)| rest.trim_start_matches('*').split_once('*')) {
        Some((name, rest)) => (name.to_owned(), rest.trim_start_matches('*').to_owned()),
        None => match words.split_once(", ") {
            Some((name, rest)) if rest.starts_with(|c: char| c.is_ascii_digit()) => (name.to_owned(), rest.to_owned()),
            _ => (words.trim_start_matches("In ").to_owned(), String::new()),
        },
    };
    let name = markup::entities(&name);
    let field = match draft.publication_type() {
        PublicationType::JournalArticle => "journal",
        PublicationType::Preprint => "server",
        PublicationType::BookChapter | PublicationType::ConferencePaper => "book_title",
        PublicationType::Online => "website",
        _ => "publisher",
    };
    if !(field == "publisher" && cited.is_some_and(|cited| cited.has("publisher"))) {
        draft.text(field, &name);
    }
    let short = at(matter, "publication_short").unwrap_or_default().replace('*', "");
    if field == "journal" {
        draft.text("journal_abbr", short.trim_start_matches("In "));
        citation::numbers(draft, &rest);
    }
}

/// `date` is a moment; 1 January is no date where the reference beside the page has only the year.
fn day(draft: &mut Draft, matter: &Json, cited: Option<&Draft>) {
    let day = at(matter, "date").and_then(|day| dates::year_first(&day));
    let cited = cited.and_then(|cited| cited.get_date("date"));
    let is_new_year = |day: &PartialDate| day.month == Some(1) && day.day == Some(1);
    match (day, cited) {
        (Some(day), Some(cited)) if is_new_year(&day) && cited.year == day.year => draft.date("date", Some(cited)),
        (Some(day), _) => {
            draft.date("date", Some(day));
            if day.day == Some(1) {
                draft.unsure("date", "is the first of a month, which may stand for the month or year alone");
            }
        }
        (None, cited) => {
            draft.date("date", cited.or_else(|| at(matter, "publishDate").and_then(|day| dates::year_first(&day))));
        }
    }
}

fn talk(matter: &Json, people: &People) -> Draft {
    let first = |fields: &[&str]| fields.iter().find_map(|field| at(matter, field));
    let mut draft = Draft::new(Kind::Presentations);
    let written = first(&["event_type", "talk_type"]);
    talks::set_kind_or(&mut draft, written.as_deref(), "the page says only that it is an event");
    draft.title(&markup::title(&markup::emphasis(&at(matter, "title").unwrap_or_default())));
    let authors = names(&mut draft, matter, people);
    draft.people("authors", authors);
    draft.text_of("event", first(&["event", "event_name"]));
    let city = matter.get("address").and_then(|address| at(address, "city"));
    draft.text_of("place", at(matter, "location").filter(|_| city.is_none()).or(city));
    let day = |fields: &[&str]| first(fields).and_then(|day| dates::year_first(&day));
    draft.date("date", day(&["event_start", "date"]));
    let end = day(&["event_end", "date_end"]);
    draft.date(
        "end_date",
        end.filter(|end| draft.get_date("date").is_some_and(|start| start.first_day() < end.first_day())),
    );
    links(&mut draft, matter);
    draft.text_of("summary", at(matter, "summary"));
    draft
}

/// Tells whether front matter is the owner's own page.
pub(in crate::exchange) fn is_owner(matter: &Json) -> bool {
    matter.get("superuser").and_then(Json::as_bool) == Some(true)
        || items(matter.get("authors")).iter().any(|author| author == "admin") && matter.get("organizations").is_some()
}
