//! Letter case of titles and terms, after CSL 1.0.2 ("text-case").
//!
//! Takes text that may hold inline tags (`<i>`, `<sup>` …) and straight or curly quotes; gives
//! the same text in another case. Words that carry capitals already (MRI, RadioGraphics) or name
//! a gene (p53) stay as they are in title case; what stands inside `<sup>`, `<sub>`, `<sc>` or a
//! `nocase` span is never touched.

use std::collections::HashSet;
use std::sync::OnceLock;

use hayagriva::citationberg::TextCase;

/// Returns `text` in the case.
pub(super) fn apply(case: TextCase, text: &str) -> String {
    match case {
        TextCase::TitleCase => title(text),
        TextCase::SentenceCase => sentence(text),
        TextCase::CapitalizeFirst => capitalize_first(text),
        TextCase::CapitalizeAll => {
            each_word(text, &mut |word| if is_lower(word) { capitalize(word) } else { word.into() })
        }
        TextCase::Lowercase => each_word(text, &mut |word| word.to_lowercase()),
        TextCase::Uppercase => each_word(text, &mut |word| word.to_uppercase()),
    }
}

/// A stretch of words, or a tag or punctuation mark between such stretches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token<'a> {
    Words(&'a str),
    Mark(&'a str),
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let length = if rest.starts_with('\'') {
            quote_length(text, at)
        } else if is_apostrophe(text, at) {
            0
        } else {
            mark_length(rest)
        };
        if length == 0 {
            // What follows an apostrophe is the rest of a word (`l'hôpital`), and stays small.
            if rest.starts_with(['\'', '’']) && start < at {
                tokens.push(Token::Words(&text[start..at]));
                start = at;
            }
            at += rest.chars().next().map_or(1, char::len_utf8);
            continue;
        }
        if start < at {
            tokens.push(Token::Words(&text[start..at]));
        }
        tokens.push(Token::Mark(&text[at..at + length]));
        at += length;
        start = at;
    }
    if start < text.len() {
        tokens.push(Token::Words(&text[start..]));
    }
    tokens
}

/// Length of the tag or punctuation mark that `rest` begins with; 0 when it begins with a word.
fn mark_length(rest: &str) -> usize {
    let Some(first) = rest.chars().next() else { return 0 };
    match first {
        '<' => tag_length(rest),
        '‘' | '’' | '“' | '”' | '"' | '-' | '–' | '—' | '/' | '.' | ',' | ';' | '?' | '!' | ':' | '[' | ']' | '('
        | ')' => first.len_utf8(),
        _ => 0,
    }
}

/// Tells whether a curly mark at `at` stands between two letters.
fn is_apostrophe(text: &str, at: usize) -> bool {
    let after = text[at..].strip_prefix('’').and_then(|rest| rest.chars().next());
    after.is_some_and(char::is_alphabetic) && text[..at].ends_with(char::is_alphabetic)
}

/// Length of a straight quotation mark at `at`; 0 when it is an apostrophe.
///
/// One that opens a quotation has a partner, right before another mark or the end.
fn quote_length(text: &str, at: usize) -> usize {
    let closes = |at: usize| {
        let rest = &text[at + 1..];
        rest.is_empty() || mark_length(rest) > 0
    };
    let opens = text[..at].ends_with(' ') && text[at + 1..].match_indices('\'').any(|(next, _)| closes(at + 1 + next));
    usize::from(closes(at) || opens)
}

/// Length of a known inline tag at the start of `rest`, 0 when there is none.
pub(super) fn tag_length(rest: &str) -> usize {
    const TAGS: [&str; 10] = ["<i>", "</i>", "<b>", "</b>", "<sup>", "</sup>", "<sub>", "</sub>", "<sc>", "</sc>"];
    if let Some(tag) = TAGS.iter().find(|tag| rest.starts_with(**tag)) {
        return tag.len();
    }
    if rest.starts_with("</span>") {
        return "</span>".len();
    }
    let known = rest.starts_with("<span class=\"no") || rest.starts_with("<span style=\"font-variant");
    if known { rest.find('>').map_or(0, |end| end + 1) } else { 0 }
}

/// Walks over the words that may change; `change` sees each with what stands around it.
fn walk(text: &str, mut change: impl FnMut(&str, &Place) -> Option<String>) -> String {
    let tokens = tokens(text);
    let last = last_word(&tokens);
    let mut out = String::with_capacity(text.len());
    let mut fixed = Fixed::default();
    let mut place = Place { first: true, after_stop: false, before_hyphen: false, last: false };
    for (index, token) in tokens.iter().enumerate() {
        match token {
            Token::Mark(mark) => {
                fixed.pass(mark);
                if mark.ends_with(['?', '!', ':']) {
                    place.after_stop = true;
                }
                out.push_str(mark);
            }
            Token::Words(words) if fixed.holds() => {
                if !words.trim().is_empty() {
                    place.first = false;
                    place.after_stop = false;
                }
                out.push_str(words);
            }
            Token::Words(words) => {
                let hyphen = index == 0 && tokens.get(1) == Some(&Token::Mark("-"));
                let count = words.split(is_space).count();
                for (n, word) in words.split(is_space).enumerate() {
                    if !word.is_empty() {
                        place.before_hyphen = hyphen && n + 1 == count;
                        place.last = last == Some((index, n));
                        match change(word, &place) {
                            Some(changed) => out.push_str(&changed),
                            None => out.push_str(word),
                        }
                        place.first = false;
                        place.after_stop = false;
                    }
                    if n + 1 < count {
                        out.push_str(space_after(words, n));
                    }
                }
            }
        }
    }
    out
}

/// What stands around a word.
struct Place {
    /// No word came before it.
    first: bool,
    /// `?`, `!` or `:` came right before it.
    after_stop: bool,
    /// It ends the title's first stretch of words and a hyphen follows (`On-Call …`).
    before_hyphen: bool,
    /// No word comes after it.
    last: bool,
}

fn last_word(tokens: &[Token<'_>]) -> Option<(usize, usize)> {
    let mut fixed = Fixed::default();
    let mut last = None;
    for (index, token) in tokens.iter().enumerate() {
        match token {
            Token::Mark(mark) => fixed.pass(mark),
            Token::Words(words) => {
                for (n, word) in words.split(is_space).enumerate() {
                    if !word.is_empty() {
                        last = (!fixed.holds()).then_some((index, n));
                    }
                }
            }
        }
    }
    last
}

/// Keeps account of the open tags whose content keeps its case.
#[derive(Default)]
struct Fixed {
    ends: Vec<&'static str>,
}

impl Fixed {
    fn pass(&mut self, mark: &str) {
        if let Some(end) = closing_tag(mark) {
            self.ends.push(end);
        } else if self.ends.last() == Some(&mark) {
            self.ends.pop();
        }
    }

    fn holds(&self) -> bool {
        !self.ends.is_empty()
    }
}

fn closing_tag(mark: &str) -> Option<&'static str> {
    match mark {
        "<sup>" => Some("</sup>"),
        "<sub>" => Some("</sub>"),
        "<sc>" => Some("</sc>"),
        _ if mark.starts_with("<span") => Some("</span>"),
        _ => None,
    }
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{A0}' | '\u{2000}'..='\u{200B}' | '\u{205F}' | '\u{3000}')
}

fn space_after(words: &str, n: usize) -> &str {
    let (at, space) = words.match_indices(is_space).nth(n).unwrap_or((0, ""));
    &words[at..at + space.len()]
}

fn title(text: &str) -> String {
    walk(text, |word, place| {
        if !is_lower(word) || is_symbol(word) {
            return None;
        }
        let long = word.chars().nth(1).is_some();
        let stop = stop_words().contains(word);
        let wanted = (long && (!stop || place.last)) || place.before_hyphen || place.first || place.after_stop;
        wanted.then(|| capitalize(word))
    })
}

fn sentence(text: &str) -> String {
    walk(text, |word, place| Some(if place.first { capitalize(word) } else { word.to_lowercase() }))
}

fn capitalize_first(text: &str) -> String {
    walk(text, |word, place| (place.first && is_lower(word)).then(|| capitalize(word)))
}

fn each_word(text: &str, change: &mut dyn FnMut(&str) -> String) -> String {
    walk(text, |word, _| Some(change(word)))
}

/// Tells whether a word is the name of a gene, protein or the like (`p53`), which keeps its case.
fn is_symbol(word: &str) -> bool {
    word.starts_with(char::is_alphabetic)
        && word.contains(|c: char| c.is_ascii_digit())
        && word.chars().all(char::is_alphanumeric)
}

fn is_lower(word: &str) -> bool {
    word.to_lowercase() == word
}

fn capitalize(word: &str) -> String {
    let mut chars = word.chars();
    let Some(first) = chars.next() else { return String::new() };
    let rest = chars.as_str();
    // A lone Greek letter is a symbol (α, β) and stays small.
    if rest.is_empty() && ('\u{370}'..='\u{3FF}').contains(&first) {
        return word.to_owned();
    }
    first.to_uppercase().chain(rest.chars()).collect()
}

fn stop_words() -> &'static HashSet<&'static str> {
    static WORDS: OnceLock<HashSet<&'static str>> = OnceLock::new();
    WORDS.get_or_init(|| STOP_WORDS.split_whitespace().collect())
}

/// Articles, conjunctions and prepositions that CSL keeps small in English title case.
const STOP_WORDS: &str = "a about above across afore after against al along alongside amid amidst among amongst an and \
    anenst apropos apud around as aside astride at athwart atop barring before behind below beneath beside besides \
    between beyond but by c ca circa d' de despite down during et except for forenenst from given in inside into lest \
    like modulo near next nor notwithstanding of off on onto or out over per plus pro qua sans since so than the \
    through throughout thruout till to toward towards under underneath until unto up upon v v. van versus via vis-à-vis \
    von vs vs. with within without yet";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn title_case_keeps_acronyms_and_small_words() {
        for (from, to) in [
            ("head CT in fifty questions", "Head CT in Fifty Questions"),
            (
                "the use of p53 and mRNA: a review of the literature",
                "The Use of p53 and mRNA: A Review of the Literature",
            ),
            ("on-call reading: what to look for", "On-Call Reading: What to Look For"),
            ("CO<sub>2</sub> and <i>in vivo</i> imaging", "CO<sub>2</sub> and <i>in Vivo</i> Imaging"),
            ("Parkinson's disease", "Parkinson's Disease"),
            ("L'imagerie d'urgence", "L'imagerie d'urgence"),
            ("L’œdème et l’urgence", "L’œdème et l’urgence"),
            ("p16INK4a where p<0.05", "p16INK4a Where P<0.05"),
            (
                "<span class=\"nocase\">iPhone apps</span> for residents",
                "<span class=\"nocase\">iPhone apps</span> for Residents",
            ),
        ] {
            assert_eq!(title(from), to);
        }
    }

    #[test]
    fn only_the_first_word_is_capitalised() {
        assert_eq!(capitalize_first("“early” imaging"), "“Early” imaging");
        assert_eq!(capitalize_first("mRNA vaccines"), "mRNA vaccines");
        assert_eq!(sentence("Imaging of the Spine"), "Imaging of the spine");
    }
}
