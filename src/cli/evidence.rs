//! `offprint evidence`: keeps a proof beside its record, and tells which have changed.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use super::args::{EvidenceAddArgs, EvidenceArgs, EvidenceCommand, EvidenceVerifyArgs};
use super::build::today;
use super::published::real;
use super::streams::Streams;
use super::{Outcome, files, report, site_folder};
use crate::build::{Model, Options, model};
use crate::check::verify;
use crate::diagnostic::{Diagnostics, Severity};
use crate::exchange::edit::{Refusal, name_proof, name_proof_apart};
use crate::portfolio::Portfolio;
use crate::record::Private;
use crate::record::vocabulary::Kind;
use crate::render::markdown::slug;
use crate::source::proofs::{HASHES, Hashes, bare, copy_hashed, hash};
use crate::source::{Origin, Sources};

/// Keeps or verifies.
pub(super) fn run(args: &EvidenceArgs, streams: &mut Streams) -> anyhow::Result<Outcome> {
    match &args.command {
        EvidenceCommand::Add(args) => add(args, streams),
        EvidenceCommand::Verify(args) => verify_all(args, streams),
    }
}

/// The record that a proof is for.
struct Record<'a> {
    kind: Kind,
    id: &'a str,
    origin: &'a Origin,
    private: &'a Private,
}

fn add(args: &EvidenceAddArgs, streams: &mut Streams) -> anyhow::Result<Outcome> {
    let root = site_folder::find(args.site.as_deref())?;
    let _held = files::hold(&root)?;
    let mut unheard = Diagnostics::default();
    let sources = Sources::read(&mut unheard, &root)?;
    let options = Options { today: today(args.today), base_url: None, drafts: false };
    let Model { sources, portfolio } = model(&mut unheard, sources, &options);
    let record = find(&portfolio, args.id.trim())?;
    let file = proof(&args.file)?;
    let digest = hash(&file).with_context(|| format!("cannot read {}", args.file.display()))?;
    let mut hashes = hashes(&sources)?;

    if let Some(path) = same_of_record(&sources, &record, &digest)? {
        keep_hash(&mut hashes, &sources, &path, &digest)?;
        streams.result(&path)?;
        if !args.quiet {
            streams.message(&format!("`{}` has this proof already; nothing was added", record.id))?;
        }
        return Ok(Outcome::Clean);
    }
    let kept = kept_already(&sources, &file, &hashes, &digest);
    let path = kept.unwrap_or_else(|| new_path(&sources, args, &record, portfolio.today, &digest));
    let is_there = sources.location(&path).exists();
    // Nothing is copied that cannot be named; the name is written last, so that it never leads to nothing.
    let (target, text) = named(&sources, &record, &path)?;
    if !is_there {
        copy(&file, &sources.location(&path), &digest)?;
    }
    keep_hash(&mut hashes, &sources, &path, &digest)?;
    files::replace(&sources.location(&target), text.as_bytes()).with_context(|| format!("cannot write {target}"))?;
    streams.result(&path)?;
    if !args.quiet {
        let original = if is_there { "" } else { "; the original stays where it is" };
        streams.message(&format!("Named in {target}, under `{}`{original}", record.id))?;
    }
    Ok(Outcome::Clean)
}

fn find<'a>(portfolio: &'a Portfolio, id: &str) -> anyhow::Result<Record<'a>> {
    let shared = portfolio.records().map(|(kind, shared)| {
        (Record { kind, id: &shared.id, origin: &shared.origin, private: &shared.private }, shared.aliases.as_slice())
    });
    let people = portfolio.people.iter().map(|person| {
        (Record { kind: Kind::People, id: &person.id, origin: &person.origin, private: &person.private }, &[][..])
    });
    let own = portfolio.conferences.iter().map(|own| {
        (Record { kind: Kind::Conferences, id: &own.id, origin: &own.origin, private: &own.private }, &[][..])
    });
    let mut nearest: Option<(f64, &str)> = None;
    for (record, aliases) in shared.chain(people).chain(own) {
        if record.id == id || aliases.iter().any(|alias| alias == id) {
            return Ok(record);
        }
        let likeness = strsim::jaro_winkler(record.id, id);
        if nearest.is_none_or(|(best, _)| likeness > best) {
            nearest = Some((likeness, record.id));
        }
    }
    let near = nearest.map(|(_, near)| format!("\nhelp: did you mean `{near}`?")).unwrap_or_default();
    bail!("no record has the id `{id}`{near}")
}

/// Returns the file without links, if it can be a proof.
fn proof(file: &Path) -> anyhow::Result<PathBuf> {
    let shown = file.display();
    let about = match fs::metadata(file) {
        Ok(about) => about,
        Err(error) if error.kind() == ErrorKind::NotFound => bail!("there is no file {shown}"),
        Err(error) => return Err(error).with_context(|| format!("cannot read {shown}")),
    };
    if about.is_dir() {
        bail!("{shown} is a folder\nhelp: name one file; a folder of proofs is added file by file");
    }
    if !about.is_file() {
        bail!("{shown} is not a file that can be kept");
    }
    if about.len() == 0 {
        bail!("{shown} is empty\nhelp: save it again from where it came");
    }
    fs::canonicalize(file).with_context(|| format!("cannot read {shown}"))
}

fn hashes(sources: &Sources) -> anyhow::Result<Hashes> {
    match Hashes::read(sources).with_context(|| format!("cannot read {HASHES}"))? {
        Some(hashes) => Ok(hashes),
        None => bail!("{HASHES} cannot be read as a list of hashes\nhelp: `offprint evidence verify` says more"),
    }
}

fn keep_hash(hashes: &mut Hashes, sources: &Sources, path: &str, digest: &str) -> anyhow::Result<()> {
    if hashes.get(path).is_none() {
        hashes.keep(path, digest);
        files::replace(&sources.location(HASHES), hashes.text().as_bytes())
            .with_context(|| format!("cannot write {HASHES}"))?;
    }
    Ok(())
}

/// Returns a proof of the record that has these very bytes.
fn same_of_record(sources: &Sources, record: &Record<'_>, digest: &str) -> anyhow::Result<Option<String>> {
    for path in record.private.evidence.iter().map(|path| bare(path)) {
        if path.starts_with("evidence/") && sources.exists(path) {
            let own = hash(&sources.location(path)).with_context(|| format!("cannot read {path}"))?;
            if own == digest {
                return Ok(Some(path.to_owned()));
            }
        }
    }
    Ok(None)
}

/// Returns where a file is kept already: it lies in evidence/ itself, or was added for another record.
fn kept_already(sources: &Sources, file: &Path, hashes: &Hashes, digest: &str) -> Option<String> {
    if let Ok(inside) = file.strip_prefix(real(&sources.location("evidence"))) {
        let parts: Vec<_> = inside.components().map(|part| part.as_os_str().to_string_lossy()).collect();
        return Some(format!("evidence/{}", parts.join("/")));
    }
    let same = |path: &str| hash(&sources.location(path)).is_ok_and(|own| own == digest);
    hashes.iter().find(|(path, kept)| *kept == digest && same(path)).map(|(path, _)| path.to_owned())
}

/// Returns a path made of the kind, the record, the day and what the proof is, which no file has, or which this very
/// proof has from a run that did not come to its end.
fn new_path(
    sources: &Sources,
    args: &EvidenceAddArgs,
    record: &Record<'_>,
    today: chrono::NaiveDate,
    digest: &str,
) -> String {
    let stem = args.file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let words = slug(args.called.as_deref().unwrap_or(&stem));
    let id = slug(record.id);
    let words = words.strip_prefix(&id).map_or(words.as_str(), |rest| rest.trim_start_matches('-'));
    let words = if words.is_empty() { "proof" } else { words };
    let ending = args.file.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    let ending = ending.filter(|ending| ending.len() <= 8 && ending.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    let ending = ending.map(|ending| format!(".{ending}")).unwrap_or_default();
    let base = format!("evidence/{}/{id}-{today}-{words}", record.kind);
    let numbered = |number: usize| match number {
        1 => format!("{base}{ending}"),
        number => format!("{base}-{number}{ending}"),
    };
    let is_own = |path: &String| {
        let place = sources.location(path);
        fs::symlink_metadata(&place).is_err() || hash(&place).is_ok_and(|there| there == digest)
    };
    (1..usize::MAX).map(numbered).find(is_own).unwrap_or_else(|| format!("{base}{ending}"))
}

/// Copies a file to a place where none is: beside it under another name, then renamed.
fn copy(from: &Path, to: &Path, digest: &str) -> anyhow::Result<()> {
    let folder = to.parent().context("it has no folder")?;
    fs::create_dir_all(folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
    let write = || -> anyhow::Result<bool> {
        let mut file = tempfile::Builder::new().prefix(".offprint-").suffix(".tmp").tempfile_in(folder)?;
        let is_same = copy_hashed(&mut fs::File::open(from)?, &mut file)? == digest;
        file.as_file().sync_all()?;
        if is_same {
            file.persist_noclobber(to).map_err(|error| error.error)?;
        }
        Ok(is_same)
    };
    if !write().with_context(|| format!("cannot write {}", to.display()))? {
        bail!("{} was changed while it was copied, so nothing was kept\nhelp: try again", from.display());
    }
    Ok(())
}

/// Returns the file that names the record's proofs, and its new text: `private/<kind>.yaml` where the owner keeps such
/// fields apart, else the record's own file.
fn named(sources: &Sources, record: &Record<'_>, path: &str) -> anyhow::Result<(String, String)> {
    let own = record.origin.file.to_string();
    let apart = format!("private/{}.yaml", record.kind);
    let private = sources.key_place(record.origin, "private");
    let is_own = private != sources.key_place(record.origin, "") && *private.file == *own;
    let has_id = sources.called(record.origin, "") == record.id;
    let is_apart = *sources.key_place(record.origin, "private.evidence").file == *apart;
    let goes_apart = is_apart || (!is_own && has_id && sources.texts.contains_key(&apart));
    let file = if goes_apart { apart } else { own };
    let text = fs::read_to_string(sources.location(&file)).with_context(|| format!("cannot read {file}"))?;
    let entry = if goes_apart { entry_of(sources, &file, record.id) } else { Some(record.origin.index) };
    let text = match entry {
        Some(index) => name_proof(&text, &file, index, path),
        None => name_proof_apart(&text, &file, record.id, path),
    };
    match text {
        Ok(text) => Ok((file, text)),
        Err(Refusal::Unreadable) => bail!(
            "{file} has an error, so the proof cannot be named there and nothing was copied\n\
             help: `offprint check` names the error"
        ),
        Err(Refusal::NoList | Refusal::Unsafe) => bail!(
            "the proof cannot be named in {file} without touching what is written there, so nothing was copied\n\
             help: copy the file to {path} yourself, and write `private: {{evidence: [{path}]}}` under `{}`",
            record.id
        ),
    }
}

fn entry_of(sources: &Sources, file: &str, id: &str) -> Option<usize> {
    let mut unheard = Diagnostics::default();
    let entries = sources.list(&mut unheard, file);
    let is_it = |value: &serde_json::Value| value.as_str().is_some_and(|own| own.trim() == id);
    let id_of = |entry: &crate::source::Item| serde_json::to_value(entry.value.get("id")).unwrap_or_default();
    entries.iter().find(|entry| is_it(&id_of(entry))).map(|entry| entry.index)
}

fn verify_all(args: &EvidenceVerifyArgs, streams: &mut Streams) -> anyhow::Result<Outcome> {
    let root = site_folder::find(args.site.as_deref())?;
    let _held = args.hash.then(|| files::hold(&root)).transpose()?;
    let mut unheard = Diagnostics::default();
    let sources = Sources::read(&mut unheard, &root)?;
    let options = Options { today: today(args.today), base_url: None, drafts: false };
    let Model { sources, portfolio } = model(&mut unheard, sources, &options);
    if unheard.count(Severity::Error) > 0 && !args.report.quiet {
        streams.message("the site has errors, and records with one are not looked at; `offprint check` names them")?;
    }
    let mut diagnostics = Diagnostics::default();
    let mut verified = verify(&mut diagnostics, &sources, &portfolio).context("cannot read a file of evidence/")?;
    let new = verified.without_hash.len();
    if args.hash && new > 0 {
        for (path, digest) in &verified.without_hash {
            verified.hashes.keep(path, digest);
        }
        files::replace(&sources.location(HASHES), verified.hashes.text().as_bytes())
            .with_context(|| format!("cannot write {HASHES}"))?;
    }
    let failed = diagnostics.count(Severity::Error) > 0 || (args.strict && !diagnostics.is_empty());
    report::diagnostics(streams, &args.report, &sources, diagnostics)?;
    if !args.report.quiet {
        let same = report::count(verified.same, "proof is as it was kept", "proofs are as they were kept");
        streams.message(&match (new, args.hash) {
            (0, _) => same,
            (new, true) => format!("{same}; {} kept", report::count(new, "hash was", "hashes were")),
            (new, false) => format!("{same}; {new} without a hash: `offprint evidence verify --hash` keeps it"),
        })?;
    }
    Ok(if failed { Outcome::Problems } else { Outcome::Clean })
}
