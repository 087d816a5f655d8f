//! Drawings in SVG: cleaned of what they do not show, and of what runs in a browser.

use std::ops::Range;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use roxmltree::{Document, Node};

use super::image;
use super::survey::unread;
use super::trace::Trace;
use super::xml::parse;
use crate::diagnostic::code;

/// Elements that show nothing, or run.
const DROPPED: [&str; 9] =
    ["metadata", "script", "foreignObject", "namedview", "title", "desc", "handler", "listener", "switch-metadata"];

/// Returns a drawing without comments, metadata, scripts and what belongs to editors; nothing when it
/// cannot be read.
pub fn clean(bytes: &[u8]) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(bytes).ok()?;
    let bare = text.strip_prefix('\u{feff}').unwrap_or(text);
    let document = parse(bare)?;
    let mut cuts: Vec<Range<usize>> = Vec::new();
    for node in document.root().descendants() {
        let own_name = node.tag_name().name();
        let is_editors = node.tag_name().namespace().is_some_and(is_of_an_editor);
        let is_dropped = node.is_comment()
            || node.is_pi()
            || (node.is_element() && (DROPPED.contains(&own_name) || is_editors))
            || is_outside(&document, node);
        if is_dropped && node != document.root_element() {
            cuts.push(node.range());
            continue;
        }
        for attribute in node.attributes() {
            let name = attribute.name().to_ascii_lowercase();
            let runs = name.starts_with("on")
                || attribute.value().trim_start().to_ascii_lowercase().starts_with("javascript:");
            if runs || name.starts_with("data-") || attribute.namespace().is_some_and(is_of_an_editor) {
                cuts.push(attribute.range());
            }
        }
    }
    // The head of the file may name a style sheet or an address.
    cuts.push(0..document.root_element().range().start);
    cuts.push(document.root_element().range().end..bare.len());
    cuts.sort_by_key(|cut| (cut.start, std::cmp::Reverse(cut.end)));
    let mut clean = String::with_capacity(bare.len());
    let mut at = 0;
    for cut in cuts {
        if cut.start >= at {
            clean.push_str(&bare[at..cut.start]);
            at = cut.end;
        } else {
            at = at.max(cut.end);
        }
    }
    clean.push_str(&bare[at..]);
    Some(clean.into_bytes())
}

fn is_of_an_editor(namespace: &str) -> bool {
    ["inkscape.org", "sodipodi", "adobe.com", "creativecommons", "purl.org", "rdf-syntax", "sketchapp", "figma.com"]
        .iter()
        .any(|editor| namespace.contains(editor))
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
    let Ok(text) = std::str::from_utf8(bytes) else { return vec![unread("is an SVG that cannot be read", path)] };
    let Some(document) = parse(text.trim_start_matches('\u{feff}')) else {
        return vec![unread("is an SVG that cannot be read", path)];
    };
    let mut traces = Vec::new();
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
    let embedded = elements().flat_map(|node| node.attributes()).any(|attribute| {
        let value = attribute.value().trim_start();
        attribute.name() == "href"
            && value.len() > 5
            && value.as_bytes()[..5].eq_ignore_ascii_case(b"data:")
            && embedded(value).is_none_or(|picture| image::has_metadata(&picture))
    });
    if embedded {
        let message = "has a picture inside that may hold hidden data of the camera";
        let help = "take the hidden data out of the picture before it goes into the drawing";
        traces.push(Trace::new(&code::FILE_UNCHECKED, message, path, help));
    }
    let words: Vec<_> = document.descendants().filter(Node::is_text).filter_map(|node| node.text()).collect();
    traces.extend(Trace::identifiers(&words.join("\n\n"), "", false));
    traces
}

/// The picture of a `data:` address in base64; nothing when it is written in another way.
fn embedded(address: &str) -> Option<Vec<u8>> {
    let (head, body) = address.split_once(',')?;
    if !head.trim_end().ends_with(";base64") {
        return None;
    }
    let letters: String = body.split_whitespace().collect();
    STANDARD.decode(letters).ok()
}

/// Tells whether a drawing holds what its cleaned copy is without.
pub(super) fn holds_more(bytes: &[u8]) -> bool {
    let marks: [&[u8]; 5] = [b"<metadata", b"<!--", b"inkscape:", b"sodipodi:", b" data-"];
    marks.iter().any(|mark| bytes.windows(mark.len()).any(|part| part == *mark))
}
