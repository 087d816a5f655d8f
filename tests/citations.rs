//! Every style against the reference processor (citeproc-js with the official styles).
//!
//! `fixtures/citations/items.csl.json` holds invented works; `expected/<style>.txt` and `.html`
//! what citeproc-js prints for each, cited alone. The number of a numeric style is left out on
//! both sides, and links, which the processor does not make. `OFFPRINT_CITATIONS` names another
//! folder of the same shape, `OFFPRINT_STYLE` a single style.

use std::fmt::Write as _;

use offprint::cite::{Citer, Marks, Shown};
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

/// HTML as characters, each with the letters of its looks; spaces have none.
fn looks(html: &str) -> Vec<(char, String)> {
    let html = html
        .split_once("<div class=\"csl-right-inline\">")
        .map_or(html, |(_, right)| right.trim_end_matches("</div>").trim_end());
    let mut out = Vec::new();
    let mut open: Vec<&str> = Vec::new();
    let mut rest = html;
    while let Some(c) = rest.chars().next() {
        if c == '<' {
            let (tag, after) = rest.split_once('>').expect("a tag ends");
            match tag.strip_prefix("</") {
                Some(_) => drop(open.pop()),
                None => open.push(tag),
            }
            rest = after;
            continue;
        }
        let (c, length) = match rest.strip_prefix('&').and_then(|entity| entity.split_once(';')) {
            Some((entity, _)) if entity.len() < 6 => (entity_char(entity), entity.len() + 2),
            _ => (c, c.len_utf8()),
        };
        let mut look = String::new();
        for (letter, names) in
            [('i', ["<i", "<em"]), ('b', ["<b", "<b"]), ('u', ["<sup", "<sup"]), ('d', ["<sub", "<sub"])]
        {
            if c != ' ' && open.iter().any(|tag| names.contains(tag)) {
                look.push(letter);
            }
        }
        if c != ' ' && open.iter().any(|tag| tag.contains("small-caps")) {
            look.push('c');
        }
        if c != ' ' && open.iter().rev().find(|tag| tag.contains("font-style") || **tag == "<i").is_some_and(|tag| tag.contains("normal")) {
            look = look.replace('i', "");
        }
        out.push((c, look));
        rest = &rest[length..];
    }
    out
}

fn entity_char(entity: &str) -> char {
    match entity {
        "amp" | "#38" => '&',
        "lt" | "#60" => '<',
        "gt" | "#62" => '>',
        "quot" => '"',
        "#39" => '\'',
        "#160" | "nbsp" => '\u{A0}',
        _ => '?',
    }
}

#[test]
fn references_equal_those_of_the_reference_processor() {
    let folder = std::env::var("OFFPRINT_CITATIONS").unwrap_or("tests/fixtures/citations".into());
    let items = std::fs::read_to_string(format!("{folder}/items.csl.json")).expect("items");
    let items: Vec<Value> = serde_json::from_str(&items).expect("JSON");
    let only = std::env::var("OFFPRINT_STYLE").ok().filter(|style| !style.is_empty());
    let mut table = String::new();
    let mut faults = Vec::new();
    for style in STYLES.iter().filter(|style| only.as_deref().is_none_or(|only| only == **style)) {
        let read = |kind: &str| std::fs::read_to_string(format!("{folder}/expected/{style}.{kind}"));
        let (Ok(texts), Ok(htmls)) = (read("txt"), read("html")) else { continue };
        let citer = citer(style);
        let (mut plain, mut html) = (0, 0);
        for ((item, text), markup) in items.iter().zip(texts.lines()).zip(htmls.lines()) {
            let (id, text) = text.split_once('\t').expect("id and reference");
            let (_, markup) = markup.split_once('\t').expect("id and reference");
            let citation = citer.cite_item(item, &Shown::default());
            if citation.plain() == without_number(text) {
                plain += 1;
            } else {
                faults.push(format!("{style} {id}\n  - {}\n  + {}", without_number(text), citation.plain()));
            }
            if looks(&citation.html(&Marks::default())) == looks(markup) {
                html += 1;
            } else if citation.plain() == without_number(text) {
                faults.push(format!("{style} {id}\n  - {markup}\n  + {}", citation.html(&Marks::default())));
            }
        }
        let _ = writeln!(table, "{style:10} text {plain:3} html {html:3} of {}", items.len());
    }
    println!("{}\n{table}", faults.join("\n"));
    assert!(faults.is_empty() || folder != "tests/fixtures/citations", "{}", faults.join("\n"));
}
