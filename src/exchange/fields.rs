//! What each format can carry of a publication, there and back.
//!
//! | field | BibTeX | RIS | CSL-JSON | nbib |
//! |---|---|---|---|---|
//! | type | yes | yes | yes | articles, abstracts, preprints, books, chapters, reports, theses, datasets |
//! | category | – | – | – | those that PubMed has |
//! | status | in press, accepted, epub, retracted | the same | the same but retracted | epub, retracted |
//! | title with mark-up | yes | words only | yes | words only |
//! | title_original | yes | yes | yes | yes |
//! | authors, editors (particles, suffixes, groups) | yes | authors; editors of books | yes | authors; editors of books |
//! | date | yes | yes | yes | yes |
//! | epub_date beside a date, submitted, accepted | – | – | submitted | yes |
//! | journal, book_title, server, website | yes | yes | yes | journal, book_title, server |
//! | journal_abbr | yes | yes | yes | yes |
//! | volume, issue, pages | yes | yes | yes | yes |
//! | edition, publisher, place | yes | yes | yes | of books |
//! | event, event_place | yes | yes | yes | – |
//! | series | yes | yes | yes | of books |
//! | series_number | – | – | yes | – |
//! | number, genre (report, thesis) | yes | yes | yes | – |
//! | version | yes | yes | yes | – |
//! | accessed (web page) | yes | yes | – | – |
//! | language | yes | yes | yes | yes |
//! | doi, pmid, pmcid, issn, isbn | yes | yes | yes | yes |
//! | arxiv | yes | – | of preprints | – |
//! | registration (ClinicalTrials.gov) | – | – | – | yes |
//! | url | yes | yes | yes | – |
//! | correction | – | – | – | yes |
//! | keywords, abstract | yes | yes | yes | yes |
//!
//! The tests take this table at its word: on all works of the example and on generated ones no field is lost that a
//! format is said to carry.

#[cfg(test)]
mod tests;
