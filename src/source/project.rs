//! Finds the site folder and reads it.

use std::path::{Path, PathBuf};

use super::{Origin, Sources};
use crate::diagnostic::{Diagnostics, Span};

impl Sources {
    /// Reads the site folder `root`, which holds `site.yaml`.
    ///
    /// # Errors
    /// When the folder itself cannot be read.
    pub fn read(_diagnostics: &mut Diagnostics, _root: &Path) -> anyhow::Result<Self> {
        unimplemented!()
    }

    /// Returns the text of a file by its path relative to the site folder.
    pub fn text(&self, path: &str) -> Option<&str> {
        self.texts.get(path).map(AsRef::as_ref)
    }

    /// Tells whether a file of the site exists, text or not.
    pub fn exists(&self, path: &str) -> bool {
        self.texts.contains_key(path) || self.files.contains_key(path)
    }

    /// Returns the place of a field of a record (`dates.accepted`, `events[1].date`, or empty
    /// for the record itself); the nearest parent when the field is not written.
    pub fn span(&self, _origin: &Origin, _field: &str) -> Option<Span> {
        unimplemented!()
    }
}

/// Looks for the folder that holds `site.yaml`, from `start` upwards.
pub fn find_site(_start: &Path) -> Option<PathBuf> {
    unimplemented!()
}
