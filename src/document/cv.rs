//! The whole curriculum vitae as a document.

use super::{Document, Entry, Section};
use crate::cite::{CitationText, Part, Run, RunStyle};
use crate::exchange::title::{Piece, pieces};
use crate::portfolio::{PersonName, Presentation, PublicPortfolio, Shared};
use crate::record::PartialDate;
use crate::record::vocabulary::{PublicationType, TrainingKind};

/// Returns the CV: training, awards, grants, publications by type, presentations, teaching, service, media.
///
/// `works` are the references of the publications, in their order, each with the index of the owner among the authors.
pub fn document(portfolio: &PublicPortfolio, works: &[CitationText]) -> Document {
    let owner = &portfolio.owner;
    let name = match &owner.credentials {
        Some(credentials) => format!("{}, {credentials}", owner.display_name),
        None => owner.display_name.clone(),
    };
    let programme = &owner.programme;
    let position = [owner.headline.clone().or(programme.specialty.clone()), programme.institution.clone()];
    let position = position.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let orcid = owner.ids.orcid.as_ref().map(|orcid| format!("https://orcid.org/{orcid}"));
    let contact = [owner.location.clone(), owner.email.clone(), portfolio.settings.base_url.clone(), orcid];
    let contact = contact.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let lines = [position, contact].into_iter().filter(|line| !line.is_empty()).map(|line| vec![plain(line)]).collect();
    let mut sections = Vec::new();
    sections.extend(training(portfolio));
    let awards = portfolio
        .awards
        .iter()
        .map(|award| entry(year(award.shared.date), &award.shared, &[award.by.as_deref(), award.for_words.as_deref()]));
    sections.extend(section("Awards and honours", awards.collect()));
    let grants = portfolio.grants.iter().map(|grant| {
        let span = span(grant.start.or(grant.shared.date), grant.end, false);
        entry(
            span,
            &grant.shared,
            &[grant.funder.as_deref(), grant.number.as_deref(), grant.amount.as_deref(), grant.shared.role.as_deref()],
        )
    });
    sections.extend(section("Grants", grants.collect()));
    sections.extend(publications(portfolio, works));
    let talks = portfolio.presentations.iter().map(|talk| presentation(talk));
    sections.extend(section("Presentations", talks.collect()));
    let teaching = portfolio.teaching.iter().map(|teaching| {
        let dates = span(teaching.start.or(teaching.shared.date), teaching.end, false);
        entry(
            dates,
            &teaching.shared,
            &[teaching.audience.as_deref(), teaching.organization.as_deref(), teaching.name.as_deref()],
        )
    });
    sections.extend(section("Teaching", teaching.collect()));
    let service = portfolio.service.iter().map(|service| {
        let dates = span(service.start.or(service.shared.date), service.end, service.start.is_some());
        entry(dates, &service.shared, &[service.shared.role.as_deref(), service.organization.as_deref()])
    });
    sections.extend(section("Service", service.collect()));
    let media =
        portfolio.media.iter().map(|media| entry(year(media.shared.date), &media.shared, &[media.outlet.as_deref()]));
    sections.extend(section("Media", media.collect()));
    if !owner.languages.is_empty() {
        let entry = Entry { runs: vec![plain(owner.languages.join(", "))], ..Entry::default() };
        sections.extend(section("Languages", vec![entry]));
    }
    Document {
        title: name,
        author: owner.display_name.clone(),
        language: portfolio.settings.language.clone(),
        lines,
        sections,
        ..Document::default()
    }
}

fn training(portfolio: &PublicPortfolio) -> Vec<Section> {
    let entry = |training: &crate::portfolio::Training| {
        let single = matches!(training.kind, TrainingKind::Certification | TrainingKind::Licence | TrainingKind::Exam);
        let dates = if single {
            year(training.shared.date.or(training.start))
        } else {
            span(training.start.or(training.shared.date), training.end, training.start.is_some())
        };
        entry(
            dates,
            &training.shared,
            &[training.organization.as_deref(), training.place.as_deref(), training.honors.as_deref()],
        )
    };
    section("Education and training", portfolio.training.iter().map(entry).collect())
}

/// Headings of the types, in the order in which a committee reads them.
const TYPES: [(&str, &[PublicationType]); 6] = [
    ("Journal articles", &[PublicationType::JournalArticle]),
    ("Books and chapters", &[PublicationType::Book, PublicationType::BookChapter]),
    ("Conference papers", &[PublicationType::ConferencePaper]),
    ("Abstracts", &[PublicationType::JournalAbstract]),
    ("Preprints, not peer reviewed", &[PublicationType::Preprint]),
    (
        "Datasets, software, reports and other",
        &[
            PublicationType::Dataset,
            PublicationType::Software,
            PublicationType::Report,
            PublicationType::Thesis,
            PublicationType::Online,
            PublicationType::Other,
        ],
    ),
];

fn publications(portfolio: &PublicPortfolio, works: &[CitationText]) -> Vec<Section> {
    let mut sections = Vec::new();
    for (heading, kinds) in TYPES {
        let own = portfolio.publications.iter().zip(works).filter(|(work, _)| kinds.contains(&work.kind));
        let entries: Vec<Entry> =
            own.map(|(work, text)| Entry { runs: marked(text, work.own_index), ..Entry::default() }).collect();
        if !entries.is_empty() {
            sections.push(Section {
                heading: Some(heading.to_owned()),
                level: 2,
                numbered: true,
                entries,
                ..Section::default()
            });
        }
    }
    if !sections.is_empty() {
        sections.insert(0, Section { heading: Some("Publications".to_owned()), level: 1, ..Section::default() });
    }
    sections
}

/// The owner's name in bold.
pub fn marked(text: &CitationText, owner: Option<usize>) -> Vec<Run> {
    let mark = |run: &Run| match run.part {
        Part::Author(index) if Some(index) == owner => {
            Run { style: RunStyle { bold: true, ..run.style }, ..run.clone() }
        }
        _ => run.clone(),
    };
    text.runs.iter().map(mark).collect()
}

fn presentation(talk: &Presentation) -> Entry {
    let mut runs = Vec::new();
    for (index, author) in talk.authors.iter().enumerate() {
        if index > 0 {
            runs.push(plain(", ".to_owned()));
        }
        let style = RunStyle { bold: talk.own_index == Some(index), ..RunStyle::default() };
        runs.push(Run { text: PersonName::pubmed(&author.name), style, part: Part::Author(index) });
    }
    if !runs.is_empty() {
        runs.push(plain(". ".to_owned()));
    }
    runs.extend(title(&talk.shared.title));
    let kind = talk.kind.as_str().replace('-', " ");
    let details = [Some(kind), Some(talk.showing.meeting.name.clone()), talk.showing.place.clone(), talk.award.clone()];
    let details = details.into_iter().flatten().filter(|detail| !detail.is_empty()).collect::<Vec<_>>().join(", ");
    runs.push(plain(format!(". {details}.")));
    Entry { dates: year(talk.showing.date.or(talk.shared.date)), runs, ..Entry::default() }
}

fn section(heading: &str, entries: Vec<Entry>) -> Vec<Section> {
    if entries.is_empty() {
        return Vec::new();
    }
    vec![Section { heading: Some(heading.to_owned()), level: 1, entries, ..Section::default() }]
}

fn entry(dates: String, shared: &Shared, details: &[Option<&str>]) -> Entry {
    let mut runs = title(&shared.title);
    let details: Vec<&str> = details.iter().copied().flatten().filter(|detail| !detail.is_empty()).collect();
    if !details.is_empty() {
        runs.push(plain(format!(", {}", details.join(", "))));
    }
    Entry { dates, runs, ..Entry::default() }
}

fn plain(text: String) -> Run {
    Run { text, ..Run::default() }
}

/// A title with its four kinds of mark-up.
fn title(text: &str) -> Vec<Run> {
    let mut style = RunStyle::default();
    let mut runs = Vec::new();
    for piece in pieces(text) {
        let mut set = |name: &str, on: bool| match name {
            "i" => style.italic = on,
            "b" => style.bold = on,
            "sup" => style.superscript = on,
            _ => style.subscript = on,
        };
        match piece {
            Piece::Text(text) => runs.push(Run { text: text.to_owned(), style, part: Part::Title }),
            Piece::Open(name) => set(name, true),
            Piece::Close(name) => set(name, false),
        }
    }
    runs
}

fn year(date: Option<PartialDate>) -> String {
    date.map(|date| date.year.to_string()).unwrap_or_default()
}

/// `2020–2024`, `2024–` while it goes on.
fn span(start: Option<PartialDate>, end: Option<PartialDate>, goes_on: bool) -> String {
    match (start, end) {
        (Some(start), Some(end)) if start.year != end.year => format!("{}–{}", start.year, end.year),
        (Some(start), None) if goes_on => format!("{}–", start.year),
        (start, end) => year(start.or(end)),
    }
}
