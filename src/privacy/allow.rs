//! What the owner has looked at: `allow:` in `site.yaml`.

use std::cell::Cell;
use std::ops::Range;

use crate::diagnostic::{Diagnostics, code};
use crate::portfolio::Portfolio;
use crate::source::{Origin, Sources};

/// The texts that the owner allows, and which of them were met.
#[derive(Debug)]
pub(super) struct Allows {
    list: Vec<Entry>,
}

#[derive(Debug)]
struct Entry {
    /// Its place under `allow:`.
    place: usize,
    /// White space between words counts as one blank.
    text: String,
    met: Cell<bool>,
}

impl Allows {
    /// Reads the entries; one without its text or its reason is reported and silences nothing.
    pub(super) fn new(diagnostics: &mut Diagnostics, sources: &Sources, portfolio: &Portfolio) -> Self {
        let mut list = Vec::new();
        for (place, entry) in portfolio.allow.iter().enumerate() {
            let written =
                |text: &Option<crate::record::Text>| text.as_deref().map(one_line).filter(|text| !text.is_empty());
            match (written(&entry.text), written(&entry.reason)) {
                (Some(text), Some(_)) => list.push(Entry { place, text, met: Cell::new(false) }),
                (None, _) => {
                    let found = sources.diagnose(
                        &code::ALLOW_UNCLEAR,
                        &site(),
                        &field(place),
                        "this does not say what is allowed",
                    );
                    diagnostics.push(found.help("add `text:` with the exact words that the check named"));
                }
                (Some(text), None) => {
                    let message = format!("`{text}` is allowed without a reason");
                    let found =
                        sources.diagnose(&code::ALLOW_UNCLEAR, &site(), &format!("{}.text", field(place)), message);
                    diagnostics.push(found.help("add `reason:`, as in `reason: the number of the phantom`"));
                }
            }
        }
        Self { list }
    }

    /// Tells whether what identifies, the bytes `core` of a text, is allowed: an entry's text stands
    /// there and covers it.
    pub(super) fn has(&self, text: &str, core: &Range<usize>) -> bool {
        if self.list.is_empty() {
            return false;
        }
        let before = one_line(&text[..core.start]);
        let joined = before.is_empty() || !text[..core.start].ends_with(char::is_whitespace);
        let start = before.len() + usize::from(!joined);
        let end = start + one_line(&text[core.clone()]).len();
        let line = one_line(text);
        let mut allowed = false;
        for entry in &self.list {
            let stands = line.match_indices(&entry.text).any(|(at, found)| at <= start && end <= at + found.len());
            if stands {
                entry.met.set(true);
                allowed = true;
            }
        }
        allowed
    }

    /// Tells whether a whole text is allowed.
    pub(super) fn has_all(&self, text: &str) -> bool {
        let trimmed = text.trim();
        let start = text.len() - text.trim_start().len();
        self.has(text, &(start..start + trimmed.len()))
    }

    /// Reports the entries that no finding has met.
    pub(super) fn report_unmet(&self, diagnostics: &mut Diagnostics, sources: &Sources) {
        for entry in self.list.iter().filter(|entry| !entry.met.get()) {
            let message = format!("`{}` is allowed, but nothing on the site looks like that", entry.text);
            let found =
                sources.diagnose(&code::ALLOW_UNUSED, &site(), &format!("{}.text", field(entry.place)), message);
            diagnostics.push(found.help("take the entry out, or write the words exactly as the check names them"));
        }
    }
}

fn field(place: usize) -> String {
    format!("allow[{place}]")
}

fn site() -> Origin {
    Origin { file: "site.yaml".into(), index: 0 }
}

/// The text with one blank in place of all white space between words.
pub(super) fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}
