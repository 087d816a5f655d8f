//! Results that are dear to make, kept in `.offprint/cache/` by the content they were made from.
//!
//! A result is kept with its own hash and made anew when that does not fit, so that a damaged
//! cache never reaches the site. Nothing is kept before the site has a `.offprint/`, and a cache
//! that cannot be written is no fault.

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use super::Sources;

const HASH_LENGTH: usize = blake3::OUT_LEN;

impl Sources {
    /// Returns what `make` gives for a key, from the cache where it is there.
    ///
    /// `key` must name everything that the result depends on: content, settings and the version of the maker.
    pub fn cached(&self, key: &blake3::Hash, make: impl FnOnce() -> Option<Vec<u8>>) -> Option<Vec<u8>> {
        let path = self.cache_path(key);
        if let Some(kept) = path.as_ref().and_then(|path| fs::read(path).ok()).and_then(whole) {
            return Some(kept);
        }
        let result = make()?;
        if let Some(path) = path {
            // A cache that cannot be written only costs time.
            let _ = keep(&path, &result);
        }
        Some(result)
    }

    fn cache_path(&self, key: &blake3::Hash) -> Option<PathBuf> {
        let folder = self.root.join(".offprint");
        let own = !self.root.as_os_str().is_empty() && fs::symlink_metadata(&folder).is_ok_and(|found| found.is_dir());
        own.then(|| folder.join("cache").join(key.to_hex().as_str()))
    }
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
        let path = sources.cache_path(&key).expect("a path");
        fs::write(&path, b"damaged").expect("written");
        assert_eq!(sources.cached(&key, || Some(b"new".to_vec())), Some(b"new".to_vec()));
    }
}
