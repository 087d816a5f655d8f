//! What one audience sees, with its references.

use std::collections::HashMap;
use std::sync::Arc;

use crate::cite::{CitationText, Citer, Kept};
use crate::diagnostic::Diagnostics;
use crate::portfolio::{Audience, Portfolio, PublicPortfolio, Publication};
use crate::render::Input;
use crate::source::Sources;

/// What one audience sees, with its references.
#[derive(Debug)]
pub struct Edition {
    /// What the audience may see.
    pub portfolio: PublicPortfolio,
    /// One reference for each publication, in the same order.
    pub citations: Vec<Arc<CitationText>>,
}

/// What earlier builds left, so that a save costs only what it changed.
#[derive(Debug, Default)]
pub struct Cited {
    style: Option<(StyleKey, Citer)>,
    /// Of this process: taken over where the whole publication is the same.
    references: HashMap<String, (Arc<Publication>, Arc<CitationText>)>,
    /// Of earlier ones, by the hash of what they were made from.
    kept: Kept,
}

/// All that a prepared style depends on.
#[derive(Debug, PartialEq)]
struct StyleKey {
    name: String,
    language: String,
    files: Vec<(String, Arc<str>)>,
}

impl Edition {
    /// Makes the edition for an audience; `earlier` is what earlier builds left.
    pub fn new(
        diagnostics: &mut Diagnostics,
        sources: &Sources,
        portfolio: &Portfolio,
        audience: &Audience,
        earlier: &mut Cited,
    ) -> Self {
        let portfolio = portfolio.published(audience);
        let citations = earlier.references(diagnostics, sources, &portfolio);
        Self { portfolio, citations }
    }

    /// Returns what the pages are rendered from.
    pub fn input<'a>(&'a self, sources: &'a Sources) -> Input<'a> {
        Input { portfolio: &self.portfolio, citations: &self.citations, sources }
    }
}

impl Cited {
    /// Returns what earlier builds of a site left on disk.
    pub fn load(sources: &Sources) -> Self {
        Self { kept: Kept::load(sources), ..Self::default() }
    }

    /// Leaves the references on disk for the next build.
    pub fn save(&mut self, sources: &Sources) {
        self.kept.save(sources);
    }

    fn references(
        &mut self,
        diagnostics: &mut Diagnostics,
        sources: &Sources,
        portfolio: &PublicPortfolio,
    ) -> Vec<Arc<CitationText>> {
        let settings = &portfolio.settings;
        let files = sources.texts.iter().filter(|(path, _)| path.starts_with("styles/"));
        let key = StyleKey {
            name: settings.citation_style.clone(),
            language: settings.language.clone(),
            files: files.map(|(path, text)| (path.clone(), Arc::clone(text))).collect(),
        };
        if self.style.as_ref().is_none_or(|(known, _)| *known != key) {
            let mut found = Diagnostics::default();
            let citer = Citer::new(&mut found, sources, settings);
            self.references.clear();
            // A style at fault must be reported by each build.
            let clean = found.is_empty();
            diagnostics.append(found);
            if !clean {
                self.style = None;
                return citer.cite(diagnostics, &portfolio.publications).into_iter().map(Arc::new).collect();
            }
            self.style = Some((key, citer));
        }
        let Some((_, citer)) = &self.style else { return Vec::new() };
        let known = |publication: &Arc<Publication>| {
            let found = self.references.get(&publication.shared.id);
            found.filter(|(known, _)| known == publication).map(|(_, reference)| Arc::clone(reference))
        };
        let mut references: Vec<_> = portfolio.publications.iter().map(known).collect();
        let places: Vec<_> = (0..references.len()).filter(|&at| references[at].is_none()).collect();
        let new: Vec<_> = places.iter().map(|&at| Arc::clone(&portfolio.publications[at])).collect();
        let mut found = Diagnostics::default();
        let made = citer.cite_with(&mut found, &new, &mut self.kept);
        for ((at, publication), reference) in places.into_iter().zip(&new).zip(made.into_iter().map(Arc::new)) {
            // One that was reported is made again, so that it is reported again.
            if found.is_empty() {
                self.references
                    .insert(publication.shared.id.clone(), (Arc::clone(publication), Arc::clone(&reference)));
            }
            references[at] = Some(reference);
        }
        diagnostics.append(found);
        references.into_iter().flatten().collect()
    }
}
