//! The letters that one operator shows: where each stands on its line, and which bytes show it.

use lopdf::Object;

use super::area::{Matrix, moved};
use super::fonts::Font;
use super::shape::Point;
use super::state::State;
use super::text_of;

/// A letter of a shown text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Letter {
    /// Where it ends, from the start of the text, in units of the text.
    end: f64,
    /// Its operand's part and the bytes there; nothing for a space between parts, and where the bytes of several
    /// letters cannot be told apart.
    pub(super) bytes: Option<(usize, usize, usize)>,
    /// How wide it is in thousandths of the size.
    pub(super) wide: f64,
}

/// The letters of a shown text, in the order of the text.
#[derive(Debug, Default)]
pub(super) struct Letters {
    pub(super) list: Vec<Letter>,
    pub(super) width: f64,
    /// Where the line stands on the page, and the heights of its letters there.
    place: Option<(Matrix, [f64; 3])>,
}

/// Reads what an operator shows from its strings and the room between them.
pub(super) fn letters(font: Option<&Font<'_>>, state: &State, operands: &[Object]) -> (String, Letters) {
    let (mut text, mut letters) = (String::new(), Letters::default());
    let parts = operands.iter().flat_map(|object| match object {
        Object::Array(parts) => parts.as_slice(),
        other => std::slice::from_ref(other),
    });
    let per_size = if state.size * state.stretch == 0.0 { 0.0 } else { 1000.0 / (state.size * state.stretch) };
    for (part, object) in parts.enumerate() {
        if let Object::String(bytes, _) = object {
            let step = font.map_or(1, Font::step);
            let width = |code: &[u8]| {
                let room = state.letter_room + if code == b" " { state.word_room } else { 0.0 };
                (font.map_or(0.0, |font| font.width(code)) * state.size + room) * state.stretch
            };
            let by_code: Option<Vec<String>> =
                font.and_then(|font| bytes.chunks(step).map(|code| font.letters(code)).collect());
            if let Some(by_code) = by_code.filter(|by_code| !by_code.is_empty()) {
                for (at, (code, shown)) in bytes.chunks(step).zip(by_code).enumerate() {
                    let wide = width(code);
                    letters.width += wide;
                    for place in 0..shown.chars().count() {
                        // What one code shows goes with its first letter.
                        let bytes = (place == 0).then_some((part, at * step, at * step + code.len()));
                        let wide = if place == 0 { wide * per_size } else { 0.0 };
                        letters.list.push(Letter { end: letters.width, bytes, wide });
                    }
                    text.push_str(&shown);
                }
                continue;
            }
            let shown = font.map_or_else(|| text_of(bytes), |font| font.text(bytes));
            let count = shown.chars().count();
            if count == bytes.len().div_ceil(step) {
                for (at, code) in bytes.chunks(step).enumerate() {
                    let wide = width(code);
                    letters.width += wide;
                    let bytes = Some((part, at * step, at * step + code.len()));
                    letters.list.push(Letter { end: letters.width, bytes, wide: wide * per_size });
                }
            } else {
                let wide = bytes.chunks(step).map(width).sum::<f64>();
                let each = wide / f64::from(u32::try_from(count.max(1)).unwrap_or(u32::MAX));
                for _ in 0..count {
                    letters.width += each;
                    letters.list.push(Letter { end: letters.width, bytes: None, wide: each * per_size });
                }
                letters.width += if count == 0 { wide } else { 0.0 };
            }
            text.push_str(&shown);
        } else if let Ok(shift) = object.as_float() {
            letters.width -= f64::from(shift) / 1000.0 * state.size * state.stretch;
            if shift < -180.0 && !text.ends_with(' ') {
                text.push(' ');
                letters.list.push(Letter { end: letters.width, bytes: None, wide: 0.0 });
            }
        }
    }
    (text, letters)
}

impl Letters {
    /// Places the letters on the page, in a size.
    pub(super) fn placed(mut self, place: Matrix, size: f64) -> Self {
        self.place = Some((place, [0.1, 0.28, 0.46].map(|height| height * size)));
        self
    }

    /// The letters that are covered over the height of their middle.
    pub(super) fn covered(&self, is_covered: impl Fn(Point) -> bool) -> Vec<usize> {
        let Some((place, heights)) = self.place else { return Vec::new() };
        let mut before = 0.0;
        let mut found = Vec::new();
        for (at, letter) in self.list.iter().enumerate() {
            let middle = f64::midpoint(before, letter.end);
            if heights.iter().all(|height| is_covered(moved(place, (middle, *height)))) {
                found.push(at);
            }
            before = letter.end;
        }
        found
    }
}
