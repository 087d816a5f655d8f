//! The curriculum vitae as a page.

use super::{Material, frame, person, records, talks, text};
use crate::diagnostic::Diagnostics;
use crate::record::vocabulary::Kind;
use crate::render::html;
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
    let description = words.fill("describe.cv", &[("name", &owner.display_name)]);
    let mut frame = frame(material, "cv/index.html", title, Some(&description));
    "cv".clone_into(&mut frame.section);
    frame.styles = vec!["publications.css", "story.css", "cv.css"];
    frame.class = "list";
    let name = match &owner.credentials {
        Some(credentials) => format!("{}, {credentials}", owner.display_name),
        None => owner.display_name.clone(),
    };
    let position = person::position(material, owner).join(words.get("list.comma"));
    let mut intro = words.fill("cv.page_intro", &[("name", &name)]);
    if !position.is_empty() {
        intro = format!("{intro} {position}.");
    }
    CvView {
        page: frame,
        title: title.to_owned(),
        intro,
        text: text::above(diagnostics, material, "cv", "cv/index.html"),
        sections: SECTIONS.into_iter().filter_map(|kind| section(material, kind)).chain(languages(material)).collect(),
    }
}

fn section(material: &Material<'_>, kind: Kind) -> Option<CvSection> {
    let words = &material.words;
    let mut section = CvSection { kind: kind.as_str().to_owned(), ..CvSection::default() };
    match kind {
        Kind::Publications => {
            words.get("cv.publications").clone_into(&mut section.heading);
            let printed = material.order.iter().flat_map(|(_, places)| places);
            section.works = printed.map(|&at| material.work(at)).collect();
        }
        Kind::Presentations => {
            words.get("cv.presentations").clone_into(&mut section.heading);
            section.talks = material.portfolio.presentations.iter().map(|talk| talks::newest(material, talk)).collect();
            section.talks.iter_mut().for_each(|talk| talk.id = None);
        }
        kind => {
            words.get(&format!("title.{kind}")).clone_into(&mut section.heading);
            section.entries = records::entries(material, kind).into_iter().map(|(_, entry)| entry).collect();
            section.entries.iter_mut().for_each(|entry| entry.id = None);
            if kind == Kind::Training {
                section.entries.splice(0..0, fellowship(material));
            }
        }
    }
    (!section.works.is_empty() || !section.talks.is_empty() || !section.entries.is_empty()).then_some(section)
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
