//! What leads out of the words: links, records, pictures, listings, raw HTML.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Tag, TagEnd};

use super::address::{self, Place};
use super::clean::{self, Attribute};
use super::outline::{end_of, words};
use super::writer::{Spanned, Writer};
use super::{Block, PageLinks};
use crate::diagnostic::{Diagnostic, Span, code};
use crate::exchange::html::escape;
use crate::record::vocabulary::Kind;
use crate::render::image::ImageInfo;
use crate::render::links::relative;
use crate::render::listing;

/// How wide pictures are shown, for the browser's choice among copies.
const SIZES: &str = "(min-width: 48rem) 44rem, 100vw";
/// The copy that browsers without `srcset` take, in pixels.
const PLAIN_WIDTH: u32 = 960;

/// Tells whether a paragraph is one picture with a title, which becomes its caption.
pub(super) fn is_figure(events: &[Spanned<'_>], at: usize) -> bool {
    let titled =
        matches!(events.get(at + 1), Some((Event::Start(Tag::Image { title, .. }), _)) if !title.trim().is_empty());
    titled && matches!(events.get(end_of(events, at + 1)), Some((Event::End(TagEnd::Paragraph), _)))
}

impl Writer<'_, '_> {
    /// Writes a figure and returns the index after it.
    pub(super) fn figure(&mut self, events: &[Spanned<'_>], at: usize) -> usize {
        let start = format!("<figure{}>", self.attribute("class", "figure"));
        self.put(&start);
        let next = self.image(events, at + 1);
        if let Some((Event::Start(Tag::Image { title, .. }), _)) = events.get(at + 1) {
            let caption = format!("<figcaption>{}</figcaption></figure>\n", escape(title));
            self.put(&caption);
        }
        next + 1
    }

    /// Writes a picture and returns the index after it.
    pub(super) fn image(&mut self, events: &[Spanned<'_>], at: usize) -> usize {
        let next = end_of(events, at);
        let Some((Event::Start(Tag::Image { dest_url, .. }), range)) = events.get(at) else { return next };
        let alt = words(&events[at..next]);
        if alt.trim().is_empty() {
            let help = "say between the brackets what the picture shows, as ![Five residents in the reading room](…)";
            let message = "this picture has no words for those who cannot see it";
            self.diagnostics.push(
                Diagnostic::new(&code::MISSING_ALT, self.text.file, message).at(self.text.span(range)).help(help),
            );
        }
        let mut place = Place { diagnostics: self.diagnostics, text: self.text, range: range.clone() };
        if let Some(picture) = address::picture(&mut place, self.links, dest_url) {
            let info = picture.info.as_ref();
            let mut html = format!("<img {} alt=\"{}\"", source(self.links, &picture.path, info), escape(alt.trim()));
            let copies = info.map(|info| source_set(self.links, &picture.path, info)).unwrap_or_default();
            if !copies.is_empty() {
                html += &self.attribute("srcset", &copies);
                html += &self.attribute("sizes", SIZES);
            }
            if self.pictures > 0 {
                html += &self.attribute("loading", "lazy");
            }
            html += &self.attribute("decoding", "async");
            html.push('>');
            self.put(&html);
        }
        self.pictures += 1;
        next
    }

    /// Writes the start of a link.
    pub(super) fn link(&mut self, link_type: LinkType, written: &str, range: &Range<usize>) {
        let mail = format!("mailto:{written}");
        let written = if link_type == LinkType::Email { &mail } else { written };
        let mut place = Place { diagnostics: self.diagnostics, text: self.text, range: range.clone() };
        let html = match address::link(&mut place, self.links, written) {
            Some(href) => {
                let rel = if href.external { self.attribute("rel", "noopener") } else { String::new() };
                format!("<a href=\"{}\"{rel}>", escape(&href.address))
            }
            None => "<a>".to_owned(),
        };
        self.put(&html);
    }

    /// Writes `[@id]`, `[@id; @other]` or the start of `[words][@id]`; returns the index to go on from.
    pub(super) fn record_link(
        &mut self,
        events: &[Spanned<'_>],
        at: usize,
        link_type: LinkType,
        written: &str,
    ) -> usize {
        let Some((_, range)) = events.get(at) else { return at + 1 };
        let ids = written.split([';', ',']).filter_map(|id| id.trim().strip_prefix('@')).filter(|id| !id.is_empty());
        let own_words = link_type == LinkType::ReferenceUnknown;
        let mut html = Vec::new();
        for id in ids {
            let mut place = Place { diagnostics: self.diagnostics, text: self.text, range: range.clone() };
            let Some(target) = address::record(&mut place, self.links.targets, id) else { continue };
            let start = format!("<a href=\"{}\">", escape(&address::to_record(self.links.at, target)));
            if own_words {
                self.put(&start);
                return at + 1;
            }
            html.push(format!("{start}{}</a>", escape(&target.citation)));
        }
        if own_words {
            self.put("<a>");
            return at + 1;
        }
        self.put(&html.join("; "));
        end_of(events, at)
    }

    /// Writes code or a listing and returns the index after it.
    pub(super) fn code_block(&mut self, events: &[Spanned<'_>], at: usize, kind: &CodeBlockKind<'_>) -> usize {
        let next = end_of(events, at);
        let word = match kind {
            CodeBlockKind::Fenced(info) => info.split_whitespace().next().unwrap_or_default(),
            CodeBlockKind::Indented => "",
        };
        let inner = &events[at + 1..next.saturating_sub(1).max(at + 1)];
        if let Some(kind) = Kind::parse(word) {
            self.listing(kind, inner, &events[at].1);
            return next;
        }
        if let Some(near) =
            address::nearest(word, Kind::ALL.iter().map(|kind| kind.as_str())).filter(|_| word.len() > 4)
        {
            let message = format!("`{word}` is no kind of record");
            let help = "to show code that merely looks like this, indent it by four spaces";
            let diagnostic =
                Diagnostic::new(&code::LISTING_KEY, self.text.file, message).at(self.word_span(word, &events[at].1));
            self.diagnostics.push(diagnostic.label(format!("did you mean `{near}`?")).help(help));
        }
        let start = format!("<pre{}><code>", self.attribute("tabindex", "0"));
        self.put(&start);
        let code = escape(&words(inner));
        self.put(&code);
        self.put("</code></pre>\n");
        next
    }

    fn word_span(&self, word: &str, block: &Range<usize>) -> Span {
        let fence = self.text.body.get(block.clone()).and_then(|block| block.find(word)).unwrap_or_default();
        self.text.span(&(block.start + fence..block.start + fence + word.len()))
    }

    fn listing(&mut self, kind: Kind, inner: &[Spanned<'_>], block: &Range<usize>) {
        let word = self.word_span(kind.as_str(), block);
        let private = matches!(kind, Kind::People | Kind::Goals | Kind::Conferences);
        if private || self.depth > 0 {
            let (message, help) = if private {
                (
                    format!("{kind} stay on your computer, so they cannot be listed"),
                    "list another kind, or write what you want to say",
                )
            } else {
                (
                    "a listing cannot stand inside a list, a quotation or a footnote".to_owned(),
                    "move it to the left margin, between blank lines",
                )
            };
            self.diagnostics.push(Diagnostic::new(&code::LISTING_PLACE, self.text.file, message).at(word).help(help));
            return;
        }
        let start = inner.first().map_or(block.start, |(_, range)| range.start);
        let end = inner.last().map_or(start, |(_, range)| range.end);
        let query = self.text.body.get(start..end).unwrap_or_default();
        let line_offset = self.text.line_offset + self.text.body[..start].matches('\n').count();
        let query = listing::parse(self.diagnostics, kind, query, self.text.file, line_offset, self.links.targets);
        self.flush();
        self.blocks.push(Block::Listing(query));
    }

    /// Writes raw HTML, its addresses made relative; what will not be kept is reported.
    pub(super) fn raw(&mut self, html: &str, range: &Range<usize>) {
        if let Some(name) = clean::removed(html) {
            let message = format!("the element `<{name}>` is not kept");
            let help = "use Markdown, or one of sub, sup, abbr, kbd, details, figure, dl, table";
            self.diagnostics.push(
                Diagnostic::new(&code::HTML_REMOVED, self.text.file, message).at(self.text.span(range)).help(help),
            );
        }
        let html = clean::rewrite_addresses(html, |attribute, value, at| {
            let range = range.start + at..range.start + at + value.len();
            let mut place = Place { diagnostics: self.diagnostics, text: self.text, range: range.clone() };
            match attribute {
                Attribute::Href => address::link(&mut place, self.links, value)
                    .map(|href| format!("href=\"{}\"", escape(&href.address))),
                Attribute::Src => address::picture(&mut place, self.links, value)
                    .map(|picture| source(self.links, &picture.path, picture.info.as_ref())),
            }
        });
        self.put(&html);
    }
}

fn source(links: &PageLinks<'_, '_>, path: &str, info: Option<&ImageInfo>) -> String {
    let Some(info) = info else {
        return format!("src=\"{}\"", escape(&address::encoded(&relative(links.at, path))));
    };
    let copy = info.copies.iter().rfind(|(width, _)| *width <= PLAIN_WIDTH).or(info.copies.first());
    let shown = copy.map_or(path, |(_, path)| path);
    let address = escape(&address::encoded(&relative(links.at, shown)));
    format!("src=\"{address}\" width=\"{}\" height=\"{}\"", info.width, info.height)
}

fn source_set(links: &PageLinks<'_, '_>, path: &str, info: &ImageInfo) -> String {
    if info.copies.is_empty() {
        return String::new();
    }
    let widest = info.copies.iter().map(|(width, _)| *width).max().unwrap_or_default();
    let original = (info.width > widest && info.width <= 2400).then_some((info.width, path));
    let copies = info.copies.iter().map(|(width, path)| (*width, path.as_str())).chain(original);
    let list = copies
        .map(|(width, path)| format!("{} {width}w", address::encoded(&relative(links.at, path)).replace(',', "%2C")));
    list.collect::<Vec<_>>().join(", ")
}
