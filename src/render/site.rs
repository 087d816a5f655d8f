//! The finished site as a value.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

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

/// The finished site: every file it consists of, in the order of their paths.
#[derive(Debug, Clone, Default)]
pub struct Site {
    /// Path → content.
    pub files: BTreeMap<SitePath, Payload>,
}
