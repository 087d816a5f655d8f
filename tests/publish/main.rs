//! `offprint publish`: each host as a local fake with recorded answers, what is refused, what is
//! said beforehand, and what stays at its address.

#![cfg(unix)]

mod addresses;
#[path = "../common/mod.rs"]
mod common;
mod fake;
mod folders;
mod git;
mod hosts;
mod programs;

use common::{Project, Run};

pub(crate) const PAPERS: &str = "- {id: cohort, title: Where emergency spine MRI loses its time, authors: Rao P, date: 2025, journal: Spine, doi: 10.5555/a, pdf: files/cohort.pdf}\n- {id: waiting, title: Waiting at a journal, authors: Rao P, status: submitted, submitted: 2026-10-01}\n";
pub(crate) const TOKEN: &str = "7k2mqz4xv6an3trc5wjh2ydeob";
pub(crate) const SHARE: &str = "share/msk-7k2mqz4xv6an3trc5wjh2ydeob/index.html";

/// Makes a site with a paper, a page and a page for one reader, to be published as `publish` says.
pub(crate) fn site(publish: &str) -> Project {
    let site = format!(
        "format: 1\nperson: {{name: Priya Rao}}\npublish: {publish}\nshare_pages:\n  - id: msk\n    show_status: [submitted]\n"
    );
    let shares = format!("msk: {TOKEN}\n");
    Project::with(&[
        ("site.yaml", site.as_str()),
        ("private/shares.yaml", &shares),
        ("records/publications.yaml", PAPERS),
        ("pages/method.md", "# How I work\n\nWords.\n"),
        ("files/cohort.pdf", common::PDF),
        ("evidence/letter.txt", "never sent: canary\n"),
    ])
}

/// Publishes without a question.
pub(crate) fn publish(project: &Project, more: &[&str], environment: &[(&str, &str)]) -> Run {
    let arguments = [&["publish", "--yes", "--today", "2026-11-24"], more].concat();
    project.run_with(&arguments, environment)
}

/// The site paths of a build, a plain one of the same site beside it.
pub(crate) fn built(project: &Project, base: &str) -> std::collections::BTreeMap<String, Vec<u8>> {
    let plain = ["build", "--quiet", "--today", "2026-11-24", "--out", "built"];
    let with_base = [&plain[..], &["--base-url", base]].concat();
    let run = project.run(if base.is_empty() { &plain } else { &with_base });
    assert_eq!(run.code, 0, "{run:?}");
    let mut files = std::collections::BTreeMap::new();
    gather(&project.path("built"), &project.path("built"), &mut files);
    files
}

pub(crate) fn gather(
    root: &std::path::Path,
    folder: &std::path::Path,
    files: &mut std::collections::BTreeMap<String, Vec<u8>>,
) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            gather(root, &path, files);
        } else {
            let name = path.strip_prefix(root).expect("inside").to_string_lossy().replace('\\', "/");
            files.insert(name, std::fs::read(&path).expect("readable"));
        }
    }
}
