//! Bytes of files that are not texts, read when a stage asks for them.

use std::fs;
use std::io::{self, Read};
use std::path::PathBuf;

use super::Sources;

impl Sources {
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
        fs::File::open(self.location(path))?.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
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
        fs::File::open(self.location(path))?.take(length).read_to_end(&mut bytes)?;
        Ok(bytes)
    }
}
