//! What a CV says of a record, in the site's language: the same on a page, on paper and in a word processor's file.

use crate::portfolio::{
    Award, Grant, Media, Owner, Presentation, Project, PublicPortfolio, Publication, Service, Shared, Showing,
    Teaching, Training,
};
use crate::record::PartialDate;
use crate::record::vocabulary::{Kind, PublicationStatus, PublicationType};
use crate::words::Words;

/// What is said of a record in a dated list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    /// Year or span.
    pub dates: String,
    /// What; may hold `<i> <b> <sup> <sub>`.
    pub title: String,
    /// Where: organization, place.
    pub place: Option<String>,
    /// Details, each a few words.
    pub details: Vec<String>,
    /// The id of the record that it is about.
    pub about: Option<String>,
}

/// What is said of a talk.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TalkFacts {
    /// When.
    pub date: Option<PartialDate>,
    /// The meeting's short name, or its words.
    pub meeting: String,
    /// The meeting's name in full, where it is another.
    pub meeting_full: Option<String>,
    /// Oral, Poster …
    pub kind: String,
    /// City, format, number, minutes, audience.
    pub details: Vec<String>,
    /// A prize.
    pub award: Option<String>,
    /// Whether it is still to come.
    pub coming: bool,
}

/// A correction or retraction of a work, in words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Notice {
    /// The words.
    pub text: String,
    /// The notice's own DOI.
    pub doi: Option<String>,
}

/// Returns what is said of the records of a kind, in the portfolio's order; nothing for publications and talks.
pub fn records(words: &Words, portfolio: &PublicPortfolio, kind: Kind) -> Vec<Facts> {
    match kind {
        Kind::Awards => portfolio.awards.iter().map(|record| award(words, record)).collect(),
        Kind::Grants => portfolio.grants.iter().map(|record| grant(words, record)).collect(),
        Kind::Service => portfolio.service.iter().map(|record| service(words, record)).collect(),
        Kind::Teaching => portfolio.teaching.iter().map(|record| teaching(words, record)).collect(),
        Kind::Training => portfolio.training.iter().map(|record| training(words, record)).collect(),
        Kind::Media => portfolio.media.iter().map(|record| media(words, record)).collect(),
        Kind::Projects => portfolio.projects.iter().map(|record| project(words, record)).collect(),
        _ => Vec::new(),
    }
}

/// Level on both scales, then hospital.
pub fn position(words: &Words, owner: &Owner) -> Vec<String> {
    let programme = &owner.programme;
    let level = programme.level.map(|level| {
        if programme.pgy_offset == 0 {
            format!("PGY\u{2011}{}", level.pgy)
        } else {
            format!("R{} (PGY\u{2011}{})", level.residency, level.pgy)
        }
    });
    let resident = programme.specialty.as_deref().map(|specialty| words.fill("resident", &[("specialty", specialty)]));
    let comma = words.get("list.comma");
    let role = [resident, level].into_iter().flatten().collect::<Vec<_>>().join(comma);
    [Some(role), programme.institution.clone()].into_iter().flatten().filter(|line| !line.is_empty()).collect()
}

/// What the owner applies for, which stands above what has been done.
pub fn fellowship(words: &Words, owner: &Owner) -> Option<Facts> {
    let name = owner.programme.target_fellowship.as_deref()?;
    let start = owner.programme.fellowship_start?;
    let month = PartialDate { day: None, ..start };
    Some(Facts {
        dates: format!("{}–", start.year),
        title: words.fill("cv.fellowship", &[("name", name)]),
        details: vec![words.fill("cv.applying", &[("date", &words.date(month))])],
        ..Facts::default()
    })
}

/// Returns the label of a work that is not simply published, and whether it is an alarm.
pub fn status<'w>(words: &'w Words, work: &Publication) -> Option<(&'w str, bool)> {
    let alarm = work.status == PublicationStatus::Retracted;
    let text = match (work.status, work.kind) {
        (PublicationStatus::Published, PublicationType::Preprint) => words.get("preprint_label"),
        (PublicationStatus::Published, _) => return None,
        (status, _) => words.term("publication_status", status.as_str()),
    };
    Some((text, alarm))
}

/// Returns what is said of a correction or retraction.
pub fn notice(words: &Words, work: &Publication) -> Option<Notice> {
    let correction = work.correction.as_ref();
    let date = correction.and_then(|notice| notice.date).map(|date| words.date(date));
    let text = if work.status == PublicationStatus::Retracted {
        match date {
            Some(date) => words.fill("publication.retracted_on", &[("date", &date)]),
            None => words.get("publication.retracted").to_owned(),
        }
    } else {
        let kind = words.term("correction", correction?.kind.map_or("correction", |kind| kind.as_str()));
        match date {
            Some(date) => words.fill("publication.corrected", &[("kind", kind), ("date", &date)]),
            None => words.fill("publication.corrected_undated", &[("kind", kind)]),
        }
    };
    Some(Notice { text, doi: correction.and_then(|notice| notice.doi.as_deref().map(str::to_owned)) })
}

/// Returns what is said of a talk on one occasion.
pub fn talk(words: &Words, portfolio: &PublicPortfolio, talk: &Presentation, showing: &Showing) -> TalkFacts {
    let date = showing.date.or(talk.shared.date);
    let meeting = &showing.meeting;
    let (short, full) = match &meeting.acronym {
        Some(acronym) => {
            (acronym.clone(), Some(meeting.name.clone()).filter(|name| name != acronym && !name.is_empty()))
        }
        None => (meeting.name.clone(), None),
    };
    TalkFacts {
        date,
        meeting: short,
        meeting_full: full,
        kind: words.term("presentation_type", talk.kind.as_str()).to_owned(),
        details: talk_details(words, talk, showing),
        award: talk.award.clone().or_else(|| awards_of(portfolio, &talk.shared.id)),
        coming: date.is_some_and(|date| date.first_day() > portfolio.today),
    }
}

/// Returns all occasions of a talk, the newest first.
pub fn showings(talk: &Presentation) -> Vec<&Showing> {
    if talk.events.is_empty() {
        return vec![&talk.showing];
    }
    let mut list: Vec<&Showing> = talk.events.iter().collect();
    list.sort_by_key(|showing| std::cmp::Reverse(showing.date));
    list
}

/// Returns the awards that a record won, by name.
pub fn awards_of(portfolio: &PublicPortfolio, id: &str) -> Option<String> {
    let won = portfolio.awards.iter().filter(|award| award.for_record.as_deref() == Some(id));
    let won: Vec<String> = won.map(|award| crate::exchange::title::plain(&award.shared.title)).collect();
    (!won.is_empty()).then(|| won.join("; "))
}

fn talk_details(words: &Words, talk: &Presentation, showing: &Showing) -> Vec<String> {
    let of = |path: &str, name: Option<&String>| name.map(|name| words.fill(path, &[("name", name)]));
    let presenter = talk.presenter.as_ref().filter(|_| talk.own_index.is_none_or(|own| !presents(talk, own)));
    [
        showing.place.clone(),
        talk.format
            .filter(|format| format.as_str() != "in-person")
            .map(|format| words.term("presentation_format", format.as_str()).to_owned()),
        of("presentations.number", talk.number.as_ref()),
        talk.minutes.map(|minutes| words.count("presentations.minutes", number(minutes))),
        of("presentations.for_audience", talk.audience.as_ref()),
        of("presentations.presented_by", presenter),
        talk.shared.role.clone(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Tells whether the presenter named is the owner.
fn presents(talk: &Presentation, own: usize) -> bool {
    let own = &talk.authors[own].name;
    talk.presenter.as_deref().is_some_and(|presenter| presenter == own.pubmed() || presenter == own.full())
}

fn when(words: &Words, date: Option<PartialDate>) -> String {
    date.map_or_else(|| words.get("records.undated").to_owned(), |date| date.year.to_string())
}

/// Writes a span of years; an end that has not come is left open.
fn span(words: &Words, start: Option<PartialDate>, end: Option<PartialDate>, date: Option<PartialDate>) -> String {
    match (start, end) {
        (Some(start), Some(end)) if start.year == end.year => start.year.to_string(),
        (Some(start), Some(end)) => format!("{}–{}", start.year, end.year),
        (Some(start), None) => format!("{}–", start.year),
        (None, end) => when(words, end.or(date)),
    }
}

fn place(parts: [Option<&String>; 2], comma: &str) -> Option<String> {
    let parts: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
    (!parts.is_empty()).then(|| parts.join(comma))
}

fn number(n: u32) -> usize {
    usize::try_from(n).unwrap_or(usize::MAX)
}

fn award(words: &Words, award: &Award) -> Facts {
    let named = |path: &str, name: &String| words.fill(path, &[("name", name)]);
    Facts {
        place: award.by.clone(),
        details: [
            award.scope.map(|scope| words.term("scope", scope.as_str()).to_owned()),
            award.for_words.as_ref().map(|name| named("records.for", name)),
            award.selection.as_ref().map(|name| named("records.selection", name)),
            award.amount.clone(),
        ]
        .into_iter()
        .flatten()
        .collect(),
        about: award.for_record.clone(),
        ..entry(&award.shared, when(words, award.shared.date))
    }
}

fn grant(words: &Words, grant: &Grant) -> Facts {
    let named = |path: &str, name: &String| words.fill(path, &[("name", name)]);
    Facts {
        place: place([grant.program.as_ref(), grant.funder.as_ref()], words.get("list.comma")),
        details: [
            grant.shared.role.clone(),
            grant.mentor.as_ref().map(|name| named("records.mentor", name)),
            grant.amount.clone(),
            grant.number.as_ref().map(|name| named("records.number", name)),
            Some(words.term("grant_status", grant.status.as_str()).to_owned()),
        ]
        .into_iter()
        .flatten()
        .collect(),
        ..entry(&grant.shared, span(words, grant.start, grant.end, grant.shared.date))
    }
}

fn service(words: &Words, service: &Service) -> Facts {
    let years: Vec<String> = service
        .years
        .iter()
        .map(|(year, n)| words.fill("records.per_year", &[("year", &year.to_string()), ("n", &n.to_string())]))
        .collect();
    let count = service.count.map(|n| words.count("records.items", number(n)));
    let count = match (count, years.len()) {
        (Some(count), n) if n > 1 => Some(format!("{count}: {}", years.join(words.get("list.comma")))),
        (None, n) if n > 0 => Some(years.join(words.get("list.comma"))),
        (count, _) => count,
    };
    let title = crate::exchange::title::plain(&service.shared.title);
    Facts {
        place: service.organization.clone(),
        details: [
            service.shared.role.clone().filter(|role| *role != title),
            service.scope.map(|scope| words.term("scope", scope.as_str()).to_owned()),
            count,
            service.frequency.clone(),
            service.setting.clone(),
        ]
        .into_iter()
        .flatten()
        .collect(),
        ..entry(&service.shared, span(words, service.start, service.end, service.shared.date))
    }
}

fn teaching(words: &Words, teaching: &Teaching) -> Facts {
    let hours = teaching.hours.map(|hours| {
        let shown = hours.to_string();
        // A count of hours has a plural; half an hour takes the general one.
        match shown.parse() {
            Ok(whole) => words.count("records.hours", whole),
            Err(_) => words.count("records.hours", 2).replace('2', &shown),
        }
    });
    let times = teaching.times.map(|n| match teaching.kind {
        crate::record::vocabulary::TeachingKind::Assessment => words.count("records.items", number(n)),
        _ => words.count("records.times", number(n)),
    });
    Facts {
        place: place([teaching.organization.as_ref(), teaching.audience.as_ref()], words.get("list.comma")),
        details: [
            teaching.name.clone(),
            teaching.level.clone(),
            teaching.shared.role.clone(),
            times,
            hours,
            teaching.evaluation.as_ref().map(|name| words.fill("records.evaluation", &[("name", name)])),
            teaching.outcome.clone(),
            teaching.frequency.clone(),
            teaching.setting.clone(),
        ]
        .into_iter()
        .flatten()
        .collect(),
        ..entry(&teaching.shared, span(words, teaching.start, teaching.end, teaching.shared.date))
    }
}

fn training(words: &Words, training: &Training) -> Facts {
    let named = |path: &str, name: &String| words.fill(path, &[("name", name)]);
    Facts {
        place: place([training.organization.as_ref(), training.place.as_ref()], words.get("list.comma")),
        details: [
            training.honors.clone(),
            training.supervisor.as_ref().map(|name| named("records.supervisor", name)),
            training.thesis.as_ref().map(|name| named("records.thesis", name)),
            training.expires.map(|date| words.fill("records.expires", &[("date", &words.date(date))])),
            training.frequency.clone(),
            training.setting.clone(),
        ]
        .into_iter()
        .flatten()
        .collect(),
        ..entry(&training.shared, span(words, training.start, training.end, training.shared.date))
    }
}

fn media(words: &Words, media: &Media) -> Facts {
    Facts {
        place: media.outlet.clone(),
        details: [
            Some(words.term("media_kind", media.kind.as_str()).to_owned()),
            media.author.as_ref().map(|name| words.fill("records.by_author", &[("name", name)])),
        ]
        .into_iter()
        .flatten()
        .collect(),
        ..entry(&media.shared, when(words, media.shared.date))
    }
}

fn project(words: &Words, project: &Project) -> Facts {
    let stage = words.term("project_stage", project.stage.as_str()).to_owned();
    Facts { details: vec![stage], ..entry(&project.shared, String::new()) }
}

/// The fields that all records have.
fn entry(shared: &Shared, dates: String) -> Facts {
    Facts { dates, title: shared.title.clone(), ..Facts::default() }
}
