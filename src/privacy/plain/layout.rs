//! Tables that lines of text draw: between bars, parted by tabs, or in columns of blanks.

use std::borrow::Cow;
use std::ops::Range;

use super::Hit;
use super::grid::{Cell, Grid};
use super::labels::{self, Labels};

/// Cells of a line that are looked at.
const MOST_CELLS: usize = 100;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Bars,
    Tabs,
    /// Two blanks and more part the cells, which stand below one another.
    Columns,
}

/// What is found under the headings of such tables.
pub(super) fn hits(text: &str, labels: &mut Labels) -> Vec<Hit> {
    let (mut found, mut before) = (Vec::new(), None);
    let (mut grid, mut heads) = (Grid::default(), Vec::<(Range<usize>, String)>::new());
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let form = form(line);
        if form != before {
            (grid, heads, before) = (Grid::default(), Vec::new(), form);
        }
        match form {
            Some(Form::Columns) => {
                let cells = wide(line);
                let columns = cells.iter().filter_map(|cell| {
                    // Numbers end where their heading does, words begin there.
                    let (_, label) = heads.iter().find(|(head, _)| head.start < cell.end && cell.start < head.end)?;
                    let place = start + cell.start..start + cell.end;
                    Some(labels::hits(label, &line[cell.clone()], place, true))
                });
                found.extend(columns.flatten());
                let names: Vec<_> = cells
                    .into_iter()
                    .filter_map(|cell| labels.label(&line[cell.clone()]).map(|label| (cell, label)))
                    .collect();
                if !names.is_empty() {
                    heads = names;
                }
            }
            Some(form) => {
                let mark = if form == Form::Bars { '|' } else { '\t' };
                found.extend(grid.row(&parted(line, mark, start), labels));
            }
            None => {}
        }
        start += line.len();
    }
    found
}

fn form(line: &str) -> Option<Form> {
    let words = line.trim();
    if words.is_empty() {
        None
    } else if words.trim_matches('|').contains('|') {
        Some(Form::Bars)
    } else if words.contains('\t') {
        Some(Form::Tabs)
    } else {
        words.contains("  ").then_some(Form::Columns)
    }
}

fn parted(line: &str, mark: char, start: usize) -> Vec<Cell<'_>> {
    let inner = line.trim_end();
    let (inner, mut at) = match inner.strip_prefix(mark) {
        Some(rest) if mark == '|' => (rest.strip_suffix(mark).unwrap_or(rest), start + 1),
        _ => (inner, start),
    };
    let cells = inner.split(mark).take(MOST_CELLS).map(|cell| {
        let words = cell.trim().trim_matches('*');
        let first = at + words.as_ptr().addr() - cell.as_ptr().addr();
        at += cell.len() + 1;
        Cell { words: Cow::Borrowed(words), place: first..first + words.len(), is_exact: true }
    });
    cells.collect()
}

/// The cells of a line that two blanks and more part, as bytes of the line.
fn wide(line: &str) -> Vec<Range<usize>> {
    let mut cells = Vec::new();
    let mut at = 0;
    for part in line.split("  ") {
        let words = part.trim();
        if !words.is_empty() && cells.len() < MOST_CELLS {
            let first = at + part.len() - part.trim_start().len();
            cells.push(first..first + words.len());
        }
        at += part.len() + 2;
    }
    cells
}
