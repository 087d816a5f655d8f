//! Whether the files of a site are still the same, by what is in them.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::source::Sources;

/// The state of all files: texts by content, others by content too where their time has changed.
#[derive(Debug, Default)]
pub(super) struct Stamp {
    texts: BTreeMap<String, Arc<str>>,
    files: BTreeMap<String, FileStamp>,
    problems: Vec<Diagnostic>,
    files_number: u64,
}

#[derive(Debug, Clone)]
struct FileStamp {
    length: u64,
    changed: Option<SystemTime>,
    hash: Option<blake3::Hash>,
}

/// What differs between two states.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Difference {
    /// Whether anything does.
    pub any: bool,
    /// Files that are not text and have other content than before.
    pub files: Vec<String>,
}

/// The longest file whose content is compared; a longer one counts as changed with its time.
const LONGEST_COMPARED: u64 = 64 * 1024 * 1024;

impl Stamp {
    /// Takes over the state of sources just read, and tells what differs from the state before.
    pub(super) fn update(&mut self, sources: &Sources, problems: &Diagnostics) -> Difference {
        let problems: Vec<_> = problems.iter().cloned().collect();
        let mut files = BTreeMap::new();
        let mut changed = Vec::new();
        for path in sources.files.keys() {
            let stamp = FileStamp::of(&sources.location(path), self.files.get(path));
            if self.files.get(path).is_some_and(|before| !before.is_same(&stamp)) {
                changed.push(path.clone());
            }
            files.insert(path.clone(), stamp);
        }
        let same_names = files.len() == self.files.len() && files.keys().all(|path| self.files.contains_key(path));
        let any = !changed.is_empty() || !same_names || self.texts != sources.texts || self.problems != problems;
        let files_number = self.files_number + u64::from(!changed.is_empty() || !same_names || self.files_number == 0);
        *self = Self { texts: sources.texts.clone(), files, problems, files_number };
        Difference { any, files: changed }
    }
}

impl Stamp {
    /// Returns a number that changes with the files that are not text.
    pub(super) fn files_number(&self) -> u64 {
        self.files_number
    }
}

impl FileStamp {
    fn of(file: &Path, before: Option<&Self>) -> Self {
        let about = fs::metadata(file).ok();
        let length = about.as_ref().map(fs::Metadata::len).unwrap_or_default();
        let changed = about.and_then(|about| about.modified().ok());
        match before {
            Some(before) if before.length == length && before.changed == changed => before.clone(),
            Some(_) if length <= LONGEST_COMPARED => {
                Self { length, changed, hash: fs::read(file).ok().map(|bytes| blake3::hash(&bytes)) }
            }
            _ => Self { length, changed, hash: None },
        }
    }

    fn is_same(&self, other: &Self) -> bool {
        let untouched = self.length == other.length && self.changed == other.changed;
        untouched || (self.hash.is_some() && self.hash == other.hash)
    }
}
