//! A list file, read record by record.

use std::ops::Range;
use std::sync::OnceLock;

use granit_parser::ErrorKind;
use rayon::prelude::*;
use serde_yaml::Value;

use super::build::{NODES, Read, Reader, Stop};
use super::places::Node;
use super::{mend, places, shape};
use crate::diagnostic::{Diagnostic, Span, code};

/// Records of one file.
const MOST_RECORDS: usize = 10_000;

/// One record of a list file, as a value.
#[derive(Debug)]
pub struct Item {
    /// Its place in the list, from 0.
    pub index: usize,
    /// The record; hardly ever anything but a map.
    pub value: Value,
    /// Keys whose lines had to be passed over.
    pub faulty: Vec<String>,
    /// Hash of the record's text, where it was asked for and the record stands alone and without a slip.
    pub text: Option<blake3::Hash>,
}

/// Tells whether the record that has a text, given by its hash, need not be read again.
pub type IsKnown<'a> = &'a (dyn Fn(&blake3::Hash) -> bool + Sync);

/// The records of a list file.
#[derive(Debug, Default)]
pub struct Listing {
    /// Those that were read.
    pub items: Vec<Item>,
    /// Place in the list and text of those that are known.
    pub known: Vec<(usize, blake3::Hash)>,
}

/// How a list file was cut, so that places can be found later.
#[derive(Debug)]
pub(in crate::source) enum Layout {
    /// Each record on its own.
    Pieces(Vec<Piece>),
    /// All at once.
    Whole {
        /// The text as mended, if it was.
        mended: Option<String>,
        /// The places, found when first asked for.
        node: OnceLock<Option<Node>>,
    },
}

impl Layout {
    /// The layout of a text that is read all at once.
    pub(in crate::source) fn whole(mended: Option<String>) -> Self {
        Self::Whole { mended, node: OnceLock::new() }
    }

    /// The layout of a part of a text that stands alone, below `lines_before` lines.
    pub(in crate::source) fn part(range: Range<usize>, lines_before: usize, mended: Option<String>) -> Self {
        Self::Pieces(vec![Piece { range, lines_before, mended }])
    }

    /// Returns the text of one record.
    pub(in crate::source) fn source<'a>(&self, text: &'a str, index: usize) -> Option<&'a str> {
        match self {
            Self::Pieces(pieces) => text.get(pieces.get(index)?.range.clone()),
            Self::Whole { .. } => Some(text),
        }
    }

    /// Reads one record again, with the places of all that is in it.
    pub(in crate::source) fn read(&self, text: &str, index: usize) -> Option<(Value, Node)> {
        let (source, lines_before, item) = match self {
            Self::Pieces(pieces) => {
                let piece = pieces.get(index)?;
                let source = piece.mended.as_deref().or_else(|| text.get(piece.range.clone()))?;
                (source, piece.lines_before, 0)
            }
            Self::Whole { mended, .. } => (mended.as_deref().unwrap_or(text), 0, index),
        };
        let read = Reader::new("", source, lines_before).with_places().read().ok()?;
        let value = match read.value? {
            Value::Sequence(mut items) => (item < items.len()).then(|| items.swap_remove(item))?,
            value => value,
        };
        Some((value, read.node?.item(item)?.clone()))
    }

    /// Returns the places of one record, if the record can be read.
    pub(in crate::source) fn node(&self, text: &str, index: usize) -> Option<Node> {
        match self {
            Self::Pieces(pieces) => {
                let piece = pieces.get(index)?;
                let source = piece.mended.as_deref().or_else(|| text.get(piece.range.clone()))?;
                places(source, piece.lines_before)?.item(0).cloned()
            }
            Self::Whole { mended, node } => node
                .get_or_init(|| places(mended.as_deref().unwrap_or(text), 0))
                .as_ref()
                .and_then(|node| node.item(index))
                .cloned(),
        }
    }
}

/// One record's part of the text.
#[derive(Debug)]
pub(in crate::source) struct Piece {
    range: Range<usize>,
    lines_before: usize,
    mended: Option<String>,
}

struct Split {
    /// What stands before the first record.
    preamble: Range<usize>,
    pieces: Vec<Piece>,
}

/// Reads a list file, but for the records that are known.
pub(in crate::source) fn list(
    diagnostics: &mut Vec<Diagnostic>,
    file: &str,
    text: &str,
    is_known: Option<IsKnown<'_>>,
) -> (Listing, Layout) {
    let split = split(text);
    let preamble = &text[split.preamble.clone()];
    if split.pieces.len() > MOST_RECORDS {
        diagnostics.push(
            Diagnostic::new(&code::YAML_LIMIT, file, format!("this file has more than {MOST_RECORDS} records"))
                .help("remove what is no record"),
        );
        return (Listing::default(), Layout::Pieces(Vec::new()));
    }
    if let Some(pasted) = shape::pasted(file, text) {
        diagnostics.push(pasted);
        return (Listing::default(), Layout::Pieces(Vec::new()));
    }
    if split.pieces.is_empty() {
        let bullets = shape::bullets(file, text);
        if bullets.is_empty() {
            let (items, layout) = whole(diagnostics, file, text);
            return (Listing { items, ..Listing::default() }, layout);
        }
        diagnostics.extend(bullets);
        return (Listing::default(), Layout::Pieces(Vec::new()));
    }
    let reads: Vec<PieceRead> = split
        .pieces
        .par_iter()
        .with_min_len(16)
        .map(|piece| {
            let source = &text[piece.range.clone()];
            let hash = is_known.map(|_| blake3::hash(source.as_bytes()));
            if let (Some(hash), Some(is_known)) = (hash, is_known)
                && is_known(&hash)
            {
                return PieceRead::Known(hash);
            }
            PieceRead::New(Reader::new(file, source, piece.lines_before).of_record().read(), hash)
        })
        .collect();
    let new = || reads.iter().filter_map(PieceRead::as_new);
    let nodes: usize = new().flatten().map(|read| read.nodes).sum();
    if nodes > NODES {
        diagnostics.push(
            Diagnostic::new(&code::YAML_LIMIT, file, "this file has more values than Offprint reads")
                .help("split it, or remove what no record needs"),
        );
        return (Listing::default(), Layout::Pieces(split.pieces));
    }
    let plain = preamble.lines().all(|line| {
        let line = line.trim();
        line.is_empty() || line.starts_with('#') || line == "---"
    });
    if !plain || new().any(needs_whole) {
        match Reader::new(file, text, 0).read() {
            Ok(Read { value: Some(Value::Sequence(values)), faults, .. }) => {
                diagnostics.extend(faults);
                return (Listing { items: items(values), ..Listing::default() }, Layout::whole(None));
            }
            _ if !plain => diagnostics.extend(shape::before_the_first(file, preamble)),
            _ => {}
        }
    }
    pieces(diagnostics, file, text, split.pieces, reads)
}

/// What came of one record's part of the text.
enum PieceRead {
    Known(blake3::Hash),
    New(Result<Read, Stop>, Option<blake3::Hash>),
}

impl PieceRead {
    fn as_new(&self) -> Option<&Result<Read, Stop>> {
        match self {
            Self::Known(_) => None,
            Self::New(read, _) => Some(read),
        }
    }
}

/// Tells whether a record may be readable only together with the rest of its file.
fn needs_whole(read: &Result<Read, Stop>) -> bool {
    match read {
        Ok(read) => !matches!(&read.value, Some(Value::Sequence(items)) if items.len() == 1),
        Err(Stop::Syntax(fault)) => {
            matches!(fault.kind, ErrorKind::UnknownAnchor | ErrorKind::UnclosedQuotedScalar)
        }
        Err(Stop::Limit(_)) => false,
    }
}

fn pieces(
    diagnostics: &mut Vec<Diagnostic>,
    file: &str,
    text: &str,
    mut pieces: Vec<Piece>,
    reads: Vec<PieceRead>,
) -> (Listing, Layout) {
    let mut listing = Listing::default();
    for (index, (piece, read)) in pieces.iter_mut().zip(reads).enumerate() {
        let (read, hash) = match read {
            PieceRead::Known(hash) => {
                listing.known.push((index, hash));
                continue;
            }
            PieceRead::New(read, hash) => (read, hash),
        };
        let before = diagnostics.len();
        let source = &text[piece.range.clone()];
        let unspaced = dash_without_space(source);
        let document = match read {
            Err(Stop::Limit(diagnostic)) => {
                diagnostics.push(*diagnostic);
                continue;
            }
            Ok(read) if !unspaced => {
                let mut found = Vec::new();
                let document = mend::finish(&mut found, read, Vec::new(), None);
                name_record(&mut found, document.value.as_ref(), index);
                diagnostics.extend(found);
                document
            }
            _ => {
                let mut found = Vec::new();
                let start = unspaced.then(|| space_after_dash(&mut found, file, source, piece.lines_before)).flatten();
                let document = mend::read_mending(&mut found, file, source, piece.lines_before, start);
                name_record(&mut found, document.value.as_ref(), index);
                diagnostics.extend(found);
                document
            }
        };
        piece.mended = document.mended;
        let text = hash.filter(|_| diagnostics.len() == before && document.faulty.is_empty());
        let value = match document.value {
            _ if document.unreadable => continue,
            Some(Value::Sequence(mut values)) if values.len() == 1 => values.pop().unwrap_or_default(),
            other => other.unwrap_or_default(),
        };
        listing.items.push(Item { index, value, faulty: document.faulty, text });
    }
    // A record of a single field is never known, since it lacks those that it must have.
    let items = std::mem::take(&mut listing.items);
    listing.items = shape::fields_as_records(diagnostics, file, items, |index| pieces[index].lines_before + 1);
    (listing, Layout::Pieces(pieces))
}

/// Puts the record's id or title, or its number, beside the problems found in its text.
fn name_record(found: &mut [Diagnostic], value: Option<&Value>, index: usize) {
    if found.is_empty() {
        return;
    }
    let record = match value {
        Some(Value::Sequence(items)) => items.first(),
        other => other,
    };
    let name = record_name(record, index);
    for diagnostic in found {
        diagnostic.record.get_or_insert_with(|| name.clone());
    }
}

/// Returns what a record is called in messages: its id, else its title or name, else its number.
pub(crate) fn record_name(record: Option<&Value>, index: usize) -> String {
    let text = |key: &str| match record.and_then(|record| record.get(key)) {
        Some(Value::String(text)) if !text.trim().is_empty() => Some(shorten(text.trim())),
        Some(Value::Number(number)) => Some(number.to_string()),
        _ => None,
    };
    text("id").or_else(|| text("title")).or_else(|| text("name")).unwrap_or_else(|| format!("record {}", index + 1))
}

/// Cuts a title to what a message can hold.
pub(in crate::source) fn shorten(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((at, _)) => format!("{}…", text[..at].trim_end()),
        None => text.to_owned(),
    }
}

fn whole(diagnostics: &mut Vec<Diagnostic>, file: &str, text: &str) -> (Vec<Item>, Layout) {
    let document = mend::read_mending(diagnostics, file, text, 0, None);
    let items = match document.value {
        Some(Value::Sequence(values)) => items(values),
        None | Some(Value::Null) => Vec::new(),
        Some(other) => {
            diagnostics.push(shape::not_a_list(file, text));
            match other {
                Value::Mapping(_) => vec![Item { index: 0, value: other, faulty: document.faulty, text: None }],
                _ => Vec::new(),
            }
        }
    };
    (items, Layout::whole(document.mended))
}

fn items(values: Vec<Value>) -> Vec<Item> {
    values.into_iter().enumerate().map(|(index, value)| Item { index, value, faulty: Vec::new(), text: None }).collect()
}

/// Cuts a text at the lines that begin a record: `- ` as far to the left as the first of them.
fn split(text: &str) -> Split {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut indent = None;
    let mut at = 0;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let content = line.trim_start_matches(' ');
        let own = line.len() - content.len();
        if begins_item(content) && indent.is_none_or(|indent| indent == own) {
            indent = Some(own);
            if let Some(last) = pieces.last_mut() {
                last.range.end = at;
            }
            pieces.push(Piece { range: at..text.len(), lines_before: number, mended: None });
        }
        at += line.len();
    }
    let end = pieces.first().map_or(text.len(), |piece| piece.range.start);
    Split { preamble: 0..end, pieces }
}

fn begins_item(content: &str) -> bool {
    match content.strip_prefix('-') {
        Some(rest) => rest.is_empty() || rest.starts_with([' ', '\t', '\n', '\r']) || dash_without_space(content),
        None => false,
    }
}

/// Tells whether a line begins `-title: …`, where `- title: …` was meant.
fn dash_without_space(line: &str) -> bool {
    let line = line.trim_start_matches(' ').lines().next().unwrap_or_default();
    line.strip_prefix('-').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_lowercase()))
        && mend::key_of(&line[1..]).is_some()
}

fn space_after_dash(
    found: &mut Vec<Diagnostic>,
    file: &str,
    source: &str,
    lines_before: usize,
) -> Option<(String, Vec<String>)> {
    let indent = source.len() - source.trim_start_matches(' ').len();
    found.push(
        Diagnostic::new(&code::MISSING_SPACE, file, "a space is missing after the `-` that begins a record")
            .at(Span::new(lines_before + 1, indent + 1, 1))
            .label("write `- `")
            .help("put a space between `-` and the first field")
            .fix("- "),
    );
    mend::without_line(source, 0).map(|(text, key)| (text, key.into_iter().collect()))
}
