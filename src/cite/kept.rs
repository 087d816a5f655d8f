//! References of earlier builds, so that a build lays out only what changed.
//!
//! A reference is kept under the hash of all that it is made from: the program, the style, the
//! language, and the prepared item with the owner's place. So one that is taken over can never
//! differ from one made anew. On disk they are one file in `.offprint/cache/`, with a hash of its
//! own: a damaged file is as good as none.

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;

use serde_json::Value;

use super::{CitationText, Part, Run, RunStyle};
use crate::portfolio::Publication;
use crate::source::Sources;

/// What the file in the cache is called.
const FILE: &str = "references";

/// How many references of other styles and audiences stay in the file beside those in use.
const SPARE: usize = 4;

/// The hash of all that a reference is made from.
pub(super) type Key = [u8; blake3::OUT_LEN];

/// References by what they were made from.
#[derive(Debug, Default)]
pub struct Kept {
    references: HashMap<Key, CitationText>,
    /// Those asked for since the last save.
    used: HashSet<Key>,
    grown: bool,
}

impl Kept {
    /// Returns what earlier builds of a site left on disk.
    pub fn load(sources: &Sources) -> Self {
        let references = sources.kept(FILE).and_then(|bytes| read(&bytes)).unwrap_or_default();
        Self { references, ..Self::default() }
    }

    /// Keeps the references on disk when new ones came since they were loaded.
    pub fn save(&mut self, sources: &Sources) {
        if !self.grown {
            return;
        }
        if self.references.len() > self.used.len() * SPARE {
            self.references.retain(|key, _| self.used.contains(key));
        }
        sources.keep(FILE, &written(&self.references));
        self.grown = false;
    }

    pub(super) fn get(&mut self, key: &Key) -> Option<CitationText> {
        let found = self.references.get(key).cloned();
        self.used.insert(*key);
        found
    }

    pub(super) fn add(&mut self, key: Key, citation: CitationText) {
        self.references.insert(key, citation);
        self.grown = true;
    }
}

/// Returns the key of a publication's reference in a style.
pub(super) fn key(style: &blake3::Hash, publication: &Publication, item: &Value) -> Key {
    let mut hasher = blake3::Hasher::new();
    hasher.update(style.as_bytes());
    let place = (publication.own_index, publication.own_position, publication.author_count);
    // One text for the hash: many small pieces cost it more than all the rest.
    let mut facts = item.to_string();
    // Writing to memory cannot fail.
    let _ = write!(facts, "\0{:?} {:?} {place:?}", publication.kind, publication.status);
    hasher.update(facts.as_bytes());
    *hasher.finalize().as_bytes()
}

fn written(references: &HashMap<Key, CitationText>) -> Vec<u8> {
    // In the order of the keys, so that the file does not depend on the order of a map.
    let mut sorted: Vec<_> = references.iter().collect();
    sorted.sort_unstable_by_key(|(key, _)| **key);
    let mut bytes = Vec::new();
    for (key, citation) in sorted {
        bytes.extend(key);
        number(&mut bytes, citation.runs.len());
        for run in &citation.runs {
            let RunStyle { italic, bold, superscript, subscript, small_caps } = run.style;
            let looks = [italic, bold, superscript, subscript, small_caps];
            bytes.push(looks.iter().enumerate().map(|(bit, on)| u8::from(*on) << bit).sum());
            match &run.part {
                Part::Other => bytes.push(0),
                Part::Author(index) => {
                    bytes.push(1);
                    number(&mut bytes, *index);
                }
                Part::Title => bytes.push(2),
                Part::ContainerTitle => bytes.push(3),
                Part::Link(address) => {
                    bytes.push(4);
                    text(&mut bytes, address);
                }
            }
            text(&mut bytes, &run.text);
        }
    }
    bytes
}

fn number(bytes: &mut Vec<u8>, number: usize) {
    bytes.extend(u32::try_from(number).unwrap_or(u32::MAX).to_le_bytes());
}

fn text(bytes: &mut Vec<u8>, text: &str) {
    number(bytes, text.len());
    bytes.extend(text.as_bytes());
}

/// Reads what [`written`] wrote; `None` when it is anything else.
fn read(bytes: &[u8]) -> Option<HashMap<Key, CitationText>> {
    let mut reader = Reader { rest: bytes };
    let mut references = HashMap::new();
    while !reader.rest.is_empty() {
        let key = *reader.take(blake3::OUT_LEN)?.first_chunk()?;
        let runs = (0..reader.number()?).map(|_| reader.run()).collect::<Option<_>>()?;
        references.insert(key, CitationText { runs });
    }
    Some(references)
}

struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(taken)
    }

    fn byte(&mut self) -> Option<u8> {
        self.take(1).map(|byte| byte[0])
    }

    fn number(&mut self) -> Option<usize> {
        usize::try_from(u32::from_le_bytes(*self.take(4)?.first_chunk()?)).ok()
    }

    fn text(&mut self) -> Option<String> {
        let length = self.number()?;
        String::from_utf8(self.take(length)?.to_vec()).ok()
    }

    fn run(&mut self) -> Option<Run> {
        let looks = self.byte()?;
        let on = |bit: u8| looks & (1 << bit) != 0;
        let style = RunStyle { italic: on(0), bold: on(1), superscript: on(2), subscript: on(3), small_caps: on(4) };
        let part = match self.byte()? {
            0 => Part::Other,
            1 => Part::Author(self.number()?),
            2 => Part::Title,
            3 => Part::ContainerTitle,
            4 => Part::Link(self.text()?),
            _ => return None,
        };
        Some(Run { text: self.text()?, style, part })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_come_back_as_they_were_kept() {
        let run = |text: &str, part| Run { text: text.into(), part, ..Run::default() };
        let citation = CitationText {
            runs: vec![
                run("Rao P", Part::Author(300)),
                Run {
                    style: RunStyle { italic: true, small_caps: true, ..RunStyle::default() },
                    ..run("Ü", Part::Title)
                },
                run("doi", Part::Link("https://doi.org/10.5555/a".into())),
                run("", Part::ContainerTitle),
            ],
        };
        let kept: HashMap<Key, CitationText> = [([7; 32], citation), ([8; 32], CitationText::default())].into();
        let bytes = written(&kept);
        assert_eq!(read(&bytes), Some(kept));
        for cut in 1..bytes.len() {
            assert!(read(&bytes[..cut]).is_none_or(|read| read.len() < 2), "{cut}");
        }
        assert_eq!(read(&[0xFF; 40]), None);
    }
}
