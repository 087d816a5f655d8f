//! `offprint import`.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, bail};
use walkdir::WalkDir;

use super::args::ImportArgs;
use super::intake::{self, Site};
use super::streams::Streams;
use super::{Outcome, report};
use crate::diagnostic::{Diagnostic, Diagnostics, Span, code, render};
use crate::exchange::draft::Draft;
use crate::exchange::merge::{self, Owner};
use crate::exchange::read::{self, Found, Unread};
use crate::portfolio::{PersonName, same_person};

/// The longest file that is read, in bytes.
const LONGEST: u64 = 256 * 1024 * 1024;

/// How many records without a title are named.
const MOST_SHOWN: usize = 12;

/// Takes in what the files hold, and says what is new, what was there, and what is not sure.
pub(super) fn run(args: &ImportArgs, streams: &mut Streams) -> anyhow::Result<Outcome> {
    let open = if args.dry_run { Site::read } else { Site::open };
    let site = open(args.site.as_deref(), args.today)?;
    if args.orcid.is_some() || args.pubmed.is_some() {
        return watch(args, &site, streams);
    }
    let mut inputs = Inputs::default();
    for path in &args.files {
        inputs.read(path)?;
    }
    let problems = inputs.problems.count(crate::diagnostic::Severity::Error);
    let texts = std::mem::take(&mut inputs.texts);
    if !inputs.problems.is_empty() {
        let sorted = std::mem::take(&mut inputs.problems).sorted();
        streams.message(&render::human(&sorted, &|path| texts.get(path).cloned(), true))?;
    }
    if !args.quiet {
        for (path, found) in &inputs.found {
            streams.message(&described(path, found, &site.owner()))?;
        }
    }
    let owner = site.owner();
    let drafts = inputs.found.into_iter().flat_map(|(_, found)| signed(found, &owner)).collect();
    let plan = merge::plan(&site.known, drafts, &owner);
    if args.dry_run {
        let preview = intake::preview(&plan);
        if !preview.is_empty() {
            streams.result(&preview)?;
        }
    }
    let offers = intake::offers(&site, &plan.updates);
    if !offers.is_empty() && !args.quiet {
        streams.message(&offers)?;
    }
    let written = if args.dry_run { None } else { Some(intake::write(&site, &plan, args.update)?) };
    if let Some(written) = written.as_ref().filter(|written| !written.refused.is_empty()) {
        streams.message(&format!("to be changed by hand:\n{}", intake::offers(&site, &written.refused)))?;
    }
    if !args.quiet {
        streams.message(&intake::summary(&plan, written.as_ref(), args.update && !args.dry_run))?;
        if args.dry_run {
            streams.message("nothing was written")?;
        }
    }
    Ok(if problems > 0 { Outcome::Problems } else { Outcome::Clean })
}

/// Shows what is new at ORCID or PubMed: records, states and facts. Nothing is written unless it is asked for.
fn watch(args: &ImportArgs, site: &Site, streams: &mut Streams) -> anyhow::Result<Outcome> {
    let lookup = intake::lookup();
    let (place, drafts) = match (&args.orcid, &args.pubmed) {
        (Some(orcid), _) => {
            let orcid = crate::portfolio::identifier::orcid(orcid)
                .map_err(|fault| anyhow::anyhow!("--orcid: `{orcid}` {}\nhelp: {}", fault.message, fault.help))?;
            ("ORCID", lookup.orcid(&orcid)?)
        }
        (None, query) => {
            let query = query.as_deref().unwrap_or_default();
            let pmids = lookup.search(query)?;
            ("PubMed", lookup.pubmed(&pmids)?)
        }
    };
    let found = drafts.len();
    let plan = merge::plan(&site.known, drafts, &site.owner());
    let preview = intake::preview(&plan);
    if !preview.is_empty() && !args.take {
        streams.result(&preview)?;
    }
    let offers = intake::offers(site, &plan.updates);
    if !offers.is_empty() && !args.quiet {
        streams.message(&offers)?;
    }
    let mut taken = plan.clone();
    if !args.take || args.dry_run {
        taken.additions.clear();
        taken.links.clear();
    }
    let asked = !args.dry_run && (args.take || args.update);
    let written = if asked { Some(intake::write(site, &taken, args.update)?) } else { None };
    if !args.quiet {
        streams.message(&format!("{place}: {}", report::count(found, "record", "records")))?;
        streams.message(&intake::summary(&plan, written.as_ref(), args.update && asked))?;
        if !asked {
            streams.message("nothing was written; --take adds the new records, --update takes the newer facts")?;
        }
    }
    Ok(Outcome::Clean)
}

/// Returns what a file held; works without authors are its owner's, who need not be the owner of the site.
fn signed(found: Found, owner: &Owner) -> Vec<Draft> {
    let mut drafts = found.drafts;
    if let Some(name) = found.owner.filter(|name| !owner.names.iter().any(|own| same_person(own, name))) {
        merge::sign_all(&mut drafts, &name);
    }
    drafts
}

/// Says what a file is and holds, whose it is where that is not the owner of the site, and what of it is not taken.
fn described(path: &str, found: &Found, owner: &Owner) -> String {
    let encoding = found.guessed_encoding.map(|name| format!(", read as {name}")).unwrap_or_default();
    let records = report::count(found.drafts.len(), "record", "records");
    let mut lines = vec![format!("{path}: {}, {records}{encoding}", found.format)];
    if let Some(name) = &found.owner {
        let name_of = |name: &PersonName| name.full();
        match owner.names.first() {
            None => lines.push(format!("  it is of {}: write that as `person: name` in site.yaml", name_of(name))),
            Some(_) if owner.names.iter().any(|own| same_person(own, name)) => {}
            Some(own) => lines.push(format!("  it is of {}, and the site of {}", name_of(name), name_of(own))),
        }
    }
    if !found.untitled.is_empty() {
        let shown = found.untitled.iter().take(MOST_SHOWN).cloned().collect::<Vec<_>>().join(", ");
        let more = found.untitled.len().saturating_sub(MOST_SHOWN);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        lines.push(format!("  not taken, for want of a title: {shown}{more}"));
    }
    if !found.left_out.is_empty() {
        let parts = found.left_out.iter().map(|(name, count)| format!("{name} ({count})"));
        lines.push(format!("  not taken: {}", parts.collect::<Vec<_>>().join(", ")));
    }
    lines.join("\n")
}

/// What was named on the command line.
#[derive(Default)]
struct Inputs {
    found: Vec<(String, Found)>,
    problems: Diagnostics,
    /// Texts of the files with problems, for excerpts.
    texts: BTreeMap<String, Arc<str>>,
}

impl Inputs {
    fn read(&mut self, path: &Path) -> anyhow::Result<()> {
        let shown = path.display().to_string();
        if shown == "-" {
            let mut bytes = Vec::new();
            std::io::stdin()
                .lock()
                .take(LONGEST + 1)
                .read_to_end(&mut bytes)
                .context("cannot read what is piped in")?;
            self.file("-".to_owned(), &bytes)
        } else if path.is_dir() {
            self.folder(path, &shown)
        } else {
            self.file(shown.clone(), &bytes_of(path).with_context(|| format!("cannot read {shown}"))?)
        }
    }

    fn file(&mut self, shown: String, bytes: &[u8]) -> anyhow::Result<()> {
        if bytes.len() as u64 > LONGEST {
            bail!("{shown} is larger than any list of references");
        }
        match read::read(bytes) {
            Ok(found) => self.found.push((shown, found)),
            Err(reason) => self.problem(shown, &reason, bytes),
        }
        Ok(())
    }

    fn folder(&mut self, folder: &Path, shown: &str) -> anyhow::Result<()> {
        let mut files = BTreeMap::new();
        let mut sum = 0;
        let visible = |entry: &walkdir::DirEntry| {
            let name = entry.file_name().to_string_lossy();
            entry.depth() == 0 || !(name.starts_with('.') || name == "node_modules" || name == "_site")
        };
        for entry in WalkDir::new(folder).max_depth(24).sort_by_file_name().into_iter().filter_entry(visible) {
            let entry = entry.with_context(|| format!("cannot read {shown}"))?;
            let name = entry.file_name().to_string_lossy().to_lowercase();
            let ends = [".md", ".bib", ".tsv", ".csv", ".yaml", ".yml", ".json", ".nbib", ".ris", ".xml", ".txt"];
            if entry.file_type().is_file() && ends.iter().any(|end| name.ends_with(end)) {
                let path = entry.path().strip_prefix(folder).unwrap_or(entry.path());
                let path = path.to_string_lossy().replace('\\', "/");
                let bytes =
                    bytes_of(entry.path()).with_context(|| format!("cannot read {}", entry.path().display()))?;
                sum += bytes.len() as u64;
                if sum > LONGEST {
                    bail!(
                        "{shown} holds more than any old site\nhelp: name the folder in which its publications stand"
                    );
                }
                files.insert(path, bytes);
            }
        }
        let (found, unread) = read::read_folder(&files);
        if found.is_empty() && unread.is_empty() {
            self.problem(shown.to_owned(), &Unread::Unknown, b"");
        }
        self.found.extend(found.into_iter().map(|found| (shown.to_owned(), found)));
        for (path, reason) in unread {
            let bytes = files.get(&path).map(Vec::as_slice).unwrap_or_default();
            self.problem(format!("{}/{path}", shown.trim_end_matches('/')), &reason, bytes);
        }
        Ok(())
    }

    fn problem(&mut self, shown: String, reason: &Unread, bytes: &[u8]) {
        let problem = match reason {
            Unread::Unknown => Diagnostic::new(&code::IMPORT_UNKNOWN, &*shown, "this has no form that Offprint reads")
                .help("export it as BibTeX, RIS, CSL-JSON or PubMed (nbib); `offprint import --help` lists the forms"),
            Unread::Named(name) => {
                let message = match *name {
                    "an empty file" => "this file is empty".to_owned(),
                    name => format!("this is {name}, which Offprint does not read"),
                };
                Diagnostic::new(&code::IMPORT_UNKNOWN, &*shown, message)
                    .help("export the records as BibTeX, RIS, CSL-JSON or PubMed (nbib) where they are kept")
            }
            Unread::Page(reason) => {
                Diagnostic::new(&code::IMPORT_BROKEN, &*shown, format!("this page was not taken: {reason}"))
                    .help("put quotes around its title, or add the work by its DOI: `offprint add DOI`")
            }
            Unread::Empty(format) => {
                Diagnostic::new(&code::IMPORT_UNKNOWN, &*shown, format!("there is no record in this {format} file"))
                    .help("look whether the export was complete")
            }
            Unread::Untitled(format, count) => {
                let records = report::count(*count, "record", "records");
                let message = format!("this {format} file has {records}, but none with a title");
                Diagnostic::new(&code::IMPORT_UNKNOWN, &*shown, message)
                    .help("export it again with all fields, or write the titles into it")
            }
            Unread::Broken { format, message, line } => {
                Diagnostic::new(&code::IMPORT_BROKEN, &*shown, format!("this is no whole {format}: {message}"))
                    .at(Some(Span::new(*line, 1, 1)))
                    .help("export it again; perhaps only a part of it was saved")
            }
        };
        if let Ok(text) = std::str::from_utf8(bytes)
            && text.len() < 1_000_000
        {
            self.texts.insert(shown, text.into());
        }
        self.problems.push(problem);
    }
}

fn bytes_of(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    fs::File::open(path)?.take(LONGEST + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}
