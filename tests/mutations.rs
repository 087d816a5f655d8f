//! Damaged sites: never a panic, never long, never much memory.
//!
//! A run takes a thousand; `OFFPRINT_CASES=10000 cargo test --release --test mutations` takes more, and
//! with `OFFPRINT_MINUTES=10` each test goes on for so long and says how many cases it had.
#![allow(clippy::print_stdout, reason = "figures for whoever asks for them")]

#[path = "common/length.rs"]
mod length;

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use chrono::NaiveDate;
use length::Length;

/// A small generator (xorshift), so that a failing case can be run again by its number.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % limit.max(1) as u64).unwrap_or_default()
    }

    fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }
}

fn mutate(text: &[u8], random: &mut Random) -> Vec<u8> {
    let mut bytes = text.to_vec();
    for _ in 0..=random.below(4) {
        let at = random.below(bytes.len());
        match random.below(12) {
            0 if !bytes.is_empty() => bytes[at] ^= 1 << random.below(8),
            1 => {
                let lines: Vec<&[u8]> = bytes.split_inclusive(|b| *b == b'\n').collect();
                let gone = random.below(lines.len());
                bytes = lines.iter().enumerate().filter(|(n, _)| *n != gone).flat_map(|(_, line)| line.to_vec()).collect();
            }
            2 => {
                let lines: Vec<&[u8]> = bytes.split_inclusive(|b| *b == b'\n').collect();
                let twice = random.below(lines.len());
                bytes = lines
                    .iter()
                    .enumerate()
                    .flat_map(|(n, line)| if n == twice { [*line, *line].concat() } else { line.to_vec() })
                    .collect();
            }
            3 => bytes.truncate(at),
            4 => insert(&mut bytes, at, &"[".repeat(1 + random.below(3000)).into_bytes()),
            5 => insert(&mut bytes, at, format!("\n{}x: 1\n", "  ".repeat(random.below(200))).as_bytes()),
            6 => insert(&mut bytes, at, b"&a [*a, *a]"),
            7 => insert(&mut bytes, at, b"\na: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\n"),
            8 => insert(&mut bytes, at, &"9".repeat(1 + random.below(400)).into_bytes()),
            9 => {
                let word: &&str = random.pick(&[
                    "\t", "\u{0}", "\u{feff}", "\u{202e}", "“", "”", "---\n", "...", "? ", "!!binary ", "<<: ", "| ", "> ", "%YAML 9\n", "\r",
                    "-", ": ", " #", "{{", "}}", "```", "\u{fffd}", "𝔄", "[@", "](", "<div>", "<script>", "null", "~", "1e999", "0x7f", "-9223372036854775809",
                ]);
                insert(&mut bytes, at, word.as_bytes());
            }
            10 => insert(&mut bytes, at, &[0xff, 0xfe, 0xc0]),
            _ => {
                let other = random.below(bytes.len());
                let (low, high) = (at.min(other), at.max(other));
                bytes.drain(low..high.min(low + 40));
            }
        }
        if bytes.is_empty() {
            bytes.push(b'\n');
        }
    }
    bytes
}

fn insert(bytes: &mut Vec<u8>, at: usize, what: &[u8]) {
    bytes.splice(at..at, what.iter().copied());
}

const FILES: &[(&str, &str)] = &[
    (
        "site.yaml",
        "format: 1\nperson:\n  name: Zainab Amelie Oyelaran-Quist\n  name_variants: [Oyelaran-Quist ZA, Oyelaran Z]\n  email: zoq@lakemoor.example\nprogramme: {level: R3, started: 2024-07-01, institution: Lakemoor}\ntheme_of_work:\n  threads:\n    - {id: spine-mri, name: Emergency spine MRI}\nsite: {url: \"https://zoq.example/\", accent: \"#335577\", menu: [about, publications]}\n",
    ),
    (
        "records/publications.yaml",
        "- id: svs-cohort\n  title: \"Ordering, scanning: where <i>time</i> goes\"\n  authors: [Zainab Oyelaran-Quist, {group: Lakemoor Group}, \"van der Berg L\"]\n  journal: Radiology\n  volume: 47\n  issue: Suppl 1\n  pages: 112-120\n  date: 2025-03-14\n  doi: 10.5555/a.1\n  threads: [spine-mri]\n  abstract: >-\n    Two lines\n    of abstract.\n  private: {notes: none}\n- {title: A second, authors: \"Haddad S, Oyelaran-Quist ZA\", date: 2024, doi: 10.5555/a.2, type: preprint, server: medRxiv}\n- {title: A third, authors: Oyelaran-Quist ZA, date: 2023, type: book-chapter, book_title: Emergencies, editors: Haddad S, publisher: Fenwick, doi: 10.5555/a.3}\n",
    ),
    (
        "records/presentations.yaml",
        "- title: Nine days\n  authors: Oyelaran-Quist ZA\n  conference: RSNA\n  date: 2025-12-01\n  events:\n    - {conference: ACR, date: 2025-05-04, place: Washington}\n",
    ),
    (
        "records/training.yaml",
        "- {kind: residency, title: Diagnostic radiology, organization: Lakemoor, start: 2024-07-01, end: 2028-06-30}\n",
    ),
];

const PAGES: &[(&str, &str)] = &[
    (
        "pages/about.md",
        "---\ntitle: About\norder: 1\n---\n# Hello\n\nSome *text*, a [link](https://x.example/) and [@svs-cohort].[^1]\n\n| a | b |\n|:--|--:|\n| 1 | 2 |\n\n```publications\nthread: spine-mri\nlimit: 3\n```\n\n[^1]: A note with <sub>raw</sub> HTML.\n",
    ),
    (
        "pages/research.md",
        "---\ntitle: Research\nmenu: true\nvisibility: public\n---\n## One *question*, asked `twice` {#one}\n\n> Quoted[^a] text, and\n> > more of it.\n\n1. First\n   - [x] done\n   - [ ] open\n2. Second [@svs-cohort] and *again* [@svs-cohort]\n\n~~~yaml\na: [b]\n~~~\n\n![Alt text](files/plot.svg \"A title\")\n\n```presentations\nlimit: 2\n```\n\n<details><summary>More</summary>\n\nInside **it**, H~2~O and x^2^.\n\n</details>\n\n[ref]: https://x.example/ 'Title'\n\nSee [ref] and <https://y.example/?a=1&b=2>, a@b.example, &copy; &#x2603; \\* --- \"quoted\" 3--4...\n\nTerm\n: Meaning\n\n***\n\n[^a]: Words\n\n    on two lines.\n",
    ),
    (
        "files/plot.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><title>A plot</title><path d=\"M0 0L9 9\"/></svg>\n",
    ),
];

/// The files of a site in text.
fn texts() -> Vec<(String, Vec<u8>)> {
    FILES.iter().chain(PAGES).map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect()
}

/// The files of a folder of the project, each with its path below it.
fn files_of(folder: &str) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let entries = walkdir::WalkDir::new(&folder).sort_by_file_name().into_iter().map(|entry| entry.expect("an entry"));
    let files = entries.filter(|entry| entry.file_type().is_file()).map(|entry| {
        let path = entry.path().strip_prefix(&folder).expect("below").to_string_lossy().replace('\\', "/");
        (path, fs::read(entry.path()).expect("bytes"))
    });
    files.collect()
}

#[test]
fn damaged_records_give_diagnostics_or_pages() {
    let mut site = texts();
    site.rotate_left(FILES.len());
    run_all("records", 700, &site, FILES.len());
}

#[test]
fn damaged_pages_give_diagnostics_or_pages() {
    run_all("pages", 300, &texts(), PAGES.len());
}

#[test]
fn damaged_templates_and_styles_give_diagnostics_or_pages() {
    let theme = files_of("themes/offprint").into_iter().filter(|(path, _)| {
        [".html", ".css", ".yaml", ".js"].iter().any(|end| path.ends_with(end)) && path != "theme.yaml"
    });
    let overrides: Vec<_> = theme.map(|(path, bytes)| (format!("overrides/{path}"), bytes)).collect();
    let count = overrides.len();
    assert!(count > 20, "{count}");
    let site = texts().into_iter().chain(overrides).collect::<Vec<_>>();
    run_all("templates", 50, &site, count);
}

#[test]
fn damaged_pictures_and_papers_give_diagnostics_or_pages() {
    let mut page = String::from("---\ntitle: Pictures\n---\n");
    let files: Vec<_> = files_of("tests/fixtures/privacy")
        .into_iter()
        .filter(|(path, _)| {
            ["jpg", "png", "webp", "pdf", "svg", "pptx"].iter().any(|end| path.ends_with(end))
                && !path.starts_with("dicom")
        })
        .map(|(path, bytes)| (format!("files/{path}"), bytes))
        .collect();
    for (path, _) in &files {
        page += &format!("![A picture]({path}) and [the file]({path})\n\n");
    }
    let count = files.len();
    assert!(count > 5, "{count}");
    let pages = [("pages/pictures.md".to_owned(), page.into_bytes())];
    let site = texts().into_iter().chain(pages).chain(files).collect::<Vec<_>>();
    run_all("pictures", 100, &site, count);
}

fn options() -> offprint::build::Options {
    offprint::build::Options {
        today: offprint::portfolio::Today::Given(NaiveDate::from_ymd_opt(2026, 11, 24).expect("a day")),
        base_url: None,
        drafts: false,
    }
}

/// Runs the cases of a site of which one of some files is damaged in each.
fn run_all(name: &str, cases: usize, files: &[(String, Vec<u8>)], damaged: usize) {
    let length = Length::of(cases);
    let folder =
        tempfile::tempdir_in(if Path::new("/dev/shm").is_dir() { "/dev/shm".into() } else { std::env::temp_dir() })
            .expect("a folder");
    let whole = folder.path().join("whole");
    write(&whole, files.iter().map(|(path, content)| (path, content.clone())));
    let built = offprint::build::build(&whole, &options()).expect("the machine works");
    assert!(built.site.is_some(), "the site is whole before it is damaged: {:#?}", built.diagnostics);
    let faults = Mutex::new(Vec::new());
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for worker in 0..2 {
            let (folder, faults, next, length) = (folder.path().join(worker.to_string()), &faults, &next, &length);
            scope.spawn(move || {
                loop {
                    let case = next.fetch_add(1, Ordering::Relaxed);
                    if !length.has(case) {
                        break;
                    }
                    run_case(case, &folder, faults, (files, damaged));
                }
            });
        }
    });
    let faults = faults.into_inner().expect("no worker died");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    println!("{name}: {} damaged sites", next.into_inner() - 2);
    if let Ok(status) = fs::read_to_string("/proc/self/status") {
        let peak: u64 = status
            .lines()
            .find_map(|line| line.strip_prefix("VmHWM:"))
            .and_then(|rest| rest.split_whitespace().next()?.parse().ok())
            .expect("the kernel tells the peak");
        assert!(peak < 500 * 1024, "the peak was {peak} kB");
    }
}

fn write<'a>(folder: &Path, files: impl Iterator<Item = (&'a String, Vec<u8>)>) {
    for (path, bytes) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, bytes).expect("written");
    }
}

/// Damages one of the last files, as many as are told, and builds the site.
fn run_case(case: usize, folder: &Path, faults: &Mutex<Vec<String>>, (files, last): (&[(String, Vec<u8>)], usize)) {
    let mut random = Random(0x9e37_79b9_7f4a_7c15 ^ ((case as u64 + 1) << 17));
    let damaged = files.len() - last + random.below(last);
    let changed = files.iter().enumerate().map(|(number, (path, content))| {
        (path, if number == damaged { mutate(content, &mut random) } else { content.clone() })
    });
    write(folder, changed);
    let options = options();
    let start = Instant::now();
    let outcome = catch_unwind(AssertUnwindSafe(|| offprint::build::build(folder, &options)));
    let took = start.elapsed();
    let fault = match outcome {
        Err(_) => Some("panicked".to_owned()),
        Ok(Err(error)) => Some(format!("the run failed: {error:#}")),
        Ok(Ok(built)) if built.site.is_none() && !built.diagnostics.has_errors() => {
            Some("no site and no reason".to_owned())
        }
        Ok(Ok(_)) if took > Duration::from_secs(2) => Some(format!("took {took:?}")),
        Ok(Ok(_)) => None,
    };
    if let Some(fault) = fault {
        let bytes = fs::read(folder.join(&files[damaged].0)).unwrap_or_default();
        let shown: String = String::from_utf8_lossy(&bytes).chars().take(600).collect();
        faults.lock().expect("no worker died").push(format!("case {case}, {}: {fault}\n{shown}", files[damaged].0));
    }
}
