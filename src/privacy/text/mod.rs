//! Words that may tell who a patient is.
//!
//! Takes a text; gives what looks like one of the identifiers of 45 CFR 164.514(b)(2), as far as
//! text shows them: numbers of records and examinations, dates of birth and of a stay, ages over
//! 89, names beside a patient, telephone and social-security numbers, numbers of devices. One pass
//! over words, numbers and marks; nothing is learnt, so every finding can be explained by a rule.

mod ages;
mod birth;
mod careers;
mod dates;
mod events;
mod labels;
mod numbers;
mod people;
mod reach;
mod stays;
#[cfg(test)]
mod tests;
mod titles;
mod tokens;

use std::borrow::Cow;
use std::ops::Range;

use tokens::{Kind, Tokens};

/// What a finding looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Identifier {
    /// A number under which a hospital keeps a patient.
    RecordNumber,
    /// A number under which an examination is kept.
    Accession,
    /// A day of birth.
    BirthDate,
    /// An age of 90 or more.
    Age,
    /// A patient's name.
    Name,
    /// A social-security number.
    SocialSecurity,
    /// A number of a health service or insurance.
    HealthNumber,
    /// A telephone number.
    Phone,
    /// An e-mail address.
    Email,
    /// Where somebody lives.
    Address,
    /// The day of a stay, an examination or a death.
    StayDate,
    /// A number of a device.
    Serial,
    /// A unique identifier of a DICOM object.
    Uid,
    /// Words that scanners print over a picture.
    Overlay,
}

impl Identifier {
    /// Returns what it is in words, with its article.
    pub fn words(self) -> &'static str {
        match self {
            Self::RecordNumber => "a medical record number",
            Self::Accession => "an accession number",
            Self::BirthDate => "a date of birth",
            Self::Age => "an age over 89",
            Self::Name => "a patient's name",
            Self::SocialSecurity => "a social security number",
            Self::HealthNumber => "a number of a health service, an insurance or an identity card",
            Self::Phone => "a private telephone number",
            Self::Email => "a patient's e-mail address",
            Self::Address => "a home address",
            Self::StayDate => "the exact day of a stay, an examination or a death",
            Self::Serial => "the serial number of a device",
            Self::Uid => "the unique identifier of a DICOM object",
            Self::Overlay => "words that a scanner prints over a picture",
        }
    }

    /// Returns what to do about it.
    pub fn help(self) -> &'static str {
        match self {
            Self::Age => "write `in her nineties` or `over 89`",
            Self::StayDate => "write how many days apart, or the year alone",
            Self::BirthDate => "write the age",
            _ => "take it out",
        }
    }
}

/// Something that looks like an identifier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What it looks like.
    pub what: Identifier,
    /// Bytes of the text: label and value.
    pub range: Range<usize>,
    /// Bytes of the text: what identifies.
    pub core: Range<usize>,
}

/// Finds what looks like an identifier, in the order of the text; no two overlap.
pub fn identifiers(text: &str) -> Vec<Finding> {
    find(&Tokens::new(text, false))
}

/// Tells whether the fields of a record may hold an identifier, from their raw YAML: never false
/// where [`identifiers`] finds something in one of them.
pub fn is_suspect(yaml: &str) -> bool {
    // An escaped letter is no letter yet, and a quotation mark between its like is doubled.
    let plain = if yaml.contains("''") { Cow::Owned(yaml.replace("''", "'")) } else { Cow::Borrowed(yaml) };
    yaml.contains('\\') || !find(&Tokens::new(&plain, true)).is_empty()
}

/// A finding in tokens: what, its first token, the first that identifies, and the one after it.
type Found = (Identifier, usize, usize, usize);

fn find(tokens: &Tokens<'_>) -> Vec<Finding> {
    let mut found: Vec<Finding> = Vec::new();
    for at in 0..tokens.len() {
        let Some((what, first, core, end)) = rule(tokens, at) else { continue };
        let finding = Finding { what, range: tokens.range(first, end), core: tokens.range(core, end) };
        if tokens.loose {
            return vec![finding];
        }
        match found.last() {
            Some(last) if last.range.end > finding.range.start => {
                if finding.range.start <= last.range.start && finding.range.end > last.range.end {
                    found.pop();
                    found.push(finding);
                } else if finding.core.start >= last.range.end {
                    // The earlier one took its label alone.
                    found.push(Finding { range: finding.core.start..finding.range.end, ..finding });
                }
            }
            _ => found.push(finding),
        }
    }
    found
}

/// Asks the rules that may begin at a token.
fn rule(tokens: &Tokens<'_>, at: usize) -> Option<Found> {
    let word = tokens.lower(at);
    let found = match tokens.get(at)?.kind {
        Kind::Word => tokens
            .labelled(at, word)
            .or_else(|| tokens.birth(at, word))
            .or_else(|| tokens.age_in_words(at, word))
            .or_else(|| tokens.titled_name(at, word))
            .or_else(|| tokens.named_patient(at, word))
            .or_else(|| tokens.caret_name(at))
            .or_else(|| tokens.name_with_age(at))
            .or_else(|| tokens.sex_and_age(at, word))
            .or_else(|| tokens.phone_after(at, word))
            .or_else(|| tokens.stay_date(at, word))
            .or_else(|| tokens.stay(at)),
        Kind::Number => tokens
            .age_in_figures(at)
            .or_else(|| tokens.social_security(at))
            .or_else(|| tokens.uid(at))
            .or_else(|| tokens.phone(at))
            .or_else(|| tokens.home(at))
            .or_else(|| tokens.stay(at)),
        Kind::Mark => tokens.phone(at).or_else(|| tokens.email(at)),
    }?;
    // The name of a publication in a register is no number of a patient.
    let chunk = tokens.chunk(found.2);
    let is_doi = chunk.find("10.").is_some_and(|start| {
        let rest = chunk[start + 3..].trim_start_matches(|c: char| c.is_ascii_digit());
        rest.starts_with('/') || rest.starts_with('.')
    }) && chunk.contains('/');
    (!is_doi).then_some(found)
}
