//! Adds records to a list file, and facts to a record, keeping every byte that was there.
//!
//! Takes the text of a file and drafts; gives the new text. What was written stays as it was: comments, order, quotes,
//! indents, line ends, a missing last line end. The new text is read again before it is given: unless the old records
//! are the same and the new ones are what was to be added, nothing is changed and the reason is told.

mod layout;
mod proof;
mod update;
mod write;

pub use proof::{name_proof, name_proof_apart};
pub use update::{Change, Changes, set};

use std::sync::Arc;

use serde_yaml::Value as Yaml;

use super::draft::Draft;
use crate::diagnostic::{Diagnostics, Severity, code};
use crate::record::vocabulary::Kind;
use crate::source::Sources;
use layout::Layout;
use write::Style;

/// Why a file was not changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The file has an error that hides where its records end.
    Unreadable,
    /// The file is not a list of records.
    NoList,
    /// What would be written does not read back as it should.
    Unsafe,
}

/// Returns a record as the text of a file of its own would have it.
pub fn text(draft: &Draft) -> String {
    write::record(draft, &Style { indent: String::new(), dash: "- ".to_owned(), flow: false }).join("\n") + "\n"
}

/// Returns the text of a list file with records added at its end; without a file, of a new one that begins with `head`.
///
/// # Errors
/// When records cannot be added without a doubt.
pub fn append(old: Option<&str>, kind: Kind, drafts: &[Draft], head: &str) -> Result<String, Refusal> {
    let Some(old) = old else {
        let records: Vec<String> = drafts.iter().map(text).collect();
        return Ok(format!("{head}{}", records.join("\n")));
    };
    if drafts.is_empty() {
        return Ok(old.to_owned());
    }
    let before = records(old, kind).ok_or(Refusal::Unreadable)?;
    let layout = Layout::find(old).ok_or(Refusal::NoList)?;
    let new = layout.insert(old, drafts);
    let after = records(&new, kind).ok_or(Refusal::Unsafe)?;
    let kept = after.len() == before.len() + drafts.len() && after.iter().zip(&before).all(|(new, old)| new == old);
    let added = drafts.iter().zip(after.iter().skip(before.len())).all(|(draft, value)| is_of(value, draft));
    if kept && added { Ok(new) } else { Err(Refusal::Unsafe) }
}

/// Tells whether a record that was read has all the fields of a draft.
fn is_of(value: &Yaml, draft: &Draft) -> bool {
    let wrong = |field: &str| draft.doubts().iter().any(|doubt| doubt.wrong && doubt.field == field);
    draft.fields().iter().filter(|(field, _)| !wrong(field)).all(|(field, _)| value.get(*field).is_some())
        && draft
            .get_text("title")
            .is_none_or(|title| value.get("title").and_then(Yaml::as_str).is_none_or(|read| read == title))
}

/// Reads the records of a text as values; `None` when there is any error in it.
pub(super) fn records(text: &str, kind: Kind) -> Option<Vec<Yaml>> {
    entries(text, &file_of(kind))
}

/// Reads the entries of a list file of `records/` or `private/` as values; `None` when there is any error in it.
fn entries(text: &str, file: &str) -> Option<Vec<Yaml>> {
    let (sources, text) = alone(text, file);
    if text.trim().is_empty() {
        return Some(Vec::new());
    }
    let mut diagnostics = Diagnostics::default();
    let items = sources.list(&mut diagnostics, file);
    // A comment behind a title is asked about, but hides nothing.
    let errors =
        diagnostics.iter().filter(|found| found.severity() == Severity::Error && found.code != &code::HASH_IN_TEXT);
    let whole = errors.count() == 0 && items.iter().all(|item| item.faulty.is_empty());
    whole.then(|| items.into_iter().map(|item| item.value).collect())
}

/// A site that has one file, as it would be read from the disk.
fn alone(text: &str, file: &str) -> (Sources, Arc<str>) {
    let text = text.trim_start_matches('\u{feff}');
    let text: Arc<str> =
        if text.contains('\r') && !text.contains('\n') { text.replace('\r', "\n").into() } else { text.into() };
    let mut sources = Sources::default();
    sources.texts.insert(file.to_owned(), Arc::clone(&text));
    (sources, text)
}

fn file_of(kind: Kind) -> String {
    format!("records/{kind}.yaml")
}

#[cfg(test)]
mod tests;
