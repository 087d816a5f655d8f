//! What the operators of a page paint beside text: areas, strokes, shadings and pictures.

use lopdf::content::Operation;
use lopdf::{Dictionary, Object, ObjectId};

use super::area::{Area, corners, float, moved};
use super::colour::{BLACK, Colour, Space, is_black, is_dark};
use super::ground::{Cover, Ground, Path, Pen, rectangle};
use super::page::{Walk, find};
use super::shape::Point;
use super::state::State;

/// Pixels across and up from which on a picture may show somebody.
const FEWEST: i64 = 48;
/// How opaque something is at least under which little is seen.
const LIGHTEST: f64 = 0.8;
/// Functions within functions of a shading.
const DEEPEST: usize = 4;

impl<'d> Walk<'d, '_> {
    /// Paints a path; what stands in a layer may be switched off.
    pub(super) fn paint(&mut self, state: &State, path: &Path, paint: &str, is_layer: bool) {
        let known = |cover| if is_layer { Cover::Unknown } else { cover };
        if matches!(paint, "f" | "F" | "f*" | "B" | "B*" | "b" | "b*") {
            for (area, cover) in path.filled(paint.ends_with('*')) {
                self.ground(state, area, known(cover), area.width().min(area.height()));
            }
        }
        if matches!(paint, "B" | "B*" | "b" | "b*" | "S" | "s") {
            let [a, b, c, d, ..] = state.place;
            let width = state.stroke * (a * d - b * c).abs().sqrt();
            let (space, colour) = state.pen;
            let drawn = State { space, colour, alpha: state.pen_alpha, ..state.clone() };
            let pen = Pen {
                width,
                closes: matches!(paint, "s" | "b" | "b*"),
                is_long: state.has_long_ends,
                is_dashed: state.is_dashed,
            };
            for (area, cover) in path.stroked(pen) {
                self.ground(&drawn, area, known(cover), width);
            }
        }
    }

    fn ground(&mut self, state: &State, area: Area, cover: Cover, thick: f64) {
        let Some(area) = area.shared(&state.clip) else { return };
        if state.alpha < 0.05 || state.is_off {
            return;
        }
        let mixes = state.is_mixed || (state.is_darkening && !is_black(state.colour));
        let is_certain = state.is_clip_known && state.alpha > 0.99 && !mixes && state.space != Space::Pattern;
        let mut shapes = state.clips.clone();
        let is_opaque = match cover {
            Cover::Whole => is_certain,
            Cover::Within(shape) => {
                shapes.push(shape);
                is_certain
            }
            Cover::Unknown => false,
        };
        self.page.grounds.push(Ground {
            area,
            colour: state.colour,
            is_picture: false,
            is_opaque,
            may_cover: !is_opaque && state.alpha > LIGHTEST && (!state.is_darkening || is_dark(state.colour)),
            shapes,
            thick,
            in_letters: state.in_letters,
            is_note: false,
            order: self.order,
        });
    }

    /// Something lies somewhere within the clip.
    pub(super) fn somewhere(&mut self, state: &State) {
        let thick = state.clip.width().min(state.clip.height());
        self.ground(&State { colour: None, ..state.clone() }, state.clip, Cover::Unknown, thick);
    }

    /// Fills the clip with colours that go over into each other (ISO 32000-1, 8.7.4.5).
    pub(super) fn shading(
        &mut self,
        state: &State,
        resources: &[&'d Dictionary],
        operation: &Operation,
        is_layer: bool,
    ) {
        let found = find(self.document, resources, b"Shading", operation).map(|(_, shading)| shading);
        let shading = found.and_then(|found| found.as_dict().ok().or_else(|| Some(&found.as_stream().ok()?.dict)));
        let Some(shading) = shading.filter(|shading| !is_layer && self.fills(state, shading)) else {
            return self.somewhere(state);
        };
        let function = shading.get(b"Function").ok();
        let mut lightest = function.and_then(|function| self.lightest(function, 0));
        let space = shading.get_deref(b"ColorSpace", self.document).ok();
        if space.is_none_or(|space| {
            Space::of(self.document, space.as_name().unwrap_or_default(), Some(space)) == Space::Other
        }) {
            lightest = None;
        }
        let filled = State { colour: lightest, space: Space::Rgb, ..state.clone() };
        let thick = state.clip.width().min(state.clip.height());
        self.ground(&filled, state.clip, Cover::Whole, thick);
    }

    /// Tells whether a shading leaves nothing of the clip free.
    fn fills(&self, state: &State, shading: &Dictionary) -> bool {
        let list = |key: &[u8]| shading.get_deref(key, self.document).and_then(Object::as_array).ok();
        let numbers: Vec<f64> =
            list(b"Coords").into_iter().flatten().filter_map(|number| float(self.document, number)).collect();
        let extends: Vec<bool> =
            list(b"Extend").into_iter().flatten().map(|extends| extends.as_bool().unwrap_or_default()).collect();
        let extends = |at: usize| extends.get(at).copied().unwrap_or_default();
        let kind = shading.get_deref(b"ShadingType", self.document).and_then(Object::as_i64).unwrap_or_default();
        if shading.has(b"BBox") {
            return false;
        }
        match (kind, numbers.as_slice()) {
            (2, &[x, y, u, v]) => {
                let (start, end) = (moved(state.place, (x, y)), moved(state.place, (u, v)));
                let (across, up) = (end.0 - start.0, end.1 - start.1);
                let length = (across * across + up * up).max(0.001);
                let part = |(x, y): Point| ((x - start.0) * across + (y - start.1) * up) / length;
                let Area { left, bottom, right, top } = state.clip;
                [(left, bottom), (right, bottom), (left, top), (right, top)]
                    .into_iter()
                    .map(part)
                    .all(|part| (extends(0) || part > -0.01) && (extends(1) || part < 1.01))
            }
            (3, &[.., outer]) => extends(1) && outer > 0.0,
            _ => false,
        }
    }

    /// The lightest colour of a function that tells its colours at both ends.
    fn lightest(&self, function: &Object, depth: usize) -> Colour {
        let (_, function) = self.document.dereference(function).ok()?;
        let dict = function.as_dict().ok().filter(|_| depth < DEEPEST)?;
        if let Ok(parts) = dict.get_deref(b"Functions", self.document).and_then(Object::as_array) {
            let colours: Option<Vec<[f64; 3]>> = parts.iter().map(|part| self.lightest(part, depth + 1)).collect();
            return lighter(colours?);
        }
        let colour = |key: &[u8], other: f64| {
            let written = dict.get_deref(key, self.document).and_then(Object::as_array).ok();
            written.map_or(Some([other; 3]), |colour| super::colour::of(colour))
        };
        lighter(vec![colour(b"C0", 0.0)?, colour(b"C1", 1.0)?])
    }

    /// Draws a picture; what is under one with a mask may be seen.
    pub(super) fn picture(&mut self, state: &State, dict: Option<&Dictionary>, id: Option<ObjectId>) {
        let unit = Area { left: 0.0, bottom: 0.0, right: 1.0, top: 1.0 };
        let corners = corners(unit, state.place);
        let is_opaque = dict.is_some_and(|dict| {
            [&b"SMask"[..], b"Mask", b"ImageMask", b"IM", b"OC", b"SMaskInData"].iter().all(|key| !dict.has(key))
        });
        let state = State { space: Space::Gray, colour: None, ..state.clone() };
        let Some(area) = Area::of(&corners) else { return };
        let is_large = |dict: &Dictionary| {
            [&b"Width"[..], b"Height"]
                .iter()
                .all(|key| dict.get(key).and_then(Object::as_i64).is_ok_and(|size| size >= FEWEST))
        };
        if let (Some(id), true) = (id, dict.is_some_and(is_large) && area.size() > 0.0 && !state.is_off) {
            let shown = area.shared(&state.clip).map_or(0.0, |shown| shown.size() / area.size());
            *self.page.pictures.entry(id).or_default() += shown;
        }
        let cover = if is_opaque && rectangle(&corners).is_some() { Cover::Whole } else { Cover::Unknown };
        let before = self.page.grounds.len();
        self.ground(&state, area, cover, area.width().min(area.height()));
        for ground in &mut self.page.grounds[before..] {
            ground.is_picture = true;
        }
    }

    pub(super) fn ink(&self, state: &mut State, resources: &[&'d Dictionary], operation: &Operation) {
        let operator = operation.operator.as_str();
        let is_pen = operator.starts_with(|letter: char| letter.is_ascii_uppercase());
        let (mut space, _) = if is_pen { state.pen } else { (state.space, state.colour) };
        let mut start = None;
        match operator {
            "g" | "G" => space = Space::Gray,
            "rg" | "RG" => space = Space::Rgb,
            "k" | "K" => space = Space::Cmyk,
            "cs" | "CS" => {
                let name = operation.operands.first().and_then(|name| name.as_name().ok()).unwrap_or_default();
                let listed = find(self.document, resources, b"ColorSpace", operation).map(|(_, space)| space);
                space = Space::of(self.document, name, listed);
                start = Some(space.start());
            }
            _ => {}
        }
        let colour = start.unwrap_or_else(|| space.colour(&operation.operands));
        if is_pen {
            state.pen = (space, colour);
        } else {
            (state.space, state.colour) = (space, colour);
        }
    }

    pub(super) fn graphics_state(&mut self, state: &mut State, resources: &[&'d Dictionary], operation: &Operation) {
        let document = self.document;
        let Some(settings) =
            find(document, resources, b"ExtGState", operation).and_then(|(_, object)| object.as_dict().ok())
        else {
            return;
        };
        let number = |key: &[u8]| settings.get(key).ok().map(|number| float(document, number).unwrap_or(1.0));
        state.alpha = number(b"ca").unwrap_or(state.alpha);
        state.pen_alpha = number(b"CA").unwrap_or(state.pen_alpha);
        state.stroke = number(b"LW").unwrap_or(state.stroke);
        if let Ok(mode) = settings.get_deref(b"BM", document) {
            let mode = mode.as_name().unwrap_or_default();
            state.is_darkening = matches!(mode, b"Multiply" | b"Darken");
            state.is_mixed = !state.is_darkening && !matches!(mode, b"Normal" | b"Compatible");
        }
        let is_masked = settings.get_deref(b"SMask", document).is_ok_and(|mask| mask.as_name().is_err());
        let overprints = [&b"OP"[..], b"op"]
            .iter()
            .any(|key| settings.get_deref(key, document).is_ok_and(|on| on.as_bool().unwrap_or_default()));
        state.is_mixed |= is_masked || overprints;
    }
}

fn lighter(colours: Vec<[f64; 3]>) -> Colour {
    colours.into_iter().max_by(|one, other| one.iter().sum::<f64>().total_cmp(&other.iter().sum())).or(BLACK)
}
