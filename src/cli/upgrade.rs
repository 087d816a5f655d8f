//! `offprint upgrade`.

use std::fs;

use anyhow::{Context, bail};

use super::args::UpgradeArgs;
use super::streams::Streams;
use super::{Outcome, files, site_folder};
use crate::diagnostic::Diagnostics;
use crate::record::decode::FORMAT;
use crate::source::Sources;
use crate::source::edit::{Refusal, put_first};

/// Brings `site.yaml` to the newest format, which today is the first: a site without a `format:` gets its line.
pub(super) fn run(args: &UpgradeArgs, streams: &mut Streams) -> anyhow::Result<Outcome> {
    let root = site_folder::find(args.site.as_deref())?;
    let _held = files::hold(&root)?;
    let sources = Sources::read(&mut Diagnostics::default(), &root)?;
    let document = sources.map(&mut Diagnostics::default(), "site.yaml");
    let value = document.and_then(|document| document.value);
    let format = value.as_ref().and_then(|value| value.get("format"));
    let mut say = |text: &str| if args.quiet { Ok(()) } else { streams.message(text) };
    match format.map(|format| u64::try_from(format.as_i64().unwrap_or(-1)).ok()) {
        Some(Some(FORMAT)) => {
            say(&format!("The site is in format {FORMAT}, the newest: nothing to do"))?;
            Ok(Outcome::Clean)
        }
        Some(Some(newer)) if newer > FORMAT => {
            let needed = crate::record::decode::version_needed(&sources);
            let needed = needed
                .map_or_else(|| "the newest Offprint".to_owned(), |version| format!("Offprint {version} or newer"));
            bail!(
                "the site is in format {newer}, and this Offprint {} reads format {FORMAT}\nhelp: install {needed}",
                env!("CARGO_PKG_VERSION")
            )
        }
        Some(_) => bail!("`format:` in site.yaml is not the number of a format\nhelp: write `format: {FORMAT}`"),
        None => {
            let path = root.join("site.yaml");
            let text = fs::read_to_string(&path).context("cannot read site.yaml")?;
            let line = format!("{FORMAT} # read by Offprint {} and newer", since(env!("CARGO_PKG_VERSION")));
            let changed = put_first(&text, "format", &line).map_err(|refusal| match refusal {
                Refusal::Unreadable => anyhow::anyhow!("site.yaml has an error\nhelp: `offprint check` names it"),
                _ => anyhow::anyhow!(
                    "site.yaml cannot be changed safely\nhelp: write `format: {FORMAT}` into its first line yourself"
                ),
            })?;
            files::replace(&fs::canonicalize(&path)?, changed.as_bytes()).context("cannot write site.yaml")?;
            say(&format!("Wrote `format: {FORMAT}` into site.yaml; the site is in the newest format"))?;
            Ok(Outcome::Clean)
        }
    }
}

/// The first two numbers of a version.
fn since(version: &str) -> String {
    version.split('.').take(2).collect::<Vec<_>>().join(".")
}
