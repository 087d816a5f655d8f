//! Files as people write them, and what is added to them.

use proptest::prelude::*;

use super::*;
use crate::exchange::draft::Value;
use crate::portfolio::read_name;
use crate::record::PartialDate;

fn draft(title: &str) -> Draft {
    let mut draft = Draft::new(Kind::Publications);
    draft.title(title);
    draft.people("authors", read_name("Rao P").map(|read| read.name).into_iter().collect());
    draft.date("date", PartialDate::parse("2025-03"));
    draft.unsure("date", "is a guess");
    draft
}

fn added(old: &str) -> String {
    append(Some(old), Kind::Publications, &[draft("New: one"), draft("New two")], "").expect("it can be added")
}

#[test]
fn a_new_file_has_its_records_apart() {
    let new = append(None, Kind::Publications, &[draft("A"), draft("B")], "# head\n").expect("a file");
    assert!(new.starts_with("# head\n- title: A\n") && new.contains("\n\n- title: B\n"), "{new}");
}

#[test]
fn records_follow_the_form_of_the_list() {
    let cases = [
        ("", "- title: \"New: one\"\n  authors: Rao P\n  date: 2025-03  # unsure: is a guess\n"),
        ("- title: A\r\n- title: B\r\n", "- title: B\r\n- title: \"New: one\"\r\n  authors: Rao P\r\n"),
        ("- title: A\n\n- title: B", "- title: B\n\n- title: \"New: one\"\n  authors: Rao P\n"),
        ("  -   title: A\n  -   title: B\n", "  -   title: \"New: one\"\n      authors: Rao P\n"),
        (
            "[]",
            "[\n  {\n    title: \"New: one\",\n    authors: [\"Rao, P\"],\n    date: 2025-03  # unsure: is a guess\n  },\n",
        ),
        ("[{title: A, b: [x]} # last\n]\n", "[{title: A, b: [x]}, # last\n  {\n    title: \"New: one\",\n"),
        ("---\n- title: A\n- title: B\n...\n", "- title: B\n- title: \"New: one\"\n"),
    ];
    for (old, part) in cases {
        let new = added(old);
        assert!(new.contains(part), "{old:?} gave\n{new}");
    }
    assert!(!added("- title: A\n- title: B").ends_with('\n'), "no last line end stays so");
}

#[test]
fn what_is_no_list_is_left_alone() {
    for (old, why) in [
        ("title: A\n", Refusal::Unreadable),
        ("- title: A\n  date: [\n", Refusal::Unreadable),
        ("- title: A\n---\n- title: B\n", Refusal::Unreadable),
    ] {
        assert_eq!(append(Some(old), Kind::Publications, &[draft("A")], ""), Err(why), "{old}");
    }
}

#[test]
fn a_fact_is_added_at_the_end_of_its_record_and_replaced_in_its_place() {
    let old = "# mine\n- title: A # a\n  status: epub  # soon\n  abstract: |\n    Words.\n\n    More.\n  # end of A\n\n# B comes\n- {title: B, status: 'epub'} # b\n";
    let change = |field: &'static str, value: &str| Change { field, value: Value::Text(value.to_owned()) };
    let new = set(
        old,
        Kind::Publications,
        &[Changes { index: 0, changes: vec![change("volume", "47"), change("status", "published")] }],
    )
    .expect("set");
    assert_eq!(new, old.replace("epub  #", "published  #").replace("  # end of A\n", "  # end of A\n  volume: 47\n"));
    let new = set(
        old,
        Kind::Publications,
        &[Changes { index: 1, changes: vec![change("status", "published"), change("pages", "1-9")] }],
    )
    .expect("set");
    assert_eq!(new, old.replace("'epub'}", "published, pages: \"1-9\"}"));
    let last =
        set("- title: A", Kind::Publications, &[Changes { index: 0, changes: vec![change("doi", "10.5555/a")] }])
            .expect("set");
    assert_eq!(last, "- title: A\n  doi: 10.5555/a");
}

/// A list as somebody might have written it.
fn list() -> impl Strategy<Value = String> {
    let record = prop_oneof![
        Just("title: Flow voids\nauthors: Rao P, Quist ZA # me\ndate: 2025-03"),
        Just("title: \"A: colon\"\nauthors:\n  - Rao, Priya\n  - {group: \"Spine, Brain\"}\ndate: '2024'"),
        Just(
            "title: >-\n  Folded\n  words\n\nabstract: |\n  One.\n\n  Two.\n\nauthors: [Rao P, Quist ZA]\ndate: 2024-01-02"
        ),
        Just(
            "# above\ntitle: plain\n  over two lines\nstatus: submitted # not out\nprivate: {notes: \"don't # worry\"}\nauthors: Rao P"
        ),
        Just("{title: In braces, authors: [Rao P], date: 2020}"),
        Just("title: It's a [bracket] - and a dash\nauthors: Rao P\nthreads: [a,\n  b]\ndate: 2020"),
        Just("title: Anchored\nprivate: &p\n  notes: x\nauthors: Rao P\ndate: 2021"),
    ];
    let form = (0..4_usize, 0..4_usize, any::<bool>(), 0..4_usize, any::<bool>());
    (proptest::collection::vec(record, 0..6), form).prop_map(|(records, (indent, gap, blank, foot, mark))| {
        let head = ["", "# My papers\n\n", "---\n# top\n", "\n\n"][indent];
        let dash = [("- ", 2), ("-   ", 4), ("  - ", 4), ("-\n  ", 2)][gap];
        let mut text = String::from(if mark { "\u{feff}" } else { "" });
        text.push_str(head);
        for record in &records {
            for (number, line) in record.lines().enumerate() {
                match (number, line.is_empty()) {
                    (0, _) => text.push_str(dash.0),
                    (_, true) => {}
                    _ => text.push_str(&" ".repeat(dash.1)),
                }
                text.push_str(line);
                text.push('\n');
            }
            if blank {
                text.push('\n');
            }
        }
        text.push_str(["", "# - title: an example\n", "\n\n", "  # far right\n"][foot]);
        text
    })
}

fn in_order(old: &str, new: &str) -> bool {
    let mut letters = new.bytes();
    old.bytes().all(|byte| letters.by_ref().any(|other| other == byte))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_old_byte_stays_and_the_new_records_read(text in list(), end in 0..3_usize, cut in any::<bool>(), kind in 0..3_usize) {
        let text = [text.clone(), text.replace('\n', "\r\n"), text.replace('\n', "\r")][end].clone();
        let text = if cut { text.trim_end_matches(['\n', '\r']).to_owned() } else { text };
        let drafts: Vec<Draft> = [draft("New: one"), draft("Deux"), draft("# three")][..=kind].to_vec();
        let before = records(&text, Kind::Publications).expect("the list reads");
        let new = append(Some(&text), Kind::Publications, &drafts, "").expect("it can be added");
        prop_assert!(in_order(&text, &new), "{text:?}\n{new:?}");
        let after = records(&new, Kind::Publications).expect("it reads");
        prop_assert_eq!(after.len(), before.len() + drafts.len());
        prop_assert_eq!(&after[..before.len()], &before[..]);
        prop_assert_eq!(after.last().and_then(|last| last.get("title")).and_then(Yaml::as_str), drafts[kind].get_text("title"));
    }

    #[test]
    fn a_fact_changes_its_own_record_alone(text in list(), end in 0..2_usize, number in 0..6_usize) {
        let text = [text.clone(), text.replace('\n', "\r\n")][end].clone();
        let before = records(&text, Kind::Publications).expect("the list reads");
        prop_assume!(number < before.len());
        let changes = [Change { field: "volume", value: Value::Text("12".to_owned()) }, Change { field: "doi", value: Value::Text("10.5555/x".to_owned()) }];
        let new = set(&text, Kind::Publications, &[Changes { index: number, changes: changes.to_vec() }]).expect("it can be set");
        prop_assert!(in_order(&text, &new), "{text:?}\n{new:?}");
    }

    #[test]
    fn no_text_brings_it_down(text in "\\PC{0,60}|([-\\[\\]{}#'\": \n\ra-c]){0,60}") {
        let _ = append(Some(&text), Kind::Publications, &[draft("A")], "");
        let _ = set(&text, Kind::Publications, &[Changes { index: 0, changes: vec![Change { field: "volume", value: Value::Text("12".to_owned()) }] }]);
    }
}
