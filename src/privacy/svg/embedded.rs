//! Pictures and drawings that stand inside a drawing, as addresses of the scheme `data:` (RFC 2397).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// What cleans a picture that is no drawing; it gives nothing for what it does not know.
pub type Pictures<'p> = &'p dyn Fn(&[u8]) -> Option<Vec<u8>>;

/// What stands inside a drawing.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Embedded {
    /// Another drawing.
    Drawing(Vec<u8>),
    /// A picture of a kind that is cleaned.
    Picture(Vec<u8>),
    /// A face of letters, which shows as it is.
    Font,
    /// Anything else.
    Other,
}

/// Tells what an address holds, whatever it calls itself.
pub(super) fn read(address: &str) -> Embedded {
    let Some((head, body)) = address.get(5..).and_then(|rest| rest.split_once(',')) else { return Embedded::Other };
    let media = media(head);
    if media.starts_with("font/") || media.starts_with("application/font") || media.starts_with("application/x-font") {
        return Embedded::Font;
    }
    let bytes = if head.trim_end().to_ascii_lowercase().ends_with(";base64") {
        let letters: Vec<u8> = unescaped(body).into_iter().filter(|letter| !letter.is_ascii_whitespace()).collect();
        // Some programs leave the signs out that fill up the end.
        let whole = letters.iter().rposition(|letter| *letter != b'=').map_or(0, |last| last + 1);
        let filled = [&letters[..whole], &b"==="[..(4 - whole % 4) % 4]].concat();
        STANDARD.decode(filled).unwrap_or_default()
    } else {
        unescaped(body)
    };
    match bytes.as_slice() {
        [0xFF, 0xD8, 0xFF, ..]
        | [0x89, b'P', b'N', b'G', ..]
        | [b'G', b'I', b'F', b'8', ..]
        | [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Embedded::Picture(bytes),
        _ if media == "image/svg+xml" => Embedded::Drawing(bytes),
        _ => Embedded::Other,
    }
}

/// Writes an address anew; `head` is that of the old one.
pub(super) fn written(address: &str, content: &[u8]) -> String {
    let head = address.get(5..).and_then(|rest| rest.split_once(',')).map_or("", |(head, _)| head);
    format!("data:{};base64,{}", media(head), STANDARD.encode(content))
}

fn media(head: &str) -> String {
    let media = head.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let is_plain = media.bytes().all(|letter| letter.is_ascii_alphanumeric() || b"/+.-".contains(&letter));
    if is_plain { media } else { String::new() }
}

fn unescaped(text: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let digit = |at: usize| after.get(at).and_then(|digit| char::from(*digit).to_digit(16));
        if let (b'%', Some(high), Some(low)) = (*first, digit(0), digit(1)) {
            out.extend(u8::try_from(high * 16 + low));
            rest = &after[2..];
        } else {
            out.push(*first);
            rest = after;
        }
    }
    out
}

/// The addresses of the scheme in a value: the whole of it, or in styles those within brackets or quotes.
pub(super) fn addresses(value: &str) -> Vec<std::ops::Range<usize>> {
    let lower = value.to_ascii_lowercase();
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = lower[from..].find("data:").map(|at| from + at) {
        let before = lower[..at].trim_end().chars().next_back();
        let end = match before {
            None => value.len(),
            Some(quote @ ('"' | '\'')) => value[at..].find(quote).map_or(value.len(), |end| at + end),
            Some('(') => value[at..].find(')').map_or(value.len(), |end| at + end),
            // Words that are no address.
            Some(_) => at,
        };
        if end > at {
            found.push(at..end);
        }
        from = end.max(at + 5);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_found_where_they_are_used() {
        let found = |value: &str| addresses(value).into_iter().map(|range| value[range].to_owned()).collect::<Vec<_>>();
        assert_eq!(found(" data:image/png;base64,AAAA"), ["data:image/png;base64,AAAA"]);
        assert_eq!(found("fill:url(data:a,b) x:url(\"DATA:c,(d)\")"), ["data:a,b", "DATA:c,(d)"]);
        assert!(found("the data: two").is_empty());
    }

    #[test]
    fn what_an_address_holds_is_told_by_content() {
        assert_eq!(read("data:image/png;base64,/9j/"), Embedded::Picture(vec![0xFF, 0xD8, 0xFF]));
        assert_eq!(read("data:image/gif,GIF89a%21"), Embedded::Picture(b"GIF89a!".to_vec()));
        assert_eq!(read("data:image/svg+xml;utf8,<svg/>"), Embedded::Drawing(b"<svg/>".to_vec()));
        assert_eq!(read("data:font/woff2;base64,AAAA"), Embedded::Font);
        assert_eq!(read("data:image/tiff;base64,SUkqAA=="), Embedded::Other);
        assert_eq!(read("data:"), Embedded::Other);
        assert_eq!(written("data:image/png;name=Rao;base64,AA", b"GIF8"), "data:image/png;base64,R0lGOA==");
    }
}
