//! Parts of a PDF that no page shows: what programs leave in a file when they take something out.

use std::collections::HashSet;

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId};

use super::{CLEAN, MOST_UNPACKED, text_of};
use crate::diagnostic::code;
use crate::privacy::trace::Trace;

/// Letters of such a part that are told.
const EXCERPT: usize = 60;
/// Bytes of all such parts that are read.
const MOST_BYTES: usize = 4 * MOST_UNPACKED;

/// Reports pages, drawings, pictures and comments that are in the file and nowhere shown.
pub(super) fn traces(document: &Document, path: &str) -> Vec<Trace> {
    let used = reachable(document);
    let pages: HashSet<ObjectId> = document.page_iter().collect();
    let mut left = MOST_BYTES;
    let (mut count, mut words) = (0, String::new());
    for (id, object) in &document.objects {
        let is_hidden_page = is_page(object) && !pages.contains(id);
        if !is_hidden_page && (used.contains(id) || !shows_something(object)) {
            continue;
        }
        count += 1;
        let content = if is_hidden_page {
            document.get_page_content_with_limit(*id, MOST_UNPACKED).unwrap_or_default()
        } else {
            unpacked(object)
        };
        let text = text_of_content(&content, &mut left);
        if !text.is_empty() {
            words.push_str(&text);
            words.push('\n');
        }
    }
    if count == 0 {
        return Vec::new();
    }
    let excerpt: String = words.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(EXCERPT).collect();
    let says = if excerpt.is_empty() { String::new() } else { format!(": `{excerpt}`") };
    let parts = if count == 1 { "a part".to_owned() } else { format!("{count} parts") };
    let message = format!("keeps {parts} that no page shows, as of an earlier version{says}");
    let identifiers = Trace::identifiers(&words, " in a part that no page shows", false).into_iter();
    let mut traces: Vec<_> = identifiers.map(|trace| trace.or_clean(CLEAN)).collect();
    traces.push(Trace::new(&code::DOCUMENT_REVISIONS, message, path, CLEAN));
    traces
}

/// Pages that are in the file and not among those that readers turn.
pub(super) fn hidden_pages(document: &Document) -> Vec<ObjectId> {
    let pages: HashSet<ObjectId> = document.page_iter().collect();
    let all = document.objects.iter().filter(|(id, object)| is_page(object) && !pages.contains(id));
    all.map(|(id, _)| *id).collect()
}

fn is_page(object: &Object) -> bool {
    object.as_dict().is_ok_and(|dict| is(dict, b"Type", b"Page"))
}

fn is(dict: &Dictionary, key: &[u8], name: &[u8]) -> bool {
    dict.get(key).and_then(Object::as_name).is_ok_and(|found| found == name)
}

fn shows_something(object: &Object) -> bool {
    match object {
        Object::Dictionary(dict) => is(dict, b"Type", b"Annot") && (dict.has(b"Contents") || dict.has(b"AP")),
        Object::Stream(stream) => {
            let dict = &stream.dict;
            is(dict, b"Subtype", b"Image") || is(dict, b"Subtype", b"Form") || is(dict, b"Type", b"EmbeddedFile") || {
                // The streams of a font, a profile or the file itself have a type or lengths of parts.
                let is_of_the_file = [&b"Type"[..], b"Subtype", b"Length1", b"N", b"FunctionType", b"PatternType"];
                !is_of_the_file.iter().any(|key| dict.has(key)) && shows_text(&unpacked(object))
            }
        }
        _ => false,
    }
}

fn unpacked(object: &Object) -> Vec<u8> {
    let stream = object.as_stream().ok();
    stream.and_then(|stream| stream.get_plain_content_with_limit(MOST_UNPACKED).ok()).unwrap_or_default()
}

fn shows_text(content: &[u8]) -> bool {
    let has = |operator: &[u8]| content.windows(operator.len()).any(|part| part == operator);
    has(b"BT") && (has(b"Tj") || has(b"TJ"))
}

/// The strings that content shows, as far as they are in Latin letters.
fn text_of_content(content: &[u8], left: &mut usize) -> String {
    let Some(after) = left.checked_sub(content.len()).filter(|_| shows_text(content)) else { return String::new() };
    *left = after;
    let mut text = String::new();
    for operation in Content::decode_iter(content).map_while(Result::ok) {
        if !matches!(operation.operator.as_str(), "Tj" | "TJ" | "'" | "\"") {
            continue;
        }
        let parts = operation.operands.iter().flat_map(|part| match part {
            Object::Array(parts) => parts.as_slice(),
            other => std::slice::from_ref(other),
        });
        for part in parts {
            if let Object::String(bytes, _) = part {
                text.push_str(&text_of(bytes));
            }
        }
        text.push(' ');
    }
    text
}

/// The objects to which the trailer leads.
fn reachable(document: &Document) -> HashSet<ObjectId> {
    let mut seen = HashSet::new();
    let mut next: Vec<&Object> = document.trailer.iter().map(|(_, value)| value).collect();
    while let Some(object) = next.pop() {
        match object {
            Object::Reference(id) if seen.insert(*id) => next.extend(document.objects.get(id)),
            Object::Array(items) => next.extend(items),
            Object::Dictionary(dict) => next.extend(dict.iter().map(|(_, value)| value)),
            Object::Stream(stream) => next.extend(stream.dict.iter().map(|(_, value)| value)),
            _ => {}
        }
    }
    seen
}
