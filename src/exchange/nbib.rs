//! PubMed's text format (MEDLINE, `.nbib`), as reference managers take it.
//!
//! After "MEDLINE/PubMed Data Element (Field) Descriptions" of the National Library of Medicine: a tag of four signs,
//! a hyphen, and a value whose further lines are indented by six spaces.

use super::title::plain;
use crate::portfolio::{Contributor, Publication};
use crate::record::PartialDate;
use crate::record::vocabulary::{CorrectionType, PublicationCategory, PublicationStatus, PublicationType};

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// The longest line, as PubMed breaks them.
const WIDTH: usize = 88;

/// Returns one record.
pub fn entry(publication: &Publication) -> String {
    let mut lines = Lines(String::new());
    let venue = &publication.venue;
    let ids = &publication.identifiers;
    // A record begins with its number, also where there is none yet.
    lines.0.push_str(&format!("PMID- {}\n", ids.pmid.as_deref().unwrap_or_default()));
    lines.add_some("IS", ids.issn.as_deref());
    lines.add_some("ISBN", ids.isbn.as_deref());
    lines.add_some("VI", venue.volume.as_deref());
    lines.add_some("IP", venue.issue.as_deref());
    let dates = &publication.dates;
    let ahead = publication.status == PublicationStatus::Epub;
    lines.add_some("DP", dates.published.or(dates.epub).map(in_words).as_deref());
    let is_book = matches!(publication.kind, PublicationType::Book | PublicationType::BookChapter);
    let title = format!("{}.", plain(&publication.shared.title).trim_end_matches('.'));
    if publication.kind == PublicationType::Book {
        lines.add("BTI", title.trim_end_matches('.'));
    } else {
        lines.add("TI", &title);
        lines.add_some("BTI", venue.book_title.as_deref().filter(|_| is_book));
    }
    lines.add_some("PG", venue.pages.as_deref());
    lines.add_some("LID", ids.doi.as_ref().map(|doi| format!("{doi} [doi]")).as_deref());
    lines.add_some("CTI", venue.series.as_deref().filter(|_| is_book));
    lines.add_some("EN", venue.edition.as_deref().filter(|_| is_book));
    lines.add_some("AB", publication.abstract_text.as_deref().map(plain).as_deref());
    people(&mut lines, "FAU", "AU", &publication.authors);
    people(&mut lines, "FED", "ED", &publication.editors);
    lines.add("LA", language(publication.language.as_deref()));
    for kind in types(publication) {
        lines.add("PT", kind);
    }
    lines.add_some("DEP", dates.epub.map(digits).as_deref());
    lines.add_some("PB", venue.publisher.as_deref().filter(|_| is_book));
    lines.add_some("PL", venue.place.as_deref().filter(|_| is_book));
    lines.add_some("TT", publication.title_original.as_deref());
    let journal = venue.journal.as_deref().or(venue.server.as_deref()).or(venue.website.as_deref());
    lines.add_some("TA", venue.journal_abbr.as_deref().or(journal).filter(|_| !is_book));
    lines.add_some("JT", journal.filter(|_| !is_book));
    notice(&mut lines, publication);
    for word in &publication.keywords {
        lines.add("OT", word);
    }
    lines.add_some("SI", ids.nct.as_ref().map(|nct| format!("ClinicalTrials.gov/{nct}")).as_deref());
    lines.add_some("PMC", ids.pmcid.as_deref());
    for (day, event) in [(dates.submitted, "received"), (dates.accepted, "accepted")] {
        lines.add_some("PHST", day.map(|day| format!("{} [{event}]", slashed(day))).as_deref());
    }
    lines.add_some("AID", ids.doi.as_ref().map(|doi| format!("{doi} [doi]")).as_deref());
    lines.add("PST", if ahead { "aheadofprint" } else { "ppublish" });
    lines.0
}

/// Returns records for all works.
pub fn list<'p>(publications: impl IntoIterator<Item = &'p Publication>) -> String {
    publications.into_iter().map(entry).collect::<Vec<_>>().join("\n")
}

struct Lines(String);

impl Lines {
    fn add(&mut self, tag: &str, value: &str) {
        let mut line = format!("{tag:<4}-");
        let mut empty = true;
        for word in value.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()) {
            // A line that begins with a tag within a value would end it, so it is broken after six spaces only.
            if line.chars().count() + 1 + word.chars().count() > WIDTH && !empty {
                self.0.push_str(&line);
                self.0.push('\n');
                line = " ".repeat(5);
            }
            line.push(' ');
            line.push_str(word);
            empty = false;
        }
        if !empty {
            self.0.push_str(&line);
            self.0.push('\n');
        }
    }

    fn add_some(&mut self, tag: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.add(tag, value);
        }
    }
}

fn people(lines: &mut Lines, full: &str, short: &str, people: &[Contributor]) {
    for person in people {
        match &person.name.literal {
            Some(group) if full == "FAU" => lines.add("CN", group),
            Some(group) => lines.add(full, group),
            None => {
                let name = &person.name;
                let given = [name.given.as_str(), name.suffix.as_str()];
                let given: Vec<&str> = given.into_iter().filter(|part| !part.is_empty()).collect();
                let family = name.family_with_particle();
                let line = if given.is_empty() { family } else { format!("{family}, {}", given.join(" ")) };
                lines.add(full, &line);
                lines.add(short, &name.pubmed());
            }
        }
    }
}

fn in_words(date: PartialDate) -> String {
    let month = date.month.and_then(|month| MONTHS.get(month as usize - 1)).map(|month| format!(" {month}"));
    let day = date.day.map(|day| format!(" {day}"));
    format!("{}{}{}", date.year, month.unwrap_or_default(), day.unwrap_or_default())
}

/// Eight digits, of which PubMed leaves none out; a month or year alone is written as far as it is known.
fn digits(date: PartialDate) -> String {
    match (date.month, date.day) {
        (Some(month), Some(day)) => format!("{}{month:02}{day:02}", date.year),
        _ => date.to_string(),
    }
}

fn slashed(date: PartialDate) -> String {
    date.to_string().replace('-', "/")
}

/// PubMed's three letters; English where nothing is said.
fn language(tag: Option<&str>) -> &str {
    let tag = tag.unwrap_or("en");
    let known = [
        ("en", "eng"),
        ("es", "spa"),
        ("fr", "fre"),
        ("de", "ger"),
        ("pt", "por"),
        ("ar", "ara"),
        ("ja", "jpn"),
        ("ko", "kor"),
        ("zh", "chi"),
        ("it", "ita"),
        ("ru", "rus"),
        ("tr", "tur"),
        ("pl", "pol"),
        ("nl", "dut"),
        ("cs", "cze"),
        ("el", "gre"),
        ("hu", "hun"),
        ("sv", "swe"),
        ("no", "nor"),
        ("da", "dan"),
        ("fi", "fin"),
    ];
    known.iter().find(|(short, _)| *short == tag).map_or(tag, |(_, long)| long)
}

fn types(publication: &Publication) -> Vec<&'static str> {
    use PublicationCategory as Category;
    let mut types = vec![match publication.kind {
        PublicationType::JournalAbstract => "Meeting Abstract",
        PublicationType::Preprint => "Preprint",
        PublicationType::Book => "Book",
        PublicationType::BookChapter => "Book Chapter",
        PublicationType::Dataset => "Dataset",
        PublicationType::Report => "Technical Report",
        PublicationType::Thesis => "Academic Dissertation",
        _ => "Journal Article",
    }];
    types.extend(publication.category.and_then(|category| match category {
        Category::SystematicReview => Some("Systematic Review"),
        Category::Review => Some("Review"),
        Category::Trial => Some("Clinical Trial"),
        Category::Guideline => Some("Practice Guideline"),
        Category::CaseReport => Some("Case Reports"),
        Category::Editorial => Some("Editorial"),
        Category::Letter => Some("Letter"),
        Category::Commentary => Some("Comment"),
        _ => None,
    }));
    if publication.status == PublicationStatus::Retracted {
        types.push("Retracted Publication");
    }
    types
}

fn notice(lines: &mut Lines, publication: &Publication) {
    let Some(correction) = &publication.correction else { return };
    let tag = match correction.kind {
        Some(CorrectionType::Retraction) => "RIN",
        Some(CorrectionType::ExpressionOfConcern) => "ECI",
        _ => "EIN",
    };
    let journal =
        publication.venue.journal_abbr.as_deref().or(publication.venue.journal.as_deref()).unwrap_or_default();
    let date = correction.date.map(|date| format!(". {}", in_words(date))).unwrap_or_default();
    let doi = correction.doi.as_deref().map(|doi| format!(". doi: {doi}")).unwrap_or_default();
    lines.add(tag, format!("{journal}{date}{};{doi}", "").trim_start_matches([';', ' ', '.']));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::example::publication;

    #[test]
    fn a_record_has_the_form_of_pubmed() {
        let mut work = publication();
        work.identifiers.pmid = Some("38123456".to_owned());
        work.abstract_text = Some("Every word of a long abstract stands in lines that are no longer than those of the library, and goes on after six spaces.".to_owned());
        let text = entry(&work);
        assert!(text.starts_with("PMID- 38123456\nVI  - 52\nIP  - 10\nDP  - 2025 Mar 14\nTI  - CO2 & the in vivo 5% of RSNA.\nPG  - 3120-8\n"), "{text}");
        assert!(text.contains("FAU - Rao, Priya\nAU  - Rao P\nFAU - van der Berg, Lena Jr\nAU  - van der Berg L Jr\nCN  - Lakemoor & Sons Group\n"), "{text}");
        assert!(text.lines().all(|line| line.chars().count() <= WIDTH) && text.contains("\n      "), "{text}");
    }
}
