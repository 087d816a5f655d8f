//! What is published once stays at its address, or the loss is named with the line that keeps it.

use std::collections::BTreeMap;

use crate::common::Project;
use crate::{PAPERS, gather, publish, site};

fn folder() -> (Project, Project) {
    let place = Project::new();
    let project = site(&format!("{{to: folder, path: {}}}", place.path("www").display()));
    let settings = project.read("site.yaml").expect("site.yaml");
    project.write("site.yaml", format!("{settings}site: {{url: 'https://rao.example/'}}\n"));
    project.write("records/publications.yaml", PAPERS.replace("doi: 10.5555/a,", "doi: 10.5555/a, featured: 1,"));
    (project, place)
}

fn files(place: &Project) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    gather(&place.path("www"), &place.path("www"), &mut files);
    files
}

/// Follows every link from every page, as a crawler does; gives what was asked for and what is not there.
fn crawl(files: &BTreeMap<String, Vec<u8>>) -> (Vec<String>, Vec<String>) {
    let mut reached: Vec<String> = files.keys().filter(|path| path.ends_with(".html")).cloned().collect();
    let mut at = 0;
    let mut missing = Vec::new();
    while at < reached.len() {
        let page = reached[at].clone();
        at += 1;
        let Some(bytes) = files.get(&page) else {
            missing.push(page);
            continue;
        };
        if !page.ends_with(".html") {
            continue;
        }
        let html = String::from_utf8_lossy(bytes).into_owned();
        let links = ["href=\"", "src=\"", "content=\"https://rao.example/", "url="].into_iter().flat_map(|mark| {
            let links = html.split(mark).skip(1).map(|rest| rest.split(['"', ' ']).next().unwrap_or_default());
            links
                .map(|link| if mark.starts_with("content") { format!("/{link}") } else { link.to_owned() })
                .collect::<Vec<_>>()
        });
        for link in links {
            let own = link.strip_prefix("https://rao.example").unwrap_or(&link);
            let own = own.split(['#', '?']).next().unwrap_or_default();
            if own.is_empty() || own.contains(':') || own.starts_with("//") {
                continue;
            }
            let mut parts: Vec<&str> = if own.starts_with('/') { Vec::new() } else { page.split('/').collect() };
            parts.pop();
            for part in own.split('/') {
                match part {
                    "" | "." => {}
                    ".." => drop(parts.pop()),
                    part => parts.push(part),
                }
            }
            let mut path = parts.join("/");
            if own.ends_with('/') || own.ends_with("..") || own == "." || path.is_empty() {
                path = if path.is_empty() { "index.html".to_owned() } else { format!("{path}/index.html") };
            }
            if !reached.contains(&path) {
                reached.push(path);
            }
        }
    }
    (reached, missing)
}

#[test]
fn with_aliases_nothing_published_becomes_a_404() {
    let (project, place) = folder();
    publish(&project, &[], &[]).clean();
    let (before, missing) = crawl(&files(&place));
    assert!(missing.is_empty() && before.len() > 20, "{missing:?}");
    assert!(before.contains(&"publications/cohort.bib".to_owned()), "{before:?}");

    let papers = project.read("records/publications.yaml").expect("papers");
    let renamed = papers.replace("{id: cohort, title: Where", "{id: order-to-scan, title: Where");
    project.write("records/publications.yaml", &renamed);
    let words = project.read("pages/method.md").expect("a page");
    project.remove("pages/method.md");
    project.write("pages/approach.md", &words);
    let run = project.run(&["publish", "--dry-run", "--today", "2026-11-24"]);
    assert_eq!(run.code, 0, "{run:?}");
    for words in [
        "warning[OP843]: the address `publications/cohort/`, which is on the web, would be gone\n --> records/publications.yaml:1:8",
        "help: add `aliases: [cohort]` to this record",
        "warning[OP843]: the address `method/`, which is on the web, would be gone\n--> pages/approach.md",
        "help: add `aliases: [method]` to the front matter of this page",
    ] {
        assert!(run.stderr.contains(words), "no {words:?} in {}", run.stderr);
    }
    assert_eq!(run.stderr.matches("OP843").count(), 2, "what lies beside a page is not named apart: {}", run.stderr);

    project.write(
        "records/publications.yaml",
        renamed.replace("{id: order-to-scan,", "{id: order-to-scan, aliases: [cohort],"),
    );
    project.write("pages/approach.md", format!("---\naliases: [method]\n---\n{words}"));
    publish(&project, &[], &[]).clean();
    let after = files(&place);
    let lost: Vec<&String> = before.iter().filter(|path| !after.contains_key(*path)).collect();
    assert!(lost.is_empty(), "gone: {lost:?}");
    let (_, missing) = crawl(&after);
    assert!(missing.is_empty(), "{missing:?}");
    let old = String::from_utf8_lossy(&after["publications/cohort/index.html"]).into_owned();
    assert!(old.contains("url=../../publications/order-to-scan/"), "{old}");
}
