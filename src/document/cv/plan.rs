//! What a CV shows: its template, paper, parts and records, and how far lists are shortened.

use super::works::is_under_way;
use crate::portfolio::select::places;
use crate::portfolio::{AuthorPosition, PublicPortfolio};
use crate::record::vocabulary::{CvPart, CvTemplate, Kind, Paper, PublicationStatus};
use crate::record::{Cv, CvSelect};

/// What a CV shows and where it is printed.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The template.
    pub template: CvTemplate,
    /// The paper.
    pub paper: Paper,
    /// Which records it takes.
    pub select: CvSelect,
    /// Its parts in order; empty for those of the template.
    pub sections: Vec<CvPart>,
    /// The pages it may have.
    pub pages_at_most: Option<usize>,
    /// The id of its variant, when it is one.
    pub id: Option<String>,
}

/// Works shown as selected where the owner has selected none.
const NEWEST: usize = 3;

const ACADEMIC: [CvPart; 9] = [
    CvPart::Training,
    CvPart::Awards,
    CvPart::Grants,
    CvPart::Publications,
    CvPart::Presentations,
    CvPart::Teaching,
    CvPart::Service,
    CvPart::Media,
    CvPart::Languages,
];
const FELLOWSHIP: [CvPart; 9] = [
    CvPart::Selected,
    CvPart::Training,
    CvPart::Awards,
    CvPart::Grants,
    CvPart::Publications,
    CvPart::Presentations,
    CvPart::Teaching,
    CvPart::Service,
    CvPart::Languages,
];
const ONE_PAGE: [CvPart; 8] = [
    CvPart::Training,
    CvPart::Selected,
    CvPart::Publications,
    CvPart::Presentations,
    CvPart::Awards,
    CvPart::Teaching,
    CvPart::Service,
    CvPart::Languages,
];

impl Plan {
    /// Returns the plan of a variant, or of the whole CV, for a site in a language (BCP 47).
    pub fn new(variant: Option<&Cv>, language: &str) -> Self {
        let variant = variant.cloned().unwrap_or_default();
        Self {
            template: variant.template.unwrap_or(CvTemplate::Academic),
            paper: variant.paper.unwrap_or_else(|| usual_paper(language)),
            select: variant.select,
            sections: variant.sections,
            pages_at_most: variant.pages_at_most.and_then(|most| usize::try_from(most).ok()),
            id: variant.id.map(|id| id.trim().to_owned()),
        }
    }

    /// The parts in their order.
    pub fn parts(&self) -> &[CvPart] {
        if !self.sections.is_empty() {
            return &self.sections;
        }
        match self.template {
            CvTemplate::Academic => &ACADEMIC,
            CvTemplate::Fellowship => &FELLOWSHIP,
            CvTemplate::OnePage => &ONE_PAGE,
        }
    }

    /// Returns the places of the publications that stand above all else: those that the owner selected, in the owner's
    /// order, or the newest that the owner led; none in a CV without that part.
    pub fn selected_works(&self, portfolio: &PublicPortfolio) -> Vec<usize> {
        if !self.parts().contains(&CvPart::Selected) {
            return Vec::new();
        }
        let works = &portfolio.publications;
        let chosen = places(Kind::Publications, portfolio, &self.select);
        let mut list: Vec<(u8, usize)> =
            chosen.iter().filter_map(|&at| works[at].shared.featured.map(|place| (place, at))).collect();
        list.sort_unstable();
        if !list.is_empty() {
            return list.into_iter().map(|(_, at)| at).collect();
        }
        let leads = |at: &usize| {
            let work = &works[*at];
            let first = matches!(work.position, AuthorPosition::First | AuthorPosition::CoFirst | AuthorPosition::Sole);
            first && !is_under_way(work) && work.status != PublicationStatus::Retracted
        };
        chosen.into_iter().filter(leads).take(NEWEST).collect()
    }

    /// Returns the places of the presentations that stand above all else, in the owner's order.
    pub fn selected_talks(&self, portfolio: &PublicPortfolio) -> Vec<usize> {
        if !self.parts().contains(&CvPart::Selected) {
            return Vec::new();
        }
        let chosen = places(Kind::Presentations, portfolio, &self.select).into_iter();
        let featured = |at: usize| portfolio.presentations[at].shared.featured.map(|place| (place, at));
        let mut list: Vec<(u8, usize)> = chosen.filter_map(featured).collect();
        list.sort_unstable();
        list.into_iter().map(|(_, at)| at).collect()
    }

    /// Tells whether a kind of record is taken at all.
    pub fn takes(&self, kind: Kind) -> bool {
        self.select.kinds.is_empty() || self.select.kinds.contains(&kind)
    }

    /// The pages to which the template shortens its lists.
    pub(super) fn pages(&self) -> Option<usize> {
        match self.template {
            CvTemplate::Academic => None,
            CvTemplate::Fellowship => Some(2),
            CvTemplate::OnePage => Some(1),
        }
    }
}

/// Letter where it is used: the United States, Canada, Mexico; and for English of no country.
fn usual_paper(language: &str) -> Paper {
    let tag = language.to_ascii_lowercase();
    let letter = tag == "en" || ["-us", "-ca", "-mx"].iter().any(|country| tag.ends_with(country));
    if letter { Paper::Letter } else { Paper::A4 }
}

/// How far lists are shortened: to a level, from which each takes its length; some may have a little more.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cap {
    level: Option<usize>,
    /// Levels more that a part has, by its place in the schema.
    raised: [u8; CvPart::ALL.len()],
}

impl Cap {
    /// Cuts nothing.
    pub const WHOLE: Self = Self { level: None, raised: [0; CvPart::ALL.len()] };

    /// Cuts to a level.
    pub fn level(level: usize) -> Self {
        Self { level: Some(level), ..Self::WHOLE }
    }

    /// Returns the same with one level more for a part.
    #[must_use]
    pub fn raising(mut self, part: CvPart) -> Self {
        let levels = &mut self.raised[part as usize];
        *levels = levels.saturating_add(1);
        self
    }

    fn of(self, part: CvPart) -> Option<usize> {
        self.level.map(|level| level + usize::from(self.raised[part as usize]))
    }

    /// Tells whether nothing is cut.
    pub(super) fn is_whole(self) -> bool {
        self.level.is_none()
    }

    /// Cuts the list of a part; gives how many entries were cut off.
    pub(super) fn cut<T>(self, part: CvPart, list: &mut Vec<T>) -> usize {
        let kept = self.of(part).map(|level| match part {
            CvPart::Training => level + 2,
            CvPart::Media | CvPart::Projects => level.saturating_sub(2),
            _ => level,
        });
        keep(kept, list)
    }

    /// Cuts a group of publications: the first is the one that counts most.
    pub(super) fn cut_group<T>(self, place: usize, list: &mut Vec<T>) -> usize {
        let level = self.of(CvPart::Publications);
        keep(level.map(|level| if place == 0 { level * 2 } else { level.saturating_sub(1) }), list)
    }
}

/// Cuts a list, though never for the sake of one entry, whose place the line about it would take.
fn keep<T>(kept: Option<usize>, list: &mut Vec<T>) -> usize {
    let Some(kept) = kept.filter(|&kept| list.len() > kept + usize::from(kept > 0)) else { return 0 };
    let left = list.len() - kept;
    list.truncate(kept);
    left
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paper_follows_the_country() {
        let papers = ["en", "en-US", "en-GB", "fr-CA", "es-MX", "es", "de", "ar"].map(usual_paper);
        let letter = [true, true, false, true, true, false, false, false];
        assert_eq!(papers.map(|paper| paper == Paper::Letter), letter);
    }

    #[test]
    fn a_list_is_never_cut_by_one_entry() {
        let cut = |length: usize, cap: Cap| {
            let mut list = vec![(); length];
            (cap.cut(CvPart::Awards, &mut list), list.len())
        };
        assert_eq!(cut(3, Cap::level(2)), (0, 3));
        assert_eq!(cut(4, Cap::level(2)), (2, 2));
        assert_eq!(cut(4, Cap::level(2).raising(CvPart::Awards)), (0, 4));
        assert_eq!(cut(4, Cap::level(2).raising(CvPart::Grants)), (2, 2));
        assert_eq!(cut(1, Cap::level(0)), (1, 0));
        assert_eq!(cut(9, Cap::WHOLE), (0, 9));
    }
}
