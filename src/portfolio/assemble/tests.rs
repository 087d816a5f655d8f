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
    assert_eq!(public.publications.len(), 16);
    assert_eq!(public.presentations.len(), 12);
}
