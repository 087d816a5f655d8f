//! Ages over 89.

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
/// What follows the letter of a sex behind an age.
const TOLD: [&str; 28] = [
    "with",
    "presenting",
    "presented",
    "presents",
    "found",
    "admitted",
    "who",
    "s",
    "c",
    "p",
    "h",
    "w",
    "hx",
    "pmh",
    "fell",
    "fall",
    "after",
    "status",
    "complaining",
    "complains",
    "complained",
    "undergoing",
    "underwent",
    "brought",
    "history",
    "known",
    "referred",
    "transferred",
];
/// What has a size in millions.
const SIZED: [&str; 18] = [
    "parameters",
    "parameter",
    "params",
    "weights",
    "layers",
    "tokens",
    "encoder",
    "decoder",
    "network",
    "transformer",
    "model",
    "models",
    "backbone",
    "trainable",
    "budget",
    "dollars",
    "pixels",
    "voxels",
];
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
        let age = self.age(at).filter(|age| age.years == years).or_else(|| self.person_of_age(at));
        let age = age.or_else(|| self.person_set_off(at)).or_else(|| self.person_who_is(at))?;
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
            "y" if self.lower(unit + 1) == "o" => age(unit + 2),
            "y" | "yr" | "yrs"
                if matches!(self.text(unit + 1), "F" | "M")
                    || matches!(self.lower(unit + 1), "female" | "male" | "woman" | "man") =>
            {
                age(unit + 2)
            }
            "yo" | "yom" | "yof" | "ym" | "yf" => age(unit + 1),
            "yr" if self.lower(unit + 1) == "/" && self.lower(unit + 2) == "o" => age(unit + 3),
            "jährige" | "jähriger" | "jährigen" | "jähriges" | "jährigem" => age(unit + 1),
            "jahre" if matches!(self.lower(unit + 1), "alt" | "alte" | "alter" | "alten" | "altes") => age(unit + 2),
            "ans" | "años" | "anos" | "anni" | "jahre" if matches!(self.before(at, 1), "de" | "di" | "," | "(") => {
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

    /// `Woman, 93, with`, `A woman (93) fell`.
    fn person_set_off(&self, at: usize) -> Option<Age> {
        let (mark, person, next) = (self.before(at, 1), self.before(at, 2), self.lower(at + 1));
        let end = !self.is(at + 2, Kind::Number) || !self.joined(at + 2);
        let apart = mark == "," && PEOPLE.contains(&person) && matches!(next, "," | ":" | ";" | ".") && end;
        let within = mark == "(" && next == ")" && ADULTS.contains(&person);
        (apart || within).then_some(Age { years: self.value(at)?, end: at + 1 })
    }

    /// `She is 94 and`, `He died at 98.`, `A man of 95 had`, `The patient, who was 97,`.
    fn person_who_is(&self, at: usize) -> Option<Age> {
        let person = matches!(self.before(at, 2), "she" | "he" | "who" | "patient")
            && matches!(self.before(at, 1), "is" | "was" | "turned" | "turns");
        let next = self.lower(at + 1);
        let ends = matches!(
            next,
            "," | ";" | ")" | "]" | "<" | "*" | "" | "and" | "when" | "at" | "with" | "but" | "on" | "now"
        ) || (next == "." && !(self.joined(at + 2) && self.is(at + 2, Kind::Number)));
        let died = self.before(at, 1) == "at" && matches!(self.before(at, 2), "died" | "dies");
        let of = self.before(at, 1) == "of" && ADULTS.contains(&self.before(at, 2));
        let ends = ends || (of && matches!(next, "had" | "was" | "who" | "fell" | "presented" | "came"));
        ((person || died || of) && (ends || self.loose || self.is_last(at)))
            .then_some(Age { years: self.value(at)?, end: at + 1 })
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
                while matches!(
                    self.lower(number),
                    ":" | "of" | "=" | "," | "was" | "is" | "at" | "de" | "(" | "*" | "-" | "–"
                ) {
                    number += 1;
                }
                let spelled = word == "aged" || self.lower(at + 1) == "of";
                if matches!(self.lower(number), "ninety" | "hundred") && spelled {
                    let joins = matches!(self.lower(number + 1), "-" | "‑");
                    let end = if joins { number + 3 } else { number + 1 };
                    let limit = !self.loose && (self.is_limit_before(at) || self.is_group_after(end));
                    return (!limit).then_some((Identifier::Age, at, number, end));
                }
                let years = self.value(number).filter(|years| (OLDEST..=MOST).contains(years))?;
                let own = matches!(self.lower(number + 1), "years" | "year" | "yrs" | "y" | "años" | "anos");
                let end = number + 1 + usize::from(own);
                let with_sex = self.lower(end) == "/" && matches!(self.lower(end + 1), "sex" | "f" | "m" | "gender");
                let counted = matches!(self.lower(number + 1), "%" | "/") && !with_sex;
                let alone = self.loose || !self.is_group(at, number) || self.lower(at) == "aged";
                let limit = !self.loose && (self.is_limit_before(at) || (self.is_group_after(end) && !with_sex));
                (years <= MOST && alone && !limit && !counted).then_some((Identifier::Age, at, number, end))
            }
            _ => None,
        }
    }

    /// Tells whether a number is one person's age behind its word: `aged 54`, `at age 54`, `at the age of 54`.
    pub(super) fn is_told_age(&self, at: usize) -> bool {
        let back = if self.before(at, 1) == "of" { 2 } else { 1 };
        let told = match self.before(at, back) {
            "aged" => back == 1,
            "age" => self.before(at, back + 1) == "at" || (back == 2 && self.before(at, 3) == "the"),
            _ => false,
        };
        told && self.value(at).is_some_and(|years| (1..=MOST).contains(&years))
            && !self.is_group(at - back, at)
            && !self.is_limit_before(at - back)
            && !self.is_group_after(at + 1)
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
        let spread =
            self.lower(end) == "(" && matches!(next, "iqr" | "sd" | "range" | "interquartile" | "mean" | "median");
        range || rises || spread || (self.lower(end) == "." && self.joined(end + 1) && self.is(end + 1, Kind::Number))
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
        let beside = at > 0 && old(at - 1) && self.text(at).chars().all(char::is_uppercase);
        if !beside || !(self.joined(at) || self.begins_a_case(at - 1)) {
            return None;
        }
        let next = self.lower(at + 1);
        let told = TOLD.contains(&next) || (next == "," && self.begins_a_case(at - 1));
        (told && !self.is_size(at - 1)).then(|| (Identifier::Age, at - 1, at - 1, at + 1))
    }

    /// Tells whether a number stands where the words of a case begin.
    fn begins_a_case(&self, at: usize) -> bool {
        self.loose
            || self.sentence(at).start == at
            || matches!(
                self.before(at, 1),
                "(" | "[" | ":" | ";" | "a" | "an" | "patient" | "pt" | "–" | "|" | "\"" | "'"
            )
    }

    /// Tells whether a number with a letter is a size or a temperature: `a network of 98M`, `stored at 94F`.
    fn is_size(&self, at: usize) -> bool {
        let before =
            ["$", "€", "£", "~", "of", "at", "to", "has", "have", "had", "than", "about", "with", "usd", "eur"];
        !self.loose && (before.contains(&self.before(at, 1)) || self.says(at, &SIZED))
    }

    /// `071Y`; without a sex before it, `005D` is a number in the base of sixteen.
    pub(super) fn is_age_of_three(&self, at: usize) -> bool {
        let digits = self.text(at);
        digits.len() == 3
            && digits.starts_with('0')
            && digits != "000"
            && matches!(self.text(at + 1), "Y" | "M" | "W")
            && self.joined(at + 1)
    }

    /// The age string of a DICOM header, as printed over a picture: `F 071Y`.
    fn dicom_age(&self, at: usize) -> Option<Found> {
        let three =
            self.text(at).len() == 3 && matches!(self.text(at + 1), "Y" | "M" | "W" | "D") && self.joined(at + 1);
        let sex = at.checked_sub(1).filter(|at| matches!(self.text(*at), "F" | "M" | "O"));
        let apart = |at: usize| !self.joined(at) || self.is(at, Kind::Mark);
        let whole = (!self.joined(at) || self.is(at - 1, Kind::Mark)) && apart(at + 2);
        let is_age = three && whole && (self.is_age_of_three(at) || (sex.is_some() && self.value(at)? <= MOST));
        let first = sex.unwrap_or(at);
        is_age.then_some((Identifier::Overlay, first, at, at + 2))
    }
}

/// Words for one grown person, whom no count of men and women means.
const ADULTS: [&str; 13] = [
    "woman",
    "man",
    "lady",
    "gentleman",
    "homme",
    "femme",
    "mujer",
    "hombre",
    "mulher",
    "homem",
    "frau",
    "mann",
    "uomo",
];
/// Words for one person.
pub(super) const PEOPLE: [&str; 28] = [
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
    "uomo",
    "paziente",
];
