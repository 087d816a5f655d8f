//! Results that are dear to make, kept in `.offprint/cache/` by the content they were made from.
//!
//! A result is kept with its own hash and made anew when that does not fit, so that a damaged
//! cache never reaches the site. Nothing is kept before the site has a `.offprint/`, and a cache
//! that cannot be written is no fault.

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::sync::OnceLock;

use super::Sources;

const HASH_LENGTH: usize = blake3::OUT_LEN;

impl Sources {
    /// Returns what `make` gives for a key, from the cache where it is there.
    ///
    /// `key` must name everything that the result depends on: content, settings and the version of the maker.
    pub fn cached(&self, key: &blake3::Hash, make: impl FnOnce() -> Option<Vec<u8>>) -> Option<Vec<u8>> {
        let name = key.to_hex();
        if let Some(kept) = self.kept(&name) {
            return Some(kept);
        }
        let result = make()?;
        self.keep(&name, &result);
        Some(result)
    }

    /// Returns what was kept under a name, whole, or nothing.
    pub fn kept(&self, name: &str) -> Option<Vec<u8>> {
        whole(fs::read(self.cache_path(name)?).ok()?)
    }

    /// Keeps something under a name, in place of what was there.
    pub fn keep(&self, name: &str, made: &[u8]) {
        if let Some(path) = self.cache_path(name) {
            // A cache that cannot be written only costs time.
            let _ = keep(&path, made);
        }
    }

    fn cache_path(&self, name: &str) -> Option<PathBuf> {
        let folder = self.root.join(".offprint");
        let cache = folder.join("cache");
        let is_own = fs::symlink_metadata(&folder).is_ok_and(|found| found.is_dir())
            // A link would lead what is kept out of the site.
            && fs::symlink_metadata(&cache).map_or(true, |found| found.is_dir());
        (is_own && !self.root.as_os_str().is_empty()).then(|| cache.join(name))
    }
}

/// Returns what tells this program from another build of it, for the keys of results whose making
/// changes with the program: its version, and the size and date of its file.
pub fn program() -> &'static str {
    static PROGRAM: OnceLock<String> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        let file = std::env::current_exe().and_then(fs::metadata).ok();
        let built = file.as_ref().and_then(|file| file.modified().ok()).map(|time| format!("{time:?}"));
        let size = file.map_or(0, |file| file.len());
        format!("{} {size} {}", env!("CARGO_PKG_VERSION"), built.unwrap_or_default())
    })
}

fn whole(mut kept: Vec<u8>) -> Option<Vec<u8>> {
    if kept.len() < HASH_LENGTH {
        return None;
    }
    let made = kept.split_off(HASH_LENGTH);
    (blake3::hash(&made).as_bytes()[..] == kept[..]).then_some(made)
}

fn keep(path: &std::path::Path, made: &[u8]) -> std::io::Result<()> {
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(blake3::hash(made).as_bytes())?;
    file.write_all(made)?;
    file.persist(path)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_damaged_entry_is_made_anew() {
        let folder = tempfile::tempdir().expect("a folder");
        let sources = Sources { root: folder.path().to_owned(), ..Sources::default() };
        let key = blake3::hash(b"key");
        assert_eq!(sources.cached(&key, || Some(b"one".to_vec())), Some(b"one".to_vec()));
        assert_eq!(
            sources.cached(&key, || Some(b"two".to_vec())),
            Some(b"two".to_vec()),
            "nothing is kept without .offprint"
        );
        fs::create_dir(folder.path().join(".offprint")).expect("a folder");
        sources.cached(&key, || Some(b"one".to_vec()));
        assert_eq!(sources.cached(&key, || None), Some(b"one".to_vec()));
        let path = sources.cache_path(&key.to_hex()).expect("a path");
        fs::write(&path, b"damaged").expect("written");
        assert_eq!(sources.cached(&key, || Some(b"new".to_vec())), Some(b"new".to_vec()));
    }
}
