//! Carries a plan out, in the order that keeps a whole site in the folder at every moment.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use rayon::prelude::*;

use super::manifest::{Entry, Manifest, State};
use super::plan::{Plan, parents, shorten};
use super::target::Target;
use crate::render::Payload;
use crate::source::open_inside;

/// Writes, then deletes; the manifest says so before and after. Returns how many files were
/// removed.
pub(super) fn commit(
    target: &Target,
    manifest: &mut Manifest,
    previous: Option<&Entry>,
    plan: Plan<'_>,
) -> anyhow::Result<usize> {
    let mut both = previous.map(|entry| entry.files.clone()).unwrap_or_default();
    both.extend(plan.hashes.iter().map(|(path, hash)| (path.clone(), hash.clone())));
    manifest.outputs.insert(target.key().to_owned(), Entry { state: State::Building, files: both });
    manifest.save(target.root())?;

    let output = Output::open(target)?;
    if let Some(entry) = previous.filter(|entry| entry.state == State::Building) {
        entry.files.par_iter().for_each(|(path, _)| drop(fs::remove_file(output.temporary(path))));
    }
    keep(target, &plan.changed)?;
    let mut removed = output.remove(&plan.room)?;
    for stage in [Stage::Assets, Stage::Pages, Stage::Entrances] {
        plan.writes
            .par_iter()
            .filter(|(path, _)| Stage::of(path) == stage)
            .try_for_each(|(path, payload)| output.write(path, payload, plan.hashes.get(*path)))?;
    }
    removed += output.remove(&plan.stale)?;

    manifest.outputs.insert(target.key().to_owned(), Entry { state: State::Complete, files: plan.hashes });
    manifest.save(target.root())?;
    Ok(removed)
}

/// Where files of the output that somebody changed are kept before they are made anew, in the site folder.
pub(super) const KEPT: &str = ".offprint/replaced";

/// Copies files of the output to where they are kept, in place of what was kept of them before.
fn keep(target: &Target, paths: &[String]) -> anyhow::Result<()> {
    if paths.is_empty() {
        return Ok(());
    }
    let kept = target.root().join(KEPT);
    for path in paths {
        let copy = || -> io::Result<()> {
            for folder in std::iter::once("").chain(parents(path)) {
                make_real_folder(&kept.join(folder))?;
            }
            let place = kept.join(path);
            match fs::remove_file(&place) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
            self::copy(&mut File::open(target.folder().join(path))?, &mut create(&place)?).map(drop)
        };
        copy().with_context(|| format!("cannot keep {path}, which was changed by hand, as {KEPT}/{path}"))?;
    }
    Ok(())
}

/// Makes a folder where there is nothing; what is there must be no link.
fn make_real_folder(path: &Path) -> io::Result<()> {
    match fs::symlink_metadata(path) {
        Ok(found) if found.is_dir() => Ok(()),
        Ok(_) => Err(io::Error::other(format!("{} is no folder", path.display()))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => fs::create_dir(path),
        Err(error) => Err(error),
    }
}

/// When a file is written: nothing that is there may name a file that is not.
#[derive(PartialEq, Eq)]
enum Stage {
    /// What pages ask for.
    Assets,
    Pages,
    /// What leads to pages: the home page, the feed, the sitemap.
    Entrances,
}

impl Stage {
    fn of(path: &str) -> Self {
        match path {
            "index.html" | "feed.xml" | "sitemap.xml" => Self::Entrances,
            _ if path.rsplit_once('.').is_some_and(|(_, ending)| ending == "html") => Self::Pages,
            _ => Self::Assets,
        }
    }
}

/// The output folder, open for writing.
struct Output<'a> {
    folder: &'a Path,
    /// The site folder as the paths of its files begin.
    site: &'a Path,
    /// Whether the user's mask takes bits that a web server needs, so that modes are set by hand.
    masked: bool,
}

impl<'a> Output<'a> {
    fn open(target: &'a Target) -> anyhow::Result<Self> {
        let (folder, site) = (target.folder(), target.named_root());
        let cannot = || format!("cannot write to {}", folder.display());
        let is_new = !folder.exists();
        make_folder(folder).with_context(cannot)?;
        let probe = Self { folder, site, masked: false }.temporary("");
        let _ = fs::remove_file(&probe);
        let masked = create(&probe).and_then(|file| Ok(mode(&file.metadata()?) != FILE_MODE)).with_context(cannot)?;
        fs::remove_file(&probe).with_context(cannot)?;
        if masked && is_new {
            set_mode(folder, FOLDER_MODE).with_context(cannot)?;
        }
        Ok(Self { folder, site, masked })
    }

    /// Writes a file; a copy must have the hash that was planned.
    fn write(&self, path: &str, payload: &Payload, hash: Option<&String>) -> anyhow::Result<()> {
        let temporary = self.temporary(path);
        let place = self.folder.join(path);
        let write = || -> io::Result<()> {
            let mut file = match create(&temporary) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => {
                    self.make_folders(path)?;
                    create(&temporary)?
                }
                other => other?,
            };
            match payload {
                Payload::Bytes(bytes) => file.write_all(bytes)?,
                Payload::CopyOf(source) => {
                    let copied = copy(&mut open_inside(self.site, source)?, &mut file)?;
                    if hash.is_some_and(|planned| *planned != shorten(copied)) {
                        let message = format!("{} changed while it was copied: build again", source.display());
                        return Err(io::Error::other(message));
                    }
                }
            }
            drop(file);
            if self.masked {
                set_mode(&temporary, FILE_MODE)?;
            }
            fs::rename(&temporary, &place)
        };
        write().map_err(|error| {
            if error.kind() != io::ErrorKind::AlreadyExists {
                let _ = fs::remove_file(&temporary);
            }
            anyhow::Error::new(error)
                .context(format!("cannot write {}; the site there is not complete yet", place.display()))
        })
    }

    /// Returns the name under which a file is written before it is moved to its place.
    ///
    /// It follows from the path alone, so that the next build finds what a killed one left, and
    /// is short, so that it is allowed wherever the file's own name is.
    fn temporary(&self, path: &str) -> PathBuf {
        let hash = blake3::hash(path.as_bytes()).to_hex();
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        self.folder.join(folder).join(format!(".offprint-{}.tmp", &hash[..16]))
    }

    fn make_folders(&self, path: &str) -> io::Result<()> {
        if !self.masked {
            let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            return make_folder(&self.folder.join(folder));
        }
        for folder in parents(path).map(|folder| self.folder.join(folder)) {
            if !folder.is_dir() {
                make_folder(&folder)?;
                set_mode(&folder, FOLDER_MODE)?;
            }
        }
        Ok(())
    }

    /// Removes files, and the folders that they leave empty; returns how many files there were.
    fn remove(&self, paths: &[String]) -> anyhow::Result<usize> {
        let remove = |path: &String| {
            let path = self.folder.join(path);
            match fs::remove_file(&path) {
                Ok(()) => Ok(1),
                Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(0),
                Err(error) => Err(error).with_context(|| format!("cannot remove {}", path.display())),
            }
        };
        let removed = paths.par_iter().map(remove).try_reduce(|| 0, |a, b| Ok(a + b))?;
        let folders: BTreeSet<&str> = paths.iter().flat_map(|path| parents(path)).collect();
        for folder in folders.into_iter().rev() {
            // A folder that still holds something stays, and that is the only reason to fail here.
            let _ = fs::remove_dir(self.folder.join(folder));
        }
        Ok(removed)
    }
}

/// Copies a file and returns the hash of what was copied.
fn copy(source: &mut File, place: &mut File) -> io::Result<blake3::Hash> {
    let mut hasher = blake3::Hasher::new();
    let mut part = vec![0; 1 << 16];
    loop {
        let length = source.read(&mut part)?;
        if length == 0 {
            return Ok(hasher.finalize());
        }
        hasher.update(&part[..length]);
        place.write_all(&part[..length])?;
    }
}

const FILE_MODE: u32 = 0o644;
const FOLDER_MODE: u32 = 0o755;

/// Fails when anything stands at the path, a link included.
fn create(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, FILE_MODE);
    options.open(path)
}

fn make_folder(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, FOLDER_MODE);
    builder.create(path)
}

#[cfg(unix)]
fn mode(found: &fs::Metadata) -> u32 {
    std::os::unix::fs::PermissionsExt::mode(&found.permissions()) & 0o777
}

/// Gives a file or folder its mode, where the system knows such a thing.
///
/// # Errors
/// When it is not ours to change.
#[cfg(unix)]
pub fn set_mode(path: &Path, mode: u32) -> io::Result<()> {
    fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(mode))
}

#[cfg(not(unix))]
fn mode(_found: &fs::Metadata) -> u32 {
    FILE_MODE
}

/// There are no modes here.
///
/// # Errors
/// None.
#[cfg(not(unix))]
#[allow(clippy::unnecessary_wraps, reason = "it has the form of the one for Unix, which can fail")]
pub fn set_mode(_path: &Path, _mode: u32) -> io::Result<()> {
    Ok(())
}
