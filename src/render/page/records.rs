//! Awards, grants, service, teaching, training, media and public projects: dated lists.

use super::{Material, frame, text};
use crate::diagnostic::Diagnostics;
use crate::document::facts::{self, Facts};
use crate::portfolio::Shared;
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
    let facts = facts::records(&material.words, portfolio, kind);
    let under = |list: &str, value: &str| material.words.term(list, value).to_owned();
    let no_heading = || std::iter::repeat_with(String::new);
    let (headings, shared): (Vec<String>, Vec<&Shared>) = match kind {
        Kind::Awards => no_heading().zip(portfolio.awards.iter().map(|record| &record.shared)).collect(),
        Kind::Grants => no_heading().zip(portfolio.grants.iter().map(|record| &record.shared)).collect(),
        Kind::Media => no_heading().zip(portfolio.media.iter().map(|record| &record.shared)).collect(),
        Kind::Projects => no_heading().zip(portfolio.projects.iter().map(|record| &record.shared)).collect(),
        Kind::Service => {
            portfolio.service.iter().map(|one| (under("service_kind", one.kind.as_str()), &one.shared)).unzip()
        }
        Kind::Teaching => {
            portfolio.teaching.iter().map(|one| (under("teaching_kind", one.kind.as_str()), &one.shared)).unzip()
        }
        Kind::Training => {
            portfolio.training.iter().map(|one| (under("training_kind", one.kind.as_str()), &one.shared)).unzip()
        }
        _ => Default::default(),
    };
    let views = shared.into_iter().zip(facts).map(|(shared, facts)| entry(material, shared, facts));
    let mut views: Vec<EntryView> = views.collect();
    if kind == Kind::Media {
        for (view, media) in views.iter_mut().zip(&portfolio.media) {
            if let Some(link) = &mut view.link {
                material.words.get(verb(media.kind)).clone_into(&mut link.word);
            }
        }
    }
    headings.into_iter().zip(views).collect()
}

/// What one does with a piece in the media.
fn verb(kind: MediaKind) -> &'static str {
    match kind {
        MediaKind::Podcast => "records.listen",
        MediaKind::Video => "records.watch",
        _ => "records.read",
    }
}

/// Returns a record as templates see it.
fn entry(material: &Material<'_>, shared: &Shared, facts: Facts) -> EntryView {
    let link = shared.url.as_ref().map(|url| LinkView {
        word: material.words.get("records.open").to_owned(),
        href: url.clone(),
        about: material.words.fill("of", &[("title", &crate::exchange::title::plain(&shared.title))]),
    });
    let about = facts.about.as_deref().and_then(|id| {
        Some(LinkView { word: material.record_title(id)?, href: material.record_address(id)?, about: String::new() })
    });
    EntryView {
        id: Some(shared.id.clone()),
        summary: shared.summary.clone(),
        link,
        about,
        threads: material.threads_of(&shared.threads),
        ..of_facts(facts)
    }
}

/// Returns what is said of a record, without what only its own list shows.
pub fn of_facts(facts: Facts) -> EntryView {
    EntryView {
        dates: facts.dates,
        title: html::title(&facts.title),
        place: facts.place,
        details: facts.details,
        ..EntryView::default()
    }
}
