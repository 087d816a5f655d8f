//! Writers over one type: for people, for programs, for workflow annotations.
//!
//! Each takes problems in the order they are to be shown; none counts or sums up for people.

use std::fmt::Write as _;
use std::sync::Arc;

use annotate_snippets::{AnnotationKind, Element, Level, Origin, Renderer, Snippet};
use serde_json::json;

use super::{Diagnostic, Severity, Span};

/// Columns after which a line is no longer shown, only named.
const FARTHEST_COLUMN: usize = 2000;
/// Characters shown after the place at fault.
const SHOWN_AFTER: usize = 120;

/// Characters that a caret underlines at most, so that it stays below what a terminal shows of its line.
const LONGEST_CARET: usize = 100;

/// Writes problems for people: source line, caret, record and help, with a blank line between.
///
/// `text` gives the text of a file of the site, by its path. With `colour`, ANSI escapes are written.
pub fn human(list: &[Diagnostic], text: &dyn Fn(&str) -> Option<Arc<str>>, colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let mut source: Option<Source> = None;
    let mut blocks = Vec::with_capacity(list.len());
    for diagnostic in list {
        if source.as_ref().is_none_or(|source| source.file != diagnostic.file) {
            source = text(&diagnostic.file).map(|text| Source::new(&diagnostic.file, text));
        }
        let line = diagnostic.span.and_then(|span| excerpt(source.as_ref()?.line(span.line)?, span));
        blocks.push(renderer.render(&[group(diagnostic, line)]));
    }
    let mut written = blocks.join("\n\n");
    if !written.is_empty() {
        written.push('\n');
    }
    written
}

/// The text of a file, cut into lines once for all its problems.
struct Source<'a> {
    file: &'a str,
    text: Arc<str>,
    starts: Vec<usize>,
}

impl<'a> Source<'a> {
    fn new(file: &'a str, text: Arc<str>) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { file, text, starts }
    }

    /// Returns a line, counted from 1, without its end.
    fn line(&self, number: usize) -> Option<&str> {
        let index = number.checked_sub(1)?;
        let start = *self.starts.get(index)?;
        let end = self.starts.get(index + 1).map_or(self.text.len(), |next| next - 1);
        self.text.get(start..end).map(|line| line.strip_suffix('\r').unwrap_or(line))
    }
}

/// A line of the source with the bytes at fault.
struct Excerpt<'a> {
    line: &'a str,
    start: usize,
    end: usize,
}

/// Finds the place at fault in its line; `None` when it is too far to the right to be shown.
fn excerpt(line: &str, span: Span) -> Option<Excerpt<'_>> {
    if span.column > FARTHEST_COLUMN {
        return None;
    }
    let byte_of = |column: usize| line.char_indices().nth(column.saturating_sub(1)).map_or(line.len(), |(at, _)| at);
    let start = byte_of(span.column);
    let end = byte_of(span.end_column.min(span.column + LONGEST_CARET)).max(start);
    let shown = byte_of(span.column + 2 * SHOWN_AFTER).max(end);
    Some(Excerpt { line: &line[..shown], start, end })
}

fn group<'a>(diagnostic: &'a Diagnostic, line: Option<Excerpt<'a>>) -> annotate_snippets::Group<'a> {
    let level = match diagnostic.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(one_line(&diagnostic.message)).id(diagnostic.code.id);
    let place: Element<'a> = match (line, diagnostic.span) {
        (Some(Excerpt { line, start, end }), Some(span)) => {
            let label = diagnostic.label.as_deref().map(one_line);
            let caret = AnnotationKind::Primary.span(start..end).label(label);
            Snippet::source(line).path(diagnostic.file.as_str()).line_start(span.line).annotation(caret).into()
        }
        (_, Some(span)) => Origin::path(diagnostic.file.as_str()).line(span.line).char_column(span.column).into(),
        (_, None) => Origin::path(diagnostic.file.as_str()).into(),
    };
    let mut group = title.element(place);
    if let Some(record) = &diagnostic.record {
        group = group.element(Level::NOTE.with_name("record").message(one_line(record)));
    }
    if let Some(pages) = diagnostic.page_words() {
        group = group.element(Level::NOTE.with_name("page").message(pages));
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(one_line(help)));
    }
    group
}

/// Puts words of the user's files on one line.
fn one_line(text: &str) -> String {
    text.split(['\n', '\r']).map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Writes problems as one JSON document.
///
/// Lines and columns count from 1, columns in characters; what a problem lacks is `null`. The
/// words beside the caret come first in `help`; only a fault of a template has `pages`.
pub fn json(list: &[Diagnostic]) -> String {
    let diagnostics: Vec<_> = list
        .iter()
        .map(|diagnostic| {
            let mut value = json!({
                "code": diagnostic.code.id,
                "severity": severity(diagnostic),
                "message": diagnostic.message,
                "file": diagnostic.file,
                "line": diagnostic.span.map(|span| span.line),
                "column": diagnostic.span.map(|span| span.column),
                "end_column": diagnostic.span.map(|span| span.end_column),
                "record": diagnostic.record,
                "help": advice(diagnostic),
            });
            if !diagnostic.pages.is_empty() {
                value["pages"] = json!(diagnostic.pages);
            }
            value
        })
        .collect();
    let count = |severity| list.iter().filter(|diagnostic| diagnostic.severity() == severity).count();
    let document = json!({
        "diagnostics": diagnostics,
        "errors": count(Severity::Error),
        "warnings": count(Severity::Warning),
    });
    format!("{document:#}\n")
}

/// Writes problems as workflow commands of GitHub Actions (`::error file=…,line=…,col=…::message`).
pub fn github(list: &[Diagnostic]) -> String {
    let mut written = String::new();
    for diagnostic in list {
        let kind = severity(diagnostic);
        let _ = write!(written, "::{kind} file={}", escape_property(&diagnostic.file));
        if let Some(Span { line, column, end_column }) = diagnostic.span {
            let _ = write!(written, ",line={line},col={column},endColumn={end_column}");
        }
        let mut message = diagnostic.message.clone();
        if let Some(record) = &diagnostic.record {
            let _ = write!(message, " (record: {record})");
        }
        if let Some(pages) = diagnostic.page_words() {
            let _ = write!(message, " (page: {pages})");
        }
        if let Some(advice) = advice(diagnostic) {
            let _ = write!(message, "\n{advice}");
        }
        let _ = writeln!(written, ",title={}::{}", diagnostic.code.id, escape_data(&message));
    }
    written
}

fn severity(diagnostic: &Diagnostic) -> &'static str {
    match diagnostic.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

fn advice(diagnostic: &Diagnostic) -> Option<String> {
    match (&diagnostic.label, &diagnostic.help) {
        (Some(label), Some(help)) if label.ends_with('?') => Some(format!("{label} {help}")),
        (Some(label), Some(help)) => Some(format!("{label}; {help}")),
        (Some(words), None) | (None, Some(words)) => Some(words.clone()),
        (None, None) => None,
    }
}

fn escape_data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn escape_property(text: &str) -> String {
    escape_data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::code;

    fn unknown_field() -> Diagnostic {
        Diagnostic::new(&code::UNKNOWN_FIELD, "records/publications.yaml", "`jounral` is not a field of a publication")
            .at(Span::new(2, 3, 7))
            .label("did you mean `journal`?")
            .record("svs-paper")
    }

    #[test]
    fn a_problem_is_drawn_as_in_the_contract() {
        let text = |_: &str| Some("- title: A\r\n  jounral: Radiology\r\n".into());
        let drawn = human(&[unknown_field()], &text, false);
        let expected = "\
error[OP204]: `jounral` is not a field of a publication
 --> records/publications.yaml:2:3
  |
2 |   jounral: Radiology
  |   ^^^^^^^ did you mean `journal`?
  |
  = record: svs-paper
";
        assert_eq!(drawn, expected);
    }

    #[test]
    fn a_place_outside_the_text_never_breaks_drawing() {
        let text = |_: &str| Some("é\u{202e}x\u{1b}[31m\n".into());
        for span in [
            Span::new(1, 1, 99),
            Span::new(1, 50, 3),
            Span::new(9, 1, 1),
            Span::new(0, 0, 0),
            Span::new(1, 2, 0),
            Span::new(1, usize::MAX / 2, 1),
        ] {
            let drawn = human(&[unknown_field().at(span)], &text, false);
            assert!(drawn.contains("OP204") && !drawn.contains('\u{1b}') && !drawn.contains('\u{202e}'), "{drawn}");
        }
    }

    #[test]
    fn a_very_long_line_is_cut() {
        let text = |_: &str| Some(format!("title: {}", "long ".repeat(200_000)).into());
        let drawn = human(&[unknown_field().at(Span::new(1, 300, 400_000))], &text, false);
        assert!(drawn.len() < 2000, "{}", drawn.len());
        assert!(drawn.contains(":1:300"));
    }

    #[test]
    fn programs_read_the_same_facts() {
        let document: serde_json::Value = serde_json::from_str(&json(&[unknown_field()])).expect("JSON");
        assert_eq!(document["errors"], 1);
        assert_eq!(document["diagnostics"][0]["end_column"], 10);
        assert_eq!(document["diagnostics"][0]["help"], "did you mean `journal`?");
        assert!(document["diagnostics"][0]["record"].is_string());
    }

    #[test]
    fn workflow_commands_escape_what_would_end_them() {
        let mut problem = unknown_field();
        problem.file = "a,b:c.yaml".to_owned();
        problem.message = "100% wrong\nreally".to_owned();
        assert_eq!(
            github(&[problem]),
            "::error file=a%2Cb%3Ac.yaml,line=2,col=3,endColumn=10,title=OP204::100%25 wrong%0Areally (record: svs-paper)%0Adid you mean `journal`?\n"
        );
    }
}
