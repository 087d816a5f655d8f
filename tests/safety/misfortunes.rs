//! Full disk, no permission, a file that changes, a clock that goes back, two builds at once: one clear
//! message each, and nothing lost.

use std::fs;
use std::io::{Seek as _, SeekFrom, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};

use crate::common::{Project, program};
use crate::{SITE, faults, finish, run_bound, tree};

#[test]
fn a_full_disk_ends_in_one_message_and_the_next_build_finishes() {
    let project = Project::with(&[("site.yaml", SITE), ("pages/about.md", "One"), ("pages/other.md", "Other")]);
    project.run(&["build"]).clean();
    let before = tree(&project.path("public"));
    project.write("pages/about.md", "Two");
    project.write("pages/later.md", "Later");
    project.write("files/data.bin", vec![7_u8; 300_000]);
    // No file may grow beyond 64 kB, which to a program is a disk that is full.
    let script = format!("trap '' XFSZ; ulimit -f 128; exec '{}' build", program());
    let run = finish(Command::new("sh").args(["-c", &script]).current_dir(project.root()));
    assert!(run.code == 2 && run.stderr.contains("cannot write"), "{run:#?}");
    assert_eq!(faults(&run), 1, "one message: {run:#?}");
    let after = tree(&project.path("public"));
    for (name, bytes) in &before {
        let now = after.get(name).unwrap_or_else(|| panic!("{name} is lost"));
        assert!(now == bytes || name.ends_with(".html") || name.ends_with(".xml"), "{name} is not whole");
        assert!(!now.is_empty(), "{name} is empty");
    }
    assert!(after.keys().all(|name| !name.ends_with(".tmp")), "nothing is left behind: {:?}", after.keys());
    project.run(&["build"]).clean();
    assert!(project.read("public/index.html").expect("the page").contains("Two"));
    assert_eq!(fs::read(project.path("public/files/data.bin")).expect("the file").len(), 300_000);
}

#[test]
fn a_device_that_is_full_is_said_by_name() {
    if !std::path::Path::new("/dev/full").exists() {
        // A system without such a device is shown the same by the limit above.
        return;
    }
    let project = Project::with(&[("site.yaml", SITE)]);
    let run = project.run(&["export", "bibtex", "--out", "/dev/full"]);
    run.says(2, &["/dev/full is there already", "help:"]);
    let script = format!("'{}' check --format json > /dev/full", program());
    let run = crate::finish(Command::new("sh").args(["-c", &script]).current_dir(project.root()));
    assert!(run.code == 2 && run.stderr.contains("No space left on device"), "{run:#?}");
    assert_eq!(faults(&run), 1, "{run:#?}");
}

#[test]
fn a_file_that_may_not_be_read_is_named_and_the_old_site_stays() {
    let project = Project::with(&[("site.yaml", SITE), ("pages/about.md", "One"), ("files/data.bin", "data")]);
    run_bound(&project, &["build"]).clean();
    let before = tree(&project.path("public"));
    for path in ["pages/about.md", "files/data.bin"] {
        fs::set_permissions(project.path(path), fs::Permissions::from_mode(0o000)).expect("locked");
        let run = run_bound(&project, &["build"]);
        assert!(matches!(run.code, 1 | 2) && run.stderr.contains(path), "{run:#?}");
        assert_eq!(faults(&run), 1, "{run:#?}");
        assert_eq!(tree(&project.path("public")), before, "{path}");
        fs::set_permissions(project.path(path), fs::Permissions::from_mode(0o644)).expect("open");
    }
    run_bound(&project, &["build"]).clean();
}

#[test]
fn a_file_that_changes_while_it_is_read_is_published_whole_or_not_at_all() {
    let project = Project::with(&[("site.yaml", SITE)]);
    let (length, stop) = (3_000_000, AtomicBool::new(false));
    project.write("files/data.bin", vec![b'a'; length]);
    let (mut whole, mut refused) = (0, 0);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut file = fs::OpenOptions::new().write(true).open(project.path("files/data.bin")).expect("open");
            for letter in (b'a'..=b'z').cycle() {
                if stop.load(Ordering::Relaxed) {
                    break;
                }
                file.seek(SeekFrom::Start(0)).expect("moved");
                file.write_all(&vec![letter; length]).expect("written");
            }
        });
        for _ in 0..12 {
            let run = project.run(&["build", "--quiet"]);
            if run.code == 0 {
                whole += 1;
                let hash = blake3::hash(&fs::read(project.path("public/files/data.bin")).expect("published")).to_hex();
                let known = project.read(".offprint/outputs.json").expect("the list");
                assert!(known.contains(&hash[..32]), "what is published is what is known");
            } else {
                refused += 1;
                assert!(run.code == 2 && run.stderr.contains("changed while it was copied"), "{run:#?}");
            }
        }
        stop.store(true, Ordering::Relaxed);
    });
    assert_eq!(whole + refused, 12);
    project.write("files/data.bin", "done");
    project.run(&["build"]).clean();
    assert_eq!(project.read("public/files/data.bin").as_deref(), Some("done"));
}

#[test]
fn a_clock_that_goes_back_hides_no_change() {
    let project = Project::with(&[("site.yaml", SITE), ("pages/about.md", "Words of 2026"), ("files/data.bin", "one")]);
    let at = |path: &str, time: SystemTime| {
        fs::File::options().write(true).open(project.path(path)).expect("open").set_modified(time).expect("set");
    };
    let day = Duration::from_hours(24);
    let later = SystemTime::now() + day * 4000;
    for path in ["site.yaml", "pages/about.md", "files/data.bin"] {
        at(path, later);
    }
    project.run(&["build", "--today", "2035-01-01"]).clean();
    project.write("pages/about.md", "Words of 1999");
    project.write("files/data.bin", "two");
    for path in ["site.yaml", "pages/about.md", "files/data.bin"] {
        at(path, SystemTime::UNIX_EPOCH + day);
    }
    project.run(&["build", "--today", "1999-01-01"]).clean();
    assert!(project.read("public/index.html").expect("the page").contains("Words of 1999"));
    assert_eq!(project.read("public/files/data.bin").as_deref(), Some("two"));
    let listed = project.read(".offprint/outputs.json").expect("the list");
    at(".offprint/outputs.json", later);
    project.run(&["build", "--today", "1999-01-01"]).clean();
    assert_eq!(project.read(".offprint/outputs.json"), Some(listed), "nothing changed");
}

#[test]
fn builds_at_once_leave_one_whole_site() {
    let project = Project::new();
    project.copy_example();
    project.run(&["build", "--today", "2026-11-24"]).clean();
    let alone = tree(&project.path("public"));
    for _ in 0..3 {
        fs::remove_dir_all(project.path("public")).expect("removed");
        let start = || {
            let mut command = Command::new(program());
            command.args(["build", "--quiet", "--today", "2026-11-24"]).current_dir(project.root());
            command.spawn().expect("started")
        };
        let mut running: Vec<_> = (0..3).map(|_| start()).collect();
        assert!(running.iter_mut().all(|child| child.wait().expect("ended").success()));
        assert!(tree(&project.path("public")) == alone);
    }
}

#[test]
fn what_is_no_file_is_an_error_at_its_name_and_never_silence() {
    let pipe = |project: &Project, path: &str| {
        let place = project.path(path);
        fs::create_dir_all(place.parent().expect("a folder")).expect("folders");
        let _ = fs::remove_file(&place);
        let made = std::process::Command::new("mkfifo").arg(place).status().expect("a pipe");
        assert!(made.success());
    };
    for path in ["files/pipe", "records/publications.yaml", "pages/about.md", "site.yaml"] {
        let project = Project::with(&[("site.yaml", SITE)]);
        pipe(&project, path);
        project.run(&["check", "."]).says(1, &["error[OP122]", path, "a pipe, a socket or a device"]);
        let project = Project::with(&[("site.yaml", SITE)]);
        if path != "files/pipe" {
            let _ = fs::remove_file(project.path(path));
            fs::create_dir_all(project.path(path)).expect("a folder");
            project.run(&["check", "."]).says(1, &["error[OP122]", path, "is a folder"]);
        }
    }
    let project = Project::with(&[("site.yaml", SITE), ("records", "- title: A")]);
    project.run(&["check", "."]).says(1, &["error[OP122]", "`records` is a file, not a folder"]);
}

#[test]
fn a_name_that_no_text_can_hold_is_an_error_that_says_so() {
    use std::os::unix::ffi::OsStrExt as _;
    for folder in ["files", "pages"] {
        let project = Project::with(&[("site.yaml", SITE), ("files/a.txt", "Words"), ("pages/about.md", "Words")]);
        let name = std::ffi::OsStr::from_bytes(b"\xFF.md");
        fs::write(project.path(folder).join(name), "Words").expect("a file");
        let run = project.run(&["build"]);
        let run = run.says(1, &["error[OP121]", folder, "rename it"]);
        assert!(!run.stderr.contains("OP520"), "{run:#?}");
        assert!(!project.path("public").exists());
    }
}
