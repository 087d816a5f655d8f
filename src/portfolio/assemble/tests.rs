use crate::diagnostic::Diagnostics;
use crate::portfolio::{Audience, AuthorPosition, Today, assemble};
use crate::record::PartialDate;
use crate::record::decode::decode;
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
    for p in &public.publications {
        eprintln!("{} {} {:?} {:?} {:?}", p.shared.id, p.status, p.position, p.role, p.sort_date());
    }
    for p in &public.presentations {
        eprintln!("{} {} {:?} {:?} {:?}", p.shared.id, p.status, p.showing.meeting, p.scope, p.showing.place);
    }
    for p in &public.awards {
        eprintln!("{} {:?} {:?}", p.shared.id, p.for_record, p.for_words);
    }
    for p in &public.grants {
        eprintln!("{} {:?} ", p.shared.id, p.shared.project);
    }
    for p in &public.service {
        eprintln!("{}", p.shared.id);
    }
    for p in &public.teaching {
        eprintln!("{} {:?}", p.shared.id, p.name);
    }
    for p in &public.training {
        eprintln!("{}", p.shared.id);
    }
    for p in &public.media {
        eprintln!("{}", p.shared.id);
    }
    for p in &public.projects {
        eprintln!("{} {}", p.shared.id, p.stage);
    }
    for p in &public.pages {
        eprintln!("{} {}", p.name, p.title);
    }
    eprintln!("{:?} {:?}", public.owner, public.settings);
}
