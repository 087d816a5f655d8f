//! Keeps private results out of everything that is published.

use std::path::{Component, Path, PathBuf};

use anyhow::bail;

use crate::build::output;
use crate::portfolio::{Destination, Portfolio};
use crate::publish;

/// Folders of a site whose files become part of its pages, or are kept as they are.
const OWN: [&str; 9] = ["public", "files", "pages", "records", "evidence", "styles", "overrides", "themes", "fonts"];

/// Refuses a place for a private result that is published, or that holds the user's own sources.
///
/// # Errors
/// When `out` lies in such a folder; `option` is the one that named it.
pub(super) fn refuse(root: &Path, portfolio: &Portfolio, out: &Path, option: &str) -> anyhow::Result<()> {
    let out = real(out);
    let root = real(root);
    let name = out.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let example = format!("../{name}");
    let refused = |why: &str| -> anyhow::Result<()> {
        bail!(
            "{option} is for you alone, and {} {why}, so nothing was written\n\
             help: name a place outside the site, as {option} {example}",
            out.display()
        )
    };
    if out == root || root.starts_with(&out) {
        return refused("holds the site");
    }
    if let Ok(inside) = out.strip_prefix(&root) {
        let first = inside.components().next().map(|part| part.as_os_str().to_string_lossy().to_lowercase());
        if first.is_some_and(|first| OWN.contains(&first.as_str()) || first == ".offprint" || first == ".git") {
            return refused("is in a folder of the site that is published or read");
        }
    }
    let mut published = output::folders(&root)?;
    let destination = portfolio.publishing.as_ref().map(|publishing| &publishing.destination);
    if let Some(Destination::Folder { path } | Destination::Zip { path }) = destination {
        published.push(publish::resolve(&root, path));
    }
    if published.iter().map(|folder| real(folder)).any(|folder| out.starts_with(&folder)) {
        return refused("is in a folder to which the site is written");
    }
    Ok(())
}

/// Returns a path without links and `..`; what does not exist of it stays as it is.
pub(super) fn real(path: &Path) -> PathBuf {
    let mut tidy = PathBuf::new();
    for part in std::path::absolute(path).unwrap_or_else(|_| path.to_owned()).components() {
        match part {
            Component::ParentDir => {
                // A link is followed before its parent is meant.
                tidy = tidy.canonicalize().unwrap_or(tidy);
                tidy.pop();
            }
            other => tidy.push(other),
        }
    }
    let existing = tidy.ancestors().find_map(|folder| Some((folder.canonicalize().ok()?, folder)));
    match existing {
        Some((found, folder)) => match tidy.strip_prefix(folder) {
            Ok(rest) if rest.as_os_str().is_empty() => found,
            Ok(rest) => found.join(rest),
            Err(_) => tidy,
        },
        None => tidy,
    }
}
