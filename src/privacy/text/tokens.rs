//! Text → words, numbers and marks, each with its place and sentence.

use std::ops::Range;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letters.
    Word,
    /// Digits.
    Number,
    /// One other character.
    Mark,
}

/// A word, a number or a mark.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) kind: Kind,
    /// Whether white space stands before it.
    pub(super) gap: bool,
    /// Which sentence it belongs to, from 0.
    pub(super) sentence: usize,
}

/// The tokens of a text.
#[derive(Debug)]
pub(super) struct Tokens<'a> {
    text: &'a str,
    /// The text with its ASCII letters in lower case, which keeps every offset.
    lower: String,
    list: Vec<Token>,
    /// First token of each sentence.
    sentences: Vec<usize>,
    /// Whether the text is raw YAML of a record, in which fields run together: what depends on the
    /// words around is then taken to hold.
    pub(super) loose: bool,
}

/// Tokens before and behind one that are looked at as its sentence, so that time grows with the text alone.
const LONGEST_SENTENCE: usize = 80;
/// Bytes before and behind an offset that are looked at as what no white space parts.
const LONGEST_CHUNK: usize = 300;

/// Words before a full stop that do not end a sentence.
const SHORTENED: [&str; 24] = [
    "no", "nr", "mr", "mrs", "ms", "dr", "st", "acc", "tel", "geb", "pt", "jan", "feb", "mar", "apr", "jun", "jul",
    "aug", "sep", "sept", "oct", "nov", "dec", "num",
];

impl<'a> Tokens<'a> {
    pub(super) fn new(text: &'a str, loose: bool) -> Self {
        let mut tokens = Self {
            text,
            lower: text.to_ascii_lowercase(),
            list: Vec::with_capacity(text.len() / 5),
            sentences: vec![0],
            loose,
        };
        tokens.cut();
        tokens
    }

    fn cut(&mut self) {
        let bytes = self.text.as_bytes();
        let (mut at, mut gap, mut sentence) = (0, false, 0);
        while at < bytes.len() {
            let first = bytes[at];
            if first.is_ascii_whitespace() {
                let end = run(bytes, at, |byte| byte.is_ascii_whitespace());
                if self.ends_sentence(at, end) {
                    sentence += 1;
                    self.sentences.push(self.list.len());
                }
                (at, gap) = (end, true);
                continue;
            }
            let (kind, end) = if first.is_ascii_digit() {
                (Kind::Number, run(bytes, at, |byte| byte.is_ascii_digit()))
            } else if first.is_ascii_alphabetic() || !first.is_ascii() {
                self.letters(at)
            } else {
                (Kind::Mark, at + 1)
            };
            if self.text[at..end].trim().is_empty() {
                (at, gap) = (end, true);
                continue;
            }
            self.list.push(Token { start: at, end, kind, gap, sentence });
            (at, gap) = (end, false);
        }
    }

    /// The end of the letters that begin at an offset, or of the one mark that stands there.
    fn letters(&self, at: usize) -> (Kind, usize) {
        let mut end = at;
        for (offset, letter) in self.text[at..].char_indices() {
            if !letter.is_alphabetic() {
                if offset == 0 {
                    return (Kind::Mark, at + letter.len_utf8());
                }
                break;
            }
            end = at + offset + letter.len_utf8();
        }
        (Kind::Word, end)
    }

    /// Tells whether a sentence ends before the white space `start..end`.
    fn ends_sentence(&self, start: usize, end: usize) -> bool {
        let lines = self.text[start..end].matches('\n').count();
        let next = self.text[end..].chars().next();
        if lines > 1 || (lines == 1 && matches!(next, Some('-' | '*' | '#' | '|' | '>' | '+'))) {
            return true;
        }
        let [.., before, last] = self.list.as_slice() else { return false };
        match &self.lower[last.start..last.end] {
            "!" | "?" => true,
            "." => {
                let word = &self.lower[before.start..before.end];
                let short = SHORTENED.contains(&word) || (before.kind == Kind::Word && word.len() == 1);
                !short && next.is_none_or(|next| !next.is_lowercase())
            }
            _ => false,
        }
    }

    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    pub(super) fn get(&self, at: usize) -> Option<Token> {
        self.list.get(at).copied()
    }

    /// The token in lower case; nothing past the end.
    pub(super) fn lower(&self, at: usize) -> &str {
        self.list.get(at).map_or("", |token| &self.lower[token.start..token.end])
    }

    /// The token `back` places before `at`, in lower case.
    pub(super) fn before(&self, at: usize, back: usize) -> &str {
        at.checked_sub(back).map_or("", |at| self.lower(at))
    }

    /// The token as written.
    pub(super) fn text(&self, at: usize) -> &'a str {
        self.list.get(at).map_or("", |token| &self.text[token.start..token.end])
    }

    pub(super) fn is(&self, at: usize, kind: Kind) -> bool {
        self.list.get(at).is_some_and(|token| token.kind == kind)
    }

    /// Tells whether a token follows the one before without white space.
    pub(super) fn joined(&self, at: usize) -> bool {
        at > 0 && self.list.get(at).is_some_and(|token| !token.gap)
    }

    /// The value of a number of at most four digits.
    pub(super) fn value(&self, at: usize) -> Option<u32> {
        let token = self.list.get(at).filter(|token| token.kind == Kind::Number && token.end - token.start <= 4)?;
        self.text[token.start..token.end].parse().ok()
    }

    /// Tells whether a token is a word that begins with a capital.
    pub(super) fn is_capitalised(&self, at: usize) -> bool {
        self.is(at, Kind::Word) && self.text(at).starts_with(char::is_uppercase)
    }

    /// The bytes from one token up to, but not including, another.
    pub(super) fn range(&self, from: usize, to: usize) -> Range<usize> {
        let end = to.checked_sub(1).and_then(|last| self.get(last)).map_or(self.text.len(), |token| token.end);
        self.get(from).map_or(end, |token| token.start)..end
    }

    /// The tokens of the sentence of a token, as far as they are near.
    pub(super) fn sentence(&self, at: usize) -> Range<usize> {
        let Some(token) = self.get(at) else { return 0..0 };
        let end = self.sentences.get(token.sentence + 1).copied().unwrap_or(self.list.len());
        self.sentences[token.sentence].max(at.saturating_sub(LONGEST_SENTENCE))..end.min(at + LONGEST_SENTENCE)
    }

    /// Tells whether a token is the last of its sentence.
    pub(super) fn is_last(&self, at: usize) -> bool {
        self.sentence(at).end == at + 1
    }

    /// Tells whether one of some words stands in the sentence of a token.
    pub(super) fn says(&self, at: usize, words: &[&str]) -> bool {
        self.sentence(at).any(|at| words.contains(&self.lower(at)))
    }

    /// Tells whether one of some words stands among the `back` tokens before a token, in its sentence.
    pub(super) fn said_before(&self, at: usize, back: usize, words: &[&str]) -> bool {
        let first = self.sentence(at).start.max(at.saturating_sub(back));
        (first..at).any(|at| words.contains(&self.lower(at)))
    }

    /// Tells whether a word is the last of a YAML key: nothing but its other words stands before it
    /// on the line, or since the last comma between braces.
    pub(super) fn begins_field(&self, at: usize) -> bool {
        let Some(token) = self.get(at) else { return false };
        let near = self.lower.ceil_char_boundary(token.start.saturating_sub(LONGEST_CHUNK));
        let before =
            self.lower[near..token.start].trim_end_matches(|letter: char| letter.is_ascii_lowercase() || letter == '_');
        let line = before.rsplit('\n').next().unwrap_or_default().trim_end();
        line.trim_start_matches([' ', '-']).is_empty() || line.ends_with(['{', ','])
    }

    /// Tells whether two tokens stand on one line.
    pub(super) fn on_one_line(&self, first: usize, last: usize) -> bool {
        !self.text[self.range(first, last + 1)].contains('\n')
    }

    /// The characters around an offset that no white space parts.
    pub(super) fn chunk(&self, at: usize) -> &str {
        let Some(token) = self.get(at) else { return "" };
        let first = self.lower.ceil_char_boundary(token.start.saturating_sub(LONGEST_CHUNK));
        let last = self.lower.floor_char_boundary((token.start + LONGEST_CHUNK).min(self.lower.len()));
        let start = self.lower[first..token.start].rfind(char::is_whitespace).map_or(first, |at| first + at + 1);
        let end = self.lower[token.start..last].find(char::is_whitespace).map_or(last, |end| token.start + end);
        &self.lower[self.lower.ceil_char_boundary(start)..end]
    }
}

fn run(bytes: &[u8], at: usize, is_part: impl Fn(u8) -> bool) -> usize {
    bytes[at..].iter().position(|byte| !is_part(*byte)).map_or(bytes.len(), |length| at + length)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<(&str, usize)> {
        let tokens = Tokens::new(text, false);
        (0..tokens.len()).map(|at| (tokens.text(at), tokens.list[at].sentence)).collect()
    }

    #[test]
    fn letters_and_digits_part_and_sentences_are_counted() {
        assert_eq!(
            cut("Acc. no. 12é, MRN7_a. Then\n- x"),
            [
                ("Acc", 0),
                (".", 0),
                ("no", 0),
                (".", 0),
                ("12", 0),
                ("é", 0),
                (",", 0),
                ("MRN", 0),
                ("7", 0),
                ("_", 0),
                ("a", 0),
                (".", 0),
                ("Then", 0),
                ("-", 1),
                ("x", 1)
            ]
        );
        assert_eq!(cut("It ended. Then came rain.\n\nYes").last(), Some(&("Yes", 2)));
        assert_eq!(cut("\u{a0}– "), [("–", 0)]);
    }
}
