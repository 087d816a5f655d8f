//! `offprint dossier`.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use anyhow::{Context, bail};

use super::args::{CriteriaArg, DossierArgs};
use super::build::today;
use super::streams::Streams;
use super::{Outcome, files, published, report, site_folder};
use crate::build::{Model, Options, model};
use crate::diagnostic::{Diagnostics, Severity};
use crate::document::dossier::{self, CriteriaSet, Dossier, Named};
use crate::source::Sources;
use crate::source::exhibits::{EXHIBITS, Exhibits};
use crate::source::proofs::copy_hashed;

/// Names the files that an earlier run wrote into a folder, with their hashes.
const CONTENTS: &str = ".offprint-dossier";

/// Binds the dossier, or without `--out` says what it would hold.
pub(super) fn run(args: &DossierArgs, streams: &mut Streams) -> anyhow::Result<Outcome> {
    let root = site_folder::find(args.site.as_deref())?;
    let mut unheard = Diagnostics::default();
    let sources = Sources::read(&mut unheard, &root)?;
    let options = Options { today: today(args.today), base_url: None, drafts: false };
    let Model { sources, portfolio } = model(&mut unheard, sources, &options);
    let errors = unheard.count(Severity::Error);
    if errors > 0 && !args.report.quiet {
        streams
            .message("the site has errors, and records with one may be missing here; `offprint check` names them")?;
    }
    if let Some(out) = &args.out {
        published::refuse(&root, &portfolio, &std::path::absolute(out)?, "--out")?;
    }
    let set = match args.criteria {
        CriteriaArg::O1a => CriteriaSet::O1a,
        CriteriaArg::Eb1a => CriteriaSet::Eb1a,
        CriteriaArg::Promotion => CriteriaSet::Promotion,
    };
    let Some(mut exhibits) = Exhibits::read(&sources) else {
        bail!(
            "{EXHIBITS} cannot be read as a number for each record\n\
             help: each line is an id and a number of its own, as `svs-cohort: 3`; take out the line at fault"
        )
    };
    let before = exhibits.clone();
    let mut diagnostics = Diagnostics::default();
    let dossier = dossier::gather(&mut diagnostics, &sources, &portfolio, set, &mut exhibits);
    let mut written = None;
    if let Some(out) = &args.out {
        if exhibits != before {
            // The numbers are kept first: what was handed in once must not change.
            let path = sources.location(EXHIBITS);
            fs::create_dir_all(path.parent().context("it has no folder")?)
                .context("cannot make the folder private/")?;
            files::replace(&path, exhibits.text().as_bytes()).with_context(|| format!("cannot write {EXHIBITS}"))?;
        }
        let is_file = out.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("pdf"));
        if is_file {
            let bytes = dossier::bind(&mut diagnostics, &sources, &dossier)?;
            write_file(out, &bytes, args.force)?;
        } else {
            let files = dossier::folder(&mut diagnostics, &sources, &dossier)?;
            write_folder(out, &files)?;
        }
        written = Some(out.display().to_string());
    }
    let failed = errors > 0 || diagnostics.count(Severity::Error) > 0;
    report::diagnostics(streams, &args.report, &sources, diagnostics)?;
    tell(args, streams, &dossier, written.as_deref())?;
    Ok(if failed { Outcome::Problems } else { Outcome::Clean })
}

fn tell(args: &DossierArgs, streams: &mut Streams, dossier: &Dossier, written: Option<&str>) -> anyhow::Result<()> {
    let is_text = args.report.format == super::args::Format::Text;
    let summary = dossier::summary(dossier);
    match written {
        Some(path) => {
            if !args.report.quiet {
                streams.message(&summary)?;
            }
            if is_text {
                streams.result(path)?;
            }
        }
        None if is_text => streams.result(&summary)?,
        None => {}
    }
    Ok(())
}

/// Writes the one file; what no run of this command wrote is not written over.
fn write_file(out: &Path, bytes: &[u8], force: bool) -> anyhow::Result<()> {
    let shown = out.display();
    match fs::read(out) {
        Ok(old) => {
            let mark = dossier::PRODUCER.as_bytes();
            let is_own = old.starts_with(b"%PDF") && old.windows(mark.len()).any(|part| part == mark);
            if !is_own && !force {
                bail!(
                    "{shown} is there already and is no dossier, so nothing was written\n\
                     help: name another file, or write over it with --force"
                );
            }
        }
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => return Err(error).with_context(|| format!("cannot read {shown}")),
    }
    let out = std::path::absolute(out)?;
    files::replace(&out, bytes).with_context(|| format!("cannot write {shown}"))
}

/// Writes the files of a folder, and takes away those of an earlier run; a file of the user's stays, and stops it.
fn write_folder(out: &Path, new: &[Named]) -> anyhow::Result<()> {
    let shown = out.display();
    let old = contents(out)?;
    let mut there: Vec<String> = Vec::new();
    match fs::read_dir(out) {
        Ok(entries) => {
            for entry in entries {
                let name = entry.with_context(|| format!("cannot read {shown}"))?.file_name();
                there.push(name.to_string_lossy().into_owned());
            }
        }
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => return Err(error).with_context(|| format!("cannot read {shown}")),
    }
    for name in there.iter().filter(|name| *name != CONTENTS && !is_litter(name)) {
        let is_own = old.get(name).is_some_and(|hash| hash_of(&out.join(name)).is_ok_and(|own| own == *hash));
        if !is_own {
            bail!(
                "{} was not written by `offprint dossier`, or was changed since, so nothing was written\n\
                 help: name another folder, or move that file away",
                out.join(name).display()
            );
        }
    }
    fs::create_dir_all(out).with_context(|| format!("cannot make the folder {shown}"))?;
    let mut list = BTreeMap::new();
    for file in new {
        list.insert(file.name.as_str(), copy_hashed(&mut file.bytes.as_slice(), &mut std::io::sink())?);
    }
    let text =
        |list: &BTreeMap<&str, String>| list.iter().map(|(name, hash)| format!("{hash}  {name}\n")).collect::<String>();
    // The files of both runs first, so that a run that is killed can be done again.
    let mut both: BTreeMap<&str, String> = list.clone();
    for (name, hash) in &old {
        both.entry(name).or_insert_with(|| hash.clone());
    }
    let folder = std::path::absolute(out)?;
    let write = |name: &str, bytes: &[u8]| {
        files::replace(&folder.join(name), bytes).with_context(|| format!("cannot write {}", out.join(name).display()))
    };
    for name in there.iter().filter(|name| old.contains_key(*name)) {
        fs::remove_file(out.join(name)).with_context(|| format!("cannot remove {}", out.join(name).display()))?;
    }
    write(CONTENTS, text(&both).as_bytes())?;
    for file in new {
        write(&file.name, &file.bytes)?;
    }
    write(CONTENTS, text(&list).as_bytes())
}

/// Files that a file manager leaves, and those of a run that was killed while it wrote one.
fn is_litter(name: &str) -> bool {
    matches!(name, ".DS_Store" | "Thumbs.db" | "desktop.ini" | ".directory")
        || (name.starts_with(".offprint-") && name.ends_with(".tmp"))
}

fn contents(out: &Path) -> anyhow::Result<BTreeMap<String, String>> {
    let text = match fs::read_to_string(out.join(CONTENTS)) {
        Ok(text) => text,
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            return Ok(BTreeMap::new());
        }
        Err(error) => return Err(error).with_context(|| format!("cannot read {}", out.join(CONTENTS).display())),
    };
    let entry = |line: &str| line.split_once("  ").map(|(hash, name)| (name.to_owned(), hash.to_owned()));
    Ok(text.lines().filter_map(entry).collect())
}

fn hash_of(path: &Path) -> std::io::Result<String> {
    crate::source::proofs::hash(path)
}
