//! Footnotes with a way back, numbered in the order in which the text first names them.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::Words;
use crate::exchange::html::escape;

/// The footnotes of one page.
#[derive(Debug, Default)]
pub(super) struct Notes {
    /// Names in the order of their numbers.
    order: Vec<String>,
    /// Name → number, from 1.
    numbers: BTreeMap<String, usize>,
    /// Name → how often the text names it.
    uses: BTreeMap<String, usize>,
    /// Name → HTML.
    texts: BTreeMap<String, String>,
    /// The names of those being written.
    open: Vec<String>,
}

impl Notes {
    /// Returns the mark in the text; `attribute` writes an attribute of ours.
    pub(super) fn reference(&mut self, name: &str, attribute: &dyn Fn(&str, &str) -> String) -> String {
        let name = name.to_lowercase();
        let number = self.number(&name);
        let uses = self.uses.entry(name).or_default();
        *uses += 1;
        let id = attribute("id", &back_id(number, *uses));
        format!("<sup><a href=\"#fn-{number}\"{id}{}>{number}</a></sup>", attribute("role", "doc-noteref"))
    }

    fn number(&mut self, name: &str) -> usize {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        self.order.push(name.to_owned());
        self.numbers.insert(name.to_owned(), self.order.len());
        self.order.len()
    }

    /// Begins the text of a note.
    pub(super) fn open(&mut self, name: &str) {
        self.open.push(name.to_lowercase());
    }

    /// Ends the text of a note.
    pub(super) fn close(&mut self, html: String) {
        if let Some(name) = self.open.pop() {
            self.texts.entry(name).or_insert(html);
        }
    }

    /// Returns the list of notes, empty when the text names none.
    pub(super) fn section(&self, words: Words<'_>, attribute: &dyn Fn(&str, &str) -> String) -> String {
        if self.order.is_empty() {
            return String::new();
        }
        let mut html = format!(
            "<section{}{}{}><ol>\n",
            attribute("class", "footnotes"),
            attribute("role", "doc-endnotes"),
            attribute("aria-label", words.footnotes)
        );
        for (at, name) in self.order.iter().enumerate() {
            let number = at + 1;
            let uses = self.uses.get(name).copied().unwrap_or_default();
            let mut back = String::new();
            for nth in 1..=uses {
                let label = if nth == 1 {
                    format!("{} {number}", words.back)
                } else {
                    format!("{} {number}-{nth}", words.back)
                };
                let _ = write!(
                    back,
                    " <a href=\"#{}\"{}{}>↩</a>",
                    back_id(number, nth),
                    attribute("role", "doc-backlink"),
                    attribute("aria-label", &label)
                );
            }
            let text = self.texts.get(name).map_or("", |text| text.trim_end());
            let item = match text.strip_suffix("</p>") {
                Some(text) => format!("{text}{back}</p>"),
                None => format!("{text}{back}"),
            };
            let _ = writeln!(html, "<li{}>{item}</li>", attribute("id", &format!("fn-{number}")));
        }
        html + "</ol></section>\n"
    }
}

fn back_id(number: usize, nth: usize) -> String {
    if nth == 1 { format!("fnref-{number}") } else { format!("fnref-{number}-{nth}") }
}

/// Returns an attribute of ours, with the mark that cleaning looks for.
pub(super) fn attribute(mark: &str, name: &str, value: &str) -> String {
    format!(" {name}=\"{mark}{}\"", escape(value))
}
