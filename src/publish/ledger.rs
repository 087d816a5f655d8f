//! `.offprint/published.json`: what was published where, so that the next run knows what is new.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use serde::{Deserialize, Serialize};

use crate::build::output;

/// The format that this version reads and writes.
const FORMAT: u32 = 1;

/// What was published, place by place.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Ledger {
    format: u32,
    places: BTreeMap<String, Entry>,
    #[serde(skip)]
    path: PathBuf,
    /// Held while a run goes on, so that two never send at once.
    #[serde(skip)]
    lock: Option<File>,
}

/// What was published at one place.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Entry {
    /// Path → hash of what is known to be there.
    pub files: BTreeMap<String, String>,
    /// Files that a run was sending or removing when it was broken off.
    pub doubtful: BTreeSet<String>,
    /// Site path of a page → its title.
    pub pages: BTreeMap<String, String>,
    /// Id of a record → its title.
    pub records: BTreeMap<String, String>,
}

impl Ledger {
    /// Opens the ledger of a site; an absent one is empty.
    ///
    /// # Errors
    /// When it cannot be read, or another run is under way.
    pub fn open(root: &Path) -> anyhow::Result<Self> {
        let folder = output::workplace(root)?;
        let lock = output::open_lock(&folder.join("publish.lock"))?;
        if matches!(lock.try_lock(), Err(fs::TryLockError::WouldBlock)) {
            bail!("another `offprint publish` of this site is under way\nhelp: wait for it");
        }
        let path = folder.join("published.json");
        let mut ledger = match fs::read(&path) {
            Ok(text) => {
                serde_json::from_slice::<Self>(&text).ok().filter(|read| read.format <= FORMAT).with_context(|| {
                    format!(
                        "{} is damaged, or was written by a newer Offprint\n\
                         help: update Offprint, or delete that file: everything is then sent anew",
                        path.display()
                    )
                })?
            }
            Err(error) if error.kind() == ErrorKind::NotFound => Self::default(),
            Err(error) => return Err(error).with_context(|| format!("cannot read {}", path.display())),
        };
        ledger.path = path;
        ledger.lock = Some(lock);
        Ok(ledger)
    }

    /// Returns what was published at a place; `None` when nothing was from this computer.
    pub fn entry(&self, place: &str) -> Option<&Entry> {
        self.places.get(place)
    }

    /// Notes, before a run, which files it will touch: should it be broken off, these are the doubtful ones.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn begin(&mut self, place: &str, after: &Entry) -> anyhow::Result<()> {
        let entry = self.places.entry(place.to_owned()).or_default();
        let touched = |path: &String| entry.files.get(path) != after.files.get(path);
        let doubtful: BTreeSet<String> =
            entry.files.keys().chain(after.files.keys()).filter(|path| touched(path)).cloned().collect();
        entry.files.retain(|path, _| !doubtful.contains(path));
        entry.doubtful.extend(doubtful);
        self.save()
    }

    /// Notes, after a run, what is there now.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn finish(&mut self, place: &str, after: Entry) -> anyhow::Result<()> {
        self.places.insert(place.to_owned(), after);
        self.save()
    }

    fn save(&mut self) -> anyhow::Result<()> {
        self.format = FORMAT;
        let save = || -> anyhow::Result<()> {
            Ok(output::replace(&self.path, serde_json::to_string_pretty(self)?.as_bytes())?)
        };
        save().with_context(|| format!("cannot write {}", self.path.display()))
    }
}

impl Entry {
    /// Returns the files that may be at the place and that a site with these files no longer has.
    pub fn stale(&self, files: &BTreeMap<String, super::parcel::File>) -> BTreeSet<String> {
        let known = self.files.keys().chain(&self.doubtful);
        known.filter(|path| !files.contains_key(*path)).cloned().collect()
    }
}
