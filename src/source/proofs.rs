//! `evidence/hashes.yaml`: what each proof was like when it was kept.
//!
//! A map from the path of a proof to its SHA-256 in hexadecimal, so that other programs (`sha256sum`) can check it too.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read};
use std::path::Path;

use sha2::{Digest, Sha256};

use super::Sources;

/// The file, by its path in the site.
pub const HASHES: &str = "evidence/hashes.yaml";

const HEAD: &str = "# SHA-256 of each proof, as it was when it was kept; `offprint evidence verify` compares.\n";

/// The longest file of hashes that is read, in bytes.
const LONGEST: u64 = 16 * 1024 * 1024;

/// The hashes of proofs, by path.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hashes {
    text: String,
    known: BTreeMap<String, String>,
}

impl Hashes {
    /// Reads the file of a site; an absent one has no hashes. Gives nothing when it is no map of paths to hashes.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn read(sources: &Sources) -> io::Result<Option<Self>> {
        if !sources.location(HASHES).exists() {
            return Ok(Some(Self::default()));
        }
        let bytes = sources.read_bytes(HASHES, LONGEST)?;
        Ok(String::from_utf8(bytes).ok().and_then(Self::parse))
    }

    fn parse(text: String) -> Option<Self> {
        let known: Option<BTreeMap<String, String>> = serde_yaml::from_str(&text).ok()?;
        let known = known.unwrap_or_default();
        let is_hash = |hash: &String| hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
        known.values().all(is_hash).then_some(Self { text, known })
    }

    /// Returns the hash that was kept of a proof.
    pub fn get(&self, path: &str) -> Option<&str> {
        self.known.get(path).map(String::as_str)
    }

    /// Returns every path and its hash.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.known.iter().map(|(path, hash)| (path.as_str(), hash.as_str()))
    }

    /// Keeps the hash of a proof that has none yet; the lines that are there stay.
    pub fn keep(&mut self, path: &str, hash: &str) {
        if self.known.insert(path.to_owned(), hash.to_owned()).is_none() {
            self.text = super::edit::append_line(&self.text, HEAD, &self.known, path);
        }
    }

    /// Returns the text of the file.
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// Returns the path of a proof, as a record writes it, as the files of the site are named.
pub fn bare(path: &str) -> &str {
    path.trim().trim_start_matches("./").trim_start_matches('/')
}

/// Returns the SHA-256 of a file in hexadecimal.
///
/// # Errors
/// When it cannot be read.
pub fn hash(path: &Path) -> io::Result<String> {
    copy_hashed(&mut fs::File::open(path)?, &mut io::sink())
}

/// Copies bytes and returns their SHA-256 in hexadecimal.
///
/// # Errors
/// When they cannot be read or written.
pub fn copy_hashed(from: &mut impl Read, to: &mut impl io::Write) -> io::Result<String> {
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let length = match from.read(&mut buffer) {
            Ok(0) => break,
            Ok(length) => length,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        hasher.update(&buffer[..length]);
        to.write_all(&buffer[..length])?;
    }
    Ok(hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_kept_under_the_lines_that_are_there() {
        let mut hashes = Hashes::default();
        let hash = copy_hashed(&mut &b"abc"[..], &mut io::sink()).expect("a hash");
        assert_eq!(
            hash, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
            "FIPS 180-2, appendix B.1"
        );
        hashes.keep("evidence/a: b.pdf", &hash);
        hashes.keep("evidence/c.pdf", &hash);
        let again = Hashes::parse(hashes.text().to_owned()).expect("its own text is read");
        assert_eq!(again, hashes);
        assert_eq!(again.get("evidence/a: b.pdf"), Some(&*hash));
        let mut braces = Hashes::parse(format!("{{evidence/a.pdf: {hash}}}\n")).expect("a map");
        braces.keep("evidence/b.pdf", &hash);
        assert_eq!(braces.text(), format!("evidence/a.pdf: {hash}\nevidence/b.pdf: {hash}\n"));
        for bad in ["- a\n", "evidence/a.pdf: 12\n", "evidence/a.pdf: [x]\n"] {
            assert_eq!(Hashes::parse(bad.to_owned()), None, "{bad}");
        }
        assert_eq!(Hashes::parse("# none yet\n".to_owned()).map(|hashes| hashes.iter().count()), Some(0));
    }
}
