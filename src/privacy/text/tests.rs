use super::*;

fn lines(name: &str) -> Vec<(String, String)> {
    let path = format!("{}/tests/fixtures/privacy/{name}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).expect("the corpus");
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines
        .map(|line| {
            let mut cells = line.split('\t');
            let (id, _, text) = (cells.next(), cells.next(), cells.next());
            (id.expect("an id").to_owned(), text.expect("a text").to_owned())
        })
        .collect()
}

#[test]
fn every_identifier_of_the_corpus_is_found() {
    for name in ["must-warn.tsv", "more-must-warn.tsv"] {
        let missed: Vec<_> = lines(name).into_iter().filter(|(_, text)| identifiers(text).is_empty()).collect();
        assert!(missed.is_empty(), "{name}: {missed:#?}");
    }
}

#[test]
fn no_look_alike_of_the_corpus_is_taken_for_one() {
    for name in ["must-not-warn.tsv", "more-must-not-warn.tsv"] {
        let wrong: Vec<_> = lines(name)
            .into_iter()
            .filter_map(|(id, text)| {
                let found =
                    identifiers(&text).first().map(|found| (found.what, text[found.range.clone()].to_owned()))?;
                Some((id, text, found))
            })
            .collect();
        assert!(wrong.is_empty(), "{name}: {wrong:#?}");
    }
}

#[test]
fn what_is_found_in_a_field_makes_its_record_suspect() {
    for name in ["must-warn.tsv", "more-must-warn.tsv"] {
        let yaml = |(id, text): (String, String)| {
            format!("- id: {id}\n  title: >-\n    {}\n  date: 2025\n", text.replace(' ', "\n    "))
        };
        let passed: Vec<_> = lines(name).into_iter().map(yaml).filter(|yaml| !is_suspect(yaml)).collect();
        assert!(passed.is_empty(), "{name}: {passed:#?}");
    }
    assert!(!is_suspect("- title: A talk\n  date: 2025-03-14\n  doi: 10.5555/mrn.1\n"));
}

#[test]
fn the_place_is_that_of_label_and_value() {
    let found = |text: &str| -> Vec<String> {
        identifiers(text).into_iter().map(|found| format!("{:?} {}", found.what, &text[found.range])).collect()
    };
    assert_eq!(found("The patient (MRN 00482913) returned."), ["RecordNumber MRN 00482913"]);
    assert_eq!(found("Mrs. Eleanor Whitcombe, 71, presented"), ["Name Mrs. Eleanor Whitcombe, 71"]);
    assert_eq!(
        found("The patient was admitted on March 14, 2024 and discharged on March 20, 2024."),
        ["StayDate March 14, 2024", "StayDate March 20, 2024"]
    );
    assert_eq!(found("an 92-year-old, DOB: 1951-03-14."), ["Age 92-year-old", "BirthDate DOB: 1951-03-14"]);
    assert_eq!(found("é SSN 000-12-3456"), ["SocialSecurity SSN 000-12-3456"]);
}

#[test]
fn no_finding_hides_another_and_markup_parts_no_label_from_its_number() {
    let found = |text: &str| -> Vec<String> {
        identifiers(text).into_iter().map(|found| format!("{:?} {}", found.what, &text[found.core])).collect()
    };
    assert_eq!(found("Patient name:\nJohn Doe\nMRN:\n00482913"), ["Name John Doe", "RecordNumber 00482913"]);
    assert_eq!(found("Patient name: John MRN: 00482913"), ["Name John", "RecordNumber 00482913"]);
    for text in
        ["MRN&nbsp;00482913", "MRN <b>00482913</b>", "| MRN | 00482913 |", "<b>MRN</b> 00482913", "**MRN:** 00482913"]
    {
        assert_eq!(found(text), ["RecordNumber 00482913"], "{text}");
    }
}

#[test]
fn time_grows_with_the_text_alone_whatever_goes_on_without_end() {
    // Each of these took minutes while a number or a name could go on for ever.
    for part in [
        "MRN-",
        "SSN-1-",
        "AB^",
        "a.",
        "1.",
        "patient name: ",
        "tel:1-",
        "@a.",
        "born ",
        "{",
        "{a_",
        "CT of ",
        "DOB (",
        "Mr. O'",
        "geboren ",
        "Prior exam of ",
    ] {
        let text = part.repeat(40_000);
        let tokens = Tokens::new(&text, true);
        let rules = (0..tokens.len()).filter(|at| rule(&tokens, *at).is_some()).count();
        assert!(rules <= tokens.len(), "{part}");
        assert!(identifiers(&text).len() <= tokens.len(), "{part}");
    }
}

#[test]
fn a_number_that_never_ends_is_cut() {
    let found = identifiers(&"SSN-1-".repeat(20_000));
    assert!(found.iter().all(|found| found.range.len() < 200), "{found:?}");
    assert!(identifiers(&"AB^".repeat(20_000)).iter().all(|found| found.range.len() < 64));
}

proptest::proptest! {
    #[test]
    fn any_text_has_places_on_its_letters(text in "(F|94M|MRN|Mr\\.|patient|born|9[0-9]|y/o|\\(555\\)|[-:.,^#/@ é–]|[A-Z][a-z]{1,6}|[0-9]{1,10}|\\PC){0,40}") {
        for found in identifiers(&text) {
            let whole = &text[found.range.clone()];
            let core = &text[found.core];
            proptest::prop_assert!(!whole.is_empty() && !core.is_empty());
        }
    }
}
