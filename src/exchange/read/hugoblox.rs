//! HugoBlox (formerly Wowchemy, Academic): `content/publication/*/index.md`, `content/event/*/index.md` (talks), with
//! a `cite.bib` beside a publication where there is one; `authors: [admin]` is the owner.

use serde_json::Value as Json;

use super::json::{at, items, texts};
use super::{bibtex, dates, markup, people, rendercv};
use crate::exchange::draft::{Draft, Value, one_line};
use crate::portfolio::PersonName;
use crate::record::PartialDate;
use crate::record::vocabulary::{Kind, PresentationType, PublicationType};

/// Tells whether front matter is a publication or a talk of HugoBlox.
pub(in crate::exchange) fn is_page(matter: &Json) -> bool {
    is_publication(matter) || is_talk(matter)
}

fn is_publication(matter: &Json) -> bool {
    matter.get("publication_types").is_some()
        || (matter.get("authors").is_some() && matter.get("publication").is_some())
}

fn is_talk(matter: &Json) -> bool {
    matter.get("event").is_some()
        && (matter.get("date_end").is_some() || matter.get("event_url").is_some() || matter.get("url_slides").is_some())
}

/// Returns the owner's name from `content/authors/admin/_index.md`.
pub(in crate::exchange) fn owner(matter: &Json) -> Option<PersonName> {
    let part = |field: &str| at(matter, field).unwrap_or_default();
    let named = people::of_parts(&part("last_name"), &part("first_name"), "", &part("suffix"));
    named.or_else(|| people::person(&part("title"))).or_else(|| people::person(&part("name")))
}

/// Reads one page; `cite` is the text of the `cite.bib` beside it.
pub(in crate::exchange) fn page(matter: &Json, owner: Option<&PersonName>, cite: Option<&str>) -> Option<Draft> {
    let draft = if is_publication(matter) { publication(matter, owner, cite) } else { talk(matter, owner) };
    Some(draft).filter(|draft| draft.has("title"))
}

fn names(draft: &mut Draft, matter: &Json, owner: Option<&PersonName>) -> Vec<PersonName> {
    let mut names = Vec::new();
    for written in texts(matter.get("authors")) {
        if written == "admin" || written == "me" {
            match owner {
                Some(owner) => names.push(owner.clone()),
                None => draft.unsure("authors", "`admin` is you, and the folder does not say your name"),
            }
        } else {
            // A folder's name stands for the person: `wei-xiong`.
            let is_folder = !written.contains(' ')
                && written.contains('-')
                && written.chars().all(|c| c.is_ascii_lowercase() || c == '-');
            let words = if is_folder { capitalised(&written) } else { written };
            names.extend(people::person_or_group(&rendercv::plain(&words)));
        }
    }
    names
}

fn capitalised(folder: &str) -> String {
    let word = |word: &str| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>()).unwrap_or_default()
    };
    folder.split('-').map(word).collect::<Vec<_>>().join(" ")
}

fn publication(matter: &Json, owner: Option<&PersonName>, cite: Option<&str>) -> Draft {
    let cited = cite.and_then(|cite| bibtex::read(cite).into_iter().next());
    let mut draft = Draft::new(Kind::Publications);
    let written = texts(matter.get("publication_types")).first().cloned().unwrap_or_default();
    if let Some(kind) = kind(&written).or_else(|| cited.as_ref().map(Draft::publication_type)) {
        draft.set_type(kind);
    } else {
        draft.set_type(PublicationType::Other);
        draft.unsure("type", "is not in the page");
    }
    draft.title(&markup::title(&at(matter, "title").unwrap_or_default()));
    let authors = names(&mut draft, matter, owner);
    draft.people("authors", authors);
    venue(&mut draft, matter, cited.as_ref());
    day(&mut draft, matter, cited.as_ref());
    if let Some(doi) = at(matter, "doi").or_else(|| at(matter.get("hugoblox")?.get("ids")?, "doi")) {
        draft.identifier("doi", &doi);
    }
    for (field, key) in [("code", "url_code"), ("data", "url_dataset"), ("video", "url_video")] {
        draft.text_of(field, at(matter, key).filter(|address| address.starts_with("http")));
    }
    draft.text_of("pdf", at(matter, "url_pdf").filter(|address| address.starts_with("http")));
    draft.url(&at(matter, "url_source").unwrap_or_default());
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
        numbers(draft, &rest);
    }
}

fn numbers(draft: &mut Draft, rest: &str) {
    let rest = rest.trim_start_matches([',', ' ', '(']).trim_end_matches(['.', ' ']);
    let (head, pages) = match rest.split_once([':', ',']) {
        Some((head, pages)) => (head.trim(), Some(pages.trim().trim_start_matches("pp. ").trim_start_matches("p. "))),
        None => (rest, None),
    };
    let volume = head.split('(').next().unwrap_or_default().trim();
    let issue = head.split_once('(').and_then(|(_, rest)| rest.split(')').next());
    if volume.starts_with(|c: char| c.is_ascii_digit()) && volume.len() < 12 {
        draft.text("volume", volume);
        draft.text_of("issue", issue);
        draft.text_of("pages", pages.filter(|pages| pages.len() < 24 && pages.chars().any(|c| c.is_ascii_digit())));
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

fn talk(matter: &Json, owner: Option<&PersonName>) -> Draft {
    let mut draft = Draft::new(Kind::Presentations);
    draft.set("type", Value::Text(PresentationType::Oral.as_str().to_owned()));
    draft.unsure("type", "the page says only that it is an event");
    draft.title(&markup::title(&at(matter, "title").unwrap_or_default()));
    let authors = names(&mut draft, matter, owner);
    draft.people("authors", authors);
    draft.text_of("event", at(matter, "event"));
    let address = matter.get("address");
    let city = address.and_then(|address| at(address, "city"));
    draft.text_of("place", at(matter, "location").filter(|_| city.is_none()).or(city));
    draft.date("date", at(matter, "date").and_then(|day| dates::year_first(&day)));
    for (field, key) in [("slides", "url_slides"), ("video", "url_video")] {
        draft.text_of(field, at(matter, key).filter(|address| address.starts_with("http")));
    }
    draft.url(&at(matter, "event_url").unwrap_or_default());
    draft
}

/// Tells whether front matter is the owner's own page.
pub(in crate::exchange) fn is_owner(matter: &Json) -> bool {
    matter.get("superuser").and_then(Json::as_bool) == Some(true)
        || items(matter.get("authors")).iter().any(|author| author == "admin") && matter.get("organizations").is_some()
}
