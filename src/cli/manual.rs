//! `offprint completions` and `offprint man`: both from the description of the command line.

use std::fs;

use anyhow::{Context, bail};
use clap::{Command, CommandFactory};
use clap_mangen::Man;

use super::args::{Args, CompletionsArgs, ManArgs};
use super::streams::Streams;
use super::{Outcome, files};

/// Prints the completions of a shell.
pub(super) fn completions(args: &CompletionsArgs, streams: &mut Streams) -> anyhow::Result<Outcome> {
    let mut text = Vec::new();
    clap_complete::generate(args.shell, &mut Args::command(), "offprint", &mut text);
    streams.result(&String::from_utf8_lossy(&text))?;
    Ok(Outcome::Clean)
}

/// Prints a manual page, or writes all.
pub(super) fn man(args: &ManArgs, streams: &mut Streams) -> anyhow::Result<Outcome> {
    let pages = pages()?;
    if let Some(folder) = &args.out {
        let shown = folder.display();
        fs::create_dir_all(folder).with_context(|| format!("cannot make the folder {shown}"))?;
        for (name, text) in &pages {
            files::replace(&folder.join(format!("{name}.1")), text.as_bytes())
                .with_context(|| format!("cannot write to {shown}"))?;
        }
        streams.message(&format!("Wrote {} manual pages to {shown}", pages.len()))?;
        return Ok(Outcome::Clean);
    }
    let wanted = args
        .about
        .as_deref()
        .map_or_else(|| "offprint".to_owned(), |about| format!("offprint-{}", about.replace(' ', "-")));
    let Some((_, text)) = pages.iter().find(|(name, _)| *name == wanted) else {
        bail!(
            "there is no command `{}`\nhelp: `offprint --help` lists them",
            args.about.as_deref().unwrap_or_default()
        );
    };
    streams.result(text)?;
    Ok(Outcome::Clean)
}

/// Returns the name and text of every page.
fn pages() -> anyhow::Result<Vec<(String, String)>> {
    let mut command = Args::command();
    command.build();
    let mut pages = Vec::new();
    gather(&command, "offprint", &mut pages)?;
    Ok(pages)
}

fn gather(command: &Command, name: &str, pages: &mut Vec<(String, String)>) -> anyhow::Result<()> {
    let mut text = Vec::new();
    // The page must not say on which day it was made.
    Man::new(command.clone())
        .title(name.to_uppercase())
        .date("")
        .source(concat!("offprint ", env!("CARGO_PKG_VERSION")))
        .render(&mut text)?;
    pages.push((name.to_owned(), String::from_utf8_lossy(&text).into_owned()));
    for inner in command.get_subcommands().filter(|inner| inner.get_name() != "help") {
        gather(inner, &format!("{name}-{}", inner.get_name()), pages)?;
    }
    Ok(())
}
