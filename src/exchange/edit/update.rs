//! Sets fields of a record that is there: a new line for a new field, a new value in the place of an old one.

use std::collections::HashMap;
use std::ops::Range;

use serde_yaml::Value as Yaml;

use super::layout::{closing, line_end};
use super::{Refusal, alone, file_of, records, write};
use crate::exchange::draft::Value;
use crate::record::vocabulary::Kind;
use crate::source::{Origin, Sources};

/// A field's new value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The field.
    pub field: &'static str,
    /// What it is to be.
    pub value: Value,
}

/// The changes of one record; `index` counts records from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changes {
    /// The record.
    pub index: usize,
    /// Its new values.
    pub changes: Vec<Change>,
}

/// A piece of text in the place of another.
pub(super) struct Piece {
    pub(super) range: Range<usize>,
    pub(super) text: String,
}

/// Returns the text of a list file with fields of records set.
///
/// # Errors
/// When a field cannot be set without touching more than its own value.
pub fn set(old: &str, kind: Kind, updates: &[Changes]) -> Result<String, Refusal> {
    let before = records(old, kind).ok_or(Refusal::Unreadable)?;
    let file = file_of(kind);
    let (sources, body) = alone(old, &file);
    // Places are counted without the mark, and a file of the old Macs has no lines to count.
    if old.contains('\r') && !old.contains('\n') {
        return Err(Refusal::Unsafe);
    }
    let mut pieces = Vec::new();
    for update in updates {
        let item = before.get(update.index).ok_or(Refusal::Unsafe)?;
        let origin = Origin { file: file.as_str().into(), index: update.index };
        for change in &update.changes {
            pieces.push(piece(&sources, &body, &origin, item, change).ok_or(Refusal::Unsafe)?);
        }
    }
    let new = replaced(&body, pieces).ok_or(Refusal::Unsafe)?;
    let new = format!("{}{new}", &old[..old.len() - body.len()]);
    let after = records(&new, kind).ok_or(Refusal::Unsafe)?;
    let mut by_index: HashMap<usize, Vec<&Change>> = HashMap::new();
    for update in updates {
        by_index.entry(update.index).or_default().extend(&update.changes);
    }
    let right = after.len() == before.len()
        && after.iter().zip(&before).enumerate().all(|(at, (new, old))| match by_index.get(&at) {
            None => new == old,
            Some(changes) => is_set(old, new, changes),
        });
    if right { Ok(new) } else { Err(Refusal::Unsafe) }
}

/// Puts pieces in their places; `None` when two of them overlap.
pub(super) fn replaced(text: &str, mut pieces: Vec<Piece>) -> Option<String> {
    pieces.sort_by_key(|piece| (piece.range.start, piece.range.end));
    let mut new = String::with_capacity(text.len() + 64 * pieces.len());
    let mut done = 0;
    for piece in pieces {
        new.push_str(text.get(done..piece.range.start)?);
        new.push_str(&piece.text);
        done = piece.range.end;
    }
    new.push_str(text.get(done..)?);
    Some(new)
}

/// Tells whether a record differs only in the fields that were to be set, and has them.
fn is_set(old: &Yaml, new: &Yaml, changes: &[&Change]) -> bool {
    let (Some(old), Some(new)) = (old.as_mapping(), new.as_mapping()) else { return false };
    let changed = |key: &Yaml| changes.iter().any(|change| key.as_str() == Some(change.field));
    let kept = old.iter().filter(|(key, _)| !changed(key)).all(|(key, value)| new.get(key) == Some(value));
    let added = changes.iter().filter(|change| !old.contains_key(change.field)).count();
    let expected = |change: &&Change| {
        let lines = write::block(change.field, &change.value, "");
        let read: Option<Yaml> = serde_yaml::from_str(&lines.join("\n")).ok();
        let text = |value: &Yaml| serde_yaml::from_value::<crate::record::Text>(value.clone()).ok();
        let wanted = read.and_then(|read| read.get(change.field).cloned());
        let found = new.get(change.field);
        wanted.as_ref() == found || wanted.zip(found).is_some_and(|(a, b)| text(&a).is_some() && text(&a) == text(b))
    };
    kept && new.len() == old.len() + added && changes.iter().all(expected)
}

pub(super) fn piece(sources: &Sources, body: &str, origin: &Origin, item: &Yaml, change: &Change) -> Option<Piece> {
    if item.get(change.field).is_some_and(|value| !value.is_null()) {
        let range = sources.span(origin, change.field)?.bytes_in(body)?;
        let text = match &change.value {
            Value::Text(text) => write::scalar(text, in_brackets(body, range.start)),
            other => write::flow(other),
        };
        return Some(Piece { range, text });
    }
    let head = sources.key_span(origin, "")?.bytes_in(body)?.start;
    match body[..head].rfind(['{', '\n', '-']).filter(|at| body[*at..].starts_with('{')) {
        Some(brace) => in_braces(body, brace, change),
        None if body[head..].starts_with('{') => in_braces(body, head, change),
        None => in_lines(body, head, change),
    }
}

fn in_brackets(text: &str, at: usize) -> bool {
    let line = text[..at].rfind('\n').map_or(0, |at| at + 1);
    text[line..at].contains(['{', '['])
}

fn in_braces(text: &str, brace: usize, change: &Change) -> Option<Piece> {
    let (_, last) = closing(text, brace)?;
    let end = last + text[last..].chars().next().map_or(0, char::len_utf8);
    let comma = if text[..end].ends_with([',', '{']) { "" } else { "," };
    Some(Piece { range: end..end, text: format!("{comma} {}: {}", change.field, write::flow(&change.value)) })
}

/// Adds a line after the last one of the record.
fn in_lines(text: &str, head: usize, change: &Change) -> Option<Piece> {
    let line_start = text[..head].rfind('\n').map_or(0, |at| at + 1);
    let column = head - line_start;
    if text[line_start..head].contains('\t') || !text[line_start..head].is_ascii() {
        return None;
    }
    let mut end = line_start;
    for line in text[line_start..].split_inclusive('\n') {
        let start = end_of(text, line);
        let bare = line.trim_end();
        let indent = line.len() - line.trim_start_matches(' ').len();
        let own = start == line_start || bare.is_empty() || indent >= column;
        if !own {
            if bare.trim_start().starts_with('#') {
                continue;
            }
            break;
        }
        if !bare.is_empty() {
            end = start + line.len();
        }
    }
    let eol = line_end(text);
    let margin = " ".repeat(column);
    let lines = write::block(change.field, &change.value, "");
    let lines: Vec<String> = lines.into_iter().map(|line| format!("{margin}{line}")).collect();
    let lines = lines.join(eol);
    let text = if text[..end].ends_with('\n') { format!("{lines}{eol}") } else { format!("{eol}{lines}") };
    Some(Piece { range: end..end, text })
}

/// The place of a piece of a text in it.
fn end_of(text: &str, piece: &str) -> usize {
    piece.as_ptr() as usize - text.as_ptr() as usize
}
