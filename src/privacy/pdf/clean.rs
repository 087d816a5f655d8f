//! A copy of a PDF without what it holds beside what it shows.

use std::collections::BTreeMap;

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

use super::layers::Layers;
use super::letters::Letter;
use super::store::{self, name, photograph};
use super::{apart, load, notes, orphans, page, pictures, properties, words};
use crate::privacy::image;

/// Keys that lead to what is carried along, wherever they stand.
const CARRIED: [&[u8]; 10] =
    [b"Metadata", b"PieceInfo", b"AF", b"EF", b"JS", b"AA", b"XFA", b"Thumb", b"LastModified", b"SpiderInfo"];
/// Actions that do something to the reader's computer.
const ACTIONS: [&str; 5] = ["JavaScript", "Launch", "ImportData", "SubmitForm", "RichMediaExecute"];

/// Returns a copy of a PDF without properties, XMP, comments, attached files, scripts, forms, hidden
/// text and earlier versions; tags, links and bookmarks stay. Nothing when it cannot be read, and when the copy
/// might show more than the file.
pub fn clean(bytes: &[u8]) -> Option<Vec<u8>> {
    apart(|| {
        let mut document = load(bytes).ok()?;
        take_out_hidden(&mut document)?;
        take_out_carried(&mut document);
        document.prune_objects();
        document.renumber_objects();
        document.compress();
        let mut copy = Vec::new();
        document.save_to(&mut copy).ok()?;
        Some(copy)
    })?
}

/// What becomes of an operator.
#[derive(Debug, Clone, PartialEq)]
enum Edit {
    /// It stays as it is, for somebody sees it.
    Seen,
    /// It goes.
    Gone,
    /// It draws nothing.
    Undrawn,
    /// It loses the words that it carries.
    Wordless,
    /// It loses letters, each with the part of its operands, the bytes there and their width.
    Cut(Vec<(usize, usize, usize, f64)>),
}

type Edits = BTreeMap<usize, Edit>;

/// Takes out what nobody sees. Nothing when the document cannot be read to its end: a copy without its
/// annotations might show what they cover.
fn take_out_hidden(document: &mut Document) -> Option<()> {
    let pages: Vec<ObjectId> = document.page_iter().collect();
    let layers = Layers::of(document);
    let mut budget = page::MOST_OPERATORS;
    let mut in_drawings: BTreeMap<ObjectId, Edits> = BTreeMap::new();
    let mut drawings: BTreeMap<ObjectId, bool> = BTreeMap::new();
    for id in pages {
        let drawn = page::read(document, &layers, id, &mut budget);
        let mut on_page = Edits::new();
        for ((within, at), edit) in edits(&drawn) {
            let edits = within.map_or(&mut on_page, |drawing| in_drawings.entry(drawing).or_default());
            // A drawing may be hidden in one place and seen in another.
            edits.entry(at).and_modify(|known| *known = both(known, &edit)).or_insert(edit);
        }
        for (drawing, is_off) in &drawn.drawn {
            *drawings.entry(*drawing).or_insert(true) &= *is_off;
        }
        let bars = notes::bars(&drawn);
        if drawn.is_cut || budget == 0 || notes::is_uncertain(&drawn) {
            return None;
        }
        if !bars.is_empty() || on_page.values().any(|edit| *edit != Edit::Seen) {
            let content = document.get_page_content_with_limit(id, super::MOST_UNPACKED).ok()?;
            let mut content = edited(&content, &on_page, !bars.is_empty())?;
            content.extend(bars.bytes());
            let stream = document.add_object(Stream::new(Dictionary::new(), content));
            document.get_dictionary_mut(id).ok()?.set("Contents", Object::Reference(stream));
        }
    }
    let unused = pictures::unused(document, &drawings.keys().copied().collect());
    pictures::take_out(document, &unused);
    for (id, _) in drawings.into_iter().filter(|(_, is_off)| *is_off) {
        let empty = dictionary! { "Type" => "XObject", "Subtype" => "Form", "BBox" => vec![0.into(); 4] };
        document.objects.insert(id, Object::Stream(Stream::new(empty, Vec::new())));
    }
    for (id, edits) in in_drawings {
        let Ok(Object::Stream(stream)) = document.get_object_mut(id) else { continue };
        let content = stream.get_plain_content_with_limit(super::MOST_UNPACKED).unwrap_or_default();
        if let Some(content) = edited(&content, &edits, false) {
            stream.set_plain_content(content);
        }
    }
    Some(())
}

/// What becomes of the operators of a page and its drawings.
fn edits(drawn: &page::Page) -> Vec<(page::At, Edit)> {
    let mut edits: Vec<_> = drawn.off.iter().map(|at| (*at, Edit::Undrawn)).collect();
    let telling = drawn.marks.iter().filter(|(_, _, text)| words::is_telling(text));
    edits.extend(telling.map(|(at, _, _)| (*at, Edit::Wordless)));
    for shown in &drawn.shown {
        let edit = match shown.hidden {
            Some(hidden) if hidden.is_whole => cut_of(&shown.letters.list).map_or(Edit::Gone, Edit::Cut),
            Some(_) if !shown.covered.is_empty() => {
                let covered: Vec<_> =
                    shown.covered.iter().filter_map(|at| shown.letters.list.get(*at).copied()).collect();
                cut_of(&covered).map_or(Edit::Seen, Edit::Cut)
            }
            _ => Edit::Seen,
        };
        edits.push((shown.at, edit));
    }
    edits
}

/// Letters as they are cut out; nothing where the bytes of one cannot be told. A space between parts has none.
fn cut_of(letters: &[Letter]) -> Option<Vec<(usize, usize, usize, f64)>> {
    let letters = letters.iter().filter(|letter| letter.bytes.is_some() || letter.wide != 0.0);
    letters.map(|letter| letter.bytes.map(|(part, from, to)| (part, from, to, letter.wide))).collect()
}

/// What becomes of an operator that is met twice.
fn both(one: &Edit, other: &Edit) -> Edit {
    match (one, other) {
        (one, other) if one == other => one.clone(),
        (Edit::Undrawn, _) | (_, Edit::Undrawn) => Edit::Undrawn,
        (Edit::Wordless, _) | (_, Edit::Wordless) => Edit::Wordless,
        _ => Edit::Seen,
    }
}

/// Writes content again with its operators as they are to be; `is_apart` when something is drawn after it
/// that must not depend on it.
fn edited(content: &[u8], edits: &Edits, is_apart: bool) -> Option<Vec<u8>> {
    let operations = Content::decode_iter(content).collect::<Result<Vec<_>, _>>().ok()?;
    let mut kept = Vec::with_capacity(operations.len());
    for (at, mut operation) in operations.into_iter().enumerate() {
        match edits.get(&at) {
            None | Some(Edit::Seen) => kept.push(operation),
            // What follows stays on its line.
            Some(Edit::Gone) => kept.extend(before(&mut operation)),
            Some(Edit::Undrawn) if matches!(operation.operator.as_str(), "sh" | "BI" | "Do") => {}
            Some(Edit::Undrawn) => kept.push(Operation::new("n", Vec::new())),
            Some(Edit::Wordless) => {
                for operand in &mut operation.operands {
                    strip(operand, 0);
                }
                kept.push(operation);
            }
            Some(Edit::Cut(letters)) => {
                kept.extend(before(&mut operation));
                kept.push(Operation::new("TJ", vec![Object::Array(cut(&operation.operands, letters))]));
            }
        }
    }
    Content { operations: if is_apart { apart_from_others(kept) } else { kept } }.encode().ok()
}

/// Operators that leave the state of drawing as it was before them.
fn apart_from_others(operations: Vec<Operation>) -> Vec<Operation> {
    let (mut states, mut marks) = (0_usize, 0_usize);
    let mut kept = vec![Operation::new("q", Vec::new())];
    for operation in operations {
        match operation.operator.as_str() {
            "q" => states += 1,
            "Q" if states == 0 => continue,
            "Q" => states -= 1,
            "BDC" | "BMC" => marks += 1,
            "EMC" => marks = marks.saturating_sub(1),
            _ => {}
        }
        kept.push(operation);
    }
    kept.extend((0..marks).map(|_| Operation::new("EMC", Vec::new())));
    kept.extend((0..=states).map(|_| Operation::new("Q", Vec::new())));
    kept
}

/// What an operator that shows text does before it shows it; its operands are then the text alone.
fn before(operation: &mut Operation) -> Vec<Operation> {
    let shown = operation.operands.pop();
    let settings = std::mem::replace(&mut operation.operands, shown.into_iter().collect());
    match operation.operator.as_str() {
        "'" => vec![Operation::new("T*", Vec::new())],
        "\"" => {
            let names = ["Tw", "Tc"].into_iter().zip(settings);
            let mut before: Vec<_> = names.map(|(name, room)| Operation::new(name, vec![room])).collect();
            before.push(Operation::new("T*", Vec::new()));
            before
        }
        _ => Vec::new(),
    }
}

/// The parts of a shown text without some letters, in whose place there is room.
fn cut(operands: &[Object], letters: &[(usize, usize, usize, f64)]) -> Vec<Object> {
    let parts = operands.iter().flat_map(|object| match object {
        Object::Array(parts) => parts.as_slice(),
        other => std::slice::from_ref(other),
    });
    let mut kept = Vec::new();
    for (part, object) in parts.enumerate() {
        let Object::String(bytes, format) = object else {
            kept.push(object.clone());
            continue;
        };
        let mut at = 0;
        for (_, from, to, wide) in letters.iter().filter(|(of, ..)| *of == part) {
            let seen = bytes.get(at..*from).unwrap_or_default();
            kept.push(Object::String(seen.to_vec(), *format));
            kept.push(Object::Real(room(*wide)));
            at = *to;
        }
        kept.push(Object::String(bytes.get(at..).unwrap_or_default().to_vec(), *format));
    }
    kept.retain(|object| !matches!(object, Object::String(bytes, _) if bytes.is_empty()));
    // How wide each letter was would tell which it was.
    let mut whole: Vec<Object> = Vec::with_capacity(kept.len());
    for object in kept {
        match (whole.last_mut(), object.as_float()) {
            (Some(Object::Real(room)), Ok(more)) => *room += more,
            (_, Ok(room)) => whole.push(Object::Real(room)),
            _ => whole.push(object),
        }
    }
    whole
}

/// Room of a width, as text operators count it: against the direction of writing.
#[expect(clippy::cast_possible_truncation, reason = "thousandths of a letter's size are exact enough")]
fn room(wide: f64) -> f32 {
    -wide as f32
}

fn take_out_carried(document: &mut Document) {
    keep_title(document);
    words::take_out_named_places(document);
    let dropped = comments(document);
    for id in dropped.into_iter().chain(orphans::hidden_pages(document)) {
        // A tag may still lead there.
        document.objects.insert(id, Object::Null);
    }
    let leads_away = store::opens_an_address(document);
    if let Ok(catalog) = document.catalog_mut() {
        if leads_away {
            catalog.remove(b"OpenAction");
        }
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
    let layers = Layers::of(document);
    let pages: Vec<_> = document.page_iter().take(3).collect();
    let shown: String = pages.into_iter().map(|id| page::read(document, &layers, id, &mut budget).shown()).collect();
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
    words::take_out(dict);
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
    if dict.get(b"A").is_ok_and(leads_nowhere) {
        dict.remove(b"A");
    }
}

/// Tells whether a link has lost where it led.
fn leads_nowhere(action: &Object) -> bool {
    let Ok(action) = action.as_dict() else { return false };
    match action.get(b"S").and_then(Object::as_name).unwrap_or_default() {
        b"URI" => !action.has(b"URI"),
        b"GoToR" => !action.has(b"F"),
        _ => false,
    }
}
