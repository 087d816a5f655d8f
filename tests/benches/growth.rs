//! How time grows with the length of a file: `cargo bench --bench growth`, or with a name to measure one input alone.
//!
//! For YAML, Markdown, author lines and every import format, forty patterns (a head, a part that is repeated, an end)
//! at n, 2n and 4n bytes. Prints the worst patterns, and fails where a doubling costs more than 2.6 times as much.

#![allow(clippy::print_stdout, reason = "a benchmark's result is what it prints")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode};
use std::time::Instant;

use chrono::NaiveDate;

/// Bytes of the shortest text of a pattern.
const LENGTH: usize = 60_000;
/// What a doubling may cost.
const MOST: f64 = 2.6;
/// Seconds below which a time says more of the machine than of the program.
const NOISE: f64 = 0.004;
const RUNS: usize = 3;

/// Signs and words that mean something to one format or another.
const PARTS: [&str; 40] = [
    "a", " ", "\n", "{", "}", "[", "](x)", "(", "<", ">", "<b>", "</b>", "&amp;", "&", "*", "**a", "_", "`", "```\n",
    "~~~\n", "\"", "'", "\\", "\\\"{o}", "$", "#", "# a\n", "- ", "- a\n  ", "> ", "| a |\n", "| - |\n", "[^1]",
    "[a]: b\n", "a: b\n  ", ", ", " and ", "é", "Rao P, ", "2024-01-",
];

/// An input: its name, a head, an end, and what reads it.
struct Input {
    name: &'static str,
    head: &'static str,
    end: &'static str,
    read: fn(&Path, &str),
}

const INPUTS: &[Input] = &[
    Input { name: "YAML, a value", head: "- title: ", end: "\n  authors: Rao P\n  date: 2024\n", read: records },
    Input {
        name: "YAML, a block",
        head: "- title: A\n  abstract: >-\n    ",
        end: "\n  authors: Rao P\n  date: 2024\n",
        read: records,
    },
    Input { name: "YAML, a file", head: "", end: "\n", read: records },
    Input { name: "Markdown, a paragraph", head: "A word, ", end: " and the last.\n", read: page },
    Input { name: "Markdown, a page", head: "", end: "\n", read: page },
    Input { name: "author line", head: "Rao P, ", end: ", Quist ZA", read: authors },
    Input { name: "nbib, a value", head: "PMID- 1\nTI  - ", end: "\nFAU - Rao, Priya\nDP  - 2024\n", read: import },
    Input { name: "nbib, authors", head: "PMID- 1\nTI  - A\nFAU - ", end: "\nDP  - 2024\n", read: import },
    Input {
        name: "RIS, a value",
        head: "TY  - JOUR\nTI  - ",
        end: "\nAU  - Rao, P\nPY  - 2024\nER  - \n",
        read: import,
    },
    Input { name: "RIS, a file", head: "TY  - JOUR\nTI  - A\n", end: "\nER  - \n", read: import },
    Input {
        name: "BibTeX, a value",
        head: "@article{a, title = {A}, abstract = {",
        end: "}, author = {Rao, P}, year = 2024}\n",
        read: import,
    },
    Input {
        name: "BibTeX, authors",
        head: "@article{a, title = {A}, author = {",
        end: "}, year = 2024}\n",
        read: import,
    },
    Input {
        name: "BibTeX, a file",
        head: "@article{a, title = {A}}\n",
        end: "\n@article{b, title = {B}}\n",
        read: import,
    },
    Input {
        name: "PubMed XML",
        head: "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID><Article><ArticleTitle>",
        end: "</ArticleTitle></Article></MedlineCitation></PubmedArticle></PubmedArticleSet>",
        read: import,
    },
    Input {
        name: "CSL-JSON",
        head: "[{\"type\":\"article-journal\",\"title\":\"",
        end: "\",\"author\":[{\"family\":\"Rao\"}]}]",
        read: in_json,
    },
    Input {
        name: "Crossref",
        head: "{\"status\":\"ok\",\"message\":{\"DOI\":\"10.5555/a\",\"type\":\"journal-article\",\"title\":[\"",
        end: "\"]}}",
        read: in_json,
    },
    Input {
        name: "DataCite",
        head: "{\"data\":{\"id\":\"10.5555/a\",\"type\":\"dois\",\"attributes\":{\"doi\":\"10.5555/a\",\"titles\":[{\"title\":\"",
        end: "\"}],\"creators\":[]}}}",
        read: in_json,
    },
    Input {
        name: "OpenAlex",
        head: "{\"id\":\"https://openalex.org/W1\",\"type\":\"article\",\"authorships\":[],\"title\":\"",
        end: "\"}",
        read: in_json,
    },
    Input {
        name: "JSON Resume",
        head: "{\"basics\":{\"name\":\"Priya Rao\"},\"publications\":[{\"name\":\"",
        end: "\"}]}",
        read: in_json,
    },
    Input {
        name: "Scholar CSV",
        head: "Authors,Title,Publication,Volume,Number,Pages,Year,Publisher\n\"Rao, Priya; \",",
        end: ",Radiology,1,2,3,2024,RSNA\n",
        read: import,
    },
    Input {
        name: "RenderCV",
        head: "cv:\n  name: Priya Rao\n  sections:\n    publications:\n      - title: A\n        authors: [Priya Rao]\n        summary: >-\n          ",
        end: "\n",
        read: import,
    },
    Input {
        name: "academicpages",
        head: "---\ntitle: \"A\"\ncollection: publications\ndate: 2024-01-01\ncitation: >-\n  ",
        end: "\n---\n",
        read: import,
    },
];

fn build(folder: &Path) {
    let options = offprint::build::Options {
        today: offprint::portfolio::Today::Given(NaiveDate::from_ymd_opt(2026, 11, 24).expect("a day")),
        base_url: None,
        drafts: false,
    };
    offprint::build::build(folder, &options).expect("the machine works");
}

fn records(folder: &Path, text: &str) {
    fs::write(folder.join("records/publications.yaml"), text).expect("written");
    build(folder);
    fs::remove_file(folder.join("records/publications.yaml")).expect("removed");
}

fn page(folder: &Path, text: &str) {
    fs::write(folder.join("pages/long.md"), text).expect("written");
    build(folder);
    fs::remove_file(folder.join("pages/long.md")).expect("removed");
}

fn authors(_: &Path, text: &str) {
    drop(offprint::portfolio::read_line(text));
}

fn import(_: &Path, text: &str) {
    drop(offprint::exchange::read::read(text.as_bytes()));
}

/// The repeated part stands within a JSON text.
fn in_json(folder: &Path, text: &str) {
    let (head, rest) = text.split_once('\u{1}').expect("a head");
    let (middle, end) = rest.split_once('\u{1}').expect("an end");
    let quoted = serde_json::to_string(middle).expect("a text");
    import(folder, &format!("{head}{}{end}", &quoted[1..quoted.len() - 1]));
}

fn time(folder: &Path, input: &Input, part: &str, length: usize) -> f64 {
    let middle = part.repeat(length / part.len());
    let mark = if input.head.starts_with(['[', '{']) { "\u{1}" } else { "" };
    let text = format!("{}{mark}{middle}{mark}{}", input.head, input.end);
    let run = || {
        let started = Instant::now();
        (input.read)(folder, &text);
        started.elapsed().as_secs_f64()
    };
    (0..RUNS).map(|_| run()).fold(f64::INFINITY, f64::min)
}

/// Keeps glibc from giving memory back to the system between two runs: the pages of a large piece that is asked for
/// anew each time would be counted as growth.
const KEEP_MEMORY: [(&str, &str); 2] =
    [("MALLOC_MMAP_THRESHOLD_", "1073741824"), ("MALLOC_TRIM_THRESHOLD_", "4294967296")];

fn main() -> ExitCode {
    if KEEP_MEMORY.iter().any(|(name, _)| std::env::var_os(name).is_none()) {
        let program = std::env::current_exe().expect("this program");
        let status = Command::new(program).args(std::env::args_os().skip(1)).envs(KEEP_MEMORY).status();
        let good = status.expect("it starts").success();
        return if good { ExitCode::SUCCESS } else { ExitCode::FAILURE };
    }
    let wanted = std::env::args().skip(1).find(|argument| !argument.starts_with("--"));
    let memory = Path::new("/dev/shm");
    let folder =
        tempfile::tempdir_in(if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() }).expect("a folder");
    let folder = folder.path();
    fs::create_dir_all(folder.join("records")).expect("a folder");
    fs::create_dir_all(folder.join("pages")).expect("a folder");
    fs::write(folder.join("site.yaml"), "format: 1\nperson:\n  name: Priya Rao\n").expect("written");
    let mut slow = BTreeMap::new();
    for input in INPUTS.iter().filter(|input| wanted.as_ref().is_none_or(|name| input.name.contains(name.as_str()))) {
        let mut worst = (0.0_f64, "", [0.0; 3]);
        for part in PARTS {
            let mut times = [LENGTH, 2 * LENGTH, 4 * LENGTH].map(|length| time(folder, input, part, length));
            let growth = |times: &[f64; 3]| {
                let step = |from: f64, to: f64| if to < NOISE { 0.0 } else { to / from.max(NOISE / 4.0) };
                step(times[0], times[1]).max(step(times[1], times[2]))
            };
            if growth(&times) > MOST {
                // Once more, since something else may have had the processor.
                let again = [LENGTH, 2 * LENGTH, 4 * LENGTH].map(|length| time(folder, input, part, length));
                times = [0, 1, 2].map(|at| times[at].min(again[at]));
            }
            if growth(&times) > worst.0 {
                worst = (growth(&times), part, times);
            }
            if growth(&times) > MOST {
                slow.insert((input.name, part), times);
            }
        }
        let [one, two, four] = worst.2.map(|seconds| seconds * 1e3);
        println!(
            "{:24} at most {:.2} a doubling: {:?} in {one:.1}, {two:.1}, {four:.1} ms",
            input.name, worst.0, worst.1
        );
    }
    for ((name, part), times) in &slow {
        println!("TOO SLOW: {name}, {part:?}: {times:?}");
    }
    if slow.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
