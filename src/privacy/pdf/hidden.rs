//! Text that nobody sees on a page, and that anybody can copy out of it.

use super::CLEAN;
use super::colour::{is_dark, is_same};
use super::page::{Page, Shown, ground_of};
use crate::diagnostic::code;
use crate::privacy::trace::Trace;

/// Why nobody sees some text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reason {
    /// Drawn without ink.
    Invisible,
    /// In the colour of its ground.
    Colour,
    /// Outside the page.
    Outside,
    /// Too small for any eye.
    Tiny,
    /// Under a black bar, which only covers it.
    Bar,
    /// Under something else.
    Covered,
}

/// Letters of a hidden text that are told.
const EXCERPT: usize = 60;

/// Returns why nobody sees some text of a page; nothing where it is seen.
pub(super) fn reason(page: &Page, shown: &Shown) -> Option<Reason> {
    if shown.text.trim().is_empty() {
        return None;
    }
    let is_outside = shown.area.right < page.area.left
        || shown.area.left > page.area.right
        || shown.area.top < page.area.bottom
        || shown.area.bottom > page.area.top;
    if is_outside {
        return Some(Reason::Outside);
    }
    if shown.mode == 3 || shown.alpha < 0.05 {
        // A scan's text, read by a program, lies unseen over its picture.
        return (!page.is_scan()).then_some(Reason::Invisible);
    }
    if shown.size < 0.8 {
        return Some(Reason::Tiny);
    }
    let covers = page.grounds.iter().filter(|ground| !shown.is_over(ground) && ground.area.has(shown.area.centre()));
    for ground in covers.filter(|ground| shown.area.under(&ground.area) > 0.6) {
        if ground.is_picture && page.is_scan() {
            continue;
        }
        return Some(if ground.is_picture || is_dark(ground.colour) { Reason::Bar } else { Reason::Covered });
    }
    is_same(shown.colour, ground_of(page, shown)).then_some(Reason::Colour)
}

/// Reports what nobody sees on a page, what is hidden in one way in one report.
pub(super) fn traces(number: usize, page: &Page) -> Vec<Trace> {
    let mut runs: Vec<(Reason, String)> = Vec::new();
    for shown in &page.shown {
        let Some(reason) = reason(page, shown) else { continue };
        match runs.iter_mut().find(|(known, _)| *known == reason) {
            Some((_, text)) => {
                text.push(' ');
                text.push_str(&shown.text);
            }
            None => runs.push((reason, shown.text.clone())),
        }
    }
    let traces = runs.into_iter().map(|(reason, text)| {
        let excerpt: String = text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(EXCERPT).collect();
        let (code, how) = match reason {
            Reason::Invisible => (&code::DOCUMENT_HIDDEN_TEXT, "drawn without ink"),
            Reason::Colour => (&code::DOCUMENT_HIDDEN_TEXT, "in the colour of the paper"),
            Reason::Outside => (&code::DOCUMENT_HIDDEN_TEXT, "outside the paper"),
            Reason::Tiny => (&code::DOCUMENT_HIDDEN_TEXT, "too small for any eye"),
            Reason::Covered => (&code::DOCUMENT_HIDDEN_TEXT, "under something drawn over it"),
            Reason::Bar => (&code::DOCUMENT_COVERED, "under a bar that only covers it"),
        };
        Trace::new(code, format!("has text on page {number} that nobody sees, {how}: `{excerpt}`"), &excerpt, CLEAN)
    });
    traces.collect()
}
