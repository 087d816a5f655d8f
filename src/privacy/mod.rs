//! What must not leave the computer.
//!
//! Takes the site's files and its model; gives diagnostics: identifiers of patients in what is
//! shown, cases without a word on consent. What the owner has looked at and allows by
//! name is silent. Knows nothing of pages or output.

mod allow;
mod consent;
pub mod text;
mod words;

use crate::diagnostic::Diagnostics;
use crate::portfolio::Portfolio;
use crate::source::Sources;
use allow::Allows;

/// Runs every rule of privacy.
pub fn check(diagnostics: &mut Diagnostics, sources: &Sources, portfolio: &Portfolio) {
    let allows = Allows::new(diagnostics, sources, portfolio);
    words::check(diagnostics, sources, portfolio, &allows);
    consent::check(diagnostics, sources, portfolio, &allows);
    allows.report_unmet(diagnostics, sources);
}
