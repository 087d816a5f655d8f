//! A folder on a server, through the system's `sftp` and the owner's own keys.

use std::collections::BTreeSet;
use std::fs;

use anyhow::{Context, bail};

use super::program::{self, last_words, was_refused};
use super::{AGAIN, Job, Sent, rank};

/// Sends what the server does not have yet, and removes what earlier runs sent and the site no longer has.
pub(super) fn send(job: &Job<'_>, host: &str, path: &str) -> anyhow::Result<Sent> {
    let mut files: Vec<&str> = job.unsent().collect();
    files.sort_by_key(|path| (rank(path), *path));
    let batch = batch(job, path, &files);
    let list =
        tempfile::Builder::new().prefix("staging-list-").tempfile_in(crate::build::output::workplace(job.root)?)?;
    fs::write(list.path(), batch).context("cannot write the list of files")?;
    let list = list.path().to_string_lossy().into_owned();
    let wait = format!("ConnectTimeout={}", job.client.patience.as_secs().clamp(1, 60));
    let arguments = ["-q", "-o", wait.as_str(), "-b", &list, host];
    let within = job.client.patience.saturating_mul(10);
    let ended = program::run("sftp", &arguments, job.parcel.folder(), within)?;
    if !ended.good {
        return Err(fault("sftp", host, path, &ended.complaint));
    }
    Ok(Sent { files: files.len(), ..Sent::default() })
}

/// The commands: folders, assets, pages, entrances, and last what is to go.
fn batch(job: &Job<'_>, folder: &str, files: &[&str]) -> String {
    let mut lines = String::new();
    let there = |path: &str| quoted(&format!("{folder}/{path}"));
    let parents = |path: &str| path.match_indices('/').map(|(at, _)| path[..at].to_owned()).collect::<Vec<_>>();
    let folders: BTreeSet<String> = files.iter().flat_map(|path| parents(path)).collect();
    for inside in &folders {
        // One that is there already is no fault.
        lines.push_str(&format!("-mkdir {}\n", there(inside)));
    }
    for path in files {
        lines.push_str(&format!("put {} {}\n", quoted(path), there(path)));
        lines.push_str(&format!("-chmod 644 {}\n", there(path)));
    }
    for path in &job.stale {
        lines.push_str(&format!("-rm {}\n", there(path)));
    }
    let emptied: BTreeSet<String> = job.stale.iter().flat_map(|path| parents(path)).collect();
    for inside in emptied.iter().rev() {
        let used = job.parcel.files.keys().any(|path| path.starts_with(&format!("{inside}/")));
        if !used {
            lines.push_str(&format!("-rmdir {}\n", there(inside)));
        }
    }
    lines + "bye\n"
}

/// Quotes a path for `sftp`, which reads `*`, `?` and brackets as patterns.
fn quoted(path: &str) -> String {
    let mut text = String::from("\"");
    for letter in path.chars() {
        if "\"\\*?[]".contains(letter) {
            text.push('\\');
        }
        text.push(letter);
    }
    text + "\""
}

/// Says what went wrong at the server.
pub(super) fn fault(program: &str, host: &str, path: &str, complaint: &str) -> anyhow::Error {
    let said = last_words(complaint);
    let result: anyhow::Result<()> = (|| {
        if was_refused(complaint) {
            bail!(
                "{host} did not let you in: {said}\n\
                 help: set up a key for it (`ssh-copy-id {host}`), try `ssh {host}`, then {AGAIN}"
            );
        }
        if complaint.to_lowercase().contains("no such file") {
            bail!("{host} has no folder {path}: {said}\nhelp: make it there, or correct `path:` under `publish:`");
        }
        bail!("{program} broke off: {said}\nhelp: look at your connection and {AGAIN}")
    })();
    result.expect_err("it always fails")
}
