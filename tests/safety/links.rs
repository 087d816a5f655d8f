//! Links do not escape: none is read that leads out of the site, none is followed that came later.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

use offprint::build::{Options, build, output};
use offprint::diagnostic::Diagnostics;
use offprint::portfolio::Today;

use crate::common::Project;
use crate::{SITE, tree};

const FOLDERS: [&str; 6] = ["files", "pages", "overrides", "themes", "styles", "evidence"];
const SECRET: &str = "SECRET of another folder";

fn outside() -> Project {
    Project::with(&[("secret.md", SECRET), ("folder/secret.txt", SECRET), ("folder/secret.md", SECRET)])
}

#[test]
fn links_in_the_folder_of_the_program_are_never_written_through() {
    let theirs = || Project::with(&[("thesis", "years of work")]);
    let (other, project) = (theirs(), Project::with(&[("site.yaml", SITE), (".offprint/.gitignore", "*\n")]));
    let own = |name: &str| project.path(".offprint").join(name);
    symlink(other.path("thesis"), own("outputs.json.tmp")).expect("a link");
    project.run(&["build"]).clean();
    assert_eq!(other.read("thesis").as_deref(), Some("years of work"));
    assert!(fs::symlink_metadata(own("outputs.json")).expect("the list").is_file());

    fs::remove_file(own("lock")).expect("removed");
    symlink(other.path("lock"), own("lock")).expect("a link");
    project.run(&["build"]).says(2, &["lock is a symbolic link", "help:"]);
    fs::remove_file(own("lock")).expect("removed");

    let _ = fs::remove_dir_all(own("cache"));
    fs::create_dir(other.path("cache")).expect("a folder");
    symlink(other.path("cache"), own("cache")).expect("a link");
    project.write("files/notes.txt", "MRN 00482913");
    project.run(&["build"]);
    for folder in [".offprint", "public"] {
        fs::remove_dir_all(project.path(folder)).expect("removed");
    }
    for name in ["cache", "absent"] {
        symlink(other.path(name), project.path(".offprint")).expect("a link");
        project.run(&["build"]).says(2, &[".offprint", "symbolic link", "help:"]);
        fs::remove_file(project.path(".offprint")).expect("removed");
    }
    assert_eq!(tree(other.root()).len(), 1, "{:?}", tree(other.root()).keys());
}

#[test]
fn each_of_twenty_four_links_is_an_error_at_its_name_and_nothing_is_written() {
    for folder in FOLDERS {
        for kind in ["a file outside", "a folder outside", "through a parent", "a loop"] {
            let (other, project) = (outside(), Project::with(&[("site.yaml", SITE)]));
            project.write(&format!("{folder}/own.txt"), "own");
            let link = project.path(&format!("{folder}/link.md"));
            match kind {
                "a file outside" => symlink(other.path("secret.md"), &link),
                "a folder outside" => symlink(other.path("folder"), &link),
                "through a parent" => {
                    let name = other.root().file_name().expect("a name").to_owned();
                    symlink(Path::new("../..").join(name).join("secret.md"), &link)
                }
                _ => symlink(".", &link),
            }
            .expect("a link");
            let run = project.run(&["build"]);
            run.says(1, &["error[OP106]", &format!("{folder}/link.md")]);
            assert!(!project.path("public").exists(), "{folder}: {kind}");
        }
    }
}

#[test]
fn a_folder_of_the_site_that_is_a_link_out_of_it_is_an_error() {
    for folder in FOLDERS.into_iter().chain(["records", "private"]) {
        let (other, project) = (outside(), Project::with(&[("site.yaml", SITE)]));
        symlink(other.path("folder"), project.path(folder)).expect("a link");
        project.run(&["build"]).says(1, &["error[OP106]", folder]);
        assert!(!project.path("public").exists(), "{folder}");
    }
}

#[test]
fn two_links_that_lead_to_each_other_are_an_error() {
    let project = Project::with(&[("site.yaml", SITE), ("files/own.txt", "own")]);
    symlink("b", project.path("files/a")).expect("a link");
    symlink("a", project.path("files/b")).expect("a link");
    project.run(&["build"]).says(1, &["error[OP106]", "files/a", "files/b"]);
}

/// Builds in memory, lets something happen, then writes.
fn build_and_swap(project: &Project, swap: impl FnOnce(&Path)) -> anyhow::Result<()> {
    let today = Today::Given(chrono::NaiveDate::from_ymd_opt(2026, 11, 24).expect("a day"));
    let built = build(project.root(), &Options { today, base_url: None, drafts: false })?;
    let site = built.site.expect("a site");
    swap(project.root());
    let target = output::target(project.root(), &project.path("public"))?;
    output::write(&mut Diagnostics::default(), &target, &site).map(drop)
}

/// What happens in the site folder, with another folder beside it.
type Swap<'a> = &'a dyn Fn(&Path, &Path);

#[test]
fn a_link_swapped_in_between_reading_and_writing_is_not_followed() {
    let swaps: [(&str, Swap<'_>); 3] = [
        ("a file for a link outside", &|root, other| {
            fs::remove_file(root.join("files/talks/data.bin")).expect("removed");
            symlink(other.join("secret.md"), root.join("files/talks/data.bin")).expect("a link");
        }),
        ("a folder for a link outside", &|root, other| {
            fs::remove_dir_all(root.join("files/talks")).expect("removed");
            fs::write(other.join("folder/data.bin"), SECRET).expect("written");
            symlink(other.join("folder"), root.join("files/talks")).expect("a link");
        }),
        ("a file for a proof", &|root, _| {
            fs::remove_file(root.join("files/talks/data.bin")).expect("removed");
            symlink("../../evidence/letter.txt", root.join("files/talks/data.bin")).expect("a link");
        }),
    ];
    for (name, swap) in swaps {
        let other = outside();
        let project =
            Project::with(&[("site.yaml", SITE), ("files/talks/data.bin", "shown"), ("evidence/letter.txt", SECRET)]);
        let written = build_and_swap(&project, |root| swap(root, other.root()));
        let fault = format!("{:#}", written.expect_err(name));
        assert!(fault.contains("leads out of the site"), "{name}: {fault}");
        let published = tree(&project.path("public"));
        assert!(published.values().all(|bytes| !String::from_utf8_lossy(bytes).contains(SECRET)), "{name}");
    }
    let project = Project::with(&[("site.yaml", SITE), ("files/talks/data.bin", "shown")]);
    build_and_swap(&project, |_| {}).expect("nothing was swapped");
    assert_eq!(project.read("public/files/talks/data.bin").as_deref(), Some("shown"));
}

#[test]
fn names_that_not_every_computer_can_hold_are_named() {
    let project = Project::with(&[
        ("site.yaml", SITE),
        ("files/Poster.txt", "a"),
        ("files/poster.txt", "b"),
        ("files/aux.txt", "c"),
        ("files/talk: final?.txt", "d"),
        ("files/ends.", "e"),
    ]);
    let long = "long-".repeat(44);
    project.write(&format!("files/{long}.txt"), "f");
    let run = project.run(&["check"]);
    for words in ["error[OP801]", "files/Poster.txt", "files/aux.txt", "files/talk: final?.txt", "files/ends.", &long] {
        assert!(run.stderr.contains(words), "{words}: {}", run.stderr);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_name_that_is_no_text_is_named() {
    use std::os::unix::ffi::OsStrExt as _;
    let project = Project::with(&[("site.yaml", SITE), ("files/own.txt", "own")]);
    let name = std::ffi::OsStr::from_bytes(b"post\xFFer.txt");
    fs::write(project.path("files").join(name), "a").expect("written");
    let run = project.run(&["build"]);
    assert!(run.code == 1 && run.stderr.contains("post\u{fffd}er.txt"), "{run:#?}");
}
