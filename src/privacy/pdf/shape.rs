//! Outlines of what is filled on a page: which places lie within one.

/// A place on a page.
pub(super) type Point = (f64, f64);

/// Points of an outline from which on it is no bar but a drawing, within which places are not looked for.
const MOST_POINTS: usize = 2_000;

/// Lines that are filled together.
#[derive(Debug)]
pub(super) struct Shape {
    pub(super) lines: Vec<Vec<Point>>,
    /// Whether what lies within two lines is outside (ISO 32000-1, 8.5.3.3).
    pub(super) is_even_odd: bool,
}

impl Shape {
    /// Takes the corners of each line; nothing for a drawing of very many.
    pub(super) fn new(lines: Vec<Vec<Point>>, is_even_odd: bool) -> Option<Self> {
        let shape = Self { lines, is_even_odd };
        (1..=MOST_POINTS).contains(&shape.count()).then_some(shape)
    }

    /// How many points it has, which is what looking for a place within it costs.
    pub(super) fn count(&self) -> usize {
        self.lines.iter().map(Vec::len).sum()
    }

    /// Tells whether a place is within it.
    pub(super) fn has(&self, (x, y): Point) -> bool {
        let mut turns = 0_i32;
        for line in &self.lines {
            for (from, to) in sides(line) {
                let side = (to.0 - from.0) * (y - from.1) - (x - from.0) * (to.1 - from.1);
                if from.1 <= y && to.1 > y && side > 0.0 {
                    turns += 1;
                } else if from.1 > y && to.1 <= y && side < 0.0 {
                    turns -= 1;
                }
            }
        }
        if self.is_even_odd { turns % 2 != 0 } else { turns != 0 }
    }

    /// What it covers, where it is a single line that does not cross itself.
    pub(super) fn size(&self) -> Option<f64> {
        let [line] = self.lines.as_slice() else { return None };
        let twice: f64 = sides(line).map(|(from, to)| from.0 * to.1 - to.0 * from.1).sum();
        Some(twice.abs() / 2.0)
    }
}

fn sides(line: &[Point]) -> impl Iterator<Item = (Point, Point)> {
    line.iter().enumerate().map(|(at, from)| (*from, line[(at + 1) % line.len()]))
}

/// Parts into which a curve is cut.
const PARTS: u8 = 8;

/// Places along a Bézier curve after its start.
pub(super) fn along_curve(start: Point, one: Point, two: Point, end: Point) -> impl Iterator<Item = Point> {
    (1..=PARTS).map(move |part| {
        let t = f64::from(part) / f64::from(PARTS);
        let rest = 1.0 - t;
        let mix = |a: f64, b: f64, c: f64, d: f64| {
            rest.powi(3) * a + 3.0 * rest.powi(2) * t * b + 3.0 * rest * t.powi(2) * c + t.powi(3) * d
        };
        (mix(start.0, one.0, two.0, end.0), mix(start.1, one.1, two.1, end.1))
    })
}

/// The corners of a line of a width from one place to another, made longer at each end.
pub(super) fn bar(from: Point, to: Point, width: f64, longer: (f64, f64)) -> Option<[Point; 4]> {
    let (x, y) = (to.0 - from.0, to.1 - from.1);
    let length = x.hypot(y);
    if length < 0.001 {
        return None;
    }
    let (x, y) = (x / length, y / length);
    let (from, to) = ((from.0 - x * longer.0, from.1 - y * longer.0), (to.0 + x * longer.1, to.1 + y * longer.1));
    let (across, up) = (-y * width / 2.0, x * width / 2.0);
    Some([
        (from.0 + across, from.1 + up),
        (from.0 - across, from.1 - up),
        (to.0 - across, to.1 - up),
        (to.0 + across, to.1 + up),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ring_has_a_hole_and_a_round_line_holds_its_middle() {
        let square = |from: f64, to: f64| vec![(from, from), (to, from), (to, to), (from, to)];
        let ring = |is_even_odd| Shape::new(vec![square(0.0, 9.0), square(3.0, 6.0)], is_even_odd).expect("few points");
        assert!(ring(true).has((1.0, 1.0)) && !ring(true).has((4.0, 4.0)) && ring(false).has((4.0, 4.0)));
        assert!(!ring(false).has((10.0, 4.0)));
        let mut arch = vec![(0.0, 0.0)];
        arch.extend(along_curve((0.0, 0.0), (0.0, 10.0), (10.0, 10.0), (10.0, 0.0)));
        let arch = Shape::new(vec![arch], false).expect("few points");
        assert!(arch.has((5.0, 7.0)) && !arch.has((5.0, 7.6)) && !arch.has((0.5, 7.0)));
        let slanted = bar((0.0, 0.0), (10.0, 10.0), 2.0, (0.0, 1.0)).expect("a line");
        let slanted = Shape::new(vec![slanted.to_vec()], false).expect("few points");
        assert!(slanted.has((10.5, 10.5)) && !slanted.has((-0.5, -0.5)) && !slanted.has((5.0, 7.0)));
    }
}
