//! `/_offprint/`: the page for the author alone, with what the site does not show.
//!
//! The one place of the preview that takes the full [`Portfolio`].

mod hidden;
mod plan;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::html::{self, Opener, address, count};
use crate::diagnostic::{Diagnostic, Severity};
use crate::exchange::html::escape;
use crate::portfolio::{Audience, Portfolio, Shared};
use crate::record::vocabulary::Kind;
use crate::source::{Origin, Sources};

/// What the page is made from.
#[derive(Clone, Copy)]
pub(super) struct Material<'a> {
    /// Everything the owner has written down; absent when the files could not be read at all.
    pub portfolio: Option<&'a Portfolio>,
    /// The files, for lines to open.
    pub sources: &'a Sources,
    /// All problems, each with how the terminal draws it.
    pub problems: &'a [(Diagnostic, String)],
    /// How files are opened.
    pub opener: &'a Opener,
    /// Site path of the page that shows a record or page of the owner's, in the preview with drafts.
    pub page_of: &'a dyn Fn(Kind, &Shared) -> Option<String>,
}

impl Material<'_> {
    fn line(&self, origin: &Origin, field: &str) -> usize {
        self.sources.span(origin, field).map_or(1, |span| span.line)
    }

    /// A record's title, leading to its page, and the button to edit it.
    fn record(&self, kind: Kind, shared: &Shared) -> String {
        let title = escape(&crate::exchange::title::plain(&shared.title));
        let title = match (self.page_of)(kind, shared) {
            Some(path) => format!("<a href=\"{}\">{title}</a>", escape(&address(&path))),
            None => title,
        };
        format!("{title} {}", self.opener.button(&shared.origin.file, self.line(&shared.origin, "")))
    }
}

/// Returns the whole page.
pub(super) fn page(material: Material<'_>) -> String {
    let mut body = problems(material);
    if let Some(portfolio) = material.portfolio {
        body += &hidden::list(material, portfolio);
        body += &plan::projects(material, portfolio);
        body += &plan::deadlines(material, portfolio);
        body += &evidence(material, portfolio);
    }
    format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>For the author only</title>\
         <link rel=\"stylesheet\" href=\"/_offprint/author.css\"></head>\n<body><main><h1>For the author only</h1>\
         <p class=\"note\">Nothing on this page is ever published. <a href=\"/\">To the site</a></p>\n{body}</main></body></html>\n"
    )
}

fn section(title: &str, content: &str, empty: &str) -> String {
    let content = if content.is_empty() { format!("<p>{empty}</p>") } else { format!("<ul>\n{content}</ul>") };
    format!("<section><h2>{title}</h2>\n{content}</section>\n")
}

fn problems(material: Material<'_>) -> String {
    let of = |severity| material.problems.iter().filter(|(problem, _)| problem.severity() == severity).count();
    let (errors, warnings) = (of(Severity::Error), of(Severity::Warning));
    let title = match (errors, warnings) {
        (0, 0) => "Problems".to_owned(),
        _ => format!("Problems: {}, {}", count(errors, "error"), count(warnings, "warning")),
    };
    let list = material.problems.iter().map(|(problem, drawn)| (problem, drawn.clone()));
    section(&title, &html::problems(list, material.opener), "None.")
}

/// All records that have the shared fields, with their kind.
fn records(portfolio: &Portfolio) -> Vec<(Kind, &Shared)> {
    fn of<'a, T>(
        kind: Kind,
        list: &'a [T],
        shared: fn(&'a T) -> &'a Shared,
    ) -> impl Iterator<Item = (Kind, &'a Shared)> {
        list.iter().map(move |record| (kind, shared(record)))
    }
    of(Kind::Publications, &portfolio.publications, |record| &record.shared)
        .chain(of(Kind::Presentations, &portfolio.presentations, |record| &record.shared))
        .chain(of(Kind::Awards, &portfolio.awards, |record| &record.shared))
        .chain(of(Kind::Grants, &portfolio.grants, |record| &record.shared))
        .chain(of(Kind::Service, &portfolio.service, |record| &record.shared))
        .chain(of(Kind::Teaching, &portfolio.teaching, |record| &record.shared))
        .chain(of(Kind::Training, &portfolio.training, |record| &record.shared))
        .chain(of(Kind::Media, &portfolio.media, |record| &record.shared))
        .chain(of(Kind::Projects, &portfolio.projects, |record| &record.shared))
        .collect()
}

/// Ids of the records that anybody may see.
fn public_ids(portfolio: &Portfolio) -> BTreeSet<String> {
    let public = portfolio.published(&Audience::Public);
    let mut ids = BTreeSet::new();
    ids.extend(public.publications.iter().map(|record| record.shared.id.clone()));
    ids.extend(public.presentations.iter().map(|record| record.shared.id.clone()));
    ids.extend(public.awards.into_iter().map(|record| record.shared.id));
    ids.extend(public.grants.into_iter().map(|record| record.shared.id));
    ids.extend(public.service.into_iter().map(|record| record.shared.id));
    ids.extend(public.teaching.into_iter().map(|record| record.shared.id));
    ids.extend(public.training.into_iter().map(|record| record.shared.id));
    ids.extend(public.media.into_iter().map(|record| record.shared.id));
    ids.extend(public.projects.into_iter().map(|record| record.shared.id));
    ids
}

/// The kinds whose records a dossier must prove.
const PROVEN: [Kind; 5] = [Kind::Publications, Kind::Presentations, Kind::Awards, Kind::Grants, Kind::Service];

fn evidence(material: Material<'_>, portfolio: &Portfolio) -> String {
    let public = public_ids(portfolio);
    let bare = |(kind, shared): &(Kind, &Shared)| {
        PROVEN.contains(kind) && public.contains(&shared.id) && shared.private.evidence.is_empty()
    };
    let mut items = String::new();
    for (kind, shared) in records(portfolio).into_iter().filter(bare) {
        let _ = writeln!(items, "<li>{}: {}</li>", kind.singular(), material.record(kind, shared));
    }
    let missing = records(portfolio).into_iter().flat_map(|(kind, shared)| {
        let files = shared.private.evidence.iter().filter(|file| !material.sources.exists(file));
        files.map(move |file| (kind, shared, file))
    });
    let mut gone = String::new();
    for (kind, shared, file) in missing {
        let record = material.record(kind, shared);
        let _ = writeln!(gone, "<li><span class=\"warning\">{} is not there</span>: {record}</li>", escape(file));
    }
    section("Evidence missing", &(gone + &items), "None: every public record has its proof.")
}
