//! The commonest slips of YAML, in a physician's words.

use granit_parser::Span as RawSpan;

use super::build::Fault;
use crate::diagnostic::{Diagnostic, Span, code};

/// Says what is wrong where the parser stopped, and which line (from 0) to pass over.
pub(super) fn explain(file: &str, text: &str, lines_before: usize, fault: &Fault) -> (Diagnostic, Option<usize>) {
    let line = fault.at.line().saturating_sub(1).min(text.lines().count().saturating_sub(1));
    let span = Span::new(line + 1 + lines_before, fault.at.col() + 1, 1);
    let diagnostic = Diagnostic::new(&code::YAML_SYNTAX, file, "this line cannot be read")
        .at(span)
        .label("reading stopped here")
        .help("look at the quotes, colons and indentation of this line and of the one before");
    (diagnostic, Some(line))
}

/// Reports ` #` after a plain scalar where it cuts off words rather than begins a comment.
pub(super) fn hash_behind(_file: &str, _text: &str, _span: RawSpan, _lines_before: usize) -> Option<Diagnostic> {
    None
}

/// Reports `&` at the start of a text.
pub(super) fn ampersand(file: &str, _text: &str, span: Span, _lines_before: usize) -> Diagnostic {
    Diagnostic::new(&code::SIGN_AT_START, file, "a text cannot begin with `&` unless it is in quotes")
        .at(span)
        .help("put the whole text in double quotes")
}
