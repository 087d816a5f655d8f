//! Fonts of a page: which letters a string shows, and how wide it is.

use std::cell::OnceCell;
use std::collections::{BTreeMap, HashMap};

use lopdf::{Dictionary, Document, Encoding, Object};

use super::area::float;
use super::unicode::Unicode;
use super::{MOST_UNPACKED, core_fonts, text_of};

/// A font as far as it is needed to read.
pub(super) struct Font<'d> {
    document: &'d Document,
    dict: &'d Dictionary,
    encoding: Option<Encoding<'d>>,
    is_composite: bool,
    is_drawn: bool,
    widths: OnceCell<Widths>,
    unicode: OnceCell<Option<Unicode>>,
}

/// Widths of a font's codes in parts of its size, as far as they are written.
struct Widths {
    codes: HashMap<u16, f64>,
    /// The width of a code that is not listed, when there is one for all.
    others: Option<f64>,
}

/// Width of a letter whose width is not known, in parts of its size.
const USUAL_WIDTH: f64 = 0.5;

/// Steps in which the widths of a font are read.
const MOST_WIDTHS: usize = 1_000_000;

impl<'d> Font<'d> {
    fn new(document: &'d Document, dict: &'d Dictionary) -> Self {
        let encoding = dict.get_font_encoding_with_limit(document, MOST_UNPACKED).ok();
        let kind = dict.get_deref(b"Subtype", document).and_then(Object::as_name).unwrap_or_default();
        let (is_composite, is_drawn) = (kind == b"Type0", kind == b"Type3");
        Self { document, dict, encoding, is_composite, is_drawn, widths: OnceCell::new(), unicode: OnceCell::new() }
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

    /// Returns the letters of one code where the font lists them for each.
    pub(super) fn letters(&self, code: &[u8]) -> Option<String> {
        let unicode = self.unicode.get_or_init(|| {
            let list = self.dict.get_deref(b"ToUnicode", self.document).and_then(Object::as_stream).ok();
            let list = list.filter(|_| self.is_composite)?.get_plain_content_with_limit(MOST_UNPACKED).ok()?;
            Unicode::read(&list)
        });
        let number = code.iter().fold(0_u16, |number, byte| number << 8 | u16::from(*byte));
        unicode
            .as_ref()
            .map(|unicode| unicode.letters(number).unwrap_or_else(|| char::REPLACEMENT_CHARACTER.to_string()))
    }

    /// Bytes of each code.
    pub(super) fn step(&self) -> usize {
        if self.is_composite { 2 } else { 1 }
    }

    /// Returns how wide what one code shows is, in parts of the font's size.
    pub(super) fn width(&self, code: &[u8]) -> f64 {
        let Widths { codes, others } = self.widths.get_or_init(|| self.read_widths());
        let number = code.iter().fold(0_u16, |number, byte| number << 8 | u16::from(*byte));
        let written = codes.get(&number).copied();
        let known = || match code {
            [letter] => {
                let name = self.dict.get_deref(b"BaseFont", self.document).and_then(Object::as_name).ok()?;
                core_fonts::width(name, *letter)
            }
            _ => None,
        };
        written.or(*others).or_else(known).unwrap_or(USUAL_WIDTH)
    }

    fn read_widths(&self) -> Widths {
        if self.is_composite { self.composite_widths() } else { self.simple_widths() }
    }

    fn simple_widths(&self) -> Widths {
        let first = self.dict.get_deref(b"FirstChar", self.document).and_then(Object::as_i64).unwrap_or_default();
        let list = self.dict.get_deref(b"Widths", self.document).and_then(Object::as_array).ok();
        let widths = list.into_iter().flatten().map(|width| float(self.document, width).unwrap_or(500.0) / 1000.0);
        let codes =
            (first..).zip(widths).take(256).filter_map(|(code, width)| Some((u16::try_from(code).ok()?, width)));
        Widths { codes: codes.collect(), others: None }
    }

    /// Reads `W` of the font below (ISO 32000-1, 9.7.4.3), whose numbers are codes where the encoding leaves them so.
    fn composite_widths(&self) -> Widths {
        let document = self.document;
        let below = self.dict.get_deref(b"DescendantFonts", document).and_then(Object::as_array).ok();
        let below = below.and_then(|fonts| document.dereference(fonts.first()?).ok()?.1.as_dict().ok());
        let encoding = self.dict.get_deref(b"Encoding", document).and_then(Object::as_name).unwrap_or_default();
        let Some(below) = below.filter(|_| encoding.starts_with(b"Identity")) else {
            return Widths { codes: HashMap::new(), others: None };
        };
        let others = below.get(b"DW").ok().and_then(|width| float(document, width)).unwrap_or(1000.0);
        let list = below.get_deref(b"W", document).and_then(Object::as_array).ok();
        let mut rest = list.map(Vec::as_slice).unwrap_or_default();
        let mut codes = HashMap::new();
        let mut left = MOST_WIDTHS;
        let number = |object: &Object| document.dereference(object).ok()?.1.as_i64().ok();
        while let [first, second, after @ ..] = rest {
            // Ranges that are listed again and again say nothing new.
            let Some(first) = number(first).filter(|_| left > 0) else { break };
            if let Ok((_, Object::Array(widths))) = document.dereference(second) {
                let listed = (first..)
                    .zip(widths)
                    .filter_map(|(code, width)| Some((u16::try_from(code).ok()?, float(document, width)? / 1000.0)));
                left = left.saturating_sub(1 + widths.len());
                codes.extend(listed);
                rest = after;
            } else {
                let (Some(last), Some(width)) =
                    (number(second), after.first().and_then(|width| float(document, width)))
                else {
                    break;
                };
                let range = first.max(0)..=last.min(i64::from(u16::MAX));
                left = left.saturating_sub(1 + usize::try_from(range.end() - range.start()).unwrap_or_default());
                codes.extend(range.filter_map(|code| Some((u16::try_from(code).ok()?, width / 1000.0))));
                rest = &after[1..];
            }
        }
        Widths { codes, others: Some(others / 1000.0) }
    }
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
