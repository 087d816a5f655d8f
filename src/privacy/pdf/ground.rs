//! What is drawn beside text: which of it certainly covers a rectangle, and what lies where.

use super::area::Area;
use super::colour::Colour;

/// Something drawn on a page that is no text.
#[derive(Debug)]
pub(super) struct Ground {
    pub(super) area: Area,
    pub(super) colour: Colour,
    pub(super) is_picture: bool,
    /// Whether nothing under the whole of its area can be seen; else it lies somewhere within the area.
    pub(super) is_whole: bool,
    pub(super) order: usize,
}

/// One line of a path, in places of the page.
#[derive(Debug, Default, Clone)]
struct Line {
    points: Vec<(f64, f64)>,
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

impl Path {
    pub(super) fn start(&mut self, point: (f64, f64)) {
        self.lines.push(Line { points: vec![point], ..Line::default() });
    }

    pub(super) fn line(&mut self, point: (f64, f64)) {
        self.last().points.push(point);
    }

    pub(super) fn curve(&mut self, points: &[(f64, f64)]) {
        let last = self.last();
        last.points.extend(points);
        last.is_curved = true;
    }

    pub(super) fn close(&mut self) {
        self.last().is_closed = true;
    }

    pub(super) fn rectangle(&mut self, corners: [(f64, f64); 4]) {
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

    /// The only rectangle of a path that is nothing else.
    pub(super) fn single(&self) -> Option<Area> {
        let mut drawn = self.lines.iter().filter(|line| line.points.len() > 1);
        let only = drawn.next()?.rectangle();
        if drawn.next().is_some() { None } else { only }
    }

    /// The area within which a path lies.
    pub(super) fn around(&self) -> Option<Area> {
        Area::of(&self.lines.iter().flat_map(|line| line.points.iter().copied()).collect::<Vec<_>>())
    }

    /// The areas that filling covers, each with whether it is filled without holes.
    pub(super) fn filled(&self) -> Vec<(Area, bool)> {
        let drawn: Vec<&Line> = self.lines.iter().filter(|line| line.points.len() > 1).collect();
        let rectangles: Option<Vec<Area>> = drawn.iter().map(|line| line.rectangle()).collect();
        // Where one lies over another, there may be a hole.
        let is_whole = rectangles.is_some_and(|areas| {
            areas.len() <= MOST_RECTANGLES
                && areas.iter().enumerate().all(|(at, area)| areas[..at].iter().all(|other| !other.touches(area)))
        });
        drawn.into_iter().filter_map(|line| Some((Area::of(&line.points)?, is_whole))).collect()
    }

    /// The areas within which strokes of a width lie.
    pub(super) fn stroked(&self, width: f64, closes: bool) -> Vec<Area> {
        let mut areas = Vec::new();
        for line in &self.lines {
            if line.is_curved {
                areas.extend(Area::of(&line.points));
            } else {
                areas.extend(line.points.windows(2).filter_map(Area::of));
                if let (true, Some(first), Some(last)) =
                    (line.is_closed || closes, line.points.first(), line.points.last())
                {
                    areas.extend(Area::of(&[*first, *last]));
                }
            }
        }
        areas.into_iter().map(|area| area.wider(width / 2.0)).collect()
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
const MOST_OVER: usize = 64;

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

    /// Where the grounds stand that may touch the middle of an area, in lists ordered as drawn: those that
    /// lie about its centre, and the large.
    fn near(&self, area: &Area) -> [&[usize]; 2] {
        let (column, row) = self.field(area.centre());
        [&self.fields[row * FIELDS + column], &self.large]
    }

    /// The first ground after a place in the order of drawing that suits; counts what it looks at in `looked`.
    pub(super) fn later(
        &self,
        area: &Area,
        order: usize,
        looked: &mut usize,
        suits: impl Fn(&Ground) -> bool,
    ) -> Option<&'g Ground> {
        let lists = self.near(area);
        lists.into_iter().find_map(|list| {
            let after = list.partition_point(|at| self.grounds[*at].order <= order);
            list[after..].iter().rev().map(|at| &self.grounds[*at]).find(|ground| {
                *looked += 1;
                *looked < super::page::MOST_OPERATORS && suits(ground)
            })
        })
    }

    /// The grounds after a place in the order of drawing that lie over some of an area and suit.
    pub(super) fn over(
        &self,
        area: &Area,
        order: usize,
        looked: &mut usize,
        suits: impl Fn(&Ground) -> bool,
    ) -> Vec<&'g Ground> {
        let (left, row) = self.field((area.left, area.centre().1));
        let (right, _) = self.field((area.right, area.centre().1));
        let fields = (left..=right).map(|column| &self.fields[row * FIELDS + column]);
        let mut found = Vec::new();
        for list in fields.chain(std::iter::once(&self.large)) {
            let after = list.partition_point(|at| self.grounds[*at].order <= order);
            for ground in list[after..].iter().map(|at| &self.grounds[*at]) {
                *looked += 1;
                if *looked >= super::page::MOST_OPERATORS || found.len() >= MOST_OVER {
                    return found;
                }
                if suits(ground) && !found.iter().any(|known| std::ptr::eq(*known, ground)) {
                    found.push(ground);
                }
            }
        }
        found
    }

    /// The last ground before a place in the order of drawing that touches an area anywhere.
    pub(super) fn before(&self, area: &Area, order: usize, looked: &mut usize) -> Option<&'g Ground> {
        let (left, bottom) = self.field((area.left, area.bottom));
        let (right, top) = self.field((area.right, area.top));
        let fields =
            (bottom..=top).flat_map(|row| (left..=right).map(move |column| &self.fields[row * FIELDS + column]));
        let lists = fields.chain(std::iter::once(&self.large));
        let last = lists.filter_map(|list| {
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
        assert!(path.filled()[0].1 && path.single().is_some());
        path.rectangle(SQUARE.map(|(x, y)| (x + 20.0, y)));
        assert!(path.filled().iter().all(|(_, is_whole)| *is_whole) && path.single().is_none());
        path.rectangle(SQUARE.map(|(x, y)| (x / 2.0 + 1.0, y / 2.0 + 1.0)));
        assert!(path.filled().iter().all(|(_, is_whole)| !*is_whole), "a ring has a hole");
    }

    #[test]
    fn the_ground_under_a_place_is_what_was_drawn_there_last() {
        let page = Area { left: 0.0, bottom: 0.0, right: 600.0, top: 800.0 };
        let ground = |area, order| Ground { area, colour: None, is_picture: false, is_whole: true, order };
        let small = Area { left: 10.0, bottom: 10.0, right: 20.0, top: 20.0 };
        let grounds = [ground(small, 1), ground(page, 2), ground(small, 3), ground(small.wider(-4.0), 5)];
        let map = Map::new(&grounds, page);
        let before = |order| map.before(&small, order, &mut 0).map(|ground| ground.order);
        assert_eq!([before(1), before(2), before(3), before(4)], [None, Some(1), Some(2), Some(3)]);
        assert!(map.later(&small, 3, &mut 0, |ground| ground.area.holds(&small)).is_none());
        assert_eq!(map.later(&small, 2, &mut 0, |ground| ground.area.holds(&small)).map(|found| found.order), Some(3));
    }

    #[test]
    fn text_is_compared_with_the_grounds_near_it_alone() {
        let page = Area { left: 0.0, bottom: 0.0, right: 600.0, top: 800.0 };
        let cell = |at: u32| {
            let (x, y) = (f64::from(at % 100) * 6.0, f64::from(at / 100) * 4.0);
            Area { left: x, bottom: y, right: x + 5.0, top: y + 3.0 }
        };
        let grounds: Vec<_> = (0..20_000)
            .map(|at| Ground { area: cell(at), colour: None, is_picture: false, is_whole: true, order: 1 })
            .collect();
        let map = Map::new(&grounds, page);
        let mut looked = 0;
        for at in 0..20_000 {
            assert_eq!(map.before(&cell(at).core(), 2, &mut looked).map(|ground| ground.area), Some(cell(at)));
            map.later(&cell(at), 2, &mut looked, |_| true);
        }
        assert!(looked < 20_000 * 60, "{looked}");
    }
}
