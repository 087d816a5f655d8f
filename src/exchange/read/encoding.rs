//! Bytes of another program's file → text.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// A file's text, with `\n` for every line end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::exchange) struct Decoded {
    /// The text, without byte order mark.
    pub text: String,
    /// The encoding's name where it was guessed and is not UTF-8.
    pub guessed: Option<&'static str>,
}

/// Decodes UTF-8 and UTF-16 with or without their marks, what an XML declaration names, and else Windows-1252,
/// which contains Latin-1 (WHATWG Encoding Standard).
pub(in crate::exchange) fn decode(bytes: &[u8]) -> Decoded {
    let (encoding, guessed) = match Encoding::for_bom(bytes) {
        Some((encoding, _)) => (encoding, None),
        None => match utf16_without_mark(bytes).or_else(|| declared(bytes)) {
            Some(encoding) => (encoding, Some(encoding.name()).filter(|_| encoding != UTF_8)),
            None if std::str::from_utf8(bytes).is_ok() => (UTF_8, None),
            None => (WINDOWS_1252, Some("Windows-1252")),
        },
    };
    let (text, _) = encoding.decode_with_bom_removal(bytes);
    Decoded { text: with_line_feeds(text), guessed }
}

fn with_line_feeds(text: Cow<'_, str>) -> String {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text.into_owned() }
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
}
