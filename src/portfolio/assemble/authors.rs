//! Lines of authors → contributors: the owner found, marks matched by name.

use super::place::Place;
use crate::diagnostic::code::{GROUP_UNMARKED, NAME_CLEANED, UNCLEAR_NAME, UNKNOWN_AUTHOR};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::portfolio::name::nearest;
use crate::portfolio::{Contributor, NameLine, NameNote, PersonName, fold, read_name, same_person};
use crate::record::{Names, TextList};

/// Turns names into contributors and reports what in them was guessed or left out.
pub(super) fn contributors(
    diagnostics: &mut Diagnostics,
    place: &Place,
    field: &str,
    line: NameLine,
    listed: bool,
) -> Vec<Contributor> {
    let mut contributors = Vec::with_capacity(line.names.len());
    let mut cleaned: Vec<Cleaned> = Vec::new();
    for (at, read) in line.names.into_iter().enumerate() {
        let field = if listed { format!("{field}[{at}]") } else { field.to_owned() };
        let name = read.name.pubmed();
        let mut words = dropped(&read.notes);
        words.sort_by_key(|word| read.written.find(word.as_str()));
        if !words.is_empty() {
            match cleaned.last_mut().filter(|last| last.field == field) {
                Some(last) => {
                    last.words.append(&mut words);
                    last.names.push(read.name.full());
                }
                None => cleaned.push(Cleaned { field: field.clone(), words, names: vec![read.name.full()] }),
            }
        }
        for note in &read.notes {
            diagnostics.push(match note {
                NameNote::Dropped(_) => continue,
                NameNote::Unclear => {
                    let message = format!("which part of `{}` is the family name is unclear", read.written);
                    place
                        .diagnostic(&UNCLEAR_NAME, &field, message)
                        .label(format!("read as {name}"))
                        .help(format!("write it with a comma, family name first: `{}`", read.name.inverted()))
                }
                NameNote::Group => {
                    let message = format!("`{name}` looks like the name of a group");
                    place
                        .diagnostic(&GROUP_UNMARKED, &field, message)
                        .help(format!("write the authors as a list, and this one as `- {{group: {name}}}`"))
                }
            });
        }
        contributors.push(Contributor { name: read.name, ..Contributor::default() });
    }
    diagnostics.extend(cleaned.into_iter().map(|cleaned| cleaned.diagnostic(place)));
    contributors
}

/// The titles and degrees that were left out of the names of one field.
struct Cleaned {
    field: String,
    words: Vec<String>,
    names: Vec<String>,
}

impl Cleaned {
    fn diagnostic(self, place: &Place) -> Diagnostic {
        let mut words = self.words;
        let mut seen = std::collections::BTreeSet::new();
        words.retain(|word| seen.insert(word.clone()));
        let single = words.len() == 1;
        let words = words.join("` and `");
        let message = if single {
            format!("`{words}` is no part of a name and was left out")
        } else {
            format!("`{words}` are no parts of a name and were left out")
        };
        let names = if self.names.len() == 1 { "name" } else { "names" };
        place
            .diagnostic(&NAME_CLEANED, &self.field, message)
            .label(format!("read as {}", self.names.join(", ")))
            .help(format!("write the {names} without titles and degrees: `{}`", self.names.join(", ")))
    }
}

/// Returns the titles and degrees that were left out of a name.
fn dropped(notes: &[NameNote]) -> Vec<String> {
    let words = notes.iter().filter_map(|note| match note {
        NameNote::Dropped(word) => Some(word.trim_end_matches(|c: char| !c.is_alphabetic() && c != '.').to_owned()),
        _ => None,
    });
    words.collect()
}

/// Tells whether names were written as a list with as many items as names were read.
pub(super) fn is_list(names: Option<&Names>, count: usize) -> bool {
    matches!(names, Some(Names::List(list)) if list.len() == count)
}

/// Finds the owner among the authors and marks them; an exact form wins over a shorter one.
pub(super) fn find_owner(authors: &mut [Contributor], owner_names: &[PersonName]) -> Option<usize> {
    let exact = authors.iter().position(|author| owner_names.contains(&author.name));
    let found = exact.or_else(|| {
        let families: Vec<String> = owner_names.iter().map(|name| fold(&name.family_with_particle())).collect();
        let like = |author: &Contributor| {
            let family = fold(&author.name.family_with_particle());
            let mut candidates = owner_names.iter().zip(&families);
            candidates.any(|(name, own)| (*own == family || family.is_empty()) && same_person(name, &author.name))
        };
        authors.iter().position(like)
    })?;
    authors[found].is_self = true;
    Some(found)
}

/// Returns the author that is most like the owner.
pub(super) fn nearest_author(authors: &[Contributor], owner_names: &[PersonName]) -> Option<String> {
    let names: Vec<PersonName> = authors.iter().map(|author| author.name.clone()).collect();
    owner_names.iter().find_map(|owner| nearest(owner, &names)).map(|at| names[at].pubmed())
}

/// Marks the authors that a field names; a name that is no author's is reported.
pub(super) fn mark(
    diagnostics: &mut Diagnostics,
    place: &Place,
    field: &str,
    written: &TextList,
    authors: &mut [Contributor],
    mark: fn(&mut Contributor),
) {
    if authors.is_empty() || place.is_faulty("authors") {
        return;
    }
    for (at, text) in written.iter().enumerate() {
        let Some(wanted) = read_name(text).map(|read| read.name) else { continue };
        let group = PersonName::literal(text.trim());
        let found =
            authors.iter().position(|author| same_person(&author.name, &wanted) || same_person(&author.name, &group));
        if let Some(found) = found {
            mark(&mut authors[found]);
            continue;
        }
        let names: Vec<PersonName> = authors.iter().map(|author| author.name.clone()).collect();
        let message = format!("`{}` is not among the authors", text.trim());
        let diagnostic = place.diagnostic(&UNKNOWN_AUTHOR, &place.item(field, at), message);
        diagnostics.push(match nearest(&wanted, &names) {
            Some(near) => diagnostic
                .label(format!("did you mean `{}`?", names[near].pubmed()))
                .help("write the name as it stands in `authors`")
                .fix(names[near].pubmed()),
            None => diagnostic.help("write the name as it stands in `authors`, or add the author there"),
        });
    }
}
