//! A folder: another disk, a drive of the hospital, the folder of a web server.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use super::{Job, Sent};
use crate::build::output;
use crate::diagnostic::Diagnostics;
use crate::render::{Maker, Payload, Site, SitePath};

/// Writes the site to a folder by the rules of every output: what Offprint did not make stays.
pub(super) fn send(job: &Job<'_>, path: &str) -> anyhow::Result<Sent> {
    let folder = resolve(job.root, path);
    if let Some(parent) = folder.parent().filter(|parent| !parent.is_dir()) {
        bail!(
            "there is no folder {}\nhelp: make it, or plug in the disk that holds it; `path:` is read from the site folder",
            parent.display()
        );
    }
    let mut site = Site::default();
    for path in job.parcel.files.keys() {
        site.add(SitePath::new(path.as_str()), Payload::CopyOf(job.parcel.location(path)), Maker::Site);
    }
    let target = output::target(job.root, &folder)?;
    let mut diagnostics = Diagnostics::default();
    let written = output::write(&mut diagnostics, &target, &site)?;
    let Some(written) = written else {
        let found = diagnostics.sorted();
        let first = found.first().context("the folder holds files of others")?;
        let help = first.help.clone().unwrap_or_default();
        bail!("{}\nhelp: {help}", first.message);
    };
    Ok(Sent { files: written.written, ..Sent::default() })
}

/// Returns a path that is written from the site folder.
pub fn resolve(root: &Path, path: &str) -> PathBuf {
    let home = || std::env::var_os("HOME").or_else(|| std::env::var_os("USERPROFILE")).map(PathBuf::from);
    match path.strip_prefix("~/").zip(home()) {
        Some((inside, home)) => home.join(inside),
        None => root.join(path),
    }
}
