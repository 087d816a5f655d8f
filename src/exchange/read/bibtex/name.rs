//! Names as BibTeX writes them: `von Last, Jr, First`, `First von Last`, `{A Group}`, joined by `and`.

use super::plain;
use crate::exchange::draft::one_line;
use crate::exchange::read::{latex, people};
use crate::portfolio::PersonName;

/// Divides names at `and` outside braces.
pub(super) fn divide(value: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let (mut depth, mut start) = (0_usize, 0);
    let bytes = value.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            b'a' | b'A' if depth == 0 && at > start && bytes[at - 1].is_ascii_whitespace() => {
                let word = value.get(at..at + 3).is_some_and(|word| word.eq_ignore_ascii_case("and"));
                if word && bytes.get(at + 3).is_some_and(u8::is_ascii_whitespace) {
                    names.push(value[start..at].trim());
                    start = at + 3;
                }
            }
            _ => {}
        }
    }
    names.push(value[start..].trim());
    names.retain(|name| !name.is_empty());
    names
}

pub(super) fn name(written: &str) -> Option<PersonName> {
    let words = one_line(&plain(&latex::words(written)));
    // What is in braces as a whole is never cut into parts.
    let whole = written.trim().strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
    let is_whole =
        whole.is_some_and(|inner| !inner.contains('}') || balanced(inner)) && !written.trim().starts_with("{\\");
    if is_whole {
        return people::group(&words);
    }
    // Parts in braces keep their blanks and commas.
    let parts: Vec<String> = commas(written).into_iter().map(|part| one_line(&plain(&latex::words(part)))).collect();
    match parts.as_slice() {
        // `von Last, Jr, First`, and the slip `Jr, Last, First`.
        [family, suffix, given] if people::is_suffix(suffix) => people::of_parts(family, given, "", suffix),
        [suffix, family, given] if people::is_suffix(suffix) => people::of_parts(family, given, "", suffix),
        [family, given] if !given.is_empty() && written.trim_start().starts_with('{') => {
            people::of_parts(family, given, "", "")
        }
        [whole] => in_reading_order(whole),
        _ => people::person_or_group(&words),
    }
}

/// Reads `First von Last`: without a comma the last word is the family name, with what follows the last small word.
fn in_reading_order(whole: &str) -> Option<PersonName> {
    let words: Vec<&str> = whole.split(' ').collect();
    let is_small = |word: &&str| word.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_lowercase);
    let last = words.last().copied().unwrap_or_default();
    // `Rao P` is the form of PubMed, which people paste.
    let initials =
        last.chars().filter(|c| *c != '.').count() <= 3 && last.chars().all(|c| c.is_uppercase() || c == '.');
    let read = people::person_or_group(whole)?;
    if words.len() < 2 || initials || people::is_suffix(last) || read.literal.is_some() {
        return Some(read);
    }
    let inner = &words[1..words.len() - 1];
    let (given, particle, family) = match (inner.iter().position(is_small), inner.iter().rposition(is_small)) {
        (Some(first), Some(end)) => (&words[..=first], &words[first + 1..=end + 1], &words[end + 2..]),
        _ => (&words[..words.len() - 1], &words[..0], &words[words.len() - 1..]),
    };
    people::of_parts(&family.join(" "), &given.join(" "), &particle.join(" "), "")
}

fn balanced(text: &str) -> bool {
    let mut depth = 0_i32;
    for byte in text.bytes() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        if depth < 0 {
            return false;
        }
    }
    depth == 0
}

/// Divides a name at commas outside braces.
fn commas(value: &str) -> Vec<&str> {
    let mut depth = 0_usize;
    value
        .split(|c: char| {
            match c {
                '{' => depth += 1,
                '}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            c == ',' && depth == 0
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_divide_at_and_outside_braces() {
        assert_eq!(
            divide("Rao, Priya and {Sons and Daughters} AND Quist, Z"),
            ["Rao, Priya", "{Sons and Daughters}", "Quist, Z"]
        );
        let name = name("{Lakemoor \\& Sons Group}").expect("a group");
        assert_eq!(name.literal.as_deref(), Some("Lakemoor & Sons Group"));
    }
}
