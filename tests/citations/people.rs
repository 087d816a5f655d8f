//! Properties of references: nobody is lost or taken for another, HTML balances and says what the
//! plain text says.

use offprint::cite::{CitationText, Marks, Part, Shown};
use offprint::portfolio::{read_name, same_person};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::{STYLES, citer};

/// Family names that no form of another can be mistaken for, with particles and without.
const FAMILIES: [(&str, &str); 14] = [
    ("", "Oyelaran-Quist"),
    ("van der", "Berg"),
    ("de la", "Cruz"),
    ("d’", "Aubigny"),
    ("al-", "Khatib"),
    ("", "García-Márquez"),
    ("", "O’Connor"),
    ("", "Nguyễn"),
    ("", "Łukasik"),
    ("", "Çelik"),
    ("", "McDonald"),
    ("", "Weiß"),
    ("von", "Trapp"),
    ("", "Haddad"),
];

const GIVEN: [&str; 10] =
    ["Zainab Amelie", "Priya", "Z. A.", "K", "Jean-Luc", "María José", "Şebnem", "Émile", "Anna B.", "J. R. R."];

fn person() -> impl Strategy<Value = (usize, Value)> {
    (0..FAMILIES.len(), 0..GIVEN.len(), prop_oneof![6 => Just(""), 1 => Just("Jr"), 1 => Just("III")]).prop_map(
        |(family, given, suffix)| {
            let (particle, name) = FAMILIES[family];
            let mut person = json!({"family": name, "given": GIVEN[given]});
            for (key, part) in [("non-dropping-particle", particle), ("suffix", suffix)] {
                if !part.is_empty() {
                    person[key] = part.into();
                }
            }
            (family, person)
        },
    )
}

/// People of different families.
fn people(most: usize) -> impl Strategy<Value = Vec<Value>> {
    proptest::collection::vec(person(), 1..=most).prop_map(|mut people| {
        let mut seen = std::collections::BTreeSet::new();
        people.retain(|(family, _)| seen.insert(*family));
        people.into_iter().map(|(_, person)| person).collect()
    })
}

fn article(people: &[Value], title: &str) -> Value {
    json!({
        "type": "article-journal", "title": title, "author": people, "container-title": "European Radiology",
        "volume": "33", "page": "12-19", "issued": {"date-parts": [[2024, 5]]}, "DOI": "10.5555/eurrad.12",
    })
}

/// The names that a reference prints, by the place of the author.
fn names(citation: &CitationText) -> Vec<(usize, String)> {
    let mut names: Vec<(usize, String)> = Vec::new();
    for run in &citation.runs {
        let Part::Author(place) = run.part else { continue };
        match names.last_mut() {
            Some((last, name)) if *last == place => name.push_str(&run.text),
            _ => names.push((place, run.text.clone())),
        }
    }
    names
}

fn whole(person: &Value) -> offprint::portfolio::PersonName {
    let part = |key: &str| person[key].as_str().unwrap_or_default().to_owned();
    offprint::portfolio::PersonName {
        family: part("family"),
        given: part("given"),
        particle: part("non-dropping-particle"),
        suffix: part("suffix"),
        ..Default::default()
    }
}

/// The text of HTML, and whether its elements balance.
fn text_of(html: &str) -> Option<String> {
    let (mut text, mut open) = (String::new(), Vec::new());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        text.push_str(&rest[..at]);
        let (tag, after) = rest[at + 1..].split_once('>')?;
        rest = after;
        if let Some(name) = tag.strip_prefix('/') {
            (open.pop()? == name).then_some(())?;
        } else {
            open.push(tag.split(' ').next().unwrap_or(tag));
        }
    }
    text.push_str(rest);
    let plain = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
    open.is_empty().then_some(plain)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(40) })]

    #[test]
    fn every_author_is_there_once_and_is_read_back_as_the_same_person(people in people(9)) {
        for style in STYLES {
            let citation = citer(style).cite_item(&article(&people, "On names"), &Shown::default());
            let names = names(&citation);
            let plain = citation.plain();
            let all = names.len() == people.len();
            prop_assert!(all || plain.contains("et al") || plain.contains('…'), "{style}: {plain}");
            prop_assert!(names.is_sorted_by(|a, b| a.0 < b.0), "{style}: {names:?}");
            for (place, name) in &names {
                let read = read_name(name).expect("a name").name;
                for (other, person) in people.iter().enumerate() {
                    prop_assert_eq!(same_person(&read, &whole(person)), other == *place, "{}: {} in {}", style, name, plain);
                }
            }
        }
    }

    #[test]
    fn the_owner_is_there_whatever_the_place(count in 1_usize..80, place in 0_usize..80) {
        let people: Vec<Value> = (0..count).map(|n| json!({"family": format!("Author{n}"), "given": "Kim B"})).collect();
        let owner = place % count;
        let family = format!("Author{owner}");
        let shown = Shown { owner: Some(owner), position: Some(owner + 1), total: Some(count) };
        for style in STYLES {
            let citation = citer(style).cite_item(&article(&people, "On names"), &shown);
            let seen = names(&citation).iter().any(|(at, name)| *at == owner && name.contains(&family));
            prop_assert!(seen, "{}: {} in {}", style, family, citation.plain());
        }
    }

    #[test]
    fn html_balances_and_says_what_the_plain_text_says(
        parts in proptest::collection::vec(
            prop_oneof![
                "[a-zA-Zé0-9 ,.:;?!()&–-]{0,9}".prop_map(|text| text),
                "[<>\"'“”‘’&/]{1,3}".prop_map(|text| text),
                Just("<i>".to_owned()), Just("</i>".to_owned()), Just("<sup>".to_owned()), Just("</sup>".to_owned()),
                Just("<b>".to_owned()), Just("</b>".to_owned()), Just("<sub>".to_owned()), Just("</sub>".to_owned()),
            ],
            1..12,
        ),
        people in people(3),
    ) {
        let title = format!("T{}", parts.concat());
        let marks = Marks { owner: Some(0), ..Marks::default() };
        for style in STYLES {
            let citation = citer(style).cite_item(&article(&people, &title), &Shown::default());
            prop_assert_eq!(text_of(&citation.html(&marks)), Some(citation.plain()), "{}: {}", style, title);
        }
    }
}
