use std::time::Instant;

use super::*;
use crate::portfolio::fixture;
use crate::portfolio::{Audience, PublicPortfolio};
use crate::render::{Maker, SitePath};

fn checked(texts: &[(&str, &str)], files: &[(&str, &str)]) -> Vec<String> {
    let (portfolio, faults) = fixture::portfolio(texts);
    assert_eq!(fixture::short(&faults), Vec::<String>::new());
    let sources = fixture::sources(texts);
    let mut public = portfolio.published(&Audience::Public);
    public.settings.base_url = Some("https://example.org/name/".to_owned());
    run(&sources, &public, files)
}

fn run(sources: &Sources, public: &PublicPortfolio, files: &[(&str, &str)]) -> Vec<String> {
    let mut site = Site::default();
    let mut diagnostics = Diagnostics::default();
    for (path, html) in files {
        site.add(SitePath::new(*path), Payload::Bytes(html.as_bytes().to_vec()), Maker::Site);
    }
    check(&mut diagnostics, sources, public, &site);
    let found = diagnostics.sorted();
    fixture::short(&found).into_iter().zip(&found).map(|(short, found)| format!("{} {short}", found.file)).collect()
}

#[test]
fn links_that_lead_somewhere_pass() {
    let files = [
        (
            "index.html",
            "<a href='a/'>a</a><a href='./'><a href=''><a href='#x'><p id=x><a href='/name/a/#é'><a href='a/#%C3%A9'>",
        ),
        (
            "a/index.html",
            "<h2 id='é'><a href='../'><a href='..'><a href='b.pdf#page=2'><a href='../a/?q#top'><a href='.'>",
        ),
        ("a/b.pdf", ""),
        (
            "404.html",
            "<a href='/name/'><a href='https://example.org/x'><a href='mailto:a@b'><a href='//c/d'><img src='data:,'>",
        ),
    ];
    assert_eq!(checked(&[], &files), Vec::<String>::new());
}

#[test]
fn a_broken_link_is_placed_where_it_was_written() {
    let texts = [
        ("pages/about.md", "---\ntitle: Hello\n---\n\nSee [it](gone/) and [there](teaching.md#mentees).\n"),
        ("pages/teaching.md", "Words\n"),
        (
            "records/publications.yaml",
            "- title: A\n  authors: Rao P\n  date: 2025\n  doi: 10.5555/x\n  code: files/code.zip\n",
        ),
    ];
    let files = [
        ("index.html", "<a href='gone/'><a href='teaching/#mentees'>"),
        ("teaching/index.html", "<h2 id=b><a href='../files/code.zip'>"),
        ("x/index.html", "<a href='../files/code.zip'>"),
    ];
    assert_eq!(
        checked(&texts, &files),
        [
            "pages/about.md OP501 5:10-14 a link leads to `gone/`, which is not in the site",
            "pages/about.md OP501 5:29-48 a link leads to the place `#mentees`, which is not on the page `teaching/`",
            "records/publications.yaml OP501 5:9-23 a link leads to `files/code.zip`, which is not in the site",
        ]
    );
}

#[test]
fn a_link_in_a_template_is_reported_once() {
    let files = [
        ("a/index.html", "<a href='../../x'>"),
        ("b/index.html", "<a href='../nowhere/'>"),
        ("c/index.html", "<a href='../nowhere/'>"),
    ];
    assert_eq!(
        checked(&[], &files),
        [
            "a/index.html OP501  a link leads to `../../x`, which is not in the site: it stands on the page `a/index.html`",
            "b/index.html OP501  a link leads to `nowhere/`, which is not in the site: it stands on the page `b/index.html` (and on 1 more pages)",
        ]
    );
}

#[test]
fn a_large_site_is_checked_soon() {
    let (portfolio, _) = fixture::portfolio(&[]);
    let public = portfolio.published(&Audience::Public);
    let links: String = (0..60)
        .map(|n| format!("<li><a class=\"x\" href=\"../{n}/#a{n}\">Words of a title that is some length</a></li>\n"))
        .collect();
    let html = (0..60).map(|n| format!("<p id=\"a{n}\">Words</p>")).collect::<String>() + &links;
    let paths: Vec<String> = (0..1000).map(|n| format!("{n}/index.html")).collect();
    let files: Vec<(&str, &str)> = paths.iter().map(|path| (path.as_str(), html.as_str())).collect();
    let start = Instant::now();
    assert_eq!(run(&Sources::default(), &public, &files), Vec::<String>::new());
    assert!(start.elapsed().as_secs() < 10, "{:?}", start.elapsed());
}
