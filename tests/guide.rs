//! The guide: every code block is run as a reader would, topic by topic.
//!
//! A block's first word says what it is, its second which file it is for. `yaml`, `markdown` and
//! `bibtex` blocks are written (a record is added to its file, a key of site.yaml takes the place of the
//! old one) and the site must then be without a problem; `sh` blocks are run in the site's folder.

#![cfg(unix)]

mod common;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use common::Project;

/// Stands before the program: the day is fixed, and what waits for a person does not wait.
const WRAPPER: &str = r#"#!/bin/sh
case "$1" in
  serve) shift; timeout -s INT 2 PROGRAM serve "$@" --port 0; exit 0 ;;
  check|build|publish|share|status|evidence|dossier) exec PROGRAM "$@" --today 2026-11-24 ;;
  *) exec PROGRAM "$@" ;;
esac
"#;

/// A block: what it is, the file it is for, its text.
#[derive(Debug)]
struct Block {
    kind: String,
    file: String,
    text: String,
}

fn pages() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/guide/pages");
    let mut pages: Vec<_> =
        fs::read_dir(folder).expect("the guide").map(|entry| entry.expect("a page").path()).collect();
    pages.sort();
    pages
}

fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open: Option<(String, Block)> = None;
    for line in text.split_inclusive('\n') {
        let fence: String = line.chars().take_while(|letter| *letter == '`').collect();
        match &mut open {
            Some((mark, block)) if fence.len() >= 3 && line.trim_end() == mark.as_str() => {
                blocks.push(std::mem::replace(
                    block,
                    Block { kind: String::new(), file: String::new(), text: String::new() },
                ));
                open = None;
            }
            Some((_, block)) => block.text.push_str(line),
            None if fence.len() >= 3 => {
                let mut words = line[fence.len()..].split_whitespace().map(str::to_owned);
                let (kind, file) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
                open = Some((fence, Block { kind, file, text: String::new() }));
            }
            None => {}
        }
    }
    assert!(open.is_none(), "a block is never closed");
    blocks
}

/// Where a topic is tried out: the program under a wrapper, and repositories that stand for GitHub's.
struct Desk {
    place: Project,
    folder: PathBuf,
}

impl Desk {
    fn new(is_first_topic: bool) -> Self {
        let place = Project::new();
        place.write("bin/offprint", WRAPPER.replace("PROGRAM", common::program()));
        let program = place.path("bin/offprint");
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).expect("a program");
        fs::create_dir(place.path("home")).expect("a home");
        for name in ["priya-rao/priya-rao.github.io", "priya-rao/site"] {
            let made = Command::new("git")
                .args(["init", "--quiet", "--bare"])
                .arg(place.path(&format!("hub/{name}.git")))
                .status();
            assert!(made.expect("git runs").success());
        }
        let mut desk = Self { folder: place.path("home"), place };
        if !is_first_topic {
            desk.run("offprint new my-site --yes --quiet --name 'Priya Rao'\ncd my-site\n");
        }
        desk
    }

    fn run(&mut self, script: &str) -> String {
        let path = format!("{}:{}", self.place.path("bin").display(), std::env::var("PATH").expect("a path"));
        let after = self.place.path("pwd");
        // `set -e` does not hold for what is said to fail.
        let denied = |line: &str| match line.strip_prefix("! ") {
            Some(command) => format!("if {command}; then echo 'not denied'; exit 1; fi\n"),
            None => format!("{line}\n"),
        };
        let script: String = script.lines().map(denied).collect();
        let script = format!("set -e\n{script}\npwd > '{}'\n", after.display());
        let output = Command::new("sh")
            .args(["-c", &script])
            .current_dir(&self.folder)
            .env("PATH", path)
            .env("HOME", self.place.path("home"))
            .env("GIT_CONFIG_COUNT", "1")
            .env("GIT_CONFIG_KEY_0", format!("url.{}/.insteadOf", self.place.path("hub").display()))
            .env("GIT_CONFIG_VALUE_0", "https://github.com/")
            .env("OFFPRINT_GIT_WEB", "http://127.0.0.1:9")
            .env("OFFPRINT_TIMEOUT", "20")
            .stdin(std::process::Stdio::null())
            .output()
            .expect("a shell");
        let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{script}\n{said}");
        self.folder = fs::read_to_string(after).expect("a folder").trim_end().into();
        said
    }

    fn write(&mut self, block: &Block) {
        let path = self.folder.join(&block.file);
        fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
        let old = fs::read_to_string(&path).unwrap_or_default();
        let text = match block.file.as_str() {
            "site.yaml" => with_keys(&old, &block.text),
            file if file.starts_with("records/") => old + &block.text,
            _ => block.text.clone(),
        };
        fs::write(path, text).expect("written");
        // An unlisted page waits for the command that gives it an address.
        let waits = block.text.contains("visibility: link");
        self.run(if waits { "offprint check" } else { "offprint check --strict" });
    }
}

/// Puts the keys of a snippet in place of those of the file.
fn with_keys(old: &str, new: &str) -> String {
    let key = |line: &str| line.split(':').next().filter(|key| !key.starts_with([' ', '#', '-'])).map(str::to_owned);
    let keys: Vec<String> = new.lines().filter_map(|line| key(line).filter(|key| !key.is_empty())).collect();
    let mut kept = String::new();
    let mut skipping = false;
    for line in old.lines() {
        if let Some(own) = key(line).filter(|own| !own.is_empty()) {
            skipping = keys.contains(&own);
        }
        if !skipping {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    kept + new
}

/// Runs what a workflow runs of Offprint.
fn run_workflow(desk: &mut Desk, text: &str) {
    let workflow: serde_yaml::Value = serde_yaml::from_str(text).expect("a workflow is YAML");
    let steps = workflow["jobs"]["publish"]["steps"].as_sequence().expect("steps");
    let commands = steps.iter().filter_map(|step| step["run"].as_str()).filter(|line| line.starts_with("offprint "));
    let script: String = commands.map(|line| format!("{line}\n")).collect();
    assert!(script.contains("publish"), "{text}");
    desk.run(&script);
}

#[test]
fn every_block_of_the_guide_runs() {
    let (mut written, mut run) = (0, 0);
    for page in pages() {
        let text = fs::read_to_string(&page).expect("a page");
        let blocks = blocks(&text);
        if blocks.is_empty() {
            continue;
        }
        let mut desk = Desk::new(page.ends_with("start.md"));
        let mut workflow = None;
        for block in &blocks {
            match (block.kind.as_str(), block.file.as_str()) {
                ("sh", "") => {
                    desk.run(&block.text);
                    run += 1;
                }
                ("yaml", file) if file.starts_with(".github/") => {
                    desk.write(block);
                    workflow = Some(block.text.clone());
                    written += 1;
                }
                ("yaml" | "markdown" | "bibtex", file) if !file.is_empty() => {
                    desk.write(block);
                    written += 1;
                }
                other => panic!("{}: a block of an unknown kind {other:?}", page.display()),
            }
        }
        desk.run("offprint check --strict");
        if let Some(workflow) = workflow {
            run_workflow(&mut desk, &workflow);
        }
    }
    assert!(written > 25 && run > 15, "{written} files written, {run} scripts run");
}

#[test]
fn the_guide_names_every_command_and_every_topic_has_its_words() {
    let text: String = pages().iter().map(|page| fs::read_to_string(page).expect("a page")).collect();
    let project = Project::new();
    let help = project.run(&["--help"]).clean().stdout;
    let listed = help.split("Commands:").nth(1).expect("commands").split("Options:").next().expect("commands");
    for command in listed.lines().filter_map(|line| line.strip_prefix("  ")?.split_whitespace().next()) {
        assert!(
            command == "help" || text.contains(&format!("offprint {command}")),
            "the guide never names `{command}`"
        );
    }
    for line in project.run(&["guide"]).clean().stdout.lines() {
        let (name, words) = line.split_once("  ").expect("a topic");
        assert!(words.contains(": ") && !words.trim_start().starts_with(':'), "{line}");
        let printed = project.run(&["guide", name]).clean().stdout;
        assert!(printed.starts_with("# ") && printed.len() > 500 && !printed.contains("order:"), "{name}");
    }
    assert!(project.run(&["guide", "cv"]).clean().stdout.starts_with("# The CV"));
    project.run(&["guide", "publihsing"]).says(2, &["did you mean `publishing`?"]);
}

#[test]
fn the_guide_is_a_site_that_offprint_builds_clean() {
    let project = Project::new();
    let guide = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/guide");
    common::copy(&guide, project.root());
    project.run(&["build", "--today", "2026-11-24"]).clean();
    project.run(&["check", "--strict", "--today", "2026-11-24"]).clean();
    assert!(project.read("public/publishing/index.html").expect("a page").contains("GitHub Pages"));
}
