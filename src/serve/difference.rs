//! What differs between a page as a browser has it and as it is now, where that is one element.
//!
//! A list of thousands of works is megabytes: a browser that has it need not read it again for one
//! title. Only what is plainly one well-formed element with an id of its own is sent alone; whatever
//! is in doubt, the browser asks for the page.

/// An element that stands in place of another with its id.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub(super) struct Part<'p> {
    pub id: &'p str,
    pub html: &'p str,
}

/// A longer element is not worth finding.
const LONGEST: usize = 256 * 1024;
/// Elements looked at around a difference.
const MOST_TRIED: usize = 40;

/// Returns the smallest element that holds all that differs; no part where the pages are the same.
///
/// `None` stands for a difference that is not in one element.
pub(super) fn between<'p>(old: &str, new: &'p str) -> Option<Vec<Part<'p>>> {
    if old == new {
        return Some(Vec::new());
    }
    let start = common_start(old.as_bytes(), new.as_bytes());
    let end = common_end(&old.as_bytes()[start..], &new.as_bytes()[start..]);
    let (old_end, new_end) = (old.len() - end, new.len() - end);
    let ids = new[..new.floor_char_boundary(start)].rmatch_indices(" id=\"");
    for (at, _) in ids.take(MOST_TRIED) {
        let Some(open) = new[..at].rfind('<') else { break };
        let Some((name, id)) = opened(&new[open..]) else { continue };
        if opened(&old[open..]) != Some((name, id)) {
            continue;
        }
        // What stands before the difference is the same in both, so the element begins at one place.
        let Some(is) = extent(new, open, name).filter(|end| *end >= new_end) else { continue };
        let Some(was) = extent(old, open, name).filter(|end| *end >= old_end) else { continue };
        // What follows must be the same too, or the element took in what is not its own.
        if old.len() - was != new.len() - is {
            continue;
        }
        let own = format!(" id=\"{id}\"");
        let alone = new.matches(&own).nth(1).is_none() && old[open..was].matches(&own).nth(1).is_none();
        return alone.then(|| vec![Part { id, html: &new[open..is] }]);
    }
    None
}

/// Bytes compared at once.
const STRIDE: usize = 4096;

fn common_start(one: &[u8], other: &[u8]) -> usize {
    let strides = one.chunks_exact(STRIDE).zip(other.chunks_exact(STRIDE)).take_while(|(a, b)| a == b).count();
    let at = strides * STRIDE;
    at + one[at..].iter().zip(&other[at..]).take_while(|(a, b)| a == b).count()
}

fn common_end(one: &[u8], other: &[u8]) -> usize {
    let strides = one.rchunks_exact(STRIDE).zip(other.rchunks_exact(STRIDE)).take_while(|(a, b)| a == b).count();
    let at = strides * STRIDE;
    let (one, other) = (&one[..one.len() - at], &other[..other.len() - at]);
    at + one.iter().rev().zip(other.iter().rev()).take_while(|(a, b)| a == b).count()
}

/// Returns the name and id of the element whose start tag a text begins with.
fn opened(text: &str) -> Option<(&str, &str)> {
    let tag = tag(text)?;
    if tag.closing || matches!(tag.name, "html" | "head" | "body" | "script" | "style" | "template") {
        return None;
    }
    let (_, rest) = tag.text.split_once(" id=\"")?;
    let (id, _) = rest.split_once('"')?;
    (!id.is_empty() && !id.contains(['&', '<'])).then_some((tag.name, id))
}

struct Tag<'t> {
    name: &'t str,
    text: &'t str,
    closing: bool,
}

/// Reads the tag that a text begins with.
fn tag(text: &str) -> Option<Tag<'_>> {
    let rest = text.strip_prefix('<')?;
    let (closing, rest) = match rest.strip_prefix('/') {
        Some(rest) => (true, rest),
        None => (false, rest),
    };
    let length = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(rest.len());
    let name = &rest[..length];
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(Tag { name, text: &text[..=at], closing }),
            (None, b'<') if at > 0 => return None,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    None
}

const VOID: [&str; 13] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

/// Returns where the element that opens at a place ends; `None` where it is not well formed.
fn extent(page: &str, open: usize, name: &str) -> Option<usize> {
    let first = tag(&page[open..])?;
    let mut at = open + first.text.len();
    if VOID.contains(&name) {
        return Some(at);
    }
    let mut inside = vec![name];
    while let Some(next) = page.get(at..)?.find('<').map(|step| at + step) {
        if next - open > LONGEST {
            return None;
        }
        let rest = &page[next..];
        if rest.starts_with("<!--") {
            at = next + rest.find("-->")? + "-->".len();
            continue;
        }
        let tag = tag(rest)?;
        at = next + tag.text.len();
        if tag.closing {
            if inside.pop() != Some(tag.name) {
                return None;
            }
            if inside.is_empty() {
                return Some(at);
            }
        } else if matches!(tag.name, "script" | "style" | "textarea" | "title") {
            let end = format!("</{}>", tag.name);
            at += page[at..].find(&end)? + end.len();
        } else if !VOID.contains(&tag.name) && !tag.text.ends_with("/>") {
            inside.push(tag.name);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PAGE: &str = "<html><head><title>List</title></head><body id=\"top\"><main id=\"main\"><h1>Works</h1><ol>\
        <li id=\"one\"><a href=\"x\" title=\"a > b\">First</a><br><svg><path d=\"M0\"/></svg></li>\
        <li id=\"two\"><!-- </li> -->Second <b>work</b></li></ol><p>End</p></main></body></html>";

    fn part(old: &str, new: &str) -> Option<String> {
        between(old, new).map(|parts| parts.iter().map(|part| format!("{}: {}", part.id, part.html)).collect())
    }

    #[test]
    fn a_changed_entry_is_sent_alone() {
        let new = PAGE.replace("Second", "Sécond");
        let expected = "two: <li id=\"two\"><!-- </li> -->Sécond <b>work</b></li>";
        assert_eq!(part(PAGE, &new), Some(expected.to_owned()));
        assert_eq!(part(PAGE, PAGE), Some(String::new()));
    }

    #[test]
    fn what_is_not_in_one_element_is_not_sent_alone() {
        assert_eq!(part(PAGE, &PAGE.replace("List", "Works")), None, "the head has no id");
        let both = PAGE.replace("First", "1st").replace("Second", "2nd");
        assert!(part(PAGE, &both).expect("one").starts_with("main: "), "the element around both");
        let twice = PAGE.replace("id=\"one\"", "id=\"two\"");
        assert_eq!(part(&twice, &twice.replace("Second", "2nd")), None, "an id that two elements have");
        let broken = PAGE.replace("</svg></li>", "</svg<");
        assert!(part(PAGE, &broken).is_none_or(|part| part.starts_with("main: ")), "a tag in a tag");
        let open = PAGE.replace("</b></li>", "</li>");
        assert_eq!(part(&open, &open.replace("Second", "2nd")), None, "a tag that is not closed");
    }

    /// Puts a part in place of the element with its id, as the browser does.
    fn put(old: &str, part: &Part<'_>) -> String {
        let open = old[..old.find(&format!(" id=\"{}\"", part.id)).expect("id")].rfind('<').expect("tag");
        let name = opened(&old[open..]).expect("opened").0;
        let end = extent(old, open, name).expect("extent");
        [&old[..open], part.html, &old[end..]].concat()
    }

    proptest! {
        #[test]
        fn the_old_page_with_the_part_is_the_new_page(
            from in 0..PAGE.len(),
            length in 0..40_usize,
            words in "[a-z<>/ =\"é]{0,12}",
        ) {
            let from = PAGE.floor_char_boundary(from);
            let to = PAGE.floor_char_boundary(from + length);
            let new = [&PAGE[..from], words.as_str(), &PAGE[to..]].concat();
            if let Some(parts) = between(PAGE, &new) {
                let changed = parts.iter().fold(PAGE.to_owned(), |page, part| put(&page, part));
                prop_assert_eq!(changed, new);
            }
        }
    }
}
