//! A copy of a PDF without what it holds beside what it shows.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::store::{name, photograph};
use super::{apart, load, page, properties};
use crate::privacy::image;

/// Keys that lead to what is carried along, wherever they stand.
const CARRIED: [&[u8]; 10] =
    [b"Metadata", b"PieceInfo", b"AF", b"EF", b"JS", b"AA", b"XFA", b"Thumb", b"LastModified", b"SpiderInfo"];
/// Actions that do something to the reader's computer.
const ACTIONS: [&str; 5] = ["JavaScript", "Launch", "ImportData", "SubmitForm", "RichMediaExecute"];

/// Returns a copy of a PDF without properties, XMP, comments, attached files, scripts, forms, hidden
/// text and earlier versions; tags, links and bookmarks stay. Nothing when it cannot be read.
pub fn clean(bytes: &[u8]) -> Option<Vec<u8>> {
    apart(|| {
        let mut document = load(bytes).ok()?;
        take_out_hidden(&mut document);
        take_out_carried(&mut document);
        document.prune_objects();
        document.renumber_objects();
        document.compress();
        let mut copy = Vec::new();
        document.save_to(&mut copy).ok()?;
        Some(copy)
    })?
}

fn take_out_hidden(document: &mut Document) {
    let pages: Vec<ObjectId> = document.page_iter().collect();
    let mut budget = page::MOST_OPERATORS;
    let mut in_drawings: BTreeMap<ObjectId, BTreeSet<usize>> = BTreeMap::new();
    let mut seen: BTreeSet<(ObjectId, usize)> = BTreeSet::new();
    for id in pages {
        let drawn = page::read(document, id, &mut budget);
        let mut on_page = BTreeSet::new();
        for shown in &drawn.shown {
            let is_gone = shown.hidden.is_some_and(|hidden| hidden.is_whole);
            match shown.at {
                (None, at) if is_gone => on_page.insert(at),
                (Some(drawing), at) if is_gone => in_drawings.entry(drawing).or_default().insert(at),
                (Some(drawing), at) => seen.insert((drawing, at)),
                (None, _) => false,
            };
        }
        if !on_page.is_empty() {
            let content = document.get_page_content_with_limit(id, super::MOST_UNPACKED).unwrap_or_default();
            if let Some(content) = without(&content, &on_page) {
                let stream = document.add_object(Stream::new(Dictionary::new(), content));
                if let Ok(page) = document.get_dictionary_mut(id) {
                    page.set("Contents", Object::Reference(stream));
                }
            }
        }
    }
    // A drawing may be hidden in one place and seen in another, also where the document was not read.
    if budget == 0 {
        return;
    }
    for (id, mut operators) in in_drawings {
        operators.retain(|at| !seen.contains(&(id, *at)));
        let Ok(Object::Stream(stream)) = document.get_object_mut(id) else { continue };
        let content = stream.get_plain_content_with_limit(super::MOST_UNPACKED).unwrap_or_default();
        if let Some(content) = without(&content, &operators) {
            stream.set_plain_content(content);
        }
    }
}

/// Writes content again without the operators at some places.
fn without(content: &[u8], places: &BTreeSet<usize>) -> Option<Vec<u8>> {
    let operations = Content::decode_iter(content).collect::<Result<Vec<_>, _>>().ok()?;
    let kept = operations.into_iter().enumerate().filter_map(|(at, operation)| {
        let goes_on = matches!(operation.operator.as_str(), "'" | "\"");
        if !places.contains(&at) {
            return Some(operation);
        }
        // What follows stays on its line.
        goes_on.then(|| Operation::new("T*", Vec::new()))
    });
    Content { operations: kept.collect::<Vec<_>>() }.encode().ok()
}

fn take_out_carried(document: &mut Document) {
    keep_title(document);
    let dropped = comments(document);
    for id in dropped {
        // A tag may still lead there.
        document.objects.insert(id, Object::Null);
    }
    if let Ok(catalog) = document.catalog_mut() {
        for key in [&b"AcroForm"[..], b"Collection", b"Legal", b"Perms"] {
            catalog.remove(key);
        }
    }
    let names = document.catalog().ok().and_then(|catalog| catalog.get(b"Names").ok().cloned());
    if let Some(Object::Dictionary(mut names)) = names {
        names.remove(b"EmbeddedFiles");
        names.remove(b"JavaScript");
        if let Ok(catalog) = document.catalog_mut() {
            catalog.set("Names", names);
        }
    } else if let Some(Object::Reference(id)) = names
        && let Ok(names) = document.get_dictionary_mut(id)
    {
        names.remove(b"EmbeddedFiles");
        names.remove(b"JavaScript");
    }
    for object in document.objects.values_mut() {
        strip(object, 0);
    }
}

/// Leaves the title where the pages show it: those who cannot see them need it.
fn keep_title(document: &mut Document) {
    let title = document.trailer.get_deref(b"Info", document).and_then(Object::as_dict);
    let title = title.and_then(|info| info.get_deref(b"Title", document)).cloned().ok();
    let mut budget = page::MOST_OPERATORS;
    let pages: Vec<_> = document.page_iter().take(3).collect();
    let shown: String = pages.into_iter().map(|id| page::read(document, id, &mut budget).shown()).collect();
    document.trailer.remove(b"Info");
    if let Some(Object::String(bytes, format)) = title
        && properties::is_shown(&super::text_of(&bytes), &shown)
    {
        let mut info = Dictionary::new();
        info.set("Title", Object::String(bytes, format));
        let id = document.add_object(info);
        document.trailer.set("Info", Object::Reference(id));
    }
}

/// Leaves only the links among the annotations of all pages; returns the ids of the others.
fn comments(document: &mut Document) -> Vec<ObjectId> {
    let mut dropped = Vec::new();
    for page in document.page_iter().collect::<Vec<_>>() {
        let list = document
            .get_dictionary(page)
            .and_then(|page| page.get_deref(b"Annots", document))
            .and_then(Object::as_array);
        let Ok(list) = list.cloned() else { continue };
        let (links, others): (Vec<_>, Vec<_>) = list.into_iter().partition(|note| {
            let note = document.dereference(note).ok().and_then(|(_, note)| note.as_dict().ok());
            note.is_some_and(|note| name(document, note, b"Subtype") == "Link")
        });
        dropped.extend(others.iter().filter_map(|note| note.as_reference().ok()));
        for link in links.iter().filter_map(|link| link.as_reference().ok()) {
            if let Ok(link) = document.get_dictionary_mut(link) {
                for key in [&b"T"[..], b"NM", b"M", b"RC"] {
                    link.remove(key);
                }
            }
        }
        if let Ok(page) = document.get_dictionary_mut(page) {
            if links.is_empty() {
                page.remove(b"Annots");
            } else {
                page.set("Annots", links);
            }
        }
    }
    // Fields may hang on the form alone.
    let fields = document.objects.iter().filter(|(_, object)| {
        object.as_dict().is_ok_and(|dict| {
            dict.has(b"FT") || dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|kind| kind == b"Widget")
        })
    });
    dropped.extend(fields.map(|(id, _)| *id));
    dropped
}

fn strip(object: &mut Object, depth: usize) {
    if depth > 64 {
        return;
    }
    match object {
        Object::Stream(stream) => {
            strip_dict(&mut stream.dict, depth);
            if let Some(clean) = photograph(stream).and_then(|photograph| image::without_metadata(&photograph)) {
                if stream.filters().is_ok_and(|filters| filters.len() > 1) {
                    stream.dict.set("Filter", Object::Name(b"DCTDecode".to_vec()));
                    stream.dict.remove(b"DecodeParms");
                }
                stream.set_content(clean);
            }
        }
        Object::Dictionary(dict) => strip_dict(dict, depth),
        Object::Array(items) => items.iter_mut().for_each(|item| strip(item, depth + 1)),
        _ => {}
    }
}

fn strip_dict(dict: &mut Dictionary, depth: usize) {
    for key in CARRIED {
        dict.remove(key);
    }
    let is_harmful = |object: &Object| {
        let kind = object.as_dict().and_then(|action| action.get(b"S")).and_then(Object::as_name).unwrap_or_default();
        ACTIONS.iter().any(|action| action.as_bytes() == kind)
    };
    for key in [&b"A"[..], b"OpenAction", b"Next"] {
        if dict.get(key).is_ok_and(is_harmful) {
            dict.remove(key);
        }
    }
    // An action that stands alone is one that others lead to.
    if dict.get(b"S").and_then(Object::as_name).is_ok_and(|kind| ACTIONS.iter().any(|action| action.as_bytes() == kind))
    {
        *dict = Dictionary::new();
    }
    for (_, value) in dict.iter_mut() {
        strip(value, depth + 1);
    }
}
