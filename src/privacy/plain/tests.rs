use super::*;

fn found(path: &str, text: &str) -> Vec<String> {
    hits(path, text).into_iter().map(|hit| format!("{}@{}", hit.words, &text[hit.place])).collect()
}

#[test]
fn what_stands_under_a_heading_is_searched_with_it() {
    let wanted = ["MRN: 4471902@4471902", "DOB: 1951-03-14@1951-03-14"];
    for (path, text) in [
        ("a.csv", "MRN,Sex,DOB\n4471902,F,1951-03-14\n"),
        ("a.csv", "\"MRN\";\"Sex\";\"DOB\"\r\n\"4471902\";\"F\";\"1951-03-14\"\r\n"),
        ("a.tsv", "Cohort of 2024\nMRN\tSex\tDOB\n4471902\tF\t1951-03-14\n"),
        ("a.txt", "MRN\tSex\tDOB\n4471902\tF\t1951-03-14\n"),
        ("a.txt", "       MRN  Sex         DOB\n0  4471902    F  1951-03-14\n"),
        ("a.md", "| MRN | Sex | DOB |\n|---|---|---|\n| 4471902 | F | 1951-03-14 |\n"),
        ("a.html", "<table><tr><th>MRN<th>Sex<th>DOB<tr><td>4471902<td>F<td>1951-03-14</table>"),
        ("a.csv", "MRN,4471902\nSex,F\nDOB,1951-03-14\n"),
        ("a.json", "[{\"MRN\": 4471902, \"sex\": \"F\", \"DOB\": \"1951-03-14\"}]"),
        ("a.jsonl", "{\"MRN\": \"4471902\"}\n{\"DOB\": \"1951-03-14\"}\n"),
        ("a.json", "{\"MRN\": {\"value\": \"4471902\"}, \"DOB\": [\"1951-03-14\"]}"),
    ] {
        assert_eq!(found(path, text), wanted, "{text}");
    }
    assert_eq!(
        found("a.json", "{\"patient\": {\"id\": \"4471902\", \"name\": \"Jane Doe\"}}"),
        ["patient id: 4471902@4471902", "patient name: Jane Doe@Jane Doe"]
    );
}

#[test]
fn tables_without_identifiers_are_silent() {
    for (path, text) in [
        ("a.csv", "id,Sex,Age group,Date\n4471902,F,90-94,2024-03-14\n"),
        ("a.csv", "Patient,Lesion type\nControl Arm,Low Grade\n12,High Grade\n"),
        ("a.csv", "Age,n (%)\nmean (SD),91 (4)\n"),
        ("a.csv", "Reader,MRN sequence,AUC\n1,T2 STIR,0.93\n"),
        ("a.json", "{\"name\": \"Jane Doe\", \"id\": 4471902, \"date\": \"2024-03-14\", \"doi\": \"10.5555/4471902\"}"),
        ("a.txt", "Age     Sensitivity\n65-89   91\n90+     93\n"),
    ] {
        assert_eq!(found(path, text), [""; 0], "{text}");
    }
}

#[test]
fn notebooks_are_searched_in_sources_and_outputs_and_their_pictures_are_passed_over() {
    let picture = "MRN0045321/".repeat(300);
    let text = format!(
        r##"{{"cells": [{{"cell_type": "code", "source": ["# the patient \"A\"\n", "q = 'MRN 0045321'\n"],
 "outputs": [{{"data": {{"text/plain": ["       MRN  age\n", "0  4471902   54"], "image/png": "{picture}",
 "text/html": ["<table><tr><th></th><th>SSN</th></tr>\n", "<tr><th>0</th><td>078051120</td></tr></table>"]}}}}]}}]}}"##
    );
    assert_eq!(
        found("a.ipynb", &text),
        ["MRN 0045321@MRN 0045321", "MRN: 4471902@4471902", "SSN: 078051120@078051120"]
    );
}

#[test]
fn what_is_broken_is_searched_as_words() {
    for text in ["{\"mrn\": \"4471902\"", "[1, {\"mrn\": \"4471902\"]", "{\"a\": \"MRN 4471902"] {
        assert_eq!(hits("a.json", text).len(), 1, "{text}");
    }
}

#[test]
fn a_long_text_is_searched_in_pieces_and_nothing_is_lost_or_named_twice() {
    let line = "Words and words about MRN 0045321 in the text.\n";
    let text = line.repeat(40_000);
    assert_eq!(in_words(&text).len(), 40_000);
    let one_line = text.replace('\n', " ");
    assert_eq!(in_words(&one_line).len(), 40_000);
    assert_eq!(in_words(&"é".repeat(1_000_000)), []);
}

#[test]
fn time_grows_with_the_table_alone() {
    for part in
        ["MRN,", "MRN\n", "MRN|", "MRN\t", "MRN  ", "<td>MRN", "<tr>", "<", "\"", "\"\"", ",", "a  b\n", "{", "["]
    {
        let text = part.repeat(30_000);
        for path in ["a.csv", "a.txt"] {
            assert!(hits(path, &text).len() <= 30_000, "{part}");
        }
        json::hits(&text, &mut Labels::default());
    }
    json::hits(&format!("[{}]", "\"MRN\",".repeat(30_000)), &mut Labels::default());
}

proptest::proptest! {
    #[test]
    fn any_text_has_places_on_its_letters(text in "(MRN|DOB|patient|4471902|1951-03-14|[\\[\\]{}\",:;|<>\\\\n é\t]|  |<td>|<tr>|\n|\\\\u00e9|\\PC){0,50}") {
        for path in ["a.csv", "a.tsv", "a.json", "a.txt"] {
            for hit in hits(path, &text) {
                proptest::prop_assert!(text.get(hit.place).is_some() && !hit.words.is_empty());
            }
        }
    }
}
