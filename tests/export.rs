//! `offprint export` as a user runs it, on the example site.

mod common;

use std::io::Read;

use common::Project;

const DAY: [&str; 2] = ["--today", "2026-11-24"];

fn example() -> Project {
    let project = Project::new();
    project.copy_example();
    project
}

fn export(project: &Project, arguments: &[&str]) -> String {
    let run = project.run(&[&["export"], arguments, &DAY[..], &["--quiet"]].concat());
    assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{arguments:?}");
    run.stdout
}

/// A work under review, which the example shows on its site through `show_status`, and one that nobody sees.
const UNDER_REVIEW: &str = "Who reads the spine at night?";

#[test]
fn only_what_is_out_leaves_in_every_format_but_the_owners() {
    let project = example();
    let records = project.read("records/publications.yaml").expect("records");
    assert!(records.contains(UNDER_REVIEW), "the example has a work under review");
    for format in ["bibtex", "ris", "csl-json", "nbib", "json-resume", "markdown"] {
        let text = export(&project, &[format]);
        assert!(text.contains("spinal") || text.contains("Spinal"), "{format}: {text}");
        assert!(!text.contains("reads the spine at night") && !text.contains("departmental case file"), "{format}");
    }
    let eras = export(&project, &["eras"]);
    assert!(eras.contains(UNDER_REVIEW) && eras.contains("Status: Submitted"), "{eras}");
}

#[test]
fn what_is_chosen_is_exported_and_nothing_else() {
    let project = example();
    let count = |arguments: &[&str]| -> usize {
        let items: Vec<serde_json::Value> = serde_json::from_str(&export(&project, arguments)).expect("a list");
        items.len()
    };
    let all = count(&["csl-json"]);
    let preprints = count(&["csl-json", "--type", "preprint"]);
    let articles = count(&["csl-json", "--type", "journal-article"]);
    assert!(preprints >= 1 && articles >= 3 && preprints + articles < all);
    assert_eq!(count(&["csl-json", "--type", "preprint", "--type", "journal-article"]), preprints + articles);
    let featured = count(&["csl-json", "--featured"]);
    assert!((1..=3).contains(&featured));
    let recent = count(&["csl-json", "--since", "2026"]);
    assert!(recent > 0 && recent < all);
    assert!(count(&["csl-json", "--thread", "spine-mri"]) < all);
    assert_eq!(project.run(&["export", "csl-json", "--since", "soon"]).code, 2);
}

#[test]
fn the_same_records_give_the_same_bytes_and_no_file_is_written_over() {
    let project = example();
    for (format, name) in [("docx", "cv.docx"), ("bibtex", "a.bib")] {
        let write = |file: &str| project.run(&[&["export", format, "--out", file], &DAY[..]].concat());
        assert_eq!(write(name).code, 0);
        assert_eq!(write(&format!("two-{name}")).code, 0);
        let bytes = |file: &str| std::fs::read(project.path(file)).expect("a file");
        assert_eq!(bytes(name), bytes(&format!("two-{name}")));
        let again = write(name);
        assert_eq!((again.code, again.stderr.contains("--force")), (2, true), "{}", again.stderr);
    }
}

#[test]
fn a_word_document_has_real_headings_styles_and_links() {
    let project = example();
    assert_eq!(project.run(&[&["export", "docx", "--out", "cv.docx"], &DAY[..]].concat()).code, 0);
    let mut archive =
        zip::ZipArchive::new(std::fs::File::open(project.path("cv.docx")).expect("a file")).expect("an archive");
    let names: Vec<String> = archive.file_names().map(|name| name.expect("a name").into_owned()).collect();
    let mut parts = std::collections::BTreeMap::new();
    for name in names {
        let mut text = String::new();
        archive.by_name(&name).expect("a part").read_to_string(&mut text).expect("text");
        roxmltree::Document::parse(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        parts.insert(name, text);
    }
    let body = &parts["word/document.xml"];
    for part in [
        "w:val=\"Heading1\"/></w:pPr><w:r><w:t xml:space=\"preserve\">Training",
        "Heading2",
        "Bibliography",
        "<w:hyperlink r:id=\"",
        "<w:b/>",
        "<w:i/>",
    ] {
        assert!(body.contains(part), "{part}");
    }
    let links = body.matches("r:id=\"").count();
    assert!(links > 5 && parts["word/_rels/document.xml.rels"].contains("https://doi.org/10.5555/"));
    assert_eq!(project.run(&[&["export", "docx", "--references", "--out", "list.docx"], &DAY[..]].concat()).code, 0);
}

#[test]
fn the_application_is_counted_and_what_has_no_place_is_named() {
    let project = example();
    let text = export(&project, &["eras"]);
    for part in [
        "== Journal Articles (peer reviewed) ==",
        "== Poster Presentation ==",
        "First author: yes",
        " of 750 characters)",
        "== Without a place ==",
        "ERAS 2027 has no type for a preprint",
        "Collection: ",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    assert!(text.matches("Description (").count() <= 10);
    assert!(!text.contains("<i>") && !text.contains("<sub>"));
    let table = export(&project, &["eras", "--csv"]);
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a row of the right length")).collect();
    assert!(rows.len() > 20, "{rows:?}");
    assert_eq!(project.run(&["export", "bibtex", "--csv"]).code, 2);
}

#[test]
fn a_revision_is_provisionally_accepted_only_with_the_journals_letter() {
    let project = Project::with(&[
        ("site.yaml", "person: {name: Priya Rao}\n"),
        ("evidence/letter.txt", "we would accept"),
        (
            "records/publications.yaml",
            "- title: With a letter\n  authors: Rao P\n  status: revision\n  submitted: 2026-09\n  private: {evidence: [evidence/letter.txt]}\n- title: Without\n  authors: Rao P\n  status: revision\n  submitted: 2026-09\n",
        ),
    ]);
    let text = export(&project, &["eras"]);
    assert!(
        text.contains("Title: With a letter\nAuthors: Rao P\nFirst author: yes\nStatus: Provisionally Accepted"),
        "{text}"
    );
    assert!(text.contains("Title: Without\nAuthors: Rao P\nFirst author: yes\nStatus: Submitted"), "{text}");
}
