//! Bibliographic formats, both ways.
//!
//! [`read`] takes the bytes of another program's file and gives drafts of records; [`edit`] adds these to the text of
//! a list file, and [`merge`] tells what is new. The writers take public records and give text in BibTeX, RIS, CSL-JSON,
//! nbib and JSON Resume; [`eras`] takes the owner's whole record. [`fields`] says what each format can carry;
//! [`calendar`] writes days for other programs' calendars.

pub mod bibtex;
pub mod calendar;
pub mod csl_json;
pub mod draft;
pub mod edit;
pub mod eras;
#[cfg(test)]
mod example;
pub mod external;
pub mod fields;
pub mod html;
pub mod json_resume;
pub mod lookup;
pub mod merge;
pub mod nbib;
pub mod read;
pub mod ris;
pub mod title;
