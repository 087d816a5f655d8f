//! JPEG data: its segments of metadata, found and left out, so that no pixel changes.

/// Tells whether a segment says how pixels are to be read (ITU-T T.81, annex B): tables, frames, scans,
/// JFIF's head and Adobe's colours.
fn is_picture(segment: &[u8]) -> bool {
    match segment {
        [0xFF, 0xE0, _, _, b'J', b'F', b'I', b'F', 0, ..] => segment.len() == 18,
        [0xFF, 0xEE, _, _, b'A', b'd', b'o', b'b', b'e', ..] => segment.len() == 16,
        [0xFF, marker, ..] => matches!(marker, 0xC0..=0xC7 | 0xC9..=0xCF | 0xDA..=0xDD),
        _ => false,
    }
}

/// Tells whether a JPEG has EXIF, XMP, IPTC or a comment; a profile of colours seldom says more than it should.
pub(super) fn has_metadata(bytes: &[u8]) -> bool {
    parts(bytes).is_some_and(|parts| parts.iter().any(|part| matches!(part, [0xFF, 0xE1 | 0xED | 0xFE, ..])))
        || png_has_metadata(bytes)
        || webp_has_metadata(bytes)
}

fn png_has_metadata(bytes: &[u8]) -> bool {
    let Some(mut rest) = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n") else { return false };
    while let (Some(length), Some(name)) = (rest.first_chunk(), rest.get(4..8)) {
        let content = rest.get(8..).unwrap_or_default();
        // Which program wrote it says nothing about anybody.
        if name == b"eXIf" || (matches!(name, b"tEXt" | b"zTXt" | b"iTXt") && !content.starts_with(b"Software\0")) {
            return true;
        }
        let length = usize::try_from(u32::from_be_bytes(*length)).unwrap_or(usize::MAX);
        rest = rest.get(length.saturating_add(12)..).unwrap_or_default();
    }
    false
}

fn webp_has_metadata(bytes: &[u8]) -> bool {
    if !(bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP")) {
        return false;
    }
    let mut rest = &bytes[12..];
    while let (Some(name), Some(length)) = (rest.get(..4), rest.get(4..).and_then(|rest| rest.first_chunk())) {
        if matches!(name, b"EXIF" | b"XMP ") {
            return true;
        }
        let length = usize::try_from(u32::from_le_bytes(*length)).unwrap_or(usize::MAX);
        rest = rest.get(length.saturating_add(8 + length % 2)..).unwrap_or_default();
    }
    false
}

/// Returns a JPEG without anything but its pixels, and without what follows its end; nothing when it is none.
pub fn without_metadata(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut clean = vec![0xFF, 0xD8];
    for part in parts(bytes)? {
        match part {
            // The head of JFIF may hold a small copy of the picture.
            [0xFF, 0xE0, _, _, b'J', b'F', b'I', b'F', 0, major, minor, unit, x1, x2, y1, y2, ..] => {
                clean.extend([0xFF, 0xE0, 0, 16, b'J', b'F', b'I', b'F', 0]);
                clean.extend([*major, *minor, *unit, *x1, *x2, *y1, *y2, 0, 0]);
            }
            part if is_picture(part) => clean.extend_from_slice(part),
            _ => {}
        }
    }
    clean.extend([0xFF, 0xD9]);
    Some(clean)
}

/// The segments up to the end of the picture, each scan with its data.
fn parts(bytes: &[u8]) -> Option<Vec<&[u8]>> {
    let mut rest = bytes.strip_prefix(&[0xFF, 0xD8])?;
    let mut parts = Vec::new();
    loop {
        let marker = *rest.get(1).filter(|_| rest[0] == 0xFF)?;
        match marker {
            0xD9 => return Some(parts),
            0xFF => {
                rest = &rest[1..];
                continue;
            }
            0xD0..=0xD7 | 0x01 => {
                rest = &rest[2..];
                continue;
            }
            _ => {}
        }
        let mut length = usize::from(u16::from_be_bytes(*rest.get(2..)?.first_chunk()?)) + 2;
        if marker == 0xDA {
            length += data(rest.get(length..)?)?;
        }
        parts.push(rest.get(..length)?);
        rest = &rest[length..];
    }
}

/// Length of the data of a scan: up to the next marker that is no restart.
fn data(bytes: &[u8]) -> Option<usize> {
    bytes.windows(2).position(|pair| pair[0] == 0xFF && !matches!(pair[1], 0 | 0xFF | 0xD0..=0xD7))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_a_jpeg_are_found_and_left_out() {
        let scan = b"\xFF\xDA\0\x02pix\xFF\0els\xFF\xD0more";
        let clean = [&b"\xFF\xD8"[..], b"\xFF\xDB\0\x03q", scan, b"\xFF\xC4\0\x03h", scan, b"\xFF\xD9"].concat();
        let dirty = [
            &b"\xFF\xD8"[..],
            b"\xFF\xE0\0\x04AB",
            b"\xFF\xE1\0\x06Exif",
            b"\xFF\xDB\0\x03q",
            b"\xFF\xFE\0\x05Rao",
            b"\xFF\x02\0\x05Rao",
            b"\xFF\xC8\0\x05Rao",
            b"\xFF\xDE\0\x05Rao",
            b"\xFF\xF0\0\x05Rao",
            scan,
            b"\xFF\xFE\0\x05Rao",
            b"\xFF\xFF\xC4\0\x03h",
            scan,
            b"\xFF\xD9",
            b"trailer\xFF\xD9",
        ];
        assert!(has_metadata(&dirty.concat()) && !has_metadata(&clean));
        assert_eq!(without_metadata(&dirty.concat()), Some(clean.clone()));
        assert_eq!(without_metadata(&clean), Some(clean));
        assert_eq!(without_metadata(b"\xFF\xD8\xFF\xE1\xFF\xFF"), None);
    }
}
