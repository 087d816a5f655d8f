//! Slips in, messages and the rest of the list out.

use proptest::prelude::*;

use super::*;
use crate::diagnostic::Diagnostics;

/// Reads a list; gives the items and, in short, the problems: code, place, message, fix.
fn read(text: &str) -> (Vec<Item>, Vec<String>) {
    let mut found = Vec::new();
    let (listing, _) = list(&mut found, "f", text, None);
    let mut sorted = Diagnostics::default();
    for one in found {
        sorted.push(one);
    }
    let short = sorted.sorted().into_iter().map(|one| {
        let place = one.span.map(|span| format!("{}:{}-{}", span.line, span.column, span.end_column));
        let fix = one.fix.map(|fix| format!(" => {fix}"));
        format!("{} {} {}{}", one.code.id, place.unwrap_or_default(), one.message, fix.unwrap_or_default())
    });
    (listing.items, short.collect())
}

/// The one slip of a record whose second field is still read.
#[track_caller]
fn slip(text: &str, expected: &str) {
    let (items, found) = read(text);
    assert_eq!(found, [expected], "{text}");
    assert_eq!(items.len(), 1, "{text}");
    let end = items[0].value.get("end").and_then(Value::as_str);
    assert_eq!(end, Some("read"), "{text}");
}

#[test]
fn a_colon_in_a_text_asks_for_double_quotes() {
    slip(
        "- title: Flow voids: a \"pictorial\" essay\n  end: read\n",
        r#"OP107 1:10-41 a colon stands in a title without quotes => "Flow voids: a \"pictorial\" essay""#,
    );
    slip(
        "- end: read\n  journal: Radiology: AI\n",
        r#"OP107 2:12-25 a colon stands in the text of `journal`, which has no quotes => "Radiology: AI""#,
    );
    let (items, found) = read("- {kind: a, title: Flow: b}\n- end: read\n");
    assert_eq!(found, [r#"OP107 1:20-27 a colon stands in a title without quotes => "Flow: b""#]);
    assert_eq!(items.len(), 1);
}

#[test]
fn a_backslash_before_a_letter_of_several_bytes_is_placed() {
    slip("- title: \"a \\é b\"\n  end: read\n", "OP102 1:13-15 a backslash in double quotes has a meaning of its own");
}

#[test]
fn a_hash_that_cuts_off_a_title_is_shown() {
    slip(
        "- title: Lesion #3 of the cord\n  end: read\n",
        r##"OP108 1:10-31 `#` cuts off the title => "Lesion #3 of the cord""##,
    );
    slip("- title: Lesion\n    number #3 of the cord\n  end: read\n", "OP108 2:12-26 `#` cuts off the text");
    let (_, found) = read("- orcid: 0000   # invented\n  level: R3 # PGY-4\n  title: A title  # a comment\n");
    assert_eq!(found, [] as [&str; 0]);
}

#[test]
fn a_tab_as_indentation_is_shown_at_its_own_line() {
    slip("- end: read\n\tdate: 2025\n", "OP109 2:1-2 this line is indented with a tab =>   ");
    slip("- end: read\n  \tdate: 2025\n  doi: x\n", "OP109 2:1-4 this line is indented with a tab =>   ");
}

#[test]
fn signs_at_the_head_of_a_text_are_named() {
    for (text, expected) in [
        ("  authors: *Rao P, Lee K\n", "OP110 2:12-25 a name cannot begin with `*` => Rao P, Lee K"),
        ("  authors:\n    - Lee K\n    - *Rao P\n", "OP110 4:7-13 a name cannot begin with `*` => Rao P"),
        ("  authors: [*Rao P, Lee K]\n", "OP110 2:13-14 a name cannot begin with `*` => "),
        ("  title: & more\n", r#"OP110 2:10-16 the title cannot begin with `&` unless it is in quotes => "& more""#),
        (
            "  title: &more of it\n",
            r#"OP110 2:10-21 a text cannot begin with `&` unless it is in quotes => "&more of it""#,
        ),
        (
            "  title: !New of it\n",
            r#"OP110 2:10-20 a text cannot begin with `!` unless it is in quotes => "!New of it""#,
        ),
        (
            "  title: [18F]FDG PET\n",
            r#"OP110 2:10-22 the title cannot begin with `[` unless it is in quotes => "[18F]FDG PET""#,
        ),
        (
            "  title: [18F]FDG: PET\n",
            r#"OP110 2:10-23 the title cannot begin with `[` unless it is in quotes => "[18F]FDG: PET""#,
        ),
        (
            "  title: >50% stenosis\n",
            r#"OP110 2:10-23 the title cannot begin with `>` unless it is in quotes => ">50% stenosis""#,
        ),
        (
            "  journal: @home\n",
            r#"OP110 2:12-17 the text of `journal` cannot begin with `@` unless it is in quotes => "@home""#,
        ),
    ] {
        slip(&format!("- end: read\n{text}  last: x\n"), expected);
    }
}

#[test]
fn curly_quotes_are_told_from_those_that_belong_to_a_title() {
    slip("- title: “A: b”\n  end: read\n", r#"OP111 1:10-16 curly quotes do not protect a colon => "A: b""#);
    slip(
        "- title: “A b”\n  end: read\n",
        r#"OP111 1:10-15 curly quotes would be printed as a part of the text => "A b""#,
    );
    let (items, found) = read("- title: “Late” findings\n- title: “A” or “B”\n- title: \"“A”\"\n");
    assert_eq!((items.len(), found.len()), (3, 0), "{found:?}");
}

#[test]
fn quotes_that_do_not_match_are_shown_where_they_begin() {
    slip(
        "- end: read\n  title: \"A study\n  doi: x\n",
        r#"OP112 2:10-18 the quote that begins here is never closed => "A study""#,
    );
    for (text, fix) in [
        ("\"Missed\" lesions", r#""\"Missed\" lesions""#),
        ("'Crohn's disease'", r#""Crohn's disease""#),
        ("\"A \"new\" way\"", r#""A \"new\" way""#),
    ] {
        let end = 10 + text.chars().count();
        slip(
            &format!("- end: read\n  title: {text}\n"),
            &format!("OP112 2:10-{end} words follow after the closing quote => {fix}"),
        );
    }
}

#[test]
fn indentation_and_missing_signs_are_told_apart() {
    for (text, expected) in [
        ("   date: 2025\n", "OP113 2:3-4 this line is indented further than the field above it"),
        (" date: 2025\n", "OP113 2:2-12 this line is indented less far than the fields above it"),
        ("date: 2025\n", "OP113 2:1-11 this line is not indented, so it belongs to no record"),
        ("  - b\n", "OP113 2:3-6 a list stands here, and the field above it has a value already"),
        ("  doi:10.1/x\n", "OP114 2:6-7 a space is missing after `doi:` => : "),
        ("  of things\n", "OP102 2:3-12 this line is no field: it has no colon"),
        ("  threads: [a, b\n  date: 2025\n", "OP102 2:12-13 the `[` that opens here is not closed as it should be"),
        ("  threads: [a, b}\n", "OP102 2:12-13 the `[` that opens here is not closed as it should be"),
    ] {
        slip(&format!("- end: read\n{text}"), expected);
    }
    slip("- title A\n  end: read\n", "OP114 1:3-8 a colon and a space are missing after `title`");
    slip("-title: A\n  end: read\n", "OP114 1:1-2 a space is missing after the `-` that begins a record => - ");
}

#[test]
fn several_slips_in_one_record_are_all_shown() {
    let (items, found) = read("- title: A: b\n  journal: C: d\n  authors: *Rao P\n  date: 2025\n- title: E\n");
    assert_eq!(found.len(), 3, "{found:?}");
    assert_eq!(items.len(), 2);
    assert_eq!(items[0].faulty, ["title", "journal", "authors"]);
    assert_eq!(items[0].value.get("date"), Some(&Value::from(2025)));
}

#[test]
fn a_record_may_repeat_another_by_name_and_a_merge_is_applied() {
    let (items, found) = read("- &a\n  title: A\n  date: 2025\n- <<: *a\n  title: B\n");
    assert_eq!(found, [] as [&str; 0]);
    assert_eq!(items[1].value.get("date"), Some(&Value::from(2025)));
    assert_eq!(items[1].value.get("title"), Some(&Value::from("B")));
}

#[test]
fn a_quoted_text_that_goes_on_at_the_start_of_a_line_is_read_whole() {
    let (items, found) = read("- \"a\n- b\"\n- c\n");
    assert_eq!((items.len(), found.len()), (2, 0), "{found:?}");
}

#[test]
fn a_key_written_twice_is_shown_at_the_second_and_the_first_counts() {
    let (items, found) = read("- title: A\n  date: 2025\n  title: B\n---\n- title: C\n");
    assert_eq!(
        found,
        [
            "OP117 3:3-8 `title` is written twice",
            "OP116 4:1-4 `---` begins a second document, and a file holds only one"
        ]
    );
    assert_eq!(items[0].value.get("title"), Some(&Value::from("A")));
    assert_eq!(items.len(), 2);
}

#[test]
fn bombs_are_refused_soon() {
    let nested = format!("- {}\n", "[".repeat(5000));
    let block: String = (0..2000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
    let mut laughs = "- a0: &a0 lol\n".to_owned();
    for level in 1..12 {
        let before = level - 1;
        laughs.push_str(&format!("  a{level}: &a{level} [{}]\n", vec![format!("*a{before}"); 10].join(",")));
    }
    let (items, found) = read(&format!("- title: {}\n- title: B\n", "x".repeat(1_100_000)));
    assert_eq!((items.len(), found.len()), (1, 1), "{found:?}");
    let long = format!("- a: &a {}\n  b: [{}]\n", "x".repeat(100_000), vec!["*a"; 20_000].join(","));
    let itself = "- a: &a [*a]\n".to_owned();
    for text in [nested, block, laughs, long, itself] {
        let start = std::time::Instant::now();
        let (_, found) = read(&text);
        assert!(!found.is_empty());
        assert!(start.elapsed().as_secs() < 2, "{:?}", start.elapsed());
    }
}

#[test]
fn line_ends_of_windows_and_wide_letters_keep_places_right() {
    let (_, found) = read("- titel_é: \"naïve – 画像\"\r\n  name: ü: b\r\n");
    assert_eq!(found, [r#"OP107 2:9-13 a colon stands in the text of `name`, which has no quotes => "ü: b""#]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn any_text_gives_records_or_problems(text in "[-:#&*!%@\\[\\]{}|>'\"“” \t\r\na-cé0-9.<,?\u{0}]{0,120}") {
        let (_, found) = read(&text);
        let lines = text.split(['\n', '\r']).count() + 1;
        let mut diagnostics = Vec::new();
        let _ = document(&mut diagnostics, "f", &text, 0);
        for one in diagnostics {
            prop_assert!(one.span.is_none_or(|span| span.line >= 1 && span.line <= lines && span.column >= 1), "{one:?}");
        }
        prop_assert!(found.len() < 1000);
    }

    #[test]
    fn a_bad_record_never_hides_the_others(
        before in 0_usize..4,
        after in 1_usize..4,
        bad in "[a-z:#&*!@\\[\\]{}|>'\"“ \t]{1,40}",
    ) {
        let good = |number: usize| format!("- id: good{number}\n  title: Title {number}\n  date: 2025\n");
        let mut text: String = (0..before).map(good).collect();
        text.push_str(&format!("- title: {bad}\n"));
        text.extend((before..before + after).map(good));
        let (items, _) = read(&text);
        for number in 0..before + after {
            let id = format!("good{number}");
            prop_assert!(items.iter().any(|item| item.value.get("id").and_then(Value::as_str) == Some(&id)), "{text}");
        }
    }
}
