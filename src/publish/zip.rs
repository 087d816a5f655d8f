//! An archive, for hosts that take one by drag and drop.

use std::fs;
use std::io::{Cursor, Write};

use ::zip::write::SimpleFileOptions;
use ::zip::{CompressionMethod, DateTime, ZipWriter};
use anyhow::{Context, bail};

use super::folder::resolve;
use super::{Job, Sent};

/// Writes the site into one file; the same site gives the same bytes.
pub(super) fn send(job: &Job<'_>, path: &str) -> anyhow::Result<Sent> {
    let place = resolve(job.root, path);
    let shown = place.display();
    if place.exists() && job.before == &super::Entry::default() {
        bail!(
            "{shown} is there already, and Offprint did not make it\nhelp: move it away, or name another file with `path:` under `publish:`"
        );
    }
    let bytes = archive(job).with_context(|| format!("cannot write {shown}"))?;
    let folder = place.parent().context("the archive has no folder")?;
    let write = || -> anyhow::Result<()> {
        let mut file = tempfile::Builder::new().prefix(".offprint-").suffix(".tmp").tempfile_in(folder)?;
        file.write_all(&bytes)?;
        file.persist(&place)?;
        #[cfg(unix)]
        fs::set_permissions(&place, std::os::unix::fs::PermissionsExt::from_mode(0o644))?;
        Ok(())
    };
    write().with_context(|| format!("cannot write {shown}"))?;
    let size = fs::metadata(&place).map_or(0, |found| found.len());
    Ok(Sent {
        files: job.parcel.files.len(),
        notes: vec![format!("Wrote {shown} ({} kB): drag it into your host's page", size.div_ceil(1000))],
        ..Sent::default()
    })
}

fn archive(job: &Job<'_>) -> anyhow::Result<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    for path in job.parcel.files.keys() {
        archive.start_file(path.as_str(), options)?;
        archive.write_all(&job.parcel.read(path)?)?;
    }
    Ok(archive.finish()?.into_inner())
}
