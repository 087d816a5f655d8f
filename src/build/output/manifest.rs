//! `.offprint/outputs.json`: which files of which output folder are Offprint's own.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use serde::{Deserialize, Serialize};

/// The format that this version reads and writes.
const FORMAT: u32 = 1;

/// Every output folder the site was ever written to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    format: u32,
    /// By path: relative to the site folder where the output lies inside it, absolute otherwise.
    pub(super) outputs: BTreeMap<String, Entry>,
}

/// What Offprint wrote to one output folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Entry {
    pub(super) state: State,
    /// Path within the output → hash of the content. While building: the files of the old site
    /// and of the new one.
    pub(super) files: BTreeMap<String, String>,
}

/// Whether the last build came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum State {
    Building,
    Complete,
}

impl Entry {
    pub(super) fn is_complete_with(&self, files: &BTreeMap<String, String>) -> bool {
        self.state == State::Complete && self.files == *files
    }
}

impl Manifest {
    /// Reads the manifest of a site; an absent one is empty.
    pub(super) fn read(root: &Path) -> anyhow::Result<Self> {
        let path = folder(root).join("outputs.json");
        let text = match fs::read(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => return Err(error).with_context(|| format!("cannot read {}", path.display())),
        };
        let Ok(manifest) = serde_json::from_slice::<Self>(&text) else {
            bail!(
                "{} is damaged, so it is not known which files Offprint wrote\n\
                 help: delete that file and the output folder (`public`), then build again",
                path.display()
            );
        };
        if manifest.format > FORMAT {
            bail!("{} was written by a newer Offprint\nhelp: update Offprint, then build again", path.display());
        }
        Ok(manifest)
    }

    /// Saves the manifest in one step.
    pub(super) fn save(&mut self, root: &Path) -> anyhow::Result<()> {
        self.format = FORMAT;
        let folder = folder(root);
        let path = folder.join("outputs.json");
        let save = || -> anyhow::Result<()> { Ok(replace(&path, serde_json::to_string_pretty(self)?.as_bytes())?) };
        save().with_context(|| format!("cannot write {}", path.display()))
    }
}

/// Takes the lock that keeps two builds of one site from writing at once; waits for the other.
///
/// The lock ends with the process, so a killed build leaves none behind.
pub(super) fn lock(root: &Path) -> anyhow::Result<Option<File>> {
    let folder = workplace(root)?;
    let file = open_lock(&folder.join("lock"))?;
    // Some network file systems have no locks; building without one is better than not at all.
    Ok(file.lock().is_ok().then_some(file))
}

/// Opens a file of `.offprint/` that is only ever locked, making it if need be; nothing is written to it.
pub(super) fn open_lock(path: &Path) -> anyhow::Result<File> {
    if fs::symlink_metadata(path).is_ok_and(|found| !found.is_file()) {
        bail!(
            "{} is a symbolic link or a folder, through which Offprint does not write\nhelp: delete it",
            path.display()
        );
    }
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(path);
    file.with_context(|| format!("cannot write to {}", path.display()))
}

/// Puts a file of `.offprint/` in place of what is under its name, in one step.
///
/// One fixed name beside it is enough under a lock. What stands there, be it left by a killed build
/// or a link, is taken away and never written to.
pub(super) fn replace(path: &Path, content: &[u8]) -> io::Result<()> {
    let temporary = path.with_extension("json.tmp");
    match fs::remove_file(&temporary) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    OpenOptions::new().create_new(true).write(true).open(&temporary)?.write_all(content)?;
    fs::rename(&temporary, path)
}

fn folder(root: &Path) -> PathBuf {
    root.join(".offprint")
}

/// Returns `.offprint/`, which is made if need be.
pub(super) fn workplace(root: &Path) -> anyhow::Result<PathBuf> {
    let folder = folder(root);
    prepare(&folder).with_context(|| format!("cannot write to {}", folder.display()))?;
    Ok(folder)
}

/// Makes `.offprint/`, which git is told to ignore.
fn prepare(folder: &Path) -> anyhow::Result<()> {
    match fs::symlink_metadata(folder) {
        Ok(found) if found.is_dir() => return Ok(()),
        Ok(_) => bail!("it is a symbolic link or a file, not a folder\nhelp: delete it, or give it another name"),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(error.into()),
    }
    fs::create_dir(folder)?;
    Ok(fs::write(folder.join(".gitignore"), "*\n")?)
}
