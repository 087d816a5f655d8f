//! Programs of the system: `git`, `sftp`, `rsync`.

use std::io::{IsTerminal, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};

use super::AGAIN;
use crate::record::decode::without_tokens;

/// How a program ended.
#[derive(Debug)]
pub(super) struct Ended {
    /// Whether it says that all went well.
    pub(super) good: bool,
    /// What it printed.
    pub(super) output: String,
    /// What it complained of.
    pub(super) complaint: String,
}

/// Runs a program in a folder until it ends or its time is up.
///
/// # Errors
/// When it is not on this computer, or had to be stopped.
pub(super) fn run(name: &str, arguments: &[&str], folder: &Path, within: Duration) -> anyhow::Result<Ended> {
    let mut command = Command::new(name);
    command.args(arguments).current_dir(folder).stdin(Stdio::inherit()).stdout(Stdio::piped()).stderr(Stdio::piped());
    // A repository that the caller's shell points at is none of ours.
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY"] {
        command.env_remove(name);
    }
    command.env("LC_ALL", "C");
    if !std::io::stdin().is_terminal() {
        command.env("GIT_TERMINAL_PROMPT", "0");
    }
    let mut child = match command.spawn() {
        Ok(child) => child,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => bail!(
            "the program `{name}` is not on this computer\n\
             help: install it, or publish to another host (`to: zip` makes an archive to drag into a browser)"
        ),
        Err(error) => return Err(error).with_context(|| format!("cannot start `{name}`")),
    };
    let output = child.stdout.take().map(gather);
    let complaint = child.stderr.take().map(gather);
    let status = wait(&mut child, within)?;
    let text = |thread: Option<std::thread::JoinHandle<String>>| {
        thread.and_then(|thread| thread.join().ok()).unwrap_or_default()
    };
    let Some(good) = status else {
        bail!(
            "`{name}` was still waiting after {} s, and was stopped\n\
             help: look at your connection and {AGAIN}; OFFPRINT_TIMEOUT=600 waits longer",
            within.as_secs()
        );
    };
    Ok(Ended { good, output: text(output), complaint: text(complaint) })
}

fn gather(mut from: impl Read + Send + 'static) -> std::thread::JoinHandle<String> {
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        let _ = from.read_to_end(&mut bytes);
        String::from_utf8_lossy(&bytes).into_owned()
    })
}

fn wait(child: &mut Child, within: Duration) -> anyhow::Result<Option<bool>> {
    let until = Instant::now() + within;
    loop {
        if let Some(status) = child.try_wait().context("cannot wait for the program")? {
            return Ok(Some(status.success()));
        }
        if Instant::now() >= until {
            let _ = child.kill();
            let _ = child.wait();
            return Ok(None);
        }
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// Returns the last lines of a complaint that say something, for a message.
pub(super) fn last_words(complaint: &str) -> String {
    let lines: Vec<&str> = complaint.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    // What a server says of the owner's rights is followed by words that say nothing more.
    if let Some(line) = lines.iter().find(|line| was_refused(line)) {
        return without_tokens(line);
    }
    without_tokens(&lines[lines.len().saturating_sub(2)..].join("; "))
}

/// Tells whether a complaint of `ssh` or `git` is that it was not let in.
pub(super) fn was_refused(complaint: &str) -> bool {
    let words = [
        "authentication failed",
        "permission denied",
        "could not read username",
        "could not read password",
        "terminal prompts disabled",
        "invalid username or",
        "error: 403",
        "error: 401",
        "access denied",
        "host key verification failed",
    ];
    let complaint = complaint.to_lowercase();
    words.iter().any(|word| complaint.contains(word))
}
