//! Bytes of files that are not texts, read when a stage asks for them.

use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use super::Sources;

impl Sources {
    /// Returns the paths of the files that are published: all of `files/` but those that systems leave behind.
    pub fn published_files(&self) -> impl Iterator<Item = &str> {
        let files = self.files.keys().map(String::as_str).filter(|path| path.starts_with("files/"));
        files.filter(|path| {
            let name = path.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
            !path.split('/').any(|part| part.starts_with('.')) && !matches!(name.as_str(), "thumbs.db" | "desktop.ini")
        })
    }

    /// Returns where a file of the site lies on this computer.
    pub fn location(&self, path: &str) -> PathBuf {
        path.split('/').fold(self.root.clone(), |folder, part| folder.join(part))
    }

    /// Reads a file of the site whole, unless it is longer than `limit` bytes.
    ///
    /// # Errors
    /// When the file cannot be read or is too long.
    pub fn read_bytes(&self, path: &str, limit: u64) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        open_inside(&self.root, &self.location(path))?.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > limit {
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, "file is too long"));
        }
        Ok(bytes)
    }

    /// Reads the first bytes of a file of the site, at most `length`.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn read_head(&self, path: &str, length: u64) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        open_inside(&self.root, &self.location(path))?.take(length).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// Reads the last bytes of a file of the site, at most `length`.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn read_tail(&self, path: &str, length: u64) -> io::Result<Vec<u8>> {
        let mut file = open_inside(&self.root, &self.location(path))?;
        let end = file.seek(SeekFrom::End(0))?;
        file.seek(SeekFrom::Start(end.saturating_sub(length)))?;
        let mut bytes = Vec::new();
        file.take(length).read_to_end(&mut bytes)?;
        Ok(bytes)
    }
}

/// Opens a file of the site folder `root` for reading, unless it has become a link that leads out of the
/// site, or into what is never published, since the folder was walked. A file elsewhere is opened as it is.
///
/// # Errors
/// When it cannot be opened, or leads out.
pub fn open_inside(root: &Path, path: &Path) -> io::Result<File> {
    let Ok(inside) = path.strip_prefix(root) else { return File::open(path) };
    if root.as_os_str().is_empty() {
        return File::open(path);
    }
    let (root, real) = (fs::canonicalize(root)?, fs::canonicalize(path)?);
    let stays = real.strip_prefix(&root).is_ok_and(|at| !is_kept(at) || is_kept(inside));
    let leads_out =
        || io::Error::new(io::ErrorKind::PermissionDenied, "it has become a link that leads out of the site");
    if !stays {
        return Err(leads_out());
    }
    let file = File::open(&real)?;
    // The file that was looked at is the one that was opened.
    if is_same(&file.metadata()?, &fs::symlink_metadata(&real)?) { Ok(file) } else { Err(leads_out()) }
}

/// Tells whether a path within the site belongs to what is never published.
fn is_kept(path: &Path) -> bool {
    path.starts_with("evidence") || path.starts_with("private")
}

#[cfg(unix)]
fn is_same(one: &fs::Metadata, other: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    (one.dev(), one.ino()) == (other.dev(), other.ino())
}

#[cfg(not(unix))]
fn is_same(_one: &fs::Metadata, other: &fs::Metadata) -> bool {
    !other.is_symlink()
}
