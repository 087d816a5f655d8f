//! A folder on a server, through the system's `rsync` over `ssh`.

use std::fs;

use anyhow::Context;

use super::{Job, Sent, program, sftp};

/// Sends the site; `rsync` itself finds what the server lacks.
///
/// Only files that are named are touched: those of the site, and those that earlier runs sent.
pub(super) fn send(job: &Job<'_>, host: &str, path: &str) -> anyhow::Result<Sent> {
    let names = job.parcel.files.keys().chain(&job.stale);
    let list: Vec<u8> = names.flat_map(|path| [path.as_bytes(), b"\0"].concat()).collect();
    let file =
        tempfile::Builder::new().prefix("staging-list-").tempfile_in(crate::build::output::workplace(job.root)?)?;
    fs::write(file.path(), list).context("cannot write the list of files")?;
    let list = format!("--files-from={}", file.path().display());
    let from = format!("{}/", job.parcel.folder().display());
    let to = format!("{host}:{path}/");
    let wait = format!("--timeout={}", job.client.patience.as_secs().max(1));
    let mut arguments =
        vec!["--checksum", "--times", "--perms", "--chmod=D755,F644", "--delay-updates", "--from0", &list, &wait];
    if !job.stale.is_empty() {
        arguments.push("--delete-missing-args");
    }
    arguments.extend([from.as_str(), &to]);
    let ended = program::run("rsync", &arguments, job.parcel.folder(), job.client.patience.saturating_mul(10))?;
    if !ended.good {
        return Err(sftp::fault("rsync", host, path, &ended.complaint));
    }
    Ok(Sent { files: job.unsent().count(), ..Sent::default() })
}
