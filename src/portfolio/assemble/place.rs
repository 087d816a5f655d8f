//! Where a record stands, and diagnostics about it.

use crate::diagnostic::{Code, Diagnostic};
use crate::record::Text;
use crate::source::{Origin, Sources};

/// A record in the user's files: what a diagnostic about it needs to know.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) sources: &'a Sources,
    pub(super) origin: &'a Origin,
    /// The record's id; empty for `site.yaml` and pages.
    pub(super) id: &'a str,
    /// Fields whose faults are already reported.
    pub(super) faulty: &'a [String],
}

impl Place<'_> {
    /// Starts a diagnostic at a field of the record, or at the record itself (`""`).
    pub(super) fn diagnostic(&self, code: &'static Code, field: &str, message: impl Into<String>) -> Diagnostic {
        let diagnostic = self.sources.diagnose(code, self.origin, field, message);
        if self.id.is_empty() { diagnostic } else { diagnostic.record(self.sources.called(self.origin, self.id)) }
    }

    /// Returns the path of an item of a list; of the field itself where a single text stands for the list.
    pub(super) fn item(&self, field: &str, at: usize) -> String {
        let item = format!("{field}[{at}]");
        let written_alone =
            at == 0 && self.sources.span(self.origin, &item) == self.sources.key_span(self.origin, field);
        if written_alone { field.to_owned() } else { item }
    }

    /// Tells whether a field, a part of it or what it is a part of was written but could not be read.
    pub(super) fn is_faulty(&self, field: &str) -> bool {
        let within = |outer: &str, inner: &str| {
            inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
        };
        self.faulty.iter().any(|faulty| faulty.is_empty() || within(field, faulty) || within(faulty, field))
    }
}

/// Returns the text of a field without white space around it; `None` when nothing is left.
pub(super) fn text(field: Option<Text>) -> Option<String> {
    let text = field?.0;
    let trimmed = text.trim();
    if trimmed.len() == text.len() {
        return (!text.is_empty()).then_some(text);
    }
    (!trimmed.is_empty()).then(|| trimmed.to_owned())
}

/// Returns the known word that is most like the one written, when one is like it.
pub(super) fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let written = written.to_lowercase();
    let scored = known.into_iter().map(|word| (strsim::jaro_winkler(&written, &word.to_lowercase()), word));
    let best = scored.fold(None::<(f64, &str)>, |best, next| match best {
        Some(best) if best.0 >= next.0 => Some(best),
        _ => Some(next),
    });
    best.filter(|(score, _)| *score > 0.8).map(|(_, word)| word)
}
