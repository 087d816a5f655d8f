//! By what a work is recognised.

use std::collections::HashMap;

use serde_yaml::Value as Yaml;

use super::journals::same_journal;
use crate::exchange::draft::{Draft, Relation};
use crate::exchange::title::plain;
use crate::portfolio::{PersonName, fold, identifier, read_names};
use crate::record::vocabulary::{Kind, PublicationType};
use crate::record::{Names, Text};

/// What two records of one work have in common.
#[derive(Debug, Clone)]
pub(super) struct Work {
    pub(super) kind: Kind,
    /// The title as written.
    pub(super) title: String,
    /// The title without mark-up, case, accents and punctuation.
    pub(super) key: String,
    /// `doi:…`, `pmid:…`, `pmcid:…`, `arxiv:…`.
    pub(super) ids: Vec<String>,
    pub(super) is_preprint: bool,
    /// The numbers of the papers that it became.
    pub(super) became: Vec<String>,
    /// The numbers of the preprints that it came from.
    pub(super) came_from: Vec<String>,
    /// Whether a preprint names its paper already.
    pub(super) is_replaced: bool,
    /// The first author, where the source has authors.
    author: Option<String>,
    years: Vec<i32>,
    /// What form it has, where that is known.
    form: Option<PublicationType>,
    /// What tells records of other kinds apart: the meeting, the place.
    where_it_was: String,
    /// What tells publications of one title apart: where they were printed.
    printed: Printed,
    /// The key of the title in the work's own language.
    original_key: String,
    /// Whether the work has another language than English, or is a translation.
    is_foreign: bool,
}

#[derive(Debug, Clone, Default)]
struct Printed {
    /// The journal's or book's names.
    names: Vec<String>,
    volume: Option<String>,
    first_page: Option<String>,
}

impl Printed {
    fn new(text: impl Fn(&str) -> Option<String>) -> Self {
        let first = |pages: String| {
            let first = pages.split(['-', '–', '—', ',', ';', ' ']).next().unwrap_or_default();
            fold(first.trim_start_matches('0'))
        };
        Self {
            names: ["journal", "journal_abbr", "book_title"].into_iter().filter_map(&text).collect(),
            volume: text("volume").map(|volume| fold(&volume)),
            first_page: text("pages").map(first),
        }
    }

    /// Tells whether two works of one title cannot be one: another volume, other pages, or another journal.
    fn conflicts(&self, other: &Self) -> bool {
        let agree = |a: &Option<String>, b: &Option<String>| Some(a.as_ref()? == b.as_ref()?);
        let places = [agree(&self.volume, &other.volume), agree(&self.first_page, &other.first_page)];
        if places.contains(&Some(false)) {
            return true;
        }
        let is_one_place = places == [Some(true), Some(true)] || self.names.is_empty() || other.names.is_empty();
        !is_one_place && !self.names.iter().any(|name| other.names.iter().any(|other| same_journal(name, other)))
    }
}

impl Work {
    pub(super) fn of_draft(draft: &Draft) -> Self {
        let text = |field: &str| draft.get_text(field).unwrap_or_default();
        let guessed = |field: &str| draft.doubts().iter().any(|doubt| doubt.field == field);
        // Authors that the source does not have are no evidence.
        let listed = draft.doubts().iter().all(|doubt| doubt.field != "authors" || !doubt.why.contains("not in"));
        let years =
            ["date", "epub_date", "start"].iter().filter_map(|field| draft.get_date(field)).map(|date| date.year);
        Self {
            kind: draft.kind,
            title: text("title").to_owned(),
            key: key(text("title")),
            ids: ids(|field| draft.get_text(field).map(str::to_owned)),
            is_preprint: draft.kind == Kind::Publications && draft.publication_type() == PublicationType::Preprint,
            became: draft.related(Relation::Became).map(str::to_owned).collect(),
            came_from: draft.related(Relation::CameFrom).map(str::to_owned).collect(),
            is_replaced: draft.has("replaced_by"),
            author: draft.names("authors").first().filter(|_| listed).map(author),
            years: years.collect(),
            form: Some(draft.publication_type()).filter(|_| !guessed("type")),
            where_it_was: fold(&place(|field| draft.get_text(field).map(str::to_owned))),
            printed: Printed::new(|field| draft.get_text(field).map(str::to_owned)),
            original_key: key(text("title_original")),
            is_foreign: draft.has("title_original") || draft.has("language"),
        }
    }

    pub(super) fn of_record(kind: Kind, value: &Yaml) -> Self {
        let text = |field: &str| text_at(value, field);
        let title = text("title").or_else(|| text("name")).unwrap_or_default();
        let names: Option<Names> = value.get("authors").and_then(|names| serde_yaml::from_value(names.clone()).ok());
        let first = names.as_ref().map(first_of).and_then(|names| read_names(&names).names.into_iter().next());
        let years = ["date", "epub_date", "start"].iter().filter_map(|field| text(field)?.get(..4)?.parse().ok());
        let form = text("type").and_then(|form| PublicationType::parse(form.trim()));
        Self {
            kind,
            key: key(&title),
            title,
            ids: ids(text),
            is_preprint: kind == Kind::Publications && form == Some(PublicationType::Preprint),
            became: Vec::new(),
            came_from: Vec::new(),
            is_replaced: value.get("replaced_by").is_some(),
            author: first.map(|read| author(&read.name)),
            years: years.collect(),
            form: Some(form.unwrap_or(PublicationType::JournalArticle)),
            where_it_was: fold(&place(text)),
            printed: Printed::new(text),
            original_key: text("title_original").map(|title| key(&title)).unwrap_or_default(),
            is_foreign: text("title_original").is_some() || text("language").is_some(),
        }
    }

    /// Tells whether two records with one title are of one work.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        let year =
            self.years.is_empty() || other.years.is_empty() || self.years.iter().any(|year| other.years.contains(year));
        if self.kind != Kind::Publications {
            let place = self.where_it_was.is_empty()
                || other.where_it_was.is_empty()
                || self.where_it_was == other.where_it_was;
            return year && (place || (self.kind != Kind::Presentations && self.kind != Kind::Training));
        }
        let forms_agree = match (self.form, other.form) {
            (Some(a), Some(b)) => a == b,
            _ => !self.is_preprint && !other.is_preprint,
        };
        forms_agree
            && self.same_author(other)
            && self.ids_agree(other)
            && (year || self.near(other))
            && !self.printed.conflicts(&other.printed)
    }

    /// Tells whether two works that share a number are one all the same: abstracts share the DOI of their supplement,
    /// and have other titles.
    pub(super) fn is_same_by_id(&self, other: &Self) -> bool {
        let pmid = |work: &Self| work.ids.iter().find(|id| id.starts_with("pmid:")).cloned();
        if let (Some(a), Some(b)) = (pmid(self), pmid(other))
            && a != b
        {
            return self.key == other.key;
        }
        let is_translated = self.is_foreign
            || other.is_foreign
            || (!self.original_key.is_empty() && self.original_key == other.key)
            || (!other.original_key.is_empty() && other.original_key == self.key);
        is_translated || titles_agree(&self.title, &self.key, &other.title, &other.key)
    }

    /// Tells whether a work of a preprint's title can be its paper.
    pub(super) fn is_paper(&self, paper: &Self) -> bool {
        let forms = [PublicationType::JournalArticle, PublicationType::ConferencePaper, PublicationType::BookChapter];
        paper.form.is_none_or(|form| forms.contains(&form)) && self.same_author(paper)
    }

    fn same_author(&self, other: &Self) -> bool {
        match (&self.author, &other.author) {
            (Some(a), Some(b)) => a == b,
            _ => true,
        }
    }

    /// Two DOIs or PubMed numbers are two works.
    fn ids_agree(&self, other: &Self) -> bool {
        let number = |work: &Self, kind: &str| work.ids.iter().find(|id| id.starts_with(kind)).cloned();
        ["doi:", "pmid:"].iter().all(|kind| match (number(self, kind), number(other, kind)) {
            (Some(a), Some(b)) => a == b,
            _ => true,
        })
    }

    /// A work that is ahead of print in December is printed in the next year.
    fn near(&self, other: &Self) -> bool {
        self.years.iter().any(|year| other.years.iter().any(|other| (year - other).abs() == 1))
            && self.author.is_some()
            && other.author.is_some()
    }
}

/// Tells whether two titles may be of one work: one is the beginning or a part of the other, or they differ by a few
/// words and by no number.
fn titles_agree(a: &str, a_key: &str, b: &str, b_key: &str) -> bool {
    if a_key.is_empty() || b_key.is_empty() || a_key.contains(b_key) || b_key.contains(a_key) {
        return true;
    }
    let words = |title: &str| -> Vec<String> {
        plain(title).split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(fold).collect()
    };
    let is_number =
        |word: &&String| word.chars().any(|c| c.is_ascii_digit()) || word.chars().all(|c| matches!(c, 'i' | 'v' | 'x'));
    let (a, b) = (words(a), words(b));
    if !a.iter().filter(is_number).eq(b.iter().filter(is_number)) {
        return false;
    }
    let mut counts: HashMap<&String, usize> = HashMap::new();
    for word in &a {
        *counts.entry(word).or_default() += 1;
    }
    let common = b.iter().filter(|word| {
        let left = counts.get_mut(word).filter(|left| **left > 0);
        left.map(|left| *left -= 1).is_some()
    });
    common.count() * 10 >= (a.len() + b.len()) * 4
}

/// Returns a field of a record as text, whatever YAML made of it.
pub(super) fn text_at(value: &Yaml, field: &str) -> Option<String> {
    let text: Text = serde_yaml::from_value(value.get(field)?.clone()).ok()?;
    Some(text.0.trim().to_owned()).filter(|text| !text.is_empty())
}

/// A line of ten thousand names is read for its first.
fn first_of(names: &Names) -> Names {
    match names {
        Names::Line(line) => {
            let end = line.char_indices().map(|(at, _)| at).nth(400).unwrap_or(line.len());
            Names::Line(line[..end].to_owned())
        }
        Names::List(list) => Names::List(list.iter().take(1).cloned().collect()),
    }
}

fn author(name: &PersonName) -> String {
    match &name.literal {
        Some(group) => fold(group),
        None => fold(&name.family_with_particle()),
    }
}

/// Returns a title without mark-up, case, accents and punctuation.
pub(super) fn key(title: &str) -> String {
    fold(&plain(title)).chars().filter(|c| c.is_alphanumeric()).collect()
}

fn place(text: impl Fn(&str) -> Option<String>) -> String {
    let fields = ["event", "organization", "by", "conference", "funder", "outlet"];
    fields.iter().find_map(|field| text(field)).unwrap_or_default()
}

fn ids(text: impl Fn(&str) -> Option<String>) -> Vec<String> {
    let mut ids = Vec::new();
    let doi = text("doi").and_then(|doi| identifier::doi(&doi).ok());
    let arxiv = text("arxiv").and_then(|arxiv| identifier::arxiv(&arxiv).ok());
    let in_doi = doi.as_deref().and_then(|doi| doi.strip_prefix("10.48550/arxiv.")).map(str::to_owned);
    ids.extend(arxiv.or(in_doi).map(|arxiv| format!("arxiv:{arxiv}")));
    ids.extend(doi.map(|doi| format!("doi:{doi}")));
    ids.extend(text("pmid").and_then(|pmid| identifier::pmid(&pmid).ok()).map(|pmid| format!("pmid:{pmid}")));
    ids.extend(text("pmcid").and_then(|pmcid| identifier::pmcid(&pmcid).ok()).map(|pmcid| format!("pmcid:{pmcid}")));
    ids
}
