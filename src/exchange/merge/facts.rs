//! What a source knows newer or otherwise than a record: status, dates, volume, pages, numbers.

use serde_yaml::Value as Yaml;

use super::Difference;
use super::keys::text_at;
use crate::exchange::draft::{Draft, Value};
use crate::exchange::edit::Change;
use crate::portfolio::{fold, identifier};
use crate::record::PartialDate;
use crate::record::vocabulary::{Kind, PublicationStatus};

/// Facts that are offered where the record lacks them or has them otherwise.
const FACTS: [&str; 11] =
    ["date", "epub_date", "journal", "volume", "issue", "pages", "doi", "pmid", "pmcid", "arxiv", "correction"];

/// Compares a record with what a source says of the same work.
pub(super) fn differences(record: &Yaml, draft: &Draft) -> Vec<Difference> {
    if draft.kind != Kind::Publications {
        return Vec::new();
    }
    let mut differences: Vec<Difference> = status(record, draft).into_iter().collect();
    for field in FACTS {
        let Some(value) = draft.get(field) else { continue };
        let doubtful = draft.doubts().iter().any(|doubt| doubt.field == field);
        let old = text_at(record, field).or_else(|| record.get(field).map(|_| "…".to_owned()));
        let differs = match &old {
            // What is not sure is no news, and a journal's name has many forms.
            Some(_) if doubtful || matches!(field, "journal" | "epub_date" | "correction") => false,
            Some(old) => !is_same(field, old, value),
            None => !doubtful && is_missing(record, field),
        };
        if differs {
            differences.push(Difference { old, change: Change { field, value: value.clone() } });
        }
    }
    differences
}

/// A work that came out ahead of print before it had a volume has its first day in `date` or `epub_date`.
fn is_missing(record: &Yaml, field: &str) -> bool {
    match field {
        "epub_date" => text_at(record, "date").is_some(),
        "journal" => ["book_title", "server", "website"].iter().all(|other| record.get(*other).is_none()),
        _ => true,
    }
}

fn is_same(field: &str, old: &str, new: &Value) -> bool {
    match new {
        Value::Date(new) => {
            let new = new.to_string();
            // The more exact of two dates stands.
            old.starts_with(&new) || PartialDate::parse(old).is_none()
        }
        Value::Text(new) => match field {
            "doi" => identifier::doi(old).map_or(old == new, |old| old == *new),
            "pmid" => identifier::pmid(old).map_or(old == new, |old| old == *new),
            "pmcid" => identifier::pmcid(old).map_or(old == new, |old| old == *new),
            "arxiv" => identifier::arxiv(old).map_or(old == new, |old| old == *new),
            "pages" => same_pages(old, new),
            _ => fold(old) == fold(new),
        },
        _ => true,
    }
}

/// Tells whether two ranges of pages are one: `355-61` is `355–361`.
pub(in crate::exchange) fn same_pages(a: &str, b: &str) -> bool {
    full_range(a) == full_range(b)
}

fn full_range(pages: &str) -> String {
    let pages: String = pages.replace(['–', '—', '‐', '‑'], "-").split_whitespace().collect();
    match pages.split_once('-') {
        Some((start, end)) if start == end => start.to_owned(),
        Some((start, end))
            if end.len() < start.len() && end.is_ascii() && end.bytes().all(|byte| byte.is_ascii_digit()) =>
        {
            let head = start.get(..start.len() - end.len()).unwrap_or_default();
            format!("{start}-{head}{end}")
        }
        _ => pages,
    }
}

fn rank(status: PublicationStatus) -> usize {
    use PublicationStatus as Status;
    let order = [
        Status::InPreparation,
        Status::Submitted,
        Status::UnderReview,
        Status::Revision,
        Status::Accepted,
        Status::InPress,
        Status::Epub,
        Status::Published,
    ];
    // What was withdrawn or retracted is not published again by an older file.
    order.iter().position(|other| *other == status).unwrap_or(order.len())
}

/// A work goes on in one direction: what a source says of an earlier state is old news.
fn status(record: &Yaml, draft: &Draft) -> Option<Difference> {
    let written = text_at(record, "status").and_then(|status| PublicationStatus::parse(&status));
    let dated = text_at(record, "date").is_some() || text_at(record, "epub_date").is_some();
    let old = written.or_else(|| dated.then_some(PublicationStatus::Published))?;
    let new = draft.status()?;
    let is_newer = rank(new) > rank(old) && old != PublicationStatus::Withdrawn;
    let is_known = !draft.doubts().iter().any(|doubt| doubt.field == "status");
    (is_newer && is_known).then(|| Difference {
        old: Some(old.as_str().to_owned()),
        change: Change { field: "status", value: Value::Text(new.as_str().to_owned()) },
    })
}
