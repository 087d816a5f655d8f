//! Quotes that do not match, curly ones, and backslashes within quotes.

use super::line::{Line, is_smart_quote, quoted};
use super::{Context, Slip};
use crate::diagnostic::code;

impl Context<'_> {
    pub(super) fn unclosed_quote(&self) -> Slip {
        let span = self.line.span(self.lines_before, self.at, self.line.text.len());
        let value = self.line.value();
        let quote = value.chars().next().unwrap_or('"');
        let inner = value.get(quote.len_utf8()..).unwrap_or_default();
        let alone = self.at == self.line.value && !inner.contains(quote) && !inner.contains(['\\', '#']);
        if alone && inner.ends_with(is_smart_quote) {
            let (found, line) = self.slip(
                &code::SMART_QUOTES,
                span,
                "this text begins with a straight quote and ends with a curly one",
                "write a straight quote at its end, too",
                "word processors turn straight quotes into curly ones; write both of them straight",
            );
            return (found.fix(quoted(inner.trim_end_matches(is_smart_quote))), line);
        }
        let (found, line) = self.slip(
            &code::UNCLOSED_QUOTE,
            span,
            "the quote that begins here is never closed",
            "the closing quote is missing",
            "close the text with the same quote; an apostrophe needs no quotes around its text, or double ones",
        );
        let ends_here =
            Line::of(self.text, self.line.number + 1).is_none_or(|next| next.key.is_some() || next.text.is_empty());
        if alone && ends_here && !inner.is_empty() {
            return (found.fix(quoted(inner)), line);
        }
        (found, line)
    }

    pub(super) fn after_quote(&self) -> Slip {
        let value = self.line.value();
        let starts = value.starts_with(['"', '\'']);
        let span = if starts { self.line.value_span(self.lines_before) } else { self.point() };
        let (mut found, line) = self.slip(
            &code::UNCLOSED_QUOTE,
            span,
            "words follow after the closing quote",
            "put all this in one pair of double quotes",
            "write `\\\"` for a double quote that belongs to the text",
        );
        if starts && self.flow_start().is_none() && !value.contains(" #") && !value.contains('\\') {
            found = found.fix(quoted(unwrapped(value)));
        }
        (found, line)
    }

    pub(super) fn backslash(&self) -> Slip {
        let from = &self.line.text[self.at..];
        let at = from.find('\\').map_or(self.at, |offset| self.at + offset);
        let letter = self.line.text[at..].chars().nth(1).map_or(0, char::len_utf8);
        let span = self.line.span(self.lines_before, at, at + 1 + letter);
        self.slip(
            &code::YAML_SYNTAX,
            span,
            "a backslash in double quotes has a meaning of its own",
            "write two backslashes",
            "write `\\\\` for one backslash, or put the text in single quotes",
        )
    }

    pub(super) fn smart_quotes(&self) -> Slip {
        let value = self.line.value();
        let (mut found, line) = self.slip(
            &code::SMART_QUOTES,
            self.line.value_span(self.lines_before),
            "curly quotes do not protect a colon",
            "write straight quotes: \"…\"",
            "write straight double quotes in place of the curly ones",
        );
        let inner = value.trim_matches(is_smart_quote);
        if value.ends_with(is_smart_quote) && !inner.contains(is_double_smart) {
            found = found.fix(quoted(inner));
        } else {
            found = found.fix(quoted(value));
        }
        (found, line)
    }
}

fn is_double_smart(quote: char) -> bool {
    matches!(quote, '“' | '”' | '„' | '«' | '»')
}

/// Takes off the outer quotes of a text whose inner quotes broke it, if they wrap it whole.
fn unwrapped(value: &str) -> &str {
    let Some(quote) = value.chars().next() else { return value };
    let inner = value.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
    match inner {
        // `"Missed" or "late" findings "seen"`: the second quote closes a word, so the first belongs to the text.
        Some(inner) => match inner.find(quote) {
            Some(at) if inner[at + 1..].starts_with(|c: char| !c.is_alphanumeric()) && !inner[..at].ends_with(' ') => {
                value
            }
            _ => inner,
        },
        None => value,
    }
}
