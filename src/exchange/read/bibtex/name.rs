//! Names as BibTeX writes them: `von Last, Jr, First`, `First von Last`, `{A Group}`, joined by `and`.

use super::plain;
use crate::exchange::draft::one_line;
use crate::exchange::read::{latex, people};
use crate::portfolio::PersonName;

/// The people of a field.
#[derive(Debug, Default)]
pub(super) struct People {
    pub(super) names: Vec<PersonName>,
    /// Whether the file says that there are more.
    pub(super) is_cut: bool,
    /// What is not sure about the reading.
    pub(super) doubt: Option<String>,
}

/// Reads the names of a field, joined by `and` as they must be, or by semicolons, ampersands or commas as people type.
pub(super) fn people(value: &str) -> People {
    let mut people = People::default();
    let divided = divide(value);
    let is_alone = divided.len() == 1;
    let typed = divided.into_iter().flat_map(|one| divide_at(one, |rest| rest.starts_with(';').then_some(1)));
    let typed = typed.flat_map(|one| divide_at(one, ampersand));
    for written in typed.map(|one| one.trim().trim_end_matches([',', ';']).trim()).filter(|one| !one.is_empty()) {
        if ["others", "et al.", "et al"].iter().any(|word| written.eq_ignore_ascii_case(word)) {
            people.is_cut = true;
            continue;
        }
        let parts = commas(written);
        let is_extended = parts.iter().all(|part| part.contains('='));
        if is_extended || (parts.len() < 2 && !is_alone) {
            people.names.extend(name(written));
        } else if parts.len() > 1 && parts.iter().all(|part| is_short(part)) {
            people.names.extend(parts.iter().filter_map(|part| name(part)));
        } else {
            if parts.len() > 3 {
                people.doubt = Some("are divided by commas alone, and may be read wrongly".to_owned());
            }
            people.names.extend(name(written));
        }
    }
    if people.doubt.is_none()
        && let Some(name) =
            people.names.iter().filter_map(|name| name.literal.as_deref()).find(|name| like_person(name))
    {
        people.doubt = Some(format!("have {name} in braces, as groups are written"));
    }
    people
}

/// ` & ` and ` \\& ` between names.
fn ampersand(rest: &str) -> Option<usize> {
    [" \\& ", " & "].iter().find(|sign| rest.starts_with(**sign)).map(|sign| sign.len())
}

/// `Rao PA` or `van der Berg L`: a family name and initials, as PubMed has them.
fn is_short(part: &str) -> bool {
    let part = part.trim();
    let part = part.rsplit_once(' ').filter(|(_, last)| people::is_suffix(last)).map_or(part, |(head, _)| head);
    let Some((family, initials)) = part.rsplit_once(' ') else { return false };
    let letters = initials.chars().filter(|c| !matches!(c, '.' | '-')).count();
    (1..=3).contains(&letters)
        && initials.chars().all(|c| c.is_uppercase() || matches!(c, '.' | '-'))
        && family.chars().any(char::is_lowercase)
}

/// Two or three capitalised words that are a person's rather than a group's.
fn like_person(name: &str) -> bool {
    let words: Vec<&str> = name.split(' ').collect();
    let is_name = |word: &&str| {
        word.len() > 1
            && word.starts_with(char::is_uppercase)
            && word.chars().skip(1).all(|c| c.is_lowercase() || c == '-' || c == '\'')
    };
    (2..=3).contains(&words.len()) && words.iter().all(is_name) && !people::is_group(name)
}

/// Divides a text at a sign outside braces, of which `sign` gives the length where it stands.
fn divide_at(value: &str, sign: impl Fn(&str) -> Option<usize>) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut depth, mut start) = (0_usize, 0);
    for (at, letter) in value.char_indices().filter(|(_, letter)| matches!(letter, '{' | '}' | ';' | ' ')) {
        match letter {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ if depth > 0 || at < start => {}
            _ => {
                if let Some(length) = sign(&value[at..]) {
                    parts.push(&value[start..at]);
                    start = at + length;
                }
            }
        }
    }
    parts.push(&value[start..]);
    parts
}

/// Divides names at `and` outside braces.
fn divide(value: &str) -> Vec<&str> {
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

fn name(written: &str) -> Option<PersonName> {
    if let Some(name) = extended(written) {
        return Some(name);
    }
    let words = one_line(&plain(&latex::words(written)));
    // What is in braces as a whole is never cut into parts.
    let whole = written.trim().strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
    let is_whole =
        whole.is_some_and(|inner| !inner.contains('}') || balanced(inner)) && !written.trim().starts_with("{\\");
    if is_whole {
        // `{Rao, Priya}` is a person whose comma a program guarded.
        let parts: Vec<&str> = words.split(", ").collect();
        return match parts.as_slice() {
            [family, given] if given.split(' ').count() < 4 && !people::is_group(&words) => {
                people::of_parts(family, given, "", "")
            }
            _ => people::group(&words),
        };
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

/// Reads biblatex's `family=Berg, given=Lotte, prefix=van der, useprefix=true` (biblatex manual, 3.4).
fn extended(written: &str) -> Option<PersonName> {
    let parts: Vec<(String, String)> = commas(written)
        .into_iter()
        .map(|part| {
            let (key, value) = part.split_once('=')?;
            let value = one_line(&plain(&latex::words(value))).trim_matches(['"', '”', '“']).to_owned();
            Some((key.trim().trim_matches('"').to_lowercase(), value))
        })
        .collect::<Option<_>>()?;
    let part = |key: &str| parts.iter().find(|(other, _)| other == key).map_or("", |(_, value)| value.as_str());
    if part("family").is_empty() && part("given").is_empty() {
        return None;
    }
    people::of_parts(part("family"), part("given"), part("prefix"), part("suffix"))
}

/// Reads `First von Last`: without a comma the last word is the family name, with what follows the last small word.
fn in_reading_order(whole: &str) -> Option<PersonName> {
    let mut words: Vec<&str> = whole.split(' ').collect();
    // `Priya Rao MD`: the degree is no part of the name, nor are its letters initials.
    if words.len() > 2 && words.last().is_some_and(|last| people::is_degree(last)) {
        words.pop();
    }
    let whole = words.join(" ");
    let whole = whole.as_str();
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
        let name = super::name("{Lakemoor \\& Sons Group}").expect("a group");
        assert_eq!(name.literal.as_deref(), Some("Lakemoor & Sons Group"));
    }

    #[test]
    fn names_as_people_type_them_are_divided_or_doubted() {
        let shown = |value: &str| -> Vec<String> {
            people(value).names.iter().map(|name| name.literal.clone().unwrap_or_else(|| name.inverted())).collect()
        };
        assert_eq!(shown("Rao, Priya; Quist, Zainab; Li, Wei"), ["Rao, Priya", "Quist, Zainab", "Li, Wei"]);
        assert_eq!(people("Rao PA, Quist ZA, van der Berg L").names.len(), 3);
        assert_eq!(shown("Priya Rao \\& Zainab Quist"), ["Rao, Priya", "Quist, Zainab"]);
        assert_eq!(shown("Priya Rao MD and {Rao, Priya Anand}"), ["Rao, Priya", "Rao, Priya Anand"]);
        assert!(people("{Zainab Quist}").doubt.is_some() && people("{Lakemoor Imaging Group}").doubt.is_none());
        assert!(people("Rao, Priya, Quist, Zainab").doubt.is_some());
        assert!(people("Rao, Priya and et al.").is_cut);
    }

    #[test]
    fn extended_names_give_their_parts() {
        let people = people("Rao, Priya and family=Berg, given=Lotte, prefix=van der, useprefix=true");
        let berg = &people.names[1];
        assert_eq!((berg.particle.as_str(), berg.family.as_str(), berg.given.as_str()), ("van der", "Berg", "Lotte"));
    }
}
