//! Nothing is lost and nothing breaks: links, output folders, misfortunes, absurd input, hostile words.

#![cfg(unix)]

#[path = "../common/mod.rs"]
mod common;

mod bounds;
mod html;
mod links;
mod misfortunes;
mod refusals;

use std::os::unix::fs::{MetadataExt as _, chown};
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::Command;

use common::{Project, Run, program};

const SITE: &str = "format: 1\nperson:\n  name: Priya Rao\n  family_name: Rao\n  given_names: Priya\nsite:\n  url: https://rao.example/\n";

/// A user who may do nothing by being the administrator.
const NOBODY: u32 = 65534;

/// Runs the program as somebody whom permissions bind: the user of the tests, or nobody where that is
/// the administrator.
fn run_bound(project: &Project, arguments: &[&str]) -> Run {
    let is_root =
        std::fs::metadata("/proc/self").or_else(|_| std::fs::metadata(project.root())).expect("known").uid() == 0;
    let mut command = if is_root {
        let place = project.path(".program");
        if !place.exists() {
            std::fs::copy(program(), &place).expect("a copy of the program");
        }
        for entry in walkdir::WalkDir::new(project.root()) {
            let _ = chown(entry.expect("an entry").path(), Some(NOBODY), Some(NOBODY));
        }
        let mut command = Command::new(place);
        command.uid(NOBODY).gid(NOBODY);
        command
    } else {
        Command::new(program())
    };
    finish(command.args(arguments).current_dir(project.root()).env("HOME", project.root()))
}

fn finish(command: &mut Command) -> Run {
    let output = command.output().expect("the program runs");
    Run {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// How many errors a run names.
fn faults(run: &Run) -> usize {
    run.stderr.lines().filter(|line| line.starts_with("error")).count()
}

/// Every file of a folder with its content.
fn tree(folder: &Path) -> std::collections::BTreeMap<String, Vec<u8>> {
    let files =
        walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok).filter(|entry| entry.file_type().is_file());
    let name = |path: &Path| path.strip_prefix(folder).expect("inside").to_string_lossy().into_owned();
    files.map(|file| (name(file.path()), std::fs::read(file.path()).expect("readable"))).collect()
}
