//! The finished site as a value.

use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

use crate::diagnostic::{Diagnostic, Diagnostics, code};

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

/// The finished site: every file it consists of, in the order of their paths.
#[derive(Debug, Clone, Default)]
pub struct Site {
    /// Path → content.
    pub files: BTreeMap<SitePath, Payload>,
    /// Path in lower case → path as written, for file systems that do not tell the case of letters.
    folded: BTreeMap<String, SitePath>,
}

impl Site {
    /// Puts a file at a path; a second writer of a path, whatever the case of its letters, is reported and left out.
    pub fn add(&mut self, diagnostics: &mut Diagnostics, path: SitePath, payload: Payload) {
        let key = path.as_str().to_lowercase();
        if let Some(taken) = self.folded.get(&key) {
            let same = taken == &path;
            let message = if same {
                format!("two things of the site want the address `{path}`")
            } else {
                format!(
                    "`{path}` and `{taken}` differ only in the case of their letters, which many computers cannot tell apart"
                )
            };
            let help = "rename one of them: a page's address is its file name, a record's is its id";
            diagnostics.push(Diagnostic::new(&code::PATH_CLASH, path.as_str(), message).help(help));
            return;
        }
        self.folded.insert(key, path.clone());
        self.files.insert(path, payload);
    }
}
