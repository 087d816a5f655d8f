//! The faces that cards are set in: which letters they have, how wide words are, where lines break.

use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};

/// The bytes of the faces, as the drawing engine takes them.
pub(super) const FACES: [&[u8]; 3] =
    [include_bytes!("fonts/display.ttf"), include_bytes!("fonts/text.ttf"), include_bytes!("fonts/italic.ttf")];

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
        let widths = text.chars().filter_map(|letter| metrics.advance_width(letters.map(letter)?));
        widths.sum()
    }

    /// Breaks a text into lines of at most `width`, about as long as one another; a longer word stands alone.
    pub(super) fn lines(self, text: &str, size: f32, width: f32) -> Vec<String> {
        let fewest = self.broken(text, size, width);
        let mut best = fewest.clone();
        let mut narrower = width;
        // Narrower until a line more is needed: no line is left with a single word.
        while fewest.len() > 1 && narrower > width / 2.0 {
            narrower -= size / 2.0;
            let lines = self.broken(text, size, narrower);
            if lines.len() > fewest.len() {
                break;
            }
            best = lines;
        }
        best
    }

    fn broken(self, text: &str, size: f32, width: f32) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for word in text.split_whitespace() {
            let joined = lines.last().map(|line| format!("{line} {word}"));
            match (lines.last_mut(), joined) {
                (Some(line), Some(joined)) if self.width(&joined, size) <= width => *line = joined,
                _ => lines.push(word.to_owned()),
            }
        }
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_about_as_long_as_one_another() {
        let lines = Face::Display.lines("Where emergency spine MRI loses its time", 80.0, 1056.0);
        assert_eq!(lines, ["Where emergency", "spine MRI loses its time"]);
    }

    #[test]
    fn letters_of_many_names_are_there_and_others_are_known_to_be_missing() {
        assert!(Face::Display.covers("Oyèláràn Nguyễn Łukasz Şahin Ελένη Ольга – “β”"));
        assert!(!Face::Display.covers("李"));
        assert!(!Face::Text.covers("محمد"));
    }
}
