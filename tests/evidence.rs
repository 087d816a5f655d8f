//! `offprint evidence`: a proof is kept beside its record, and one that changes is found.

mod common;

use std::fs;

use common::Project;

const SITE: &str = "format: 1\nperson: {name: Priya Rao, family_name: Rao, given_names: Priya}\n";
const DAY: [&str; 2] = ["--today", "2026-11-24"];

fn site(awards: &str) -> Project {
    Project::with(&[
        ("site.yaml", SITE),
        ("records/awards.yaml", awards),
        ("inbox/Award Letter (final).PDF", "%PDF-1.4 a letter"),
    ])
}

fn run(project: &Project, arguments: &[&str]) -> common::Run {
    let arguments: Vec<&str> = ["evidence"].iter().chain(arguments).chain(&DAY).copied().collect();
    project.run(&arguments)
}

const LETTER: &str = "inbox/Award Letter (final).PDF";
const KEPT: &str = "evidence/awards/prize-2026-11-24-award-letter-final.pdf";

#[test]
fn a_proof_is_copied_under_a_telling_name_hashed_and_named_in_its_record() {
    let old = "# Mine\n- {id: other, title: B, by: C, date: 2024}   # keep\n\n- id: prize   # why\n  title: A prize\n  by: A society\n  date: 2025\n# the end\n";
    let project = site(old);
    let added = run(&project, &["add", LETTER, "--for", "prize"]).clean();
    assert_eq!(added.stdout, format!("{KEPT}\n"));
    assert_eq!(project.read(KEPT).as_deref(), Some("%PDF-1.4 a letter"));
    assert_eq!(project.read(LETTER).as_deref(), Some("%PDF-1.4 a letter"), "the original stays");
    let new = old.replace("  date: 2025\n", &format!("  date: 2025\n  private:\n    evidence: [{KEPT}]\n"));
    let written = project.read("records/awards.yaml").expect("the record");
    assert_eq!(written, new);
    let hashes = project.read("evidence/hashes.yaml").expect("hashes");
    // The number that `sha256sum` gives.
    let number = "861e8bc5e68f55cc5d2b635ca7e5a79a942e3ef30a0e81c7bca73e4b68147df5";
    assert!(hashes.ends_with(&format!("\n{KEPT}: {number}\n")), "{hashes}");
    run(&project, &["verify", "--strict"]).clean().says(0, &["1 proof is as it was kept"]);
    project.run(&["check", "--strict", "--today", "2026-11-24"]).clean();

    let again = run(&project, &["add", LETTER, "--for", "prize"]).clean();
    assert_eq!(again.stdout, format!("{KEPT}\n"));
    assert!(again.stderr.contains("already"), "{again:?}");
    assert_eq!(project.read("records/awards.yaml"), Some(written));
    assert_eq!(project.read("evidence/hashes.yaml"), Some(hashes));
}

#[test]
fn no_file_is_ever_written_over() {
    let project = site("- {id: prize, title: A prize, by: A society, date: 2025}\n");
    project.write(KEPT, "mine");
    let path = run(&project, &["add", LETTER, "--for", "prize"]).clean().stdout;
    assert_eq!(path.trim(), KEPT.replace(".pdf", "-2.pdf"));
    assert_eq!(project.read(KEPT).as_deref(), Some("mine"));
    project.write("inbox/scan.jpg", "a picture");
    let path =
        run(&project, &["add", "inbox/scan.jpg", "--for", "prize", "--called", "Prize: the certificate"]).clean();
    assert_eq!(path.stdout.trim(), "evidence/awards/prize-2026-11-24-the-certificate.jpg");
    let record = project.read("records/awards.yaml").expect("the record");
    assert!(record.contains("final-2.pdf\", evidence/awards/prize-2026-11-24-the-certificate.jpg]}}"), "{record}");
}

#[test]
fn what_cannot_be_kept_is_refused_and_nothing_is_changed() {
    let awards = "- {id: prize, title: A prize, by: A society, date: 2025}\n";
    let project = site(awards);
    project.write("inbox/empty.pdf", "");
    for (arguments, words) in [
        (["add", "inbox", "--for", "prize"], "is a folder"),
        (["add", "inbox/none.pdf", "--for", "prize"], "there is no file"),
        (["add", "inbox/empty.pdf", "--for", "prize"], "is empty"),
        (["add", LETTER, "--for", "prise"], "did you mean `prize`?"),
    ] {
        run(&project, &arguments).says(2, &[words]);
    }
    project.write(
        "records/awards.yaml",
        format!("{awards}- id: word\n  title: A\n  by: B\n  date: 2025\n  private: &x {{}}\n- [\n"),
    );
    run(&project, &["add", LETTER, "--for", "prize"]).says(2, &["nothing was copied", "help: "]);
    assert!(!project.path("evidence").exists());
}

#[cfg(unix)]
#[test]
fn a_file_that_nobody_may_read_is_refused() {
    use std::os::unix::fs::PermissionsExt;
    let project = site("- {id: prize, title: A prize, by: A society, date: 2025}\n");
    fs::set_permissions(project.path(LETTER), fs::Permissions::from_mode(0o000)).expect("locked");
    if fs::read(project.path(LETTER)).is_ok() {
        // The owner of the machine may read everything, so there is nothing to show.
        return;
    }
    run(&project, &["add", LETTER, "--for", "prize"]).says(2, &["cannot read"]);
    assert!(!project.path("evidence").exists());
}

#[test]
fn private_fields_that_are_kept_apart_stay_apart() {
    let awards = "- {id: prize, title: A prize, by: A society, date: 2025}\n- {id: medal, title: A medal, by: A society, date: 2025}\n";
    let project = site(awards);
    project.write("private/awards.yaml", "# apart\n- {id: prize, private: {notes: n}}\n");
    run(&project, &["add", LETTER, "--for", "prize"]).clean();
    run(&project, &["add", LETTER, "--for", "medal"]).clean();
    assert_eq!(project.read("records/awards.yaml").as_deref(), Some(awards));
    assert_eq!(
        project.read("private/awards.yaml").expect("apart"),
        format!(
            "# apart\n- {{id: prize, private: {{notes: n, evidence: [{KEPT}]}}}}\n- id: medal\n  private: {{evidence: [{KEPT}]}}\n"
        ),
        "one letter that proves two things is kept once"
    );
    run(&project, &["verify", "--strict"]).clean();
}

#[test]
fn a_record_without_an_id_and_a_person_have_proofs_too() {
    let project = site("- title: Resident teacher of the year\n  by: A school\n  date: 2025\n");
    project.write("records/people.yaml", "- {id: morel, name: Morel C}\n");
    let path = run(&project, &["add", LETTER, "--for", "resident-teacher-year"]).clean().stdout;
    assert!(path.starts_with("evidence/awards/resident-teacher-year-2026-11-24-"), "{path}");
    project.write("inbox/letter.eml", "Subject: x\n\nhello");
    let path = run(&project, &["add", "inbox/letter.eml", "--for", "morel"]).clean().stdout;
    assert_eq!(path.trim(), "evidence/people/morel-2026-11-24-letter.eml");
    run(&project, &["verify", "--strict"]).clean();
}

#[test]
fn changed_missing_and_unnamed_proofs_are_found() {
    let project = site(
        "- {id: prize, title: A prize, by: A society, date: 2025}\n- {id: medal, title: A medal, by: B, date: 2025, private: {evidence: [evidence/none.pdf, evidence/old.txt]}}\n",
    );
    project.write("evidence/old.txt", "from before there were hashes");
    run(&project, &["add", LETTER, "--for", "prize"]).clean();
    project.write("evidence/stray.txt", "whose?");
    run(&project, &["verify"]).says(
        1,
        &[
            "error[OP921]: the proof `evidence/none.pdf` is not there",
            "--> records/awards.yaml:2:",
            "= record: medal",
            "warning[OP923]: no record names this proof",
            "--> evidence/stray.txt",
            "1 proof is as it was kept; 1 without a hash",
        ],
    );
    project.write(KEPT, "%PDF-1.4 another letter");
    run(&project, &["verify"]).says(1, &["error[OP922]", KEPT, "not as it was"]);
    project.remove(KEPT);
    project.write(
        "records/awards.yaml",
        "- {id: medal, title: A medal, by: B, date: 2025, private: {evidence: [evidence/old.txt]}}\n",
    );
    run(&project, &["verify"]).says(1, &["error[OP921]: this proof was kept once", KEPT]);
    project.remove("evidence/hashes.yaml");
    project.remove("evidence/stray.txt");
    run(&project, &["verify", "--hash"]).clean().says(0, &["1 hash was kept"]);
    run(&project, &["verify", "--strict"]).clean().says(0, &["1 proof is as it was kept"]);
    project.write("evidence/old.txt", "from before there were hushes");
    run(&project, &["verify", "--format", "json"])
        .says(1, &[])
        .stdout
        .contains("OP922")
        .then_some(())
        .expect("as data");
    project.write("evidence/hashes.yaml", "evidence/old.txt: none\n");
    run(&project, &["verify"]).says(1, &["error[OP924]"]);
    run(&project, &["add", LETTER, "--for", "medal"]).says(2, &["evidence/hashes.yaml"]);
}

#[test]
fn a_run_that_was_killed_is_finished_by_the_next() {
    let awards = "- {id: prize, title: A prize, by: A society, date: 2025}\n";
    let project = site(awards);
    // Killed while it copied: a temporary file stays.
    project.write("evidence/awards/.offprint-x1.tmp", "%PDF-1.4 a le");
    // Killed after it copied.
    project.write(KEPT, "%PDF-1.4 a letter");
    let path = run(&project, &["add", LETTER, "--for", "prize"]).clean().stdout;
    assert_eq!(path.trim(), KEPT);
    // Killed before it named the proof in the record.
    project.write("records/awards.yaml", awards);
    let path = run(&project, &["add", LETTER, "--for", "prize"]).clean().stdout;
    assert_eq!(path.trim(), KEPT);
    assert!(project.read("records/awards.yaml").expect("the record").contains(KEPT));
    run(&project, &["verify", "--strict"]).clean();
}

#[test]
fn a_file_that_lies_in_evidence_is_named_where_it_is() {
    let project = site("- {id: prize, title: A prize, by: A society, date: 2025}\n");
    project.write("evidence/My letter: final.txt", "a letter");
    let path = run(&project, &["add", "evidence/My letter: final.txt", "--for", "prize"]).clean().stdout;
    assert_eq!(path.trim(), "evidence/My letter: final.txt");
    assert_eq!(fs::read_dir(project.path("evidence")).expect("evidence").count(), 2, "the file and the hashes");
    run(&project, &["verify", "--strict"]).clean();
    project.run(&["check", "--strict", "--today", "2026-11-24"]).clean();
}
