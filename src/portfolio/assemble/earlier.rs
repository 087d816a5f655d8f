//! Publications and presentations that an earlier model built from the same text.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use rayon::prelude::*;

use super::ids::{Candidate, Taken, by_first_author, candidate};
use crate::diagnostic::Diagnostics;
use crate::portfolio::shared::HasShared;
use crate::portfolio::{Contributor, Page, Presentation, Publication};
use crate::record::decode::{Known, KnownRecord, PageRecord};
use crate::record::vocabulary::Kind;
use crate::record::{PartialDate, Record, Text};
use crate::source::{Origin, Sources};

/// What a model leaves for the next one, so that a save costs only what it changed.
///
/// A record is kept only where nothing was found wrong with it; it holds as long as everything
/// beside the long lists is the same, which the caller sees to, and the ids that it refers to
/// are there, which [`super::assemble_unknown`] does.
#[derive(Debug, Default)]
pub struct Earlier {
    ids: BTreeMap<String, Kind>,
    publications: KeptList<Publication>,
    presentations: KeptList<Presentation>,
    pages: KeptPages,
}

impl Known for Earlier {
    fn knows(&self, kind: Kind, text: &blake3::Hash) -> bool {
        match kind {
            Kind::Publications => self.publications.contains_key(text),
            Kind::Presentations => self.presentations.contains_key(text),
            _ => false,
        }
    }

    fn knows_page(&self, path: &str, text: &Arc<str>) -> bool {
        self.pages.get(path).is_some_and(|(known, _)| Arc::ptr_eq(known, text) || known == text)
    }
}

impl Earlier {
    pub(super) fn publications(
        &self,
        new: Vec<Taken<crate::record::Publication>>,
        known: &[KnownRecord],
    ) -> Publications {
        slots(new, &self.publications, known)
    }

    pub(super) fn presentations(
        &self,
        new: Vec<Taken<crate::record::Presentation>>,
        known: &[KnownRecord],
    ) -> Presentations {
        slots(new, &self.presentations, known)
    }

    /// Returns the ids that are no longer there, or are those of another kind of record.
    pub(super) fn vanished<'a>(&'a self, ids: &BTreeMap<String, Kind>) -> Vec<&'a str> {
        if self.ids == *ids {
            return Vec::new();
        }
        let gone = self.ids.iter().filter(|(id, kind)| ids.get(*id) != Some(*kind));
        gone.map(|(id, _)| id.as_str()).collect()
    }

    pub(super) fn new(
        ids: BTreeMap<String, Kind>,
        publications: KeptList<Publication>,
        presentations: KeptList<Presentation>,
        pages: KeptPages,
    ) -> Self {
        Self { ids, publications, presentations, pages }
    }

    /// Returns all pages in the order of their paths: the new ones as `make` builds them, and the known ones.
    pub(super) fn pages(
        &self,
        diagnostics: &mut Diagnostics,
        sources: &Sources,
        new: Vec<PageRecord>,
        known: &[String],
        make: impl Fn(&mut Diagnostics, PageRecord) -> Page,
    ) -> (Vec<Arc<Page>>, KeptPages) {
        let kept = known.iter().filter_map(|path| Some((path.clone(), self.pages.get(path)?.clone())));
        let mut kept: KeptPages = kept.collect();
        let mut pages: Vec<Arc<Page>> = kept.values().map(|(_, page)| Arc::clone(page)).collect();
        for record in new {
            let mut found = Diagnostics::default();
            let is_clean = record.is_clean;
            let page = Arc::new(make(&mut found, record));
            if let Some(text) = sources.texts.get(&page.path).filter(|_| is_clean && found.is_empty()) {
                kept.insert(page.path.clone(), (Arc::clone(text), Arc::clone(&page)));
            }
            diagnostics.append(found);
            pages.push(page);
        }
        pages.sort_by(|a, b| a.path.cmp(&b.path));
        (pages, kept)
    }
}

pub(super) type Publications = Vec<Slot<crate::record::Publication, Publication>>;
pub(super) type Presentations = Vec<Slot<crate::record::Presentation, Presentation>>;
/// Path of a page → its text, and what was made of it.
pub(super) type KeptPages = BTreeMap<String, (Arc<str>, Arc<Page>)>;
pub(super) type KeptList<U> = HashMap<blake3::Hash, Kept<U>>;

/// A record as built, and what of its text its id is made from.
#[derive(Debug)]
pub(super) struct Kept<U> {
    record: Arc<U>,
    id: Option<Text>,
    date: Option<PartialDate>,
}

impl<U> Clone for Kept<U> {
    fn clone(&self) -> Self {
        Self { record: Arc::clone(&self.record), id: self.id.clone(), date: self.date }
    }
}

/// One record of a long list.
pub(super) enum Slot<T, U> {
    /// To be built.
    New(Box<Taken<T>>),
    /// Built before, and where it stands now.
    Kept(Kept<U>, KnownRecord),
}

/// A built record of a long list.
pub(super) trait Listed: HasShared + Clone + Send + Sync {
    fn authors(&self) -> &[Contributor];
    /// The id that a field of its own refers to, beside the shared ones.
    fn own_reference(&self) -> Option<&str>;

    /// Tells whether it refers to a record.
    fn refers_to(&self, id: &str) -> bool {
        let shared = self.shared();
        let own = self.own_reference() == Some(id) || shared.project.as_deref() == Some(id);
        own || shared.follows.iter().any(|other| other == id)
    }
}

impl Listed for Publication {
    fn authors(&self) -> &[Contributor] {
        &self.authors
    }

    fn own_reference(&self) -> Option<&str> {
        self.replaced_by.as_deref()
    }
}

impl Listed for Presentation {
    fn authors(&self) -> &[Contributor] {
        &self.authors
    }

    fn own_reference(&self) -> Option<&str> {
        None
    }
}

/// Puts new and kept records in the order of their file.
fn slots<T, U>(new: Vec<Taken<T>>, kept: &KeptList<U>, known: &[KnownRecord]) -> Vec<Slot<T, U>> {
    let known = known.iter().filter_map(|known| Some(Slot::Kept(kept.get(&known.text)?.clone(), known.clone())));
    let mut slots: Vec<Slot<T, U>> = new.into_iter().map(|taken| Slot::New(Box::new(taken))).chain(known).collect();
    slots.sort_by_key(|slot| slot.origin().index);
    slots
}

impl<T, U> Slot<T, U> {
    fn origin(&self) -> &Origin {
        match self {
            Self::New(taken) => &taken.origin,
            Self::Kept(_, known) => &known.origin,
        }
    }
}

impl<T: Record + Send, U: Listed> Slot<T, U> {
    /// Returns what its id is made from.
    pub(super) fn candidate(&self) -> Candidate<'_> {
        match self {
            Self::New(taken) => candidate(taken),
            Self::Kept(kept, known) => {
                let author = kept.record.authors().first().map(|author| by_first_author(&author.name));
                let title = &kept.record.shared().title;
                Candidate::new(T::KIND, kept.id.as_ref(), author, title, kept.date, &known.origin, &[])
            }
        }
    }

    /// Gives it its id; false where a kept record would have another one than before.
    pub(super) fn give(&mut self, id: String) -> bool {
        match self {
            Self::New(taken) => {
                taken.id = id;
                true
            }
            Self::Kept(kept, _) => kept.record.shared().id == id,
        }
    }

    /// Tells whether it is kept and refers to one of these records.
    pub(super) fn depends_on(&self, ids: &[&str]) -> bool {
        match self {
            Self::New(_) => false,
            Self::Kept(kept, _) => ids.iter().any(|id| kept.record.refers_to(id)),
        }
    }
}

/// Gives the records of a list their ids; tells whether a kept one would have another id than before.
pub(super) fn give<T: Record + Send, U: Listed>(
    slots: &mut [Slot<T, U>],
    ids: &mut impl Iterator<Item = String>,
) -> bool {
    slots.iter_mut().zip(ids).fold(false, |stale, (slot, id)| !slot.give(id) || stale)
}

/// Builds the new records on every core; all stay in the order of the file, as do their diagnostics.
pub(super) fn build<T: Record + Send, U: Listed>(
    diagnostics: &mut Diagnostics,
    slots: Vec<Slot<T, U>>,
    make: impl Fn(&mut Diagnostics, Taken<T>) -> Option<U> + Sync,
) -> (Vec<Arc<U>>, KeptList<U>) {
    let built: Vec<_> = slots
        .into_par_iter()
        .with_min_len(16)
        .map(|slot| {
            let mut found = Diagnostics::default();
            let (record, kept) = match slot {
                Slot::New(taken) => {
                    let (text, id, date) = (taken.text, taken.shared.id.clone(), taken.shared.date);
                    let threads = taken.shared.threads.clone();
                    let record = make(&mut found, *taken).map(Arc::new);
                    let kept = text.filter(|_| found.is_empty()).zip(record.clone());
                    // A thread that `site.yaml` lacks may have been told there, and counts again in each model.
                    let kept = kept.filter(|(_, record)| {
                        threads.iter().all(|thread| record.shared().threads.iter().any(|known| known == thread.trim()))
                    });
                    (record, kept.map(|(text, record)| (text, Kept { record, id, date })))
                }
                Slot::Kept(mut kept, known) => {
                    if kept.record.shared().origin != known.origin {
                        Arc::make_mut(&mut kept.record).shared_mut().origin = known.origin;
                    }
                    (Some(Arc::clone(&kept.record)), Some((known.text, kept)))
                }
            };
            (record, kept, found)
        })
        .collect();
    let mut records = Vec::with_capacity(built.len());
    let mut list = KeptList::default();
    for (record, kept, found) in built {
        diagnostics.append(found);
        records.extend(record);
        list.extend(kept);
    }
    (records, list)
}
