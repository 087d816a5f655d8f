//! Changes to a YAML file of the user's that keep every other byte.
//!
//! Takes a text; gives the text with an item more in a list, an item less, or a line more at its
//! head. Each change is proved before it is given: read again, the file must say what it said,
//! and what was asked for beside it. A file written in a way in which that cannot be done (a
//! list between brackets, an anchor) is refused, and stays as it is.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::ops::Range;

use serde::de::DeserializeOwned;
use serde_yaml::Value;

/// Why a file was not changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// It is not valid YAML, or not a map.
    Unreadable,
    /// Its list is written in a form that cannot be changed line by line.
    Form,
    /// The item is not there.
    Absent,
}

/// Adds an item at the end of a list of a map, which is made if it is not there.
///
/// `fields` are the item's, each with its value as YAML of one line.
///
/// # Errors
/// When the file is not readable, or the list is not written as one item under another.
pub fn append_item(text: &str, list: &str, fields: &[(&str, String)]) -> Result<String, Refusal> {
    let lines = Lines::of(text);
    let changed = match lines.key(list) {
        None => {
            let mut changed = text.to_owned();
            if !changed.is_empty() && !changed.ends_with('\n') {
                changed.push_str(lines.end);
            }
            if lines.content.iter().any(|line| !line.text.trim().is_empty()) {
                changed.push_str(lines.end);
            }
            changed.push_str(&format!("{list}:{}", lines.end));
            changed + &item(fields, 2, lines.end)
        }
        Some(at) => {
            let key = &lines.content[at];
            let after = key.text[list.len() + 1..].trim();
            let bare = after.split(" #").next().unwrap_or_default().trim();
            let empty = bare.is_empty() || bare.starts_with('#') || matches!(bare, "[]" | "~" | "null");
            if !empty {
                return Err(Refusal::Form);
            }
            let block = lines.block(at);
            let dash = lines.content[block.clone()].iter().find(|line| line.text.trim_start().starts_with('-'));
            let indent = dash.map_or(2, Line::indent);
            let last = lines.content[block.clone()].iter().rposition(|line| line.is_of_item(indent));
            let place = last.map_or(key.end, |last| lines.content[block.start + last].end);
            let mut changed = text[..place].to_owned();
            if !changed.ends_with('\n') {
                changed.push_str(lines.end);
            }
            if !bare.is_empty() && !bare.starts_with('#') {
                let value = key.start + list.len() + 1..key.end;
                let emptied = text[value.clone()].replacen(&format!(" {bare}"), "", 1);
                changed.replace_range(value.start..value.end.min(changed.len()), &emptied);
            }
            changed.push_str(&item(fields, indent, lines.end));
            changed + &text[place..]
        }
    };
    let mut expected = read(text)?;
    let mut new = serde_yaml::Mapping::new();
    for (field, value) in fields {
        new.insert(Value::from(*field), serde_yaml::from_str(value).map_err(|_| Refusal::Form)?);
    }
    match expected.entry(Value::from(list)).or_insert_with(|| Value::Sequence(Vec::new())) {
        Value::Sequence(items) => items.push(Value::Mapping(new)),
        other if other.is_null() => *other = Value::Sequence(vec![Value::Mapping(new)]),
        _ => return Err(Refusal::Form),
    }
    proved(changed, &expected)
}

/// Removes the item of a list of a map whose field `id` has this value, with the comments inside it.
///
/// # Errors
/// When the file is not readable, the item is not there, or the list is not written as one item under another.
pub fn remove_item(text: &str, list: &str, id: &str) -> Result<String, Refusal> {
    let mut expected = read(text)?;
    let key = Value::from(list);
    let Some(Value::Sequence(items)) = expected.get_mut(&key) else { return Err(Refusal::Absent) };
    let is_it = |item: &Value| item.get("id").and_then(Value::as_str).is_some_and(|own| own.trim() == id);
    let at = items.iter().position(is_it).ok_or(Refusal::Absent)?;
    items.remove(at);
    let was_last = items.is_empty();
    let lines = Lines::of(text);
    let head = lines.key(list).ok_or(Refusal::Form)?;
    let block = lines.block(head);
    let dash = lines.content[block.clone()].iter().find(|line| line.text.trim_start().starts_with('-'));
    let indent = dash.ok_or(Refusal::Form)?.indent();
    let starts: Vec<usize> = block.clone().filter(|&line| lines.content[line].starts_item(indent)).collect();
    let start = *starts.get(at).ok_or(Refusal::Form)?;
    let next = starts.get(at + 1).copied().unwrap_or(block.end);
    let end = (start..next).rfind(|&line| lines.content[line].is_of_item(indent)).unwrap_or(start) + 1;
    let mut bytes = lines.content[start].start..lines.content[end - 1].end;
    if was_last {
        expected.remove(&key);
        // The empty line above a list at the end of a file was made with the list.
        let is_at_end = bytes.end == text.len();
        let above = head.checked_sub(1).filter(|&line| is_at_end && lines.content[line].text.trim().is_empty());
        bytes.start = lines.content[above.unwrap_or(head)].start;
    }
    let changed = [&text[..bytes.start], &text[bytes.end..]].concat();
    proved(changed, &expected)
}

/// Puts a field with a value of one line at the head of a map, under the notes that stand above all.
///
/// # Errors
/// When the file is not readable, or has the field.
pub fn put_first(text: &str, field: &str, value: &str) -> Result<String, Refusal> {
    let mut expected = serde_yaml::Mapping::new();
    expected.insert(Value::from(field), serde_yaml::from_str(value).map_err(|_| Refusal::Form)?);
    let old = read(text)?;
    if old.contains_key(field) {
        return Err(Refusal::Form);
    }
    expected.extend(old);
    let lines = Lines::of(text);
    let is_head = |line: &&Line<'_>| {
        let text = line.text.trim_start_matches('\u{feff}').trim();
        !(text.is_empty() || text.starts_with('#') || text.starts_with("---") || text.starts_with('%'))
    };
    let first = lines.content.iter().find(is_head);
    let place = first.map_or(text.len(), |line| line.start + if line.text.starts_with('\u{feff}') { 3 } else { 0 });
    let before = if place > 0 && first.is_none() && !text.ends_with('\n') { lines.end } else { "" };
    let changed = [&text[..place], before, field, ": ", value, lines.end, &text[place..]].concat();
    proved(changed, &expected)
}

/// Adds a line for a key of `values` to a file that is one map of single values; an empty file gets `head` above it.
///
/// A map that cannot take a line more (one between braces) is written anew, a line for each value under its notes.
pub fn append_line<V>(text: &str, head: &str, values: &BTreeMap<String, V>, key: &str) -> String
where
    V: Display + DeserializeOwned + PartialEq,
{
    let line = |key: &str| values.get(key).map(|value| format!("{}: {value}\n", scalar(key))).unwrap_or_default();
    let start = if text.is_empty() { head } else { text };
    let end = if start.is_empty() || start.ends_with('\n') { "" } else { "\n" };
    let changed = [start, end, &line(key)].concat();
    if serde_yaml::from_str::<BTreeMap<String, V>>(&changed).is_ok_and(|found| found == *values) {
        return changed;
    }
    let notes = text.lines().filter(|line| line.starts_with('#')).map(|line| format!("{line}\n"));
    notes.chain(values.keys().map(|key| line(key))).collect()
}

/// Writes words as a YAML value of one line: bare where that reads back the same, quoted otherwise.
pub fn scalar(words: &str) -> String {
    let letters = |letter: char| letter.is_alphanumeric() || " .,'()/-@+".contains(letter);
    let starts_well = words.chars().next().is_some_and(char::is_alphabetic);
    let plain = starts_well && words.chars().all(letters) && !words.ends_with(' ');
    let same = serde_yaml::from_str::<Value>(words).is_ok_and(|value| value.as_str() == Some(words));
    let is_word = !["y", "n", "yes", "no", "on", "off"].contains(&words.to_lowercase().as_str());
    if plain && same && is_word { words.to_owned() } else { serde_json::Value::from(words).to_string() }
}

fn read(text: &str) -> Result<serde_yaml::Mapping, Refusal> {
    let text = text.trim_start_matches('\u{feff}');
    match serde_yaml::from_str::<Value>(text) {
        Ok(Value::Mapping(map)) => Ok(map),
        Ok(Value::Null) => Ok(serde_yaml::Mapping::new()),
        _ => Err(Refusal::Unreadable),
    }
}

/// Gives the text only if it says what it should.
fn proved(changed: String, expected: &serde_yaml::Mapping) -> Result<String, Refusal> {
    let says = read(&changed).is_ok_and(|found| found == *expected);
    if says { Ok(changed) } else { Err(Refusal::Form) }
}

fn item(fields: &[(&str, String)], indent: usize, end: &str) -> String {
    let lines = fields.iter().enumerate().map(|(place, (field, value))| {
        let dash = if place == 0 { "- " } else { "  " };
        format!("{}{dash}{field}: {value}{end}", " ".repeat(indent))
    });
    lines.collect()
}

/// A text cut into lines.
struct Lines<'t> {
    content: Vec<Line<'t>>,
    /// How its lines end.
    end: &'static str,
}

/// A line and its bytes, its end included.
struct Line<'t> {
    text: &'t str,
    start: usize,
    end: usize,
}

impl<'t> Lines<'t> {
    fn of(text: &'t str) -> Self {
        let mut content = Vec::new();
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let end = start + line.len();
            content.push(Line { text: line.trim_end_matches(['\n', '\r']), start, end });
            start = end;
        }
        let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
        Self { content, end }
    }

    /// The line of a key of the outermost map.
    fn key(&self, name: &str) -> Option<usize> {
        self.content.iter().position(|line| {
            let rest = line.text.trim_start_matches('\u{feff}').strip_prefix(name);
            rest.and_then(|rest| rest.strip_prefix(':')).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        })
    }

    /// The lines between a key and the next one.
    fn block(&self, key: usize) -> Range<usize> {
        let after = &self.content[key + 1..];
        let is_outside = |line: &Line<'_>| {
            let text = line.text;
            let is_item = text == "-" || text.starts_with("- ");
            !text.trim().is_empty() && !text.starts_with([' ', '\t', '#']) && !is_item
        };
        let length = after.iter().position(is_outside).unwrap_or(after.len());
        key + 1..key + 1 + length
    }
}

impl Line<'_> {
    fn indent(&self) -> usize {
        self.text.len() - self.text.trim_start_matches(' ').len()
    }

    fn starts_item(&self, indent: usize) -> bool {
        self.indent() == indent && (self.text.trim_start() == "-" || self.text.trim_start().starts_with("- "))
    }

    /// Tells whether the line belongs to an item whose dash is indented so: what stands deeper is
    /// the item's, a note too.
    fn is_of_item(&self, indent: usize) -> bool {
        !self.text.trim().is_empty() && (self.starts_item(indent) || self.indent() > indent)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn fields() -> Vec<(&'static str, String)> {
        vec![("id", scalar("msk")), ("to", scalar("MSK: \"fellowship\""))]
    }

    #[test]
    fn an_item_is_added_and_every_other_byte_stays() {
        let cases = [
            ("format: 1\n", "format: 1\n\nlist:\n  - id: msk\n    to: \"MSK: \\\"fellowship\\\"\"\n"),
            (
                "list:   # mine\n- id: a # one\n  # deep\n\n# next\nother: 1\n",
                "list:   # mine\n- id: a # one\n  # deep\n- id: msk\n  to: \"MSK: \\\"fellowship\\\"\"\n\n# next\nother: 1\n",
            ),
            (
                "list: [] # none yet\r\nother: 1",
                "list: # none yet\r\n  - id: msk\r\n    to: \"MSK: \\\"fellowship\\\"\"\r\nother: 1",
            ),
            (
                "list:\n    - id: a\n      note: |\n        # no note\n        words\n",
                "list:\n    - id: a\n      note: |\n        # no note\n        words\n    - id: msk\n      to: \"MSK: \\\"fellowship\\\"\"\n",
            ),
        ];
        for (old, new) in cases {
            assert_eq!(append_item(old, "list", &fields()).as_deref(), Ok(new));
            assert_eq!(remove_item(new, "list", "msk").map(|text| read(&text)), Ok(without_empty(old)), "{new}");
        }
        for flow in ["list: [{id: a}]\n", "list: &x\n  - id: a\n", "list: word\n", "- a\n", "a: [\n"] {
            assert!(append_item(flow, "list", &fields()).is_err(), "{flow}");
        }
    }

    /// What a file says once its only item was added and removed again.
    fn without_empty(text: &str) -> Result<serde_yaml::Mapping, Refusal> {
        let mut map = read(text)?;
        let empty = map.get("list").is_some_and(|list| list.as_sequence().is_some_and(Vec::is_empty));
        if empty {
            map.remove("list");
        }
        Ok(map)
    }

    #[test]
    fn an_item_is_removed_alone() {
        let old = "a: 1\nlist:\n  # of b\n  - {id: b}\n  - id: c # one\n    # of c\n    to: x\n  # after\nz: 2\n";
        assert_eq!(
            remove_item(old, "list", "c").as_deref(),
            Ok("a: 1\nlist:\n  # of b\n  - {id: b}\n  # after\nz: 2\n")
        );
        assert_eq!(remove_item(old, "list", "d"), Err(Refusal::Absent));
        assert_eq!(remove_item("list: [{id: b}]\n", "list", "b"), Err(Refusal::Form));
        assert_eq!(remove_item("list:\n- id: b\nz: 2\n", "list", "b").as_deref(), Ok("z: 2\n"));
    }

    #[test]
    fn a_first_field_stands_under_the_notes() {
        let put = |text: &str| put_first(text, "format", "1");
        assert_eq!(put("# Mine\n\nperson: {}\n").as_deref(), Ok("# Mine\n\nformat: 1\nperson: {}\n"));
        assert_eq!(put("\u{feff}person: {}\r\n").as_deref(), Ok("\u{feff}format: 1\r\nperson: {}\r\n"));
        assert_eq!(put("# only a note").as_deref(), Ok("# only a note\nformat: 1\n"));
        assert_eq!(put("---\nperson: {}\n").as_deref(), Ok("---\nformat: 1\nperson: {}\n"));
        assert_eq!(put("format: 1\n"), Err(Refusal::Form));
    }

    proptest! {
        #[test]
        fn a_changed_file_begins_and_ends_as_it_did(
            lines in prop::collection::vec(prop_oneof![
                Just("list:"), Just("- id: a"), Just("  - id: b"), Just("    to: x # y"), Just(""), Just("# note"),
                Just("other: 1"), Just("  deep: 2"), Just("list: []"), Just("text: |"), Just("  words"),
                Just("    # words"), Just("x: [a,"), Just("  b]"),
            ], 0..12),
            end in prop_oneof![Just("\n"), Just("\r\n")],
        ) {
            let text: String = lines.iter().map(|line| format!("{line}{end}")).collect();
            let Ok(changed) = append_item(&text, "list", &fields()) else { return Ok(()) };
            let old = read(&text).expect("readable");
            let new = read(&changed).expect("readable");
            for (key, value) in &old {
                prop_assert!(key.as_str() == Some("list") || new.get(key) == Some(value));
            }
            let removed = text.replace(&format!("list: []{end}"), "");
            for line in removed.split_inclusive('\n') {
                prop_assert!(changed.contains(line), "{changed:?} lost {line:?}");
            }
        }

        #[test]
        fn words_of_any_kind_read_back(words in "\\PC{0,20}") {
            let value: Value = serde_yaml::from_str(&scalar(&words)).expect("YAML");
            prop_assert_eq!(value.as_str(), Some(words.as_str()));
        }
    }
}
