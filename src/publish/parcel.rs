//! The built site, staged in a folder of its own: all that ever leaves the computer.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use crate::build::output::{self, set_mode};
use crate::render::{Payload, Site};
use crate::source::open_inside;

/// A staged file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Start of its BLAKE3 hash.
    pub hash: String,
    /// Its length in bytes.
    pub length: u64,
}

/// The built site in a folder that vanishes with it.
#[derive(Debug)]
pub struct Parcel {
    folder: tempfile::TempDir,
    /// Path within the site → what is there.
    pub files: BTreeMap<String, File>,
}

impl Parcel {
    /// Stages the files of a site that `goes` lets pass, with the modes that a web server needs.
    ///
    /// # Errors
    /// When there is no room, or a file of the owner's cannot be read.
    pub fn pack(root: &Path, site: &Site, goes: impl Fn(&str) -> bool) -> anyhow::Result<Self> {
        let place = output::workplace(root)?;
        for left in fs::read_dir(&place).with_context(|| format!("cannot read {}", place.display()))?.flatten() {
            // The staging folder of a run that was killed.
            if left.file_name().to_string_lossy().starts_with(STAGING) {
                let _ = fs::remove_dir_all(left.path());
            }
        }
        let folder = tempfile::Builder::new().prefix(STAGING).tempdir_in(&place).context("cannot stage the site")?;
        set_mode(folder.path(), 0o755)?;
        let mut parcel = Self { folder, files: BTreeMap::new() };
        for (path, payload) in site.files.iter().filter(|(path, _)| goes(path.as_str())) {
            match payload {
                Payload::Bytes(bytes) => parcel.add(path.as_str(), bytes)?,
                Payload::CopyOf(source) => {
                    let mut bytes = Vec::new();
                    let read = open_inside(root, source).and_then(|mut file| file.read_to_end(&mut bytes));
                    read.with_context(|| format!("cannot read {}", source.display()))?;
                    parcel.add(path.as_str(), &bytes)?;
                }
            }
        }
        Ok(parcel)
    }

    /// Adds a file.
    ///
    /// # Errors
    /// When it cannot be written whole.
    pub fn add(&mut self, path: &str, bytes: &[u8]) -> anyhow::Result<()> {
        let place = self.location(path);
        let write = || -> anyhow::Result<()> {
            let mut folder = self.folder.path().to_owned();
            for part in path.rsplit_once('/').into_iter().flat_map(|(folders, _)| folders.split('/')) {
                folder.push(part);
                if !folder.is_dir() {
                    fs::create_dir(&folder)?;
                    set_mode(&folder, 0o755)?;
                }
            }
            fs::write(&place, bytes)?;
            Ok(set_mode(&place, 0o644)?)
        };
        write().with_context(|| format!("cannot stage {path}"))?;
        let length = fs::metadata(&place).with_context(|| format!("cannot stage {path}"))?.len();
        if length != bytes.len() as u64 {
            bail!("{path} was not staged whole: is the disk full?");
        }
        let hash = blake3::hash(bytes).to_hex()[..32].to_owned();
        self.files.insert(path.to_owned(), File { hash, length });
        Ok(())
    }

    /// Returns the folder.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Returns where a file lies.
    pub fn location(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// Reads a file.
    ///
    /// # Errors
    /// When it has vanished.
    pub fn read(&self, path: &str) -> anyhow::Result<Vec<u8>> {
        fs::read(self.location(path)).with_context(|| format!("cannot read the staged {path}"))
    }
}

const STAGING: &str = "staging-";

/// Returns the type of a file's content, as hosts are told it.
pub(super) fn content_type(path: &str) -> &'static str {
    let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    match ending.as_str() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "xml" => "application/xml",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "gif" => "image/gif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "pdf" => "application/pdf",
        "ics" => "text/calendar; charset=utf-8",
        "txt" | "bib" | "ris" => "text/plain; charset=utf-8",
        "zip" => "application/zip",
        "mp4" => "video/mp4",
        _ => "application/octet-stream",
    }
}
