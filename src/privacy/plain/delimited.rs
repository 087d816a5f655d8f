//! Tables of which commas, semicolons or tabs part the cells (RFC 4180 and its forebears).

use std::borrow::Cow;

use super::Hit;
use super::grid::{Cell, Grid, MOST_CELLS};
use super::labels::Labels;

/// Returns what parts the cells of a file, when its name says that it is a table.
pub(super) fn delimiter(name: &str, text: &str) -> Option<u8> {
    if name.ends_with(".tsv") || name.ends_with(".tab") {
        return Some(b'\t');
    }
    if !name.ends_with(".csv") {
        return None;
    }
    let line = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    [b',', b';', b'\t', b'|'].into_iter().rev().max_by_key(|mark| line.bytes().filter(|byte| byte == mark).count())
}

/// What is found under the headings of a table.
pub(super) fn hits(text: &str, delimiter: u8, labels: &mut Labels) -> Vec<Hit> {
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    let (mut grid, mut record, mut found) = (Grid::default(), csv::StringRecord::new(), Vec::new());
    while matches!(reader.read_record(&mut record), Ok(true)) {
        let byte = |position: Option<&csv::Position>| {
            position.and_then(|position| usize::try_from(position.byte()).ok()).unwrap_or_default()
        };
        let mut at = byte(record.position());
        let end = byte(Some(reader.position())).min(text.len());
        let cells = record.iter().take(MOST_CELLS).map(|words| {
            // Marks of quotation may stand between one cell and the next.
            let near = text.get(at..text.floor_char_boundary((at + words.len() + NEAR).min(end))).unwrap_or_default();
            let stands = near.find(words);
            let start = at + stands.unwrap_or(0);
            let place = start..start + words.len();
            if stands.is_some() {
                at = place.end;
            }
            Cell { words: Cow::Borrowed(words), place, is_exact: stands.is_some() }
        });
        let cells: Vec<_> = cells.collect();
        found.extend(grid.row(&cells, labels));
    }
    found
}

/// Bytes between the cells.
const NEAR: usize = 8;
