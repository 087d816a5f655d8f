//! Works by year and role, and with how many people they were written.

use std::collections::{BTreeMap, HashSet};

use super::{Material, work};
use crate::portfolio::{PersonName, Publication, fold, same_person};
use crate::record::vocabulary::PublicationRole;
use crate::render::view::{StripBlock, StripRole, StripView, StripYear};

/// Fewer works are seen at a glance in the list itself.
const FEWEST_WORKS: usize = 3;
/// Columns that a telephone has room for; the first of more is all the time before.
const MOST_COLUMNS: i32 = 8;
/// A column of more works is drawn without a block for each.
const MOST_BLOCKS: usize = 12;
const WIDTH: usize = 24;
/// The highest that a column grows.
const TALLEST: f64 = 72.0;
/// Room for the number above it.
const HEAD: f64 = 16.0;
/// The tallest that the block of one work is drawn.
const BLOCK: f64 = 12.0;
/// Paper between two blocks.
const GAP: f64 = 2.0;

/// Roles as the strip tells them apart, from the foot of a column upwards.
const CLASSES: [&str; 4] = ["lead", "senior", "co", "part"];

fn class(work: &Publication) -> &'static str {
    use PublicationRole::{
        CoAuthor, CoFirstAuthor, Contributor, DataCollection, FirstAuthor, ProjectLead, SeniorAuthor,
    };
    match work.role {
        Some(FirstAuthor | CoFirstAuthor | ProjectLead) => "lead",
        Some(SeniorAuthor) => "senior",
        Some(CoAuthor) => "co",
        Some(Contributor | DataCollection) | None => "part",
    }
}

/// Returns the strip; nothing for few works, for those of one year, or where the theme's option is off.
pub fn view(material: &Material<'_>) -> Option<StripView> {
    let words = &material.words;
    let works = material.portfolio.publications.iter();
    let dated: Vec<(i32, &'static str)> = works
        .filter(|publication| work::counts(publication))
        .filter_map(|publication| Some((publication.sort_date()?.year, class(publication))))
        .collect();
    let (first, last) = (dated.iter().map(|(year, _)| *year).min()?, dated.iter().map(|(year, _)| *year).max()?);
    if !material.is_on("strip") || dated.len() < FEWEST_WORKS || first == last {
        return None;
    }
    let is_long = last - first >= MOST_COLUMNS;
    let own = dated.iter().map(|(year, _)| *year).filter(|year| *year > last - MOST_COLUMNS + 1);
    // The column of all the time before stands beside the first year that has a work.
    let shown = if is_long { own.min().unwrap_or(last) - 1 } else { first };
    let mut columns: BTreeMap<i32, BTreeMap<usize, usize>> =
        (shown..=last).map(|year| (year, BTreeMap::new())).collect();
    for (year, class) in &dated {
        let place = CLASSES.iter().position(|known| known == class).unwrap_or_default();
        *columns.entry((*year).max(shown)).or_default().entry(place).or_default() += 1;
    }
    let roles = |counts: &BTreeMap<usize, usize>| -> Vec<StripRole> {
        let role = |(&at, &count): (&usize, &usize)| StripRole {
            class: CLASSES[at],
            name: words.term("strip_role", CLASSES[at]).to_owned(),
            count,
        };
        counts.iter().map(role).collect()
    };
    // A column of many years beside those of one would be read as a summit: it is a number alone.
    let is_drawn = |year: i32| !is_long || year > shown;
    let drawn = columns.iter().filter(|(year, _)| is_drawn(**year));
    let tallest = drawn.map(|(_, counts)| counts.values().sum::<usize>()).max().unwrap_or_default();
    let height = HEAD + unit(tallest) * number(tallest);
    let years = columns
        .iter()
        .map(|(year, counts)| {
            let blocks = if is_drawn(*year) { blocks(counts, tallest, height) } else { Vec::new() };
            StripYear {
                label: if is_long && *year == shown {
                    words.get("publications.earlier").to_owned()
                } else {
                    year.to_string()
                },
                total: counts.values().sum(),
                roles: roles(counts),
                foot: blocks
                    .last()
                    .map_or_else(|| format!("{:.1}", height - 4.0), |block| format!("{:.1}", block.top - 4.0)),
                blocks: blocks.into_iter().map(Block::view).collect(),
            }
        })
        .collect();
    let mut totals = BTreeMap::new();
    for (place, count) in columns.values().flatten() {
        *totals.entry(*place).or_insert(0) += count;
    }
    Some(StripView {
        caption: words.get("publications.strip").to_owned(),
        width: WIDTH,
        height: format!("{height:.1}"),
        years,
        roles: roles(&totals),
    })
}

/// Returns a count as a number to draw with.
fn number(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

/// Returns the height of one work where the tallest column has so many.
fn unit(tallest: usize) -> f64 {
    (TALLEST / number(tallest.max(1))).min(BLOCK)
}

/// A block as drawn.
#[derive(Debug)]
struct Block {
    class: &'static str,
    top: f64,
    height: f64,
}

impl Block {
    fn view(self) -> StripBlock {
        StripBlock { class: self.class, y: format!("{:.1}", self.top), height: format!("{:.1}", self.height) }
    }
}

/// Draws a column whose foot is at `foot`.
fn blocks(counts: &BTreeMap<usize, usize>, tallest: usize, foot: f64) -> Vec<Block> {
    let unit = unit(tallest);
    let pieces = counts.iter().flat_map(|(&place, &count)| {
        let each = if tallest > MOST_BLOCKS { vec![count] } else { vec![1; count] };
        each.into_iter().map(move |count| (CLASSES[place], count))
    });
    let mut top = foot;
    let mut blocks = Vec::new();
    for (class, count) in pieces {
        let height = unit * number(count);
        top -= height;
        blocks.push(Block { class, top: top + GAP / 2.0, height: (height - GAP).max(0.5) });
    }
    blocks
}

/// Counts the works that count and that the owner led.
pub fn led(material: &Material<'_>) -> usize {
    let works = material.portfolio.publications.iter();
    works.filter(|publication| work::counts(publication) && class(publication) == CLASSES[0]).count()
}

/// Counts the people with whom works were written, each once; groups are no people.
pub fn co_authors<'a>(works: impl Iterator<Item = &'a Publication>) -> usize {
    let mut seen = HashSet::new();
    let names = works
        .flat_map(|publication| &publication.authors)
        .filter(|author| !author.is_self && author.name.literal.is_none())
        .map(|author| &author.name)
        .filter(|name| seen.insert((&name.family, &name.given, &name.particle, &name.suffix)));
    let mut families: BTreeMap<String, Vec<(String, &PersonName)>> = BTreeMap::new();
    for name in names {
        let family = families.entry(fold(&name.family_with_particle())).or_default();
        family.push((fold(&name.initials()), name));
    }
    families.into_values().map(people).sum()
}

/// Counts the people behind names of one family, given with their initials: a name that may be the
/// short form of a longer one is no other person.
fn people(mut names: Vec<(String, &PersonName)>) -> usize {
    names.sort_by(|(a, first), (b, second)| {
        let key = |initials: &str, name: &PersonName| (initials.len(), name.given.len(), name.suffix.len());
        key(b, second).cmp(&key(a, first)).then_with(|| (b, &second.given).cmp(&(a, &first.given)))
    });
    let mut known: Vec<(String, &PersonName)> = Vec::new();
    for (initials, name) in names {
        let is_known =
            |(longer, other): &(String, &PersonName)| longer.starts_with(&initials) && same_person(name, other);
        if !known.iter().any(is_known) {
            known.push((initials, name));
        }
    }
    known.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::portfolio::fixture::{SITE, portfolio};

    fn co_authors_of(lines: &[&str]) -> usize {
        let records: String = lines
            .iter()
            .enumerate()
            .map(|(at, line)| format!("- {{title: Work {at}, authors: \"{line}\", date: 2025, doi: 10.5555/{at}}}\n"))
            .collect();
        let site = portfolio(&[("site.yaml", SITE), ("records/publications.yaml", &records)]).0;
        co_authors(site.publications.iter().map(AsRef::as_ref))
    }

    #[test]
    fn a_person_under_several_forms_of_one_name_is_counted_once() {
        assert_eq!(co_authors_of(&["Rao P, Fontaine MB", "Fontaine M, Rao P, Morel J"]), 2);
        assert_eq!(co_authors_of(&["Rao P, Müller K", "Rao P, Muller KA", "Rao P, van der Berg L, Berg L"]), 3);
        assert_eq!(co_authors_of(&["Rao P, Kim S", "Rao P, Kim SH", "Rao P, Kim SJ"]), 2);
        assert_eq!(co_authors_of(&["Rao P"]), 0);
    }

    #[test]
    fn a_column_never_grows_out_of_its_drawing() {
        for tallest in [1, 6, 12, 13, 300] {
            let counts = BTreeMap::from([(0, tallest / 2), (2, tallest - tallest / 2)]);
            let blocks = blocks(&counts, tallest, HEAD + unit(tallest) * number(tallest));
            assert!(blocks.iter().all(|block| block.top >= HEAD), "{tallest}: {blocks:?}");
            let is_one_each = tallest <= MOST_BLOCKS;
            assert_eq!(blocks.len() == tallest, is_one_each, "{tallest}: {blocks:?}");
        }
    }
}
