//! `offprint new`: a site that builds as it is and whose files explain themselves.

mod answers;
mod scaffold;

pub(super) use scaffold::NAMELESS;

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use anyhow::{Context, bail};

use super::Outcome;
use super::args::NewArgs;
use super::streams::Streams;

/// A file of the new site: its path, with `/` between folders, and its bytes.
type NewFile = (String, Vec<u8>);

/// What may already be in the folder of a new site.
const HARMLESS: &[&str] = &[".git", ".DS_Store", "Thumbs.db", "desktop.ini"];

/// Writes a new site and says what to do next.
pub(super) fn run(args: &NewArgs, streams: &mut Streams) -> anyhow::Result<Outcome> {
    let shown = args.dir.display();
    refuse_files(&args.dir)?;
    let files = if args.example { scaffold::example() } else { scaffold::site(&answers::collect(args)?) };
    for (path, content) in &files {
        write(&args.dir.join(path), content).with_context(|| format!("cannot write {path} in {shown}"))?;
    }
    if !args.quiet {
        let dir = quoted(&args.dir);
        streams.message(&format!(
            "Wrote a new site in {shown}; start with its site.yaml, which explains itself\n\
             Next:\n  offprint build {dir}\n  offprint check {dir}\n  offprint guide start"
        ))?;
    }
    Ok(Outcome::Clean)
}

/// Refuses a folder that holds anything of the user's.
fn refuse_files(folder: &Path) -> anyhow::Result<()> {
    let shown = folder.display();
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error).with_context(|| format!("cannot make a site in {shown}")),
    };
    for entry in entries {
        let name = entry.with_context(|| format!("cannot read {shown}"))?.file_name();
        if !HARMLESS.iter().any(|harmless| name == *harmless) {
            bail!(
                "the folder {shown} is not empty (it holds {}), so nothing was written\n\
                 help: name a folder that is not there yet",
                name.display()
            );
        }
    }
    Ok(())
}

/// Writes a file that is not there yet.
fn write(path: &Path, content: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    OpenOptions::new().write(true).create_new(true).open(path)?.write_all(content)
}

/// Returns a path as it may be typed in a shell.
fn quoted(path: &Path) -> String {
    let text = path.display().to_string();
    let plain = text.chars().all(|c| c.is_alphanumeric() || "/\\._-:~+@".contains(c));
    if plain { text } else { format!("\"{text}\"") }
}
