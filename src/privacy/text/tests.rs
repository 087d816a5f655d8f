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
        for (id, text) in lines(name) {
            let yaml = format!("- id: {id}\n  title: >-\n    {}\n  date: 2025\n", text.replace(' ', "\n    "));
            assert!(is_suspect(&yaml), "{yaml}");
        }
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
