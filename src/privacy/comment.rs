//! Comments in a page's Markdown, which nobody is shown.
//!
//! A comment is one by the rules of CommonMark 0.31 (HTML blocks of kind 2, inline HTML) and by
//! those of HTML, where `<!-->` and `--!>` end one. Where it takes more than the line to tell, as
//! behind a code span, it is taken for words that are shown: a finding too many does no harm.

use std::ops::Range;

const OPENING: &str = "<!--";
/// What may make a `<!--` behind it in one paragraph something else than a comment.
const UNCLEAR: [char; 4] = ['`', '\\', '[', '$'];

/// Returns the bytes of each comment, in the order of the text.
pub(super) fn comments(body: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    if !body.contains(OPENING) {
        return found;
    }
    let mut fence: Option<Fence> = None;
    let mut paragraph = Paragraph::default();
    let mut at = 0;
    while at < body.len() {
        let end = line_end(body, at);
        let line = &body[at..end];
        let mark = Fence::of(line);
        if mark.as_ref().is_some_and(|mark| !mark.is_plain) {
            // Where a fence in a list or a quotation ends depends on what is around it.
            break;
        }
        if let Some(open) = &fence {
            if mark.is_some_and(|mark| mark.closes(open)) {
                fence = None;
            }
            at = end;
            continue;
        }
        if mark.is_some() {
            (fence, paragraph) = (mark, Paragraph::default());
            at = end;
            continue;
        }
        let words = line.trim_start_matches(' ');
        let indent = line.len() - words.len();
        if words.trim().is_empty() {
            paragraph = Paragraph::default();
        } else if words.starts_with(OPENING) && indent < 4 && !paragraph.in_tag {
            let start = at + indent;
            let Some(length) = length(&body[start..]) else { break };
            found.push(start..start + length);
            at = line_end(body, start + length - 1);
            continue;
        } else if indent < 4 && !words.starts_with('\t') {
            paragraph.inline(line, at, &mut found);
        }
        at = end;
    }
    found
}

/// Tells whether a part of the text stands in one of its comments.
pub(super) fn holds(comments: &[Range<usize>], part: &Range<usize>) -> bool {
    let next = comments.partition_point(|comment| comment.start <= part.start);
    next.checked_sub(1).is_some_and(|at| part.end <= comments[at].end)
}

/// Length of the comment at the start of a text, as browsers take it.
fn length(text: &str) -> Option<usize> {
    let plain = text.get(2..)?.find("-->").map(|at| at + 5);
    let odd = text.find("--!>").map(|at| at + 4);
    plain.map(|plain| odd.map_or(plain, |odd| odd.min(plain)))
}

fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |length| at + length + 1)
}

/// What was read of a paragraph.
#[derive(Debug, Default)]
struct Paragraph {
    is_unclear: bool,
    /// Whether a `<` is open.
    in_tag: bool,
}

impl Paragraph {
    fn pass(&mut self, text: &str) {
        self.is_unclear |= text.contains(UNCLEAR);
        if let Some(last) = text.rfind(['<', '>']) {
            self.in_tag = text[last..].starts_with('<');
        }
    }

    /// Finds the comments within one line of a paragraph.
    fn inline(&mut self, line: &str, offset: usize, found: &mut Vec<Range<usize>>) {
        let mut at = 0;
        while let Some(start) = line[at..].find(OPENING).map(|start| at + start) {
            self.pass(&line[at..start]);
            let length = length(&line[start..]).filter(|_| !self.is_unclear && !self.in_tag && !line.contains('|'));
            let Some(length) = length else {
                at = start;
                break;
            };
            found.push(offset + start..offset + start + length);
            at = start + length;
        }
        self.pass(&line[at..]);
    }
}

/// A line of backticks or tildes that opens or closes a block of code.
#[derive(Debug)]
struct Fence {
    mark: char,
    length: usize,
    /// Whether nothing but the mark stands on the line.
    is_bare: bool,
    /// Whether it belongs to no list and no quotation.
    is_plain: bool,
}

impl Fence {
    fn of(line: &str) -> Option<Self> {
        let is_container =
            |letter: char| letter.is_whitespace() || letter.is_ascii_digit() || ">-+*.)".contains(letter);
        let words = line.trim_start_matches(is_container);
        let mark = words.chars().next().filter(|mark| matches!(mark, '`' | '~'))?;
        let rest = words.trim_start_matches(mark);
        let length = words.len() - rest.len();
        let before = &line[..line.len() - words.len()];
        let is_plain = before.len() < 4 && before.trim_matches(' ').is_empty();
        let is_code_span = mark == '`' && rest.contains('`');
        (length >= 3 && !is_code_span).then(|| Self { mark, length, is_bare: rest.trim().is_empty(), is_plain })
    }

    fn closes(&self, open: &Self) -> bool {
        self.mark == open.mark && self.length >= open.length && self.is_bare
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hidden(body: &str) -> bool {
        let at = body.find("MRN").expect("a number");
        holds(&comments(body), &(at..at + 3))
    }

    #[test]
    fn what_a_reader_never_sees_is_a_comment() {
        for body in [
            "<!-- MRN 1 -->",
            "A\n\n  <!-- a\n\n`MRN` 1\n-->\nB",
            "Words <!-- MRN 1 --> and more",
            "```\ncode\n```\n<!-- MRN -->",
            "a <!-- b --> c <!-- MRN -->",
            "`a`\n\n<!-- MRN -->",
        ] {
            assert!(hidden(body), "{body}");
        }
    }

    #[test]
    fn what_a_reader_sees_is_none() {
        for body in [
            "<!--> MRN 1 -->",
            "<!---> MRN 1 -->",
            "<!-- a --!> MRN 1 -->",
            "`<!--` MRN 1 and `-->`",
            "\\<!-- MRN 1 -->",
            "```\n<!-- MRN 1 -->\n```",
            "- ```\n  <!-- MRN 1 -->\n  ```",
            "    <!-- MRN 1 -->",
            "<!-- never closed MRN 1",
            "a <!-- b\n\nMRN 1 -->",
            "[a](<!-- MRN -->)",
            "<!-- a --> MRN 1 <!-- b -->",
            "| <!-- | MRN 1 | --> |\n|-|-|-|",
        ] {
            assert!(!hidden(body), "{body}");
        }
    }
}
