//! What machines read in the head of a page: Highwire Press tags, schema.org, Open Graph, canonical address.

mod highwire;
mod schema;

use std::fmt::Write;

use super::Input;
use super::extra::is_released;
use super::links::{address, publication_path};
use super::markdown::encoded;
use crate::exchange::html::escape;
use crate::exchange::title::plain;
use crate::portfolio::{PublicPortfolio, Publication};

/// The head of one page.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Metadata {
    /// Full address of the page; only with a known base.
    pub canonical: Option<String>,
    /// `<meta>` tags in order, the description included.
    pub tags: Vec<Tag>,
    /// schema.org as JSON-LD.
    pub json_ld: Option<serde_json::Value>,
}

/// One `<meta>` tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// `name` or `property`.
    pub attribute: &'static str,
    /// `citation_title`, `og:title` …
    pub name: &'static str,
    /// Its value, not yet escaped.
    pub content: String,
}

/// A page of no special kind: title, description (the site's own where it has none) and canonical address.
pub fn page(portfolio: &PublicPortfolio, path: &str, title: &str, description: Option<&str>) -> Metadata {
    head(portfolio, path, title, description.or(portfolio.settings.description.as_deref()), None)
}

fn head(
    portfolio: &PublicPortfolio,
    path: &str,
    title: &str,
    description: Option<&str>,
    work: Option<&Publication>,
) -> Metadata {
    let settings = &portfolio.settings;
    let canonical = full_address(portfolio, path);
    let description = description.map(str::trim).filter(|words| !words.is_empty());
    let mut tags = Vec::new();
    if let Some(description) = description {
        tags.push(Tag { attribute: "name", name: "description", content: description.to_owned() });
    }
    let mut graph = |name, content: &str| tags.push(Tag { attribute: "property", name, content: content.to_owned() });
    graph("og:title", &plain(title));
    if let Some(description) = description {
        graph("og:description", description);
    }
    graph("og:type", "website");
    graph("og:site_name", &settings.title);
    if let Some(address) = &canonical {
        graph("og:url", address);
    }
    let card = super::social::of_page(portfolio, path, work);
    if let Some((address, words)) = card.and_then(|(card, words)| Some((full_address(portfolio, &card)?, words))) {
        graph("og:image", &address);
        graph("og:image:width", "1200");
        graph("og:image:height", "630");
        graph("og:image:alt", &words);
        tags.push(Tag { attribute: "name", name: "twitter:card", content: "summary_large_image".to_owned() });
    }
    Metadata { canonical, tags, json_ld: None }
}

/// The home page: a profile of the owner.
pub fn home(portfolio: &PublicPortfolio) -> Metadata {
    let mut head = page(portfolio, "index.html", &portfolio.settings.title, None);
    set_type(&mut head, "profile");
    head.json_ld = Some(schema::profile(portfolio));
    head
}

/// A publication's page; `description` is what search engines print, by default what the record says of the work.
///
/// A work whose status is shown by the owner's wish alone has neither tags nor JSON-LD.
pub fn publication(input: &Input<'_>, publication: &Publication, description: Option<&str>) -> Metadata {
    let portfolio = input.portfolio;
    let path = publication_path(publication);
    let shared = &publication.shared;
    let words = [description, shared.summary.as_deref(), shared.why.as_deref(), publication.abstract_text.as_deref()];
    let words = words.into_iter().flatten().next().map(|words| shortened(&plain(words)));
    let mut head = head(portfolio, &path, &shared.title, words.as_deref(), Some(publication));
    set_type(&mut head, "article");
    if is_released(publication.status) {
        let pdf = super::extra::pdf_path(input.sources, publication).and_then(|pdf| full_address(portfolio, &pdf));
        head.tags.extend(highwire::tags(publication, head.canonical.as_deref(), pdf.as_deref()));
        head.json_ld = Some(schema::work(portfolio, publication, head.canonical.as_deref(), pdf.as_deref()));
    }
    head
}

/// Cuts words after the last whole one of the first 200 letters, which is more than search engines print.
fn shortened(words: &str) -> String {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some((end, _)) = words.char_indices().nth(200) else { return words };
    let end = words[..end].rfind(' ').unwrap_or(end);
    format!("{}…", words[..end].trim_end_matches([',', ';', ':', '.']))
}

fn set_type(head: &mut Metadata, value: &str) {
    for tag in head.tags.iter_mut().filter(|tag| tag.name == "og:type") {
        value.clone_into(&mut tag.content);
    }
}

/// Returns the full address of a site path; `None` when the site's own is not known.
pub fn full_address(portfolio: &PublicPortfolio, path: &str) -> Option<String> {
    portfolio.settings.base_url.as_ref().map(|base| base.clone() + &encoded(address(path)))
}

impl Metadata {
    /// Returns the head as HTML, a tag a line, escaped and ready to be printed inside `<head>`.
    pub fn html(&self) -> String {
        let mut html = String::new();
        if let Some(address) = &self.canonical {
            let _ = writeln!(html, "<link rel=\"canonical\" href=\"{}\">", escape(address));
        }
        for Tag { attribute, name, content } in &self.tags {
            let _ = writeln!(html, "<meta {attribute}=\"{name}\" content=\"{}\">", escape(content));
        }
        if let Some(json) = &self.json_ld {
            let _ = writeln!(html, "<script type=\"application/ld+json\">{}</script>", script_safe(&json.to_string()));
        }
        html
    }
}

/// Writes JSON so that nothing in it ends the element or is taken for mark-up.
fn script_safe(json: &str) -> String {
    json.replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('&', "\\u0026")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_breaks_out_of_a_head() {
        let head = Metadata {
            canonical: Some("https://example.org/\"x".to_owned()),
            tags: vec![Tag { attribute: "name", name: "citation_title", content: "\"><script>P < .05".to_owned() }],
            json_ld: Some(serde_json::json!({"name": "</script><script>alert(1)</script>"})),
        };
        let html = head.html();
        assert_eq!(html.matches("<script").count(), 1);
        assert_eq!(html.matches("</script>").count(), 1);
        assert!(html.contains("content=\"&quot;&gt;&lt;script&gt;P &lt; .05\""), "{html}");
    }
}
