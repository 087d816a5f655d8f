//! What a drawing holds that its author may not know of: what runs, leads elsewhere or is not seen.

use roxmltree::{Document, Node};

use super::address::{Leads, is_program, leads, plain};
use super::embedded::{self, Embedded};
use super::style::{self, Asked};
use super::{DEEPEST, SVG, animates_an_address, entity, hidden, is_address, text};
use crate::diagnostic::code;
use crate::privacy::survey::unread;
use crate::privacy::trace::Trace;
use crate::privacy::xml::parse;

/// Letters of a hidden text that are named.
const EXCERPT: usize = 120;
/// Addresses of one drawing that are named.
const MOST: usize = 20;

/// Reports what runs, leads elsewhere or is not seen; `is_cleaned` says whether what runs and asks other
/// hosts is left out where the drawing is published.
pub(in crate::privacy) fn traces(path: &str, bytes: &[u8], is_cleaned: bool) -> Vec<Trace> {
    let mut traces = Vec::new();
    Look { path, is_cleaned, traces: &mut traces }.drawing(bytes, 0);
    traces
}

struct Look<'l> {
    path: &'l str,
    is_cleaned: bool,
    traces: &'l mut Vec<Trace>,
}

impl Look<'_> {
    fn drawing(&mut self, bytes: &[u8], depth: usize) {
        let text = text::read(bytes);
        let text = text.as_deref().and_then(entity::written_out);
        let Some(document) = text.as_deref().and_then(parse) else {
            self.traces.push(unread("is an SVG that cannot be read", self.path));
            return;
        };
        self.active(&document);
        self.elsewhere(&document);
        self.inside(&document, depth);
        for words in hidden::texts(&document) {
            let shown: String = words.chars().take(EXCERPT).collect();
            let message = format!("has text that nobody sees: `{shown}`");
            let help = "take it out in your drawing program and export the drawing anew";
            self.traces.push(Trace::new(&code::DOCUMENT_HIDDEN_TEXT, message, &shown, help));
        }
        let words: Vec<_> = document.descendants().filter(Node::is_text).filter_map(|node| node.text()).collect();
        self.traces.extend(Trace::identifiers(&words.join("\n\n"), "", false));
    }

    /// Names what runs, or is no part of a drawing.
    fn active(&mut self, document: &Document<'_>) {
        let left_out = if self.is_cleaned { ", which is left out of the published copy" } else { "" };
        let help = "export it from your drawing program as a plain SVG";
        if elements(document).any(runs) {
            let message = format!("has a script{left_out}");
            self.traces.push(Trace::new(&code::SVG_ACTIVE, message, self.path, help));
        }
        let is_foreign = |node: Node<'_, '_>| node.tag_name().name() == "foreignObject";
        if elements(document).any(is_foreign) {
            let message = format!("has a part of a web page inside (`foreignObject`){left_out}");
            let help = "in your drawing program turn such text into plain text, and export it anew";
            self.traces.push(Trace::new(&code::SVG_ACTIVE, message, self.path, help));
        }
    }

    /// Names the addresses that lead elsewhere, and those that a browser would ask for.
    fn elsewhere(&mut self, document: &Document<'_>) {
        let (mut linked, mut asked): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
        for node in elements(document) {
            for attribute in node.attributes() {
                let name = attribute.name().to_ascii_lowercase();
                if is_address(&name) {
                    match leads(attribute.value()) {
                        Leads::Elsewhere if node.tag_name().name() == "a" => linked.push(plain(attribute.value())),
                        Leads::Elsewhere => asked.push(plain(attribute.value())),
                        Leads::Computer => linked.push(plain(attribute.value())),
                        _ => {}
                    }
                } else if name == "style" || attribute.value().contains(['(', '\\']) {
                    asked.extend(asked_by_style(attribute.value()));
                }
            }
            if node.tag_name().name() == "style" {
                let sheet: String = node.children().filter_map(|part| part.text()).collect();
                asked.extend(asked_by_style(&sheet));
            }
        }
        let left_out = if self.is_cleaned { ", which is left out of the published copy" } else { "" };
        let linked = linked.into_iter().map(|address| (format!("leads to `{address}`"), address));
        let asked = asked.into_iter().map(|address| (format!("asks another host for `{address}`{left_out}"), address));
        let help = "draw it without a link or a picture from elsewhere";
        let mut seen = std::collections::HashSet::new();
        let named = linked.chain(asked).filter(|(message, _)| seen.insert(message.clone())).take(MOST);
        self.traces.extend(named.map(|(message, address)| Trace::new(&code::SVG_ACTIVE, message, &address, help)));
    }

    /// Looks through what stands in addresses.
    fn inside(&mut self, document: &Document<'_>, depth: usize) {
        let values = elements(document).flat_map(|node| node.attributes()).map(|attribute| {
            let value = attribute.value();
            if is_address(attribute.name()) { plain(value) } else { value.to_owned() }
        });
        let styles = elements(document).filter(|node| node.tag_name().name() == "style");
        let styles = styles.filter_map(|style| style.text()).map(str::to_owned);
        for value in values.chain(styles) {
            for address in embedded::addresses(&value) {
                match embedded::read(&value[address]) {
                    Embedded::Font | Embedded::Picture(_) => {}
                    Embedded::Drawing(drawing) if depth < DEEPEST => self.drawing(&drawing, depth + 1),
                    Embedded::Drawing(_) | Embedded::Other => {
                        let without = if self.is_cleaned { ", and is published without it" } else { "" };
                        let message = format!("has something inside that cannot be cleaned{without}");
                        let help = "put a picture into the drawing as JPEG or PNG";
                        self.traces.push(Trace::new(&code::FILE_UNCHECKED, message, self.path, help));
                    }
                }
            }
        }
    }
}

fn elements<'d>(document: &'d Document<'d>) -> impl Iterator<Item = Node<'d, 'd>> {
    document.descendants().filter(Node::is_element)
}

/// Tells whether an element is a script, or starts one.
fn runs(node: Node<'_, '_>) -> bool {
    let is_of_svg = |name: Option<&str>| name.is_none_or(|space| space == SVG);
    (node.tag_name().name() == "script")
        || (is_of_svg(node.tag_name().namespace()) && matches!(node.tag_name().name(), "handler" | "listener"))
        || animates_an_address(node)
        || node.attributes().any(|attribute| {
            let name = attribute.name().to_ascii_lowercase();
            name.starts_with("on")
                || is_program(attribute.value())
                || (is_address(&name) && leads(attribute.value()) == Leads::Anything)
        })
}

/// Returns what a style sheet makes a browser ask other hosts for.
pub(in crate::privacy) fn asked_by_style(sheet: &str) -> Vec<String> {
    let mut asked = Vec::new();
    style::cleaned(sheet, &mut |address, how| {
        match (leads(address), how) {
            (_, Asked::AsSheet) | (Leads::Elsewhere | Leads::Computer | Leads::Anything, Asked::Plainly) => {
                asked.push(address.to_owned());
            }
            (Leads::Elsewhere, Asked::AsText) => asked.push(address.to_owned()),
            _ => {}
        }
        Some(address.to_owned())
    });
    asked
}
