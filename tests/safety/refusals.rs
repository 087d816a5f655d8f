//! Fifteen output folders into which no site is ever written, each with its reason.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};

use crate::common::{Project, Run};
use crate::{SITE, faults, run_bound, tree};

/// A folder with a site in `home/site` and much else around it.
fn place() -> Project {
    let project = Project::with(&[
        ("home/thesis.docx", "years of work"),
        ("home/site/site.yaml", SITE),
        ("home/site/records/awards.yaml", "- {title: A prize, by: A society, date: 2025}\n"),
        ("home/site/evidence/letter.txt", "Dear Dr Rao"),
        ("home/repository/.git/HEAD", "ref: refs/heads/main\n"),
        ("home/theirs/notes.txt", "mine"),
        ("home/file", "a file"),
        ("other/site.yaml", SITE),
    ]);
    fs::create_dir(project.path("home/empty")).expect("a folder");
    symlink("empty", project.path("home/link")).expect("a link");
    project
}

fn refuse(project: &Project, out: &str) -> Run {
    let home = project.path("home");
    let run = project.run_with(&["build", "home/site", "--out", out], &[("HOME", home.to_str().expect("text"))]);
    assert!(!project.path("home/site/public").exists());
    run
}

#[test]
fn fifteen_output_folders_are_refused_and_nothing_in_them_changes() {
    let project = place();
    project.run(&["build", "other", "--out", "taken"]).clean();
    let before = tree(project.root());
    let path = |path: &str| project.path(path).to_str().expect("text").to_owned();
    for (out, reason) in [
        ("/".to_owned(), "holds the site"),
        (path("home"), "holds the site"),
        (path("home/site"), "the site folder itself"),
        (path("home/site/.."), "holds the site"),
        (path("home/site/records"), "holds your own files"),
        (path("home/site/evidence"), "holds your own files"),
        (path("home/repository"), "no build of this site wrote"),
        (path("home/theirs"), "no build of this site wrote"),
        (path("home/file"), "is a file"),
        (path("home/link"), "symbolic link"),
        (path("home/link") + "/", "symbolic link"),
        (path("home/link/new"), "behind the symbolic link"),
        (path("home/link/new/deep"), "behind the symbolic link"),
        (path("other/records"), "another site's folder"),
        (path("taken"), "no build of this site wrote"),
    ] {
        let run = refuse(&project, &out);
        assert!(run.code == 2 && run.stderr.contains(reason), "{out}: {run:#?}");
        assert!(run.stderr.contains("help:") || out == "/", "{out}: {run:#?}");
    }
    let after = tree(project.root());
    let changed: Vec<_> =
        before.keys().chain(after.keys()).filter(|name| before.get(*name) != after.get(*name)).collect();
    assert!(changed.is_empty(), "{changed:?}");
}

#[test]
fn a_home_that_does_not_hold_the_site_is_refused_as_well() {
    let project = Project::with(&[("site/site.yaml", SITE), ("home/thesis.docx", "years of work")]);
    let home = project.path("home");
    let run = project
        .run_with(&["build", "site", "--out", home.to_str().expect("text")], &[("HOME", home.to_str().expect("text"))]);
    run.says(2, &["no build of this site wrote", "help:"]);
    assert_eq!(tree(&home).len(), 1);
}

#[test]
fn a_read_only_output_is_refused_with_one_message_and_the_old_site_stays() {
    let project = Project::with(&[("site.yaml", SITE), ("pages/about.md", "One")]);
    run_bound(&project, &["build"]).clean();
    let before = tree(&project.path("public"));
    project.write("pages/about.md", "Two");
    for folder in [project.path("public"), project.path("public/assets")] {
        fs::set_permissions(folder, fs::Permissions::from_mode(0o555)).expect("read-only");
    }
    let run = run_bound(&project, &["build"]);
    assert!(run.code == 2 && run.stderr.contains("cannot write to"), "{run:#?}");
    assert_eq!(faults(&run), 1, "{run:#?}");
    assert_eq!(tree(&project.path("public")), before);
    for folder in [project.path("public"), project.path("public/assets")] {
        fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).expect("writable");
    }
    run_bound(&project, &["build"]).clean();
    assert!(project.read("public/index.html").expect("the page").contains("Two"));
}

#[test]
fn a_link_that_leads_to_the_site_or_around_it_is_no_hindrance() {
    let project = Project::with(&[("real/site/site.yaml", SITE)]);
    symlink("real", project.path("short")).expect("a link");
    let out = project.path("short/out").to_str().expect("text").to_owned();
    project.run(&["build", "short/site", "--out", &out]).clean();
    assert!(project.path("real/out/index.html").exists());
}
