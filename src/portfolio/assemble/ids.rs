//! The ids of records: as written, or made from the first author and the title.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use rayon::prelude::*;

use super::place::{Place, nearest};
use crate::diagnostic::Diagnostics;
use crate::diagnostic::code::{BAD_ID, DUPLICATE_ID};
use crate::portfolio::{NameLine, PersonName, read_names};
use crate::record::decode::Decoded;
use crate::record::vocabulary::Kind;
use crate::record::{Names, PartialDate, Record, Shared, Text, TextList};
use crate::source::{Origin, Sources};

/// A record whose shared fields and authors have been taken out.
#[derive(Debug)]
pub(super) struct Taken<T> {
    pub(super) record: T,
    pub(super) shared: Shared,
    pub(super) authors: NameLine,
    pub(super) origin: Origin,
    pub(super) faulty: Vec<String>,
    pub(super) id: String,
    /// Hash of the record's text, where nothing was found wrong in reading it.
    pub(super) text: Option<blake3::Hash>,
}

/// What an id is made from.
#[derive(Debug)]
pub(super) struct Candidate<'a> {
    pub(super) kind: Kind,
    written: Option<&'a Text>,
    author: Option<String>,
    title: &'a str,
    date: Option<PartialDate>,
    /// The lines of research that the record names, where its kind has such a field.
    pub(super) threads: Option<&'a TextList>,
    origin: &'a Origin,
    faulty: &'a [String],
}

/// Takes the shared fields and the authors out of the records of a kind.
pub(super) fn take<T: Record + Send>(
    records: Vec<Decoded<T>>,
    authors: impl Fn(&T) -> Option<&Names> + Sync,
) -> Vec<Taken<T>> {
    let taken = records.into_par_iter().with_min_len(16).map(|Decoded { mut record, origin, faulty, text }| {
        let shared = record.take_shared();
        let authors = authors(&record).filter(|names| !too_many(names)).map(read_names).unwrap_or_default();
        Taken { record, shared, authors, origin, faulty, id: String::new(), text }
    });
    taken.collect()
}

/// Authors of one work; the longest lists that were ever printed have half of them.
const MOST_AUTHORS: usize = 10_000;

/// Tells whether a list of authors is longer than any work has.
pub(super) fn too_many(names: &Names) -> bool {
    match names {
        Names::Line(line) => line.matches([',', ';']).take(MOST_AUTHORS).count() == MOST_AUTHORS,
        Names::List(list) => list.len() > MOST_AUTHORS,
    }
}

/// Returns the part of an id that comes from the first author.
pub(super) fn by_first_author(name: &PersonName) -> String {
    match &name.literal {
        Some(group) => group.split_whitespace().next().unwrap_or_default().to_owned(),
        None => name.family_with_particle(),
    }
}

impl<'a> Candidate<'a> {
    /// Gathers what the id of a record is made from.
    pub(super) fn new(
        kind: Kind,
        written: Option<&'a Text>,
        author: Option<String>,
        title: &'a str,
        date: Option<PartialDate>,
        origin: &'a Origin,
        faulty: &'a [String],
    ) -> Self {
        Self { kind, written, author, title, date, threads: None, origin, faulty }
    }
}

/// Returns what the id of a record is made from.
pub(super) fn candidate<T: Record>(record: &Taken<T>) -> Candidate<'_> {
    let author = record.authors.names.first().map(|first| by_first_author(&first.name));
    Candidate {
        kind: T::KIND,
        written: record.shared.id.as_ref(),
        author,
        title: record.shared.title.as_deref().unwrap_or_default(),
        date: record.shared.date,
        threads: Some(&record.shared.threads),
        origin: &record.origin,
        faulty: &record.faulty,
    }
}

/// Returns what the id of a person or meeting is made from.
pub(super) fn named<'a>(
    kind: Kind,
    written: Option<&'a Text>,
    name: Option<&'a Text>,
    origin: &'a Origin,
    faulty: &'a [String],
) -> Candidate<'a> {
    Candidate {
        kind,
        written,
        author: None,
        title: name.map_or("", |name| name),
        date: None,
        threads: None,
        origin,
        faulty,
    }
}

/// Gives every record its id, unique over all kinds; written ones are kept, and come first.
pub(super) fn assign(diagnostics: &mut Diagnostics, sources: &Sources, candidates: &[Candidate]) -> Vec<String> {
    let mut ids = vec![String::new(); candidates.len()];
    let mut taken: HashMap<String, usize> = HashMap::with_capacity(candidates.len());
    for (at, candidate) in candidates.iter().enumerate() {
        let Some(written) = candidate.written.map(|id| id.trim()).filter(|id| !id.is_empty()) else { continue };
        let place = Place { sources, origin: candidate.origin, id: written, faulty: candidate.faulty };
        if !is_safe(written) {
            let safe = slug(written, usize::MAX);
            let diagnostic = place.diagnostic(&BAD_ID, "id", format!("`{written}` cannot be part of an address"));
            diagnostics.push(if safe.is_empty() {
                diagnostic.help("write letters without accents, digits and hyphens")
            } else {
                let help = "use only letters without accents, digits, hyphens, underscores and stops";
                diagnostic.label(format!("write `{safe}`")).help(help).fix(safe)
            });
        }
        let lower = written.to_lowercase();
        if let Some(&first) = taken.get(&lower) {
            let other: &Candidate = &candidates[first];
            let line = sources.span(other.origin, "id").map_or(String::new(), |span| format!(":{}", span.line));
            let message =
                format!("`{written}` is already the id of {} at {}{line}", other.kind.one(), other.origin.file);
            diagnostics.push(place.diagnostic(&DUPLICATE_ID, "id", message).help("give one of the two another id"));
        } else {
            taken.insert(lower, at);
        }
        written.clone_into(&mut ids[at]);
    }
    let mut used: HashSet<String> = taken.into_keys().collect();
    for (at, candidate) in candidates.iter().enumerate() {
        if ids[at].is_empty() {
            ids[at] = make(candidate, &used);
            used.insert(ids[at].clone());
        }
    }
    ids
}

fn make(candidate: &Candidate, used: &HashSet<String>) -> String {
    let author = candidate.author.as_deref().map(|author| slug(author, usize::MAX)).unwrap_or_default();
    let title = title_words(candidate.title);
    let base = [author, title].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-");
    let base = if base.is_empty() { slug(candidate.kind.singular(), usize::MAX) } else { base };
    let dated = candidate.date.map(|date| format!("{base}-{}", date.year));
    let numbered = (2..).map(|number| format!("{base}-{number}"));
    let mut choices = std::iter::once(base.clone()).chain(dated).chain(numbered);
    choices.find(|id| !used.contains(id)).unwrap_or(base)
}

/// Returns the id that a work gets from its first author and title, unless that is taken.
pub fn made_id(author: Option<&PersonName>, title: &str, taken: &BTreeSet<String>) -> String {
    let author = author.map(|name| slug(&by_first_author(name), usize::MAX)).unwrap_or_default();
    let parts = [author, title_words(title)].into_iter().filter(|part| !part.is_empty());
    let base = parts.collect::<Vec<_>>().join("-");
    let base = if base.is_empty() { "work".to_owned() } else { base };
    let numbered = (2..).map(|number| format!("{base}-{number}"));
    std::iter::once(base.clone()).chain(numbered).find(|id| !taken.contains(id)).unwrap_or(base)
}

/// Words that say nothing of a title's subject, in the languages that the interface has.
const LIGHT_WORDS: &[&str] = &[
    "a", "an", "and", "are", "as", "at", "by", "can", "do", "does", "for", "from", "how", "in", "into", "is", "it",
    "its", "of", "on", "or", "our", "should", "that", "the", "their", "this", "to", "was", "we", "were", "what",
    "when", "where", "which", "who", "why", "with", "der", "die", "das", "und", "ein", "eine", "von", "im", "le", "la",
    "les", "des", "du", "de", "et", "un", "une", "el", "los", "las", "del", "y", "en", "o", "os", "da", "do", "e",
    "em",
];

/// The first three words of weight, in Latin letters.
fn title_words(title: &str) -> String {
    let plain = without_tags(title);
    let words = words(&plain);
    let weighty: Vec<&String> = words.iter().filter(|word| !LIGHT_WORDS.contains(&word.as_str())).take(3).collect();
    let chosen = if weighty.is_empty() { words.iter().take(3).collect() } else { weighty };
    chosen.into_iter().map(|word| word.get(..24).unwrap_or(word)).collect::<Vec<_>>().join("-")
}

fn without_tags(title: &str) -> String {
    ["<i>", "</i>", "<b>", "</b>", "<sup>", "</sup>", "<sub>", "</sub>"]
        .iter()
        .fold(title.to_owned(), |title, tag| title.replace(tag, ""))
}

/// Words of Latin letters and digits, in lower case.
fn words(text: &str) -> Vec<String> {
    let latin = deunicode::deunicode_with_tofu(&text.replace(['\'', '’', '‘'], ""), " ").to_ascii_lowercase();
    latin.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Returns at most `count` words of a text in Latin letters, joined by hyphens.
pub(super) fn slug(text: &str, count: usize) -> String {
    words(text).into_iter().take(count).collect::<Vec<_>>().join("-")
}

/// Tells whether an id can stand in an address and a file name as it is.
pub(super) fn is_safe(id: &str) -> bool {
    id.len() <= 100
        && id.starts_with(|c: char| c.is_ascii_alphanumeric())
        && !id.ends_with('.')
        && id.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
}

/// Returns the known id that is most like the one written.
pub(super) fn nearest_id<'a>(ids: &'a BTreeMap<String, Kind>, written: &str, kind: Option<Kind>) -> Option<&'a str> {
    nearest(written, ids.iter().filter(|(_, of)| kind.is_none_or(|kind| kind == **of)).map(|(id, _)| id.as_str()))
}
