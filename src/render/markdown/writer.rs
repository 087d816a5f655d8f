//! Markdown events → HTML.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use pulldown_cmark::{Alignment, BrokenLink, CowStr, Event, Options, Parser, Tag, TagEnd};

use super::embed;
use super::footnote::{self, Notes};
use super::outline::{self, Heading};
use super::{Block, PageLinks, Passage, clean};
use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::exchange::html::escape;

/// Nesting beyond which a page is a slip.
const MOST_LEVELS: usize = 100;
/// Events beyond which a page is a slip; a table may repeat itself beyond its own length.
const MOST_EVENTS: usize = 500_000;

pub(super) type Spanned<'a> = (Event<'a>, Range<usize>);

/// Renders a text whose length is within bounds.
pub(super) fn write(diagnostics: &mut Diagnostics, text: Passage<'_>, links: &PageLinks<'_, '_>) -> Vec<Block> {
    let mut on_broken = |link: BrokenLink<'_>| {
        let label = link.reference.trim();
        label.starts_with('@').then(|| (CowStr::from(label.to_owned()), CowStr::from("")))
    };
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION
        | Options::ENABLE_HEADING_ATTRIBUTES;
    let parser = Parser::new_with_broken_link_callback(text.body, options, Some(&mut on_broken));
    let events: Vec<Spanned<'_>> = parser.into_offset_iter().take(MOST_EVENTS + 1).collect();
    let raw = events.iter().any(|(event, _)| matches!(event, Event::Html(_) | Event::InlineHtml(_)));
    if let Some(at) = too_complex(&events) {
        let place = text.span(&(at..at));
        let message = "this page is nested or repeated beyond reason from here on";
        let help = "close what was left open, or split the page";
        diagnostics.push(Diagnostic::new(&code::PAGE_TOO_COMPLEX, text.file, message).at(place).help(help));
        return Vec::new();
    }
    let headings = outline::headings(&events, text.title);
    let mark = if raw { clean::mark(text.body) } else { String::new() };
    let mut writer = Writer {
        diagnostics,
        text,
        links,
        headings,
        level: 2,
        mark,
        out: vec![String::new()],
        blocks: Vec::new(),
        notes: Notes::default(),
        without_text: BTreeSet::new(),
        depth: 0,
        tables: Vec::new(),
        in_head: false,
        column: 0,
        pictures: 0,
    };
    writer.run(&events);
    writer.finish()
}

/// Returns the place at which a page is deeper or longer than any page that was meant.
fn too_complex(events: &[Spanned<'_>]) -> Option<usize> {
    if events.len() > MOST_EVENTS {
        return events.last().map(|(_, range)| range.start);
    }
    let mut levels: usize = 0;
    let mut raw_levels: usize = 0;
    for (event, range) in events {
        match event {
            Event::Start(_) => levels += 1,
            Event::End(_) => levels = levels.saturating_sub(1),
            Event::Html(html) | Event::InlineHtml(html) => {
                raw_levels = raw_levels.saturating_add_signed(clean::depth(html));
            }
            _ => {}
        }
        if levels > MOST_LEVELS || raw_levels > MOST_LEVELS {
            return Some(range.start);
        }
    }
    None
}

/// The page as it is being written.
pub(super) struct Writer<'w, 's> {
    pub(super) diagnostics: &'w mut Diagnostics,
    pub(super) text: Passage<'w>,
    pub(super) links: &'w PageLinks<'w, 's>,
    /// Index of a heading's first event → its level and id.
    headings: BTreeMap<usize, Heading>,
    /// Level of the heading being written.
    level: u8,
    /// Stands before the attributes of ours that cleaning keeps; empty on a page without raw HTML.
    mark: String,
    /// HTML being written: the page, and above it the footnote inside which we are.
    out: Vec<String>,
    pub(super) blocks: Vec<Block>,
    notes: Notes,
    /// Footnotes that were found to have no text.
    without_text: BTreeSet<String>,
    /// Blocks open around the present one.
    pub(super) depth: usize,
    /// Alignments of the tables open.
    tables: Vec<Vec<Alignment>>,
    in_head: bool,
    column: usize,
    /// Pictures written so far.
    pub(super) pictures: usize,
}

impl Writer<'_, '_> {
    fn run(&mut self, events: &[Spanned<'_>]) {
        let mut at = 0;
        while let Some((event, range)) = events.get(at) {
            at = match event {
                Event::Start(Tag::Heading { .. }) if self.headings.get(&at).is_some_and(|heading| heading.dropped) => {
                    outline::end_of(events, at)
                }
                Event::Start(Tag::Paragraph) if embed::is_figure(events, at) => self.figure(events, at),
                Event::Start(Tag::Image { .. }) => self.image(events, at),
                Event::Start(Tag::Link { link_type, dest_url, .. }) if dest_url.starts_with('@') => {
                    self.record_link(events, at, *link_type, dest_url)
                }
                Event::Start(Tag::CodeBlock(kind)) => self.code_block(events, at, kind),
                Event::Start(tag) => {
                    self.start(tag, at, range);
                    at + 1
                }
                Event::End(tag) => {
                    self.end(*tag);
                    at + 1
                }
                other => {
                    self.inline(other, range);
                    at + 1
                }
            };
        }
    }

    fn start(&mut self, tag: &Tag<'_>, at: usize, range: &Range<usize>) {
        match tag {
            Tag::Paragraph => self.put("<p>"),
            Tag::Heading { .. } => {
                if let Some(heading) = self.headings.get(&at) {
                    self.level = heading.level;
                    let start = format!("<h{}{}>", heading.level, self.attribute("id", &heading.id));
                    self.put(&start);
                }
            }
            Tag::BlockQuote(_) => self.open("<blockquote>\n"),
            Tag::List(Some(1)) => self.open("<ol>\n"),
            Tag::List(Some(first)) => self.open(&format!("<ol start=\"{first}\">\n")),
            Tag::List(None) => self.open("<ul>\n"),
            Tag::Item => self.open("<li>"),
            Tag::FootnoteDefinition(name) => {
                self.depth += 1;
                self.out.push(String::new());
                self.notes.open(name);
            }
            Tag::Table(alignments) => {
                self.tables.push(alignments.clone());
                let frame =
                    format!("<div{}{}><table>\n", self.attribute("class", "table"), self.attribute("tabindex", "0"));
                self.open(&frame);
            }
            Tag::TableHead => {
                self.in_head = true;
                self.column = 0;
                self.put("<thead><tr>");
            }
            Tag::TableRow => {
                self.column = 0;
                self.put("<tr>");
            }
            Tag::TableCell => self.cell(),
            Tag::Emphasis => self.put("<em>"),
            Tag::Strong => self.put("<strong>"),
            Tag::Strikethrough => self.put("<del>"),
            Tag::Superscript => self.put("<sup>"),
            Tag::Subscript => self.put("<sub>"),
            Tag::Link { link_type, dest_url, .. } => self.link(*link_type, dest_url, range),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => self.put("</p>\n"),
            TagEnd::Heading(_) => {
                let end = format!("</h{}>\n", self.level);
                self.put(&end);
            }
            TagEnd::BlockQuote(_) => self.close("</blockquote>\n"),
            TagEnd::List(true) => self.close("</ol>\n"),
            TagEnd::List(false) => self.close("</ul>\n"),
            TagEnd::Item => self.close("</li>\n"),
            TagEnd::FootnoteDefinition => {
                self.depth = self.depth.saturating_sub(1);
                if self.out.len() > 1
                    && let Some(html) = self.out.pop()
                {
                    self.notes.close(html);
                }
            }
            TagEnd::Table => {
                self.tables.pop();
                self.close("</tbody></table></div>\n");
            }
            TagEnd::TableHead => {
                self.in_head = false;
                self.put("</tr></thead><tbody>\n");
            }
            TagEnd::TableRow => self.put("</tr>\n"),
            TagEnd::TableCell => self.put(if self.in_head { "</th>" } else { "</td>" }),
            TagEnd::Emphasis => self.put("</em>"),
            TagEnd::Strong => self.put("</strong>"),
            TagEnd::Strikethrough => self.put("</del>"),
            TagEnd::Superscript => self.put("</sup>"),
            TagEnd::Subscript => self.put("</sub>"),
            TagEnd::Link => self.put("</a>"),
            _ => {}
        }
    }

    fn inline(&mut self, event: &Event<'_>, range: &Range<usize>) {
        match event {
            Event::Text(text) => {
                if text.starts_with('^') {
                    self.footnote_without_text(text, range);
                }
                let source = self.text.body.get(range.clone());
                let quoted = if source == Some("\"") { quotation_mark(self.text.language, text) } else { None };
                let html = escape(quoted.unwrap_or(text));
                self.put(&html);
            }
            Event::Code(code) => {
                let html = format!("<code>{}</code>", escape(code));
                self.put(&html);
            }
            Event::Html(html) | Event::InlineHtml(html) => self.raw(html, range),
            Event::FootnoteReference(name) => {
                let mark = self.mark.clone();
                let html = self.notes.reference(name, &|name, value| footnote::attribute(&mark, name, value));
                self.put(&html);
            }
            Event::SoftBreak => self.put("\n"),
            Event::HardBreak => self.put("<br>\n"),
            Event::Rule => self.put("<hr>\n"),
            Event::TaskListMarker(done) => {
                let html =
                    format!("<span{}>{}</span> ", self.attribute("class", "task"), if *done { '☑' } else { '☐' });
                self.put(&html);
            }
            _ => {}
        }
    }

    /// `[^dose]` without its text reaches us as three pieces of text.
    fn footnote_without_text(&mut self, label: &str, range: &Range<usize>) {
        let around = range.start.saturating_sub(1)..range.end + 1;
        let is_mark = self.text.body.get(around.clone()) == Some(&format!("[{label}]"));
        // Said once of each, at the first place.
        if is_mark && self.without_text.insert(label.to_owned()) {
            let message = format!("the footnote `[{label}]` has no text");
            let help = format!("add a line `[{label}]: …` further down, or remove the brackets");
            let place = self.text.span(&around);
            self.diagnostics
                .push(Diagnostic::new(&code::MISSING_FOOTNOTE, self.text.file, message).at(place).help(help));
        }
    }

    fn cell(&mut self) {
        let alignment = self.tables.last().and_then(|alignments| alignments.get(self.column)).copied();
        self.column += 1;
        let class = match alignment {
            Some(Alignment::Left) => self.attribute("class", "start"),
            Some(Alignment::Center) => self.attribute("class", "center"),
            Some(Alignment::Right) => self.attribute("class", "end"),
            _ => String::new(),
        };
        let start = if self.in_head { format!("<th scope=\"col\"{class}>") } else { format!("<td{class}>") };
        self.put(&start);
    }

    /// Adds HTML to what is being written.
    pub(super) fn put(&mut self, html: &str) {
        if let Some(out) = self.out.last_mut() {
            out.push_str(html);
        }
    }

    fn open(&mut self, html: &str) {
        self.depth += 1;
        self.put(html);
    }

    fn close(&mut self, html: &str) {
        self.depth = self.depth.saturating_sub(1);
        self.put(html);
    }

    /// Returns an attribute that only Markdown may write.
    pub(super) fn attribute(&self, name: &str, value: &str) -> String {
        footnote::attribute(&self.mark, name, value)
    }

    /// Ends the present block of HTML.
    pub(super) fn flush(&mut self) {
        let Some(html) = self.out.first_mut().map(std::mem::take) else { return };
        let html = if self.mark.is_empty() { html } else { clean::clean(&html, &self.mark) };
        if !html.trim().is_empty() {
            self.blocks.push(Block::Html(html));
        }
    }

    fn finish(mut self) -> Vec<Block> {
        self.out.truncate(1);
        let notes = self.notes.section(self.links.words, &|name, value| self.attribute(name, value));
        self.put(&notes);
        self.flush();
        self.blocks
    }
}

/// Returns the double quotation mark of a language in place of the English one.
fn quotation_mark(language: &str, english: &str) -> Option<&'static str> {
    let language = language.split('-').next().unwrap_or_default();
    match (language, english) {
        ("de", "“") => Some("„"),
        ("de", "”") => Some("“"),
        ("fr", "“") => Some("«\u{a0}"),
        ("fr", "”") => Some("\u{a0}»"),
        ("es" | "ar", "“") => Some("«"),
        ("es" | "ar", "”") => Some("»"),
        _ => None,
    }
}
