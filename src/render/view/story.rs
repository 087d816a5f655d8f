//! `research.html`: the story of the work, year by year of training.

use serde::Serialize;

use super::{BlockView, FrameView, Html};

/// The story.
#[derive(Debug, Clone, Default, Serialize)]
pub struct StoryView {
    /// The frame.
    pub page: FrameView,
    /// Heading.
    pub title: String,
    /// What it tells, in a sentence.
    pub intro: Option<String>,
    /// The text of `research.md` before its first year.
    pub text: Vec<BlockView>,
    /// Figure 1.
    pub figure: Option<FigureView>,
    /// The years.
    pub years: Vec<StoryYear>,
    /// The text of `research.md` after its last year.
    pub ending: Vec<BlockView>,
}

/// Figure 1: lines of work by year.
#[derive(Debug, Clone, Default, Serialize)]
pub struct FigureView {
    /// Heads of the columns: "R1, 2024–25".
    pub columns: Vec<String>,
    /// Its lines.
    pub rows: Vec<FigureRow>,
    /// How many lines, in a sentence.
    pub caption: String,
    /// Address of the publications list.
    pub list: String,
}

/// One line of work.
#[derive(Debug, Clone, Default, Serialize)]
pub struct FigureRow {
    /// Its name.
    pub name: String,
    /// Its line style, 1 to 6.
    pub line: usize,
    /// One cell a column.
    pub cells: Vec<FigureCell>,
}

/// A line in one year.
#[derive(Debug, Clone, Default, Serialize)]
pub struct FigureCell {
    /// "R1", for the phone.
    pub label: String,
    /// Whether the line had begun.
    pub begun: bool,
    /// The works.
    pub points: Vec<PointView>,
}

/// A work as a point.
#[derive(Debug, Clone, Default, Serialize)]
pub struct PointView {
    /// Its number in the publications list.
    pub number: usize,
    /// Whether peers reviewed it (filled).
    pub reviewed: bool,
    /// Address in the publications list.
    pub href: String,
    /// Its title without mark-up.
    pub title: String,
}

/// One year of the story.
#[derive(Debug, Clone, Default, Serialize)]
pub struct StoryYear {
    /// "R1".
    pub label: String,
    /// "2024–25".
    pub span: String,
    /// What `research.md` says of it.
    pub text: Vec<BlockView>,
    /// Its works, oldest first.
    pub works: Vec<StoryWork>,
    /// Public projects under way, with their stage.
    pub projects: Vec<String>,
}

/// A work of the story.
#[derive(Debug, Clone, Default, Serialize)]
pub struct StoryWork {
    /// Its point.
    pub point: PointView,
    /// Its title.
    pub title: Html,
    /// Address of its own page.
    pub href: String,
    /// Kind, status, what it grew out of, where it was shown.
    pub notes: Vec<Html>,
}
