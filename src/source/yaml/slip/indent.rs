//! Lines that stand too far in or out, and lines without the sign that makes them a field.

use granit_parser::ErrorKind;

use super::line::{Line, before, is_word};
use super::plain::list_without_field;
use super::{Context, Slip};
use crate::diagnostic::{Diagnostic, code};

impl Context<'_> {
    /// A tab at the head of this line, or of the next, which the parser takes for a part of this one.
    pub(super) fn tab(&self) -> Option<Slip> {
        let below = self.text.lines().enumerate().skip(self.line.number + 1);
        let next = below.into_iter().find(|(_, line)| !line.trim().is_empty()).map(|(number, _)| number);
        let line = [Some(self.line.number), next]
            .into_iter()
            .flatten()
            .filter_map(|number| Line::of(self.text, number))
            .find(|line| line.text[..line.indent].contains('\t'))?;
        if line.number > self.line.number && !self.is_in_plain_text() {
            return None;
        }
        let indent = self.depth_above(line.number);
        let found = Diagnostic::new(&code::TAB_INDENT, self.file, "this line is indented with a tab")
            .at(line.span(self.lines_before, 0, line.indent))
            .label("write spaces here")
            .help("indent with spaces: two for a field of a record")
            .fix(" ".repeat(indent));
        Some((found, Some(line.number)))
    }

    /// A line indented with the blanks of a word processor, which look like spaces and are none.
    pub(super) fn strange_blanks(&self) -> Option<Slip> {
        let line = &self.line;
        let rest = &line.text[line.indent..];
        let blanks = rest.len() - rest.trim_start_matches(is_strange_blank).len();
        (blanks > 0).then(|| {
            let (found, number) = self.slip(
                &code::INDENTATION,
                line.span(self.lines_before, 0, line.indent + blanks),
                "this line is indented with non-breaking spaces, as word processors write them",
                "write plain spaces here",
                "put the fields of a record exactly below each other, with plain spaces before them",
            );
            (found.fix(" ".repeat(self.depth_above(line.number))), number)
        })
    }

    /// An item of a list below a field that has a value.
    pub(super) fn list_below_text(&self) -> Option<Slip> {
        let is_item = |line: &Line<'_>| line.indent > 0 && line.text[line.indent..].starts_with("- ");
        let mut first = Line::of(self.text, self.line.number).filter(is_item)?;
        let above = loop {
            let above = before(self.text, first.number)?;
            if !is_item(&above) || above.indent != first.indent {
                break above;
            }
            first = above;
        };
        let value = above.value();
        let has_value = above.key.is_some() && !value.is_empty() && !value.starts_with(['|', '>', '&', '#']);
        let column = above.text[..above.content].chars().count();
        (has_value && first.indent >= column)
            .then(|| (list_without_field(self.file, &first, self.lines_before), Some(first.number)))
    }

    /// Tells whether the parser took the next line for a part of the text of this one.
    fn is_in_plain_text(&self) -> bool {
        let value = self.line.value();
        self.fault.kind == ErrorKind::TabInPlainScalar
            || (self.at == self.line.value
                && !value.starts_with(['"', '\'', '*', '&', '!', '%', '@', '`', '[', '{', '|', '>']))
    }

    /// Returns the column, from 0, of the fields above a line; lines with strange blanks do not count.
    fn depth_above(&self, number: usize) -> usize {
        let mut number = number;
        while let Some(above) = before(self.text, number) {
            let strange = |c: char| c == '\t' || is_strange_blank(c);
            if !above.text[..above.content].contains(strange) && !above.content().starts_with(strange) {
                return above.text[..above.content].chars().count();
            }
            number = above.number;
        }
        0
    }

    /// The line above is `title A study` or `title:A study`, without its colon or the space after it.
    pub(super) fn colon_missing_above(&self) -> Option<Slip> {
        let above = before(self.text, self.line.number)?;
        if above.key.is_none()
            && let Some(slip) = self.space_missing(&above)
        {
            return Some(slip);
        }
        let word = above.content().split(' ').next().filter(|word| is_word(word))?;
        let is_field = above.key.is_none() && above.content < above.text.len() && !above.content().contains(':');
        let aligned = above.text[..above.content].chars().count() == self.line.indent;
        (is_field && aligned).then(|| {
            let end = above.content + word.len();
            let rest = &above.text[end..];
            let sign = rest.len() - rest.trim_start_matches([' ', '=']).len();
            let equals = rest[..sign].contains('=');
            let what = if equals { "a colon is meant where `=` stands" } else { "a colon and a space are missing" };
            let found = Diagnostic::new(&code::MISSING_SPACE, self.file, format!("{what} after `{word}`"))
                .at(above.span(self.lines_before, above.content, end + if equals { sign } else { 0 }))
                .label(format!("write `{word}: `"))
                .help("a field is written `name: value`");
            (if equals { found.fix(format!("{word}: ")) } else { found }, Some(above.number))
        })
    }

    /// A line `title:A study`, or with a colon or a space of another kind.
    fn space_missing(&self, line: &Line<'_>) -> Option<Slip> {
        let content = line.content();
        let (at, colon) = content.char_indices().find(|(_, c)| matches!(c, ':' | '：' | '꞉' | '﹕'))?;
        let word = content.get(..at).filter(|word| is_word(word))?;
        let rest = &content[at + colon.len_utf8()..];
        let blanks = rest.len() - rest.trim_start_matches(|c: char| c == ' ' || is_strange_blank(c)).len();
        if rest.is_empty() || (colon == ':' && rest.starts_with([' ', '\t'])) || rest.starts_with("//") {
            return None;
        }
        let start = line.content + at;
        let message = if colon != ':' {
            format!("the sign after `{word}` is not the colon that YAML reads")
        } else if blanks > 0 {
            format!("a non-breaking space, as word processors write it, follows `{word}:`")
        } else {
            format!("a space is missing after `{word}:`")
        };
        let found = Diagnostic::new(&code::MISSING_SPACE, self.file, message)
            .at(line.span(self.lines_before, start, start + colon.len_utf8() + blanks))
            .label("write `: `")
            .help("write a colon and a space between a field's name and its value")
            .fix(": ");
        Some((found, Some(line.number)))
    }

    pub(super) fn too_far_in(&self) -> Option<Slip> {
        let above = before(self.text, self.line.number)?;
        let column = above.text[..above.content].chars().count();
        let has_value = above.key.is_some() && !above.value().is_empty();
        (self.line.key.is_some() && has_value && self.line.indent > column).then(|| {
            self.slip(
                &code::INDENTATION,
                self.line.span(self.lines_before, column, self.line.indent),
                "this line is indented further than the field above it",
                "remove these spaces",
                "put the fields of a record exactly below each other; a text that goes on from the line above and has a colon goes into double quotes",
            )
        })
    }

    /// A line between fields that is no field.
    pub(super) fn no_field(&self) -> Slip {
        let line = &self.line;
        if let Some(slip) = self.space_missing(line) {
            return slip;
        }
        if let Some(field) = self.open_text_above() {
            let message = format!("the text of `{field}` is not indented further than the field");
            return self.slip(
                &code::INDENTATION,
                line.span(self.lines_before, 0, line.text.len()),
                message,
                "indent it and the lines below it by two more spaces",
                "a text that begins in the line below its field stands two spaces further in",
            );
        }
        self.slip(
            &code::YAML_SYNTAX,
            line.span(self.lines_before, line.content, line.text.len()),
            "this line is no field: it has no colon",
            "write `name: value`",
            "write a colon and a space after a field's name; a text that goes on from the line above is indented further than its field",
        )
    }

    pub(super) fn indentation(&self) -> Slip {
        let line = &self.line;
        let above = before(self.text, line.number);
        let above_column = above.as_ref().map_or(0, |above| above.text[..above.content].chars().count());
        let (message, label) = if line.indent == 0 {
            ("this line is not indented, so it belongs to no record".to_owned(), "indent it by two spaces".to_owned())
        } else {
            let way = if line.indent < above_column { "less far" } else { "further" };
            let label = format!("the line above begins in column {}", above_column + 1);
            (format!("this line is indented {way} than the fields above it"), label)
        };
        self.slip(
            &code::INDENTATION,
            line.span(self.lines_before, line.indent, line.text.len()),
            message,
            &label,
            "put the fields of a record exactly below each other",
        )
    }

    /// Returns the field above whose text has yet to come: `abstract: |`.
    fn open_text_above(&self) -> Option<String> {
        let mut number = self.line.number;
        loop {
            let above = before(self.text, number)?;
            if let Some(key) = above.key {
                let opens = matches!(above.value().trim_end_matches(['-', '+']), "|" | ">" | "");
                return opens.then(|| key.to_owned());
            }
            number = above.number;
        }
    }
}

/// Blanks that look like a space: non-breaking and typographic ones, and marks without width.
fn is_strange_blank(c: char) -> bool {
    matches!(c, '\u{A0}' | '\u{2000}'..='\u{200B}' | '\u{202F}' | '\u{205F}' | '\u{3000}' | '\u{FEFF}')
}
