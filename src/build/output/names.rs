//! Names that every system can hold: the site is built on one computer and served by another.

use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::render::{Payload, Site};
use crate::source::Sources;

/// Names that Windows keeps for devices, whatever follows a dot.
const DEVICES: &[&str] = &["con", "prn", "aux", "nul"];

/// Reports paths of the site that some system cannot hold, and those that would have to be a file
/// and a folder at once.
pub fn check_names(diagnostics: &mut Diagnostics, sources: &Sources, site: &Site) {
    for (path, payload) in &site.files {
        let path = path.as_str();
        let file = origin(sources, path, payload);
        if let Some(fault) = fault(path) {
            let message = format!("`{path}` cannot be stored on every computer: {fault}");
            let help = "rename the file, with letters, digits, `-`, `_` and a dot before the ending";
            diagnostics.push(Diagnostic::new(&code::UNSAFE_NAME, file.clone(), message).help(help));
        }
        if let Some(folder) = super::plan::parents(path).find(|folder| site.files.contains_key(*folder)) {
            let message = format!("`{folder}` would have to be a file and a folder (for `{path}`) at once");
            diagnostics.push(Diagnostic::new(&code::PATH_CLASH, file, message).help("rename one of the two"));
        }
    }
}

/// Returns the user's file behind a path of the site, or `site.yaml` for a page made of several.
fn origin(sources: &Sources, path: &str, payload: &Payload) -> String {
    let copied = match payload {
        Payload::CopyOf(source) => source.strip_prefix(&sources.root).ok().and_then(|path| path.to_str()),
        Payload::Bytes(_) => None,
    };
    let name = path.trim_end_matches("/index.html").trim_end_matches(".html");
    let page = format!("pages/{name}.md");
    match copied {
        Some(path) => path.replace('\\', "/"),
        None if sources.exists(path) => path.to_owned(),
        None if sources.exists(&page) => page,
        None => "site.yaml".to_owned(),
    }
}

/// Says what is wrong with the names of a path, if anything.
fn fault(path: &str) -> Option<String> {
    path.split('/').find_map(|name| {
        let stem = name.split('.').next().unwrap_or_default().to_lowercase();
        let numbered = |device: &str| stem.strip_prefix(device).is_some_and(|n| matches!(n.as_bytes(), [b'1'..=b'9']));
        if name.is_empty() || name == "." || name == ".." {
            Some("a part of the path has no name".to_owned())
        } else if let Some(bad) = name.chars().find(|c| c.is_control() || "<>:\"|?*\\".contains(*c)) {
            Some(format!("`{}` is not allowed in a file name on Windows", bad.escape_default()))
        } else if name.ends_with(['.', ' ']) {
            Some("it ends with a dot or a space, which Windows drops".to_owned())
        } else if DEVICES.contains(&stem.as_str()) || numbered("com") || numbered("lpt") {
            Some(format!("Windows keeps the name `{stem}` for a device"))
        } else if name.len() > 200 {
            Some("its name is longer than 200 bytes".to_owned())
        } else {
            None
        }
    })
}

#[cfg(test)]
mod tests {
    use super::fault;

    #[test]
    fn names_that_windows_refuses_are_named() {
        for bad in
            ["files/a:b.pdf", "files/what?.pdf", "con/index.html", "files/LPT1.txt", "files/end.", "a//b", "../x"]
        {
            assert!(fault(bad).is_some(), "{bad}");
        }
        for good in ["index.html", "files/Poster (final) ü.pdf", "console/index.html", "files/.hidden", "lpt10.txt"] {
            assert_eq!(fault(good), None, "{good}");
        }
    }
}
