//! Whole builds of a synthetic portfolio, as a process: `cargo bench --bench build`.
//!
//! Prints wall and processor time, peak memory, the machine's own floor (writing the same files)
//! and, where `HUGO` names the binary and `HUGO_SITES` a folder holding `M/hugo` and `L/hugo`
//! sources of the same portfolio, Hugo beside it. Measures; never fails on a slow machine.

#![allow(clippy::print_stdout, reason = "a benchmark's result is what it prints")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const RUNS: usize = 5;

struct Size {
    name: &'static str,
    publications: usize,
    talks: usize,
    pages: usize,
}

struct Run {
    wall: Duration,
    processor: Duration,
    peak_kib: u64,
}

fn main() {
    let folder = scratch();
    println!("version starts in {:.1} ms", median(&mut version_times()).as_secs_f64() * 1e3);
    for size in [
        Size { name: "M", publications: 400, talks: 150, pages: 120 },
        Size { name: "L", publications: 4000, talks: 1500, pages: 1200 },
    ] {
        let site = folder.join(size.name);
        write_site(&site, &size);
        let out = folder.join(format!("{}-out", size.name));
        report(&format!("{} offprint, cold", size.name), || {
            reset(&site, &out);
            offprint(&site, &out)
        });
        report(&format!("{} offprint, unchanged", size.name), || offprint(&site, &out));
        println!(
            "{} floor: the same files written alone in {:.0} ms",
            size.name,
            floor(&out, &folder.join("floor")).as_secs_f64() * 1e3
        );
        if let (Ok(hugo), Ok(sites)) = (std::env::var("HUGO"), std::env::var("HUGO_SITES")) {
            let source = Path::new(&sites).join(size.name).join("hugo");
            let out = folder.join(format!("{}-hugo", size.name));
            report(&format!("{} hugo", size.name), || {
                drop(fs::remove_dir_all(&out));
                let mut command = Command::new(&hugo);
                command.args(["--quiet", "--noBuildLock", "--source"]).arg(&source).arg("--destination").arg(&out);
                measure(command)
            });
        }
    }
    fs::remove_dir_all(&folder).expect("scratch folder is removed");
}

fn scratch() -> PathBuf {
    let memory = Path::new("/dev/shm");
    let parent = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
    let folder = parent.join(format!("offprint-bench-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("scratch folder");
    folder
}

fn version_times() -> Vec<Duration> {
    (0..20)
        .map(|_| {
            let start = Instant::now();
            let status = Command::new(env!("CARGO_BIN_EXE_offprint")).arg("--version").stdout(Stdio::null()).status();
            assert!(status.expect("runs").success());
            start.elapsed()
        })
        .collect()
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn report(label: &str, mut run: impl FnMut() -> Run) {
    run();
    let runs: Vec<Run> = (0..RUNS).map(|_| run()).collect();
    let wall = median(&mut runs.iter().map(|r| r.wall).collect::<Vec<_>>());
    let processor = median(&mut runs.iter().map(|r| r.processor).collect::<Vec<_>>());
    let peak = runs.iter().map(|r| r.peak_kib).max().unwrap_or_default();
    println!(
        "{label}: wall {:.0} ms, processor {:.0} ms, peak {} MB",
        wall.as_secs_f64() * 1e3,
        processor.as_secs_f64() * 1e3,
        peak / 1024
    );
}

fn reset(site: &Path, out: &Path) {
    drop(fs::remove_dir_all(out));
    drop(fs::remove_dir_all(site.join(".offprint")));
}

fn offprint(site: &Path, out: &Path) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_offprint"));
    command.arg("build").arg(site).arg("--out").arg(out).arg("--quiet");
    measure(command)
}

/// Runs a command and reads its times and peak memory from `/proc` until it ends.
fn measure(mut command: Command) -> Run {
    let start = Instant::now();
    let mut child = command.stdout(Stdio::null()).spawn().expect("the program starts");
    let proc = PathBuf::from(format!("/proc/{}", child.id()));
    let mut peak_kib = 0;
    let mut processor = Duration::ZERO;
    let status = loop {
        if let Some(peak) = peak_of(&proc) {
            peak_kib = peak_kib.max(peak);
        }
        if let Some(time) = processor_of(&proc) {
            processor = processor.max(time);
        }
        if let Some(status) = child.try_wait().expect("the program can be waited for") {
            break status;
        }
        std::thread::sleep(Duration::from_millis(1));
    };
    assert!(status.success(), "{command:?}");
    Run { wall: start.elapsed(), processor, peak_kib }
}

fn peak_of(proc: &Path) -> Option<u64> {
    let status = fs::read_to_string(proc.join("status")).ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?.split_whitespace().next()?.parse().ok()
}

/// Sum of user and system time, in the kernel's ticks of 10 ms.
fn processor_of(proc: &Path) -> Option<Duration> {
    let stat = fs::read_to_string(proc.join("stat")).ok()?;
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
    let ticks: u64 = fields.next()?.parse::<u64>().ok()? + fields.next()?.parse::<u64>().ok()?;
    Some(Duration::from_millis(ticks * 10))
}

fn floor(out: &Path, to: &Path) -> Duration {
    let mut files = Vec::new();
    collect(out, out, &mut files);
    drop(fs::remove_dir_all(to));
    let start = Instant::now();
    for (path, bytes) in &files {
        let path = to.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("folder");
        fs::write(path, bytes).expect("file");
    }
    start.elapsed()
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<(PathBuf, Vec<u8>)>) {
    for entry in fs::read_dir(folder).expect("output") {
        let path = entry.expect("entry").path();
        if path.is_dir() {
            collect(root, &path, files);
        } else {
            files.push((path.strip_prefix(root).expect("inside").to_owned(), fs::read(&path).expect("file")));
        }
    }
}

fn write_site(site: &Path, size: &Size) {
    fs::create_dir_all(site.join("records")).expect("records");
    fs::create_dir_all(site.join("pages")).expect("pages");
    let threads = ["stroke", "spine", "workflow", "education"];
    let mut text = String::from(
        "format: 1\nperson:\n  name: Zainab Amelie Oyelaran-Quist\n  family_name: Oyelaran-Quist\n  given_names: Zainab Amelie\nprogramme:\n  level: R3\nsite:\n  url: https://zoq.example/\n  exports: []\ntheme_of_work:\n  threads:\n",
    );
    for thread in threads {
        writeln!(text, "    - {{id: {thread}, name: {thread} imaging}}").expect("text");
    }
    fs::write(site.join("site.yaml"), text).expect("site.yaml");

    let mut text = String::new();
    for n in 0..size.publications {
        writeln!(
            text,
            "- id: pub-{n:05}\n  title: \"Reader agreement for lesion {n} on delayed phase imaging: a cohort of {} patients\"\n  authors: \"Oyelaran-Quist ZA, Okafor T, Gupta C, Tran G, Petrov D\"\n  journal: European Radiology\n  journal_abbr: Eur Radiol\n  date: {}-{:02}-{:02}\n  volume: {}\n  issue: {}\n  pages: {}-{}\n  doi: 10.5555/bench.{n}\n  pmid: \"{}\"\n  category: clinical-retrospective\n  keywords: [agreement, cohort]\n  threads: [{}]\n  abstract: \"{}\"\n",
            40 + n % 900,
            2010 + n % 16,
            1 + n % 12,
            1 + n % 28,
            1 + n % 60,
            1 + n % 12,
            100 + n % 800,
            108 + n % 800,
            30_000_001 + n,
            threads[n % threads.len()],
            "Consecutive examinations were read twice and the interval between the reads was kept. ".repeat(14),
        )
        .expect("text");
    }
    fs::write(site.join("records/publications.yaml"), text).expect("publications");

    let mut text = String::new();
    for n in 0..size.talks {
        writeln!(
            text,
            "- id: talk-{n:05}\n  title: \"Delayed phase imaging, talk {n}\"\n  authors: \"Oyelaran-Quist ZA, Okafor T\"\n  type: oral\n  conference: ARRS\n  place: San Diego, California\n  date: {}-{:02}-{:02}\n  threads: [{}]\n",
            2012 + n % 14,
            1 + n % 12,
            1 + n % 28,
            threads[n % threads.len()],
        )
        .expect("text");
    }
    fs::write(site.join("records/presentations.yaml"), text).expect("presentations");

    for n in 0..size.pages {
        let paragraph = "A note on how the second read was done, with **emphasis**, a [link](https://example.org/) and a list.\n\n- one\n- two\n\n".repeat(8);
        fs::write(
            site.join(format!("pages/note-{n:04}.md")),
            format!("---\ntitle: Note {n}\nmenu: false\n---\n{paragraph}"),
        )
        .expect("page");
    }
}
