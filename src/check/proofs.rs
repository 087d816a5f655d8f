//! Proofs against what they were when they were kept; for `offprint evidence verify`.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use super::{item, records};
use crate::diagnostic::code::{HASHES_UNREADABLE, PROOF_CHANGED, PROOF_GONE, PROOF_UNNAMED};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::portfolio::Portfolio;
use crate::source::Sources;
use crate::source::proofs::{HASHES, Hashes, bare, hash};

/// What was found out beside the problems.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verified {
    /// Proofs that are as they were kept.
    pub same: usize,
    /// Proofs that records name and of which no hash is kept, with their hash of today.
    pub without_hash: BTreeMap<String, String>,
    /// The hashes that were kept.
    pub hashes: Hashes,
}

/// Compares every proof with its hash; names those that have changed, are gone, or belong to no record.
///
/// # Errors
/// When a file that is there cannot be read.
pub fn verify(diagnostics: &mut Diagnostics, sources: &Sources, portfolio: &Portfolio) -> io::Result<Verified> {
    let Some(hashes) = Hashes::read(sources)? else {
        let message = "this is no list of proofs with their hashes";
        let help = "delete the lines at fault, then keep the hashes again with `offprint evidence verify --hash`";
        diagnostics.push(Diagnostic::new(&HASHES_UNREADABLE, HASHES, message).help(help));
        return Ok(Verified::default());
    };
    let mut verified = Verified { hashes, ..Verified::default() };
    let mut named: BTreeSet<&str> = BTreeSet::new();
    for (id, origin, private) in records::private(portfolio) {
        for (at, path) in private.evidence.iter().enumerate() {
            let bare = bare(path);
            if bare.starts_with("evidence/") && named.insert(bare) && !sources.exists(bare) {
                let field = item(sources, origin, "private.evidence", at);
                let message = format!("the proof `{bare}` is not there");
                let diagnostic = sources.diagnose(&PROOF_GONE, origin, &field, message).record(id);
                diagnostics.push(diagnostic.help("put the file back from a copy, or correct its name"));
            }
        }
    }
    for (path, kept) in verified.hashes.iter() {
        if !sources.exists(path) {
            if !named.contains(path) {
                let message = "this proof was kept once, and is not there any more";
                let help = format!("put it back from a copy, or take its line out of {HASHES}");
                diagnostics.push(Diagnostic::new(&PROOF_GONE, path, message).help(help));
            }
        } else if hash(&sources.location(path))?.eq_ignore_ascii_case(kept) {
            verified.same += 1;
        } else {
            let message = "this proof is not as it was when it was kept";
            let help = format!(
                "put the original back from a copy; if the change is meant, take its line out of {HASHES} and write `offprint evidence verify --hash`"
            );
            diagnostics.push(Diagnostic::new(&PROOF_CHANGED, path, message).help(help));
        }
    }
    let there = sources.files.keys().chain(sources.texts.keys()).map(String::as_str);
    for path in there.filter(|path| path.starts_with("evidence/") && *path != HASHES) {
        if !named.contains(path) {
            let message = "no record names this proof";
            let help = format!("name it with `offprint evidence add {path} --for ID`, or move it out of evidence/");
            diagnostics.push(Diagnostic::new(&PROOF_UNNAMED, path, message).help(help));
        } else if verified.hashes.get(path).is_none() {
            verified.without_hash.insert(path.to_owned(), hash(&sources.location(path))?);
        }
    }
    Ok(verified)
}
