//! The curriculum vitae as a page.

use super::{Material, frame, person, records, talks, text};
use crate::diagnostic::Diagnostics;
use crate::record::Cv;
use crate::record::vocabulary::Kind;
use crate::render::html;
use crate::render::links::share_cv_path;
use crate::render::listing::places;
use crate::render::view::{CvSection, CvView, EntryView};

/// The sections in the order in which a committee reads them.
const SECTIONS: [Kind; 8] = [
    Kind::Training,
    Kind::Awards,
    Kind::Grants,
    Kind::Publications,
    Kind::Presentations,
    Kind::Teaching,
    Kind::Service,
    Kind::Media,
];

/// Returns the view of the CV page.
pub fn view(diagnostics: &mut Diagnostics, material: &Material<'_>) -> CvView {
    let words = &material.words;
    let owner = &material.portfolio.owner;
    let title = words.get("title.cv");
    let sections = SECTIONS.into_iter().filter_map(|kind| section(material, kind, None));
    let description = words.fill("describe.cv", &[("name", &owner.display_name)]);
    let mut frame = frame(material, "cv/index.html", title, Some(&description));
    "cv".clone_into(&mut frame.section);
    frame.styles = vec!["publications.css", "story.css", "cv.css"];
    frame.class = "list";
    CvView {
        page: frame,
        title: title.to_owned(),
        intro: intro(material),
        text: text::above(diagnostics, material, "cv", "cv/index.html"),
        sections: sections.chain(languages(material)).collect(),
    }
}

/// Returns the view of the CV that goes with the page for one reader: the sections and records that its variant selects.
pub fn of_share(material: &Material<'_>) -> CvView {
    let Some(share) = &material.portfolio.share else { return CvView::default() };
    let title = material.words.get("title.cv");
    let mut frame = frame(material, &share_cv_path(share), title, None);
    frame.styles = vec!["publications.css", "story.css", "cv.css"];
    frame.class = "list";
    (frame.noindex, frame.unlisted) = (true, true);
    let variant = share.cv.as_ref();
    let named = variant.into_iter().flat_map(|cv| cv.sections.iter()).filter_map(|name| Kind::parse(name.trim()));
    let mut kinds: Vec<Kind> = named.collect();
    if kinds.is_empty() {
        kinds.extend(SECTIONS);
    }
    let sections = kinds.into_iter().filter_map(|kind| section(material, kind, variant));
    CvView {
        page: frame,
        title: title.to_owned(),
        intro: intro(material),
        text: Vec::new(),
        sections: sections.chain(languages(material)).collect(),
    }
}

/// Name, position, hospital.
pub(super) fn intro(material: &Material<'_>) -> String {
    let words = &material.words;
    let owner = &material.portfolio.owner;
    let name = match &owner.credentials {
        Some(credentials) => format!("{}, {credentials}", owner.display_name),
        None => owner.display_name.clone(),
    };
    let position = person::position(material, owner).join(words.get("list.comma"));
    let mut intro = words.fill("cv.page_intro", &[("name", &name)]);
    if !position.is_empty() {
        intro = format!("{intro} {position}.");
    }
    intro
}

/// Returns the section of a kind, with the records that a variant of the CV selects.
fn section(material: &Material<'_>, kind: Kind, variant: Option<&Cv>) -> Option<CvSection> {
    let words = &material.words;
    let chosen = variant.map(|cv| places(kind, material.portfolio, &cv.select));
    let takes = |at: usize| chosen.as_ref().is_none_or(|chosen| chosen.contains(&at));
    let mut section = CvSection { kind: kind.as_str().to_owned(), ..CvSection::default() };
    match kind {
        Kind::Publications => {
            words.get("cv.publications").clone_into(&mut section.heading);
            let printed = material.order.iter().flat_map(|(_, places)| places);
            section.works = printed.filter(|&&at| takes(at)).map(|&at| material.work(at)).collect();
        }
        Kind::Presentations => {
            words.get("cv.presentations").clone_into(&mut section.heading);
            let held = material.portfolio.presentations.iter().enumerate().filter(|(at, _)| takes(*at));
            section.talks = held.map(|(_, talk)| talks::newest(material, talk)).collect();
            section.talks.iter_mut().for_each(|talk| talk.id = None);
        }
        kind => {
            words.get(&format!("title.{kind}")).clone_into(&mut section.heading);
            let entries = records::entries(material, kind).into_iter().enumerate().filter(|(at, _)| takes(*at));
            section.entries = entries.map(|(_, (_, entry))| entry).collect();
            section.entries.iter_mut().for_each(|entry| entry.id = None);
            if kind == Kind::Training && has_section(variant, kind) {
                section.entries.splice(0..0, fellowship(material));
            }
        }
    }
    (!section.works.is_empty() || !section.talks.is_empty() || !section.entries.is_empty()).then_some(section)
}

/// Tells whether a variant of the CV has a section of a kind at all.
fn has_section(variant: Option<&Cv>, kind: Kind) -> bool {
    variant.is_none_or(|cv| cv.select.kinds.is_empty() || cv.select.kinds.contains(&kind))
}

/// What the owner applies for stands above what has been done.
fn fellowship(material: &Material<'_>) -> Option<EntryView> {
    let words = &material.words;
    let programme = &material.portfolio.owner.programme;
    let name = programme.target_fellowship.as_deref()?;
    let start = programme.fellowship_start?;
    let month = crate::record::PartialDate { day: None, ..start };
    Some(EntryView {
        dates: format!("{}–", start.year),
        title: html::text(&words.fill("cv.fellowship", &[("name", name)])),
        details: vec![words.fill("cv.applying", &[("date", &words.date(month))])],
        ..EntryView::default()
    })
}

fn languages(material: &Material<'_>) -> Option<CvSection> {
    let languages = &material.portfolio.owner.languages;
    let heading = material.words.get("cv.languages");
    (!languages.is_empty()).then(|| CvSection {
        kind: "languages".to_owned(),
        heading: heading.to_owned(),
        entries: vec![EntryView { title: html::text(&material.words.list(languages)), ..EntryView::default() }],
        ..CvSection::default()
    })
}
