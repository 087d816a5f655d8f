//! What is drawn beside text: which of it certainly covers a place, and what lies where.

use std::rc::Rc;

use super::area::Area;
use super::colour::Colour;
use super::shape::{Point, Shape, along_curve, bar};

/// Something drawn on a page that is no text.
#[derive(Debug)]
pub(super) struct Ground {
    pub(super) area: Area,
    pub(super) colour: Colour,
    pub(super) is_picture: bool,
    /// Whether nothing under it can be seen; else it lies somewhere within the area.
    pub(super) is_opaque: bool,
    /// Whether something under it may be covered, which cannot be told: a picture with a mask, a pattern.
    pub(super) may_cover: bool,
    /// Within all of these it lies; none for a rectangle, which is the whole of its area.
    pub(super) shapes: Vec<Rc<Shape>>,
    /// How thick it is at its thinnest, in points.
    pub(super) thick: f64,
    /// Whether it is drawn through letters alone, as through a stencil.
    pub(super) in_letters: bool,
    /// Whether an annotation draws it.
    pub(super) is_note: bool,
    pub(super) order: usize,
}

impl Ground {
    /// Tells whether nobody sees what is under it at a place.
    pub(super) fn covers(&self, place: Point) -> bool {
        self.is_opaque && self.area.has(place) && self.shapes.iter().all(|shape| shape.has(place))
    }

    /// Tells whether it covers an area, as far as corners and middle tell.
    pub(super) fn covers_all(&self, area: &Area) -> bool {
        let Area { left, bottom, right, top } = *area;
        [(left, bottom), (right, bottom), (left, top), (right, top), area.centre()]
            .into_iter()
            .all(|place| self.covers(place))
    }
}

/// What a path covers of an area.
#[derive(Debug, Clone)]
pub(super) enum Cover {
    Whole,
    Within(Rc<Shape>),
    /// Somewhere in it lies something.
    Unknown,
}

/// How a path is stroked.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pen {
    pub(super) width: f64,
    pub(super) closes: bool,
    /// Whether lines are longer than they are by half their width.
    pub(super) is_long: bool,
    pub(super) is_dashed: bool,
}

/// One line of a path, in places of the page.
#[derive(Debug, Default, Clone)]
struct Line {
    points: Vec<Point>,
    is_curved: bool,
    is_closed: bool,
}

/// A path as built so far.
#[derive(Debug, Default)]
pub(super) struct Path {
    lines: Vec<Line>,
}

/// Rectangles of one path that are compared with each other.
const MOST_RECTANGLES: usize = 32;
/// Parts of a point within which places are the same.
const NEAR: f64 = 0.01;
/// Points from which on a slanted line may cover letters.
const THICK: f64 = 2.0;

impl Path {
    pub(super) fn start(&mut self, point: Point) {
        self.lines.push(Line { points: vec![point], ..Line::default() });
    }

    pub(super) fn line(&mut self, point: Point) {
        self.last().points.push(point);
    }

    /// Adds a curve, whose points are given as its operator takes them.
    pub(super) fn curve(&mut self, operator: &str, points: &[Point]) {
        let last = self.last();
        let Some(start) = last.points.last().copied() else { return };
        let (one, two, end) = match (operator, points) {
            ("c", [one, two, end]) => (*one, *two, *end),
            ("v", [two, end]) => (start, *two, *end),
            ("y", [one, end]) => (*one, *end, *end),
            _ => return,
        };
        last.points.extend(along_curve(start, one, two, end));
        last.is_curved = true;
    }

    pub(super) fn close(&mut self) {
        self.last().is_closed = true;
    }

    pub(super) fn rectangle(&mut self, corners: [Point; 4]) {
        self.lines.push(Line { points: corners.to_vec(), is_curved: false, is_closed: true });
    }

    pub(super) fn clear(&mut self) {
        self.lines.clear();
    }

    fn last(&mut self) -> &mut Line {
        if self.lines.is_empty() {
            self.lines.push(Line::default());
        }
        let last = self.lines.len() - 1;
        &mut self.lines[last]
    }

    fn drawn(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(|line| line.points.len() > 1)
    }

    /// The only rectangle of a path that is nothing else.
    pub(super) fn single(&self) -> Option<Area> {
        let mut drawn = self.drawn();
        let only = drawn.next()?.rectangle();
        if drawn.next().is_some() { None } else { only }
    }

    /// The area within which a path lies.
    pub(super) fn around(&self) -> Option<Area> {
        Area::of(&self.lines.iter().flat_map(|line| line.points.iter().copied()).collect::<Vec<_>>())
    }

    /// The outline of all that is filled; nothing for a drawing of very many points.
    pub(super) fn shape(&self, is_even_odd: bool) -> Option<Rc<Shape>> {
        Shape::new(self.drawn().map(|line| line.points.clone()).collect(), is_even_odd).map(Rc::new)
    }

    /// The areas of what is filled, each with what is covered of it.
    pub(super) fn filled(&self, is_even_odd: bool) -> Vec<(Area, Cover)> {
        let drawn: Vec<&Line> = self.drawn().collect();
        let rectangles: Option<Vec<Area>> = drawn.iter().map(|line| line.rectangle()).collect();
        // Where one lies over another, there may be a hole.
        let is_whole = rectangles.is_some_and(|areas| {
            areas.len() <= MOST_RECTANGLES
                && areas.iter().enumerate().all(|(at, area)| areas[..at].iter().all(|other| !other.touches(area)))
        });
        let cover = if is_whole { Cover::Whole } else { self.shape(is_even_odd).map_or(Cover::Unknown, Cover::Within) };
        drawn.into_iter().filter_map(|line| Some((Area::of(&line.points)?, cover.clone()))).collect()
    }

    /// The areas of strokes, each with what is covered of it.
    pub(super) fn stroked(&self, pen: Pen) -> Vec<(Area, Cover)> {
        let mut areas = Vec::new();
        let half = pen.width / 2.0;
        for line in &self.lines {
            let mut points = line.points.clone();
            let is_closed = (line.is_closed || pen.closes) && points.len() > 2;
            if is_closed {
                points.extend(line.points.first());
            }
            let last = points.len().saturating_sub(2);
            for (at, side) in points.windows(2).enumerate() {
                let (from, to) = (side[0], side[1]);
                let longer = |is_end: bool| if is_end && !is_closed && !pen.is_long { 0.0 } else { half };
                let corners = bar(from, to, pen.width, (longer(at == 0), longer(at == last)));
                let Some(corners) = corners.filter(|_| !pen.is_dashed) else {
                    areas.extend(Area::of(side).map(|area| (area.wider(half), Cover::Unknown)));
                    continue;
                };
                let area = rectangle(&corners);
                let shape = || Shape::new(vec![corners.to_vec()], false).filter(|_| pen.width >= THICK);
                let cover = match area {
                    Some(_) => Cover::Whole,
                    None => shape().map_or(Cover::Unknown, |shape| Cover::Within(Rc::new(shape))),
                };
                areas.extend(area.or_else(|| Area::of(&corners)).map(|area| (area, cover)));
            }
        }
        areas
    }
}

impl Line {
    fn rectangle(&self) -> Option<Area> {
        if self.is_curved { None } else { rectangle(&self.points) }
    }
}

/// The area of four corners, when its sides lie along those of the page.
pub(super) fn rectangle(points: &[(f64, f64)]) -> Option<Area> {
    let is_near = |one: f64, other: f64| (one - other).abs() < NEAR;
    let corners: [(f64, f64); 4] = match points {
        [.., last] if points.len() == 5 && is_near(points[0].0, last.0) && is_near(points[0].1, last.1) => {
            points[..4].try_into().ok()?
        }
        four => four.try_into().ok()?,
    };
    // Sides go in turn along the page and up it, whichever comes first.
    let side = |at: usize, is_flat: bool| {
        let (from, to) = (corners[at], corners[(at + 1) % 4]);
        if is_flat { is_near(from.1, to.1) } else { is_near(from.0, to.0) }
    };
    let goes = |first_is_flat: bool| (0..4).all(|at| side(at, (at % 2 == 0) == first_is_flat));
    if goes(true) || goes(false) { Area::of(&corners) } else { None }
}

/// Fields of a page across and up.
const FIELDS: usize = 48;
/// Fields over which something may lie and still be kept in each of them.
const MOST_FIELDS: usize = 24;

/// Grounds over one text that are told apart.
const MOST_OVER: usize = 512;

/// The grounds of a page by where they lie, so that only those near some text are compared with it.
pub(super) struct Map<'g> {
    grounds: &'g [Ground],
    page: Area,
    fields: Vec<Vec<usize>>,
    large: Vec<usize>,
}

impl<'g> Map<'g> {
    pub(super) fn new(grounds: &'g [Ground], page: Area) -> Self {
        let mut map = Self { grounds, page, fields: vec![Vec::new(); FIELDS * FIELDS], large: Vec::new() };
        for (at, ground) in grounds.iter().enumerate() {
            let (left, bottom) = map.field((ground.area.left, ground.area.bottom));
            let (right, top) = map.field((ground.area.right, ground.area.top));
            if (right - left + 1) * (top - bottom + 1) > MOST_FIELDS {
                map.large.push(at);
                continue;
            }
            for row in bottom..=top {
                for column in left..=right {
                    map.fields[row * FIELDS + column].push(at);
                }
            }
        }
        map
    }

    /// Column and row of the field that holds a place; what lies outside belongs to the outermost.
    fn field(&self, (x, y): (f64, f64)) -> (usize, usize) {
        let place = |at: f64, start: f64, length: f64| {
            let part = (at - start) / length.max(1.0);
            (1..FIELDS).take_while(|field| part * fields(FIELDS) >= fields(*field)).count()
        };
        (place(x, self.page.left, self.page.width()), place(y, self.page.bottom, self.page.height()))
    }

    /// The grounds after a place in the order of drawing that lie over some of an area and suit, in that order;
    /// counts what it looks at in `looked`.
    pub(super) fn over(
        &self,
        area: &Area,
        order: usize,
        looked: &mut usize,
        suits: impl Fn(&Ground) -> bool,
    ) -> Vec<&'g Ground> {
        let mut found = std::collections::BTreeSet::new();
        for list in self.lists(area) {
            let after = list.partition_point(|at| self.grounds[*at].order <= order);
            for at in &list[after..] {
                *looked += 1;
                if *looked >= super::page::MOST_OPERATORS || found.len() >= MOST_OVER {
                    break;
                }
                let ground = &self.grounds[*at];
                if ground.area.touches(area) && suits(ground) {
                    found.insert(*at);
                }
            }
        }
        found.into_iter().map(|at| &self.grounds[at]).collect()
    }

    /// Lists of the grounds that may touch an area, each ordered as drawn.
    fn lists(&self, area: &Area) -> impl Iterator<Item = &Vec<usize>> {
        let (left, bottom) = self.field((area.left, area.bottom));
        let (right, top) = self.field((area.right, area.top));
        let fields =
            (bottom..=top).flat_map(move |row| (left..=right).map(move |column| &self.fields[row * FIELDS + column]));
        fields.chain(std::iter::once(&self.large))
    }

    /// The last ground before a place in the order of drawing that touches an area anywhere.
    pub(super) fn before(&self, area: &Area, order: usize, looked: &mut usize) -> Option<&'g Ground> {
        let last = self.lists(area).filter_map(|list| {
            let before = list.partition_point(|at| self.grounds[*at].order < order);
            list[..before].iter().rev().find(|at| {
                *looked += 1;
                *looked < super::page::MOST_OPERATORS && self.grounds[**at].area.touches(area)
            })
        });
        last.max().map(|at| &self.grounds[*at])
    }
}

fn fields(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SQUARE: [(f64, f64); 4] = [(0.0, 0.0), (9.0, 0.0), (9.0, 9.0), (0.0, 9.0)];

    #[test]
    fn only_rectangles_without_holes_cover() {
        assert!(rectangle(&SQUARE).is_some());
        assert!(rectangle(&[(0.0, 0.0), (9.0, 1.0), (9.0, 9.0), (0.0, 8.0)]).is_none());
        assert!(rectangle(&[(0.0, 0.0), (9.0, 9.0), (9.0, 0.0), (0.0, 9.0)]).is_none());
        let mut path = Path::default();
        path.rectangle(SQUARE);
        let is_whole = |path: &Path| path.filled(false).iter().all(|(_, cover)| matches!(cover, Cover::Whole));
        assert!(is_whole(&path) && path.single().is_some());
        path.rectangle(SQUARE.map(|(x, y)| (x + 20.0, y)));
        assert!(is_whole(&path) && path.single().is_none());
        path.rectangle(SQUARE.map(|(x, y)| (x / 2.0 + 1.0, y / 2.0 + 1.0)));
        assert!(!is_whole(&path), "a ring has a hole");
    }

    fn ground(area: Area, order: usize) -> Ground {
        let (is_picture, in_letters, is_note) = (false, false, false);
        let (colour, shapes, thick) = (None, Vec::new(), 1.0);
        Ground {
            area,
            colour,
            is_picture,
            is_opaque: true,
            may_cover: false,
            shapes,
            thick,
            in_letters,
            is_note,
            order,
        }
    }

    #[test]
    fn the_ground_under_a_place_is_what_was_drawn_there_last() {
        let page = Area { left: 0.0, bottom: 0.0, right: 600.0, top: 800.0 };
        let small = Area { left: 10.0, bottom: 10.0, right: 20.0, top: 20.0 };
        let grounds = [ground(small, 1), ground(page, 2), ground(small, 3), ground(small.wider(-4.0), 5)];
        let map = Map::new(&grounds, page);
        let before = |order| map.before(&small, order, &mut 0).map(|ground| ground.order);
        assert_eq!([before(1), before(2), before(3), before(4)], [None, Some(1), Some(2), Some(3)]);
        let over = |order| -> Vec<_> {
            map.over(&small, order, &mut 0, |ground| ground.covers_all(&small))
                .iter()
                .map(|found| found.order)
                .collect()
        };
        assert_eq!([over(3), over(2), over(0)], [vec![], vec![3], vec![1, 2, 3]]);
    }

    #[test]
    fn text_is_compared_with_the_grounds_near_it_alone() {
        let page = Area { left: 0.0, bottom: 0.0, right: 600.0, top: 800.0 };
        let cell = |at: u32| {
            let (x, y) = (f64::from(at % 100) * 6.0, f64::from(at / 100) * 4.0);
            Area { left: x, bottom: y, right: x + 5.0, top: y + 3.0 }
        };
        let grounds: Vec<_> = (0..20_000).map(|at| ground(cell(at), 1)).collect();
        let map = Map::new(&grounds, page);
        let mut looked = 0;
        for at in 0..20_000 {
            assert_eq!(map.before(&cell(at).core(), 2, &mut looked).map(|ground| ground.area), Some(cell(at)));
            map.over(&cell(at).core(), 2, &mut looked, |_| true);
        }
        assert!(looked < 20_000 * 60, "{looked}");
    }
}
