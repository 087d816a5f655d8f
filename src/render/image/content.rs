//! What a file is by its content, whatever it is called.

use crate::privacy::dicom::is_dicom;

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    /// A photograph.
    Jpeg,
    /// A drawing.
    Png,
    /// Either.
    WebP,
    /// A small film, or an old drawing.
    Gif,
    /// A drawing in words.
    Svg,
    /// A picture that cannot be cleaned or shown: the name of its format.
    Refused(&'static str),
    /// A DICOM object.
    Dicom,
    /// Anything else.
    Other,
}

/// Bytes at the head of a file that tell what it is.
pub(super) const HEAD: u64 = 256;

/// Tells what a file holds from its first [`HEAD`] bytes.
pub(super) fn content(head: &[u8]) -> Content {
    let brand = head.get(4..8).filter(|kind| *kind == b"ftyp").and_then(|_| head.get(8..12));
    match head {
        _ if is_dicom(head) => Content::Dicom,
        [0xff, 0xd8, 0xff, ..] => Content::Jpeg,
        [0x89, b'P', b'N', b'G', ..] => Content::Png,
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Content::Gif,
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Content::WebP,
        [b'I', b'I', 42 | 43, 0, ..] | [b'M', b'M', 0, 42 | 43, ..] => Content::Refused("TIFF"),
        [0, 0, 0, 12, b'j', b'P', b' ', b' ', ..] => Content::Refused("JPEG 2000"),
        [b'B', b'M', _, _, _, _, 0, 0, 0, 0, ..] => Content::Refused("BMP"),
        _ if head.windows(4).any(|part| part == b"<svg") => Content::Svg,
        _ => match brand {
            Some(b"avif" | b"avis") => Content::Refused("AVIF"),
            Some(b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" | b"mif1" | b"msf1") => {
                Content::Refused("HEIC")
            }
            _ => Content::Other,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_are_known_by_content() {
        assert_eq!(content(b"\0\0\0\x18ftypheic\0\0\0\0"), Content::Refused("HEIC"));
        assert_eq!(content(b"MM\0*\0\0\0\x08"), Content::Refused("TIFF"));
        assert_eq!(content(b"RIFF\0\0\0\0WEBPVP8 "), Content::WebP);
        assert_eq!(content(b""), Content::Other);
    }
}
