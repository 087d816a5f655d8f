//! Names as other programs write them.

use crate::portfolio::{PersonName, read_name};

/// Reads a name in one text: `Rao P`, `Rao, Priya`, `Priya Rao`; words without a letter give nothing.
pub(in crate::exchange) fn person(text: &str) -> Option<PersonName> {
    read_name(text).map(|read| read.name)
}

/// Makes a name of its parts, as JSON and XML give them; particles in the family name are told apart.
pub(in crate::exchange) fn of_parts(family: &str, given: &str, particle: &str, suffix: &str) -> Option<PersonName> {
    let (family, given) = (family.trim(), given.trim());
    if family.is_empty() && given.is_empty() {
        return None;
    }
    if family.is_empty() || given.is_empty() {
        if given.is_empty() && is_group(family) {
            return group(family);
        }
        // One word is a whole name: a family name or, in many countries, the only one.
        let only = format!("{family}{given}");
        let mut name = person(&only)?;
        if name.literal.is_none() && !name.given.is_empty() && !family.is_empty() {
            name = PersonName { family: only, ..PersonName::default() };
        }
        name.suffix = suffix_of(suffix);
        return Some(name);
    }
    let written = match particle.trim() {
        "" => format!("{family}, {given}"),
        particle if particle.ends_with(['\'', '’']) => format!("{particle}{family}, {given}"),
        particle => format!("{particle} {family}, {given}"),
    };
    let mut name = person(&written)?;
    if name.literal.is_some() {
        name = PersonName { family: family.to_owned(), given: given.to_owned(), ..PersonName::default() };
    }
    if name.suffix.is_empty() {
        name.suffix = suffix_of(suffix);
    }
    Some(name)
}

/// Returns a suffix as the model writes it: `3rd` is `III`, `Jr.` is `Jr`.
fn suffix_of(text: &str) -> String {
    let text = text.trim();
    if text.is_empty() {
        return String::new();
    }
    let read = person(&format!("Rao, P, {text}")).map(|name| name.suffix).unwrap_or_default();
    if read.is_empty() { text.trim_end_matches('.').to_owned() } else { read }
}

/// Tells whether a word is a suffix of names: `Jr`, `III`.
pub(in crate::exchange) fn is_suffix(text: &str) -> bool {
    person(&format!("Rao, P, {text}")).is_some_and(|name| !name.suffix.is_empty())
}

/// Makes the name of a group.
pub(in crate::exchange) fn group(text: &str) -> Option<PersonName> {
    let text = crate::exchange::draft::one_line(text);
    let text = text.trim_end_matches(['.', ';', ',']).trim();
    text.chars().any(char::is_alphabetic).then(|| PersonName::literal(text))
}

/// Words that only a group's name has, for formats that have no sign for one.
const GROUP_WORDS: [&str; 47] = [
    "group",
    "consortium",
    "investigators",
    "collaboration",
    "collaborative",
    "collaborators",
    "committee",
    "commission",
    "network",
    "society",
    "council",
    "association",
    "initiative",
    "team",
    "college",
    "academy",
    "organization",
    "organisation",
    "taskforce",
    "force",
    "lab",
    "labs",
    "laboratory",
    "laboratories",
    "hospital",
    "hospitals",
    "clinic",
    "university",
    "institute",
    "institut",
    "instituto",
    "institutes",
    "institution",
    "center",
    "centers",
    "centre",
    "centres",
    "department",
    "division",
    "foundation",
    "agency",
    "registry",
    "programme",
    "federation",
    "board",
    "alliance",
    "consortia",
];

/// Degrees that people write behind their names.
const DEGREES: [&str; 15] =
    ["md", "phd", "mbbs", "mbchb", "mph", "msc", "bsc", "mba", "dphil", "frcr", "facr", "frcp", "mrcp", "dnb", "mscr"];

/// Tells whether a word is a degree: `MD`, `Ph.D.`
pub(in crate::exchange) fn is_degree(word: &str) -> bool {
    let word: String = word.chars().filter(|c| c.is_alphabetic()).collect();
    DEGREES.contains(&word.to_lowercase().as_str())
}

/// Tells whether a name is a group's by its words.
pub(in crate::exchange) fn is_group(text: &str) -> bool {
    if text.starts_with("The ") && !text.contains(',') {
        return true;
    }
    let mut words = text.split_whitespace();
    if let (Some(only), None) = (words.next(), words.next()) {
        // A name of one short word in capitals is that of an organisation, for people have given names, too.
        return (3..=5).contains(&only.len()) && only.bytes().all(|byte| byte.is_ascii_uppercase());
    }
    let family = text.split(',').next().unwrap_or_default();
    let has_word = |text: &str| {
        text.split_whitespace().any(|word| {
            let word = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
            GROUP_WORDS.contains(&word.as_str())
        })
    };
    let joins = text.split_whitespace().skip(1).any(|word| matches!(word, "of" | "for"));
    // `Department of Radiology, Lakemoor University`; a person's comma comes after the family name.
    // `ESR, European Society of Radiology` has its short form first.
    let is_spelt_out = text.split_once(", ").is_some_and(|(_, rest)| has_word(rest) && joins);
    (family.split_whitespace().count() > 1 && has_word(family))
        || is_spelt_out
        || (!text.contains(',') && (has_word(text) || joins))
}

/// Reads a name of which the format does not say whether it is a group's.
pub(in crate::exchange) fn person_or_group(text: &str) -> Option<PersonName> {
    // `Group, RSNA`: a table took the last word for a family name.
    if let Some((family, given)) = text.split_once(", ")
        && GROUP_WORDS.contains(&family.to_lowercase().as_str())
        && given.len() > 2
        && given.chars().all(|c| c.is_uppercase() || c == '-')
    {
        return group(&format!("{given} {family}"));
    }
    if is_group(text) { group(text) } else { person(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_become_names() {
        let name = of_parts("van der Berg", "Lotte", "", "").expect("a name");
        assert_eq!((name.particle.as_str(), name.family.as_str()), ("van der", "Berg"));
        let name = of_parts("Adeyemi-Ford", "Tunde", "", "3rd").expect("a name");
        assert_eq!(name.suffix, "III");
        assert_eq!(of_parts("Rao", "", "", "").map(|name| name.family), Some("Rao".to_owned()));
        assert_eq!(
            person_or_group("The MINUTES Group").and_then(|name| name.literal),
            Some("The MINUTES Group".to_owned())
        );
        for group in [
            "Massachusetts General Hospital",
            "Spine Imaging Lab",
            "Department of Radiology, Lakemoor University",
            "Centers for Disease Control and Prevention",
            "NIH",
            "ESR, European Society of Radiology",
        ] {
            assert!(is_group(group), "{group}");
        }
        assert_eq!(person_or_group("Group, RSNA").and_then(|name| name.literal).as_deref(), Some("RSNA Group"));
        for person in ["Rao, Priya", "Force, Ann", "Rao PA", "NG", "King, Jr., Martin Luther"] {
            assert!(!is_group(person), "{person}");
        }
    }
}
