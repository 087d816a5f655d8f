//! What looks like a patient's identifier is named at its place, and nothing else is.

use crate::SITE;
use crate::common::{Project, Run};
use serde_json::Value;

/// The lines of a list of the corpus: id and text.
fn corpus(name: &str) -> Vec<(String, String)> {
    let path = format!("{}/tests/fixtures/privacy/{name}", env!("CARGO_MANIFEST_DIR"));
    let list = std::fs::read_to_string(path).expect("the corpus");
    let lines = list.lines().filter(|line| !line.starts_with('#')).map(|line| {
        let cells: Vec<_> = line.split('\t').collect();
        (cells[0].to_owned(), cells[2].to_owned())
    });
    lines.collect()
}

/// A page, titles, summaries and abstracts with one text each; gives the line of each text in each file.
fn site_with(texts: &[(String, String)]) -> Project {
    let project = Project::with(&[("site.yaml", SITE)]);
    let page: String = texts.iter().map(|(_, text)| format!("{text}\n\n")).collect();
    project.write("pages/notes.md", format!("---\ntitle: Notes\n---\n{page}"));
    let captions: String =
        texts.iter().map(|(_, text)| format!("![{}](files/a.txt)\n\n", text.replace(['[', ']'], ""))).collect();
    project.write("pages/captions.md", captions);
    project.write("files/a.txt", "a");
    let quoted = |text: &str| format!("'{}'", text.replace('\'', "''"));
    let talks: String = texts
        .iter()
        .map(|(id, text)| {
            format!("- {{id: t-{id}, title: {}, authors: Rao P, event: A meeting, date: 2025}}\n", quoted(text))
        })
        .collect();
    project.write("records/presentations.yaml", talks);
    let papers: String = texts
        .iter()
        .enumerate()
        .map(|(at, (id, text))| {
            let text = quoted(text);
            format!("- id: p-{id}\n  title: Work {id}\n  authors: Rao P\n  journal: Spine\n  date: 2025\n  doi: 10.5555/p.{at}\n  abstract: {text}\n  summary: {text}\n")
        })
        .collect();
    project.write("records/publications.yaml", papers);
    project
}

/// The findings of the privacy check: file, line, and the words at the place.
fn findings(project: &Project) -> Vec<(String, usize, String)> {
    let run = project.run(&["check", "--format", "json", "--today", "2026-11-24"]);
    let document: Value = serde_json::from_str(&run.stdout).expect("JSON");
    let list = document["diagnostics"].as_array().expect("a list");
    let number = |found: &Value, key: &str| usize::try_from(found[key].as_u64().expect("a number")).expect("small");
    list.iter()
        .filter(|found| found["code"] == "OP702")
        .map(|found| {
            let file = found["file"].as_str().expect("a file").to_owned();
            let line = number(found, "line");
            let (start, end) = (number(found, "column"), number(found, "end_column"));
            let text = project.read(&file).expect("the file");
            let words = text.lines().nth(line - 1).expect("the line").chars().skip(start - 1).take(end - start);
            (file, line, words.collect())
        })
        .collect()
}

/// Lines of the four places of a text, by its position in the list.
fn places(at: usize) -> [(&'static str, usize); 5] {
    let paper = at * 8;
    [
        ("pages/notes.md", 4 + at * 2),
        ("pages/captions.md", 1 + at * 2),
        ("records/presentations.yaml", 1 + at),
        ("records/publications.yaml", paper + 7),
        ("records/publications.yaml", paper + 8),
    ]
}

#[test]
fn every_identifier_is_named_at_its_place_in_pages_captions_titles_abstracts_and_summaries() {
    for name in ["must-warn.tsv", "more-must-warn.tsv"] {
        let texts = corpus(name);
        assert!(texts.len() > 30, "{name}");
        // More findings than these are counted and not named.
        texts.chunks(120).for_each(every_one_is_named);
    }
}

fn every_one_is_named(texts: &[(String, String)]) {
    let found = findings(&site_with(texts));
    for (at, (id, text)) in texts.iter().enumerate() {
        for (file, line) in places(at) {
            let here: Vec<_> = found.iter().filter(|(at, on, _)| at == file && *on == line).collect();
            assert!(!here.is_empty(), "{id}: nothing at {file}:{line}: {text}");
            for (.., words) in here {
                let plain = words.replace("''", "'");
                assert!(!words.is_empty() && text.replace(['[', ']'], "").contains(&plain), "{id}: {words:?}");
            }
        }
    }
}

#[test]
fn no_look_alike_is_named_anywhere() {
    for name in ["must-not-warn.tsv", "more-must-not-warn.tsv"] {
        let texts = corpus(name);
        assert!(texts.len() > 40, "{name}");
        assert_eq!(findings(&site_with(&texts)), [], "{name}");
    }
}

#[test]
fn what_is_not_shown_is_not_searched() {
    let project = Project::with(&[
        ("site.yaml", SITE),
        (
            "records/publications.yaml",
            "# MRN 00482911\n- title: Shown\n  authors: Rao P\n  journal: Spine\n  date: 2025\n  doi: 10.5555/a\n  target_journal: MRN 00482912\n  private: {notes: MRN 00482913, consent: MRN 00482914}\n- title: MRN 00482915\n  authors: Rao P\n  status: submitted\n  submitted: 2026-10-01\n- title: MRN 00482916\n  authors: Rao P\n  journal: Spine\n  date: 2025\n  doi: 10.5555/b\n  visibility: private\n",
        ),
        ("records/projects.yaml", "- {title: MRN 00482917, stage: idea, updated: 2026-11-01}\n"),
        ("pages/draft.md", "---\ntitle: Draft\nvisibility: private\n---\nMRN 00482918\n"),
        ("pages/shown.md", "Words <!-- MRN 00482919 --> and words\n"),
        ("evidence/mrn-00482920.txt", "MRN 00482920"),
    ]);
    assert_eq!(findings(&project), []);
}

#[test]
fn a_table_on_a_page_is_searched_under_its_headings() {
    let table = "Words.\n\n| Sex | MRN | Age |\n|---|---|---|\n| F | 4471902 | 54 |\n| M | 4471903 | 93 |\n";
    let project = Project::with(&[("site.yaml", SITE), ("pages/cases.md", table)]);
    let place = |line, words: &str| ("pages/cases.md".to_owned(), line, words.to_owned());
    assert_eq!(findings(&project), [place(5, "4471902"), place(6, "4471903"), place(6, "93")]);
    project.write("pages/cases.md", "| Sex | Age, mean (SD) | n |\n|---|---|---|\n| F | 91 (3) | 4471902 |\n");
    assert_eq!(findings(&project), []);
}

#[test]
fn names_of_files_are_searched_too() {
    let project = Project::with(&[("site.yaml", SITE)]);
    project.write("files/talks/MRN4829137_sag_T2.txt", "a");
    let run = project.run(&["check"]);
    run.says(0, &["warning[OP702]: `MRN4829137", "files/talks/MRN4829137_sag_T2.txt"]);
}

#[test]
fn the_exact_words_and_a_reason_silence_a_finding_and_nothing_else() {
    let page = "The phantom (MRN 00482913) and the patient (MRN 00482914).\n";
    let project = Project::with(&[("pages/a.md", page)]);
    project.write("site.yaml", format!("{SITE}allow:\n  - {{text: MRN 00482913, reason: a phantom}}\n"));
    let words: Vec<_> = findings(&project).into_iter().map(|(.., words)| words).collect();
    assert_eq!(words, ["MRN 00482914"]);
    // Part of the number is not the number.
    project.write("site.yaml", format!("{SITE}allow:\n  - {{text: \"0048291\", reason: a phantom}}\n"));
    assert_eq!(findings(&project).len(), 2);
    project.run(&["check"]).says(0, &["OP704"]);
    project.write("site.yaml", format!("{SITE}allow:\n  - {{text: MRN 00482913}}\n"));
    project.run(&["check"]).says(1, &["error[OP703]", "site.yaml:"]);
    assert_eq!(findings(&project).len(), 2, "one without a reason silences nothing");
}

#[test]
fn cases_and_their_pictures_ask_for_consent() {
    let case = "- {id: fistula, title: A fistula, authors: Rao P, journal: Spine, date: 2025, doi: 10.5555/a, category: case-series}\n";
    let talk = "- {id: rounds, title: A case, type: case-conference, authors: Rao P, event: Rounds, date: 2025}\n";
    let project = Project::with(&[("site.yaml", SITE), ("records/publications.yaml", case)]);
    project.write("records/presentations.yaml", talk);
    let photo = include_bytes!("../fixtures/privacy/photo-exif-xmp-iptc.jpg");
    project.write("files/cases/one.jpg", photo);
    project.write("files/cases/fistula-2.jpg", photo);
    let consents = |run: Run| run.stderr.matches("OP705").count();
    assert_eq!(consents(project.run(&["check"])), 4);
    project.write(
        "records/publications.yaml",
        case.replace("category: case-series}", "category: case-series, private: {consent: signed}}"),
    );
    let run = project.run(&["check"]);
    assert!(run.stderr.contains("files/cases/one.jpg") && !run.stderr.contains("fistula-2"), "{}", run.stderr);
    project.write("site.yaml", format!("{SITE}allow:\n  - {{text: files/cases/one.jpg, reason: a phantom}}\n"));
    let run = project.run(&["check"]);
    assert!(run.stderr.contains("a talk on a case") && consents(run) == 1);
}
