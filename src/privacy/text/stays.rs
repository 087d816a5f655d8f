//! Exact days of a stay, an examination or a death.

use super::tokens::{Kind, Tokens};
use super::{Found, Identifier};

/// What has a date of its own, as in `date of surgery`.
const DATED: &[&str] = &[
    "exam",
    "examination",
    "study",
    "scan",
    "surgery",
    "operation",
    "admission",
    "admit",
    "discharge",
    "encounter",
    "service",
    "death",
    "procedure",
    "imaging",
];
/// Such a date in one word, or in another language.
const DATE_LABELS: &[&str] = &[
    "studydate",
    "examdate",
    "scandate",
    "seriesdate",
    "acquisitiondate",
    "contentdate",
    "admissiondate",
    "dischargedate",
    "surgerydate",
    "aufnahmedatum",
    "entlassungsdatum",
    "entlassdatum",
    "untersuchungsdatum",
    "operationsdatum",
    "todesdatum",
    "sterbedatum",
];
/// What follows `fecha de`, `date d'` and their like.
const DATED_ABROAD: &[&str] = &[
    "ingreso",
    "alta",
    "estudio",
    "cirugía",
    "intervención",
    "exploración",
    "defunción",
    "fallecimiento",
    "admission",
    "hospitalisation",
    "entrée",
    "sortie",
    "examen",
    "intervention",
    "décès",
    "internação",
    "admissão",
    "exame",
    "cirurgia",
    "óbito",
    "ricovero",
    "dimissione",
    "decesso",
    "esame",
    "intervento",
];
/// Examinations that stand right before their day.
const IMAGED: &[&str] = &[
    "ct",
    "cta",
    "mri",
    "mra",
    "mrcp",
    "ercp",
    "cxr",
    "dsa",
    "pet",
    "eeg",
    "ecg",
    "ekg",
    "tte",
    "tee",
    "radiograph",
    "radiographs",
    "ray",
    "rays",
    "ultrasound",
    "sonogram",
    "mammogram",
    "angiogram",
    "echocardiogram",
    "scan",
    "scanner",
    "mrt",
    "irm",
    "tdm",
    "tc",
    "tac",
    "rm",
    "rmn",
    "röntgen",
    "radiografía",
    "radiografia",
    "ecografía",
    "ecografia",
    "radiographie",
    "échographie",
];
/// What may stand between such an examination and its day.
const BETWEEN: &[&str] = &[
    "dated",
    "from",
    "of",
    "on",
    "the",
    "and",
    ",",
    "/",
    "with",
    "without",
    "w",
    "o",
    "wo",
    "contrast",
    "enhanced",
    "left",
    "right",
    "bilateral",
    "both",
    "repeat",
    "vom",
    "am",
    "du",
    "del",
    "de",
    "do",
    "di",
    "el",
    "le",
    "brain",
    "head",
    "neck",
    "chest",
    "thorax",
    "abdomen",
    "pelvis",
    "spine",
    "cervical",
    "thoracic",
    "lumbar",
    "c",
    "t",
    "l",
    "knee",
    "shoulder",
    "hip",
    "wrist",
    "ankle",
    "elbow",
    "hand",
    "foot",
    "skull",
    "sinuses",
    "orbits",
    "face",
    "heart",
    "cardiac",
    "liver",
    "renal",
    "breast",
    "breasts",
    "leg",
    "arm",
    "femur",
    "prostate",
    "whole",
    "body",
    "carotid",
    "aorta",
    "pulmonary",
    "coronary",
    "angiography",
    "perfusion",
    "craneal",
    "crânio",
    "cráneo",
    "cérébrale",
    "cerebral",
    "cerebrale",
    "tórax",
    "thoracique",
    "abdominal",
    "abdominale",
    "kopf",
    "schädel",
    "becken",
    "cranio",
];
/// Tokens between them.
const MOST_BETWEEN: usize = 9;
/// What makes an examination an earlier one.
const EARLIER: [&str; 8] = ["prior", "previous", "earlier", "outside", "index", "baseline", "initial", "comparison"];
/// What makes it the time of a study of many.
const PERIOD: [&str; 8] = ["between", "from", "before", "since", "until", "through", "till", "after"];
/// What papers, talks and prizes are told with, whose days are those of no patient.
const OF_WORKS: [&str; 8] =
    ["accepted", "presentation", "poster", "prize", "wins", "published", "abstract", "manuscript"];
/// Whose ages are no patient's.
const COLLEAGUES: [&str; 10] = [
    "resident",
    "fellow",
    "physician",
    "doctor",
    "radiologist",
    "surgeon",
    "scientist",
    "student",
    "professor",
    "researcher",
];
/// What is said of oneself and of colleagues, whose ages are no patient's.
const OF_COLLEAGUES: [&str; 18] = [
    "i",
    "my",
    "me",
    "we",
    "our",
    "us",
    "appointed",
    "elected",
    "promoted",
    "joined",
    "graduated",
    "retired",
    "matriculated",
    "professor",
    "residency",
    "fellowship",
    "internship",
    "school",
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
        // The date of a record is none of a patient's.
        if self.loose {
            return (!self.is_field(at)).then_some((Identifier::StayDate, at, at, day.end));
        }
        let key = at.checked_sub(2).map_or("", |key| self.text(key));
        let ends_line = self.get(day.end).is_none() || !self.on_one_line(day.end - 1, day.end);
        if self.is_field(at) && ends_line && key == key.to_lowercase() {
            return None;
        }
        let from_one = self.before(at, 1) == "from" && self.is_day_of_imaging(at) && !self.begins_period(day.end);
        let from_one = from_one || (self.before(at, 1) == "from" && at >= 2 && self.happens(at - 2, at));
        if day.year < 1905 || (!from_one && PERIOD.contains(&self.before(at, 1))) || self.ends_period(at) {
            return None;
        }
        let sentence = self.sentence(at);
        let is_overlay = sentence.clone().any(|at| self.is(at, Kind::Number) && self.is_age_of_three(at));
        let of_a_work = sentence.clone().any(|at| OF_WORKS.contains(&self.lower(at)));
        let has_age = !of_a_work && sentence.clone().any(|at| self.is(at, Kind::Number) && self.is_age_of_one(at));
        let behind = (day.end..day.end + 6).find(|at| self.lower(*at) == ";").unwrap_or(day.end + 6);
        let window = sentence.start.max(at.saturating_sub(12))..sentence.end.min(behind);
        let happened = window.clone().any(|word| self.happens(word, at));
        let done = window.clone().any(|word| self.is_done(word)) && sentence.clone().any(|at| self.is_clinical(at));
        let of_many = sentence.clone().any(|at| {
            matches!(self.lower(at), "patients" | "consecutive" | "cohort" | "examinations" | "participants")
        });
        let meeting = window.clone().any(|at| self.is_meeting(at));
        let of_a_career = window.clone().any(|at| self.is_step_of_a_career(at));
        let is_labelled = ((self.has_named_date(at) || self.is_day_of_earlier(at)) && !self.is_learned(at))
            || self.is_day_of_imaging(at)
            || self.is_day_in_brackets(at, day.end);
        let is_event = happened
            || self.presents_with(at, day.end)
            || ((done || is_labelled) && !of_a_career && !self.is_learned(at));
        let of_the_owner = sentence.clone().any(|at| OF_COLLEAGUES.contains(&self.lower(at)));
        let is_told = sentence.clone().any(|at| self.is(at, Kind::Number) && self.is_told_age(at));
        let has_age = has_age || (is_told && !of_the_owner && !of_a_career && !meeting);
        let is_stay = is_overlay || (has_age && !of_many) || (is_event && !meeting && !of_many);
        is_stay.then_some((Identifier::StayDate, at, at, day.end))
    }

    /// Tells whether a number goes on from the letters or figures before it.
    fn is_part(&self, at: usize) -> bool {
        self.joined(at)
            && at > 0
            && (!self.is(at - 1, Kind::Mark) || matches!(self.before(at, 1), "." | "-" | "/" | ","))
    }

    /// Tells whether a number is the age of one person, who is no colleague: `54-year-old`, `47F`.
    fn is_age_of_one(&self, at: usize) -> bool {
        let with_sex = matches!(self.text(at + 1), "F" | "M") && self.joined(at + 1) && !self.joined(at + 2);
        let with_sex = with_sex && !self.is_part(at) && self.value(at).is_some_and(|years| (10..=120).contains(&years));
        let told = self.age(at).is_some_and(|age| age.years > 0 && !COLLEAGUES.contains(&self.lower(age.end)));
        with_sex || told
    }

    /// Tells whether a day is the value of a field of a record.
    fn is_field(&self, at: usize) -> bool {
        self.before(at, 1) == ":"
            && DATE_FIELDS.contains(&self.before(at, 2))
            && at.checked_sub(2).is_some_and(|key| self.begins_field(key))
            && self.on_one_line(at - 1, at)
    }

    /// A day behind its label: `StudyDate: 20240314`, `Fecha de ingreso: 14/03/2024`.
    pub(super) fn stay_date(&self, at: usize, word: &str) -> Option<Found> {
        let label = match word {
            word if DATE_LABELS.contains(&word) => 1,
            "fecha" | "data" | "date" if matches!(self.lower(at + 1), "de" | "di" | "d") => {
                let named = (at + 2..at + 5).find(|at| DATED_ABROAD.contains(&self.lower(*at)))?;
                named + 1 - at
            }
            word if DATED.contains(&word) && self.lower(at + 1) == "date" => 2,
            _ => return None,
        };
        let mut start = at + label;
        while start < at + label + 6 && matches!(self.lower(start), ":" | "=" | "\"" | "'" | "*" | "-" | "is" | "was") {
            start += 1;
        }
        let end = self.day(start).map(|day| day.end).or_else(|| self.short_day(start))?;
        (self.loose || !self.is_learned(at)).then_some((Identifier::StayDate, at, start, end))
    }

    /// `exam date: …`, `date of surgery …`.
    fn has_named_date(&self, at: usize) -> bool {
        let first = self.sentence(at).start.max(at.saturating_sub(5));
        let is_of = |word: usize| self.lower(word + 1) == "of" && DATED.contains(&self.lower(word + 2));
        (first..at).any(|word| {
            self.lower(word) == "date"
                && ((DATED.contains(&self.before(word, 1)) && self.on_one_line(word - 1, at)) || is_of(word))
        })
    }

    /// `Prior exam dated …`, `Comparison: CT abdomen …`.
    fn is_day_of_earlier(&self, at: usize) -> bool {
        let first = self.sentence(at).start;
        // Marks of Markdown may stand before the word.
        let compares = (first..first + 4).any(|word| {
            let noun = matches!(self.lower(word + 1), "study" | "studies" | "exam" | "exams");
            matches!(self.lower(word), "comparison" | "comparisons") && self.lower(word + 1 + usize::from(noun)) == ":"
        });
        let near = first.max(at.saturating_sub(5));
        let earlier = (near..at).any(|word| {
            EARLIER.contains(&self.lower(word))
                && matches!(self.lower(word + 1), "exam" | "examination" | "study" | "scan" | "imaging" | "film")
                && (word + 2..at).all(|at| BETWEEN.contains(&self.lower(at)))
        });
        compares || earlier
    }

    /// `CT abdomen 03/14/2024`, `MRI of the brain dated 03/14/2024`.
    fn is_day_of_imaging(&self, at: usize) -> bool {
        if self.before(at, 1) == "," {
            return false;
        }
        let between = (1..MOST_BETWEEN).take_while(|back| BETWEEN.contains(&self.before(at, *back))).count();
        let examination = self.before(at, between + 1);
        // In small letters `us` is no ultrasound, and alone it is a country.
        let by_sound = between > 1 && at.checked_sub(between + 1).is_some_and(|at| self.text(at) == "US");
        IMAGED.contains(&examination) || by_sound
    }

    /// Tells whether a day ends a period: `from … to 2 June 2024`.
    fn ends_period(&self, at: usize) -> bool {
        let to = matches!(self.before(at, 1), "to" | "and" | "–" | "—");
        to && self.said_before(at, 10, &["between", "from"])
    }

    /// `CT abdomen/pelvis (03/14/2024): …`, and not `Introduction to chest CT (14 March 2024)`.
    fn is_day_in_brackets(&self, at: usize, end: usize) -> bool {
        let goes_on = matches!(self.lower(end + 1), ":" | "was" | "is" | "with" | "shows" | "without");
        self.before(at, 1) == "(" && self.lower(end) == ")" && goes_on && self.is_day_of_imaging(at - 1)
    }

    fn begins_period(&self, end: usize) -> bool {
        matches!(self.lower(end), "to" | "until" | "through" | "till" | "–" | "—" | "-")
    }
}
