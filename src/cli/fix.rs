//! `offprint check --fix`: the corrections that diagnostics carry, made in the user's files.

use std::collections::BTreeMap;
use std::fs;
use std::ops::Range;
use std::path::Path;

use anyhow::Context;

use super::files;
use crate::diagnostic::{Diagnostic, Span};
use crate::source::Sources;

/// Makes every correction whose place is still as it was read; returns a line on each.
///
/// A file is replaced in one step, with its line ends, its permissions and every other byte
/// kept. Of corrections that overlap the first is made; the next round sees the rest.
///
/// # Errors
/// When a file cannot be read or written.
pub(super) fn apply<'a>(
    root: &Path,
    sources: &Sources,
    diagnostics: impl Iterator<Item = &'a Diagnostic>,
) -> anyhow::Result<Vec<String>> {
    let root = fs::canonicalize(root).with_context(|| format!("cannot read {}", root.display()))?;
    let mut by_file: BTreeMap<&str, Vec<(Span, &str)>> = BTreeMap::new();
    for diagnostic in diagnostics {
        if let (Some(span), Some(fix)) = (diagnostic.span, &diagnostic.fix) {
            by_file.entry(&diagnostic.file).or_default().push((span, fix));
        }
    }
    let mut lines = Vec::new();
    for (file, fixes) in by_file {
        // A link may lead out of the site, and files there are not the site's to change.
        let Some(path) = fs::canonicalize(root.join(file)).ok().filter(|path| path.starts_with(&root)) else {
            continue;
        };
        let old = fs::read_to_string(&path).with_context(|| format!("cannot read {file}"))?;
        let (mark, body) = old.strip_prefix('\u{feff}').map_or(("", old.as_str()), |body| ("\u{feff}", body));
        if sources.text(file).is_none_or(|read| read.trim_start_matches('\u{feff}') != body) {
            continue;
        }
        let (new, made) = correct(body, &fixes);
        if made.is_empty() {
            continue;
        }
        files::replace(&path, format!("{mark}{new}").as_bytes()).with_context(|| format!("cannot write {file}"))?;
        lines.extend(made.into_iter().map(|(line, from, to)| format!("{file}:{line}: `{from}` is now `{to}`")));
    }
    Ok(lines)
}

/// A correction made: line, old words, new words.
type Made = (usize, String, String);

fn correct(text: &str, fixes: &[(Span, &str)]) -> (String, Vec<Made>) {
    let mut places: Vec<(Range<usize>, Span, &str)> =
        fixes.iter().filter_map(|(span, fix)| Some((span.bytes_in(text)?, *span, *fix))).collect();
    places.sort_by_key(|(range, ..)| (range.start, range.end));
    let mut new = String::with_capacity(text.len());
    let mut made = Vec::new();
    let mut done = 0;
    for (range, span, fix) in places {
        if range.start < done || text[range.clone()] == *fix {
            continue;
        }
        let old = &text[range.clone()];
        let fix = in_the_quotes_of(old, fix);
        new.push_str(&text[done..range.start]);
        new.push_str(&fix);
        done = range.end;
        made.push((span.line, old.to_owned(), fix));
    }
    new.push_str(&text[done..]);
    (new, made)
}

/// Keeps the quotes around a word that is replaced by another one.
fn in_the_quotes_of(old: &str, fix: &str) -> String {
    let quote = ['"', '\''].into_iter().find(|quote| old.len() > 1 && old.starts_with(*quote) && old.ends_with(*quote));
    match quote {
        Some(quote) if !fix.contains(['"', '\'', '\\', '[', '{']) => format!("{quote}{fix}{quote}"),
        _ => fix.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn corrections_change_their_place_and_nothing_else() {
        let text = "- jounral: Radiology\r\n  title: “Spine”\r\n";
        let fixes = [(Span::new(2, 10, 7), "\"Spine\""), (Span::new(1, 3, 7), "journal")];
        let (new, made) = correct(text, &fixes);
        assert_eq!(new, "- journal: Radiology\r\n  title: \"Spine\"\r\n");
        assert_eq!(made[1], (2, "“Spine”".to_owned(), "\"Spine\"".to_owned()));
    }

    #[test]
    fn a_word_in_quotes_stays_in_quotes() {
        let (new, _) = correct("{\"jounral\":\"A\"}", &[(Span::new(1, 2, 9), "journal")]);
        assert_eq!(new, "{\"journal\":\"A\"}");
    }

    #[test]
    fn of_corrections_that_overlap_only_the_first_is_made() {
        let (new, made) = correct("abcdef", &[(Span::new(1, 1, 3), "x"), (Span::new(1, 2, 3), "y")]);
        assert_eq!((new.as_str(), made.len()), ("xdef", 1));
    }

    #[test]
    fn a_place_that_the_text_does_not_have_is_left_alone() {
        for span in [Span::new(3, 1, 1), Span::new(1, 6, 9), Span::new(1, 0, 1)] {
            assert_eq!(span.bytes_in("short\nline"), None, "{span:?}");
        }
        assert_eq!(Span::new(1, 4, 1).bytes_in("é: x\n"), Some(4..5));
    }
}
