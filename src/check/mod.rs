//! Rules over the model; one small function per code.
//!
//! Takes a [`Portfolio`] and the [`Sources`] it came from (for positions); gives diagnostics.

use crate::diagnostic::Diagnostics;
use crate::portfolio::Portfolio;
use crate::source::Sources;

/// Runs every rule.
pub fn check(_diagnostics: &mut Diagnostics, _sources: &Sources, _portfolio: &Portfolio) {}
