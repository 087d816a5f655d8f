//! Text that nobody sees on a page, and that anybody can copy out of it.

use super::CLEAN;
use super::colour::{WHITE, is_dark, is_same};
use super::ground::Map;
use super::page::{Page, Shown};
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

/// That nobody sees some text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hidden {
    pub(super) reason: Reason,
    /// Whether all of it is hidden, so that it can go without a letter of what is seen.
    pub(super) is_whole: bool,
}

/// Grounds that may be compared with text for each operator that may be followed.
const LOOKS: usize = 8;

/// Finds out of each text of a page whether anybody sees it; takes what that costs from `budget`.
pub(super) fn judge(page: &mut Page, budget: &mut usize) {
    let map = Map::new(&page.grounds, page.area);
    let is_scan = page.is_scan();
    let mut found = Vec::with_capacity(page.shown.len());
    for shown in &page.shown {
        let mut looked = 0;
        found.push(if *budget == 0 { None } else { hidden(page, &map, is_scan, shown, &mut looked) });
        *budget = budget.saturating_sub(looked / LOOKS);
    }
    for (shown, hidden) in page.shown.iter_mut().zip(found) {
        shown.hidden = hidden;
    }
}

fn hidden(page: &Page, map: &Map<'_>, is_scan: bool, shown: &Shown, looked: &mut usize) -> Option<Hidden> {
    let whole = |reason| Some(Hidden { reason, is_whole: true });
    if shown.text.trim().is_empty() {
        return None;
    }
    if !shown.area.touches(&page.area) {
        return whole(Reason::Outside);
    }
    let is_filled_only = matches!(shown.mode, 0 | 4);
    if shown.mode == 3 || (is_filled_only && shown.alpha < 0.05) {
        // A scan's text, read by a program, lies unseen over its picture.
        return if is_scan { None } else { whole(Reason::Invisible) };
    }
    if shown.size < 0.8 && !shown.is_drawn {
        return whole(Reason::Tiny);
    }
    let core = shown.area.core();
    let cover = map.later(&shown.area, shown.order, looked, |ground| {
        ground.is_whole
            && !(ground.is_picture && is_scan)
            && ground.area.bottom <= core.bottom
            && ground.area.top >= core.top
            && shown.area.under(&ground.area) > 0.6
    });
    if let Some(cover) = cover {
        let reason = if cover.is_picture || is_dark(cover.colour) { Reason::Bar } else { Reason::Covered };
        return Some(Hidden { reason, is_whole: core.under(&cover.area) > 0.99 });
    }
    let ground = match map.before(&core, shown.order, looked) {
        None => WHITE,
        Some(ground) if ground.is_whole && ground.area.holds(&core) => ground.colour,
        Some(_) => None,
    };
    if is_filled_only && is_same(shown.colour, ground) { whole(Reason::Colour) } else { None }
}

/// Reports what nobody sees on a page, what is hidden in one way in one report.
pub(super) fn traces(number: usize, page: &Page) -> Vec<Trace> {
    let mut runs: Vec<(Reason, String)> = Vec::new();
    for shown in &page.shown {
        let Some(Hidden { reason, .. }) = shown.hidden else { continue };
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
