//! Names beside a patient, and how to reach one: telephone, e-mail, home.

use super::careers::is_patient;
use super::tokens::{Kind, Tokens};
use super::{Found, Identifier};

/// Capitalised words that begin no name.
const NO_NAMES: [&str; 34] = [
    "department",
    "university",
    "hospital",
    "health",
    "radiology",
    "section",
    "figure",
    "table",
    "withheld",
    "removed",
    "redacted",
    "not",
    "unknown",
    "anonymous",
    "anonymized",
    "anonymised",
    "none",
    "the",
    "a",
    "an",
    "in",
    "on",
    "and",
    "safety",
    "experience",
    "education",
    "care",
    "reported",
    "centered",
    "centred",
    "advocacy",
    "magnetic",
    "computed",
    "names",
];
/// Capitalised words behind a name that begin another entry.
const LABELS: [&str; 14] =
    ["mrn", "mrns", "ssn", "dob", "acc", "accession", "sex", "age", "date", "phone", "tel", "address", "email", "nhs"];
/// What a patient does.
const ACTS: [&str; 16] = [
    "presented",
    "underwent",
    "complained",
    "died",
    "returned",
    "fell",
    "collapsed",
    "denied",
    "consented",
    "recovered",
    "suffered",
    "developed",
    "sustained",
    "tolerated",
    "deteriorated",
    "reported",
];
/// What is done to a patient.
const SUFFERS: [&str; 14] = [
    "admitted",
    "scanned",
    "seen",
    "transferred",
    "discharged",
    "diagnosed",
    "referred",
    "treated",
    "intubated",
    "operated",
    "examined",
    "hospitalized",
    "hospitalised",
    "readmitted",
];
/// Words for one person whose age is told.
const SOMEBODY: [&str; 12] =
    ["man", "woman", "male", "female", "boy", "girl", "gentleman", "lady", "patient", "infant", "child", "toddler"];
/// Those who are with a patient, or are one.
const RELATIVES: [&str; 10] =
    ["wife", "husband", "mother", "father", "daughter", "son", "boy", "girl", "infant", "newborn"];
/// What may stand between a label and its name: marks, small words, and the form that a sheet asks for.
const BETWEEN: [&str; 19] =
    [":", "is", "was", "=", "(", ")", "-", "_", ".", "*", "\"", "'", "“", "last", "first", "family", "given", ",", "/"];
/// Tokens between a label and its name.
const MOST_BETWEEN: usize = 12;

impl Tokens<'_> {
    /// Tells whether a token is a word such as names are made of.
    pub(super) fn is_name(&self, at: usize) -> bool {
        self.is_capitalised(at) && self.text(at).chars().count() > 1 && !NO_NAMES.contains(&self.lower(at))
    }

    /// Tells whether a token is the first letter of a name such as `O'Neill`.
    fn is_split_name(&self, at: usize) -> bool {
        self.is_capitalised(at)
            && matches!(self.lower(at + 1), "'" | "’")
            && self.joined(at + 1)
            && self.joined(at + 2)
            && self.is_capitalised(at + 2)
    }

    /// The token after the capitalised words that begin at `at`, at most `most`.
    pub(super) fn names(&self, at: usize, most: usize) -> usize {
        let sentence = self.sentence(at);
        let mut end = at;
        for _ in 0..most {
            let is_label = LABELS.contains(&self.lower(end)) || (end > at && self.lower(end + 1) == ":");
            if !(sentence.contains(&end) && (self.is_name(end) || self.is_split_name(end))) || is_label {
                break;
            }
            let joins = matches!(self.lower(end + 1), "-" | "'" | "’") && self.joined(end + 1) && self.joined(end + 2);
            end = if joins && self.is_capitalised(end + 2) { end + 3 } else { end + 1 };
            // An initial stands between names.
            let initial = self.is_capitalised(end) && self.text(end).chars().count() == 1 && self.lower(end + 1) == ".";
            if initial && self.is_name(end + 2) {
                end += 2;
            }
        }
        end
    }

    /// The token after the names that begin at `start`, of which two are enough for a line.
    fn names_on_line(&self, start: usize) -> usize {
        let end = self.names(start, 3);
        (start + 2..end).find(|at| !self.on_one_line(at - 1, *at)).unwrap_or(end)
    }

    /// `Patient name: …`, `the patient, Jane Doe, was`, `our patient Jane Doe`.
    pub(super) fn named_patient(&self, at: usize, word: &str) -> Option<Found> {
        let labelled = self.name_label(at, word);
        if let Some(mut start) = labelled {
            let form = start + MOST_BETWEEN;
            while start < form && BETWEEN.contains(&self.lower(start)) {
                start += 1;
            }
            let end = self.names_on_line(start);
            let end = if self.lower(end) == "^" { self.carets(start).unwrap_or(end) } else { end };
            let end = if self.lower(end) == "," && self.is_name(end + 1) { self.names(end + 1, 2) } else { end };
            return (end > start).then_some((Identifier::Name, at, start, end));
        }
        if RELATIVES.contains(&word) && self.lower(at + 1) == "," {
            let end = self.names(at + 2, 3);
            let closed = self.is_last(end.max(1) - 1) || matches!(self.lower(end), "," | "." | ";" | ")");
            let of_somebody = self.loose || matches!(self.before(at, 1), "his" | "her" | "the" | "this" | "their");
            return (end >= at + 4 && closed && of_somebody).then_some((Identifier::Name, at, at + 2, end));
        }
        if !matches!(word, "patient" | "pt" | "paciente" | "patientin" | "patiente" | "paziente") {
            return None;
        }
        let next = self.lower(at + 1);
        let start = match next {
            ":" | "=" | "," | "(" => at + 2,
            "-" | "–" if !self.joined(at + 1) => at + 2,
            "." if word == "pt" => at + 2,
            _ => at + 1,
        };
        let initials = (0..2).take_while(|pair| self.is_initial(start + 2 * pair)).count() * 2;
        let end = self.names(start + initials, 3);
        let (first_last, closed) = (
            end >= start + 2 && end > start + initials,
            self.loose || self.is_last(end - 1) || matches!(self.lower(end), "," | ")" | "]" | "<" | "." | ";" | ""),
        );
        let is_small = self.text(at) == self.lower(at);
        let begins = self.sentence(at).start == at
            || matches!(self.before(at, 1), "," | ";" | ")" | "(" | "[" | "|" | ":" | "*" | "\"" | "'");
        let is_aged = start == at + 1 && first_last && self.aged_behind(end).is_some();
        let is_name = match next {
            _ if is_aged => true,
            "," | "(" => is_small && first_last && closed && end > start,
            ":" | "=" => (begins || self.loose) && first_last && !self.is_heading(at, end),
            "-" | "–" => (begins || self.loose) && first_last && start > at + 1 && !self.is_heading(at, end),
            "." => (begins || self.determined(at)) && first_last && start > at + 1,
            _ if !first_last || !self.is_name(start + initials) => false,
            _ => (is_small && (begins || self.determined(at))) || self.is_done_to(end),
        };
        let turned = end == start + 1 && self.lower(end) == "," && self.is_name(end + 1);
        let turned_end = self.names(end + 1, 2);
        let happens = start == at + 1 && self.is_titled(end + 1) && self.is_done_to(turned_end);
        let last_first = turned && (next == ":" || happens);
        let end = if last_first { turned_end } else { end };
        if self.is_institution(start) {
            return None;
        }
        (is_name || (last_first && (begins || happens || self.loose))).then_some((Identifier::Name, at, start, end))
    }

    /// A name whose age stands right behind it: `Helen Park (54 F)`, `John Smith, a 54-year-old man`.
    pub(super) fn name_with_age(&self, at: usize) -> Option<Found> {
        if !self.is_name(at) || (at > 0 && self.is_name(at - 1) && self.on_one_line(at - 1, at)) {
            return None;
        }
        let end = self.names(at, 3);
        if end < at + 2 || self.is_institution(at) {
            return None;
        }
        let is_sex = |at: usize| matches!(self.lower(at), "f" | "m" | "female" | "male");
        let is_old = |at: usize| self.value(at).is_some_and(|years| (1..=125).contains(&years));
        let in_brackets = self.lower(end) == "("
            && self.lower(end + 3) == ")"
            && ((is_old(end + 1) && is_sex(end + 2)) || (is_sex(end + 1) && is_old(end + 2)));
        let apart = self.lower(end) == "(" && self.lower(end + 2) == "," && self.lower(end + 4) == ")";
        let apart = apart && ((is_old(end + 1) && is_sex(end + 3)) || (is_sex(end + 1) && is_old(end + 3)));
        let told = self.lower(end) == "," && matches!(self.lower(end + 1), "a" | "an") && {
            self.age(end + 2).is_some_and(|age| (age.end..age.end + 3).any(|at| SOMEBODY.contains(&self.lower(at))))
        };
        (in_brackets || apart || told).then_some((Identifier::Name, at, at, end))
    }

    /// Tells whether a word has a capital at its beginning alone.
    fn is_titled(&self, at: usize) -> bool {
        self.is_capitalised(at) && self.text(at) != self.text(at).to_uppercase()
    }

    /// The token after a label of a name.
    fn name_label(&self, at: usize, word: &str) -> Option<usize> {
        let next = self.lower(at + 1);
        let after = self.lower(at + 2);
        let is_possessive = matches!(next, "'" | "’") && after == "s";
        match word {
            // In capitals without a mark it is the title of a paper.
            "patient" | "pt" | "patients" | "patient's" if matches!(next, "name" | "named" | "called") => {
                let is_label = self.is(at + 2, Kind::Mark) || matches!(after, "is" | "was");
                (is_label || !self.is_titled(at + 1)).then_some(at + 2)
            }
            "patient" | "pt" if next == "full" && after == "name" => Some(at + 3),
            "name" if next == "/" && matches!(after, "mrn" | "dob" | "id") => Some(at + 3),
            "patient" | "pt" if matches!(next, "." | "_" | "-") && after == "name" => Some(at + 3),
            "patient" | "pt" if is_possessive && matches!(self.lower(at + 3), "name" | "full") => {
                Some(at + 4 + usize::from(self.lower(at + 4) == "name"))
            }
            "patient" if next == "was" && self.before(at, 1) == "index" => Some(at + 2),
            "patientname" | "patientsname" | "patientenname" => Some(at + 1),
            "name" if next == "of" && matches!(after, "patient" | "the" | "our" | "this") => {
                let patient = if after == "patient" { at + 2 } else { at + 3 };
                matches!(self.lower(patient), "patient" | "child" | "newborn").then_some(patient + 1)
            }
            "nombre" | "nom" | "nome" if matches!(next, "del" | "du" | "do" | "de" | "della" | "da") => {
                let patient = if after == "la" { at + 3 } else { at + 2 };
                let theirs = is_patient(self.lower(patient)) || matches!(self.lower(patient), "doente" | "utente");
                theirs.then_some(patient + 1)
            }
            "name" if matches!(next, "des" | "der") && after.starts_with("patient") => Some(at + 3),
            "kin" if self.before(at, 1) == "of" && self.before(at, 2) == "next" && next == ":" => Some(at + 2),
            "baby" if matches!(next, "girl" | "boy") && !self.is_institution(at + 2) => Some(at + 2),
            _ => None,
        }
    }

    /// Tells whether what follows a name is what patients do, or what is done to them.
    fn is_done_to(&self, end: usize) -> bool {
        ACTS.contains(&self.lower(end))
            || (matches!(self.lower(end), "gave" | "signed")
                && matches!(self.lower(end + 1), "consent" | "written" | "informed" | "permission"))
            || (self.lower(end) == "had" && matches!(self.lower(end + 1), "a" | "an" | "no" | "his" | "her" | "been"))
            || (matches!(self.lower(end), "was" | "is") && SUFFERS.contains(&self.lower(end + 1)))
    }

    fn determined(&self, at: usize) -> bool {
        self.loose
            || matches!(self.before(at, 1), "the" | "our" | "a" | "my" | "this" | "her" | "his" | "of" | "for" | "")
            || matches!(self.before(at, 2), "the" | "our" | "a" | "my" | "this")
    }

    /// Tells whether the words behind a colon go on as those of a heading do.
    fn is_heading(&self, at: usize, end: usize) -> bool {
        let sentence = self.sentence(at);
        !self.loose
            && (end..sentence.end).any(|at| matches!(self.lower(at), "of" | "in" | "and" | "for" | "the" | "to"))
    }

    /// A name in the form of DICOM: `DOE^JANE^A`.
    pub(super) fn caret_name(&self, at: usize) -> Option<Found> {
        if self.lower(at + 1) != "^" || !self.is_capitalised(at) || self.text(at).len() < 2 {
            return None;
        }
        let end = self.carets(at)?;
        let first = match (self.before(at, 1), self.before(at, 2)) {
            (":", "pn") => at - 2,
            _ => at,
        };
        Some((Identifier::Name, first, at, end))
    }

    fn carets(&self, at: usize) -> Option<usize> {
        let second = at + 2;
        let is_name =
            self.joined(at + 1) && self.joined(second) && self.is_capitalised(second) && self.text(second).len() > 1;
        if !is_name {
            return None;
        }
        let mut end = second + 1;
        // A name of DICOM has five parts.
        while end < at + 16
            && self.joined(end)
            && (self.lower(end) == "^" || (self.is(end, Kind::Word) && self.before(end, 1) == "^"))
        {
            end += 1;
        }
        Some(end)
    }
}
