//! The curriculum vitae as a page.

use std::collections::BTreeSet;

use super::{Material, date_view, frame, records, rooted, talks, text};
use crate::diagnostic::Diagnostics;
use crate::document::cv::Plan;
use crate::document::facts;
use crate::portfolio::Referee;
use crate::portfolio::select::places;
use crate::record::Cv;
use crate::record::vocabulary::{CvPart, Kind};
use crate::render::html;
use crate::render::links::{CV_PDF, share_cv_path, share_cv_pdf};
use crate::render::view::{CvSection, CvView, EntryView, TalkView};

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
    CvView {
        page: frame,
        title: title.to_owned(),
        intro: intro(material),
        text: text::above(diagnostics, material, "cv", "cv/index.html"),
        sections: sections(material, None),
        pdf: Some(rooted(CV_PDF)),
        issued: date_view(material, material.portfolio.today.into()),
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
    CvView {
        page: frame,
        title: title.to_owned(),
        intro: intro(material),
        text: Vec::new(),
        sections: sections(material, share.cv.as_ref()),
        pdf: Some(rooted(&share_cv_pdf(share))),
        issued: date_view(material, material.portfolio.today.into()),
    }
}

/// Returns the parts of the CV, or of a variant of it, in order.
fn sections(material: &Material<'_>, variant: Option<&Cv>) -> Vec<CvSection> {
    let plan = Plan::new(variant, &material.portfolio.settings.language);
    plan.parts().iter().filter_map(|&part| section(material, part, &plan)).chain(letters(material)).collect()
}

/// Name, position, hospital.
pub(super) fn intro(material: &Material<'_>) -> String {
    let words = &material.words;
    let owner = &material.portfolio.owner;
    let name = match &owner.credentials {
        Some(credentials) => format!("{}, {credentials}", owner.display_name),
        None => owner.display_name.clone(),
    };
    let position = facts::position(words, owner).join(words.get("list.comma"));
    let mut intro = words.fill("cv.page_intro", &[("name", &name)]);
    if !position.is_empty() {
        intro = format!("{intro} {position}.");
    }
    intro
}

/// Returns a part of the CV, with the records that its plan selects.
fn section(material: &Material<'_>, part: CvPart, plan: &Plan) -> Option<CvSection> {
    let words = &material.words;
    let portfolio = material.portfolio;
    let kind = match part {
        CvPart::Languages => return languages(material),
        CvPart::Selected => return selected(material, plan),
        part => Kind::parse(part.as_str())?,
    };
    let chosen: BTreeSet<usize> = places(kind, portfolio, &plan.select).into_iter().collect();
    let mut section = CvSection { kind: kind.as_str().to_owned(), ..CvSection::default() };
    match kind {
        Kind::Publications => {
            words.get("cv.publications").clone_into(&mut section.heading);
            let above = plan.selected_works(portfolio);
            let printed = material.order.iter().flat_map(|(_, places)| places);
            let printed = printed.filter(|at| chosen.contains(at) && !above.contains(at));
            section.works = printed.map(|&at| material.work(at)).collect();
        }
        Kind::Presentations => {
            words.get("cv.presentations").clone_into(&mut section.heading);
            let above = plan.selected_talks(portfolio);
            let held = chosen.into_iter().filter(|at| !above.contains(at));
            section.talks = held.map(|at| talk(material, at)).collect();
        }
        kind => {
            words.get(&format!("title.{kind}")).clone_into(&mut section.heading);
            let entries = records::entries(material, kind).into_iter().enumerate();
            let entries = entries.filter(|(at, _)| chosen.contains(at)).map(|(_, (_, entry))| entry);
            section.entries = entries.map(|entry| EntryView { id: None, ..entry }).collect();
            if kind == Kind::Training && plan.takes(kind) {
                let sought = facts::fellowship(words, &portfolio.owner);
                section.entries.splice(0..0, sought.map(records::of_facts));
            }
        }
    }
    (!section.works.is_empty() || !section.talks.is_empty() || !section.entries.is_empty()).then_some(section)
}

fn talk(material: &Material<'_>, at: usize) -> TalkView {
    TalkView { id: None, ..talks::newest(material, &material.portfolio.presentations[at]) }
}

/// What the owner selected, above all else.
fn selected(material: &Material<'_>, plan: &Plan) -> Option<CvSection> {
    let works = plan.selected_works(material.portfolio);
    let held = plan.selected_talks(material.portfolio);
    (!works.is_empty() || !held.is_empty()).then(|| CvSection {
        kind: "selected".to_owned(),
        heading: material.words.get("selected_works").to_owned(),
        works: works.into_iter().map(|at| material.work(at)).collect(),
        talks: held.into_iter().map(|at| talk(material, at)).collect(),
        ..CvSection::default()
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

/// Those who write letters, for the reader of a share page.
fn letters(material: &Material<'_>) -> Option<CvSection> {
    let referees = &material.portfolio.share.as_ref()?.referees;
    let comma = material.words.get("list.comma");
    let entry = |person: &Referee| {
        let place = [person.role.clone(), person.organization.clone()].into_iter().flatten().collect::<Vec<_>>();
        EntryView {
            title: html::text(&html::curly(&person.name)),
            place: (!place.is_empty()).then(|| place.join(comma)),
            ..EntryView::default()
        }
    };
    (!referees.is_empty()).then(|| CvSection {
        kind: "people".to_owned(),
        heading: material.words.get("share.letters").to_owned(),
        entries: referees.iter().map(entry).collect(),
        ..CvSection::default()
    })
}
