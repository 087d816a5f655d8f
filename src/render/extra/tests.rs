use std::path::Path;

use super::*;
use crate::cite::CitationText;
use crate::portfolio::{Audience, Today, assemble};
use crate::record::PartialDate;
use crate::record::decode::decode;
use crate::render::metadata;

fn example(base: Option<&str>) -> (Sources, PublicPortfolio) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("example-site");
    let mut diagnostics = Diagnostics::default();
    let sources = Sources::read(&mut diagnostics, &root).expect("the example");
    let records = decode(&mut diagnostics, &sources);
    let today = Today::Given(PartialDate::parse("2026-11-24").expect("a date").first_day());
    let mut public = assemble(&mut diagnostics, &sources, records, today, None).published(&Audience::Public);
    public.settings.base_url = base.map(str::to_owned);
    (sources, public)
}

fn texts(base: Option<&str>, change: impl FnOnce(&mut PublicPortfolio)) -> std::collections::BTreeMap<String, String> {
    let (sources, mut public) = example(base);
    change(&mut public);
    let citations = vec![CitationText::default(); public.publications.len()]
        .into_iter()
        .map(std::sync::Arc::new)
        .collect::<Vec<_>>();
    let (mut diagnostics, mut site) = (Diagnostics::default(), Site::default());
    add(&mut diagnostics, &Input { portfolio: &public, citations: &citations, sources: &sources }, &mut site);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let texts = site.files.into_iter().filter_map(|(path, payload)| match payload {
        Payload::Bytes(bytes) => Some((path.to_string(), String::from_utf8(bytes).ok()?)),
        Payload::CopyOf(_) => None,
    });
    texts.collect()
}

#[test]
fn what_needs_a_full_address_is_left_out_without_one() {
    let without = texts(None, |_| {});
    for path in ["feed.xml", "sitemap.xml"] {
        assert!(!without.contains_key(path), "{path}");
    }
    assert_eq!(without["robots.txt"], "User-agent: *\nAllow: /\n");
    let with = texts(Some("https://example.org/rao/"), |_| {});
    assert!(!with["feed.xml"].contains("<updated>2027"), "a work to come is dated by what has been");
    assert!(with["feed.xml"].contains("<id>https://example.org/rao/publications/"), "{}", with["feed.xml"]);
    assert!(with["sitemap.xml"].contains("<urlset"), "{}", with["sitemap.xml"]);
    assert!(with["robots.txt"].ends_with("Sitemap: https://example.org/rao/sitemap.xml\n"));
}

#[test]
fn every_released_work_has_its_exports_and_no_other() {
    let (mut hidden, mut released, mut old) = (String::new(), 0, 0);
    let files = texts(Some("https://example.org/"), |public| {
        std::sync::Arc::make_mut(&mut public.publications[0]).status = PublicationStatus::UnderReview;
        hidden.clone_from(&public.publications[0].shared.id);
        let shown = |id: &String| public.publications.iter().any(|w| w.shared.id == *id && is_released(w.status));
        released = public.publications.iter().filter(|work| is_released(work.status)).count();
        old = public.redirects.values().filter(|id| shown(id)).count();
    });
    assert!(files.iter().all(|(path, text)| !path.contains(&hidden) && !text.contains(&hidden)), "{hidden}");
    assert!(released > 10);
    let count = |extension: &str| {
        files.keys().filter(|path| path.starts_with("publications/") && path.ends_with(extension)).count()
    };
    let all = released + old;
    assert!(old > 0, "an older id keeps its exports");
    assert_eq!((count(".bib"), count(".ris"), count(".json")), (all, all, all));
    assert_eq!(files["publications.bib"].matches("\n@").count() + 1, released);
    assert_eq!(files["publications.ris"].matches("ER  - ").count(), released);
    let list: serde_json::Value = serde_json::from_str(&files["publications.json"]).expect("JSON");
    assert_eq!(list.as_array().map(Vec::len), Some(released));
    let none = texts(None, |public| public.settings.exports.clear());
    assert!(none.keys().all(|path| !path.starts_with("publications")), "{:?}", none.keys());
}

#[test]
fn the_calendar_holds_whole_events_with_stable_ids() {
    let files = texts(Some("https://example.org/rao/"), |_| {});
    let calendar = &files["calendar.ics"];
    assert!(calendar.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:"));
    assert!(calendar.ends_with("END:VEVENT\r\nEND:VCALENDAR\r\n"));
    assert!(calendar.split("\r\n").all(|line| line.len() <= 75 && !line.contains('\n')));
    let uids: Vec<&str> = calendar.split("\r\n").filter(|line| line.starts_with("UID:")).collect();
    let unique: std::collections::BTreeSet<&&str> = uids.iter().collect();
    assert!(
        !uids.is_empty() && unique.len() == uids.len() && uids.iter().all(|uid| uid.ends_with("@example.org")),
        "{uids:?}"
    );
}

#[test]
fn scholar_s_tags_are_all_three_or_none() {
    let (sources, public) = example(Some("https://example.org/rao/"));
    let citations = vec![CitationText::default(); public.publications.len()]
        .into_iter()
        .map(std::sync::Arc::new)
        .collect::<Vec<_>>();
    let input = Input { portfolio: &public, citations: &citations, sources: &sources };
    let (mut tagged, mut untagged) = (0, 0);
    for work in &public.publications {
        let head = metadata::publication(&input, work, None);
        let has = |name: &str| head.tags.iter().any(|tag| tag.name == name);
        let authors = head.tags.iter().filter(|tag| tag.name == "citation_author").count();
        let three = [has("citation_title"), authors > 0, has("citation_publication_date")];
        let published = matches!(work.status, PublicationStatus::Published | PublicationStatus::Epub);
        assert_eq!(three, [published; 3], "{}", work.shared.id);
        assert!(!published || authors == work.authors.len());
        assert_eq!(has("citation_pdf_url"), published && pdf_path(&sources, work).is_some());
        assert!(head.html().contains(&format!("href=\"https://example.org/rao/publications/{}/\"", work.shared.id)));
        if published { tagged += 1 } else { untagged += 1 }
    }
    assert!(tagged > 5 && untagged > 0);
    let mut draft = public.publications[0].clone();
    std::sync::Arc::make_mut(&mut draft).status = PublicationStatus::Submitted;
    let head = metadata::publication(&input, &draft, None);
    assert!(head.json_ld.is_none() && !head.tags.iter().any(|tag| tag.name.starts_with("citation_")));
}

#[test]
fn the_home_page_is_a_profile_with_the_owner_s_other_pages() {
    let (_, public) = example(Some("https://example.org/rao/"));
    let profile = metadata::home(&public).json_ld.expect("a profile");
    assert_eq!(profile["@type"], "ProfilePage");
    assert_eq!(profile["mainEntity"]["name"], public.owner.display_name);
    let orcid = public.owner.ids.orcid.as_ref().map(|id| format!("https://orcid.org/{id}"));
    assert_eq!(profile["mainEntity"]["sameAs"][0].as_str().map(str::to_owned), orcid);
}

#[test]
fn the_pages_of_the_example_render_without_a_fault() {
    use crate::render::image::Images;
    use crate::render::links::{Targets, page_path};
    use crate::render::markdown::{Block, PageLinks, Text, Words, render};
    let (sources, public) = example(None);
    let input = Input { portfolio: &public, citations: &[], sources: &sources };
    let mut diagnostics = Diagnostics::default();
    let images = Images::survey(&mut diagnostics, &sources);
    let targets = Targets::new(&input, images);
    let mut listed = 0;
    for page in &public.pages {
        let links = PageLinks { at: &page_path(page), targets: &targets, words: Words::default() };
        for block in render(&mut diagnostics, Text::of_page(page, &public.settings.language), &links) {
            if let Block::Listing(query) = block {
                assert!(!query.select(&public).is_empty(), "{}: {query:?}", page.path);
                listed += 1;
            }
        }
    }
    assert!(diagnostics.is_empty(), "{diagnostics:#?}");
    assert!(listed > 0 && !public.pages.is_empty());
}

#[test]
fn a_listing_takes_what_it_asks_for_in_the_list_s_order() {
    use crate::record::vocabulary::Kind;
    use crate::render::listing::Query;
    let (_, public) = example(None);
    let titles = |query: &Query| query.select(&public).len();
    let all = Query::all(Kind::Publications);
    assert_eq!(all.select(&public), (0..public.publications.len()).collect::<Vec<_>>());
    assert_eq!(Query { limit: Some(3), ..all.clone() }.select(&public), [0, 1, 2]);
    let chapters = Query { record_type: Some("book-chapter".to_owned()), ..all.clone() }.select(&public);
    assert!(!chapters.is_empty() && chapters.iter().all(|&at| public.publications[at].kind.as_str() == "book-chapter"));
    let since = PartialDate::parse("2026");
    let recent = Query { since, ..all.clone() }.select(&public);
    assert!(recent.iter().all(|&at| public.publications[at].sort_date().is_some_and(|date| date.year >= 2026)));
    let before = titles(&Query { until: PartialDate::parse("2025"), ..all.clone() });
    assert_eq!(before + recent.len(), titles(&all));
    let unending = Query { since: PartialDate::parse("2026-11"), ..Query::all(Kind::Training) };
    assert!(titles(&unending) > 0, "what has not ended goes on today");
}
