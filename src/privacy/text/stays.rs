//! Exact days of a stay, an examination or a death.

use super::tokens::{Kind, Tokens};
use super::{Found, Identifier};

/// What happens to a patient only.
const HAPPENED: [&str; 19] = [
    "admitted",
    "readmitted",
    "discharged",
    "admission",
    "discharge",
    "intubated",
    "extubated",
    "hospitalized",
    "hospitalised",
    "deceased",
    "died",
    "transferred",
    "operated",
    "biopsied",
    "cannulated",
    "ingreso",
    "alta",
    "hospitalisée",
    "hospitalisé",
];
/// What is done to patients, and to much else.
const DONE: [&str; 20] = [
    "performed",
    "underwent",
    "obtained",
    "scanned",
    "imaged",
    "seen",
    "acquired",
    "diagnosed",
    "presented",
    "done",
    "repeated",
    "showed",
    "surgery",
    "biopsy",
    "imaging",
    "procedure",
    "taken",
    "delivered",
    "treated",
    "follow",
];
/// What makes it a patient's.
const CLINICAL: [&str; 30] = [
    "patient",
    "she",
    "he",
    "woman",
    "man",
    "boy",
    "girl",
    "infant",
    "ct",
    "cta",
    "mri",
    "mr",
    "mra",
    "pet",
    "radiograph",
    "radiographs",
    "ultrasound",
    "sonography",
    "angiography",
    "angiogram",
    "mammogram",
    "mammography",
    "scan",
    "exam",
    "examination",
    "fluoroscopy",
    "x",
    "angiogramme",
    "thrombectomy",
    "arteriography",
];
/// What has a date of its own, as in `date of surgery`.
const DATED: [&str; 11] = [
    "exam",
    "examination",
    "study",
    "scan",
    "surgery",
    "admission",
    "discharge",
    "service",
    "death",
    "procedure",
    "imaging",
];
/// Examinations that stand right before their day.
const IMAGED: [&str; 9] = ["ct", "cta", "mri", "mra", "cxr", "radiograph", "ultrasound", "mammogram", "angiogram"];
/// What makes it the time of a study of many.
const PERIOD: [&str; 8] = ["between", "from", "before", "since", "until", "through", "till", "after"];
/// What makes it a meeting or a paper.
const MEETING: [&str; 24] = [
    "meeting",
    "conference",
    "congress",
    "accepted",
    "received",
    "published",
    "workshop",
    "symposium",
    "session",
    "annual",
    "journal",
    "poster",
    "lecture",
    "retrieved",
    "accessed",
    "registered",
    "approved",
    "course",
    "webinar",
    "graduated",
    "presentation",
    "rounds",
    "irb",
    "award",
];
/// Last words of the fields that hold a date.
const DATE_FIELDS: [&str; 14] = [
    "date",
    "start",
    "end",
    "submitted",
    "accepted",
    "accessed",
    "updated",
    "expires",
    "due",
    "started",
    "ends",
    "agreed",
    "by",
    "of",
];

impl Tokens<'_> {
    /// A full date in a sentence that tells of one patient's stay, examination or age.
    pub(super) fn stay(&self, at: usize) -> Option<Found> {
        let day = self.day(at)?;
        if self.loose {
            // The date of a record is none of a patient's.
            let is_field = self.before(at, 1) == ":"
                && DATE_FIELDS.contains(&self.before(at, 2))
                && at.checked_sub(2).is_some_and(|key| self.begins_field(key))
                && self.on_one_line(at - 1, at);
            return (!is_field).then_some((Identifier::StayDate, at, at, day.end));
        }
        if day.year < 1905 || PERIOD.contains(&self.before(at, 1)) || self.ends_period(at) {
            return None;
        }
        let sentence = self.sentence(at);
        let is_overlay = sentence.clone().any(|at| self.is(at, Kind::Number) && self.age_in_header(at));
        let has_age =
            sentence.clone().any(|at| self.is(at, Kind::Number) && self.age(at).is_some_and(|age| age.years > 0));
        let window = sentence.start.max(at.saturating_sub(12))..sentence.end.min(day.end + 6);
        let in_window = |words: &[&str]| window.clone().any(|at| words.contains(&self.lower(at)));
        let happened = in_window(&HAPPENED);
        let done = in_window(&DONE) && sentence.clone().any(|at| CLINICAL.contains(&self.lower(at)));
        let of_many =
            sentence.clone().any(|at| matches!(self.lower(at), "patients" | "consecutive" | "cohort" | "examinations"));
        let meeting = in_window(&MEETING);
        let first = sentence.start.max(at.saturating_sub(5));
        let is_of = |word: usize| self.lower(word + 1) == "of" && DATED.contains(&self.lower(word + 2));
        let named = (first..at).any(|word| {
            self.lower(word) == "date"
                && ((DATED.contains(&self.before(word, 1)) && self.on_one_line(word - 1, at)) || is_of(word))
        });
        let is_labelled = named || IMAGED.contains(&self.before(at, 1));
        let is_stay =
            is_overlay || (has_age && !of_many) || ((happened || done || is_labelled) && !meeting && !of_many);
        is_stay.then_some((Identifier::StayDate, at, at, day.end))
    }

    /// Tells whether a day ends a period: `from … to 2 June 2024`.
    fn ends_period(&self, at: usize) -> bool {
        let to = matches!(self.before(at, 1), "to" | "and" | "–" | "—");
        to && self.said_before(at, 10, &["between", "from"])
    }

    fn age_in_header(&self, at: usize) -> bool {
        self.text(at).len() == 3
            && self.text(at).starts_with('0')
            && matches!(self.text(at + 1), "Y" | "M" | "W" | "D")
            && self.joined(at + 1)
    }
}
