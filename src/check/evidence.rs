//! Proofs that records name.

use super::{item, records};
use crate::diagnostic::Diagnostics;
use crate::diagnostic::code::{EVIDENCE_MISSING, EVIDENCE_OUTSIDE};
use crate::portfolio::Portfolio;
use crate::source::Sources;
use crate::source::proofs::bare;

/// Every proof that a record names lies in `evidence/` and is there.
pub(super) fn evidence(diagnostics: &mut Diagnostics, sources: &Sources, portfolio: &Portfolio) {
    for (id, origin, private) in records::private(portfolio) {
        for (at, path) in private.evidence.iter().enumerate() {
            let path = path.trim();
            let bare = bare(path);
            let field = item(sources, origin, "private.evidence", at);
            if !bare.starts_with("evidence/") {
                let message = format!("the proof `{path}` does not lie in evidence/");
                let diagnostic = sources.diagnose(&EVIDENCE_OUTSIDE, origin, &field, message).record(id);
                diagnostics.push(diagnostic.help("move it to evidence/, which is never published, and name it there"));
            } else if !sources.exists(bare) {
                let diagnostic = sources
                    .diagnose(&EVIDENCE_MISSING, origin, &field, format!("the proof `{path}` is not there"))
                    .record(id);
                diagnostics.push(match super::files::nearest_file(sources, bare) {
                    Some(near) => diagnostic
                        .label(format!("did you mean `{near}`?"))
                        .help("correct the name, or put the file there"),
                    None => diagnostic.help("put the file there, or correct its name"),
                });
            }
        }
    }
}
