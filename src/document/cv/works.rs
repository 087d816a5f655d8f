//! The publications of a CV: selected ones, then all by type, each type newest first.

use std::borrow::Borrow;

use super::{Cap, Material, Plan, link, more, one, plain, presentation};
use crate::cite::{CitationText, Marks, Run, RunStyle};
use crate::document::{Entry, Section, facts};
use crate::portfolio::Publication;
use crate::portfolio::select::places;
use crate::record::vocabulary::{CvTemplate, Kind, PublicationStatus, PublicationType};

/// The words that head a group of publications, and its types, in the order in which a committee reads them.
const GROUPS: [(&str, &[PublicationType]); 6] = [
    ("publication_type_plural.journal-article", &[PublicationType::JournalArticle]),
    ("group.book", &[PublicationType::Book, PublicationType::BookChapter]),
    ("group.abstract", &[PublicationType::ConferencePaper, PublicationType::JournalAbstract]),
    ("group.preprint", &[PublicationType::Preprint]),
    ("group.data", &[PublicationType::Dataset, PublicationType::Software]),
    (
        "group.other",
        &[PublicationType::Report, PublicationType::Thesis, PublicationType::Online, PublicationType::Other],
    ),
];

/// Returns the works that the owner selected, in the owner's order, each with why it matters.
pub(super) fn selected<T: Borrow<CitationText>>(material: &Material<'_, T>, plan: &Plan) -> Vec<Section> {
    let portfolio = material.portfolio;
    let works = plan.selected_works(portfolio).into_iter();
    let works = works.map(|at| work(material, at, plan.template != CvTemplate::OnePage));
    let talks = plan.selected_talks(portfolio).into_iter();
    let talks = talks.map(|at| presentation(material, &portfolio.presentations[at]));
    let entries = works.chain(talks).collect();
    one(material.words.get("selected_works"), entries)
}

/// Returns the publications by type, what is under way apart from what is out.
pub(super) fn publications<T: Borrow<CitationText>>(material: &Material<'_, T>, plan: &Plan, cap: Cap) -> Vec<Section> {
    let Material { portfolio, words, .. } = material;
    let above = plan.selected_works(portfolio);
    let mut chosen: Vec<usize> =
        places(Kind::Publications, portfolio, &plan.select).into_iter().filter(|at| !above.contains(at)).collect();
    let all = chosen.len();
    if !cap.is_whole() {
        // A list that is shortened has no room for what was retracted; the whole one shows it with its notice.
        chosen.retain(|&at| portfolio.publications[at].status != PublicationStatus::Retracted);
    }
    let mut left = all - chosen.len();
    let of = |wanted: &dyn Fn(&Publication) -> bool| -> Vec<usize> {
        chosen.iter().copied().filter(|&at| wanted(&portfolio.publications[at])).collect()
    };
    let mut groups: Vec<(&str, Vec<usize>)> = GROUPS
        .into_iter()
        .map(|(heading, kinds)| (words.get(heading), of(&|work| kinds.contains(&work.kind) && !is_under_way(work))))
        .collect();
    groups.push((words.get("share.under_way"), of(&is_under_way)));
    groups.retain(|(_, places)| !places.is_empty());
    let heading = words.get("cv.publications");
    let mut marks = (false, false);
    let mut sections = Vec::new();
    let alone = groups.len() == 1;
    for (at, (name, places)) in groups.iter().enumerate() {
        let mut places = places.clone();
        let all = places.len();
        left += cap.cut_group(at, &mut places);
        for &at in &places {
            let authors = &portfolio.publications[at].authors;
            marks.0 |= authors.iter().any(|author| author.equal);
            marks.1 |= authors.iter().any(|author| author.mentee);
        }
        let entries: Vec<Entry> = places.into_iter().map(|at| work(material, at, false)).collect();
        if entries.is_empty() {
            continue;
        }
        let heading = if alone { heading } else { name };
        sections.push(Section {
            heading: Some(heading.to_owned()),
            level: if alone { 1 } else { 2 },
            numbered: true,
            counts_down: true,
            first_number: all,
            entries,
        });
    }
    if sections.is_empty() {
        return sections;
    }
    if !alone {
        sections.insert(0, Section { heading: Some(heading.to_owned()), level: 1, ..Section::default() });
    }
    let legend = [(marks.0, "publications.equal"), (marks.1, "publications.mentee")];
    let legend = legend.into_iter().filter(|(used, _)| *used).map(|(_, path)| words.get(path)).collect::<Vec<_>>();
    let legend = Entry { runs: vec![plain(legend.join(" "))], ..Entry::default() };
    let notes = [more(material, Kind::Publications, left), Some(legend).filter(|_| marks.0 || marks.1)];
    let notes: Vec<Entry> = notes.into_iter().flatten().collect();
    if !notes.is_empty() {
        sections.push(Section { level: 2, entries: notes, ..Section::default() });
    }
    sections
}

/// Tells whether a work is not yet accepted, and so does not count.
pub(super) fn is_under_way(work: &Publication) -> bool {
    use PublicationStatus::{InPreparation, Revision, Submitted, UnderReview, Withdrawn};
    matches!(work.status, InPreparation | Submitted | UnderReview | Revision | Withdrawn)
}

/// A publication: its reference with the owner's name marked, and what the reference does not say of its status.
fn work<T: Borrow<CitationText>>(material: &Material<'_, T>, at: usize, with_reason: bool) -> Entry {
    let Material { portfolio, works, words } = material;
    let work = &portfolio.publications[at];
    let reference: &CitationText = works[at].borrow();
    let mut runs = reference.marked(&Marks::of(work, portfolio.settings.bold_my_name));
    let italic = RunStyle { italic: true, ..RunStyle::default() };
    // The reference says in its style's own words that a work is accepted, in press or ahead of print.
    let comes_out =
        matches!(work.status, PublicationStatus::Accepted | PublicationStatus::InPress | PublicationStatus::Epub);
    let is_said = |label: &str| comes_out || reference.plain().to_lowercase().contains(&label.to_lowercase());
    let notice = facts::notice(words, work);
    let label = facts::status(words, work).map(|(label, _)| label).filter(|label| !is_said(label));
    if let Some(label) = label.filter(|_| notice.is_none()) {
        runs.extend([plain(" ["), Run { text: label.to_owned(), style: italic, ..Run::default() }, plain("]")]);
    }
    if let Some(notice) = notice {
        runs.extend([plain(" ["), Run { text: notice.text, style: italic, ..Run::default() }]);
        if let Some(doi) = notice.doi {
            runs.extend([plain(" doi:"), link(format!("https://doi.org/{doi}"), doi)]);
        }
        runs.push(plain("]"));
    }
    if let Some(why) = work.shared.why.as_ref().filter(|_| with_reason) {
        runs.extend([plain(" "), Run { text: crate::words::curly(why), style: italic, ..Run::default() }]);
    }
    Entry { runs, origin: Some(work.shared.origin.clone()), ..Entry::default() }
}
