//! A document as PDF: tagged (PDF/UA-1, ISO 14289-1) and fit for archives (PDF/A-2a, ISO 19005-2) in one file.
//!
//! Takes a [`Document`], the faces and a [`Sheet`]; gives [`Pdf`]. Everything stands in one column of text, with dates
//! and numbers in the margin beside it. `blocks` sets the text, `pages` breaks it, `draw` writes it; this module alone
//! knows the engine. No clock and no system font: the same input gives the same bytes on every machine.

mod blocks;
mod draw;
mod pages;
mod set;

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::faces::Faces;
use super::{Document, Entry};
use crate::cite::Run;
use crate::record::vocabulary::Paper;
use crate::source::Origin;

pub use pages::Excess;

/// The sheet a document is printed on, and what stands at its foot.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// The size of the pages.
    pub paper: Paper,
    /// The day of issue, for the file's own date.
    pub today: NaiveDate,
    /// At the foot of every page: what it is ("Rao, curriculum vitae").
    pub foot: String,
    /// At the foot of every page: the day of issue in words.
    pub issued: String,
    /// At the foot of every page: its number, as `{n} of {total}`.
    pub number: String,
    /// The size of the text in points; 10 where nothing is pressed for room.
    pub size: f32,
}

/// A written document.
#[derive(Debug, Clone)]
pub struct Pdf {
    /// The file.
    pub bytes: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
}

/// Letters for which there is no face.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// The record whose text holds them; `None` for the title and the lines below it.
    pub origin: Option<Origin>,
    /// The letters, each once.
    pub letters: Vec<char>,
}

/// Returns every letter of a document but those of ASCII, which every shipped face has.
pub fn letters(document: &Document, sheet: &Sheet) -> BTreeSet<char> {
    let feet = [&sheet.foot, &sheet.issued, &sheet.number].into_iter().map(String::as_str);
    let entries = document.sections.iter().flat_map(|section| &section.entries);
    letters_of(head(document).chain(feet).chain(entries.flat_map(texts)))
}

/// Returns the letters that no face has, record by record; they are printed in Latin letters.
pub fn missing(document: &Document, faces: &Faces) -> Vec<Missing> {
    let entries = || document.sections.iter().flat_map(|section| &section.entries);
    let all = letters_of(head(document).chain(entries().flat_map(texts)));
    let lacking: BTreeSet<char> = faces.lacking(&all).into_iter().collect();
    if lacking.is_empty() {
        return Vec::new();
    }
    let entries = entries().map(|entry| (entry.origin.clone(), letters_of(texts(entry))));
    let all = std::iter::once((None, letters_of(head(document)))).chain(entries);
    all.map(|(origin, letters)| Missing { origin, letters: letters.intersection(&lacking).copied().collect() })
        .filter(|missing| !missing.letters.is_empty())
        .collect()
}

fn head(document: &Document) -> impl Iterator<Item = &str> {
    let lines = document.lines.iter().flatten().map(|run: &Run| run.text.as_str());
    let headings = document.sections.iter().filter_map(|section| section.heading.as_deref());
    [document.title.as_str()].into_iter().chain(lines).chain(headings)
}

fn texts(entry: &Entry) -> impl Iterator<Item = &str> {
    std::iter::once(entry.dates.as_str()).chain(entry.runs.iter().map(|run| run.text.as_str()))
}

fn letters_of<'a>(texts: impl Iterator<Item = &'a str>) -> BTreeSet<char> {
    let mut letters = BTreeSet::new();
    for text in texts.filter(|text| !text.is_ascii()) {
        letters.extend(set::clean(text).chars().filter(|letter| !letter.is_ascii()));
    }
    letters
}

/// Writes a document; letters that no face has (see [`missing`]) in Latin letters.
///
/// # Errors
/// When the engine refuses a font.
pub fn write(document: &Document, faces: &Faces, sheet: &Sheet) -> anyhow::Result<Pdf> {
    let lacking = faces.lacking(&letters(document, sheet));
    let mut setter = set::Setter::new(faces, document, lacking);
    let form = blocks::Form::new(sheet, document);
    let blocks = blocks::of(document, &form, &mut setter);
    let pages = pages::broken(&blocks, form.height());
    let bytes = draw::bytes(document, sheet, &form, &blocks, &pages, &mut setter)?;
    Ok(Pdf { bytes, pages: pages.len() })
}

/// Tells whether a document fits on some pages.
pub fn fits(document: &Document, faces: &Faces, sheet: &Sheet, pages: usize) -> bool {
    let form = blocks::Form::new(sheet, document);
    let entries: usize = document.sections.iter().map(|section| section.entries.len()).sum();
    // An entry has a line at least, so that most that is too long need not be set.
    form.holds(entries, pages) && excess(document, faces, sheet, pages).is_none()
}

/// Returns by how much a document is too long for some pages; `None` where it fits.
pub fn excess(document: &Document, faces: &Faces, sheet: &Sheet, most: usize) -> Option<Excess> {
    let lacking = faces.lacking(&letters(document, sheet));
    let mut setter = set::Setter::new(faces, document, lacking);
    let form = blocks::Form::new(sheet, document);
    let blocks = blocks::of(document, &form, &mut setter);
    pages::excess(&blocks, &pages::broken(&blocks, form.height()), most)
}

#[cfg(test)]
mod tests;
