//! Writes a file of the user's in one step.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::Path;

use anyhow::Context;

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
