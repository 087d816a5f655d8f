//! `/_offprint/`: the page for the author alone, with what the site does not show.
//!
//! The one place of the preview that takes the full [`Portfolio`].

mod hidden;
mod plan;

use std::collections::BTreeSet;

use super::html::{self, Opener, address, count};
use crate::diagnostic::{Diagnostic, Severity};
use crate::exchange::html::escape;
use crate::portfolio::{Audience, Portfolio, Shared};
use crate::record::vocabulary::Kind;
use crate::source::{Origin, Sources};
use crate::status::status;

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
        let button = self.opener.button(&shared.origin.file, self.line(&shared.origin, ""));
        format!("{} {button}", self.title(kind, shared))
    }

    /// A record's title, leading to its page.
    fn title(&self, kind: Kind, shared: &Shared) -> String {
        let title = escape(&crate::exchange::title::plain(&shared.title));
        match (self.page_of)(kind, shared) {
            Some(path) => format!("<a href=\"{}\">{title}</a>", escape(&address(&path))),
            None => title,
        }
    }
}

/// Returns the whole page.
pub(super) fn page(material: Material<'_>) -> String {
    let mut body = problems(material);
    if let Some(portfolio) = material.portfolio {
        body += &hidden::list(material, portfolio);
        body += &plan::sections(material, &status(material.sources, portfolio));
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

/// Ids of the records that anybody may see.
fn public_ids(portfolio: &Portfolio) -> BTreeSet<String> {
    let public = portfolio.published(&Audience::Public);
    public.shared().map(|shared| shared.id.clone()).collect()
}
