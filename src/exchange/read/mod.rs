//! Files of other programs → drafts of records; the format is told by the content, never by the name.
//!
//! Takes bytes, or the files of a folder; gives drafts with their doubts. Pure functions: no file is opened here and
//! nothing is written. Whatever the bytes are, reading ends in time proportional to their length.

mod academicpages;
mod arxiv;
mod bibtex;
mod citation;
pub(super) mod crossref;
mod csl_json;
pub(super) mod datacite;
mod dates;
mod encoding;
mod folder;
mod front;
mod hugoblox;
mod json;
mod latex;
mod markup;
mod mathml;
mod nbib;
mod open_library;
mod openalex;
mod orcid;
mod people;
mod pubmed;
mod pubmed_xml;
mod rendercv;
mod resume;
mod ris;
mod stages;
mod table;
mod talks;

pub(super) use arxiv::read as arxiv;
pub use folder::read_folder;
pub(super) use open_library::read as open_library;

use std::collections::BTreeSet;
use std::fmt;

use serde_json::Value as Json;

use super::draft::{Draft, Value};
use crate::portfolio::PersonName;
use crate::record::vocabulary::{Kind, PublicationStatus};

/// A format that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Format {
    Nbib,
    PubmedXml,
    Ris,
    Bibtex,
    CslJson,
    Orcid,
    Crossref,
    Datacite,
    OpenAlex,
    ScholarCsv,
    JsonResume,
    RenderCv,
    HugoBlox,
    AcademicPages,
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Nbib => "PubMed (nbib)",
            Self::PubmedXml => "PubMed XML",
            Self::Ris => "RIS",
            Self::Bibtex => "BibTeX",
            Self::CslJson => "CSL-JSON",
            Self::Orcid => "ORCID",
            Self::Crossref => "Crossref",
            Self::Datacite => "DataCite",
            Self::OpenAlex => "OpenAlex",
            Self::ScholarCsv => "Google Scholar CSV",
            Self::JsonResume => "JSON Resume",
            Self::RenderCv => "RenderCV",
            Self::HugoBlox => "HugoBlox",
            Self::AcademicPages => "academicpages",
        })
    }
}

/// What a file held.
#[derive(Debug, Clone)]
pub struct Found {
    /// Its format.
    pub format: Format,
    /// Its records, in its order.
    pub drafts: Vec<Draft>,
    /// Whose it is, where it says so.
    pub owner: Option<PersonName>,
    /// The encoding, where it was guessed.
    pub guessed_encoding: Option<&'static str>,
    /// The records that have no title and so are no drafts: their place and what else is known of them.
    pub untitled: Vec<String>,
    /// What the file has beside that has no place among the records: its name and how many there are.
    pub left_out: Vec<(String, usize)>,
}

/// Why a file gave nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unread {
    /// It has no format that is read.
    Unknown,
    /// It has a form that is known and not read: what it is, in words.
    Named(&'static str),
    /// It is the page of a work in a site, and why it is not read.
    Page(String),
    /// It has a format, but breaks its rules.
    Broken {
        /// The format's name.
        format: &'static str,
        /// What is wrong.
        message: String,
        /// The line, from 1.
        line: usize,
    },
    /// It has a format and no record.
    Empty(Format),
    /// It has records, none of which has a title.
    Untitled(Format, usize),
}

/// Reads a file.
///
/// # Errors
/// When it has no known format, or none of its records can be read.
pub fn read(bytes: &[u8]) -> Result<Found, Unread> {
    let decoded = encoding::decode(bytes);
    let text = decoded.text.trim_start_matches(['\u{feff}', '\n', ' ', '\t']);
    if let Some(name) = known_form(bytes, text) {
        return Err(Unread::Named(name));
    }
    let mut found = match text.chars().next() {
        Some('{' | '[') if !text.starts_with("{{") => of_json(text)?,
        Some('<') => of_xml(text)?,
        _ => of_lines(&decoded.text)?,
    };
    found.guessed_encoding = decoded.guessed;
    if !decoded.guessed_words.is_empty() {
        found.drafts.iter_mut().for_each(|draft| doubt_letters(draft, &decoded.guessed_words));
    }
    match (found.drafts.is_empty(), found.untitled.len()) {
        (true, 0) => Err(Unread::Empty(found.format)),
        (true, count) => Err(Unread::Untitled(found.format, count)),
        _ => Ok(found),
    }
}

/// Names the forms that people try, and that hold no records to be read.
fn known_form(bytes: &[u8], text: &str) -> Option<&'static str> {
    let starts = |magic: &[u8]| bytes.starts_with(magic);
    let head = text[..text.floor_char_boundary(2000)].to_ascii_lowercase();
    if text.trim().is_empty() {
        return Some("an empty file");
    }
    if starts(b"%PDF") {
        return Some("a PDF");
    }
    if starts(b"PK\x03\x04") {
        let names = &bytes[..bytes.len().min(4000)];
        let has = |name: &[u8]| names.windows(name.len()).any(|window| window == name);
        return Some(match () {
            () if has(b"word/") => "a Word document",
            () if has(b"xl/") => "an Excel workbook",
            () if has(b"ppt/") => "a PowerPoint file",
            () => "a zip archive",
        });
    }
    if starts(b"\xD0\xCF\x11\xE0") {
        return Some("an old Word or Excel document");
    }
    if starts(b"\x89PNG") || starts(b"\xFF\xD8\xFF") || starts(b"GIF8") {
        return Some("an image");
    }
    if starts(b"{\\rtf") {
        return Some("an RTF document");
    }
    if head.starts_with("<!doctype html") || head.starts_with("<html") {
        return Some("a web page");
    }
    if head.starts_with("fn clarivate") || head.starts_with("fn thomson") {
        return Some("Web of Science's own plain text");
    }
    if head.starts_with("%0 ") {
        return Some("EndNote's own tagged text (.enw)");
    }
    if head.contains("<xml><records") || head.contains("<source-app") {
        return Some("EndNote's own XML");
    }
    if head.starts_with("pmid,title,authors") {
        return Some("PubMed's CSV table");
    }
    None
}

/// Marks the fields that hold a word whose letters were guessed.
fn doubt_letters(draft: &mut Draft, guessed: &BTreeSet<String>) {
    let has_guess = |text: &str| encoding::foreign_words(text).any(|word| guessed.contains(word));
    let is_guessed = |value: &Value| match value {
        Value::Text(text) => has_guess(text),
        Value::List(list) => list.iter().any(|text| has_guess(text)),
        Value::Names(names) => names.iter().any(|name| {
            name.literal.as_deref().is_some_and(has_guess)
                || [&name.particle, &name.family, &name.given].into_iter().any(|part| has_guess(part))
        }),
        _ => false,
    };
    let fields: Vec<&'static str> =
        draft.fields().iter().filter(|(_, value)| is_guessed(value)).map(|(field, _)| *field).collect();
    for field in fields {
        draft.unsure(field, "with letters that were guessed: the file does not name its encoding");
    }
}

/// Divides what a reader made into records and those without a title.
fn found(format: Format, drafts: Vec<Draft>, owner: Option<PersonName>) -> Found {
    let mut titled = Vec::new();
    let mut untitled = Vec::new();
    for (draft, number) in drafts.into_iter().zip(1..) {
        if draft.has("title") { titled.push(noticed(draft)) } else { untitled.push(untitled_words(&draft, number)) }
    }
    Found { format, drafts: titled, owner, guessed_encoding: None, untitled, left_out: Vec::new() }
}

/// Publishers write what became of a work before its title.
fn noticed(mut draft: Draft) -> Draft {
    let heads = [
        ("RETRACTED", PublicationStatus::Retracted),
        ("RETRACTED ARTICLE", PublicationStatus::Retracted),
        ("[RETRACTED]", PublicationStatus::Retracted),
        ("WITHDRAWN", PublicationStatus::Withdrawn),
    ];
    let title = draft.get_text("title").unwrap_or_default();
    let head = title.split([':', ' ']).next().filter(|head| head.starts_with('[')).or_else(|| title.split(':').next());
    let found = heads.into_iter().find(|(written, _)| head.is_some_and(|head| head.eq_ignore_ascii_case(written)));
    if let Some((_, status)) =
        found.filter(|(written, _)| draft.kind == Kind::Publications && title.len() > written.len())
    {
        draft.set_status(status);
    }
    draft
}

/// Says of a record without a title where it stands and what else it has.
fn untitled_words(draft: &Draft, number: usize) -> String {
    let author = draft.names("authors").first().map(PersonName::pubmed);
    let place = ["journal", "book_title", "event", "organization", "publisher", "doi", "pmid", "url"];
    let place = place.iter().find_map(|field| draft.get_text(field)).map(str::to_owned);
    let year = ["date", "epub_date", "start"].iter().find_map(|field| draft.get_date(field));
    let known: Vec<String> = author.into_iter().chain(place).chain(year.map(|date| date.year.to_string())).collect();
    if known.is_empty() { format!("record {number}") } else { format!("record {number} ({})", known.join(", ")) }
}

fn of_json(text: &str) -> Result<Found, Unread> {
    let json = serde_json::from_str(text).or_else(|error| {
        // Some tools write one record a line, without a list around them.
        let values = serde_json::Deserializer::from_str(text).into_iter().collect::<Result<Vec<Json>, _>>();
        values.map(Json::Array).map_err(|_| Unread::Broken {
            format: "JSON",
            message: error.to_string(),
            line: error.line(),
        })
    })?;
    of_value(&json).ok_or(Unread::Unknown)
}

fn of_value(json: &Json) -> Option<Found> {
    let first = match json {
        Json::Array(list) => list.iter().find(|one| one.is_object())?,
        one => one,
    };
    if first.get("message").is_some() && (first.get("message-type").is_some() || first.get("status").is_some()) {
        let messages = json::items(Some(json));
        return Some(found(Format::Crossref, messages.iter().flat_map(crossref::read).collect(), None));
    }
    if crossref::is_work(first) || (json.get("items").is_some_and(|items| crossref::is_work(&items[0]))) {
        return Some(found(Format::Crossref, crossref::read(json), None));
    }
    if orcid::is_record(first) {
        return Some(found(Format::Orcid, orcid::read(first), orcid::owner(first)));
    }
    let data = first.get("data").unwrap_or(first);
    if json::items(Some(data)).first().is_some_and(datacite::is_work) {
        return Some(found(
            Format::Datacite,
            datacite::read(if first.get("data").is_some() { first } else { json }),
            None,
        ));
    }
    let results = first.get("results").map_or(first, |results| results.get(0).unwrap_or(results));
    if openalex::is_work(results) {
        return Some(found(Format::OpenAlex, openalex::read(json), None));
    }
    if resume::is_resume(first) {
        let found = found(Format::JsonResume, resume::read(first), resume::owner(first));
        return Some(Found { left_out: resume::left_out(first), ..found });
    }
    if rendercv::is_cv(first) {
        let found = found(Format::RenderCv, rendercv::read(first), rendercv::owner(first));
        return Some(Found { left_out: rendercv::left_out(first), ..found });
    }
    let items = json.get("items").or_else(|| json.get("references")).unwrap_or(json);
    let is_item =
        |item: &Json| item.get("title").is_some() && (item.get("type").is_some() || item.get("author").is_some());
    let is_list = json::items(Some(items)).iter().take(1000).any(is_item);
    is_list.then(|| found(Format::CslJson, csl_json::read(json), None))
}

fn of_xml(text: &str) -> Result<Found, Unread> {
    let head = &text[..text.floor_char_boundary(4000)];
    if !["<PubmedArticle", "<PubmedBookArticle", "<!DOCTYPE PubmedArticle"].iter().any(|name| head.contains(name)) {
        return Err(Unread::Unknown);
    }
    // Answers that were saved one after the other have several roots or none.
    let roots = text.matches("<PubmedArticleSet").count() + text.matches("<PubmedBookArticleSet").count();
    let wrapped = if roots == 1 { None } else { Some(format!("<Sets>{}</Sets>", without_prologs(text))) };
    let text = wrapped.as_deref().unwrap_or(text);
    match pubmed_xml::read(text) {
        Ok(drafts) => Ok(found(Format::PubmedXml, drafts, None)),
        Err(fault) => match whole_articles(text).map(|text| pubmed_xml::read(&text)) {
            Some(Ok(drafts)) if !drafts.is_empty() => {
                let found = found(Format::PubmedXml, drafts, None);
                Ok(Found {
                    left_out: vec![("what follows the last whole record, where the file is cut".to_owned(), 1)],
                    ..found
                })
            }
            _ => Err(Unread::Broken { format: "XML", message: fault.message, line: fault.line }),
        },
    }
}

/// Returns the records of a file that is cut off in the middle of one.
fn whole_articles(text: &str) -> Option<String> {
    let start =
        ["<PubmedArticle>", "<PubmedArticle ", "<PubmedBookArticle>"].iter().filter_map(|tag| text.find(tag)).min()?;
    let ends = ["</PubmedArticle>", "</PubmedBookArticle>"];
    let end = ends.iter().filter_map(|tag| Some(text.rfind(tag)? + tag.len())).max()?;
    // A root that closes has its fault elsewhere.
    let is_cut = !text[end..].contains("Set>");
    (is_cut && start < end).then(|| format!("<Sets>{}</Sets>", without_prologs(&text[start..end])))
}

/// Takes out the declarations that may stand only at the beginning of XML; lines stay where they are.
fn without_prologs(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((at, end)) = ["<?xml", "<!DOCTYPE"]
        .iter()
        .filter_map(|start| rest.find(start))
        .min()
        .and_then(|at| Some((at, at + rest[at..].find('>')? + 1)))
    {
        out.push_str(&rest[..at]);
        out.extend(rest[at..end].chars().filter(|c| *c == '\n'));
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

fn of_lines(text: &str) -> Result<Found, Unread> {
    if let Some((matter, _)) = front::matter(text)
        && let Some(found) = of_page(&matter)
    {
        return Ok(found);
    }
    if text.lines().any(|line| nbib::field(line).is_some_and(|(tag, _)| tag == "PMID")) {
        return Ok(found(Format::Nbib, nbib::read(text), None));
    }
    if text.lines().any(|line| ris::field(line).is_some_and(|(tag, value)| tag == "TY" && !value.is_empty())) {
        return Ok(found(Format::Ris, ris::read(text), None));
    }
    if let Some(layout) = table::layout(text) {
        let format = if layout == table::Layout::Scholar { Format::ScholarCsv } else { Format::AcademicPages };
        return Ok(found(format, table::read(text, layout), None));
    }
    if text.match_indices('@').any(|(at, _)| bibtex::begins_entry(&text[at..])) {
        return Ok(found(Format::Bibtex, bibtex::read(text), None));
    }
    match front::yaml(text) {
        Some(json) => of_value(&json).ok_or(Unread::Unknown),
        None => Err(Unread::Unknown),
    }
}

fn of_page(matter: &Json) -> Option<Found> {
    if academicpages::is_page(matter) {
        let drafts = academicpages::page(matter, "").into_iter().collect();
        return Some(found(Format::AcademicPages, drafts, None));
    }
    hugoblox::is_page(matter).then(|| {
        found(
            Format::HugoBlox,
            hugoblox::page(matter, &hugoblox::People::default(), None, false).into_iter().collect(),
            None,
        )
    })
}

#[cfg(test)]
mod tests;
