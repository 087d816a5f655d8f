//! A bibliography's text → entries with raw values.

use std::collections::BTreeMap;

use crate::exchange::draft::one_line;
use crate::exchange::read::{latex, markup};

/// An entry as written: type and field names in small letters, values still LaTeX.
#[derive(Debug, Clone, Default)]
pub(in crate::exchange) struct Entry {
    pub(super) kind: String,
    pub(super) key: String,
    pub(super) fields: Vec<(String, String)>,
    /// Whether a brace or quote is never closed, or the file ends within the entry.
    pub(super) has_fault: bool,
}

impl Entry {
    pub(super) fn raw(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| {
            let found = self.fields.iter().find(|(other, value)| other == name && !value.trim().is_empty());
            found.map(|(_, value)| value.as_str())
        })
    }

    pub(super) fn words(&self, names: &[&str]) -> Option<String> {
        self.raw(names)
            .map(|value| one_line(&markup::entities(&super::plain(&latex::words(value)))))
            .filter(|text| !text.is_empty())
    }
}

/// Cuts a text into its entries, strings replaced.
pub(in crate::exchange) fn entries(text: &str) -> Vec<Entry> {
    let mut scanner = Scanner { text, at: 0, strings: BTreeMap::new(), has_fault: false, cuts: 0 };
    let mut entries = Vec::new();
    while let Some(entry) = scanner.next_entry() {
        entries.push(entry);
    }
    entries
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
    strings: BTreeMap<String, String>,
    /// Whether the entry at hand has a value that is never closed.
    has_fault: bool,
    /// How many of its values were cut.
    cuts: usize,
}

impl<'a> Scanner<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn eat(&mut self, wanted: char) -> bool {
        let found = self.peek() == Some(wanted);
        if found {
            self.at += wanted.len_utf8();
        }
        found
    }

    /// Passes over white space and comments from `%` to the end of the line.
    fn space(&mut self) {
        loop {
            let rest = self.rest();
            self.at += rest.len() - rest.trim_start().len();
            if self.peek() != Some('%') {
                return;
            }
            self.at += self.rest().find('\n').unwrap_or(self.rest().len());
        }
    }

    fn word(&mut self) -> &'a str {
        let rest = self.rest();
        let end = rest.find(|c: char| c.is_whitespace() || "{}(),=#\"%@".contains(c)).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    /// Goes on to the next entry that is a reference.
    fn next_entry(&mut self) -> Option<Entry> {
        loop {
            self.at += self.rest().find('@')? + 1;
            self.space();
            let kind = self.word().to_lowercase();
            self.space();
            let close = match self.peek() {
                Some('{') => '}',
                Some('(') => ')',
                _ => continue,
            };
            if kind.is_empty() || !kind.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-') {
                continue;
            }
            self.at += 1;
            match kind.as_str() {
                "comment" | "preamble" => {
                    self.skip(close);
                }
                "string" => {
                    for (name, value) in self.fields(close) {
                        self.strings.insert(name, value);
                    }
                }
                _ => {
                    self.space();
                    (self.has_fault, self.cuts) = (false, 0);
                    let key = self.key(close);
                    let fields = self.fields(close);
                    return Some(Entry { kind, key, fields, has_fault: self.has_fault });
                }
            }
        }
    }

    fn key(&mut self, close: char) -> String {
        let rest = self.rest();
        let end = rest.find([',', '=', close, '\n']).unwrap_or(rest.len());
        // Entries of some programs have no key, and begin with their first field.
        if rest[end..].starts_with('=') {
            return String::new();
        }
        self.at += end;
        self.eat(',');
        rest[..end].trim().to_owned()
    }

    /// Passes over what stands up to the closing bracket.
    fn skip(&mut self, close: char) {
        let mut depth = 0_usize;
        for (at, letter) in self.rest().char_indices() {
            match letter {
                '{' => depth += 1,
                letter if letter == close && depth == 0 => {
                    self.at += at + 1;
                    return;
                }
                '}' => depth = depth.saturating_sub(1),
                // It never closes, and the next entry begins.
                '@' if self.text[..self.at + at].ends_with('\n') && begins_entry(&self.rest()[at..]) => {
                    self.at += at;
                    return;
                }
                _ => {}
            }
        }
        self.at = self.text.len();
    }

    fn fields(&mut self, close: char) -> Vec<(String, String)> {
        let mut fields: Vec<(String, String)> = Vec::new();
        loop {
            self.space();
            while self.eat(',') {
                self.space();
            }
            if self.eat(close) || self.eat('}') {
                // `month = nov},` closes too early: the fields go on.
                if !self.goes_on() {
                    return fields;
                }
                continue;
            }
            let Some(letter) = self.peek() else {
                self.has_fault |= !fields.is_empty();
                return fields;
            };
            if letter == '@' {
                return fields;
            }
            let name = self.word().to_lowercase();
            self.space();
            if name.is_empty() || !self.eat('=') {
                if name.is_empty() {
                    self.at += letter.len_utf8();
                }
                continue;
            }
            let value = self.value();
            fields.push((name, value));
        }
    }

    /// Tells whether a comma and another field follow.
    fn goes_on(&self) -> bool {
        let Some(rest) = self.rest().trim_start().strip_prefix(',') else { return false };
        let rest = rest.trim_start();
        let name = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '-')).unwrap_or(0);
        name > 0 && rest[name..].trim_start().starts_with('=')
    }

    /// Reads a value: parts joined by `#`.
    fn value(&mut self) -> String {
        let mut value = String::new();
        loop {
            self.space();
            match self.peek() {
                Some('{') => {
                    self.at += 1;
                    value.push_str(self.up_to('}'));
                }
                Some('"') => {
                    self.at += 1;
                    value.push_str(self.up_to('"'));
                }
                _ => {
                    let word = self.word();
                    match self.strings.get(&word.to_lowercase()) {
                        Some(string) => value.push_str(string),
                        None => value.push_str(word),
                    }
                }
            }
            self.space();
            // Strings that name themselves again and again would outgrow any file.
            if value.len() > 1_000_000 || !self.eat('#') {
                return value;
            }
        }
    }

    /// Reads up to a letter that stands outside of braces, and past it; a value that is never closed ends where the
    /// next field begins.
    fn up_to(&mut self, end: char) -> &'a str {
        let start = self.at;
        let (value, is_closed) = self.read_to(end);
        // What is cut is read again: not too often, and no endless rest of a file.
        let may_cut = self.cuts < MOST_CUTS && value.len() < LONGEST_CUT;
        let Some(cut) = next_field(value, is_closed).filter(|_| may_cut) else {
            self.has_fault |= !is_closed;
            return value;
        };
        self.has_fault = true;
        self.cuts += 1;
        self.at = start + cut;
        &value[..cut]
    }

    fn read_to(&mut self, end: char) -> (&'a str, bool) {
        let rest = self.rest();
        let mut depth = 0_usize;
        let mut escaped = false;
        for (at, letter) in rest.char_indices() {
            match letter {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                _ if letter == end && depth == 0 => {
                    self.at += at + 1;
                    return (&rest[..at], true);
                }
                '{' => depth += 1,
                '}' => depth = depth.saturating_sub(1),
                '@' if rest[..at].ends_with('\n') && begins_entry(&rest[at..]) => {
                    // It was never closed, and the next entry begins.
                    self.at += at;
                    return (&rest[..at], false);
                }
                _ => {}
            }
        }
        self.at = self.text.len();
        (rest, false)
    }
}

/// Where the next field begins in a value that was not closed before it: after a comma stands the name of a field, an
/// equals sign and a value in braces or quotes. In a value that is closed only the names that most entries have count,
/// outside of its braces.
fn next_field(value: &str, is_closed: bool) -> Option<usize> {
    let mut depth = 0_usize;
    let bytes = value.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            b',' | b'\n' if !is_closed || depth == 0 => {
                let space =
                    bytes[at + 1..].iter().take(LONGEST_SPACE).take_while(|byte| byte.is_ascii_whitespace()).count();
                let rest = &value[at + 1 + space..];
                let name = rest.bytes().take(24).take_while(u8::is_ascii_alphabetic).count();
                let is_known = FIELDS.iter().any(|field| rest[..name].eq_ignore_ascii_case(field));
                let after = rest[name..].trim_start_matches([' ', '\t']);
                let begins = after.strip_prefix('=').map(|after| after.trim_start_matches([' ', '\t']));
                let opens = begins.is_some_and(|value| value.starts_with(['{', '"']));
                let is_number = begins.is_some_and(|value| value.starts_with(|c: char| c.is_ascii_digit()));
                if is_known && (opens || (!is_closed && is_number)) {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
}

/// White space between a comma and the name of a field, at most; the end of a file may hold much more.
const LONGEST_SPACE: usize = 100;

/// How many values of one entry are cut.
const MOST_CUTS: usize = 20;

/// The longest value that is cut, in bytes.
const LONGEST_CUT: usize = 20_000;

/// Names that most entries have.
const FIELDS: [&str; 24] = [
    "author",
    "title",
    "subtitle",
    "journal",
    "journaltitle",
    "booktitle",
    "year",
    "date",
    "month",
    "volume",
    "number",
    "issue",
    "pages",
    "doi",
    "url",
    "publisher",
    "editor",
    "abstract",
    "keywords",
    "note",
    "issn",
    "isbn",
    "school",
    "institution",
];

/// Tells whether an entry begins here: `@word{` or `@word(`.
pub(in crate::exchange::read) fn begins_entry(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('@') else { return false };
    let rest = rest.trim_start();
    let end = rest.bytes().position(|byte| !byte.is_ascii_alphabetic()).unwrap_or(rest.len());
    (2..=20).contains(&end) && rest[end..].trim_start_matches([' ', '\t', '\n']).starts_with(['{', '('])
}
