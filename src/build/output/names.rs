//! Names that every system can hold: the site is built on one computer and served by another.

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, code};
use crate::record::decode::without_tokens;
use crate::render::links::address;
use crate::render::{Clash, Maker, Site};
use crate::source::Sources;

/// Names that Windows keeps for devices, whatever follows a dot.
const DEVICES: &[&str] = &["con", "prn", "aux", "nul"];

/// Reports paths of the site that some system cannot hold, those that two things want, and those
/// that would have to be a file and a folder at once; each record or file at fault once.
pub fn check_names(diagnostics: &mut Diagnostics, sources: &Sources, site: &Site) {
    for clash in &site.clashes {
        diagnostics.push(two_writers(sources, clash));
    }
    let mut told: BTreeSet<(&Maker, &str)> = BTreeSet::new();
    for path in site.files.keys() {
        let maker = site.makers.get(path).unwrap_or(&Maker::Site);
        let path = path.as_str();
        if let Some(fault) = fault(path).filter(|_| told.insert((maker, code::UNSAFE_NAME.id))) {
            let name = name_of(sources, maker, path);
            let message = format!("`{name}` cannot be stored on every computer: {fault}");
            let help = match maker {
                Maker::Record(_) => "give the record another `id`",
                _ => "rename the file, with letters, digits, `-`, `_` and a dot before the ending",
            };
            diagnostics.push(at(sources, &code::UNSAFE_NAME, maker, message).help(help));
        }
        let folder = super::plan::parents(path).find_map(|folder| site.files.get_key_value(folder));
        if let Some((folder, _)) = folder.filter(|_| told.insert((maker, code::PATH_CLASH.id))) {
            let other = site.makers.get(folder).unwrap_or(&Maker::Site);
            let message = format!(
                "{} wants a file `{folder}`, and {} a folder of that name",
                words(sources, other),
                words(sources, maker)
            );
            diagnostics.push(at(sources, &code::PATH_CLASH, maker, message).help(RENAME));
        }
    }
}

const RENAME: &str = "rename one of the two: a page's or file's address is its name, a record's is its `id`, and `aliases` are addresses too";

fn two_writers(sources: &Sources, clash: &Clash) -> Diagnostic {
    let (one, other) = (words(sources, &clash.by), words(sources, &clash.of));
    let message = if clash.taken == clash.wanted {
        format!("{one} and {other} want the same address, `{}`", address(clash.wanted.as_str()))
    } else {
        format!(
            "{one} and {other} want the addresses `{}` and `{}`, which many computers cannot tell apart",
            address(clash.taken.as_str()),
            address(clash.wanted.as_str())
        )
    };
    let maker = if clash.of == Maker::Site { &clash.by } else { &clash.of };
    at(sources, &code::PATH_CLASH, maker, message).help(RENAME)
}

/// Starts a diagnostic at what a file of the site was made from.
fn at(sources: &Sources, code: &'static Code, maker: &Maker, message: String) -> Diagnostic {
    match maker {
        Maker::Site => Diagnostic::new(code, "site.yaml", message),
        Maker::File(path) => Diagnostic::new(code, path.as_str(), message),
        Maker::Record(origin) => {
            sources.diagnose(code, origin, "id", message).record(sources.called(origin, &origin.file))
        }
    }
}

/// Returns the words for what a file of the site was made from.
fn words(sources: &Sources, maker: &Maker) -> String {
    match maker {
        Maker::Site => "a page that every site has".to_owned(),
        Maker::File(path) => format!("`{path}`"),
        Maker::Record(origin) => {
            let line = sources.span(origin, "").map(|span| format!(":{}", span.line));
            format!("the record at {}{}", origin.file, line.unwrap_or_default())
        }
    }
}

/// Returns the name at fault as the user knows it.
fn name_of(sources: &Sources, maker: &Maker, path: &str) -> String {
    match maker {
        Maker::Site => without_tokens(path),
        Maker::File(path) => path.clone(),
        Maker::Record(origin) => sources.called(origin, path),
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
