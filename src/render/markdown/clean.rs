//! Raw HTML in the owner's words: what is kept, and how addresses in it are found.
//!
//! Attributes that this module's callers write themselves (classes, ids …) carry a mark that no
//! page can contain, so that cleaning keeps them and drops those that were typed in.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

/// Elements that are kept, beside those that Markdown itself writes.
const TAGS: &[&str] = &[
    "a",
    "abbr",
    "b",
    "bdi",
    "bdo",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "section",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "u",
    "ul",
    "var",
    "wbr",
];

/// Attributes that only Markdown itself may write.
const OWN: &[&str] =
    &["class", "id", "role", "rel", "aria-label", "tabindex", "srcset", "sizes", "loading", "decoding"];

/// Returns a mark that the words do not contain.
pub(super) fn mark(body: &str) -> String {
    let hash = blake3::hash(body.as_bytes()).to_hex();
    format!("o{}-", &hash[..24])
}

/// Removes from HTML all that is not kept, and the mark from what is.
pub(super) fn clean(html: &str, mark: &str) -> String {
    let attributes: HashMap<&str, HashSet<&str>> = [
        ("a", &["href"][..]),
        ("abbr", &["title"]),
        ("bdo", &["dir"]),
        ("blockquote", &["cite"]),
        ("col", &["span"]),
        ("colgroup", &["span"]),
        ("del", &["datetime"]),
        ("details", &["open"]),
        ("dfn", &["title"]),
        ("img", &["src", "alt", "width", "height"]),
        ("ins", &["datetime"]),
        ("ol", &["start", "reversed"]),
        ("q", &["cite"]),
        ("td", &["colspan", "rowspan"]),
        ("th", &["colspan", "rowspan", "scope"]),
        ("time", &["datetime"]),
    ]
    .into_iter()
    .map(|(tag, names)| (tag, names.iter().copied().collect()))
    .collect();
    let own_mark = mark.to_owned();
    let mut builder = ammonia::Builder::empty();
    builder
        .tags(TAGS.iter().copied().collect())
        .clean_content_tags(["script", "style", "template", "iframe", "object", "svg", "math"].into())
        .tag_attributes(attributes)
        .generic_attributes(OWN.iter().copied().chain(["lang", "dir"]).collect())
        .url_schemes(["http", "https", "mailto", "tel"].into())
        .url_relative(ammonia::UrlRelative::PassThrough)
        .link_rel(None)
        .attribute_filter(move |_, name, value| {
            let kept = !OWN.contains(&name) || value.starts_with(&own_mark);
            kept.then_some(Cow::Borrowed(value))
        });
    builder.clean(html).to_string().replace(mark, "")
}

/// Returns the name of an element in raw HTML that will not be kept.
pub(super) fn removed(raw: &str) -> Option<String> {
    let names = raw.match_indices('<').filter_map(|(at, _)| {
        let name: String = raw[at + 1..].chars().take_while(char::is_ascii_alphanumeric).collect();
        (!name.is_empty()).then(|| name.to_ascii_lowercase())
    });
    names.into_iter().find(|name| !TAGS.contains(&name.as_str()))
}

/// Returns by how many levels raw HTML goes deeper: more opened than closed.
pub(super) fn depth(raw: &str) -> isize {
    let bytes = raw.as_bytes();
    let opened = |at: &usize| bytes.get(at + 1).is_some_and(u8::is_ascii_alphabetic);
    let closed = |at: &usize| bytes.get(at + 1) == Some(&b'/');
    let tags: Vec<usize> = raw.match_indices('<').map(|(at, _)| at).collect();
    let count = |test: &dyn Fn(&usize) -> bool| {
        isize::try_from(tags.iter().filter(|at| test(at)).count()).unwrap_or(isize::MAX)
    };
    count(&opened).saturating_sub(count(&closed))
}

/// An address in raw HTML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Attribute {
    /// Of a link.
    Href,
    /// Of a picture.
    Src,
}

/// Rewrites the quoted values of `href` and `src` in raw HTML; `None` from `rewrite` leaves the attribute out.
///
/// `rewrite` gets the attribute, its value and the byte at which that stands.
pub(super) fn rewrite_addresses(
    raw: &str,
    mut rewrite: impl FnMut(Attribute, &str, usize) -> Option<String>,
) -> String {
    let lower = raw.to_ascii_lowercase();
    let mut out = String::with_capacity(raw.len());
    let mut done = 0;
    while let Some((start, attribute, name)) = next_address(&lower, done) {
        let after = start + name.len();
        let equals = lower[after..].len() - lower[after..].trim_start().len() + after;
        out.push_str(&raw[done..start]);
        done = after;
        let value_start = lower[equals..].strip_prefix('=').map(str::trim_start).and_then(|value| {
            let at = lower.len() - value.len();
            value.chars().next().filter(|quote| matches!(quote, '"' | '\'')).map(|quote| (at + 1, quote))
        });
        let Some((value_at, quote)) = value_start else {
            out.push_str(name);
            continue;
        };
        let Some(length) = raw[value_at..].find(quote) else {
            out.push_str(name);
            continue;
        };
        let value = raw[value_at..value_at + length].replace("&amp;", "&");
        if let Some(text) = rewrite(attribute, &value, value_at) {
            out.push_str(&text);
        }
        done = value_at + length + 1;
    }
    out.push_str(&raw[done..]);
    out
}

fn next_address(lower: &str, from: usize) -> Option<(usize, Attribute, &'static str)> {
    let find = |name: &'static str, attribute| {
        let mut hits = lower[from..].match_indices(name).map(|(at, _)| at + from);
        let found = hits.find(|&at| {
            let before = at.checked_sub(1).and_then(|at| lower.as_bytes().get(at));
            let after = lower[at + name.len()..].trim_start();
            before.is_some_and(|byte| byte.is_ascii_whitespace() || matches!(byte, b'"' | b'\''))
                && after.starts_with('=')
        });
        found.map(|at| (at, attribute, name))
    };
    let candidates = [find("href", Attribute::Href), find("src", Attribute::Src)];
    candidates.into_iter().flatten().min_by_key(|(at, ..)| *at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_marked_attributes_and_known_elements_stay() {
        let html = r#"<p class="x-figure">H<sub onclick="a()">2</sub>O <script>alert(1)</script><i class="evil" style="a">v</i></p>"#;
        assert_eq!(clean(html, "x-"), r#"<p class="figure">H<sub>2</sub>O <i>v</i></p>"#);
        assert_eq!(
            clean("<a href=\"javascript:a()\">x</a><details open><summary>s</summary>t", "x-"),
            "<a>x</a><details open=\"\"><summary>s</summary>t</details>"
        );
        assert_eq!(removed("a <b>c</b> <IFRAME src=x>").as_deref(), Some("iframe"));
    }

    #[test]
    fn addresses_are_rewritten_in_place() {
        let raw = r#"<a title="src" href = "a&amp;b">x</a><img src='c.png' alt="href">"#;
        let out = rewrite_addresses(raw, |kind, value, at| {
            assert!(raw[at..].starts_with(['a', 'c']));
            (kind == Attribute::Href).then(|| format!("href=\"{value}!\""))
        });
        assert_eq!(out, r#"<a title="src" href="a&b!">x</a><img  alt="href">"#);
        assert_eq!(rewrite_addresses("<a href=x href=\"", |_, _, _| None), "<a href=x href=\"");
    }
}
