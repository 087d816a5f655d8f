//! The facts in the margin of a publication's page.

use super::{Material, doi_address, work};
use crate::portfolio::Publication;
use crate::record::vocabulary::{PublicationRole, PublicationStatus, PublicationType};
use crate::render::view::{FactView, LinkView};

/// Returns the facts, in the order in which a reader asks for them.
pub fn facts(material: &Material<'_>, work: &Publication) -> Vec<FactView> {
    let words = &material.words;
    let text = |term: &str, text: Option<String>| {
        text.map(|text| FactView { term: words.get(term).to_owned(), text: Some(text), ..FactView::default() })
    };
    let plain = |term: &str, text: Option<String>| {
        text.map(|text| FactView { term: term.to_owned(), text: Some(text), ..FactView::default() })
    };
    let link = |term: &str, id: Option<&String>, start: &str| {
        id.map(|id| FactView {
            term: term.to_owned(),
            links: vec![LinkView { word: id.clone(), href: format!("{start}{id}"), about: String::new() }],
            ..FactView::default()
        })
    };
    let ids = &work.identifiers;
    let doi = ids.doi.as_ref().map(|doi| FactView {
        term: "DOI".to_owned(),
        links: vec![LinkView { word: doi.clone(), href: doi_address(doi), about: String::new() }],
        ..FactView::default()
    });
    let awards = crate::document::facts::awards_of(material.portfolio, &work.shared.id);
    let open = work.open_access.filter(|open| *open).map(|_| words.get("publication.open_access").to_owned());
    [
        role(material, work),
        published(material, work),
        text("publication.done_as", material.level_at(work.sort_date())),
        text("publication.award", awards),
        text("publication.access", open),
        doi,
        link("PMID", ids.pmid.as_ref(), "https://pubmed.ncbi.nlm.nih.gov/"),
        link("PMCID", ids.pmcid.as_ref(), "https://pmc.ncbi.nlm.nih.gov/articles/"),
        link("arXiv", ids.arxiv.as_ref(), "https://arxiv.org/abs/"),
        plain("ISBN", ids.isbn.clone()),
        link("ClinicalTrials.gov", ids.nct.as_ref(), "https://clinicaltrials.gov/study/"),
        plain("PROSPERO", ids.prospero.clone()),
        text("publication.version", work.venue.version.clone()),
        text("publication.citations", cited(material, work)),
        text("publication.keywords", (!work.keywords.is_empty()).then(|| work.keywords.join(words.get("list.comma")))),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn role(material: &Material<'_>, work: &Publication) -> Option<FactView> {
    let words = &material.words;
    let mut chips = Vec::new();
    match work.role {
        Some(PublicationRole::ProjectLead) if work::leads(work) => {
            chips.push(words.term("publication_role", "first-author").to_owned());
            chips.push(words.term("publication_role", "project-lead").to_owned());
        }
        Some(role) => chips.push(words.term("publication_role", role.as_str()).to_owned()),
        None => {}
    }
    let place = work.own_position.filter(|_| work.author_count > 1).map(|position| {
        let line = words.fill("publication.place_of", &[("position", &position.to_string())]);
        line.replace("{n}", &work.author_count.to_string())
    });
    (!chips.is_empty() || place.is_some()).then(|| FactView {
        term: words.get("publication.role").to_owned(),
        chips,
        text: place,
        links: Vec::new(),
    })
}

fn published(material: &Material<'_>, work: &Publication) -> Option<FactView> {
    use PublicationStatus::{Accepted, Epub, InPress, Published, Retracted};
    let words = &material.words;
    let dates = &work.dates;
    let (term, date) = match work.status {
        Published | Retracted if work.kind == PublicationType::Preprint => ("publication.posted", dates.published),
        Published | Retracted => ("publication.published", dates.published.or(dates.epub)),
        Epub => ("publication.published", dates.epub.or(dates.published)),
        Accepted | InPress => ("publication.accepted", dates.accepted),
        _ => ("publication.submitted", dates.submitted),
    };
    let mut text = words.date(date?);
    if work.status == Epub {
        text = words.fill("publication.ahead_of_print", &[("date", &text)]);
    }
    Some(FactView { term: words.get(term).to_owned(), text: Some(text), ..FactView::default() })
}

fn cited(material: &Material<'_>, work: &Publication) -> Option<String> {
    let words = &material.words;
    let citations = work.citations.as_ref().filter(|_| material.portfolio.settings.show_counts)?;
    let times = words.count("publication.cited", usize::try_from(citations.count?).unwrap_or(usize::MAX));
    let read = match (&citations.source, citations.as_of) {
        (Some(source), Some(date)) => {
            Some(words.fill("publication.cited_source", &[("source", source), ("date", &words.date(date))]))
        }
        (Some(source), None) => Some(source.to_string()),
        (None, date) => date.map(|date| words.date(date)),
    };
    Some(read.map_or_else(|| times.clone(), |read| format!("{times} ({read})")))
}
