//! Files of other programs come in as they should.
//!
//! `tests/fixtures/import` holds files in each program's form and, beside each, the CSL-JSON that must come of it; its
//! README says how the two are compared.

#![allow(clippy::print_stdout, reason = "the table of files is for the reader of a run")]

mod command;
#[path = "../common/mod.rs"]
mod common;
mod compare;
mod fuzz;
#[path = "../common/length.rs"]
mod length;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use offprint::exchange::draft::Draft;
use offprint::exchange::read;
use offprint::record::vocabulary::Kind;
use serde_json::Value;

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/import")
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files.extend(files_below(&path));
        } else {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// The records of a file or folder, and the name of its format.
fn read_any(path: &Path) -> (String, Vec<Draft>) {
    if path.is_dir() {
        let files = files_below(path).into_iter().map(|file| {
            let name = file.strip_prefix(path).expect("inside").to_string_lossy().replace('\\', "/");
            (name, fs::read(&file).expect("bytes"))
        });
        let (found, unread) = read::read_folder(&files.collect::<BTreeMap<_, _>>());
        assert!(unread.is_empty(), "{unread:?}");
        let format = found.first().map(|found| found.format.to_string()).unwrap_or_default();
        return (format, found.into_iter().flat_map(|found| found.drafts).collect());
    }
    let found =
        read::read(&fs::read(path).expect("bytes")).unwrap_or_else(|reason| panic!("{}: {reason:?}", path.display()));
    (found.format.to_string(), found.drafts)
}

/// Each input with the file that says what must come of it.
fn cases() -> Vec<(PathBuf, PathBuf)> {
    let root = fixtures();
    let mut cases: Vec<(PathBuf, PathBuf)> = Vec::new();
    for expected in files_below(&root) {
        let name = expected.to_string_lossy().into_owned();
        let Some(input) = name.strip_suffix(".expected.json") else { continue };
        let input = match input.strip_suffix("academicpages-tsv") {
            Some(folder) => PathBuf::from(folder).join("academicpages/markdown_generator/publications.tsv"),
            None => PathBuf::from(input),
        };
        cases.push((input, expected));
    }
    cases
}

#[test]
fn every_file_of_other_programs_gives_what_it_should() {
    let mut wrong = Vec::new();
    let mut table =
        String::from("file                                          format               records  fields  doubts\n");
    let cases = cases();
    assert!(cases.len() >= 24, "the fixtures are all there");
    for (input, expected) in &cases {
        let (format, drafts) = read_any(input);
        let expected: Vec<Value> = serde_json::from_str(&fs::read_to_string(expected).expect("text")).expect("JSON");
        let works: Vec<&Draft> = drafts.iter().filter(|draft| draft.kind == Kind::Publications).collect();
        let shown = input.strip_prefix(fixtures()).expect("a fixture").display().to_string();
        let (fields, faults) = compare::records(&expected, &works, shown.ends_with("publications.tsv"));
        let doubts: usize = drafts.iter().map(|draft| draft.doubts().len()).sum();
        table.push_str(&format!("{shown:<45} {format:<20} {:>7} {fields:>7} {doubts:>7}\n", drafts.len()));
        wrong.extend(faults.into_iter().map(|fault| format!("{shown}: {fault}")));
    }
    println!("{table}");
    assert!(wrong.is_empty(), "{} faults:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn what_a_resume_has_beside_publications_comes_in_too() {
    let (_, drafts) = read_any(&fixtures().join("json-resume/resume.json"));
    let of = |kind: Kind| drafts.iter().filter(|draft| draft.kind == kind).count();
    assert_eq!((of(Kind::Publications), of(Kind::Training), of(Kind::Awards)), (3, 3, 1));
}

#[test]
fn what_is_not_sure_is_said() {
    let doubts = |file: &str, field: &str| {
        let (_, drafts) = read_any(&fixtures().join(file));
        drafts.iter().filter(|draft| draft.doubts().iter().any(|doubt| doubt.field == field)).count()
    };
    assert_eq!(doubts("scholar/citations.csv", "type"), 6);
    assert_eq!(doubts("orcid/works.json", "authors"), 8);
    assert_eq!(doubts("ris/springer.ris", "date"), 1);
    assert_eq!(doubts("bibtex/quirks.bib", "authors"), 1);
    assert_eq!(doubts("bibtex/quirks.bib", "title"), 1);
    assert_eq!(doubts("bibtex/quirks.bib", "status"), 1);
}

#[test]
fn a_retracted_work_comes_in_as_retracted_with_its_notice() {
    let (_, drafts) = read_any(&fixtures().join("pubmed/quirks.nbib"));
    assert_eq!(drafts[2].get_text("status"), Some("retracted"));
    let notice = format!("{:?}", drafts[2].get("correction").expect("a notice"));
    assert!(notice.contains("10.5555/ret.1") && notice.contains("2022"), "{notice}");
    assert_eq!(drafts[0].get_text("title_original"), Some("Cheoksu byeongbyeon"));
    assert_eq!(drafts[0].get_text("language"), Some("ko"));
}
