//! `offprint publish`: checked, said, asked, sent, looked at again.

use std::io::IsTerminal;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, bail};

use super::args::PublishArgs;
use super::build::today;
use super::report::count;
use super::streams::Streams;
use super::{Outcome, report, site_folder};
use crate::build::{Built, Model, Options, build, model, output};
use crate::diagnostic::{Diagnostics, Severity, code};
use crate::exchange::title::plain;
use crate::portfolio::{Destination, Portfolio, Publishing};
use crate::publish::changes::{self, Changes};
use crate::publish::{Client, Entry, Job, Ledger, Parcel, Sent, is_public, refusal, resolve, send, tracked, verify};
use crate::record::decode::without_tokens;
use crate::record::vocabulary::Visibility;
use crate::render::Site;
use crate::render::links::{address, page_path};
use crate::source::Sources;

/// Names listed in full before they are counted.
const MOST: usize = 6;
/// How long GitHub may take until it shows what was pushed.
const GITHUB: Duration = Duration::from_mins(3);

/// Publishes the site.
pub(super) fn run(args: &PublishArgs, streams: &mut Streams) -> anyhow::Result<Outcome> {
    let root = site_folder::find(args.site.as_deref())?;
    let (publishing, base_url) = destination(&root, args, streams)?;
    // An output that this run itself will finish is no reason to stop.
    let own = match &publishing.destination {
        Destination::Folder { path } => std::fs::canonicalize(resolve(&root, path)).ok(),
        _ => None,
    };
    let is_own = |name: &String| own.is_some() && std::fs::canonicalize(root.join(name)).ok() == own;
    let unfinished = output::unfinished(&root)?;
    if let Some(name) = unfinished.iter().find(|name| !is_own(name)) {
        bail!(
            "the output {name} was left unfinished by a build that was broken off\nhelp: run `offprint build` first, which finishes it"
        );
    }
    let client = Client::new();
    let options = Options { today: today(args.today), base_url: base_url.clone(), drafts: false };
    let mut built = build(&root, &options)?;
    if let Some(portfolio) = &built.portfolio {
        let is_private = |remote: &_| is_public(&client, remote) == Some(false);
        tracked::check(&mut built.diagnostics, &built.sources, portfolio, tracked::Scope::All, is_private);
    }
    let is_leak = built.diagnostics.iter().any(|found| found.code.id == code::PRIVATE_TRACKED.id);
    let Built { sources, portfolio: Some(portfolio), site: Some(site), mut diagnostics } = built else {
        report::diagnostics(streams, &args.report, &built.sources, built.diagnostics)?;
        return stop(args, streams, "the errors are mended");
    };
    if is_leak {
        report::diagnostics(streams, &args.report, &sources, diagnostics)?;
        return stop(args, streams, "git no longer keeps what is private, or the repository is private");
    }
    let withheld = withheld(args, &client, &root, &publishing, &portfolio)?;
    let is_unlisted = |path: &str| is_unlisted(&portfolio, path);
    let parcel = pack(&root, &site, &publishing, |path| withheld.is_none() || !is_unlisted(path))?;
    let after = changes::after(&parcel, &site, &portfolio);
    let mut ledger = Ledger::open(&root)?;
    let place = publishing.name();
    let before = ledger.entry(&place).cloned().unwrap_or_default();
    let known = (&before, &after);
    changes::lost_addresses(&mut diagnostics, &sources, &portfolio, &site, known, is_unlisted);
    let warnings = diagnostics.count(Severity::Warning);
    report::diagnostics(streams, &args.report, &sources, diagnostics)?;
    if args.strict && warnings > 0 {
        return stop(args, streams, "the warnings are mended");
    }
    let changes = changes::between(&before, &after);
    say(args, streams, &summary(&place, &changes, &before, &after, &is_unlisted))?;
    if let Some(reason) = withheld {
        say(args, streams, &reason)?;
    }
    if base_url.is_none() {
        say(
            args,
            streams,
            "The site does not know its address, so it has no feed, no sitemap and no link previews: write `url:` under `site:`",
        )?;
    }
    if args.dry_run {
        say(args, streams, "A dry run: nothing was sent")?;
        return Ok(Outcome::Clean);
    }
    let job = Job {
        root: &root,
        parcel: &parcel,
        stale: before.stale(&parcel.files),
        before: &before,
        publishing: &publishing,
        now: chrono::Utc::now(),
        client: &client,
    };
    let mut shown = base_url;
    if changes.is_empty() && job.stale.is_empty() {
        say(args, streams, "Nothing was sent: it is all there")?;
    } else {
        if !args.yes && !agreed()? {
            say(args, streams, "Nothing was sent")?;
            return Ok(Outcome::Clean);
        }
        ledger.begin(&place, &after)?;
        if std::io::stderr().is_terminal() {
            say(args, streams, "Sending …")?;
        }
        let Sent { address, files, notes } = send(&job)?;
        ledger.finish(&place, after.clone())?;
        shown = shown.or(address);
        notes.iter().try_for_each(|note| say(args, streams, note))?;
        say(args, streams, &format!("Sent {} to {place}", count(files, "file", "files")))?;
    }
    if args.verify && !look(args, streams, &job, shown.as_deref())? {
        return Ok(Outcome::Failed);
    }
    if let Some(address) = shown {
        streams.result(&address)?;
    }
    Ok(Outcome::Clean)
}

/// Returns where the site goes, and the address it will have there.
fn destination(root: &Path, args: &PublishArgs, streams: &mut Streams) -> anyhow::Result<(Publishing, Option<String>)> {
    let mut diagnostics = Diagnostics::default();
    let sources = Sources::read(&mut diagnostics, root)?;
    let options = Options { today: today(args.today), base_url: args.base_url.clone(), drafts: false };
    let Model { sources, portfolio } = model(&mut diagnostics, sources, &options);
    let Some(publishing) = portfolio.publishing else {
        let about_it = |found: &&crate::diagnostic::Diagnostic| {
            [code::PUBLISH_INCOMPLETE.id, code::PUBLISH_MISFIT.id].contains(&found.code.id)
                || found.severity() == Severity::Error
        };
        let mut told = Diagnostics::default();
        diagnostics.iter().filter(about_it).for_each(|found| told.push(found.clone()));
        report::diagnostics(streams, &args.report, &sources, told)?;
        bail!(
            "site.yaml does not say where the site is published\n\
             help: add to it, say, `publish: {{to: github-pages, repository: your-name/your-name.github.io}}`; `offprint guide publishing` shows every host"
        );
    };
    let base = portfolio.settings.base_url.or_else(|| publishing.address());
    Ok((publishing, base))
}

fn stop(args: &PublishArgs, streams: &mut Streams, until: &str) -> anyhow::Result<Outcome> {
    say(args, streams, &format!("Nothing was published: the site is sent once {until}"))?;
    Ok(Outcome::Problems)
}

fn say(args: &PublishArgs, streams: &mut Streams, text: &str) -> anyhow::Result<()> {
    if args.report.quiet { Ok(()) } else { Ok(streams.message(text)?) }
}

/// Returns why unlisted pages stay out, when they do.
fn withheld(
    args: &PublishArgs,
    client: &Client,
    root: &Path,
    publishing: &Publishing,
    portfolio: &Portfolio,
) -> anyhow::Result<Option<String>> {
    let Destination::GithubPages { repository, .. } = &publishing.destination else { return Ok(None) };
    if let Some(reason) = refusal(root, publishing, repository, &portfolio.owner) {
        bail!(reason);
    }
    let unlisted = portfolio.pages.iter().filter(|page| page.visibility == Visibility::Link && page.token.is_some());
    let number = portfolio.shares().len() + unlisted.count();
    if number == 0 || args.with_share || is_public(client, repository) == Some(false) {
        return Ok(None);
    }
    let pages = count(number, "unlisted page stays", "unlisted pages stay");
    Ok(Some(format!(
        "{pages} out: the repository {} may be read by anybody, who could list every address in it. \
         `--with-share` sends them all the same; a private repository or another host keeps them apart",
        repository.address
    )))
}

fn is_unlisted(portfolio: &Portfolio, path: &str) -> bool {
    let unlisted = portfolio.pages.iter().filter(|page| page.token.is_some());
    path.starts_with("share/") || unlisted.into_iter().any(|page| page_path(page) == path)
}

fn pack(root: &Path, site: &Site, publishing: &Publishing, goes: impl Fn(&str) -> bool) -> anyhow::Result<Parcel> {
    let mut parcel = Parcel::pack(root, site, goes)?;
    if matches!(publishing.destination, Destination::GithubPages { .. }) {
        // GitHub would run the pages through a generator of its own, which leaves out some files.
        parcel.add(".nojekyll", b"")?;
        if let Some(domain) = &publishing.domain {
            parcel.add("CNAME", format!("{domain}\n").as_bytes())?;
        }
    }
    Ok(parcel)
}

fn agreed() -> anyhow::Result<bool> {
    if !std::io::stdin().is_terminal() || !std::io::stderr().is_terminal() {
        bail!(
            "there is no terminal to ask on, so nothing was sent\nhelp: look at it with `--dry-run`, then publish with `--yes`"
        );
    }
    let question = dialoguer::Confirm::new().with_prompt("Put this on the public web?").default(true);
    question.interact().context("the question was broken off, so nothing was sent")
}

/// Says what is new on the public web.
fn summary(
    place: &str,
    changes: &Changes,
    before: &Entry,
    after: &Entry,
    is_unlisted: &impl Fn(&str) -> bool,
) -> String {
    let pages = after.files.keys().filter(|path| path.ends_with(".html")).count();
    let first = before == &Entry::default();
    let how = if first { ", for the first time from this computer" } else { "" };
    let mut lines = vec![format!(
        "To {place}{how}: {} and {}",
        count(pages, "page", "pages"),
        count(after.files.len() - pages, "other file", "other files")
    )];
    let list = |word: &str, names: Vec<String>| {
        let mut shown = names.iter().take(MOST).cloned().collect::<Vec<_>>().join(", ");
        if names.len() > MOST {
            shown.push_str(&format!(" and {} more", names.len() - MOST));
        }
        (!names.is_empty()).then(|| format!("  {word}: {shown}"))
    };
    let home = |path: &String| match address(path) {
        "" => "the home page".to_owned(),
        other => other.to_owned(),
    };
    let listed = |paths: &[String]| paths.iter().filter(|path| !is_unlisted(path)).map(home).collect::<Vec<_>>();
    let files = |paths: &[String]| {
        let own = paths.iter().filter(|path| !path.starts_with("assets/") && !is_unlisted(path));
        own.cloned().collect::<Vec<_>>()
    };
    let titles = changes.new_records.iter().map(|title| format!("“{}”", plain(title))).collect::<Vec<_>>();
    lines.extend(list("new records", titles));
    lines.extend(list("new pages", listed(&changes.new_pages)));
    lines.extend(list("changed pages", listed(&changes.changed_pages)));
    lines.extend(list("new files", files(&changes.new_files)));
    lines.extend(list("changed files", files(&changes.changed_files)));
    lines.extend(list("gone", files(&changes.gone)));
    let secret = |paths: &[String]| paths.iter().filter(|path| is_unlisted(path)).count();
    let new = secret(&changes.new_pages) + secret(&changes.changed_pages);
    if new > 0 {
        lines.push(format!("  unlisted: {} for one reader, which nothing leads to", count(new, "page", "pages")));
    }
    if secret(&changes.gone) > 0 {
        lines.push(format!("  taken back: {} for one reader", count(secret(&changes.gone), "page", "pages")));
    }
    if changes.is_empty() {
        lines.push("  nothing has changed since the last time".to_owned());
    }
    lines.join("\n")
}

/// Fetches what was published; tells whether it is as it was sent.
fn look(args: &PublishArgs, streams: &mut Streams, job: &Job<'_>, base: Option<&str>) -> anyhow::Result<bool> {
    let Some(base) = base else {
        bail!(
            "the address of the site is not known, so it cannot be looked at\nhelp: write it as `url:` under `site:` in site.yaml"
        );
    };
    let is_github = matches!(job.publishing.destination, Destination::GithubPages { .. });
    let patience =
        if is_github && std::env::var_os("OFFPRINT_TIMEOUT").is_none() { GITHUB } else { job.client.patience };
    let found = verify::verify(job, base, patience);
    if found.faults.is_empty() {
        say(
            args,
            streams,
            &format!("Looked at {} of {base}: as they were sent", count(found.compared, "page", "pages")),
        )?;
        return Ok(true);
    }
    let lines = found.faults.iter().take(MOST).map(|(path, state)| {
        let state = match state {
            verify::State::Same => "as it was sent".to_owned(),
            verify::State::Different => "another page, or an older one".to_owned(),
            verify::State::Missing(words) => format!("not there ({words})"),
            verify::State::StillThere => "still there, though it was taken back".to_owned(),
        };
        format!("  {base}{}: {state}", without_tokens(address(path)))
    });
    let lines: Vec<String> = lines.collect();
    bail!(
        "{} of {} at {base} are not as they were sent\n{}\nhelp: hosts take some minutes, and browsers and hosts keep old copies: run `offprint publish --verify` again; if it stays so, look at the address in site.yaml",
        found.faults.len(),
        count(found.compared, "page", "pages"),
        lines.join("\n")
    )
}
