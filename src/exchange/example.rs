//! A paper for the tests of the formats.

use crate::portfolio::{
    AuthorPosition, Contributor, Identifiers, PersonName, Publication, PublicationDates, Shared, Venue,
};
use crate::record::PartialDate;
use crate::record::vocabulary::{PublicationStatus, PublicationType};

/// Returns a journal article of three authors, one of them a group.
pub(crate) fn publication() -> Publication {
    let person = |family: &str, given: &str, particle: &str, suffix: &str| Contributor {
        name: PersonName {
            family: family.to_owned(),
            given: given.to_owned(),
            particle: particle.to_owned(),
            suffix: suffix.to_owned(),
            ..PersonName::default()
        },
        ..Contributor::default()
    };
    let group = Contributor {
        name: PersonName { literal: Some("Lakemoor & Sons Group".to_owned()), ..PersonName::default() },
        ..Contributor::default()
    };
    Publication {
        shared: Shared {
            id: "svs-cohort".to_owned(),
            title: "CO<sub>2</sub> & the <i>in vivo</i> 5% of RSNA".to_owned(),
            ..Shared::default()
        },
        peer_reviewed: true,
        authors: vec![person("Rao", "Priya", "", ""), person("Berg", "Lena", "van der", "Jr"), group],
        author_count: 3,
        names_address: true,
        own_index: Some(0),
        own_position: Some(1),
        position: AuthorPosition::First,
        venue: Venue {
            journal: Some("Radiology".to_owned()),
            volume: Some("52".to_owned()),
            issue: Some("10".to_owned()),
            pages: Some("3120-8".to_owned()),
            ..Venue::default()
        },
        dates: PublicationDates { published: PartialDate::parse("2025-03-14"), ..PublicationDates::default() },
        identifiers: Identifiers { doi: Some("10.5555/a_b(c)".to_owned()), ..Identifiers::default() },
        ..Publication::blank(PublicationType::JournalArticle, PublicationStatus::Published)
    }
}
