//! By what a dossier is ordered.

use super::is_served;
use crate::record::vocabulary::{Criterion, Kind};

/// The order of a dossier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CriteriaSet {
    /// The eight criteria of 8 CFR 214.2(o)(3)(iii)(B).
    O1a,
    /// The ten criteria of 8 CFR 204.5(h)(3).
    Eb1a,
    /// The kinds of record.
    Promotion,
}

/// Tells whether a record of a kind that names some criteria serves a group.
type Serves = Box<dyn Fn(Kind, &[Criterion]) -> bool>;

/// The name of a group, where it stands in law, and which records serve it.
type GroupOf = (&'static str, &'static str, Serves);

/// Criterion, name, paragraph of 8 CFR 214.2(o)(3)(iii)(B), paragraph of 8 CFR 204.5(h)(3).
const CRITERIA: [(Criterion, &str, &str, &str); 10] = [
    (Criterion::Awards, "Awards", "214.2(o)(3)(iii)(B)(1)", "204.5(h)(3)(i)"),
    (Criterion::Membership, "Membership", "214.2(o)(3)(iii)(B)(2)", "204.5(h)(3)(ii)"),
    (Criterion::PublishedMaterial, "Published material", "214.2(o)(3)(iii)(B)(3)", "204.5(h)(3)(iii)"),
    (Criterion::Judging, "Judging", "214.2(o)(3)(iii)(B)(4)", "204.5(h)(3)(iv)"),
    (Criterion::OriginalContributions, "Original contributions", "214.2(o)(3)(iii)(B)(5)", "204.5(h)(3)(v)"),
    (Criterion::ScholarlyArticles, "Scholarly articles", "214.2(o)(3)(iii)(B)(6)", "204.5(h)(3)(vi)"),
    (Criterion::Display, "Display", "", "204.5(h)(3)(vii)"),
    (Criterion::CriticalRole, "Critical role", "214.2(o)(3)(iii)(B)(7)", "204.5(h)(3)(viii)"),
    (Criterion::HighSalary, "High salary", "214.2(o)(3)(iii)(B)(8)", "204.5(h)(3)(ix)"),
    (Criterion::CommercialSuccess, "Commercial success", "", "204.5(h)(3)(x)"),
];

const KINDS: [(Kind, &str); 8] = [
    (Kind::Publications, "Publications"),
    (Kind::Presentations, "Presentations"),
    (Kind::Awards, "Awards"),
    (Kind::Grants, "Grants"),
    (Kind::Service, "Service"),
    (Kind::Teaching, "Teaching"),
    (Kind::Training, "Training"),
    (Kind::Media, "Media"),
];

impl CriteriaSet {
    /// Returns what the dossier is called.
    pub fn title(self) -> &'static str {
        match self {
            Self::O1a => "Exhibits by criterion, O-1A",
            Self::Eb1a => "Exhibits by criterion, EB-1A",
            Self::Promotion => "Exhibits by kind",
        }
    }

    /// Returns where its criteria stand in law; empty where they do not.
    pub fn law(self) -> &'static str {
        match self {
            Self::O1a => "8 CFR 214.2(o)(3)(iii)(B)",
            Self::Eb1a => "8 CFR 204.5(h)(3)",
            Self::Promotion => "",
        }
    }

    /// Returns the word for its groups, one and several.
    pub fn word(self) -> (&'static str, &'static str) {
        match self {
            Self::Promotion => ("kind", "kinds"),
            _ => ("criterion", "criteria"),
        }
    }

    pub(super) fn groups(self) -> Vec<GroupOf> {
        match self {
            Self::Promotion => KINDS
                .iter()
                .map(|(own, title)| {
                    let serves: Serves = Box::new(move |kind, _| kind == *own);
                    (*title, "", serves)
                })
                .collect(),
            _ => CRITERIA
                .iter()
                .map(|(criterion, title, o1a, eb1a)| (*criterion, *title, if self == Self::O1a { *o1a } else { *eb1a }))
                .filter(|(_, _, law)| !law.is_empty())
                .map(|(criterion, title, law)| {
                    let serves: Serves = Box::new(is_served(criterion));
                    (title, law, serves)
                })
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_law_has_eight_criteria_and_ten() {
        assert_eq!(CriteriaSet::O1a.groups().len(), 8);
        assert_eq!(CriteriaSet::Eb1a.groups().len(), 10);
        assert_eq!(CRITERIA.len(), Criterion::ALL.len());
    }
}
