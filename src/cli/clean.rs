//! Clean copies of PDFs, for `check --clean`.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

use crate::diagnostic::Diagnostics;
use crate::privacy::{held, pdf};
use crate::source::Sources;

/// The folder of the copies, in the site; Offprint never publishes it.
const FOLDER: &str = "cleaned";
/// The longest file of which a copy is made, in bytes.
const LONGEST: u64 = 256 * 1024 * 1024;

/// Writes a copy of each PDF in which the check found what a copy can be without; gives what to say of each,
/// and names the copies in the help of what was found.
///
/// The user's own file stays as it is, and so does a copy of other content that is already there.
///
/// # Errors
/// When a copy cannot be written.
pub(super) fn copies(root: &Path, sources: &Sources, found: &mut Diagnostics) -> anyhow::Result<Vec<String>> {
    let files = found.iter().filter(|found| pdf::can_clean(found)).map(|found| found.file.clone());
    let files: BTreeSet<String> = files.collect();
    let mut made: BTreeSet<&str> = BTreeSet::new();
    let mut lines: Vec<String> = Vec::new();
    for path in files.iter().filter(|path| path.to_ascii_lowercase().ends_with(".pdf")) {
        let bytes = sources.read_bytes(path, LONGEST).with_context(|| format!("cannot read {path}"))?;
        let Some(clean) = pdf::clean(&bytes) else {
            lines.push(format!("No clean copy of {path} can be made: it cannot be read to its end, or its annotations may cover something"));
            continue;
        };
        let copy = format!("{FOLDER}/{path}");
        if write(root, &copy, &clean)? {
            lines.push(format!("Wrote {copy}: look at it, then put it in the place of {path}"));
            made.insert(path);
        } else {
            lines.push(format!("{copy} is already there with other content, and stays: move it away and try again"));
            continue;
        }
        lines.extend(held(path, &clean).into_iter().map(|left| format!("  still there: {left}")));
    }
    if files.is_empty() {
        lines.push("No PDF needs a clean copy".to_owned());
    }
    let all = std::mem::take(found).sorted().into_iter();
    found.extend(all.map(|found| {
        if !made.contains(found.file.as_str()) {
            return found;
        }
        let copy = format!("{FOLDER}/{}", found.file);
        pdf::with_copy(found, &copy)
    }));
    Ok(lines)
}

/// Writes a file that is not there yet; tells whether it is there now.
fn write(root: &Path, path: &str, bytes: &[u8]) -> anyhow::Result<bool> {
    let full = path.split('/').fold(root.to_owned(), |folder, part| folder.join(part));
    if fs::symlink_metadata(&full).is_ok() {
        return Ok(fs::read(&full).is_ok_and(|there| there == bytes));
    }
    let mut folder = PathBuf::from(root);
    for part in path.split('/').rev().skip(1).collect::<Vec<_>>().into_iter().rev() {
        folder.push(part);
        match fs::symlink_metadata(&folder) {
            Ok(about) if about.is_dir() => {}
            Ok(_) => bail!("{} is in the way of the clean copies\nhelp: move it away", folder.display()),
            Err(_) => fs::create_dir(&folder).with_context(|| format!("cannot make {}", folder.display()))?,
        }
    }
    let failed = || format!("cannot write {}", full.display());
    let mut file = tempfile::NamedTempFile::new_in(&folder).with_context(failed)?;
    file.write_all(bytes).with_context(failed)?;
    file.persist_noclobber(&full).map_err(|error| error.error).with_context(failed)?;
    Ok(true)
}
