//! A publication's own page.

use super::{Material, doi_address, facts, rooted, work};
use crate::portfolio::Publication;
use crate::record::vocabulary::{PublicationStatus, PublicationType};
use crate::render::html::{self, NameForm};
use crate::render::links::publication_path;
use crate::render::metadata;
use crate::render::view::{FrameView, GrowthView, Html, LinkView, NoticeView, PublicationView};

/// Characters from which a title is set smaller.
const LONG_TITLE: usize = 70;
/// Authors named in full before the line is cut.
const MOST_AUTHORS: usize = 60;
/// Labels of a structured abstract are short.
const LONGEST_LABEL: usize = 40;

/// Returns the view of the publication with a place in the portfolio.
pub fn view(material: &Material<'_>, at: usize) -> PublicationView {
    let work = &material.portfolio.publications[at];
    let words = &material.words;
    let title_text = crate::exchange::title::plain(&work.shared.title);
    let (origin_words, origin, origin_place) = origin(material, work);
    let pdf = work::pdf_address(material, work).map(|href| LinkView {
        word: words.get("publication.read_pdf").to_owned(),
        href,
        about: words.fill("of", &[("title", &title_text)]),
    });
    let description = describe(material, work);
    let input = material.input();
    PublicationView {
        page: FrameView {
            title: title_text.clone(),
            section: "publications".to_owned(),
            styles: vec!["publications.css", "publication.css", "story.css"],
            class: "paper",
            noindex: !crate::render::extra::is_released(work.status),
            head: Html(metadata::publication(&input, work, Some(&description)).html()),
            ..FrameView::default()
        },
        work: material.work(at),
        origin_words,
        origin,
        origin_place,
        kind: kind(material, work),
        threads: material.threads_of(&work.shared.threads),
        long: title_text.chars().count() > LONG_TITLE,
        title_original: work.title_original.clone(),
        authors: html::authors(&work.authors, NameForm::Full, material.portfolio.settings.bold_my_name, MOST_AUTHORS),
        author_notes: author_notes(material, work),
        status: work::status(material, work),
        notice: notice(material, work),
        links: links(material, work, pdf.as_ref()),
        pdf,
        why: work.shared.why.clone(),
        summary: work.shared.summary.clone(),
        facts: facts::facts(material, work),
        abstract_paragraphs: work.abstract_text.as_deref().map(abstract_paragraphs).unwrap_or_default(),
        my_part: work.my_part.clone(),
        credit: (!work.credit.is_empty()).then(|| work.credit.join("; ")),
        growth: growth(material, work),
    }
}

/// Returns the kind of a work and where it appeared: words before, container, year and place in it.
pub fn heading(material: &Material<'_>, at: usize) -> (String, [String; 3]) {
    let work = &material.portfolio.publications[at];
    let (words, container, place) = origin(material, work);
    (kind(material, work), [words, container, place])
}

fn describe(material: &Material<'_>, work: &Publication) -> String {
    if let Some(summary) = work.shared.summary.as_ref().or(work.shared.why.as_ref()) {
        return summary.clone();
    }
    let venue = work::venue(work).map_or_else(|| kind(material, work), str::to_owned);
    let name = &material.portfolio.owner.display_name;
    material.words.fill("publication.description", &[("kind", &venue), ("name", name)])
}

fn kind(material: &Material<'_>, work: &Publication) -> String {
    let words = &material.words;
    match (&work.venue.genre, work.category) {
        (Some(genre), _) => genre.clone(),
        (None, Some(category)) if work.kind == PublicationType::JournalArticle => {
            words.term("category", category.as_str()).to_owned()
        }
        _ => words.term("publication_type", work.kind.as_str()).to_owned(),
    }
}

/// Where the work appeared: the words before, the container, year and place in it.
fn origin(material: &Material<'_>, work: &Publication) -> (String, String, String) {
    use PublicationStatus::{Accepted, Epub, InPress, Published, Retracted};
    let words = &material.words;
    let Some(venue) =
        work::venue(work).filter(|_| matches!(work.status, Accepted | InPress | Epub | Published | Retracted))
    else {
        return Default::default();
    };
    let word = match (work.status, work.kind) {
        (Accepted | InPress, _) => "publication.accepted_by",
        (_, PublicationType::Preprint | PublicationType::Online) => "publication.posted_on",
        (_, PublicationType::BookChapter | PublicationType::ConferencePaper) => "publication.part_of",
        (_, PublicationType::JournalArticle | PublicationType::JournalAbstract) => "publication.reprinted",
        _ => "publication.published_by",
    };
    let mut place = match work.status {
        Accepted | InPress => String::new(),
        _ => work.sort_date().map(|date| date.year.to_string()).unwrap_or_default(),
    };
    let parts = &work.venue;
    if matches!(work.kind, PublicationType::JournalArticle | PublicationType::JournalAbstract) && !place.is_empty() {
        if let Some(volume) = &parts.volume {
            place = format!("{place};{volume}");
        }
        if let Some(issue) = &parts.issue {
            place = format!("{place}({issue})");
        }
        if let Some(pages) = &parts.pages {
            place = format!("{place}:{}", pages.replace('-', "–"));
        }
    }
    (words.get(word).to_owned(), venue.to_owned(), place)
}

fn author_notes(material: &Material<'_>, work: &Publication) -> Vec<String> {
    let words = &material.words;
    let mut notes = Vec::new();
    if work.authors.iter().any(|author| author.equal) {
        notes.push(words.get("publication.equal").to_owned());
    }
    if work.authors.iter().any(|author| author.mentee) {
        notes.push(words.get("publication.mentee").to_owned());
    }
    let corresponding: Vec<String> =
        work.authors.iter().filter(|author| author.corresponding).map(|author| author.name.full()).collect();
    if !corresponding.is_empty() {
        let line = words.count("publication.corresponding", corresponding.len());
        notes.push(line.replace("{name}", &words.list(&corresponding)));
    }
    notes
}

fn notice(material: &Material<'_>, work: &Publication) -> Option<NoticeView> {
    let words = &material.words;
    let notice = crate::document::facts::notice(words, work)?;
    let link = notice.doi.map(|doi| LinkView {
        word: words.get("publication.notice").to_owned(),
        href: doi_address(&doi),
        about: String::new(),
    });
    Some(NoticeView { text: notice.text, link, alarm: work.status == PublicationStatus::Retracted })
}

fn links(material: &Material<'_>, work: &Publication, pdf: Option<&LinkView>) -> Vec<LinkView> {
    let title = crate::exchange::title::plain(&work.shared.title);
    let all = work::links(material, work, &title);
    all.into_iter().filter(|link| pdf.is_none_or(|pdf| pdf.href != link.href)).collect()
}

/// Divides an abstract into paragraphs; a label such as `Methods:` at the head of one is marked.
fn abstract_paragraphs(text: &str) -> Vec<Html> {
    let paragraphs = text.split("\n\n").flat_map(|part| {
        // A blank line survives YAML's folding as a single line break.
        part.split('\n').map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>()
    });
    paragraphs
        .map(|paragraph| match paragraph.split_once(':') {
            Some((label, rest)) if is_label(label) => {
                Html(format!("<b>{}</b>{}", html::title(label).0, html::title(rest).0))
            }
            _ => html::title(paragraph),
        })
        .collect()
}

fn is_label(text: &str) -> bool {
    const LABELS: [&str; 16] = [
        "background",
        "purpose",
        "objective",
        "objectives",
        "aim",
        "aims",
        "introduction",
        "methods",
        "materials and methods",
        "patients and methods",
        "results",
        "findings",
        "conclusion",
        "conclusions",
        "interpretation",
        "clinical relevance",
    ];
    text.len() <= LONGEST_LABEL && LABELS.contains(&text.trim().to_lowercase().as_str())
}

fn growth(material: &Material<'_>, work: &Publication) -> Vec<GrowthView> {
    let words = &material.words;
    let id = work.shared.id.as_str();
    let (mut grew, mut shown) = (Vec::new(), Vec::new());
    for before in &work.shared.follows {
        let talk = material.presentation_of.contains_key(before.as_str());
        if let Some(row) =
            row(material, before, words.get(if talk { "publication.shown_at" } else { "publication.grew_out_of" }))
        {
            if talk { shown.push(row) } else { grew.push(row) }
        }
    }
    let later = material.followers.get(id).into_iter().flatten();
    let led = later.filter_map(|after| row(material, after, words.get("publication.led_to")));
    grew.into_iter().chain(shown).chain(led).collect()
}

fn row(material: &Material<'_>, id: &str, relation: &str) -> Option<GrowthView> {
    let portfolio = material.portfolio;
    let (title, href, detail) = if let Some(&at) = material.publication_of.get(id) {
        let work = &portfolio.publications[at];
        (&work.shared.title, rooted(&publication_path(work)), material.level_at(work.sort_date()))
    } else {
        let talk = &portfolio.presentations[*material.presentation_of.get(id)?];
        let meeting = &talk.showing.meeting;
        let name = meeting.acronym.clone().unwrap_or_else(|| meeting.name.clone());
        let year = talk.showing.date.or(talk.shared.date).map(|date| date.year.to_string());
        let detail = [Some(name), year].into_iter().flatten().collect::<Vec<_>>().join(" ");
        (&talk.shared.title, material.record_address(id)?, Some(detail))
    };
    Some(GrowthView { relation: relation.to_owned(), href, title: html::title(title), detail })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_structured_abstract_has_its_labels_marked() {
        let paragraphs = abstract_paragraphs("Purpose: To time scans.\n\nA ratio of 2:1 was seen.\nResults: P < .05");
        let html: Vec<&str> = paragraphs.iter().map(|html| html.0.as_str()).collect();
        assert_eq!(html, ["<b>Purpose</b> To time scans.", "A ratio of 2:1 was seen.", "<b>Results</b> P &lt; .05"]);
    }
}
