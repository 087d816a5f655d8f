//! The text of a drawing, in the encoding that its file says (XML 1.0, 4.3.3).

use std::borrow::Cow;

use encoding_rs::Encoding;

/// Bytes in which the encoding is said.
const HEAD: usize = 256;

/// Returns the text of a file without its mark; nothing when its encoding is unknown or not its own.
pub(super) fn read(bytes: &[u8]) -> Option<Cow<'_, str>> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling_and_without_replacement(&bytes[mark..]);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Some(Cow::Borrowed(text));
    }
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]);
    let said = head.strip_prefix("<?xml")?.split_once("?>")?.0.split_once("encoding")?.1;
    let label = said.split(['"', '\'']).nth(1)?;
    Encoding::for_label(label.as_bytes())?.decode_without_bom_handling_and_without_replacement(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_is_read_in_the_encoding_that_it_says() {
        let wide: Vec<u8> = "\u{feff}<a>é</a>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(read(&wide).as_deref(), Some("<a>é</a>"));
        let old = b"<?xml version=\"1.0\" encoding='iso-8859-1'?><a>\xE9</a>";
        assert!(read(old).is_some_and(|text| text.ends_with("<a>é</a>")));
        assert_eq!(read("\u{feff}<a>é</a>".as_bytes()).as_deref(), Some("<a>é</a>"));
        assert_eq!(read(b"<a>\xE9</a>"), None);
    }
}
