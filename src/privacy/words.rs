//! Identifiers in the words of the site: records, pages, `site.yaml`, names of files.

use std::collections::BTreeMap;
use std::ops::Range;

use rayon::prelude::*;

use super::allow::{Allows, one_line};
use super::comment::{comments, holds};
use super::limit::{MOST, shorten};
use super::plain;
use super::text::{Finding, identifiers, is_suspect};
use crate::diagnostic::{Diagnostic, Diagnostics, Places, Span, code};
use crate::portfolio::{Audience, Page, Portfolio, PublicPortfolio};
use crate::record::vocabulary::Kind;
use crate::source::{Origin, Sources, Words};

/// Fields of a record that are never shown.
const HIDDEN: [&str; 2] = ["private", "target_journal"];
/// Parts of `site.yaml` that are never shown.
const HIDDEN_IN_SITE: [&str; 4] = ["private", "allow", "publish", "cvs"];

/// Bytes before and behind a finding that an entry of `allow:` may name with it.
const AROUND: usize = 600;

/// Something found in a text that stands in the user's files.
struct Hit {
    file: String,
    span: Option<Span>,
    record: Option<String>,
    /// What stands around it.
    text: String,
    /// Its place in that.
    finding: Finding,
}

impl Hit {
    fn new(file: &str, span: Option<Span>, text: &str, finding: &Finding) -> Self {
        let first = text.ceil_char_boundary(finding.range.start.saturating_sub(AROUND));
        let last = text.floor_char_boundary((finding.range.end + AROUND).min(text.len()));
        let within = |range: &Range<usize>| range.start - first..range.end - first;
        let finding = Finding { what: finding.what, range: within(&finding.range), core: within(&finding.core) };
        Self { file: file.to_owned(), span, record: None, text: text[first..last].to_owned(), finding }
    }
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
    let open = hits.into_iter().filter(|hit| !allows.has(&hit.text, &hit.finding.core));
    diagnostics.extend(shorten(open.map(report)));
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
    let hits = identifiers(&words.text).into_iter().enumerate().map(|(at, finding)| {
        // The place of one is sought from the start of the text, and that of one past the limit is not shown.
        let span = if at < MOST { sources.place_in(&origin.file, words, finding.range.clone()) } else { words.span };
        Hit { record: record.map(str::to_owned), ..Hit::new(&origin.file, Some(span), &words.text, &finding) }
    });
    hits.collect()
}

fn in_page(sources: &Sources, page: &Page) -> Vec<Hit> {
    let origin = Origin { file: page.path.as_str().into(), index: 0 };
    let mut hits = Vec::new();
    if page.body_offset > 0 && sources.record_text(&origin).is_some_and(is_suspect) {
        hits.extend(sources.words(&origin).iter().flat_map(|words| in_words(sources, &origin, words, None)));
    }
    let (comments, mut places) = (comments(&page.body), Places::new(&page.body));
    let mut findings = identifiers(&page.body);
    let in_words: Vec<_> = findings.iter().map(|finding| finding.range.clone()).collect();
    let is_new = |place: &Range<usize>| {
        let after = in_words.partition_point(|words| words.end <= place.start);
        in_words.get(after).is_none_or(|words| words.start >= place.end)
    };
    findings.extend(plain::in_page(&page.body).into_iter().filter(|finding| is_new(&finding.range)));
    findings.sort_by_key(|finding| finding.range.start);
    for finding in findings {
        if holds(&comments, &finding.range) {
            continue;
        }
        let span = places.span(finding.range.start, finding.range.end).down(page.body_offset);
        hits.push(Hit::new(&page.path, Some(span), &page.body, &finding));
    }
    hits
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
    let hits = names.flat_map(|path| identifiers(path).into_iter().map(|finding| Hit::new(path, None, path, &finding)));
    hits.collect()
}
