//! Splits a Markdown page into front matter and body.

use std::ops::Range;

/// The parts of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Split {
    /// The text between the `---` lines; it begins in line 2. `None` when there is no front matter.
    pub(super) matter: Option<Range<usize>>,
    /// Where the Markdown begins.
    pub(super) body: usize,
    /// Lines before the Markdown.
    pub(super) lines_before_body: usize,
    /// Whether front matter begins and is never closed.
    pub(super) unclosed: bool,
}

/// Finds the front matter of a page: from a first line `---` to the next line `---` or `...`.
///
/// A first line `---` with no second one is a rule of Markdown, unless a field follows it.
pub(super) fn split(text: &str) -> Split {
    let whole = Split { matter: None, body: 0, lines_before_body: 0, unclosed: false };
    let mut lines = text.split_inclusive('\n');
    let Some(first) = lines.next().filter(|line| line.trim_end() == "---") else { return whole };
    let mut at = first.len();
    for (number, line) in lines.enumerate() {
        if matches!(line.trim_end(), "---" | "...") {
            return Split {
                matter: Some(first.len()..at),
                body: at + line.len(),
                lines_before_body: number + 2,
                unclosed: false,
            };
        }
        at += line.len();
    }
    let next = text.get(first.len()..).and_then(|rest| rest.lines().next()).unwrap_or_default();
    let field =
        next.split_once(':').is_some_and(|(key, _)| key.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'));
    Split { unclosed: field, ..whole }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_is_what_stands_between_two_lines_of_dashes() {
        let text = "---\r\ntitle: About\r\n---\r\n# Hello\r\n";
        let split = split(text);
        assert_eq!(&text[split.matter.expect("matter")], "title: About\r\n");
        assert_eq!(&text[split.body..], "# Hello\r\n");
        assert_eq!(split.lines_before_body, 3);
    }

    #[test]
    fn a_rule_at_the_head_of_a_page_is_no_front_matter() {
        assert_eq!(split("---\n\nHello\n").matter, None);
        assert!(!split("---\n\nHello\n").unclosed);
        assert!(split("---\ntitle: About\n\nHello\n").unclosed);
        assert_eq!(split("Hello\n---\n").body, 0);
    }
}
