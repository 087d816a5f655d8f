//! A page of the site with the preview's own parts: its script, its bar, the problems over it.
//!
//! The parts stand in a shadow tree, so that neither style sheet sees the other, and are written
//! on the server, so that they are there without JavaScript too.

use std::fmt::Write as _;

use super::html::{self, Opener, count};
use crate::diagnostic::{Diagnostic, Severity};
use crate::exchange::html::escape;

/// Who looks at the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum View {
    /// As anybody on the web will see it.
    Public,
    /// With drafts and unpublished work.
    Drafts,
}

/// What the preview's parts say on one page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shell<'a> {
    /// Number of the build.
    pub build: u64,
    /// Number of the page as it was sent.
    pub page: u64,
    /// Names this run of the preview, so that an old page knows it is from another.
    pub session: &'a str,
    /// Address of the home page in this view, from `/` to `/`.
    pub root: &'a str,
    /// Which view it is.
    pub view: View,
    /// Address of the same page in the other view.
    pub other: &'a str,
    /// Words about who can see the page, where it is not everybody.
    pub mark: Option<&'a str>,
    /// Problems of the newest files, each with how the terminal draws it.
    pub problems: &'a [(Diagnostic, String)],
    /// How files are opened.
    pub opener: &'a Opener,
}

impl Shell<'_> {
    /// Returns the preview's own parts, as they stand in their shadow tree.
    pub(super) fn parts(&self) -> String {
        let mut bar = String::from("<a href=\"/_offprint/\">Preview</a>");
        if let Some(mark) = self.mark {
            let _ = write!(bar, "<span class=\"mark\">{}</span>", escape(mark));
        }
        bar += "<a class=\"elsewhere\" hidden></a><span class=\"gone\" hidden>The preview has ended</span>";
        let warnings = self.problems.iter().filter(|(problem, _)| problem.severity() == Severity::Warning).count();
        if warnings > 0 {
            let _ = write!(bar, "<a href=\"/_offprint/\">{}</a>", count(warnings, "warning"));
        }
        let words = match self.view {
            View::Public => "Show drafts",
            View::Drafts => "As the public sees it",
        };
        let _ = write!(bar, "<a class=\"switch\" href=\"{}\">{words}</a>", escape(self.other));
        format!(
            "<link rel=\"stylesheet\" href=\"/_offprint/preview.css\">{}\
             <nav class=\"bar\" aria-label=\"Preview\">{bar}</nav>",
            self.overlay(),
        )
    }

    fn html(&self) -> String {
        format!(
            "<offprint-preview data-build=\"{}\" data-page=\"{}\" data-session=\"{}\" data-root=\"{}\">\
             <template shadowrootmode=\"open\">{}</template></offprint-preview>",
            self.build,
            self.page,
            self.session,
            escape(self.root),
            self.parts(),
        )
    }

    fn overlay(&self) -> String {
        let errors: Vec<_> =
            self.problems.iter().filter(|(problem, _)| problem.severity() == Severity::Error).collect();
        if errors.is_empty() {
            return String::new();
        }
        let list = html::problems(errors.iter().map(|(problem, drawn)| (problem, drawn.clone())), self.opener);
        let key = blake3::hash(list.as_bytes()).to_hex();
        format!(
            "<details class=\"problems\" role=\"alert\" open data-key=\"{}\"><summary>{}: below is the site as it was before</summary>\
             <ol>{list}</ol></details>",
            &key[..16],
            count(errors.len(), "problem"),
        )
    }

    /// Returns the page with the preview's parts; a page that only sends the reader on stays as it is.
    pub(super) fn dress(&self, page: &[u8]) -> Vec<u8> {
        let Ok(page) = std::str::from_utf8(page) else { return page.to_vec() };
        if page.contains("http-equiv=\"refresh\"") {
            return page.as_bytes().to_vec();
        }
        let script = "<script defer src=\"/_offprint/preview.js\"></script>";
        let head = page.find("<head>").map_or(0, |at| at + "<head>".len());
        let end = page.rfind("</body>").unwrap_or(page.len()).max(head);
        let (start, middle, rest) = (&page[..head], &page[head..end], &page[end..]);
        let middle = open_policy(middle);
        // The page's own script must find the page as it was sent, so the preview's runs before it.
        let place = policy_end(&middle);
        [start, &middle[..place], script, &middle[place..], &self.html(), rest].concat().into_bytes()
    }
}

const POLICY: &str = "http-equiv=\"Content-Security-Policy\"";

fn policy_end(html: &str) -> usize {
    let policy = html.find(POLICY).and_then(|at| html[at..].find('>').map(|end| at + end + 1));
    policy.unwrap_or_default()
}

/// Lets the page's policy allow what the preview needs, from its own address only.
fn open_policy(html: &str) -> String {
    let Some(at) = html.find(POLICY) else { return html.to_owned() };
    let Some(start) = html[at..].find("content=\"").map(|start| at + start + "content=\"".len()) else {
        return html.to_owned();
    };
    let Some(end) = html[start..].find('"').map(|end| start + end) else { return html.to_owned() };
    [&html[..start], &opened(&html[start..end]), &html[end..]].concat()
}

fn opened(policy: &str) -> String {
    let mut directives: Vec<String> = policy.split(';').map(|part| part.trim().to_owned()).collect();
    directives.retain(|directive| !directive.is_empty());
    for wanted in ["script-src", "style-src", "connect-src", "form-action"] {
        let found = directives.iter_mut().find(|directive| directive.split(' ').next() == Some(wanted));
        match found {
            Some(directive) if directive.split(' ').any(|source| source == "'self'") => {}
            Some(directive) => {
                *directive =
                    directive.split(' ').filter(|source| *source != "'none'").collect::<Vec<_>>().join(" ") + " 'self'";
            }
            None => directives.push(format!("{wanted} 'self'")),
        }
    }
    directives.join("; ")
}

/// Returns a page that stands in for the site while there is none.
pub(super) fn placeholder() -> &'static str {
    "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Preview</title></head>\
     <body><main><h1>The site cannot be shown yet</h1><p>It appears here as soon as the problems are mended.</p></main></body></html>\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_stays_as_strict_as_it_can() {
        assert_eq!(
            opened("default-src 'none'; script-src 'self'; form-action 'none'; style-src 'sha256-x'"),
            "default-src 'none'; script-src 'self'; form-action 'self'; style-src 'sha256-x' 'self'; connect-src 'self'"
        );
    }

    #[test]
    fn the_parts_are_put_into_head_and_body() {
        let opener = Opener::default();
        let shell = Shell {
            build: 7,
            page: 3,
            session: "s",
            root: "/",
            view: View::Public,
            other: "/_offprint/drafts/",
            mark: None,
            problems: &[],
            opener: &opener,
        };
        let page = "<html><head><meta charset=\"utf-8\"><title>x</title></head><body>x</body></html>";
        let dressed = String::from_utf8(shell.dress(page.as_bytes())).expect("text");
        assert!(
            dressed.starts_with("<html><head><script defer src=\"/_offprint/preview.js\"></script><meta"),
            "{dressed}"
        );
        assert!(
            dressed.contains("data-build=\"7\"") && dressed.ends_with("</offprint-preview></body></html>"),
            "{dressed}"
        );
    }
}
