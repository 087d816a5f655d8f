//! Where the site may be written: an output folder is refused unless it is safe.

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, bail};

use super::manifest::Manifest;

/// Folders of a site that hold the user's own work.
const OWN: &[&str] = &[
    "records",
    "pages",
    "files",
    "evidence",
    "styles",
    "private",
    "overrides",
    "themes",
    "fonts",
    ".offprint",
    ".git",
    "site.yaml",
    "site.yml",
];

/// Files that a file manager leaves in any folder it shows.
const LITTER: &[&str] = &[".DS_Store", "Thumbs.db", "desktop.ini", ".directory"];

/// An output folder into which a site may be written.
#[derive(Debug, Clone)]
pub struct Target {
    root: PathBuf,
    /// The site folder as it was named, which the paths of its files begin with.
    named: PathBuf,
    folder: PathBuf,
    key: String,
}

impl Target {
    /// Returns the site folder, without links.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Returns the site folder as it was named.
    pub(super) fn named_root(&self) -> &Path {
        &self.named
    }

    /// Returns the output folder, which need not exist yet, without links.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Returns the name of the output in the manifest.
    pub(super) fn key(&self) -> &str {
        &self.key
    }

    /// Returns the way a message names a file of the output.
    pub(super) fn name(&self, path: &str) -> String {
        format!("{}/{path}", self.key.trim_end_matches('/'))
    }
}

/// Checks that the site of the folder `root` may be written to `out`.
///
/// # Errors
/// When `out` is the site folder, a parent of it, one of the folders that hold the user's work,
/// a symbolic link or behind one, within another site, or a folder with files that no build of this site wrote.
pub fn target(root: &Path, out: &Path) -> anyhow::Result<Target> {
    let named = root.to_owned();
    let root = fs::canonicalize(root).with_context(|| format!("cannot read {}", root.display()))?;
    let folder = resolve(out)?;
    let shown = out.display();
    refuse_links(&root, out)?;
    refuse_other_sites(&root, &folder, out)?;
    if folder == root {
        bail!("the output cannot be the site folder itself ({shown})\nhelp: name another folder, as `--out public`");
    }
    if root.starts_with(&folder) {
        bail!(
            "the output cannot be a folder that holds the site ({shown})\nhelp: name another folder, as `--out public`"
        );
    }
    let inside = folder.strip_prefix(&root).ok();
    if let Some(first) = inside.and_then(|path| path.components().next()) {
        let first = first.as_os_str().to_string_lossy().to_lowercase();
        if OWN.contains(&first.as_str()) {
            bail!(
                "the output cannot be in `{first}`, which holds your own files ({shown})\n\
                 help: name another folder, as `--out public`"
            );
        }
    }
    let key = match inside {
        Some(path) => {
            path.components().map(|part| text(part.as_os_str().as_ref())).collect::<Result<Vec<_>, _>>()?.join("/")
        }
        None => text(&folder)?.to_owned(),
    };
    if has_files(&folder)? && !Manifest::read(&root)?.outputs.contains_key(&key) {
        bail!(
            "the output folder {shown} holds files that no build of this site wrote, so nothing was written\n\
             help: name an empty folder with `--out`, or move those files away first"
        );
    }
    Ok(Target { root, named, folder, key })
}

fn text(path: &Path) -> anyhow::Result<&str> {
    path.to_str().with_context(|| format!("the path of the output is not in UTF-8: {}", path.display()))
}

/// Returns `out` as an absolute path without links, of which the last parts may not exist yet.
fn resolve(out: &Path) -> anyhow::Result<PathBuf> {
    let absolute = std::path::absolute(out).with_context(|| format!("cannot use {} as output", out.display()))?;
    // With a slash behind its name, a link would be looked at as what it leads to.
    let absolute: PathBuf = absolute.components().collect();
    let mut missing = Vec::new();
    let mut existing = absolute.as_path();
    loop {
        match fs::symlink_metadata(existing) {
            Ok(found) => {
                if missing.is_empty() && found.is_symlink() {
                    bail!(
                        "the output folder {} is a symbolic link, through which Offprint does not write\n\
                         help: name the folder it leads to",
                        out.display()
                    );
                }
                break;
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error).with_context(|| format!("cannot use {} as output", out.display())),
        }
        match existing.components().next_back() {
            Some(Component::Normal(name)) => missing.push(name),
            _ => bail!("cannot use {} as output: write the path without `..`", out.display()),
        }
        existing = existing.parent().with_context(|| format!("cannot use {} as output", out.display()))?;
    }
    let mut folder = fs::canonicalize(existing).with_context(|| format!("cannot use {} as output", out.display()))?;
    if !folder.is_dir() {
        bail!("the output {} is a file, not a folder\nhelp: name a folder with `--out`", out.display());
    }
    folder.extend(missing.into_iter().rev());
    Ok(folder)
}

/// Refuses a path that leads through a symbolic link to somewhere else than the site, or the folders around it.
fn refuse_links(root: &Path, out: &Path) -> anyhow::Result<()> {
    let absolute = std::path::absolute(out).with_context(|| format!("cannot use {} as output", out.display()))?;
    for link in absolute.ancestors().skip(1).filter(|folder| folder.is_symlink()) {
        let is_of_the_system = link.parent().is_some_and(|above| above.parent().is_none());
        let leads_around = fs::canonicalize(link).is_ok_and(|real| root.starts_with(&real) || real.starts_with(root));
        if !is_of_the_system && !leads_around {
            bail!(
                "the output {} lies behind the symbolic link {}, through which Offprint does not write\n\
                 help: name the folder it leads to",
                out.display(),
                link.display()
            );
        }
    }
    Ok(())
}

/// Refuses a folder within another site, but for the one into which that is built.
fn refuse_other_sites(root: &Path, folder: &Path, out: &Path) -> anyhow::Result<()> {
    let Some(site) = folder.ancestors().find(|above| above.join("site.yaml").is_file()) else { return Ok(()) };
    if site == root || folder == site || folder.strip_prefix(site).is_ok_and(|inside| inside.starts_with("public")) {
        return Ok(());
    }
    bail!(
        "the output cannot be in another site's folder, {} ({})\n\
         help: name another folder, as `--out public`",
        site.display(),
        out.display()
    );
}

fn has_files(folder: &Path) -> anyhow::Result<bool> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(error).with_context(|| format!("cannot read {}", folder.display())),
    };
    for entry in entries {
        let name = entry.with_context(|| format!("cannot read {}", folder.display()))?.file_name();
        if !LITTER.iter().any(|litter| name == *litter) {
            return Ok(true);
        }
    }
    Ok(false)
}
