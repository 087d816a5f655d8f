//! A first look at a style file, before the engine's reader sees it.
//!
//! The reader gives no places for its faults, and takes quadratic time for a tag with thousands
//! of attributes (RUSTSEC-2026-0194, -0195) and the whole stack for thousands of nested tags.
//! This look finds what is not well formed, with its place, and refuses what no style has.

use super::words;
use crate::diagnostic::Span;

/// Most attributes that a tag may have; the longest in an official style has 20.
const MOST_ATTRIBUTES: usize = 100;
/// Deepest nesting of tags; the deepest official style has 30.
const DEEPEST: usize = 100;

/// What is wrong, and at which bytes.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) message: String,
}

fn fault(start: usize, end: usize, message: impl Into<String>) -> Fault {
    Fault { start, end, message: message.into() }
}

/// Checks that a text is well-formed XML with a `style` at its root.
pub(super) fn scan(text: &str) -> Result<(), Fault> {
    let mut open: Vec<(&str, usize)> = Vec::new();
    let mut rooted = false;
    let mut macros: Vec<&str> = Vec::new();
    let mut calls: Vec<(&str, usize)> = Vec::new();
    let mut at = 0;
    while let Some(found) = text[at..].find('<') {
        let start = at + found;
        let rest = &text[start..];
        if let Some(length) = skipped(rest, start)? {
            at = start + length;
            continue;
        }
        let end = tag_end(rest).ok_or_else(|| fault(start, start + 1, "this tag is never closed with `>`"))?;
        let inside = &rest[1..end];
        at = start + end + 1;
        if let Some(name) = inside.strip_prefix('/') {
            let name = name.trim();
            match open.pop() {
                Some((wanted, _)) if wanted == name => {}
                Some((wanted, _)) => {
                    let message = format!("`</{name}>` closes what `<{wanted}>` has opened");
                    return Err(fault(start, at, message));
                }
                None => return Err(fault(start, at, format!("`</{name}>` closes nothing"))),
            }
            continue;
        }
        let (inside, empty) = inside.strip_suffix('/').map_or((inside, false), |inside| (inside, true));
        let name = inside.split(char::is_whitespace).next().unwrap_or_default();
        if name.is_empty() {
            return Err(fault(start, at, "`<` begins a tag; write `&lt;` for the sign itself"));
        }
        let attributes = attributes(&inside[name.len()..], start + 1 + name.len())?;
        if open.is_empty() {
            if rooted || name != "style" {
                return Err(fault(start, at, format!("a citation style begins with `<style`, not with `<{name}`")));
            }
            rooted = true;
        }
        for (key, value, place) in attributes {
            if let Some((wrong, message)) = words::fault(key, value) {
                let from = if wrong == key { text[..place].rfind(key).unwrap_or(start) } else { place };
                let at = text[from..].find(wrong).map_or(from, |found| from + found);
                return Err(fault(at, at + wrong.len(), message));
            }
            match (name, key) {
                ("macro", "name") => macros.push(value),
                ("text" | "key", "macro") => calls.push((value, place)),
                _ => {}
            }
        }
        if !empty {
            if open.len() >= DEEPEST {
                return Err(fault(start, at, "the tags are nested too deep"));
            }
            open.push((name, start));
        }
    }
    if let Some((name, start)) = open.pop() {
        return Err(fault(start, start + 1 + name.len(), format!("`<{name}>` is never closed")));
    }
    if !rooted {
        return Err(fault(0, 0, "this is no citation style: there is no `<style` in it"));
    }
    match calls.iter().find(|(name, _)| !macros.contains(name)) {
        Some((name, place)) => Err(fault(*place, place + name.len(), format!("there is no macro called `{name}`"))),
        None => Ok(()),
    }
}

/// Length of a comment, declaration or CDATA section at the start of `rest`.
fn skipped(rest: &str, start: usize) -> Result<Option<usize>, Fault> {
    for (opener, closer) in [("<!--", "-->"), ("<?", "?>"), ("<![CDATA[", "]]>")] {
        if rest.starts_with(opener) {
            let end = rest
                .find(closer)
                .ok_or_else(|| fault(start, start + opener.len(), format!("`{opener}` is never closed")))?;
            return Ok(Some(end + closer.len()));
        }
    }
    if rest.starts_with("<!") {
        return Err(fault(start, start + 2, "a citation style has no declarations of its own"));
    }
    Ok(None)
}

/// Where the tag at the start of `rest` ends; `>` inside quotes does not count.
fn tag_end(rest: &str) -> Option<usize> {
    let mut quote = None;
    for (at, c) in rest.char_indices() {
        match (quote, c) {
            (Some(open), c) if open == c => quote = None,
            (None, '"' | '\'') => quote = Some(c),
            (None, '>') => return Some(at),
            _ => {}
        }
    }
    None
}

/// The attributes of a tag: name, value, and the byte at which the value begins.
fn attributes(mut rest: &str, mut at: usize) -> Result<Vec<(&str, &str, usize)>, Fault> {
    let mut list: Vec<(&str, &str, usize)> = Vec::new();
    loop {
        let trimmed = rest.trim_start();
        at += rest.len() - trimmed.len();
        rest = trimmed;
        if rest.is_empty() {
            return Ok(list);
        }
        let name = rest.split(|c: char| c == '=' || c.is_whitespace()).next().unwrap_or_default();
        let after = rest[name.len()..].trim_start();
        let Some(value) = after.strip_prefix('=').map(str::trim_start) else {
            return Err(fault(at, at + name.len(), format!("`{name}` has no value: write {name}=\"…\"")));
        };
        let Some(quote) = value.chars().next().filter(|c| matches!(c, '"' | '\'')) else {
            return Err(fault(at, at + name.len(), format!("the value of `{name}` must stand in quotes")));
        };
        let begin = at + (rest.len() - value.len()) + 1;
        let Some(length) = value[1..].find(quote) else {
            return Err(fault(begin, begin, format!("the value of `{name}` has no closing quote")));
        };
        if list.iter().any(|(known, ..)| *known == name) {
            return Err(fault(at, at + name.len(), format!("`{name}` is written twice")));
        }
        if list.len() >= MOST_ATTRIBUTES {
            return Err(fault(at, at + name.len(), "the tag has too many attributes"));
        }
        list.push((name, &value[1..=length], begin));
        rest = &value[length + 2..];
        at = begin + length + 1;
    }
}

/// Finds the place that a message of the engine's reader speaks of, and says it in plain words.
pub(super) fn locate(text: &str, message: &str) -> (Option<Span>, String) {
    let token = message.split('`').nth(1).unwrap_or_default();
    let token = token.trim_start_matches('@');
    let places = [format!("\"{token}\""), format!("<{token}"), format!("{token}=")];
    let place = places
        .iter()
        .enumerate()
        .filter(|_| !token.is_empty())
        .find_map(|(kind, needle)| text.find(needle.as_str()).map(|at| at + usize::from(kind < 2)));
    let words = if message.contains("unknown variant") {
        format!("`{token}` is not known here")
    } else if message.contains("missing field") {
        format!("`{token}` is missing")
    } else if message.contains("data did not match any variant") {
        "a value is not one that CSL knows".to_owned()
    } else {
        message.split(", expected").next().unwrap_or(message).to_owned()
    };
    let (at, length) =
        place.map_or_else(|| (text.find("<style").unwrap_or_default(), "<style".len()), |at| (at, token.len()));
    let span = Span::of_bytes(text, at, at + length);
    (Some(span), words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_have_their_place() {
        for (text, wanted) in [
            ("<style><macro name=\"a\"></style>", "</style>"),
            ("<style a=b></style>", "a"),
            ("<style><text macro=\"x\"/></style>", "x"),
            ("<style a=\"1\" a=\"2\"></style>", "a"),
            ("<html></html>", "<html>"),
            ("<style><text varable=\"title\"/></style>", "varable"),
            ("<style><names variable=\"editor autor\"/></style>", "autor"),
            ("<style><text term=\"edn\"/></style>", "edn"),
            ("<!DOCTYPE x><style></style>", "<!"),
        ] {
            let fault = scan(text).expect_err(text);
            assert_eq!(&text[fault.start..fault.end], wanted, "{text}");
        }
        assert_eq!(scan("<?xml version=\"1.0\"?><!-- > --><style class='<'><info/></style>"), Ok(()));
    }

    #[test]
    fn what_no_style_has_is_refused() {
        let many: String = (0..200).map(|n| format!(" a{n}=\"\"")).collect();
        assert!(scan(&format!("<style{many}/>")).is_err());
        assert!(scan(&format!("<style>{}", "<group>".repeat(200))).is_err());
    }
}
