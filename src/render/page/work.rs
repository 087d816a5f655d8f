//! Publications as they stand in lists: their order, numbers, labels and links.

use std::collections::BTreeMap;

use tera::Value;

use super::{Material, doi_address, rooted, talks::site_or_web};
use crate::cite::{CitationText, Marks};
use crate::document::facts;
use crate::portfolio::{AuthorPosition, PublicPortfolio, Publication};
use crate::record::vocabulary::{
    ExportFormat, Grouping, Kind, PublicationCategory, PublicationRole, PublicationStatus, PublicationType,
};
use crate::render::extra;
use crate::render::html::{self, NameForm};
use crate::render::links::kind_path;
use crate::render::view::{Html, LabelView, LinkView, WorkView};

/// Authors named in a short line before it is cut.
const MOST_AUTHORS: usize = 8;

/// What a group of publications has in common.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Heading {
    /// The list is not divided.
    None,
    /// A year; `None` for works not yet dated.
    Year(Option<i32>),
    /// A type.
    Type(PublicationType),
    /// A line of research by its place; `None` for other work.
    Thread(Option<usize>),
    /// A category; `None` for other work.
    Category(Option<PublicationCategory>),
}

/// Divides the publications as the settings ask: groups in printed order, newest first inside.
pub fn order(portfolio: &PublicPortfolio) -> Vec<(Heading, Vec<usize>)> {
    let areas: BTreeMap<&str, usize> =
        portfolio.owner.theme_of_work.areas.iter().enumerate().map(|(at, area)| (area.id.as_str(), at)).collect();
    let heading = |work: &Publication| match portfolio.settings.grouping {
        Grouping::None => Heading::None,
        Grouping::Year => Heading::Year(work.sort_date().map(|date| date.year)),
        Grouping::Type => Heading::Type(work.kind),
        Grouping::Thread => {
            Heading::Thread(work.shared.threads.iter().filter_map(|id| areas.get(id.as_str()).copied()).min())
        }
        Grouping::Category => Heading::Category(work.category),
    };
    let mut groups: Vec<(Heading, Vec<usize>)> = Vec::new();
    let mut place_of: BTreeMap<Heading, usize> = BTreeMap::new();
    for (at, work) in portfolio.publications.iter().enumerate() {
        let heading = heading(work);
        let group = *place_of.entry(heading.clone()).or_insert_with(|| {
            groups.push((heading, Vec::new()));
            groups.len() - 1
        });
        groups[group].1.push(at);
    }
    // Works not yet dated stand above the years; work outside the named groups stands below them.
    groups.sort_by_key(|(heading, _)| match heading {
        Heading::None => (0, 0),
        Heading::Year(year) => (0, year.map_or(i64::MIN, |year| -i64::from(year))),
        Heading::Type(kind) => (0, index(PublicationType::ALL, kind)),
        Heading::Thread(Some(place)) => (0, i64::try_from(*place).unwrap_or(i64::MAX)),
        Heading::Category(Some(category)) => (0, index(PublicationCategory::ALL, category)),
        Heading::Thread(None) | Heading::Category(None) => (1, 0),
    });
    groups
}

fn index<T: PartialEq>(all: &[T], value: &T) -> i64 {
    all.iter().position(|other| other == value).and_then(|at| i64::try_from(at).ok()).unwrap_or(i64::MAX)
}

/// Returns the publication with a place in the portfolio as templates see it in lists.
pub fn value(material: &Material<'_>, at: usize) -> Value {
    Value::from_serializable(&view(material, at, material.filter().classes(at).to_owned()))
}

fn view(material: &Material<'_>, at: usize, classes: String) -> WorkView {
    let portfolio = material.portfolio;
    let work = &portfolio.publications[at];
    let title_text = crate::exchange::title::plain(&work.shared.title);
    let href = material.publication_address(work);
    let mark_own = portfolio.settings.bold_my_name;
    let citation = &material.citations[at];
    WorkView {
        id: work.shared.id.clone(),
        number: material.numbers[at],
        title: html::title(&work.shared.title),
        language: foreign_language(material, work),
        reference: reference(citation, work, mark_own, &href),
        rich: Html(citation.html(&Marks::default())),
        plain: citation.plain(),
        status: status(material, work),
        notice: notice(material, work),
        role: role(material, work),
        threads: material.threads_of(&work.shared.threads),
        links: links(material, work, &title_text),
        exports: exports(material, work),
        classes,
        why: work.shared.why.clone(),
        venue: venue(work).map(str::to_owned),
        year: work.sort_date().map(|date| date.year),
        authors: html::authors(&work.authors, NameForm::Short, mark_own, MOST_AUTHORS),
        cited: cited(material, work),
        href,
        title_text,
    }
}

/// Returns the language of a work's title when a reader must know it.
pub fn foreign_language(material: &Material<'_>, work: &Publication) -> Option<String> {
    work.language.clone().filter(|language| *language != material.portfolio.settings.language)
}

/// Returns the reference with its marks: the owner bold, `*` and `†`, the title a link to `href`.
pub fn reference(citation: &CitationText, work: &Publication, mark_own: bool, href: &str) -> Html {
    // The bold comes from `html::reference`, so that a name of several runs is one element.
    let signs = Marks { owner: None, ..Marks::of(work, mark_own) };
    let marked = CitationText { runs: citation.marked(&signs) };
    html::reference(&marked, work.own_index.filter(|_| mark_own), href)
}

/// Returns the label of a work that is not simply published.
pub fn status(material: &Material<'_>, work: &Publication) -> Option<LabelView> {
    facts::status(&material.words, work).map(|(text, alarm)| LabelView { text: text.to_owned(), alarm })
}

fn notice(material: &Material<'_>, work: &Publication) -> Option<Html> {
    let notice = facts::notice(&material.words, work)?;
    let mut line = html::text(&notice.text);
    if let Some(doi) = notice.doi {
        line.0.push(' ');
        html::link_into(&mut line.0, "", &doi_address(&doi), &format!("doi:{doi}"));
    }
    Some(line)
}

/// Returns the owner's role as a chip says it; none for a plain co-author.
pub fn role(material: &Material<'_>, work: &Publication) -> Option<String> {
    let words = &material.words;
    let role = work.role?;
    match role {
        PublicationRole::CoAuthor | PublicationRole::Contributor => None,
        PublicationRole::ProjectLead if matches!(work.position, AuthorPosition::First | AuthorPosition::Sole) => {
            Some(words.get("first_and_lead").to_owned())
        }
        role => Some(words.term("publication_role", role.as_str()).to_owned()),
    }
}

/// Returns the links of a work, in the order in which readers want them.
pub fn links(material: &Material<'_>, work: &Publication, title: &str) -> Vec<LinkView> {
    let words = &material.words;
    let of = words.fill("of", &[("title", title)]);
    let record_of = words.fill("record_of", &[("title", title)]);
    let ids = &work.identifiers;
    let pdf = pdf_address(material, work);
    let candidates = [
        (Some("DOI"), ids.doi.as_deref().map(doi_address), &of),
        (Some("PubMed"), ids.pmid.as_ref().map(|id| format!("https://pubmed.ncbi.nlm.nih.gov/{id}/")), &record_of),
        (Some("PMC"), ids.pmcid.as_ref().map(|id| format!("https://pmc.ncbi.nlm.nih.gov/articles/{id}/")), &record_of),
        (Some("arXiv"), ids.arxiv.as_ref().map(|id| format!("https://arxiv.org/abs/{id}")), &record_of),
        (Some(words.get("publication.pdf")), pdf, &of),
        (Some(words.get("publication.code")), work.links.code.as_deref().map(site_or_web), &of),
        (Some(words.get("publication.data")), work.links.data.as_deref().map(site_or_web), &of),
        (Some(words.get("publication.video")), work.links.video.as_deref().map(site_or_web), &of),
        (Some(words.get("publication.website")), work.shared.url.clone(), &of),
    ];
    candidates
        .into_iter()
        .filter_map(|(word, href, about)| Some(LinkView { word: word?.to_owned(), href: href?, about: about.clone() }))
        .collect()
}

/// Returns where the PDF is read.
pub fn pdf_address(material: &Material<'_>, work: &Publication) -> Option<String> {
    let has_page = !material.is_only_here(&work.shared.id);
    let own = extra::pdf_path(material.sources, work).filter(|_| has_page).map(|path| rooted(&path));
    own.or_else(|| work.links.pdf.as_deref().map(site_or_web))
}

/// Returns the files for reference managers.
pub fn exports(material: &Material<'_>, work: &Publication) -> Vec<LinkView> {
    if material.is_only_here(&work.shared.id) {
        return Vec::new();
    }
    extra::exports(material.portfolio, work).into_iter().map(export_link).collect()
}

/// Returns a link to a file for reference managers.
pub fn export_link((format, path): (ExportFormat, String)) -> LinkView {
    let word = match format {
        ExportFormat::Bibtex => "BibTeX",
        ExportFormat::Ris => "RIS",
        ExportFormat::CslJson => "CSL-JSON",
    };
    LinkView { word: word.to_owned(), href: rooted(&path), about: String::new() }
}

/// Returns the journal, book, server, site or publisher of a work.
pub fn venue(work: &Publication) -> Option<&str> {
    let venue = &work.venue;
    let container = venue.journal.as_ref().or(venue.book_title.as_ref()).or(venue.server.as_ref());
    container.or(venue.website.as_ref()).or(venue.publisher.as_ref()).map(String::as_str)
}

fn cited(material: &Material<'_>, work: &Publication) -> Option<String> {
    let words = &material.words;
    let count = work.citations.as_ref().filter(|_| material.portfolio.settings.show_counts)?.count?;
    let times = words.count("publication.cited", usize::try_from(count).unwrap_or(usize::MAX));
    Some(format!("{} {times}", words.get("publication.citations")))
}

/// Tells whether a work counts: in the public record and not retracted.
pub fn counts(work: &Publication) -> bool {
    use PublicationStatus::{Accepted, Epub, InPress, Published};
    matches!(work.status, Accepted | InPress | Epub | Published)
}

/// Tells whether a work is a peer-reviewed paper.
pub fn is_paper(work: &Publication) -> bool {
    work.kind == PublicationType::JournalArticle && work.peer_reviewed
}

/// Tells whether the owner stands first, alone or with others.
pub fn leads(work: &Publication) -> bool {
    matches!(work.position, AuthorPosition::First | AuthorPosition::CoFirst | AuthorPosition::Sole)
}

/// Returns the group by which readers look for a work, as the words of `group` name it.
pub fn group(work: &Publication) -> &'static str {
    use PublicationCategory as Category;
    match work.kind {
        PublicationType::Preprint => "preprint",
        PublicationType::JournalAbstract | PublicationType::ConferencePaper => "abstract",
        PublicationType::Book | PublicationType::BookChapter => "book",
        PublicationType::Dataset | PublicationType::Software => "data",
        PublicationType::JournalArticle => match work.category {
            Some(Category::Review | Category::SystematicReview | Category::Guideline) => "review",
            Some(Category::CaseReport | Category::CaseSeries) => "case",
            Some(Category::Commentary | Category::Editorial | Category::Letter) => "letter",
            _ => "original",
        },
        PublicationType::Report if work.category == Some(Category::Guideline) => "review",
        PublicationType::Report | PublicationType::Thesis | PublicationType::Online | PublicationType::Other => "other",
    }
}

/// Returns the address of a work in the publications list.
pub fn list_address(work: &Publication) -> String {
    format!("{}#{}", rooted(&kind_path(Kind::Publications)), work.shared.id)
}
