//! The whole curriculum vitae as a document, or the variant of it that was asked for.

mod plan;
mod print;
mod works;

use std::borrow::Borrow;

use super::facts::{self, Facts};
use super::{Document, Entry, Section};
use crate::cite::{CitationText, Part, Run, RunStyle};
use crate::exchange::title::{Piece, pieces};
use crate::portfolio::select::places;
use crate::portfolio::{Presentation, PublicPortfolio, Referee, Shared};
use crate::record::PartialDate;
use crate::record::vocabulary::{CvPart, Kind, TrainingKind};
use crate::words::{Words, curly};

pub use plan::{Cap, Plan};
pub use print::{Printed, file_name, print, shortened};

/// What a CV is made from.
#[derive(Debug)]
pub struct Material<'a, T> {
    /// What the audience may see.
    pub portfolio: &'a PublicPortfolio,
    /// One reference for each of its publications, in the same order.
    pub works: &'a [T],
    /// The words of the site's language.
    pub words: &'a Words,
}

/// Returns the CV that a plan asks for, its lists cut where `cap` says so.
pub fn document<T: Borrow<CitationText>>(material: &Material<'_, T>, plan: &Plan, cap: Cap) -> Document {
    let Material { portfolio, words, .. } = material;
    let owner = &portfolio.owner;
    let mut sections = Vec::new();
    for &part in plan.parts() {
        sections.extend(section(material, plan, part, cap));
    }
    sections.extend(letters(material));
    Document {
        title: owner
            .credentials
            .as_ref()
            .map_or_else(|| owner.display_name.clone(), |credentials| format!("{}, {credentials}", owner.display_name)),
        subject: words.fill("describe.cv", &[("name", &owner.display_name)]),
        author: owner.display_name.clone(),
        language: portfolio.settings.language.clone(),
        lines: lines(portfolio, words),
        sections,
    }
}

/// An address as people write it: without the scheme and the last stroke.
fn shown(address: &str) -> &str {
    address.trim_start_matches("https://").trim_start_matches("http://").trim_end_matches('/')
}

/// The name in another script, the position, and how the owner is reached.
fn lines(portfolio: &PublicPortfolio, words: &Words) -> Vec<Vec<Run>> {
    let owner = &portfolio.owner;
    let comma = words.get("list.comma");
    let position = facts::position(words, owner);
    let position = if position.is_empty() { owner.headline.clone().unwrap_or_default() } else { position.join(comma) };
    let base = portfolio.settings.base_url.clone();
    let orcid = owner.ids.orcid.as_ref().map(|orcid| format!("https://orcid.org/{orcid}"));
    let contact = [
        owner.location.clone().map(plain),
        owner.email.clone().map(|email| link(format!("mailto:{email}"), email)),
        base.map(|base| link(base.clone(), shown(&base))),
    ];
    let mut reached: Vec<Run> = Vec::new();
    for run in contact.into_iter().flatten() {
        if !reached.is_empty() {
            reached.push(plain(" · "));
        }
        reached.push(run);
    }
    let orcid = orcid.map(|address| vec![link(address.clone(), address)]);
    let native = owner.name_native.clone().map(|name| vec![plain(name)]);
    [native, Some(vec![plain(position)]), Some(reached), orcid]
        .into_iter()
        .flatten()
        .filter(|line| line.iter().any(|run| !run.text.is_empty()))
        .collect()
}

fn section<T: Borrow<CitationText>>(material: &Material<'_, T>, plan: &Plan, part: CvPart, cap: Cap) -> Vec<Section> {
    let Material { portfolio, words, .. } = material;
    let kind = match part {
        CvPart::Selected => return works::selected(material, plan),
        CvPart::Publications => return works::publications(material, plan, cap),
        CvPart::Languages => {
            let languages = &portfolio.owner.languages;
            let entry = Entry { runs: vec![plain(words.list(languages))], ..Entry::default() };
            let entries = if languages.is_empty() { Vec::new() } else { vec![entry] };
            return one(words.get("cv.languages"), entries);
        }
        CvPart::Training => Kind::Training,
        CvPart::Awards => Kind::Awards,
        CvPart::Grants => Kind::Grants,
        CvPart::Presentations => Kind::Presentations,
        CvPart::Teaching => Kind::Teaching,
        CvPart::Service => Kind::Service,
        CvPart::Media => Kind::Media,
        CvPart::Projects => Kind::Projects,
    };
    let mut chosen = places(kind, portfolio, &plan.select);
    let mut left = 0;
    if kind == Kind::Training {
        // What is left out is what weighs least, whenever it was.
        chosen.sort_by_key(|&at| weight(portfolio.training[at].kind));
        left = cap.cut(part, &mut chosen);
        chosen.sort_unstable();
    }
    let mut entries = if kind == Kind::Presentations {
        let above = plan.selected_talks(portfolio);
        let held = chosen.into_iter().filter(|at| !above.contains(at));
        held.map(|at| presentation(material, &portfolio.presentations[at])).collect::<Vec<_>>()
    } else {
        let facts = facts::records(words, portfolio, kind);
        let shared = shared_of(portfolio, kind);
        chosen.into_iter().map(|at| entry(portfolio, words, &facts[at], Some(shared[at]))).collect()
    };
    if kind == Kind::Training && plan.takes(kind) {
        let sought = facts::fellowship(words, &portfolio.owner);
        entries.splice(0..0, sought.map(|facts| entry(portfolio, words, &facts, None)));
    }
    if kind != Kind::Training {
        left = cap.cut(part, &mut entries);
    }
    if !entries.is_empty() {
        entries.extend(more(material, kind, left));
    }
    let heading = match kind {
        Kind::Presentations => words.get("cv.presentations").to_owned(),
        kind => words.get(&format!("title.{kind}")).to_owned(),
    };
    one(&heading, entries)
}

/// How much a step of training weighs for a reader in a hurry: less is more.
fn weight(kind: TrainingKind) -> u8 {
    match kind {
        TrainingKind::Residency | TrainingKind::Degree => 0,
        TrainingKind::Fellowship | TrainingKind::Internship | TrainingKind::Research | TrainingKind::Employment => 1,
        TrainingKind::Licence | TrainingKind::Exam | TrainingKind::Certification => 2,
        TrainingKind::Course => 3,
    }
}

fn shared_of(portfolio: &PublicPortfolio, kind: Kind) -> Vec<&Shared> {
    match kind {
        Kind::Awards => portfolio.awards.iter().map(|record| &record.shared).collect(),
        Kind::Grants => portfolio.grants.iter().map(|record| &record.shared).collect(),
        Kind::Service => portfolio.service.iter().map(|record| &record.shared).collect(),
        Kind::Teaching => portfolio.teaching.iter().map(|record| &record.shared).collect(),
        Kind::Training => portfolio.training.iter().map(|record| &record.shared).collect(),
        Kind::Media => portfolio.media.iter().map(|record| &record.shared).collect(),
        Kind::Projects => portfolio.projects.iter().map(|record| &record.shared).collect(),
        _ => Vec::new(),
    }
}

fn one(heading: &str, entries: Vec<Entry>) -> Vec<Section> {
    if entries.is_empty() {
        return Vec::new();
    }
    vec![Section { heading: Some(heading.to_owned()), level: 1, entries, ..Section::default() }]
}

/// A line for what a shortened list leaves out, with the page that has all of it.
fn more<T>(material: &Material<'_, T>, kind: Kind, left: usize) -> Option<Entry> {
    if left == 0 {
        return None;
    }
    let mut runs = vec![plain(material.words.count("cv.more", left))];
    if let Some(base) = &material.portfolio.settings.base_url {
        let address = format!("{base}{kind}/");
        runs.extend([plain(": "), link(address.clone(), shown(&address))]);
    }
    Some(Entry { runs, ..Entry::default() })
}

/// A record as its page has it: what, where, details.
fn entry(portfolio: &PublicPortfolio, words: &Words, facts: &Facts, shared: Option<&Shared>) -> Entry {
    let bold = RunStyle { bold: true, ..RunStyle::default() };
    let mut runs = title(&facts.title, bold);
    if let Some(place) = &facts.place {
        runs.push(plain(curly(&format!("{}{place}", words.get("list.comma")))));
    }
    if !facts.details.is_empty() {
        runs.push(plain(curly(&format!("; {}", facts.details.join("; ")))));
    }
    if let Some(about) = facts.about.as_deref().and_then(|id| title_of(portfolio, id)) {
        runs.push(plain(". "));
        runs.extend(title(about, RunStyle { italic: true, ..RunStyle::default() }));
    }
    Entry { dates: facts.dates.clone(), runs, origin: shared.map(|shared| shared.origin.clone()) }
}

fn title_of<'p>(portfolio: &'p PublicPortfolio, id: &str) -> Option<&'p str> {
    let works = portfolio.publications.iter().map(|work| &work.shared);
    let talks = portfolio.presentations.iter().map(|talk| &talk.shared);
    works.chain(talks).find(|shared| shared.id == id).map(|shared| shared.title.as_str())
}

fn presentation<T>(material: &Material<'_, T>, talk: &Presentation) -> Entry {
    let Material { portfolio, words, .. } = material;
    let showing = facts::showings(talk).first().copied().unwrap_or(&talk.showing);
    let facts = facts::talk(words, portfolio, talk, showing);
    let bold = RunStyle { bold: true, ..RunStyle::default() };
    let mut runs = Vec::new();
    if !facts.meeting.is_empty() {
        runs.extend([Run { text: facts.meeting.clone(), style: bold, ..Run::default() }, plain(" ")]);
    }
    runs.extend(title(&talk.shared.title, RunStyle::default()));
    let asks = crate::exchange::title::plain(&talk.shared.title).ends_with(['?', '!', '.']);
    runs.push(plain(if asks { " " } else { ". " }));
    if talk.authors.len() > 1 {
        runs.extend(authors(talk, portfolio.settings.bold_my_name));
        runs.push(plain(". "));
    }
    let details = [facts.kind].into_iter().chain(facts.details).collect::<Vec<_>>().join(words.get("list.comma"));
    let award = facts.award.map(|award| format!("; {award}")).unwrap_or_default();
    let coming = if facts.coming { format!(" ({})", words.get("presentations.coming")) } else { String::new() };
    runs.push(plain(curly(&format!("{details}{award}{coming}"))));
    Entry { dates: day(words, facts.date), runs, origin: Some(talk.shared.origin.clone()) }
}

/// Authors named of a talk before its line is cut.
const MOST_AUTHORS: usize = 8;

fn authors(talk: &Presentation, mark_own: bool) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut cut = false;
    for (index, author) in talk.authors.iter().enumerate() {
        let is_named = index < MOST_AUTHORS || author.is_self || talk.authors.len() <= MOST_AUTHORS + 1;
        if !is_named {
            cut = true;
            continue;
        }
        if !runs.is_empty() {
            runs.push(plain(if std::mem::take(&mut cut) { ", … " } else { ", " }));
        }
        let style = RunStyle { bold: author.is_self && mark_own, ..RunStyle::default() };
        runs.push(Run { text: author.name.pubmed(), style, part: Part::Author(index) });
    }
    if cut {
        runs.push(plain(", …"));
    }
    runs
}

/// The day with its year, as far as it is known: `14 Oct 2026`.
fn day(words: &Words, date: Option<PartialDate>) -> String {
    date.map(|date| match words.day_of_year(date) {
        day if day.is_empty() => date.year.to_string(),
        day => format!("{day} {}", date.year),
    })
    .unwrap_or_default()
}

/// Those who write letters, in a CV for the reader of a share page.
fn letters<T>(material: &Material<'_, T>) -> Vec<Section> {
    let Some(share) = &material.portfolio.share else { return Vec::new() };
    let comma = material.words.get("list.comma");
    let entry = |person: &Referee| {
        let name =
            Run { text: curly(&person.name), style: RunStyle { bold: true, ..RunStyle::default() }, ..Run::default() };
        let rest = [person.role.clone(), person.organization.clone()].into_iter().flatten();
        let mut runs = vec![name];
        runs.extend(rest.map(|part| plain(format!("{comma}{part}"))));
        Entry { runs, ..Entry::default() }
    };
    one(material.words.get("share.letters"), share.referees.iter().map(entry).collect())
}

fn plain(text: impl Into<String>) -> Run {
    Run { text: text.into(), ..Run::default() }
}

fn link(address: String, text: impl Into<String>) -> Run {
    Run { text: text.into(), part: Part::Link(address), ..Run::default() }
}

/// A title with its four kinds of mark-up, within a look.
fn title(text: &str, look: RunStyle) -> Vec<Run> {
    let mut style = look;
    let mut runs = Vec::new();
    for piece in pieces(text) {
        let mut set = |name: &str, on: bool| match name {
            "i" => style.italic = on != look.italic,
            "b" => style.bold = on || look.bold,
            "sup" => style.superscript = on,
            _ => style.subscript = on,
        };
        match piece {
            Piece::Text(text) => runs.push(Run { text: curly(text), style, part: Part::Title }),
            Piece::Open(name) => set(name, true),
            Piece::Close(name) => set(name, false),
        }
    }
    runs
}
