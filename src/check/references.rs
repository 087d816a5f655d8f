//! What one record says of another.

use std::collections::{BTreeMap, BTreeSet};

use super::{at, at_site, item, place_of, site};
use crate::diagnostic::Diagnostics;
use crate::diagnostic::code::{ALIAS_TAKEN, FEATURED_TWICE, REFERENCE_CYCLE, UNKNOWN_MENU_ENTRY};
use crate::portfolio::{Portfolio, Shared};
use crate::record::vocabulary::Kind;
use crate::source::Sources;

/// Each of the three places of a kind is taken once.
pub(super) fn featured(diagnostics: &mut Diagnostics, sources: &Sources, portfolio: &Portfolio) {
    let mut placed: Vec<(&Shared, u8)> =
        portfolio.shared().filter_map(|shared| Some((shared, shared.featured?))).collect();
    placed.sort_by(|a, b| a.0.origin.cmp(&b.0.origin));
    let mut taken: BTreeMap<(&str, u8), &Shared> = BTreeMap::new();
    for (shared, place) in placed {
        let Some(first) = taken.get(&(&*shared.origin.file, place)) else {
            taken.insert((&*shared.origin.file, place), shared);
            continue;
        };
        let message =
            format!("the featured place {place} is already that of the record at {}", place_of(sources, first));
        let diagnostic = at(sources, shared, "featured", &FEATURED_TWICE, message);
        diagnostics.push(diagnostic.help("give each its own place, 1 to 3"));
    }
}

/// No chain of `follows` or `replaced_by` leads back to where it began.
pub(super) fn circles(diagnostics: &mut Diagnostics, sources: &Sources, portfolio: &Portfolio) {
    let following: BTreeMap<&str, &Shared> = portfolio
        .shared()
        .filter(|shared| !shared.follows.is_empty())
        .map(|shared| (shared.id.as_str(), shared))
        .collect();
    let follows: BTreeMap<&str, Vec<&str>> =
        following.iter().map(|(id, shared)| (*id, shared.follows.iter().map(String::as_str).collect())).collect();
    for (from, at_item, to) in closing_links(&follows) {
        let Some(shared) = following.get(from) else { continue };
        let message = if from == to {
            "this record follows itself".to_owned()
        } else {
            format!("`{from}` follows `{to}`, which itself grew out of `{from}`")
        };
        let diagnostic =
            at(sources, shared, &item(sources, &shared.origin, "follows", at_item), &REFERENCE_CYCLE, message);
        diagnostics
            .push(diagnostic.help("remove one of the links of the circle: the older work follows none of the newer"));
    }
    let preprints: BTreeMap<&str, &Shared> = portfolio
        .publications
        .iter()
        .filter(|publication| publication.replaced_by.is_some())
        .map(|publication| (publication.shared.id.as_str(), &publication.shared))
        .collect();
    let replaced: BTreeMap<&str, Vec<&str>> = portfolio
        .publications
        .iter()
        .filter_map(|publication| Some((publication.shared.id.as_str(), vec![publication.replaced_by.as_deref()?])))
        .collect();
    for (from, _, to) in closing_links(&replaced) {
        let Some(shared) = preprints.get(from) else { continue };
        let message = if from == to {
            "this record is replaced by itself".to_owned()
        } else {
            format!("`{from}` is replaced by `{to}`, which is itself replaced by `{from}`")
        };
        let diagnostic = at(sources, shared, "replaced_by", &REFERENCE_CYCLE, message);
        diagnostics.push(diagnostic.help("`replaced_by` stands in the preprint and names the paper"));
    }
}

/// Finds the links that close a circle: from, place among the links of `from`, to.
fn closing_links<'a>(links: &BTreeMap<&'a str, Vec<&'a str>>) -> Vec<(&'a str, usize, &'a str)> {
    let mut closing = Vec::new();
    let mut done: BTreeSet<&str> = BTreeSet::new();
    for start in links.keys() {
        let mut path: Vec<(&str, usize)> = vec![(start, 0)];
        let mut on_path: BTreeSet<&str> = BTreeSet::from([*start]);
        if done.contains(start) {
            continue;
        }
        while let Some((from, next)) = path.pop() {
            let Some(to) = links.get(from).and_then(|targets| targets.get(next)) else {
                done.insert(from);
                on_path.remove(from);
                continue;
            };
            path.push((from, next + 1));
            if on_path.contains(to) {
                closing.push((from, next, *to));
            } else if !done.contains(to) {
                on_path.insert(to);
                path.push((to, 0));
            }
        }
    }
    closing
}

/// An older id is nobody else's address.
pub(super) fn aliases(diagnostics: &mut Diagnostics, sources: &Sources, portfolio: &Portfolio) {
    if portfolio.shared().all(|shared| shared.aliases.is_empty()) {
        return;
    }
    let ids: BTreeMap<&str, &Shared> = portfolio.shared().map(|shared| (shared.id.as_str(), shared)).collect();
    let mut taken: BTreeMap<&str, &Shared> = BTreeMap::new();
    for shared in portfolio.shared() {
        for (at_item, alias) in shared.aliases.iter().enumerate() {
            let other = ids.get(alias.as_str()).or_else(|| taken.get(alias.as_str()));
            if let Some(other) = other {
                let (message, help) = if *alias == shared.id {
                    (format!("`{alias}` is the record's id of today, not an old one"), "remove it from `aliases`")
                } else if other.id == shared.id {
                    (format!("`{alias}` stands twice in `aliases`"), "remove one of the two")
                } else if *alias == other.id {
                    let message = format!(
                        "the old id `{alias}` is the id of another record today, at {}",
                        place_of(sources, other)
                    );
                    (message, "remove it from `aliases`, or give the other record another id")
                } else {
                    let message = format!(
                        "the old id `{alias}` is already among the `aliases` of the record at {}",
                        place_of(sources, other)
                    );
                    (message, "an old address can lead to one record only: remove it from one of the two")
                };
                let diagnostic =
                    at(sources, shared, &item(sources, &shared.origin, "aliases", at_item), &ALIAS_TAKEN, message);
                diagnostics.push(diagnostic.help(help));
            }
            taken.entry(alias).or_insert(shared);
        }
    }
}

/// The pages that every site has, beside its own and the kinds of record.
const BUILT_IN_PAGES: [&str; 5] = ["home", "about", "research", "cv", "contact"];

/// The menu leads to pages and kinds that exist.
pub(super) fn menu(diagnostics: &mut Diagnostics, sources: &Sources, portfolio: &Portfolio) {
    let private = [Kind::People, Kind::Goals, Kind::Conferences];
    let kinds = Kind::ALL.iter().filter(|kind| !private.contains(kind)).map(|kind| kind.as_str());
    let pages = portfolio.pages.iter().map(|page| page.name.as_str());
    let known: Vec<&str> = pages.chain(kinds).chain(BUILT_IN_PAGES).collect();
    for (place, entry) in portfolio.settings.menu.iter().flatten().enumerate() {
        if known.contains(&entry.as_str()) {
            continue;
        }
        let field = item(sources, &site(), "site.menu", place);
        let diagnostic =
            at_site(sources, &field, &UNKNOWN_MENU_ENTRY, format!("`{entry}` is no page and no kind of record"));
        let near =
            known.iter().map(|known| (strsim::jaro_winkler(entry, known), known)).max_by(|a, b| a.0.total_cmp(&b.0));
        diagnostics.push(match near.filter(|(score, _)| *score > 0.8) {
            Some((_, near)) => diagnostic.label(format!("did you mean `{near}`?")).help("correct the name").fix(*near),
            None => diagnostic.help(format!("add pages/{entry}.md, or remove the entry")),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_circle_is_found_once_and_a_diamond_is_none() {
        let links = |pairs: &[(&'static str, &[&'static str])]| -> BTreeMap<&'static str, Vec<&'static str>> {
            pairs.iter().map(|(from, to)| (*from, to.to_vec())).collect()
        };
        let diamond = links(&[("a", &["b", "c"]), ("b", &["d"]), ("c", &["d"]), ("d", &[])]);
        assert!(closing_links(&diamond).is_empty());
        let ring = links(&[("a", &["b"]), ("b", &["c"]), ("c", &["a"]), ("x", &["a"]), ("y", &["y"])]);
        assert_eq!(closing_links(&ring), [("c", 0, "a"), ("y", 0, "y")]);
    }
}
