//! What has to change in the output folder; reads everything, writes nothing.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs::{self, File, Metadata};
use std::io::{self, BufReader, Read};
use std::path::Path;

use anyhow::Context;
use rayon::prelude::*;

use super::commit::KEPT;
use super::manifest::{Entry, State};
use super::target::Target;
use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::render::{Payload, Site};
use crate::source::open_inside;

/// The changes that bring an output folder to hold a site.
#[derive(Debug, Default)]
pub(super) struct Plan<'a> {
    /// Files to create or replace, by path.
    pub(super) writes: Vec<(&'a str, &'a Payload)>,
    /// Files of the old site that stand where the new one needs a folder, or the reverse:
    /// removed first.
    pub(super) room: Vec<String>,
    /// Files of the old site that the new one lacks: removed last. Some may be gone already.
    pub(super) stale: Vec<String>,
    /// Files of the old site that somebody changed since, of those that are replaced or removed.
    pub(super) changed: Vec<String>,
    /// The whole new site: path → hash.
    pub(super) hashes: BTreeMap<String, String>,
}

/// What stands at a path of the output now.
enum Found {
    Nothing,
    Same,
    Different,
    /// A folder.
    Folder,
    /// Neither a file nor a folder, a link above all; or a file that is not the site's own.
    Foreign,
}

/// Compares the output with the site; `None`, with the reasons reported, when something that is
/// not Offprint's own is in the way.
pub(super) fn plan<'a>(
    diagnostics: &mut Diagnostics,
    target: &Target,
    previous: Option<&Entry>,
    site: &'a Site,
) -> anyhow::Result<Option<Plan<'a>>> {
    let owned = |path: &str| previous.is_some_and(|entry| entry.files.contains_key(path));
    let stale_paths = previous.into_iter().flat_map(|entry| entry.files.keys());
    let stale_paths: BTreeSet<&str> =
        stale_paths.map(String::as_str).filter(|path| !site.files.contains_key(*path)).collect();
    let folders = Folders::look(target.folder(), site, &stale_paths)?;

    let looked: Vec<(&str, &Payload, Found, String)> = site
        .files
        .par_iter()
        .map(|(path, payload)| {
            let path = path.as_str();
            let hash = hash(target, payload)?;
            let found = if folders.is_real(path) {
                look(target, &target.folder().join(path), payload)?
            } else {
                Found::Nothing
            };
            anyhow::Ok((path, payload, found, hash))
        })
        .collect::<anyhow::Result<_>>()?;

    let mut plan = Plan::default();
    let before = previous.filter(|entry| entry.state == State::Complete);
    let is_changed = |path: &str| -> bool {
        let recorded = before.and_then(|entry| entry.files.get(path));
        let now = || hash_of(&mut File::open(target.folder().join(path))?);
        recorded.is_some_and(|recorded| now().is_ok_and(|now| shorten(now) != *recorded))
    };
    let mut in_the_way: BTreeSet<&str> = BTreeSet::new();
    for path in &folders.not_folders {
        if stale_paths.contains(path) && stat(&target.folder().join(path))?.is_some_and(|found| found.is_file()) {
            plan.room.push((*path).to_owned());
            plan.changed.extend(is_changed(path).then(|| (*path).to_owned()));
        } else {
            in_the_way.insert(path);
        }
    }
    for (path, payload, found, hash) in looked {
        match found {
            Found::Same if !owned(path) => continue,
            Found::Same => {}
            Found::Nothing => plan.writes.push((path, payload)),
            Found::Different if owned(path) => {
                plan.writes.push((path, payload));
                plan.changed.extend(is_changed(path).then(|| path.to_owned()));
            }
            Found::Folder => {
                let inside = files_below(target.folder(), path)?;
                if !inside.is_empty() && inside.iter().all(|file| stale_paths.contains(file.as_str())) {
                    plan.changed.extend(inside.iter().filter(|file| is_changed(file)).cloned());
                    plan.room.extend(inside);
                    plan.writes.push((path, payload));
                } else {
                    in_the_way.insert(path);
                }
            }
            Found::Different | Found::Foreign => {
                in_the_way.insert(path);
            }
        }
        plan.hashes.insert(path.to_owned(), hash);
    }
    if !in_the_way.is_empty() {
        for path in in_the_way {
            diagnostics.push(foreign(target, path));
        }
        return Ok(None);
    }
    let removed_first: HashSet<&str> = plan.room.iter().map(String::as_str).collect();
    let left = stale_paths.into_iter().filter(|path| folders.is_real(path) && !removed_first.contains(path));
    for path in left {
        // A link or folder that the user put there in the meantime is not what the old site had.
        if stat(&target.folder().join(path))?.is_none_or(|found| found.is_file()) {
            plan.changed.extend(is_changed(path).then(|| path.to_owned()));
            plan.stale.push(path.to_owned());
        }
    }
    plan.changed.sort_unstable();
    for path in &plan.changed {
        diagnostics.push(changed(target, path));
    }
    Ok(Some(plan))
}

fn changed(target: &Target, path: &str) -> Diagnostic {
    let message = format!("`{path}` was changed by hand since it was built, and is made anew");
    Diagnostic::new(&code::OUTPUT_CHANGED, target.name(path), message).help(format!(
        "your version is kept as `{KEPT}/{path}`; what is to last belongs into `pages/`, `overrides/` or `files/`"
    ))
}

fn foreign(target: &Target, path: &str) -> Diagnostic {
    let message = format!("`{path}` of the site cannot be written: what stands there was not made by Offprint");
    Diagnostic::new(&code::FOREIGN_FILE, target.name(path), message)
        .help("move it out of the output folder, or build to another one with `--out`")
}

/// The folders of the old and the new site as they are on the disk.
#[derive(Default)]
struct Folders<'a> {
    real: HashSet<&'a str>,
    /// Paths where a folder should be and something else is.
    not_folders: BTreeSet<&'a str>,
}

impl<'a> Folders<'a> {
    fn look(output: &Path, site: &'a Site, stale: &BTreeSet<&'a str>) -> anyhow::Result<Self> {
        let mut folders = Self::default();
        if stat(output)?.is_none() {
            return Ok(folders);
        }
        folders.real.insert("");
        let mut wanted: BTreeMap<&str, bool> = BTreeMap::new();
        for path in stale {
            wanted.extend(parents(path).map(|folder| (folder, false)));
        }
        for path in site.files.keys() {
            wanted.extend(parents(path.as_str()).map(|folder| (folder, true)));
        }
        // Parents sort before their children, so a link is met before anything behind it.
        for (folder, is_of_new_site) in wanted {
            if !folders.is_real(folder) {
                continue;
            }
            match stat(&output.join(folder))? {
                Some(found) if found.is_dir() => drop(folders.real.insert(folder)),
                Some(_) if is_of_new_site => drop(folders.not_folders.insert(folder)),
                _ => {}
            }
        }
        Ok(folders)
    }

    /// Tells whether the folder that holds `path` exists and is reached through no link.
    fn is_real(&self, path: &str) -> bool {
        self.real.contains(path.rsplit_once('/').map_or("", |(folder, _)| folder))
    }
}

/// Returns the folders above a path, the outermost first.
pub(super) fn parents(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at])
}

fn stat(path: &Path) -> anyhow::Result<Option<Metadata>> {
    match fs::symlink_metadata(path) {
        Ok(found) => Ok(Some(found)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("cannot read {}", path.display())),
    }
}

fn look(target: &Target, path: &Path, payload: &Payload) -> anyhow::Result<Found> {
    let Some(found) = stat(path)? else {
        return Ok(Found::Nothing);
    };
    if found.is_dir() {
        return Ok(Found::Folder);
    }
    if !found.is_file() {
        return Ok(Found::Foreign);
    }
    let same = match payload {
        Payload::Bytes(bytes) => found.len() == bytes.len() as u64 && fs::read(path).is_ok_and(|old| old == *bytes),
        Payload::CopyOf(source) => {
            fs::metadata(source).is_ok_and(|new| new.len() == found.len())
                && same_content(target, path, source).unwrap_or(false)
        }
    };
    Ok(if same { Found::Same } else { Found::Different })
}

fn same_content(target: &Target, a: &Path, b: &Path) -> io::Result<bool> {
    let mut left = BufReader::with_capacity(1 << 16, File::open(a)?);
    let mut right = BufReader::with_capacity(1 << 16, open_inside(target.named_root(), b)?);
    let (mut x, mut y) = (vec![0; 1 << 16], vec![0; 1 << 16]);
    loop {
        let length = left.read(&mut x)?;
        if length == 0 {
            return Ok(right.read(&mut y)? == 0);
        }
        if right.read_exact(&mut y[..length]).is_err() || x[..length] != y[..length] {
            return Ok(false);
        }
    }
}

/// The hash of a file as the manifest keeps it.
pub(super) fn shorten(hash: blake3::Hash) -> String {
    hash.to_hex()[..32].to_owned()
}

fn hash_of(file: &mut File) -> io::Result<blake3::Hash> {
    blake3::Hasher::new().update_reader(file).map(|hasher| hasher.finalize())
}

fn hash(target: &Target, payload: &Payload) -> anyhow::Result<String> {
    let hash = match payload {
        Payload::Bytes(bytes) => blake3::hash(bytes),
        Payload::CopyOf(source) => {
            let read = || hash_of(&mut open_inside(target.named_root(), source)?);
            read().with_context(|| format!("cannot read {}", source.display()))?
        }
    };
    Ok(shorten(hash))
}

/// Returns the paths, within the output, of all that a folder holds but folders.
fn files_below(output: &Path, folder: &str) -> anyhow::Result<Vec<String>> {
    let mut files = Vec::new();
    for entry in walkdir::WalkDir::new(output.join(folder)).sort_by_file_name() {
        let entry = entry.with_context(|| format!("cannot read {folder}"))?;
        if !entry.file_type().is_dir() {
            let path = entry.path().strip_prefix(output).unwrap_or(entry.path());
            files.push(path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/"));
        }
    }
    Ok(files)
}
