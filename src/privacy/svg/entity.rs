//! Entities that a drawing declares (XML 1.0, 4.2), as Adobe's programs do for the addresses of their namespaces.

use std::borrow::Cow;

/// Bytes of one entity, and those by which all together may lengthen a drawing.
const LONGEST: usize = 1024;
const MOST: usize = 1024 * 1024;

/// Returns a drawing with its entities written out and without the document type that declares them; nothing
/// when one stands for more than plain words.
pub(super) fn written_out(text: &str) -> Option<Cow<'_, str>> {
    let Some(start) = text.find("<!DOCTYPE") else { return Some(Cow::Borrowed(text)) };
    let (end, entities) = declared(&text[start..])?;
    let mut out = text[..start].to_owned();
    let mut rest = &text[start + end..];
    let most = text.len() + MOST;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let named = rest[1..].find(';').map(|end| (&rest[1..=end], end + 2));
        let found = named.and_then(|(name, end)| {
            let (_, value) = entities.iter().find(|(known, _)| *known == name)?;
            Some((*value, end))
        });
        let (written, used) = found.unwrap_or(("&", 1));
        out.push_str(written);
        rest = &rest[used..];
        if out.len() > most {
            return None;
        }
    }
    out.push_str(rest);
    Some(Cow::Owned(out))
}

/// The end of a document type, and what it declares.
fn declared(text: &str) -> Option<(usize, Vec<(&str, &str)>)> {
    let mut entities = Vec::new();
    let mut at = "<!DOCTYPE".len();
    let mut is_inside = false;
    loop {
        let rest = &text[at..];
        let next = rest.find(['[', ']', '>', '<', '"', '\''])?;
        at += next;
        match text.as_bytes()[at] {
            b'[' => is_inside = true,
            b']' => is_inside = false,
            b'>' if !is_inside => return Some((at + 1, entities)),
            b'<' if text[at..].starts_with("<!--") => at += text[at..].find("-->")? + 2,
            b'<' if text[at..].starts_with("<!ENTITY") => {
                let (end, entity) = entity(&text[at..])?;
                entities.extend(entity);
                at += end - 1;
            }
            quote @ (b'"' | b'\'') => at += text[at + 1..].find(char::from(quote))? + 1,
            _ => {}
        }
        at += 1;
    }
}

/// Reads one declaration: its length, and name and value when it has one of its own.
fn entity(text: &str) -> Option<(usize, Option<(&str, &str)>)> {
    let inner = text.strip_prefix("<!ENTITY")?;
    let start = inner.find(['"', '\''])?;
    let quote = char::from(inner.as_bytes()[start]);
    let length = inner[start + 1..].find(quote)?;
    let value = &inner[start + 1..start + 1 + length];
    let after = &inner[start + 2 + length..];
    let end = after.find('>')?;
    let whole = text.len() - after.len() + end + 1;
    let mut words = inner[..start].split_whitespace();
    let (name, more) = (words.next()?, words.next());
    // What stands in another file, or is for declarations alone, is not written out.
    if more.is_some() || name == "%" || !after[..end].trim().is_empty() {
        return Some((whole, None));
    }
    (value.len() <= LONGEST && !value.contains(['<', '&', '%'])).then_some((whole, Some((name, value))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_written_out_and_no_more() {
        let drawing = "<?xml version=\"1.0\"?><!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"a>b\" [\n<!-- ]> --><!ENTITY ns_svg \"http://www.w3.org/2000/svg\">\n<!ENTITY out SYSTEM \"file:///etc/passwd\">]><svg xmlns=\"&ns_svg;\" a=\"&amp;&out;\"/>";
        let meant = "<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\" a=\"&amp;&out;\"/>";
        assert_eq!(written_out(drawing).as_deref(), Some(meant));
        assert_eq!(written_out("<svg/>").as_deref(), Some("<svg/>"));
        for refused in [
            "<!DOCTYPE svg [<!ENTITY a \"<metadata/>\">]><svg>&a;</svg>",
            "<!DOCTYPE svg [<!ENTITY a \"x\"><!ENTITY b \"&a;&a;\">]><svg>&b;</svg>",
            "<!DOCTYPE svg [",
            "<!DOCTYPE svg [<!ENTITY a \"",
        ] {
            assert_eq!(written_out(refused), None, "{refused}");
        }
        let long = format!("<!DOCTYPE svg [<!ENTITY a \"{}\">]><svg>{}</svg>", "x".repeat(1000), "&a;".repeat(5000));
        assert_eq!(written_out(&long), None);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_taken(text in "(<!DOCTYPE|<!ENTITY|<!--|-->|[\\[\\]<>\"'&;%a é]){0,40}") {
            let _ = written_out(&text);
        }
    }
}
