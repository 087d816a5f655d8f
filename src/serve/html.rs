//! The little HTML that the preview writes itself.

use std::fmt::Write as _;

use crate::diagnostic::{Diagnostic, Severity};
use crate::exchange::html::escape;

/// Returns an address with what cannot stand in one escaped; `/` stays.
pub(super) fn address(path: &str) -> String {
    let mut address = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/!$()*+,;=:@".contains(&byte) {
            address.push(char::from(byte));
        } else {
            let _ = write!(address, "%{byte:02X}");
        }
    }
    address
}

/// How the author's editor is asked for: the token that proves the button is the preview's own.
#[derive(Debug, Clone, Default)]
pub(super) struct Opener {
    /// Nothing where there is no editor with a window of its own.
    pub token: Option<String>,
}

impl Opener {
    /// Returns a button that opens a file at a line; where no editor can be had, the place in words.
    pub(super) fn button(&self, file: &str, line: usize) -> String {
        let file = escape(file);
        let Some(token) = &self.token else { return format!("<code>{file}:{line}</code>") };
        format!(
            "<form method=\"post\" action=\"/_offprint/open\"><input type=\"hidden\" name=\"token\" value=\"{token}\">\
             <input type=\"hidden\" name=\"file\" value=\"{file}\"><input type=\"hidden\" name=\"line\" value=\"{line}\">\
             <button>Open {file}:{line}</button></form>"
        )
    }
}

/// Returns a count with its word: `1 error`, `2 errors`.
pub(super) fn count(number: usize, word: &str) -> String {
    format!("{number} {word}{}", if number == 1 { "" } else { "s" })
}

/// Returns problems as list items, each drawn as the terminal draws it.
pub(super) fn problems<'a>(list: impl Iterator<Item = (&'a Diagnostic, String)>, opener: &Opener) -> String {
    let item = |(problem, drawn): (&Diagnostic, String)| {
        let line = problem.span.map_or(1, |span| span.line);
        let class = match problem.severity() {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        // The drawing names the place already.
        let button = opener.token.as_ref().map(|_| opener.button(&problem.file, line)).unwrap_or_default();
        format!("<li class=\"problem-{class}\"><pre>{}</pre>{button}</li>\n", escape(drawn.trim_end()))
    };
    list.map(item).collect()
}
