//! XML that other programs wrote: its texts, each with the name of what holds it.

use roxmltree::{Document, ParsingOptions};

/// Nodes of a document.
const MOST_NODES: u32 = 200_000;

/// Reads a document; nothing when it is no well-formed XML, or has entities of its own.
pub(super) fn parse(text: &str) -> Option<Document<'_>> {
    // Entities would stand for text that is elsewhere in the file.
    if text.contains("<!ENTITY") {
        return None;
    }
    let options = ParsingOptions { allow_dtd: true, nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    Document::parse_with_options(text, options).ok()
}

/// Returns every text with the name of its element.
pub(super) fn texts(xml: &[u8]) -> Vec<(String, String)> {
    let text = String::from_utf8_lossy(xml);
    let text = text.trim_start_matches('\u{feff}');
    let Some(document) = parse(text) else { return Vec::new() };
    let texts = document.descendants().filter(roxmltree::Node::is_text).filter_map(|node| {
        let (name, value) = (node.parent()?.tag_name().name(), node.text()?.trim());
        (!value.is_empty()).then(|| (name.to_owned(), value.to_owned()))
    });
    texts.collect()
}
