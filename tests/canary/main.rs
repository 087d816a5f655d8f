//! Private stays private: a string planted in every private place is in no byte of the output,
//! and what one reader is shown is on the page for that reader alone.

#![allow(clippy::print_stdout, reason = "the counts of what was planted and searched are part of the result")]

#[path = "../common/mod.rs"]
mod common;
#[path = "../common/pdf.rs"]
mod pdf;

mod look;
mod schema;

use std::fs;
use std::path::{Path, PathBuf};

/// A site that publishes one thing of each kind and hides something in every way the schema has.
/// `@@` becomes a numbered canary, so that a leak names its place; `@S` one that only the share
/// page may hold, `@U` one that only the unlisted page may.
const FILES: &[(&str, &str)] = &[
    (
        "site.yaml",
        r#"# @@ a comment
format: 1
person:
  name: Zainab Amelie Oyelaran-Quist
  family_name: Oyelaran-Quist
  given_names: Zainab Amelie
  email: @@@hidden.example
programme: {institution: Lakemoor University Medical Center, level: R3}
theme_of_work:
  threads: [{id: spine-mri, name: Emergency spine MRI}]
site:
  url: https://zoq.example/
share_pages:
  - {id: committee, title: "@S title", to: "@S to", note: "@S note", referees: [morel], show_status: [submitted], cv: whole}
  - {id: revoked, title: "@@ title", to: "@@ to", note: "@@ note", referees: [morel], show_status: [in-preparation]}
  - {id: expired, title: "@@ title", to: "@@ to", note: "@@ note", show_status: [in-preparation], expires: 2026-11-23}
cvs: [{id: whole}]
publish: {to: s3, bucket: "@@ bucket", account: "@@ account", region: "@@ region", endpoint: "https://@@.example/"}
allow:
  - {text: "@@ allowed", reason: "@@ reason"}
private:
  visa: "@@ visa"
  nested: {list: ["@@ nested"], deeper: {still: "@@ deeper"}}
"#,
    ),
    (
        "records/publications.yaml",
        r#"# @@ a comment
- id: shown-paper
  title: Where emergency spine MRI loses its time
  authors: Oyelaran-Quist ZA, Haddad S
  journal: Radiology
  date: 2025-03
  doi: 10.5555/lakemoor.1   # @@ a comment behind a value
  target_journal: "@@ target of a published one"
  project: hidden-project
  follows: [link-record]
  private: {evidence: [evidence/letter-@@.txt], notes: "@@ notes", criteria: [scholarly-articles], exhibit: "@@ exhibit", consent: "@@ consent"}
- {id: prep-a, title: "@@ in preparation", authors: "Oyelaran-Quist ZA, Nobody Q", status: in-preparation, journal: "@@ journal", target_journal: "@@ target", abstract: "@@ abstract", keywords: ["@@ keyword"], why: "@@ why", summary: "@@ summary", my_part: "@@ my part", pdf: files/shown.pdf}
- {id: sub-a, title: "@S submitted", authors: Oyelaran-Quist ZA, status: submitted, submitted: 2026-10-01, journal: "@@ journal"}
- {id: review-a, title: "@@ under review", authors: Oyelaran-Quist ZA, status: under-review, submitted: 2026-10-01, journal: "@@ journal"}
- {id: revision-a, title: "@@ in revision", authors: Oyelaran-Quist ZA, status: revision, submitted: 2026-10-01, journal: "@@ journal"}
- {id: withdrawn-a, title: "@@ withdrawn", authors: Oyelaran-Quist ZA, status: withdrawn, submitted: 2026-01-01}
- {id: link-record, title: "@S unlisted record", authors: Oyelaran-Quist ZA, journal: "@S journal", date: 2024, doi: 10.5555/lakemoor.2, visibility: link}
- {id: private-record, title: "@@ private record", authors: Oyelaran-Quist ZA, journal: "@@ journal", date: 2024, doi: 10.5555/lakemoor.3, visibility: private, aliases: ["hidden-alias"]}
"#,
    ),
    (
        "private/publications.yaml",
        "- {id: sub-a, private: {notes: \"@@ notes kept apart\", exhibit: \"@@ exhibit kept apart\"}}\n",
    ),
    (
        "private/shares.yaml",
        "committee: 7k2mqz4xv6an3trc5wjh2ydeob # @@\nletter: ob2kqz4xv6an3trc5wjh2yde7m\nexpired: cc2kqz4xv6an3trc5wjh2yde7m\n",
    ),
    ("private/exhibits.yaml", "# @@ a comment\nshown-paper: 4711\n"),
    ("evidence/hashes.yaml", "# @@ a comment\n"),
    ("dossier.pdf", "%PDF-1.4 @@ a dossier\n"),
    ("plan.ics", "BEGIN:VCALENDAR\r\nSUMMARY:@@ a plan\r\n"),
    (
        "records/presentations.yaml",
        r#"- {id: shown-talk, title: Nine days to a fistula, type: oral, authors: Oyelaran-Quist ZA, event: Case conference, date: 2025-01-10, private: {notes: "@@ notes", exhibit: "@@ exhibit"}}
- {id: submitted-talk, title: "@@ submitted talk", authors: Oyelaran-Quist ZA, event: "@@ event", date: 2027-01-10, status: submitted, slides: files/shown.pdf}
- {id: withdrawn-talk, title: "@@ withdrawn talk", authors: Oyelaran-Quist ZA, event: "@@ event", date: 2025-01-10, status: withdrawn}
- {id: private-talk, title: "@@ private talk", authors: Oyelaran-Quist ZA, event: "@@ event", date: 2025-01-10, visibility: private}
"#,
    ),
    (
        "records/awards.yaml",
        r#"- {title: Shown award, by: A society, date: 2025, private: {notes: "@@ notes"}}
- {title: "@S unlisted award", by: "@S by", date: 2025, visibility: link, selection: "@S selection", private: {notes: "@@ notes"}}
"#,
    ),
    (
        "records/grants.yaml",
        r#"- {title: Shown grant, funder: A foundation, status: awarded, start: 2025, mentor: Samir Haddad, private: {notes: "@@ notes"}}
- {title: "@@ submitted grant", funder: "@@ funder", status: submitted, date: 2026-10, number: "@@ number"}
- {title: "@@ unfunded grant", funder: "@@ funder", status: not-funded, date: 2025-03, amount: "@@ amount"}
"#,
    ),
    (
        "records/service.yaml",
        "- {kind: committee, title: Shown committee, organization: Lakemoor, start: 2025, private: {notes: \"@@ notes\"}}\n- {kind: committee, title: \"@@ private service\", organization: \"@@ organization\", start: 2025, visibility: private}\n",
    ),
    (
        "records/teaching.yaml",
        r#"- {kind: mentoring, title: Mentoring, name: "@@ mentee", name_public: false, level: Student, start: 2025, private: {notes: "@@ notes"}}
- {kind: mentoring, title: Mentoring again, name: "@@ mentee not asked", start: 2025}
"#,
    ),
    (
        "records/training.yaml",
        r#"- {kind: residency, title: Diagnostic radiology, organization: Lakemoor, start: 2024-07, private: {notes: "@@ notes"}}
- {kind: licence, title: "@@ licence", organization: "@@ board", start: 2024, expires: 2028}
- {kind: exam, title: "@@ examination", organization: "@@ examiners", date: 2024-03}
"#,
    ),
    (
        "records/media.yaml",
        "- {kind: news, title: Shown news, outlet: The Courier, date: 2025, url: \"https://courier.example/\", private: {notes: \"@@ notes\"}}\n",
    ),
    (
        "records/projects.yaml",
        r#"- {id: hidden-project, title: "@@ private project", stage: irb, updated: 2026-11-01, next_step: "@@ step", mentor: "@@ mentor", team: ["@@ team"]}
- id: public-project
  title: A public project
  public: true
  stage: analysis
  updated: 2026-11-01
  summary: "@@ summary of a project"
  why: "@@ why of a project"
  role: "@@ role"
  url: "https://@@.example/"
  next_step: "@@ step"
  mentor: "@@ mentor"
  team: ["@@ team"]
  level_at_start: "@@ level"
  target_conference: "@@ conference"
  target_journal: "@@ journal"
  author_order: ["@@ order"]
  irb: {number: "@@ number", status: "@@ status", type: "@@ type"}
  private: {notes: "@@ notes"}
"#,
    ),
    (
        "records/people.yaml",
        r#"- {id: morel, name: "@@ Morel", full_name: "@S Claire", role: referee, organization: "@S Wexcombe", url: "https://@S.example/", private: {notes: "@@ notes"}}
"#,
    ),
    (
        "records/goals.yaml",
        "graduation: 2028-06-30\ncareer: \"@@ career\"\ntarget_fellowships: [\"@@ fellowship\"]\ntargets: [{what: papers, count: 5, by: 2027}]\n",
    ),
    (
        "records/conferences.yaml",
        "- {id: WSIS, name: \"@@ a meeting nobody spoke at\", year: 2027, abstract_deadline: 2027-01-15, place: \"@@ place\", url: \"https://@@.example/\", private: {notes: \"@@ notes\"}}\n",
    ),
    ("pages/about.md", "---\ntitle: About\n---\nShown words.\n"),
    (
        "pages/draft.md",
        "---\ntitle: \"@@ draft\"\nvisibility: private\naliases: [hidden-page-alias]\n---\n@@ words of a draft\n",
    ),
    (
        "pages/letter.md",
        "---\ntitle: \"@U unlisted\"\nvisibility: link\naliases: [hidden-page-alias-2]\n---\n@U words of an unlisted page\n",
    ),
    ("pages/unlisted.md", "---\ntitle: \"@@ unlisted\"\nvisibility: link\n---\n@@ words of an unlisted page\n"),
    ("evidence/letter-@@.txt", "@@ an acceptance letter\n"),
    ("evidence/deep/er/programme.txt", "@@ a programme\n"),
    ("files/shown.pdf", common::PDF),
];

fn files_under(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("output") {
        let path = entry.expect("entry").path();
        if path.is_dir() { files_under(&path, found) } else { found.push(path) }
    }
}

/// Writes the site with its canaries numbered; returns how many were planted.
fn plant(project: &common::Project) -> usize {
    let mut planted = 0;
    let mut fill = |text: &str| {
        let mut filled = text.to_owned();
        for (mark, word) in [("@@", "canary"), ("@S", "shared"), ("@U", "unlisted")] {
            while let Some(at) = filled.find(mark) {
                planted += 1;
                filled.replace_range(at..at + mark.len(), &format!("{word}{planted:04}"));
            }
        }
        filled
    };
    // The letter's name is said twice, in the record and on the disk, so it is fixed beforehand.
    for (path, text) in FILES {
        let path = path.replace("letter-@@", "letter-canary9999");
        let text = fill(&text.replace("letter-@@", "letter-canary9999"));
        project.write(&path, &text);
    }
    planted
}

/// What may stand in one folder of the output only: the words, and the start of the folder's name.
const ALLOWED: [(&str, &str); 4] = [
    ("shared", "share/committee-7k2mqz4xv6an3trc5wjh2ydeob/"),
    ("7k2mqz4xv6an3trc5wjh2ydeob", "share/committee-7k2mqz4xv6an3trc5wjh2ydeob/"),
    ("unlisted0", "letter-ob2kqz4xv6an3trc5wjh2yde7m/"),
    ("ob2kqz4xv6an3trc5wjh2yde7m", "letter-ob2kqz4xv6an3trc5wjh2yde7m/"),
];

const FORBIDDEN: [&str; 5] =
    ["canary", "hidden-alias", "hidden-page-alias", "hidden-project", "cc2kqz4xv6an3trc5wjh2yde7m"];

fn search(output: &Path) -> (usize, Vec<String>) {
    let mut files = Vec::new();
    files_under(output, &mut files);
    let mut leaks = Vec::new();
    for file in &files {
        let name = file.strip_prefix(output).expect("inside").to_string_lossy().replace('\\', "/");
        let mut bytes = fs::read(file).expect("readable");
        if name.ends_with(".pdf") {
            bytes = pdf::inflated(&bytes);
        }
        let text = String::from_utf8_lossy(&bytes).to_lowercase();
        let numbered =
            |word: &str, at: usize| word != "shared" || text[at + 6..].starts_with(|c: char| c.is_ascii_digit());
        let elsewhere = ALLOWED.iter().filter(|(_, folder)| !name.starts_with(folder)).map(|(word, _)| *word);
        for hidden in FORBIDDEN.into_iter().chain(elsewhere) {
            if let Some((at, _)) = text.match_indices(hidden).find(|(at, _)| numbered(hidden, *at)) {
                let around: String = text[at..].chars().take(60).collect();
                leaks.push(format!("{name}: {around}"));
            }
            if name.contains(hidden) {
                leaks.push(format!("{name}: in the file's name"));
            }
        }
    }
    (files.len(), leaks)
}

#[test]
fn a_canary_in_every_private_place_is_in_no_byte_of_the_output() {
    let project = common::Project::new();
    let planted = plant(&project);
    let run = project.run(&["build", "--today", "2026-11-24"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let (searched, leaks) = search(&project.path("public"));
    assert!(leaks.is_empty(), "{}", leaks.join("\n"));
    assert!(planted > 80 && searched > 20, "{planted} canaries planted, {searched} files searched");
    let list = project.read("public/publications/index.html").expect("the list");
    assert!(list.contains("Where emergency spine MRI loses its time"), "what is public is there");
    let share = project.read("public/share/committee-7k2mqz4xv6an3trc5wjh2ydeob/index.html").expect("the share page");
    let shown = ["title", "to", "note", "submitted", "unlisted record", "unlisted award", "selection", "Claire"];
    for words in shown {
        let planted = share.match_indices("shared").any(|(at, _)| share[at + 10..].trim_start().starts_with(words));
        assert!(planted, "{words} is on the share page: {share}");
    }
    assert!(share.contains("noindex") && share.contains("no-referrer"), "{share}");
    let letter = project.read("public/letter-ob2kqz4xv6an3trc5wjh2yde7m/index.html").expect("the unlisted page");
    assert!(letter.contains("words of an unlisted page") && letter.contains("noindex"), "{letter}");
}

#[test]
fn the_cv_for_one_reader_holds_what_that_reader_may_see() {
    let project = common::Project::new();
    plant(&project);
    let run = project.run(&["build", "--today", "2026-11-24"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let read = |path: &str| pdf::text(&fs::read(project.path(path)).expect("a CV")).replace(' ', "");
    let shown = read("public/share/committee-7k2mqz4xv6an3trc5wjh2ydeob/cv.pdf");
    let public = read("public/cv.pdf");
    for words in ["submitted", "unlistedrecord", "unlistedaward", "Claire"] {
        assert!(shown.match_indices("shared").any(|(at, _)| shown[at + 10..].starts_with(words)), "{words} in {shown}");
    }
    assert!(public.contains("Whereemergencyspine") && !public.contains("shared"), "{public}");
}

#[test]
fn the_search_looks_inside_the_pdf() {
    let project = common::Project::new();
    plant(&project);
    project.write("records/media.yaml", "- {kind: news, title: canary0000, outlet: The Courier, date: 2025}\n");
    assert_eq!(project.run(&["build", "--today", "2026-11-24"]).code, 0);
    let leaks = search(&project.path("public")).1;
    assert!(leaks.iter().any(|leak| leak.starts_with("cv.pdf: ")), "{leaks:?}");
}

#[test]
fn the_search_finds_a_canary_that_is_published() {
    let project = common::Project::new();
    plant(&project);
    project.write("pages/leak.md", "---\ntitle: Leak\n---\ncanary0000\n");
    let run = project.run(&["build", "--today", "2026-11-24"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(!search(&project.path("public")).1.is_empty());
}
