//! Drawings in SVG: cleaned of what they do not show, and of what runs in a browser.

mod address;
mod embedded;
mod entity;
mod hidden;
mod look;
mod style;
mod text;

use std::ops::Range;

use roxmltree::{Attribute, Document, Node};

pub(super) use self::address::is_program;
use self::address::{Leads, leads, plain};
use self::embedded::Embedded;
pub use self::embedded::Pictures;
pub(super) use self::look::{asked_by_style, traces};
use self::style::Asked;
use super::xml::parse;

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

/// Tells from the beginning of a file whether it is a drawing, and no web page with one inside.
pub fn is_drawing(head: &[u8]) -> bool {
    let lower = head.to_ascii_lowercase();
    let place = |mark: &[u8]| lower.windows(mark.len()).position(|part| part == mark);
    let page = place(b"<html").into_iter().chain(place(b"<!doctype html")).min();
    place(b"<svg").is_some_and(|drawing| page.is_none_or(|page| drawing < page))
}

/// Returns a drawing without comments, metadata, scripts and what belongs to editors, and with the pictures
/// inside cleaned in the same way or by `pictures`; nothing when it cannot be read.
pub fn clean(bytes: &[u8], pictures: Pictures<'_>) -> Option<Vec<u8>> {
    cleaned(bytes, pictures, 0).map(String::into_bytes)
}

fn cleaned(bytes: &[u8], pictures: Pictures<'_>, depth: usize) -> Option<String> {
    let text = text::read(bytes)?;
    let text = entity::written_out(&text)?;
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
            match kept(node, &attribute, pictures, depth) {
                None => edits.push((attribute.range(), String::new())),
                Some(value) if value != attribute.value() => edits.push((attribute.range_value(), escaped(&value))),
                Some(_) => {}
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
        || (node.is_element() && (is_foreign || DROPPED.contains(&node.tag_name().name()) || animates_an_address(node)))
        || is_outside(document, node)
}

/// Tells whether an element puts another address, or a script, into an attribute of the element around it.
fn animates_an_address(node: Node<'_, '_>) -> bool {
    let name = node.attribute("attributeName").unwrap_or_default().trim().to_ascii_lowercase();
    name.starts_with("on") || name.rsplit(':').next() == Some("href")
}

/// Returns the value with which an attribute is published; nothing when it draws nothing, or leads where a
/// drawing should not.
fn kept(node: Node<'_, '_>, attribute: &Attribute<'_, '_>, pictures: Pictures<'_>, depth: usize) -> Option<String> {
    let name = attribute.name().to_ascii_lowercase();
    let is_of_svg = match attribute.namespace() {
        None => !name.starts_with("on") && !name.starts_with("data-") && name != "ping",
        Some(XLINK) => name == "href",
        Some(roxmltree::NS_XML_URI) => name != "base",
        Some(_) => false,
    };
    let value = attribute.value();
    if !is_of_svg || is_program(value) {
        return None;
    }
    if is_address(&name) {
        let is_link = node.tag_name().name() == "a";
        let value = plain(value);
        return match leads(&value) {
            Leads::Elsewhere if !is_link => None,
            Leads::Elsewhere | Leads::Inside => Some(value),
            Leads::Data => Some(with_clean_pictures(&value, pictures, depth)),
            Leads::Computer | Leads::Anything => None,
        };
    }
    if name == "style" || value.contains(['(', '\\']) {
        return Some(style_cleaned(value, pictures, depth));
    }
    Some(with_clean_pictures(value, pictures, depth))
}

/// Tells whether the attribute of this name is an address.
fn is_address(name: &str) -> bool {
    matches!(name, "href" | "src")
}

/// Returns a style sheet, or a value in its language, with addresses of the drawing and of clean pictures alone.
fn style_cleaned(sheet: &str, pictures: Pictures<'_>, depth: usize) -> String {
    style::cleaned(sheet, &mut |address, asked| match (leads(address), asked) {
        (_, Asked::AsSheet) => None,
        (Leads::Data, _) => Some(with_clean_pictures(&plain(address), pictures, depth)),
        (Leads::Inside, _) => Some(address.to_owned()),
        (Leads::Elsewhere, _) | (_, Asked::Plainly) => None,
        (_, Asked::AsText) => Some(address.to_owned()),
    })
}

/// Returns a value with what stands inside it cleaned.
fn with_clean_pictures(value: &str, pictures: Pictures<'_>, depth: usize) -> String {
    let found = embedded::addresses(value);
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
    edited(value, edits.collect())
}

/// Writes a style sheet anew without its comments.
fn style(text: &str, node: Node<'_, '_>, pictures: Pictures<'_>, depth: usize) -> String {
    let words: String = node.children().filter(Node::is_text).filter_map(|part| part.text()).collect();
    let words = style_cleaned(&words, pictures, depth);
    let name = text[node.range()].trim_start_matches('<');
    let name = &name[..name.find(|letter: char| letter.is_whitespace() || matches!(letter, '>' | '/')).unwrap_or(0)];
    let media = node.attribute("media").map(|media| format!(" media=\"{}\"", escaped(media))).unwrap_or_default();
    format!("<{name}{media}>{}</{name}>", escaped(&words))
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

/// Tells whether a drawing holds what its cleaned copy is without.
pub(super) fn holds_more(bytes: &[u8]) -> bool {
    let marks: [&[u8]; 5] = [b"<metadata", b"<!--", b"inkscape:", b"sodipodi:", b" data-"];
    marks.iter().any(|mark| bytes.windows(mark.len()).any(|part| part == *mark))
}
