//! Text → shaped lines, in every script and direction.

use std::borrow::Cow;
use std::sync::Arc;

use parley::fontique::{Blob, Collection, CollectionOptions, FontInfo, SourceCache};
use parley::layout::{Alignment, AlignmentOptions, Layout};
use parley::style::{
    FontFamily, FontFamilyName, FontFeatures, FontStyle, FontWeight, LineHeight, OverflowWrap, StyleProperty,
    TextWrapMode,
};
use parley::{BaseDirection, FontContext, LayoutContext, LineBreakContext};
use unicode_normalization::UnicodeNormalization as _;

use crate::cite::{Part, Run, RunStyle};
use crate::document::{Document, faces, is_right_to_left};

/// A longer address is printed, but leads nowhere: the file could not hold it.
const LONGEST_ADDRESS: usize = 4_000;
/// A link of no more signs fits in every line.
const SURELY_SHORT: usize = 40;
/// Raised and lowered letters, as a share of the text's size.
const SMALL: f32 = 0.66;
/// Old-style figures that are as wide as they are.
const FIGURES: &str = "\"onum\", \"pnum\"";
const SMALL_CAPS: &str = "\"smcp\", \"onum\", \"pnum\"";

/// How the signs of a text are printed, beside their face.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Ink {
    /// Place of the address in the text's list, plus one; 0 for no link.
    pub(super) link: usize,
    /// Share of the size by which the signs are raised.
    pub(super) raised: f32,
    /// Whether it is less important than the rest.
    pub(super) soft: bool,
}

/// A text set in lines.
pub(super) struct Text {
    pub(super) text: String,
    pub(super) layout: Layout<Ink>,
    /// The addresses that it links to.
    pub(super) links: Vec<String>,
}

impl Text {
    pub(super) fn lines(&self) -> usize {
        self.layout.len()
    }
}

impl Text {
    /// Tells whether a line ends within a word.
    pub(super) fn cuts_words(&self) -> bool {
        let ends = self.layout.lines().map(|line| line.text_range().end).filter(|&end| end < self.text.len());
        ends.into_iter().any(|end| !self.text[..end].ends_with(char::is_whitespace))
    }
}

/// What a text looks like as a whole.
#[derive(Debug, Clone, Copy)]
pub(super) struct Look {
    /// In points.
    pub(super) size: f32,
    /// From one line to the next, in points.
    pub(super) leading: f32,
    /// In points.
    pub(super) width: f32,
    pub(super) display: bool,
    pub(super) small_caps: bool,
    pub(super) italic: bool,
    pub(super) soft: bool,
    /// Against the far edge instead of the near one.
    pub(super) to_end: bool,
}

/// Sets texts in the faces of a document.
pub(super) struct Setter {
    fonts: FontContext,
    layouts: LayoutContext<Ink>,
    /// Families of the site's own faces.
    own: Vec<String>,
    /// Letters that no face has.
    lacking: Vec<char>,
    right_to_left: bool,
}

impl Setter {
    pub(super) fn new(faces: &faces::Faces, document: &Document, lacking: Vec<char>) -> Self {
        let collection = Collection::new(CollectionOptions { shared: false, system_fonts: false });
        let mut fonts = FontContext { collection, source_cache: SourceCache::default() };
        for shipped in [
            faces::REGULAR,
            faces::ITALIC,
            faces::SEMIBOLD,
            faces::SEMIBOLD_ITALIC,
            faces::DISPLAY,
            faces::ARABIC,
            faces::ARABIC_BOLD,
        ] {
            fonts.collection.register_fonts(Blob::new(Arc::new(shipped)), None);
        }
        let mut own = Vec::new();
        for bytes in &faces.own {
            let mut families = fonts.collection.register_fonts(Blob::new(Arc::new(Arc::clone(bytes))), None);
            // The families of a collection come in an order that differs from run to run.
            families.sort_by_key(|(_, fonts)| fonts.iter().map(FontInfo::index).min());
            for (family, _) in families {
                own.extend(fonts.collection.family_name(family).map(str::to_owned));
            }
        }
        Self { fonts, layouts: LayoutContext::new(), own, lacking, right_to_left: document.is_right_to_left() }
    }

    /// Sets runs in lines of a width.
    pub(super) fn set(&mut self, runs: &[Run], look: &Look) -> Text {
        let mut text = String::new();
        let mut links: Vec<String> = Vec::new();
        let mut spans = Vec::new();
        for run in runs {
            let start = text.len();
            text.push_str(&latin(&clean(&run.text), &self.lacking));
            let link = match &run.part {
                Part::Link(address) if address.len() <= LONGEST_ADDRESS => {
                    if links.last() != Some(address) {
                        links.push(address.clone());
                    }
                    links.len()
                }
                _ => 0,
            };
            if text.len() > start {
                spans.push((start..text.len(), run.style, link));
            }
        }
        let direction = self.direction(&text);
        let mut families = vec![FontFamilyName::Named(Cow::Borrowed("Offprint"))];
        if look.display {
            families.insert(0, FontFamilyName::Named(Cow::Borrowed("Offprint Display")));
        }
        families.push(FontFamilyName::Named(Cow::Borrowed("Noto Naskh Arabic")));
        families.extend(self.own.iter().map(|name| FontFamilyName::Named(Cow::Borrowed(name.as_str()))));
        let whole: Vec<bool> = spans
            .iter()
            .map(|(range, style, link)| {
                let words = &text[range.clone()];
                *link > 0 && fits_a_line(&mut self.layouts, &mut self.fonts, &families, words, *style, look)
            })
            .collect();
        let mut builder = self.layouts.ranged_builder(&mut self.fonts, &text, 1.0, false);
        builder.push_default(FontFamily::List(Cow::Borrowed(&families)));
        builder.push_default(StyleProperty::FontSize(look.size));
        builder.push_default(LineHeight::Absolute(look.leading));
        builder.push_default(StyleProperty::OverflowWrap(OverflowWrap::Anywhere));
        let features = if look.small_caps { SMALL_CAPS } else { FIGURES };
        builder.push_default(StyleProperty::FontFeatures(FontFeatures::Source(Cow::Borrowed(features))));
        let ink = Ink { soft: look.soft, ..Ink::default() };
        builder.push_default(StyleProperty::Brush(ink));
        if look.small_caps {
            builder.push_default(StyleProperty::LetterSpacing(look.size * 0.04));
        }
        if look.italic {
            builder.push_default(StyleProperty::FontStyle(FontStyle::Italic));
        }
        for ((range, style, link), is_whole) in spans.into_iter().zip(whole) {
            for property in properties(style, look) {
                builder.push(property, range.clone());
            }
            let raised = match style {
                RunStyle { superscript: true, .. } => 0.34,
                RunStyle { subscript: true, .. } => -0.14,
                _ => 0.0,
            };
            builder.push(StyleProperty::Brush(Ink { link, raised, ..ink }), range.clone());
            if is_whole {
                builder.push(StyleProperty::TextWrapMode(TextWrapMode::NoWrap), range);
            }
        }
        builder.set_line_break_override(Some(&breaks));
        builder.set_base_direction(direction);
        let mut layout = builder.build(&text);
        layout.break_all_lines(Some(look.width));
        let alignment = match (look.to_end, self.right_to_left) {
            (false, false) | (true, true) => Alignment::Left,
            _ => Alignment::Right,
        };
        layout.align(alignment, AlignmentOptions::default());
        Text { text, layout, links }
    }

    /// A text has the direction of most of its letters; signs alone have the document's.
    fn direction(&self, text: &str) -> BaseDirection {
        let letters = text.chars().filter(|letter| letter.is_alphabetic()).count();
        let leftward = text.chars().filter(|&letter| letter.is_alphabetic() && is_right_to_left(letter)).count();
        let is_leftward = if letters == 0 { self.right_to_left } else { 2 * leftward > letters };
        if is_leftward { BaseDirection::Rtl } else { BaseDirection::Ltr }
    }
}

/// Tells whether a link of one word fits in a line of its own, so that it need not be broken.
fn fits_a_line(
    layouts: &mut LayoutContext<Ink>,
    fonts: &mut FontContext,
    families: &[FontFamilyName<'_>],
    words: &str,
    style: RunStyle,
    look: &Look,
) -> bool {
    if words.contains(char::is_whitespace) {
        return false;
    }
    if words.chars().count() <= SURELY_SHORT {
        return true;
    }
    let mut builder = layouts.ranged_builder(fonts, words, 1.0, false);
    builder.push_default(FontFamily::List(Cow::Borrowed(families)));
    builder.push_default(StyleProperty::FontSize(look.size));
    let features = if look.small_caps { SMALL_CAPS } else { FIGURES };
    builder.push_default(StyleProperty::FontFeatures(FontFeatures::Source(Cow::Borrowed(features))));
    for property in properties(style, look) {
        builder.push_default(property);
    }
    let mut layout = builder.build(words);
    layout.break_all_lines(None);
    layout.width() <= look.width
}

/// Where a line may not end though Unicode allows it (UAX 14): after a hyphen, which readers of the file would take for
/// their own and leave out, and before a sign that the blank in front of it belongs to.
fn breaks(at: LineBreakContext) -> Option<bool> {
    let is_joined = at.before == '-'
        || (at.before == ' ' && matches!(at.after, ':' | ';' | '!' | '?' | '%' | '»' | '·'))
        || (at.before == ' ' && at.before_before == Some('«'));
    is_joined.then_some(false)
}

fn properties(style: RunStyle, look: &Look) -> Vec<StyleProperty<'static, Ink>> {
    let mut list = Vec::new();
    if style.bold {
        list.push(StyleProperty::FontWeight(FontWeight::new(600.0)));
    }
    if style.italic {
        // What is italic within italics stands upright.
        list.push(StyleProperty::FontStyle(if look.italic { FontStyle::Normal } else { FontStyle::Italic }));
    }
    if style.superscript || style.subscript {
        list.push(StyleProperty::FontSize(look.size * SMALL));
    }
    if style.small_caps {
        list.push(StyleProperty::FontFeatures(FontFeatures::Source(Cow::Borrowed(SMALL_CAPS))));
    }
    list
}

/// Emoji and their like, which no letters stand for.
fn is_picture(letter: char) -> bool {
    matches!(u32::from(letter), 0x2600..=0x2775 | 0x2794..=0x27BF | 0x2B00..=0x2BFF | 0x1_F000..=0x1_FAFF)
}

/// Puts Latin letters in place of those that no face has, and nothing in place of emoji.
pub(super) fn latin(text: &str, lacking: &[char]) -> String {
    if lacking.is_empty() || !text.contains(lacking) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(lacking) {
        let (before, from) = rest.split_at(at);
        let end = from.find(|letter| !lacking.contains(&letter)).unwrap_or(from.len());
        let letters: String = from[..end].chars().filter(|letter| !is_picture(*letter)).collect();
        let spelt = deunicode::deunicode_with_tofu(&letters, "?");
        out.push_str(before);
        out.push_str(spelt.trim());
        rest = &from[end..];
        if letters.is_empty() && (out.is_empty() || out.ends_with(' ')) {
            rest = rest.trim_start_matches(' ');
        }
    }
    out.push_str(rest);
    out
}

/// Leaves of a text what can be printed: composed letters, one kind of blank in a row, no control signs.
pub(super) fn clean(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for letter in text.nfc() {
        match letter {
            '\t' | '\n' | '\r' | '\u{2028}' | '\u{2029}' | '\u{0B}' | '\u{0C}' | '\u{85}' => out.push(' '),
            '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}' | '\u{AD}' | '\u{200B}' | '\u{2060}' => {}
            '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => {}
            letter if letter.is_control() => {}
            // One kind of blank and of hyphen: a glyph of two meanings is copied wrongly by some readers.
            '\u{A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}' => out.push(' '),
            '\u{2010}' | '\u{2011}' => out.push('-'),
            '\u{FB00}'..='\u{FB06}' => out.extend(letter.nfkc()),
            '\u{FE00}'..='\u{FE0F}' => {}
            letter => out.push(letter),
        }
    }
    Cow::Owned(out)
}
