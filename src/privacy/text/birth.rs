//! Days of birth, behind their label or behind `born`.

use super::careers::is_patient;
use super::dates::is_year;
use super::tokens::{Kind, Tokens};
use super::{Found, Identifier};

/// Labels of one word.
const LABELS: &[&str] = &[
    "dob",
    "birthdate",
    "dateofbirth",
    "geburtsdatum",
    "geburtstag",
    "birthday",
    "ddn",
    "fdn",
    "geboortedatum",
    "födelsedatum",
    "fødselsdato",
];
const BORN: [&str; 11] =
    ["born", "né", "née", "nacido", "nacida", "geboren", "nascido", "nascida", "nato", "nata", "рождения"];
/// What may stand between a label and its day: marks, small words, and the form that a sheet asks for.
const BETWEEN: &[&str] = &[
    ":", "is", "was", "(", ")", "-", "=", ".", "*", "el", "le", "il", "am", "em", "_", "\"", "'", "mm", "dd", "yyyy",
    "yy", "datum", "jj", "aaaa", "tt", "jjjj", "/",
];
/// Tokens between a label and its day.
const MOST_BETWEEN: usize = 14;
/// Who speaks of himself.
const OWN: [&str; 6] = ["i", "ich", "je", "sono", "eu", "yo"];
/// Whose relatives are told of.
const MINE: [&str; 6] = ["my", "mein", "meine", "mi", "mon", "mia"];

impl Tokens<'_> {
    /// A day of birth behind its label, or behind `born`.
    pub(super) fn birth(&self, at: usize, word: &str) -> Option<Found> {
        if BORN.contains(&word) {
            return self.born(at).or_else(|| self.born_before(at, word));
        }
        let label = self.birth_label(at, word)?;
        let mut start = at + label;
        while start < at + label + MOST_BETWEEN && BETWEEN.contains(&self.lower(start)) {
            start += 1;
        }
        let end = match self.day(start) {
            Some(day) => day.end,
            None => match self.short_day(start) {
                Some(end) => end,
                None if self.value(start).is_some_and(is_year) && word != "birthday" => start + 1,
                None => return None,
            },
        };
        Some((Identifier::BirthDate, at, start, end))
    }

    /// How many tokens a label takes.
    fn birth_label(&self, at: usize, word: &str) -> Option<usize> {
        let part = |step: usize| self.lower(at + step);
        let parted = matches!(part(1), "_" | "-");
        let tokens = match word {
            word if LABELS.contains(&word) => 1,
            "d" if matches!(part(1), "." | "/") && part(2) == "o" && part(4) == "b" => 5,
            "date" if part(1) == "of" && part(2) == "birth" => 3,
            "date" if parted && part(2) == "of" && part(4) == "birth" => 5,
            "birth" if part(1) == "date" => 2,
            "birth" if parted && part(2) == "date" => 3,
            "fecha" | "data" | "f" if part(1) == "de" && part(2).starts_with("nac") => 3,
            "fecha" | "f" if part(1) == "." && part(2).starts_with("nac") => 3,
            "fecha" | "f" if part(1).starts_with("nac") => 2,
            "nacimiento" | "nascimento" | "naissance" | "nascita" if part(1) == ":" => 1,
            "data" if part(1) == "de" && part(2) == "nascimento" => 3,
            "data" if part(1) == "di" && part(2) == "nascita" => 3,
            "data" if part(1) == "urodzenia" => 2,
            "date" if part(1) == "de" && part(2) == "naissance" => 3,
            "geb" if matches!(part(1), "." | "am") => 2,
            "تاريخ" if part(1) == "الميلاد" => 2,
            _ => return None,
        };
        Some(tokens)
    }

    fn born(&self, at: usize) -> Option<Found> {
        // `born-digital`
        if self.lower(at + 1) == "-" && self.joined(at + 1) && self.joined(at + 2) && !self.is(at + 2, Kind::Number) {
            return None;
        }
        let last = self.sentence(at).end.min(at + 8);
        let (start, day) = (at + 1..last).find_map(|at| Some((at, self.day(at)?)))?;
        // Nobody who was born before is anybody's patient any more.
        let of_many = matches!(self.before(start, 1), "before" | "after" | "between" | "from" | "since" | "until");
        let is_patients = day.year >= 1905 && !of_many && !self.is_own_birth(at, day.end);
        is_patients.then_some((Identifier::BirthDate, at, start, day.end))
    }

    /// `wurde am 14. März 1951 in Bonn geboren`.
    fn born_before(&self, at: usize, word: &str) -> Option<Found> {
        if word != "geboren" {
            return None;
        }
        let first = self.sentence(at).start.max(at.saturating_sub(9));
        let (start, day) = (first..at).rev().find_map(|at| Some((at, self.day(at)?)))?;
        let is_patients = day.year >= 1905 && !self.is_own_birth(start, at + 1);
        is_patients.then_some((Identifier::BirthDate, start, start, day.end))
    }

    /// Tells whether who writes tells of the own birth, or of that of somebody at home.
    fn is_own_birth(&self, at: usize, end: usize) -> bool {
        !self.loose
            && (self.said_before(at, 3, &OWN)
                || (end..end + 3).any(|at| OWN.contains(&self.lower(at)))
                || self.said_before(at, 5, &MINE))
            && !self.sentence(at).any(|at| is_patient(self.lower(at)))
    }
}
