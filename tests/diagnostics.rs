//! Every diagnostic code on the smallest site that shows it: message, place and help compared.
//!
//! A case is one file, `tests/diagnostics/<what>.txt`: the files of a site, each under a line
//! `== <path>`, and last, under `== expected`, what `offprint check` prints. Cases are renewed
//! with `OFFPRINT_RENEW=1 cargo test --test diagnostics` and read in review.

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics");
    let mut cases: Vec<_> = fs::read_dir(folder).expect("cases").map(|entry| entry.expect("case").path()).collect();
    cases.sort();
    cases
}

/// Splits a case into the site's files and the expected text.
fn split(text: &str) -> (Vec<(String, String)>, String) {
    let mut files: Vec<(String, String)> = Vec::new();
    for line in text.split_inclusive('\n') {
        if let Some(path) = line.strip_prefix("== ") {
            files.push((path.trim().to_owned(), String::new()));
        } else if let Some((_, content)) = files.last_mut() {
            content.push_str(line);
        }
    }
    let expected = match files.last() {
        Some((path, _)) if path == "expected" => files.pop().map(|(_, content)| content).unwrap_or_default(),
        _ => String::new(),
    };
    (files, expected)
}

#[test]
fn every_case_prints_what_it_should() {
    let renew = std::env::var_os("OFFPRINT_RENEW").is_some();
    let mut wrong = Vec::new();
    for case in cases() {
        let text = fs::read_to_string(&case).expect("a case is text");
        let (files, expected) = split(&text);
        let project = common::Project::new();
        for (path, content) in &files {
            // A case writes what an editor would hide: `\t`, `\u{FEFF}` and the like.
            project.write(path, content.replace("<TAB>", "\t").replace("<BOM>", "\u{feff}"));
        }
        let run = project.run(&["check", "--today", "2026-11-24"]);
        let printed = run.stderr;
        if renew {
            let head = text.split("== expected").next().unwrap_or_default();
            fs::write(&case, format!("{head}== expected\n{printed}")).expect("the case is renewed");
        } else if printed != expected {
            wrong.push(format!("{}\n--- expected\n{expected}--- printed\n{printed}", case.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Codes that no case of text files can show: bytes that are no text, huge files, links, pictures, PDFs,
/// a failing engine, an output folder, a theme that has moved on, a repository, what was published, proofs.
/// Other tests show them.
const WITHOUT_A_CASE: [&str; 41] = [
    "OP101", "OP103", "OP105", "OP106", "OP121", "OP513", "OP521", "OP607", "OP624", "OP711", "OP712", "OP713",
    "OP714", "OP715", "OP716", "OP717", "OP718", "OP802", "OP804", "OP805", "OP806", "OP807", "OP808", "OP842",
    "OP843", "OP901", "OP902", "OP911", "OP912", "OP913", "OP914", "OP915", "OP921", "OP922", "OP923", "OP924",
    "OP931", "OP932", "OP933", "OP934", "OP935",
];

#[test]
fn every_code_has_a_case() {
    let shown: String = cases().iter().map(|case| split(&fs::read_to_string(case).expect("text")).1).collect();
    let missing: BTreeSet<_> = offprint::diagnostic::code::all()
        .map(|code| code.id)
        .filter(|id| !shown.contains(&format!("[{id}]")) && !WITHOUT_A_CASE.contains(id))
        .collect();
    assert!(missing.is_empty(), "codes without a case: {missing:?}");
}
