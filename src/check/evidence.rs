//! Proofs that records name.

use std::collections::BTreeMap;

use super::{at, item, place_of, records};
use crate::diagnostic::Diagnostics;
use crate::diagnostic::code::{EVIDENCE_MISSING, EVIDENCE_OUTSIDE, EXHIBIT_TWICE};
use crate::portfolio::{Portfolio, Shared};
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

/// An exhibit number stands for one record.
pub(super) fn exhibits(diagnostics: &mut Diagnostics, sources: &Sources, portfolio: &Portfolio) {
    let mut first: BTreeMap<String, &Shared> = BTreeMap::new();
    for shared in portfolio.shared() {
        let Some(number) = shared.private.exhibit.as_deref().map(str::trim).filter(|number| !number.is_empty()) else {
            continue;
        };
        if let Some(other) = first.get(&number.to_lowercase()) {
            let message = format!("exhibit `{number}` is the number of another record as well");
            let diagnostic = at(sources, shared, "private.exhibit", &EXHIBIT_TWICE, message);
            let help = format!("give one of the two another number; the other is at {}", place_of(sources, other));
            diagnostics.push(diagnostic.help(help));
        } else {
            first.insert(number.to_lowercase(), shared);
        }
    }
}
