//! What a PDF carries along: comments, attached files, scripts, values of forms.

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::{CLEAN, MOST_UNPACKED, text_of, words};
use crate::diagnostic::code;
use crate::privacy::dicom::is_dicom;
use crate::privacy::trace::Trace;
use crate::privacy::xml;

/// Letters of what is named.
const LONGEST_EXCERPT: usize = 80;

/// Reports the comments on a page; what they cover is told as hidden text.
pub(super) fn comments(document: &Document, page: ObjectId, number: usize) -> Vec<Trace> {
    let mut traces = Vec::new();
    for note in annotations(document, page) {
        let kind = name(document, note, b"Subtype");
        if matches!(kind.as_str(), "Popup" | "Widget" | "FileAttachment") {
            continue;
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
        if object.as_stream().is_ok_and(is_dicom_inside) {
            let message = "has a DICOM object inside, with the patient's name and numbers";
            traces.push(Trace::new(&code::DICOM_FILE, message, "", "take the attached file out"));
        }
    }
    if opens_an_address(document) {
        let message = "leads to an address as soon as it is opened";
        traces.push(Trace::new(&code::DOCUMENT_SCRIPT, message, path, CLEAN));
    }
    traces
}

/// Tells whether a PDF leads elsewhere when it is opened.
pub(super) fn opens_an_address(document: &Document) -> bool {
    let action = document.catalog().and_then(|catalog| catalog.get_deref(b"OpenAction", document));
    let action = action.and_then(Object::as_dict);
    action.is_ok_and(|action| matches!(name(document, action, b"S").as_str(), "URI" | "GoToR" | "GoToE"))
}

/// Tells whether a stream is a DICOM object; of what is no attached file, only by its mark.
fn is_dicom_inside(stream: &Stream) -> bool {
    let is = |key: &[u8], name: &[u8]| stream.dict.get(key).and_then(Object::as_name).is_ok_and(|found| found == name);
    let is_file = is(b"Type", b"EmbeddedFile");
    let is_packed = !stream.filters().unwrap_or_default().is_empty() && !is(b"Subtype", b"Image");
    let has_mark = |bytes: &[u8]| bytes.get(128..132) == Some(b"DICM");
    let has_dicom = |bytes: &[u8]| if is_file { is_dicom(bytes) } else { has_mark(bytes) };
    has_dicom(&stream.content)
        || (is_packed && stream.get_plain_content_with_limit(MOST_UNPACKED).is_ok_and(|bytes| has_dicom(&bytes)))
}

fn dictionary(document: &Document, dict: &Dictionary, path: &str, traces: &mut Vec<Trace>) {
    if dict.has(b"EF") {
        let written = [string(document, dict, b"UF"), string(document, dict, b"F")];
        let name = written.into_iter().find(|name| !name.trim().is_empty()).unwrap_or_else(|| path.to_owned());
        let message = format!("has a file attached: `{}`", short(&name));
        traces.push(Trace::new(&code::DOCUMENT_ATTACHMENT, message, &name, CLEAN));
    }
    if dict.has(b"Thumb") {
        let message = "keeps a small picture of a page, which may show what was taken out since";
        traces.push(Trace::new(&code::DOCUMENT_PROPERTIES, message, path, CLEAN));
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
