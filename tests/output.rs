//! What a build does to the output folder, and what it leaves alone.

#![allow(clippy::print_stdout, reason = "the child process of the kill test speaks by its output")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, SystemTime};

use offprint::build::output::{Written, target, write};
use offprint::diagnostic::Diagnostics;
use offprint::render::{Payload, Site, SitePath};

/// A site folder with an output folder `public` in it.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("site.yaml"), "person: {name: Priya Rao}\n").expect("site.yaml");
        Self(folder)
    }

    fn root(&self) -> &Path {
        self.0.path()
    }

    fn public(&self) -> PathBuf {
        self.root().join("public")
    }

    /// Builds a site made by hand and expects that nothing is in the way.
    fn build(&self, site: &Site) -> Written {
        let mut diagnostics = Diagnostics::default();
        let target = target(self.root(), &self.public()).expect("an output folder");
        let written = write(&mut diagnostics, &target, site).expect("a build");
        assert!(diagnostics.is_empty(), "{diagnostics:?}");
        written.expect("a site")
    }

    /// Builds and returns the files that were in the way.
    fn blocked(&self, site: &Site) -> Vec<String> {
        let mut diagnostics = Diagnostics::default();
        let target = target(self.root(), &self.public()).expect("an output folder");
        assert_eq!(write(&mut diagnostics, &target, site).expect("a build"), None);
        diagnostics.iter().map(|diagnostic| format!("{} {}", diagnostic.code.id, diagnostic.file)).collect()
    }

    fn put(&self, path: &str, text: &str) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    fn text(&self, path: &str) -> Option<String> {
        fs::read_to_string(self.root().join(path)).ok()
    }
}

fn site(files: &[(&str, &str)]) -> Site {
    let file = |(path, text): &(&str, &str)| (SitePath::new(*path), Payload::Bytes(text.as_bytes().to_vec()));
    let mut site = Site::default();
    site.files.extend(files.iter().map(file));
    site
}

fn tree(folder: &Path) -> BTreeMap<String, String> {
    let files = walkdir::WalkDir::new(folder).into_iter().map(|entry| entry.expect("an entry"));
    let files = files.filter(|entry| entry.file_type().is_file());
    let name = |path: &Path| path.strip_prefix(folder).expect("a prefix").to_string_lossy().replace('\\', "/");
    files.map(|f| (name(f.path()), fs::read_to_string(f.path()).unwrap_or_default())).collect()
}

#[test]
fn the_output_holds_the_site_and_nothing_else() {
    let folder = Folder::new();
    folder.put("files/poster.pdf", "%PDF");
    let mut wanted = site(&[("index.html", "home"), ("publications/a/index.html", "a")]);
    wanted.files.insert(SitePath::new("files/poster.pdf"), Payload::CopyOf(folder.root().join("files/poster.pdf")));
    assert_eq!(folder.build(&wanted), Written { written: 3, removed: 0, unchanged: 0 });
    let found: Vec<_> = tree(&folder.public()).into_iter().collect();
    let expected = [("files/poster.pdf", "%PDF"), ("index.html", "home"), ("publications/a/index.html", "a")];
    assert_eq!(found, expected.map(|(path, text)| (path.to_owned(), text.to_owned())));
    assert_eq!(folder.text(".offprint/.gitignore").as_deref(), Some("*\n"));
}

#[test]
fn an_unchanged_site_writes_no_file() {
    let folder = Folder::new();
    let wanted = site(&[("index.html", "home"), ("assets/a.css", "p {}"), ("cv/index.html", "cv")]);
    folder.build(&wanted);
    let before = times(folder.root());
    std::thread::sleep(Duration::from_millis(20));
    assert_eq!(folder.build(&wanted), Written { written: 0, removed: 0, unchanged: 3 });
    assert_eq!(times(folder.root()), before);
}

fn times(folder: &Path) -> Vec<(PathBuf, SystemTime)> {
    let entries = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(|entry| entry.expect("an entry"));
    let time = |path: &Path| fs::metadata(path).and_then(|found| found.modified()).expect("a time");
    entries.map(|entry| (entry.path().to_owned(), time(entry.path()))).collect()
}

#[test]
fn only_what_changed_is_written_and_only_our_own_is_deleted() {
    let folder = Folder::new();
    folder.build(&site(&[("index.html", "1"), ("old/deep/index.html", "o"), ("keep/index.html", "k")]));
    folder.put("public/CNAME", "rao.example");
    folder.put("public/old/mine.txt", "mine");
    folder.put("public/.git/config", "[core]");
    let written = folder.build(&site(&[("index.html", "2"), ("keep/index.html", "k")]));
    assert_eq!(written, Written { written: 1, removed: 1, unchanged: 1 });
    let files: Vec<_> = tree(&folder.public()).into_keys().collect();
    assert_eq!(files, [".git/config", "CNAME", "index.html", "keep/index.html", "old/mine.txt"]);
    assert!(!folder.public().join("old/deep").exists(), "a folder that we made and emptied is removed");
}

#[test]
fn a_file_of_ours_that_was_deleted_is_restored() {
    let folder = Folder::new();
    let wanted = site(&[("index.html", "home"), ("cv/index.html", "cv")]);
    folder.build(&wanted);
    fs::remove_dir_all(folder.public().join("cv")).expect("removal");
    assert_eq!(folder.build(&wanted).written, 1);
    assert_eq!(folder.text("public/cv/index.html").as_deref(), Some("cv"));
}

#[test]
fn a_file_of_ours_that_was_edited_is_made_anew_and_the_edited_one_is_kept() {
    let folder = Folder::new();
    folder.build(&site(&[("index.html", "home"), ("cv/index.html", "cv"), ("talks", "t"), ("kept.txt", "k")]));
    let edit = |text: &str| {
        for path in ["public/index.html", "public/cv/index.html", "public/talks"] {
            folder.put(path, text);
        }
    };
    // Changed, gone, and a file where a folder is wanted now.
    let wanted = site(&[("index.html", "new"), ("talks/index.html", "t"), ("kept.txt", "k")]);
    for text in ["MINE", "MINE AGAIN"] {
        edit(text);
        let mut diagnostics = Diagnostics::default();
        let target = target(folder.root(), &folder.public()).expect("an output folder");
        write(&mut diagnostics, &target, &wanted).expect("a build").expect("a site");
        let told: Vec<_> = diagnostics.iter().map(|one| format!("{} {}", one.code.id, one.file)).collect();
        assert_eq!(told, ["OP804 public/cv/index.html", "OP804 public/index.html", "OP804 public/talks"]);
        for path in ["index.html", "cv/index.html", "talks"] {
            assert_eq!(folder.text(&format!(".offprint/replaced/{path}")).as_deref(), Some(text), "{path}");
        }
        assert_eq!(folder.text("public/index.html").as_deref(), Some("new"));
        assert!(!folder.public().join("cv").exists());
        folder.build(&wanted);
        folder.build(&site(&[("index.html", "home"), ("cv/index.html", "cv"), ("talks", "t"), ("kept.txt", "k")]));
    }
}

#[test]
fn a_file_of_the_users_is_never_overwritten() {
    let folder = Folder::new();
    folder.build(&site(&[("index.html", "1")]));
    folder.put("public/cv/index.html", "mine");
    folder.put("public/teaching", "mine too");
    folder.put("public/media/index.html/notes.txt", "mine as well");
    let wanted =
        site(&[("index.html", "2"), ("cv/index.html", "cv"), ("teaching/index.html", "t"), ("media/index.html", "m")]);
    let blocked = folder.blocked(&wanted);
    assert_eq!(blocked, ["OP802 public/cv/index.html", "OP802 public/media/index.html", "OP802 public/teaching"]);
    assert_eq!(folder.text("public/index.html").as_deref(), Some("1"), "nothing was written");
    assert_eq!(folder.text("public/cv/index.html").as_deref(), Some("mine"));
}

#[test]
fn a_file_may_become_a_folder_and_a_folder_a_file() {
    let folder = Folder::new();
    folder.build(&site(&[("files/talk", "slides"), ("cv/index.html", "cv")]));
    folder.build(&site(&[("files/talk/slides.txt", "slides"), ("cv", "cv")]));
    let files: Vec<_> = tree(&folder.public()).into_keys().collect();
    assert_eq!(files, ["cv", "files/talk/slides.txt"]);
}

#[test]
fn an_unsafe_output_folder_is_refused() {
    let folder = Folder::new();
    folder.put("records/awards.yaml", "- title: x\n");
    folder.put("theirs/thesis.docx", "years of work");
    folder.put("file", "x");
    let root = folder.root();
    let refused = |out: PathBuf| target(root, &out).map(|_| ()).expect_err("a refusal").to_string();
    assert!(refused(root.to_owned()).contains("the site folder itself"));
    assert!(refused(root.join("records/..")).contains("the site folder itself"));
    assert!(refused(root.join("public/..")).contains("without `..`"), "a folder that is not there has no parent");
    assert!(refused(root.parent().expect("a parent").to_owned()).contains("holds the site"));
    assert!(refused(root.join("records")).contains("holds your own files"));
    assert!(refused(root.join("Pages/new")).contains("holds your own files"));
    assert!(refused(root.join(".offprint/public")).contains("holds your own files"));
    assert!(refused(root.join("theirs")).contains("no build of this site wrote"));
    assert!(refused(root.join("file")).contains("is a file"));
    assert!(target(root, &root.join("new/deep/folder")).is_ok());
    assert!(!root.join("new").exists(), "asking makes nothing");
}

#[test]
fn an_output_elsewhere_is_known_by_its_full_path() {
    let folder = Folder::new();
    let other = tempfile::tempdir().expect("a folder");
    let mut diagnostics = Diagnostics::default();
    for text in ["1", "2"] {
        let target = target(folder.root(), other.path()).expect("an output folder");
        let written = write(&mut diagnostics, &target, &site(&[("index.html", text)])).expect("a build");
        assert_eq!(written.map(|w| w.written), Some(1));
    }
    let stranger = Folder::new();
    assert!(target(stranger.root(), other.path()).is_err(), "another site's output is refused");
}

#[test]
fn a_site_that_moved_still_knows_its_output() {
    let folder = Folder::new();
    let moved = tempfile::tempdir().expect("a folder");
    folder.build(&site(&[("index.html", "1")]));
    let place = moved.path().join("site");
    fs::rename(folder.root(), &place).expect("a move");
    let target = target(&place, &place.join("public")).expect("an output folder");
    let written = write(&mut Diagnostics::default(), &target, &site(&[("index.html", "2")])).expect("a build");
    assert_eq!(written.map(|w| w.written), Some(1));
    fs::create_dir(folder.root()).expect("a folder for the guard to remove");
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};

    #[test]
    fn no_link_is_written_through_or_followed() {
        let folder = Folder::new();
        let other = tempfile::tempdir().expect("a folder");
        fs::write(other.path().join("index.html"), "theirs").expect("a file");
        symlink(other.path(), folder.public()).expect("a link");
        let refused = target(folder.root(), &folder.public()).map(|_| ()).expect_err("a refusal");
        assert!(refused.to_string().contains("symbolic link"), "{refused}");
        fs::remove_file(folder.public()).expect("removal");

        folder.build(&site(&[("index.html", "1"), ("cv/index.html", "cv"), ("old/index.html", "o")]));
        for name in ["cv", "old"] {
            fs::remove_dir_all(folder.public().join(name)).expect("removal");
            symlink(other.path(), folder.public().join(name)).expect("a link");
        }
        assert_eq!(folder.blocked(&site(&[("cv/index.html", "new")])), ["OP802 public/cv"]);
        fs::remove_file(folder.public().join("cv")).expect("removal");
        folder.build(&site(&[("cv/index.html", "new")]));
        assert_eq!(
            tree(other.path()).into_iter().collect::<Vec<_>>(),
            [("index.html".to_owned(), "theirs".to_owned())]
        );
    }

    #[test]
    fn files_may_be_read_by_a_web_server_and_unchanged_ones_stay_in_place() {
        let folder = Folder::new();
        folder.build(&site(&[("index.html", "1"), ("cv/index.html", "cv")]));
        let found = |path: &str| fs::metadata(folder.public().join(path)).expect("a file");
        assert_eq!(found("cv").permissions().mode() & 0o777, 0o755);
        assert_eq!(found("cv/index.html").permissions().mode() & 0o777, 0o644);
        let before = found("cv/index.html").ino();
        folder.build(&site(&[("index.html", "2"), ("cv/index.html", "cv")]));
        assert_eq!(found("cv/index.html").ino(), before);
    }
}

/// Pages of the site before and after; every page says which it is of, on every line.
fn generation(name: &str, pages: std::ops::Range<usize>) -> Site {
    let mut site = Site::default();
    let files = &mut site.files;
    let text = |page: usize| format!("{name} {page}\n").repeat(1000 + page % 7 * 300);
    for page in pages {
        files.insert(SitePath::new(format!("publications/{page}/index.html")), Payload::Bytes(text(page).into_bytes()));
        files.insert(SitePath::new(format!("assets/{name}-{page}.css")), Payload::Bytes(text(page).into_bytes()));
    }
    files.insert(SitePath::new("index.html"), Payload::Bytes(text(0).into_bytes()));
    site
}

/// The half of the next test that is killed: builds the new site over the old one.
#[test]
#[ignore = "started by the test below"]
fn build_to_be_killed() {
    let root = PathBuf::from(std::env::var_os("OFFPRINT_TEST_ROOT").expect("a folder"));
    let site = generation("new", 15..55);
    let target = target(&root, &root.join("public")).expect("an output folder");
    println!("ready");
    write(&mut Diagnostics::default(), &target, &site).expect("a build");
    println!("done");
}

#[test]
fn a_killed_build_leaves_whole_files_and_every_page_and_the_next_one_finishes() {
    let (old, new) = (generation("old", 0..40), generation("new", 15..55));
    let mut random = 20_261_124_u64;
    let mut whole_build = Duration::from_millis(15);
    let (mut early, mut midway, mut late) = (0, 0, 0);
    for _ in 0..100 {
        let folder = Folder::new();
        folder.build(&old);
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let delay =
            whole_build.mul_f64(f64::from(u32::try_from(random >> 33).unwrap_or_default()) / f64::from(1_u32 << 31));
        let mut child = Command::new(std::env::current_exe().expect("this program"))
            .args(["--exact", "build_to_be_killed", "--ignored", "--nocapture"])
            .env("OFFPRINT_TEST_ROOT", folder.root())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a child");
        let mut lines = std::io::BufRead::lines(std::io::BufReader::new(child.stdout.take().expect("its output")));
        lines.by_ref().map_while(Result::ok).find(|line| line.contains("ready"));
        std::thread::sleep(delay);
        child.kill().expect("a kill");
        child.wait().expect("an end");

        // How long a build takes follows from what was met, whatever else the machine does.
        let state = after_a_kill(&folder, &old, &new);
        match state {
            State::Old => {
                early += 1;
                whole_build = whole_build.mul_f64(1.25);
            }
            State::Between => midway += 1,
            State::New => {
                late += 1;
                whole_build = whole_build.mul_f64(0.85);
            }
        }
        folder.build(&new);
        let expected: BTreeMap<_, _> =
            new.files.iter().map(|(path, payload)| (path.to_string(), text(payload))).collect();
        assert!(tree(&folder.public()) == expected, "the next build finishes and leaves nothing behind");
    }
    assert!(midway > 20, "kills before, midway, after: {early}, {midway}, {late}");
}

enum State {
    Old,
    Between,
    New,
}

/// Checks the promise about a killed build and tells how far it had come.
fn after_a_kill(folder: &Folder, old: &Site, new: &Site) -> State {
    let found = tree(&folder.public());
    for (path, content) in &found {
        let of = |site: &Site| site.files.get(path.as_str()).is_some_and(|payload| text(payload) == *content);
        assert!(path.ends_with(".tmp") || of(old) || of(new), "{path} is not whole");
    }
    let complete = new.files.iter().all(|(path, payload)| found.get(path.as_str()) == Some(&text(payload)));
    if !complete {
        let missing = old.files.keys().find(|path| !found.contains_key(path.as_str()));
        assert_eq!(missing, None, "a file of the old site is missing before the new one is complete");
    }
    let is_old = old.files.iter().all(|(path, payload)| found.get(path.as_str()) == Some(&text(payload)));
    if complete && found.len() == new.files.len() {
        State::New
    } else if is_old && found.len() == old.files.len() {
        State::Old
    } else {
        State::Between
    }
}

fn text(payload: &Payload) -> String {
    match payload {
        Payload::Bytes(bytes) => String::from_utf8_lossy(bytes).into_owned(),
        Payload::CopyOf(path) => fs::read_to_string(path).expect("a file"),
    }
}
