//! References a second in each of the eleven styles: `cargo bench --bench cite`.
//!
//! Cites 4,000 works as a first build does, as a second build does when nothing and when one
//! record changed, and the long author lines. Where `CITEPROC` names a `node_modules` folder that
//! holds citeproc-js, and `CSL_STYLES` a folder of the official styles and locales, that processor
//! cites the same works in the same run. Measures; never fails on a slow machine.

#![allow(clippy::print_stdout, reason = "a benchmark's result is what it prints")]

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use offprint::cite::{Citer, Kept, SHORT_NAMES};
use offprint::diagnostic::Diagnostics;
use offprint::exchange::csl_json;
use offprint::portfolio::{
    Contributor, Identifiers, PersonName, Publication, PublicationDates, Settings, Shared, Venue,
};
use offprint::record::PartialDate;
use offprint::record::vocabulary::{PublicationStatus, PublicationType};
use offprint::source::Sources;

const WORKS: u16 = 4000;

fn main() {
    let works: Vec<Publication> = (0..usize::from(WORKS)).map(work).collect();
    let folder = tempfile::tempdir().expect("a folder");
    let items = folder.path().join("items.json");
    std::fs::write(&items, csl_json::items(&works).to_string()).expect("items");
    println!("{WORKS} works, {} threads", rayon::current_num_threads());
    println!(
        "{:10} {:>9} {:>14} {:>16} {:>12} {:>7}",
        "style", "first/s", "unchanged, ms", "one changed, ms", "citeproc/s", "times"
    );
    for (style, official) in SHORT_NAMES {
        let mut works = works.clone();
        let (site, other) = (site(&folder.path().join("one")), site(&folder.path().join("other")));
        let first = time(|| build(style, &works, Kept::default()));
        build(style, &works, Kept::default()).save(&site);
        let unchanged = time(|| build(style, &works, Kept::load(&site)).save(&site));
        works[usize::from(WORKS) / 2].shared.title = "Changed since".into();
        let changed = time(|| build(style, &works, Kept::load(&site)).save(&other));
        let reference = reference(&items, official);
        println!(
            "{style:10} {:9.0} {:14.1} {:16.1} {:>12} {:>7}",
            rate(first),
            millis(unchanged),
            millis(changed),
            reference.map_or("-".into(), |time| format!("{:.0}", rate(time))),
            reference.map_or("-".into(), |time| format!("{:.0}", time.as_secs_f64() / first.as_secs_f64())),
        );
    }
    for (style, _) in SHORT_NAMES {
        let citer = citer(style);
        let alone = time(|| citer.cite_all(&[crowded(0, 3000)]));
        let forty = |authors| {
            let works: Vec<Publication> = (0..40).map(|n| crowded(n, authors)).collect();
            time(|| citer.cite_all(&works))
        };
        let (small, large) = (forty(500), forty(1000));
        println!(
            "{style:10} 3,000 authors {:.1} ms; 40 works of 500 authors {:.1} ms, of 1,000 {:.1} ms",
            millis(alone),
            millis(small),
            millis(large)
        );
    }
}

fn rate(time: Duration) -> f64 {
    f64::from(WORKS) / time.as_secs_f64()
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

fn time<T>(run: impl Fn() -> T) -> Duration {
    (0..3)
        .map(|_| {
            let start = Instant::now();
            drop(run());
            start.elapsed()
        })
        .min()
        .unwrap_or_default()
}

/// The references of one build, from the style's name to the last of them.
fn build(style: &str, works: &[Publication], mut kept: Kept) -> Kept {
    let references = citer(style).cite_with(&mut Diagnostics::default(), works, &mut kept);
    assert_eq!(references.len(), usize::from(WORKS));
    kept
}

/// How long citeproc-js takes for the items: engine, registry and bibliography.
fn reference(items: &Path, style: &str) -> Option<Duration> {
    let (modules, styles) = (std::env::var("CITEPROC").ok()?, std::env::var("CSL_STYLES").ok()?);
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/benches/citeproc.cjs");
    let output = Command::new("node").arg(script).arg(items).arg(&styles).arg(style).env("NODE_PATH", modules).output();
    let seconds = String::from_utf8(output.ok()?.stdout).ok()?.trim().parse().ok()?;
    Some(Duration::from_secs_f64(seconds))
}

/// A site whose cache lies in a folder.
fn site(folder: &Path) -> Sources {
    std::fs::create_dir_all(folder.join(".offprint")).expect("a folder");
    std::fs::write(folder.join("site.yaml"), "format: 1\n").expect("a site");
    Sources::read(&mut Diagnostics::default(), folder).expect("a site")
}

fn citer(style: &str) -> Citer {
    Citer::new(&mut Diagnostics::default(), &Sources::default(), &settings(style))
}

fn settings(style: &str) -> Settings {
    Settings { citation_style: style.into(), ..Settings::plain("en-US") }
}

fn person(n: usize) -> Contributor {
    const FAMILIES: [&str; 8] =
        ["Oyelaran-Quist", "Rao", "Haddad", "Grigoryan", "Lindqvist", "García Márquez", "O’Brien", "Kim"];
    const GIVEN: [&str; 6] = ["Zainab Amelie", "Priya", "Min-Seo", "K. M. L.", "José", "Eun-ji"];
    let name = PersonName {
        family: FAMILIES[n % FAMILIES.len()].into(),
        given: GIVEN[n % GIVEN.len()].into(),
        particle: if n.is_multiple_of(11) { "van der".into() } else { String::new() },
        ..PersonName::default()
    };
    Contributor { name, ..Contributor::default() }
}

/// One of the works that a resident has: mostly articles, and some of every other kind.
fn work(n: usize) -> Publication {
    let kind = match n % 20 {
        13 => PublicationType::BookChapter,
        14 => PublicationType::Book,
        15 => PublicationType::ConferencePaper,
        16 => PublicationType::Preprint,
        17 => PublicationType::Thesis,
        18 => PublicationType::Online,
        19 => PublicationType::Software,
        _ => PublicationType::JournalArticle,
    };
    let article = kind == PublicationType::JournalArticle;
    let only = |text: String, wanted: bool| wanted.then_some(text);
    let authors: Vec<Contributor> = (0..=(n % 12)).map(|place| person(n + place)).collect();
    let year = 2010 + n % 16;
    Publication {
        shared: Shared {
            id: format!("work-{n:04}"),
            title: format!("Reader agreement for lesion {n} on <i>in vivo</i> MRI: a \"second\" look"),
            url: only(format!("https://example.org/{n}"), kind == PublicationType::Online),
            ..Shared::default()
        },
        author_count: authors.len(),
        authors,
        editors: if kind == PublicationType::BookChapter { vec![person(n), person(n + 1)] } else { Vec::new() },
        venue: Venue {
            journal: only("European Radiology".into(), article),
            journal_abbr: only("Eur Radiol".into(), article),
            volume: only((1 + n % 60).to_string(), article),
            issue: only((1 + n % 12).to_string(), article),
            pages: only(format!("{}-{}", 100 + n % 800, 108 + n % 800), article || n % 20 == 13),
            book_title: only("Handbook of spinal imaging".into(), n % 20 == 13 || n % 20 == 15),
            publisher: only("Harrow Medical Press".into(), !article),
            place: only("Toronto".into(), n % 20 == 13 || n % 20 == 14),
            ..Venue::default()
        },
        dates: PublicationDates {
            published: PartialDate::parse(&format!("{year}-{:02}-{:02}", 1 + n % 12, 1 + n % 28)),
            ..PublicationDates::default()
        },
        identifiers: Identifiers {
            doi: only(format!("10.5555/bench.{n}"), !n.is_multiple_of(5)),
            ..Identifiers::default()
        },
        ..Publication::blank(kind, PublicationStatus::Published)
    }
}

/// A work of very many authors, the owner in their midst.
fn crowded(n: usize, authors: usize) -> Publication {
    let people: Vec<Contributor> = (0..authors).map(person).collect();
    Publication {
        authors: people,
        author_count: authors,
        own_index: Some(authors / 2),
        own_position: Some(authors / 2 + 1),
        ..work(n)
    }
}
