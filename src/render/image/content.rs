//! What a file is by its content, whatever it is called.

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    /// A photograph.
    Jpeg,
    /// A drawing.
    Png,
    /// Either.
    WebP,
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
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Content::WebP,
        [b'I', b'I', 42 | 43, 0, ..] | [b'M', b'M', 0, 42 | 43, ..] => Content::Refused("TIFF"),
        [0, 0, 0, 12, b'j', b'P', b' ', b' ', ..] => Content::Refused("JPEG 2000"),
        [b'B', b'M', _, _, _, _, 0, 0, 0, 0, ..] => Content::Refused("BMP"),
        _ => match brand {
            Some(b"avif" | b"avis") => Content::Refused("AVIF"),
            Some(b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" | b"mif1" | b"msf1") => {
                Content::Refused("HEIC")
            }
            _ => Content::Other,
        },
    }
}

/// DICOM part 10 has `DICM` after 128 bytes; older files begin with an element of group 0002 or 0008.
fn is_dicom(head: &[u8]) -> bool {
    if head.get(128..132) == Some(b"DICM") || head.starts_with(b"DICM") {
        return true;
    }
    let Some(first) = head.first_chunk::<8>() else { return false };
    let little = matches!(first[..2], [2 | 8, 0]) && first[3] == 0;
    let big = matches!(first[..2], [0, 2 | 8]) && first[2] == 0;
    let explicit = VALUE_KINDS.iter().any(|kind| kind[..] == first[4..6]);
    let length = first[4..].first_chunk().map_or(0, |length| u32::from_le_bytes(*length));
    let known = matches!((first[0], first[2]), (2, 0) | (8, 1 | 5 | 8 | 0x16 | 0x18));
    let implicit = little && known && length > 0 && length <= 64 && length % 2 == 0;
    ((little || big) && explicit) || implicit
}

/// Value representations of DICOM part 5 that the first elements of a file have.
const VALUE_KINDS: [[u8; 2]; 9] = [*b"UL", *b"OB", *b"UI", *b"SH", *b"CS", *b"DA", *b"TM", *b"LO", *b"AE"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dicom_is_known_by_content() {
        let mut part_10 = vec![0; 128];
        part_10.extend(b"DICM\x02\0\0\0UL");
        assert_eq!(content(&part_10), Content::Dicom);
        assert_eq!(content(b"\x08\0\x05\0CS\x0a\0ISO_IR 100"), Content::Dicom);
        assert_eq!(content(b"\x08\0\x16\0\x1a\0\0\x001.2.840.10008.5.1.4.1.1.7"), Content::Dicom);
        assert_eq!(content(b"\0\x08\0\x05CS\0\x0aISO_IR 100"), Content::Dicom);
        assert_eq!(content(b"%PDF-1.7\n"), Content::Other);
        assert_eq!(content(&[0; 256]), Content::Other);
        assert_eq!(content(b"PK\x03\x04\x14\0\0\0\x08\0"), Content::Other);
    }

    #[test]
    fn pictures_are_known_by_content() {
        assert_eq!(content(b"\0\0\0\x18ftypheic\0\0\0\0"), Content::Refused("HEIC"));
        assert_eq!(content(b"MM\0*\0\0\0\x08"), Content::Refused("TIFF"));
        assert_eq!(content(b"RIFF\0\0\0\0WEBPVP8 "), Content::WebP);
        assert_eq!(content(b""), Content::Other);
    }
}
