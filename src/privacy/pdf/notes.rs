//! Annotations that lie over a page: what is under one of them is covered, until somebody moves it away.

use std::fmt::Write;

use lopdf::{Dictionary, Object, ObjectId, Stream};

use super::area::{Area, Matrix, corners, float, matrix};
use super::ground::Ground;
use super::page::{Page, Walk};
use super::shape::Shape;
use super::state::State;
use super::store::{annotations, name};

/// Points from which on what an annotation draws may cover something.
const THICK: f64 = 3.0;
/// Letters under an annotation from which on it is said.
const FEWEST: usize = 2;
/// Annotations' parts that are compared with what they lie over; more of them are all taken for bars.
const MOST_COMPARED: usize = 2_000;

impl<'d> Walk<'d, '_> {
    /// Follows what the annotations of a page draw, as far as it may cover what is under them.
    pub(super) fn notes(&mut self, page: ObjectId, start: &State) {
        let document = self.document;
        for note in annotations(document, page) {
            let kind = name(document, note, b"Subtype");
            let flags = note.get_deref(b"F", document).and_then(Object::as_i64).unwrap_or_default();
            let is_unseen = flags & (HIDDEN | NO_VIEW) != 0
                || note.get(b"OC").is_ok_and(|layer| self.layers.is_off(document, layer));
            if is_unseen || matches!(kind.as_str(), "Link" | "Popup" | "Text" | "FileAttachment" | "Sound" | "Movie") {
                continue;
            }
            self.order += 1;
            let (shown, grounds) = (self.page.shown.len(), self.page.grounds.len());
            let (marks, off, drawn) = (self.page.marks.len(), self.page.off.len(), self.page.drawn.len());
            let pictures = self.page.pictures.clone();
            let (text, end) = (self.text.text.len(), self.text.end);
            if let Some((id, stream)) = self.appearance(note).filter(|_| kind != "Redact") {
                if let Some(place) = self.place(note, stream) {
                    self.form(&State { place, ..start.clone() }, (id, stream), &[], 0);
                }
            } else {
                let content = self.drawing_of(note, &kind);
                let is_darkening = kind == "Highlight";
                self.content(content.as_bytes(), &[], &State { is_darkening, ..start.clone() }, None, 0);
            }
            // Their words are told as comments.
            self.page.shown.truncate(shown);
            self.page.marks.truncate(marks);
            self.page.off.truncate(off);
            self.page.drawn.truncate(drawn);
            self.page.pictures = pictures;
            self.text.text.truncate(text);
            self.text.end = end;
            for ground in &mut self.page.grounds[grounds..] {
                ground.is_note = true;
            }
        }
    }

    /// What an annotation looks like as it is.
    fn appearance(&self, note: &'d Dictionary) -> Option<(Option<ObjectId>, &'d Stream)> {
        let document = self.document;
        let looks = note.get_deref(b"AP", document).ok()?.as_dict().ok()?;
        let (id, normal) = document.dereference(looks.get(b"N").ok()?).ok()?;
        if let Ok(stream) = normal.as_stream() {
            return Some((id, stream));
        }
        let state = note.get_deref(b"AS", document).ok()?.as_name().ok()?;
        let (id, of_state) = document.dereference(normal.as_dict().ok()?.get(state).ok()?).ok()?;
        Some((id, of_state.as_stream().ok()?))
    }

    /// Places an appearance in the rectangle of its annotation (ISO 32000-1, 12.5.5).
    fn place(&self, note: &Dictionary, stream: &Stream) -> Option<Matrix> {
        let area = |dict: &Dictionary, key: &[u8]| Area::read(self.document, dict.get_deref(key, self.document).ok()?);
        let (rect, frame) = (area(note, b"Rect")?, area(&stream.dict, b"BBox")?);
        let written = stream.dict.get_deref(b"Matrix", self.document).and_then(Object::as_array).ok();
        let numbers: Vec<f64> =
            written.into_iter().flatten().filter_map(|number| float(self.document, number)).collect();
        let frame = Area::of(&corners(frame, matrix(&numbers)))?;
        let scale = |to: f64, from: f64| if from.abs() < 0.001 { 1.0 } else { to / from };
        let (across, up) = (scale(rect.width(), frame.width()), scale(rect.height(), frame.height()));
        Some([across, 0.0, 0.0, up, rect.left - frame.left * across, rect.bottom - frame.bottom * up])
    }

    /// Operators that draw an annotation without an appearance, as readers do it.
    fn drawing_of(&self, note: &Dictionary, kind: &str) -> String {
        let document = self.document;
        let list = |key: &[u8]| -> Vec<f64> {
            let list = note.get_deref(key, document).and_then(Object::as_array).ok();
            list.into_iter().flatten().filter_map(|number| float(document, number)).collect()
        };
        let area = note.get_deref(b"Rect", document).ok().and_then(|rect| Area::read(document, rect));
        let (Some(area), true) = (area, list(b"CA").is_empty()) else { return String::new() };
        if note.get(b"CA").ok().and_then(|alpha| float(document, alpha)).is_some_and(|alpha| alpha < 0.99) {
            return String::new();
        }
        let rectangle = || format!("{} {} {} {} re f ", area.left, area.bottom, area.width(), area.height());
        let quads = || -> String {
            let quads = list(b"QuadPoints");
            let areas = quads.as_chunks::<8>().0.iter().filter_map(|quad| {
                Area::of(&quad.as_chunks::<2>().0.iter().map(|[x, y]| (*x, *y)).collect::<Vec<_>>())
            });
            let drawn: String =
                areas.map(|at| format!("{} {} {} {} re f ", at.left, at.bottom, at.width(), at.height())).collect();
            if drawn.is_empty() { rectangle() } else { drawn }
        };
        let inside = ink(&list(b"IC"), false);
        let outside = ink(&list(b"C"), true);
        let style = note.get_deref(b"BS", document).and_then(Object::as_dict).ok();
        let width = style.and_then(|style| float(document, style.get(b"W").ok()?)).or(list(b"Border").get(2).copied());
        let pen = || format!("{} {} w ", outside.as_deref().unwrap_or("0 G"), width.unwrap_or(1.0));
        match (kind, inside) {
            ("Redact", _) => format!("0 g {}", quads()),
            ("Highlight", _) => ink(&list(b"C"), false).map(|ink| ink + &quads()).unwrap_or_default(),
            ("FreeText", _) => ink(&list(b"C"), false).map(|ink| ink + &rectangle()).unwrap_or_default(),
            ("Square", Some(ink)) => ink + &rectangle(),
            ("Circle", Some(ink)) => ink + &ellipse(area),
            ("Polygon", Some(ink)) => ink + &line(&list(b"Vertices")) + "f ",
            ("PolyLine", _) => pen() + &line(&list(b"Vertices")) + "S ",
            ("Line", _) => pen() + &line(&list(b"L")) + "S ",
            ("Ink", _) => {
                let lines = note.get_deref(b"InkList", document).and_then(Object::as_array).ok();
                let numbers = |list: &Object| -> Vec<f64> {
                    let list = document.dereference(list).ok().and_then(|(_, list)| list.as_array().ok());
                    list.into_iter().flatten().filter_map(|number| float(document, number)).collect()
                };
                let drawn = lines.into_iter().flatten().map(|list| line(&numbers(list)) + "S ");
                pen() + &drawn.collect::<String>()
            }
            _ => String::new(),
        }
    }
}

/// Flags of annotations that nobody sees (ISO 32000-1, 12.5.3).
const HIDDEN: i64 = 1 << 1;
const NO_VIEW: i64 = 1 << 5;

/// The operator that sets a colour; nothing for none.
fn ink(numbers: &[f64], is_pen: bool) -> Option<String> {
    let operator = match numbers.len() {
        1 => "g",
        3 => "rg",
        4 => "k",
        _ => return None,
    };
    let operator = if is_pen { operator.to_uppercase() } else { operator.to_owned() };
    let numbers: Vec<String> = numbers.iter().map(f64::to_string).collect();
    Some(format!("{} {operator} ", numbers.join(" ")))
}

fn line(numbers: &[f64]) -> String {
    points(&numbers.as_chunks::<2>().0.iter().map(|[x, y]| (*x, *y)).collect::<Vec<_>>())
}

fn points(points: &[(f64, f64)]) -> String {
    let mut operators = String::new();
    for (at, (x, y)) in points.iter().enumerate() {
        let _ = write!(operators, "{x} {y} {} ", if at == 0 { "m" } else { "l" });
    }
    operators
}

fn ellipse(area: Area) -> String {
    const CORNERS: u8 = 32;
    let (x, y) = area.centre();
    let place = |corner: u8| {
        let angle = std::f64::consts::TAU * f64::from(corner) / f64::from(CORNERS);
        (x + area.width() / 2.0 * angle.cos(), y + area.height() / 2.0 * angle.sin())
    };
    points(&(0..CORNERS).map(place).collect::<Vec<_>>()) + "f "
}

/// Tells whether an annotation lies over text or a picture and may cover it, which cannot be told.
pub(super) fn is_uncertain(page: &Page) -> bool {
    let is_over = |note: &Ground| {
        let is_over_letters =
            page.shown.iter().filter(|shown| shown.hidden.is_none_or(|hidden| !hidden.is_whole)).any(|shown| {
                let is_near = shown.area.touches(&note.area) && !shown.text.trim().is_empty();
                is_near && shown.letters.covered(|place| note.area.has(place)).len() >= FEWEST
            });
        is_over_letters
            || page.grounds.iter().any(|ground| {
                ground.is_picture && !ground.is_note && ground.area.has(note.area.centre()) && ground.area != note.area
            })
    };
    let notes = page.grounds.iter().filter(|ground| ground.is_note && ground.may_cover && ground.thick >= THICK);
    notes.enumerate().any(|(at, note)| at >= MOST_COMPARED || is_over(note))
}

/// Operators that draw what annotations cover into the page itself, so that it stays covered without them.
pub(super) fn bars(page: &Page) -> String {
    let notes = page.grounds.iter().filter(|ground| ground.is_note && ground.is_opaque && ground.thick >= THICK);
    let mut drawn = String::new();
    for (at, note) in notes.enumerate() {
        let is_over = || {
            page.shown.iter().any(|shown| shown.area.touches(&note.area))
                || page.grounds.iter().any(|ground| !ground.is_note && ground.area.touches(&note.area))
        };
        if at >= MOST_COMPARED || is_over() {
            bar(note, &mut drawn);
        }
    }
    drawn
}

fn bar(ground: &Ground, drawn: &mut String) {
    let [red, green, blue] = ground.colour.unwrap_or([0.5; 3]);
    let Area { left, bottom, .. } = ground.area;
    let outline = |shape: &Shape| -> String { shape.lines.iter().map(|line| points(line) + "h ").collect() };
    let star = |shape: &Shape| if shape.is_even_odd { "*" } else { "" };
    let _ = write!(drawn, "q {red} {green} {blue} rg ");
    for shape in &ground.shapes {
        let _ = write!(drawn, "{}W{} n ", outline(shape), star(shape));
    }
    let _ = writeln!(drawn, "{left} {bottom} {} {} re f Q", ground.area.width(), ground.area.height());
}

#[cfg(test)]
mod tests {
    use lopdf::Document;

    use super::*;
    use crate::privacy::pdf::{layers::Layers, page};

    /// What reading a page costs that has a box over each of many lines.
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
        let size = i64::try_from(lines * 2).expect("small");
        let area = vec![0.into(), (-9).into(), 100.into(), (size + 9).into()];
        let page = document.add_object(
            lopdf::dictionary! { "Type" => "Page", "MediaBox" => area, "Contents" => content, "Annots" => boxes },
        );
        let mut budget = usize::MAX;
        let drawn = page::read(&document, &Layers::default(), page, &mut budget);
        assert!(drawn.shown.iter().all(|shown| shown.hidden.is_some()), "each box covers its line");
        usize::MAX - budget
    }

    #[test]
    fn looking_under_boxes_takes_time_that_grows_with_their_number() {
        let (some, many) = (looks(500), looks(2_000));
        assert!(many <= some * 8, "{some}, then {many}");
    }
}
