//! Share pages: what one reader is shown beside what is public.

use std::collections::BTreeSet;

use super::{Audience, Portfolio};
use crate::record::vocabulary::PublicationStatus;
use crate::record::{Cv, PartialDate};

/// The page for one reader, in a `PublicPortfolio` made for it.
#[derive(Debug, Clone, Default)]
pub struct Share {
    /// As written in `site.yaml`.
    pub id: String,
    /// The part of its address that cannot be guessed.
    pub token: String,
    /// Its place in `share_pages`, for messages.
    pub place: usize,
    /// Its heading, where it has one of its own.
    pub title: Option<String>,
    /// For whom it is.
    pub to: Option<String>,
    /// What the owner says to the reader, in Markdown.
    pub note: Option<String>,
    /// Who writes letters.
    pub referees: Vec<Referee>,
    /// The variant of the CV that goes with it.
    pub cv: Option<Cv>,
    /// The last day on which it is there.
    pub expires: Option<PartialDate>,
    /// Ids of the records that the public sees as well.
    pub public: BTreeSet<String>,
}

/// Somebody who writes a letter: all that a share page tells of a person.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Referee {
    pub name: String,
    pub role: Option<String>,
    pub organization: Option<String>,
    pub url: Option<String>,
    pub orcid: Option<String>,
}

/// What the reader of a share page sees that the public does not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Beyond {
    /// Titles of works, each with its status.
    pub works: Vec<(String, PublicationStatus)>,
    /// Titles of other records.
    pub records: Vec<String>,
    /// Names of those who write letters.
    pub referees: Vec<String>,
}

impl Portfolio {
    /// Returns what a share page shows beyond what is public.
    pub fn beyond(&self, audience: &Audience) -> Beyond {
        let seen = self.published(audience);
        let Some(share) = &seen.share else { return Beyond::default() };
        let is_new = |id: &str| !share.public.contains(id);
        let works = seen.publications.iter().filter(|work| is_new(&work.shared.id));
        let is_work = |id: &str| seen.publications.iter().any(|work| work.shared.id == id);
        let records = seen.shared().filter(|shared| is_new(&shared.id) && !is_work(&shared.id));
        Beyond {
            works: works.map(|work| (work.shared.title.clone(), work.status)).collect(),
            records: records.map(|shared| shared.title.clone()).collect(),
            referees: share.referees.iter().map(|person| person.name.clone()).collect(),
        }
    }

    /// Returns the audience of every share page that is to be built: it has a token, and its last day has not passed.
    pub fn shares(&self) -> Vec<Audience> {
        let ids = self.share_pages.iter().enumerate().filter(|(place, page)| {
            let id = page.id.as_deref().map(str::trim).unwrap_or_default();
            let first = self.share_pages.iter().position(|other| other.id == page.id);
            self.tokens.contains_key(id) && first == Some(*place) && !self.has_expired(*place)
        });
        ids.map(|(_, page)| Audience::SharePage {
            id: page.id.as_deref().map(str::trim).unwrap_or_default().to_owned(),
            show_status: page.show_status.clone(),
        })
        .collect()
    }

    /// Tells whether the last day of a share page, by its place, has passed.
    pub fn has_expired(&self, place: usize) -> bool {
        let expires = self.share_pages.get(place).and_then(|page| page.expires);
        expires.is_some_and(|date| date.last_day() < self.today)
    }

    /// Returns the share page with an id as its reader sees it; `None` for one without a token.
    pub(super) fn share(&self, id: &str) -> Option<Share> {
        let token = self.tokens.get(id)?.clone();
        let is_it = |page: &crate::record::SharePage| page.id.as_deref().is_some_and(|own| own.trim() == id);
        let place = self.share_pages.iter().position(is_it)?;
        let page = &self.share_pages[place];
        let words = |text: &Option<crate::record::Text>| {
            text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
        };
        let cv = page.cv.as_deref().map(str::trim);
        let cv = self.cvs.iter().find(|variant| cv.is_some() && variant.id.as_deref().map(str::trim) == cv);
        let named = page.referees.iter().map(|id| id.trim());
        let referees = named.filter_map(|id| self.people.iter().find(|person| person.id == id)).map(|person| Referee {
            name: person.full_name.clone().unwrap_or_else(|| person.name.clone()),
            role: person.role.clone(),
            organization: person.organization.clone(),
            url: person.url.clone(),
            orcid: person.orcid.clone(),
        });
        Some(Share {
            id: id.to_owned(),
            token,
            place,
            title: words(&page.title),
            to: words(&page.to),
            note: words(&page.note),
            referees: referees.collect(),
            cv: cv.cloned(),
            expires: page.expires,
            public: BTreeSet::new(),
        })
    }
}
