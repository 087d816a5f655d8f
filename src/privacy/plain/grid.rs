//! A table, row by row: what stands under a heading, or beside it, is searched with it.

use std::ops::Range;

use super::Hit;
use super::labels::{self, Labels};

/// Cells of a row that are looked at.
pub(super) const MOST_CELLS: usize = 1_000;

/// One cell: its words, and where they stand.
#[derive(Debug)]
pub(super) struct Cell<'t> {
    pub(super) words: std::borrow::Cow<'t, str>,
    pub(super) place: Range<usize>,
    /// Whether the words stand there letter by letter.
    pub(super) is_exact: bool,
}

/// The headings of a table so far.
#[derive(Debug, Default)]
pub(super) struct Grid {
    heads: Vec<Option<String>>,
}

impl Grid {
    /// Takes the next row; gives what is found in it.
    pub(super) fn row(&mut self, cells: &[Cell<'_>], labels: &mut Labels) -> Vec<Hit> {
        let cells = &cells[..cells.len().min(MOST_CELLS)];
        let mut found = Vec::new();
        let heads: Vec<_> = cells.iter().map(|cell| labels.label(&cell.words)).collect();
        for (at, cell) in cells.iter().enumerate() {
            let over = self.heads.get(at).and_then(Option::as_deref);
            // In a list of keys and values the key stands before.
            let beside = if at == 1 { heads[0].as_deref().filter(|_| cells.len() == 2) } else { None };
            if heads[at].is_none()
                && let Some(label) = over.or(beside)
            {
                found.extend(labels::hits(label, &cell.words, cell.place.clone(), cell.is_exact));
            }
        }
        for (at, head) in heads.into_iter().enumerate() {
            if head.is_some() {
                if self.heads.len() <= at {
                    self.heads.resize(at + 1, None);
                }
                self.heads[at] = head;
            }
        }
        found
    }
}
