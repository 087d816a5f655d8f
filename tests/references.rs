//! References kept on disk between builds: never able to change what a build writes.

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use common::Project;

const KEPT: &str = ".offprint/cache/references";

/// Builds into `public` and gives every file with its bytes.
fn build(project: &Project) -> BTreeMap<String, Vec<u8>> {
    project.run(&["build", "--today", "2026-11-24"]);
    let mut files = BTreeMap::new();
    read(&project.path("public"), &project.path("public"), &mut files);
    assert!(files.len() > 20, "the site is there");
    files
}

fn read(root: &Path, folder: &Path, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).expect("output") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            read(root, &path, files);
        } else {
            let name = path.strip_prefix(root).expect("inside").to_string_lossy().into_owned();
            files.insert(name, fs::read(&path).expect("a file"));
        }
    }
}

#[test]
fn a_damaged_or_missing_cache_changes_no_byte() {
    let project = Project::new();
    project.copy_example();
    fs::create_dir_all(project.path(".offprint")).expect("a folder");
    let first = build(&project);
    let whole = fs::read(project.path(KEPT)).expect("references are kept");
    assert_eq!(build(&project), first, "from the cache");
    let flipped = |at: usize| {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x20;
        bytes
    };
    let middle = whole.len() / 2;
    for damaged in
        [Vec::new(), whole[..middle].to_vec(), flipped(3), flipped(middle), flipped(whole.len() - 1), vec![0xFF; 4096]]
    {
        project.write(KEPT, &damaged);
        assert_eq!(build(&project), first, "{} bytes", damaged.len());
    }
    project.remove(".offprint/cache");
    assert_eq!(build(&project), first, "without a cache");
}

#[test]
fn a_changed_record_style_or_own_name_is_cited_anew() {
    let record = |title: &str| {
        format!(
            "- id: cord\n  title: {title}\n  authors: Rao P, Quist ZA\n  journal: Radiology\n  date: 2024\n  doi: 10.5555/cord\n"
        )
    };
    let site =
        |style: &str| format!("format: 1\nperson:\n  name: Zainab Amelie Quist\nsite:\n  citation_style: {style}\n");
    let style = |word: &str| {
        format!(
            "<style xmlns=\"http://purl.org/net/xbiblio/csl\" class=\"in-text\" version=\"1.0\"><info><title>T</title><id>t</id>\
             <updated>2026-01-01T00:00:00Z</updated></info><citation><layout><text variable=\"title\"/></layout></citation>\
             <bibliography><layout><text variable=\"title\" suffix=\" {word}\"/></layout></bibliography></style>"
        )
    };
    let project = Project::with(&[("site.yaml", &site("ama")), ("records/publications.yaml", &record("One"))]);
    fs::create_dir_all(project.path(".offprint")).expect("a folder");
    let page = || {
        project.run(&["build", "--today", "2026-11-24"]);
        project.read("public/publications/cord/index.html").expect("the page")
    };
    assert!(
        page().contains("One</a>. <i>Radiology</i>. Published online 2024") || page().contains("Published online 2024")
    );
    project.write("records/publications.yaml", record("Two"));
    assert!(page().contains("Two"));
    project.write("site.yaml", site("nlm"));
    assert!(!page().contains("Published online"));
    project.write("styles/own.csl", style("first"));
    project.write("site.yaml", site("own"));
    assert!(page().contains("Two first"));
    project.write("styles/own.csl", style("second"));
    let page = page();
    assert!(page.contains("Two second") && !page.contains("Two first"));
}
