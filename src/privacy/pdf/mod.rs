//! PDFs that others will download: what they hold beside what they show, and copies without it.
//!
//! Takes the bytes of a PDF; gives traces, and in [`clean`] a copy. The one place, beside the
//! typesetter's, that knows the crate which reads PDFs. Streams, pages and operators are bounded,
//! so that no file takes more than some seconds or some hundred megabytes.

mod area;
mod clean;
mod colour;
mod core_fonts;
mod fonts;
mod ground;
mod hidden;
mod layers;
mod letters;
mod locked;
mod notes;
mod orphans;
mod outside;
mod page;
mod paint;
mod pictures;
mod properties;
mod shape;
mod state;
mod store;
mod unicode;
mod words;

use std::collections::HashSet;
use std::thread;

use lopdf::{Document, LoadOptions};

use self::layers::Layers;
use super::survey::unread;
use super::trace::Trace;
use crate::diagnostic::{Diagnostic, code};

pub use clean::clean;

/// Bytes to which a stream may unpack.
const MOST_UNPACKED: usize = 64 * 1024 * 1024;
/// Pages that are read; the rest of a longer document is said to be unread.
const MOST_PAGES: usize = 1_500;
/// The reader goes down as deep as lists are nested.
const STACK: usize = 64 * 1024 * 1024;

/// Looks through a PDF.
pub(super) fn traces(path: &str, bytes: &[u8]) -> Vec<Trace> {
    apart(|| match load(bytes) {
        Ok(document) => of_document(path, &document, bytes),
        Err(Fault::Encrypted) => vec![unread("is locked with a password", path)],
        Err(Fault::Broken) => vec![unread("is damaged or no PDF", path)],
    })
    .unwrap_or_else(|| vec![unread("cannot be looked through", path)])
}

/// Why a PDF cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    Encrypted,
    Broken,
}

/// Works on a stack of its own; nothing when that ended in a panic.
fn apart<T: Send>(work: impl FnOnce() -> T + Send) -> Option<T> {
    thread::scope(|scope| {
        let thread = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work).ok()?;
        thread.join().ok()
    })
}

fn load(bytes: &[u8]) -> Result<Document, Fault> {
    let options = LoadOptions { max_decompressed_size: Some(MOST_UNPACKED), ..LoadOptions::default() };
    let read = |bytes: &[u8]| match Document::load_mem_with_options(bytes, options.clone()) {
        Ok(document) => Ok(document),
        Err(lopdf::Error::InvalidPassword | lopdf::Error::Decryption(_)) => Err(Fault::Encrypted),
        Err(_) => Err(Fault::Broken),
    };
    let mut document = read(bytes)?;
    if document.trailer.get(b"Encrypt").is_ok_and(|lock| lock.as_dict().is_ok()) {
        let apart = locked::with_lock_apart(bytes, &document).ok_or(Fault::Encrypted)?;
        document = read(&apart)?;
    }
    if document.trailer.has(b"Encrypt") && document.encryption_state.is_none() {
        return Err(Fault::Encrypted);
    }
    if document.catalog().is_err() || document.page_iter().next().is_none() {
        return Err(Fault::Broken);
    }
    Ok(document)
}

fn of_document(path: &str, document: &Document, bytes: &[u8]) -> Vec<Trace> {
    let mut traces = Vec::new();
    let pages: Vec<_> = document.page_iter().take(MOST_PAGES + 1).collect();
    let mut shown = String::new();
    let mut drawn = HashSet::new();
    let (mut has_text, mut is_cut) = (false, false);
    let mut budget = page::MOST_OPERATORS;
    let layers = Layers::of(document);
    for (at, id) in pages.iter().take(MOST_PAGES).enumerate() {
        let number = at + 1;
        let page = page::read(document, &layers, *id, &mut budget);
        is_cut |= page.is_cut;
        has_text |= !page.text().trim().is_empty() || page.is_blank();
        traces.extend(Trace::identifiers(page.text(), &format!(" on page {number}"), false));
        traces.extend(hidden::traces(number, &page, path));
        traces.extend(pictures::traces(number, &page, path));
        if notes::is_uncertain(&page) {
            let message = format!(
                "has an annotation over the text or a picture of page {number}, and nobody can tell what it covers"
            );
            let help = "take out what is under it where the PDF was made, or take it away before the PDF is made";
            traces.push(Trace::new(&code::DOCUMENT_HIDDEN_TEXT, message, path, help));
        }
        drawn.extend(page.drawn.iter().map(|(id, _)| *id));
        traces.extend(store::comments(document, *id, number));
        for (_, key, text) in &page.marks {
            traces.extend(words::told(text, &format!("{} on page {number}", words::whereabouts(key))));
        }
        shown.push_str(&page.shown());
    }
    if pages.len() > MOST_PAGES || budget == 0 || is_cut {
        traces.push(unread("is too long to be read to its end", path));
    } else if !has_text {
        traces.push(unread("has pages without text, as scans are", path));
    }
    if pages.len() <= MOST_PAGES && budget > 0 && !is_cut {
        traces.extend(pictures::of_unused(&pictures::unused(document, &drawn), path));
    }
    traces.extend(outside::traces(path, bytes));
    traces.extend(properties::traces(document, &shown));
    traces.extend(store::traces(document, path));
    traces.extend(words::traces(document));
    traces.extend(orphans::traces(document, path));
    if document.revision_count() > 1 || earlier_ends(bytes) > 1 {
        traces.push(Trace::new(
            &code::DOCUMENT_REVISIONS,
            "keeps an earlier version of itself, which anybody can bring back",
            path,
            CLEAN,
        ));
    }
    let mut seen = HashSet::new();
    traces.retain(|trace| seen.insert(format!("{trace:?}")));
    traces
}

/// How to be rid of what a PDF holds.
const CLEAN: &str = "run `offprint check --clean`, which makes a copy without it";

/// Tells whether a clean copy of the file is without what a problem names.
pub fn can_clean(found: &Diagnostic) -> bool {
    found.help.as_deref().is_some_and(|help| help.starts_with(CLEAN))
}

/// Returns a problem with the place of the clean copy in its help, where the copy is without what it names.
#[must_use]
pub fn with_copy(mut found: Diagnostic, copy: &str) -> Diagnostic {
    if can_clean(&found) {
        let place = format!("`{copy}` is a copy without it: look at it, then put it in the place of this file");
        found.help = found.help.map(|help| help.replacen(CLEAN, &place, 1));
    }
    found
}

/// Counts the ends of a file, of which each saved change adds one; a file made for fast web view has two.
fn earlier_ends(bytes: &[u8]) -> usize {
    let ends = bytes.windows(5).filter(|part| part == b"%%EOF").count();
    let is_linear = bytes.iter().take(2048).copied().collect::<Vec<_>>().windows(11).any(|part| part == b"/Linearized");
    ends.saturating_sub(usize::from(is_linear))
}

/// A string of a PDF as text: UTF-16 with its mark, UTF-8 with its mark, else Latin letters.
fn text_of(bytes: &[u8]) -> String {
    match bytes {
        [0xFE, 0xFF, rest @ ..] => utf_16(rest, u16::from_be_bytes),
        [0xFF, 0xFE, rest @ ..] => utf_16(rest, u16::from_le_bytes),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        other => other.iter().map(|byte| char::from(*byte)).collect(),
    }
}

fn utf_16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units: Vec<u16> = bytes.as_chunks().0.iter().map(|pair| unit(*pair)).collect();
    String::from_utf16_lossy(&units)
}
