//! The files that are published as they are, looked through by content, whatever they are called.

use std::collections::BTreeMap;
use std::panic::{self, AssertUnwindSafe};

use rayon::prelude::*;

use super::allow::Allows;
use super::limit::shorten;
use super::trace::Trace;
use super::{archive, packed, page, pdf, plain, svg};
use crate::diagnostic::{Diagnostics, code};
use crate::portfolio::Portfolio;
use crate::source::{Sources, cache};

/// The longest file that is looked through, in bytes.
const LONGEST: u64 = 256 * 1024 * 1024;
/// Longer files are read one at a time, so that a few of them take no more memory than one.
const LONG: u64 = 16 * 1024 * 1024;
/// Bytes that tell what a file is.
const HEAD: u64 = 1024;

/// What the published files hold beside what they show.
#[derive(Debug, Default)]
pub struct Survey {
    traces: BTreeMap<String, Vec<Trace>>,
}

/// What a file is, as far as it is looked through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    Pdf,
    Zip,
    Gzip,
    Tar,
    /// An archive that is not looked into: the name of its format.
    Packed(&'static str),
    /// Moving pictures and sound, which are published as they are.
    Film,
    /// Office documents before 2007.
    Ole,
    Svg,
    Text,
    Other,
}

impl Survey {
    /// Looks through the files of `files/`; what was looked through before is taken from the cache.
    pub fn of(sources: &Sources) -> Self {
        let paths: Vec<_> = sources.published_files().collect();
        let is_long = |path: &&str| sources.files.get(*path).is_some_and(|file| file.length > LONG);
        let (long, short): (Vec<_>, Vec<_>) = paths.into_iter().partition(is_long);
        let looked = |path: &str| {
            let traces = look(sources, path);
            (!traces.is_empty()).then(|| (path.to_owned(), traces))
        };
        let mut traces: BTreeMap<_, _> = short.into_par_iter().filter_map(looked).collect();
        traces.extend(long.into_iter().filter_map(looked));
        Self { traces }
    }

    /// Reports what the owner does not allow.
    pub(super) fn report(&self, diagnostics: &mut Diagnostics, portfolio: &Portfolio, allows: &Allows) {
        let owner = names(portfolio);
        for (path, traces) in &self.traces {
            diagnostics.extend(shorten(traces.iter().filter_map(|trace| trace.judged(path, allows, &owner))));
        }
    }
}

/// Returns in words what a file holds beside what it shows, as the check would name it.
pub fn held(path: &str, bytes: &[u8]) -> Vec<String> {
    let kind = content(path, &bytes[..bytes.len().min(1024)]);
    guarded(path, || traces(path, kind, bytes)).iter().map(|trace| trace.words(path)).collect()
}

/// The owner's name in the forms in which programs write it.
fn names(portfolio: &Portfolio) -> Vec<String> {
    let owner = &portfolio.owner;
    let mut names = vec![owner.display_name.clone()];
    names.extend(owner.name_native.clone());
    for name in std::iter::once(&owner.name).chain(&owner.name_variants) {
        let family = format!("{} {}", name.particle, name.family);
        names.push(format!("{} {family}", name.given));
        names.push(format!("{family} {}", name.given));
    }
    names
}

/// Looks through one file of the site, of which only what is looked through is read.
fn look(sources: &Sources, path: &str) -> Vec<Trace> {
    let Ok(head) = sources.read_head(path, HEAD) else { return Vec::new() };
    let content = match content(path, &head) {
        // A program that unpacks itself is an archive all the same; pictures are not looked through here.
        Content::Other if !sources.read_tail(path, archive::TAIL).is_ok_and(|tail| archive::may_end(&tail)) => {
            return Vec::new();
        }
        // A packed drawing is never published.
        Content::Gzip if is_packed_drawing(path) => return Vec::new(),
        // What they hold is not looked into.
        kind @ (Content::Packed(_) | Content::Film | Content::Ole) => return traces(path, kind, &head),
        content => content,
    };
    let Some((bytes, is_cut)) = bytes(sources, path, content) else { return Vec::new() };
    if is_cut && content != Content::Text {
        return vec![unread("is too long to be looked through", path)];
    }
    if content == Content::Other && !archive::ends(&bytes) {
        return Vec::new();
    }
    let content = if content == Content::Other { Content::Zip } else { content };
    let key = format!("privacy {} {} {path}", cache::program(), blake3::hash(&bytes));
    let make = || serde_json::to_vec(&guarded(path, || traces(path, content, &bytes))).ok();
    let kept = sources.cached(&blake3::hash(key.as_bytes()), make);
    let mut found: Vec<_> = kept.and_then(|kept| serde_json::from_slice(&kept).ok()).unwrap_or_default();
    if is_cut {
        found.push(unread("is longer than 8 MB, and only its beginning was searched", path));
    }
    found
}

/// Tells by its name whether a packed file is a drawing.
pub fn is_packed_drawing(path: &str) -> bool {
    let name = path.to_ascii_lowercase();
    [".svgz", ".svg", ".svg.gz"].iter().any(|end| name.ends_with(end))
}

/// Reads as much of a file as is looked through, and tells whether more stands in it; nothing when it
/// cannot be read, which is said where it is published.
fn bytes(sources: &Sources, path: &str, content: Content) -> Option<(Vec<u8>, bool)> {
    let limit = if content == Content::Text { plain::LONGEST } else { LONGEST };
    let is_longer = sources.files.get(path).is_some_and(|file| file.length > limit);
    if is_longer && content != Content::Text {
        return Some((Vec::new(), true));
    }
    let mut bytes = sources.read_head(path, limit + 1).ok()?;
    let is_cut = bytes.len() as u64 > limit;
    bytes.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Some((bytes, is_cut))
}

/// A panic in a reader of other people's files is a file that cannot be looked through.
fn guarded(path: &str, look: impl FnOnce() -> Vec<Trace>) -> Vec<Trace> {
    let found = panic::catch_unwind(AssertUnwindSafe(look));
    found.unwrap_or_else(|_| vec![unread("cannot be looked through", path)])
}

/// Looks through a file; `path` is its name, also inside an archive.
pub(super) fn traces(path: &str, content: Content, bytes: &[u8]) -> Vec<Trace> {
    match content {
        Content::Pdf => {
            let mut found = pdf::traces(path, bytes);
            // A file may be a PDF from its beginning and an archive from its end.
            if archive::ends(bytes) {
                found.extend(archive::traces(path, Content::Zip, bytes));
            }
            found
        }
        Content::Zip | Content::Gzip | Content::Tar => archive::traces(path, content, bytes),
        Content::Packed(format) => {
            vec![unread(&format!("is an archive of the kind {format}, which is not looked into"), path)]
        }
        Content::Film => {
            vec![unread("is a film or a recording, published as it is with what the device wrote into it", path)]
        }
        Content::Svg => svg::traces(path, bytes, true),
        Content::Text => {
            let mut traces = plain::traces(path, bytes, "", true);
            traces.extend(page::trace(path, bytes));
            traces
        }
        Content::Ole => vec![Trace::new(
            &code::OFFICE_DOCUMENT,
            "is an Office document, which is published as it is: with its author, comments and earlier words",
            path,
            "export it as PDF and publish that",
        )],
        Content::Other => Vec::new(),
    }
}

/// What could not be looked through, and why.
pub(super) fn unread(why: &str, path: &str) -> Trace {
    Trace::new(
        &code::FILE_UNCHECKED,
        format!("{why}, so nobody can tell what it holds"),
        path,
        "look through it yourself, or export it anew",
    )
}

/// Tells what a file is from its head and, for what has none, its name.
pub(super) fn content(path: &str, head: &[u8]) -> Content {
    let name = path.to_ascii_lowercase();
    let ends = |ends: &[&str]| ends.iter().any(|end| name.ends_with(end));
    if head.windows(5).any(|part| part == b"%PDF-") || ends(&[".pdf"]) {
        return Content::Pdf;
    }
    match head {
        [b'P', b'K', 3 | 5, 4 | 6, ..] => Content::Zip,
        [0xD0, 0xCF, 0x11, 0xE0, ..] => Content::Ole,
        [0x1F, 0x8B, 8, ..] => Content::Gzip,
        [b'7', b'z', 0xBC, 0xAF, ..] => Content::Packed("7z"),
        [b'R', b'a', b'r', b'!', 0x1A, 7, ..] => Content::Packed("RAR"),
        [0xFD, b'7', b'z', b'X', b'Z', 0, ..] => Content::Packed("xz"),
        [b'B', b'Z', b'h', b'1'..=b'9', 0x31, 0x41, ..] => Content::Packed("bzip2"),
        [0x28, 0xB5, 0x2F, 0xFD, ..] => Content::Packed("zstd"),
        _ if packed::is_tar(head) => Content::Tar,
        [0x1A, 0x45, 0xDF, 0xA3, ..]
        | [b'R', b'I', b'F', b'F', _, _, _, _, b'A', b'V', b'I', b' ', ..]
        | [_, _, _, _, b'f', b't', b'y', b'p', b'm', b'p', b'4', ..]
        | [_, _, _, _, b'f', b't', b'y', b'p', b'i' | b'q' | b'M', b's' | b't' | b'4', ..] => Content::Film,
        _ if ends(&[".mp4", ".mov", ".m4v", ".m4a", ".avi", ".webm", ".mkv", ".mpg", ".mpeg", ".wmv", ".mp3"]) => {
            Content::Film
        }
        _ if ends(&[".svg"]) || svg::is_drawing(head) => Content::Svg,
        _ if ends(&[
            ".txt", ".csv", ".tsv", ".md", ".html", ".htm", ".xhtml", ".js", ".json", ".xml", ".tex", ".bib", ".ris",
            ".vtt", ".srt", ".ipynb", ".rtf", ".log",
        ]) =>
        {
            Content::Text
        }
        _ if plain::is_text(head) => Content::Text,
        _ => Content::Other,
    }
}
