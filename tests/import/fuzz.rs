//! Every parser on files that were cut, doubled, mixed and sprinkled with signs: no panic, no hang, and time in
//! proportion to length.
//!
//! The seeds are the fixtures. `OFFPRINT_CASES=100000 cargo test --release --test import fuzz` runs longer,
//! as does `OFFPRINT_MINUTES=10`.

use std::fs;
use std::time::Instant;

use offprint::exchange::edit;
use offprint::exchange::read;
use proptest::prelude::*;
use proptest::test_runner::{TestCaseError, TestRunner};

use crate::length::Length;
use crate::{files_below, fixtures};

/// Signs that mean something to one of the formats.
const SIGNS: [&str; 34] = [
    "{",
    "}",
    "\"",
    "\\",
    "@article{",
    "@string{",
    "#",
    "$",
    "~",
    "%",
    "\n",
    "\r\n",
    "\0",
    "TY  - ",
    "ER  - ",
    "AU  - ",
    "PMID- ",
    "<",
    ">",
    "</",
    "&#x1F600;",
    "&amp;",
    "[",
    "]",
    ",",
    ": ",
    "---\n",
    "- ",
    "*a",
    "&a ",
    "\u{feff}",
    "é",
    "and",
    "12",
];

#[derive(Debug, Clone)]
enum Step {
    Cut(usize, usize),
    Double(usize, usize),
    Put(usize, usize),
    Byte(usize, u8),
    Mix(usize, usize, usize),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        (any::<usize>(), 0..400_usize).prop_map(|(at, length)| Step::Cut(at, length)),
        (any::<usize>(), 0..200_usize).prop_map(|(at, length)| Step::Double(at, length)),
        (any::<usize>(), 0..SIGNS.len()).prop_map(|(at, sign)| Step::Put(at, sign)),
        (any::<usize>(), any::<u8>()).prop_map(|(at, byte)| Step::Byte(at, byte)),
        (any::<usize>(), any::<usize>(), 0..300_usize).prop_map(|(at, from, length)| Step::Mix(at, from, length)),
    ]
}

fn mutated(seed: &[u8], other: &[u8], steps: &[Step]) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for step in steps {
        let place = |at: usize| at % (bytes.len() + 1);
        match *step {
            Step::Cut(at, length) => {
                let at = place(at);
                let end = (at + length).min(bytes.len());
                bytes.drain(at..end);
            }
            Step::Double(at, length) => {
                let at = place(at);
                let piece = bytes[at..(at + length).min(bytes.len())].to_vec();
                bytes.splice(at..at, piece);
            }
            Step::Put(at, sign) => {
                let at = place(at);
                bytes.splice(at..at, SIGNS[sign].bytes());
            }
            Step::Byte(at, byte) => {
                let at = place(at);
                if let Some(slot) = bytes.get_mut(at) {
                    *slot = byte;
                }
            }
            Step::Mix(at, from, length) => {
                let at = place(at);
                let from = from % (other.len() + 1);
                let piece = other[from..(from + length).min(other.len())].to_vec();
                bytes.splice(at..at, piece);
            }
        }
    }
    bytes
}

#[test]
fn no_mutated_file_brings_a_parser_down() {
    let seeds: Vec<(String, Vec<u8>)> = files_below(&fixtures())
        .into_iter()
        .filter(|path| !path.to_string_lossy().ends_with(".expected.json") && !path.ends_with("README.md"))
        .map(|path| (path.display().to_string(), fs::read(&path).expect("bytes")))
        .map(|(name, bytes)| (name, bytes[..bytes.len().min(6000)].to_vec()))
        .collect();
    let steps = proptest::collection::vec(step(), 1..8);
    let length = Length::of(40 * seeds.len());
    let mut runs = 0;
    // A file at a time, forty changes of each.
    let rounds = (0..).step_by(40).take_while(|&runs| length.has(runs));
    for (number, _) in rounds.enumerate() {
        let (name, seed) = &seeds[number % seeds.len()];
        let other = &seeds[(number + 7) % seeds.len()].1;
        let config = ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() };
        let result = TestRunner::new(config).run(&steps, |steps| {
            let bytes = mutated(seed, other, &steps);
            let started = Instant::now();
            if let Ok(found) = read::read(&bytes) {
                for draft in found.drafts.iter().take(3) {
                    let text = edit::text(draft);
                    edit::append(None, draft.kind, std::slice::from_ref(draft), "")
                        .map_err(|_| TestCaseError::fail(text.clone()))?;
                    edit::append(Some("- title: A\n"), draft.kind, std::slice::from_ref(draft), "")
                        .map_err(|reason| TestCaseError::fail(format!("{reason:?}\n{text}")))?;
                }
            }
            prop_assert!(started.elapsed().as_secs() < 5, "a file of {} bytes took too long", bytes.len());
            Ok(())
        });
        result.unwrap_or_else(|error| panic!("{name}: {error}"));
        runs += 40;
    }
    println!("{runs} mutated files");
}

#[test]
fn time_grows_with_length_and_no_faster() {
    let files = [
        "pubmed/pubmed-set.nbib",
        "ris/zotero.ris",
        "bibtex/bbt.bib",
        "pubmed/efetch.xml",
        "scholar/citations.csv",
        "csl-json/zotero.json",
    ];
    for file in files {
        let text = fs::read_to_string(fixtures().join(file)).expect("text");
        let times = |count: usize| {
            let many = match file {
                "pubmed/efetch.xml" => {
                    let head = text.find("<PubmedArticle>").expect("articles");
                    let end = text.rfind("</PubmedArticleSet>").expect("an end");
                    format!("{}{}{}", &text[..head], text[head..end].repeat(count), &text[end..])
                }
                "csl-json/zotero.json" => {
                    let inner = text.trim().trim_start_matches('[').trim_end_matches(']');
                    format!("[{}]", vec![inner; count].join(","))
                }
                "scholar/citations.csv" => {
                    let (head, rows) = text.split_once('\n').expect("rows");
                    format!("{head}\n{}", rows.repeat(count))
                }
                _ => format!("{text}\n").repeat(count),
            };
            let run = || {
                let started = Instant::now();
                let found = read::read(many.as_bytes()).unwrap_or_else(|reason| panic!("{file}: {reason:?}"));
                assert!(found.drafts.len() >= count, "{file}");
                started.elapsed().as_secs_f64()
            };
            (0..3).map(|_| run()).fold(f64::INFINITY, f64::min)
        };
        let (one, two, four) = (times(40), times(80), times(160));
        println!("{file}: {:.1} ms, {:.1} ms, {:.1} ms", one * 1e3, two * 1e3, four * 1e3);
        assert!(four < one * 9.0 + 0.05, "{file}: {one} {two} {four}");
    }
}
