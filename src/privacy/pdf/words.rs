//! Words of a PDF that stand beside its pages: descriptions of pictures, bookmarks, names of places and
//! layers, labels of pages, links.

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::{CLEAN, text_of};
use crate::diagnostic::code;
use crate::privacy::text::identifiers;
use crate::privacy::trace::Trace;

/// Keys of moments, scripts and the numbers of files, in which no words of anybody stand.
const WORDLESS: [&[u8]; 9] =
    [b"CreationDate", b"ModDate", b"M", b"LastModified", b"JS", b"ID", b"DA", b"CheckSum", b"CharSet"];
/// Letters of a place on a computer that are told.
const EXCERPT: usize = 80;

/// Reports what words beside the pages tell of patients and of somebody's computer.
pub(super) fn traces(document: &Document) -> Vec<Trace> {
    let info = document.trailer.get(b"Info").and_then(Object::as_reference).ok();
    let mut traces = Vec::new();
    for (_, object) in document.objects.iter().filter(|(id, _)| Some(**id) != info) {
        each(object, b"", 0, &mut |key, text| traces.extend(told(&text, whereabouts(key))));
    }
    for name in named_places(document) {
        traces.extend(told(&String::from_utf8_lossy(name), whereabouts(b"Names")));
    }
    traces
}

/// Reports what some words tell.
pub(super) fn told(text: &str, whereabouts: &str) -> Vec<Trace> {
    if !is_of_letters(text) {
        return Vec::new();
    }
    let mut traces: Vec<_> =
        Trace::identifiers(text, whereabouts, false).into_iter().map(|trace| trace.or_clean(CLEAN)).collect();
    if let Some(place) = place_on_a_computer(text) {
        let place: String = place.chars().take(EXCERPT).collect();
        let message = format!("has `{place}`{whereabouts}, which is a place on somebody's computer");
        traces.push(Trace::new(&code::DOCUMENT_PROPERTIES, message, &place, CLEAN));
    }
    traces
}

/// Tells whether words say more than they should, so that a clean copy goes without them.
pub(super) fn is_telling(text: &str) -> bool {
    is_of_letters(text) && (place_on_a_computer(text).is_some() || !identifiers(text).is_empty())
}

fn is_of_letters(text: &str) -> bool {
    let strange = text.chars().filter(|letter| letter.is_control() && !letter.is_whitespace()).count();
    text.len() > 3 && strange * 10 <= text.len()
}

/// Says where words stand by the key that leads to them.
pub(super) fn whereabouts(key: &[u8]) -> &'static str {
    match key {
        b"Alt" => " in the description of a picture",
        b"ActualText" => " in the words that stand for others when they are copied or read out",
        b"E" => " in the long form of an abbreviation",
        b"Title" => " in a bookmark",
        b"P" => " in the label of a page",
        b"Names" | b"Limits" | b"Dest" | b"D" | b"Kids" => " in the name of a place",
        b"T" | b"TU" | b"TM" | b"V" | b"DV" | b"RV" | b"Opt" => " in a form",
        b"Contents" | b"Subj" | b"RC" => " in a comment",
        b"URI" | b"F" | b"UF" | b"Base" => " in a link",
        b"Name" => " in the name of a layer",
        _ => " in words beside its pages",
    }
}

/// Goes through the strings of an object, each with the key that leads there.
fn each(object: &Object, key: &[u8], depth: usize, visit: &mut dyn FnMut(&[u8], String)) {
    let mut inside = |dict: &Dictionary| {
        for (key, value) in dict {
            each(value, key, depth + 1, visit);
        }
    };
    match object {
        _ if depth > 64 => {}
        Object::String(..) if WORDLESS.contains(&key) => {}
        Object::String(bytes, _) => visit(key, text_of(bytes)),
        Object::Array(items) => items.iter().for_each(|item| each(item, key, depth + 1, visit)),
        Object::Dictionary(dict) => inside(dict),
        Object::Stream(stream) => inside(&stream.dict),
        _ => {}
    }
}

/// The strings in the properties of marked content, which stand in the content itself.
pub(super) fn of_mark(properties: &Dictionary) -> Vec<(Vec<u8>, String)> {
    let mut words = Vec::new();
    for (key, value) in properties {
        each(value, key, 1, &mut |key, text| words.push((key.to_vec(), text)));
    }
    words
}

/// Takes out of a dictionary what its own strings tell, and those of the lists in it.
pub(super) fn take_out(dict: &mut Dictionary) {
    let is_item =
        dict.has(b"Parent") && (dict.has(b"Dest") || dict.has(b"A") || dict.has(b"Prev") || dict.has(b"Next"));
    let is_layer = dict.get(b"Type").and_then(Object::as_name).is_ok_and(|kind| kind == b"OCG");
    let mut gone = Vec::new();
    for (key, value) in dict.iter_mut() {
        match (key.as_slice(), value) {
            (key, Object::String(..)) if WORDLESS.contains(&key) => {}
            (b"Names", Object::Array(items)) => {
                let pairs = items.chunks(2).filter(|pair| !pair.first().is_some_and(says_too_much));
                *items = pairs.flatten().cloned().collect();
            }
            (b"Limits", Object::Array(items)) => {
                // Wider limits are true as well.
                for (item, limit) in items.iter_mut().zip([&b""[..], b"\xff\xff\xff\xff"]) {
                    if says_too_much(item) {
                        *item = Object::string_literal(limit);
                    }
                }
            }
            (_, Object::Array(items)) => {
                for item in items.iter_mut().filter(|item| says_too_much(item)) {
                    *item = Object::string_literal("");
                }
            }
            (b"Title", value) if is_item && says_too_much(value) => *value = Object::string_literal("Bookmark"),
            // Whatever a layer is called, only its drawings are shown.
            (b"Name", value @ Object::String(..)) if is_layer || says_too_much(value) => {
                *value = Object::string_literal("Layer");
            }
            (key, value) if says_too_much(value) => gone.push(key.to_vec()),
            _ => {}
        }
    }
    for key in gone {
        dict.remove(&key);
    }
}

fn says_too_much(object: &Object) -> bool {
    matches!(object, Object::String(bytes, _) if is_telling(&text_of(bytes)))
}

/// Takes places out whose names tell something.
pub(super) fn take_out_named_places(document: &mut Document) {
    let telling = |name: &&[u8]| is_telling(&String::from_utf8_lossy(name));
    let gone: Vec<Vec<u8>> = named_places(document).into_iter().filter(telling).map(<[u8]>::to_vec).collect();
    let list = document.catalog().ok().and_then(|catalog| catalog.get(b"Dests").ok());
    let list: Option<ObjectId> = list.and_then(|list| list.as_reference().ok());
    let places = match list {
        Some(id) => document.get_dictionary_mut(id),
        None => document.catalog_mut().and_then(|catalog| catalog.get_mut(b"Dests")).and_then(Object::as_dict_mut),
    };
    if let Ok(places) = places {
        for name in gone {
            places.remove(&name);
        }
    }
}

/// The names of places as PDF 1.1 lists them.
fn named_places(document: &Document) -> Vec<&[u8]> {
    let list = document.catalog().ok().and_then(|catalog| catalog.get_deref(b"Dests", document).ok());
    let list = list.and_then(|list| list.as_dict().ok());
    list.into_iter().flatten().map(|(name, _)| name.as_slice()).collect()
}

/// The part of a text that is a path or an address on somebody's computer, as Windows, macOS and Unix write them.
pub(super) fn place_on_a_computer(text: &str) -> Option<&str> {
    let mut before = None;
    for (at, letter) in text.char_indices() {
        let rest = &text[at..];
        let is_start = before.is_none_or(|before: char| {
            !before.is_alphanumeric() && !matches!(before, '/' | '.' | ':' | '~' | '-' | '_')
        });
        before = Some(letter);
        if !is_start {
            continue;
        }
        let mut next = rest.chars().skip(1);
        let is_drive = letter.is_ascii_alphabetic()
            && next.next() == Some(':')
            && next.next().is_some_and(|slash| matches!(slash, '\\' | '/'))
            && next.next().is_some_and(|name| name.is_alphanumeric() || name == '_');
        let is_file = rest.get(..6).is_some_and(|start| start.eq_ignore_ascii_case("file:/"));
        let is_share = rest.starts_with("\\\\") && rest[2..].starts_with(char::is_alphanumeric);
        let is_home = ["/Users/", "/home/", "/Volumes/", "/C/Users/", "~/"]
            .iter()
            .any(|home| rest.strip_prefix(home).is_some_and(|name| name.starts_with(char::is_alphanumeric)));
        if is_drive || is_file || is_share || is_home {
            let end = rest.find(['"', '\n', '<', '>', '|', ')']).unwrap_or(rest.len());
            return Some(rest[..end].trim_end());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_on_a_computer_are_told_from_addresses() {
        for (text, place) in [
            ("file:///C:/Users/rao/case.pdf", "file:///C:/Users/rao/case.pdf"),
            ("see C:\\Users\\rao\\Desktop\\a b.png", "C:\\Users\\rao\\Desktop\\a b.png"),
            ("\\\\server\\share\\x", "\\\\server\\share\\x"),
            ("(/Users/rao/x.pdf)", "/Users/rao/x.pdf"),
            ("/home/rao/x", "/home/rao/x"),
        ] {
            assert_eq!(place_on_a_computer(text), Some(place));
        }
        for text in [
            "https://rao.example/home/x",
            "https://x.example/Users/a",
            "Ratio a:b",
            "T1/T2: axial",
            "10:/",
            "../home/x",
            "A: /B",
            "\\\\",
            "",
        ] {
            assert_eq!(place_on_a_computer(text), None, "{text}");
        }
    }
}
