//! Awards, grants, service, teaching, training, media and public projects: dated lists.

use super::{Material, frame, text};
use crate::diagnostic::Diagnostics;
use crate::portfolio::{Award, Grant, Media, Project, Service, Shared, Teaching, Training};
use crate::record::PartialDate;
use crate::record::vocabulary::{Kind, MediaKind};
use crate::render::html;
use crate::render::links::kind_path;
use crate::render::view::{EntryGroup, EntryView, LinkView, RecordsView};

/// Returns the view of the list of a kind.
pub fn view(diagnostics: &mut Diagnostics, material: &Material<'_>, kind: Kind) -> RecordsView {
    let words = &material.words;
    let path = kind_path(kind);
    let page = material.page(kind.as_str());
    let title = page.map_or_else(|| words.get(&format!("title.{kind}")).to_owned(), |page| page.title.clone());
    let described = words.fill(&format!("describe.{kind}"), &[("name", &material.portfolio.owner.display_name)]);
    let description = page.and_then(|page| page.description.clone()).unwrap_or(described);
    let mut frame = frame(material, &path, &title, Some(&description));
    kind.as_str().clone_into(&mut frame.section);
    frame.styles = vec!["story.css"];
    frame.class = "list";
    let text = text::above(diagnostics, material, kind.as_str(), &path);
    let text_only = text::holds_listing(&text, kind);
    let groups = if text_only { Vec::new() } else { groups(material, kind) };
    RecordsView { page: frame, kind: kind.as_str().to_owned(), title, text, text_only, groups }
}

fn groups(material: &Material<'_>, kind: Kind) -> Vec<EntryGroup> {
    let mut groups: Vec<EntryGroup> = Vec::new();
    for (heading, entry) in entries(material, kind) {
        match groups.iter_mut().find(|group| group.heading == heading) {
            Some(group) => group.entries.push(entry),
            None => groups.push(EntryGroup { heading, entries: vec![entry] }),
        }
    }
    groups
}

/// Returns the records of a kind in the portfolio's order, each with the heading of its group.
pub fn entries(material: &Material<'_>, kind: Kind) -> Vec<(String, EntryView)> {
    let portfolio = material.portfolio;
    let words = &material.words;
    let under = |list: &str, value: &str| words.term(list, value).to_owned();
    match kind {
        Kind::Awards => portfolio.awards.iter().map(|record| (String::new(), award(material, record))).collect(),
        Kind::Grants => portfolio.grants.iter().map(|record| (String::new(), grant(material, record))).collect(),
        Kind::Service => portfolio
            .service
            .iter()
            .map(|record| (under("service_kind", record.kind.as_str()), service(material, record)))
            .collect(),
        Kind::Teaching => portfolio
            .teaching
            .iter()
            .map(|record| (under("teaching_kind", record.kind.as_str()), teaching(material, record)))
            .collect(),
        Kind::Training => portfolio
            .training
            .iter()
            .map(|record| (under("training_kind", record.kind.as_str()), training(material, record)))
            .collect(),
        Kind::Media => portfolio.media.iter().map(|record| (String::new(), media(material, record))).collect(),
        Kind::Projects => portfolio.projects.iter().map(|record| (String::new(), project(material, record))).collect(),
        _ => Vec::new(),
    }
}

/// The fields that all entries have.
fn entry(material: &Material<'_>, shared: &Shared, dates: String) -> EntryView {
    let link = shared.url.as_ref().map(|url| LinkView {
        word: material.words.get("records.open").to_owned(),
        href: url.clone(),
        about: material.words.fill("of", &[("title", &crate::exchange::title::plain(&shared.title))]),
    });
    EntryView {
        id: Some(shared.id.clone()),
        dates,
        title: html::title(&shared.title),
        summary: shared.summary.clone(),
        link,
        threads: material.threads_of(&shared.threads),
        ..EntryView::default()
    }
}

fn when(material: &Material<'_>, date: Option<PartialDate>) -> String {
    date.map_or_else(|| material.words.get("records.undated").to_owned(), |date| date.year.to_string())
}

/// Writes a span of years; an end that has not come is left open.
fn span(
    material: &Material<'_>,
    start: Option<PartialDate>,
    end: Option<PartialDate>,
    date: Option<PartialDate>,
) -> String {
    match (start, end) {
        (Some(start), Some(end)) if start.year == end.year => start.year.to_string(),
        (Some(start), Some(end)) => format!("{}–{}", start.year, end.year),
        (Some(start), None) => format!("{}–", start.year),
        (None, end) => when(material, end.or(date)),
    }
}

fn place(parts: [Option<&String>; 2], comma: &str) -> Option<String> {
    let parts: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
    (!parts.is_empty()).then(|| parts.join(comma))
}

fn number(n: u32) -> usize {
    usize::try_from(n).unwrap_or(usize::MAX)
}

fn award(material: &Material<'_>, award: &Award) -> EntryView {
    let words = &material.words;
    let named = |path: &str, name: &String| words.fill(path, &[("name", name)]);
    let about = award.for_record.as_deref().and_then(|id| {
        Some(LinkView { word: material.record_title(id)?, href: material.record_address(id)?, about: String::new() })
    });
    EntryView {
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
        about,
        ..entry(material, &award.shared, when(material, award.shared.date))
    }
}

fn grant(material: &Material<'_>, grant: &Grant) -> EntryView {
    let words = &material.words;
    let named = |path: &str, name: &String| words.fill(path, &[("name", name)]);
    EntryView {
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
        ..entry(material, &grant.shared, span(material, grant.start, grant.end, grant.shared.date))
    }
}

fn service(material: &Material<'_>, service: &Service) -> EntryView {
    let words = &material.words;
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
    EntryView {
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
        ..entry(material, &service.shared, span(material, service.start, service.end, service.shared.date))
    }
}

fn teaching(material: &Material<'_>, teaching: &Teaching) -> EntryView {
    let words = &material.words;
    let hours = teaching.hours.map(|hours| {
        // A count of hours has a plural; half an hour takes the general one.
        let whole = hours.fract() == 0.0 && (0.0..1e9).contains(&hours);
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a whole number in range")]
        let plural = if whole { hours as usize } else { 2 };
        let line = words.count("records.hours", plural);
        if whole { line } else { line.replace('2', &hours.to_string()) }
    });
    let times = teaching.times.map(|n| match teaching.kind {
        crate::record::vocabulary::TeachingKind::Assessment => words.count("records.items", number(n)),
        _ => words.count("records.times", number(n)),
    });
    EntryView {
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
        ..entry(material, &teaching.shared, span(material, teaching.start, teaching.end, teaching.shared.date))
    }
}

fn training(material: &Material<'_>, training: &Training) -> EntryView {
    let words = &material.words;
    let named = |path: &str, name: &String| words.fill(path, &[("name", name)]);
    EntryView {
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
        ..entry(material, &training.shared, span(material, training.start, training.end, training.shared.date))
    }
}

fn media(material: &Material<'_>, media: &Media) -> EntryView {
    let words = &material.words;
    let verb = match media.kind {
        MediaKind::Podcast => "records.listen",
        MediaKind::Video => "records.watch",
        _ => "records.read",
    };
    let mut view = entry(material, &media.shared, when(material, media.shared.date));
    if let Some(link) = &mut view.link {
        words.get(verb).clone_into(&mut link.word);
    }
    EntryView {
        place: media.outlet.clone(),
        details: [
            Some(words.term("media_kind", media.kind.as_str()).to_owned()),
            media.author.as_ref().map(|name| words.fill("records.by_author", &[("name", name)])),
        ]
        .into_iter()
        .flatten()
        .collect(),
        ..view
    }
}

fn project(material: &Material<'_>, project: &Project) -> EntryView {
    let stage = material.words.term("project_stage", project.stage.as_str()).to_owned();
    EntryView { details: vec![stage], ..entry(material, &project.shared, String::new()) }
}
