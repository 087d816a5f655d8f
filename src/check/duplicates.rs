//! One work written down twice.

use std::collections::{BTreeMap, HashMap};

use super::{at, place_of};
use crate::diagnostic::Diagnostics;
use crate::diagnostic::code::{DUPLICATE_IDENTIFIER, SAME_WORK};
use crate::portfolio::{Portfolio, Presentation, Publication, Shared, fold};
use crate::source::Sources;

type Reader = fn(&Publication) -> Option<&str>;

/// No two publications share a DOI, PMID or PMCID.
pub(super) fn identifiers(diagnostics: &mut Diagnostics, sources: &Sources, portfolio: &Portfolio) {
    let publications = in_file_order(&portfolio.publications, |publication| &publication.shared);
    let kinds: [(&str, &str, Reader); 3] = [
        ("doi", "DOI", |publication| publication.identifiers.doi.as_deref()),
        ("pmid", "PMID", |publication| publication.identifiers.pmid.as_deref()),
        ("pmcid", "PMCID", |publication| publication.identifiers.pmcid.as_deref()),
    ];
    for (field, name, read) in kinds {
        let mut seen: BTreeMap<&str, &Shared> = BTreeMap::new();
        for publication in &publications {
            let Some(value) = read(publication) else { continue };
            let Some(first) = seen.get(value) else {
                seen.insert(value, &publication.shared);
                continue;
            };
            let message = format!("the {name} {value} is already that of the record at {}", place_of(sources, first));
            let diagnostic = at(sources, &publication.shared, field, &DUPLICATE_IDENTIFIER, message);
            diagnostics.push(diagnostic.help("remove the record that stands twice, or correct one of the two numbers"));
        }
    }
}

/// No two publications or talks have the same title, year and first author.
pub(super) fn works(diagnostics: &mut Diagnostics, sources: &Sources, portfolio: &Portfolio) {
    let mut seen: HashMap<_, &Publication> = HashMap::new();
    for publication in in_file_order(&portfolio.publications, |publication| &publication.shared) {
        let author = publication.authors.first().map(|author| fold(&author.name.family_with_particle()));
        let Some(year) = publication.sort_date().map(|date| date.year) else { continue };
        let key = (publication.kind, year, author.unwrap_or_default(), bare(&publication.shared.title));
        match seen.get(&key) {
            Some(first) if !are_linked(first, publication) => {
                let message =
                    format!("same title, year and first author as the record at {}", place_of(sources, &first.shared));
                diagnostics.push(twice(sources, &publication.shared, message));
            }
            Some(_) => {}
            None => {
                seen.insert(key, publication);
            }
        }
    }
    let mut talks: HashMap<_, &Presentation> = HashMap::new();
    for talk in in_file_order(&portfolio.presentations, |talk| &talk.shared) {
        let Some(date) = talk.shared.date else { continue };
        let key = (date, talk.kind, fold(&talk.showing.meeting.name), bare(&talk.shared.title));
        match talks.get(&key) {
            Some(first) => {
                let message =
                    format!("same title, meeting and date as the record at {}", place_of(sources, &first.shared));
                diagnostics.push(twice(sources, &talk.shared, message));
            }
            None => {
                talks.insert(key, talk);
            }
        }
    }
}

fn twice(sources: &Sources, shared: &Shared, message: String) -> crate::diagnostic::Diagnostic {
    at(sources, shared, "title", &SAME_WORK, message).help("keep the fuller record, and remove the other")
}

/// An exact word in a title weighs more than its dashes and tags.
fn bare(title: &str) -> String {
    let mut bare = String::with_capacity(title.len());
    let mut in_tag = false;
    for c in title.chars() {
        match c {
            '<' => in_tag = true,
            '>' => in_tag = false,
            c if !in_tag && c.is_ascii_alphanumeric() => bare.push(c.to_ascii_lowercase()),
            c if !in_tag && c.is_alphanumeric() => bare.extend(c.to_lowercase()),
            _ => {}
        }
    }
    fold(&bare)
}

fn are_linked(a: &Publication, b: &Publication) -> bool {
    let names = |from: &Publication, to: &Publication| {
        from.replaced_by.as_ref() == Some(&to.shared.id) || from.shared.follows.contains(&to.shared.id)
    };
    names(a, b) || names(b, a)
}

fn in_file_order<T>(records: &[T], shared: impl Fn(&T) -> &Shared) -> Vec<&T> {
    let mut ordered: Vec<&T> = records.iter().collect();
    ordered.sort_by(|a, b| shared(a).origin.cmp(&shared(b).origin));
    ordered
}
