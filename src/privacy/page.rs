//! Web pages and scripts among the published files: they are published as they are, so what they run and ask
//! other hosts for is named.

use std::collections::BTreeSet;

use super::svg;
use super::trace::Trace;
use crate::diagnostic::code;

/// Attributes whose addresses a browser asks for by itself, or sends what was typed to.
const ASKED: [&str; 8] = ["src", "srcset", "poster", "data", "action", "formaction", "background", "ping"];
/// Elements whose `href` a browser asks for by itself.
const ASKED_BY_HREF: [&str; 6] = ["link", "base", "image", "use", "feimage", "?xml-stylesheet"];
/// Hosts that are named.
const MOST: usize = 5;

/// What a file of a browser's languages runs and asks for; nothing when it does neither, or is another kind.
pub(super) fn trace(path: &str, bytes: &[u8]) -> Option<Trace> {
    let name = path.to_ascii_lowercase();
    let ends = |ends: &[&str]| ends.iter().any(|end| name.ends_with(end));
    let text = String::from_utf8_lossy(bytes);
    let mut found = Found::default();
    let kind = if ends(&[".js", ".mjs", ".cjs"]) {
        found.runs = true;
        found.hosts_in(&text);
        "a script"
    } else if ends(&[".html", ".htm", ".xhtml", ".xht", ".xml"]) {
        found.page(&text);
        "a web page"
    } else {
        return None;
    };
    let mut does = Vec::new();
    if found.runs {
        does.push(if kind == "a script" { "it runs in a browser".to_owned() } else { "it runs a script".to_owned() });
    }
    if !found.hosts.is_empty() {
        let more = found.hosts.len().saturating_sub(MOST);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let named: Vec<_> = found.hosts.iter().take(MOST).map(|host| format!("`{host}`")).collect();
        does.push(format!("it asks other hosts: {}{more}", named.join(", ")));
    }
    (!does.is_empty()).then(|| {
        let message = format!("is {kind}, which is published as it is: {}", does.join(", and "));
        let help = "publish it as PDF or as a page of your own, or take the scripts and addresses of other hosts out";
        Trace::new(&code::PAGE_AS_IT_IS, message, path, help)
    })
}

#[derive(Debug, Default)]
struct Found {
    runs: bool,
    hosts: BTreeSet<String>,
}

impl Found {
    fn page(&mut self, text: &str) {
        let mut rest = text;
        while let Some(start) = rest.find('<') {
            rest = &rest[start + 1..];
            if let Some(comment) = rest.strip_prefix("!--") {
                rest = comment.split_once("-->").map_or("", |(_, after)| after);
                continue;
            }
            let end = tag(rest);
            let whole = &rest[..end];
            let written =
                whole.split(|letter: char| letter.is_whitespace() || letter == '/').next().unwrap_or_default();
            let name = written.to_ascii_lowercase();
            let name = name.rsplit(':').next().unwrap_or_default();
            for (attribute, value) in attributes(&whole[written.len()..]) {
                self.attribute(name, &attribute, value);
            }
            rest = rest[end..].strip_prefix('>').unwrap_or(&rest[end..]);
            let body = || rest.split_once("</").map_or(rest, |(body, _)| body);
            match name {
                "script" => {
                    self.runs = true;
                    self.hosts_in(body());
                }
                "style" => self.hosts_of_style(body()),
                _ => {}
            }
        }
    }

    fn attribute(&mut self, element: &str, attribute: &str, value: &str) {
        let is_event = attribute.len() > 2 && attribute.starts_with("on");
        self.runs |= is_event || svg::is_program(value);
        let is_asked = ASKED.contains(&attribute) || (attribute == "href" && ASKED_BY_HREF.contains(&element));
        if is_asked {
            for address in value.split(',') {
                self.host(address.trim());
            }
        } else if attribute == "style" {
            self.hosts_of_style(value);
        }
    }

    fn hosts_of_style(&mut self, sheet: &str) {
        for address in svg::asked_by_style(sheet) {
            self.hosts_in(&address);
        }
    }

    fn host(&mut self, address: &str) {
        let lower = address.to_ascii_lowercase();
        let rest = ["https:", "http:", "wss:", "ws:"].iter().find_map(|scheme| lower.strip_prefix(scheme));
        let Some(host) = rest.unwrap_or(&lower).strip_prefix("//") else { return };
        let is_of_a_host = |letter: &char| letter.is_alphanumeric() || matches!(letter, '.' | '-' | ':' | '@');
        let host: String = host.chars().take_while(is_of_a_host).collect();
        if !host.is_empty() {
            self.hosts.insert(host);
        }
    }

    /// Every address in a script or a style sheet.
    fn hosts_in(&mut self, text: &str) {
        for (at, _) in text.match_indices("//") {
            let scheme = text[..at].rfind(|letter: char| !letter.is_ascii_alphabetic() && letter != ':');
            let scheme =
                &text[scheme.map_or(0, |before| before + text[before..].chars().next().map_or(1, char::len_utf8))..at];
            let is_address = matches!(scheme.to_ascii_lowercase().as_str(), "http:" | "https:" | "ws:" | "wss:")
                || (scheme.is_empty() && at == 0 && !text.contains('\n'));
            if is_address {
                self.host(&text[at - scheme.len()..]);
            }
        }
    }
}

/// Bytes of a tag without the sign that ends it, which may stand in quotes before.
fn tag(text: &str) -> usize {
    let mut quote = None;
    for (at, letter) in text.char_indices() {
        match (letter, quote) {
            ('>', None) => return at,
            ('"' | '\'', None) => quote = Some(letter),
            (letter, Some(open)) if letter == open => quote = None,
            _ => {}
        }
    }
    text.find('>').unwrap_or(text.len())
}

/// Names, in small letters, and values of a tag's attributes.
fn attributes(text: &str) -> Vec<(String, &str)> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('=') {
        let before = rest[..at].trim_end();
        let name =
            before.rsplit(|letter: char| letter.is_whitespace() || "/\"'".contains(letter)).next().unwrap_or_default();
        let name = name.rsplit(':').next().unwrap_or_default().to_ascii_lowercase();
        let after = rest[at + 1..].trim_start();
        let quote = after.chars().next().filter(|first| matches!(first, '"' | '\''));
        let (value, end) = match quote {
            Some(quote) => {
                let inner = &after[1..];
                let length = inner.find(quote).unwrap_or(inner.len());
                (&inner[..length], inner.get(length + 1..).unwrap_or_default())
            }
            None => after.split_at(after.find(char::is_whitespace).unwrap_or(after.len())),
        };
        found.push((name, value));
        rest = end;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(path: &str, text: &str) -> String {
        trace(path, text.as_bytes()).map(|trace| trace.words(path)).unwrap_or_default()
    }

    #[test]
    fn what_a_page_runs_and_asks_for_is_named_and_a_plain_page_is_silent() {
        for (path, text, words) in [
            ("a.html", "<p onclick=\"x()\">", "it runs a script"),
            ("a.HTM", "<a href=' java\tscript:x'>", "it runs a script"),
            (
                "a.html",
                "<script src=//cdn.example/a.js></script>",
                "it runs a script, and it asks other hosts: `cdn.example`",
            ),
            ("a.html", "<script>fetch(\"https://a.example/b\")</script>", "`a.example`"),
            ("a.html", "<LINK rel=stylesheet href=\"https://fonts.example/a\">", "asks other hosts: `fonts.example`"),
            ("a.html", "<img alt=\"a > b\" srcset=\"b.png 1x, https://i.example/c.png 2x\">", "`i.example`"),
            (
                "a.html",
                "<style>@import 'https://s.example/a'; a{b:url(//t.example/c)}</style>",
                "`s.example`, `t.example`",
            ),
            ("a.xhtml", "<h:script/>", "it runs a script"),
            ("a.xml", "<?xml-stylesheet href=\"https://x.example/a.xsl\"?><a/>", "`x.example`"),
            (
                "a.js",
                "new WebSocket('wss://w.example/')",
                "is a script, which is published as it is: it runs in a browser",
            ),
        ] {
            assert!(said(path, text).contains(words), "{text}: {}", said(path, text));
        }
        for (path, text) in [
            (
                "a.html",
                "<!DOCTYPE html><html xmlns=\"http://www.w3.org/1999/xhtml\"><!-- <script> --><a href=\"https://a.example/\">a</a><img src=\"b.png\"></html>",
            ),
            ("a.xml", "<a xmlns:b=\"https://a.example/\">1 == 2 // b</a>"),
            ("a.txt", "<script>"),
        ] {
            assert_eq!(said(path, text), "", "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_page_is_taken(text in "(<|>|=|//|https:|src|href|script|style|/|[\"' é:a]|<!--|-->){0,40}") {
            let _ = said("a.html", &text);
            let _ = said("a.js", &text);
        }
    }
}
