//! `offprint status`.

use std::path::Path;

use anyhow::{Context, bail};
use clap::builder::styling::Style;

use super::args::{StatusArgs, StatusFormat};
use super::build::today;
use super::streams::Streams;
use super::{Outcome, files, published, site_folder};
use crate::build::{Model, Options, model};
use crate::diagnostic::{Diagnostics, Severity};
use crate::source::Sources;
use crate::status::mentor::NoLetter;
use crate::status::{calendar, json, mentor, others, status, text};

const HEADING: Style = Style::new().bold();

/// Prints where everything stands: as text, data, a calendar or a letter.
pub(super) fn run(args: &StatusArgs, streams: &mut Streams) -> anyhow::Result<Outcome> {
    let root = site_folder::find(args.site.as_deref())?;
    let mut diagnostics = Diagnostics::default();
    let sources = Sources::read(&mut diagnostics, &root)?;
    let options = Options { today: today(args.today), base_url: None, drafts: false };
    let Model { sources, portfolio } = model(&mut diagnostics, sources, &options);
    let errors = diagnostics.count(Severity::Error);
    if errors > 0 && !args.quiet {
        streams
            .message("the site has errors, and records with one may be missing here; `offprint check` names them")?;
    }
    let outcome = if errors > 0 { Outcome::Problems } else { Outcome::Clean };
    let status = status(&sources, &portfolio);
    if let Some(name) = &args.mentor {
        match mentor::letter(&status, &portfolio, name) {
            Ok(letter) => streams.result(&letter)?,
            Err(NoLetter::Nobody(mentors)) if mentors.is_empty() => {
                bail!("no project names a mentor\nhelp: write `mentor: Samir Haddad` in records/projects.yaml")
            }
            Err(NoLetter::Nobody(mentors)) => {
                bail!("no project has the mentor `{name}`\nhelp: name one of {}", mentors.join(", "))
            }
            Err(NoLetter::Several(mentors)) => {
                bail!("several mentors are called `{name}`\nhelp: name one of {}", mentors.join(", "))
            }
        }
        return Ok(outcome);
    }
    if let Some(out) = &args.ics {
        let calendar = calendar::calendar(&status);
        if out == Path::new("-") {
            streams.bytes(calendar.as_bytes())?;
        } else {
            let out = std::path::absolute(out)?;
            published::refuse(&root, &portfolio, &out, "--ics")?;
            files::replace(&out, calendar.as_bytes()).with_context(|| format!("cannot write {}", out.display()))?;
            if !args.quiet {
                streams.message(&format!("Wrote {}", out.display()))?;
            }
        }
        return Ok(outcome);
    }
    let others = if args.meetings { others(&portfolio, &status.abstracts) } else { Vec::new() };
    match args.format {
        StatusFormat::Text => streams.result(&with_headings(&text::text(&status, &others)))?,
        StatusFormat::Json => streams.result(&format!("{:#}", json::json(&status, &others, &sources)))?,
    }
    Ok(outcome)
}

/// The stream takes the looks out again where nobody sees them.
fn with_headings(text: &str) -> String {
    let line = |line: &str| match line {
        "" => "\n".to_owned(),
        line if line.starts_with(' ') => format!("{line}\n"),
        heading => format!("{HEADING}{heading}{HEADING:#}\n"),
    };
    text.lines().map(line).collect()
}
