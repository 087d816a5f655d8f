//! Pictures of a page that the file holds beyond what the page shows of them: under bars, beyond their frame,
//! and those that are listed and never drawn.

use std::collections::{BTreeSet, HashSet};

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::CLEAN;
use super::area::Area;
use super::colour::is_dark;
use super::ground::Ground;
use super::page::{self, Page};
use crate::diagnostic::code;
use crate::privacy::trace::Trace;

/// Points from which on something over a picture is a bar and no arrow or scale.
const THICK: f64 = 5.0;
const LONG: f64 = 12.0;
/// Points across and up from which on a picture may show somebody.
const LARGE: f64 = 50.0;
/// Bars and pictures of a page that are compared.
const MOST: usize = 500;
/// Part of its rectangle that a bar fills; an arrow fills less.
const FULL: f64 = 0.7;
/// Part of a picture that a bar covers at most.
const LARGEST: f64 = 0.6;
/// Part of a page from which on a picture is its background.
const BACKGROUND: f64 = 0.6;
/// Part of a picture that the page shows at least, where little is lost.
const SHOWN: f64 = 0.5;

/// Reports what the pictures of a page hold beyond what is seen of them.
pub(super) fn traces(number: usize, page: &Page, path: &str) -> Vec<Trace> {
    let mut traces = Vec::new();
    if has_bar_over_picture(page) {
        let message = format!(
            "has a dark bar on page {number} over part of a picture: what is under the bar is still in the picture"
        );
        let help = "cover it in the picture itself, and make the PDF again with that";
        traces.push(Trace::new(&code::DOCUMENT_COVERED, message, path, help));
    }
    if page.pictures.values().any(|shown| *shown < SHOWN) {
        let message = format!("has a picture on page {number} of which the page shows a part, and the file holds all");
        let help = "crop the picture itself, and make the PDF again with that";
        traces.push(Trace::new(&code::DOCUMENT_HIDDEN_TEXT, message, path, help));
    }
    if has_covered_picture(page) {
        let message = format!("has a picture on page {number} that nobody sees, under something drawn over it");
        let help = "take it out where the PDF was made, and make the PDF again";
        traces.push(Trace::new(&code::DOCUMENT_HIDDEN_TEXT, message, path, help));
    }
    traces
}

fn has_covered_picture(page: &Page) -> bool {
    let large: Vec<&Ground> =
        page.grounds.iter().filter(|ground| ground.area.width().min(ground.area.height()) > LARGE).take(MOST).collect();
    large.iter().filter(|ground| ground.is_picture && !ground.is_note).any(|picture| {
        large.iter().any(|ground| ground.order > picture.order && !ground.is_note && ground.covers_all(&picture.area))
    })
}

fn has_bar_over_picture(page: &Page) -> bool {
    let has_text = page.shown.iter().any(|shown| shown.hidden.is_none() && !shown.text.trim().is_empty());
    let pictures: Vec<&Ground> = page
        .grounds
        .iter()
        .filter(|ground| ground.is_picture && !ground.is_note)
        .filter(|ground| !(has_text && is_background(page, ground)))
        .take(MOST)
        .collect();
    let bars = page.grounds.iter().filter(|ground| is_bar(ground)).take(MOST);
    bars.into_iter().any(|bar| {
        pictures.iter().any(|picture| picture.order < bar.order && lies_in(page, bar, picture)) && is_bare(page, bar)
    })
}

fn is_background(page: &Page, picture: &Ground) -> bool {
    picture.area.size() > BACKGROUND * page.area.size()
}

fn is_bar(ground: &Ground) -> bool {
    let long = ground.area.width().max(ground.area.height());
    let is_full = match ground.shapes.as_slice() {
        [] => true,
        [shape] => ground.is_note || shape.size().is_some_and(|size| size >= FULL * ground.area.size()),
        _ => ground.is_note,
    };
    ground.is_opaque && !ground.is_picture && is_dark(ground.colour) && ground.thick >= THICK && long >= LONG && is_full
}

/// Tells whether a bar lies over a part of a picture; what crosses all of a background is an ornament.
fn lies_in(page: &Page, bar: &Ground, picture: &Ground) -> bool {
    let (over, under) = (&bar.area, &picture.area);
    let crosses = over.width() > 0.97 * under.width() || over.height() > 0.97 * under.height();
    let Area { left, bottom, right, top } = under.wider(1.0);
    (left <= over.left && over.right <= right && bottom <= over.bottom && over.top <= top)
        && over.size() < LARGEST * under.size()
        && !(crosses && is_background(page, picture))
}

/// Tells whether nothing is written or drawn over a bar.
fn is_bare(page: &Page, bar: &Ground) -> bool {
    let is_written = page.shown.iter().any(|shown| shown.order > bar.order && shown.area.touches(&bar.area));
    let is_drawn = page
        .grounds
        .iter()
        .any(|ground| ground.order > bar.order && !is_dark(ground.colour) && ground.area.touches(&bar.area));
    !is_written && !is_drawn
}

/// Finds the pictures that pages list among what they draw and that none draws.
pub(super) fn unused(document: &Document, drawn: &HashSet<ObjectId>) -> BTreeSet<ObjectId> {
    let is_picture = |id: &ObjectId| {
        document.get_object(*id).and_then(Object::as_stream).is_ok_and(|stream| {
            stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|kind| kind == b"Image")
        })
    };
    let pages = document.page_iter().flat_map(|page| page::page_resources(document, page));
    let mut unused: BTreeSet<ObjectId> =
        pages.flat_map(|resources| listed(document, resources)).filter(|id| !drawn.contains(id)).collect();
    unused.retain(is_picture);
    if unused.is_empty() {
        return unused;
    }
    // Patterns, letters and annotations draw as well.
    for (id, object) in &document.objects {
        let dict = object.as_stream().ok().map(|stream| &stream.dict).or_else(|| object.as_dict().ok());
        let Some(dict) = dict.filter(|dict| !drawn.contains(id) && !dict.has(b"MediaBox") && !dict.has(b"Kids")) else {
            continue;
        };
        let is_page = dict.get(b"Type").and_then(Object::as_name).is_ok_and(|kind| kind == b"Page");
        let own = dict.get_deref(b"Resources", document).and_then(Object::as_dict).ok().filter(|_| !is_page);
        for id in own.into_iter().flat_map(|own| listed(document, own)) {
            unused.remove(&id);
        }
    }
    unused
}

fn listed(document: &Document, resources: &Dictionary) -> Vec<ObjectId> {
    let list = resources.get_deref(b"XObject", document).and_then(Object::as_dict).ok();
    list.into_iter().flatten().filter_map(|(_, drawing)| drawing.as_reference().ok()).collect()
}

/// Reports pictures that are listed and never drawn.
pub(super) fn of_unused(unused: &BTreeSet<ObjectId>, path: &str) -> Option<Trace> {
    let pictures = match unused.len() {
        0 => return None,
        1 => "a picture".to_owned(),
        count => format!("{count} pictures"),
    };
    Some(Trace::new(&code::DOCUMENT_REVISIONS, format!("keeps {pictures} that no page shows"), path, CLEAN))
}

/// Takes pictures out of all lists of what is drawn.
pub(super) fn take_out(document: &mut Document, unused: &BTreeSet<ObjectId>) {
    for object in document.objects.values_mut() {
        match object {
            Object::Stream(stream) => take_out_of(&mut stream.dict, unused, 0),
            Object::Dictionary(dict) => {
                if !dict.has(b"Type") {
                    drop_listed(dict, unused);
                }
                take_out_of(dict, unused, 0);
            }
            _ => {}
        }
    }
}

fn take_out_of(dict: &mut Dictionary, unused: &BTreeSet<ObjectId>, depth: usize) {
    for (key, value) in dict.iter_mut() {
        if let (Object::Dictionary(inner), true) = (value, depth < 4) {
            if key == b"XObject" {
                drop_listed(inner, unused);
            }
            take_out_of(inner, unused, depth + 1);
        }
    }
}

fn drop_listed(list: &mut Dictionary, unused: &BTreeSet<ObjectId>) {
    let is_unused = |value: &Object| value.as_reference().is_ok_and(|id| unused.contains(&id));
    let gone: Vec<Vec<u8>> = list.iter().filter(|(_, value)| is_unused(value)).map(|(key, _)| key.clone()).collect();
    for key in gone {
        list.remove(&key);
    }
}
