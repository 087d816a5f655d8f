//! The page for one reader.

use super::{Material, cv, date_view, frame, home, records, rooted, talks, text};
use crate::diagnostic::Diagnostics;
use crate::portfolio::{Publication, Share};
use crate::record::vocabulary::{Kind, PublicationType};
use crate::render::extra::is_released;
use crate::render::html;
use crate::render::links::{kind_path, share_cv_path, share_path};
use crate::render::markdown::Text;
use crate::render::view::{BlockView, CvSection, LinkView, RefereeView, ShareView};

/// Works shown when the owner has selected none.
const NEWEST: usize = 5;

/// Returns the view of the page that the portfolio is made for.
pub fn view(diagnostics: &mut Diagnostics, material: &Material<'_>) -> ShareView {
    let portfolio = material.portfolio;
    let Some(share) = &portfolio.share else { return ShareView::default() };
    let words = &material.words;
    let title = share.title.clone().unwrap_or_else(|| words.get("share.heading").to_owned());
    let description = words.fill("share.describe", &[("name", &portfolio.owner.display_name)]);
    let mut frame = frame(material, &share_path(share), &title, Some(&description));
    (frame.noindex, frame.unlisted) = (true, true);
    frame.class = "share";
    frame.styles = vec!["home.css", "share.css"];
    let link = |word: String, path: &str| LinkView { word: capital(&word), href: rooted(path), about: String::new() };
    let publications = portfolio.publications.iter().filter(|work| share.public.contains(&work.shared.id)).count();
    let talks = portfolio.presentations.iter().filter(|talk| share.public.contains(&talk.shared.id)).count();
    let lists = [
        (publications > 0).then(|| link(words.count("all_publications", publications), &kind_path(Kind::Publications))),
        (talks > 0).then(|| link(words.count("all_talks", talks), &kind_path(Kind::Presentations))),
    ];
    let own_cv = share.cv.as_ref().map(|_| share_cv_path(share));
    ShareView {
        page: frame,
        title,
        to: share.to.as_ref().map(|name| words.fill("share.to", &[("name", name)])),
        intro: cv::intro(material),
        prepared: date_view(material, portfolio.today.into()),
        until: share.expires.map(|date| words.fill("share.until", &[("date", &words.date(date))])),
        cv: own_cv.or_else(|| has_public_cv(share).then(|| "cv/index.html".to_owned())).map(|path| rooted(&path)),
        note: note(diagnostics, material, share),
        selected: selected(material),
        under_way: works(material, |work| !is_finished(work)),
        only_here: only_here(material),
        referees: share.referees.iter().map(referee).collect(),
        lists: lists.into_iter().flatten().collect(),
    }
}

/// The words are made for the middle of a sentence in some languages, and stand alone here.
fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Tells whether the public site has anything for a CV.
fn has_public_cv(share: &Share) -> bool {
    !share.public.is_empty()
}

fn is_finished(work: &Publication) -> bool {
    is_released(work.status) || work.kind == PublicationType::Preprint
}

fn note(diagnostics: &mut Diagnostics, material: &Material<'_>, share: &Share) -> Vec<BlockView> {
    let Some(note) = &share.note else { return Vec::new() };
    let field = format!("share_pages[{}].note", share.place);
    let origin = crate::source::Origin { file: "site.yaml".into(), index: 0 };
    let line = material.sources.span(&origin, &field).map_or(1, |span| span.line);
    let language = &material.portfolio.settings.language;
    let words = Text { body: note, file: "site.yaml", line_offset: line - 1, title: None, language };
    text::views(material, material.blocks(diagnostics, words, &share_path(share)))
}

fn selected(material: &Material<'_>) -> Vec<tera::Value> {
    let chosen = home::selected(material);
    if !chosen.is_empty() {
        return chosen;
    }
    let shown = material.portfolio.publications.iter().enumerate();
    let finished = shown.filter(|(_, work)| is_finished(work) && !material.is_only_here(&work.shared.id));
    finished.take(NEWEST).map(|(at, _)| material.work(at)).collect()
}

fn works(material: &Material<'_>, wanted: impl Fn(&Publication) -> bool) -> Vec<tera::Value> {
    let works = material.portfolio.publications.iter().enumerate();
    works.filter(|(_, work)| wanted(work)).map(|(at, _)| material.work(at)).collect()
}

/// The finished records that the public does not see, kind by kind.
fn only_here(material: &Material<'_>) -> Vec<CvSection> {
    let portfolio = material.portfolio;
    let words = &material.words;
    let section = |kind: Kind, heading: &str| CvSection {
        kind: kind.as_str().to_owned(),
        heading: words.get(heading).to_owned(),
        ..CvSection::default()
    };
    let is_selected = |work: &Publication| work.shared.featured.is_some();
    let works =
        works(material, |work| is_finished(work) && !is_selected(work) && material.is_only_here(&work.shared.id));
    let mut sections = vec![CvSection { works, ..section(Kind::Publications, "title.publications") }];
    let held = portfolio.presentations.iter().filter(|talk| material.is_only_here(&talk.shared.id));
    let held = held.map(|talk| talks::newest(material, talk)).collect();
    sections.push(CvSection { talks: held, ..section(Kind::Presentations, "title.presentations") });
    for kind in super::LISTED_KINDS {
        let entries = records::entries(material, kind).into_iter().map(|(_, entry)| entry);
        let entries = entries.filter(|entry| entry.id.as_deref().is_some_and(|id| material.is_only_here(id)));
        sections.push(CvSection { entries: entries.collect(), ..section(kind, &format!("title.{kind}")) });
    }
    sections.retain(|one| !one.works.is_empty() || !one.talks.is_empty() || !one.entries.is_empty());
    sections
}

fn referee(person: &crate::portfolio::Referee) -> RefereeView {
    RefereeView {
        name: html::curly(&person.name),
        role: person.role.clone(),
        organization: person.organization.clone(),
        url: person.url.clone(),
        orcid: person.orcid.clone(),
    }
}
