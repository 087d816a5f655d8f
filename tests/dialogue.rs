//! The questions of `add` and `new`, answered at a terminal.
#![cfg(unix)]

mod common;

use std::process::Command;

use rexpect::session::{PtySession, spawn_command};

/// Generous: only a question that never comes takes as long.
const PATIENCE_MS: u64 = 60_000;
const ENTER: &str = "\r";
const DOWN: &str = "\x1b[B";

const SITE: &[(&str, &str)] = &[("site.yaml", "format: 1\nperson:\n  name: Priya Rao\n")];

fn terminal(project: &common::Project, arguments: &[&str]) -> PtySession {
    let mut command = Command::new(common::program());
    command.args(arguments).current_dir(project.root()).env("TERM", "xterm").env("NO_COLOR", "1");
    spawn_command(command, Some(PATIENCE_MS)).expect("a terminal")
}

/// Waits for each question and gives its answer.
fn answer(terminal: &mut PtySession, dialogue: &[(&str, &str)]) {
    for (question, answer) in dialogue {
        terminal.exp_string(question).unwrap_or_else(|error| panic!("`{question}` was not asked: {error}"));
        terminal.send(answer).expect("typed");
        terminal.send(ENTER).expect("typed");
        terminal.flush().expect("typed");
    }
}

fn ended_well(mut terminal: PtySession) -> String {
    let said = terminal.exp_eof().expect("it ends");
    let status = terminal.process().wait().expect("it ended");
    assert!(format!("{status:?}").contains(", 0"), "{status:?}: {said}");
    said
}

#[test]
fn a_publication_is_asked_for_written_and_cited() {
    let project = common::Project::with(SITE);
    let mut terminal = terminal(&project, &["add", "--today", "2026-11-24"]);
    answer(
        &mut terminal,
        &[
            ("What is it?", ""),
            ("Its title", "Flow voids on a night list"),
            ("Which form", ""),
            ("Authors", "Rao P, van der Berg L"),
            ("How far is it", ""),
            ("When", "2025-03"),
            ("Journal", "Skeletal Radiology"),
            ("DOI", "https://doi.org/10.5555/VOIDS"),
        ],
    );
    let said = ended_well(terminal);
    assert!(said.contains("Rao P, van der Berg L. Flow voids on a night list."), "{said}");
    let written = project.read("records/publications.yaml").expect("the record");
    for line in
        ["title: Flow voids on a night list", "journal: Skeletal Radiology", "date: 2025-03", "doi: 10.5555/voids"]
    {
        assert!(written.contains(line), "{line}\n{written}");
    }
    project.run(&["check", "--today", "2026-11-24", "--strict"]).clean();
}

#[test]
fn a_date_that_is_none_is_asked_for_again() {
    let project = common::Project::with(SITE);
    let mut terminal = terminal(&project, &["add", "--today", "2026-11-24"]);
    answer(
        &mut terminal,
        &[
            ("What is it?", &format!("{DOWN}{DOWN}")),
            ("Its title", "Resident teacher of the year"),
            ("Who gave it", "Lakemoor University Hospital"),
            ("When", "last spring"),
        ],
    );
    terminal.exp_string("write 2025, 2025-03 or 2025-03-14").expect("what is wrong");
    answer(&mut terminal, &[("When", "2025-06")]);
    ended_well(terminal);
    let written = project.read("records/awards.yaml").expect("the record");
    assert!(written.contains("title: Resident teacher of the year") && written.contains("date: 2025-06"), "{written}");
}

#[test]
fn questions_broken_off_write_nothing() {
    let project = common::Project::with(SITE);
    let mut terminal = terminal(&project, &["add"]);
    answer(&mut terminal, &[("What is it?", DOWN), ("Its title", "Half a talk")]);
    terminal.exp_string("Which form").expect("the next question");
    terminal.send_control('c').expect("typed");
    terminal.exp_eof().expect("it ends");
    assert_eq!(project.read("records/presentations.yaml"), None);
}

#[test]
fn a_new_site_is_asked_for_and_builds_clean() {
    let project = common::Project::new();
    let mut terminal = terminal(&project, &["new", "site"]);
    answer(
        &mut terminal,
        &[
            ("Your name", "Zainab Amelie Oyelaran-Quist"),
            ("Your specialty", "Diagnostic radiology"),
            ("Your hospital or university", "Lakemoor University Hospital"),
            ("When did your residency start", "2024-07"),
            ("Your ORCID iD", ""),
        ],
    );
    ended_well(terminal);
    let site = project.read("site/site.yaml").expect("the site");
    assert!(site.contains("Zainab Amelie Oyelaran-Quist") && site.contains("2024-07"), "{site}");
    project.run(&["build", "site", "--today", "2026-11-24"]).clean();
}
