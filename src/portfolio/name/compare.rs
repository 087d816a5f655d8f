//! Whether two names are one person's.

use unicode_normalization::UnicodeNormalization;

use super::{PersonName, is_apostrophe, is_hyphen};

/// Returns a word for comparison: small letters without accents, apostrophes, hyphens, stops and spaces
/// (`ø` as `o`, `ł` as `l`, `ß` as `ss`, `þ` as `th`, `ð` as `d`, `ı` as `i`).
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        let kept = text.chars().filter(|c| !c.is_ascii_whitespace() && !matches!(c, '\'' | '`' | '-' | '.' | ','));
        return kept.map(|c| c.to_ascii_lowercase()).collect();
    }
    let mut folded = String::with_capacity(text.len());
    for c in text.nfd().filter(|c| !matches!(c, '\u{300}'..='\u{36F}')).flat_map(char::to_lowercase) {
        match c {
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'ß' => folded.push_str("ss"),
            'þ' => folded.push_str("th"),
            'ð' | 'đ' => folded.push('d'),
            'ı' => folded.push('i'),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'ħ' => folded.push('h'),
            '\u{300}'..='\u{36F}' => {}
            c if c.is_whitespace() || is_apostrophe(c) || is_hyphen(c) || matches!(c, '.' | ',') => {}
            c => folded.push(c),
        }
    }
    folded
}

/// Tells whether two names can be one person's: the same family name with its particle, and initials
/// of which the shorter run begins the longer; full given names and suffixes must not contradict.
pub fn same_person(a: &PersonName, b: &PersonName) -> bool {
    if let (Some(a), Some(b)) = (&a.literal, &b.literal) {
        return fold(a) == fold(b);
    }
    if a.literal.is_some() || b.literal.is_some() {
        return false;
    }
    if fold(&a.family_with_particle()) != fold(&b.family_with_particle()) {
        return false;
    }
    let suffixes_agree = a.suffix.is_empty() || b.suffix.is_empty() || a.suffix == b.suffix;
    suffixes_agree && initials_agree(a, b) && given_names_agree(a, b)
}

fn initials_agree(a: &PersonName, b: &PersonName) -> bool {
    let (a, b) = (fold(&a.initials()), fold(&b.initials()));
    if a.is_empty() || b.is_empty() {
        return a == b;
    }
    a.starts_with(&b) || b.starts_with(&a)
}

/// Two given names written out, word by word, must be the same or one the beginning of the other.
fn given_names_agree(a: &PersonName, b: &PersonName) -> bool {
    let words = |name: &PersonName| -> Vec<String> {
        name.given
            .split(|c: char| c.is_whitespace() || is_hyphen(c))
            .map(fold)
            .filter(|word| !word.is_empty())
            .collect()
    };
    words(a).iter().zip(&words(b)).all(|(a, b)| a.starts_with(b.as_str()) || b.starts_with(a.as_str()))
}

/// Returns the index of the name that is most like `wanted`, when any is like it at all.
pub(in crate::portfolio) fn nearest(wanted: &PersonName, names: &[PersonName]) -> Option<usize> {
    let wanted_full = fold(&wanted.pubmed());
    let wanted_family = fold(&wanted.family_with_particle());
    let score = |name: &PersonName| {
        let family = strsim::jaro_winkler(&wanted_family, &fold(&name.family_with_particle()));
        let full = strsim::jaro_winkler(&wanted_full, &fold(&name.pubmed()));
        family.max(full)
    };
    let best = names.iter().enumerate().map(|(index, name)| (index, score(name)));
    let best = best.fold(None::<(usize, f64)>, |best, next| match best {
        Some(best) if best.1 >= next.1 => Some(best),
        _ => Some(next),
    });
    best.filter(|(_, score)| *score > 0.75).map(|(index, _)| index)
}
