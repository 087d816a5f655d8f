//! The same input gives the same bytes, whatever the machine.

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

fn contents(root: &Path, folder: &Path, found: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).expect("output") {
        let path = entry.expect("entry").path();
        if path.is_dir() {
            contents(root, &path, found);
        } else {
            let name = path.strip_prefix(root).expect("inside").to_string_lossy().replace('\\', "/");
            found.insert(name, fs::read(&path).expect("readable"));
        }
    }
}

fn build_example(project: &common::Project, environment: &[(&str, &str)]) -> BTreeMap<String, Vec<u8>> {
    project.copy_example();
    let mut command = Command::new(common::program());
    command.args(["build", "--today", "2026-11-24", "--quiet"]).arg(project.root());
    command.envs(environment.iter().copied());
    let output = command.output().expect("runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut found = BTreeMap::new();
    let public = project.path("public");
    contents(&public, &public, &mut found);
    found
}

#[test]
fn another_folder_time_zone_locale_and_thread_count_give_the_same_bytes() {
    let first = common::Project::new();
    let second = common::Project::new();
    let one = build_example(&first, &[("TZ", "Pacific/Kiritimati"), ("LC_ALL", "C"), ("RAYON_NUM_THREADS", "1")]);
    let two =
        build_example(&second, &[("TZ", "Pacific/Pago_Pago"), ("LC_ALL", "de_DE.UTF-8"), ("RAYON_NUM_THREADS", "7")]);
    assert_eq!(one.keys().collect::<Vec<_>>(), two.keys().collect::<Vec<_>>());
    for (path, bytes) in &one {
        assert!(bytes == &two[path], "{path} differs");
    }
    assert!(one.len() > 40, "{} files compared", one.len());
}
