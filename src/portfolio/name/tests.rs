use super::{NameNote, PersonName, read_line, read_name, same_person};

/// Rows: input, family, given, particle, suffix, initials, PubMed form, note.
const ROWS: &str = include_str!("../../../tests/fixtures/names.tsv");

fn name(text: &str) -> PersonName {
    read_name(text).expect("a name").name
}

#[test]
fn every_form_of_the_corpus_is_read() {
    let mut faults = Vec::new();
    for row in ROWS.lines().filter(|row| !row.starts_with('#')) {
        let cells: Vec<&str> = row.split('\t').collect();
        let cell = |at: usize| cells.get(at).copied().unwrap_or_default();
        let input = cell(0);
        if let Some(count) = cell(1).strip_prefix('*') {
            let read = read_line(input);
            if read.names.len().to_string() != count {
                faults.push(format!("{input}: {:?}", read.names));
            }
            continue;
        }
        if input.starts_with("{group:") {
            let read = read_line(input);
            if read.names.len() != 1 || read.names[0].name.pubmed() != cell(6) {
                faults.push(format!("{input}: {:?}", read.names));
            }
            continue;
        }
        let read = read_name(input).expect("a name");
        let unclear = read.notes.contains(&NameNote::Unclear);
        let n = &read.name;
        let got = [&n.family, &n.given, &n.particle, &n.suffix, &n.initials(), &n.pubmed()];
        let want = [1, 2, 3, 4, 5, 6].map(cell);
        if got.iter().zip(want).any(|(got, want)| got.as_str() != want) && !unclear {
            faults.push(format!("{input}: {got:?} for {want:?}"));
        }
        if cell(7).contains("unclear") != unclear {
            faults.push(format!("{input}: unclear is {unclear}"));
        }
        let alone = read_line(input);
        if alone.names.len() != 1 || alone.names[0].name != read.name {
            faults.push(format!("{input} as a line: {:?}", alone.names));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
