//! The finished site → a host, one file per host.
//!
//! Takes a [`Parcel`] (the built site, staged in a folder of its own and nothing else) and a
//! [`Publishing`]; leaves the host showing it. What was published is kept in
//! `.offprint/published.json`, so that the next run can say what is new and name every address
//! that would be gone; a run that was broken off is finished by the next one. Tokens and keys
//! come from the environment only. The one module beside `exchange::lookup` that reaches the network.

pub mod changes;
mod client;
mod cloudflare;
mod folder;
mod git;
mod ledger;
mod netlify;
mod parcel;
mod program;
mod rsync;
mod s3;
mod sftp;
mod signature;
pub mod tracked;
pub mod verify;
mod zip;

pub use client::Client;
pub use folder::resolve;
pub use git::{is_public, refusal};
pub use ledger::{Entry, Ledger};
pub use parcel::Parcel;

use std::collections::BTreeSet;
use std::path::Path;

use chrono::{DateTime, Utc};

use crate::portfolio::{Destination, Publishing};
use crate::record::decode::without_tokens;

/// What a host is sent.
#[derive(Debug)]
pub struct Job<'a> {
    /// The site folder.
    pub root: &'a Path,
    /// The built site.
    pub parcel: &'a Parcel,
    /// Files that an earlier run sent and the site no longer has.
    pub stale: BTreeSet<String>,
    /// What an earlier run left at the host, as far as it is known.
    pub before: &'a Entry,
    /// Where to.
    pub publishing: &'a Publishing,
    /// The moment, for signatures.
    pub now: DateTime<Utc>,
    /// Who talks to hosts.
    pub client: &'a Client,
}

/// What came of it.
#[derive(Debug, Default)]
pub struct Sent {
    /// The address that the host gave the site, where it says so.
    pub address: Option<String>,
    /// Files that travelled.
    pub files: usize,
    /// What the owner should know or do now.
    pub notes: Vec<String>,
}

impl Job<'_> {
    /// Returns the files that the host does not have yet as they are now.
    fn unsent(&self) -> impl Iterator<Item = &str> {
        let sent = |path: &str, hash: &str| self.before.files.get(path).is_some_and(|known| known == hash);
        self.parcel.files.iter().filter(move |(path, file)| !sent(path, &file.hash)).map(|(path, _)| path.as_str())
    }
}

/// Sends the site to its host.
///
/// # Errors
/// When the host cannot be reached, refuses the owner, or breaks off; the message says which and
/// what to do, and another run goes on where this one stopped.
pub fn send(job: &Job<'_>) -> anyhow::Result<Sent> {
    match &job.publishing.destination {
        Destination::Folder { path } => folder::send(job, path),
        Destination::Zip { path } => zip::send(job, path),
        Destination::GithubPages { repository, branch } => git::send(job, repository, branch),
        Destination::Netlify { site } => netlify::send(job, site),
        Destination::CloudflarePages { account, site, branch } => {
            cloudflare::send(job, account.as_deref(), site, branch)
        }
        Destination::S3 { bucket, region, endpoint, folder } => {
            s3::send(job, &s3::Bucket::new(bucket, region, endpoint.as_deref(), folder)?)
        }
        Destination::Sftp { host, path } => sftp::send(job, host, path),
        Destination::Rsync { host, path } => rsync::send(job, host, path),
    }
}

/// What every failed transfer says at its end.
const AGAIN: &str = "run `offprint publish` again: it goes on where it stopped";

/// Names the file that a fault befell, before its cause and the next step.
fn of_file<T>(path: &str, what: &str, result: anyhow::Result<T>) -> anyhow::Result<T> {
    result.map_err(|error| anyhow::anyhow!("{} was not {what}: {error}", without_tokens(path)))
}

/// In which order files are sent: nothing at the host may name a file that is not there.
fn rank(path: &str) -> u8 {
    match path {
        "index.html" | "feed.xml" | "sitemap.xml" => 2,
        _ if path.ends_with(".html") => 1,
        _ => 0,
    }
}

/// Returns a token from the environment.
fn secret(names: &[&'static str], what: &str, where_from: &str) -> anyhow::Result<String> {
    let found = names.iter().find_map(|name| std::env::var(name).ok().filter(|value| !value.trim().is_empty()));
    found.map(|value| value.trim().to_owned()).ok_or_else(|| {
        anyhow::anyhow!(
            "{what} is not in the environment, and Offprint keeps none\n\
             help: {where_from}, then write `export {}=…` in this terminal and run `offprint publish` again",
            names[0]
        )
    })
}
