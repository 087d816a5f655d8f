//! Identifiers in the words of the site: records, pages, `site.yaml`, names of files.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::allow::{Allows, one_line};
use super::text::{Finding, identifiers, is_suspect};
use crate::diagnostic::{Diagnostic, Diagnostics, Span, code};
use crate::portfolio::{Audience, Page, Portfolio, PublicPortfolio};
use crate::record::vocabulary::Kind;
use crate::source::{Origin, Sources, Words};

/// Fields of a record that are never shown.
const HIDDEN: [&str; 2] = ["private", "target_journal"];
/// Parts of `site.yaml` that are never shown.
const HIDDEN_IN_SITE: [&str; 4] = ["private", "allow", "publish", "cvs"];

/// Something found in a text that stands in the user's files.
struct Hit {
    file: String,
    span: Option<Span>,
    record: Option<String>,
    text: String,
    finding: Finding,
}

/// Reports every identifier in what anybody is shown.
pub(super) fn check(diagnostics: &mut Diagnostics, sources: &Sources, portfolio: &Portfolio, allows: &Allows) {
    let mut shown: BTreeMap<Origin, String> = BTreeMap::new();
    let mut pages: BTreeMap<String, std::sync::Arc<Page>> = BTreeMap::new();
    let audiences = std::iter::once(Audience::Public).chain(portfolio.shares());
    for public in audiences.map(|audience| portfolio.published(&audience)) {
        shown.extend(public.shared().map(|shared| (shared.origin.clone(), shared.id.clone())));
        let PublicPortfolio { pages: listed, .. } = public;
        pages.extend(listed.into_iter().map(|page| (page.path.clone(), page)));
    }
    let records: Vec<_> = shown.iter().collect();
    let in_records = records.into_par_iter().flat_map_iter(|(origin, id)| in_record(sources, origin, id));
    let pages: Vec<_> = pages.into_values().collect();
    let in_pages = pages.par_iter().flat_map_iter(|page| in_page(sources, page));
    let mut hits: Vec<Hit> = in_records.chain(in_pages).collect();
    hits.extend(in_site(sources));
    hits.extend(in_names(sources));
    for hit in hits {
        if !allows.has(&hit.text, &hit.finding.core) {
            diagnostics.push(report(hit));
        }
    }
}

fn report(hit: Hit) -> Diagnostic {
    let Hit { file, span, record, text, finding } = hit;
    let words = one_line(&text[finding.range]);
    let message = format!("`{words}` looks like {}", finding.what.words());
    let quote = if words.contains('"') { '\'' } else { '"' };
    let allow = format!("{{text: {quote}{words}{quote}, reason: …}}");
    let help = format!("{}; if it is no patient's, put `{allow}` under `allow:` in site.yaml", finding.what.help());
    let mut found = Diagnostic::new(&code::PATIENT_IDENTIFIER, file, message).at(span).help(help);
    found.record = record;
    found
}

fn in_record(sources: &Sources, origin: &Origin, id: &str) -> Vec<Hit> {
    if !sources.record_text(origin).is_some_and(is_suspect) {
        return Vec::new();
    }
    let words = sources.words(origin);
    let kind = origin.file.strip_prefix("records/").and_then(|name| name.strip_suffix(".yaml")).and_then(Kind::parse);
    let says = |name: &str| words.iter().any(|words| words.is_under(name) && words.text == "true");
    let is_shown = |words: &&Words| match kind {
        Some(Kind::Projects) => words.is_under("title"),
        Some(Kind::Teaching) if words.is_under("name") => says("name_public"),
        _ => !HIDDEN.iter().any(|name| words.is_under(name)),
    };
    let record = sources.called(origin, id);
    let hits = words.iter().filter(is_shown).flat_map(|words| in_words(sources, origin, words, Some(&record)));
    hits.collect()
}

fn in_words(sources: &Sources, origin: &Origin, words: &Words, record: Option<&str>) -> Vec<Hit> {
    let hits = identifiers(&words.text).into_iter().map(|finding| Hit {
        file: origin.file.to_string(),
        span: Some(sources.place_in(&origin.file, words, finding.range.clone())),
        record: record.map(str::to_owned),
        text: words.text.clone(),
        finding,
    });
    hits.collect()
}

fn in_page(sources: &Sources, page: &Page) -> Vec<Hit> {
    let origin = Origin { file: page.path.as_str().into(), index: 0 };
    let mut hits = Vec::new();
    if page.body_offset > 0 && sources.record_text(&origin).is_some_and(is_suspect) {
        hits.extend(sources.words(&origin).iter().flat_map(|words| in_words(sources, &origin, words, None)));
    }
    for finding in identifiers(&page.body) {
        if is_commented(&page.body, finding.range.start) {
            continue;
        }
        let span = Span::of_bytes(&page.body, finding.range.start, finding.range.end).down(page.body_offset);
        let (file, text) = (page.path.clone(), page.body.clone());
        hits.push(Hit { file, span: Some(span), record: None, text, finding });
    }
    hits
}

/// Tells whether a byte stands in a comment, which no page shows.
fn is_commented(body: &str, at: usize) -> bool {
    let opened = body[..at].rfind("<!--");
    opened.is_some_and(|opened| !body[opened..at].contains("-->") && body[at..].contains("-->"))
}

fn in_site(sources: &Sources) -> Vec<Hit> {
    let origin = Origin { file: "site.yaml".into(), index: 0 };
    if !sources.text("site.yaml").is_some_and(is_suspect) {
        return Vec::new();
    }
    let words = sources.words(&origin);
    let shown = words.iter().filter(|words| !HIDDEN_IN_SITE.iter().any(|name| words.is_under(name)));
    shown.flat_map(|words| in_words(sources, &origin, words, None)).collect()
}

fn in_names(sources: &Sources) -> Vec<Hit> {
    let names = sources.files.keys().filter(|path| path.starts_with("files/"));
    let hits = names.flat_map(|path| {
        let found = identifiers(path).into_iter();
        found.map(|finding| Hit { file: path.clone(), span: None, record: None, text: path.clone(), finding })
    });
    hits.collect()
}
