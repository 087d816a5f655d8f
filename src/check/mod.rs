//! Rules over the model; one small function per code.
//!
//! Takes a [`Portfolio`] and the [`Sources`] it came from (for positions); gives diagnostics.
//! What can be said of one record while it is read (form of identifiers, unknown names) is
//! said in [`crate::portfolio`]; here is what needs other records, the day, or the files.

mod application;
mod dates;
mod duplicates;
mod evidence;
mod files;
mod honesty;
mod progress;
mod proofs;
mod records;
mod references;
mod unlisted;

#[cfg(test)]
mod tests;

pub use proofs::{Verified, verify};

use rayon::prelude::*;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::portfolio::{Portfolio, Shared};
use crate::source::{Origin, Sources};

/// Runs every rule.
pub fn check(diagnostics: &mut Diagnostics, sources: &Sources, portfolio: &Portfolio) {
    let rules = [
        application::lengths,
        dates::publications,
        dates::presentations,
        dates::spans,
        duplicates::identifiers,
        duplicates::works,
        evidence::evidence,
        evidence::exhibits,
        files::files,
        files::photo,
        honesty::acceptance_letters,
        honesty::findable,
        honesty::waiting,
        honesty::retractions,
        progress::approvals,
        progress::stages,
        references::featured,
        references::circles,
        references::aliases,
        references::menu,
        unlisted::share_pages,
        unlisted::pages,
    ];
    let found: Vec<Diagnostics> = rules
        .into_par_iter()
        .map(|rule| {
            let mut found = Diagnostics::default();
            rule(&mut found, sources, portfolio);
            found
        })
        .collect();
    for found in found {
        diagnostics.append(found);
    }
}

/// Starts a diagnostic at a field of a record.
fn at(sources: &Sources, shared: &Shared, field: &str, code: &'static Code, message: impl Into<String>) -> Diagnostic {
    sources.diagnose(code, &shared.origin, field, message).record(sources.called(&shared.origin, &shared.id))
}

/// Returns where a record begins, as `file:line`.
fn place_of(sources: &Sources, shared: &Shared) -> String {
    let line = sources.span(&shared.origin, "").map(|span| format!(":{}", span.line));
    format!("{}{}", shared.origin.file, line.unwrap_or_default())
}

/// Starts a diagnostic at a field of `site.yaml`.
fn at_site(sources: &Sources, field: &str, code: &'static Code, message: impl Into<String>) -> Diagnostic {
    sources.diagnose(code, &site(), field, message)
}

/// Returns the path of an item of a list; of the field itself where a single text stands for the list.
fn item(sources: &Sources, origin: &Origin, field: &str, at: usize) -> String {
    let item = format!("{field}[{at}]");
    let written_alone = at == 0 && sources.place(origin, &item) == sources.key_place(origin, field);
    if written_alone { field.to_owned() } else { item }
}

fn site() -> Origin {
    Origin { file: "site.yaml".into(), index: 0 }
}
