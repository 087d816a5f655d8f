//! The command line: sessions in `tests/cli/*.md`, and what a session cannot show.

mod common;

use std::io::Read;
use std::process::{Command, Stdio};

use common::Project;

const PAPER: &str = "- title: Where emergency spine MRI loses its time\n  authors: Rao P, Haddad S\n  date: 2025-03\n  journal: Radiology\n  doi: 10.5555/rad.252210\n";

#[test]
fn sessions() {
    trycmd::TestCases::new().case("tests/cli/*.md");
}

#[test]
fn a_new_site_builds_clean_and_says_what_to_do_next() {
    let project = Project::new();
    let run = project.run(&["new", "my-site", "--yes"]).clean();
    assert!(run.stderr.contains("offprint build my-site"), "{}", run.stderr);
    let run = project.run(&["build", "my-site"]).clean();
    assert!(run.stderr.contains("open file://"), "{}", run.stderr);
    assert!(project.read("my-site/public/index.html").is_some());
}

#[test]
fn what_is_known_of_the_owner_is_in_the_new_site() {
    let project = Project::new();
    let answers = [
        "new",
        "my-site",
        "--yes",
        "--name",
        "Priya O'Neill: Rao",
        "--specialty",
        "Diagnostic radiology",
        "--institution",
        "Lakemoor \"University\" #1",
        "--started",
        "2024-07",
        "--orcid",
        "https://orcid.org/0000-0002-1825-0097",
        "--email",
        "priya@lakemoor.example",
    ];
    project.run(&answers).clean();
    project.run(&["build", "my-site", "--today", "2026-11-24"]).clean();
    let site = project.read("my-site/site.yaml").expect("site.yaml");
    assert!(site.contains("  orcid: 0000-0002-1825-0097\n"), "{site}");
    let training = project.read("my-site/records/training.yaml").expect("training.yaml");
    assert!(training.contains("\n- kind: residency\n  title: Diagnostic radiology\n"), "{training}");
    let about = project.read("my-site/pages/about.md").expect("about.md");
    assert!(about.contains("I am a resident in diagnostic radiology at Lakemoor \"University\" \\#1.\n"), "{about}");
}

#[test]
fn every_example_of_a_new_site_is_right_when_its_marks_are_taken_off() {
    let project = Project::new();
    project.run(&["new", ".", "--yes", "--name", "Priya Rao"]).clean();
    let files = walkdir::WalkDir::new(project.path("records"))
        .into_iter()
        .chain(walkdir::WalkDir::new(project.path("site.yaml")));
    let mut examples = 0;
    for entry in files.map(|entry| entry.expect("an entry")).filter(|entry| entry.file_type().is_file()) {
        let text = std::fs::read_to_string(entry.path()).expect("text");
        let line = |line: &str| match line.strip_prefix('#') {
            Some(example) if example.starts_with("  ") || example.starts_with(|c: char| !c.is_whitespace()) => {
                format!("{example}\n")
            }
            _ => format!("{line}\n"),
        };
        let taken_off: String = text.lines().map(line).collect();
        examples += usize::from(taken_off != text);
        std::fs::write(entry.path(), taken_off).expect("written");
    }
    assert_eq!(examples, 13, "each file has an example");
    project.run(&["build", "--today", "2026-11-24"]).clean();
    assert!(project.read("public/publications/index.html").is_some_and(|page| page.contains("dural arteriovenous")));
}

#[test]
fn the_example_is_written_whole_and_builds_clean() {
    let project = Project::new();
    project.run(&["new", "example", "--example"]).clean();
    project.run(&["check", "example", "--strict"]).clean();
    assert!(project.read("example/records/publications.yaml").is_some());
    assert!(project.read("example/evidence/judging-thanks.txt").is_some());
    assert!(project.read("example/.gitignore").is_some_and(|text| text.contains("private/")));
}

#[test]
fn a_folder_that_holds_files_is_left_as_it_is() {
    let project = Project::with(&[("thesis.docx", "years of work")]);
    project.run(&["new", ".", "--yes"]).says(2, &["not empty", "thesis.docx", "help: "]);
    assert!(!project.path("site.yaml").exists());
    project.run(&["new", "other", "--yes", "--orcid", "0000-0002-1825-0098"]).says(2, &["--orcid", "check digit"]);
    project.run(&["new", "other"]).says(2, &["--name", "--yes"]);
    assert!(!project.path("other").exists());
}

#[test]
fn a_beginners_edits_are_clean_or_explained() {
    let project = Project::new();
    project.run(&["new", ".", "--yes", "--name", "Priya Rao"]).clean();
    project.remove("records/awards.yaml");
    project.write("records/service.yaml", "");
    project.write("records/media.yaml", "\n\n");
    project.run(&["build"]).clean();
    project.remove("records");
    project.remove("pages");
    project.run(&["build"]).clean();
    project.write("site.yaml", "person:\n  name: Priya Rao\n");
    project.run(&["build"]).clean();
    project.write("site.yaml", "person: {name: Priya Rao}");
    project.run(&["build"]).clean();
    project.write("site.yaml", "");
    project.run(&["build"]).says(1, &["name", "help: ", "Nothing was written"]);
    project.remove("site.yaml");
    project.run(&["build", "."]).says(2, &["no `site.yaml`", "offprint new"]);
    project.run(&["build", "nowhere"]).says(2, &["no folder nowhere", "offprint new"]);
}

#[test]
fn the_site_is_found_from_a_folder_inside_it() {
    let project = Project::with(&[("site.yaml", "person: {name: Priya Rao}\n"), ("records/publications.yaml", PAPER)]);
    let output =
        Command::new(common::program()).arg("build").current_dir(project.path("records")).output().expect("a run");
    assert!(output.status.success(), "{output:?}");
    assert!(project.path("public/index.html").exists());
}

#[test]
fn a_clean_quiet_run_prints_not_one_byte() {
    let project = Project::with(&[("site.yaml", "person: {name: Priya Rao}\n"), ("records/publications.yaml", PAPER)]);
    for arguments in [
        &["build", "--quiet"][..],
        &["check", "--quiet"],
        &["check", "-q", "--format", "json"],
        &["check", "--quiet", "--strict", "--format", "github"],
        &["new", "other", "--yes", "--quiet"],
    ] {
        let run = project.run(arguments);
        assert_eq!((run.code, run.stdout.as_str(), run.stderr.as_str()), (0, "", ""), "{arguments:?}");
    }
}

#[test]
fn problems_go_to_the_stream_of_their_readers() {
    let project = Project::with(&[("site.yaml", "person: {nmae: Priya Rao}\n")]);
    let text = project.run(&["check"]);
    assert_eq!((text.code, text.stdout.as_str()), (1, ""));
    assert!(text.stderr.contains("--> site.yaml:1:10") && !text.stderr.contains('\u{1b}'), "{}", text.stderr);
    let json = project.run(&["check", "--format", "json"]);
    let document: serde_json::Value = serde_json::from_str(&json.stdout).expect("one document");
    assert_eq!((json.code, document["diagnostics"][0]["line"].as_u64()), (1, Some(1)));
    let github = project.run(&["check", "--format", "github"]);
    assert!(github.stdout.starts_with("::error file=site.yaml,line=1,"), "{}", github.stdout);
    let coloured = project.run_with(&["check"], &[("CLICOLOR_FORCE", "1")]);
    assert!(coloured.stderr.contains('\u{1b}'));
    let plain = project.run_with(&["check"], &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]);
    assert!(!plain.stderr.contains('\u{1b}'), "NO_COLOR is kept");
}

#[test]
fn an_error_leaves_the_old_site_alone_and_a_mended_file_builds() {
    let project = Project::with(&[("site.yaml", "person: {name: Priya Rao}\n"), ("records/publications.yaml", PAPER)]);
    project.run(&["build"]).clean();
    let before = project.read("public/index.html");
    project.write("records/publications.yaml", PAPER.replace("journal:", "jounral:"));
    project.run(&["build"]).says(1, &["jounral", "Nothing was written"]);
    assert_eq!(project.read("public/index.html"), before);
    let fixed = project.run(&["check", "--fix"]).clean();
    assert!(fixed.stderr.contains("records/publications.yaml:4: `jounral` is now `journal`"), "{}", fixed.stderr);
    assert_eq!(project.read("records/publications.yaml").as_deref(), Some(PAPER));
}

#[test]
fn a_correction_keeps_line_ends_and_all_else() {
    let old = "\u{feff}# Mine\r\n- title: A title\r\n  authors: Rao P\r\n  jounral: Radiology\r\n  date: 2025\r\n  doi: 10.5555/a.1   # why\r\n";
    let project = Project::with(&[("site.yaml", "person: {name: Priya Rao}\n"), ("records/publications.yaml", old)]);
    project.run(&["check", "--fix"]).clean();
    assert_eq!(project.read("records/publications.yaml"), Some(old.replace("jounral", "journal")));
    let left: Vec<_> = std::fs::read_dir(project.path("records")).expect("a folder").collect();
    assert_eq!(left.len(), 1, "no temporary file stays");
}

#[test]
fn an_output_folder_with_files_of_others_is_refused() {
    let project = Project::with(&[("site.yaml", "person: {name: Priya Rao}\n")]);
    let theirs = Project::with(&[("thesis.docx", "years of work")]);
    project
        .run(&["build", "--out", &theirs.root().to_string_lossy()])
        .says(2, &["no build of this site wrote", "help: "]);
    project.run(&["build", "--out", "."]).says(2, &["site folder itself"]);
    project.run(&["build", "--out", "records"]).says(2, &["your own files"]);
    project.run(&["build", "--out", ".."]).says(2, &["holds the site"]);
    project.run(&["build", "--out", "dist/site"]).clean();
    project.write("dist/site/CNAME", "rao.example");
    project.run(&["build", "--out", "dist/site"]).clean();
    assert_eq!(project.read("dist/site/CNAME").as_deref(), Some("rao.example"));
    project.write("public/index.html", "mine");
    project.run(&["build"]).says(2, &["no build of this site wrote"]);
    assert_eq!(project.read("public/index.html").as_deref(), Some("mine"));
}

#[test]
fn a_closed_pipe_is_a_quiet_success() {
    let project = Project::with(&[("site.yaml", "person: {nmae: x}\n")]);
    for arguments in [&["check", "--format", "json"][..], &["--help"], &["check", "--explain", "OP204"]] {
        let mut child = Command::new(common::program())
            .args(arguments)
            .current_dir(project.root())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("a child");
        drop(child.stdout.take());
        let mut messages = String::new();
        child.stderr.take().expect("messages").read_to_string(&mut messages).expect("text");
        let status = child.wait().expect("an end");
        assert!(status.success() && messages.is_empty(), "{arguments:?}: {status} {messages}");
    }
}

#[test]
fn a_wrong_call_fails_with_two_and_help_of_every_command_has_an_example() {
    let project = Project::new();
    for arguments in [
        &[][..],
        &["biuld"],
        &["build", "--today", "soon"],
        &["build", "--base-url", "rao.example"],
        &["check", "--nope"],
    ] {
        let run = project.run(arguments);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{arguments:?}: {}", run.stderr);
    }
    for command in ["new", "build", "check"] {
        let run = project.run(&[command, "--help"]);
        assert_eq!(run.code, 0);
        assert!(
            run.stdout.contains(&format!("offprint {command} ")) && run.stdout.contains("Example"),
            "{}",
            run.stdout
        );
    }
    assert!(project.run(&["--version"]).stdout.starts_with("offprint 0."));
    project.run(&["check", "--explain", "OP999"]).says(2, &["no code `OP999`"]);
    assert!(project.run(&["check", "--explain", "op204"]).stdout.starts_with("OP204: "));
}
