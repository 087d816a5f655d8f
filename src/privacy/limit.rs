//! How many identifiers of one file are named one by one.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, code};

/// More than anybody reads at once.
pub(super) const MOST: usize = 500;

/// Keeps the first identifiers of each file, and says of the others how many there are.
pub(super) fn shorten(found: impl IntoIterator<Item = Diagnostic>) -> Vec<Diagnostic> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut kept = Vec::new();
    for diagnostic in found {
        if diagnostic.code.id == code::PATIENT_IDENTIFIER.id {
            let count = counts.entry(diagnostic.file.clone()).or_default();
            *count += 1;
            if *count > MOST {
                continue;
            }
        }
        kept.push(diagnostic);
    }
    kept.extend(counts.into_iter().filter(|(_, count)| *count > MOST).map(|(file, count)| {
        let message = format!("`{file}` has {} more places that look like identifiers of patients", count - MOST);
        Diagnostic::new(&code::PATIENT_IDENTIFIER, file, message)
            .help("mend those that are named; the next check names the others")
    }));
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_identifiers_past_the_limit_are_counted_file_by_file() {
        let found = |file: &str, count: usize| {
            std::iter::repeat_n(Diagnostic::new(&code::PATIENT_IDENTIFIER, file, "one"), count).collect::<Vec<_>>()
        };
        assert_eq!(shorten(found("a", MOST)).len(), MOST);
        let kept = shorten(found("a", MOST + 7).into_iter().chain(found("b", 3)));
        assert_eq!(kept.len(), MOST + 3 + 1);
        assert!(kept.last().is_some_and(|last| last.file == "a" && last.message.contains("7 more")));
    }
}
