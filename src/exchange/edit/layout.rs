//! Where a list file takes new records, and in what form.

use super::write::{self, Style};
use crate::exchange::draft::Draft;

/// The form of a list file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Layout {
    /// Where new records go, in bytes.
    at: usize,
    style: Style,
    /// The line end of the file.
    end: &'static str,
    /// Whether a blank line stands between records.
    apart: bool,
    /// What follows the last record of a list in brackets: a comma where none stands yet.
    comma: Option<usize>,
    /// Whether the list has records.
    filled: bool,
}

impl Layout {
    /// Finds the form; `None` when the text is no list.
    pub(super) fn find(text: &str) -> Option<Self> {
        let end = line_end(text);
        let mut first = None;
        let mut items: Vec<(usize, &str)> = Vec::new();
        let mut stop = text.len();
        for (at, line) in lines(text) {
            let line = if at == 0 { line.trim_start_matches('\u{feff}') } else { line };
            let bare = line.trim_start_matches(' ');
            if bare.is_empty() || bare.starts_with('#') || (first.is_none() && bare.starts_with('%')) {
                continue;
            }
            if line.starts_with("...") {
                stop = at;
                break;
            }
            if let Some(rest) = line.strip_prefix("---") {
                // What follows a second mark is another list.
                if first.is_some() {
                    return None;
                }
                if rest.trim().is_empty() || rest.trim_start().starts_with('#') {
                    continue;
                }
                return None;
            }
            let indent = line.len() - line.trim_start_matches(' ').len();
            match first {
                None => {
                    first = Some(indent);
                    if bare.starts_with('[') {
                        return Self::in_brackets(text, at + text[at..].find('[')?, end);
                    }
                    if !is_dash(bare) {
                        return None;
                    }
                    items.push((at, line));
                }
                Some(first) if indent == first && is_dash(bare) => items.push((at, line)),
                Some(_) => {}
            }
        }
        let style = match items.last() {
            Some((_, line)) => style_of(line),
            None => Style { indent: String::new(), dash: "- ".to_owned(), flow: false },
        };
        let apart = items.is_empty()
            || (items.len() > 1
                && items.iter().skip(1).filter(|(at, _)| blank_before(text, *at)).count() * 2 >= items.len() - 1);
        Some(Self { at: stop, style, end, apart: apart || items.len() == 1, comma: None, filled: !items.is_empty() })
    }

    fn in_brackets(text: &str, open: usize, end: &'static str) -> Option<Self> {
        let (close, last) = closing(text, open)?;
        let filled = last > open;
        let needs_comma = filled && !text[last..].starts_with(',');
        let comma = needs_comma.then(|| text[last..].chars().next().map_or(last, |letter| last + letter.len_utf8()));
        // After the comment that may stand behind the last record.
        let style = Style { indent: "  ".to_owned(), dash: String::new(), flow: true };
        Some(Self { at: close, style, end, apart: false, comma, filled })
    }

    /// Returns the text with the records in their place.
    pub(super) fn insert(&self, text: &str, drafts: &[Draft]) -> String {
        let mut added: Vec<String> = Vec::new();
        for (number, draft) in drafts.iter().enumerate() {
            let mut lines = write::record(draft, &self.style);
            if self.style.flow && number + 1 < drafts.len() {
                lines.last_mut().into_iter().for_each(|line| line.push(','));
            }
            if self.apart && (self.filled || number > 0) {
                added.push(String::new());
            }
            added.extend(lines);
        }
        let before = &text[..self.at];
        let after = &text[self.at..];
        let mut new = String::with_capacity(text.len() + added.iter().map(|line| line.len() + 2).sum::<usize>() + 8);
        match self.comma {
            Some(comma) => {
                new.push_str(&before[..comma]);
                new.push(',');
                new.push_str(&before[comma..]);
            }
            None => new.push_str(before),
        }
        let open_line = !new.is_empty() && !new.ends_with(['\n', '\r']) && new != "\u{feff}";
        if open_line {
            new.push_str(self.end);
        }
        if added.first().is_some_and(String::is_empty) && (ends_blank(&new) || !self.filled) {
            added.remove(0);
        }
        new.push_str(&added.join(self.end));
        // A file without a last line end goes on having none.
        if self.style.flow || !after.is_empty() || !open_line {
            new.push_str(self.end);
        }
        new.push_str(after);
        new
    }
}

/// The lines of a text with their places, without their ends.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split_inclusive(['\n', '\r']).filter_map(move |line| {
        let start = at;
        at += line.len();
        let bare = line.trim_end_matches(['\n', '\r']);
        // The second half of `\r\n` is no line.
        (line != "\n" || !text[..start].ends_with('\r')).then_some((start, bare))
    })
}

pub(super) fn line_end(text: &str) -> &'static str {
    let pairs = text.matches("\r\n").count();
    let feeds = text.matches('\n').count();
    if pairs > 0 && pairs * 2 >= feeds {
        "\r\n"
    } else if feeds == 0 && text.contains('\r') {
        "\r"
    } else {
        "\n"
    }
}

fn is_dash(line: &str) -> bool {
    line == "-" || line.starts_with("- ") || line.starts_with("-\t")
}

fn style_of(line: &str) -> Style {
    let line = line.trim_start_matches('\u{feff}');
    let indent = line.len() - line.trim_start_matches(' ').len();
    let rest = &line[indent + 1..];
    let spaces = rest.len() - rest.trim_start_matches(' ').len();
    let spaces = if rest.trim().is_empty() { 1 } else { spaces.clamp(1, 8) };
    Style { indent: " ".repeat(indent), dash: format!("-{}", " ".repeat(spaces)), flow: false }
}

fn blank_before(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end_matches([' ', '\t']);
    let mut ends = 0;
    let mut rest = before;
    while let Some(shorter) =
        rest.strip_suffix("\r\n").or_else(|| rest.strip_suffix('\n')).or_else(|| rest.strip_suffix('\r'))
    {
        ends += 1;
        rest = shorter.trim_end_matches([' ', '\t']);
    }
    // A comment above a record belongs to it.
    ends > 1 || rest.rsplit(['\n', '\r']).next().is_some_and(|line| line.trim_start().starts_with('#'))
}

fn ends_blank(text: &str) -> bool {
    let rest = text.strip_suffix("\r\n").or_else(|| text.strip_suffix('\n')).or_else(|| text.strip_suffix('\r'));
    rest.is_none_or(|rest| rest.is_empty() || rest.trim_end_matches([' ', '\t']).ends_with(['\n', '\r']))
}

/// Finds the bracket or brace that closes the one at `open`, and the last sign within it that is neither space nor comment.
pub(super) fn closing(text: &str, open: usize) -> Option<(usize, usize)> {
    let mut depth = 0_usize;
    let mut last = open;
    let mut letters = text[open..].char_indices().map(|(at, letter)| (open + at, letter)).peekable();
    let mut before = ' ';
    while let Some((at, letter)) = letters.next() {
        match letter {
            '"' if !is_word(before) => {
                let mut escaped = false;
                for (at, inner) in letters.by_ref() {
                    last = at;
                    if inner == '"' && !escaped {
                        break;
                    }
                    escaped = inner == '\\' && !escaped;
                }
                before = '"';
                continue;
            }
            '\'' if !is_word(before) => {
                while let Some((at, inner)) = letters.next() {
                    last = at;
                    if inner == '\'' && letters.next_if(|(_, next)| *next == '\'').is_none() {
                        break;
                    }
                }
                before = '\'';
                continue;
            }
            '#' if before.is_whitespace() => {
                while letters.next_if(|(_, next)| *next != '\n' && *next != '\r').is_some() {}
                continue;
            }
            '[' | '{' => depth += 1,
            ']' | '}' => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some((at, last));
                }
            }
            _ => {}
        }
        if !letter.is_whitespace() {
            last = at;
        }
        before = letter;
    }
    None
}

/// A quote within a word is an apostrophe.
fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '.' || letter == ')'
}
