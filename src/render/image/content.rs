//! What a file is by its content, whatever it is called.

use crate::privacy::dicom::is_dicom;
use crate::privacy::{svg, volume};

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
    /// A volume of a scanner: the name of its format.
    Volume(&'static str),
    /// Anything else.
    Other,
}

/// What cameras write before they make a picture of it.
const RAW: &str = "camera raw";

/// Bytes at the head of a file that tell what it is.
pub(super) const HEAD: u64 = 512;

/// Tells what a file holds from its first [`HEAD`] bytes.
pub(super) fn content(head: &[u8]) -> Content {
    let brand = head.get(4..8).filter(|kind| *kind == b"ftyp").and_then(|_| head.get(8..12));
    if let Some(format) = volume::format(head) {
        return Content::Volume(format);
    }
    match head {
        _ if is_dicom(head) => Content::Dicom,
        [0xff, 0xd8, 0xff, ..] => Content::Jpeg,
        [0x89, b'P', b'N', b'G', ..] => Content::Png,
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Content::Gif,
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Content::WebP,
        [b'I', b'I', 42 | 43, 0, ..] | [b'M', b'M', 0, 42 | 43, ..] => Content::Refused("TIFF"),
        [0, 0, 0, 12, b'j', b'P', b' ', b' ', ..] => Content::Refused("JPEG 2000"),
        [0, 0, 0, 12, b'J', b'X', b'L', b' ', ..] | [0xFF, 0x0A, ..] => Content::Refused("JPEG XL"),
        [b'8', b'B', b'P', b'S', 0, 1 | 2, ..] => Content::Refused("Photoshop"),
        [b'B', b'M', _, _, _, _, 0, 0, 0, 0, ..] => Content::Refused("BMP"),
        [b'I', b'I', b'R', b'O' | b'S', ..] | [b'I', b'I', b'U', 0, ..] => Content::Refused(RAW),
        _ if head.starts_with(b"FUJIFILMCCD-RAW") => Content::Refused(RAW),
        [b'P', b'1'..=b'6', b'\n' | b' ', ..] => Content::Refused("PNM"),
        [b'%', b'!', b'P', b'S', ..] | [0xC5, 0xD0, 0xD3, 0xC6, ..] => Content::Refused("EPS"),
        [0x0A, 0 | 2..=5, 1, 1 | 2 | 4 | 8, ..] => Content::Refused("PCX"),
        [0, 0, 1 | 2, 0, 1..=64, 0, _, _, _, 0, ..] => Content::Refused("ICO"),
        _ if svg::is_drawing(head) => Content::Svg,
        _ => match brand {
            Some(b"avif" | b"avis") => Content::Refused("AVIF"),
            Some(b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" | b"mif1" | b"msf1") => {
                Content::Refused("HEIC")
            }
            Some(b"crx ") => Content::Refused(RAW),
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
        assert_eq!(content(b"\0\0\0\x0cJXL \r\n\x87\n"), Content::Refused("JPEG XL"));
        assert_eq!(content(b"\0\0\0\x18ftypcrx \0\0\0\x01"), Content::Refused(RAW));
        assert_eq!(content(b"%!PS-Adobe-3.0 EPSF-3.0\n"), Content::Refused("EPS"));
        assert_eq!(content(b"\n\x05\x01\x08\0\0\0\0"), Content::Refused("PCX"));
        assert_eq!(content(b"\0\0\x01\0\x01\0\x10\x10\0\0\x01\0"), Content::Refused("ICO"));
        assert_eq!(content(b"<!DOCTYPE html><svg></svg>"), Content::Other);
        assert_eq!(content(b""), Content::Other);
    }
}
