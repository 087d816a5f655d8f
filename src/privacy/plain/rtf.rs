//! Rich Text Format (RTF 1.9.1): its words, and what its header tells of who wrote it.

use encoding_rs::{Encoding, WINDOWS_1252};

use super::labels::Labels;
use super::{Hit, in_prose};
use crate::diagnostic::code;
use crate::privacy::trace::Trace;

/// Groups within one another.
const DEEPEST: usize = 1_000;
/// Groups whose content is no text.
const SKIPPED: [&str; 13] = [
    "fonttbl",
    "colortbl",
    "stylesheet",
    "pict",
    "listtable",
    "listoverridetable",
    "rsidtbl",
    "generator",
    "themedata",
    "latentstyles",
    "datastore",
    "xmlnstbl",
    "objdata",
];
/// Parts of the header that tell who wrote it.
const PROPERTIES: [&str; 10] =
    ["title", "subject", "author", "manager", "company", "operator", "category", "keywords", "comment", "doccomm"];

/// Tells from its beginning whether a file is RTF.
pub(in crate::privacy) fn is_rtf(head: &[u8]) -> bool {
    head.starts_with(b"{\\rtf")
}

/// Looks through a document; places are not told, as its lines are none that a reader sees.
pub(super) fn traces(path: &str, bytes: &[u8], whereabouts: &str) -> Vec<Trace> {
    let document = read(bytes);
    let found: Vec<Hit> = in_prose(&document.text, &mut Labels::default());
    let mut traces: Vec<_> = found.iter().map(|hit| Trace::found(hit.what, &hit.words, whereabouts, None)).collect();
    if !document.properties.is_empty() {
        let said: Vec<_> = document.properties.iter().map(|(name, value)| format!("{name} `{value}`")).collect();
        let message = format!("is an RTF document, which is published as it is, with its {}", said.join(", "));
        let trace = Trace::new(&code::OFFICE_DOCUMENT, message, path, "export it as PDF and publish that");
        traces.push(if whereabouts.is_empty() { trace } else { trace.inside(path) });
    }
    traces
}

/// What a document says.
#[derive(Debug, Default, PartialEq, Eq)]
struct Document {
    text: String,
    properties: Vec<(&'static str, String)>,
}

/// Where the letters of a group go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Target {
    Text,
    Nothing,
    Info,
    Property(&'static str),
}

#[derive(Debug, Clone, Copy)]
struct Group {
    target: Target,
    /// Letters that stand after `\u` for programs that do not know it.
    fallback: usize,
}

struct Reader<'b> {
    bytes: &'b [u8],
    at: usize,
    groups: Vec<Group>,
    group: Group,
    encoding: &'static Encoding,
    /// Letters still to be passed over.
    passed: usize,
    /// Whether the group just begun may be left out by who does not know it.
    is_optional: bool,
    /// The first half of a letter of UTF-16.
    half: Option<u16>,
    document: Document,
}

fn read(bytes: &[u8]) -> Document {
    let group = Group { target: Target::Text, fallback: 1 };
    let mut reader = Reader {
        bytes,
        at: 0,
        groups: Vec::new(),
        group,
        encoding: WINDOWS_1252,
        passed: 0,
        is_optional: false,
        half: None,
        document: Document::default(),
    };
    reader.read();
    reader.document
}

impl Reader<'_> {
    fn read(&mut self) {
        while let Some(byte) = self.bytes.get(self.at).copied() {
            self.at += 1;
            match byte {
                b'{' if self.groups.len() >= DEEPEST => return,
                b'{' => self.groups.push(self.group),
                b'}' => {
                    self.group = self.groups.pop().unwrap_or(self.group);
                    (self.passed, self.is_optional) = (0, false);
                }
                b'\\' => self.control(),
                b'\r' | b'\n' => {}
                byte => self.bytes_of_letters(byte),
            }
        }
    }

    /// Letters that stand as they are, to the next mark.
    fn bytes_of_letters(&mut self, first: u8) {
        if self.passed > 0 {
            self.passed -= 1;
            return;
        }
        if first.is_ascii() {
            self.push(char::from(first));
            return;
        }
        let length = self.bytes[self.at..].iter().take_while(|byte| !byte.is_ascii()).count();
        let run = &self.bytes[self.at - 1..self.at + length];
        self.at += length;
        let letters = self.encoding.decode_without_bom_handling(run).0;
        letters.chars().for_each(|letter| self.push(letter));
    }

    fn control(&mut self) {
        let Some(first) = self.bytes.get(self.at).copied() else { return };
        if !first.is_ascii_alphabetic() {
            self.at += 1;
            self.symbol(first);
            return;
        }
        let rest = &self.bytes[self.at..];
        let length = rest.iter().take(32).take_while(|byte| byte.is_ascii_alphabetic()).count();
        let word = String::from_utf8_lossy(&rest[..length]).into_owned();
        let sign = usize::from(rest.get(length) == Some(&b'-'));
        let digits = rest[length + sign..].iter().take(10).take_while(|byte| byte.is_ascii_digit()).count();
        let number = std::str::from_utf8(&rest[length..length + sign + digits]).ok().and_then(|text| text.parse().ok());
        self.at += length + if digits > 0 { sign + digits } else { 0 };
        if self.bytes.get(self.at) == Some(&b' ') {
            self.at += 1;
        }
        self.word(&word, number);
    }

    fn symbol(&mut self, symbol: u8) {
        match symbol {
            b'\'' => self.escaped(),
            b'*' => self.is_optional = true,
            b'~' => self.push(' '),
            b'_' => self.push('-'),
            b'\\' | b'{' | b'}' => self.push(char::from(symbol)),
            b'\r' | b'\n' => self.say("\n\n"),
            _ => {}
        }
    }

    /// The letters of `\'e9`, as many as stand in a row.
    fn escaped(&mut self) {
        let digit = |at: usize| self.bytes.get(at).and_then(|byte| char::from(*byte).to_digit(16));
        let mut letters = Vec::new();
        while let (Some(high), Some(low)) = (digit(self.at), digit(self.at + 1)) {
            letters.push(u8::try_from(high * 16 + low).unwrap_or_default());
            self.at += 2;
            if self.bytes.get(self.at..self.at + 2) != Some(b"\\'") || letters.len() >= 64 {
                break;
            }
            self.at += 2;
        }
        let passed = self.passed.min(letters.len());
        self.passed -= passed;
        let text = self.encoding.decode_without_bom_handling(&letters[passed..]).0;
        text.chars().for_each(|letter| self.push(letter));
    }

    fn word(&mut self, word: &str, number: Option<i64>) {
        let is_optional = std::mem::take(&mut self.is_optional);
        let count = number.and_then(|number| usize::try_from(number).ok());
        match word {
            "par" | "sect" | "page" | "row" => self.say(if word == "row" { "\n" } else { "\n\n" }),
            "line" => self.say("\n"),
            "tab" => self.say("\t"),
            "cell" => self.say(" | "),
            "emdash" | "endash" => self.push('–'),
            "lquote" | "rquote" => self.push('’'),
            "ldblquote" | "rdblquote" => self.push('"'),
            "uc" => self.group.fallback = count.unwrap_or(1).min(64),
            "u" => self.unicode(number.unwrap_or_default()),
            "bin" => self.at = (self.at + count.unwrap_or_default()).min(self.bytes.len()),
            "ansicpg" => self.encoding = count.and_then(page).unwrap_or(WINDOWS_1252),
            "info" => self.group.target = Target::Info,
            word if self.group.target == Target::Info => {
                let property = PROPERTIES.iter().find(|property| **property == word);
                self.group.target = property.map_or(Target::Nothing, |property| Target::Property(property));
            }
            word if (SKIPPED.contains(&word) || is_optional) && self.group.target == Target::Text => {
                self.group.target = Target::Nothing;
            }
            _ => {}
        }
    }

    /// One unit of UTF-16, which may be written as a negative number.
    fn unicode(&mut self, number: i64) {
        let unit = u16::try_from(number.rem_euclid(65_536)).unwrap_or_default();
        self.passed = self.group.fallback;
        let units = [self.half.take().unwrap_or(unit), unit];
        let letter = match char::from_u32(u32::from(unit)) {
            Some(letter) => Some(letter),
            None => char::decode_utf16(units).next().and_then(Result::ok),
        };
        match letter {
            Some(letter) => self.push(letter),
            None => self.half = Some(unit),
        }
    }

    fn say(&mut self, text: &str) {
        if self.group.target == Target::Text {
            self.document.text.push_str(text);
        }
    }

    fn push(&mut self, letter: char) {
        match self.group.target {
            Target::Text => self.document.text.push(letter),
            Target::Property(name) => match self.document.properties.last_mut() {
                Some((last, value)) if *last == name => value.push(letter),
                _ => self.document.properties.push((name, letter.to_string())),
            },
            Target::Nothing | Target::Info => {}
        }
    }
}

/// The encoding of a code page of Windows.
fn page(number: usize) -> Option<&'static Encoding> {
    Encoding::for_label(format!("windows-{number}").as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_properties_are_read() {
        let document = read(
            b"{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Arial;}}{\\info{\\author Jane Roe}{\\creatim\\yr2024}}{\\*\\generator X;}\\f0 N\\'e9 le\\~14\\u8211?03, \\{MRN\\} 0045321\\par {\\pict\\bin3 }}}x}Next\\cell A\\row}",
        );
        assert_eq!(document.text, "Né le 14–03, {MRN} 0045321\n\nNext | A\n");
        assert_eq!(document.properties, [("author", "Jane Roe".to_owned())]);
        assert_eq!(read("{\\rtf1 \\u-10179?\\u-8704?}".as_bytes()).text, "\u{1F600}");
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_read_to_their_end(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..200)) {
            let text = read(&[b"{\\rtf1 ", &bytes[..]].concat()).text;
            proptest::prop_assert!(text.len() <= 4 * bytes.len() + 8);
        }

        #[test]
        fn any_commands_are_read_to_their_end(text in "([\\\\{}*'a-f0-9 u-]|\\\\'e9|\\\\u-?[0-9]{1,6}|\\\\bin[0-9]{1,20}|\\\\info|\\\\author|é){0,60}") {
            read(text.as_bytes());
        }
    }
}
