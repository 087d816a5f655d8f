//! Drawings in SVG: cleaned of what they do not show, and of what runs in a browser.

mod embedded;
mod entity;

use std::ops::Range;

use roxmltree::{Attribute, Document, Node};

use self::embedded::Embedded;
pub use self::embedded::Pictures;
use super::survey::unread;
use super::trace::Trace;
use super::xml::parse;
use crate::diagnostic::code;

/// Elements that show nothing, or run.
const DROPPED: [&str; 5] = ["metadata", "script", "foreignObject", "handler", "listener"];
/// What a drawing is drawn with; all other elements are those of editors.
const SVG: &str = "http://www.w3.org/2000/svg";
/// Of links in the older way.
const XLINK: &str = "http://www.w3.org/1999/xlink";
/// Drawings within drawings.
const DEEPEST: usize = 4;
/// What takes the place of something that cannot be cleaned.
const NOTHING: &str = "data:,";

/// Returns a drawing without comments, metadata, scripts and what belongs to editors, and with the pictures
/// inside cleaned in the same way or by `pictures`; nothing when it cannot be read.
pub fn clean(bytes: &[u8], pictures: Pictures<'_>) -> Option<Vec<u8>> {
    cleaned(bytes, pictures, 0).map(String::into_bytes)
}

fn cleaned(bytes: &[u8], pictures: Pictures<'_>, depth: usize) -> Option<String> {
    let text = std::str::from_utf8(bytes).ok()?;
    let text = entity::written_out(text.strip_prefix('\u{feff}').unwrap_or(text))?;
    let document = parse(&text)?;
    let root = document.root_element();
    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    for node in document.root().descendants() {
        if node != root && is_dropped(&document, node) {
            edits.push((node.range(), String::new()));
            continue;
        }
        if node.tag_name().name() == "style" {
            edits.push((node.range(), style(&text, node, pictures, depth)));
            continue;
        }
        for attribute in node.attributes() {
            let value = attribute.value();
            if !is_kept(&attribute) {
                edits.push((attribute.range(), String::new()));
            } else if let Some(value) = with_clean_pictures(value, pictures, depth) {
                edits.push((attribute.range_value(), escaped(&value)));
            }
        }
    }
    // The head of the file may name a style sheet or an address.
    edits.push((0..root.range().start, String::new()));
    edits.push((root.range().end..text.len(), String::new()));
    Some(edited(&text, edits))
}

fn is_dropped(document: &Document<'_>, node: Node<'_, '_>) -> bool {
    let is_foreign = node.tag_name().namespace().is_some_and(|space| space != SVG);
    node.is_comment()
        || node.is_pi()
        || (node.is_element() && (is_foreign || DROPPED.contains(&node.tag_name().name())))
        || is_outside(document, node)
}

/// Tells whether an attribute draws something and leads nowhere on somebody's computer.
fn is_kept(attribute: &Attribute<'_, '_>) -> bool {
    let name = attribute.name().to_ascii_lowercase();
    let is_of_svg = match attribute.namespace() {
        None => !name.starts_with("on") && !name.starts_with("data-"),
        Some(XLINK) => name == "href",
        Some(roxmltree::NS_XML_URI) => name != "base",
        Some(_) => false,
    };
    let value = attribute.value().trim_start().to_ascii_lowercase();
    is_of_svg && !value.starts_with("javascript:") && !(name == "href" && is_on_a_computer(&value))
}

fn is_on_a_computer(address: &str) -> bool {
    let is_drive = matches!(address.as_bytes(), [b'a'..=b'z', b':', b'\\' | b'/', ..]);
    address.starts_with("file:")
        || address.starts_with("\\\\")
        || is_drive
        || address.starts_with("/users/")
        || address.starts_with("/home/")
}

/// Returns a value with what stands inside it cleaned; nothing when nothing does.
fn with_clean_pictures(value: &str, pictures: Pictures<'_>, depth: usize) -> Option<String> {
    let found = embedded::addresses(value);
    if found.is_empty() {
        return None;
    }
    let edits = found.into_iter().filter_map(|range| {
        let address = &value[range.clone()];
        let content = match embedded::read(address) {
            Embedded::Font => return None,
            Embedded::Drawing(drawing) if depth < DEEPEST => {
                cleaned(&drawing, pictures, depth + 1).map(String::into_bytes)
            }
            Embedded::Picture(picture) => pictures(&picture),
            Embedded::Drawing(_) | Embedded::Other => None,
        };
        Some((range, content.map_or_else(|| NOTHING.to_owned(), |content| embedded::written(address, &content))))
    });
    Some(edited(value, edits.collect()))
}

/// Writes a style sheet anew without its comments.
fn style(text: &str, node: Node<'_, '_>, pictures: Pictures<'_>, depth: usize) -> String {
    let words: String = node.children().filter(Node::is_text).filter_map(|part| part.text()).collect();
    let words = without_comments(&words);
    let words = with_clean_pictures(&words, pictures, depth).unwrap_or(words);
    let name = text[node.range()].trim_start_matches('<');
    let name = &name[..name.find(|letter: char| letter.is_whitespace() || matches!(letter, '>' | '/')).unwrap_or(0)];
    let media = node.attribute("media").map(|media| format!(" media=\"{}\"", escaped(media))).unwrap_or_default();
    format!("<{name}{media}>{}</{name}>", escaped(&words))
}

/// Leaves out the comments of a style sheet (CSS Syntax 3), but for what looks like one within quotes.
fn without_comments(sheet: &str) -> String {
    let mut out = String::with_capacity(sheet.len());
    let mut quote = None;
    let mut rest = sheet;
    while let Some(letter) = rest.chars().next() {
        if quote.is_none() && rest.starts_with("/*") {
            rest = rest[2..].split_once("*/").map_or("", |(_, after)| after);
            continue;
        }
        match quote {
            None if matches!(letter, '"' | '\'') => quote = Some(letter),
            Some(open) if open == letter => quote = None,
            _ => {}
        }
        out.push(letter);
        rest = &rest[letter.len_utf8()..];
    }
    out
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;").replace('\'', "&apos;")
}

/// Returns a text with parts of it written otherwise; what lies within a part that goes, goes with it.
fn edited(text: &str, mut edits: Vec<(Range<usize>, String)>) -> String {
    edits.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (range, words) in edits {
        if range.start >= at {
            out.push_str(&text[at..range.start]);
            out.push_str(&words);
            at = range.end;
        } else {
            at = at.max(range.end);
        }
    }
    out.push_str(&text[at..]);
    out
}

/// Tells whether a text stands outside the picture.
fn is_outside(document: &Document<'_>, node: Node<'_, '_>) -> bool {
    if !node.is_element() || node.tag_name().name() != "text" {
        return false;
    }
    let root = document.root_element();
    let number = |text: &str| {
        text.trim().trim_end_matches(|letter: char| letter.is_alphabetic() || letter == '%').parse::<f64>().ok()
    };
    let view: Vec<f64> = root.attribute("viewBox").unwrap_or_default().split([' ', ',']).filter_map(number).collect();
    let (left, top, width, height) = if let &[left, top, width, height] = view.as_slice() {
        (left, top, width, height)
    } else {
        let size = |name: &str| root.attribute(name).and_then(number);
        let (Some(width), Some(height)) = (size("width"), size("height")) else { return false };
        (0.0, 0.0, width, height)
    };
    // What is moved may stand anywhere.
    if node.ancestors().any(|above| above.is_element() && above.has_attribute("transform")) {
        return false;
    }
    let at = |name: &str| node.attribute(name).and_then(number).unwrap_or_default();
    let (x, y) = (at("x"), at("y"));
    x > left + width || y < top || y > top + height * 1.2 || x < left - width
}

/// Reports what stays in a drawing although it may not be seen, or leads elsewhere.
pub(super) fn traces(path: &str, bytes: &[u8]) -> Vec<Trace> {
    let mut traces = Vec::new();
    look(path, bytes, 0, &mut traces);
    traces
}

fn look(path: &str, bytes: &[u8], depth: usize, traces: &mut Vec<Trace>) {
    let text = std::str::from_utf8(bytes).ok().map(|text| text.trim_start_matches('\u{feff}'));
    let text = text.and_then(entity::written_out);
    let Some(document) = text.as_deref().and_then(parse) else {
        traces.push(unread("is an SVG that cannot be read", path));
        return;
    };
    let elements = || document.descendants().filter(Node::is_element);
    let runs = elements().any(|node| {
        node.tag_name().name() == "script"
            || node.attributes().any(|attribute| attribute.name().to_ascii_lowercase().starts_with("on"))
    });
    if runs {
        let help = "export it from your drawing program as a plain SVG";
        traces.push(Trace::new(&code::SVG_ACTIVE, "has a script, which is left out of the published copy", path, help));
    }
    let elsewhere = elements().flat_map(|node| node.attributes()).find(|attribute| {
        attribute.name() == "href"
            && ["http:", "https:", "//", "file:"].iter().any(|start| attribute.value().trim_start().starts_with(start))
    });
    if let Some(link) = elsewhere {
        let message = format!("leads to `{}`", link.value().trim());
        traces.push(Trace::new(
            &code::SVG_ACTIVE,
            message,
            link.value(),
            "draw it without a link or a picture from elsewhere",
        ));
    }
    let values = elements().flat_map(|node| node.attributes()).map(|attribute| attribute.value());
    let styles = elements().filter(|node| node.tag_name().name() == "style").filter_map(|style| style.text());
    for value in values.chain(styles) {
        for address in embedded::addresses(value) {
            match embedded::read(&value[address]) {
                Embedded::Font | Embedded::Picture(_) => {}
                Embedded::Drawing(drawing) if depth < DEEPEST => look(path, &drawing, depth + 1, traces),
                Embedded::Drawing(_) | Embedded::Other => {
                    let message = "has something inside that cannot be cleaned, and is published without it";
                    let help = "put a picture into the drawing as JPEG or PNG";
                    traces.push(Trace::new(&code::FILE_UNCHECKED, message, path, help));
                }
            }
        }
    }
    let words: Vec<_> = document.descendants().filter(Node::is_text).filter_map(|node| node.text()).collect();
    traces.extend(Trace::identifiers(&words.join("\n\n"), "", false));
}

/// Tells whether a drawing holds what its cleaned copy is without.
pub(super) fn holds_more(bytes: &[u8]) -> bool {
    let marks: [&[u8]; 5] = [b"<metadata", b"<!--", b"inkscape:", b"sodipodi:", b" data-"];
    marks.iter().any(|mark| bytes.windows(mark.len()).any(|part| part == *mark))
}
