//! Words that make an identifier of what stands under them: headings of columns and keys.

use std::collections::HashMap;

use super::Hit;
use crate::privacy::allow::one_line;
use crate::privacy::text::{Identifier, identifiers};

/// The longest heading, in bytes.
const LONGEST: usize = 60;
/// Different headings of one file that are tried.
const MOST: usize = 5_000;
/// Bytes of a value that are searched with its label.
const LONGEST_VALUE: usize = 400;
/// Values of the kinds that a label may stand over; none is an identifier alone.
const VALUES: [&str; 7] = ["48291375", "4829137566", "MX48291375", "1951-03-14", "93", "Jane Doe", "12 Elm Street"];

/// Which headings are labels, as far as they were asked for.
#[derive(Debug, Default)]
pub(super) struct Labels {
    known: HashMap<String, Option<String>>,
}

impl Labels {
    /// Returns a heading in words, when it is a label: `PatientID` as `Patient ID`.
    pub(super) fn label(&mut self, heading: &str) -> Option<String> {
        let heading = heading.trim();
        let may_be = heading.len() <= LONGEST
            && heading.contains(char::is_alphabetic)
            && !heading.contains(|letter: char| letter.is_ascii_digit());
        if !may_be {
            return None;
        }
        if let Some(known) = self.known.get(heading) {
            return known.clone();
        }
        if self.known.len() >= MOST {
            return None;
        }
        let words = of_an_age(in_words(heading));
        let is_label = VALUES.iter().any(|value| !under(&words, value).is_empty());
        let label = is_label.then_some(words);
        self.known.insert(heading.to_owned(), label.clone());
        label
    }
}

/// Parts the words of a key: `patient_id`, `dateOfBirth`, `MRNumber`.
fn in_words(key: &str) -> String {
    let letters: Vec<char> = key.chars().collect();
    let mut words = String::with_capacity(key.len() + 4);
    for (at, letter) in letters.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| letters[at]);
        let begins = letter.is_uppercase()
            && before.is_some_and(|before| {
                before.is_lowercase()
                    || (before.is_uppercase() && letters.get(at + 1).is_some_and(|next| next.is_lowercase()))
            });
        if begins {
            words.push(' ');
        }
        words.push(if matches!(letter, '_' | '\n' | '\r') { ' ' } else { *letter });
    }
    words.trim().trim_end_matches(':').to_owned()
}

/// Words that make an age one of many.
const OF_MANY: [&str; 16] = [
    "group", "mean", "sd", "range", "median", "limit", "band", "category", "bin", "min", "max", "minimum", "maximum",
    "adjusted", "iqr", "n",
];

/// The age of one person under any heading: `Age (years)`, `age at scan`.
fn of_an_age(words: String) -> String {
    let lower = words.to_lowercase();
    let mut parts = lower.split(|letter: char| !letter.is_alphanumeric()).filter(|part| !part.is_empty());
    let is_age = parts.next() == Some("age") && !parts.any(|part| OF_MANY.contains(&part));
    if is_age { "Age".to_owned() } else { words }
}

/// What a label makes of a value: what it looks like, the words of both, and the bytes of the value.
fn under(label: &str, value: &str) -> Vec<(Identifier, String, std::ops::Range<usize>)> {
    let value = &value[..value.floor_char_boundary(LONGEST_VALUE.min(value.len()))];
    let said = format!("{label}: {value}");
    let shift = label.len() + 2;
    // A column of patients holds numbers of a study and groups more often than names.
    let is_patient = matches!(label.to_lowercase().as_str(), "patient" | "pt" | "paciente");
    let found = identifiers(&said).into_iter().filter(|finding| finding.core.end > shift);
    found
        .filter(|finding| !(is_patient && finding.what == Identifier::Name))
        .map(|finding| {
            let start = finding.core.start.max(shift) - shift;
            (finding.what, one_line(&said[finding.range]), start..finding.core.end - shift)
        })
        .collect()
}

/// What is found in a value under its label, which is `None` where no label stands over it.
/// The value's own letters stand at `place`, or, unless `is_exact`, in other form.
pub(super) fn hits(label: &str, value: &str, place: std::ops::Range<usize>, is_exact: bool) -> Vec<Hit> {
    let found = under(label, value).into_iter().map(|(what, words, within)| {
        let exact = place.start + within.start..place.start + within.end;
        Hit { what, words, place: if is_exact { exact } else { place.clone() } }
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_that_name_an_identifier_are_labels_and_others_are_not() {
        let mut labels = Labels::default();
        for (heading, words) in [
            ("MRN", "MRN"),
            ("patient_id", "patient id"),
            ("PatientID", "Patient ID"),
            ("dateOfBirth", "date Of Birth"),
            ("DOB", "DOB"),
            ("Age (years)", "Age"),
            ("age_at_scan", "Age"),
            ("AccessionNumber", "Accession Number"),
            ("StudyDate", "Study Date"),
            ("Patient Name", "Patient Name"),
            ("SSN", "SSN"),
            ("home_address", "home address"),
        ] {
            assert_eq!(labels.label(heading).as_deref(), Some(words), "{heading}");
        }
        for heading in [
            "id",
            "Sex",
            "Age group",
            "Age, mean (SD)",
            "Mean age",
            "n",
            "Date",
            "Title",
            "Sensitivity",
            "Author",
            "",
            "Case",
        ] {
            assert_eq!(labels.label(heading), None, "{heading}");
        }
    }
}
