//! Words that stand before the numbers of patients, in the languages of the interface.

use super::Identifier::{self, Accession, HealthNumber, RecordNumber, Serial, SocialSecurity, Uid};
use super::tokens::{Kind, Tokens};

/// A label and what it asks of the number behind it.
pub(super) struct Label {
    pub(super) what: Identifier,
    /// The token after the label.
    pub(super) end: usize,
    /// Digits that the number must have.
    pub(super) digits: usize,
    /// Whether groups may be parted by spaces.
    pub(super) spaced: bool,
    /// Whether the label needs a word for "number", `#` or a colon.
    pub(super) needs_mark: bool,
}

/// Letters that are a label in capitals alone, what they name, and the digits of its numbers.
const CODES: &[(&str, Identifier, usize)] = &[
    ("FIN", Accession, 6),
    ("CSN", Accession, 6),
    ("HAR", Accession, 6),
    ("HC", RecordNumber, 6),
    ("UR", RecordNumber, 6),
    ("URN", RecordNumber, 6),
    ("EMPI", RecordNumber, 5),
    ("NHI", HealthNumber, 4),
    ("PHN", HealthNumber, 9),
    ("HCN", HealthNumber, 9),
    ("IHI", HealthNumber, 10),
    ("NIR", HealthNumber, 13),
    ("NISS", HealthNumber, 11),
    ("AVS", HealthNumber, 13),
    ("AMKA", HealthNumber, 11),
    ("CNS", HealthNumber, 15),
    ("KVNR", HealthNumber, 9),
    ("SVNR", HealthNumber, 10),
    ("CPR", HealthNumber, 10),
    ("BSN", HealthNumber, 9),
    ("RUT", HealthNumber, 8),
    ("CURP", HealthNumber, 6),
    ("NRIC", HealthNumber, 7),
    ("HKID", HealthNumber, 6),
    ("PESEL", HealthNumber, 11),
];
/// Letters of a word that a full stop may shorten.
const LONGEST_SHORT: usize = 4;
/// German labels, which are one word.
const GERMAN: &[&str] = &[
    "patientennummer",
    "patientennr",
    "patientenid",
    "fallnummer",
    "fallnr",
    "aufnahmenummer",
    "aufnahmenr",
    "krankenaktennummer",
];
const GERMAN_INSURANCE: &[&str] = &[
    "versichertennummer",
    "krankenversichertennummer",
    "versicherungsnummer",
    "sozialversicherungsnummer",
    "personnummer",
    "aadhaar",
    "aadhar",
];
/// Societies of physicians, whose members have numbers as well.
const SOCIETIES: &[&str] = &[
    "acr",
    "rsna",
    "arrs",
    "sir",
    "esr",
    "ama",
    "aur",
    "asnr",
    "snmmi",
    "ieee",
    "rcr",
    "bma",
    "bir",
    "drg",
    "eanm",
    "scct",
    "society",
    "college",
    "association",
    "academy",
    "council",
    "board",
    "federation",
    "union",
    "university",
    "library",
];

fn is_number_word(word: &str) -> bool {
    matches!(word, "number" | "no" | "id" | "identifier" | "nr" | "num" | "nummer" | "numero" | "número" | "nº")
}

impl Tokens<'_> {
    /// The label that begins at a word.
    pub(super) fn label(&self, at: usize, word: &str) -> Option<Label> {
        self.record_label(at, word)
            .or_else(|| self.examination_label(at, word))
            .or_else(|| self.insurance_label(at, word))
            .or_else(|| self.foreign_label(at, word))
            .or_else(|| self.code_label(at))
    }

    /// The word after one, and how many tokens both take: in words parted by a dash, as
    /// `patient-id`, and shortened by a full stop, as `Pt. no`, the second stands further.
    fn second(&self, at: usize) -> (&str, usize) {
        let dash = |at: usize| usize::from(matches!(self.lower(at), "-" | "_"));
        let is_short = self.text(at).len() <= LONGEST_SHORT;
        let stop = usize::from(is_short && self.lower(at + 1) == "." && self.joined(at + 1));
        let words = 1 + stop + dash(at + 1 + stop);
        (self.lower(at + words), words + 1)
    }

    fn record_label(&self, at: usize, word: &str) -> Option<Label> {
        let next = self.lower(at + 1);
        let (second, words) = self.second(at);
        let numbered = is_number_word(second) || second == "#";
        let label = |words, digits, needs_mark| {
            Some(Label { what: RecordNumber, end: at + words, digits, spaced: false, needs_mark })
        };
        match word {
            "mrn" if self.is_in_groups(at + 1) => {
                Some(Label { what: RecordNumber, end: at + 1, digits: 6, spaced: true, needs_mark: false })
            }
            "mrn" | "mrns" | "uhid" | "emrn" | "hosp" => label(1, 5, word == "hosp"),
            "mr" | "emr" | "ehr" | "epic" | "cerner" if numbered => label(words - 1, 5, true),
            "m" if next == "." && self.lower(at + 2) == "r" && self.lower(at + 4) == "n" => label(5, 5, false),
            "medical" | "health" | "hospital" | "chart" | "clinical" | "unit" | "patient" | "pt" | "case"
                if second == "record" =>
            {
                label(words, 5, false)
            }
            "med" if matches!(second, "rec" | "record") => label(words, 5, false),
            "medical" if second == "records" && is_number_word(self.lower(at + words)) => label(words, 5, true),
            "patient" if next == ":" && self.is(at + 2, Kind::Number) => label(1, 6, true),
            "hospital" | "chart" | "patient" | "pt" | "unit" | "record" if numbered => label(words - 1, 5, true),
            "patientid" | "patientidentifier" | "patientnumber" | "medicalrecordnumber" | "hospitalnumber" => {
                label(1, 5, false)
            }
            // A file's name, or a patient under a number.
            "patient" | "pt" if self.is(at + words - 1, Kind::Number) => label(words - 1, 6, false),
            "pid" => label(1, 5, true),
            _ => None,
        }
    }

    /// `556 12 34`: three groups, each of two or three digits.
    fn is_in_groups(&self, at: usize) -> bool {
        (at..at + 3).all(|at| self.is(at, Kind::Number) && matches!(self.text(at).len(), 2 | 3))
    }

    fn examination_label(&self, at: usize, word: &str) -> Option<Label> {
        let next = self.lower(at + 1);
        let (second, words) = self.second(at);
        let numbered = is_number_word(second) || second == "#";
        let label =
            |what, words, digits, needs_mark| Some(Label { what, end: at + words, digits, spaced: false, needs_mark });
        match word {
            "encounter" | "visit" | "exam" | "examination" | "account" | "acct" | "specimen" | "pathology"
            | "cytology" | "requisition" | "ris" | "pacs"
                if numbered =>
            {
                label(Accession, words - 1, 6, true)
            }
            "acct" => label(Accession, 1, 6, true),
            "accession" | "accessions" | "accessionnumber" => label(Accession, 1, 5, false),
            "acc" | "accn" | "accno" => label(Accession, 1, 6, false),
            "serial" if numbered => label(Serial, words - 1, 4, true),
            "s" if next == "/" && self.lower(at + 2) == "n" && self.joined(at + 2) => label(Serial, 3, 4, false),
            "studyinstanceuid" | "seriesinstanceuid" | "sopinstanceuid" => label(Uid, 1, 6, false),
            "instance" if next == "uid" => label(Uid, 2, 6, false),
            _ => None,
        }
    }

    fn insurance_label(&self, at: usize, word: &str) -> Option<Label> {
        let next = self.lower(at + 1);
        let (second, words) = self.second(at);
        let numbered = is_number_word(second) || second == "#";
        let label =
            |what, words, digits, needs_mark| Some(Label { what, end: at + words, digits, spaced: true, needs_mark });
        match word {
            "ssn" => label(SocialSecurity, 1, 9, false),
            "social" if second == "security" => label(SocialSecurity, words, 9, false),
            "sécurité" if next == "sociale" => label(SocialSecurity, 2, 9, false),
            "nhs" | "chi" | "medicare" | "medicaid" | "hicn" | "mbi" | "passport" if numbered => {
                label(HealthNumber, words - 1, 5, true)
            }
            "nhs" | "chi" if self.is(at + 1, Kind::Number) => label(HealthNumber, 1, 10, false),
            "insurance" | "member" | "policy" | "beneficiary" | "subscriber" | "ohip" if numbered => {
                let of_a_society = word == "member"
                    && !self.loose
                    && self.says(at, SOCIETIES)
                    && !self.says(at, &["insurance", "plan"]);
                if of_a_society { None } else { label(HealthNumber, words - 1, 5, true) }
            }
            "health" if matches!(second, "card" | "plan" | "insurance") => label(HealthNumber, words, 5, true),
            "driver" | "drivers" | "driving" if matches!(self.lower(at + 2), "license" | "licence") => {
                label(HealthNumber, 3, 5, false)
            }
            "cpf" | "dni" | "nif" | "nie" => label(HealthNumber, 1, 7, false),
            _ => None,
        }
    }

    fn foreign_label(&self, at: usize, word: &str) -> Option<Label> {
        let next = self.lower(at + 1);
        let (second, words) = self.second(at);
        let label = |what, words, digits, needs_mark| {
            Some(Label { what, end: at + words, digits, spaced: what == HealthNumber, needs_mark })
        };
        match word {
            "nhc" | "ipp" | "prontuário" | "expediente" => label(RecordNumber, 1, 5, false),
            word if GERMAN.contains(&word) => label(RecordNumber, 1, 5, false),
            word if GERMAN_INSURANCE.contains(&word) => label(HealthNumber, 1, 8, false),
            "patienten" | "pat" | "fall" | "aufnahme" if is_number_word(second) => {
                label(RecordNumber, words - 1, 5, true)
            }
            "historia" | "história" | "dossier" | "cartella"
                if matches!(next, "clínica" | "clinica" | "médical" | "medical") =>
            {
                label(RecordNumber, 2, 5, false)
            }
            "historia" | "dossier" | "prontuario"
                if self.before(at, 1) == "de"
                    && matches!(self.before(at, 2), "nº" | "º" | "°" | "número" | "numéro" | "numero" | "no") =>
            {
                label(RecordNumber, 1, 5, false)
            }
            "dossier" => label(RecordNumber, 1, 6, true),
            "cartão" if matches!(next, "sus" | "nacional") => label(HealthNumber, 2, 15, false),
            "codice" if next == "fiscale" => label(HealthNumber, 2, 7, false),
            _ => None,
        }
    }

    fn code_label(&self, at: usize) -> Option<Label> {
        let (_, what, digits) = CODES.iter().find(|(code, ..)| *code == self.text(at))?;
        Some(Label { what: *what, end: at + 1, digits: *digits, spaced: *what == HealthNumber, needs_mark: false })
    }

    /// Skips what may stand between a label and its number; tells whether it was a word for "number", `#` or a colon.
    pub(super) fn connectors(&self, mut at: usize) -> (usize, bool) {
        let mut marked = false;
        for _ in 0..9 {
            let (next, after) = (self.lower(at + 1), self.lower(at + 2));
            match self.lower(at) {
                "nos" | "numbers" | "ids" | "#" | ":" | "№" | "=" => marked = true,
                word if is_number_word(word) => marked = true,
                "n" if matches!(next, "º" | "°")
                    || (next == "." && (matches!(after, "º" | "°") || self.is(at + 2, Kind::Number))) =>
                {
                    marked = true;
                }
                // Markup: a blank that does not break, a tag; the border of a cell is a mark below.
                "&" if matches!(next, "nbsp" | "ensp" | "emsp" | "thinsp") => at += 2,
                "<" if after == ">" => at += 2,
                "<" if next == "/" && self.lower(at + 3) == ">" => at += 3,
                // Whose number it is.
                "of" | "for" if next == "patient" => at += 1,
                "of" | "for" if matches!(next, "the" | "this" | "our" | "a" | "that") && after == "patient" => at += 2,
                // The label once more, shortened.
                "mrn" | "ssn" | "acc" if self.before(at, 1) == "(" => {}
                "." | "(" | ")" | "[" | "-" | "–" | "_" | "*" | "`" | "\"" | "'" | "is" | "was" | "º" | "°" | "del"
                | "du" | "|" => {}
                _ => break,
            }
            at += 1;
        }
        (at, marked)
    }
}
