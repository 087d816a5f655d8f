//! The texts of a record, each with its place.

use serde_yaml::Value;

use super::yaml::{Node, Parts, Step};
use super::{Origin, Sources};
use crate::diagnostic::Span;

/// A text of a record as read, escapes and line breaks undone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// The path of its field.
    pub field: Vec<Step>,
    /// The text.
    pub text: String,
    /// Where it begins in the file.
    pub span: Span,
}

impl Words {
    /// Tells whether it stands under a field of the record.
    pub fn is_under(&self, name: &str) -> bool {
        matches!(self.field.first(), Some(Step::Key(key)) if key == name)
    }
}

impl Sources {
    /// Returns the YAML of one record as written.
    pub fn record_text(&self, origin: &Origin) -> Option<&str> {
        let (_, layout) = self.layout(&origin.file)?;
        layout.source(self.text(&origin.file)?, origin.index)
    }

    /// Returns every text of one record.
    pub fn words(&self, origin: &Origin) -> Vec<Words> {
        let mut words = Vec::new();
        if let Some((text, layout)) = self.layout(&origin.file)
            && let Some((value, node)) = layout.read(&text, origin.index)
        {
            gather(&mut words, &mut Vec::new(), &value, Some(&node), node.span);
        }
        words
    }

    /// Returns the place of a part of a text, by its bytes; that of the whole text where the part
    /// is written in another way than it reads.
    pub fn place_in(&self, file: &str, words: &Words, part: std::ops::Range<usize>) -> Span {
        let found = || {
            let text = self.text(file)?;
            let start = Span { end_column: words.span.column, ..words.span }.bytes_in(text)?.start;
            let needle = &words.text[part.clone()];
            let earlier = words.text[..part.start].matches(needle).count();
            let (mut at, mut seen) = (start, 0);
            let end = text.floor_char_boundary((start + words.text.len() * 3 + 400).min(text.len()));
            while at < end {
                if let Some(length) = length_of(&text[at..end], needle) {
                    if seen == earlier {
                        return Some(Span::of_bytes(text, at, at + length));
                    }
                    seen += 1;
                }
                at += text[at..].chars().next().map_or(1, char::len_utf8);
            }
            None
        };
        found().unwrap_or(words.span)
    }
}

/// Length of `needle` at the start of a text in which a blank may be a line break and its indent.
fn length_of(text: &str, needle: &str) -> Option<usize> {
    let mut rest = text;
    let mut letters = needle.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter.is_whitespace() {
            let trimmed = rest.trim_start();
            if trimmed.len() == rest.len() {
                return None;
            }
            while letters.peek().is_some_and(|next| next.is_whitespace()) {
                letters.next();
            }
            rest = trimmed;
        } else {
            // A quotation mark is doubled, or has a backslash, between others of its kind.
            rest = match letter {
                '\'' => rest.strip_prefix("''").or_else(|| rest.strip_prefix('\''))?,
                '"' => rest.strip_prefix("\\\"").or_else(|| rest.strip_prefix('"'))?,
                letter => rest.strip_prefix(letter)?,
            };
        }
    }
    Some(text.len() - rest.len())
}

fn gather(words: &mut Vec<Words>, path: &mut Vec<Step>, value: &Value, node: Option<&Node>, near: Span) {
    let near = node.map_or(near, |node| node.span);
    match value {
        Value::String(text) => words.push(Words { field: path.clone(), text: text.clone(), span: near }),
        Value::Number(number) => {
            words.push(Words { field: path.clone(), text: number.to_string(), span: near });
        }
        Value::Sequence(items) => {
            for (at, item) in items.iter().enumerate() {
                let node = node.and_then(|node| match &node.parts {
                    Parts::List(nodes) => nodes.get(at),
                    _ => None,
                });
                path.push(Step::Index(at));
                gather(words, path, item, node, near);
                path.pop();
            }
        }
        Value::Mapping(entries) => {
            for (key, value) in entries {
                let Some(name) = key.as_str() else { continue };
                let node = node.and_then(|node| match &node.parts {
                    Parts::Map(nodes) => nodes.iter().find(|(key, ..)| key == name).map(|(.., node)| node),
                    _ => None,
                });
                path.push(Step::Key(name.to_owned()));
                gather(words, path, value, node, near);
                path.pop();
            }
        }
        Value::Tagged(tagged) => gather(words, path, &tagged.value, node, near),
        Value::Null | Value::Bool(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    #[test]
    fn every_text_of_a_record_has_its_place() {
        let yaml = "- title: A\n- title: 'It''s\n    late'\n  summary: >-\n    Two lines\n    of text\n  keywords: [one, \"t\\\"wo\"]\n";
        let mut sources = Sources::default();
        sources.texts.insert("records/awards.yaml".to_owned(), Arc::from(yaml));
        let origin = Origin { file: "records/awards.yaml".into(), index: 1 };
        let words = sources.words(&origin);
        let texts: Vec<_> = words.iter().map(|words| words.text.as_str()).collect();
        assert_eq!(texts, ["It's late", "Two lines of text", "one", "t\"wo"]);
        assert!(words[3].is_under("keywords"));
        let place = |at: usize, part: &str| {
            let start = words[at].text.find(part).expect("the part");
            sources.place_in("records/awards.yaml", &words[at], start..start + part.len())
        };
        assert_eq!(place(0, "'s late"), Span::new(2, 13, 3));
        assert_eq!(place(1, "of text"), Span::new(6, 5, 7));
        assert_eq!(place(1, "lines of"), Span::new(5, 9, 5));
        assert_eq!(place(3, "\"wo"), Span::new(7, 21, 4));
        assert_eq!(sources.record_text(&origin).map(|text| text.starts_with("- title: 'It")), Some(true));
    }
}
