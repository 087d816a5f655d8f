//! Markdown → HTML and listings.
//!
//! Takes the owner's words and what links may lead to; gives [`Block`]s, in order. Never calls a
//! template. The HTML holds no script, no style and no class but those listed here: `figure`,
//! `table` (a frame that may scroll), `start`/`center`/`end` (cells), `task`, `footnotes`.

mod address;
mod clean;
mod embed;
mod footnote;
mod outline;
mod slug;
mod writer;

pub(crate) use address::{decoded, encoded, nearest};
pub(crate) use slug::slug;

use std::cell::Cell;
use std::ops::{Deref, Range};
use std::panic::{self, AssertUnwindSafe};

use super::links::Targets;
use super::listing::Query;
use crate::diagnostic::{Counted, Diagnostic, Diagnostics, Places, Span, code};
use crate::portfolio::Page;

/// A piece of a rendered page.
#[allow(clippy::large_enum_variant, reason = "a page has a handful of these, so their size does not count")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// Safe HTML.
    Html(String),
    /// Records, which the theme lays out.
    Listing(Query),
}

/// Words written in Markdown.
#[derive(Debug, Clone, Copy)]
pub struct Text<'a> {
    /// Markdown.
    pub body: &'a str,
    /// Path of the file that holds it, relative to the site folder.
    pub file: &'a str,
    /// Lines of the file before the body.
    pub line_offset: usize,
    /// The heading that the page prints itself: a first heading of the same words is left out.
    pub title: Option<&'a str>,
    /// BCP 47 tag, for quotation marks.
    pub language: &'a str,
}

impl<'a> Text<'a> {
    /// Returns the text of a page; `language` is the site's, which the page's own replaces.
    pub fn of_page(page: &'a Page, language: &'a str) -> Self {
        Self {
            body: &page.body,
            file: &page.path,
            line_offset: page.body_offset,
            title: Some(&page.title),
            language: page.language.as_deref().unwrap_or(language),
        }
    }
}

/// Words that are being rendered, and the places in them: asked for in their order, they cost no more
/// than the text is long.
#[derive(Debug, Clone, Copy)]
struct Passage<'a> {
    text: Text<'a>,
    counted: &'a Cell<Counted>,
}

impl<'a> Deref for Passage<'a> {
    type Target = Text<'a>;

    fn deref(&self) -> &Self::Target {
        &self.text
    }
}

impl Passage<'_> {
    /// Returns the place of some bytes of the body in the file.
    fn span(&self, range: &Range<usize>) -> Span {
        let mut places = Places::resume(self.body, self.counted.get());
        let span = places.span(range.start, range.end).down(self.line_offset);
        self.counted.set(places.counted());
        span
    }
}

/// Where the words will stand and what they may lead to.
#[derive(Debug, Clone, Copy)]
pub struct PageLinks<'a, 's> {
    /// Site path of the page that will hold the words (`research/index.html`).
    pub at: &'a str,
    /// What links can lead to.
    pub targets: &'a Targets<'s>,
    /// Names that readers of a screen hear, in the page's language.
    pub words: Words<'a>,
}

/// Words that the rendered text itself needs.
#[derive(Debug, Clone, Copy)]
pub struct Words<'a> {
    /// The name of the list of footnotes.
    pub footnotes: &'a str,
    /// The name of the link from a footnote to its place in the text; the number follows.
    pub back: &'a str,
}

impl Default for Words<'_> {
    fn default() -> Self {
        Self { footnotes: "Footnotes", back: "Back to reference" }
    }
}

/// Renders the owner's words for one page.
pub fn render(diagnostics: &mut Diagnostics, text: Text<'_>, links: &PageLinks<'_, '_>) -> Vec<Block> {
    if text.body.len() > MOST_BYTES {
        let message = "this page is longer than a million characters";
        let help = "split the page, or remove what was pasted into it";
        diagnostics.push(Diagnostic::new(&code::PAGE_TOO_COMPLEX, text.file, message).help(help));
        return Vec::new();
    }
    let mut found = Diagnostics::default();
    let counted = Cell::default();
    let passage = Passage { text, counted: &counted };
    let rendered = panic::catch_unwind(AssertUnwindSafe(|| writer::write(&mut found, passage, links)));
    diagnostics.append(found);
    rendered.unwrap_or_else(|_| {
        let message = "this page could not be rendered";
        let help = "take out what is unusual on it, and report the page as a fault of Offprint";
        diagnostics.push(Diagnostic::new(&code::PAGE_NOT_RENDERED, text.file, message).help(help));
        Vec::new()
    })
}

/// Length of a page beyond which it is a slip.
const MOST_BYTES: usize = 1_000_000;

#[cfg(test)]
mod tests;
