//! Publications as they stood in the lists of an earlier model, for a preview that lays out a
//! long list again and again.

use std::collections::HashMap;
use std::sync::Arc;

use tera::Value;

use super::{Material, work};
use crate::cite::CitationText;
use crate::portfolio::{Publication, Settings};
use crate::render::letters::Letters;
use crate::render::view::ThreadView;
use crate::words::Words;

/// What templates saw of the publications, taken over where all that it was made from is the same.
#[derive(Debug, Default)]
pub struct Shelf {
    common: Option<Common>,
    works: HashMap<String, Shelved>,
    co_authors: Option<CoAuthors>,
    letters: Letters,
}

/// With how many people works were written.
#[derive(Debug)]
struct CoAuthors {
    of: Vec<Arc<Publication>>,
    count: usize,
}

/// What all of them are made from, beside their own.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Common {
    pub(super) settings: Settings,
    pub(super) words: Words,
    pub(super) threads: Vec<ThreadView>,
}

/// One of them, and what it was made from.
#[derive(Debug)]
struct Shelved {
    publication: Arc<Publication>,
    citation: Arc<CitationText>,
    number: usize,
    classes: String,
    pdf: Option<String>,
    value: Value,
}

impl Shelf {
    /// Returns what still holds for a site.
    pub(super) fn for_site(self, common: &Common) -> Self {
        if self.common.as_ref() == Some(common) {
            return self;
        }
        Self { common: Some(common.clone()), works: HashMap::new(), ..self }
    }

    /// Takes out what the letters of publications were.
    pub(in crate::render) fn take_letters(&mut self) -> Letters {
        std::mem::take(&mut self.letters)
    }

    /// Puts in what the letters of publications are.
    pub(in crate::render) fn with_letters(self, letters: Letters) -> Self {
        Self { letters, ..self }
    }

    /// Returns with how many people the publications were written, if that is known of the same names.
    pub(super) fn co_authors(&self, publications: &[Arc<Publication>]) -> Option<usize> {
        let known = self.co_authors.as_ref().filter(|known| known.of.len() == publications.len())?;
        let is_same = |(one, other): (&Arc<Publication>, &Arc<Publication>)| {
            Arc::ptr_eq(one, other) || (one.status == other.status && one.authors == other.authors)
        };
        known.of.iter().zip(publications).all(is_same).then_some(known.count)
    }

    /// Returns the publication with a place in the portfolio, if it would be made from the same.
    pub(super) fn find(&self, material: &Material<'_>, at: usize) -> Option<&Value> {
        let publication = &material.portfolio.publications[at];
        let known = self.works.get(&publication.shared.id)?;
        let same = is_same(&known.publication, publication)
            && is_same(&known.citation, &material.citations[at])
            && known.number == material.numbers[at]
            && known.classes == material.filter().classes(at)
            && known.pdf == work::pdf_address(material, publication);
        same.then_some(&known.value)
    }

    /// Puts newly made publications in, by their place in the portfolio, and forgets those that are gone.
    pub(super) fn renew(
        mut self,
        material: &Material<'_>,
        new: impl Iterator<Item = (usize, Value)>,
        co_authors: Option<usize>,
    ) -> Self {
        let publications = &material.portfolio.publications;
        if let Some(count) = co_authors {
            self.co_authors = Some(CoAuthors { of: publications.clone(), count });
        }
        for (at, value) in new {
            let publication = Arc::clone(&publications[at]);
            let shelved = Shelved {
                citation: Arc::clone(&material.citations[at]),
                number: material.numbers[at],
                classes: material.filter().classes(at).to_owned(),
                pdf: work::pdf_address(material, &publication),
                value,
                publication,
            };
            self.works.insert(shelved.publication.shared.id.clone(), shelved);
        }
        if self.works.len() > publications.len() {
            self.works.retain(|id, _| material.publication_of.contains_key(id.as_str()));
        }
        self
    }
}

fn is_same<T: PartialEq>(one: &Arc<T>, other: &Arc<T>) -> bool {
    Arc::ptr_eq(one, other) || one == other
}
