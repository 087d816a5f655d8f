//! A document → blocks of set text, each with its place in the columns and what it must stay with.

use super::Sheet;
use super::set::{Look, Setter, Text, clean};
use crate::cite::{Run, RunStyle};
use crate::document::{Document, Section};
use crate::record::vocabulary::Paper;

/// Points in a millimetre.
const MM: f32 = 72.0 / 25.4;

/// The measures of a page, in points.
#[derive(Debug, Clone, Copy)]
pub(super) struct Form {
    pub(super) width: f32,
    pub(super) page_height: f32,
    pub(super) top: f32,
    pub(super) bottom: f32,
    /// Blank at the left and right edge.
    pub(super) side: f32,
    /// The column of dates and numbers, at the edge where reading begins.
    pub(super) margin: f32,
    /// Between the dates and the text.
    pub(super) gap: f32,
    /// From line to line.
    pub(super) leading: f32,
    /// Size of the text.
    pub(super) size: f32,
    pub(super) right_to_left: bool,
}

impl Form {
    pub(super) fn new(sheet: &Sheet, document: &Document) -> Self {
        let (width, page_height) = match sheet.paper {
            Paper::A4 => (595.276, 841.89),
            Paper::Letter => (612.0, 792.0),
        };
        let scale = sheet.size / 10.0;
        Self {
            width,
            page_height,
            top: 19.0 * MM,
            bottom: 22.0 * MM,
            side: 21.0 * MM,
            margin: 25.0 * MM * scale,
            gap: 6.2 * scale,
            leading: 13.5 * scale,
            size: sheet.size,
            right_to_left: document.is_right_to_left(),
        }
    }

    /// The height of the text on a page.
    pub(super) fn height(&self) -> f32 {
        self.page_height - self.top - self.bottom
    }

    /// Tells whether there is room for so many lines on some pages.
    pub(super) fn holds(&self, lines: usize, pages: usize) -> bool {
        let mut room = 0.0;
        for _ in 0..pages {
            room += self.height();
        }
        let mut used = 0.0;
        (0..lines).all(|_| {
            used += self.leading;
            used <= room
        })
    }

    /// The width of the text beside the margin.
    pub(super) fn measure(&self) -> f32 {
        self.width - 2.0 * self.side - self.margin
    }

    /// The left edge of the text.
    pub(super) fn text_left(&self) -> f32 {
        if self.right_to_left { self.side } else { self.side + self.margin }
    }

    /// The left edge of the dates.
    pub(super) fn dates_left(&self) -> f32 {
        if self.right_to_left { self.side + self.measure() + self.gap } else { self.side }
    }

    pub(super) fn dates_width(&self) -> f32 {
        self.margin - self.gap
    }
}

/// What a block is, for its tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Title,
    Line,
    /// With its level, from 1.
    Heading(u8),
    /// Within the list with a number; two lists never follow each other under one.
    Entry(usize),
}

/// A rule above or below a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rule {
    None,
    /// A hairline over a section.
    Above,
    /// A thick and a thin line below the head.
    Below,
}

/// A piece of a document that is set together.
pub(super) struct Block {
    pub(super) role: Role,
    /// In the margin.
    pub(super) label: Option<Text>,
    pub(super) text: Text,
    pub(super) leading: f32,
    /// Blank above, left out at the top of a page.
    pub(super) before: f32,
    /// Blank below, for a rule.
    pub(super) after: f32,
    /// Whether it must not stand last on a page.
    pub(super) keeps_next: bool,
    pub(super) rule: Rule,
}

impl Block {
    pub(super) fn lines(&self) -> usize {
        self.text.lines().max(self.label.as_ref().map_or(0, Text::lines)).max(1)
    }
}

/// Sets a document.
pub(super) fn of(document: &Document, form: &Form, setter: &mut Setter) -> Vec<Block> {
    let mut blocks = head(document, form, setter);
    for (number, section) in document.sections.iter().enumerate() {
        let mut heading = heading(section, form, setter);
        if number == 0 {
            // The rules below the head stand there already.
            if let Some(block) = &mut heading {
                (block.rule, block.before) = (Rule::None, 0.0);
            }
        }
        blocks.extend(heading);
        blocks.extend(entries(section, number, form, setter));
    }
    blocks
}

fn look(form: &Form) -> Look {
    Look {
        size: form.size,
        leading: form.leading,
        width: form.measure(),
        display: false,
        small_caps: false,
        italic: false,
        soft: false,
        to_end: false,
    }
}

fn plain(text: &str) -> Vec<Run> {
    vec![Run { text: text.to_owned(), ..Run::default() }]
}

fn is_blank(text: &str) -> bool {
    clean(text).trim().is_empty()
}

fn head(document: &Document, form: &Form, setter: &mut Setter) -> Vec<Block> {
    let words = if is_blank(&document.title) { document.subject() } else { &document.title };
    // The largest size at which it stands in one line; a longer one, where no word of it is cut.
    let set = |size: f32, setter: &mut Setter| {
        let look = Look { size, leading: size * 1.1, display: true, ..look(form) };
        (setter.set(&plain(words), &look), look.leading)
    };
    let sizes = |shares: &'static [f32]| shares.iter().map(|share| form.size * share);
    let fits = sizes(&[2.5, 2.3, 2.1, 1.9]).map(|size| set(size, setter)).find(|(text, _)| text.lines() <= 1);
    let (text, leading) = fits.unwrap_or_else(|| {
        let whole = sizes(&[2.2, 1.9, 1.6, 1.3]).map(|size| set(size, setter)).find(|(text, _)| !text.cuts_words());
        whole.unwrap_or_else(|| set(form.size * 1.3, setter))
    });
    let mut blocks = vec![Block {
        role: Role::Title,
        label: None,
        text,
        leading,
        before: 0.0,
        after: form.leading * 0.3,
        keeps_next: true,
        rule: Rule::None,
    }];
    let line = Look { soft: true, ..look(form) };
    for runs in &document.lines {
        blocks.push(Block {
            role: Role::Line,
            label: None,
            text: setter.set(runs, &line),
            leading: line.leading,
            before: 0.0,
            after: 0.0,
            keeps_next: true,
            rule: Rule::None,
        });
    }
    if let Some(last) = blocks.last_mut() {
        last.rule = Rule::Below;
        last.after = form.leading * 1.4;
    }
    blocks
}

fn heading(section: &Section, form: &Form, setter: &mut Setter) -> Option<Block> {
    let words = section.heading.as_deref().filter(|words| !is_blank(words))?;
    let first = section.level <= 1;
    let look = if first {
        Look { size: form.size * 1.14, small_caps: true, ..look(form) }
    } else {
        Look { italic: true, ..look(form) }
    };
    Some(Block {
        role: Role::Heading(section.level.max(1)),
        label: None,
        text: setter.set(&plain(words), &look),
        leading: look.leading,
        before: form.leading * if first { 0.95 } else { 0.4 },
        after: form.leading * if first { 0.22 } else { 0.1 },
        keeps_next: true,
        rule: if first { Rule::Above } else { Rule::None },
    })
}

fn entries(section: &Section, list: usize, form: &Form, setter: &mut Setter) -> Vec<Block> {
    let label = Look { width: form.dates_width(), to_end: true, soft: true, size: form.size * 0.96, ..look(form) };
    let text = look(form);
    let mut blocks = Vec::with_capacity(section.entries.len());
    for (at, entry) in section.entries.iter().enumerate() {
        let mark = section.mark(at);
        let margin = if mark.is_empty() { entry.dates.as_str() } else { mark.as_str() };
        let first = at == 0;
        blocks.push(Block {
            role: Role::Entry(list),
            label: (!margin.is_empty()).then(|| {
                let run = Run { text: margin.to_owned(), style: RunStyle::default(), ..Run::default() };
                setter.set(&[run], &label)
            }),
            text: setter.set(&entry.runs, &text),
            leading: form.leading,
            before: if first { 0.0 } else { form.leading * 0.2 },
            after: 0.0,
            keeps_next: false,
            rule: Rule::None,
        });
    }
    blocks
}
