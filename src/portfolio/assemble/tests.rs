use crate::diagnostic::Diagnostics;
use crate::portfolio::fixture::{portfolio, short};
use crate::portfolio::{Audience, AuthorPosition, Portfolio, Today, assemble};
use crate::record::PartialDate;
use crate::record::decode::decode;
use crate::record::vocabulary::{PublicationRole, Scope};
use crate::source::Sources;

#[test]
fn the_example_site_is_clean_and_whole() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("example-site");
    let mut diagnostics = Diagnostics::default();
    let sources = Sources::read(&mut diagnostics, &root).expect("the example");
    let records = decode(&mut diagnostics, &sources);
    let today = Today::Given(PartialDate::parse("2026-11-24").expect("a date").first_day());
    let portfolio = assemble(&mut diagnostics, &sources, records, today, None);
    let found = diagnostics.sorted();
    assert!(found.is_empty(), "{found:#?}");
    assert_eq!(portfolio.publications.len(), 19 + 2);
    let cohort = portfolio.publications.iter().find(|p| p.shared.id == "svs-cohort").expect("the cohort");
    assert_eq!(cohort.position, AuthorPosition::CoFirst);
    let public = portfolio.published(&Audience::Public);
    assert_eq!(public.redirects.get("svs-preprint").map(String::as_str), Some("svs-cohort"));
    assert_eq!(public.publications.len(), 16);
    assert_eq!(public.presentations.len(), 12);
}

fn publications(text: &str) -> (Portfolio, Vec<String>) {
    let (portfolio, found) = portfolio(&[("records/publications.yaml", text)]);
    (portfolio, short(&found))
}

#[test]
fn every_fault_of_a_publication_has_its_place_and_a_next_step() {
    let faults = [
        ("title: A, date: 2025", "OP350 1:4-9 a publication needs `authors`"),
        ("title: A, authors: Rao P", "OP350 1:4-9 a publication needs `date`"),
        ("authors: Rao P, date: 2025", "OP350 1:4-11 a publication needs `title`"),
        ("title: A, authors: Rao P, status: published", "OP350 1:4-9 a publication needs `date`"),
        ("title: A, authors: Raoo P, date: 2025", "OP307 1:23-29 `Rao P` is not among the authors"),
        ("title: A, authors: Rao P, date: 2025, equal: Roa P", "OP308 1:49-54 `Roa P` is not among the authors"),
        ("title: A, authors: Rao P, date: 2025, equal: [Roa P]", "OP308 1:50-55 `Roa P` is not among the authors"),
        (
            "title: A, authors: [Rao P, Zhang Wei], date: 2025",
            "OP309 1:31-40 which part of `Zhang Wei` is the family name is unclear",
        ),
        (
            "title: A, authors: [\"Dr Priya Rao, MD\"], date: 2025",
            "OP310 1:24-42 `Dr` and `MD` are no parts of a name and were left out",
        ),
        (
            "title: A, authors: [Rao P, Lakemoor Stroke Group], date: 2025",
            "OP311 1:31-52 `Lakemoor Stroke Group` looks like the name of a group",
        ),
        (
            "title: A, authors: \"Rao P, et al.\", date: 2025",
            "OP312 1:23-38 how many authors the work has is unknown: the list ends in \"et al.\"",
        ),
        (
            "title: A, authors: \"Lee S, Rao P\", date: 2025, my_position: 1",
            "OP313 1:64-65 `my_position` is 1, but your name stands in place 2",
        ),
        (
            "title: A, authors: \"Lee S, Rao P\", date: 2025, author_count: 1",
            "OP314 1:65-66 `author_count` is 1, but 2 authors are listed",
        ),
        ("title: A, authors: Rao P, date: 2025, threads: [spin]", "OP303 1:52-56 `spin` is not a thread of site.yaml"),
        ("title: A, authors: Rao P, date: 2025, follows: [nobody]", "OP304 1:52-58 no record has the id `nobody`"),
        ("id: a b, title: A, authors: Rao P, date: 2025", "OP302 1:8-11 `a b` cannot be part of an address"),
        ("title: A, authors: Rao P, date: 2025, doi: 11.5555/x", "OP351 1:47-56 `11.5555/x` is not a DOI"),
        ("title: A, authors: Rao P, date: 2025, pmid: PMC123", "OP352 1:48-54 `PMC123` is not a PMID"),
        ("title: A, authors: Rao P, date: 2025, pmcid: 123", "OP353 1:49-52 `123` is not a PMCID"),
        ("title: A, authors: Rao P, date: 2025, arxiv: x", "OP354 1:49-50 `x` is not an arXiv number"),
        ("title: A, authors: Rao P, date: 2025, isbn: 123", "OP355 1:48-51 `123` is not an ISBN"),
        (
            "title: A, authors: Rao P, date: 2025, issn: 0033-8418",
            "OP356 1:48-57 `0033-8418` is not an ISSN: its check digit is wrong",
        ),
        (
            "title: A, authors: Rao P, date: 2025, registration: {nct: NCT1}",
            "OP358 1:62-66 `NCT1` is not a number of ClinicalTrials.gov",
        ),
        ("title: A, authors: Rao P, date: 2025, credit: [Cooking]", "OP359 1:51-58 `Cooking` is not a CRediT role"),
        (
            "title: A, authors: Rao P, date: 2025, url: \"javascript:x\"",
            "OP360 1:47-61 `javascript:x` is not an address that a page may have",
        ),
        (
            "title: A, authors: Rao P, date: 2025, language: German",
            "OP361 1:52-58 `German` is not the tag of a language",
        ),
    ];
    for (fields, expected) in faults {
        let (_, found) = portfolio(&[("records/publications.yaml", &format!("- {{{fields}}}\n"))]);
        assert_eq!(short(&found).first().map(String::as_str), Some(expected), "{fields}");
        assert!(found.iter().all(|one| one.help.is_some()), "{fields}");
    }
}

#[test]
fn a_field_that_could_not_be_read_is_not_missing_too() {
    let (_, found) = publications("- {title: A, authors: Rao P, date: 2025-13}\n");
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("OP202"), "{found:?}");
}

#[test]
fn ids_come_from_author_and_title_and_are_unique() {
    let text = "- {title: The spinal dural fistula and its delay, authors: 'van der Berg L, Rao P', date: 2024}\n- {title: The spinal dural fistula and its delay, authors: 'van der Berg L, Rao P', date: 2025}\n- {title: 脊柱, authors: 'Rao P', date: 2023}\n- {id: rao-words, title: X, authors: Rao P, date: 2022}\n- {title: '<i>Words</i>', authors: Rao P, date: 2021}\n";
    let (portfolio, _) = publications(text);
    let ids: Vec<&str> = portfolio.publications.iter().map(|one| one.shared.id.as_str()).collect();
    assert_eq!(
        ids,
        [
            "van-der-berg-spinal-dural-fistula-2025",
            "van-der-berg-spinal-dural-fistula",
            "rao-ji-zhu",
            "rao-words",
            "rao-words-2021"
        ]
    );
}

#[test]
fn one_id_belongs_to_one_record_of_all_kinds() {
    let files = [
        ("records/publications.yaml", "- {id: a, title: A, authors: Rao P, date: 2025}\n"),
        ("records/awards.yaml", "- title: B\n- {title: C, id: A}\n"),
    ];
    let (_, found) = portfolio(&files);
    assert_eq!(short(&found), ["OP301 2:18-19 `A` is already the id of a publication at records/publications.yaml:1"]);
}

#[test]
fn roles_follow_from_the_place_in_the_line() {
    let place = |authors: &str, more: &str| {
        let (portfolio, found) = publications(&format!("- {{title: A, authors: {authors}, date: 2025{more}}}\n"));
        assert!(found.is_empty(), "{found:?}");
        let one = &portfolio.publications[0];
        (one.position, one.role.map(PublicationRole::as_str), one.author_count)
    };
    assert_eq!(place("Rao P", ""), (AuthorPosition::Sole, Some("first-author"), 1));
    assert_eq!(place("[Rao P, Lee S]", ""), (AuthorPosition::First, Some("first-author"), 2));
    assert_eq!(
        place("[Lee S, Rao P, Ito K]", ", equal: [Rao P, Lee S]"),
        (AuthorPosition::CoFirst, Some("co-first-author"), 3)
    );
    assert_eq!(place("[Lee S, Ito K, Rao P]", ""), (AuthorPosition::Senior, Some("senior-author"), 3));
    assert_eq!(place("[Lee S, Ito K, Rao P, {group: G}]", ""), (AuthorPosition::Senior, Some("senior-author"), 4));
    assert_eq!(place("[Lee S, Rao P]", ", author_count: 57"), (AuthorPosition::Middle, Some("co-author"), 57));
    assert_eq!(
        place("[Lee S]", ", author_count: 57, my_position: 30"),
        (AuthorPosition::Middle, Some("co-author"), 57)
    );
    assert_eq!(place("[Lee S]", ", mine: false"), (AuthorPosition::None, None, 1));
    assert_eq!(
        place("[Lee S, Rao-Smith P]", ", role: data-collection"),
        (AuthorPosition::Senior, Some("data-collection"), 2)
    );
}

#[test]
fn talks_are_held_once_their_day_has_passed() {
    let status = |more: &str| {
        let (portfolio, _) = portfolio(&[(
            "records/presentations.yaml",
            &format!("- {{title: A, authors: Rao P, event: X, {more}}}\n"),
        )]);
        portfolio.presentations[0].status.as_str()
    };
    assert_eq!(status("date: 2026-11-23"), "presented");
    assert_eq!(status("date: 2026-11-24"), "accepted");
    assert_eq!(status("date: 2026-11-23, status: accepted"), "presented");
    assert_eq!(status("date: 2026-11-23, status: submitted"), "submitted");
    assert_eq!(status("date: 2027, status: withdrawn"), "withdrawn");
}

#[test]
fn meetings_are_built_in_own_or_words() {
    let talk = "- {title: A, authors: Rao P, conference: ID, date: 2027-05-14}\n";
    let own = "- {id: WSIS, name: Winter Symposium, scope: regional, year: 2027, place: Duluth}\n";
    let with = |id: &str| {
        let (portfolio, found) =
            portfolio(&[("records/presentations.yaml", &talk.replace("ID", id)), ("records/conferences.yaml", own)]);
        let one = &portfolio.presentations[0];
        (
            one.showing.meeting.acronym.clone(),
            one.showing.meeting.name.clone(),
            one.showing.place.clone(),
            one.scope,
            short(&found),
        )
    };
    let text = |text: &str| Some(text.to_owned());
    assert_eq!(with("wsis"), (text("WSIS"), "Winter Symposium".into(), text("Duluth"), Some(Scope::Regional), vec![]));
    assert_eq!(with("aur/aar"), (text("AUR"), "AUR Annual Meeting".into(), None, Some(Scope::National), vec![]));
    let unknown = with("RSNAA");
    assert_eq!(unknown.1, "RSNAA");
    assert_eq!(unknown.4, ["OP315 1:42-47 `RSNAA` is not a meeting that is known"]);
}

#[test]
fn an_asked_day_wins_over_the_fixed_one_and_that_over_the_clock() {
    let day = |text: &str| PartialDate::parse(text).expect("a date").first_day();
    let fixed = PartialDate::parse("2026-11-24");
    assert_eq!(Today::Given(day("2027-01-01")).resolve(fixed), day("2027-01-01"));
    assert_eq!(Today::Clock(day("2027-01-01")).resolve(fixed), day("2026-11-24"));
    assert_eq!(Today::Clock(day("2027-01-01")).resolve(None), day("2027-01-01"));
}

#[test]
fn site_yaml_alone_is_enough_and_its_faults_are_placed() {
    let (portfolio, found) = portfolio(&[]);
    assert!(found.is_empty(), "{found:?}");
    assert_eq!((portfolio.settings.title.as_str(), portfolio.settings.citation_style.as_str()), ("Priya Rao", "ama"));
    let site = "person: {email: nobody}\nids: {orcid: 0000-0002-1825-0098}\nprogramme: {level: third}\nsite: {url: rao.example, accent: sagee, language: English}\nshare_pages: [{id: a, referees: [x], cv: y}]\n";
    let (_, found) = super::super::fixture::portfolio(&[("site.yaml", site)]);
    assert_eq!(
        short(&found),
        [
            "OP350 1:1-7 the site needs the name of its owner",
            "OP364 1:17-23 `nobody` is not an e-mail address",
            "OP357 2:14-33 `0000-0002-1825-0098` is not an ORCID iD: its check digit is wrong",
            "OP362 3:20-25 `third` is not a year of training",
            "OP360 4:13-24 `rao.example` is not the address of a website",
            "OP363 4:34-39 `sagee` is not an accent",
            "OP361 4:51-58 `English` is not the tag of a language",
            "OP304 5:34-35 no person has the id `x`",
            "OP316 5:42-43 `y` is not the id of a CV",
        ]
    );
}
