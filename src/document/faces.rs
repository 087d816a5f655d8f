//! The faces that the PDF and the cards are set in, compiled in, and the site's own for other scripts.
//!
//! Source Serif 4 (npm `source-serif` 4.5.1) and Noto Naskh Arabic, under the SIL Open Font License, cut to the letters
//! of Latin, Greek, Cyrillic and Arabic. TrueType outlines, so that they can be embedded as they are.

use std::collections::BTreeSet;
use std::sync::Arc;

use skrifa::raw::TableProvider;
use skrifa::{FontRef, MetadataProvider};

use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::source::Sources;

/// Text.
pub const REGULAR: &[u8] = include_bytes!("fonts/regular.ttf");
/// Journals and asides.
pub const ITALIC: &[u8] = include_bytes!("fonts/italic.ttf");
/// The owner's name.
pub const SEMIBOLD: &[u8] = include_bytes!("fonts/semibold.ttf");
/// The owner's name within a title.
pub const SEMIBOLD_ITALIC: &[u8] = include_bytes!("fonts/semibold-italic.ttf");
/// Names and titles, cut for large sizes.
pub const DISPLAY: &[u8] = include_bytes!("fonts/display.ttf");
/// Arabic, Persian and Urdu.
pub const ARABIC: &[u8] = include_bytes!("fonts/arabic.ttf");
/// The owner's name in Arabic.
pub const ARABIC_BOLD: &[u8] = include_bytes!("fonts/arabic-bold.ttf");

/// The folder of a site in which it keeps faces for other scripts.
const FOLDER: &str = "fonts/";
/// The longest font file that is read, in bytes; a whole face for Chinese, Japanese and Korean has some 20 MB.
const LONGEST: u64 = 64 * 1024 * 1024;
/// Set where the owner of a font forbids to embed it (OpenType, OS/2 `fsType`, bit 1).
const RESTRICTED: u16 = 0x0002;

/// The faces of a document.
#[derive(Debug, Clone, Default)]
pub struct Faces {
    /// The site's own, in the order of their names.
    pub(super) own: Vec<Arc<[u8]>>,
}

impl Faces {
    /// Returns the faces for some letters: the shipped ones, and those in the site's `fonts/` where the shipped do not suffice.
    ///
    /// A file there that is no font, or that may not be embedded, is reported.
    pub fn for_letters(diagnostics: &mut Diagnostics, sources: &Sources, letters: &BTreeSet<char>) -> Self {
        let shipped = Self::default();
        if shipped.lacking(letters).is_empty() { shipped } else { Self::of_site(diagnostics, sources) }
    }

    fn of_site(diagnostics: &mut Diagnostics, sources: &Sources) -> Self {
        let mut faces = Self::default();
        for path in sources.files.keys().filter(|path| path.starts_with(FOLDER) && is_font(path)) {
            let fault = match sources.read_bytes(path, LONGEST) {
                Err(error) => format!("this font cannot be read: {error}"),
                Ok(bytes) => match may_embed(&bytes) {
                    Some(true) => {
                        faces.own.push(bytes.into());
                        continue;
                    }
                    Some(false) => "the maker of this font does not allow to embed it in a document".to_owned(),
                    None => "this is no TrueType or OpenType font".to_owned(),
                },
            };
            diagnostics.push(
                Diagnostic::new(&code::FONT_UNUSABLE, path, fault)
                    .help("put a free font in its place, as .ttf, .otf or .ttc; the Noto fonts have every script"),
            );
        }
        faces
    }

    /// Returns the letters that no face has.
    pub fn lacking(&self, letters: &BTreeSet<char>) -> Vec<char> {
        let shipped = [REGULAR, ARABIC].into_iter();
        let charmaps: Vec<_> = shipped
            .chain(self.own.iter().map(AsRef::as_ref))
            .flat_map(|bytes| fonts(bytes).into_iter().map(|font| font.charmap()))
            .collect();
        let is_shown = |letter: char| {
            charmaps.iter().any(|map| map.map(letter).is_some_and(|glyph| glyph != skrifa::GlyphId::NOTDEF))
        };
        letters.iter().copied().filter(|&letter| !takes_no_glyph(letter) && !is_shown(letter)).collect()
    }
}

/// Joiners, which fonts need not have.
fn takes_no_glyph(letter: char) -> bool {
    matches!(letter, '\u{200C}' | '\u{200D}')
}

fn is_font(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, end)| ["ttf", "otf", "ttc", "otc"].contains(&end.to_lowercase().as_str()))
}

/// The fonts of a file: a collection holds several.
fn fonts(bytes: &[u8]) -> Vec<FontRef<'_>> {
    FontRef::fonts(bytes).filter_map(Result::ok).collect()
}

/// Tells whether a font may be embedded; `None` when it is no font.
fn may_embed(bytes: &[u8]) -> Option<bool> {
    let fonts = fonts(bytes);
    let first = fonts.first()?;
    first.head().ok()?;
    Some(fonts.iter().all(|font| font.os2().is_ok_and(|os2| os2.fs_type() & 0x000F != RESTRICTED)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lacking(text: &str) -> String {
        Faces::default().lacking(&text.chars().collect()).into_iter().collect()
    }

    #[test]
    fn latin_greek_cyrillic_and_arabic_are_shipped_and_others_are_known_to_be_missing() {
        assert_eq!(lacking("Oyèláràn Nguyễn Łukasz Şahin Ελένη Ольга – “β” محمد الأحمد"), "");
        assert_eq!(lacking("Li 李"), "李");
    }

    #[test]
    fn every_face_may_be_embedded() {
        for face in [REGULAR, ITALIC, SEMIBOLD, SEMIBOLD_ITALIC, DISPLAY, ARABIC, ARABIC_BOLD] {
            assert_eq!(may_embed(face), Some(true));
        }
        assert_eq!(may_embed(b"no font"), None);
    }
}
