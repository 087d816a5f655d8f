//! Every style against the reference processor (citeproc-js with the official styles).
//!
//! `fixtures/citations/items.csl.json` holds invented works; `expected/<style>.txt` and `.html`
//! what citeproc-js prints for each, cited alone. The number of a numeric style is left out on
//! both sides.

use offprint::cite::{Citer, Shown};
use offprint::diagnostic::Diagnostics;
use offprint::portfolio::Settings;
use offprint::record::vocabulary::Grouping;
use offprint::source::Sources;
use serde_json::Value;

const STYLES: [&str; 11] =
    ["ama", "nlm", "vancouver", "radiology", "apa", "chicago", "harvard", "ieee", "nature", "bmj", "lancet"];

fn settings(style: &str) -> Settings {
    Settings {
        title: String::new(),
        description: None,
        base_url: None,
        language: "en-US".into(),
        theme: "offprint".into(),
        theme_options: std::collections::BTreeMap::default(),
        accent: None,
        citation_style: style.into(),
        bold_my_name: true,
        show_status: Vec::new(),
        grouping: Grouping::Year,
        show_counts: true,
        exports: Vec::new(),
        menu: None,
        footer: None,
    }
}

fn citer(style: &str) -> Citer {
    Citer::new(&mut Diagnostics::default(), &Sources::default(), &settings(style))
}

/// The number before the reference in a numeric style.
fn without_number(text: &str) -> &str {
    let text = text.trim();
    let rest = text.trim_start_matches('[');
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    if digits != 1 {
        return text;
    }
    rest[1..].trim_start_matches(['.', ']']).trim_start()
}

#[test]
fn references_equal_those_of_the_reference_processor() {
    let folder = std::env::var("OFFPRINT_CITATIONS").unwrap_or("tests/fixtures/citations".into());
    let items = std::fs::read_to_string(format!("{folder}/items.csl.json")).expect("items");
    let items: Vec<Value> = serde_json::from_str(&items).expect("JSON");
    let only = std::env::var("OFFPRINT_STYLE").ok().filter(|style| !style.is_empty());
    for style in STYLES {
        if only.as_ref().is_some_and(|only| only != style) {
            continue;
        }
        let Ok(expected) = std::fs::read_to_string(format!("{folder}/expected/{style}.txt")) else { continue };
        let citer = citer(style);
        let mut equal = 0;
        for (item, line) in items.iter().zip(expected.lines()) {
            let (id, expected) = line.split_once('\t').expect("id and reference");
            let text = citer.cite_item(item, &Shown::default()).plain();
            if text == without_number(expected) {
                equal += 1;
            } else {
                println!("{style} {id}\n  - {}\n  + {text}", without_number(expected));
            }
        }
        println!("{style:10} {equal} of {}", items.len());
    }
}
