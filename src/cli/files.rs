//! Writes a file of the user's in one step, one program at a time.

use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::Path;

use anyhow::Context;

use crate::build::output::{open_lock, workplace};

/// Waits until no other Offprint changes the user's files of a site; until what is returned is dropped, none will.
///
/// To be taken before the files are read, so that nothing is written over what another has added meanwhile.
///
/// # Errors
/// When the site folder cannot be written to.
pub(super) fn hold(root: &Path) -> anyhow::Result<Option<File>> {
    let file = open_lock(&workplace(root)?.join("edit.lock"))?;
    // Some network file systems have no locks; changing without one is better than not at all.
    Ok(file.lock().is_ok().then_some(file))
}

/// Puts a file in its place whole: it is written beside it and renamed. An old one keeps its permissions.
///
/// # Errors
/// When the folder cannot be written to.
pub(super) fn replace(path: &Path, content: &[u8]) -> anyhow::Result<()> {
    let permissions = match fs::metadata(path) {
        Ok(found) => Some(found.permissions()),
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        Err(error) => return Err(error.into()),
    };
    let folder = path.parent().context("it has no folder")?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(".offprint-").suffix(".tmp");
    #[cfg(unix)]
    if permissions.is_none() {
        // As any new file of the user's, less what the umask takes.
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    }
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(content)?;
    if let Some(permissions) = permissions {
        file.as_file().set_permissions(permissions)?;
    }
    file.persist(path)?;
    Ok(())
}
