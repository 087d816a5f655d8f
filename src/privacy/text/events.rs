//! What happens to a patient, and what happens at meetings.

use super::titles::COMPLAINTS;
use super::tokens::Tokens;

/// What happens to a patient only.
const HAPPENED: &[&str] = &[
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
    "ingresó",
    "ingresado",
    "ingresada",
    "falleció",
    "alta",
    "internado",
    "internada",
    "óbito",
    "hospitalisée",
    "hospitalisé",
    "décédé",
    "décédée",
    "aufnahme",
    "entlassung",
    "aufgenommen",
    "entlassen",
    "verstorben",
    "verstarb",
    "ricoverato",
    "ricoverata",
    "dimesso",
    "dimessa",
    "deceduto",
    "deceduta",
    "resected",
    "excised",
    "embolized",
    "embolised",
    "stented",
    "amputated",
    "transfused",
    "transplanted",
    "thrombolysed",
    "thrombolyzed",
];
/// What is done to patients, and to much else.
const DONE: &[&str] = &[
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
    "revealed",
    "demonstrated",
    "confirmed",
    "found",
    "surgery",
    "biopsy",
    "imaging",
    "procedure",
    "taken",
    "delivered",
    "treated",
    "placed",
    "inserted",
    "removed",
    "received",
    "follow",
];
/// What makes it a patient's.
const CLINICAL: &[&str] = &[
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
    "dsa",
    "eeg",
    "radiograph",
    "radiographs",
    "ultrasound",
    "sonography",
    "echocardiography",
    "echocardiogram",
    "angiography",
    "angiogram",
    "mammogram",
    "mammography",
    "scan",
    "exam",
    "examination",
    "x",
    "angiogramme",
    "arteriography",
    "embolization",
    "embolisation",
    "resection",
    "stent",
    "stenting",
    "transplant",
    "transplantation",
    "intubation",
    "ablation",
    "drainage",
    "thrombolysis",
    "chemotherapy",
    "radiotherapy",
    "dialysis",
    "cesarean",
    "caesarean",
    "catheter",
    "drain",
    "tumor",
    "tumour",
];
/// Endings of operations.
const OPERATIONS: [&str; 6] = ["ectomy", "otomy", "ostomy", "oscopy", "plasty", "centesis"];
/// Words with such an ending that are none.
const NO_OPERATIONS: [&str; 4] = ["dichotomy", "microscopy", "spectroscopy", "autonomy"];
/// What makes it a meeting or a paper.
const MEETING: &[&str] = &[
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
/// What makes it a step of a career, where nothing tells of a stay.
const CAREER: &[&str] = &[
    "rsna",
    "ecr",
    "arrs",
    "asnr",
    "ismrm",
    "seram",
    "talk",
    "oral",
    "keynote",
    "plenary",
    "exhibit",
    "abstract",
    "seminar",
    "webcast",
    "podium",
    "invited",
    "speaker",
    "elective",
    "rotation",
    "clerkship",
    "observership",
    "internship",
    "training",
    "certificate",
    "certification",
    "certified",
    "licence",
    "license",
    "licensed",
    "diploma",
    "degree",
    "committee",
    "students",
    "residents",
    "trainees",
    "faculty",
    "teaching",
    "tutorial",
    "taught",
    "colleagues",
    "vortrag",
    "kongress",
    "jahrestagung",
    "tagung",
    "fortbildung",
    "kurs",
    "ponencia",
    "congreso",
    "charla",
    "curso",
    "seminario",
    "communication",
    "orale",
    "congrès",
    "conférence",
    "cours",
    "palestra",
    "congresso",
    "relazione",
    "corso",
];
/// How somebody gets to a hospital.
const COMES: &[&str] = &[
    "presented",
    "presents",
    "presenting",
    "came",
    "brought",
    "arrived",
    "arrives",
    "taken",
    "rushed",
    "referred",
    "sent",
    "seen",
    "evaluated",
    "examined",
    "returned",
    "walked",
];
/// Where.
const PLACES: &[&str] = &[
    "ed",
    "er",
    "emergency",
    "hospital",
    "clinic",
    "icu",
    "operating",
    "casualty",
    "ward",
    "theatre",
    "trauma",
    "outpatient",
    "urgent",
];

impl Tokens<'_> {
    /// Tells whether a word says what is done to patients, and not by the owner at a meeting.
    pub(super) fn is_done(&self, at: usize) -> bool {
        DONE.contains(&self.lower(at)) && !self.is_told_by_the_owner(at)
    }

    /// Tells whether something happens to a patient at a word.
    pub(super) fn happens(&self, word: usize, day: usize) -> bool {
        let happened = HAPPENED.contains(&self.lower(word)) || self.is_last_moment(word);
        (happened && !self.is_of_a_career(word, day)) || self.comes_to_hospital(word)
    }

    /// `passed away`, `he expired`, `last known well`, `symptom onset`, `follow-up visit`.
    fn is_last_moment(&self, at: usize) -> bool {
        let (before, next) = (self.before(at, 1), self.lower(at + 1));
        match self.lower(at) {
            "passed" => next == "away",
            "expired" => matches!(before, "he" | "she" | "patient" | "who"),
            "last" => matches!(next, "known" | "seen") && matches!(self.lower(at + 2), "well" | "normal"),
            "onset" => matches!(before, "symptom" | "symptoms" | "stroke" | "pain" | "headache"),
            "visit" | "appointment" => matches!(before, "up" | "clinic" | "outpatient" | "office"),
            "death" if next == "occurred" => true,
            "death" => before == "of" && self.before(at, 2) == "time",
            _ => false,
        }
    }

    /// `presented to the ED`, `brought to the ER`, `seen in clinic`.
    fn comes_to_hospital(&self, at: usize) -> bool {
        let comes = COMES.contains(&self.lower(at)) && matches!(self.lower(at + 1), "to" | "in" | "at" | "into");
        if !comes && self.lower(at) != "visited" {
            return false;
        }
        let place = (at + 1..at + 5).find(|at| {
            PLACES.contains(&self.lower(*at))
                || self.text(*at) == "OR"
                || (self.lower(*at) == "a" && self.lower(at + 1) == "&" && self.lower(at + 2) == "e")
        });
        let of_staff = |at: usize| {
            (at + 1..at + 3).any(|at| matches!(self.lower(at), "residents" | "faculty" | "staff" | "board" | "team"))
        };
        place.is_some_and(|at| !of_staff(at)) && !self.said_before(at, 2, &["i", "we"])
    }

    pub(super) fn is_clinical(&self, at: usize) -> bool {
        let word = self.lower(at);
        CLINICAL.contains(&word) || (OPERATIONS.iter().any(|end| word.ends_with(end)) && !NO_OPERATIONS.contains(&word))
    }

    /// `I presented`, `We found`.
    fn is_told_by_the_owner(&self, at: usize) -> bool {
        (matches!(self.lower(at), "presented" | "found" | "delivered" | "demonstrated")
            && self.said_before(at, 2, &["i", "we"]))
            || (self.lower(at) == "presented" && self.lower(at + 1) == "at")
    }

    pub(super) fn is_meeting(&self, at: usize) -> bool {
        match self.lower(at) {
            // Drugs and operations are received as well, and an illness has a course.
            "received" => {
                let day = at + 1 + usize::from(matches!(self.lower(at + 1), ":" | "on"));
                self.day(day).is_some()
            }
            "course" => !matches!(self.before(at, 1), "hospital" | "clinical" | "her" | "his" | "postoperative"),
            word => MEETING.contains(&word),
        }
    }

    /// Tells whether a word is one of a talk, a course or a certificate.
    pub(super) fn is_step_of_a_career(&self, at: usize) -> bool {
        CAREER.contains(&self.lower(at))
    }

    /// A day between `presented` and what one complains of: `Presented 06/07/2022 with chest pain`.
    pub(super) fn presents_with(&self, at: usize, end: usize) -> bool {
        self.said_before(at, 3, &["presented", "presents", "presenting"])
            && self.lower(end) == "with"
            && (end + 1..end + 5).any(|at| COMPLAINTS.contains(&self.lower(at)))
    }
}
