//! Bytes → text: UTF-8, UTF-16 with its mark, or the letters of older Windows.

use std::borrow::Cow;

use encoding_rs::{Encoding, WINDOWS_1252};

/// Bytes at the beginning that tell whether it is text.
const HEAD: usize = 1024;

/// Returns the text of a file without its byte order mark; nothing when it is no text.
pub(super) fn text(bytes: &[u8]) -> Option<Cow<'_, str>> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return Some(encoding.decode_without_bom_handling(&bytes[mark..]).0);
    }
    if bytes[..bytes.len().min(HEAD)].contains(&0) {
        return None;
    }
    let cut = bytes.len() - bytes.utf8_chunks().last().map_or(0, |last| last.invalid().len());
    match std::str::from_utf8(bytes).or_else(|_| std::str::from_utf8(&bytes[..cut])) {
        Ok(text) => Some(Cow::Borrowed(text)),
        Err(_) => Some(WINDOWS_1252.decode_without_bom_handling(bytes).0),
    }
}

/// Tells from its beginning whether a file is text, in UTF-8 or marked as UTF-16.
pub(in crate::privacy) fn is_text(head: &[u8]) -> bool {
    if matches!(head, [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..]) {
        let text =
            Encoding::for_bom(head).map(|(encoding, mark)| encoding.decode_without_bom_handling(&head[mark..]).0);
        return text.is_some_and(|text| !text.contains(is_no_letter) && head.len() > 2);
    }
    let chunks: Vec<_> = head.utf8_chunks().take(2).collect();
    // The last letter may be cut off.
    let whole = matches!(chunks.as_slice(), [only] if only.invalid().len() < 4 && only.valid().len() + 4 > head.len());
    whole && !head.is_empty() && !chunks[0].valid().contains(is_no_letter)
}

fn is_no_letter(letter: char) -> bool {
    letter.is_control() && !matches!(letter, '\t' | '\n' | '\r' | '\u{c}' | '\u{1b}' | '\u{85}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_read_in_the_encodings_of_offices() {
        let little: Vec<u8> =
            [0xFF, 0xFE].into_iter().chain("né 1".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let big: Vec<u8> = [0xFE, 0xFF].into_iter().chain("né 1".encode_utf16().flat_map(u16::to_be_bytes)).collect();
        for bytes in [&little[..], &big, "né 1".as_bytes(), b"\xEF\xBB\xBFn\xC3\xA9 1", b"n\xE9 1"] {
            assert_eq!(text(bytes).as_deref(), Some("né 1"), "{bytes:?}");
        }
        assert_eq!(text(b"PK\0\0"), None);
        assert!(is_text(&little) && is_text(&big) && is_text("né".as_bytes()) && is_text(&"é".as_bytes()[..1]));
        for bytes in [&b""[..], b"\x89PNG\r\n\x1a\n\0", b"\xFF\xD8\xFF\xE0", b"\xFF\xFB\x90\x44", b"a\0b"] {
            assert!(!is_text(bytes), "{bytes:?}");
        }
    }
}
