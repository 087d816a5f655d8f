//! What `import` and `add` share: the records of a site, and how new ones get into its files.

mod tell;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, bail};
use chrono::NaiveDate;

use super::build::today;
use super::new::NAMELESS;
use super::{files, site_folder};
use crate::build::{Model, Options, model};
use crate::diagnostic::Diagnostics;
use crate::exchange::draft::Draft;
use crate::exchange::edit::{self, Change, Changes, Refusal};
use crate::exchange::lookup::{Bases, Lookup};
use crate::exchange::merge::{Known, Owner, Plan, Update};
use crate::portfolio::{Portfolio, read_name};
use crate::record::vocabulary::Kind;
use crate::source::Sources;

pub(super) use tell::{offers, preview, summary};

/// Returns who looks numbers up; the environment may name other addresses and another patience.
pub(super) fn lookup() -> Lookup {
    let seconds = std::env::var("OFFPRINT_TIMEOUT").ok().and_then(|seconds| seconds.trim().parse().ok());
    Lookup::new(Bases::new(|name| std::env::var(name).ok()), seconds.map(Duration::from_secs))
}

/// The kinds of record that come from other programs.
const KINDS: [Kind; 8] = [
    Kind::Publications,
    Kind::Presentations,
    Kind::Awards,
    Kind::Grants,
    Kind::Service,
    Kind::Teaching,
    Kind::Training,
    Kind::Media,
];

/// A site that records are added to.
pub(super) struct Site {
    pub(super) root: PathBuf,
    pub(super) sources: Sources,
    pub(super) portfolio: Portfolio,
    pub(super) known: Vec<Known>,
    /// Keeps other programs from changing the files meanwhile.
    _held: Option<File>,
}

impl Site {
    /// Reads a site to look at it.
    pub(super) fn read(folder: Option<&Path>, day: Option<NaiveDate>) -> anyhow::Result<Self> {
        Self::at(site_folder::find(folder)?, day, None)
    }

    /// Reads a site that is to be changed.
    pub(super) fn open(folder: Option<&Path>, day: Option<NaiveDate>) -> anyhow::Result<Self> {
        let root = site_folder::find(folder)?;
        let held = files::hold(&root)?;
        Self::at(root, day, held)
    }

    /// Its problems are told by `check`, and stop nothing here.
    fn at(root: PathBuf, day: Option<NaiveDate>, held: Option<File>) -> anyhow::Result<Self> {
        let mut unheard = Diagnostics::default();
        let sources = Sources::read(&mut unheard, &root)?;
        let options = Options { today: today(day), base_url: None, drafts: false };
        let Model { sources, portfolio } = model(&mut unheard, sources, &options);
        let known = known(&sources, &portfolio);
        Ok(Self { root, sources, portfolio, known, _held: held })
    }

    /// Returns what is known of the owner; what stands for the name in a new site is no name.
    pub(super) fn owner(&self) -> Owner {
        let owner = &self.portfolio.owner;
        let is_open = read_name(NAMELESS).is_some_and(|read| read.name == owner.name);
        let has_name = !is_open && (!owner.name.family.is_empty() || owner.name.literal.is_some());
        let names = has_name.then(|| owner.name.clone()).into_iter().chain(owner.name_variants.clone());
        Owner { names: names.collect(), language: self.portfolio.settings.language.clone() }
    }

    /// Returns the path of a kind's file.
    pub(super) fn file(&self, kind: Kind) -> PathBuf {
        self.root.join("records").join(format!("{kind}.yaml"))
    }

    /// Reads a kind's file as it is; `None` when there is none.
    fn text(&self, kind: Kind) -> anyhow::Result<Option<String>> {
        match fs::read(self.file(kind)) {
            Ok(bytes) => match String::from_utf8(bytes) {
                Ok(text) => Ok(Some(text)),
                Err(_) => bail!(
                    "records/{kind}.yaml is not saved as UTF-8, so nothing was added\nhelp: save it with the encoding UTF-8 in a plain-text editor"
                ),
            },
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error).with_context(|| format!("cannot read records/{kind}.yaml")),
        }
    }
}

/// The records of a site, as written, with their ids.
fn known(sources: &Sources, portfolio: &Portfolio) -> Vec<Known> {
    let mut ids: HashMap<(&str, usize), &str> = HashMap::new();
    for shared in portfolio.shared() {
        ids.insert((&shared.origin.file, shared.origin.index), &shared.id);
    }
    let mut known = Vec::new();
    let mut unheard = Diagnostics::default();
    for kind in KINDS {
        let file = format!("records/{kind}.yaml");
        for item in sources.list(&mut unheard, &file) {
            let id = ids.get(&(file.as_str(), item.index)).map(|id| (*id).to_owned()).unwrap_or_default();
            known.push(Known { kind, index: item.index, id, value: item.value });
        }
    }
    known
}

/// What was written.
#[derive(Debug, Default)]
pub(super) struct Written {
    /// Records added, by kind.
    pub(super) added: BTreeMap<Kind, usize>,
    /// Records changed, by kind.
    pub(super) changed: BTreeMap<Kind, usize>,
    /// Updates that could not be made without touching more than their fields.
    pub(super) refused: Vec<Update>,
}

/// Writes a plan into the site's files, each replaced in one step; updates only where they are taken.
pub(super) fn write(site: &Site, plan: &Plan, take_updates: bool) -> anyhow::Result<Written> {
    let mut written = Written::default();
    let updates: Vec<&Update> = plan.links.iter().chain(plan.updates.iter().filter(|_| take_updates)).collect();
    let kinds: BTreeSet<Kind> =
        plan.additions.iter().map(|draft| draft.kind).chain(updates.iter().map(|update| update.kind)).collect();
    let mut texts = Vec::new();
    for kind in kinds {
        let old = site.text(kind)?;
        let own: Vec<&Update> = updates.iter().copied().filter(|update| update.kind == kind).collect();
        let (text, refused) = match &old {
            Some(old) => updated(old, kind, &own),
            None => (None, Vec::new()),
        };
        let changed = own.len() - refused.len();
        written.refused.extend(refused);
        let drafts: Vec<Draft> = plan.additions.iter().filter(|draft| draft.kind == kind).cloned().collect();
        let base = text.or(old.clone());
        let new = edit::append(base.as_deref(), kind, &drafts, &head(site, kind))
            .map_err(|refusal| refused_file(kind, &refusal))?;
        if old.as_ref() != Some(&new) {
            texts.push((site.file(kind), new));
        }
        if !drafts.is_empty() {
            written.added.insert(kind, drafts.len());
        }
        if changed > 0 {
            written.changed.insert(kind, changed);
        }
    }
    // Nothing is written before every file is known to be right.
    fs::create_dir_all(site.root.join("records")).context("cannot make the folder records/")?;
    for (path, text) in texts {
        let target = fs::canonicalize(&path).unwrap_or(path.clone());
        files::replace(&target, text.as_bytes()).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(written)
}

/// A new file begins with the line that tells editors its schema, where the site has that.
fn head(site: &Site, kind: Kind) -> String {
    let schema = format!(".offprint/schema/{kind}.json");
    if site.root.join(&schema).is_file() {
        format!("# yaml-language-server: $schema=../{schema}\n")
    } else {
        String::new()
    }
}

fn refused_file(kind: Kind, refusal: &Refusal) -> anyhow::Error {
    let file = format!("records/{kind}.yaml");
    match refusal {
        Refusal::Unreadable => anyhow::anyhow!(
            "{file} has an error, so nothing was added to it\nhelp: `offprint check` shows the line; mend it, then import again"
        ),
        Refusal::NoList => anyhow::anyhow!(
            "{file} is not a list of records, so nothing was added to it\nhelp: begin each record with `- ` at the start of the line"
        ),
        Refusal::Unsafe => anyhow::anyhow!(
            "{file} is written in a way to which nothing can be added safely, so it was left as it is\nhelp: `--dry-run` prints the records; paste them at its end"
        ),
    }
}

/// Makes the updates in a text; those that cannot be made are given back.
fn updated(old: &str, kind: Kind, updates: &[&Update]) -> (Option<String>, Vec<Update>) {
    if updates.is_empty() {
        return (None, Vec::new());
    }
    let all: Vec<Changes> = updates.iter().map(|update| changes(update)).collect();
    if let Ok(new) = edit::set(old, kind, &all) {
        return (Some(new), Vec::new());
    }
    let mut text = old.to_owned();
    let mut refused = Vec::new();
    for update in updates {
        match edit::set(&text, kind, &[changes(update)]) {
            Ok(new) => text = new,
            Err(_) => refused.push((*update).clone()),
        }
    }
    (Some(text), refused)
}

fn changes(update: &Update) -> Changes {
    let changes: Vec<Change> = update.differences.iter().map(|difference| difference.change.clone()).collect();
    Changes { index: update.index, changes }
}
