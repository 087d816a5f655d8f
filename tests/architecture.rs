//! The shape of the code, enforced: layers, crate fences, file sizes, no shortcuts.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Top modules by layer: a module imports only from lower numbers.
const LAYERS: &[(&str, u32)] = &[
    ("diagnostic", 0),
    ("source", 1),
    ("record", 2),
    ("portfolio", 3),
    ("words", 3),
    ("check", 4),
    ("privacy", 4),
    ("exchange", 4),
    ("cite", 5),
    ("status", 5),
    ("document", 6),
    ("render", 7),
    ("build", 8),
    ("serve", 9),
    ("publish", 9),
    ("cli", 10),
];

/// Crates (or paths) that only some files may name, by the start of their path under `src`.
const FENCES: &[(&str, &[&str])] = &[
    ("tera::", &["render/"]),
    ("pulldown_cmark::", &["render/"]),
    ("ammonia::", &["render/"]),
    ("hayagriva::", &["cite/"]),
    ("granit_parser::", &["source/"]),
    ("serde_yaml::", &["source/", "record/", "exchange/"]),
    ("annotate_snippets::", &["diagnostic/render"]),
    ("clap::", &["cli/"]),
    ("dialoguer::", &["cli/"]),
    ("notify::", &["serve/"]),
    ("tiny_http::", &["serve/"]),
    ("krilla::", &["document/pdf"]),
    ("parley::", &["document/pdf"]),
    ("zip::", &["document/docx", "privacy/archive", "publish/"]),
    ("lopdf::", &["document/", "privacy/pdf"]),
    ("mail_parser::", &["document/dossier/"]),
    ("csv::", &["exchange/", "privacy/plain/delimited"]),
    ("roxmltree::", &["exchange/read/", "privacy/", "publish/s3"]),
    ("encoding_rs::", &["exchange/read/encoding", "document/dossier/mail", "privacy/plain/", "privacy/svg/text"]),
    ("ureq::", &["exchange/lookup", "publish/"]),
    ("moxcms::", &["render/image/colour"]),
    ("zune_jpeg::", &["render/image/colour"]),
    ("std::fs", &["source/", "build/output", "serve/", "publish/", "cli/"]),
    ("Local::now", &["cli/"]),
    ("Utc::now", &["cli/"]),
    // The preview compares the time of a save with that of its reading; no page depends on it.
    ("SystemTime::now", &["cli/", "serve/"]),
    ("println!", &["cli/"]),
];

const LONGEST_FILE: usize = 500;

struct SourceFile {
    /// Path under `src`, with `/`.
    path: String,
    /// Lines outside comments and the test module (files named `tests.rs` are left out whole).
    code: Vec<(usize, String)>,
    length: usize,
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<_> =
        fs::read_dir(folder).expect("src is readable").map(|e| e.expect("entry").path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            walk(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

fn sources() -> Vec<SourceFile> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    walk(&src, &mut paths);
    assert!(paths.len() > 20, "the walk found the sources");
    paths
        .into_iter()
        .filter(|path| !path.ends_with("tests.rs"))
        .map(|path| {
            let text = fs::read_to_string(&path).expect("UTF-8");
            let relative = path.strip_prefix(&src).expect("under src").to_string_lossy().replace('\\', "/");
            let before_tests = text.find("#[cfg(test)]\nmod tests").map_or(text.as_str(), |at| &text[..at]);
            let code = before_tests
                .lines()
                .enumerate()
                .filter(|(_, line)| !line.trim_start().starts_with("//"))
                .map(|(number, line)| (number + 1, line.split(" // ").next().unwrap_or_default().to_owned()))
                .collect();
            SourceFile { path: relative, code, length: text.lines().count() }
        })
        .collect()
}

fn module_of(path: &str) -> &str {
    path.split('/').next().unwrap_or_default().trim_end_matches(".rs")
}

fn imported_modules(line: &str) -> Vec<String> {
    line.match_indices("crate::")
        .filter(|(at, _)| !line[..*at].ends_with('$') || line.contains("$crate::"))
        .map(|(at, word)| line[at + word.len()..].chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect())
        .collect()
}

#[test]
fn a_module_imports_only_from_lower_layers() {
    let layers: BTreeMap<_, _> = LAYERS.iter().copied().collect();
    let mut faults = Vec::new();
    for file in sources() {
        let own = module_of(&file.path);
        if matches!(own, "lib" | "main") {
            continue;
        }
        let Some(own_layer) = layers.get(own) else {
            faults.push(format!("{}: module `{own}` has no layer", file.path));
            continue;
        };
        for (number, line) in &file.code {
            for imported in imported_modules(line) {
                let Some(layer) = layers.get(imported.as_str()) else { continue };
                if imported != own && layer >= own_layer {
                    faults.push(format!(
                        "{}:{number}: {own} (layer {own_layer}) imports {imported} (layer {layer})",
                        file.path
                    ));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn each_engine_is_named_only_behind_its_fence() {
    let mut faults = Vec::new();
    for file in sources() {
        for (number, line) in &file.code {
            for (name, allowed) in FENCES {
                if names(line, name)
                    && !allowed.iter().any(|start| file.path.starts_with(start))
                    && file.path != "main.rs"
                {
                    faults.push(format!("{}:{number}: {name} belongs to {allowed:?}", file.path));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn names(line: &str, needle: &str) -> bool {
    line.match_indices(needle).any(|(at, _)| {
        !line[..at].chars().next_back().is_some_and(|before| before.is_alphanumeric() || before == '_' || before == '"')
    })
}

#[test]
fn no_file_outgrows_one_subject() {
    let long: Vec<_> = sources()
        .iter()
        .filter(|f| f.length > LONGEST_FILE)
        .map(|f| format!("{} has {} lines", f.path, f.length))
        .collect();
    assert!(long.is_empty(), "split by topic: {}", long.join(", "));
    let main = sources().into_iter().find(|f| f.path == "main.rs").expect("main.rs");
    assert!(main.length < 40, "main.rs only parses arguments and calls the library");
}

#[test]
fn nothing_is_left_unfinished_or_unwrapped() {
    let forbidden = [".unwrap()", "todo!(", "unimplemented!(", "dbg!(", "FIXME", "TODO", "XXX"];
    let mut faults = Vec::new();
    for file in sources() {
        for (number, line) in &file.code {
            for word in forbidden {
                if line.contains(word) {
                    faults.push(format!("{}:{number}: {word}", file.path));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_top_level_holds_only_what_it_should() {
    let allowed = [
        "Cargo.toml",
        "Cargo.lock",
        "README.md",
        "LICENSE",
        "CHANGELOG.md",
        "src",
        "themes",
        "example-site",
        "tests",
        "target",
    ];
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let extra: Vec<_> = fs::read_dir(root)
        .expect("the project folder")
        .map(|entry| entry.expect("entry").file_name().to_string_lossy().into_owned())
        .filter(|name| !name.starts_with('.') && !allowed.contains(&name.as_str()))
        .collect();
    assert!(extra.is_empty(), "not at the top level: {extra:?}");
}
