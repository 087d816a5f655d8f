use super::*;
use crate::diagnostic::Diagnostics;
use crate::portfolio::Audience;
use crate::portfolio::fixture::{portfolio, sources};
use crate::render::{Input, Payload, Site, render};

const SITE: &str = "format: 1
person: {name: Priya Rao}
programme: {specialty: Diagnostic radiology, institution: Lakemoor, target_fellowship: Neuroradiology}
theme_of_work: {title: From scanner to sentence}
site: {url: \"https://rao.example/\"}
";
const PAPERS: &str = "- {title: Where emergency <i>spine</i> MRI loses its time, id: time, authors: Rao P, date: 2025-03, journal: Radiology, doi: 10.5555/a.1, featured: 1}
- {title: Another paper, id: other, authors: Rao P, date: 2024-03, journal: Radiology, doi: 10.5555/a.2}
";

fn made(site: &str, papers: &str) -> Site {
    let files = [("site.yaml", site), ("records/publications.yaml", papers)];
    let (portfolio, found) = portfolio(&files);
    assert!(found.is_empty(), "{found:?}");
    let public = portfolio.published(&Audience::Public);
    let sources = sources(&files);
    let mut diagnostics = Diagnostics::default();
    let citer = crate::cite::Citer::new(&mut diagnostics, &sources, &public.settings);
    let citations: Vec<_> =
        citer.cite(&mut diagnostics, &public.publications).into_iter().map(std::sync::Arc::new).collect();
    let site = render(&mut diagnostics, Input { portfolio: &public, citations: &citations, sources: &sources });
    // Letters that the CV has no font for are told of there.
    assert!(diagnostics.iter().all(|found| found.code.id == "OP806"), "{diagnostics:?}");
    site
}

fn cards_of(site: &Site) -> Vec<&str> {
    site.files.keys().map(SitePath::as_str).filter(|path| path.starts_with("social/")).collect()
}

fn page<'s>(site: &'s Site, path: &str) -> &'s str {
    match &site.files[path] {
        Payload::Bytes(bytes) => std::str::from_utf8(bytes).expect("a page"),
        Payload::CopyOf(_) => "",
    }
}

#[test]
fn the_home_page_and_featured_works_have_cards_and_others_show_the_home_pages() {
    let site = made(SITE, PAPERS);
    assert_eq!(cards_of(&site), ["social/home.png", "social/time.png"]);
    let shows = |path: &str, card: &str| page(&site, path).contains(&format!("content=\"https://rao.example/{card}\""));
    assert!(shows("publications/time/index.html", "social/time.png"));
    assert!(shows("publications/other/index.html", "social/home.png"));
    assert!(shows("index.html", "social/home.png"));
    for card in cards_of(&site) {
        let Payload::Bytes(bytes) = &site.files[card] else { panic!("a picture is made") };
        assert_eq!(&bytes[..8], b"\x89PNG\r\n\x1a\n");
        assert_eq!((&bytes[16..20], &bytes[20..24]), (&1200_u32.to_be_bytes()[..], &630_u32.to_be_bytes()[..]));
    }
}

#[test]
fn a_site_without_a_full_address_has_no_cards() {
    let site = made(&SITE.replace("site: {url: \"https://rao.example/\"}\n", ""), PAPERS);
    assert!(cards_of(&site).is_empty());
    assert!(!page(&site, "index.html").contains("og:image"));
}

#[test]
fn a_card_whose_title_cannot_be_set_is_left_out_and_the_home_pages_shown() {
    let site = made(SITE, &PAPERS.replace("Where emergency <i>spine</i> MRI loses its time", "脊椎"));
    assert_eq!(cards_of(&site), ["social/home.png"]);
    assert!(page(&site, "publications/time/index.html").contains("https://rao.example/social/home.png"));
}

#[test]
fn a_card_fits_whatever_its_words_are() {
    let long = "Pneumonoultramicroscopicsilicovolcanoconiosis ".repeat(40);
    for title in ["A", "<b>&\"quoted\"</b>", long.as_str()] {
        let card = Card {
            title: title.to_owned(),
            left: long.clone(),
            right: long.clone(),
            foot: plain_lines(draw::foot(&long)),
            ..Card::default()
        };
        let svg = draw::svg(&card, "#b9ccd6");
        assert!(draw::png(&svg, "#b9ccd6", draw::SIZE).is_some(), "{svg}");
        assert!(svg.matches("<text").count() <= 8, "{svg}");
    }
}
