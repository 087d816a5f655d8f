//! Ages over 89, and days of birth.

use super::dates::is_year;
use super::tokens::{Kind, Tokens};
use super::{Found, Identifier};

/// The first age that may not be told (45 CFR 164.514(b)(2)(i)(C)).
const OLDEST: u32 = 90;
/// Nobody has been older.
const MOST: u32 = 125;

/// Words that make an age one of a group, or a limit.
const LIMITS: [&str; 25] = [
    "over",
    "above",
    "under",
    "below",
    "until",
    "by",
    "before",
    "after",
    "than",
    "beyond",
    "to",
    "past",
    "from",
    "since",
    "least",
    "reach",
    "mean",
    "median",
    "average",
    "between",
    "through",
    "up",
    "maximum",
    "limit",
    "percentile",
];
/// Things that may be as old.
const THINGS: [&str; 53] = [
    "hospital",
    "society",
    "journal",
    "building",
    "institution",
    "department",
    "company",
    "tradition",
    "technique",
    "technology",
    "question",
    "problem",
    "method",
    "theory",
    "practice",
    "discipline",
    "field",
    "college",
    "university",
    "clinic",
    "concept",
    "debate",
    "idea",
    "programme",
    "program",
    "law",
    "invention",
    "design",
    "machine",
    "scanner",
    "bridge",
    "house",
    "record",
    "archive",
    "collection",
    "data",
    "dataset",
    "history",
    "school",
    "association",
    "foundation",
    "library",
    "museum",
    "model",
    "observation",
    "paper",
    "book",
    "textbook",
    "sign",
    "drug",
    "test",
    "specialty",
    "rule",
];
const BORN: [&str; 9] = ["born", "né", "née", "nacido", "nacida", "geboren", "nascido", "nascida", "nato"];
const TENS: [&str; 9] = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

/// An age and the token after it.
pub(super) struct Age {
    pub(super) years: u32,
    pub(super) end: usize,
}

impl Tokens<'_> {
    /// `92-year-old`, `91 y/o`, `94yo`, `91 years of age`.
    pub(super) fn age_in_figures(&self, at: usize) -> Option<Found> {
        if let Some(found) = self.dicom_age(at) {
            return Some(found);
        }
        let years = self.value(at).filter(|years| (OLDEST..=MOST).contains(years))?;
        let age = self.age(at).filter(|age| age.years == years).or_else(|| self.person_of_age(at))?;
        (!self.is_group(at, age.end)).then_some((Identifier::Age, at, at, age.end))
    }

    /// The age of one person that is written from a number on.
    pub(super) fn age(&self, at: usize) -> Option<Age> {
        let years = self.value(at).filter(|years| *years <= MOST)?;
        let dash = |at: usize| usize::from(matches!(self.lower(at), "-" | "‑" | "–"));
        let unit = at + 1 + dash(at + 1);
        let age = |end| Some(Age { years, end });
        match self.lower(unit) {
            "year" | "years" | "yr" | "yrs" | "y" if self.lower(unit + 1 + dash(unit + 1)) == "old" => {
                age(unit + 2 + dash(unit + 1))
            }
            "years" | "yrs" if self.lower(unit + 1) == "of" && self.lower(unit + 2) == "age" => age(unit + 3),
            "y" if matches!(self.lower(unit + 1), "/" | ".") && self.lower(unit + 2) == "o" => {
                age(unit + 3 + usize::from(self.lower(unit + 3) == "." && self.lower(unit + 1) == "."))
            }
            "yo" | "yom" | "yof" => age(unit + 1),
            "yr" if self.lower(unit + 1) == "/" && self.lower(unit + 2) == "o" => age(unit + 3),
            "jährige" | "jähriger" | "jährigen" | "jähriges" | "jährigem" => age(unit + 1),
            "jahre" if self.lower(unit + 1) == "alt" => age(unit + 2),
            "ans" | "años" | "anos" | "anni" if self.before(at, 1) == "de" => {
                let person = self.said_before(at, 4, &PEOPLE);
                if person || self.loose { age(unit + 1) } else { None }
            }
            "عاما" | "عامًا" | "سنة" => age(unit + 1),
            _ => None,
        }
    }

    /// `a woman, 91 years,` and `F 91 years`.
    fn person_of_age(&self, at: usize) -> Option<Age> {
        let years = self.value(at)?;
        let unit = matches!(self.lower(at + 1), "years" | "yrs" | "yr" | "y");
        let sex = self.before(at, 1) == "," && at >= 2 && matches!(self.text(at - 2), "F" | "M");
        let person = (sex || self.said_before(at, 3, &PEOPLE))
            && !self.said_before(at, 3, &["for", "in", "within", "after", "followed"]);
        (unit && person).then_some(Age { years, end: at + 2 })
    }

    /// Tells whether an age is a limit, a range, that of a group, or that of a thing.
    fn is_group(&self, at: usize, end: usize) -> bool {
        if self.loose {
            return false;
        }
        let number_before = |back: usize| at.checked_sub(back).is_some_and(|at| self.is(at, Kind::Number));
        let before = self.before(at, 1);
        let range = (matches!(before, "-" | "–" | "—" | "‑") && number_before(2))
            || (matches!(before, "to" | "or" | "and" | "through")
                && (number_before(2) || matches!(self.before(at, 2), "-" | "years" | "year" | "‑")));
        let limit = matches!(before, ">" | "<" | "≥" | "≤" | "~")
            || LIMITS.contains(&before)
            || LIMITS.contains(&self.before(at, 2)) && before != "a" && before != "an"
            || self.said_before(at, 4, &["mean", "median", "average", "over", "than", "range"]);
        let after = self.lower(end);
        let grows = matches!(after, "±" | "+")
            || (matches!(after, "-" | "–" | "to") && self.is(end + 1, Kind::Number))
            || (matches!(after, "and" | "or")
                && matches!(self.lower(end + 1), "older" | "over" | "above" | "more" | "younger" | "up"))
            || after == "s";
        let thing = (0..3).any(|step| THINGS.contains(&self.lower(end + step)));
        let decimal = before == "." && self.joined(at);
        range || limit || grows || thing || decimal
    }

    /// `ninety-four-year-old`, `aged 91`, `at the age of 92`.
    pub(super) fn age_in_words(&self, at: usize, word: &str) -> Option<Found> {
        match word {
            "ninety" | "hundred" => self.spelled_age(at),
            "aged" | "age" | "edad" | "idade" | "alter" => {
                let mut number = at + 1;
                while matches!(self.lower(number), ":" | "of" | "=" | "," | "was" | "is" | "at" | "de" | "(" | "*") {
                    number += 1;
                }
                if matches!(self.lower(number), "ninety" | "hundred") && word == "aged" {
                    let joins = matches!(self.lower(number + 1), "-" | "‑");
                    let end = if joins { number + 3 } else { number + 1 };
                    let limit = !self.loose && (self.is_limit_before(at) || self.is_group_after(end));
                    return (!limit).then_some((Identifier::Age, at, number, end));
                }
                let years = self.value(number).filter(|years| (OLDEST..=MOST).contains(years))?;
                let own = matches!(self.lower(number + 1), "years" | "year" | "yrs" | "y" | "años" | "anos");
                let end = number + 1 + usize::from(own);
                let counted = self.lower(number + 1) == "%" || self.lower(number + 1) == "/";
                let alone = self.loose || !self.is_group(at, number) || self.lower(at) == "aged";
                let limit = !self.loose && (self.is_limit_before(at) || self.is_group_after(end));
                (years <= MOST && alone && !limit && !counted).then_some((Identifier::Age, at, number, end))
            }
            _ => None,
        }
    }

    fn is_limit_before(&self, at: usize) -> bool {
        let first = self.sentence(at).start.max(at.saturating_sub(4));
        (first..at).any(|at| LIMITS.contains(&self.lower(at)) && self.lower(at) != "from" && self.lower(at) != "by")
            || matches!(self.before(at, 1), "by" | "from")
    }

    fn is_group_after(&self, end: usize) -> bool {
        let next = self.lower(end + 1);
        let range = matches!(self.lower(end), "-" | "–" | "—" | "to" | "through" | "±" | "+" | "/" | "≥" | ">");
        let rises = matches!(self.lower(end), "and" | "or")
            && (matches!(next, "older" | "over" | "above" | "more" | "younger" | "up" | "under" | "below")
                || self.is(end + 1, Kind::Number));
        range || rises || (self.lower(end) == "." && self.joined(end + 1) && self.is(end + 1, Kind::Number))
    }

    fn spelled_age(&self, at: usize) -> Option<Found> {
        let mut end = at + 1;
        let step = |end: usize| end + usize::from(matches!(self.lower(end), "-" | "‑"));
        let skip = if self.lower(step(end)) == "and" { step(end) + 1 } else { step(end) };
        if TENS.contains(&self.lower(skip)) {
            end = skip + 1;
        }
        let unit = step(end);
        let year = matches!(self.lower(unit), "year" | "years");
        let old = step(unit + 1);
        let is_age =
            year && (self.lower(old) == "old" || (self.lower(unit + 1) == "of" && self.lower(unit + 2) == "age"));
        let end = if self.lower(old) == "old" { old + 1 } else { unit + 3 };
        (is_age && !self.is_group(at, end)).then_some((Identifier::Age, at, at, end))
    }

    /// `F/94`, `94/F`, `94F with`.
    pub(super) fn sex_and_age(&self, at: usize, word: &str) -> Option<Found> {
        if !matches!(word, "f" | "m" | "male" | "female") {
            return None;
        }
        let old = |at: usize| self.value(at).is_some_and(|years| (OLDEST..=MOST).contains(&years));
        let slash = |at: usize| self.lower(at) == "/" && self.joined(at);
        let apart = |at: usize| {
            !self.joined(at)
                || matches!(self.lower(at), "," | "." | ";" | ")" | "]" | "!" | "?" | "*" | ":" | "\"" | "'")
        };
        if slash(at + 1) && old(at + 2) && apart(at + 3) {
            return Some((Identifier::Age, at, at + 2, at + 3));
        }
        if let Some(first) = at.checked_sub(2)
            && slash(first + 1)
            && old(first)
            && apart(at + 1)
            && !(self.joined(first) && self.before(first, 1) == "/")
        {
            return Some((Identifier::Age, first, first, at + 1));
        }
        let told = ["with", "presenting", "presented", "presents", "found", "admitted", "who", "s", "c", "p"];
        let beside = self.joined(at) && old(at - 1) && self.text(at).chars().all(char::is_uppercase);
        (beside && told.contains(&self.lower(at + 1))).then(|| (Identifier::Age, at - 1, at - 1, at + 1))
    }

    /// The age string of a DICOM header, as printed over a picture: `F 071Y`.
    fn dicom_age(&self, at: usize) -> Option<Found> {
        let three =
            self.text(at).len() == 3 && matches!(self.text(at + 1), "Y" | "M" | "W" | "D") && self.joined(at + 1);
        let sex = at.checked_sub(1).filter(|at| matches!(self.text(*at), "F" | "M" | "O"));
        let apart = |at: usize| !self.joined(at) || self.is(at, Kind::Mark);
        let whole = (!self.joined(at) || self.is(at - 1, Kind::Mark)) && apart(at + 2);
        let is_age = three && whole && (self.text(at).starts_with('0') || (sex.is_some() && self.value(at)? <= MOST));
        let first = sex.unwrap_or(at);
        is_age.then_some((Identifier::Overlay, first, at, at + 2))
    }

    /// A day of birth behind its label, or behind `born`.
    pub(super) fn birth(&self, at: usize, word: &str) -> Option<Found> {
        let next = self.lower(at + 1);
        let after = self.lower(at + 2);
        let label = match word {
            "dob" | "birthdate" | "geburtsdatum" | "birthday" => 1,
            "d" if next == "." && after == "o" && self.lower(at + 4) == "b" => 5,
            "date" if next == "of" && after == "birth" => 3,
            "birth" if next == "date" => 2,
            "fecha" | "data" if next == "de" && matches!(after, "nacimiento" | "nascimento") => 3,
            "data" if next == "di" && after == "nascita" => 3,
            "date" if next == "de" && after == "naissance" => 3,
            "geb" if next == "." => 2,
            "تاريخ" if next == "الميلاد" => 2,
            word if BORN.contains(&word) => return self.born(at),
            _ => return None,
        };
        let mut start = at + label;
        while matches!(
            self.lower(start),
            ":" | "is" | "was" | "(" | "-" | "=" | "." | "*" | "el" | "le" | "_" | "\"" | "'"
        ) {
            start += 1;
        }
        let end = match self.day(start) {
            Some(day) => day.end,
            None if self.value(start).is_some_and(is_year) && word != "birthday" => start + 1,
            None if self.text(start).len() == 8 && self.is(start, Kind::Number) => start + 1,
            None => return None,
        };
        Some((Identifier::BirthDate, at, start, end))
    }

    fn born(&self, at: usize) -> Option<Found> {
        let last = self.sentence(at).end.min(at + 7);
        let (start, day) = (at + 1..last).find_map(|at| Some((at, self.day(at)?)))?;
        // Nobody who was born before is anybody's patient any more.
        (day.year >= 1905).then_some((Identifier::BirthDate, at, start, day.end))
    }
}

/// Words for one person.
pub(super) const PEOPLE: [&str; 26] = [
    "woman",
    "man",
    "patient",
    "female",
    "male",
    "lady",
    "gentleman",
    "homme",
    "femme",
    "patiente",
    "âgé",
    "âgée",
    "mujer",
    "hombre",
    "varón",
    "paciente",
    "mulher",
    "homem",
    "edad",
    "idade",
    "senhora",
    "senhor",
    "frau",
    "mann",
    "patientin",
    "donna",
];
