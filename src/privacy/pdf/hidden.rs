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
    /// In a layer that is switched off.
    Layer,
}

/// Letters of a line under something from which on they are called hidden.
const FEWEST: usize = 2;
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
        let hidden = if *budget == 0 { None } else { hidden(page, &map, is_scan, shown, &mut looked) };
        let is_in_part = hidden.is_none_or(|hidden| !hidden.is_whole);
        let part = if *budget == 0 || !is_in_part { None } else { in_part(&map, is_scan, shown, &mut looked) };
        found.push(match (hidden, part) {
            (Some(hidden), part) => (Some(hidden), part.map(|(_, covered)| covered).unwrap_or_default()),
            (None, Some((reason, covered))) => (Some(Hidden { reason, is_whole: false }), covered),
            (None, None) => (None, Vec::new()),
        });
        *budget = budget.saturating_sub(looked / LOOKS);
    }
    for (shown, (hidden, covered)) in page.shown.iter_mut().zip(found) {
        (shown.hidden, shown.covered) = (hidden, covered);
    }
}

/// Finds the letters of a line that lie under something, where the rest of it is seen: a bar over a name.
fn in_part(map: &Map<'_>, is_scan: bool, shown: &Shown, looked: &mut usize) -> Option<(Reason, Vec<usize>)> {
    if shown.text.trim().is_empty() {
        return None;
    }
    let core = shown.area.core();
    let over = map.over(&shown.area, shown.order, looked, |ground| {
        ground.is_whole
            && !(ground.is_picture && is_scan)
            && ground.area.bottom <= core.bottom
            && ground.area.top >= core.top
            && ground.area.left < shown.area.right
            && ground.area.right > shown.area.left
    });
    let covered = |dark: bool| {
        let areas = over.iter().filter(|ground| is_dark(ground.colour) == dark).map(|ground| ground.area);
        let covered = shown.letters.within(&areas.collect::<Vec<_>>());
        let letters: Vec<_> = shown.text.chars().collect();
        let count =
            covered.iter().filter(|at| letters.get(**at).is_some_and(|letter| letter.is_alphanumeric())).count();
        // A rule between columns may cross a letter.
        (count >= FEWEST).then_some(covered)
    };
    covered(true).map(|covered| (Reason::Bar, covered)).or_else(|| Some((Reason::Covered, covered(false)?)))
}

fn hidden(page: &Page, map: &Map<'_>, is_scan: bool, shown: &Shown, looked: &mut usize) -> Option<Hidden> {
    let whole = |reason| Some(Hidden { reason, is_whole: true });
    if shown.text.trim().is_empty() {
        return None;
    }
    if shown.is_off {
        return whole(Reason::Layer);
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
pub(super) fn traces(number: usize, page: &Page, path: &str) -> Vec<Trace> {
    let mut runs: Vec<(Reason, String)> = Vec::new();
    for shown in &page.shown {
        let Some(Hidden { reason, .. }) = shown.hidden else { continue };
        let words = words(shown);
        match runs.iter_mut().find(|(known, _)| *known == reason) {
            Some((_, text)) => {
                text.push(' ');
                text.push_str(&words);
            }
            None => runs.push((reason, words)),
        }
    }
    let mut traces: Vec<_> = Vec::new();
    if !page.off.is_empty() || page.drawn.iter().any(|(_, is_off)| *is_off) {
        let message =
            format!("has drawings on page {number} in a layer that is switched off, which anybody can switch on");
        traces.push(Trace::new(&code::DOCUMENT_HIDDEN_TEXT, message, path, CLEAN));
    }
    let of_text = runs.into_iter().map(|(reason, text)| {
        let excerpt: String = text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(EXCERPT).collect();
        let (code, how) = match reason {
            Reason::Invisible => (&code::DOCUMENT_HIDDEN_TEXT, "drawn without ink"),
            Reason::Colour => (&code::DOCUMENT_HIDDEN_TEXT, "in the colour of the paper"),
            Reason::Outside => (&code::DOCUMENT_HIDDEN_TEXT, "outside the paper"),
            Reason::Tiny => (&code::DOCUMENT_HIDDEN_TEXT, "too small for any eye"),
            Reason::Covered => (&code::DOCUMENT_HIDDEN_TEXT, "under something drawn over it"),
            Reason::Layer => (&code::DOCUMENT_HIDDEN_TEXT, "in a layer that is switched off"),
            Reason::Bar => (&code::DOCUMENT_COVERED, "under a bar that only covers it"),
        };
        Trace::new(code, format!("has text on page {number} that nobody sees, {how}: `{excerpt}`"), &excerpt, CLEAN)
    });
    traces.extend(of_text);
    traces
}

/// The words of a text that nobody sees: all, or those under something.
fn words(shown: &Shown) -> String {
    if shown.covered.is_empty() {
        return shown.text.clone();
    }
    let mut covered = shown.covered.iter().peekable();
    let letters = shown.text.chars().enumerate().filter(|(at, _)| covered.next_if_eq(&at).is_some());
    letters.map(|(_, letter)| letter).collect()
}
