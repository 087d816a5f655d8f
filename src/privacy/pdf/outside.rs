//! What the bytes of a PDF hold outside its objects: words behind `%`, and what stands before and behind it.

use super::{CLEAN, text_of, words};
use crate::diagnostic::code;
use crate::privacy::dicom::is_dicom;
use crate::privacy::trace::Trace;

/// Letters of what is found that are told.
const EXCERPT: usize = 60;
/// Remarks of a file that are looked at.
const MOST: usize = 1_000;
/// Words in the remarks of programs.
const OF_PROGRAMS: [&str; 10] =
    ["pdf", "written", "created", "generated", "produced", "made", "linearized", "original object", "ps-adobe", "qdf"];

/// Reports what stands before and behind a PDF, and the words between its objects.
pub(super) fn traces(path: &str, bytes: &[u8]) -> Vec<Trace> {
    let mut traces = Vec::new();
    let start = bytes.windows(5).position(|part| part == b"%PDF-").unwrap_or(0);
    let end = bytes.windows(5).rposition(|part| part == b"%%EOF").map_or(bytes.len(), |end| end + 5);
    for (part, where_) in [(&bytes[..start], "before its beginning"), (&bytes[end.max(start)..], "behind its end")] {
        let is_room = |byte: &u8| byte.is_ascii_whitespace() || *byte == 0;
        if part.iter().all(is_room) {
            continue;
        }
        let first = part.iter().position(|byte| !byte.is_ascii_whitespace()).unwrap_or_default();
        if is_dicom(&part[first..]) || is_dicom(part) {
            let message = format!("has a DICOM object {where_}, with the patient's name and numbers inside");
            traces.push(Trace::new(&code::DICOM_FILE, message, "", CLEAN));
            continue;
        }
        let text = text_of(&part[..part.len().min(1 << 20)]);
        let message = format!("has something {where_} that no page shows{}", excerpt(&text));
        traces.extend(words::told(&text, &format!(" {where_}")));
        traces.push(Trace::new(&code::DOCUMENT_REVISIONS, message, path, CLEAN));
    }
    for remark in remarks(&bytes[start..end.max(start)]) {
        traces.extend(words::told(&remark, " in a remark between its parts"));
        let lower = remark.to_lowercase();
        let has_words = remark.split_whitespace().any(|word| word.chars().filter(|of| of.is_alphabetic()).count() > 2);
        if has_words && remark.is_ascii() && !OF_PROGRAMS.iter().any(|word| lower.contains(word)) {
            let message = format!("has a remark between its parts that no page shows{}", excerpt(&remark));
            traces.push(Trace::new(&code::DOCUMENT_REVISIONS, message, &remark, CLEAN));
        }
    }
    traces
}

fn excerpt(text: &str) -> String {
    let words: String = text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(EXCERPT).collect();
    let is_told = words.chars().all(|letter| !letter.is_control() && letter.is_ascii());
    if is_told && !words.is_empty() { format!(": `{words}`") } else { String::new() }
}

/// The words behind `%` between and in the objects, without those in strings and streams; those of programs
/// that begin with `%%` are left out.
fn remarks(bytes: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    let (mut at, mut depth) = (0, 0_usize);
    while at < bytes.len() && found.len() < MOST {
        match bytes[at] {
            b'\\' if depth > 0 => at += 1,
            b'(' => depth += 1,
            b')' => depth = depth.saturating_sub(1),
            b's' if depth == 0 && bytes[at..].starts_with(b"stream") && is_start_of_stream(bytes, at) => {
                let rest = &bytes[at..];
                let Some(end) = rest.windows(9).position(|part| part == b"endstream") else { break };
                at += end + 8;
            }
            b'%' if depth == 0 => {
                let rest = &bytes[at..];
                let end = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(rest.len());
                let line = &rest[1..end];
                if !line.starts_with(b"%") && !line.starts_with(b"PDF-") {
                    found.push(text_of(line).trim().to_owned());
                }
                at += end;
            }
            _ => {}
        }
        at += 1;
    }
    found
}

fn is_start_of_stream(bytes: &[u8], at: usize) -> bool {
    let is_apart = at == 0 || matches!(bytes[at - 1], b'\n' | b'\r' | b' ' | b'>' | b'\t');
    is_apart && matches!(bytes.get(at + 6), Some(b'\n' | b'\r' | b' '))
}
