//! One work written down twice.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;

use super::{at, place_of};
use crate::diagnostic::Diagnostics;
use crate::diagnostic::code::{DUPLICATE_IDENTIFIER, SAME_WORK};
use crate::portfolio::{Portfolio, Presentation, Publication, Shared, fold};
use crate::source::Sources;

type Reader = fn(&Publication) -> Option<&str>;

/// No two publications share a DOI, PMID or PMCID.
pub(super) fn identifiers(diagnostics: &mut Diagnostics, sources: &Sources, portfolio: &Portfolio) {
    let kinds: [(&str, &str, Reader); 3] = [
        ("doi", "DOI", |publication| publication.identifiers.doi.as_deref()),
        ("pmid", "PMID", |publication| publication.identifiers.pmid.as_deref()),
        ("pmcid", "PMCID", |publication| publication.identifiers.pmcid.as_deref()),
    ];
    for (field, name, read) in kinds {
        let publications = portfolio.publications.iter().map(AsRef::as_ref);
        let with_value = publications.filter_map(|publication| Some((read(publication)?, publication)));
        for (publication, first) in repeated(with_value, of_publication) {
            let value = read(publication).unwrap_or_default();
            let place = place_of(sources, &first.shared);
            let message = format!("the {name} {value} is already that of the record at {place}");
            let diagnostic = at(sources, &publication.shared, field, &DUPLICATE_IDENTIFIER, message);
            diagnostics.push(diagnostic.help("remove the record that stands twice, or correct one of the two numbers"));
        }
    }
}

/// No two publications or talks have the same title, year and first author.
pub(super) fn works(diagnostics: &mut Diagnostics, sources: &Sources, portfolio: &Portfolio) {
    let publications = portfolio.publications.iter().map(AsRef::as_ref).filter_map(|publication: &Publication| {
        let author = publication.authors.first().map(|author| fold(&author.name.family_with_particle()));
        let year = publication.sort_date()?.year;
        Some(((publication.kind, year, author.unwrap_or_default(), bare(&publication.shared.title)), publication))
    });
    for (publication, first) in repeated(publications, of_publication) {
        if !are_linked(first, publication) {
            let place = place_of(sources, &first.shared);
            let message = format!("same title, year and first author as the record at {place}");
            diagnostics.push(twice(sources, &publication.shared, message));
        }
    }
    let talks = portfolio.presentations.iter().map(AsRef::as_ref).filter_map(|talk: &Presentation| {
        let meeting = fold(&talk.showing.meeting.name);
        Some(((talk.shared.date?, talk.kind, meeting, bare(&talk.shared.title)), talk))
    });
    for (talk, first) in repeated(talks, |talk| &talk.shared) {
        let place = place_of(sources, &first.shared);
        let message = format!("same title, meeting and date as the record at {place}");
        diagnostics.push(twice(sources, &talk.shared, message));
    }
}

fn of_publication(publication: &Publication) -> &Shared {
    &publication.shared
}

/// Returns the records with whose key another one stands before them in the file, each with the first of that key.
fn repeated<'p, K: Eq + Hash, T>(
    records: impl Iterator<Item = (K, &'p T)>,
    shared: fn(&T) -> &Shared,
) -> Vec<(&'p T, &'p T)> {
    let mut known: HashMap<K, (usize, &T)> = HashMap::new();
    let mut groups: BTreeMap<usize, Vec<&T>> = BTreeMap::new();
    for (at, (key, record)) in records.enumerate() {
        match known.entry(key) {
            Entry::Vacant(place) => drop(place.insert((at, record))),
            Entry::Occupied(place) => {
                let (at, first) = *place.get();
                groups.entry(at).or_insert_with(|| vec![first]).push(record);
            }
        }
    }
    let pairs = groups.into_values().flat_map(|mut group| {
        group.sort_by(|a, b| shared(a).origin.cmp(&shared(b).origin));
        let first = group.remove(0);
        group.into_iter().map(move |later| (later, first))
    });
    pairs.collect()
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
