//! Every style against the reference processor (citeproc-js with the official styles).
//!
//! A folder holds `items.csl.json`, invented works, and in `expected/<style>.txt` and `.html` what
//! citeproc-js prints for each, cited alone. The number of a numeric style is left out on both
//! sides, and links, which the processor does not make. `OFFPRINT_CITATIONS` names another folder
//! of the same shape, `OFFPRINT_STYLE` a single style.
//!
//! Where the reference is wrong, `better.tsv` says so: item, style, what we print, and why.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;

use offprint::cite::{Marks, Shown};
use serde_json::Value;

use crate::{STYLES, citer};

/// The number before the reference in a numeric style.
fn without_number<'t>(style: &str, text: &'t str) -> &'t str {
    let text = text.trim();
    if ["apa", "chicago", "harvard"].contains(&style) {
        return text;
    }
    let rest = text.trim_start_matches('[');
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    if digits != 1 {
        return text;
    }
    rest[1..].trim_start_matches(['.', ']']).trim_start()
}

/// White space as the expected texts have it: one plain space for each stretch.
fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
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
        if c != ' '
            && open
                .iter()
                .rev()
                .find(|tag| tag.contains("font-style") || **tag == "<i")
                .is_some_and(|tag| tag.contains("normal"))
        {
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

/// Readings that are better than the reference's, by item and style.
#[derive(Default)]
struct Better {
    rows: BTreeMap<(String, String), (String, String)>,
    met: BTreeSet<(String, String)>,
}

impl Better {
    fn read(folder: &str) -> Self {
        let text = fs::read_to_string(format!("{folder}/better.tsv")).unwrap_or_default();
        let rows = text.lines().map(|line| {
            let mut cells = line.split('\t').map(str::to_owned);
            let mut cell = || cells.next().expect("four cells: item, style, what we print, why");
            ((cell(), cell()), (cell(), cell()))
        });
        Self { rows: rows.collect(), met: BTreeSet::new() }
    }

    /// Tells whether a reading is the one that is listed.
    fn holds(&mut self, item: &str, style: &str, ours: &str) -> bool {
        let key = (item.to_owned(), style.to_owned());
        let held = self.rows.get(&key).is_some_and(|(listed, _)| listed == ours);
        if held {
            self.met.insert(key);
        }
        held
    }

    /// The list, an item a line: its styles and the reason.
    fn list(&self) -> String {
        let mut items: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
        for ((item, style), (_, reason)) in &self.rows {
            items.entry((item, reason)).or_default().push(style);
        }
        items.iter().map(|((item, reason), styles)| format!("{item} ({}): {reason}\n", styles.join(", "))).collect()
    }
}

/// How one style did.
#[derive(Default)]
struct Count {
    equal: usize,
    better: usize,
}

fn compare(folder: &str, items: &[Value], style: &str, better: &mut Better, faults: &mut Vec<String>) -> Option<Count> {
    // Two names of one style.
    let file = if style == "vancouver" { "nlm" } else { style };
    let read = |kind: &str| fs::read_to_string(format!("{folder}/expected/{file}.{kind}")).ok();
    let (texts, htmls) = (read("txt")?, read("html")?);
    assert_eq!((texts.lines().count(), htmls.lines().count()), (items.len(), items.len()), "{folder} {style}");
    let citer = citer(style);
    let mut count = Count::default();
    for ((item, text), markup) in items.iter().zip(texts.lines()).zip(htmls.lines()) {
        let (id, text) = text.split_once('\t').expect("id and reference");
        let (_, markup) = markup.split_once('\t').expect("id and reference");
        let citation = citer.cite_item(item, &Shown::default());
        let (plain, html) = (citation.plain(), citation.html(&Marks::default()));
        let text = without_number(style, text);
        let (wanted, ours) = if spaced(&plain) != text {
            (text, spaced(&plain))
        } else if looks(&spaced(&html)) != looks(markup) {
            (markup, html)
        } else {
            count.equal += 1;
            continue;
        };
        if better.holds(id, style, &ours) {
            count.better += 1;
        } else {
            faults.push(format!("{style} {id}\n  - {wanted}\n  + {ours}"));
        }
    }
    Some(count)
}

#[test]
fn references_equal_those_of_the_reference_processor() {
    let given = std::env::var("OFFPRINT_CITATIONS").ok();
    let own = ["tests/fixtures/citations", "tests/fixtures/citations/unusual"];
    let folders: Vec<&str> = given.as_deref().map_or_else(|| own.to_vec(), |folder| vec![folder]);
    let only = std::env::var("OFFPRINT_STYLE").ok().filter(|style| !style.is_empty());
    let styles = || STYLES.iter().filter(|style| only.as_deref().is_none_or(|only| only == **style));
    let mut faults = Vec::new();
    let mut listed = String::new();
    let mut totals: BTreeMap<&str, (usize, Count)> = BTreeMap::new();
    for folder in folders {
        let items = fs::read_to_string(format!("{folder}/items.csl.json")).expect("items");
        let items: Vec<Value> = serde_json::from_str(&items).expect("JSON");
        let mut better = Better::read(folder);
        for style in styles() {
            let Some(count) = compare(folder, &items, style, &mut better, &mut faults) else { continue };
            let (number, total) = totals.entry(style).or_default();
            *number += items.len();
            total.equal += count.equal;
            total.better += count.better;
        }
        let equal = better.rows.keys().filter(|key| !better.met.contains(*key) && only.is_none());
        faults.extend(equal.map(|(item, style)| format!("{style} {item}\n  is no longer as `better.tsv` lists it")));
        listed += &better.list();
    }
    if given.is_none() {
        let compared: Vec<&str> = styles().copied().filter(|style| totals.contains_key(style)).collect();
        assert!(styles().eq(compared.iter()), "only {compared:?} have expected texts");
    }
    let mut table = format!("{:10} {:>5} {:>5} {:>6} {:>7}\n", "style", "items", "equal", "better", "share");
    for style in styles() {
        let Some((items, Count { equal, better })) = totals.get(style) else { continue };
        let tenths = (equal + better) * 1000 / items;
        let share = format!("{}.{}", tenths / 10, tenths % 10);
        let _ = writeln!(table, "{style:10} {items:5} {equal:5} {better:6} {share:>6}%");
    }
    println!("{}\n{table}\nBetter readings than the reference's:\n{listed}", faults.join("\n"));
    assert!(faults.is_empty() || given.is_some(), "{}", faults.join("\n"));
}
