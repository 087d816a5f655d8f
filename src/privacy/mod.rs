//! What must not leave the computer.
//!
//! Takes the site's files and its model; gives diagnostics: identifiers of patients in what is
//! shown and in the files that others download, what those files hold beside what they show, cases
//! without a word on consent. What the owner has looked at and allows by
//! name is silent. Knows nothing of pages or output.

mod allow;
mod archive;
mod comment;
mod consent;
pub mod dicom;
pub mod image;
mod limit;
mod packed;
mod page;
pub mod pdf;
mod plain;
mod survey;
pub mod svg;
pub mod text;
mod trace;
pub mod volume;
mod words;
mod xml;

pub use survey::{Survey, held, is_packed_drawing};

use crate::diagnostic::Diagnostics;
use crate::portfolio::Portfolio;
use crate::source::Sources;
use allow::Allows;

/// Runs every rule of privacy; `survey` is what the published files hold.
pub fn check(diagnostics: &mut Diagnostics, sources: &Sources, portfolio: &Portfolio, survey: &Survey) {
    let allows = Allows::new(diagnostics, sources, portfolio);
    words::check(diagnostics, sources, portfolio, &allows);
    consent::check(diagnostics, sources, portfolio, &allows);
    survey.report(diagnostics, portfolio, &allows);
    allows.report_unmet(diagnostics, sources);
}
