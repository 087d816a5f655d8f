//! Archives and the Office documents that are archives: published as they are, so what they hold is named.

use std::io::{Cursor, Read};

use super::dicom::is_dicom;
use super::survey::{self, Content, unread};
use super::trace::Trace;
use super::{image, packed, plain, svg, volume};
use crate::diagnostic::code;

/// Entries that are looked through.
const MOST_ENTRIES: usize = 5_000;
/// Bytes to which an entry may unpack.
const LONGEST_ENTRY: u64 = 64 * 1024 * 1024;
/// Bytes to which all entries together may.
const MOST_BYTES: u64 = 512 * 1024 * 1024;
/// Archives within archives.
const DEEPEST: usize = 3;

/// Looks through an archive.
pub(super) fn traces(path: &str, kind: Content, bytes: &[u8]) -> Vec<Trace> {
    let mut search = Search { path, left: MOST_BYTES, traces: Vec::new() };
    search.look(path, kind, bytes, 0);
    search.traces
}

/// Bytes at the end of a zip archive that tell that it is one: the last record, with the longest comment.
pub(super) const TAIL: u64 = 22 + 65_535;

/// Tells from its last bytes whether a file may be a zip archive.
pub(super) fn may_end(tail: &[u8]) -> bool {
    tail.windows(4).any(|part| part == b"PK\x05\x06")
}

/// Tells whether a file ends as a zip archive does, whatever stands before.
pub(super) fn ends(bytes: &[u8]) -> bool {
    let tail = usize::try_from(TAIL).unwrap_or(usize::MAX);
    may_end(&bytes[bytes.len().saturating_sub(tail)..])
        && zip::ZipArchive::new(Cursor::new(bytes)).is_ok_and(|archive| !archive.is_empty())
}

struct Search<'p> {
    path: &'p str,
    /// Bytes that may still be unpacked.
    left: u64,
    traces: Vec<Trace>,
}

impl Search<'_> {
    fn look(&mut self, name: &str, kind: Content, bytes: &[u8], depth: usize) {
        match kind {
            Content::Gzip => self.gzip(name, bytes, depth),
            Content::Tar => self.tar(bytes, depth),
            _ => self.zip(name, bytes, depth),
        }
    }

    fn unread(&mut self, why: &str) {
        self.traces.push(unread(why, self.path));
    }

    fn gzip(&mut self, name: &str, bytes: &[u8], depth: usize) {
        let limit = LONGEST_ENTRY.min(self.left);
        let Some(content) = packed::unpacked(bytes, limit) else {
            self.unread("is a damaged archive");
            return;
        };
        self.left -= content.len() as u64;
        if content.len() as u64 == limit {
            self.unread("holds something that is damaged or too long");
        }
        let inner = name.strip_suffix(".gz").unwrap_or(name);
        let inner = match inner.rsplit_once('.') {
            Some((stem, "tgz")) => format!("{stem}.tar"),
            Some((stem, "svgz")) => format!("{stem}.svg"),
            _ => inner.to_owned(),
        };
        self.entry(&inner, &content, depth);
    }

    fn tar(&mut self, bytes: &[u8], depth: usize) {
        let (entries, is_whole) = packed::entries(bytes);
        if !is_whole || entries.len() > MOST_ENTRIES {
            self.unread("holds something that is damaged or too long");
        }
        for (name, content) in entries.into_iter().take(MOST_ENTRIES) {
            self.entry(&name, content, depth);
            self.traces.extend(Trace::identifiers(&name, " as a name inside", false));
        }
    }

    fn zip(&mut self, path: &str, bytes: &[u8], depth: usize) {
        let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(bytes)) else {
            self.traces.push(unread("is a damaged archive", path));
            return;
        };
        let is_office =
            archive.index_for_name("[Content_Types].xml").is_some() || archive.index_for_name("mimetype").is_some();
        let mut office = Office::default();
        for at in 0..archive.len() {
            if at >= MOST_ENTRIES || self.left == 0 {
                self.unread("holds more than can be looked through");
                break;
            }
            let Ok(mut entry) = archive.by_index(at) else {
                self.unread("holds something that is locked or damaged");
                continue;
            };
            let name = String::from_utf8_lossy(entry.name_raw()).into_owned();
            if entry.is_dir() {
                continue;
            }
            let mut content = Vec::new();
            let limit = LONGEST_ENTRY.min(self.left);
            let read = entry.by_ref().take(limit).read_to_end(&mut content);
            self.left -= content.len() as u64;
            if read.is_err() || content.len() as u64 == limit {
                self.unread("holds something that is damaged or too long");
            }
            if is_office && !is_dicom(&content) {
                office.read(&name, &content);
                self.packed(&name, &content, depth);
                continue;
            }
            self.entry(&name, &content, depth);
            self.traces.extend(Trace::identifiers(&name, " as a name inside", false));
        }
        if is_office {
            self.traces.push(office.trace(path));
            self.traces.extend(office.identifiers());
        }
    }

    /// Looks through archives and documents inside; tells whether it was one.
    fn packed(&mut self, name: &str, content: &[u8], depth: usize) -> bool {
        let kind = survey::content(name, &content[..content.len().min(1024)]);
        match kind {
            Content::Zip | Content::Gzip | Content::Tar if depth < DEEPEST => self.look(name, kind, content, depth + 1),
            Content::Zip | Content::Gzip | Content::Tar => self.unread("holds archives within archives"),
            Content::Packed(_) | Content::Film | Content::Pdf => {
                self.traces.extend(survey::traces(name, kind, content).into_iter().map(|trace| trace.inside(name)));
            }
            Content::Other if ends(content) && depth < DEEPEST => self.look(name, Content::Zip, content, depth + 1),
            _ => return false,
        }
        true
    }

    fn entry(&mut self, name: &str, content: &[u8], depth: usize) {
        if is_dicom(content) {
            let message = "is a DICOM object, with the patient's name and numbers inside";
            let help = "export the picture as JPEG or PNG without the overlay, and keep the original outside `files/`";
            self.traces.push(Trace::new(&code::DICOM_FILE, message, "", help).inside(name));
            return;
        }
        if let Some(format) = volume::format(content) {
            self.traces.push(Trace::new(&code::DICOM_FILE, volume::message(format), "", volume::HELP).inside(name));
            return;
        }
        if self.packed(name, content, depth) {
            return;
        }
        let kind = survey::content(name, &content[..content.len().min(1024)]);
        if kind == Content::Text {
            self.traces.extend(plain::traces(name, content, &format!(" in `{name}`"), false));
        }
        if kind == Content::Svg {
            self.traces.extend(svg::traces(name, content, false).into_iter().map(|trace| trace.inside(name)));
        }
        if image::has_metadata(content) || (kind == Content::Svg && svg::holds_more(content)) {
            let help = "take the picture out; pictures that stand in `files/` themselves are cleaned";
            let message = if kind == Content::Svg { "has hidden words" } else { "has hidden data of the camera" };
            self.traces.push(Trace::new(&code::OFFICE_DOCUMENT, message, name, help).inside(name));
        }
    }
}

/// What an Office document (ISO/IEC 29500, or OpenDocument) holds beside its pages.
#[derive(Debug, Default)]
struct Office {
    held: Vec<String>,
    photographs: usize,
    notes: usize,
    comments: usize,
    text: String,
}

/// Properties that name a person or a place of work.
const PROPERTIES: [&str; 12] = [
    "creator",
    "lastModifiedBy",
    "title",
    "subject",
    "description",
    "keywords",
    "category",
    "Company",
    "Manager",
    "initial-creator",
    "contentStatus",
    "printed-by",
];
/// Programs put these there.
const NOTHING: [&str; 4] = ["PowerPoint Presentation", "Microsoft Office User", "Untitled", "python-docx"];

impl Office {
    fn read(&mut self, name: &str, content: &[u8]) {
        let is_in = |folder: &str| name.starts_with(folder);
        if matches!(name, "docProps/core.xml" | "docProps/app.xml" | "docProps/custom.xml" | "meta.xml") {
            for (property, value) in super::xml::texts(content) {
                if PROPERTIES.contains(&property.as_str()) && !NOTHING.contains(&value.as_str()) {
                    self.held.push(format!("{property} `{value}`"));
                }
            }
        } else if image::has_metadata(content) {
            self.photographs += 1;
        } else if is_in("ppt/notesSlides/") && name.ends_with(".xml") {
            self.notes += 1;
            self.text(content);
        } else if name.contains("comments") && name.ends_with(".xml") {
            self.comments += 1;
            self.text(content);
        } else if name == "content.xml"
            || ["word/", "ppt/slides/", "xl/sharedStrings"].into_iter().any(is_in) && name.ends_with(".xml")
        {
            self.text(content);
            let says = |needle: &[u8]| content.windows(needle.len()).any(|part| part == needle);
            if says(b"<w:del ") || says(b"<w:ins ") || says(b"text:tracked-changes") {
                self.held.push("tracked changes".to_owned());
            }
            if says(b"show=\"0\"") {
                self.held.push("hidden slides".to_owned());
            }
        } else if name.contains("vbaProject") {
            self.held.push("macros".to_owned());
        }
    }

    fn text(&mut self, content: &[u8]) {
        let text = String::from_utf8_lossy(content);
        let mut in_tag = false;
        for part in text.split_inclusive(['<', '>']) {
            let (words, mark) = part.split_at(part.len() - usize::from(part.ends_with(['<', '>'])));
            if !in_tag {
                self.text.push_str(words);
            } else if words.starts_with("/w:p")
                || words.starts_with("/a:p")
                || words.starts_with("/text:p")
                || words.starts_with("/si")
            {
                self.text.push_str("\n\n");
            }
            in_tag = if mark.is_empty() { in_tag } else { mark == "<" };
        }
        self.text.push_str("\n\n");
    }

    fn trace(&self, path: &str) -> Trace {
        let mut held = self.held.clone();
        let mut count = |number: usize, one: &str, more: &str| {
            if number > 0 {
                held.push(format!("{number} {}", if number == 1 { one } else { more }));
            }
        };
        count(self.notes, "slide with notes", "slides with notes");
        count(self.comments, "part with comments", "parts with comments");
        count(self.photographs, "picture with hidden data of the camera", "pictures with hidden data of the camera");
        held.dedup();
        let what = if held.is_empty() { String::new() } else { format!(": {}", held.join(", ")) };
        let message = format!("is an Office document, which is published as it is, with all that it holds{what}");
        Trace::new(&code::OFFICE_DOCUMENT, message, path, "export it as PDF and publish that")
    }

    fn identifiers(&self) -> Vec<Trace> {
        Trace::identifiers(&self.text, "", false)
    }
}
