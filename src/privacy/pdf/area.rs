//! Rectangles on a page, and how places are moved there.

use lopdf::{Document, Object};

/// A transformation as PDF writes it: `a b c d e f`.
pub(super) type Matrix = [f64; 6];

pub(super) const UNCHANGED: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

/// A rectangle: left, bottom, right, top.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Area {
    pub(super) left: f64,
    pub(super) bottom: f64,
    pub(super) right: f64,
    pub(super) top: f64,
}

/// An area that touches no other.
pub(super) const NOWHERE: Area =
    Area { left: f64::INFINITY, bottom: f64::INFINITY, right: f64::NEG_INFINITY, top: f64::NEG_INFINITY };

impl Area {
    pub(super) fn width(&self) -> f64 {
        self.right - self.left
    }

    pub(super) fn height(&self) -> f64 {
        self.top - self.bottom
    }

    pub(super) fn size(&self) -> f64 {
        self.width() * self.height()
    }

    pub(super) fn has(&self, (x, y): (f64, f64)) -> bool {
        (self.left..=self.right).contains(&x) && (self.bottom..=self.top).contains(&y)
    }

    pub(super) fn centre(&self) -> (f64, f64) {
        (f64::midpoint(self.left, self.right), f64::midpoint(self.bottom, self.top))
    }

    /// The middle of some text, without the room above and below its letters.
    pub(super) fn core(&self) -> Self {
        let (x, y) = (self.width() * 0.05, self.height() * 0.3);
        Self { left: self.left + x, bottom: self.bottom + y, right: self.right - x, top: self.top - y }
    }

    pub(super) fn touches(&self, other: &Self) -> bool {
        self.left <= other.right && other.left <= self.right && self.bottom <= other.top && other.bottom <= self.top
    }

    /// What two areas share; nothing where they lie apart.
    pub(super) fn shared(&self, other: &Self) -> Option<Self> {
        self.touches(other).then(|| Self {
            left: self.left.max(other.left),
            bottom: self.bottom.max(other.bottom),
            right: self.right.min(other.right),
            top: self.top.min(other.top),
        })
    }

    /// The area with a margin on all sides.
    pub(super) fn wider(&self, by: f64) -> Self {
        Self { left: self.left - by, bottom: self.bottom - by, right: self.right + by, top: self.top + by }
    }

    /// The smallest area that holds all points.
    pub(super) fn of(points: &[(f64, f64)]) -> Option<Self> {
        let first = points.first()?;
        let start = Self { left: first.0, right: first.0, bottom: first.1, top: first.1 };
        Some(points.iter().fold(start, |area, (x, y)| Self {
            left: area.left.min(*x),
            right: area.right.max(*x),
            bottom: area.bottom.min(*y),
            top: area.top.max(*y),
        }))
    }

    /// Reads `[x y x y]`.
    pub(super) fn read(document: &Document, object: &Object) -> Option<Self> {
        let numbers: Vec<f64> = object.as_array().ok()?.iter().filter_map(|number| float(document, number)).collect();
        match numbers.as_slice() {
            [x, y, u, v] => Self::of(&[(*x, *y), (*u, *v)]),
            _ => None,
        }
    }
}

pub(super) fn float(document: &Document, object: &Object) -> Option<f64> {
    let (_, number) = document.dereference(object).ok()?;
    number.as_float().ok().map(f64::from)
}

pub(super) fn times(a: Matrix, b: Matrix) -> Matrix {
    [
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    ]
}

/// The transformation of six numbers.
pub(super) fn matrix(numbers: &[f64]) -> Matrix {
    numbers.first_chunk().copied().unwrap_or(UNCHANGED)
}

pub(super) fn moved(matrix: Matrix, (x, y): (f64, f64)) -> (f64, f64) {
    (matrix[0] * x + matrix[2] * y + matrix[4], matrix[1] * x + matrix[3] * y + matrix[5])
}

/// The corners of a rectangle in the order in which they are drawn.
pub(super) fn corners(area: Area, place: Matrix) -> [(f64, f64); 4] {
    [(area.left, area.bottom), (area.right, area.bottom), (area.right, area.top), (area.left, area.top)]
        .map(|corner| moved(place, corner))
}
