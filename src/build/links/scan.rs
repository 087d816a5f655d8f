//! Finds the addresses and anchors of an HTML page in one pass over its bytes.

use std::borrow::Cow;

/// What a page links to and what can be linked to on it.
#[derive(Debug, Default)]
pub(super) struct Found<'h> {
    /// Addresses as written, entities read.
    pub addresses: Vec<Cow<'h, str>>,
    /// Values of `id`, sorted.
    pub anchors: Vec<Cow<'h, str>>,
}

/// Scans a page; text that is no HTML simply gives little.
pub(super) fn scan(html: &str) -> Found<'_> {
    let mut found = Found::default();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        rest = &rest[start + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
            continue;
        }
        if !rest.starts_with(|letter: char| letter.is_ascii_alphabetic()) {
            continue;
        }
        let name_end = rest.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-').unwrap_or(rest.len());
        let name = &rest[..name_end];
        rest = attributes(&rest[name_end..], &mut |attribute, value| take(&mut found, name, attribute, value));
        let raw = ["script", "style"].into_iter().find(|raw| name.eq_ignore_ascii_case(raw));
        if let Some(raw) = raw {
            let end = if raw == "script" { rest.find("</script") } else { rest.find("</style") };
            rest = end.map_or("", |end| &rest[end..]);
        }
    }
    found.anchors.sort_unstable();
    found
}

fn take<'h>(found: &mut Found<'h>, element: &str, attribute: &str, value: &'h str) {
    match attribute {
        "id" => found.anchors.push(unescaped(value)),
        "href" | "src" | "poster" | "data" => found.addresses.push(unescaped(value)),
        "srcset" => {
            let candidates = value.split(',').filter_map(|candidate| candidate.split_ascii_whitespace().next());
            found.addresses.extend(candidates.map(unescaped));
        }
        "content" if element.eq_ignore_ascii_case("meta") => {
            let refresh = value.split_once(';').filter(|(delay, _)| delay.trim().parse::<u32>().is_ok());
            let address = refresh.and_then(|(_, rest)| rest.trim().strip_prefix("url="));
            found.addresses.extend(address.map(unescaped));
        }
        _ => {}
    }
}

/// Reads the attributes of a tag and returns what follows its `>`.
fn attributes<'h>(mut rest: &'h str, take: &mut impl FnMut(&str, &'h str)) -> &'h str {
    loop {
        rest = rest.trim_start_matches(|letter: char| letter.is_ascii_whitespace() || letter == '/');
        if rest.is_empty() {
            return rest;
        }
        if let Some(after) = rest.strip_prefix('>') {
            return after;
        }
        let ends = |letter: char| letter.is_ascii_whitespace() || matches!(letter, '=' | '>' | '/');
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let name_end = rest[first..].find(ends).map_or(rest.len(), |at| at + first);
        let (name, after) = rest.split_at(name_end);
        rest = after.trim_start();
        let Some(value) = rest.strip_prefix('=') else { continue };
        let value = value.trim_start();
        let (value, after) = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => match value[1..].split_once(quote) {
                Some(parts) => parts,
                None => return "",
            },
            _ => value.split_at(
                value.find(|letter: char| letter.is_ascii_whitespace() || letter == '>').unwrap_or(value.len()),
            ),
        };
        take(name, value);
        rest = after;
    }
}

fn unescaped(value: &str) -> Cow<'_, str> {
    if !value.contains('&') {
        return value.into();
    }
    let plain = value.replace("&quot;", "\"").replace("&#39;", "'").replace("&#x27;", "'").replace("&#x2F;", "/");
    plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_anchors_are_found_and_nothing_else() {
        let page = r##"<!doctype html><meta http-equiv="refresh" content="0; url=../b/"><!-- <a href="no"> -->
            <script>x = "<a href='no'>"</script><a class=x href=a/ ><h2 id='é'>5 < 6 &lt;a href="no"&gt;</h2>
            <img src="b.png" alt="src='no'" srcset="c.png 1w, d.png 2w"/><a href="?a=1&amp;b=2#x" id="top2">"##;
        let found = scan(page);
        assert_eq!(found.addresses, ["../b/", "a/", "b.png", "c.png", "d.png", "?a=1&b=2#x"]);
        assert_eq!(found.anchors, ["top2", "é"]);
    }

    #[test]
    fn broken_html_is_read_to_its_end() {
        for page in ["<", "<a", "<a href", "<a href=", "<a href=\"x", "<a =é", "<aé=1>", "<script>", "<!--", "<a é"]
        {
            assert!(scan(page).addresses.len() <= 1, "{page}");
        }
    }
}
