//! Text that nobody sees on a page, and that anybody can copy out of it.

use std::collections::HashMap;

use super::CLEAN;
use super::colour::{WHITE, is_dark, is_same};
use super::ground::{Ground, Map};
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
    /// Outside the part of the page to which drawing is limited.
    Clipped,
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

/// Corners with which letters are compared at the price of one ground.
const POINTS: usize = 16;
/// Places of the same words that are compared with each other.
const MOST_PLACES: usize = 64;
/// Grounds that may be compared with text for each operator that may be followed.
const LOOKS: usize = 8;

/// Finds out of each text of a page whether anybody sees it; takes what that costs from `budget`.
pub(super) fn judge(page: &mut Page, budget: &mut usize) {
    let map = Map::new(&page.grounds, page.area);
    let is_scan = page.is_scan();
    let mut found = Vec::with_capacity(page.shown.len());
    for shown in &page.shown {
        let mut looked = 0;
        found.push(if *budget == 0 { (None, Vec::new()) } else { hidden(page, &map, is_scan, shown, &mut looked) });
        *budget = budget.saturating_sub(looked / LOOKS);
    }
    for (shown, (hidden, covered)) in page.shown.iter_mut().zip(found) {
        (shown.hidden, shown.covered) = (hidden, covered);
    }
    pass_shadows(page);
}

/// Takes for seen what is drawn unseen and seen at nearly the same place, as the shadow of a text is.
fn pass_shadows(page: &mut Page) {
    let mut seen: HashMap<&str, Vec<(f64, f64)>> = HashMap::new();
    for shown in page.shown.iter().filter(|shown| shown.hidden.is_none()) {
        let places = seen.entry(shown.text.trim()).or_default();
        if places.len() < MOST_PLACES {
            places.push(shown.area.centre());
        }
    }
    let is_shadow = |shown: &Shown| {
        let is_drawn = matches!(
            shown.hidden,
            Some(Hidden { reason: Reason::Invisible | Reason::Colour | Reason::Covered, is_whole: true })
        );
        let (x, y) = shown.area.centre();
        let near = |(u, v): &(f64, f64)| (u - x).abs() < shown.size && (v - y).abs() < shown.size;
        is_drawn && seen.get(shown.text.trim()).is_some_and(|places| places.iter().any(near))
    };
    let shadows: Vec<bool> = page.shown.iter().map(is_shadow).collect();
    for (shown, is_shadow) in page.shown.iter_mut().zip(shadows) {
        if is_shadow {
            shown.hidden = None;
        }
    }
}

/// Finds the letters that lie under something: all, or those under a bar over a name.
fn covered(map: &Map<'_>, is_scan: bool, shown: &Shown, looked: &mut usize) -> Option<(Hidden, Vec<usize>)> {
    let over = map.over(&shown.area, shown.order, looked, |ground| ground.is_opaque && !(ground.is_picture && is_scan));
    if over.is_empty() {
        return None;
    }
    let letters: Vec<_> = shown.text.chars().collect();
    let points: usize = over.iter().flat_map(|ground| &ground.shapes).map(|shape| shape.count()).sum();
    *looked += letters.len() * (over.len() + points) / POINTS;
    let words = |covered: &[usize]| {
        covered.iter().filter(|at| letters.get(**at).is_some_and(|letter| letter.is_alphanumeric())).count()
    };
    let under = |suits: fn(&Ground) -> bool| {
        shown.letters.covered(|place| over.iter().any(|ground| suits(ground) && ground.covers(place)))
    };
    let covered = under(|_| true);
    let is_whole =
        letters.iter().enumerate().all(|(at, letter)| letter.is_whitespace() || covered.binary_search(&at).is_ok());
    // A rule between columns may cross a letter.
    if !is_whole && words(&covered) < FEWEST {
        return None;
    }
    let dark = under(|ground| ground.is_picture || is_dark(ground.colour));
    let is_bar = words(&dark) >= FEWEST.min(words(&covered)) && !dark.is_empty();
    let reason = if is_bar { Reason::Bar } else { Reason::Covered };
    let covered = if is_whole { Vec::new() } else { covered };
    Some((Hidden { reason, is_whole }, covered))
}

fn hidden(
    page: &Page,
    map: &Map<'_>,
    is_scan: bool,
    shown: &Shown,
    looked: &mut usize,
) -> (Option<Hidden>, Vec<usize>) {
    if shown.text.trim().is_empty() {
        return (None, Vec::new());
    }
    match unseen(page, map, is_scan, shown, looked) {
        Seen::No(reason) => (Some(Hidden { reason, is_whole: true }), Vec::new()),
        Seen::ByScan => (None, Vec::new()),
        Seen::Maybe => match covered(map, is_scan, shown, looked) {
            Some((hidden, covered)) => (Some(hidden), covered),
            None if is_of_its_ground(map, shown, looked) => {
                (Some(Hidden { reason: Reason::Colour, is_whole: true }), Vec::new())
            }
            None => (None, Vec::new()),
        },
    }
}

/// Whether some text is drawn where it can be seen.
enum Seen {
    No(Reason),
    /// A scan's text, read by a program, lies unseen over its picture.
    ByScan,
    Maybe,
}

fn unseen(page: &Page, map: &Map<'_>, is_scan: bool, shown: &Shown, looked: &mut usize) -> Seen {
    if shown.is_off {
        return Seen::No(Reason::Layer);
    }
    if !shown.area.touches(&page.area) {
        return Seen::No(Reason::Outside);
    }
    if shown.is_clipped {
        return Seen::No(Reason::Clipped);
    }
    let is_stencil = shown.mode == 7
        && map.over(&shown.area, shown.order, looked, |ground| ground.in_letters && !ground.is_note).is_empty();
    if shown.mode == 3 || is_stencil || (is_filled_only(shown) && shown.alpha < 0.05) {
        return if is_scan { Seen::ByScan } else { Seen::No(Reason::Invisible) };
    }
    if shown.size < 0.8 && !shown.is_drawn { Seen::No(Reason::Tiny) } else { Seen::Maybe }
}

fn is_filled_only(shown: &Shown) -> bool {
    matches!(shown.mode, 0 | 4)
}

fn is_of_its_ground(map: &Map<'_>, shown: &Shown, looked: &mut usize) -> bool {
    let core = shown.area.core();
    let ground = match map.before(&core, shown.order, looked) {
        None => WHITE,
        Some(ground) if ground.covers_all(&core) => ground.colour,
        Some(_) => None,
    };
    is_filled_only(shown) && is_same(shown.colour, ground)
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
            Reason::Clipped => (&code::DOCUMENT_HIDDEN_TEXT, "outside the part of the page that is drawn"),
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
