//! A whole build, killed at random moments over an old site.

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use common::{Project, copy, program};

type Tree = BTreeMap<String, Vec<u8>>;

/// How far a killed build had come.
#[derive(Default, Debug)]
struct Counts {
    /// No byte of the output had changed.
    before: usize,
    between: usize,
    /// The new site was whole.
    after: usize,
}

/// Numbers from 0 up to 1, always the same ones.
struct Random(u64);

impl Random {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        f64::from(u32::try_from(self.0 >> 33).unwrap_or_default()) / f64::from(1_u32 << 31)
    }
}

/// The name that every page of the old site has.
const OLD: &str = "Zainab Amelie Oyelaran-Quist";
/// The name that every page of the new site has.
const NEW: &str = "Zainab A. Oyelaran-Quist";

/// Makes the example with forty pages more, under one of her names.
fn write_sources(site: &Project, name: &str) {
    site.copy_example();
    let settings = site.read("site.yaml").expect("site.yaml");
    let line = format!("name: {OLD}");
    assert!(settings.contains(&line), "the name is where the test changes it");
    site.write("site.yaml", settings.replacen(&line, &format!("name: {name}"), 1));
    for page in 0..40 {
        let text = format!("# Teaching file {page}\n\n{}", format!("A case shown by {name}.\n").repeat(20));
        site.write(&format!("pages/case-{page}.md"), text);
    }
}

fn tree(folder: &Path) -> Tree {
    let entries = walkdir::WalkDir::new(folder).into_iter().map(|entry| entry.expect("an entry"));
    let files = entries.filter(|entry| entry.file_type().is_file());
    let name = |path: &Path| path.strip_prefix(folder).expect("a prefix").to_string_lossy().replace('\\', "/");
    files.map(|file| (name(file.path()), fs::read(file.path()).expect("a file"))).collect()
}

/// Starts a build and kills it: after `delay`, counted from the moment when the output begins to
/// change if `of_writing`. Returns whether the build was still running.
fn build_and_kill(site: &Project, delay: Duration, of_writing: bool) -> bool {
    let manifest = site.path(".offprint/outputs.json");
    let before = fs::read(&manifest).expect("the manifest");
    let mut child = Command::new(program())
        .args(["build", "."])
        .current_dir(site.root())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    let started = Instant::now();
    while of_writing
        && fs::read(&manifest).is_ok_and(|now| now == before)
        && child.try_wait().expect("a state").is_none()
        && started.elapsed() < Duration::from_mins(1)
    {
        std::hint::spin_loop();
    }
    std::thread::sleep(delay);
    let running = child.try_wait().expect("a state").is_none();
    child.kill().expect("a kill");
    child.wait().expect("an end");
    running
}

/// Checks what a killed build left and tells how far it had come.
fn note_state(counts: &mut Counts, found: &Tree, old: &Tree, new: &Tree) {
    for (path, content) in found {
        let is_of = |site: &Tree| site.get(path) == Some(content);
        assert!(path.ends_with(".tmp") || is_of(old) || is_of(new), "{path} is not whole");
    }
    let complete = new.iter().all(|(path, content)| found.get(path) == Some(content));
    if !complete {
        let missing = old.keys().find(|path| !found.contains_key(*path));
        assert_eq!(missing, None, "a file of the old site is missing before the new one is complete");
    }
    if found == old {
        counts.before += 1;
    } else if complete {
        counts.after += 1;
    } else {
        counts.between += 1;
    }
}

#[test]
fn a_build_killed_at_a_hundred_random_moments_leaves_whole_files_and_every_old_page_and_the_next_one_repairs_it() {
    let (before, after) = (Project::new(), Project::new());
    write_sources(&before, OLD);
    before.run(&["build", "."]).clean();
    write_sources(&after, NEW);
    let started = Instant::now();
    after.run(&["build", "."]).clean();
    let whole = started.elapsed();
    let (old, new) = (tree(&before.path("public")), tree(&after.path("public")));
    let renewed = old.iter().filter(|(path, content)| new.get(*path) != Some(content)).count();
    assert!(renewed > 50, "only {renewed} of {} files differ between the two sites", old.len());

    let mut random = Random(20_261_126);
    let mut writing = Duration::from_millis(20);
    let mut counts = Counts::default();
    for kill in 0..100 {
        let site = Project::new();
        copy(&before.path("public"), &site.path("public"));
        copy(&before.path(".offprint"), &site.path(".offprint"));
        write_sources(&site, NEW);
        let of_writing = kill % 2 == 1;
        let delay = if of_writing { writing } else { whole }.mul_f64(random.next());
        let running = build_and_kill(&site, delay, of_writing);
        if of_writing {
            writing = if running { writing.mul_f64(1.05) } else { writing.mul_f64(0.8) };
        }
        note_state(&mut counts, &tree(&site.path("public")), &old, &new);
        site.run(&["build", "."]).clean();
        assert!(tree(&site.path("public")) == new, "the next build repairs the site and leaves nothing behind");
    }
    assert!(counts.between >= 10, "too few kills while the output was written: {counts:?}");
}
