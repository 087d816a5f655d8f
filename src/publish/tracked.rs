//! Private files and fields that git keeps in a repository which others may read.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

use super::program;
use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::portfolio::{Portfolio, Repository};
use crate::record::Private;
use crate::source::{Origin, Sources};

/// Folders and files of which nothing is published.
const PRIVATE: [&str; 5] =
    ["private/", "evidence/", "records/projects.yaml", "records/people.yaml", "records/goals.yaml"];

/// Whether the rule holds for a site in the subfolder of another project's repository.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// In `check`: only where the site is a repository of its own, or is to be published.
    Own,
    /// In `publish`: everywhere.
    All,
}

/// Reports what is private and tracked, where a remote is not known to be private.
///
/// `is_private` tells of a remote, as far as that may be asked.
pub fn check(
    diagnostics: &mut Diagnostics,
    sources: &Sources,
    portfolio: &Portfolio,
    scope: Scope,
    is_private: impl Fn(&Repository) -> bool,
) {
    let root = &sources.root;
    let Some(repository) = repository(root) else { return };
    let own = std::fs::canonicalize(root).is_ok_and(|root| root == repository) || portfolio.publishing.is_some();
    if scope == Scope::Own && !own {
        return;
    }
    let Some(remote) = remotes(root).into_iter().find(|remote| remote.host.is_some() && !is_private(remote)) else {
        return;
    };
    let tracked = tracked(root);
    let address = &remote.address;
    for path in tracked.iter().filter(|path| PRIVATE.iter().any(|private| path.starts_with(private))) {
        let message = format!("git keeps this private file, and {address} is not known to be private");
        diagnostics.push(
            Diagnostic::new(&code::PRIVATE_TRACKED, path.as_str(), message)
                .help(format!("write `git rm --cached {path}`, and name it in .gitignore")),
        );
    }
    let message = || format!("git keeps this private field, and {address} is not known to be private");
    let with_private = portfolio.shared().filter(|shared| shared.private != Private::default());
    for shared in with_private {
        let place = sources.key_place(&shared.origin, "private");
        let hidden = PRIVATE.iter().any(|private| place.file.starts_with(private));
        if tracked.contains(&*place.file) && !hidden {
            let kind = place.file.trim_start_matches("records/").to_owned();
            diagnostics.push(
                Diagnostic::new(&code::PRIVATE_TRACKED, &*place.file, message())
                    .at(place.span)
                    .record(sources.called(&shared.origin, &shared.id))
                    .help(format!("move it to private/{kind}, under the record's id")),
            );
        }
    }
    let site = Origin { file: "site.yaml".into(), index: 0 };
    let written = sources.map(&mut Diagnostics::default(), "site.yaml").and_then(|document| document.value);
    if tracked.contains("site.yaml") && written.is_some_and(|value| value.get("private").is_some()) {
        let place = sources.key_place(&site, "private");
        diagnostics.push(
            Diagnostic::new(&code::PRIVATE_TRACKED, "site.yaml", message())
                .at(place.span)
                .help("keep such notes in a file under private/"),
        );
    }
}

/// Returns the folder of the repository that holds the site, if one does.
fn repository(root: &Path) -> Option<std::path::PathBuf> {
    let root = std::fs::canonicalize(root).ok()?;
    root.ancestors().find(|folder| folder.join(".git").exists()).map(Path::to_owned)
}

/// Returns the remotes of the repository that holds the site.
pub(super) fn remotes(root: &Path) -> Vec<Repository> {
    if repository(root).is_none() {
        return Vec::new();
    }
    let listed = git(root, &["config", "--get-regexp", "^remote\\..*\\.url$"]);
    let addresses =
        listed.lines().filter_map(|line| line.split_once(' ').map(|(_, address)| address.trim().to_owned()));
    // An address with a password is still one of a repository.
    let bare = |address: String| match address.split_once("://") {
        Some((scheme, rest)) if scheme.starts_with("http") => {
            let rest = rest.split_once('@').map_or(rest, |(_, rest)| rest);
            format!("{scheme}://{rest}")
        }
        _ => address,
    };
    addresses.filter_map(|address| Repository::parse(&bare(address))).collect()
}

fn tracked(root: &Path) -> BTreeSet<String> {
    let listed = git(root, &["ls-files", "-z"]);
    listed.split('\0').filter(|path| !path.is_empty()).map(str::to_owned).collect()
}

fn git(root: &Path, arguments: &[&str]) -> String {
    let ended = program::run("git", arguments, root, Duration::from_secs(20));
    ended.map(|ended| ended.output).unwrap_or_default()
}
