//! Records → portfolio: references resolved, the owner found among authors, lists in order.

use chrono::NaiveDate;

use super::Portfolio;
use crate::diagnostic::Diagnostics;
use crate::record::decode::Records;
use crate::source::Sources;

/// Builds the model; what is wrong is reported and left out.
///
/// `today` is the day the site is built for (`site.as_of` wins over it); `base_url` replaces `site.url`.
pub fn assemble(
    _diagnostics: &mut Diagnostics,
    _sources: &Sources,
    _records: Records,
    _today: NaiveDate,
    _base_url: Option<&str>,
) -> Portfolio {
    unimplemented!()
}
