//! Hears what is saved, and tells when it has settled.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};

use notify::{Event, EventHandler, EventKind, RecursiveMode, Watcher};

/// One file was saved in place: its event is followed at once by its fellows.
const QUIET: Duration = Duration::from_millis(5);
/// Several files or a folder: more may come.
const QUIET_OF_MANY: Duration = Duration::from_millis(25);
/// A file is gone or empty: an editor may be about to put the new one in its place.
const QUIET_OF_ABSENCE: Duration = Duration::from_millis(50);
/// However long changes go on, something is shown in between.
const LONGEST: Duration = Duration::from_millis(300);
/// While git writes the working tree.
const LONGEST_CHECKOUT: Duration = Duration::from_secs(5);

/// The folders at the top of a site that hold nothing to build from.
const NOT_WATCHED: [&str; 2] = ["public", "node_modules"];

/// A watch over the folders of a site.
pub(super) struct Watch {
    /// Nothing where the files are looked at again and again instead.
    watcher: Option<Box<dyn Watcher + Send>>,
    root: PathBuf,
    lock: Option<PathBuf>,
    known: BTreeSet<PathBuf>,
}

impl Watch {
    /// Starts to watch; with `polling`, or where the system cannot tell of changes, it only says so.
    ///
    /// Own looks at the content are surer than a polling watcher, which goes by times in whole seconds.
    pub(super) fn start(root: &Path, polling: bool, heard: impl EventHandler) -> Self {
        let lock = root.ancestors().map(|folder| folder.join(".git")).find(|git| git.is_dir());
        let lock = lock.map(|git| git.join("index.lock"));
        let native = (!polling).then(|| notify::recommended_watcher(heard).ok()).flatten();
        let watcher = native.map(|watcher| Box::new(watcher) as Box<dyn Watcher + Send>);
        let mut watch = Self { watcher, root: root.to_owned(), lock, known: BTreeSet::new() };
        if watch.follow_folders().is_err() {
            watch.watcher = None;
        }
        watch
    }

    /// Tells whether the files must be looked at again and again.
    pub(super) fn is_polling(&self) -> bool {
        self.watcher.is_none()
    }

    /// Watches every folder that may hold something, also those made since.
    ///
    /// Folders and never files: an editor that puts a new file in the place of the old would leave
    /// the watch on the old one.
    ///
    /// # Errors
    /// When the site folder itself cannot be watched.
    pub(super) fn follow_folders(&mut self) -> notify::Result<()> {
        let ignored = |folder: &Path| is_ignored(&self.root, folder);
        let Some(watcher) = &mut self.watcher else { return Ok(()) };
        watcher.watch(&self.root, RecursiveMode::NonRecursive)?;
        let entries = fs::read_dir(&self.root).map_err(notify::Error::io)?;
        for folder in entries.filter_map(Result::ok).map(|entry| entry.path()).filter(|path| path.is_dir()) {
            if !ignored(&folder) {
                watcher.watch(&folder, RecursiveMode::Recursive)?;
            }
        }
        Ok(())
    }

    /// Tells whether an event may mean that something was saved.
    ///
    /// Reading is an event too, and would make each build call for the next.
    pub(super) fn is_change(&self, event: &Event) -> bool {
        !matches!(event.kind, EventKind::Access(_))
            && (event.need_rescan() || event.paths.iter().any(|path| !is_ignored(&self.root, path)))
    }

    /// Learns which files the site is made of, by path relative to its folder.
    pub(super) fn learn<'a>(&mut self, files: impl Iterator<Item = &'a str>) {
        self.known =
            files.map(|file| file.split('/').fold(self.root.clone(), |folder, part| folder.join(part))).collect();
    }

    /// Adds an event to those that belong together.
    pub(super) fn gather(&self, batch: &mut Batch, event: Event) {
        batch.last = Instant::now();
        batch.folders |= event.need_rescan() || event.paths.iter().any(|path| path.is_dir() || self.was_folder(path));
        for path in event.paths {
            let state = State::of(&path);
            batch.paths.insert(path, state);
        }
    }

    fn was_folder(&self, path: &Path) -> bool {
        self.known.range(path.to_owned()..).next().is_some_and(|next| next != path && next.starts_with(path))
    }

    /// Tells until when to wait for more.
    pub(super) fn due(&self, batch: &mut Batch) -> Instant {
        batch.look();
        if self.lock.as_ref().is_some_and(|lock| lock.exists()) {
            return (Instant::now() + QUIET_OF_MANY).min(batch.first + LONGEST_CHECKOUT);
        }
        (batch.last + self.quiet(batch)).min(batch.first + LONGEST)
    }

    fn quiet(&self, batch: &Batch) -> Duration {
        let mut files = 0;
        let mut absent = false;
        for (path, state) in &batch.paths {
            // What is gone and was never part of the site is an editor's own temporary file.
            if state.length > 0 || self.known.contains(path) {
                files += 1;
                absent |= state.length == 0;
            }
        }
        match files {
            _ if absent => QUIET_OF_ABSENCE,
            0 | 1 if !batch.folders => QUIET,
            _ => QUIET_OF_MANY,
        }
    }
}

fn is_ignored(root: &Path, path: &Path) -> bool {
    let Ok(inside) = path.strip_prefix(root) else { return true };
    let Some(top) = inside.iter().next().and_then(|top| top.to_str()) else { return false };
    top.starts_with('.') || NOT_WATCHED.contains(&top)
}

/// Changes that belong together.
#[derive(Debug)]
pub(super) struct Batch {
    /// When it began.
    pub first: Instant,
    last: Instant,
    /// What was saved, as it was when it was last looked at.
    paths: BTreeMap<PathBuf, State>,
    /// Whether a folder came or went, so that what is in it may not have been heard of.
    pub folders: bool,
}

impl Batch {
    /// Starts with nothing; `folders` for when anything may have happened.
    pub(super) fn new(folders: bool) -> Self {
        let now = Instant::now();
        Self { first: now, last: now, paths: BTreeMap::new(), folders }
    }

    /// Looks at the files again: one that is still being written tells of it at its end only.
    fn look(&mut self) {
        for (path, known) in &mut self.paths {
            let state = State::of(path);
            if *known != state {
                *known = state;
                self.last = Instant::now();
            }
        }
    }
}

/// What of a file changes while it is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct State {
    /// In bytes; 0 where there is no file.
    length: u64,
    modified: Option<SystemTime>,
}

impl State {
    fn of(path: &Path) -> Self {
        let about = fs::metadata(path);
        about.map_or_else(|_| Self::default(), |about| Self { length: about.len(), modified: about.modified().ok() })
    }
}

#[cfg(test)]
mod tests {
    use notify::event::ModifyKind;

    use super::*;

    #[test]
    fn a_file_that_is_still_being_written_is_waited_for_though_nothing_tells_of_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("records.yaml");
        fs::write(&file, "- title: The first half").expect("written");
        let watch = Watch::start(folder.path(), true, |_| {});
        let mut batch = Batch::new(false);
        watch.gather(&mut batch, Event::new(EventKind::Modify(ModifyKind::Any)).add_path(file.clone()));
        let due = watch.due(&mut batch);
        assert_eq!(watch.due(&mut batch), due, "nothing was written since");
        fs::write(&file, "- title: The first half and the second").expect("written");
        assert!(watch.due(&mut batch) > due);
    }
}
