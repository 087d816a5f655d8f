//! Slips between brackets and braces.

use granit_parser::ErrorKind;

use super::line::{Line, is_word, quoted, text_of};
use super::{Context, Slip};
use crate::diagnostic::{Diagnostic, code};

impl Context<'_> {
    /// Where the innermost bracket or brace stands that is open here: its byte in the text.
    pub(super) fn flow_start(&self) -> Option<usize> {
        if matches!(
            self.fault.kind,
            ErrorKind::UnclosedFlowCollection { .. } | ErrorKind::MismatchedFlowCollectionEnd { .. }
        ) {
            return self.fault.at.byte_offset();
        }
        let at = self.fault.open.last()?.start.byte_offset()?;
        self.text.get(at..)?.starts_with(['[', '{']).then_some(at)
    }

    /// A slip between brackets or braces.
    pub(super) fn in_brackets(&self) -> Slip {
        let start = self.flow_start().unwrap_or_default();
        let number = self.text[..start].matches('\n').count();
        let opener = if self.text[start..].starts_with('{') { '{' } else { '[' };
        let closer = if opener == '{' { '}' } else { ']' };
        let colon = self.line.text[self.at..].starts_with(": ") || self.line.text[self.at..] == *":";
        if number == self.line.number && colon && !matches!(self.fault.kind, ErrorKind::UnclosedFlowCollection { .. }) {
            return self.colon_in_brackets(start);
        }
        let Some(line) = Line::of(self.text, number) else { return self.unknown() };
        let column = self.text[..start].rfind('\n').map_or(start, |end| start - end - 1);
        let found = Diagnostic::new(&code::YAML_SYNTAX, self.file, format!("the `{opener}` that opens here is not closed as it should be"))
            .at(line.span(self.lines_before, column, column + 1))
            .label(format!("look for its `{closer}`"))
            .help(format!("close it with `{closer}`, with commas between the values; a text that begins with `{opener}` goes into double quotes"));
        (found, Some(number))
    }

    /// A colon in a text that stands between braces, as in `{kind: course, title: Flow voids: an essay}`.
    pub(super) fn colon_in_brackets(&self, opener: usize) -> Slip {
        let line = &self.line;
        let opener = opener - self.text[..opener].rfind('\n').map_or(0, |end| end + 1);
        let from = line.text[..self.at].rfind([',', '{', '[']).filter(|at| *at >= opener).map_or(self.at, |at| at + 1);
        let before = &line.text[from..self.at];
        let start = before.find(": ").map_or(from, |colon| from + colon + 2);
        let start = start + line.text[start..].len() - line.text[start..].trim_start().len();
        let end = self.at + end_of_value(&line.text[self.at..]);
        let text = line.text[start..end].trim_end();
        let key = before.split_once(':').map(|(key, _)| key.trim()).filter(|key| is_word(key));
        let what = text_of(key);
        let (mut found, number) = self.slip(
            &code::COLON_IN_TEXT,
            line.span(self.lines_before, start, start + text.len()),
            match key {
                Some("title") => "a colon stands in a title without quotes".to_owned(),
                Some(key) => format!("a colon stands in the text of `{key}`, which has no quotes"),
                None => "a colon stands in a text without quotes".to_owned(),
            },
            &format!("put {what} in double quotes"),
            "a colon with a space after it ends a field's name, unless the text is in double quotes",
        );
        if key.is_some() && !text.contains(['"', '{', '[', '#']) {
            found = found.fix(quoted(text));
        }
        (found, number)
    }
}

/// Returns where a value between braces ends: before its closing sign, or before `, name: `.
fn end_of_value(rest: &str) -> usize {
    let closed = rest.find(['}', ']']).unwrap_or(rest.len());
    let inside = &rest[..closed];
    let mut commas = inside.match_indices(',').map(|(at, _)| at);
    let next = commas.find(|at| inside[at + 1..].split_once(':').is_some_and(|(key, _)| is_word(key.trim())));
    next.unwrap_or(closed)
}
