//! Bytes of another program's file → text.

use std::collections::BTreeSet;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use unicode_normalization::UnicodeNormalization;

/// A longer line holds a whole file, and is decoded piece by piece.
const LONGEST_LINE: usize = 4096;

/// A file's text, with `\n` for every line end and composed letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::exchange) struct Decoded {
    /// The text, without byte order marks.
    pub text: String,
    /// The encoding's name where it was guessed and is not UTF-8.
    pub guessed: Option<&'static str>,
    /// The words whose letters were guessed, without the punctuation around them.
    pub guessed_words: BTreeSet<String>,
}

/// Decodes UTF-8 and UTF-16 with or without their marks, what an XML declaration names, and else line by line UTF-8
/// where it is valid and Windows-1252, which contains Latin-1, where it is not (WHATWG Encoding Standard): exports that
/// were joined differ from line to line.
pub(in crate::exchange) fn decode(bytes: &[u8]) -> Decoded {
    let mut guessed_words = BTreeSet::new();
    let marked = Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    let named = marked.or_else(|| utf16_without_mark(bytes)).or_else(|| declared(bytes));
    let (text, guessed) = match named.filter(|encoding| *encoding != UTF_8) {
        Some(encoding) => {
            let (text, _) = encoding.decode_with_bom_removal(bytes);
            (text.into_owned(), marked.is_none().then_some(encoding.name()))
        }
        None => match std::str::from_utf8(bytes) {
            Ok(text) => (text.to_owned(), None),
            Err(_) => (line_by_line(bytes, &mut guessed_words), Some("Windows-1252")),
        },
    };
    Decoded { text: tidy(text), guessed, guessed_words }
}

fn line_by_line(bytes: &[u8], guessed_words: &mut BTreeSet<String>) -> String {
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 8);
    for line in bytes.split_inclusive(|byte| matches!(byte, b'\n' | b'\r')) {
        let before = text.len();
        match std::str::from_utf8(line) {
            Ok(line) => {
                text.push_str(line);
                continue;
            }
            Err(_) if line.len() <= LONGEST_LINE => text.push_str(&WINDOWS_1252.decode_without_bom_handling(line).0),
            Err(_) => {
                for piece in line.utf8_chunks() {
                    text.push_str(piece.valid());
                    text.push_str(&WINDOWS_1252.decode_without_bom_handling(piece.invalid()).0);
                }
            }
        }
        guessed_words.extend(foreign_words(&text[before..]).map(str::to_owned));
    }
    text
}

/// Returns the words with letters beyond ASCII, without the punctuation around and in them.
pub(in crate::exchange) fn foreign_words(text: &str) -> impl Iterator<Item = &str> {
    let divides = |c: char| c.is_whitespace() || c.is_control() || c.is_ascii_punctuation();
    text.split(divides).filter(|word| !word.is_ascii())
}

/// Line ends become `\n`; the marks that stand where files were joined go, and letters are composed.
fn tidy(text: String) -> String {
    let text = if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text };
    let text = if text.contains('\u{feff}') { text.replace('\u{feff}', "") } else { text };
    let is_loose = |c: char| matches!(c, '\u{300}'..='\u{36f}' | '\u{1100}'..='\u{11ff}');
    if text.contains(is_loose) { text.nfc().collect() } else { text }
}

/// Every other byte of Latin text in UTF-16 is zero.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(400)];
    let zeros = |from: usize| head.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let pairs = head.len() / 2;
    let many = |count: usize| pairs > 1 && count * 3 > pairs * 2;
    match (many(zeros(0)), many(zeros(1))) {
        (false, true) => Some(UTF_16LE),
        (true, false) => Some(UTF_16BE),
        _ => None,
    }
}

/// The encoding that an XML declaration names, where the bytes are not UTF-8 all the same.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]);
    let declaration = head.trim_start().strip_prefix("<?xml")?.split("?>").next()?;
    let label = declaration.split("encoding=").nth(1)?.split(['"', '\'']).nth(1)?;
    let encoding = Encoding::for_label(label.as_bytes())?;
    let is_utf8 = std::str::from_utf8(bytes).is_ok() && !bytes.is_ascii();
    (!is_utf8 && encoding.is_ascii_compatible()).then_some(encoding)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_encoding_in_the_wild_gives_the_same_text() {
        let text = "TY  - JOUR\nAU  - Núñez, Åse\n";
        let utf16 = |little: bool| -> Vec<u8> {
            let unit = |unit: u16| if little { unit.to_le_bytes() } else { unit.to_be_bytes() };
            text.encode_utf16().flat_map(unit).collect()
        };
        let latin: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).expect("Latin-1")).collect();
        let marked = |mark: &[u8], bytes: Vec<u8>| [mark, &bytes].concat();
        let files = [
            text.as_bytes().to_vec(),
            marked(b"\xEF\xBB\xBF", text.as_bytes().to_vec()),
            marked(b"\xFF\xFE", utf16(true)),
            marked(b"\xFE\xFF", utf16(false)),
            utf16(true),
            utf16(false),
            latin,
            text.replace('\n', "\r\n").into_bytes(),
            text.replace('\n', "\r").into_bytes(),
        ];
        for bytes in files {
            assert_eq!(decode(&bytes).text, text, "{bytes:?}");
        }
        assert_eq!(decode(b"<?xml version=\"1.0\" encoding='ISO-8859-2'?>\xB3").text.chars().last(), Some('ł'));
        assert_eq!(decode(b"").text, "");
    }

    #[test]
    fn one_line_in_another_encoding_costs_the_others_nothing() {
        let mixed =
            [b"AU  - N\xFA\xF1ez, J\r\n".as_slice(), "\u{feff}AU  - Åse, B\nTI  - e\u{301}tude".as_bytes()].concat();
        let decoded = decode(&mixed);
        assert_eq!(decoded.text, "AU  - Núñez, J\nAU  - Åse, B\nTI  - étude");
        assert_eq!(decoded.guessed_words.iter().map(String::as_str).collect::<Vec<_>>(), ["Núñez"]);
        let long = [b"\xFA ".as_slice(), "é ".repeat(3000).as_bytes()].concat();
        assert!(decode(&long).text.starts_with("ú é é"));
    }
}
