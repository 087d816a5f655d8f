//! Scholarly Work: five types.

use super::{Application, FORM, Unplaced};
use crate::exchange::title::plain;
use crate::portfolio::{AuthorPosition, Contributor, PersonName, Portfolio, Presentation, Publication, Showing};
use crate::record::PartialDate;
use crate::record::vocabulary::{PresentationStatus, PresentationType, PublicationStatus, PublicationType};

/// One work, field by field; an empty field has nothing to paste.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Work {
    /// The type as the form has it.
    pub kind: &'static str,
    pub title: String,
    /// The journal, book, or meeting.
    pub publication: String,
    /// `Smith AB, Cline J`.
    pub authors: String,
    pub first_author: bool,
    pub status: &'static str,
    /// Month and year.
    pub date: String,
    pub volume: String,
    pub issue: String,
    pub pages: String,
    pub pmid: String,
    pub doi: String,
    pub url: String,
    pub place: String,
    pub most_meaningful: bool,
    /// Title of the project that several works belong to.
    pub collection: String,
    /// Where and when one work was shown, if more than once.
    pub events: Vec<String>,
}

/// The types in the order of the form.
const TYPES: [&str; 5] = [
    "Journal Articles (peer reviewed)",
    "Journal Abstracts (peer reviewed)",
    "Book Chapter (peer reviewed)",
    "Oral Presentation",
    "Poster Presentation",
];

pub(super) fn place(portfolio: &Portfolio, application: &mut Application) {
    for publication in &portfolio.publications {
        match of_publication(portfolio, publication) {
            Ok(work) => application.works.push(work),
            Err(reason) => application.unplaced.push(Unplaced { title: plain(&publication.shared.title), reason }),
        }
    }
    for talk in &portfolio.presentations {
        match of_talk(portfolio, talk) {
            Ok(work) => application.works.push(work),
            Err(reason) => application.unplaced.push(Unplaced { title: plain(&talk.shared.title), reason }),
        }
    }
    application.works.sort_by_key(|work| TYPES.iter().position(|kind| *kind == work.kind));
    // The form takes three stars; a fourth is only told.
    let mut stars = 0;
    for work in &mut application.works {
        stars += usize::from(work.most_meaningful);
        work.most_meaningful &= stars <= FORM.meaningful;
    }
}

fn of_publication(portfolio: &Portfolio, publication: &Publication) -> Result<Work, String> {
    let kind = match publication.kind {
        PublicationType::JournalArticle => TYPES[0],
        PublicationType::JournalAbstract | PublicationType::ConferencePaper => TYPES[1],
        PublicationType::BookChapter => TYPES[2],
        other => return Err(format!("ERAS {} has no type for a {}", FORM.season, other.as_str().replace('-', " "))),
    };
    let status = status(publication)?;
    if !publication.peer_reviewed {
        return Err("not peer reviewed; if it was, write `peer_reviewed: true`".to_owned());
    }
    let venue = &publication.venue;
    let container = venue.journal.as_ref().or(venue.book_title.as_ref()).or(publication.target_journal.as_ref());
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let ids = &publication.identifiers;
    let doi = ids.doi.as_ref().map(|doi| format!("https://doi.org/{doi}"));
    Ok(Work {
        kind,
        title: plain(&publication.shared.title),
        publication: container.cloned().unwrap_or_default(),
        authors: authors(&publication.authors),
        first_author: matches!(
            publication.position,
            AuthorPosition::First | AuthorPosition::CoFirst | AuthorPosition::Sole
        ),
        status,
        date: publication.sort_date().map(month).unwrap_or_default(),
        volume: text(&venue.volume),
        issue: text(&venue.issue),
        pages: text(&venue.pages),
        pmid: text(&ids.pmid),
        doi: text(&ids.doi),
        url: publication.shared.url.clone().or(doi).unwrap_or_default(),
        place: String::new(),
        most_meaningful: publication.shared.featured.is_some(),
        collection: collection(portfolio, publication.shared.project.as_deref()),
        events: Vec::new(),
    })
}

/// A revision is provisionally accepted only with the journal's letter.
fn status(publication: &Publication) -> Result<&'static str, String> {
    use PublicationStatus as Status;
    match publication.status {
        Status::Submitted | Status::UnderReview => Ok("Submitted"),
        Status::Revision if publication.shared.private.evidence.is_empty() => Ok("Submitted"),
        Status::Revision => Ok("Provisionally Accepted"),
        Status::Accepted => Ok("Accepted"),
        Status::InPress => Ok("In Press"),
        Status::Epub | Status::Published => Ok("Published"),
        Status::InPreparation => Err("not submitted yet".to_owned()),
        Status::Withdrawn => Err("withdrawn".to_owned()),
        Status::Retracted => Err("retracted".to_owned()),
    }
}

fn of_talk(portfolio: &Portfolio, talk: &Presentation) -> Result<Work, String> {
    use PresentationType as Type;
    let kind = match talk.kind {
        Type::Oral
        | Type::InvitedTalk
        | Type::Keynote
        | Type::GrandRounds
        | Type::Panel
        | Type::Workshop
        | Type::Lecture => TYPES[3],
        Type::Poster | Type::EPoster | Type::EducationExhibit => TYPES[4],
        Type::CaseConference => return Err(format!("ERAS {} has no type for a case conference", FORM.season)),
    };
    match talk.status {
        PresentationStatus::Submitted => return Err("not accepted yet".to_owned()),
        PresentationStatus::Withdrawn => return Err("withdrawn".to_owned()),
        PresentationStatus::Accepted | PresentationStatus::Presented => {}
    }
    let status = if talk.status == PresentationStatus::Accepted { "Accepted" } else { "Presented" };
    let events = if talk.events.len() > 1 { talk.events.iter().map(event).collect() } else { Vec::new() };
    Ok(Work {
        kind,
        title: plain(&talk.shared.title),
        publication: talk.showing.meeting.name.clone(),
        authors: authors(&talk.authors),
        first_author: talk.own_index == Some(0),
        status,
        date: talk.showing.date.or(talk.shared.date).map(month).unwrap_or_default(),
        url: talk.shared.url.clone().unwrap_or_default(),
        place: talk.showing.place.clone().unwrap_or_default(),
        doi: talk.doi.clone().unwrap_or_default(),
        most_meaningful: talk.shared.featured.is_some(),
        collection: collection(portfolio, talk.shared.project.as_deref()),
        events,
        ..Work::default()
    })
}

fn event(showing: &Showing) -> String {
    let parts = [Some(showing.meeting.name.clone()), showing.place.clone(), showing.date.map(month)];
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

fn authors(people: &[Contributor]) -> String {
    people.iter().map(|person| &person.name).map(PersonName::pubmed).collect::<Vec<_>>().join(", ")
}

fn collection(portfolio: &Portfolio, project: Option<&str>) -> String {
    let found = portfolio.projects.iter().find(|other| Some(other.shared.id.as_str()) == project);
    found.map(|project| plain(&project.shared.title)).unwrap_or_default()
}

/// `03/2025`, or the year.
pub(super) fn month(date: PartialDate) -> String {
    date.month.map_or_else(|| date.year.to_string(), |month| format!("{month:02}/{}", date.year))
}
