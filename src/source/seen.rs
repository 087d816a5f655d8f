//! Texts of an earlier reading, so that only what was saved since is read from the disk.

use std::collections::BTreeMap;
use std::fs::Metadata;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// A file that was written shortly before it was read may be written again without a sign of it:
/// clocks of file systems are as coarse as two seconds.
const COARSE: Duration = Duration::from_secs(2);

/// The texts of an earlier reading, each with the state in which its file was.
#[derive(Debug, Default)]
pub struct Seen {
    texts: BTreeMap<String, (State, Arc<str>)>,
    /// When the reading began; without it every file is read.
    now: Option<SystemTime>,
}

/// What changes with every write to a file, if it is not written twice in one tick of the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct State {
    length: u64,
    modified: SystemTime,
    /// When anything about the file changed, in nanoseconds; zero where the system does not tell.
    changed: i128,
}

impl State {
    /// Returns the state of a file; nothing when a change of it could go unnoticed.
    fn of(about: &Metadata, now: SystemTime) -> Option<Self> {
        let modified = about.modified().ok()?;
        let changed = changed(about);
        let settled = now.checked_sub(COARSE)?;
        let nanoseconds = i128::try_from(settled.duration_since(SystemTime::UNIX_EPOCH).ok()?.as_nanos()).ok()?;
        (modified < settled && changed < nanoseconds).then_some(Self { length: about.len(), modified, changed })
    }
}

#[cfg(unix)]
fn changed(about: &Metadata) -> i128 {
    use std::os::unix::fs::MetadataExt;
    i128::from(about.ctime()) * 1_000_000_000 + i128::from(about.ctime_nsec())
}

#[cfg(not(unix))]
fn changed(_: &Metadata) -> i128 {
    0
}

impl Seen {
    /// Begins another reading at this moment.
    pub fn begin(&mut self, now: SystemTime) {
        self.now = Some(now);
    }

    /// Returns the state of a file, where a change of it would not go unnoticed.
    pub(super) fn state(&self, about: &Metadata) -> Option<State> {
        State::of(about, self.now?)
    }

    /// Returns the text of a file that is still in the state in which it was read.
    pub(super) fn text(&self, path: &str, state: State) -> Option<Arc<str>> {
        self.texts.get(path).filter(|(seen, _)| *seen == state).map(|(_, text)| Arc::clone(text))
    }

    pub(super) fn keep(&mut self, path: &str, state: Option<State>, text: &Arc<str>) {
        match state {
            Some(state) => drop(self.texts.insert(path.to_owned(), (state, Arc::clone(text)))),
            None => drop(self.texts.remove(path)),
        }
    }

    /// Forgets files that are no longer there.
    pub(super) fn forget_all_but(&mut self, texts: &BTreeMap<String, Arc<str>>) {
        self.texts.retain(|path, _| texts.contains_key(path));
    }
}
