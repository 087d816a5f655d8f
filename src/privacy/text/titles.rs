//! Names behind a title, where the words around tell of a patient.

use super::careers::is_patient;
use super::tokens::{Kind, Tokens};
use super::{Found, Identifier};

const TITLES: &[&str] = &[
    "mr", "mrs", "ms", "miss", "mister", "señora", "señor", "sra", "sr", "srta", "frau", "herr", "madame", "monsieur",
    "mme", "mlle", "signora", "signor", "senhora", "senhor", "m",
];
/// Events that only a patient's sentence tells of.
const STAY: &[&str] = &[
    "readmitted",
    "tolerated",
    "discharged",
    "underwent",
    "complained",
    "complaining",
    "complains",
    "denies",
    "denied",
    "hospitalized",
    "hospitalised",
    "intubated",
    "collapsed",
    "died",
    "ingresó",
    "ingresada",
    "ingresado",
    "aufgenommen",
    "entlassen",
    "hospitalisée",
    "hospitalisé",
    "internada",
    "internado",
    "ricoverata",
    "ricoverato",
];
/// What one complains of.
pub(super) const COMPLAINTS: &[&str] = &[
    "pain",
    "headache",
    "headaches",
    "fever",
    "weakness",
    "numbness",
    "nausea",
    "vomiting",
    "dizziness",
    "vertigo",
    "fatigue",
    "cough",
    "dyspnea",
    "dyspnoea",
    "bleeding",
    "swelling",
    "rash",
    "seizure",
    "seizures",
    "palpitations",
    "tingling",
    "diplopia",
    "hematuria",
    "chills",
    "syncope",
    "fall",
    "symptoms",
    "stroke",
    "infarction",
    "fracture",
    "injury",
    "hemorrhage",
    "haemorrhage",
    "bleed",
    "infection",
    "cancer",
];
/// What belongs to a patient.
const THEIRS: &[&str] = &[
    "mri",
    "ct",
    "scan",
    "scans",
    "radiograph",
    "radiographs",
    "ultrasound",
    "biopsy",
    "mass",
    "tumor",
    "tumour",
    "symptoms",
    "pain",
    "headache",
    "seizures",
    "stroke",
    "fracture",
    "surgery",
    "operation",
    "diagnosis",
    "condition",
    "blood",
    "chart",
    "family",
    "wife",
    "husband",
];
/// What follows `CT` where it belongs to a teacher.
const TAUGHT: &[&str] =
    &["course", "protocol", "lab", "talk", "lecture", "physics", "group", "team", "poster", "paper"];
/// Where a patient comes to.
const PLACES: &[&str] = &[
    "ed",
    "er",
    "emergency",
    "hospital",
    "clinic",
    "outpatient",
    "urgent",
    "trauma",
    "casualty",
    "us",
    "gp",
    "icu",
    "ward",
];
/// Whom a colleague presents with.
const COLLEAGUES: &[&str] = &["me", "us", "our", "my", "dr", "drs", "prof", "professor", "two", "three", "students"];
/// What makes it a talk.
const TALKS: &[&str] = &[
    "meeting",
    "conference",
    "congress",
    "annual",
    "poster",
    "abstract",
    "committee",
    "rsna",
    "ecr",
    "arrs",
    "asnr",
    "award",
    "residents",
    "training",
    "course",
    "workshop",
];
/// Tokens before and behind a name in which an age is that of its bearer.
const NEAR: usize = 8;

impl Tokens<'_> {
    /// `Mrs. Eleanor Whitcombe, 71`, or such a name where a stay is told of.
    pub(super) fn titled_name(&self, at: usize, word: &str) -> Option<Found> {
        if !TITLES.contains(&word) || !self.is_capitalised(at) {
            return None;
        }
        let start = at + 1 + usize::from(self.lower(at + 1) == ".");
        let initials = (0..2).take_while(|pair| self.is_initial(start + 2 * pair)).count();
        let mut end = self.names(start + 2 * initials, 3);
        if end == start + 2 * initials || !self.get(start)?.gap {
            return None;
        }
        // Alone these letters are an initial or a word of a name.
        let is_weak = matches!(word, "m" | "sr");
        let aged = self.aged_behind(end);
        let told = match aged {
            Some(age) => !is_weak || self.is_in_years(age),
            None => !is_weak && (self.loose || (self.tells_of_a_stay(at, start, end) && !self.is_institution(start))),
        };
        end = aged.map_or(end, |age| age + 1);
        told.then_some((Identifier::Name, at, start, end))
    }

    pub(super) fn is_initial(&self, at: usize) -> bool {
        self.is_capitalised(at) && self.text(at).chars().count() == 1 && self.lower(at + 1) == "."
    }

    /// The age that stands right behind a name: `, 71,`, `(71)` or `, aged 71,`.
    pub(super) fn aged_behind(&self, end: usize) -> Option<usize> {
        let age = end + 1 + usize::from(matches!(self.lower(end + 1), "aged" | "age"));
        let parted = matches!(self.lower(end), "," | "(");
        let years = self.value(age).is_some_and(|years| years <= 125);
        let goes_on = matches!(
            self.lower(age + 1),
            "," | ")"
                | "]"
                | "<"
                | "."
                | ";"
                | "-"
                | "y"
                | "yo"
                | "was"
                | ""
                | "year"
                | "years"
                | "jahre"
                | "ans"
                | "años"
                | "anos"
                | "anni"
        );
        (parted && years && (goes_on || self.is_last(age))).then_some(age)
    }

    fn is_in_years(&self, age: usize) -> bool {
        self.lower(age + 1) != "." || !self.joined(age + 2)
    }

    fn tells_of_a_stay(&self, at: usize, start: usize, end: usize) -> bool {
        let sentence = self.sentence(at);
        if self.says(at, TALKS) {
            return false;
        }
        let near = sentence.start.max(at.saturating_sub(NEAR))..sentence.end.min(end + NEAR);
        let has_age = near.clone().any(|at| self.is(at, Kind::Number) && self.age(at).is_some_and(|age| age.years > 0));
        has_age
            || self.says(at, STAY)
            || sentence.clone().any(|at| self.is_in_bed(at) || self.presents(at) || self.has_complaint(at))
            || self.is_the_patient(at, end)
            || self.has_history(end)
            || self.owns_a_finding(start, end)
    }

    /// `admitted with`, `in room 12`, `bed 14`, `on the ward`, `his symptoms`.
    fn is_in_bed(&self, at: usize) -> bool {
        match self.lower(at) {
            "admitted" => {
                matches!(self.lower(at + 1), "to" | "with" | "on" | "for" | "from" | "after" | "." | "," | "and")
            }
            "bed" | "room" => self.is(at + 1, Kind::Number),
            "ward" => matches!(self.before(at, 1), "the" | "our") && matches!(self.before(at, 2), "on" | "to"),
            "symptoms" => matches!(self.before(at, 1), "his" | "her"),
            _ => false,
        }
    }

    /// `presented with neck pain`, `presented to our emergency department`.
    fn presents(&self, at: usize) -> bool {
        if !matches!(self.lower(at), "presented" | "presenting" | "presents" | "came" | "brought" | "referred") {
            return false;
        }
        let whom = self.lower(at + 2);
        let is_named = self.is_capitalised(at + 2) && self.text(at + 2) != self.text(at + 2).to_uppercase();
        match self.lower(at + 1) {
            "with" => !COLLEAGUES.contains(&whom) && !is_named,
            "to" => (at + 2..at + 5).any(|at| PLACES.contains(&self.lower(at))),
            _ => false,
        }
    }

    /// `reported pain in her hip`.
    fn has_complaint(&self, at: usize) -> bool {
        let tells = matches!(
            self.lower(at),
            "reported"
                | "reports"
                | "developed"
                | "develops"
                | "described"
                | "describes"
                | "had"
                | "endorses"
                | "suffered"
                | "noticed"
                | "noted"
        );
        tells && (at + 1..at + 5).any(|at| COMPLAINTS.contains(&self.lower(at)))
    }

    /// `the patient, Mr. Halden,` and `Mr. Halden was our first patient`.
    fn is_the_patient(&self, at: usize, end: usize) -> bool {
        let back = 1 + usize::from(matches!(self.before(at, 1), "," | "(" | "–" | "—" | "was" | "is"));
        let before = is_patient(self.before(at, back));
        let is = matches!(self.lower(end), "is" | "was");
        let apart = self.lower(end) == "," && matches!(self.lower(end + 1), "a" | "our" | "the" | "my");
        before
            || ((is || apart)
                && (end + 1..end + 5).any(|at| self.lower(at) == "patient" && self.is_last_of_its_words(at)))
    }

    /// Tells whether no noun follows that the word would only describe, as in `patient advocate`.
    fn is_last_of_its_words(&self, at: usize) -> bool {
        self.is(at + 1, Kind::Mark)
            || self.is_last(at)
            || matches!(self.lower(at + 1), "" | "in" | "with" | "who" | "on" | "of" | "to")
    }

    /// `has a history of`.
    fn has_history(&self, end: usize) -> bool {
        matches!(self.lower(end), "has" | "had" | "with")
            && (end + 1..end + 6).any(|at| matches!(self.lower(at), "history") && self.lower(at + 1) == "of")
    }

    /// `Mr. Halden's CT showed`.
    fn owns_a_finding(&self, start: usize, end: usize) -> bool {
        // A name takes its apostrophe along where a capital follows.
        let possessive = matches!(self.lower(end), "'" | "’") && self.lower(end + 1) == "s" && end > start;
        let first = end + 2;
        possessive
            && (first..first + 3)
                .take_while(|at| !matches!(self.lower(*at), "on" | "in" | "for" | "about" | "of" | "to" | "with"))
                .any(|at| THEIRS.contains(&self.lower(at)))
            && !(first..first + 5).any(|at| TAUGHT.contains(&self.lower(at)))
    }
}
