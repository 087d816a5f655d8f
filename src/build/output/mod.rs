//! The finished site → an output folder, changed files only.
//!
//! Takes a [`Site`] and a folder; leaves the folder holding the site beside whatever else the
//! user keeps there. The rules, in the order in which they bind:
//!
//! - A file that the manifest does not list is neither changed nor deleted, and a folder that
//!   holds files but is not in the manifest is refused. One that it lists and that somebody changed
//!   since is kept in `.offprint/replaced/` before it is made anew. The manifest (`.offprint/outputs.json`,
//!   in the site folder) is therefore saved before the first file is written, with the old paths
//!   and the new ones together, and once more at the end.
//! - A file appears under its name whole: it is written beside its place and renamed. Assets
//!   come before the pages that ask for them, the home page after all others, and what the old
//!   site alone had is deleted last. A build killed at any moment leaves a whole site behind,
//!   and the next one finishes its work.
//! - A file that is the same already is not touched, so that its time stays and a copying
//!   program sends only what changed.
//! - No symbolic link is written, written through or followed.
//!
//! There is no `fsync`: after a power cut the next build compares every byte anyway.

mod commit;
mod manifest;
mod names;
mod plan;
mod target;

pub use commit::set_mode;
pub use names::check_names;
pub use target::{Target, target};

use std::path::{Path, PathBuf};

use crate::diagnostic::Diagnostics;
use crate::render::Site;
use manifest::Manifest;

/// What a write did to the output folder.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Written {
    /// Files created or replaced.
    pub written: usize,
    /// Files of the old site removed.
    pub removed: usize,
    /// Files that were the same already.
    pub unchanged: usize,
}

/// Returns the folder in the site for what is not the user's (`.offprint/`), making it if need be.
///
/// # Errors
/// When it cannot be made.
pub fn workplace(root: &Path) -> anyhow::Result<PathBuf> {
    manifest::workplace(root)
}

/// Opens a file of `.offprint/` that is only ever locked, making it if need be.
///
/// # Errors
/// When it is a link, or cannot be opened.
pub fn open_lock(path: &Path) -> anyhow::Result<std::fs::File> {
    manifest::open_lock(path)
}

/// Puts a JSON file of `.offprint/` in place of what is under its name, in one step and through no link.
///
/// # Errors
/// When it cannot be written.
pub fn replace(path: &Path, content: &[u8]) -> std::io::Result<()> {
    manifest::replace(path, content)
}

/// Returns the names of outputs that a build began and did not finish.
///
/// # Errors
/// When the manifest cannot be read.
pub fn unfinished(root: &Path) -> anyhow::Result<Vec<String>> {
    let outputs = Manifest::read(root)?.outputs.into_iter();
    let begun = outputs.filter(|(_, entry)| entry.state == manifest::State::Building);
    Ok(begun.map(|(name, _)| name).collect())
}

/// Returns every folder that the site was ever written to, as paths that begin in the site folder or at the root.
///
/// # Errors
/// When the manifest cannot be read.
pub fn folders(root: &Path) -> anyhow::Result<Vec<PathBuf>> {
    Ok(Manifest::read(root)?.outputs.into_keys().map(|key| root.join(key)).collect())
}

/// Brings the output folder to hold the site; `None` when something of the user's stands in the
/// way, which is then reported and nothing written.
///
/// # Errors
/// When the folder or the manifest cannot be read or written.
pub fn write(diagnostics: &mut Diagnostics, target: &Target, site: &Site) -> anyhow::Result<Option<Written>> {
    let _lock = manifest::lock(target.root())?;
    let mut manifest = Manifest::read(target.root())?;
    let previous = manifest.outputs.get(target.key()).cloned();
    let plan = plan::plan(diagnostics, target, previous.as_ref(), site)?;
    let Some(plan) = plan else {
        return Ok(None);
    };
    let written = plan.writes.len();
    let mut result = Written { written, removed: 0, unchanged: site.files.len() - written };
    if written > 0 || previous.as_ref().is_none_or(|entry| !entry.is_complete_with(&plan.hashes)) {
        result.removed = commit::commit(target, &mut manifest, previous.as_ref(), plan)?;
    }
    Ok(Some(result))
}
