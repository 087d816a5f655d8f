//! What happens in a career, told in the words of a stay: admissions to a school, board examinations,
//! talks, memberships, projects named after patients.

use super::tokens::Tokens;

/// What one is admitted to, or transferred to, in order to learn or to work there.
const TRAINING: &[&str] = &[
    "school",
    "residency",
    "residencies",
    "fellowship",
    "fellow",
    "program",
    "programme",
    "programm",
    "degree",
    "phd",
    "doctorate",
    "masters",
    "master",
    "máster",
    "practice",
    "practise",
    "bar",
    "society",
    "academy",
    "register",
    "roster",
    "chapter",
    "army",
    "navy",
    "military",
    "membership",
    "student",
    "students",
    "decision",
    "committee",
    "interview",
    "interviews",
    "application",
    "essay",
    "letter",
    "requirements",
    "policy",
    "residencia",
    "residência",
    "weiterbildung",
    "studium",
    "internat",
    "escuela",
    "école",
    "facultad",
    "faculdade",
    "facoltà",
];
/// Where one learns as well, unless it is where patients lie.
const SCHOOLS: &[&str] = &[
    "university",
    "college",
    "faculty",
    "universidad",
    "universidade",
    "université",
    "università",
    "universität",
    "hochschule",
];
const HOSPITALS: &[&str] = &[
    "hospital",
    "icu",
    "ward",
    "unit",
    "clinic",
    "emergency",
    "center",
    "centre",
    "infirmary",
    "klinik",
    "klinikum",
    "service",
    "krankenhaus",
    "hôpital",
    "ospedale",
];
/// What is transferred and is no patient.
const GOODS: &[&str] = &[
    "data",
    "files",
    "images",
    "dataset",
    "copyright",
    "rights",
    "funds",
    "money",
    "credits",
    "samples",
    "ownership",
    "archive",
    "grant",
    "licence",
    "license",
    "leadership",
    "responsibility",
];
/// Who is remembered.
const REMEMBERED: &[&str] =
    &["professor", "prof", "dr", "mentor", "teacher", "founder", "colleague", "memory", "memoriam"];
/// Examinations that one passes.
const LEARNED: &[&str] = &[
    "board",
    "boards",
    "abr",
    "usmle",
    "comlex",
    "certifying",
    "licensing",
    "frcr",
    "mrcs",
    "oet",
    "ielts",
    "toefl",
    "plab",
    "mccqe",
    "nbme",
    "ecfmg",
    "staatsexamen",
    "facharztprüfung",
    "bar",
    "thesis",
    "dissertation",
    "qualifying",
    "entrance",
    "shelf",
];
/// Words beside `exam` that make it one of those.
const LEARNED_BESIDE: [&str; 8] = ["core", "oral", "written", "final", "language", "part", "step", "level"];
/// Capitalised words of which the names of projects and offices are made.
const INSTITUTIONS: &[&str] = &[
    "project",
    "projects",
    "program",
    "programme",
    "portal",
    "initiative",
    "committee",
    "council",
    "week",
    "month",
    "award",
    "prize",
    "scholarship",
    "study",
    "trial",
    "registry",
    "survey",
    "center",
    "centre",
    "network",
    "foundation",
    "alliance",
    "association",
    "society",
    "institute",
    "act",
    "app",
    "platform",
    "system",
    "service",
    "services",
    "questionnaire",
    "score",
    "scale",
    "index",
    "rights",
    "charter",
    "education",
    "engagement",
    "satisfaction",
    "outcomes",
    "library",
    "journal",
    "conference",
    "clinic",
    "office",
    "group",
    "team",
    "guide",
    "guidelines",
    "handbook",
    "leaflet",
    "curriculum",
    "toolkit",
    "tracker",
    "dashboard",
    "model",
    "hub",
    "fund",
    "grant",
    "lecture",
    "workshop",
    "access",
    "navigation",
    "navigator",
    "workflow",
    "imaging",
    "report",
    "reports",
    "summary",
    "protection",
    "privacy",
];
/// Tokens of a name in capitals.
const LONGEST_NAME: usize = 8;

/// Tells whether a word means a patient, in the languages of the interface.
pub(super) fn is_patient(word: &str) -> bool {
    matches!(word, "patient" | "paciente" | "patientin" | "patiente" | "paziente" | "pt")
}

impl Tokens<'_> {
    /// Tells whether the event at a word, up to the day at `day`, is one of a career.
    pub(super) fn is_of_a_career(&self, at: usize, day: usize) -> bool {
        let word = self.lower(at);
        let own = self.before(at, 2) == "i" && matches!(self.before(at, 1), "was" | "am" | "got")
            || (word == "transferred" && self.before(at, 1) == "i");
        let moved = word == "transferred" && self.said_before(at, 5, GOODS);
        let dies = matches!(word, "died" | "deceased" | "passed");
        let is_mine = self.said_before(at, 5, &["my"]) && !self.sentence(at).any(|at| is_patient(self.lower(at)));
        let mourned = dies && (self.said_before(at, 7, REMEMBERED) || is_mine);
        own || moved || mourned || self.begins_training(at, day)
    }

    /// `admitted to medical school`, `transferred to Lakemoor residency`, `discharged from the army`.
    fn begins_training(&self, at: usize, day: usize) -> bool {
        // The place stands before the day, or right behind it.
        let last = if day > at { day } else { at + 8 };
        let place = at + 1..last.min(at + 9);
        let says = |words: &[&str]| place.clone().any(|at| words.contains(&self.lower(at)));
        says(TRAINING) || (says(SCHOOLS) && !says(HOSPITALS))
    }

    /// Tells whether the examination in the sentence of a day is one that physicians pass.
    pub(super) fn is_learned(&self, at: usize) -> bool {
        let beside = |at: usize| {
            matches!(self.lower(at), "exam" | "examination")
                && (LEARNED_BESIDE.contains(&self.before(at, 1)) || LEARNED_BESIDE.contains(&self.before(at, 2)))
        };
        let stepped = |at: usize| self.lower(at) == "step" && self.value(at + 1).is_some_and(|step| step <= 3);
        self.says(at, LEARNED) || self.sentence(at).any(|at| beside(at) || stepped(at))
    }

    /// Tells whether the capitalised words from one on are the name of a project or an office.
    pub(super) fn is_institution(&self, start: usize) -> bool {
        let joins = |at: usize| matches!(self.lower(at), "-" | "of" | "and" | "for" | "&" | "'" | "’" | "s");
        (start..start + LONGEST_NAME)
            .take_while(|at| self.is_capitalised(*at) || joins(*at))
            .any(|at| self.is_capitalised(at) && INSTITUTIONS.contains(&self.lower(at)))
    }
}
