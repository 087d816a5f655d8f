//! Reads a text again and again, each time without the line of the slip found last.

use serde_yaml::Value;

use super::build::{Read, Reader, Stop};
use super::{Document, slip};
use crate::diagnostic::{Diagnostic, code};

/// How often a text is read again; a long one less often, so that time stays bounded.
fn attempts(text: &str) -> usize {
    match text.len() {
        0..=20_000 => 25,
        20_001..=400_000 => 8,
        _ => 1,
    }
}

/// Reads a text, reporting every slip that can be told apart.
///
/// `mended` is what an earlier step has already passed over, with the keys that were lost.
pub(super) fn read_mending(
    diagnostics: &mut Vec<Diagnostic>,
    file: &str,
    text: &str,
    lines_before: usize,
    mended: Option<(String, Vec<String>)>,
) -> Document {
    let (mut mended, mut faulty) = mended.map_or((None, Vec::new()), |(text, keys)| (Some(text), keys));
    let mut run: Option<Diagnostic> = None;
    for _ in 0..attempts(text) {
        let current = mended.as_deref().unwrap_or(text);
        let stop = match Reader::new(file, current, lines_before).read() {
            Ok(read) => return finish(diagnostics, read, faulty, mended),
            Err(stop) => stop,
        };
        let (diagnostic, line) = match stop {
            Stop::Limit(diagnostic) => (*diagnostic, None),
            Stop::Syntax(fault) => slip::explain(file, current, lines_before, &fault),
        };
        let new = diagnostics.last() != Some(&diagnostic);
        let told_above = run.as_ref().is_some_and(|above| goes_on(above, &diagnostic));
        run = Some(diagnostic.clone());
        if new && !told_above {
            diagnostics.push(diagnostic);
        }
        let Some((next, key)) = line.filter(|_| new).and_then(|line| without_line(current, line)) else { break };
        faulty.extend(key);
        mended = Some(next);
    }
    Document { value: None, faulty, mended: None, unreadable: true }
}

/// Tells whether a slip is that of the line above again, as where all fields stand too far in.
fn goes_on(above: &Diagnostic, this: &Diagnostic) -> bool {
    let line = |of: &Diagnostic| of.span.map(|span| span.line);
    let (this_field, above_field) = (this.message.starts_with("the text of"), above.message.starts_with("the text of"));
    let same = above.message == this.message || (this_field && above_field);
    let below = line(above).is_some_and(|at| line(this) == Some(at + 1));
    same && below && above.code == &code::INDENTATION && this.fix.is_none()
}

pub(super) fn finish(
    diagnostics: &mut Vec<Diagnostic>,
    read: Read,
    faulty: Vec<String>,
    mended: Option<String>,
) -> Document {
    let unreadable = mended.is_some() && read.value.as_ref().is_none_or(is_hollow);
    diagnostics.extend(read.faults);
    Document { value: read.value, faulty, mended, unreadable }
}

fn is_hollow(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Sequence(items) => items.iter().all(Value::is_null),
        _ => false,
    }
}

/// Blanks one line (from 0) and the lines that belong to it; gives the path of the field that is lost.
///
/// The `- ` that begins a record stays. `None` when nothing is left to blank.
pub(super) fn without_line(text: &str, line: usize) -> Option<(String, Option<String>)> {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let at_fault = *lines.get(line)?;
    let content = at_fault.trim_end();
    let mut indent = content.len() - content.trim_start_matches([' ', '\t']).len();
    let mut keep = 0;
    let mut rest = content.get(indent..)?;
    if line == 0 && rest.starts_with('-') {
        keep = indent + 1;
        let after = rest.get(1..)?.trim_start();
        indent = (content.len() - after.len()).max(keep + 1);
        rest = after;
    }
    if rest.is_empty() {
        return None;
    }
    if content.starts_with('\t') {
        // A tab is no depth in YAML, so nothing below can belong to such a line.
        indent = usize::MAX;
    }
    let field = field_of(&lines, line, key_of(rest).or_else(|| first_word(rest)));
    // What is no deeper than the record's own fields belongs to the record, not to a line that lies further out.
    let indent = indent.max(fields_column(lines.first()?));
    let mut mended = String::with_capacity(text.len());
    for (index, old) in lines.iter().enumerate() {
        if index == line {
            mended.push_str(&blank(old, keep));
        } else if index > line && mended_block_continues(old, indent, rest) {
            mended.push_str(&blank(old, 0));
        } else {
            if index > line {
                mended.extend(lines.iter().skip(index).copied());
                break;
            }
            mended.push_str(old);
        }
    }
    Some((mended, field))
}

/// Returns the column, from 0, at which the fields of a record stand whose first line this is.
fn fields_column(first: &str) -> usize {
    let content = first.trim_start_matches(' ');
    match content.strip_prefix("- ") {
        Some(rest) => first.len() - rest.trim_start().len(),
        None => 0,
    }
}

/// Returns the path of the field that a line belongs to (`person.name`), by the indentation of the lines above it.
fn field_of(lines: &[&str], line: usize, key: Option<String>) -> Option<String> {
    let mut path: Vec<String> = key.into_iter().collect();
    let (mut own, mut is_item) = depth(lines.get(line)?);
    for above in lines[..line].iter().rev() {
        let content = above.trim();
        if content.is_empty() || content.starts_with('#') {
            continue;
        }
        let (dash, item) = depth(above);
        let column = above.len() - above.trim_start_matches([' ', '\t', '-']).len();
        if (column < own || (column == own && is_item && !item))
            && let Some(parent) = key_of(content).filter(|_| content.ends_with(':'))
        {
            path.push(parent);
            (own, is_item) = (dash, item);
        }
        if own == 0 && !is_item {
            break;
        }
    }
    path.reverse();
    (!path.is_empty()).then(|| path.join("."))
}

/// Returns the blanks before a line's content, and whether it begins a list item.
fn depth(line: &str) -> (usize, bool) {
    let content = line.trim_start_matches([' ', '\t']);
    (line.len() - content.len(), content.starts_with("- "))
}

fn mended_block_continues(line: &str, indent: usize, first: &str) -> bool {
    let content = line.trim_end();
    let own = content.len() - content.trim_start_matches([' ', '\t']).len();
    let is_item = |text: &str| text == "-" || text.starts_with("- ");
    content.is_empty() || own > indent || (own == indent && own > 0 && is_item(&content[own..]) && !is_item(first))
}

/// Replaces all characters of a line but the first `keep` bytes and its end by blanks.
fn blank(line: &str, keep: usize) -> String {
    let content = line.trim_end_matches(['\n', '\r']);
    let (kept, gone) = content.split_at(keep.min(content.len()));
    let mut blank = kept.to_owned();
    blank.extend(gone.chars().map(|_| ' '));
    blank.push_str(&line[content.len()..]);
    blank
}

/// Returns the word that a line begins with, which is a field's name where its colon was left out.
fn first_word(content: &str) -> Option<String> {
    let word = content.split([' ', '=', '：']).next()?;
    (!word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')).then(|| word.to_owned())
}

/// Returns the word before the first colon, if a line begins with one.
pub(super) fn key_of(content: &str) -> Option<String> {
    let (key, _) = content.trim_start_matches("- ").trim_start().split_once(':')?;
    let key = key.trim().trim_matches(['"', '\'']);
    (!key.is_empty() && key.len() < 40 && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_'))
        .then(|| key.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_at_fault_is_blanked_with_what_hangs_on_it() {
        let text = "- title: A: b\n    more\n  date: 2025\n";
        let (mended, key) = without_line(text, 0).expect("mended");
        assert_eq!(mended, "-            \n        \n  date: 2025\n");
        assert_eq!(key.as_deref(), Some("title"));
        let (mended, _) = without_line("- a: 1\n  b: *x y\n  - item\n  c: 2\n", 1).expect("mended");
        assert_eq!(mended, "- a: 1\n         \n        \n  c: 2\n");
        assert_eq!(without_line("- \n", 0), None);
    }

    #[test]
    fn a_line_at_fault_is_known_by_its_path() {
        let field = |text: &str, line| without_line(text, line).and_then(|(_, field)| field);
        let site = "person:\n  name: \"Priya\n  # x\n  ids: {a: b}\nthreads:\n- {id: a}\n- {id: *b}\n";
        assert_eq!(field(site, 1).as_deref(), Some("person.name"));
        assert_eq!(field(site, 6).as_deref(), Some("threads"));
        let record = "- title: A\n  authors:\n    - *Rao P\n  date: [2025\n";
        assert_eq!(field(record, 2).as_deref(), Some("authors"));
        assert_eq!(field(record, 3).as_deref(), Some("date"));
    }
}
