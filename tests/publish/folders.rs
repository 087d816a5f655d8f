//! A folder and an archive; what is said and asked before anything is sent; looking at it afterwards.

use std::io::Read;
use std::path::PathBuf;

use crate::common::Project;
use crate::fake::{Asked, Reply, host};
use crate::{PAPERS, SHARE, built, gather, publish, site};

fn folder() -> (Project, Project) {
    let place = Project::new();
    let project = site(&format!("{{to: folder, path: {}}}", place.path("www").display()));
    (project, place)
}

#[test]
fn a_folder_has_the_site_and_keeps_what_is_not_of_it() {
    let (project, place) = folder();
    publish(&project, &[], &[]).clean();
    let mut files = std::collections::BTreeMap::new();
    gather(&place.path("www"), &place.path("www"), &mut files);
    assert_eq!(files, built(&project, ""));
    place.write("www/google1234.html", "theirs");
    project.run(&["share", "revoke", "msk"]).clean();
    publish(&project, &[], &[]).clean();
    assert!(place.read(&format!("www/{SHARE}")).is_none() && place.read("www/google1234.html").is_some());

    let other = Project::with(&[("www/thesis.docx", "years of work")]);
    let project = site(&format!("{{to: folder, path: {}}}", other.path("www").display()));
    publish(&project, &[], &[]).says(2, &["holds files that no build of this site wrote"]);
    let project = site("{to: folder, path: /nowhere/at/all}");
    publish(&project, &[], &[]).says(2, &["there is no folder /nowhere/at", "help: make it"]);
}

#[test]
fn an_expired_page_is_gone_from_output_and_target() {
    let (project, place) = folder();
    let site = project.read("site.yaml").expect("site.yaml");
    project.write("site.yaml", site.replace("    show_status", "    expires: 2026-12-01\n    show_status"));
    publish(&project, &[], &[]).says(0, &["OP820"]);
    assert!(place.read(&format!("www/{SHARE}")).is_some());
    project
        .run(&["publish", "--yes", "--today", "2026-12-02"])
        .says(0, &["OP416", "taken back: 1 page for one reader"]);
    assert!(place.read(&format!("www/{SHARE}")).is_none());
    project.run(&["build", "--today", "2026-12-02"]);
    assert!(project.read(&format!("public/{SHARE}")).is_none());
}

#[test]
fn an_archive_is_the_same_for_the_same_site_and_never_written_over_a_file_of_others() {
    let project = site("{to: zip}");
    publish(&project, &[], &[]).says(0, &["site.zip", "drag it"]);
    let bytes = std::fs::read(project.path("site.zip")).expect("the archive");
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes.clone())).expect("an archive");
    for (path, content) in built(&project, "") {
        let mut read = Vec::new();
        archive.by_name(&path).expect("in the archive").read_to_end(&mut read).expect("whole");
        assert_eq!(read, content, "{path}");
    }
    project.remove("site.zip");
    project.remove(".offprint");
    publish(&project, &[], &[]).clean();
    assert_eq!(std::fs::read(project.path("site.zip")).expect("the archive"), bytes);
    project.remove(".offprint");
    publish(&project, &[], &[]).says(2, &["is there already, and Offprint did not make it"]);
}

#[test]
fn what_is_new_is_said_before_a_question_and_a_dry_run_sends_nothing() {
    let (project, place) = folder();
    let dry = project.run(&["publish", "--dry-run", "--today", "2026-11-24"]).clean();
    for words in
        ["for the first time", "new records: “Where emergency spine MRI loses its time”", "new pages:", "A dry run"]
    {
        assert!(dry.stderr.contains(words), "{words}: {dry:?}");
    }
    assert!(!dry.stderr.contains("7k2mqz4xv6"), "no secret is printed: {dry:?}");
    project.run(&["publish", "--today", "2026-11-24"]).says(2, &["no terminal to ask on", "--dry-run", "--yes"]);
    assert!(place.read("www/index.html").is_none());
    publish(&project, &[], &[]).clean();
    project.write(
        "records/publications.yaml",
        format!(
            "{PAPERS}- {{id: new, title: A new one, authors: Rao P, date: 2026-01, journal: Spine, doi: 10.5555/n}}\n"
        ),
    );
    project
        .run(&["publish", "--dry-run", "--today", "2026-11-24"])
        .says(0, &["new records: “A new one”", "new pages: publications/new/", "changed pages: "]);
    assert!(place.read("www/publications/new/index.html").is_none());
}

#[test]
fn an_error_stops_it_and_warnings_do_where_they_are_asked_to() {
    let (project, place) = folder();
    project.write("records/awards.yaml", "- {tilte: A prize}\n");
    publish(&project, &[], &[]).says(1, &["OP204", "Nothing was published"]);
    project.write("records/awards.yaml", "- {title: A prize}\n");
    let warned = PAPERS.replace("doi: 10.5555/a, ", "");
    project.write("records/publications.yaml", &warned);
    publish(&project, &["--strict"], &[]).says(1, &["OP411", "Nothing was published"]);
    assert!(place.read("www/index.html").is_none());
    publish(&project, &[], &[]).says(0, &["OP411", "Sent"]);
}

#[test]
fn a_build_that_was_broken_off_is_finished_first() {
    let (project, _place) = folder();
    project.run(&["build", "--today", "2026-11-24"]).clean();
    let list = project.read(".offprint/outputs.json").expect("the list").replace("\"complete\"", "\"building\"");
    project.write(".offprint/outputs.json", list);
    publish(&project, &[], &[]).says(2, &["the output public was left unfinished", "help: run `offprint build` first"]);
    project.run(&["build", "--today", "2026-11-24"]).clean();
    publish(&project, &[], &[]).clean();
}

#[test]
fn without_a_place_the_way_to_name_one_is_shown() {
    let project = Project::with(&[("site.yaml", "person: {name: Priya Rao}\n")]);
    project.run(&["publish"]).says(2, &["does not say where", "publish: {to: github-pages"]);
    let project = site("{to: s3, bucket: rao}");
    project.run(&["publish"]).says(2, &["OP840", "s3 needs `region`"]);
}

#[test]
fn the_published_pages_are_fetched_and_compared() {
    let (project, place) = folder();
    let folder: PathBuf = place.path("www");
    let web = host(move |asked: &Asked| {
        let path = asked.path.strip_prefix("/rao/").unwrap_or("none");
        let path = if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
        match std::fs::read(folder.join(path)) {
            Ok(bytes) => Reply::Bytes(200, bytes),
            Err(_) => Reply::Text(404, "none".to_owned()),
        }
    });
    let base = format!("{}/rao/", web.address);
    let verify = ["--verify", "--base-url", &base];
    let wait = [("OFFPRINT_TIMEOUT", "1")];
    let run = publish(&project, &verify, &wait).clean().says(0, &["as they were sent"]);
    assert_eq!(run.stdout.trim(), base);
    place.write("www/index.html", "somebody else");
    publish(&project, &verify, &wait).says(2, &["not as they were sent", "another page, or an older one"]);
    place.remove("www/index.html");
    publish(&project, &verify, &wait).says(2, &["not there (status 404)"]);
}
