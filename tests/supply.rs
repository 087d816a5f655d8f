//! What the program is built from: known licences, one registry, no build script, and all of it listed.

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use spdx::{Expression, ParseMode};
use toml::{Table, Value};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn table(path: &str) -> Table {
    fs::read_to_string(root().join(path)).expect("a file").parse().expect("TOML")
}

fn strings(value: &Value) -> BTreeSet<String> {
    value.as_array().expect("a list").iter().map(|one| one.as_str().expect("a text").to_owned()).collect()
}

/// Name, version, licence and home of every crate that ends up in the program on some system, a line each.
fn built_from() -> String {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--locked", "--edges", "normal", "--target", "all", "--prefix", "none"])
        .args(["--format", "{p}\t{l}\t{r}"])
        .current_dir(root())
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let printed = String::from_utf8(output.stdout).expect("UTF-8");
    let lines = printed.lines().filter(|line| !line.starts_with("offprint ")).map(|line| {
        let [package, licence, home] =
            line.trim_end_matches(" (*)").split('\t').collect::<Vec<_>>().try_into().expect("three fields");
        let mut words = package.split(' ');
        let (name, version) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        format!("{name}\t{}\t{licence}\t{}\n", version.trim_start_matches('v'), home.trim_end_matches(" (*)"))
    });
    lines.collect::<BTreeSet<_>>().into_iter().collect()
}

#[test]
fn every_crate_of_the_program_is_listed_with_its_licence() {
    let path = root().join("src/cli/licences/crates.tsv");
    let current = built_from();
    if std::env::var_os("OFFPRINT_RENEW").is_some() {
        fs::write(&path, &current).expect("renewed");
    }
    let listed = fs::read_to_string(&path).expect("the list");
    assert!(
        listed == current,
        "the list of crates is not that of Cargo.lock: renew it with OFFPRINT_RENEW=1 cargo test --test supply"
    );
    let printed = common::Project::new().run(&["licences"]).clean().stdout;
    for line in current.lines() {
        for field in line.split('\t') {
            assert!(printed.contains(field), "{field}");
        }
    }
}

#[test]
fn every_licence_is_one_that_is_allowed() {
    let deny = table("tests/supply/deny.toml");
    let allowed = strings(&deny["licenses"]["allow"]);
    let mut used = BTreeSet::new();
    for line in built_from().lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        let expression =
            Expression::parse_mode(fields[2], ParseMode::LAX).unwrap_or_else(|error| panic!("{line}: {error}"));
        let fits = expression.evaluate(|required| {
            let name = required.to_string();
            let fits = allowed.contains(&name);
            if fits {
                used.insert(name);
            }
            fits
        });
        assert!(fits, "{line}");
    }
    assert!(used.len() > 5, "{used:?}");
}

#[test]
fn every_crate_comes_from_the_one_registry_and_none_that_is_banned() {
    let banned = strings(&table("tests/supply/deny.toml")["bans"]["deny"]);
    let lock = table("Cargo.lock");
    let packages = lock["package"].as_array().expect("packages");
    assert!(packages.len() > 200);
    for package in packages {
        let name = package["name"].as_str().expect("a name");
        assert!(!banned.contains(name), "{name}");
        match package.get("source").and_then(Value::as_str) {
            None => assert_eq!(name, "offprint"),
            Some(source) => {
                assert_eq!(source, "registry+https://github.com/rust-lang/crates.io-index", "{name}");
                assert!(package.get("checksum").is_some(), "{name}");
            }
        }
    }
}

#[test]
fn nothing_of_ours_runs_while_it_is_compiled_and_nothing_is_unsafe() {
    let manifest = table("Cargo.toml");
    assert!(!root().join("build.rs").exists());
    assert!(manifest.get("build-dependencies").is_none() && manifest["package"].get("build").is_none());
    assert!(manifest["package"].get("links").is_none());
    assert_eq!(manifest["lints"]["rust"]["unsafe_code"].as_str(), Some("forbid"));
}

#[test]
fn every_font_goes_with_its_licence() {
    let printed = common::Project::new().run(&["licences", "--texts"]).clean().stdout;
    let mut texts = Vec::new();
    fonts_below(&root().join("src"), &mut texts);
    fonts_below(&root().join("themes"), &mut texts);
    assert!(texts.len() >= 2);
    for folder in texts {
        let licences: Vec<PathBuf> = fs::read_dir(&folder)
            .expect("readable")
            .map(|entry| entry.expect("an entry").path())
            .filter(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("OFL-")))
            .collect();
        assert!(!licences.is_empty(), "{} holds fonts without their licence", folder.display());
        for licence in licences {
            let text = fs::read_to_string(&licence).expect("text");
            assert!(printed.contains(text.trim_end()), "{}", licence.display());
        }
    }
}

/// Gathers the folders that hold fonts.
fn fonts_below(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut has_fonts = false;
    for entry in fs::read_dir(folder).expect("readable") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            fonts_below(&path, found);
        } else {
            has_fonts |= path.extension().is_some_and(|end| ["ttf", "otf", "woff2"].iter().any(|font| end == *font));
        }
    }
    if has_fonts {
        found.push(folder.to_owned());
    }
}
