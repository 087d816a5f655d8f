//! Files packed by gzip (RFC 1952) and tar (POSIX.1 pax and its forebears): what they hold, within bounds.

use std::io::Read;

/// Returns what a gzip file unpacks to, up to a limit in bytes; nothing when it is damaged.
pub(super) fn unpacked(bytes: &[u8], limit: u64) -> Option<Vec<u8>> {
    let mut content = Vec::new();
    flate2::read::MultiGzDecoder::new(bytes).take(limit).read_to_end(&mut content).ok()?;
    Some(content)
}

/// Length of a block of a tar file.
const BLOCK: usize = 512;

/// Tells from its first block whether a file is a tar file: the sum of its bytes stands in it.
pub(super) fn is_tar(head: &[u8]) -> bool {
    let Some(block) = head.get(..BLOCK) else { return false };
    let sum: u64 =
        block.iter().enumerate().map(|(at, byte)| u64::from(if (148..156).contains(&at) { b' ' } else { *byte })).sum();
    block[0] != 0 && octal(&block[148..156]) == Some(sum)
}

/// Returns the names and contents of a tar file, and whether it was read to its end.
pub(super) fn entries(bytes: &[u8]) -> (Vec<(String, &[u8])>, bool) {
    let mut rest = bytes;
    let mut entries = Vec::new();
    while let Some(block) = rest.get(..BLOCK) {
        if block.iter().all(|byte| *byte == 0) {
            return (entries, true);
        }
        let length = octal(&block[124..136]).and_then(|length| usize::try_from(length).ok());
        let Some(length) = length.filter(|_| is_tar(block)) else { return (entries, false) };
        let Some(content) = rest.get(BLOCK..).and_then(|rest| rest.get(..length)) else { return (entries, false) };
        let text = |field: &[u8]| {
            String::from_utf8_lossy(field.split(|byte| *byte == 0).next().unwrap_or_default()).into_owned()
        };
        // Names longer than the field, and properties, are entries of their own.
        if matches!(block[156], 0 | b'0' | b'7') {
            entries.push((text(&block[..100]), content));
        }
        rest = rest.get(BLOCK + length.div_ceil(BLOCK) * BLOCK..).unwrap_or_default();
    }
    (entries, rest.is_empty())
}

fn octal(field: &[u8]) -> Option<u64> {
    let text = std::str::from_utf8(field).ok()?.trim_matches(['\0', ' ']);
    u64::from_str_radix(text, 8).ok()
}
