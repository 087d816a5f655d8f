//! What an operator of a page may depend on, and text as it comes together.

use std::rc::Rc;

use super::area::{Area, Matrix, NOWHERE, UNCHANGED, times};
use super::colour::{BLACK, Colour, Space};
use super::page::Shown;
use super::shape::Shape;

/// Clips of odd shapes that are followed one within the other.
const MOST_CLIPS: usize = 8;

/// All that an operator may depend on.
#[derive(Clone)]
pub(super) struct State {
    pub(super) place: Matrix,
    /// Outside it nothing is drawn.
    pub(super) clip: Area,
    /// Within all of these it is drawn.
    pub(super) clips: Vec<Rc<Shape>>,
    /// Whether all of the clip is drawn that is within its shapes.
    pub(super) is_clip_known: bool,
    /// Whether the clip is one of letters.
    pub(super) in_letters: bool,
    pub(super) space: Space,
    pub(super) colour: Colour,
    pub(super) stroke: f64,
    /// The colour of strokes, and how opaque they are.
    pub(super) pen: (Space, Colour),
    pub(super) pen_alpha: f64,
    pub(super) has_long_ends: bool,
    pub(super) is_dashed: bool,
    pub(super) alpha: f64,
    /// Whether what is drawn darkens what is under it, and hides it where it is black.
    pub(super) is_darkening: bool,
    /// Whether what is drawn mixes with what is under it, as a marker does, or may not be drawn at all.
    pub(super) is_mixed: bool,
    pub(super) mode: i64,
    pub(super) font: Vec<u8>,
    pub(super) size: f64,
    pub(super) leading: f64,
    /// Room added to each letter and to each space, and how far letters are stretched along the line.
    pub(super) letter_room: f64,
    pub(super) word_room: f64,
    pub(super) stretch: f64,
    /// Whether it is in a layer that is switched off.
    pub(super) is_off: bool,
    pub(super) text: Matrix,
    pub(super) line: Matrix,
}

impl State {
    pub(super) fn new(clip: Area) -> Self {
        Self {
            place: UNCHANGED,
            clip,
            clips: Vec::new(),
            is_clip_known: true,
            in_letters: false,
            space: Space::Gray,
            colour: BLACK,
            stroke: 1.0,
            pen: (Space::Gray, BLACK),
            pen_alpha: 1.0,
            has_long_ends: false,
            is_dashed: false,
            alpha: 1.0,
            is_darkening: false,
            is_mixed: false,
            mode: 0,
            font: Vec::new(),
            size: 0.0,
            leading: 0.0,
            letter_room: 0.0,
            word_room: 0.0,
            stretch: 1.0,
            is_off: false,
            text: UNCHANGED,
            line: UNCHANGED,
        }
    }

    /// Draws from now on only within a rectangle, or within a shape that lies in an area.
    pub(super) fn clip_to(&mut self, rectangle: Option<Area>, around: Option<Area>, shape: Option<Rc<Shape>>) {
        let Some(area) = rectangle.or(around) else {
            self.is_clip_known = false;
            return;
        };
        if rectangle.is_none() {
            match shape.filter(|_| self.clips.len() < MOST_CLIPS) {
                Some(shape) => self.clips.push(shape),
                None => self.is_clip_known = false,
            }
        }
        self.clip = area.shared(&self.clip).unwrap_or(NOWHERE);
    }

    /// Takes what an operator of one number sets.
    pub(super) fn set(&mut self, operator: &str, number: f64) {
        match operator {
            "w" => self.stroke = number,
            "J" => self.has_long_ends = number > 0.0,
            "TL" => self.leading = number,
            "Tc" => self.letter_room = number,
            "Tw" => self.word_room = number,
            "Tz" => self.stretch = number / 100.0,
            _ => {}
        }
    }

    pub(super) fn next_line(&mut self, x: f64, y: f64) {
        self.line = times([1.0, 0.0, 0.0, 1.0, x, y], self.line);
        self.text = self.line;
    }
}

/// Text in lines, as far as places tell: words that are drawn apart stay apart.
#[derive(Default)]
pub(super) struct Lines {
    pub(super) text: String,
    /// Where the last text ended, and its size.
    pub(super) end: Option<(f64, f64, f64)>,
}

impl Lines {
    pub(super) fn add(&mut self, shown: &Shown, start: (f64, f64), end: (f64, f64)) {
        if let Some((x, y, size)) = self.end {
            let size = size.max(shown.size).max(1.0);
            if (y - start.1).abs() > size * 0.6 || start.0 < x - size * 4.0 {
                self.text.push('\n');
            } else if start.0 > x + size * 0.15 && !self.text.ends_with(' ') {
                self.text.push(' ');
            }
        }
        self.text.push_str(&shown.text);
        self.end = Some((end.0, end.1, shown.size));
    }
}
