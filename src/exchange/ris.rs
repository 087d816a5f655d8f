//! RIS, as EndNote, Zotero and Mendeley read it: a tag, two spaces, a hyphen, a space and a value, a line each.

use std::fmt::Write;

use super::title::plain;
use crate::portfolio::{Contributor, Publication};
use crate::record::PartialDate;
use crate::record::vocabulary::{PublicationStatus, PublicationType};

/// Returns one reference.
pub fn entry(publication: &Publication) -> String {
    let mut lines = Lines(String::new());
    let venue = &publication.venue;
    let ids = &publication.identifiers;
    let date = publication.sort_date();
    lines.add("TY", kind(publication.kind));
    for author in &publication.authors {
        lines.add("AU", &name(author));
    }
    lines.add("TI", &plain(&publication.shared.title));
    lines.add_some("TT", publication.title_original.as_deref());
    lines.add_some("PY", date.map(|date| date.year.to_string()).as_deref());
    lines.add_some("DA", date.map(slashed).as_deref());
    let container = match publication.kind {
        PublicationType::BookChapter => venue.book_title.as_ref(),
        PublicationType::ConferencePaper => {
            venue.book_title.as_ref().or(venue.journal.as_ref()).or(venue.event.as_ref())
        }
        PublicationType::Preprint => venue.server.as_ref(),
        _ => venue.journal.as_ref().or(venue.website.as_ref()),
    };
    lines.add_some("T2", container.map(String::as_str));
    if publication.kind == PublicationType::ConferencePaper {
        lines.add_some("C3", venue.event.as_deref().filter(|event| container.is_none_or(|name| name != event)));
    }
    lines.add_some("J2", venue.journal_abbr.as_deref());
    lines.add_some("T3", venue.series.as_deref());
    for editor in &publication.editors {
        // Zotero and EndNote have the editors of a whole in A2.
        let of_a_part = matches!(publication.kind, PublicationType::BookChapter | PublicationType::ConferencePaper);
        lines.add(if of_a_part { "A2" } else { "ED" }, &name(editor));
    }
    lines.add_some("VL", venue.volume.as_deref());
    lines.add_some("IS", venue.issue.as_deref().or(venue.number.as_deref()));
    if let Some(pages) = venue.pages.as_deref() {
        let (start, end) = pages.split_once(['-', '–', '—']).map_or((pages, None), |(start, end)| (start, Some(end)));
        lines.add("SP", start);
        lines.add_some("EP", end);
    }
    lines.add_some("ET", venue.edition.as_deref().or(venue.version.as_deref()));
    lines.add_some("PB", venue.publisher.as_deref());
    let place = match publication.kind {
        PublicationType::ConferencePaper => venue.event_place.as_ref().or(venue.place.as_ref()),
        _ => venue.place.as_ref().or(venue.event_place.as_ref()),
    };
    lines.add_some("CY", place.map(String::as_str));
    lines.add_some("M3", venue.genre.as_deref());
    lines.add_some("SN", ids.issn.as_deref().or(ids.isbn.as_deref()));
    lines.add_some("DO", ids.doi.as_deref());
    lines.add_some("AN", ids.pmid.as_deref());
    lines.add_some("C2", ids.pmcid.as_deref());
    lines.add_some("N1", note(publication.status));
    lines.add_some("Y2", publication.dates.accessed.map(slashed).as_deref());
    lines.add_some("LA", publication.language.as_deref());
    for keyword in &publication.keywords {
        lines.add("KW", keyword);
    }
    lines.add_some("AB", publication.abstract_text.as_deref().map(plain).as_deref());
    let address =
        publication.shared.url.clone().or_else(|| ids.doi.as_ref().map(|doi| format!("https://doi.org/{doi}")));
    lines.add_some("UR", address.as_deref());
    lines.0.push_str("ER  - \r\n");
    lines.0
}

/// Returns references for all works.
pub fn list<'p>(publications: impl IntoIterator<Item = &'p Publication>) -> String {
    publications.into_iter().map(entry).collect::<Vec<_>>().join("\r\n")
}

struct Lines(String);

impl Lines {
    /// A value is one line: its own line ends become spaces.
    fn add(&mut self, tag: &str, value: &str) {
        let words: Vec<&str> = value.split(|letter: char| letter.is_whitespace() || letter.is_control()).collect();
        let value = words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
        if !value.is_empty() {
            let _ = write!(self.0, "{tag}  - {value}\r\n");
        }
    }

    fn add_some(&mut self, tag: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.add(tag, value);
        }
    }
}

/// RIS has no field for the state of a work, so it stands in the notes.
fn note(status: PublicationStatus) -> Option<&'static str> {
    match status {
        PublicationStatus::Accepted => Some("Accepted"),
        PublicationStatus::InPress => Some("In press"),
        PublicationStatus::Epub => Some("Epub ahead of print"),
        PublicationStatus::Retracted => Some("Retracted"),
        _ => None,
    }
}

fn kind(kind: PublicationType) -> &'static str {
    match kind {
        PublicationType::JournalArticle => "JOUR",
        PublicationType::JournalAbstract => "ABST",
        PublicationType::ConferencePaper => "CPAPER",
        PublicationType::Preprint => "UNPB",
        PublicationType::Book => "BOOK",
        PublicationType::BookChapter => "CHAP",
        PublicationType::Report => "RPRT",
        PublicationType::Thesis => "THES",
        PublicationType::Online => "ELEC",
        PublicationType::Dataset => "DATA",
        PublicationType::Software => "COMP",
        PublicationType::Other => "GEN",
    }
}

/// `van der Berg, Lena, Jr`: RIS has no sign for a group, which stands as it is.
fn name(person: &Contributor) -> String {
    let name = &person.name;
    if let Some(literal) = &name.literal {
        return literal.clone();
    }
    let family = match name.particle.as_str() {
        "" => name.family.clone(),
        particle if particle.ends_with(['\'', '’']) => format!("{particle}{}", name.family),
        particle => format!("{particle} {}", name.family),
    };
    let parts = [&family, &name.given, &name.suffix];
    parts.into_iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(", ")
}

/// `2025/03/14/`: year, month, day and other words, each of which may be empty.
fn slashed(date: PartialDate) -> String {
    let part = |number: Option<u32>| number.map(|number| format!("{number:02}")).unwrap_or_default();
    format!("{}/{}/{}/", date.year, part(date.month), part(date.day))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::exchange::example::publication;

    fn read(ris: &str) -> Vec<(String, String)> {
        let lines = ris.split_terminator("\r\n").map(|line| {
            let (tag, value) = line.split_once("  - ").expect("a tag");
            (tag.to_owned(), value.to_owned())
        });
        lines.collect()
    }

    #[test]
    fn a_paper_has_a_type_first_and_an_end_last() {
        let lines = read(&entry(&publication()));
        assert_eq!(lines.first(), Some(&("TY".into(), "JOUR".into())));
        assert_eq!(lines.last(), Some(&("ER".into(), String::new())));
        let values = |tag: &str| {
            lines.iter().filter(|(found, _)| found == tag).map(|(_, value)| value.clone()).collect::<Vec<_>>()
        };
        assert_eq!(values("AU"), ["Rao, Priya", "van der Berg, Lena, Jr", "Lakemoor & Sons Group"]);
        assert_eq!(values("TI"), ["CO2 & the in vivo 5% of RSNA"]);
        assert_eq!(values("DA"), ["2025/03/14/"]);
        assert_eq!((values("SP"), values("EP")), (vec!["3120".to_owned()], vec!["8".to_owned()]));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_value_comes_back_on_one_line(abstract_text in "(\\PC|\n|\r|  - ){0,60}") {
            let mut work = publication();
            work.abstract_text = Some(abstract_text.clone());
            let words = |text: &str| text.split(|letter: char| letter.is_whitespace() || letter.is_control())
                .filter(|word| !word.is_empty()).map(str::to_owned).collect::<Vec<_>>();
            let lines = read(&entry(&work));
            let found = lines.iter().find(|(tag, _)| tag == "AB").map(|(_, value)| words(value)).unwrap_or_default();
            prop_assert_eq!(found, words(&plain(&abstract_text)));
            prop_assert_eq!(lines.iter().filter(|(tag, _)| tag == "ER").count(), 1);
        }
    }
}
