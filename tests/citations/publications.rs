//! References of publications: the owner, the marks, the state.

use offprint::cite::{CitationText, Marks, Part};
use offprint::portfolio::{Contributor, Identifiers, PersonName, Publication, PublicationDates, Shared, Venue};
use offprint::record::PartialDate;
use offprint::record::vocabulary::{PublicationStatus, PublicationType};

use crate::{STYLES, citer};

fn person(family: &str, given: &str) -> Contributor {
    let name = PersonName { family: family.into(), given: given.into(), ..PersonName::default() };
    Contributor { name, ..Contributor::default() }
}

/// An article of so many authors with the owner at an index.
fn article(authors: usize, owner: usize) -> Publication {
    let mut people: Vec<Contributor> =
        (0..authors).map(|n| person(&format!("Author{}", letters(n)), "Kim B")).collect();
    people[owner] = person("Oyelaran-Quist", "Zainab Amelie");
    people[owner].is_self = true;
    Publication {
        shared: Shared { id: "registry".into(), title: "A registry of many hands".into(), ..Shared::default() },
        peer_reviewed: true,
        authors: people,
        author_count: authors,
        own_index: Some(owner),
        own_position: Some(owner + 1),
        position: offprint::portfolio::AuthorPosition::Middle,
        venue: Venue {
            journal: Some("European Radiology".into()),
            journal_abbr: Some("Eur Radiol".into()),
            volume: Some("33".into()),
            issue: Some("7".into()),
            pages: Some("4821-4830".into()),
            ..Venue::default()
        },
        dates: PublicationDates { published: PartialDate::parse("2023-07"), ..PublicationDates::default() },
        identifiers: Identifiers { doi: Some("10.5555/eurrad.4821".into()), ..Identifiers::default() },
        ..Publication::blank(PublicationType::JournalArticle, PublicationStatus::Published)
    }
}

fn letters(mut n: usize) -> String {
    let mut out = String::new();
    loop {
        out.insert(0, char::from(b'a' + u8::try_from(n % 26).expect("below 26")));
        n /= 26;
        if n == 0 {
            return out;
        }
    }
}

fn cite(style: &str, publication: &Publication) -> CitationText {
    citer(style).cite_all(std::slice::from_ref(publication)).remove(0)
}

#[test]
fn the_owner_is_never_lost_in_et_al() {
    for style in STYLES {
        for (authors, owner) in [(57, 22), (57, 56), (57, 0), (25, 20), (12, 9), (3, 2), (1, 0)] {
            let work = article(authors, owner);
            let citation = cite(style, &work);
            let own = citation.runs.iter().filter(|run| run.part == Part::Author(owner));
            let name: String = own.map(|run| run.text.as_str()).collect();
            assert!(name.contains("Oyelaran-Quist"), "{style} {authors}/{owner}: {}", citation.plain());
            let html = citation.html(&Marks::of(&work, true));
            assert!(html.contains("<b>") && !html.contains("style="), "{style}: {html}");
            if authors == 57 && owner == 22 {
                assert!(citation.plain().contains("23rd of 57 authors"), "{style}: {}", citation.plain());
            }
            if authors == 25 && owner == 20 {
                assert!(!citation.plain().contains("et al"), "{style}: {}", citation.plain());
            }
        }
    }
}

#[test]
fn the_23rd_of_57_is_bold_and_says_where_she_stands() {
    let mut work = article(57, 22);
    work.authors[0].equal = true;
    work.authors[22].equal = true;
    work.authors[22].mentee = true;
    for style in STYLES {
        let citation = cite(style, &work);
        let own = citation.runs.iter().filter(|run| run.part == Part::Author(22));
        let name: String = own.map(|run| run.text.as_str()).collect();
        let html = citation.html(&Marks::of(&work, true));
        let bold = format!("… <b>{name}</b>*† (23rd of 57 authors)");
        assert!(name.contains("Oyelaran-Quist") && html.contains(&bold), "{style}: {html}");
        assert_eq!((html.matches('*').count(), html.matches('†').count()), (2, 1), "{style}: {html}");
        let plain = citation.html(&Marks::of(&work, false));
        assert!(plain.contains(&format!("… {name}*†")), "{style}: bold only where it is wished: {plain}");
    }
}

#[test]
fn a_group_among_the_authors_stands_whole_and_carries_its_mark() {
    let mut work = article(4, 1);
    let name = PersonName::literal("RURAL-STROKE Investigators");
    work.authors[2] = Contributor { name, equal: true, ..Contributor::default() };
    for style in STYLES {
        let html = cite(style, &work).html(&Marks::of(&work, true));
        assert!(html.contains("RURAL-STROKE Investigators*"), "{style}: {html}");
        assert!(html.contains("</b>"), "{style}: {html}");
    }
}

#[test]
fn where_the_owner_is_no_author_the_style_cuts_as_it_likes() {
    let mut work = article(30, 20);
    work.own_index = None;
    work.own_position = None;
    assert!(cite("ama", &work).plain().starts_with("Authora KB, Authorb KB, Authorc KB, et al. A registry"));
}

#[test]
fn authors_who_are_not_listed_are_told_of() {
    let mut work = article(3, 1);
    work.author_count = 40;
    assert!(cite("ama", &work).plain().starts_with("Authora KB, Oyelaran-Quist ZA, Authorc KB, et al. A registry"));
}

#[test]
fn signs_for_equal_work_and_mentees_stand_after_the_names() {
    let mut work = article(3, 1);
    work.authors[0].equal = true;
    work.authors[1].equal = true;
    work.authors[2].mentee = true;
    for style in STYLES {
        let html = cite(style, &work).html(&Marks::of(&work, true));
        assert_eq!((html.matches('*').count(), html.matches('†').count()), (2, 1), "{style}: {html}");
        assert!(html.contains("</b>*"), "{style}: {html}");
    }
}

#[test]
fn a_state_that_the_style_does_not_print_is_added() {
    let mut work = article(2, 0);
    work.dates = PublicationDates::default();
    work.venue.volume = None;
    work.venue.issue = None;
    work.venue.pages = None;
    work.identifiers = Identifiers::default();
    for (status, words) in [
        (PublicationStatus::InPress, "in press"),
        (PublicationStatus::Accepted, "accepted for publication"),
        (PublicationStatus::UnderReview, "under review"),
    ] {
        work.status = status;
        for style in STYLES {
            let plain = cite(style, &work).plain();
            assert_eq!(plain.to_lowercase().matches(words).count(), 1, "{style}: {plain}");
            assert!(!plain.contains("reprint"), "{style}: {plain}");
        }
    }
    work.status = PublicationStatus::InPress;
    assert_eq!(
        cite("ama", &work).plain(),
        "Oyelaran-Quist ZA, Authorb KB. A registry of many hands. Eur Radiol. In press."
    );
}

#[test]
fn ahead_of_print_abstracts_and_retractions_say_so() {
    let mut work = article(2, 0);
    work.status = PublicationStatus::Epub;
    work.dates = PublicationDates { epub: PartialDate::parse("2025-10-02"), ..PublicationDates::default() };
    work.venue.volume = None;
    work.venue.issue = None;
    work.venue.pages = None;
    for style in STYLES {
        let plain = cite(style, &work).plain().to_lowercase();
        assert!(plain.contains("online") || plain.contains("ahead of print"), "{style}: {plain}");
    }
    assert!(cite("ama", &work).plain().contains("Eur Radiol. Published online October 2, 2025. doi:"));
    assert!(cite("nlm", &work).plain().contains("Eur Radiol. 2025 Oct 2. Epub ahead of print. doi:"));
    let mut work = article(2, 0);
    work.status = PublicationStatus::Retracted;
    for style in STYLES {
        assert!(cite(style, &work).plain().to_lowercase().contains("hands [retracted]"), "{style}");
    }
    work.status = PublicationStatus::Published;
    work.kind = PublicationType::JournalAbstract;
    for style in STYLES {
        assert!(cite(style, &work).plain().to_lowercase().contains("abstract"), "{style}");
    }
    assert!(cite("ama", &work).plain().contains("A registry of many hands [abstract]. Eur Radiol."));
}

#[test]
fn three_thousand_authors_cost_no_more_than_they_must() {
    let citer = citer("ama");
    let work = article(3000, 1500);
    let begin = std::time::Instant::now();
    let citation = citer.cite_all(std::slice::from_ref(&work)).remove(0);
    assert!(citation.plain().contains("1501st of 3000 authors"), "{}", citation.plain());
    assert!(begin.elapsed().as_millis() < 200, "{:?} in a debug build", begin.elapsed());
}
