//! The letters that readers may meet, for the choice of faces.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Input;
use crate::cite::CitationText;
use crate::portfolio::Publication;

/// Letters of publications as an earlier model had them, so that a preview reads only those that are new.
#[derive(Debug, Default)]
pub(super) struct Letters {
    works: Vec<OfWork>,
}

/// The letters of a publication beside ASCII, and what they were read from.
#[derive(Debug)]
struct OfWork {
    publication: Arc<Publication>,
    citation: Arc<CitationText>,
    letters: Box<[char]>,
}

impl OfWork {
    fn read(publication: &Arc<Publication>, citation: &Arc<CitationText>) -> Self {
        let mut letters = BTreeSet::new();
        let mut read = |text: &str| add(&mut letters, text);
        read(&publication.shared.title);
        let texts = [
            &publication.abstract_text,
            &publication.shared.why,
            &publication.shared.summary,
            &publication.title_original,
            &publication.my_part,
        ];
        texts.into_iter().flatten().for_each(|text| read(text));
        publication.authors.iter().flat_map(|author| author.name.parts()).for_each(&mut read);
        citation.runs.iter().for_each(|run| read(&run.text));
        let letters = letters.into_iter().collect();
        Self { publication: Arc::clone(publication), citation: Arc::clone(citation), letters }
    }

    fn is_of(&self, publication: &Arc<Publication>, citation: &Arc<CitationText>) -> bool {
        Arc::ptr_eq(&self.publication, publication) && Arc::ptr_eq(&self.citation, citation)
    }
}

impl Letters {
    /// Reads the letters of a site, those of known publications excepted; gives them with what the
    /// next model can take over.
    pub(super) fn of(self, input: Input<'_>) -> (BTreeSet<char>, Self) {
        let mut letters = of_others(input);
        let mut known = self.works.into_iter();
        let works = input.publications().map(|(publication, citation)| {
            let known = known.next().filter(|known| known.is_of(publication, citation));
            let work = known.unwrap_or_else(|| OfWork::read(publication, citation));
            letters.extend(&work.letters);
            work
        });
        let works = works.collect();
        (letters, Self { works })
    }
}

/// Adds the letters of a text; every face has those of ASCII.
fn add(letters: &mut BTreeSet<char>, text: &str) {
    if !text.is_ascii() {
        letters.extend(text.chars().filter(|letter| !letter.is_ascii()));
    }
}

/// Returns the letters of all that is no publication.
fn of_others(input: Input<'_>) -> BTreeSet<char> {
    let portfolio = input.portfolio;
    let mut letters = BTreeSet::new();
    let mut read = |text: &str| add(&mut letters, text);
    read(&portfolio.owner.display_name);
    for talk in &portfolio.presentations {
        read(&talk.shared.title);
        talk.authors.iter().flat_map(|author| author.name.parts()).for_each(&mut read);
    }
    portfolio.pages.iter().for_each(|page| read(&page.body));
    if let Some(share) = &portfolio.share {
        [&share.title, &share.to, &share.note].into_iter().flatten().for_each(|text| read(text));
        let places = share.referees.iter().filter_map(|person| person.organization.as_deref());
        share.referees.iter().map(|person| person.name.as_str()).chain(places).for_each(&mut read);
    }
    let lists = [
        portfolio.awards.iter().map(|record| &record.shared.title).collect::<Vec<_>>(),
        portfolio.service.iter().map(|record| &record.shared.title).collect(),
        portfolio.teaching.iter().map(|record| &record.shared.title).collect(),
        portfolio.training.iter().map(|record| &record.shared.title).collect(),
    ];
    lists.into_iter().flatten().for_each(|title| read(title));
    letters
}
