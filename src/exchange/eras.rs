//! ERAS, the application for residency and fellowship: what to paste into each field, and what has no place there.
//!
//! For the owner alone: it holds submitted work too. The form changes from season to season, so its types, limits and
//! statuses stand in one table here, [`LAYOUT`]: that of the season 2027 (SPEC §9, after the application service's
//! pages "Scholarly Work" and "Experiences"). No field of the form takes italics, so all is plain text.

mod experience;
mod text;
mod work;

pub use experience::Experience;
pub use text::{csv, text};
pub use work::Work;

use crate::portfolio::Portfolio;

/// A season's form: how many, and how long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// The year in which training starts.
    pub season: &'static str,
    /// Experiences that may be entered.
    pub experiences: usize,
    /// Characters of an experience's description.
    pub description: usize,
    /// Works and experiences that may be marked most meaningful.
    pub meaningful: usize,
    /// Characters more for one that is most meaningful.
    pub reflection: usize,
}

/// The form of the season that applications are now written for.
pub const LAYOUT: Layout = Layout { season: "2027", experiences: 10, description: 750, meaningful: 3, reflection: 300 };

/// A record that the form has no place for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unplaced {
    /// Its title.
    pub title: String,
    /// Why.
    pub reason: String,
}

/// The application.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Application {
    /// Scholarly work, by type, newest first.
    pub works: Vec<Work>,
    /// Experiences, the most meaningful first.
    pub experiences: Vec<Experience>,
    /// What is left out.
    pub unplaced: Vec<Unplaced>,
}

/// Puts every record in its place.
pub fn application(portfolio: &Portfolio) -> Application {
    let mut application = Application::default();
    work::place(portfolio, &mut application);
    experience::place(portfolio, &mut application);
    application
}
