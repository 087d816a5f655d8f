//! What stands among the user's files and is none: folders and pipes where a file is expected, names that no
//! text can hold, places too deep to reach.

use std::fs::FileType;

use super::names;
use crate::diagnostic::{Diagnostic, code};

/// Folders in which every name with this ending is one that Offprint reads.
const READ: [(&str, &str); 3] = [("records/", ".yaml"), ("private/", ".yaml"), ("pages/", ".md")];

/// Says that what is named as a file, or as a folder, of the site is not one; nothing when it is.
pub(super) fn not_a_file(path: &str, found: FileType) -> Option<Diagnostic> {
    let is_text = path == "site.yaml"
        || READ.iter().any(|(folder, end)| path.starts_with(folder) && path.to_ascii_lowercase().ends_with(end));
    let (what, help) = match (found.is_dir(), found.is_file()) {
        (true, _) if is_text => {
            ("is a folder, not a file", "give the folder another name, and put the file in its place")
        }
        (true, _) => return None,
        (_, true) if names::FOLDERS.contains(&path) => {
            ("is a file, not a folder", "give the file another name, and put it into the folder it belongs to")
        }
        (_, true) => return None,
        _ => ("is a pipe, a socket or a device, not a file", "take it away, or put a copy of the file itself here"),
    };
    Some(Diagnostic::new(&code::NOT_A_FILE, path, format!("`{path}` {what}")).help(help))
}

/// Says that a name has bytes that are no letters.
pub(super) fn no_name(path: String) -> Diagnostic {
    let message = format!("the name of `{path}` cannot be read: it has bytes that are no letters in UTF-8");
    Diagnostic::new(&code::NAME_UNREADABLE, path, message).help("rename it, with letters, digits, `-` and `_`")
}

/// Says that a folder lies too deep to be read.
pub(super) fn too_deep(path: String) -> Diagnostic {
    let message = "this folder lies deeper than Offprint reads, so what is in it is not on the site";
    Diagnostic::new(&code::TOO_DEEP, path, message).help("move what is in it up into a folder nearer to the top")
}

/// Says that a path has more letters than this computer can open.
pub(super) fn too_long(path: String) -> Diagnostic {
    let message = "the path of this is longer than this computer can open, so it is not on the site";
    Diagnostic::new(&code::TOO_DEEP, path, message).help("give the folders around it shorter names, or move it up")
}
