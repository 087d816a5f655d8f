//! The finished site as a value.

use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

use crate::source::Origin;

/// A path inside the output: relative, `/` between folders, no `.` or `..` (`publications/x/index.html`).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SitePath(String);

impl SitePath {
    /// Makes a path from parts that the caller has already reduced to safe names.
    pub fn new(path: impl Into<String>) -> Self {
        Self(path.into())
    }

    /// Returns the path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for SitePath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SitePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What stands at a path of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Payload {
    /// Content made by the build.
    Bytes(Vec<u8>),
    /// A file of the user's that is published as it is.
    CopyOf(PathBuf),
}

/// What of the user's a file of the site is made from.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Maker {
    /// Several records or none: what every site has.
    #[default]
    Site,
    /// A file of the site folder, by its path: a page's text, or what is published as it is.
    File(String),
    /// A record.
    Record(Origin),
}

/// Two files of the site that want one path; the later one is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clash {
    /// The path that is taken.
    pub taken: SitePath,
    /// Who took it.
    pub by: Maker,
    /// The path that was wanted: the same, or one that differs in the case of letters only.
    pub wanted: SitePath,
    /// Who wanted it.
    pub of: Maker,
}

/// The finished site: every file it consists of, in the order of their paths.
#[derive(Debug, Clone, Default)]
pub struct Site {
    /// Path → content.
    pub files: BTreeMap<SitePath, Payload>,
    /// Path → what it was made from.
    pub makers: BTreeMap<SitePath, Maker>,
    /// What could not be put where it belongs.
    pub clashes: Vec<Clash>,
    /// Path in lower case → path as written, for file systems that do not tell the case of letters.
    folded: BTreeMap<String, SitePath>,
}

impl Site {
    /// Puts a file at a path; a second writer of a path, whatever the case of its letters, is left out and kept as a clash.
    pub fn add(&mut self, path: SitePath, payload: Payload, maker: Maker) {
        let key = path.as_str().to_lowercase();
        if let Some(taken) = self.folded.get(&key) {
            let by = self.makers.get(taken).cloned().unwrap_or_default();
            self.clashes.push(Clash { taken: taken.clone(), by, wanted: path, of: maker });
            return;
        }
        self.folded.insert(key, path.clone());
        self.makers.insert(path.clone(), maker);
        self.files.insert(path, payload);
    }
}
