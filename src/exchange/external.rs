//! Records against what Crossref and PubMed say of them, and links that no longer answer.
//!
//! Off by default, since it reaches the network. Polite: one request after the other, PubMed in batches, and answers
//! kept for the week in `.offprint/cache/`. Each difference is shown at the field it concerns.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use serde_json::Value as Json;

use super::draft::{Draft, Value};
use super::lookup::Lookup;
use super::merge::{same_pages, same_title};
use super::read;
use crate::diagnostic::Diagnostics;
use crate::diagnostic::code::{
    EXTERNAL_CORRECTED, EXTERNAL_DEAD_LINK, EXTERNAL_DIFFERS, EXTERNAL_RETRACTED, EXTERNAL_UNKNOWN,
};
use crate::portfolio::{Portfolio, Publication, Shared, fold};
use crate::record::vocabulary::{PublicationStatus, PublicationType};
use crate::source::{Origin, Sources};

/// PubMed numbers asked for at once.
const BATCH: usize = 100;

/// Checks every public work and link; `told` hears how far it has come.
///
/// # Errors
/// When a service cannot be reached.
pub fn check(
    diagnostics: &mut Diagnostics,
    sources: &Sources,
    portfolio: &Portfolio,
    lookup: &Lookup,
    told: &mut dyn FnMut(&str),
) -> anyhow::Result<()> {
    let checker = Checker { sources, lookup, today: portfolio.today };
    let works: Vec<&Publication> =
        portfolio.publications.iter().map(AsRef::as_ref).filter(|work| is_out(work.status)).collect();
    let by_pmid = checker.pubmed(&works)?;
    for (number, work) in works.iter().enumerate() {
        told(&format!("{} of {} works", number + 1, works.len()));
        if let Some(doi) = &work.identifiers.doi {
            match checker.crossref(doi)? {
                Some(draft) => compare(diagnostics, sources, work, &draft, "Crossref"),
                None if checker.resolves(doi)? => {}
                None => unknown(diagnostics, sources, work, "doi", &format!("no DOI {doi} is registered")),
            }
        }
        if let Some(pmid) = &work.identifiers.pmid {
            match by_pmid.get(pmid) {
                Some(draft) => compare(diagnostics, sources, work, draft, "PubMed"),
                None => unknown(diagnostics, sources, work, "pmid", &format!("PubMed has no record {pmid}")),
            }
        }
    }
    let links = links(portfolio);
    for (number, (origin, field, address)) in links.iter().enumerate() {
        told(&format!("{} of {} links", number + 1, links.len()));
        if let Some(fault) = checker.dead(address) {
            let message = format!("`{address}` {fault}");
            let found = sources.diagnose(&EXTERNAL_DEAD_LINK, origin, field, message);
            diagnostics.push(found.help("look whether the page has moved, and correct the address or leave it out"));
        }
    }
    Ok(())
}

fn is_out(status: PublicationStatus) -> bool {
    use PublicationStatus::{Accepted, Epub, InPress, Published, Retracted};
    matches!(status, Accepted | InPress | Epub | Published | Retracted)
}

struct Checker<'a> {
    sources: &'a Sources,
    lookup: &'a Lookup,
    today: NaiveDate,
}

impl Checker<'_> {
    /// Returns an answer of this week, or asks for it.
    fn kept(&self, what: &str, ask: impl FnOnce() -> anyhow::Result<Vec<u8>>) -> anyhow::Result<Vec<u8>> {
        let week = self.today.iso_week();
        let key = format!("{what} {} {}", week.year(), week.week());
        let name = format!("external-{}", blake3::hash(key.as_bytes()).to_hex());
        if let Some(kept) = self.sources.kept(&name) {
            return Ok(kept);
        }
        let made = ask()?;
        self.sources.keep(&name, &made);
        Ok(made)
    }

    fn crossref(&self, doi: &str) -> anyhow::Result<Option<Draft>> {
        let ask = || Ok(self.lookup.crossref(doi)?.map(|json| json.to_string().into_bytes()).unwrap_or_default());
        let answer = self.kept(&format!("crossref {} {doi}", self.lookup.bases().crossref), ask)?;
        let json: Option<Json> = serde_json::from_slice(&answer).ok();
        Ok(json
            .map(|json| read::crossref::draft(json.get("message").unwrap_or(&json)))
            .filter(|draft| draft.has("title")))
    }

    /// Tells whether a DOI of another agency is registered.
    fn resolves(&self, doi: &str) -> anyhow::Result<bool> {
        let ask = || Ok(vec![u8::from(self.lookup.is_registered(doi)?)]);
        Ok(self.kept(&format!("doi {} {doi}", self.lookup.bases().doi), ask)? == [1])
    }

    fn pubmed(&self, works: &[&Publication]) -> anyhow::Result<BTreeMap<String, Draft>> {
        let pmids: Vec<String> = works.iter().filter_map(|work| work.identifiers.pmid.clone()).collect();
        let mut found = BTreeMap::new();
        for batch in pmids.chunks(BATCH) {
            let key = format!("pubmed {} {}", self.lookup.bases().pubmed, batch.join(","));
            let answer = self.kept(&key, || self.lookup.pubmed_xml(batch))?;
            let drafts = read::read(&answer).map(|found| found.drafts).unwrap_or_default();
            found.extend(drafts.into_iter().filter_map(|draft| Some((draft.get_text("pmid")?.to_owned(), draft))));
        }
        Ok(found)
    }

    /// Returns why an address does not answer; one that asks for a password or stops programs is there.
    fn dead(&self, address: &str) -> Option<String> {
        let ask = || Ok(self.lookup.status(address)?.to_string().into_bytes());
        match self.kept(&format!("link {address}"), ask) {
            Ok(status) => match String::from_utf8_lossy(&status).parse::<u16>() {
                Ok(404 | 410) => Some("is not there any more".to_owned()),
                Ok(status) if status >= 500 => Some(format!("answers with a fault of its own (status {status})")),
                _ => None,
            },
            Err(_) => Some("does not answer".to_owned()),
        }
    }
}

fn links(portfolio: &Portfolio) -> Vec<(Origin, &'static str, String)> {
    let is_web = |address: &str| address.starts_with("https://") || address.starts_with("http://");
    let mut links: Vec<(Origin, &'static str, String)> = Vec::new();
    let mut add = |shared: &Shared, field: &'static str, address: &Option<String>| {
        if let Some(address) = address.as_deref().filter(|address| is_web(address)) {
            links.push((shared.origin.clone(), field, address.to_owned()));
        }
    };
    for work in portfolio.publications.iter().filter(|work| is_out(work.status)) {
        let own = &work.links;
        for (field, address) in [("pdf", &own.pdf), ("code", &own.code), ("data", &own.data), ("video", &own.video)] {
            add(&work.shared, field, address);
        }
    }
    for shared in portfolio.shared() {
        add(shared, "url", &shared.url);
    }
    links
}

fn unknown(diagnostics: &mut Diagnostics, sources: &Sources, work: &Publication, field: &str, message: &str) {
    let found = sources.diagnose(&EXTERNAL_UNKNOWN, &work.shared.origin, field, message);
    diagnostics.push(found.record(&work.shared.id).help("copy the number again from the work's own page"));
}

/// Shows each fact of a record that a service has otherwise.
fn compare(diagnostics: &mut Diagnostics, sources: &Sources, work: &Publication, draft: &Draft, service: &str) {
    let mut differs = |field: &str, own: &str, theirs: &str| {
        let message = format!("{service} has another {field}: - {own} + {theirs}");
        let found = sources.diagnose(&EXTERNAL_DIFFERS, &work.shared.origin, field, message);
        diagnostics.push(found.record(&work.shared.id).help("look at the work itself: one of the two is mistaken"));
    };
    let text = |field: &str| draft.get_text(field);
    if let Some(title) = text("title").filter(|title| !same_title(title, &work.shared.title)) {
        differs("title", &work.shared.title, title);
    }
    let venue = &work.venue;
    if let (Some(own), Some(theirs)) = (&venue.journal, text("journal")) {
        let forms = [Some(own.as_str()), venue.journal_abbr.as_deref()];
        let their_forms = [Some(theirs), text("journal_abbr")];
        let same = forms.iter().flatten().any(|own| their_forms.iter().flatten().any(|theirs| same_title(own, theirs)));
        if !same {
            differs("journal", own, theirs);
        }
    }
    for (field, own) in [("volume", &venue.volume), ("issue", &venue.issue)] {
        if let (Some(own), Some(theirs)) =
            (own, text(field).filter(|theirs| own.as_deref().is_some_and(|own| fold(own) != fold(theirs))))
        {
            differs(field, own, theirs);
        }
    }
    if let (Some(own), Some(theirs)) = (&venue.pages, text("pages"))
        && !same_pages(own, theirs)
    {
        differs("pages", own, theirs);
    }
    let family = |name: &crate::portfolio::PersonName| {
        fold(&name.literal.clone().unwrap_or_else(|| name.family_with_particle()))
    };
    let own: Vec<String> = work.authors.iter().map(|author| family(&author.name)).collect();
    let theirs: Vec<String> = draft.names("authors").iter().map(family).collect();
    let all_listed = work.author_count == own.len();
    if all_listed && !theirs.is_empty() && own != theirs {
        let line = |names: Vec<String>| names.join(", ");
        let ours = work.authors.iter().map(|author| author.name.pubmed()).collect();
        differs(
            "authors",
            &line(ours),
            &line(draft.names("authors").iter().map(crate::portfolio::PersonName::pubmed).collect()),
        );
    }
    let day = draft.get_date("date").or(draft.get_date("epub_date"));
    let own_days = [work.dates.published, work.dates.epub];
    if let (Some(day), Some(own)) = (day, own_days.into_iter().flatten().next())
        && work.kind != PublicationType::Preprint
        && !own_days.iter().flatten().any(|own| own.year == day.year)
    {
        differs("date", &own.to_string(), &day.to_string());
    }
    notices(diagnostics, sources, work, draft, service);
}

fn notices(diagnostics: &mut Diagnostics, sources: &Sources, work: &Publication, draft: &Draft, service: &str) {
    let origin = &work.shared.origin;
    if draft.status() == Some(PublicationStatus::Retracted) && work.status != PublicationStatus::Retracted {
        let message = format!("{service} says that this work was retracted");
        let found = sources.diagnose(&EXTERNAL_RETRACTED, origin, "status", message).record(&work.shared.id);
        diagnostics
            .push(found.help("write `status: retracted` and the notice: `correction: {type: retraction, doi: …}`"));
    } else if let (Some(Value::Fields(notice)), None) = (draft.get("correction"), &work.correction) {
        let text = |field: &str| {
            notice.iter().find(|(name, _)| *name == field).and_then(|(_, value)| match value {
                Value::Text(text) => Some(text.clone()),
                Value::Date(date) => Some(date.to_string()),
                _ => None,
            })
        };
        let kind = text("type").unwrap_or_default();
        let parts = ["doi", "date"].into_iter().filter_map(|field| Some(format!(", {field}: {}", text(field)?)));
        let found = sources
            .diagnose(&EXTERNAL_CORRECTED, origin, "", format!("{service} names a notice on this work: {kind}"))
            .record(&work.shared.id);
        diagnostics.push(found.help(format!("write `correction: {{type: {kind}{}}}`", parts.collect::<String>())));
    }
}
