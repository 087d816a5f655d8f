//! Where somebody can be reached: telephone, e-mail, home.

use super::tokens::{Kind, Tokens};
use super::{Found, Identifier};

/// Words for a patient or those around one.
const THEIRS: [&str; 24] = [
    "patient",
    "patient's",
    "pt",
    "her",
    "his",
    "she",
    "he",
    "mother",
    "father",
    "daughter",
    "son",
    "wife",
    "husband",
    "spouse",
    "relative",
    "relatives",
    "family",
    "caregiver",
    "guardian",
    "kin",
    "home",
    "mobile",
    "cell",
    "callback",
];
/// Words for places of work.
const OFFICES: [&str; 36] = [
    "office",
    "department",
    "clinic",
    "hospital",
    "fax",
    "radiology",
    "desk",
    "switchboard",
    "program",
    "programme",
    "coordinator",
    "reception",
    "secretary",
    "laboratory",
    "lab",
    "center",
    "centre",
    "university",
    "institute",
    "school",
    "residency",
    "imaging",
    "pager",
    "helpline",
    "hotline",
    "ministry",
    "journal",
    "editorial",
    "foundation",
    "college",
    "assistant",
    "administrator",
    "administrative",
    "unit",
    "service",
    "professor",
];
const PHONES: [&str; 14] = [
    "phone",
    "fax",
    "whatsapp",
    "telephone",
    "tel",
    "cell",
    "mobile",
    "cellphone",
    "ph",
    "teléfono",
    "téléphone",
    "telefon",
    "telefone",
    "handy",
];
/// Whose number it is where it is a patient's.
const OF_A_PATIENT: [&str; 10] =
    ["patient", "patient's", "mother", "father", "wife", "husband", "daughter", "son", "family", "relative"];
const STREETS: [&str; 22] = [
    "street",
    "st",
    "lane",
    "ln",
    "avenue",
    "ave",
    "road",
    "rd",
    "drive",
    "dr",
    "court",
    "ct",
    "boulevard",
    "blvd",
    "way",
    "place",
    "terrace",
    "close",
    "crescent",
    "circle",
    "parkway",
    "apartment",
];
const LIVES: [&str; 12] = [
    "lives", "lived", "living", "resides", "resided", "residing", "resident", "home", "address", "house", "her",
    "patient",
];

impl Tokens<'_> {
    /// A telephone number that is somebody's own.
    pub(super) fn phone(&self, at: usize) -> Option<Found> {
        let end = self.phone_end(at)?;
        let theirs = self.loose || self.said_before(at, 14, &THEIRS);
        let of_an_office = !self.loose && self.says(at, &OFFICES);
        (theirs && !of_an_office).then_some((Identifier::Phone, at, at, end))
    }

    /// A telephone number behind a word for one, which no word says to be that of an office.
    pub(super) fn phone_after(&self, at: usize, word: &str) -> Option<Found> {
        if !PHONES.contains(&word) || (word == "tel" && self.lower(at + 1) == ":" && self.joined(at + 2)) {
            return None;
        }
        let mut start = at + 1;
        while matches!(self.lower(start), ":" | "." | "number" | "no" | "#" | "is" | "was" | "-" | "*" | "nr") {
            start += 1;
        }
        let digits = |at: usize, length: usize| self.is(at, Kind::Number) && self.text(at).len() == length;
        let is_local =
            digits(start, 3) && self.lower(start + 1) == "-" && digits(start + 2, 4) && self.joined(start + 2);
        let of_a_patient = self.loose || (at..at + 12).any(|near| OF_A_PATIENT.contains(&self.lower(near)));
        let of_a_patient = of_a_patient || self.said_before(at, 6, &OF_A_PATIENT);
        let is_run = digits(start, 10) && (!self.joined(start + 1) || self.is(start + 1, Kind::Mark));
        let is_spaced =
            of_a_patient && digits(start, 4) && self.is(start + 1, Kind::Number) && self.text(start + 1).len() >= 5;
        let end = self
            .phone_end(start)
            .or(is_local.then_some(start + 3))
            .or(is_spaced.then_some(start + 2))
            .or(is_run.then_some(start + 1))?;
        if matches!(word, "fax" | "whatsapp") && !of_a_patient {
            return None;
        }
        let of_an_office = !self.loose
            && !of_a_patient
            && self.says(at, &OFFICES)
            && !self.said_before(at, 4, &["patient", "her", "his", "home"]);
        (!of_an_office).then_some((Identifier::Phone, start, start, end))
    }

    /// The token after a telephone number: `(555) 010-7788`, `555-010-7788`, `+44 20 7946 0000`.
    fn phone_end(&self, at: usize) -> Option<usize> {
        let is_start = match self.lower(at) {
            "+" | "(" => self.is(at + 1, Kind::Number),
            _ => {
                self.is(at, Kind::Number)
                    && !(self.joined(at) && matches!(self.before(at, 1), "." | "-" | "/" | "+" | "(" | ")" | "_"))
            }
        };
        if !is_start || (self.before(at, 1) == "+" || (self.before(at, 1) == "(" && self.before(at, 2) == "+")) {
            return None;
        }
        let mut groups: Vec<usize> = Vec::new();
        let mut end = at;
        while end < at + 14 {
            let token = self.get(end)?;
            let is_mark = matches!(self.lower(end), "-" | "." | "(" | ")" | "+" | "‑" | "–");
            if token.kind == Kind::Number {
                groups.push(token.end - token.start);
            } else if !is_mark || (self.lower(end) == "." && !self.joined(end + 1)) {
                break;
            }
            end += 1;
            if end >= self.len() {
                break;
            }
        }
        while end > at && !self.is(end - 1, Kind::Number) {
            end -= 1;
        }
        let international = self.lower(at) == "+";
        let digits: usize = groups.iter().sum();
        let american = matches!(groups.as_slice(), [3, 3, 4] | [1, 3, 3, 4]);
        let abroad = international && (8..=15).contains(&digits) && (groups.len() >= 2 || digits >= 10);
        (american || abroad).then_some(end)
    }

    /// An e-mail address that a sentence gives to a patient.
    pub(super) fn email(&self, at: usize) -> Option<Found> {
        if self.lower(at) != "@" {
            return None;
        }
        let is_part = |at: usize| !self.is(at, Kind::Mark) || matches!(self.lower(at), "." | "_" | "-" | "+" | "%");
        let (mut first, mut end) = (at, at + 1);
        while first + 40 > at && self.joined(first) && is_part(first - 1) {
            first -= 1;
        }
        while end < at + 40 && self.joined(end) && is_part(end) {
            end += 1;
        }
        while matches!(self.lower(end - 1), "." | "-") {
            end -= 1;
        }
        let theirs = ["patient", "patient's", "her", "his", "mother", "father", "daughter", "son", "wife", "husband"];
        let work = [
            "safety",
            "education",
            "leaflet",
            "information",
            "office",
            "team",
            "portal",
            "experience",
            "advocacy",
            "care",
            "questions",
            "leaflets",
            "engagement",
            "representative",
            "organisation",
            "organization",
            "group",
        ];
        let is_theirs = self.said_before(first, 8, &theirs) && !self.said_before(first, 8, &work);
        let is_address = first < at && end > at + 1;
        (is_address && (is_theirs || self.loose)).then_some((Identifier::Email, first, first, end))
    }

    /// Where somebody lives: `She lives at 14 Larch Lane`.
    pub(super) fn home(&self, at: usize) -> Option<Found> {
        let street = (at + 1..at + 5).find(|at| STREETS.contains(&self.lower(*at)) && self.is_capitalised(*at))?;
        let names = (at + 1..street).all(|at| self.is_capitalised(at)) && street > at + 1;
        let lives = self.loose || self.said_before(at, 8, &LIVES);
        let office = !self.loose && self.said_before(at, 12, &OFFICES);
        (names && lives && !office && self.text(at).len() <= 5).then_some((Identifier::Address, at, at, street + 1))
    }
}
