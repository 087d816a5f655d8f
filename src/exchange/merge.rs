//! Drafts beside what a site has: what is new, what is there already, and what the source knows better.
//!
//! Two publications are one work when they share a DOI, PMID, PMCID or arXiv number and their titles agree, or else
//! title, year and first author, compared without case, accents and punctuation, and neither journal, volume nor pages
//! speak against it. A preprint and its paper stay two records, linked by
//! `replaced_by`. Nothing is decided by order of files: the same drafts a second time change nothing.

mod facts;
mod journals;
mod keys;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_yaml::Value as Yaml;

use super::draft::{Draft, Value};
use super::edit::Change;
use crate::portfolio::{PersonName, made_id, same_person};
use crate::record::vocabulary::Kind;
use keys::Work;

pub(in crate::exchange) use facts::same_pages;

/// Tells whether two titles are one, without mark-up, case, accents and punctuation.
pub(in crate::exchange) fn same_title(a: &str, b: &str) -> bool {
    keys::key(a) == keys::key(b)
}

/// A record of the site, as written.
#[derive(Debug, Clone)]
pub struct Known {
    /// Its kind, which is its file.
    pub kind: Kind,
    /// Its place in the file, from 0.
    pub index: usize,
    /// Its id, written or made.
    pub id: String,
    /// Its fields.
    pub value: Yaml,
}

/// What is known of the owner of the site.
#[derive(Debug, Clone, Default)]
pub struct Owner {
    /// The name and its variants.
    pub names: Vec<PersonName>,
    /// BCP 47 tag of the site.
    pub language: String,
}

/// A fact that the source has and the record lacks, or has in another form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What the record says; `None` when it says nothing.
    pub old: Option<String>,
    /// What the source says.
    pub change: Change,
}

/// What may be changed in one record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Update {
    /// The kind, which is the file.
    pub kind: Kind,
    /// The place in the file, from 0.
    pub index: usize,
    /// The record's title.
    pub title: String,
    /// The differences.
    pub differences: Vec<Difference>,
}

/// What is to be done with drafts.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// Records to be added, in their order.
    pub additions: Vec<Draft>,
    /// Newer facts of records that are there: offered, not taken unasked.
    pub updates: Vec<Update>,
    /// Preprints of the site whose papers are there or come now: a line `replaced_by` each.
    pub links: Vec<Update>,
    /// How many drafts the site has already.
    pub known: usize,
    /// How many drafts stand twice in what was read.
    pub repeated: usize,
}

/// Compares drafts with the records of a site.
pub fn plan(known: &[Known], drafts: Vec<Draft>, owner: &Owner) -> Plan {
    let mut plan = Plan::default();
    let mut index = Index::default();
    let works: Vec<Work> = known.iter().map(|record| Work::of_record(record.kind, &record.value)).collect();
    for (at, work) in works.iter().enumerate() {
        index.add(Place::Known(at), work);
    }
    let mut new_works: Vec<Work> = Vec::new();
    for mut draft in drafts {
        own(&mut draft, owner);
        let work = Work::of_draft(&draft);
        let found = index.find(&work, |place| match place {
            Place::Known(at) => &works[at],
            Place::New(at) => &new_works[at],
        });
        match found {
            Some(Place::Known(at)) => {
                plan.known += 1;
                let mut differences = facts::differences(&known[at].value, &draft);
                // A number that stands at another work is no news of this one.
                differences.retain(|difference| !index.has_elsewhere(&work, difference.change.field, Place::Known(at)));
                let title = works[at].title.clone();
                let update = Update { kind: draft.kind, index: known[at].index, title, differences };
                if !update.differences.is_empty() && !plan.updates.contains(&update) {
                    plan.updates.push(update);
                }
            }
            Some(Place::New(at)) => {
                plan.repeated += 1;
                complete(&mut plan.additions[at], &draft);
            }
            None => {
                for (field, id) in work.ids.iter().filter_map(|id| Some((id.split(':').next()?, id))) {
                    if index.by_id.contains_key(id) {
                        draft.set_aside(field, "stands at another work, too, perhaps as that of a whole supplement");
                    }
                }
                index.add(Place::New(plan.additions.len()), &work);
                plan.additions.push(draft);
                new_works.push(work);
            }
        }
    }
    link(&mut plan, known, &works, &new_works);
    plan
}

/// Fills in what only the owner's own site knows: the owner's name, and the language that need not be said.
fn own(draft: &mut Draft, owner: &Owner) {
    if !matches!(draft.kind, Kind::Publications | Kind::Presentations) {
        return;
    }
    if draft.get_text("language").is_some_and(|tag| tag.eq_ignore_ascii_case(&owner.language)) {
        draft.remove("language");
    }
    let is_undated = ["date", "epub_date", "status"].iter().all(|field| !draft.has(field));
    if is_undated && draft.doubts().iter().all(|doubt| doubt.field != "date") {
        draft.unsure("date", "is not in the source");
    }
    let Some(name) = owner.names.first() else {
        if !draft.has("authors") {
            draft.remove("authors");
            draft.unsure("authors", "are not in the source: write them here");
        }
        return;
    };
    let is_owner = |author: &PersonName| owner.names.iter().any(|name| same_person(author, name));
    if !draft.has("authors") {
        sign(draft, name, "are not in the source: only you stand here");
    } else if draft.kind == Kind::Publications && !draft.names("authors").iter().any(is_owner) {
        draft.unsure("authors", "do not have your name; if the work is not yours, write `mine: false`");
    }
}

/// Gives the works of a file that names its owner, but no authors, that owner as their author.
pub fn sign_all(drafts: &mut [Draft], owner: &PersonName) {
    for draft in drafts {
        if matches!(draft.kind, Kind::Publications | Kind::Presentations) && !draft.has("authors") {
            sign(draft, owner, "are not in the source: only the owner of the file stands here");
        }
    }
}

fn sign(draft: &mut Draft, name: &PersonName, why: &str) {
    // What the reader said of the missing authors is said better here.
    draft.remove("authors");
    draft.people("authors", vec![name.clone()]);
    draft.unsure("authors", why);
}

/// Adds to a draft what a second one of the same work knows more.
fn complete(draft: &mut Draft, other: &Draft) {
    for (field, value) in other.fields() {
        if !matches!(*field, "type" | "status") {
            draft.set(field, value.clone());
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Known(usize),
    New(usize),
}

/// Works by what they are found by.
#[derive(Debug, Default)]
struct Index {
    by_id: HashMap<String, Vec<Place>>,
    by_title: HashMap<(Kind, String), Vec<Place>>,
}

impl Index {
    fn add(&mut self, place: Place, work: &Work) {
        for id in &work.ids {
            self.by_id.entry(id.clone()).or_default().push(place);
        }
        if !work.key.is_empty() {
            self.by_title.entry((work.kind, work.key.clone())).or_default().push(place);
        }
    }

    /// Tells whether a work's number of a kind is that of a work in another place, too.
    fn has_elsewhere(&self, work: &Work, kind: &str, place: Place) -> bool {
        let number = work.ids.iter().find(|id| id.split(':').next() == Some(kind));
        let places = number.and_then(|id| self.by_id.get(id));
        places.is_some_and(|places| places.iter().take(500).any(|other| *other != place))
    }

    fn find<'w>(&self, work: &Work, of: impl Fn(Place) -> &'w Work) -> Option<Place> {
        let same_kind = |place: &&Place| of(**place).kind == work.kind;
        let sharing = || work.ids.iter().filter_map(|id| self.by_id.get(id)).flatten().filter(same_kind);
        let same_title = sharing().take(500).find(|place| of(**place).key == work.key);
        let by_id = same_title.or_else(|| sharing().take(50).find(|place| work.is_same_by_id(of(**place)))).copied();
        by_id.or_else(|| {
            let same_title = self.by_title.get(&(work.kind, work.key.clone()))?;
            // A title that is everybody's (`Editorial`) is met a thousand times, and compared no more often.
            same_title.iter().take(500).copied().find(|place| work.is_same(of(*place)))
        })
    }
}

/// Links preprints with the papers they became.
fn link(plan: &mut Plan, known: &[Known], works: &[Work], new_works: &[Work]) {
    let mut taken: BTreeSet<String> = known.iter().map(|record| record.id.clone()).collect();
    let mut papers: BTreeMap<&str, Vec<Place>> = BTreeMap::new();
    let all = works.iter().enumerate().map(|(at, work)| (Place::Known(at), work));
    let all: Vec<(Place, &Work)> =
        all.chain(new_works.iter().enumerate().map(|(at, work)| (Place::New(at), work))).collect();
    for (place, work) in
        all.iter().filter(|(_, work)| work.kind == Kind::Publications && !work.is_preprint && !work.key.is_empty())
    {
        papers.entry(&work.key).or_default().push(*place);
    }
    // What the sources say of each other counts before titles.
    let mut by_id: HashMap<&str, Place> = HashMap::new();
    let mut by_preprint: HashMap<&str, Place> = HashMap::new();
    for (place, work) in all.iter().filter(|(_, work)| work.kind == Kind::Publications && !work.is_preprint) {
        work.ids.iter().for_each(|id| _ = by_id.entry(id).or_insert(*place));
        work.came_from.iter().for_each(|id| _ = by_preprint.entry(id).or_insert(*place));
    }
    for (place, preprint) in
        all.iter().filter(|(_, work)| work.is_preprint && !work.is_replaced && !work.key.is_empty())
    {
        let of = |place: &Place| match place {
            Place::Known(at) => &works[*at],
            Place::New(at) => &new_works[*at],
        };
        let candidates = papers.get(preprint.key.as_str()).map(Vec::as_slice).unwrap_or_default();
        let said = preprint.became.iter().find_map(|id| by_id.get(id.as_str()));
        let said = said.or_else(|| preprint.ids.iter().find_map(|id| by_preprint.get(id.as_str())));
        let of_title = || candidates.iter().take(500).find(|paper| preprint.is_paper(of(paper)));
        let Some(paper) = said.or_else(of_title) else { continue };
        if let (Place::Known(_), Place::Known(_)) = (place, paper) {
            // Both were there before, and the owner left them so.
            continue;
        }
        let id = match paper {
            Place::Known(at) => known[*at].id.clone(),
            Place::New(at) => {
                let draft = &mut plan.additions[*at];
                if !draft.has("id") {
                    let title = draft.get_text("title").unwrap_or_default().to_owned();
                    let id = made_id(draft.names("authors").first(), &title, &taken);
                    taken.insert(id.clone());
                    draft.text("id", &id);
                }
                draft.get_text("id").unwrap_or_default().to_owned()
            }
        };
        match place {
            Place::New(at) => plan.additions[*at].text("replaced_by", &id),
            Place::Known(at) => plan.links.push(Update {
                kind: Kind::Publications,
                index: known[*at].index,
                title: preprint.title.clone(),
                differences: vec![Difference {
                    old: None,
                    change: Change { field: "replaced_by", value: Value::Text(id) },
                }],
            }),
        }
    }
}

#[cfg(test)]
mod tests;
