//! Fonts of a page: which letters a string shows, and how wide it is.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Encoding, Object};

use super::{MOST_UNPACKED, text_of};

/// A font as far as it is needed to read.
pub(super) struct Font<'d> {
    encoding: Option<Encoding<'d>>,
    first: i64,
    widths: Vec<f64>,
    is_composite: bool,
    is_drawn: bool,
}

/// Width of a letter whose width is not known, in parts of its size.
const USUAL_WIDTH: f64 = 0.5;

impl<'d> Font<'d> {
    fn new(document: &'d Document, font: &'d Dictionary) -> Self {
        let encoding = font.get_font_encoding_with_limit(document, MOST_UNPACKED).ok();
        let widths = font.get_deref(b"Widths", document).and_then(Object::as_array);
        let widths = widths.map(|widths| {
            let width = |width: &Object| document.dereference(width).ok().and_then(|(_, width)| width.as_float().ok());
            widths.iter().map(|object| width(object).map_or(USUAL_WIDTH, |width| f64::from(width) / 1000.0)).collect()
        });
        let first = font.get_deref(b"FirstChar", document).and_then(Object::as_i64).unwrap_or_default();
        let kind = font.get_deref(b"Subtype", document).and_then(Object::as_name).unwrap_or_default();
        let (is_composite, is_drawn) = (kind == b"Type0", kind == b"Type3");
        Self { encoding, first, widths: widths.unwrap_or_default(), is_composite, is_drawn }
    }

    /// Tells whether its letters are drawings, of a size that only they know.
    pub(super) fn is_drawn(&self) -> bool {
        self.is_drawn
    }

    /// Returns what a string shows.
    pub(super) fn text(&self, bytes: &[u8]) -> String {
        let decoded = self.encoding.as_ref().and_then(|encoding| Document::decode_text(encoding, bytes).ok());
        decoded.unwrap_or_else(|| text_of(bytes))
    }

    /// Returns how wide a string is, in parts of the font's size.
    pub(super) fn width(&self, bytes: &[u8]) -> f64 {
        if self.is_composite {
            return units(bytes.len() / 2) * USUAL_WIDTH;
        }
        let width = |byte: &u8| {
            let at = usize::try_from(i64::from(*byte) - self.first).ok();
            at.and_then(|at| self.widths.get(at)).copied().unwrap_or(USUAL_WIDTH)
        };
        bytes.iter().map(width).sum()
    }
}

fn units(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

/// Reads the fonts of resources by their names there; the first resources that have a name win.
pub(super) fn fonts<'d>(document: &'d Document, resources: &[&'d Dictionary]) -> BTreeMap<Vec<u8>, Font<'d>> {
    let mut fonts = BTreeMap::new();
    for resources in resources {
        let Ok(list) = resources.get_deref(b"Font", document).and_then(Object::as_dict) else { continue };
        for (name, font) in list {
            let font = document.dereference(font).ok().and_then(|(_, font)| font.as_dict().ok());
            if let Some(font) = font
                && !fonts.contains_key(name)
            {
                fonts.insert(name.clone(), Font::new(document, font));
            }
        }
    }
    fonts
}
