//! Highwire Press tags as Google Scholar reads them.
//!
//! Its rules: title, authors and date all three or none; one author a tag; dates as `2025/3/14`;
//! a PDF only where it lies beside the page.

use super::Tag;
use crate::exchange::title::plain;
use crate::portfolio::{Contributor, Publication};
use crate::record::PartialDate;
use crate::record::vocabulary::{PublicationStatus, PublicationType};

/// Returns the tags of a work; none unless it is published, ahead of print included.
pub(super) fn tags(publication: &Publication, page: Option<&str>, pdf: Option<&str>) -> Vec<Tag> {
    let published = matches!(publication.status, PublicationStatus::Published | PublicationStatus::Epub);
    let title = plain(&publication.shared.title);
    let dates = &publication.dates;
    let Some(date) = dates.published.or(dates.epub) else { return Vec::new() };
    if !published || title.trim().is_empty() || publication.authors.is_empty() {
        return Vec::new();
    }
    let mut tags = Tags::default();
    tags.add("citation_title", &title);
    for author in &publication.authors {
        tags.add("citation_author", &author_name(author));
    }
    tags.add("citation_publication_date", &slashed(date));
    if let Some(online) = dates.epub {
        tags.add("citation_online_date", &slashed(online));
    }
    tags.container(publication);
    let ids = &publication.identifiers;
    tags.add_some("citation_doi", ids.doi.as_deref());
    tags.add_some("citation_pmid", ids.pmid.as_deref());
    tags.add_some("citation_arxiv_id", ids.arxiv.as_deref());
    tags.add_some("citation_language", publication.language.as_deref());
    if !publication.keywords.is_empty() {
        tags.add("citation_keywords", &publication.keywords.join("; "));
    }
    tags.add_some("citation_abstract_html_url", page);
    tags.add_some("citation_pdf_url", pdf);
    tags.0
}

#[derive(Default)]
struct Tags(Vec<Tag>);

impl Tags {
    fn add(&mut self, name: &'static str, content: &str) {
        self.0.push(Tag { attribute: "name", name, content: content.to_owned() });
    }

    fn add_some(&mut self, name: &'static str, content: Option<&str>) {
        if let Some(content) = content {
            self.add(name, content);
        }
    }

    fn container(&mut self, publication: &Publication) {
        let venue = &publication.venue;
        let ids = &publication.identifiers;
        match publication.kind {
            PublicationType::JournalArticle | PublicationType::JournalAbstract => {
                self.add_some("citation_journal_title", venue.journal.as_deref());
                self.add_some("citation_journal_abbrev", venue.journal_abbr.as_deref());
            }
            PublicationType::ConferencePaper => {
                self.add_some("citation_conference_title", venue.event.as_deref().or(venue.book_title.as_deref()));
                self.add_some("citation_journal_title", venue.journal.as_deref());
            }
            PublicationType::BookChapter => self.add_some("citation_inbook_title", venue.book_title.as_deref()),
            PublicationType::Thesis => self.add_some("citation_dissertation_institution", venue.publisher.as_deref()),
            PublicationType::Report => {
                self.add_some("citation_technical_report_institution", venue.publisher.as_deref());
                self.add_some("citation_technical_report_number", venue.number.as_deref());
            }
            _ => {}
        }
        if matches!(
            publication.kind,
            PublicationType::Book | PublicationType::BookChapter | PublicationType::ConferencePaper
        ) {
            self.add_some("citation_publisher", venue.publisher.as_deref());
        }
        self.add_some("citation_volume", venue.volume.as_deref());
        self.add_some("citation_issue", venue.issue.as_deref());
        if let Some((first, last)) = venue.pages.as_deref().map(first_and_last) {
            self.add("citation_firstpage", &first);
            self.add_some("citation_lastpage", last.as_deref());
        }
        self.add_some("citation_issn", ids.issn.as_deref());
        self.add_some("citation_isbn", ids.isbn.as_deref());
    }
}

/// Returns a name as `van der Berg, Lena Jr`; a group as it is.
pub(super) fn author_name(author: &Contributor) -> String {
    let name = &author.name;
    if let Some(literal) = &name.literal {
        return literal.clone();
    }
    let given = [name.given.as_str(), name.suffix.as_str()].into_iter().filter(|part| !part.is_empty());
    let given = given.collect::<Vec<_>>().join(" ");
    let family = family_name(author);
    if given.is_empty() { family } else { format!("{family}, {given}") }
}

/// Returns the family name with its particle.
pub(super) fn family_name(author: &Contributor) -> String {
    let name = &author.name;
    match name.particle.as_str() {
        "" => name.family.clone(),
        particle if particle.ends_with(['\'', '’']) => format!("{particle}{}", name.family),
        particle => format!("{particle} {}", name.family),
    }
}

/// Returns a date as Scholar wants it: `2025/3/14`, as far as it is known.
fn slashed(date: PartialDate) -> String {
    match (date.month, date.day) {
        (Some(month), Some(day)) => format!("{}/{month}/{day}", date.year),
        (Some(month), None) => format!("{}/{month}", date.year),
        _ => date.year.to_string(),
    }
}

/// Cuts `3120-8` into its ends, the last written out: `3120`, `3128`.
pub(super) fn first_and_last(pages: &str) -> (String, Option<String>) {
    let range = pages.split([',', ';']).next().unwrap_or_default();
    let Some((first, last)) = range.split_once(['-', '–', '—']) else {
        return (range.trim().to_owned(), None);
    };
    let (first, last) = (first.trim(), last.trim_matches([' ', '-', '–', '—']));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let last = if digits(first) && digits(last) && last.len() < first.len() {
        format!("{}{last}", &first[..first.len() - last.len()])
    } else {
        last.to_owned()
    };
    (first.to_owned(), (!last.is_empty()).then_some(last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_written_out() {
        let pages = |text| first_and_last(text);
        assert_eq!(pages("3120-8"), ("3120".into(), Some("3128".into())));
        assert_eq!(pages("S12–S15"), ("S12".into(), Some("S15".into())));
        assert_eq!(pages("e252210"), ("e252210".into(), None));
        assert_eq!(pages("98-104, 110"), ("98".into(), Some("104".into())));
    }

    #[test]
    fn dates_have_slashes_and_no_zeros() {
        let slashed = |text: &str| PartialDate::parse(text).map(slashed);
        assert_eq!(slashed("2025-03-04").as_deref(), Some("2025/3/4"));
        assert_eq!(slashed("2025-03").as_deref(), Some("2025/3"));
        assert_eq!(slashed("2025").as_deref(), Some("2025"));
    }
}
