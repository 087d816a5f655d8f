//! Headings: ids, and levels that fit under the page's own title.

use std::collections::BTreeMap;

use pulldown_cmark::{Event, Tag};

use super::slug::{Slugs, slug};
use super::writer::Spanned;

/// A heading as it will be printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Heading {
    /// 2 to 6: the page's title is the only one of level 1.
    pub level: u8,
    /// Unique on the page.
    pub id: String,
    /// Whether the page prints these words itself, as its title.
    pub dropped: bool,
}

/// Returns the headings by the index of their first event.
pub(super) fn headings(events: &[Spanned<'_>], title: Option<&str>) -> BTreeMap<usize, Heading> {
    let mut written = Vec::new();
    for (at, (event, _)) in events.iter().enumerate() {
        if let Event::Start(Tag::Heading { level, id, .. }) = event {
            let words = words(&events[at..end_of(events, at)]);
            written.push((at, *level as u8, id.as_deref().unwrap_or(&words).to_owned(), words));
        }
    }
    let opening = written.first().filter(|(at, level, ..)| *at == 0 && *level == 1);
    let dropped =
        opening.filter(|(.., words)| title.is_some_and(|title| slug(title) == slug(words))).map(|(at, ..)| *at);
    let kept = written.iter().filter(|(at, ..)| Some(*at) != dropped);
    let highest = kept.map(|(_, level, ..)| *level).min().unwrap_or(2);
    let mut slugs = Slugs::default();
    let mut before = 1;
    let mut headings = BTreeMap::new();
    for (at, level, id, _) in written {
        if Some(at) == dropped {
            headings.insert(at, Heading { level: 1, id: String::new(), dropped: true });
            continue;
        }
        let shifted = level.saturating_sub(highest).saturating_add(2);
        let level = shifted.min(before + 1).min(6);
        before = level;
        headings.insert(at, Heading { level, id: slugs.id(&id), dropped: false });
    }
    headings
}

/// Returns the index after the end of the element that starts at `at`.
pub(super) fn end_of(events: &[Spanned<'_>], at: usize) -> usize {
    let mut depth = 0_usize;
    for (index, (event, _)) in events.iter().enumerate().skip(at) {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return index + 1;
        }
    }
    events.len()
}

/// Returns the words of events without mark-up.
pub(super) fn words(events: &[Spanned<'_>]) -> String {
    let mut words = String::new();
    for (event, _) in events {
        match event {
            Event::Text(text) | Event::Code(text) => words.push_str(text),
            Event::SoftBreak | Event::HardBreak => words.push(' '),
            _ => {}
        }
    }
    words
}
