//! Slips that YAML reads without a word, and not as they were meant.

use granit_parser::{Marker, Span as RawSpan};

use super::line::{Line, is_smart_quote, quoted, text_of};
use crate::diagnostic::{Diagnostic, Span, code};

/// Fields whose text is prose, so that `#` after one blank is a part of it rather than a comment.
const PROSE: &[&str] = &["title", "book_title", "title_original", "summary", "why", "name", "headline", "description"];

/// Looks at a scalar without quotes: is it cut off at ` #`, or wrapped in curly quotes?
pub(in crate::source::yaml) fn plain(
    file: &str,
    text: &str,
    span: &RawSpan,
    value: &str,
    lines_before: usize,
) -> Option<Diagnostic> {
    let end = span.end.byte_offset()?;
    let behind = text.get(end..)?;
    if behind.starts_with(' ') && behind.trim_start_matches(' ').starts_with('#') {
        return hash(file, text, span, lines_before);
    }
    if span.start.line() != span.end.line()
        && let Some(found) = list_in_text(file, text, span, lines_before)
    {
        return Some(found);
    }
    let (first, last) = (value.chars().next()?, value.chars().next_back()?);
    if last == '"' && value.matches('"').count() == 1 && span.start.line() == span.end.line() {
        return closing_quote(file, text, span, value, lines_before);
    }
    if is_smart_quote(first) && is_smart_quote(last) && first != last {
        return smart(file, text, span, value, lines_before);
    }
    None
}

fn hash(file: &str, text: &str, span: &RawSpan, lines_before: usize) -> Option<Diagnostic> {
    let line = Line::of(text, span.end.line().checked_sub(1)?)?;
    let end = line.byte_of(span.end.col());
    let behind = line.text.get(end..)?;
    let comment = behind.trim_start_matches(' ');
    let blanks = behind.len() - comment.len();
    let after = comment.trim_start_matches('#').chars().next();
    let joined = after.is_some_and(char::is_alphanumeric);
    let prose = line.key.is_some_and(|key| PROSE.contains(&key));
    if blanks > 1 || !(joined || (prose && after.is_some())) {
        return None;
    }
    let what = text_of(line.key);
    let mut found = Diagnostic::new(&code::HASH_IN_TEXT, file, format!("`#` cuts off {what}"))
        .at(line.span(lines_before, end + blanks, line.text.len()))
        .label("all this is lost")
        .help(format!("put {what} in double quotes; if this is a comment, put it on a line of its own"));
    if span.start.line() == span.end.line() && line.key.is_some() && line.byte_of(span.start.col()) == line.value {
        found.span = Some(line.value_span(lines_before));
        found.label = Some("put all this in double quotes".to_owned());
        found = found.fix(quoted(line.value()));
    }
    Some(found)
}

/// A text that goes on in lines which begin with `- `: the name of a list's field is missing.
fn list_in_text(file: &str, text: &str, span: &RawSpan, lines_before: usize) -> Option<Diagnostic> {
    let (first, last) = (span.start.line(), span.end.line());
    let lines = text.lines().enumerate().take(last).skip(first).map(|(number, line)| Line::cut(line, number));
    let line = { lines }.find(|line| line.text[line.indent..].starts_with("- "))?;
    Some(list_without_field(file, &line, lines_before))
}

/// Reports the first item of a list that stands below a field with a value.
pub(super) fn list_without_field(file: &str, line: &Line<'_>, lines_before: usize) -> Diagnostic {
    Diagnostic::new(&code::INDENTATION, file, "a list stands here, and the field above it has a value already")
        .at(line.span(lines_before, line.indent, line.text.len()))
        .label("which field does this list belong to?")
        .help("write the name of the list's field and a colon on a line of its own above it; `- ` that begins a record stands at the start of the line")
}

/// Looks at a field without a value: does its text begin with `#`, as a colour `#2f5d50` does?
pub(in crate::source::yaml) fn all_a_comment(
    file: &str,
    text: &str,
    key: &RawSpan,
    lines_before: usize,
) -> Option<Diagnostic> {
    let behind = text.get(key.end.byte_offset()?..)?;
    if !behind.starts_with(": #") || !behind[3..].starts_with(char::is_alphanumeric) {
        return None;
    }
    let line = Line::of(text, key.end.line().checked_sub(1)?)?;
    let start = line.byte_of(key.end.col() + 2);
    let value = line.text.get(start..)?;
    let found = Diagnostic::new(&code::HASH_IN_TEXT, file, format!("`#` makes a comment of {}", text_of(line.key)))
        .at(line.span(lines_before, start, line.text.len()))
        .label("put all this in double quotes")
        .help("put a text that begins with `#` in double quotes; write a comment with a space after `#`")
        .fix(quoted(value));
    Some(found)
}

/// A text such as `Flow voids"`, whose first quote was forgotten; `a disc of 5"` may be meant so.
fn closing_quote(file: &str, text: &str, span: &RawSpan, value: &str, lines_before: usize) -> Option<Diagnostic> {
    let inner = value.strip_suffix('"')?;
    if inner.ends_with(|c: char| c.is_ascii_digit() || c == ' ') {
        return None;
    }
    let line = Line::of(text, span.start.line().checked_sub(1)?)?;
    let (start, end) = (line.byte_of(span.start.col()), line.byte_of(span.end.col()));
    let found = Diagnostic::new(&code::UNCLOSED_QUOTE, file, "a text ends with a quote, but does not begin with one")
        .at(line.span(lines_before, start, end))
        .label("the opening quote is missing")
        .help("write the same quote before the text, or take this one away")
        .fix(quoted(inner));
    Some(found)
}

fn smart(file: &str, text: &str, span: &RawSpan, value: &str, lines_before: usize) -> Option<Diagnostic> {
    let line = Line::of(text, span.start.line().checked_sub(1)?)?;
    let inner = &value[value.chars().next()?.len_utf8()..value.len() - value.chars().next_back()?.len_utf8()];
    // Two quotations with words between them (`“A” or “B”`) are a text of their own.
    if inner.chars().any(|c| matches!(c, '“' | '”' | '„' | '«' | '»')) {
        return None;
    }
    let start = line.byte_of(span.start.col());
    let one_line = span.start.line() == span.end.line();
    let end = if one_line { line.byte_of(span.end.col()) } else { line.text.len() };
    let mut found = Diagnostic::new(&code::SMART_QUOTES, file, "curly quotes would be printed as a part of the text")
        .at(line.span(lines_before, start, end))
        .label("write straight quotes: \"…\"")
        .help("write straight double quotes in their place; quotes that belong to the text stand inside straight ones");
    if one_line {
        found = found.fix(quoted(inner));
    }
    Some(found)
}

/// Reports `&` at the start of a text, which YAML takes for a name to be used later.
pub(in crate::source::yaml) fn ampersand(file: &str, text: &str, span: Span, lines_before: usize) -> Diagnostic {
    let line = span.line.checked_sub(1 + lines_before).and_then(|number| Line::of(text, number));
    let found = Diagnostic::new(&code::SIGN_AT_START, file, "a text cannot begin with `&` unless it is in quotes");
    with_whole_value(found, line, lines_before, span, "&")
}

/// Reports `!` at the start of a text, which YAML takes for a type.
pub(in crate::source::yaml) fn exclamation(file: &str, text: &str, at: Marker, lines_before: usize) -> Diagnostic {
    let line = Line::of(text, at.line().saturating_sub(1));
    let found = Diagnostic::new(&code::SIGN_AT_START, file, "a text cannot begin with `!` unless it is in quotes");
    with_whole_value(found, line, lines_before, Span::new(at.line() + lines_before, at.col() + 1, 1), "!")
}

fn with_whole_value(
    found: Diagnostic,
    line: Option<Line<'_>>,
    lines_before: usize,
    otherwise: Span,
    sign: &str,
) -> Diagnostic {
    let found = found.label("put the whole text in double quotes").help("write the whole text in double quotes");
    match line {
        Some(line) if line.value().starts_with(sign) && !line.value().contains(" #") => {
            found.at(line.value_span(lines_before)).fix(quoted(line.value()))
        }
        _ => found.at(otherwise),
    }
}
