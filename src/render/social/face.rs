//! The faces that cards are set in: which letters they have, how wide words are, where lines break.

use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};

use crate::document::faces;

/// The bytes of the faces, as the drawing engine takes them.
pub(super) const FACES: [&[u8]; 3] = [faces::DISPLAY, faces::REGULAR, faces::ITALIC];

/// A face of the cards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Face {
    /// Names and titles.
    Display,
    /// Lines of text.
    Text,
}

impl Face {
    fn font(self) -> Option<FontRef<'static>> {
        FontRef::new(match self {
            Self::Display => FACES[0],
            Self::Text => FACES[1],
        })
        .ok()
    }

    /// Tells whether every letter of a text is in the face; the italic has the letters of the text face.
    pub(super) fn covers(self, text: &str) -> bool {
        let Some(font) = self.font() else { return false };
        let letters = font.charmap();
        text.chars().all(|letter| letters.map(letter).is_some())
    }

    /// Returns the width of a text in one line, in the unit of `size`, without kerning.
    pub(super) fn width(self, text: &str, size: f32) -> f32 {
        let Some(font) = self.font() else { return 0.0 };
        let letters = font.charmap();
        let metrics = font.glyph_metrics(Size::new(size), LocationRef::default());
        text.chars().filter_map(|letter| metrics.advance_width(letters.map(letter)?)).sum()
    }

    /// Measures a text word by word.
    pub(super) fn measure(self, text: &str) -> Measured {
        let words = text.split_whitespace().map(|word| (word.to_owned(), self.width(word, 1.0)));
        Measured { words: words.collect(), space: self.width(" ", 1.0) }
    }
}

/// The words of a text and how wide they are at a size of 1.
#[derive(Debug)]
pub(super) struct Measured {
    words: Vec<(String, f32)>,
    space: f32,
}

impl Measured {
    /// Breaks the text into as few lines as `width` allows, about as long as one another; a longer word stands alone.
    pub(super) fn lines(&self, size: f32, width: f32) -> Vec<String> {
        let width = width / size;
        let mut best = self.ends(width);
        let fewest = best.len();
        let mut narrower = width;
        // Narrower until a line more is needed: no line is left with a single word.
        while fewest > 1 && narrower > width / 2.0 {
            narrower -= 0.5;
            let ends = self.ends(narrower);
            if ends.len() > fewest {
                break;
            }
            best = ends;
        }
        let mut from = 0;
        let line = |end: usize| {
            let words = self.words[from..end].iter().map(|(word, _)| word.as_str());
            from = end;
            words.collect::<Vec<_>>().join(" ")
        };
        best.into_iter().map(line).collect()
    }

    /// Returns how many lines the text takes, and the width of its longest word.
    pub(super) fn extent(&self, size: f32, width: f32) -> (usize, f32) {
        let longest = self.words.iter().map(|(_, width)| *width).fold(0.0, f32::max);
        (self.ends(width / size).len(), longest * size)
    }

    /// Returns the number of words up to the end of each line.
    fn ends(&self, width: f32) -> Vec<usize> {
        let mut ends = Vec::new();
        let mut filled = 0.0;
        for (at, (_, word)) in self.words.iter().enumerate() {
            let joined = if at == 0 { *word } else { filled + self.space + word };
            if at > 0 && joined > width {
                ends.push(at);
                filled = *word;
            } else {
                filled = joined;
            }
        }
        ends.push(self.words.len());
        ends
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_about_as_long_as_one_another() {
        let lines = Face::Display.measure("Where emergency spine MRI loses its time").lines(80.0, 1056.0);
        assert_eq!(lines, ["Where emergency", "spine MRI loses its time"]);
    }

    #[test]
    fn letters_of_many_names_are_there_and_others_are_known_to_be_missing() {
        assert!(Face::Display.covers("Oyèláràn Nguyễn Łukasz Şahin Ελένη Ольга – “β”"));
        assert!(!Face::Display.covers("李"));
        assert!(!Face::Text.covers("محمد"));
    }
}
