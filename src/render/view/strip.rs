//! The strip of works by year and role.

use serde::Serialize;

/// Works by year, each year a column of blocks, each block of one role.
///
/// A drawing of a column is [`StripView::width`] wide and [`StripView::height`] high, in units of its own.
#[derive(Debug, Clone, Default, Serialize)]
pub struct StripView {
    /// What is counted.
    pub caption: String,
    /// Width of a column's drawing.
    pub width: usize,
    /// Height of a column's drawing.
    pub height: String,
    /// The years, the oldest first; all those before the first of them are one column.
    pub years: Vec<StripYear>,
    /// The roles that occur: the legend.
    pub roles: Vec<StripRole>,
}

/// A column of the strip.
#[derive(Debug, Clone, Default, Serialize)]
pub struct StripYear {
    /// The year, or the word for the time before.
    pub label: String,
    /// How many works.
    pub total: usize,
    /// The same by role, without those that do not occur.
    pub roles: Vec<StripRole>,
    /// The blocks, from the foot of the column upwards; none for the time before, which is a number alone.
    pub blocks: Vec<StripBlock>,
    /// Where the number above them stands: the distance of its foot from the top of the drawing.
    pub foot: String,
}

/// A role and how many works the owner had it in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct StripRole {
    /// `lead`, `senior`, `co` or `part`: class of its blocks.
    pub class: &'static str,
    /// Its words.
    pub name: String,
    /// How many works.
    pub count: usize,
}

/// A block: one work, or in a tall strip all works of a role.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct StripBlock {
    /// `lead`, `senior`, `co` or `part`.
    pub class: &'static str,
    /// Distance from the top of the drawing.
    pub y: String,
    /// Height of the block.
    pub height: String,
}
