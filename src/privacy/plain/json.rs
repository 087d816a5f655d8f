//! JSON (RFC 8259), one document or one a line: keys are labels of their values, and the strings of
//! an array are lines of one text, as notebooks of Jupyter (nbformat 4) keep sources and outputs.

use std::ops::Range;

use super::labels::{self, Labels};
use super::{Hit, in_prose};

/// Arrays and objects within one another.
const DEEPEST: usize = 1_000;
/// Bytes of a string without white space that is a picture and no words.
const LONGEST_WORD: usize = 2_000;
/// Keys that say nothing without that of the object around.
const GENERAL: [&str; 14] = [
    "id",
    "ids",
    "value",
    "values",
    "text",
    "name",
    "names",
    "display",
    "number",
    "no",
    "identifier",
    "birth",
    "date",
    "full_name",
];

enum Frame {
    Object { key: Option<String> },
    Array { lines: Lines },
}

/// The strings of an array, put together.
#[derive(Default)]
struct Lines {
    text: String,
    parts: Vec<Part>,
}

struct Part {
    /// Where it begins in the text of all.
    start: usize,
    /// Where its letters begin in the file.
    place: Range<usize>,
    /// Bytes that stand in the file as they are.
    exact: usize,
}

/// What is found in a document; nothing when it is no JSON.
pub(super) fn hits(text: &str, labels: &mut Labels) -> Option<Vec<Hit>> {
    let mut reader = Reader { text, at: 0, stack: Vec::new(), labels, found: Vec::new() };
    reader.read()?;
    Some(reader.found)
}

struct Reader<'t, 'l> {
    text: &'t str,
    at: usize,
    stack: Vec<Frame>,
    labels: &'l mut Labels,
    found: Vec<Hit>,
}

impl Reader<'_, '_> {
    fn read(&mut self) -> Option<()> {
        let bytes = self.text.as_bytes();
        while let Some(byte) = bytes.get(self.at) {
            match byte {
                b'{' | b'[' => {
                    if self.stack.len() >= DEEPEST {
                        return None;
                    }
                    let is_array = *byte == b'[';
                    self.stack.push(if is_array {
                        Frame::Array { lines: Lines::default() }
                    } else {
                        Frame::Object { key: None }
                    });
                    self.at += 1;
                }
                b'}' | b']' => {
                    match (self.stack.pop()?, byte) {
                        (Frame::Array { lines }, b']') => self.lines(&lines),
                        (Frame::Object { .. }, b'}') => {}
                        _ => return None,
                    }
                    self.at += 1;
                    self.ends_value();
                }
                b'"' => self.string()?,
                b',' | b':' => self.at += 1,
                byte if byte.is_ascii_whitespace() => self.at += 1,
                _ => self.scalar()?,
            }
        }
        self.stack.is_empty().then_some(())
    }

    fn ends_value(&mut self) {
        if let Some(Frame::Object { key }) = self.stack.last_mut() {
            *key = None;
        }
    }

    fn scalar(&mut self) -> Option<()> {
        let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
        let length = self.text.as_bytes()[self.at..].iter().take_while(|byte| is_part(byte)).count();
        if length == 0 {
            return None;
        }
        let place = self.at..self.at + length;
        if let Some(label) = self.label() {
            self.found.extend(labels::hits(&label, &self.text[place.clone()], place.clone(), true));
        }
        self.at = place.end;
        self.ends_value();
        Some(())
    }

    fn string(&mut self) -> Option<()> {
        let start = self.at + 1;
        let (value, end) = unescaped(&self.text[start..])?;
        let place = start..start + end;
        self.at = place.end + 1;
        let rest = self.text[self.at..].trim_start();
        if let Some(Frame::Object { key: key @ None }) = self.stack.last_mut()
            && rest.starts_with(':')
        {
            *key = Some(value);
            return Some(());
        }
        let exact = self.text[place.clone()].find('\\').unwrap_or(end);
        let part = Part { start: 0, place: place.clone(), exact };
        if let Some(label) = self.label() {
            self.found.extend(labels::hits(&label, &value, place, exact == end));
        } else if value.len() > LONGEST_WORD && !value.contains(char::is_whitespace) {
            // The bytes of a picture.
        } else if let Some(Frame::Array { lines }) = self.stack.last_mut() {
            lines.push(&value, part);
        } else {
            let mut alone = Lines::default();
            alone.push(&value, part);
            self.lines(&alone);
        }
        self.ends_value();
        Some(())
    }

    fn lines(&mut self, lines: &Lines) {
        let found = in_prose(&lines.text, self.labels);
        self.found.extend(found.into_iter().map(|hit| Hit { place: lines.place(&hit.place), ..hit }));
    }

    /// The label of the value that is read: its key, with that of the object around where it says nothing alone.
    fn label(&mut self) -> Option<String> {
        let keys = self.stack.iter().rev().filter_map(|frame| match frame {
            Frame::Object { key } => key.clone(),
            Frame::Array { .. } => None,
        });
        let keys: Vec<String> = keys.take(2).collect();
        let key = keys.first()?;
        let own = self.labels.label(key);
        let around = keys.get(1).filter(|_| GENERAL.contains(&key.to_ascii_lowercase().as_str()));
        own.or_else(|| self.labels.label(&format!("{} {key}", around?))).or_else(|| self.labels.label(around?))
    }
}

impl Lines {
    fn push(&mut self, value: &str, part: Part) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push_str("\n\n");
        }
        self.parts.push(Part { start: self.text.len(), ..part });
        self.text.push_str(value);
    }

    /// Where in the file a place of the text is.
    fn place(&self, within: &Range<usize>) -> Range<usize> {
        let after = self.parts.partition_point(|part| part.start <= within.start);
        let Some(part) = after.checked_sub(1).and_then(|at| self.parts.get(at)) else { return 0..0 };
        let (start, end) = (within.start - part.start, within.end - part.start);
        if start >= part.exact {
            return part.place.clone();
        }
        part.place.start + start..part.place.start + end.min(part.exact)
    }
}

/// The string that begins here behind its mark, and its length in the file; nothing when it never ends.
fn unescaped(text: &str) -> Option<(String, usize)> {
    let mut value = String::new();
    let mut at = 0;
    loop {
        let rest = &text[at..];
        let plain = rest.find(['"', '\\'])?;
        value.push_str(&rest[..plain]);
        at += plain;
        if rest[plain..].starts_with('"') {
            return Some((value, at));
        }
        let escaped = text[at + 1..].chars().next()?;
        at += 1 + escaped.len_utf8();
        match escaped {
            'n' => value.push('\n'),
            't' => value.push('\t'),
            'r' => value.push('\r'),
            'b' | 'f' => value.push(' '),
            'u' => {
                let (letter, length) = unit(&text[at..])?;
                value.push(letter);
                at += length;
            }
            other => value.push(other),
        }
    }
}

/// The letter of four hexadecimal digits, or of two such groups with `\u` between, and the bytes that it takes.
fn unit(text: &str) -> Option<(char, usize)> {
    let first = u16::from_str_radix(text.get(..4)?, 16).ok()?;
    if let Some(letter) = char::from_u32(u32::from(first)) {
        return Some((letter, 4));
    }
    let second =
        text.get(4..6).filter(|mark| *mark == "\\u").and_then(|_| u16::from_str_radix(text.get(6..10)?, 16).ok());
    let pair = second.and_then(|second| char::decode_utf16([first, second]).next()?.ok());
    Some(pair.map_or((char::REPLACEMENT_CHARACTER, 4), |letter| (letter, 10)))
}
