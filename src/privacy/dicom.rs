//! DICOM objects, known by content: they carry the patient in their header, whatever they are called.

/// Tells from the first 256 bytes whether a file is a DICOM object: part 10 has `DICM` after 128
/// bytes; older files begin with an element of group 0002 or 0008.
pub fn is_dicom(head: &[u8]) -> bool {
    if head.get(128..132) == Some(b"DICM") || head.starts_with(b"DICM") {
        return true;
    }
    let Some(first) = head.first_chunk::<8>() else { return false };
    let little = matches!(first[..2], [2 | 8 | 0x10, 0]) && first[3] == 0;
    let big = matches!(first[..2], [0, 2 | 8 | 0x10]) && first[2] == 0;
    let explicit = VALUE_KINDS.iter().any(|kind| kind[..] == first[4..6]);
    let length = first[4..].first_chunk().map_or(0, |length| u32::from_le_bytes(*length));
    let known = matches!((first[0], first[2]), (2, 0) | (8, 1 | 5 | 8 | 0x12..=0x18));
    let implicit = little && known && length > 0 && length <= 64 && length % 2 == 0;
    // A group's length, a creation date and a name come first in objects without a preamble.
    let group_length = little && first[2] == 0 && first[4..] == [4, 0, 0, 0];
    ((little || big) && explicit) || implicit || group_length
}

/// Value representations of DICOM part 5 that the first elements of a file have.
const VALUE_KINDS: [[u8; 2]; 10] = [*b"PN", *b"UL", *b"OB", *b"UI", *b"SH", *b"CS", *b"DA", *b"TM", *b"LO", *b"AE"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dicom_is_known_by_content() {
        let mut part_10 = vec![0; 128];
        part_10.extend(b"DICM\x02\0\0\0UL");
        assert!(is_dicom(&part_10));
        assert!(is_dicom(b"\x08\0\x05\0CS\x0a\0ISO_IR 100"));
        assert!(is_dicom(b"\x08\0\x16\0\x1a\0\0\x001.2.840.10008.5.1.4.1.1.7"));
        assert!(is_dicom(b"\0\x08\0\x05CS\0\x0aISO_IR 100"));
        assert!(is_dicom(b"\x08\0\0\0\x04\0\0\0\xa0\0\0\0"));
        assert!(is_dicom(b"\x08\0\x12\0\x08\0\0\x0020260101"));
        assert!(is_dicom(b"\x10\0\x10\0PN\x08\0Rao^Priy"));
        assert!(!is_dicom(b"%PDF-1.7\n"));
        assert!(!is_dicom(&[0; 256]));
        assert!(!is_dicom(b"PK\x03\x04\x14\0\0\0\x08\0"));
    }
}
