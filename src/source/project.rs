//! Finds the site folder and reads it.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context as _;
use walkdir::WalkDir;

use super::seen::Seen;
use super::{FileInfo, Sources, names, odd};
use crate::diagnostic::{Diagnostic, Diagnostics, Span, code};

/// The longest text that is read, in bytes.
const LONGEST_TEXT: u64 = 16 * 1024 * 1024;
/// Folders within folders.
const DEEPEST: usize = 24;

impl Sources {
    /// Reads the site folder `root`, which holds `site.yaml`.
    ///
    /// # Errors
    /// When the folder itself cannot be read.
    pub fn read(diagnostics: &mut Diagnostics, root: &Path) -> anyhow::Result<Self> {
        Self::read_since(diagnostics, root, &mut Seen::default())
    }

    /// Reads the site folder as [`Sources::read`] does, but takes over the texts of files that are as they were.
    ///
    /// # Errors
    /// When the folder itself cannot be read.
    pub fn read_since(diagnostics: &mut Diagnostics, root: &Path, seen: &mut Seen) -> anyhow::Result<Self> {
        let unreadable = || format!("cannot read the folder {}", root.display());
        let real_root = root.canonicalize().with_context(unreadable)?;
        let mut names: Vec<String> = fs::read_dir(root)
            .with_context(unreadable)?
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
            .filter(|name| !is_ignored(name))
            .collect();
        names.sort();
        let mut walk = Walk { diagnostics, root, real_root, sources: Self::default(), seen };
        root.clone_into(&mut walk.sources.root);
        for name in &names {
            if name == "site.yaml" || names::FOLDERS.contains(&name.as_str()) {
                walk.folder(name);
            } else {
                walk.check_top(name, &names);
            }
        }
        let Walk { sources, seen, .. } = walk;
        seen.forget_all_but(&sources.texts);
        if !names.iter().any(|name| name == "site.yaml") {
            let help = match names
                .iter()
                .find(|name| matches!(name.to_lowercase().as_str(), "site.yml" | "site.yaml" | "site.yaml.txt"))
            {
                Some(name) => format!("rename `{name}` to `site.yaml`"),
                None => "write `offprint new` to begin a site, or give the folder that holds `site.yaml`".to_owned(),
            };
            diagnostics.push(
                Diagnostic::new(&code::SITE_MISSING, "site.yaml", "there is no `site.yaml` in this folder").help(help),
            );
        }
        Ok(sources)
    }

    /// Returns the text of a file by its path relative to the site folder.
    pub fn text(&self, path: &str) -> Option<&str> {
        self.texts.get(path).map(AsRef::as_ref)
    }

    /// Tells whether a file of the site exists, text or not.
    pub fn exists(&self, path: &str) -> bool {
        self.texts.contains_key(path) || self.files.contains_key(path)
    }
}

/// Looks for the folder that holds `site.yaml`, from `start` upwards.
pub fn find_site(start: &Path) -> Option<PathBuf> {
    let start = std::path::absolute(start).ok()?;
    start.ancestors().find(|folder| folder.join("site.yaml").is_file()).map(Path::to_path_buf)
}

/// Tells whether a name is none of the user's work: hidden files, backups of editors, output.
fn is_ignored(name: &str) -> bool {
    name.starts_with('.')
        || name.ends_with('~')
        || (name.starts_with('#') && name.ends_with('#'))
        || [".swp", ".swo", ".tmp", ".bak", ".orig"].iter().any(|end| name.ends_with(end))
        || matches!(name, "Thumbs.db" | "desktop.ini" | "public")
}

struct Walk<'a> {
    diagnostics: &'a mut Diagnostics,
    root: &'a Path,
    real_root: PathBuf,
    sources: Sources,
    seen: &'a mut Seen,
}

impl Walk<'_> {
    fn folder(&mut self, top: &str) {
        let mut entries =
            WalkDir::new(self.root.join(top)).follow_links(true).max_depth(DEEPEST).sort_by_file_name().into_iter();
        while let Some(entry) = entries.next() {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    self.unwalkable(top, &error);
                    continue;
                }
            };
            let path = self.relative(entry.path());
            let name = entry.file_name().to_string_lossy();
            let skipped = (entry.depth() > 0 && name != "public" && is_ignored(&name))
                || (entry.path_is_symlink() && !self.link_stays(entry.path(), &path));
            if skipped {
                if entry.file_type().is_dir() {
                    entries.skip_current_dir();
                }
                continue;
            }
            if let Some(fault) = Self::oddity(&entry, &path) {
                self.diagnostics.push(fault);
                if entry.file_type().is_dir() {
                    entries.skip_current_dir();
                }
                continue;
            }
            if entry.file_type().is_file() {
                let about = entry.metadata().ok();
                self.file(entry.path(), path, about.as_ref());
            }
        }
    }

    /// What is to be said of something that is not read, though it has a name of the user's work.
    fn oddity(entry: &walkdir::DirEntry, path: &str) -> Option<Diagnostic> {
        if entry.file_name().to_str().is_none() {
            return Some(odd::no_name(path.to_owned()));
        }
        if entry.file_type().is_dir() && entry.depth() == DEEPEST {
            return Some(odd::too_deep(path.to_owned()));
        }
        odd::not_a_file(path, entry.file_type())
    }

    fn relative(&self, path: &Path) -> String {
        let relative = path.strip_prefix(self.root).unwrap_or(path);
        let parts: Vec<_> = relative.components().map(|part| part.as_os_str().to_string_lossy()).collect();
        parts.join("/")
    }

    fn unwalkable(&mut self, top: &str, error: &walkdir::Error) {
        let path = error.path().map_or_else(|| top.to_owned(), |path| self.relative(path));
        let diagnostic = if error.loop_ancestor().is_some() {
            Diagnostic::new(&code::LINK_LEAVES, path, "this link leads back to a folder that holds it")
                .help("remove the link")
        } else if error.path().is_some_and(Path::is_symlink) {
            Diagnostic::new(&code::LINK_LEAVES, path, "this link leads to nothing")
                .help("remove the link, or put the file itself here")
        } else if error.io_error().is_some_and(|error| error.kind() == std::io::ErrorKind::InvalidFilename) {
            odd::too_long(path)
        } else {
            Diagnostic::new(&code::FILE_UNREADABLE, path, "this cannot be read")
                .help("look at who may read it: its owner must be able to")
        };
        self.diagnostics.push(diagnostic);
    }

    /// Tells whether a symbolic link stays inside the site, and out of what is never published.
    fn link_stays(&mut self, link: &Path, path: &str) -> bool {
        let target = link.canonicalize().ok().and_then(|target| {
            target.strip_prefix(&self.real_root).ok().map(|inside| self.relative(&self.root.join(inside)))
        });
        let kept = |path: &str| path.starts_with("evidence") || path.starts_with("private");
        let message = match target {
            Some(target) if kept(&target) && !kept(path) => {
                "this link would publish what stands in `evidence/` or `private/`"
            }
            Some(_) => return true,
            None => "this link leads out of the site",
        };
        self.diagnostics.push(
            Diagnostic::new(&code::LINK_LEAVES, path, message).help("remove the link, or put a copy of the file here"),
        );
        false
    }

    fn file(&mut self, full: &Path, path: String, about: Option<&fs::Metadata>) {
        if !self.is_known(&path) {
            return;
        }
        if !is_text(&path) {
            let length = about.map_or(0, fs::Metadata::len);
            self.sources.files.insert(path, FileInfo { length });
            return;
        }
        let state = about.and_then(|about| self.seen.state(about));
        if let Some(text) = state.and_then(|state| self.seen.text(&path, state)) {
            self.sources.texts.insert(path, text);
            return;
        }
        match read_text(full) {
            Ok(text) => {
                self.seen.keep(&path, state, &text);
                self.sources.texts.insert(path, text);
            }
            Err(TextFault::TooLong) => self.diagnostics.push(
                Diagnostic::new(
                    &code::FILE_TOO_LONG,
                    path,
                    "this file is over 16 MB, more than Offprint reads as text",
                )
                .help("move pictures and documents to `files/`, and keep records and pages as plain text"),
            ),
            Err(TextFault::Unreadable(error)) => self.diagnostics.push(
                Diagnostic::new(&code::FILE_UNREADABLE, path, format!("this file cannot be read: {error}"))
                    .help("look at who may read it, and whether another program holds it"),
            ),
            Err(TextFault::Utf16) => self.diagnostics.push(
                Diagnostic::new(&code::FILE_UNREADABLE, path, "this file is saved as UTF-16, not as UTF-8")
                    .help("open it in a plain-text editor and save it with the encoding UTF-8 (in Notepad: File, Save as, Encoding)"),
            ),
            Err(TextFault::NotUtf8(span)) => self.diagnostics.push(
                Diagnostic::new(&code::FILE_UNREADABLE, path, "this file is not saved as UTF-8 text")
                    .at(span)
                    .label("a byte here is no letter")
                    .help("open it in a plain-text editor and save it with the encoding UTF-8"),
            ),
        }
    }

    /// Tells whether a file is one that Offprint uses; one that looks as if it were meant to be is reported.
    fn is_known(&mut self, path: &str) -> bool {
        let Some((folder @ ("records" | "private"), name)) = path.split_once('/') else {
            return self.is_known_page(path);
        };
        let stem = name.split('.').next().unwrap_or_default();
        let own: &[&str] = if folder == "private" { &["shares", "exhibits"] } else { &[] };
        let known = || names::RECORDS.iter().chain(own).copied();
        if name.strip_suffix(".yaml").is_some_and(|stem| known().any(|other| other == stem)) {
            return true;
        }
        let lower = name.to_lowercase();
        let yaml = [".yaml", ".yml", ".yaml.txt", ".yml.txt"].iter().any(|end| lower.ends_with(end));
        let meant = (yaml || folder == "records").then(|| names::nearest(stem, known())).flatten();
        if yaml || meant.is_some() {
            let help = match meant {
                Some(meant) => format!("did you mean `{folder}/{meant}.yaml`?"),
                None => format!(
                    "the files of `{folder}/` are {}",
                    known().map(|name| format!("{name}.yaml")).collect::<Vec<_>>().join(", ")
                ),
            };
            let message = format!("`{name}` is not a file that Offprint reads");
            self.diagnostics.push(Diagnostic::new(&code::UNKNOWN_FILE, path, message).help(help));
        }
        false
    }

    fn is_known_page(&mut self, path: &str) -> bool {
        if let Some(stem) = path
            .strip_prefix("pages/")
            .and_then(|name| name.strip_suffix(".markdown").or_else(|| name.strip_suffix(".MD")))
        {
            let message = format!("`{path}` is not read: a page's name ends in `.md`");
            self.diagnostics
                .push(Diagnostic::new(&code::UNKNOWN_FILE, path, message).help(format!("rename it to `{stem}.md`")));
            return false;
        }
        true
    }

    fn check_top(&mut self, name: &str, all: &[String]) {
        let stem = name.split('.').next().unwrap_or_default();
        let lower = name.to_lowercase();
        let folder = match lower.rsplit('.').next() {
            Some("yaml" | "yml") if names::nearest(stem, names::RECORDS.iter().copied()).is_some() => "records",
            Some("md" | "markdown") if matches!(stem, "about" | "research") || names::RECORDS.contains(&stem) => {
                "pages"
            }
            _ => "",
        };
        if !folder.is_empty() && self.root.join(name).is_file() {
            let message = format!("`{name}` is not read here: it belongs in the folder `{folder}/`");
            let end = if folder == "pages" { "md" } else { "yaml" };
            let meant = names::nearest(stem, names::RECORDS.iter().copied()).unwrap_or(stem);
            let help = format!("move it to `{folder}/{meant}.{end}`");
            self.diagnostics.push(Diagnostic::new(&code::UNKNOWN_FILE, name, message).help(help));
            return;
        }
        let Some(meant) = names::nearest(name, names::FOLDERS.iter().copied()) else { return };
        if self.root.join(name).is_dir() && !all.iter().any(|other| other == meant) {
            self.diagnostics.push(
                Diagnostic::new(&code::UNKNOWN_FILE, name, format!("`{name}/` is not a folder that Offprint reads"))
                    .help(format!("did you mean `{meant}/`?")),
            );
        }
    }
}

/// Tells whether a file is read as text, by its folder and the end of its name.
fn is_text(path: &str) -> bool {
    let (top, _) = path.split_once('/').unwrap_or((path, ""));
    let end = path.rsplit_once('.').map(|(_, end)| end.to_lowercase()).unwrap_or_default();
    match top {
        "site.yaml" => true,
        "records" | "private" => end == "yaml",
        "pages" => end == "md",
        "styles" => end == "csl",
        "overrides" | "themes" => {
            ["html", "css", "js", "yaml", "yml", "svg", "txt", "md", "json", "xml", "csl"].contains(&end.as_str())
        }
        _ => false,
    }
}

enum TextFault {
    TooLong,
    Unreadable(std::io::Error),
    Utf16,
    NotUtf8(Span),
}

fn read_text(path: &Path) -> Result<Arc<str>, TextFault> {
    let mut bytes = Vec::new();
    let file = fs::File::open(path).map_err(TextFault::Unreadable)?;
    file.take(LONGEST_TEXT + 1).read_to_end(&mut bytes).map_err(TextFault::Unreadable)?;
    if bytes.len() as u64 > LONGEST_TEXT {
        return Err(TextFault::TooLong);
    }
    text_of(&bytes)
}

/// Decodes UTF-8 without its mark; a lone carriage return, the line end of old Macs, becomes a line feed.
fn text_of(bytes: &[u8]) -> Result<Arc<str>, TextFault> {
    let nulls = bytes.iter().take(400).filter(|byte| **byte == 0).count();
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) || nulls > bytes.len().min(400) / 4 {
        return Err(TextFault::Utf16);
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) if text.contains('\r') && !text.contains('\n') => Ok(text.replace('\r', "\n").into()),
        Ok(text) => Ok(text.into()),
        Err(error) => {
            let valid = String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
            let point = Span::of_bytes(&valid, valid.len(), valid.len());
            Err(TextFault::NotUtf8(Span::new(point.line, point.column, 1)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(files: &[(&str, &[u8])]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        for (path, bytes) in files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
            fs::write(path, bytes).expect("a file");
        }
        folder
    }

    fn read(folder: &Path) -> (Sources, Vec<Diagnostic>) {
        let mut diagnostics = Diagnostics::default();
        let sources = Sources::read(&mut diagnostics, folder).expect("readable");
        (sources, diagnostics.sorted())
    }

    #[test]
    fn texts_are_read_and_other_files_are_listed() {
        let folder = site(&[
            ("site.yaml", b"\xEF\xBB\xBFformat: 1\n"),
            ("records/publications.yaml", b"[]"),
            ("records/.publications.yaml.swp", b"x"),
            ("pages/about.md", b"Hello"),
            ("pages/about.md~", b"Hello"),
            ("files/poster.pdf", b"%PDF"),
            ("overrides/assets/a.css", b"p{}"),
            ("overrides/assets/a.woff2", b"\xFF\xFF"),
            ("public/index.html", b"out"),
            (".offprint/outputs.json", b"{}"),
            ("notes/private.txt", b"-"),
        ]);
        let (sources, diagnostics) = read(folder.path());
        assert_eq!(diagnostics, []);
        let texts: Vec<_> = sources.texts.keys().map(String::as_str).collect();
        assert_eq!(texts, ["overrides/assets/a.css", "pages/about.md", "records/publications.yaml", "site.yaml"]);
        assert_eq!(sources.text("site.yaml"), Some("format: 1\n"));
        let files: Vec<_> = sources.files.keys().map(String::as_str).collect();
        assert_eq!(files, ["files/poster.pdf", "overrides/assets/a.woff2"]);
        assert_eq!(sources.files["files/poster.pdf"].length, 4);
    }

    #[test]
    fn a_file_that_was_meant_to_be_read_is_named_with_the_right_name() {
        let folder = site(&[
            ("site.yml", b""),
            ("records/publication.yaml", b""),
            ("records/awards.yml", b""),
            ("page/about.md", b""),
        ]);
        let (_, diagnostics) = read(folder.path());
        let helps: Vec<_> = diagnostics.iter().filter_map(|found| found.help.as_deref()).collect();
        assert_eq!(
            helps,
            [
                "did you mean `pages/`?",
                "did you mean `records/awards.yaml`?",
                "did you mean `records/publications.yaml`?",
                "rename `site.yml` to `site.yaml`",
            ]
        );
    }

    #[test]
    fn a_byte_that_is_no_letter_is_placed() {
        let folder = site(&[("site.yaml", b"format: 1\nperson:\n  name: Zo\xEB\n")]);
        let (_, diagnostics) = read(folder.path());
        assert_eq!(diagnostics[0].code.id, "OP101");
        assert_eq!(diagnostics[0].span, Some(Span::new(3, 11, 1)));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_that_leaves_the_site_is_an_error_and_one_inside_is_read() {
        use std::os::unix::fs::symlink;
        let outside = site(&[("secret.md", b"secret")]);
        let folder = site(&[
            ("site.yaml", b"format: 1\n"),
            ("files/a.txt", b"a"),
            ("evidence/proof.pdf", b"p"),
            ("pages/a.md", b"a"),
        ]);
        symlink(outside.path().join("secret.md"), folder.path().join("pages/b.md")).expect("link");
        symlink(outside.path(), folder.path().join("files/out")).expect("link");
        symlink(folder.path().join("pages/a.md"), folder.path().join("pages/c.md")).expect("link");
        symlink(folder.path().join("evidence/proof.pdf"), folder.path().join("files/p.pdf")).expect("link");
        symlink(folder.path().join("nothing"), folder.path().join("files/none")).expect("link");
        symlink(folder.path().join("files"), folder.path().join("files/loop")).expect("link");
        let (sources, diagnostics) = read(folder.path());
        let files: Vec<_> = diagnostics.iter().map(|found| (found.code.id, found.file.as_str())).collect();
        let id = "OP106";
        assert_eq!(
            files,
            [(id, "files/loop"), (id, "files/none"), (id, "files/out"), (id, "files/p.pdf"), (id, "pages/b.md")]
        );
        assert_eq!(sources.text("pages/c.md"), Some("a"));
        assert!(!sources.exists("files/out/secret.md"));
    }
}
