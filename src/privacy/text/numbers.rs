//! Numbers with a label: `MRN: 48-29-13`, `Acc# 12345678`, `SSN 000-12-3456`, and those whose form tells.

use super::dates::is_year;
use super::tokens::{Kind, Tokens};
use super::{Found, Identifier};

/// A number or code as written, which may have letters, dashes and groups.
struct Run {
    end: usize,
    digits: usize,
    /// A year, or one year and another.
    is_years: bool,
}

/// Tokens of one number, dashes and groups with it; what goes on longer is none, and time grows with the text alone.
const LONGEST_RUN: usize = 24;

/// Letters that a code may begin with.
const LONGEST_CODE: usize = 6;

/// Registers of genes and archives, whose accession numbers name no patient.
const REGISTERS: [&str; 31] = [
    "genbank",
    "refseq",
    "geo",
    "sra",
    "ena",
    "arrayexpress",
    "uniprot",
    "pdb",
    "ncbi",
    "embl",
    "ddbj",
    "bioproject",
    "biosample",
    "pride",
    "dbgap",
    "ega",
    "clinvar",
    "omim",
    "museum",
    "herbarium",
    "gene",
    "nucleotide",
    "protein",
    "sequence",
    "sequences",
    "omnibus",
    "library",
    "zenodo",
    "dryad",
    "assembly",
    "culture",
];
const MODALITIES: [&str; 14] = ["ct", "mr", "us", "cr", "dx", "nm", "pt", "xr", "mg", "rf", "xa", "ir", "dr", "xa"];
const IMAGING: [&str; 14] = [
    "ct",
    "mri",
    "radiograph",
    "radiographs",
    "scan",
    "study",
    "exam",
    "examination",
    "patient",
    "ultrasound",
    "mammogram",
    "angiogram",
    "pacs",
    "x",
];
/// Words after a number that make it a count.
const COUNTED: [&str; 18] = [
    "patients",
    "cases",
    "participants",
    "subjects",
    "records",
    "studies",
    "examinations",
    "exams",
    "reports",
    "scans",
    "people",
    "adults",
    "children",
    "women",
    "men",
    "images",
    "charts",
    "admissions",
];
const DEVICES: [&str; 17] = [
    "pacemaker",
    "implant",
    "implanted",
    "implantable",
    "defibrillator",
    "icd",
    "stent",
    "valve",
    "prosthesis",
    "pump",
    "lead",
    "shunt",
    "coil",
    "device",
    "generator",
    "patient",
    "neurostimulator",
];

/// Tells whether a word is a sum of a file or a commit, such as `acc63c9e41e16a9d6c00`.
fn is_hexadecimal(word: &str) -> bool {
    let letters = word.bytes().filter(u8::is_ascii_alphabetic).count();
    word.len() >= 12 && letters > 3 && word.bytes().all(|byte| byte.is_ascii_hexdigit())
}

impl Tokens<'_> {
    /// A number behind a label.
    pub(super) fn labelled(&self, at: usize, word: &str) -> Option<Found> {
        let label = self.label(at, word)?;
        let (start, marked) = self.connectors(label.end);
        let run = self.run(start, label.spaced)?;
        let digits = if marked && label.digits == 5 { 4 } else { label.digits };
        let is_number = run.digits >= digits && !run.is_years && (marked || !label.needs_mark);
        // The tag of a field of DICOM, `(0008,0050)`, is no number of anybody.
        let is_tag = run.digits == 4 && self.lower(run.end) == "," && self.text(run.end + 1).len() == 4;
        let sentence = self.sentence(at);
        let counts = |at: usize| sentence.contains(&at) && COUNTED.contains(&self.lower(at));
        let counted = is_tag || (!self.loose && (counts(run.end) || counts(run.end + 1)));
        let named = match label.what {
            Identifier::Accession => self.loose || !self.is_of_a_register(at, start, word),
            Identifier::Serial => self.loose || self.says(at, &DEVICES),
            _ => true,
        };
        let is_sum = run.end > at + 1
            && self.joined(at + 1)
            && self
                .chunk(at)
                .split(|letter: char| !letter.is_alphanumeric())
                .any(|part| part.starts_with(word) && is_hexadecimal(part));
        (is_number && !counted && named && !is_sum).then_some((label.what, at, start, run.end))
    }

    fn run(&self, start: usize, spaced: bool) -> Option<Run> {
        let is_part = |at: usize, first: bool| match self.get(at) {
            Some(token) if token.kind == Kind::Number => true,
            Some(token) if token.kind == Kind::Word => {
                let letters = self.text(at);
                let longest = if first { LONGEST_CODE } else { 4 };
                let code = letters.len() <= longest && letters.chars().all(char::is_uppercase);
                code || (!first && !token.gap && letters.len() == 1)
            }
            _ => false,
        };
        if !is_part(start, true) {
            return None;
        }
        let mut end = start + 1;
        while end < start + LONGEST_RUN {
            let mark = matches!(self.lower(end), "-" | "." | "_" | "–") || (spaced && self.lower(end) == "/");
            let next = if mark && self.joined(end) && self.joined(end + 1) { end + 1 } else { end };
            let touches = self.joined(next);
            let same = self.get(next).map(|token| token.sentence) == self.get(start).map(|token| token.sentence);
            let is_group =
                spaced && same && self.get(next).is_some_and(|token| token.gap) && self.is(next, Kind::Number);
            if !is_part(next, false) || !(touches || is_group) {
                break;
            }
            end = next + 1;
        }
        let numbers = (start..end).filter(|at| self.is(*at, Kind::Number));
        let digits = numbers.clone().map(|at| self.text(at).len()).sum();
        let is_years = numbers.clone().all(|at| self.value(at).is_some_and(is_year)) && numbers.count() <= 2;
        (digits > 0).then_some(Run { end, digits, is_years })
    }

    /// Tells whether an accession number is one of a register of genes, proteins or books.
    fn is_of_a_register(&self, at: usize, number: usize, label: &str) -> bool {
        let (letters, digits) = (self.lower(number), self.text(number + 1).len());
        let form = self.is(number, Kind::Word)
            && self.joined(number + 1)
            && self.is(number + 1, Kind::Number)
            && matches!((letters.len(), digits), (1, 5) | (2, 6 | 8))
            && !MODALITIES.contains(&letters);
        let known = matches!(
            letters,
            "gse"
                | "gsm"
                | "gpl"
                | "srr"
                | "srp"
                | "srx"
                | "prjna"
                | "prjeb"
                | "err"
                | "erp"
                | "phs"
                | "egas"
                | "egad"
                | "samn"
        );
        let genome = form && label.starts_with("accession") && !self.says(at, &IMAGING);
        known || genome || self.said_before(at, 8, &REGISTERS)
    }

    /// Nine digits in the form of a social-security number, without a label.
    pub(super) fn social_security(&self, at: usize) -> Option<Found> {
        let digits = |at: usize, length: usize| self.is(at, Kind::Number) && self.text(at).len() == length;
        let dash = |at: usize| matches!(self.lower(at), "-" | "‑" | "–") && self.joined(at);
        let form = digits(at, 3)
            && dash(at + 1)
            && digits(at + 2, 2)
            && self.joined(at + 2)
            && dash(at + 3)
            && digits(at + 4, 4)
            && self.joined(at + 4);
        let goes_on = |at: usize| !self.is(at, Kind::Mark) || matches!(self.lower(at), "-" | "/" | "." | "_");
        let begins = at == 0 || !self.joined(at) || !goes_on(at - 1);
        let last = self.lower(at + 5) == "." && !self.joined(at + 6);
        let ends = !self.joined(at + 5) || last || !goes_on(at + 5);
        (form && begins && ends).then_some((Identifier::SocialSecurity, at, at, at + 5))
    }

    /// A unique identifier of DICOM that is not one of the standard itself.
    pub(super) fn uid(&self, at: usize) -> Option<Found> {
        if self.joined(at) && self.before(at, 1) == "." {
            return None;
        }
        let mut end = at + 1;
        while end < at + 2 * LONGEST_RUN
            && self.lower(end) == "."
            && self.joined(end)
            && self.joined(end + 1)
            && self.is(end + 1, Kind::Number)
        {
            end += 2;
        }
        let parts = (end - at).div_ceil(2);
        // Those of ciphers and of other standards are short behind the number of who gave them.
        let of_a_company =
            ["1", "3", "6", "1", "4", "1"].iter().enumerate().all(|(step, part)| self.lower(at + 2 * step) == *part);
        let own = if of_a_company { at + 14 } else { at + 8 };
        let is_long = (own..end).step_by(2).any(|part| self.text(part).len() >= 4);
        let text = self.range(at, end).len();
        let root = (self.lower(at), self.lower(at + 2), self.lower(at + 4));
        let of_standard = root == ("1", "2", "840") && self.lower(at + 6) == "10008";
        let is_object =
            (parts >= 7 && text >= 20 && is_long && matches!(root.0, "1" | "2")) || (root.1 == "25" && text >= 24);
        (is_object && !of_standard).then_some((Identifier::Uid, at, at, end))
    }
}
