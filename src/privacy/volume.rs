//! Volumes of scanners that are no DICOM objects: NIfTI-1 and -2, Analyze 7.5 and NRRD, known by content.
//! One of a head shows the face, whoever looks at it in three dimensions.

/// Bytes at the head of a file in which it is told.
pub const HEAD: usize = 352;

/// Names the format of a volume from the first [`HEAD`] bytes of a file; nothing when it is none.
pub fn format(head: &[u8]) -> Option<&'static str> {
    let length = head.first_chunk().map(|first| (u32::from_le_bytes(*first), u32::from_be_bytes(*first)));
    let is_long = |bytes: u32| length.is_some_and(|(little, big)| little == bytes || big == bytes);
    let magic = |at: usize| head.get(at..at + 4);
    if is_long(348) && matches!(magic(344), Some(b"n+1\0" | b"ni1\0")) {
        return Some("NIfTI");
    }
    if is_long(540) && matches!(magic(4), Some(b"n+2\0" | b"ni2\0")) {
        return Some("NIfTI");
    }
    if is_long(348) && head.get(38) == Some(&b'r') {
        return Some("Analyze");
    }
    head.starts_with(b"NRRD000").then_some("NRRD")
}

/// What to say of a volume in this format.
pub fn message(format: &str) -> String {
    format!("is a volume of a scanner ({format}), in which a head has a face")
}

/// How to show what a volume shows.
pub const HELP: &str = "export the slice that you show as JPEG or PNG, and keep the volume outside `files/`; data for others belongs, without faces, in a repository that checks it";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn volumes_are_known_by_content() {
        let mut head = vec![0; HEAD];
        assert_eq!(format(&head), None);
        head[..4].copy_from_slice(&348_u32.to_be_bytes());
        assert_eq!(format(&head), None);
        head[344..348].copy_from_slice(b"ni1\0");
        assert_eq!(format(&head), Some("NIfTI"));
        head[344..348].copy_from_slice(b"\0\0\0\0");
        head[38] = b'r';
        assert_eq!(format(&head), Some("Analyze"));
        assert_eq!(format(&[&540_u32.to_le_bytes()[..], b"n+2\0\r\n\x1a\n"].concat()), Some("NIfTI"));
        assert_eq!(format(b"NRRD0004\n"), Some("NRRD"));
        assert_eq!(format(b"348\n"), None);
    }
}
