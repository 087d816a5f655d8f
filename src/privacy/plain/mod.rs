//! Files of words: plain text, tables, notebooks and RTF, each searched as what it is.
//!
//! Takes a file's name and bytes; gives what looks like an identifier, with its place where the
//! format has lines. A number under the heading `MRN` is one that follows the word.

mod decode;
mod delimited;
mod grid;
mod html;
mod json;
mod labels;
mod layout;
mod rtf;

use std::ops::Range;

use super::survey::unread;
use super::text::{Finding, Identifier, identifiers};
use super::trace::Trace;
use crate::diagnostic::Places;
use labels::Labels;

pub(super) use decode::is_text;

/// The longest text that is searched, in bytes; of a longer file, its beginning.
pub(super) const LONGEST: u64 = 8 * 1024 * 1024;
/// Bytes that are searched at a time, so that the words of a text take little memory.
const PIECE: usize = 512 * 1024;
/// Bytes that two pieces have in common: a label and its value may stand in both.
const OVERLAP: usize = 1024;
/// Findings of one file that are kept.
const MOST: usize = 100_000;

/// Something that looks like an identifier, at its place in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Hit {
    what: Identifier,
    /// Label and value, also where they stand apart.
    words: String,
    /// Bytes of the text: where the value stands.
    place: Range<usize>,
}

/// Looks through a file of words; `whereabouts` is added to what is said of each finding.
pub(super) fn traces(path: &str, bytes: &[u8], whereabouts: &str, with_place: bool) -> Vec<Trace> {
    if rtf::is_rtf(bytes) {
        return rtf::traces(path, bytes, whereabouts);
    }
    let unsearched = |why: &str| {
        let trace = unread(why, path);
        if whereabouts.is_empty() { trace } else { trace.inside(path) }
    };
    let Some(text) = decode::text(bytes) else {
        return vec![unsearched("is no text, whatever its name says")];
    };
    let mut found = hits(path, &text);
    let too_many = found.len() > MOST;
    found.truncate(MOST);
    let mut places = Places::new(&text);
    let mut traces: Vec<_> = found
        .iter()
        .map(|hit| {
            let span = with_place.then(|| places.span(hit.place.start, hit.place.end));
            Trace::found(hit.what, &hit.words, whereabouts, span)
        })
        .collect();
    if too_many {
        traces.push(unsearched("has more that looks like identifiers than can be named"));
    }
    traces
}

/// What stands in the tables of a page under a heading that makes it an identifier, in the order of the text.
pub(super) fn in_page(text: &str) -> Vec<Finding> {
    let found = in_order(in_tables(text, &mut Labels::default())).into_iter();
    found.map(|hit| Finding { what: hit.what, range: hit.place.clone(), core: hit.place }).collect()
}

/// What is found in a text of any format, in its order.
fn hits(path: &str, text: &str) -> Vec<Hit> {
    let mut labels = Labels::default();
    let name = path.to_ascii_lowercase();
    let may_be_json = text.trim_start().starts_with(['{', '[']);
    if may_be_json && let Some(found) = json::hits(text, &mut labels) {
        return in_order(found);
    }
    let mut found = in_words(text);
    match delimited::delimiter(&name, text) {
        Some(delimiter) => found.extend(delimited::hits(text, delimiter, &mut labels)),
        None => found.extend(in_tables(text, &mut labels)),
    }
    in_order(found)
}

/// What is found in running words and in the tables between them.
fn in_prose(text: &str, labels: &mut Labels) -> Vec<Hit> {
    let mut found = in_words(text);
    if text.contains('\n') || text.contains('<') {
        found.extend(in_tables(text, labels));
    }
    in_order(found)
}

fn in_tables(text: &str, labels: &mut Labels) -> Vec<Hit> {
    let mut found = layout::hits(text, labels);
    found.extend(html::hits(text, labels));
    found
}

fn in_words(text: &str) -> Vec<Hit> {
    let (mut start, mut found) = (0, Vec::<Hit>::new());
    while start < text.len() && found.len() <= MOST {
        let rest = &text[start..];
        let end = start + if rest.len() <= PIECE { rest.len() } else { cut(rest, PIECE) };
        let begun = found.last().map_or(0, |last| last.place.end);
        let here = identifiers(&text[start..end]).into_iter().map(|finding| Hit {
            what: finding.what,
            words: text[start..end][finding.range.clone()].to_owned(),
            place: start + finding.range.start..start + finding.range.end,
        });
        found.extend(here.filter(|hit| hit.place.start >= begun));
        start = if end == text.len() { end } else { start + cut(&text[start..end], end - start - OVERLAP) };
    }
    found
}

/// Where a text can be cut near a length: behind a line, or behind a word.
fn cut(text: &str, length: usize) -> usize {
    let near = text.floor_char_boundary(length);
    let from = text.floor_char_boundary(near.saturating_sub(OVERLAP / 2));
    let behind = |found: usize| from + found + 1;
    let window = &text.as_bytes()[from..near];
    let line = window.iter().rposition(|byte| *byte == b'\n').map(behind);
    line.or_else(|| window.iter().rposition(u8::is_ascii_whitespace).map(behind)).unwrap_or(near)
}

/// In the order of the text; of two at one place, the first.
fn in_order(mut found: Vec<Hit>) -> Vec<Hit> {
    found.sort_by_key(|hit| hit.place.start);
    let mut end = 0;
    found.retain(|hit| {
        let is_new = hit.place.start >= end;
        if is_new {
            end = hit.place.end;
        }
        is_new
    });
    found
}

#[cfg(test)]
mod tests;
