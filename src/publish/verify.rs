//! The published address, fetched and compared with what was sent.

use std::time::{Duration, Instant};

use super::client::{Ask, Client, encoded};
use super::{Job, Parcel};
use crate::render::links::address;

/// The most pages that are fetched.
const MOST: usize = 40;
/// Between two looks at a host that is not ready yet.
const PAUSE: Duration = Duration::from_millis(1500);

/// How a page at the published address stands to what was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// The same bytes.
    Same,
    /// Other bytes.
    Different,
    /// Not there, with what the host says.
    Missing(String),
    /// Still there, though the site no longer has it.
    StillThere,
}

/// What was found.
#[derive(Debug, Default)]
pub struct Found {
    /// Pages that were compared.
    pub compared: usize,
    /// Those that are not as they should be, by site path.
    pub faults: Vec<(String, State)>,
}

/// Fetches pages of the published site until they are as they were sent, or patience ends.
///
/// The home page and the newest pages are looked at, and pages for one reader that were taken back.
pub fn verify(job: &Job<'_>, base: &str, patience: Duration) -> Found {
    let pages = job.parcel.files.keys().filter(|path| path.ends_with(".html") && *path != "404.html");
    let (new, old): (Vec<&String>, Vec<&String>) =
        pages.partition(|path| job.before.files.get(*path) != Some(&job.parcel.files[*path].hash));
    let mut wanted: Vec<&str> = vec!["index.html"];
    wanted.extend(new.into_iter().chain(old).map(String::as_str).filter(|path| *path != "index.html").take(MOST));
    let gone: Vec<&str> = job.stale.iter().map(String::as_str).filter(|path| path.starts_with("share/")).collect();
    let until = Instant::now() + patience;
    loop {
        let mut found = Found { compared: wanted.len() + gone.len(), faults: Vec::new() };
        for path in &wanted {
            let state = look(job.client, job.parcel, base, path);
            if state != State::Same {
                found.faults.push(((*path).to_owned(), state));
            }
        }
        for path in &gone {
            if matches!(fetch(job.client, base, path), Ok((200, _))) {
                found.faults.push(((*path).to_owned(), State::StillThere));
            }
        }
        if found.faults.is_empty() || Instant::now() + PAUSE > until {
            return found;
        }
        std::thread::sleep(PAUSE);
    }
}

fn look(client: &Client, parcel: &Parcel, base: &str, path: &str) -> State {
    match fetch(client, base, path) {
        Ok((200, body)) if blake3::hash(&body).to_hex()[..32] == parcel.files[path].hash => State::Same,
        Ok((200, _)) => State::Different,
        Ok((status, _)) => State::Missing(format!("status {status}")),
        Err(error) => State::Missing(error.to_string().lines().next().unwrap_or_default().to_owned()),
    }
}

fn fetch(client: &Client, base: &str, path: &str) -> anyhow::Result<(u16, Vec<u8>)> {
    let url = format!("{base}{}", encoded(address(path), true));
    let headers = vec![("cache-control", "no-cache".to_owned())];
    let answer = client.ask(&Ask { method: "GET", url, headers, ..Ask::default() })?;
    Ok((answer.status, answer.body))
}
