//! What is drawn on a page, in the order of drawing: text, areas and pictures.

use std::collections::BTreeMap;

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId};

use super::MOST_UNPACKED;
use super::colour::{self, BLACK, Colour, WHITE};
use super::fonts::{Font, fonts};

/// Operators of all pages of a document that are followed.
pub(super) const MOST_OPERATORS: usize = 4_000_000;
/// Drawings within drawings.
const DEEPEST: usize = 12;
/// States saved one over the other.
const MOST_STATES: usize = 512;

/// A transformation as PDF writes it: `a b c d e f`.
type Matrix = [f64; 6];

const UNCHANGED: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

/// A rectangle: left, bottom, right, top.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Area {
    pub(super) left: f64,
    pub(super) bottom: f64,
    pub(super) right: f64,
    pub(super) top: f64,
}

/// Some text that one operator shows.
#[derive(Debug)]
pub(super) struct Shown {
    pub(super) text: String,
    pub(super) area: Area,
    /// Its size on the page, in points.
    pub(super) size: f64,
    pub(super) colour: Colour,
    /// How letters are drawn: 3 and 7 draw none.
    pub(super) mode: i64,
    /// From 0, which nobody sees, to 1.
    pub(super) alpha: f64,
    /// Its place in the order of drawing.
    order: usize,
    /// The drawing that holds its operator (`None` for the page itself), and the operator's place there.
    pub(super) at: (Option<ObjectId>, usize),
}

/// Something that covers what was drawn before.
#[derive(Debug)]
pub(super) struct Ground {
    pub(super) area: Area,
    pub(super) colour: Colour,
    pub(super) is_picture: bool,
    order: usize,
}

/// A page as drawn.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) area: Area,
    pub(super) shown: Vec<Shown>,
    pub(super) grounds: Vec<Ground>,
    text: String,
}

impl Area {
    pub(super) fn width(&self) -> f64 {
        self.right - self.left
    }

    pub(super) fn size(&self) -> f64 {
        self.width() * (self.top - self.bottom)
    }

    pub(super) fn has(&self, (x, y): (f64, f64)) -> bool {
        (self.left..=self.right).contains(&x) && (self.bottom..=self.top).contains(&y)
    }

    pub(super) fn centre(&self) -> (f64, f64) {
        (f64::midpoint(self.left, self.right), f64::midpoint(self.bottom, self.top))
    }

    /// The part of a width, from 0 to 1, that lies under another area.
    pub(super) fn under(&self, other: &Self) -> f64 {
        let shared = self.right.min(other.right) - self.left.max(other.left);
        if self.width() <= 0.0 { 0.0 } else { (shared / self.width()).clamp(0.0, 1.0) }
    }

    fn of(points: &[(f64, f64)]) -> Option<Self> {
        let first = points.first()?;
        let start = Self { left: first.0, right: first.0, bottom: first.1, top: first.1 };
        Some(points.iter().fold(start, |area, (x, y)| Self {
            left: area.left.min(*x),
            right: area.right.max(*x),
            bottom: area.bottom.min(*y),
            top: area.top.max(*y),
        }))
    }

    /// Reads `[x y x y]`.
    pub(super) fn read(document: &Document, object: &Object) -> Option<Self> {
        let numbers: Vec<f64> = object.as_array().ok()?.iter().filter_map(|number| float(document, number)).collect();
        match numbers.as_slice() {
            [x, y, u, v] => Self::of(&[(*x, *y), (*u, *v)]),
            _ => None,
        }
    }
}

impl Shown {
    /// Tells whether something was drawn before it.
    pub(super) fn is_over(&self, ground: &Ground) -> bool {
        ground.order < self.order
    }
}

impl Page {
    /// The text of the page, line by line, what nobody sees included.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The text that stands on the page, without spaces between what is drawn apart.
    pub(super) fn shown(&self) -> String {
        let seen = self.shown.iter().filter(|shown| super::hidden::reason(self, shown).is_none());
        seen.map(|shown| shown.text.as_str()).collect()
    }

    /// Tells whether nothing at all is on the page.
    pub(super) fn is_blank(&self) -> bool {
        self.shown.is_empty() && self.grounds.iter().all(|ground| !ground.is_picture)
    }

    /// Tells whether the page is a picture, whose text a program may have read.
    pub(super) fn is_scan(&self) -> bool {
        let pictures = self.grounds.iter().filter(|ground| ground.is_picture);
        pictures.map(|ground| ground.area.size()).fold(0.0, f64::max) > 0.4 * self.area.size()
    }
}

/// Reads a page; `budget` is how many operators may still be followed.
pub(super) fn read(document: &Document, id: ObjectId, budget: &mut usize) -> Page {
    let mut page = Page { area: page_area(document, id), shown: Vec::new(), grounds: Vec::new(), text: String::new() };
    let content = document.get_page_content_with_limit(id, MOST_UNPACKED).unwrap_or_default();
    let resources = page_resources(document, id);
    let mut walk = Walk { document, page: &mut page, budget, order: 0, text: Lines::default() };
    walk.content(&content, &resources, &State::new(), None, 0);
    let text = std::mem::take(&mut walk.text.text);
    page.text = text;
    page
}

fn page_resources(document: &Document, id: ObjectId) -> Vec<&Dictionary> {
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

pub(super) fn float(document: &Document, object: &Object) -> Option<f64> {
    let (_, number) = document.dereference(object).ok()?;
    number.as_float().ok().map(f64::from)
}

/// All that an operator may depend on.
#[derive(Clone)]
struct State {
    place: Matrix,
    colour: Colour,
    alpha: f64,
    /// Whether what is drawn mixes with what is under it, as a marker does.
    is_mixed: bool,
    mode: i64,
    font: Vec<u8>,
    size: f64,
    leading: f64,
    text: Matrix,
    line: Matrix,
}

impl State {
    fn new() -> Self {
        Self {
            place: UNCHANGED,
            colour: BLACK,
            alpha: 1.0,
            is_mixed: false,
            mode: 0,
            font: Vec::new(),
            size: 0.0,
            leading: 0.0,
            text: UNCHANGED,
            line: UNCHANGED,
        }
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.line = times([1.0, 0.0, 0.0, 1.0, x, y], self.line);
        self.text = self.line;
    }
}

fn times(a: Matrix, b: Matrix) -> Matrix {
    [
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    ]
}

/// The transformation of six numbers.
fn matrix(numbers: &[f64]) -> Matrix {
    numbers.first_chunk().copied().unwrap_or(UNCHANGED)
}

fn moved(matrix: Matrix, (x, y): (f64, f64)) -> (f64, f64) {
    (matrix[0] * x + matrix[2] * y + matrix[4], matrix[1] * x + matrix[3] * y + matrix[5])
}

/// Text in lines, as far as places tell: words that are drawn apart stay apart.
#[derive(Default)]
struct Lines {
    text: String,
    /// Where the last text ended, and its size.
    end: Option<(f64, f64, f64)>,
}

impl Lines {
    fn add(&mut self, shown: &Shown, start: (f64, f64), end: (f64, f64)) {
        if let Some((x, y, size)) = self.end {
            let size = size.max(shown.size).max(1.0);
            if (y - start.1).abs() > size * 0.6 || start.0 < x - size * 4.0 {
                self.text.push('\n');
            } else if start.0 > x + size * 0.15 && !self.text.ends_with(' ') {
                self.text.push(' ');
            }
        }
        self.text.push_str(&shown.text);
        self.end = Some((end.0, end.1, shown.size));
    }
}

struct Walk<'d, 'p> {
    document: &'d Document,
    page: &'p mut Page,
    budget: &'p mut usize,
    order: usize,
    text: Lines,
}

impl<'d> Walk<'d, '_> {
    fn content(
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
        let mut path: Vec<(f64, f64)> = Vec::new();
        let mut rectangles: Vec<Area> = Vec::new();
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
                ("Q", _) => state = saved.pop().unwrap_or(state),
                ("cm", numbers) if numbers.len() == 6 => state.place = times(matrix(numbers), state.place),
                ("g" | "rg" | "k" | "sc" | "scn", _) => state.colour = colour::of(&operation.operands),
                ("cs", _) => state.colour = BLACK,
                ("gs", _) => self.graphics_state(&mut state, resources, &operation),
                ("m" | "l", &[x, y]) => path.push(moved(state.place, (x, y))),
                ("c" | "v" | "y", &[.., x, y]) => path.push(moved(state.place, (x, y))),
                ("re", &[x, y, width, height]) => {
                    let corners = [(x, y), (x + width, y), (x, y + height), (x + width, y + height)];
                    rectangles.extend(Area::of(&corners.map(|corner| moved(state.place, corner))));
                }
                ("f" | "F" | "f*" | "B" | "B*" | "b" | "b*", _) => {
                    rectangles.extend(Area::of(&std::mem::take(&mut path)));
                    for area in rectangles.drain(..) {
                        self.ground(&state, area, false);
                    }
                }
                ("n" | "S" | "s", _) => {
                    path.clear();
                    rectangles.clear();
                }
                ("sh", _) => {
                    let area = self.page.area;
                    self.ground(&State { colour: None, ..state.clone() }, area, false);
                }
                ("BI", _) => self.picture(&state),
                ("Do", _) => self.drawing(&state, resources, &operation, depth),
                ("BT", _) => (state.text, state.line) = (UNCHANGED, UNCHANGED),
                ("Tr", &[mode]) => state.mode = if (2.5..3.5).contains(&mode) || mode > 6.5 { 3 } else { 0 },
                ("Tf", &[size]) => {
                    state.size = size;
                    state.font =
                        operation.operands.first().and_then(|name| name.as_name().ok()).unwrap_or_default().to_vec();
                }
                ("TL", &[leading]) => state.leading = leading,
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
                ("'" | "\"", _) => {
                    state.next_line(0.0, -state.leading);
                    let last = operation.operands.len().saturating_sub(1);
                    self.show(&mut state, &fonts, &operation.operands[last..], (within, at));
                }
                _ => {}
            }
        }
    }

    fn ground(&mut self, state: &State, area: Area, is_picture: bool) {
        if state.alpha < 0.9 || state.is_mixed {
            return;
        }
        let colour = if is_picture { None } else { state.colour };
        self.page.grounds.push(Ground { area, colour, is_picture, order: self.order });
    }

    fn picture(&mut self, state: &State) {
        let corners = [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0)];
        if let Some(area) = Area::of(&corners.map(|corner| moved(state.place, corner))) {
            self.ground(state, area, true);
        }
    }

    fn graphics_state(&mut self, state: &mut State, resources: &[&'d Dictionary], operation: &Operation) {
        let document = self.document;
        let Some(settings) =
            find(document, resources, b"ExtGState", operation).and_then(|(_, object)| object.as_dict().ok())
        else {
            return;
        };
        if let Ok(alpha) = settings.get(b"ca") {
            state.alpha = float(document, alpha).unwrap_or(1.0);
        }
        if let Ok(mode) = settings.get_deref(b"BM", document) {
            state.is_mixed = !mode.as_name().is_ok_and(|name| matches!(name, b"Normal" | b"Compatible"));
        }
    }

    fn drawing(&mut self, state: &State, resources: &[&'d Dictionary], operation: &Operation, depth: usize) {
        let document = self.document;
        let Some((id, object)) = find(document, resources, b"XObject", operation) else { return };
        let Ok(stream) = object.as_stream() else { return };
        if stream.dict.get_deref(b"Subtype", document).and_then(Object::as_name).is_ok_and(|kind| kind == b"Image") {
            self.picture(state);
            return;
        }
        let Ok(content) = stream.get_plain_content_with_limit(MOST_UNPACKED) else { return };
        if depth >= DEEPEST {
            return;
        }
        let mut inner = state.clone();
        let written = stream.dict.get_deref(b"Matrix", document).and_then(Object::as_array).ok();
        let numbers: Vec<f64> = written.into_iter().flatten().filter_map(|number| float(document, number)).collect();
        if numbers.len() == 6 {
            inner.place = times(matrix(&numbers), inner.place);
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
        let mut text = String::new();
        let mut width = 0.0;
        let parts = operands.iter().flat_map(|object| match object {
            Object::Array(parts) => parts.as_slice(),
            other => std::slice::from_ref(other),
        });
        for part in parts {
            if let Object::String(bytes, _) = part {
                text.push_str(&font.map_or_else(|| super::text_of(bytes), |font| font.text(bytes)));
                width += font.map_or(0.0, |font| font.width(bytes)) * state.size;
            } else if let Ok(shift) = part.as_float() {
                width -= f64::from(shift) / 1000.0 * state.size;
                if shift < -180.0 && !text.ends_with(' ') {
                    text.push(' ');
                }
            }
        }
        let placed = times(state.text, state.place);
        let (low, high) = (-0.2 * state.size, 0.75 * state.size);
        let corners = [(0.0, low), (width, low), (0.0, high), (width, high)];
        let (start, end) = (moved(placed, (0.0, 0.0)), moved(placed, (width, 0.0)));
        state.text = times([1.0, 0.0, 0.0, 1.0, width, 0.0], state.text);
        let Some(area) = Area::of(&corners.map(|corner| moved(placed, corner))) else { return };
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
            order: self.order,
            at,
        };
        self.text.add(&shown, start, end);
        self.page.shown.push(shown);
    }
}

/// Finds what an operator names among the resources, with its id if it has one.
fn find<'d>(
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

/// The colour of the ground on which some text stands: that of what was drawn there last, else paper.
pub(super) fn ground_of(page: &Page, shown: &Shown) -> Colour {
    let under = page.grounds.iter().rev().find(|ground| shown.is_over(ground) && ground.area.has(shown.area.centre()));
    under.map_or(WHITE, |ground| ground.colour)
}
