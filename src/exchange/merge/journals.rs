//! Whether two names are of one journal: full, abbreviated (ISO 4) or by its initials.

use crate::portfolio::fold;

/// Words that an abbreviation leaves out.
const SMALL: [&str; 19] = [
    "the", "of", "and", "for", "in", "on", "de", "la", "le", "les", "des", "du", "et", "der", "die", "das", "und",
    "fur", "del",
];

/// Tells whether two names may be of one journal.
pub(super) fn same_journal(a: &str, b: &str) -> bool {
    let (a, b) = (words(a), words(b));
    if a.is_empty() || b.is_empty() || a == b {
        return true;
    }
    let (short, long) = if letters(&a) <= letters(&b) { (a, b) } else { (b, a) };
    if let [initials] = short.as_slice() {
        let is_first_word = long.first().is_some_and(|first| first.starts_with(initials.as_str()));
        return long.len() > 1 && initials.len() <= 6 && !is_first_word && shortens(initials, &long.concat());
    }
    // `AJNR Am J Neuroradiol` gives its initials first.
    [short.as_slice(), &short[1..]].iter().any(|short| {
        [long.as_slice(), &long[1..]].iter().any(|long| {
            short.len() == long.len() && short.len() > 1 && short.iter().zip(*long).all(|(a, b)| shortens(a, b))
        })
    })
}

fn letters(words: &[String]) -> usize {
    words.iter().map(String::len).sum()
}

/// `Lancet (London, England)` and `Journal of X : official journal of Y` end where the name does.
fn words(name: &str) -> Vec<String> {
    let name = name.split('(').next().unwrap_or_default();
    let name = name.split(" : ").next().unwrap_or_default();
    let words = name.split(|c: char| !c.is_alphanumeric()).map(fold);
    words.filter(|word| !word.is_empty() && !SMALL.contains(&word.as_str())).collect()
}

/// Tells whether the letters of a short form stand in the long one in their order, the first of them first.
fn shortens(short: &str, long: &str) -> bool {
    let mut rest = long.chars();
    short.chars().next() == long.chars().next() && short.chars().all(|letter| rest.any(|other| other == letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_journal_is_known_by_all_its_names() {
        for (a, b) in [
            ("Eur Radiol", "European radiology"),
            ("AJNR Am J Neuroradiol", "American Journal of Neuroradiology"),
            ("AJR. American journal of roentgenology", "AJR Am J Roentgenol"),
            ("AJNR", "American Journal of Neuroradiology"),
            ("N Engl J Med", "The New England journal of medicine"),
            ("Lancet (London, England)", "The Lancet"),
            ("J Am Coll Radiol", "Journal of the American College of Radiology : JACR"),
            ("Rev Med Suisse", "Revue médicale suisse"),
        ] {
            assert!(same_journal(a, b) && same_journal(b, a), "{a} = {b}");
        }
        for (a, b) in [
            ("Radiology", "AJNR"),
            ("Radiology", "Radiology: Imaging Cancer"),
            ("Spine", "The Spine Journal"),
            ("Eur Radiol", "European Journal of Radiology"),
            ("X", "Y"),
        ] {
            assert!(!same_journal(a, b) && !same_journal(b, a), "{a} ≠ {b}");
        }
    }
}
