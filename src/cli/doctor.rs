//! `offprint doctor`: what is wrong with this computer or this site, in words.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use chrono::Datelike;

use super::args::DoctorArgs;
use super::build::today;
use super::report::count;
use super::streams::Streams;
use super::{Outcome, site_folder};
use crate::build::{Built, Options, build, output};
use crate::diagnostic::{Severity, code};
use crate::portfolio::{Destination, Portfolio, Publishing};
use crate::publish::tracked;

/// What was found at one place.
enum Finding {
    /// Nothing wrong.
    Good(String),
    /// Worth knowing.
    Note(String),
    /// Wrong, and what to do.
    Wrong(String, String),
}

use Finding::{Good, Note, Wrong};

/// Looks, and says what it found.
pub(super) fn run(args: &DoctorArgs, streams: &mut Streams) -> anyhow::Result<Outcome> {
    let mut findings = computer(args);
    let here = std::env::current_dir().ok();
    let found = args.site.clone().or_else(|| here.and_then(|here| crate::source::find_site(&here)));
    match found {
        None => findings
            .push(Note("no site here: `offprint new my-site` starts one, `cd my-site` goes to yours".to_owned())),
        Some(folder) => match site_folder::find(Some(&folder)) {
            Ok(root) => site(args, &root, &mut findings),
            Err(error) => findings.push(wrong(&error)),
        },
    }
    let wrong = findings.iter().filter(|finding| matches!(finding, Wrong(..))).count();
    for finding in &findings {
        match finding {
            Good(text) if !args.quiet => streams.result(&format!("ok     {text}"))?,
            Note(text) if !args.quiet => streams.result(&format!("note   {text}"))?,
            Good(_) | Note(_) => {}
            Wrong(text, step) => streams.result(&format!("wrong  {text}\n       {step}"))?,
        }
    }
    if !args.quiet {
        let words = if wrong == 0 {
            "Nothing is wrong".to_owned()
        } else {
            format!("{} wrong", count(wrong, "thing is", "things are"))
        };
        streams.message(&words)?;
    }
    Ok(if wrong == 0 { Outcome::Clean } else { Outcome::Problems })
}

fn wrong(error: &anyhow::Error) -> Finding {
    let text = error.to_string();
    let (what, step) = text.split_once("\nhelp: ").unwrap_or((&text, "look at what the message says"));
    Wrong(what.to_owned(), step.to_owned())
}

/// What is the same for every site.
fn computer(args: &DoctorArgs) -> Vec<Finding> {
    let mut findings = vec![Good(format!("Offprint {} for {}", env!("CARGO_PKG_VERSION"), std::env::consts::OS))];
    let day = today(args.today).resolve(None);
    findings.push(if (2025..2100).contains(&day.year()) {
        Good(format!("the clock says {day}"))
    } else {
        Wrong(
            format!("the clock says {day}, so years of training and coming talks come out wrong"),
            "set the clock of this computer".to_owned(),
        )
    });
    findings.push(match version("git") {
        Some(version) => Good(version),
        None => Note("git is not here: GitHub Pages needs it, the other hosts do not".to_owned()),
    });
    if std::env::var_os("VISUAL").or_else(|| std::env::var_os("EDITOR")).is_none() {
        findings.push(Note(
            "no editor is named in EDITOR: the preview's “open” buttons then show the place in words".to_owned(),
        ));
    }
    findings
}

fn version(program: &str) -> Option<String> {
    let asked = Command::new(program).arg("--version").stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    let text = String::from_utf8_lossy(&asked.stdout);
    asked.status.success().then(|| text.lines().next().unwrap_or(program).to_owned())
}

fn site(args: &DoctorArgs, root: &Path, findings: &mut Vec<Finding>) {
    findings.push(Good(format!("the site is {}", root.display())));
    let options = Options { today: today(args.today), base_url: None, drafts: false };
    let mut built = match build(root, &options) {
        Ok(built) => built,
        Err(error) => return findings.push(wrong(&error)),
    };
    if let Some(portfolio) = &built.portfolio {
        tracked::check(&mut built.diagnostics, &built.sources, portfolio, tracked::Scope::Own, |_| false);
    }
    findings.push(state(&built));
    findings.push(workplace(root));
    match output::unfinished(root) {
        Ok(names) if names.is_empty() => {}
        Ok(names) => findings.push(Wrong(
            format!("a build of {} was broken off", names.join(", ")),
            "run `offprint build`, which finishes it".to_owned(),
        )),
        Err(error) => findings.push(wrong(&error)),
    }
    if let Some(cloud) = cloud(root) {
        findings.push(Note(format!(
            "the site lies in a folder of {cloud}: let it finish before you build on another computer, and leave public/ out of it"
        )));
    }
    let leaks = built.diagnostics.iter().filter(|found| found.code.id == code::PRIVATE_TRACKED.id).count();
    if leaks > 0 {
        findings.push(Wrong(
            format!("git keeps {} of this site", count(leaks, "private thing", "private things")),
            "`offprint check` names each, with the line that takes it out".to_owned(),
        ));
    }
    if let Some(portfolio) = &built.portfolio {
        publishing(root, portfolio, findings);
    }
}

fn state(built: &Built) -> Finding {
    let (errors, warnings) = (built.diagnostics.count(Severity::Error), built.diagnostics.count(Severity::Warning));
    let pages =
        built.site.as_ref().map_or(0, |site| site.files.keys().filter(|path| path.as_str().ends_with(".html")).count());
    if errors > 0 {
        let text = format!("{} in the site, so it cannot be built", count(errors, "error", "errors"));
        return Wrong(text, "`offprint check` names each, with its line and what to do".to_owned());
    }
    if warnings > 0 {
        return Note(format!(
            "{} builds, with {} (`offprint check`)",
            count(pages, "page", "pages"),
            count(warnings, "warning", "warnings")
        ));
    }
    Good(format!("{} without a problem", count(pages, "page", "pages")))
}

fn workplace(root: &Path) -> Finding {
    let tried = output::workplace(root).and_then(|folder| Ok(tempfile::NamedTempFile::new_in(folder)?));
    match tried {
        Ok(_) => Good("the site folder can be written to".to_owned()),
        Err(error) => Wrong(
            format!("the site folder cannot be written to ({error:#})"),
            "look at who owns it, and whether the disk is full or read-only".to_owned(),
        ),
    }
}

/// Returns the service whose folder holds the site.
fn cloud(root: &Path) -> Option<&'static str> {
    let path: PathBuf = std::fs::canonicalize(root).ok()?;
    let known = [
        ("dropbox", "Dropbox"),
        ("onedrive", "OneDrive"),
        ("google drive", "Google Drive"),
        ("mobile documents", "iCloud"),
        ("icloud", "iCloud"),
    ];
    let part = |part: std::path::Component<'_>| {
        let name = part.as_os_str().to_string_lossy().to_lowercase();
        known.iter().find(|(start, _)| name.starts_with(start)).map(|(_, name)| *name)
    };
    path.components().find_map(part)
}

/// Whether what `publish` needs is there.
fn publishing(root: &Path, portfolio: &Portfolio, findings: &mut Vec<Finding>) {
    let Some(publishing) = &portfolio.publishing else {
        findings.push(Note("no `publish:` in site.yaml yet (`offprint guide publishing`)".to_owned()));
        return;
    };
    findings.push(Good(format!("it is published to {}", publishing.name())));
    if portfolio.settings.base_url.is_none() && publishing.address().is_none() {
        findings.push(Wrong(
            "the site does not know its address, so it has no feed, no sitemap and no link previews".to_owned(),
            "write `url: https://…/` under `site:` in site.yaml".to_owned(),
        ));
    }
    let program = match publishing.destination {
        Destination::GithubPages { .. } => Some("git"),
        Destination::Sftp { .. } => Some("sftp"),
        Destination::Rsync { .. } => Some("rsync"),
        _ => None,
    };
    if let Some(program) = program.filter(|program| !is_there(program)) {
        findings.push(Wrong(
            format!("the program `{program}` is not on this computer, and that host needs it"),
            format!("install {program}, or choose another host"),
        ));
    }
    findings.extend(keys(publishing));
    if let Destination::GithubPages { repository, .. } = &publishing.destination
        && let Some(reason) = crate::publish::refusal(root, publishing, repository, &portfolio.owner)
    {
        findings.push(wrong(&anyhow::anyhow!(reason)));
    }
}

fn is_there(program: &str) -> bool {
    let paths = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&paths)
        .any(|folder| folder.join(program).is_file() || folder.join(format!("{program}.exe")).is_file())
}

/// Keys that the host needs and the environment lacks; their values are never shown.
fn keys(publishing: &Publishing) -> Vec<Finding> {
    let needed: &[&str] = match &publishing.destination {
        Destination::Netlify { .. } => &["NETLIFY_AUTH_TOKEN"],
        Destination::CloudflarePages { account: None, .. } => &["CLOUDFLARE_API_TOKEN", "CLOUDFLARE_ACCOUNT_ID"],
        Destination::CloudflarePages { .. } => &["CLOUDFLARE_API_TOKEN"],
        Destination::S3 { .. } => &["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"],
        _ => &[],
    };
    let lacking = needed.iter().filter(|name| std::env::var(name).unwrap_or_default().trim().is_empty());
    lacking
        .map(|name| Note(format!("{name} is not in the environment of this terminal; `offprint publish` needs it")))
        .collect()
}
