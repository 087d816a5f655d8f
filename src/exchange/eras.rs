//! ERAS, the application for residency and fellowship: what to paste into each field, and what has no place there.
//!
//! For the owner alone: it holds submitted work too. The form changes from season to season, so its limits stand in one
//! table, [`ApplicationForm`], and its types and statuses here (the application service's pages "Scholarly Work" and
//! "Experiences"). No field of the form takes italics, so all is plain text.

mod experience;
mod text;
mod work;

pub use experience::Experience;
pub use text::{csv, text};
pub use work::Work;

use crate::portfolio::{ApplicationForm, Portfolio};

const FORM: ApplicationForm = ApplicationForm::CURRENT;

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
