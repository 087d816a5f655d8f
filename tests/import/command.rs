//! `offprint import` as a user runs it.

use std::fs;
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::common::{Project, program};
use crate::fixtures;

const SITE: &str = "format: 1\nperson:\n  name: Zainab Amelie Oyelaran-Quist\n";

fn site() -> Project {
    Project::with(&[("site.yaml", SITE)])
}

fn fixture(path: &str) -> String {
    fixtures().join(path).to_string_lossy().into_owned()
}

#[test]
fn every_file_of_other_programs_is_written_so_that_the_site_reads_it() {
    let folders = ["hugoblox", "academicpages"];
    let files = [
        "pubmed/pubmed-set.nbib",
        "pubmed/quirks.nbib",
        "pubmed/efetch.xml",
        "ris/endnote.ris",
        "ris/zotero.ris",
        "ris/wos.ris",
        "ris/scopus.ris",
        "ris/springer.ris",
        "ris/wiley.ris",
        "ris/europepmc.ris",
        "ris/quirks.ris",
        "bibtex/bbt.bib",
        "bibtex/jabref.bib",
        "bibtex/mendeley.bib",
        "bibtex/scholar.bib",
        "bibtex/quirks.bib",
        "csl-json/zotero.json",
        "orcid/works.json",
        "scholar/citations.csv",
        "crossref/works.json",
        "json-resume/resume.json",
    ];
    for file in files.iter().chain(&folders) {
        let project = site();
        let run = project.run(&["import", &fixture(file)]);
        assert_eq!((run.code, run.stdout.as_str()), (0, ""), "{file}: {}", run.stderr);
        let before = project.read("records/publications.yaml").expect("publications");
        let run = project.run(&["import", &fixture(file)]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        assert_eq!(project.read("records/publications.yaml"), Some(before), "{file} twice changes nothing");
        // What a site must say and the source does not have is asked for by `check`; the form is always right.
        let check = project.run(&["check", "--format", "json", "--today", "2026-11-24"]);
        let found: serde_json::Value = serde_json::from_str(&check.stdout).expect("JSON");
        let codes: Vec<&str> =
            found["diagnostics"].as_array().expect("a list").iter().filter_map(|one| one["code"].as_str()).collect();
        let expected =
            ["OP307", "OP350", "OP411", "OP410", "OP321", "OP417", "OP311", "OP309", "OP312", "OP320", "OP806"];
        let strange: Vec<&&str> = codes.iter().filter(|code| !expected.contains(code)).collect();
        assert!(strange.is_empty(), "{file}: {strange:?}\n{}", check.stdout);
    }
}

#[test]
fn a_folder_on_the_command_line_and_what_is_piped_in_are_read() {
    let project = site();
    let mut child = Command::new(program())
        .args(["import", "-"])
        .current_dir(project.root())
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs");
    let mut input = child.stdin.take().expect("a pipe");
    std::io::Write::write_all(&mut input, b"TY  - JOUR\nTI  - Piped\nAU  - Rao, P\nPY  - 2020\nER  -\n")
        .expect("written");
    drop(input);
    assert!(child.wait_with_output().expect("it ends").status.success());
    assert!(project.read("records/publications.yaml").is_some_and(|text| text.contains("title: Piped")));
}

#[test]
fn newer_facts_are_shown_and_taken_only_when_asked() {
    let project = site();
    let old = "# my list\r\n- title: Spinal dural fistula: a delayed diagnosis # mine\r\n"
        .replace("Spinal dural fistula: a delayed diagnosis # mine", "\"Spinal dural fistula: a delayed diagnosis\"")
        + "  authors: Oyelaran-Quist ZA, Marchetti L, Petrosyan A\r\n  status: in-press   # wait\r\n  doi: 10.5555/bcr.236666\r\n\r\n# end\r\n";
    project.write("records/publications.yaml", &old);
    let run = project.run(&["import", &fixture("ris/europepmc.ris")]);
    assert!(
        run.stderr.contains("  - status: in-press\n  + status: published\n  + date: 2020-10-15\n"),
        "{}",
        run.stderr
    );
    let new = project.read("records/publications.yaml").expect("the file");
    assert!(new.starts_with(old.as_str()), "{new}");
    project.write("records/publications.yaml", &old);
    let run = project.run(&["import", &fixture("ris/europepmc.ris"), "--update"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let new = project.read("records/publications.yaml").expect("the file");
    assert!(
        new.contains("  status: published   # wait\r\n  doi: 10.5555/bcr.236666\r\n  date: 2020-10-15\r\n"),
        "{new}"
    );
    let again = project.run(&["import", &fixture("ris/europepmc.ris"), "--update"]);
    assert_eq!(project.read("records/publications.yaml"), Some(new), "{}", again.stderr);
}

#[test]
fn a_preprint_of_the_site_is_linked_with_its_paper() {
    let project = site();
    project.write(
        "records/publications.yaml",
        "- title: Flow voids\n  type: preprint\n  authors: Oyelaran-Quist ZA\n  date: 2024\n  doi: 10.5555/pre\n",
    );
    project.write("paper.bib", "@article{a, title={Flow Voids}, author={Oyelaran-Quist, Zainab}, journal={Spine}, year={2025}, doi={10.5555/paper}}");
    let run = project.run(&["import", "paper.bib"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let text = project.read("records/publications.yaml").expect("the file");
    assert!(
        text.contains(
            "doi: 10.5555/pre\n  replaced_by: oyelaran-quist-flow-voids-2\n\n- id: oyelaran-quist-flow-voids-2\n"
        ),
        "{text}"
    );
    let check = project.run(&["check", "--today", "2026-11-24"]);
    assert_eq!(check.code, 0, "{}", check.stderr);
}

#[test]
fn a_dry_run_writes_nothing_and_prints_the_records() {
    let project = site();
    let run = project.run(&["import", &fixture("bibtex/scholar.bib"), "--dry-run"]);
    assert!(run.stdout.starts_with("# records/publications.yaml\n- title: "), "{}", run.stdout);
    assert!(project.read("records/publications.yaml").is_none() && !project.path("records").exists());
}

#[test]
fn what_cannot_be_read_or_added_to_is_told_and_left_alone() {
    let project = site();
    project.write("letter.txt", "Dear colleague,");
    project.write("half.json", "[{\"title\": \"A\",\n");
    let run = project.run(&["import", "letter.txt", "half.json"]);
    assert_eq!(run.code, 1);
    assert!(
        run.stderr.contains("OP901") && run.stderr.contains("OP902") && run.stderr.contains("half.json:2"),
        "{}",
        run.stderr
    );
    let broken = "- title: A\n  authors: [\n";
    project.write("records/publications.yaml", broken);
    let run = project.run(&["import", &fixture("bibtex/scholar.bib")]);
    assert_eq!((run.code, run.stderr.contains("nothing was added")), (2, true), "{}", run.stderr);
    assert_eq!(project.read("records/publications.yaml").as_deref(), Some(broken));
}

#[test]
fn stopped_at_any_moment_the_file_is_the_old_one_or_the_new_one() {
    let project = site();
    let old = "- title: Old\n  authors: Oyelaran-Quist ZA\n  date: 2020\n";
    project.write("records/publications.yaml", old);
    assert_eq!(project.run(&["import", &fixture("pubmed/pubmed-set.nbib")]).code, 0);
    let new = project.read("records/publications.yaml").expect("the file");
    for step in 0..12_u64 {
        project.write("records/publications.yaml", old);
        let mut child = Command::new(program())
            .args(["import", "--quiet", &fixture("pubmed/pubmed-set.nbib")])
            .current_dir(project.root())
            .stderr(Stdio::null())
            .spawn()
            .expect("it runs");
        std::thread::sleep(Duration::from_millis(step * 3));
        child.kill().expect("it is stopped");
        child.wait().expect("it ends");
        let text = project.read("records/publications.yaml").expect("the file is there");
        assert!(text == old || text == new, "after {step}: {text}");
        for entry in fs::read_dir(project.path("records")).expect("the folder") {
            let name = entry.expect("an entry").file_name().to_string_lossy().into_owned();
            assert!(name == "publications.yaml" || name.starts_with(".offprint-"), "{name}");
        }
    }
}

#[test]
fn in_a_site_without_a_name_the_owner_of_the_file_stands_and_never_the_placeholder() {
    let project = Project::new();
    assert_eq!(project.run(&["new", "site", "--yes"]).code, 0);
    project.write("cv.yaml", "cv:\n  name: Zainab Quist\n  sections:\n    talks:\n      - name: A talk at night\n        date: 2025-01-02\n    skills:\n      - label: Python\n");
    let run = project.run(&["import", "--site", "site", "cv.yaml"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stderr.contains("it is of Zainab Quist: write that as `person: name` in site.yaml"), "{}", run.stderr);
    assert!(run.stderr.contains("not taken: skills (1)"), "{}", run.stderr);
    let text = project.read("site/records/presentations.yaml").expect("the file");
    let record = &text[text.find("- title: A talk at night").expect("the record")..];
    assert!(record.contains("Quist, Zainab") && !record.contains("Name"), "{record}");
}

#[test]
fn a_page_of_an_old_site_that_cannot_be_read_is_named() {
    let project = site();
    project.write("old/content/publication/a/index.md", "---\ntitle: [never closed\n---\n");
    project.write("old/content/publication/b/index.md", "---\ntitle: Fine: quite\npublication_types: ['2']\n---\n");
    let run = project.run(&["import", "old"]);
    assert!(
        run.stderr.contains("old/content/publication/a/index.md") && run.stderr.contains("OP902"),
        "{}",
        run.stderr
    );
    let text = project.read("records/publications.yaml").expect("the file");
    assert!(text.contains("Fine: quite"), "{text}");
}

#[test]
fn imports_at_once_lose_none_of_their_records() {
    let project = site();
    for number in 0..6 {
        let work =
            format!("TY  - JOUR\nTI  - Work number {number}\nAU  - Rao, Priya\nJO  - Radiology\nPY  - 2025\nER  - \n");
        project.write(&format!("work{number}.ris"), work);
    }
    std::thread::scope(|scope| {
        for number in 0..6 {
            let project = &project;
            scope.spawn(move || assert_eq!(project.run(&["import", &format!("work{number}.ris")]).code, 0));
        }
    });
    let records = fs::read_to_string(project.path("records/publications.yaml")).expect("records");
    assert!((0..6).all(|number| records.contains(&format!("Work number {number}"))), "{records}");
}
