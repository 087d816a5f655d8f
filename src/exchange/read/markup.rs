//! Mark-up of other programs → plain words, or a title with its four kinds of mark-up.

use std::sync::LazyLock;

use super::mathml;

/// Replaces the entities of HTML and XML (`&amp;`, `&quot;`, `&#233;`, `&eacute;`); what is none stays.
pub(in crate::exchange) fn entities(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(12).position(|byte| byte == b';');
        if let Some((letter, end)) = end.and_then(|end| Some((entity(&rest[1..end])?, end))) {
            out.push(letter);
            rest = &rest[end + 1..];
        } else {
            out.push('&');
            rest = &rest[1..];
        }
    }
    out.push_str(rest);
    out
}

fn entity(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code).filter(|letter| *letter != '\0');
    }
    let named = [
        ("amp", '&'),
        ("lt", '<'),
        ("gt", '>'),
        ("quot", '"'),
        ("apos", '\''),
        ("nbsp", ' '),
        ("ndash", '–'),
        ("mdash", '—'),
        ("lsquo", '‘'),
        ("rsquo", '’'),
        ("ldquo", '“'),
        ("rdquo", '”'),
        ("hellip", '…'),
        ("deg", '°'),
        ("plusmn", '±'),
        ("times", '×'),
        ("middot", '·'),
        ("micro", 'µ'),
        ("alpha", 'α'),
        ("beta", 'β'),
        ("gamma", 'γ'),
        ("delta", 'δ'),
        ("mu", 'μ'),
        ("le", '≤'),
        ("ge", '≥'),
        ("szlig", 'ß'),
        ("aelig", 'æ'),
        ("AElig", 'Æ'),
        ("oslash", 'ø'),
        ("Oslash", 'Ø'),
        ("aring", 'å'),
        ("Aring", 'Å'),
        ("ccedil", 'ç'),
        ("Ccedil", 'Ç'),
        ("ntilde", 'ñ'),
        ("Ntilde", 'Ñ'),
    ];
    if let Some((_, letter)) = named.iter().find(|(other, _)| *other == name) {
        return Some(*letter);
    }
    // `eacute`, `Uuml`: a letter and its accent.
    let letter = name.chars().next().filter(char::is_ascii_alphabetic)?;
    let accent = match name.get(1..)? {
        "acute" => '\u{301}',
        "grave" => '\u{300}',
        "circ" => '\u{302}',
        "tilde" => '\u{303}',
        "uml" => '\u{308}',
        "caron" => '\u{30C}',
        _ => return None,
    };
    unicode_normalization::char::compose(letter, accent)
}

/// Returns a title that was written in HTML or JATS: `<i> <b> <sup> <sub>` stay, other tags go, entities are replaced.
pub(in crate::exchange) fn title(html: &str) -> String {
    let is_formula = html.contains("<math") || html.contains("<mml:math");
    let formulas = if is_formula { mathml::formulas(html) } else { html.to_owned() };
    rewritten(&formulas, |out, replacement, _| out.push_str(replacement))
}

/// Resolves the entities of a text and lets `put` write what stands in place of each tag, given
/// that and the text from the tag on.
fn rewritten(html: &str, put: impl Fn(&mut String, &str, &str)) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        out.push_str(&entities(&rest[..at]));
        rest = &rest[at..];
        if let Some((replacement, length)) = tag(rest) {
            put(&mut out, &replacement, rest);
            rest = &rest[length..];
        } else {
            out.push('<');
            rest = &rest[1..];
        }
    }
    out.push_str(&entities(rest));
    out
}

/// Reads a tag at the start of a text: what stands in its place, and its length; `None` for a mere less-than sign.
fn tag(text: &str) -> Option<(String, usize)> {
    let inner = text.strip_prefix('<')?;
    let end = inner.bytes().take(300).position(|byte| byte == b'>' || byte == b'<')?;
    if inner.as_bytes()[end] == b'<' {
        return None;
    }
    let closing = inner.starts_with('/');
    let name = inner[usize::from(closing)..end].trim_end_matches('/');
    let name = name.split_whitespace().next().unwrap_or_default();
    let name = name.rsplit(':').next().unwrap_or_default().to_ascii_lowercase();
    if !name.starts_with(|c: char| c.is_ascii_alphabetic())
        || !name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    {
        return None;
    }
    let kept = match name.as_str() {
        "i" | "em" | "italic" => "i",
        "b" | "strong" | "bold" => "b",
        "sup" => "sup",
        "sub" => "sub",
        "p" | "br" | "title" | "sec" | "div" | "li" => return Some((" ".to_owned(), end + 2)),
        _ => return Some((String::new(), end + 2)),
    };
    let slash = if closing { "/" } else { "" };
    Some((format!("<{slash}{kept}>"), end + 2))
}

/// Replaces Markdown's `*words*` and `**words**` in a line by `<i>` and `<b>`; a lone asterisk, as in T2*, stays.
pub(in crate::exchange) fn emphasis(text: &str) -> String {
    ["**", "*", "__", "_"].iter().fold(text.to_owned(), |text, mark| {
        let tag = if mark.len() == 2 { "b" } else { "i" };
        let mut out = String::with_capacity(text.len());
        let mut rest = text.as_str();
        while let Some(at) = rest.find(mark) {
            let (before, after) = (&rest[..at], &rest[at + mark.len()..]);
            let opens = !before.ends_with(char::is_alphanumeric) && after.starts_with(|c: char| c.is_alphanumeric());
            let end = after.find(mark).filter(|end| {
                let behind = &after[end + mark.len()..];
                opens && !after[..*end].ends_with(' ') && !behind.starts_with(char::is_alphanumeric)
            });
            out.push_str(before);
            if let Some(end) = end {
                out.push_str(&format!("<{tag}>{}</{tag}>", &after[..end]));
                rest = &after[end + mark.len()..];
            } else {
                out.push_str(mark);
                rest = after;
            }
        }
        out.push_str(rest);
        out
    })
}

/// Returns words that were written in HTML or JATS, without any tag; `title` and `p` begin a new paragraph.
pub(in crate::exchange) fn words(html: &str) -> String {
    rewritten(html, |out, replacement, rest| {
        if replacement == " " {
            out.push_str(if rest.starts_with("</") { "\n\n" } else { " " });
        }
    })
}

/// Returns an address that stands in words, up to a space, quote or bracket.
pub(in crate::exchange) fn address_in(text: &str) -> Option<&str> {
    static STARTS: LazyLock<[&str; 2]> = LazyLock::new(|| ["https://", "http://"]);
    let at = STARTS.iter().filter_map(|start| text.find(start)).min()?;
    let address = text[at..].split(|c: char| c.is_whitespace() || "\"'<>()[]{}".contains(c)).next()?;
    let address = address.trim_end_matches(['.', ',', ';']);
    (address.len() > 8).then_some(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_are_letters_and_other_ampersands_stay() {
        assert_eq!(
            entities("Safety &amp; speed &#8212; &eacute;t&#xE9; A&B &; &unknown;"),
            "Safety & speed — été A&B &; &unknown;"
        );
    }

    #[test]
    fn titles_keep_four_tags() {
        assert_eq!(
            title("<jats:italic>In vivo</jats:italic> CO<sub>2</sub> &lt;5% <span class=\"x\">and</span> size <3 cm"),
            "<i>In vivo</i> CO<sub>2</sub> <5% and size <3 cm"
        );
    }

    #[test]
    fn emphasis_is_told_from_asterisks_that_mean_themselves() {
        for (markdown, html) in [
            ("A *Post Hoc* look", "A <i>Post Hoc</i> look"),
            ("**Bold** and _in vivo_", "<b>Bold</b> and <i>in vivo</i>"),
            ("T2* and R2* mapping", "T2* and R2* mapping"),
            ("snake_case_name and 5 * 3 * 2", "snake_case_name and 5 * 3 * 2"),
        ] {
            assert_eq!(emphasis(markdown), html);
        }
    }

    #[test]
    fn words_lose_every_tag() {
        assert_eq!(words("<jats:title>Aim</jats:title><jats:p>P &lt; .001</jats:p>"), " Aim\n\n P < .001\n\n");
        assert_eq!(address_in("see (https://rao.example/a)."), Some("https://rao.example/a"));
    }
}
