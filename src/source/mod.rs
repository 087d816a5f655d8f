//! Everything that reads the user's site folder.
//!
//! Takes a folder; gives [`Sources`]: the texts of the site (records, pages, overrides) in
//! memory and the list of its other files. [`Sources::list`], [`Sources::map`] and
//! [`Sources::page`] turn texts into values; [`Sources::place`] turns a field of a record back
//! into a file, line and column. Knows nothing of what the fields mean. Problems in the user's
//! files are diagnostics; a folder that cannot be read is an error of the machine.

mod bytes;
pub mod cache;
pub mod edit;
pub mod ejected;
pub mod exhibits;
mod layout;
mod names;
mod odd;
mod page;
mod place;
mod project;
pub mod proofs;
mod seen;
pub mod theme;
mod words;
mod yaml;

pub use bytes::open_inside;
pub use place::{Place, RecordPlaces, Side};
pub use project::find_site;
pub use seen::Seen;
pub use words::Words;
pub use yaml::{Document, IsKnown, Item, Listing, Step};
pub(crate) use yaml::{is_invisible, record_name};

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use layout::Layouts;

/// Where a record stands in the user's files.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin {
    /// Path relative to the site folder, with `/` between folders.
    pub file: Arc<str>,
    /// Place in the file's list, from 0; 0 for a file that is a map.
    pub index: usize,
}

impl Default for Origin {
    fn default() -> Self {
        Self { file: "".into(), index: 0 }
    }
}

/// The user's site folder as read once.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    /// The site folder.
    pub root: PathBuf,
    /// Texts by path relative to the site folder: `site.yaml`, `records/*.yaml`,
    /// `private/*.yaml`, `pages/**.md`, `overrides/**`, `themes/**`, `styles/*.csl`.
    pub texts: BTreeMap<String, Arc<str>>,
    /// The other files (`files/**`, `evidence/**`, `fonts/**`, pictures and fonts of `pages/`,
    /// `overrides/` and `themes/`) by path relative to the site folder.
    pub files: BTreeMap<String, FileInfo>,
    /// How the texts were cut into records, for places.
    pub(crate) layouts: Layouts,
}

/// A file that is not read as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileInfo {
    /// Length in bytes.
    pub length: u64,
}

/// A Markdown page: its front matter as a value, and its text.
#[derive(Debug)]
pub struct Page {
    /// The front matter; without value when there is none.
    pub matter: Document,
    /// Markdown without the front matter.
    pub body: String,
    /// Lines of the file before the body.
    pub body_offset: usize,
}
