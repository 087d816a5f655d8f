//! `offprint share`: unlisted pages for one reader.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use anyhow::{Context, bail};

use super::args::{ShareArgs, ShareCommand, ShareCommonArgs, ShareListArgs, ShareNewArgs, ShareRevokeArgs};
use super::build::today;
use super::report::count;
use super::streams::Streams;
use super::{Outcome, files, site_folder};
use crate::build::{Model, Options, model};
use crate::diagnostic::Diagnostics;
use crate::exchange::title::plain;
use crate::portfolio::{Audience, Beyond, Portfolio};
use crate::record::decode::SHARES;
use crate::record::vocabulary::{PublicationStatus, Visibility};
use crate::render::links::{address, page_path};
use crate::source::Sources;
use crate::source::edit::{self, Refusal, scalar};

/// Makes, lists or takes back.
pub(super) fn run(args: &ShareArgs, streams: &mut Streams) -> anyhow::Result<Outcome> {
    match &args.command {
        ShareCommand::New(args) => new(args, streams),
        ShareCommand::List(args) => list(args, streams),
        ShareCommand::Revoke(args) => revoke(args, streams),
    }
}

fn read(args: &ShareCommonArgs) -> anyhow::Result<Model> {
    let root = site_folder::find(args.site.as_deref())?;
    let mut diagnostics = Diagnostics::default();
    let sources = Sources::read(&mut diagnostics, &root)?;
    let options = Options { today: today(args.today), base_url: None, drafts: false };
    Ok(model(&mut diagnostics, sources, &options))
}

fn new(args: &ShareNewArgs, streams: &mut Streams) -> anyhow::Result<Outcome> {
    let _held = files::hold(&site_folder::find(args.common.site.as_deref())?)?;
    let site = read(&args.common)?;
    let portfolio = &site.portfolio;
    let id = id(args)?;
    let shares = portfolio.share_pages.iter().filter_map(|page| page.id.as_deref().map(str::trim));
    let has_entry = shares.into_iter().any(|own| own == id);
    let unlisted = portfolio.pages.iter().any(|page| page.visibility == Visibility::Link && page.name == id);
    if portfolio.tokens.contains_key(&id) && (has_entry || unlisted) {
        bail!(
            "`{id}` has an address already\nhelp: `offprint share list` prints it; `offprint share revoke {id}` takes it back"
        );
    }
    let says_more = args.note.is_some() || args.cv.is_some() || args.expires.is_some();
    if (has_entry || unlisted) && (says_more || args.reader.is_some() || !args.show.is_empty()) {
        bail!("`{id}` is there already\nhelp: change it in its file, and write `offprint share new {id}`");
    }
    if !has_entry && !unlisted {
        if args.reader.is_none() && args.id.is_some() {
            bail!(
                "there is no share page and no unlisted page `{id}`\n\
                 help: say for whom it is, as `offprint share new {id} --for 'MSK fellowship'`"
            );
        }
        let entry = entry(args, portfolio, &id)?;
        let path = site.sources.root.join("site.yaml");
        change(&path, |text| edit::append_item(text, "share_pages", &entry)).map_err(|error| {
            let lines = entry.iter().enumerate();
            let lines: String = lines
                .map(|(at, (field, value))| format!("\n  {} {field}: {value}", if at == 0 { "-" } else { " " }))
                .collect();
            error.context(format!("cannot add the page to site.yaml; write under `share_pages:` yourself{lines}"))
        })?;
    }
    keep_token(&site.sources.root, &id, &token()?)?;
    let site = read(&args.common)?;
    let Some(address) = address_of(&site.portfolio, &id) else {
        bail!("the page `{id}` has no address yet\nhelp: look at what `offprint check` says of it")
    };
    streams.result(&address)?;
    if !args.common.quiet {
        let audience = site.portfolio.shares().into_iter().find(|audience| is_for(audience, &id));
        if let Some(audience) = audience {
            streams.message(&format!("It shows {}", words(&site.portfolio.beyond(&audience))))?;
        }
        streams.message("It is on the web after your next `offprint publish`; whoever has the address can open it")?;
    }
    Ok(Outcome::Clean)
}

fn id(args: &ShareNewArgs) -> anyhow::Result<String> {
    let made = args.id.clone().or_else(|| args.reader.as_deref().map(crate::render::markdown::slug));
    match made.map(|id| id.trim().to_owned()).filter(|id| !id.is_empty()) {
        Some(id) if id.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-') => Ok(id),
        Some(id) => bail!("`{id}` cannot be part of an address\nhelp: use letters without accents, digits and hyphens"),
        None => bail!("for whom is the page?\nhelp: write `offprint share new --for 'MSK fellowship'`"),
    }
}

/// The fields of the new entry, each as YAML of one line.
fn entry(args: &ShareNewArgs, portfolio: &Portfolio, id: &str) -> anyhow::Result<Vec<(&'static str, String)>> {
    let mut fields = vec![("id", scalar(id))];
    fields.extend(args.reader.as_deref().map(|words| ("to", scalar(words.trim()))));
    fields.extend(args.note.as_deref().map(|words| ("note", scalar(words))));
    for status in &args.show {
        let known = || PublicationStatus::ALL.iter().map(|status| status.as_str()).collect::<Vec<_>>().join(", ");
        if PublicationStatus::parse(status.trim()).is_none() {
            bail!("--show: `{status}` is not a status\nhelp: use {}", known());
        }
    }
    for person in &args.referee {
        if !portfolio.people.iter().any(|known| known.id == person.trim()) {
            bail!("--referee: records/people.yaml has nobody with the id `{person}`\nhelp: add them there first");
        }
    }
    if let Some(cv) = &args.cv
        && !portfolio.cvs.iter().any(|known| known.id.as_deref() == Some(cv))
    {
        bail!("--cv: site.yaml has no variant `{cv}` under `cvs:`\nhelp: add it there first");
    }
    let list =
        |words: &[String]| format!("[{}]", words.iter().map(|word| scalar(word.trim())).collect::<Vec<_>>().join(", "));
    fields.extend((!args.show.is_empty()).then(|| ("show_status", list(&args.show))));
    fields.extend((!args.referee.is_empty()).then(|| ("referees", list(&args.referee))));
    fields.extend(args.cv.as_deref().map(|id| ("cv", scalar(id))));
    fields.extend(args.expires.map(|date| ("expires", date.to_string())));
    Ok(fields)
}

fn list(args: &ShareListArgs, streams: &mut Streams) -> anyhow::Result<Outcome> {
    let site = read(&args.common)?;
    let portfolio = &site.portfolio;
    let live = portfolio.shares();
    let mut blocks = Vec::new();
    for (place, page) in portfolio.share_pages.iter().enumerate() {
        let Some(id) = page.id.as_deref().map(str::trim) else { continue };
        let mut lines = vec![match page.to.as_deref() {
            Some(to) => format!("{id}: for {}", to.trim()),
            None => id.to_owned(),
        }];
        match live.iter().find(|audience| is_for(audience, id)) {
            Some(audience) => {
                lines.extend(address_of(portfolio, id));
                lines.push(format!("shows {}", words(&portfolio.beyond(audience))));
                lines.extend(page.expires.map(|date| format!("until {}", date.last_day())));
            }
            None if portfolio.has_expired(place) => lines.push("expired: it is in no build any more".to_owned()),
            None => lines.push(format!("left out: it has no secret yet (`offprint share new {id}`)")),
        }
        blocks.push(lines.join("\n  "));
    }
    for page in portfolio.pages.iter().filter(|page| page.visibility == Visibility::Link) {
        let address = address_of(portfolio, &page.name);
        let state = address.unwrap_or_else(|| format!("left out: no secret yet (`offprint share new {}`)", page.name));
        blocks.push(format!("{}: the page {}\n  {state}", page.name, page.path));
    }
    if blocks.is_empty() {
        if !args.common.quiet {
            streams.message("No unlisted pages yet; `offprint share new --for 'MSK fellowship'` makes one")?;
        }
    } else {
        streams.result(&blocks.join("\n"))?;
    }
    Ok(Outcome::Clean)
}

fn revoke(args: &ShareRevokeArgs, streams: &mut Streams) -> anyhow::Result<Outcome> {
    let _held = files::hold(&site_folder::find(args.common.site.as_deref())?)?;
    let site = read(&args.common)?;
    let id = args.id.trim();
    let root = &site.sources.root;
    let had_token = change_if_there(&root.join(SHARES), |text| Ok(without_token(text, id)))?;
    let entry = change(&root.join("site.yaml"), |text| edit::remove_item(text, "share_pages", id));
    match (entry, had_token) {
        (Ok(()), _) => {}
        (Err(error), true) if error.downcast_ref::<Form>().is_some() => bail!(
            "the secret of `{id}` is removed, so its page is in no build any more; its entry in site.yaml stays\n\
             help: remove it from `share_pages:` by hand"
        ),
        (Err(error), true) if error.downcast_ref::<Absent>().is_some() => {}
        (Err(error), false) if error.downcast_ref::<Absent>().is_some() => {
            bail!("there is no share page `{id}`\nhelp: `offprint share list` prints their ids")
        }
        (Err(error), _) => return Err(error),
    }
    if !args.common.quiet {
        streams.message(&format!(
            "Took `{id}` back: the next build no longer has it, and the next `offprint publish` takes it from the web"
        ))?;
    }
    Ok(Outcome::Clean)
}

/// The file is written in a way in which it cannot be changed.
#[derive(Debug)]
struct Form;

/// The item is not in the file.
#[derive(Debug)]
struct Absent;

impl std::fmt::Display for Form {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("its list is not written as one entry under another")
    }
}

impl std::fmt::Display for Absent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("it is not there")
    }
}

impl std::error::Error for Form {}
impl std::error::Error for Absent {}

/// Changes a file of the user's, if it can be done without touching anything else in it.
fn change(path: &Path, make: impl FnOnce(&str) -> Result<String, Refusal>) -> anyhow::Result<()> {
    let shown = path.display();
    let path = fs::canonicalize(path).with_context(|| format!("cannot read {shown}"))?;
    let text = fs::read_to_string(&path).with_context(|| format!("cannot read {shown}"))?;
    let changed = match make(&text) {
        Ok(changed) => changed,
        Err(Refusal::Absent) => return Err(Absent.into()),
        Err(Refusal::Form) => return Err(Form.into()),
        Err(Refusal::Unreadable) => bail!("{shown} has an error\nhelp: `offprint check` names it"),
    };
    files::replace(&path, changed.as_bytes()).with_context(|| format!("cannot write {shown}"))
}

/// Changes a file, if it is there and the change is one; tells whether it was.
fn change_if_there(path: &Path, make: impl FnOnce(&str) -> Result<String, Refusal>) -> anyhow::Result<bool> {
    let mut changed = false;
    match fs::metadata(path) {
        Ok(_) => change(path, |text| {
            let new = make(text)?;
            changed = new != text;
            Ok(new)
        })?,
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => return Err(error).with_context(|| format!("cannot read {}", path.display())),
    }
    Ok(changed)
}

fn without_token(text: &str, id: &str) -> String {
    let is_it = |line: &&str| {
        let key = line.split_once(':').map(|(key, _)| key.trim().trim_matches(['"', '\'']));
        key == Some(id)
    };
    text.split_inclusive('\n').filter(|line| !is_it(line)).collect()
}

/// Adds a line to `private/shares.yaml`, which is made if it is not there.
fn keep_token(root: &Path, id: &str, token: &str) -> anyhow::Result<()> {
    let path = root.join(SHARES);
    let old = match fs::read_to_string(&path) {
        Ok(old) => without_token(&old, id),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            "# Secrets of unlisted pages. Who has one can open its page: keep this file to yourself.\n".to_owned()
        }
        Err(error) => return Err(error).with_context(|| format!("cannot read {SHARES}")),
    };
    let end = if old.contains("\r\n") { "\r\n" } else { "\n" };
    let gap = if old.is_empty() || old.ends_with('\n') { "" } else { end };
    fs::create_dir_all(root.join("private")).context("cannot make the folder private/")?;
    let text = format!("{old}{gap}{}: {token}{end}", scalar(id));
    files::replace(&path, text.as_bytes()).with_context(|| format!("cannot write {SHARES}"))
}

/// Returns 128 bits by chance, in base32 (RFC 4648, section 6) without padding, in lower case.
fn token() -> anyhow::Result<String> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes)
        .map_err(|error| anyhow::anyhow!("{error}"))
        .context("the system gives no random numbers")?;
    Ok(base32(u128::from_be_bytes(bytes)))
}

fn base32(bits: u128) -> String {
    const LETTERS: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
    // 26 letters hold 130 bits: the last one has two to spare, at its end.
    let digit = |place: u32| {
        let group = if place == 25 { bits << 2 } else { bits >> (123 - 5 * place) };
        char::from(LETTERS[usize::try_from(group & 31).unwrap_or_default()])
    };
    (0..26).map(digit).collect()
}

fn is_for(audience: &Audience, wanted: &str) -> bool {
    matches!(audience, Audience::SharePage { id, .. } if id == wanted)
}

/// Returns the address of a share page or an unlisted page: in full where the site knows its own.
fn address_of(portfolio: &Portfolio, id: &str) -> Option<String> {
    let share = portfolio.shares().into_iter().find(|audience| is_for(audience, id));
    let path = match share {
        Some(audience) => crate::render::links::share_path(portfolio.published(&audience).share.as_ref()?),
        None => page_path(portfolio.pages.iter().find(|page| page.name == id && page.token.is_some())?),
    };
    let base = portfolio.settings.base_url.as_deref().unwrap_or_default();
    Some(format!("{base}{}", address(&path)))
}

/// Says what a share page shows beyond the public.
pub(super) fn words(beyond: &Beyond) -> String {
    let mut parts: Vec<String> = Vec::new();
    for status in PublicationStatus::ALL {
        let works: Vec<&str> =
            beyond.works.iter().filter(|(_, own)| own == status).map(|(title, _)| title.as_str()).collect();
        if !works.is_empty() {
            let status = status.as_str().replace('-', " ");
            parts.push(format!("{} ({status}): {}", count(works.len(), "work", "works"), quoted(&works)));
        }
    }
    if !beyond.records.is_empty() {
        let records: Vec<&str> = beyond.records.iter().map(String::as_str).collect();
        parts.push(format!("{}: {}", count(records.len(), "other record", "other records"), quoted(&records)));
    }
    if !beyond.referees.is_empty() {
        parts.push(format!("the letters of {}", beyond.referees.join(", ")));
    }
    if parts.is_empty() {
        "nothing beyond what is public".to_owned()
    } else {
        format!("beyond the public {}", parts.join("; "))
    }
}

fn quoted(titles: &[&str]) -> String {
    const MOST: usize = 3;
    let mut named: Vec<String> = titles.iter().take(MOST).map(|title| format!("“{}”", short(&plain(title)))).collect();
    if titles.len() > MOST {
        named.push(format!("{} more", titles.len() - MOST));
    }
    named.join(", ")
}

fn short(title: &str) -> String {
    const MOST: usize = 60;
    match title.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", title[..end].trim_end()),
        None => title.to_owned(),
    }
}

/// Says of each share page what it shows beyond the public, a line each.
pub(super) fn beyond_lines(portfolio: &Portfolio) -> Vec<String> {
    let line = |audience: Audience| match &audience {
        Audience::SharePage { id, .. } => {
            Some(format!("The share page `{id}` shows {}", words(&portfolio.beyond(&audience))))
        }
        _ => None,
    };
    portfolio.shares().into_iter().filter_map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_128_bits_in_26_letters() {
        assert_eq!(base32(0), "a".repeat(26));
        assert_eq!(base32(u128::MAX), format!("{}4", "7".repeat(25)));
        assert_eq!(base32(1), format!("{}e", "a".repeat(25)));
        let (one, other) = (token().expect("chance"), token().expect("chance"));
        assert!(crate::record::decode::is_token(&one) && one != other);
    }
}
