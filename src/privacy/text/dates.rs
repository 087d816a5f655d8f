//! Days written out: `03/14/1951`, `14 March 1951`, `1951-03-14`.

use super::tokens::{Kind, Tokens};

/// A day that is written in full.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Day {
    /// The token after it.
    pub(super) end: usize,
    pub(super) year: u32,
}

/// Names of months in the languages of the interface, without the ending that shortening takes.
const MONTHS: &[&str] = &[
    "january",
    "jan",
    "february",
    "feb",
    "march",
    "mar",
    "april",
    "apr",
    "may",
    "june",
    "jun",
    "july",
    "jul",
    "august",
    "aug",
    "september",
    "sep",
    "sept",
    "october",
    "oct",
    "november",
    "nov",
    "december",
    "dec",
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
    "januar",
    "februar",
    "märz",
    "juni",
    "juli",
    "oktober",
    "dezember",
    "janeiro",
    "setembro",
    "dezembro",
    "fevereiro",
    "março",
    "maio",
    "junho",
    "julho",
    "agosto",
    "outubro",
    "novembro",
    "gennaio",
    "febbraio",
    "aprile",
    "maggio",
    "giugno",
    "luglio",
    "settembre",
    "ottobre",
    "dicembre",
    "okt",
    "dez",
    "ene",
    "abr",
    "dic",
    "févr",
    "avr",
    "juil",
    "déc",
];

impl Tokens<'_> {
    /// Returns the day that is written from a token on.
    pub(super) fn day(&self, at: usize) -> Option<Day> {
        if self.is(at, Kind::Number) {
            self.in_numbers(at).or_else(|| self.day_first(at))
        } else {
            self.month_first(at)
        }
    }

    fn in_numbers(&self, at: usize) -> Option<Day> {
        let mark = self.lower(at + 1);
        let is_apart = !(self.joined(at) && matches!(self.before(at, 1), "." | "-" | "/" | "–"));
        let parts = is_apart
            && matches!(mark, "/" | "-" | "." | "‐" | "‑")
            && self.lower(at + 3) == mark
            && (1..=4).all(|step| self.joined(at + step));
        let goes_on = self.joined(at + 5) && matches!(self.lower(at + 5), "." | "/" | "-") && self.joined(at + 6);
        if !parts || (goes_on && self.is(at + 6, Kind::Number)) {
            return None;
        }
        let (first, second, third) = (self.value(at)?, self.value(at + 2)?, self.value(at + 4)?);
        let day_and_month = |a: u32, b: u32| (1..=31).contains(&a) && (1..=31).contains(&b) && (a <= 12 || b <= 12);
        let digits = |at: usize| self.text(at).len();
        let end = at + 5;
        if digits(at) == 4 {
            return (is_year(first) && day_and_month(second, third) && digits(at + 4) <= 2)
                .then_some(Day { end, year: first });
        }
        let year = match digits(at + 4) {
            4 if is_year(third) => third,
            2 if mark == "/" => 1900 + third,
            _ => return None,
        };
        (digits(at) <= 2 && digits(at + 2) <= 2 && day_and_month(first, second)).then_some(Day { end, year })
    }

    /// `14 March 1951`, `14th of March, 1951`, `14-Mar-1951`, `14 de marzo de 1951`.
    fn day_first(&self, at: usize) -> Option<Day> {
        let day = self.value(at)?;
        let mut next = at + 1;
        if matches!(self.lower(next), "st" | "nd" | "rd" | "th" | "." | "-" | "/" | "º" | "°" | "er") {
            next += 1;
        }
        if matches!(self.lower(next), "of" | "de") {
            next += 1;
        }
        let is_month = MONTHS.contains(&self.lower(next)) && (1..=31).contains(&day);
        next += 1;
        while matches!(self.lower(next), "." | "," | "-" | "/" | "de" | "do" | "del") {
            next += 1;
        }
        let short = self.text(next).len() == 2 && self.before(next, 1) == "-";
        let year = self.value(next).map(|year| if short { 1900 + year } else { year });
        let year = year.filter(|year| is_month && is_year(*year))?;
        Some(Day { end: next + 1, year })
    }

    /// The token after a day in a form that only a label makes one: `14MAR51`, `14.03.51`, `3-14-51`, `19510314`.
    pub(super) fn short_day(&self, at: usize) -> Option<usize> {
        if self.is(at, Kind::Number) && self.text(at).len() == 8 {
            return Some(at + 1);
        }
        let day = |at: usize| self.value(at).is_some_and(|day| (1..=31).contains(&day));
        if day(at) && MONTHS.contains(&self.lower(at + 1)) && self.value(at + 2).is_some() {
            return Some(at + 3);
        }
        let mark = self.lower(at + 1);
        let parted = matches!(mark, "." | "-" | "/") && self.lower(at + 3) == mark;
        let joined = (at + 1..=at + 4).all(|at| self.joined(at));
        (parted && joined && day(at) && day(at + 2) && self.text(at + 4).len() == 2 && self.value(at + 4).is_some())
            .then_some(at + 5)
    }

    /// `March 14, 1951`, `Mar. 14th 1951`.
    fn month_first(&self, at: usize) -> Option<Day> {
        let may_be = self.is(at + 1, Kind::Number) || matches!(self.lower(at + 1), "." | "-");
        if !may_be || !MONTHS.contains(&self.lower(at)) {
            return None;
        }
        let mut next = at + 1 + usize::from(matches!(self.lower(at + 1), "." | "-"));
        self.value(next).filter(|day| (1..=31).contains(day))?;
        next += 1;
        while matches!(self.lower(next), "st" | "nd" | "rd" | "th" | "," | "-") {
            next += 1;
        }
        let year = self.value(next).filter(|year| is_year(*year))?;
        Some(Day { end: next + 1, year })
    }
}

/// Tells whether a number of four digits is a year of today's people, or of their grandparents.
pub(super) fn is_year(number: u32) -> bool {
    (1800..=2100).contains(&number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_known_in_the_forms_that_people_write() {
        let year = |text: &str| Tokens::new(text, false).day(0).map(|day| day.year);
        for text in [
            "03/14/1951",
            "14.03.1951",
            "1951-03-14",
            "1951/3/4",
            "3/4/1951",
            "14 March 1951",
            "14th of March, 1951",
            "March 14, 1951",
            "Mar. 14th 1951",
            "14-Mar-1951",
            "14 de marzo de 1951",
            "14. März 1951",
            "03-14-1951",
            "3/14/51",
            "14/Mar/1951",
            "Mar-14-1951",
            "14 de março de 1951",
            "14 maggio 1951",
        ] {
            assert_eq!(year(text), Some(1951), "{text}");
        }
        for text in
            ["2025.04.28.25320009", "March 1951", "14 March", "1.0.2", "45/50/1951", "4820/91", "1951-2024", "52(10)"]
        {
            assert_eq!(year(text), None, "{text}");
        }
    }
}
