//! Archives and the Office documents that are archives: published as they are, so what they hold is named.

use std::io::{Cursor, Read};

use super::dicom::is_dicom;
use super::survey::{self, Content, unread};
use super::trace::Trace;
use super::{image, pdf};
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
pub(super) fn traces(path: &str, bytes: &[u8]) -> Vec<Trace> {
    let mut left = MOST_BYTES;
    let mut traces = Vec::new();
    look(path, bytes, 0, &mut left, &mut traces);
    traces
}

fn look(path: &str, bytes: &[u8], depth: usize, left: &mut u64, traces: &mut Vec<Trace>) {
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(bytes)) else {
        traces.push(unread("is a damaged archive", path));
        return;
    };
    let is_office =
        archive.index_for_name("[Content_Types].xml").is_some() || archive.index_for_name("mimetype").is_some();
    let mut office = Office::default();
    for at in 0..archive.len() {
        if at >= MOST_ENTRIES || *left == 0 {
            traces.push(unread("holds more than can be looked through", path));
            break;
        }
        let Ok(mut entry) = archive.by_index(at) else {
            traces.push(unread("holds something that is locked or damaged", path));
            continue;
        };
        let name = String::from_utf8_lossy(entry.name_raw()).into_owned();
        if entry.is_dir() {
            continue;
        }
        let mut content = Vec::new();
        let limit = LONGEST_ENTRY.min(*left);
        let read = entry.by_ref().take(limit).read_to_end(&mut content);
        *left -= content.len() as u64;
        if read.is_err() || content.len() as u64 == limit {
            traces.push(unread("holds something that is damaged or too long", path));
        }
        if is_dicom(&content) {
            let message = "is a DICOM object, with the patient's name and numbers inside";
            let help = "export the picture as JPEG or PNG without the overlay, and keep the original outside `files/`";
            traces.push(Trace::new(&code::DICOM_FILE, message, "", help).inside(&name));
            continue;
        }
        if is_office {
            office.read(&name, &content);
        }
        let kind = survey::content(&name, &content[..content.len().min(1024)]);
        match kind {
            Content::Zip if depth < DEEPEST => look(&name, &content, depth + 1, left, traces),
            Content::Zip => traces.push(unread("holds archives within archives", path)),
            Content::Pdf => traces.extend(pdf::traces(&name, &content).into_iter().map(|trace| trace.inside(&name))),
            Content::Text if !is_office => {
                traces.extend(Trace::identifiers(&String::from_utf8_lossy(&content), &format!(" in `{name}`"), false));
            }
            _ if !is_office && image::has_metadata(&content) => {
                let help = "take the picture out; pictures that stand in `files/` themselves are cleaned";
                traces.push(
                    Trace::new(&code::OFFICE_DOCUMENT, "has hidden data of the camera", &name, help).inside(&name),
                );
            }
            _ => {}
        }
        if !is_office {
            traces.extend(Trace::identifiers(&name, " as a name inside", false));
        }
    }
    if is_office {
        traces.push(office.trace(path));
        traces.extend(office.identifiers());
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
