//! GitHub Pages: a branch of a bare repository on this disk.

use std::collections::BTreeMap;
use std::process::Command;

use crate::common::Project;
use crate::fake::{Reply, host};
use crate::{SHARE, built, publish, site};

/// Runs git in a folder and returns what it prints.
fn git(folder: &std::path::Path, arguments: &[&str]) -> String {
    let output = Command::new("git")
        .args(["-c", "user.name=Rao", "-c", "user.email=rao@rao.example"])
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("git runs");
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// A bare repository.
fn bare() -> Project {
    let place = Project::new();
    git(place.root(), &["init", "--quiet", "--bare", "repository.git"]);
    place
}

fn address(place: &Project) -> String {
    place.path("repository.git").to_string_lossy().into_owned()
}

fn to(place: &Project, more: &str) -> Project {
    site(&format!("{{to: github-pages, repository: {}{more}}}", address(place)))
}

/// The files of a branch.
fn branch(place: &Project, name: &str) -> BTreeMap<String, Vec<u8>> {
    let repository = place.path("repository.git");
    let listed = git(&repository, &["ls-tree", "-r", "--name-only", name]);
    let content = |path: &str| {
        let output = Command::new("git").args(["show", &format!("{name}:{path}")]).current_dir(&repository).output();
        output.expect("git runs").stdout
    };
    listed.lines().map(|path| (path.to_owned(), content(path))).collect()
}

/// A branch with files of somebody else's.
fn push_by_hand(place: &Project, name: &str, files: &[(&str, &str)]) {
    let clone = Project::new();
    let exists = git(&place.path("repository.git"), &["branch", "--list", name]).contains(name);
    if exists {
        git(clone.root(), &["clone", "--quiet", "--branch", name, &address(place), "."]);
    } else {
        git(clone.root(), &["init", "--quiet", "--initial-branch", name, "."]);
    }
    for (path, text) in files {
        clone.write(path, text);
    }
    git(clone.root(), &["add", "--all"]);
    git(clone.root(), &["commit", "--quiet", "-m", "By hand"]);
    git(clone.root(), &["push", "--quiet", &address(place), &format!("HEAD:{name}")]);
}

#[test]
fn a_branch_holds_the_site_and_nothing_else_and_grows_by_a_commit() {
    let place = bare();
    let project = to(&place, "");
    publish(&project, &[], &[]).clean().says(0, &["Sent"]);
    let mut expected = built(&project, "");
    expected.insert(".nojekyll".to_owned(), Vec::new());
    assert_eq!(branch(&place, "gh-pages"), expected);
    assert!(expected.contains_key(SHARE), "a repository on this disk is read by nobody else");
    let modes = git(&place.path("repository.git"), &["ls-tree", "-r", "gh-pages"]);
    assert!(modes.lines().all(|line| line.starts_with("100644 blob")), "{modes}");

    project.write("pages/method.md", "# How I work\n\nOther words.\n");
    project.run(&["share", "revoke", "msk"]).clean();
    publish(&project, &[], &[]).clean();
    assert!(!branch(&place, "gh-pages").contains_key(SHARE), "taken back, it is gone from the branch");
    let log = git(&place.path("repository.git"), &["log", "--format=%s|%P", "gh-pages"]);
    assert_eq!(log.lines().count(), 2, "{log}");
    // Another computer finds what is there.
    project.remove(".offprint");
    publish(&project, &[], &[]).clean().says(0, &["The branch holds this site already"]);
}

#[test]
fn a_domain_is_written_and_one_that_is_there_is_kept_with_files_of_others() {
    let place = bare();
    let project = to(&place, ", domain: rao.example");
    publish(&project, &[], &[]).clean();
    let files = branch(&place, "gh-pages");
    assert_eq!(files["CNAME"], b"rao.example\n");
    let home = String::from_utf8_lossy(&files["index.html"]).into_owned();
    assert!(home.contains("<link rel=\"canonical\" href=\"https://rao.example/\">"), "{home}");
    push_by_hand(&place, "gh-pages", &[("google1234.html", "theirs"), ("CNAME", "other.example\n")]);
    for words in ["One.", "Two."] {
        project.write("pages/method.md", format!("# How I work\n\n{words}\n"));
        let site = project.read("site.yaml").expect("site.yaml").replace(", domain: rao.example", "");
        project.write("site.yaml", site);
        publish(&project, &[], &[]).says(0, &["Sent"]);
        let files = branch(&place, "gh-pages");
        assert_eq!(
            (&*files["google1234.html"], &*files["CNAME"]),
            (&b"theirs"[..], &b"other.example\n"[..]),
            "{words}"
        );
    }
}

#[test]
fn a_branch_of_others_a_repository_of_others_and_that_of_the_source_are_refused() {
    let place = bare();
    push_by_hand(&place, "gh-pages", &[("thesis.tex", "years of work")]);
    publish(&to(&place, ""), &[], &[])
        .says(2, &["holds files that Offprint did not put there (thesis.tex)", "help: name another branch"]);
    publish(&to(&place, ", branch: pages"), &[], &[]).clean();
    let fresh = bare();
    push_by_hand(&fresh, "gh-pages", &[("README.md", "# New")]);
    publish(&to(&fresh, ""), &[], &[]).clean();
    assert_eq!(branch(&fresh, "gh-pages")["README.md"], b"# New", "what a host puts there stays");

    let project = site("{to: github-pages, repository: lab/site}");
    project.write("site.yaml", project.read("site.yaml").expect("site.yaml") + "ids: {github: rao}\n");
    publish(&project, &[], &[]).says(2, &["lab/site belongs to lab, and you are rao", "`account: lab`"]);

    let project = to(&place, "");
    git(project.root(), &["init", "--quiet"]);
    git(project.root(), &["remote", "add", "origin", &address(&place)]);
    publish(&project, &[], &[]).says(2, &["that repository holds the source of this site"]);
}

#[test]
fn a_repository_that_is_absent_refuses_or_hangs_is_named_and_the_next_run_finishes() {
    let project = site("{to: github-pages, repository: /nowhere/at/all.git}");
    publish(&project, &[], &[]).says(2, &["there is no repository at /nowhere/at/all.git", "help: make an empty one"]);

    let place = bare();
    let project = to(&place, "");
    place.write("repository.git/hooks/pre-receive", "#!/bin/sh\necho 'Permission denied to rao.' >&2\nexit 1\n");
    let hook = place.path("repository.git/hooks/pre-receive");
    let mode = <std::fs::Permissions as std::os::unix::fs::PermissionsExt>::from_mode(0o755);
    std::fs::set_permissions(&hook, mode).expect("a hook");
    publish(&project, &[], &[]).says(2, &["git was not let in", "Permission denied to rao.", "help: sign in once"]);
    place.write("repository.git/hooks/pre-receive", "#!/bin/sh\nsleep 30\n");
    publish(&project, &[], &[("OFFPRINT_TIMEOUT", "1")])
        .says(2, &["`git` was still waiting after 1 s", "OFFPRINT_TIMEOUT"]);
    place.remove("repository.git/hooks/pre-receive");
    publish(&project, &[], &[]).clean();
    assert!(branch(&place, "gh-pages").contains_key("index.html"));
}

/// Lets git take a repository of this disk for one at GitHub.
fn at_github(place: &Project) -> [(&'static str, String); 3] {
    let key = format!("url.{}/.insteadOf", place.root().display());
    [
        ("GIT_CONFIG_COUNT", "1".to_owned()),
        ("GIT_CONFIG_KEY_0", key),
        ("GIT_CONFIG_VALUE_0", "https://github.com/rao/".to_owned()),
    ]
}

#[test]
fn unlisted_pages_stay_out_of_a_repository_that_anybody_may_read() {
    let place = bare();
    let public = host(|_| Reply::Text(200, "refs".to_owned()));
    let private = host(|_| Reply::Text(404, "none".to_owned()));
    let redirect = at_github(&place);
    let run = |web: &str, more: &[&str]| {
        let project = site("{to: github-pages, repository: rao/repository}");
        let mut environment: Vec<(&str, &str)> = redirect.iter().map(|(name, value)| (*name, value.as_str())).collect();
        environment.push(("OFFPRINT_GIT_WEB", web));
        let run = publish(&project, more, &environment);
        (run, branch(&place, "gh-pages"))
    };
    let (run_out, files) = run(&public.address, &[]);
    run_out.clean().says(0, &["1 unlisted page stays out", "who could list every address in it", "--with-share"]);
    assert!(!files.contains_key(SHARE) && files.contains_key("index.html"));
    let home = String::from_utf8_lossy(&files["404.html"]).into_owned();
    assert!(home.contains("\"/repository/"), "the base path is the host's: {home}");
    let (run_with, files) = run(&public.address, &["--with-share"]);
    run_with.clean();
    assert!(files.contains_key(SHARE));
    let (run_private, files) = run(&private.address, &[]);
    run_private.clean();
    assert!(files.contains_key(SHARE));
}

#[test]
fn private_files_and_fields_that_git_keeps_stop_it_unless_the_repository_is_private() {
    let place = Project::new();
    let project = site(&format!("{{to: folder, path: {}}}", place.path("www").display()));
    project.write("records/awards.yaml", "- {title: A prize, private: {notes: mine}}\n");
    git(project.root(), &["init", "--quiet"]);
    git(project.root(), &["add", "records", "private", "site.yaml"]);
    let quiet = project.run(&["check", "--today", "2026-11-24"]);
    assert!(!quiet.stderr.contains("OP842"), "without a remote nobody else reads it: {quiet:?}");
    git(project.root(), &["remote", "add", "origin", "git@github.com:rao/source.git"]);
    let check = project.run(&["check", "--today", "2026-11-24"]);
    assert_eq!(check.code, 0, "a warning: {check:?}");
    for words in [
        "warning[OP842]",
        "private/shares.yaml",
        "git rm --cached private/shares.yaml",
        "records/awards.yaml:1:",
        "move it to private/awards.yaml",
    ] {
        assert!(check.stderr.contains(words), "no {words:?} in {check:?}");
    }
    let public = host(|_| Reply::Text(200, "refs".to_owned()));
    publish(&project, &[], &[("OFFPRINT_GIT_WEB", &public.address)]).says(1, &["OP842", "Nothing was published"]);
    assert!(place.read("www/index.html").is_none());
    let private = host(|_| Reply::Text(401, "sign in".to_owned()));
    publish(&project, &[], &[("OFFPRINT_GIT_WEB", &private.address)]).clean();
}
