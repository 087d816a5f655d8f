//! YAML text → `serde_yaml::Value`, fault by fault.
//!
//! Takes the text of a file; gives its values, the problems of its syntax, and on demand the
//! place of every key and value. One slip never hides the rest of a list: each record is read
//! alone, and a record with a slip is read again without the line at fault.

mod build;
mod list;
mod mend;
mod places;
mod scalar;
mod shape;
mod slip;

pub(crate) use list::record_name;
pub use list::{IsKnown, Item, Listing};
pub(in crate::source) use list::{Layout, list, shorten};
pub use places::Step;
pub(in crate::source) use places::{Node, Parts, steps};
pub(crate) use scalar::is_invisible;

use serde_yaml::Value;

use crate::diagnostic::Diagnostic;
use build::{Reader, Stop};

/// One value as read, and what was wrong with its text.
#[derive(Debug, Default)]
pub struct Document {
    /// The value; `None` when the text holds none, or none that can be read.
    pub value: Option<Value>,
    /// Keys whose lines had to be passed over, as paths (`title`, `authors`).
    pub faulty: Vec<String>,
    /// The text that was read in the end: as long, line by line, as the user's, with the lines
    /// at fault blank.
    pub(in crate::source) mended: Option<String>,
    /// Whether the text could not be read at all, mended or not.
    pub unreadable: bool,
}

/// Reads a text that holds one value (a map, say); `first_line` is the line before it in its file.
///
/// Problems are pushed to `diagnostics` with places in `file`.
pub(in crate::source) fn document(
    diagnostics: &mut Vec<Diagnostic>,
    file: &str,
    text: &str,
    lines_before: usize,
) -> Document {
    match Reader::new(file, text, lines_before).of_map().read() {
        Err(Stop::Limit(limit)) => {
            diagnostics.push(*limit);
            Document { unreadable: true, ..Document::default() }
        }
        Ok(read) => mend::finish(diagnostics, read, Vec::new(), None),
        Err(Stop::Syntax(_)) => mend::read_mending(diagnostics, file, text, lines_before, None),
    }
}

/// Returns the places of all keys and values of a text that can be read.
fn places(text: &str, lines_before: usize) -> Option<Node> {
    let mut reader = Reader::new("", text, lines_before).with_places();
    reader.read().ok().and_then(|read| read.node)
}

#[cfg(test)]
mod tests;
