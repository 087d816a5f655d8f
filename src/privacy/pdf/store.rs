//! What a PDF carries along: comments, attached files, scripts, values of forms.

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::area::Area;
use super::colour::{self, is_dark};
use super::page::{Page, Shown};
use super::{CLEAN, MOST_UNPACKED, text_of, words};
use crate::diagnostic::code;
use crate::privacy::dicom::is_dicom;
use crate::privacy::trace::Trace;
use crate::privacy::xml;

/// Letters of what is named.
const LONGEST_EXCERPT: usize = 80;

/// Reports the comments on a page, and boxes that are laid over its text.
/// `budget` is what looking for that text may still cost.
pub(super) fn comments(
    document: &Document,
    page: ObjectId,
    number: usize,
    drawn: &Page,
    budget: &mut usize,
) -> Vec<Trace> {
    let mut traces = Vec::new();
    let mut lines = None;
    for note in annotations(document, page) {
        let kind = name(document, note, b"Subtype");
        if matches!(kind.as_str(), "Popup" | "Widget" | "FileAttachment") {
            continue;
        }
        let inside = note.get_deref(b"IC", document).and_then(Object::as_array).ok().map(|ink| colour::of(ink));
        if kind == "Redact" || (matches!(kind.as_str(), "Square" | "Polygon") && inside.is_some_and(is_dark)) {
            let area = note.get_deref(b"Rect", document).ok().and_then(|rect| Area::read(document, rect));
            let lines = lines.get_or_insert_with(|| ByHeight::new(drawn));
            let under = area.map(|area| lines.under(&area, budget)).unwrap_or_default();
            let message = format!("has text on page {number} under a box that only covers it: `{under}`");
            if !under.is_empty() {
                traces.push(Trace::new(&code::DOCUMENT_COVERED, message, &under, CLEAN));
                continue;
            }
        }
        let says = string(document, note, b"Contents");
        let author = string(document, note, b"T");
        if kind != "Link" && !(says.trim().is_empty() && author.trim().is_empty()) {
            let by = if author.trim().is_empty() { String::new() } else { format!(" by `{}`", short(&author)) };
            let message = format!("has a comment on page {number}{by}: `{}`", short(&says));
            let text = if says.trim().is_empty() { &author } else { &says };
            traces.push(Trace::new(&code::DOCUMENT_COMMENT, message, text, CLEAN));
        }
    }
    traces
}

/// Reports attached files, scripts and values of forms.
pub(super) fn traces(document: &Document, path: &str) -> Vec<Trace> {
    let mut traces = Vec::new();
    for object in document.objects.values() {
        let Some(dict) = object.as_dict().ok().or_else(|| object.as_stream().ok().map(|stream| &stream.dict)) else {
            continue;
        };
        each_dict(dict, 0, &mut |dict| dictionary(document, dict, path, &mut traces));
        let is_file = dict.get(b"Type").and_then(Object::as_name).is_ok_and(|kind| kind == b"EmbeddedFile");
        if let (true, Ok(stream)) = (is_file, object.as_stream())
            && stream.get_plain_content_with_limit(MOST_UNPACKED).is_ok_and(|bytes| is_dicom(&bytes))
        {
            let help = "take the attached file out";
            traces.push(Trace::new(
                &code::DICOM_FILE,
                "has a DICOM object attached, with the patient's name and numbers inside",
                "",
                help,
            ));
        }
    }
    traces
}

fn dictionary(document: &Document, dict: &Dictionary, path: &str, traces: &mut Vec<Trace>) {
    if dict.has(b"EF") {
        let written = [string(document, dict, b"UF"), string(document, dict, b"F")];
        let name = written.into_iter().find(|name| !name.trim().is_empty()).unwrap_or_else(|| path.to_owned());
        let message = format!("has a file attached: `{}`", short(&name));
        traces.push(Trace::new(&code::DOCUMENT_ATTACHMENT, message, &name, CLEAN));
    }
    let action = name(document, dict, b"S");
    if dict.has(b"JS") || matches!(action.as_str(), "JavaScript" | "Launch" | "ImportData" | "SubmitForm") {
        let message =
            if action == "Launch" { "starts a program when it is opened" } else { "runs a script when it is opened" };
        traces.push(Trace::new(&code::DOCUMENT_SCRIPT, message, path, CLEAN));
    }
    let is_field = dict.has(b"FT") || (dict.has(b"T") && dict.has(b"V") && !dict.has(b"Contents"));
    let value = [&b"V"[..], b"RV", b"DV"].iter().map(|key| field(document, dict, key)).find(|value| !value.is_empty());
    if let Some(value) = value.filter(|_| is_field) {
        let message =
            format!("has a form, whose field `{}` holds `{}`", short(&string(document, dict, b"T")), short(&value));
        traces.push(Trace::new(&code::DOCUMENT_COMMENT, message, &value, CLEAN));
        traces.extend(words::told(&value, words::whereabouts(b"V")));
    }
    if let Ok(form) = dict.get_deref(b"XFA", document) {
        let value = values_of_xfa(document, form);
        let holds = if value.is_empty() { String::new() } else { format!(", which holds `{}`", short(&value)) };
        let message = format!("has a form of the kind XFA beside its pages{holds}");
        traces.push(Trace::new(&code::DOCUMENT_COMMENT, message, &value, CLEAN));
        traces.extend(words::told(&value, words::whereabouts(b"V")));
    }
}

/// The value of a field: a text, some of a list, or a long text in a stream of its own.
fn field(document: &Document, dict: &Dictionary, key: &[u8]) -> String {
    let text = match dict.get_deref(key, document) {
        Ok(Object::String(bytes, _)) => text_of(bytes),
        Ok(Object::Array(values)) => {
            let values = values.iter().filter_map(|value| document.dereference(value).ok()?.1.as_str().ok());
            values.map(text_of).collect::<Vec<_>>().join(", ")
        }
        Ok(Object::Stream(stream)) => {
            stream.get_plain_content_with_limit(MOST_UNPACKED).map(|bytes| text_of(&bytes)).unwrap_or_default()
        }
        _ => String::new(),
    };
    text.trim().to_owned()
}

/// The words of a form in XML: its data where they stand apart, else all.
fn values_of_xfa(document: &Document, form: &Object) -> String {
    let one = std::slice::from_ref(form);
    let parts = form.as_array().map_or(one, Vec::as_slice);
    let packets = parts.iter().filter_map(|part| {
        let stream = document.dereference(part).ok()?.1.as_stream().ok()?;
        stream.get_plain_content_with_limit(MOST_UNPACKED).ok()
    });
    let mut all = packets.collect::<Vec<_>>();
    if let Some(data) = all.iter().position(|packet| packet.windows(8).any(|part| part == b"datasets")) {
        all = vec![all.swap_remove(data)];
    }
    let values = all.iter().flat_map(|packet| xml::texts(packet)).map(|(_, value)| value);
    values.collect::<Vec<_>>().join(" ")
}

/// Does something with a dictionary and all that stand in it.
pub(super) fn each_dict<'d>(dict: &'d Dictionary, depth: usize, visit: &mut dyn FnMut(&'d Dictionary)) {
    visit(dict);
    for (_, value) in dict {
        each_object(value, depth + 1, visit);
    }
}

fn each_object<'d>(object: &'d Object, depth: usize, visit: &mut dyn FnMut(&'d Dictionary)) {
    if depth > 64 {
        return;
    }
    match object {
        Object::Dictionary(dict) => each_dict(dict, depth, visit),
        Object::Array(items) => items.iter().for_each(|item| each_object(item, depth + 1, visit)),
        _ => {}
    }
}

/// The annotations of a page.
pub(super) fn annotations(document: &Document, page: ObjectId) -> Vec<&Dictionary> {
    let list =
        document.get_dictionary(page).and_then(|page| page.get_deref(b"Annots", document)).and_then(Object::as_array);
    let notes = list.into_iter().flatten().filter_map(|note| document.dereference(note).ok()?.1.as_dict().ok());
    notes.collect()
}

/// The texts of a page by the height at which they stand.
struct ByHeight<'p> {
    lines: Vec<&'p Shown>,
    tallest: f64,
}

impl<'p> ByHeight<'p> {
    fn new(page: &'p Page) -> Self {
        let mut lines: Vec<_> = page.shown.iter().collect();
        // In one height they stay as they are drawn.
        lines.sort_by(|a, b| a.area.bottom.total_cmp(&b.area.bottom));
        let tallest = lines.iter().map(|line| line.area.height()).fold(0.0, f64::max);
        Self { lines, tallest }
    }

    /// The text under an area, as far as it is told.
    fn under(&self, area: &Area, budget: &mut usize) -> String {
        let first = self.lines.partition_point(|line| line.area.bottom < area.bottom - self.tallest);
        let mut found = Vec::new();
        let mut length = 0;
        for line in self.lines[first..].iter().take_while(|line| line.area.bottom <= area.top) {
            if *budget == 0 || length > LONGEST_EXCERPT {
                break;
            }
            *budget -= 1;
            let (x, y) = line.area.centre();
            if !(area.bottom..=area.top).contains(&y) {
                continue;
            }
            let covered = line.letters.within(std::slice::from_ref(area));
            let words = match covered.as_slice() {
                [] if area.has((x, y)) => line.text.trim().to_owned(),
                covered => {
                    let mut covered = covered.iter().peekable();
                    let letters = line.text.chars().enumerate().filter(|(at, _)| covered.next_if_eq(&at).is_some());
                    letters.map(|(_, letter)| letter).collect::<String>().trim().to_owned()
                }
            };
            if !words.is_empty() {
                length += words.len() + 1;
                found.push((line.order, words));
            }
        }
        found.sort_by_key(|(order, _)| *order);
        short(&found.into_iter().map(|(_, words)| words).collect::<Vec<_>>().join(" "))
    }
}

pub(super) fn name(document: &Document, dict: &Dictionary, key: &[u8]) -> String {
    let name = dict.get_deref(key, document).and_then(Object::as_name).unwrap_or_default();
    String::from_utf8_lossy(name).into_owned()
}

fn string(document: &Document, dict: &Dictionary, key: &[u8]) -> String {
    match dict.get_deref(key, document) {
        Ok(Object::String(bytes, _)) => text_of(bytes),
        _ => String::new(),
    }
}

fn short(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(LONGEST_EXCERPT).collect()
}

/// The JPEG of a picture, whatever it is packed in.
pub(super) fn photograph(stream: &Stream) -> Option<Vec<u8>> {
    let filters = stream.filters().ok()?;
    let (last, packed) = filters.split_last()?;
    let is_picture = stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|kind| kind == b"Image");
    if !is_picture || !matches!(*last, b"DCTDecode" | b"DCT") {
        return None;
    }
    if packed.is_empty() {
        return Some(stream.content.clone());
    }
    let mut outer = Dictionary::new();
    outer.set("Filter", packed.iter().map(|filter| Object::Name(filter.to_vec())).collect::<Vec<_>>());
    Stream::new(outer, stream.content.clone()).get_plain_content_with_limit(MOST_UNPACKED).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::privacy::pdf::{layers::Layers, page};

    /// How many texts are looked at for boxes over each of many lines.
    fn looks(lines: usize) -> usize {
        let mut document = Document::with_version("1.7");
        let content: String =
            (0..lines).map(|line| format!("BT /F 1 Tf 9 {} Td (word {line}) Tj ET\n", line * 2)).collect();
        let content = document.add_object(Stream::new(Dictionary::new(), content.into_bytes()));
        let boxes: Vec<Object> = (0..lines)
            .map(|line| {
                let height = i64::try_from(line * 2).expect("small");
                let area = vec![9.into(), (height - 1).into(), 30.into(), (height + 1).into()];
                lopdf::dictionary! { "Subtype" => "Redact", "Rect" => area }.into()
            })
            .collect();
        let page =
            document.add_object(lopdf::dictionary! { "Type" => "Page", "Contents" => content, "Annots" => boxes });
        let drawn = page::read(&document, &Layers::default(), page, &mut page::MOST_OPERATORS.clone());
        let mut budget = usize::MAX;
        let traces = comments(&document, page, 1, &drawn, &mut budget);
        assert_eq!(traces.len(), lines, "each box covers its line");
        usize::MAX - budget
    }

    #[test]
    fn looking_under_boxes_takes_time_that_grows_with_their_number() {
        let (some, many) = (looks(500), looks(2_000));
        assert!(many <= some * 5, "{some}, then {many}");
    }
}
