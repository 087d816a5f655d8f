//! Which folder a command works on.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

/// Returns the folder named on the command line, or the site of the current folder.
///
/// # Errors
/// When there is no `site.yaml`: the message says how to get one.
pub(super) fn find(named: Option<&Path>) -> anyhow::Result<PathBuf> {
    let Some(folder) = named else {
        let here = std::env::current_dir().context("cannot tell the current folder")?;
        return crate::source::find_site(&here).with_context(|| {
            "there is no `site.yaml` here or in a folder above\n\
             help: go to your site's folder or name it; `offprint new my-site` starts a new site"
        });
    };
    if folder.file_name().is_some_and(|name| name == "site.yaml") && folder.is_file() {
        return Ok(folder
            .parent()
            .filter(|parent| !parent.as_os_str().is_empty())
            .unwrap_or(Path::new("."))
            .to_owned());
    }
    let shown = folder.display();
    if folder.join("site.yaml").exists() || has_lost_its_file(folder) {
        Ok(folder.to_owned())
    } else if folder.is_dir() {
        bail!("there is no `site.yaml` in {shown}\nhelp: `offprint new my-site` starts a new site")
    } else {
        bail!("there is no folder {shown}\nhelp: `offprint new {shown}` starts a new site there")
    }
}

/// Tells whether a folder is a site whose `site.yaml` was deleted or misnamed: that is a problem of the site.
fn has_lost_its_file(folder: &Path) -> bool {
    ["site.yml", "site.yaml.txt"].iter().any(|name| folder.join(name).is_file())
        || ["records", "pages"].iter().any(|name| folder.join(name).is_dir())
}
