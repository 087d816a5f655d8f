//! What a file holds beside what it shows.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::allow::{Allows, one_line};
use super::text::{Finding, Identifier, identifiers};
use crate::diagnostic::{Code, Diagnostic, Places, Span, code};
use crate::portfolio::fold;

/// Something that a published file holds and its author may not know of; kept between builds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Trace {
    /// The id of its code.
    code: String,
    /// What follows the name of the file in the message.
    message: String,
    help: String,
    /// What an entry of `allow:` can name.
    text: String,
    /// The bytes of `text` that such an entry must cover.
    core: Range<usize>,
    /// Line, column and length, in a file of plain text.
    place: Option<(usize, usize, usize)>,
    /// Whether it is no secret when it is the owner's own name.
    is_name: bool,
}

impl Trace {
    /// A trace that an entry of `allow:` silences by the whole of `text`.
    pub(super) fn new(code: &'static Code, message: impl Into<String>, text: &str, help: impl Into<String>) -> Self {
        let text = one_line(text);
        let core = 0..text.len();
        Self {
            code: code.id.to_owned(),
            message: message.into(),
            help: help.into(),
            text,
            core,
            place: None,
            is_name: false,
        }
    }

    /// Marks it as a name, which is no secret when it is the owner's.
    pub(super) fn of_a_name(mut self) -> Self {
        self.is_name = true;
        self
    }

    /// What looks like an identifier in a text; `whereabouts` says where in the file it stands.
    pub(super) fn identifiers(text: &str, whereabouts: &str, with_place: bool) -> Vec<Self> {
        let mut places = Places::new(text);
        let found = identifiers(text).into_iter().map(|finding| {
            let span = with_place.then(|| places.span(finding.range.start, finding.range.end));
            Self::identifier(text, &finding, whereabouts, span)
        });
        found.collect()
    }

    fn identifier(text: &str, finding: &Finding, whereabouts: &str, span: Option<Span>) -> Self {
        Self::found(finding.what, &text[finding.range.clone()], whereabouts, span)
    }

    /// What looks like an identifier, in its words.
    pub(super) fn found(what: Identifier, words: &str, whereabouts: &str, span: Option<Span>) -> Self {
        let words = one_line(words);
        Self {
            message: format!("has `{words}`{whereabouts}, which looks like {}", what.words()),
            place: span.map(|span| (span.line, span.column, span.end_column - span.column)),
            ..Self::new(&code::PATIENT_IDENTIFIER, "", &words, "take it out of the file and put the new one here")
        }
    }

    /// Says that something else than the author's own hand can take it out as well.
    pub(super) fn or_clean(mut self, help: &str) -> Self {
        help.clone_into(&mut self.help);
        self
    }

    /// Says that it was found in a part of the file, as in an archive.
    pub(super) fn inside(mut self, part: &str) -> Self {
        self.message = format!("holds `{part}`, which {}", self.message);
        self
    }

    /// Returns what it says of a file.
    pub(super) fn words(&self, path: &str) -> String {
        format!("`{path}` {}", self.message)
    }

    /// Returns what to report of a file, unless the owner allows it.
    pub(super) fn judged(&self, path: &str, allows: &Allows, owner: &[String]) -> Option<Diagnostic> {
        let found = code::find(&self.code)?;
        if self.is_name && owner.iter().any(|name| fold(name) == fold(&self.text)) {
            return None;
        }
        let may_be_allowed = found.id != code::DICOM_FILE.id && !self.text.is_empty();
        if may_be_allowed && allows.has(&self.text, &self.core) {
            return None;
        }
        let mut help = self.help.clone();
        if may_be_allowed {
            let quote = if self.text.contains('"') { '\'' } else { '"' };
            help = format!(
                "{help}; if it may be seen, put `{{text: {quote}{}{quote}, reason: …}}` under `allow:` in site.yaml",
                self.text
            );
        }
        let span = self.place.map(|(line, column, length)| Span::new(line, column, length));
        Some(Diagnostic::new(found, path, self.words(path)).at(span).help(help))
    }
}
