//! What is drawn on a page, in the order of drawing: text, areas and pictures.

use std::collections::BTreeMap;
use std::rc::Rc;

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::area::{Area, UNCHANGED, corners, float, matrix, moved, times};
use super::colour::Colour;
use super::fonts::{Font, fonts};
use super::ground::{Ground, Path, rectangle};
use super::hidden::{self, Hidden};
use super::layers::Layers;
use super::letters::{Letters, letters};
use super::shape::Shape;
use super::state::{Lines, State};
use super::{MOST_UNPACKED, words};

/// Operators of all pages of a document that are followed.
pub(super) const MOST_OPERATORS: usize = 4_000_000;
/// Drawings within drawings.
const DEEPEST: usize = 12;
/// States saved one over the other.
const MOST_STATES: usize = 512;

/// Some text that one operator shows.
#[derive(Debug)]
pub(super) struct Shown {
    pub(super) text: String,
    pub(super) area: Area,
    /// Its size on the page, in points.
    pub(super) size: f64,
    pub(super) colour: Colour,
    /// How letters are drawn: 0 filled, 1 stroked, 2 both, 3 not at all; with 4 added, others are drawn within them.
    pub(super) mode: i64,
    /// From 0, which nobody sees, to 1.
    pub(super) alpha: f64,
    /// Whether its letters are drawings of their own, whose size the font does not tell.
    pub(super) is_drawn: bool,
    /// Whether it is in a layer that is switched off.
    pub(super) is_off: bool,
    /// Whether it stands where nothing is drawn.
    pub(super) is_clipped: bool,
    /// Its place in the order of drawing.
    pub(super) order: usize,
    /// Why nobody sees it, when nobody does.
    pub(super) hidden: Option<Hidden>,
    pub(super) at: At,
    pub(super) letters: Letters,
    /// Which of its letters nobody sees, where it is hidden in part.
    pub(super) covered: Vec<usize>,
}

/// The drawing that holds an operator (`None` for the page itself), and the operator's place there.
pub(super) type At = (Option<ObjectId>, usize);

/// A page as drawn.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) area: Area,
    pub(super) shown: Vec<Shown>,
    pub(super) grounds: Vec<Ground>,
    /// Operators that draw in a layer that is switched off, other than letters.
    pub(super) off: Vec<At>,
    /// Drawings and pictures, and whether the layer in which one is drawn is switched off.
    pub(super) drawn: Vec<(ObjectId, bool)>,
    /// Marks of content that carry words, with the key of each.
    pub(super) marks: Vec<(At, Vec<u8>, String)>,
    /// Pictures of some size, each with the part of it that the page shows.
    pub(super) pictures: BTreeMap<ObjectId, f64>,
    /// Whether some of its content is too long to be read.
    pub(super) is_cut: bool,
    text: String,
}

impl Page {
    /// The text of the page, line by line, what nobody sees included.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The text that stands on the page, without spaces between what is drawn apart.
    pub(super) fn shown(&self) -> String {
        let seen = self.shown.iter().filter(|shown| shown.hidden.is_none());
        seen.map(|shown| shown.text.as_str()).collect()
    }

    /// Tells whether nothing at all is on the page.
    pub(super) fn is_blank(&self) -> bool {
        self.shown.is_empty() && self.grounds.iter().all(|ground| !ground.is_picture)
    }

    /// Tells whether the page is a picture, whose text a program may have read.
    pub(super) fn is_scan(&self) -> bool {
        let pictures = self.grounds.iter().filter(|ground| ground.is_picture && !ground.is_note);
        pictures.map(|ground| ground.area.size()).fold(0.0, f64::max) > 0.4 * self.area.size()
    }
}

/// Reads a page; `budget` is how many operators may still be followed.
pub(super) fn read(document: &Document, layers: &Layers, id: ObjectId, budget: &mut usize) -> Page {
    let mut page = Page {
        area: page_area(document, id),
        shown: Vec::new(),
        grounds: Vec::new(),
        off: Vec::new(),
        drawn: Vec::new(),
        marks: Vec::new(),
        pictures: BTreeMap::new(),
        is_cut: false,
        text: String::new(),
    };
    let content = document.get_page_content_with_limit(id, MOST_UNPACKED);
    page.is_cut = content.is_err();
    let resources = page_resources(document, id);
    let start = State::new(page.area);
    let mut walk = Walk { document, layers, page: &mut page, budget: &mut *budget, order: 0, text: Lines::default() };
    walk.content(&content.unwrap_or_default(), &resources, &start, None, 0);
    walk.notes(id, &start);
    let text = std::mem::take(&mut walk.text.text);
    page.text = text;
    hidden::judge(&mut page, budget);
    page
}

/// The resources of a page, its own and those it has from above.
pub(super) fn page_resources(document: &Document, id: ObjectId) -> Vec<&Dictionary> {
    let Ok((own, ids)) = document.get_page_resources(id) else { return Vec::new() };
    own.into_iter().chain(ids.iter().filter_map(|id| document.get_dictionary(*id).ok())).collect()
}

fn page_area(document: &Document, id: ObjectId) -> Area {
    let mut next = Some(id);
    for _ in 0..32 {
        let Some(node) = next.and_then(|id| document.get_dictionary(id).ok()) else { break };
        let written = [&b"CropBox"[..], b"MediaBox"].iter().find_map(|name| node.get_deref(name, document).ok());
        if let Some(area) = written.and_then(|object| Area::read(document, object)) {
            return area;
        }
        next = node.get(b"Parent").and_then(Object::as_reference).ok();
    }
    Area { left: 0.0, bottom: 0.0, right: 612.0, top: 792.0 }
}

/// Follows the operators of a page.
pub(super) struct Walk<'d, 'p> {
    pub(super) document: &'d Document,
    pub(super) layers: &'p Layers,
    pub(super) page: &'p mut Page,
    budget: &'p mut usize,
    pub(super) order: usize,
    pub(super) text: Lines,
}

impl<'d> Walk<'d, '_> {
    pub(super) fn content(
        &mut self,
        content: &[u8],
        resources: &[&'d Dictionary],
        start: &State,
        within: Option<ObjectId>,
        depth: usize,
    ) {
        let fonts = fonts(self.document, resources);
        let mut state = start.clone();
        let mut saved: Vec<State> = Vec::new();
        let mut path = Path::default();
        let mut clip = None;
        let mut marks = Marks::new(start);
        for (at, operation) in Content::decode_iter(content).enumerate() {
            let Ok(operation) = operation else { break };
            if *self.budget == 0 {
                return;
            }
            *self.budget -= 1;
            self.order += 1;
            let numbers: Vec<f64> =
                operation.operands.iter().filter_map(|object| object.as_float().ok().map(f64::from)).collect();
            match (operation.operator.as_str(), numbers.as_slice()) {
                ("q", _) if saved.len() < MOST_STATES => saved.push(state.clone()),
                ("Q", _) => {
                    let is_off = state.is_off;
                    state = State { is_off, ..saved.pop().unwrap_or(state) };
                }
                ("cm", numbers) if numbers.len() == 6 => state.place = times(matrix(numbers), state.place),
                ("g" | "rg" | "k" | "cs" | "sc" | "scn" | "G" | "RG" | "K" | "CS" | "SC" | "SCN", _) => {
                    self.ink(&mut state, resources, &operation);
                }
                (setting @ ("w" | "J" | "TL" | "Tc" | "Tw" | "Tz"), &[number]) => state.set(setting, number),
                ("d", _) => state.is_dashed = is_dashed(&operation),
                ("gs", _) => self.graphics_state(&mut state, resources, &operation),
                ("m", &[x, y]) => path.start(moved(state.place, (x, y))),
                ("l", &[x, y]) => path.line(moved(state.place, (x, y))),
                (curve @ ("c" | "v" | "y"), numbers) => {
                    let points = numbers.as_chunks::<2>().0.iter().map(|[x, y]| moved(state.place, (*x, *y)));
                    path.curve(curve, &points.collect::<Vec<_>>());
                }
                ("h", _) => path.close(),
                ("re", &[x, y, width, height]) => {
                    let area = Area { left: x, bottom: y, right: x + width, top: y + height };
                    path.rectangle(corners(area, state.place));
                }
                (rule @ ("W" | "W*"), _) => clip = Some(rule == "W*"),
                (paint @ ("f" | "F" | "f*" | "B" | "B*" | "b" | "b*" | "S" | "s" | "n"), _) => {
                    self.note_off(&marks, &state, paint != "n", (within, at));
                    self.paint(&state, &path, paint, marks.is_in_layer());
                    if let Some(is_even_odd) = clip.take() {
                        state.clip_to(path.single(), path.around(), path.shape(is_even_odd));
                    }
                    path.clear();
                }
                ("sh", _) => {
                    self.note_off(&marks, &state, true, (within, at));
                    self.shading(&state, resources, &operation, marks.is_in_layer());
                }
                ("BDC" | "BMC", _) => {
                    let is_off = self.mark(resources, &operation, (within, at));
                    marks.begin(&mut state, is_layer(&operation), is_off);
                }
                ("EMC", _) => marks.end(&mut state),
                ("BI", _) => {
                    self.note_off(&marks, &state, true, (within, at));
                    let dict =
                        operation.operands.first().and_then(|image| image.as_stream().ok()).map(|image| &image.dict);
                    self.picture(&state, dict.filter(|_| !marks.is_in_layer()), None);
                }
                ("Do", _) => {
                    let is_mixed = state.is_mixed || marks.is_in_layer();
                    self.drawing(&State { is_mixed, ..state.clone() }, resources, &operation, depth);
                }
                ("BT", _) => (state.text, state.line) = (UNCHANGED, UNCHANGED),
                // Letters that others are drawn within are a clip, whose shape is not followed.
                ("ET", _) if state.mode >= 4 => (state.is_clip_known, state.in_letters) = (false, true),
                ("Tr", _) => {
                    state.mode = operation.operands.first().and_then(|mode| mode.as_i64().ok()).unwrap_or_default();
                }
                ("Tf", &[size]) => {
                    state.size = size;
                    state.font =
                        operation.operands.first().and_then(|name| name.as_name().ok()).unwrap_or_default().to_vec();
                }
                ("Td", &[x, y]) => state.next_line(x, y),
                ("TD", &[x, y]) => {
                    state.leading = -y;
                    state.next_line(x, y);
                }
                ("Tm", numbers) if numbers.len() == 6 => {
                    state.line = matrix(numbers);
                    state.text = state.line;
                }
                ("T*", _) => state.next_line(0.0, -state.leading),
                ("Tj" | "TJ", _) => self.show(&mut state, &fonts, &operation.operands, (within, at)),
                ("'" | "\"", numbers) => {
                    if let [word_room, letter_room] = numbers {
                        (state.word_room, state.letter_room) = (*word_room, *letter_room);
                    }
                    state.next_line(0.0, -state.leading);
                    let last = operation.operands.len().saturating_sub(1);
                    self.show(&mut state, &fonts, &operation.operands[last..], (within, at));
                }
                _ => {}
            }
        }
    }

    /// Reads where marked content begins: the words it carries, and whether it is in a layer that is switched off.
    fn mark(&mut self, resources: &[&'d Dictionary], operation: &Operation, at: At) -> bool {
        let Some(properties) = operation.operands.get(1) else { return false };
        match properties {
            Object::Dictionary(dict) => {
                let words = words::of_mark(dict).into_iter().map(|(key, text)| (at, key, text));
                self.page.marks.extend(words);
                false
            }
            Object::Name(name) if is_layer(operation) => {
                let listed = resources.iter().find_map(|resources| {
                    resources.get_deref(b"Properties", self.document).and_then(Object::as_dict).ok()?.get(name).ok()
                });
                listed.is_some_and(|layer| self.layers.is_off(self.document, layer))
            }
            _ => false,
        }
    }

    /// Notes what is drawn here in a layer that is switched off.
    fn note_off(&mut self, marks: &Marks, state: &State, draws: bool, at: At) {
        if draws && state.is_off && !marks.starts_off {
            self.page.off.push(at);
        }
    }

    fn drawing(&mut self, state: &State, resources: &[&'d Dictionary], operation: &Operation, depth: usize) {
        let document = self.document;
        let Some((id, object)) = find(document, resources, b"XObject", operation) else { return };
        let Ok(stream) = object.as_stream() else { return };
        // A clean copy has nothing where something was drawn.
        if stream.content.is_empty() {
            return;
        }
        let is_off = state.is_off || stream.dict.get(b"OC").is_ok_and(|layer| self.layers.is_off(document, layer));
        self.page.drawn.extend(id.map(|id| (id, is_off)));
        let state = &State { is_off, ..state.clone() };
        if stream.dict.get_deref(b"Subtype", document).and_then(Object::as_name).is_ok_and(|kind| kind == b"Image") {
            self.picture(state, Some(&stream.dict), id);
            return;
        }
        self.form(state, (id, stream), resources, depth);
    }

    /// Follows a drawing, whose place is the state's.
    pub(super) fn form(
        &mut self,
        state: &State,
        (id, stream): (Option<ObjectId>, &'d Stream),
        resources: &[&'d Dictionary],
        depth: usize,
    ) {
        let document = self.document;
        let content = stream.get_plain_content_with_limit(MOST_UNPACKED);
        let Some(content) = content.ok().filter(|_| depth < DEEPEST) else {
            self.page.is_cut |= depth < DEEPEST;
            self.somewhere(state);
            return;
        };
        let mut inner = state.clone();
        inner.is_mixed |= stream.dict.has(b"OC");
        let written = stream.dict.get_deref(b"Matrix", document).and_then(Object::as_array).ok();
        let numbers: Vec<f64> = written.into_iter().flatten().filter_map(|number| float(document, number)).collect();
        if numbers.len() == 6 {
            inner.place = times(matrix(&numbers), inner.place);
        }
        let frame = stream.dict.get_deref(b"BBox", document).ok().and_then(|frame| Area::read(document, frame));
        if let Some(frame) = frame {
            let corners = corners(frame, inner.place);
            let shape = Shape::new(vec![corners.to_vec()], false).map(Rc::new);
            inner.clip_to(rectangle(&corners), Area::of(&corners), shape);
        }
        let own = stream.dict.get_deref(b"Resources", document).and_then(Object::as_dict).ok();
        let resources: Vec<_> = own.into_iter().chain(resources.iter().copied()).collect();
        self.content(&content, &resources, &inner, id, depth + 1);
    }

    fn show(
        &mut self,
        state: &mut State,
        fonts: &BTreeMap<Vec<u8>, Font<'d>>,
        operands: &[Object],
        at: (Option<ObjectId>, usize),
    ) {
        let font = fonts.get(&state.font);
        let (text, letters) = letters(font, state, operands);
        let width = letters.width;
        let placed = times(state.text, state.place);
        let (low, high) = (-0.2 * state.size, 0.75 * state.size);
        let corners = [(0.0, low), (width, low), (0.0, high), (width, high)].map(|corner| moved(placed, corner));
        let (start, end) = (moved(placed, (0.0, 0.0)), moved(placed, (width, 0.0)));
        state.text = times([1.0, 0.0, 0.0, 1.0, width, 0.0], state.text);
        let Some(area) = Area::of(&corners) else { return };
        if text.is_empty() {
            return;
        }
        let size = state.size.abs() * (placed[2].powi(2) + placed[3].powi(2)).sqrt();
        let shown = Shown {
            text,
            area,
            size,
            colour: state.colour,
            mode: state.mode,
            alpha: state.alpha,
            is_drawn: font.is_some_and(Font::is_drawn),
            order: self.order,
            hidden: None,
            at,
            letters: letters.placed(placed, state.size),
            covered: Vec::new(),
            is_clipped: !area.core().touches(&state.clip),
            is_off: state.is_off,
        };
        self.text.add(&shown, start, end);
        self.page.shown.push(shown);
    }
}

/// Marked content within which operators stand, as it is begun and ended.
struct Marks {
    /// Of each: whether it is a layer, and whether what stands around it is switched off.
    open: Vec<(bool, bool)>,
    /// Whether all of the content is switched off.
    starts_off: bool,
}

impl Marks {
    fn new(start: &State) -> Self {
        Self { open: Vec::new(), starts_off: start.is_off }
    }

    fn is_in_layer(&self) -> bool {
        self.open.iter().any(|(is_layer, _)| *is_layer)
    }

    fn begin(&mut self, state: &mut State, is_layer: bool, is_off: bool) {
        self.open.push((is_layer, state.is_off));
        state.is_off |= is_off;
    }

    fn end(&mut self, state: &mut State) {
        if let Some((_, is_off)) = self.open.pop() {
            state.is_off = is_off;
        }
    }
}

fn is_dashed(operation: &Operation) -> bool {
    operation.operands.first().and_then(|dashes| dashes.as_array().ok()).is_some_and(|dashes| !dashes.is_empty())
}

fn is_layer(operation: &Operation) -> bool {
    operation.operands.first().and_then(|tag| tag.as_name().ok()) == Some(b"OC")
}

/// Finds what an operator names among the resources, with its id if it has one.
pub(super) fn find<'d>(
    document: &'d Document,
    resources: &[&'d Dictionary],
    kind: &[u8],
    operation: &Operation,
) -> Option<(Option<ObjectId>, &'d Object)> {
    let name = operation.operands.first()?.as_name().ok()?;
    let found = resources.iter().find_map(|resources| {
        let list = resources.get_deref(kind, document).and_then(Object::as_dict).ok()?;
        list.get(name).ok()
    })?;
    document.dereference(found).ok()
}
