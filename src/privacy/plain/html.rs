//! Tables of HTML: rows of `th` and `td`, as programs of statistics write them.

use std::borrow::Cow;

use super::Hit;
use super::grid::{Cell, Grid, MOST_CELLS};
use super::labels::Labels;

/// What is found under the headings of tables.
pub(super) fn hits(text: &str, labels: &mut Labels) -> Vec<Hit> {
    let (mut found, mut grid) = (Vec::new(), Grid::default());
    let mut cells: Vec<Cell<'_>> = Vec::new();
    // Where the words of the open cell begin.
    let mut open: Option<usize> = None;
    let mut at = 0;
    while let Some(start) = text[at..].find('<').map(|found| at + found) {
        let end = text[start..].find('>').map_or(text.len(), |found| start + found + 1);
        let tag = text[start + 1..end].trim_end_matches('>');
        let name = tag.split(|letter: char| letter.is_whitespace()).next().unwrap_or_default();
        let is = |names: &[&str]| names.iter().any(|other| name.eq_ignore_ascii_case(other));
        if is(&["td", "th", "/td", "/th", "tr", "/tr", "/table"]) {
            if let Some(first) = open.take().filter(|_| cells.len() < MOST_CELLS) {
                cells.push(cell(text, first, start));
            }
            if is(&["td", "th"]) {
                open = Some(end);
            } else if is(&["tr", "/tr", "/table"]) {
                found.extend(grid.row(&cells, labels));
                cells.clear();
            }
            if is(&["/table"]) {
                grid = Grid::default();
            }
        }
        at = end;
    }
    found
}

fn cell(text: &str, first: usize, last: usize) -> Cell<'_> {
    let inner = &text[first..last];
    let words = inner.trim();
    let start = first + inner.len() - inner.trim_start().len();
    let place = start..start + words.len();
    if !words.contains(['<', '&']) {
        return Cell { words: Cow::Borrowed(words), place, is_exact: true };
    }
    let mut plain = String::new();
    for part in words.split('<').enumerate() {
        let (at, part) = part;
        let part = if at == 0 { part } else { part.split_once('>').map_or("", |(_, rest)| rest) };
        plain.push_str(part);
    }
    let plain = plain.replace("&nbsp;", " ").replace("&#160;", " ").replace("&amp;", "&");
    Cell { words: Cow::Owned(plain.trim().to_owned()), place, is_exact: false }
}
