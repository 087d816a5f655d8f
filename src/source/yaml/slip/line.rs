//! One line of YAML as a person sees it: indentation, field, text.

use crate::diagnostic::Span;

/// A line cut into its parts; all offsets are bytes within the line.
pub(super) struct Line<'a> {
    /// The line without its end.
    pub(super) text: &'a str,
    /// Its number in the text, from 0.
    pub(super) number: usize,
    /// Blanks and tabs at its head.
    pub(super) indent: usize,
    /// Where its content begins, after `- ` if it begins a list item.
    pub(super) content: usize,
    /// The field's name, if the line is `name: …`; the name may be in quotes.
    pub(super) key: Option<&'a str>,
    /// Where the value begins: after the colon, or at the content of a list item.
    pub(super) value: usize,
}

impl<'a> Line<'a> {
    /// Cuts the line with this number out of a text.
    pub(super) fn of(text: &'a str, number: usize) -> Option<Self> {
        text.lines().nth(number).map(|line| Self::cut(line, number))
    }

    pub(super) fn cut(text: &'a str, number: usize) -> Self {
        let text = text.trim_end();
        let indent = text.len() - text.trim_start_matches([' ', '\t']).len();
        let mut content = indent;
        while let Some(rest) = text[content..].strip_prefix("- ") {
            content = text.len() - rest.trim_start().len();
        }
        let (key, value) = match text[content..].split_once(':') {
            Some((key, rest)) if is_word(key) && (rest.is_empty() || rest.starts_with([' ', '\t'])) => {
                (Some(key), text.len() - rest.trim_start().len())
            }
            _ => (None, content),
        };
        Self { text, number, indent, content, key, value }
    }

    /// The value up to the end of the line.
    pub(super) fn value(&self) -> &'a str {
        &self.text[self.value..]
    }

    /// The line's content after the indentation and `- `.
    pub(super) fn content(&self) -> &'a str {
        &self.text[self.content..]
    }

    /// Where a column of the parser (characters, from 0) stands in the line.
    pub(super) fn byte_of(&self, column: usize) -> usize {
        self.text.char_indices().nth(column).map_or(self.text.len(), |(at, _)| at)
    }

    /// The place of some bytes of the line.
    pub(super) fn span(&self, lines_before: usize, start: usize, end: usize) -> Span {
        let characters = |part: &str| part.chars().count();
        // A column of the parser may fall inside a letter of several bytes.
        let start = self.text.floor_char_boundary(start);
        let end = self.text.floor_char_boundary(end).max(start);
        Span::new(
            self.number + 1 + lines_before,
            characters(&self.text[..start]) + 1,
            characters(&self.text[start..end]),
        )
    }

    /// The place of the value.
    pub(super) fn value_span(&self, lines_before: usize) -> Span {
        self.span(lines_before, self.value, self.text.len())
    }
}

/// Returns the last line before `number` that is neither empty nor a comment.
pub(super) fn before(text: &str, number: usize) -> Option<Line<'_>> {
    let lines = text.lines().take(number).enumerate();
    let (number, line) = lines.filter(|(_, line)| !matches!(line.trim().chars().next(), None | Some('#'))).last()?;
    Some(Line::cut(line, number))
}

/// Tells whether a text can be a field's name: one word in lower case.
pub(super) fn is_word(text: &str) -> bool {
    let word = text.trim_matches(['"', '\'']);
    !word.is_empty() && word.len() < 40 && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// Tells whether a quote is one of a word processor's.
pub(in crate::source::yaml) fn is_smart_quote(quote: char) -> bool {
    matches!(quote, '“' | '”' | '„' | '‟' | '‘' | '’' | '‚' | '«' | '»')
}

/// Puts a text in double quotes.
pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Returns the words for the text of a field: "a title", "the text of `journal`".
pub(super) fn text_of(key: Option<&str>) -> String {
    match key {
        Some("title") => "the title".to_owned(),
        Some(key) => format!("the text of `{key}`"),
        None => "the text".to_owned(),
    }
}
