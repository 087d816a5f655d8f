//! Nothing private leaves: words, PDFs, archives, drawings and pictures, as `check` and `build` see them.

#[path = "../common/mod.rs"]
mod common;

mod archives;
mod beside;
mod colours;
mod covers;
mod documents;
mod drawings;
mod exiftool;
mod outside;
mod pictures;
mod words;

const SITE: &str = "format: 1\nperson:\n  name: Priya Rao\n  family_name: Rao\n  given_names: Priya\nsite:\n  url: https://rao.example/\n";

/// The code and message of every problem that a check names.
fn problems(project: &common::Project) -> Vec<(String, String)> {
    let run = project.run(&["check", "--format", "json", "--today", "2026-11-24"]);
    let document: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    let list = document["diagnostics"].as_array().expect("a list");
    let word = |found: &serde_json::Value, key: &str| found[key].as_str().expect("words").to_owned();
    list.iter().map(|found| (word(found, "code"), word(found, "message"))).collect()
}
