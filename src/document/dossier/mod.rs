//! The dossier: what proves the owner's record, by criterion, with exhibit numbers and the proofs in their order.
//!
//! Takes the whole [`Portfolio`] and the proofs of the site; gives a [`Dossier`], which [`bind`] makes one file of and
//! [`folder`] several. It says which criteria have a record and which have none, and never what that is worth in law.
//! Private: nothing of it is ever part of a site. The same input gives the same bytes.

mod bind;
mod criteria;
mod describe;
mod mail;
mod merge;
mod picture;
mod proof;
mod sheets;
mod stamp;

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::diagnostic::code::{
    EVIDENCE_MISSING, EVIDENCE_OUTSIDE, EXHIBIT_TWICE, PROOF_EMPTY_OR_BROKEN, PROOF_LOCKED, PROOF_OF_UNKNOWN_FORM,
    PROOF_TOO_LARGE,
};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::exchange::title::plain;
use crate::portfolio::{Audience, Portfolio, Shared};
use crate::record::vocabulary::{Criterion, Kind};
use crate::source::Sources;
use crate::source::exhibits::{EXHIBITS, Exhibits};
use crate::source::proofs::bare;

pub use bind::{Named, PRODUCER, bind, folder};
pub use criteria::CriteriaSet;
pub use sheets::summary;

use proof::{Fault, Pages};

/// Everything that goes into a dossier, in its order.
#[derive(Debug)]
pub struct Dossier {
    /// By what it is ordered.
    pub set: CriteriaSet,
    /// Whose it is.
    pub owner: String,
    /// The day it is made.
    pub today: NaiveDate,
    /// Criteria, or kinds of record, in their order; also those that nothing serves.
    pub groups: Vec<Group>,
    /// Every exhibit once, in the order of its proofs.
    pub exhibits: Vec<Exhibit>,
}

/// A criterion, or a kind of record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Its name.
    pub title: String,
    /// Where it is written in law; empty for a kind.
    pub law: &'static str,
    /// Its exhibits, as places in [`Dossier::exhibits`].
    pub exhibits: Vec<usize>,
    /// Records that serve it and name no proof, one line each.
    pub bare: Vec<String>,
}

impl Group {
    /// Tells whether any record serves it.
    pub fn is_filled(&self) -> bool {
        !self.exhibits.is_empty() || !self.bare.is_empty()
    }
}

/// A record with its proofs.
#[derive(Debug)]
pub struct Exhibit {
    /// `C-1`, as the owner wrote it, or a number.
    pub number: String,
    /// The record's id.
    pub id: String,
    /// What it is, in a line.
    pub line: String,
    /// Its title.
    pub title: String,
    /// The names of the groups that it serves.
    pub serves: Vec<String>,
    /// Its proofs, in the order of the record.
    pub proofs: Vec<Proof>,
}

impl Exhibit {
    /// Returns how many pages its proofs have.
    pub fn proof_pages(&self) -> usize {
        self.proofs.iter().map(Proof::pages).sum()
    }
}

/// A file that proves something.
#[derive(Debug)]
pub struct Proof {
    /// Its path in the site.
    pub path: String,
    content: Result<Pages, Fault>,
}

impl Proof {
    /// Returns how many pages it has; none where it cannot be read.
    pub fn pages(&self) -> usize {
        self.content.as_ref().map_or(0, Pages::count)
    }

    /// Returns why it is not in the dossier.
    pub fn fault(&self) -> Option<String> {
        self.content.as_ref().err().map(Fault::words)
    }
}

/// Gathers a dossier: gives numbers to the records that have none yet, and reads every proof. What cannot be read is
/// reported and listed; all else stays in its order.
pub fn gather(
    diagnostics: &mut Diagnostics,
    sources: &Sources,
    portfolio: &Portfolio,
    set: CriteriaSet,
    exhibits: &mut Exhibits,
) -> Dossier {
    let records = records(portfolio, set);
    let written: BTreeSet<String> = portfolio.records().filter_map(|(_, shared)| by_hand(shared)).collect();
    let mut used: BTreeSet<String> = BTreeSet::new();
    let mut groups = Vec::new();
    let mut order: Vec<(&Record<'_>, String)> = Vec::new();
    let mut places: Vec<(Group, Vec<&Record<'_>>)> = Vec::new();
    for (title, law, serves) in set.groups() {
        let own: Vec<&Record<'_>> =
            records.iter().filter(|record| serves(record.kind, &record.shared.private.criteria)).collect();
        let bare = own.iter().filter(|record| record.shared.private.evidence.is_empty());
        let bare = bare.map(|record| describe::line(portfolio, record.kind, record.shared)).collect();
        let proved: Vec<&Record<'_>> =
            own.iter().copied().filter(|record| !record.shared.private.evidence.is_empty()).collect();
        places.push((Group { title: title.to_owned(), law, exhibits: Vec::new(), bare }, proved));
    }
    for (_, proved) in &places {
        let mut fresh: Vec<(&Record<'_>, String)> = Vec::new();
        for record in proved {
            if order.iter().chain(&fresh).any(|(known, _)| known.shared.id == record.shared.id) {
                continue;
            }
            let own = by_hand(record.shared).filter(|number| {
                let given = exhibits.owner_of(number).filter(|owner| *owner != record.shared.id);
                let is_free = given.is_none() && used.insert(number.to_lowercase());
                if !is_free {
                    diagnostics.push(taken(sources, record.shared, number, given));
                }
                is_free
            });
            if let Some(own) = &own {
                exhibits.keep(&record.shared.id, own);
            }
            let number = own.unwrap_or_else(|| {
                let given = exhibits.get(&record.shared.id, &record.shared.aliases);
                let give = || exhibits.give(&record.shared.id, |number| written.contains(&number.to_string()));
                given.unwrap_or_else(give).to_string()
            });
            fresh.push((record, number));
        }
        fresh.sort_by_key(|(_, number)| natural(number));
        order.extend(fresh);
    }
    for (mut group, proved) in places {
        let mut own: Vec<usize> = proved
            .iter()
            .filter_map(|record| order.iter().position(|(known, _)| known.shared.id == record.shared.id))
            .collect();
        own.sort_unstable();
        group.exhibits = own;
        groups.push(group);
    }
    let serves = |place: usize| groups.iter().filter(move |group| group.exhibits.contains(&place));
    let list = order
        .iter()
        .enumerate()
        .map(|(place, (record, number))| Exhibit {
            number: number.clone(),
            id: record.shared.id.clone(),
            line: describe::line(portfolio, record.kind, record.shared),
            title: plain(&record.shared.title),
            serves: serves(place).map(|group| group.title.clone()).collect(),
            proofs: proofs(diagnostics, sources, record.shared),
        })
        .collect();
    Dossier { set, owner: portfolio.owner.display_name.clone(), today: portfolio.today, groups, exhibits: list }
}

/// A record that may be in a dossier.
struct Record<'a> {
    kind: Kind,
    shared: &'a Shared,
}

/// The records of a dossier: those that name a criterion; for a promotion, what is public or has a proof.
fn records(portfolio: &Portfolio, set: CriteriaSet) -> Vec<Record<'_>> {
    let public = portfolio.published(&Audience::Public);
    let public: BTreeSet<&str> = public.shared().map(|shared| shared.id.as_str()).collect();
    let is_in = |(kind, shared): &(Kind, &Shared)| match set {
        CriteriaSet::Promotion => {
            *kind != Kind::Projects && (public.contains(shared.id.as_str()) || !shared.private.evidence.is_empty())
        }
        _ => !shared.private.criteria.is_empty(),
    };
    portfolio.records().filter(is_in).map(|(kind, shared)| Record { kind, shared }).collect()
}

/// The number that the owner wrote, as two of them compare.
fn by_hand(shared: &Shared) -> Option<String> {
    let number = shared.private.exhibit.as_deref().map(str::trim).filter(|number| !number.is_empty())?;
    Some(number.to_owned())
}

/// Says that a number which the owner wrote is another record's; `given` is the record to which it was given.
fn taken(sources: &Sources, shared: &Shared, number: &str, given: Option<&str>) -> Diagnostic {
    let message = match given {
        Some(id) => format!("exhibit `{number}` is the number of `{id}` in {EXHIBITS}"),
        None => format!("exhibit `{number}` is the number of another record as well"),
    };
    let diagnostic = sources.diagnose(&EXHIBIT_TWICE, &shared.origin, "private.exhibit", message);
    let help = "write another number, or none; until then it has one of its own in the dossier";
    diagnostic.record(sources.called(&shared.origin, &shared.id)).help(help)
}

/// A key by which `C-2` comes before `C-10`, and a bare number before both.
fn natural(number: &str) -> Vec<(u8, u64, String)> {
    let mut parts: Vec<(u8, u64, String)> = Vec::new();
    let mut rest = number;
    while !rest.is_empty() {
        let digits = rest.len() - rest.trim_start_matches(|letter: char| letter.is_ascii_digit()).len();
        let (part, after) = if digits > 0 {
            rest.split_at(digits)
        } else {
            rest.split_at(rest.find(|letter: char| letter.is_ascii_digit()).unwrap_or(rest.len()))
        };
        parts.push(match part.parse() {
            Ok(value) if digits > 0 => (0, value, String::new()),
            _ => (1, 0, part.to_lowercase()),
        });
        rest = after;
    }
    parts
}

fn proofs(diagnostics: &mut Diagnostics, sources: &Sources, shared: &Shared) -> Vec<Proof> {
    let mut proofs = Vec::new();
    for (at, path) in shared.private.evidence.iter().enumerate() {
        let path = bare(path).to_owned();
        let content = proof::read(diagnostics, sources, &path);
        if let Err(fault) = &content {
            let (code, message, help) = told(fault, &path);
            let field = format!("private.evidence[{at}]");
            let diagnostic = sources.diagnose(code, &shared.origin, &field, message);
            diagnostics.push(diagnostic.record(sources.called(&shared.origin, &shared.id)).help(help));
        }
        proofs.push(Proof { path, content });
    }
    proofs
}

fn told(fault: &Fault, path: &str) -> (&'static Code, String, &'static str) {
    let message = format!("the proof `{path}` {}", fault.words());
    match fault {
        Fault::Missing => (&EVIDENCE_MISSING, message, "put the file there, or correct its name"),
        Fault::Outside => {
            (&EVIDENCE_OUTSIDE, message, "move it to evidence/, which is never published, and name it there")
        }
        Fault::Empty | Fault::Broken(_) => (
            &PROOF_EMPTY_OR_BROKEN,
            message,
            "save it again from where it came; if it opens in a PDF reader, print it to a new PDF there",
        ),
        Fault::Locked => {
            (&PROOF_LOCKED, message, "open it with its password and print it to a new PDF, and keep that as the proof")
        }
        Fault::TooLarge(_) => (&PROOF_TOO_LARGE, message, "keep only the pages that prove something"),
        Fault::UnknownForm => {
            (&PROOF_OF_UNKNOWN_FORM, message, "save or print it as a PDF, and keep that as the proof")
        }
    }
}

/// Returns what a dossier is called in a file's properties.
fn subject(dossier: &Dossier) -> String {
    format!("{}: {}", dossier.set.title(), dossier.owner)
}

/// Names the criteria of the record schema by the words of the law.
fn is_served(criterion: Criterion) -> impl Fn(Kind, &[Criterion]) -> bool {
    move |_, criteria| criteria.contains(&criterion)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exhibits_are_ordered_as_people_count() {
        let mut numbers = ["C-10", "2", "C-2", "10", "b-1", "C", "C-2a"];
        numbers.sort_by_key(|number| natural(number));
        assert_eq!(numbers, ["2", "10", "b-1", "C", "C-2", "C-2a", "C-10"]);
    }
}
