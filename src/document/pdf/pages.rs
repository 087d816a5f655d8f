//! Blocks → pages: no heading last on a page, no entry cut from its first line, no line alone.

use super::blocks::Block;

/// An entry of so many lines is never divided.
const WHOLE: usize = 4;
/// Lines that stay together on either side of a break.
const TOGETHER: usize = 2;

/// What of a block stands where on a page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Placed {
    /// The block.
    pub(super) block: usize,
    /// Its first line here.
    pub(super) from: usize,
    /// The line after its last one here.
    pub(super) to: usize,
    /// The top of its first line, from the top of the text.
    pub(super) top: f32,
}

/// By how much a document is too long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Excess {
    /// Pages it has.
    pub pages: usize,
    /// Lines that stand on the pages too many.
    pub lines: usize,
    /// Entries that begin on the pages too many.
    pub entries: usize,
}

/// The measures of a block that its place depends on.
trait Stack {
    fn count(&self) -> usize;
    fn line(&self) -> f32;
    fn blank(&self) -> (f32, f32);
    fn keeps(&self) -> bool;
}

impl Stack for Block {
    fn count(&self) -> usize {
        self.lines()
    }

    fn line(&self) -> f32 {
        self.leading
    }

    fn blank(&self) -> (f32, f32) {
        (self.before, self.after)
    }

    fn keeps(&self) -> bool {
        self.keeps_next
    }
}

/// Breaks blocks into pages of a height.
pub(super) fn broken(blocks: &[Block], height: f32) -> Vec<Vec<Placed>> {
    break_all(blocks, height)
}

/// Returns by how much pages are too many.
pub(super) fn excess(blocks: &[Block], pages: &[Vec<Placed>], most: usize) -> Option<Excess> {
    let over = pages.get(most..).filter(|over| !over.is_empty())?;
    let placed = || over.iter().flatten();
    let is_entry = |one: &Placed| matches!(blocks[one.block].role, super::blocks::Role::Entry(_));
    Some(Excess {
        pages: pages.len(),
        lines: placed().map(|one| one.to - one.from).sum(),
        entries: placed().filter(|one| one.from == 0 && is_entry(one)).count(),
    })
}

fn break_all(blocks: &[impl Stack], height: f32) -> Vec<Vec<Placed>> {
    let mut pages = Vec::new();
    let mut page: Vec<Placed> = Vec::new();
    let mut y = 0.0;
    for (at, block) in blocks.iter().enumerate() {
        let (before, after) = block.blank();
        let lines = block.count();
        let mut from = 0;
        while from < lines {
            let fresh = page.is_empty();
            let top = if fresh { 0.0 } else { y + before };
            let left = lines - from;
            let fits = fitting(height - top, block.line(), left);
            let is_cut_off = block.keeps() && top + least(blocks, at) > height + SLACK;
            let take = if fits >= left && (fresh || !is_cut_off) {
                left
            } else if block.keeps() || (from == 0 && lines <= WHOLE) {
                0
            } else {
                Some(fits.min(left.saturating_sub(TOGETHER))).filter(|&most| most >= TOGETHER).unwrap_or(0)
            };
            // More does not fit on any page: as much as there is room for.
            let take = if take == 0 && fresh { fits.clamp(1, left) } else { take };
            if take > 0 {
                page.push(Placed { block: at, from, to: from + take, top });
                from += take;
                y = top + lines_high(take, block.line()) + after;
            }
            if from < lines {
                pages.push(std::mem::take(&mut page));
            }
        }
    }
    pages.push(page);
    pages
}

/// Rounding never pushes a line off a page.
const SLACK: f32 = 0.01;

fn lines_high(lines: usize, line: f32) -> f32 {
    let mut height = 0.0;
    for _ in 0..lines {
        height += line;
    }
    height
}

fn fitting(room: f32, line: f32, most: usize) -> usize {
    let mut fits = 0;
    let mut used = line;
    while fits < most && used <= room + SLACK {
        fits += 1;
        used += line;
    }
    fits
}

/// The height that a block needs where it stands, with what it must not be cut from.
fn least(blocks: &[impl Stack], at: usize) -> f32 {
    let block = &blocks[at];
    let lines = block.count();
    if block.keeps() {
        let own = lines_high(lines, block.line()) + block.blank().1;
        return match blocks.get(at + 1) {
            Some(next) => own + next.blank().0 + least(blocks, at + 1),
            None => own,
        };
    }
    lines_high(if lines <= WHOLE { lines } else { TOGETHER }, block.line())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lines, whether it keeps its next.
    struct Test(usize, bool);

    impl Stack for Test {
        fn count(&self) -> usize {
            self.0
        }

        fn line(&self) -> f32 {
            10.0
        }

        fn blank(&self) -> (f32, f32) {
            (5.0, 0.0)
        }

        fn keeps(&self) -> bool {
            self.1
        }
    }

    /// Block and lines, page by page.
    fn pages(blocks: &[Test], height: f32) -> Vec<Vec<(usize, usize, usize)>> {
        let pages = break_all(blocks, height);
        pages.iter().map(|page| page.iter().map(|one| (one.block, one.from, one.to)).collect()).collect()
    }

    #[test]
    fn a_heading_goes_to_the_page_of_what_follows() {
        assert_eq!(
            pages(&[Test(7, false), Test(1, true), Test(2, false)], 100.0),
            [vec![(0, 0, 7)], vec![(1, 0, 1), (2, 0, 2)]]
        );
        let chain = [Test(6, false), Test(1, true), Test(1, true), Test(3, false)];
        assert_eq!(pages(&chain, 100.0), [vec![(0, 0, 6)], vec![(1, 0, 1), (2, 0, 1), (3, 0, 3)]]);
    }

    #[test]
    fn a_short_entry_is_never_divided() {
        assert_eq!(pages(&[Test(7, false), Test(4, false)], 100.0), [vec![(0, 0, 7)], vec![(1, 0, 4)]]);
    }

    #[test]
    fn no_line_of_a_long_entry_stands_alone() {
        assert_eq!(pages(&[Test(6, false), Test(5, false)], 105.0), [vec![(0, 0, 6), (1, 0, 3)], vec![(1, 3, 5)]]);
        assert_eq!(pages(&[Test(8, false), Test(5, false)], 100.0), [vec![(0, 0, 8)], vec![(1, 0, 5)]]);
        assert_eq!(pages(&[Test(5, false), Test(5, false)], 100.0), [vec![(0, 0, 5), (1, 0, 3)], vec![(1, 3, 5)]]);
    }

    #[test]
    fn an_entry_longer_than_a_page_goes_on() {
        let broken = pages(&[Test(1, true), Test(25, false)], 100.0);
        assert_eq!(broken[0], [(0, 0, 1), (1, 0, 8)]);
        assert_eq!(broken.iter().flatten().map(|(_, from, to)| to - from).sum::<usize>(), 26);
        assert!(broken.iter().all(|page| !page.is_empty()));
    }

    #[test]
    fn a_page_too_low_for_a_line_still_ends() {
        assert_eq!(pages(&[Test(2, true), Test(2, false)], 5.0).len(), 4);
    }
}
