//! Absurd input ends in a message, soon and in little memory.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::SITE;
use crate::common::{Project, Run, program};

/// Far beyond what any of these takes, so that it only catches what never ends.
const LONGEST: Duration = Duration::from_mins(4);

/// Runs a check in 6 GB of addresses, which stands for a bound on memory.
fn check(project: &Project) -> Run {
    check_in(project, 6_000_000)
}

/// Runs a check in so many kilobytes of addresses; threads are few, as each takes addresses that it never uses.
fn check_in(project: &Project, kilobytes: usize) -> Run {
    let few = "export RAYON_NUM_THREADS=2 MALLOC_ARENA_MAX=2";
    let script = format!("{few}; ulimit -v {kilobytes}; exec '{}' check > out 2> err", program());
    let mut child = Command::new("sh")
        .args(["-c", &script])
        .current_dir(project.root())
        .stdin(Stdio::null())
        .spawn()
        .expect("it runs");
    let begun = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().expect("known") {
            break status;
        }
        if begun.elapsed() > LONGEST {
            child.kill().expect("killed");
            panic!("it never ends");
        }
        std::thread::sleep(Duration::from_millis(20));
    };
    let read = |name: &str| project.read(name).unwrap_or_default();
    Run { code: status.code().unwrap_or(-1), stdout: read("out"), stderr: read("err") }
}

fn ends(name: &str, files: &[(&str, String)], words: &[&str]) {
    let project = Project::with(&[("site.yaml", SITE)]);
    for (path, text) in files {
        project.write(path, text);
    }
    let run = check(&project);
    assert!(matches!(run.code, 0 | 1), "{name}: {} {}", run.code, run.stderr.chars().take(2000).collect::<String>());
    assert!(!run.stderr.contains("panicked"), "{name}");
    for word in words {
        assert!(
            run.stderr.contains(word),
            "{name}: no {word:?} in {}",
            run.stderr.chars().take(2000).collect::<String>()
        );
    }
}

#[test]
fn yaml_that_grows_by_aliases_or_nests_without_end_is_named() {
    let mut bomb = "- title: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n".to_owned();
    for at in 1..12 {
        let earlier = vec![format!("*a{}", at - 1); 9].join(", ");
        bomb.push_str(&format!("  field{at}: &a{at} [{earlier}]\n"));
    }
    ends("aliases", &[("records/awards.yaml", bomb.clone())], &["records/awards.yaml"]);
    ends(
        "aliases in site.yaml",
        &[("site.yaml", format!("{SITE}private:\n{}", bomb.replace("- title", "  title")))],
        &["site.yaml"],
    );
    ends("lists", &[("records/awards.yaml", format!("- title: {}\n", "[".repeat(200_000)))], &["records/awards.yaml"]);
    ends("maps", &[("records/awards.yaml", format!("- {}\n", "{a: ".repeat(100_000)))], &["records/awards.yaml"]);
    let indented: String = (0..3_000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
    ends("indents", &[("records/goals.yaml", indented)], &["records/goals.yaml"]);
    ends(
        "a long list",
        &[("records/awards.yaml", "- {title: A, by: B, date: 2025}\n".repeat(20_000))],
        &["records/awards.yaml"],
    );
}

/// Findings of one file that are named one by one.
const NAMED: usize = 500;

#[test]
fn many_findings_take_no_more_memory_than_few_and_the_first_are_named() {
    for lines in [5_000, 10_000, 20_000] {
        for path in ["pages/about.md", "files/table.csv"] {
            let project = Project::with(&[("site.yaml", SITE)]);
            project.write(path, "SSN 000-12-3456 again.\n".repeat(lines));
            let run = check_in(&project, 1_000_000);
            let end: String = run.stderr.chars().take(2_000).collect();
            assert!(matches!(run.code, 0 | 1), "{path} {lines}: {} {end}", run.code);
            assert_eq!(
                run.stderr.matches("looks like a social security number").count(),
                NAMED,
                "{path} {lines}: {end}"
            );
            let more = format!("`{path}` has {} more places", lines - NAMED);
            assert!(run.stderr.contains(&more), "{path} {lines}: {end}");
            assert!(run.stderr.contains(&format!("{path}:{NAMED}:1")), "{path} {lines}: {end}");
        }
    }
}

#[test]
fn files_of_a_hundred_megabytes_are_named_or_passed_by() {
    let project = Project::with(&[("site.yaml", SITE)]);
    for path in ["records/publications.yaml", "pages/long.md", "files/table.csv", "files/paper.pdf", "files/data.zip"] {
        let full = project.path(path);
        std::fs::create_dir_all(full.parent().expect("a folder")).expect("made");
        std::fs::File::create(full).expect("made").set_len(100 * 1024 * 1024).expect("long");
    }
    let run = check(&project);
    assert_eq!(run.code, 1, "{}", run.stderr);
    for path in ["records/publications.yaml", "pages/long.md", "files/table.csv", "files/paper.pdf"] {
        assert!(run.stderr.contains(path), "{path}: {}", run.stderr);
    }
}

#[test]
fn long_files_that_are_not_looked_through_take_no_memory() {
    let project = Project::with(&[("site.yaml", SITE)]);
    for path in ["files/a.bin", "files/b.mp4", "files/c.7z", "files/d.txt", "files/e.jsonl"] {
        let full = project.path(path);
        std::fs::create_dir_all(full.parent().expect("a folder")).expect("made");
        let mut file = std::fs::File::create(full).expect("made");
        let head: &[u8] = match path {
            "files/c.7z" => b"7z\xBC\xAF\x27\x1C\0\x04",
            "files/d.txt" | "files/e.jsonl" => &b"{\"MRN\": 4471902}\n".repeat(100_000),
            _ => b"\x89",
        };
        std::io::Write::write_all(&mut file, head).expect("written");
        file.set_len(200 * 1024 * 1024).expect("long");
    }
    let run = check_in(&project, 1_000_000);
    assert!(matches!(run.code, 0 | 1), "{}: {}", run.code, run.stderr.chars().take(2_000).collect::<String>());
    for path in ["files/b.mp4", "files/c.7z", "files/d.txt", "files/e.jsonl"] {
        assert!(run.stderr.contains(path), "{path}");
    }
}

#[test]
fn pictures_that_claim_to_be_huge_are_refused_by_their_heads() {
    let jpeg = [
        &b"\xFF\xD8\xFF\xC0\0\x11\x08"[..],
        &[0xFF, 0xFF, 0xFF, 0xFF],
        b"\x03\x01\x22\0\x02\x11\x01\x03\x11\x01",
        b"\xFF\xDA\0\x0c\x03\x01\0\x02\x11\x03\x11\0\x3f\0\0\xFF\xD9",
    ]
    .concat();
    let webp = [
        &b"RIFF\x20\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0"[..],
        &[0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF],
        b"VP8L\x05\0\0\0\x2F\xFF\xFF\xFF\x0F",
    ]
    .concat();
    let project = Project::with(&[("site.yaml", SITE)]);
    project.write("files/a.jpg", jpeg);
    project.write("files/b.webp", webp);
    let run = check(&project);
    assert_eq!(run.code, 1, "{}", run.stderr);
    for path in ["files/a.jpg", "files/b.webp"] {
        assert!(run.stderr.contains(path), "{path}: {}", run.stderr);
    }
}

#[test]
fn markdown_that_nests_or_repeats_without_end_is_rendered_or_named() {
    let many = |part: &str, times: usize| part.repeat(times);
    for (name, text) in [
        ("brackets", many("[", 50_000)),
        ("links", many("[a](", 50_000)),
        ("pictures", many("![", 50_000)),
        ("stars", many("*a **a ", 30_000)),
        ("underscores", many("_a __a ", 30_000)),
        ("ticks", (1..500).map(|length| many("`", length) + " ").collect()),
        ("quotes", many("> ", 20_000) + "a"),
        ("lists", (0..1_000).map(|depth| many(" ", depth) + "- a\n").collect()),
        ("tables", many("|", 40_000) + "\n" + &many("|-", 40_000) + "\n"),
        ("comments", many("<!--", 50_000)),
        ("tags", many("<div>", 30_000)),
        ("open tags", many("<a b=\"", 30_000)),
        ("entities", many("&amp", 60_000)),
        (
            "footnotes",
            (0..5_000).map(|at| format!("[^{at}] ")).collect::<String>()
                + &(0..5_000).map(|at| format!("\n\n[^{at}]: [^{at}]")).collect::<String>(),
        ),
        ("references", (0..5_000).map(|at| format!("[@r{at}] ")).collect()),
        ("labels", many("[a]: b\n", 30_000) + &many("[a]", 30_000)),
        ("numbers", many("MRN: 9", 100_000)),
        ("labels of numbers", many("MRN-", 20_000)),
        ("groups", many("SSN-1-", 20_000)),
        ("names of DICOM", many("AB^", 20_000)),
        ("dashes", many("1-", 150_000)),
        ("dots", many("1.", 150_000)),
        ("words", many("patient ", 60_000)),
        ("days", many("03/14/1951 91 ", 20_000)),
        ("one word", many("a@", 100_000)),
    ] {
        ends(name, &[("pages/about.md", text)], &[]);
    }
}
