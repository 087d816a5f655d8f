//! Sites of a few lines for tests.

use super::{Portfolio, Today, assemble};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::record::PartialDate;
use crate::record::decode::decode;
use crate::source::Sources;

/// The owner and threads that stand in `site.yaml` where a test gives none.
pub(crate) const SITE: &str = "format: 1\nperson: {name: Priya Rao, name_variants: [Rao-Smith P]}\ntheme_of_work: {threads: [{id: spine, name: Spine}]}\n";

/// Makes the sources of a site from its texts.
pub(crate) fn sources(files: &[(&str, &str)]) -> Sources {
    let mut sources = Sources::default();
    sources.texts.insert("site.yaml".to_owned(), SITE.into());
    for (path, text) in files {
        sources.texts.insert((*path).to_owned(), (*text).into());
    }
    sources
}

/// Assembles a site of the day 2026-11-24.
pub(crate) fn portfolio(files: &[(&str, &str)]) -> (Portfolio, Vec<Diagnostic>) {
    let mut diagnostics = Diagnostics::default();
    let sources = sources(files);
    let records = decode(&mut diagnostics, &sources);
    let today = Today::Given(PartialDate::parse("2026-11-24").expect("a date").first_day());
    let portfolio = assemble(&mut diagnostics, &sources, records, today, None);
    (portfolio, diagnostics.sorted())
}

/// Writes diagnostics in short: code, line, columns, message.
pub(crate) fn short(found: &[Diagnostic]) -> Vec<String> {
    let one = |one: &Diagnostic| {
        let place = one.span.map(|span| format!("{}:{}-{}", span.line, span.column, span.end_column));
        format!("{} {} {}", one.code.id, place.unwrap_or_default(), one.message)
    };
    found.iter().map(one).collect()
}
