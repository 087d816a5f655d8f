//! Bibliographic formats, both ways.
//!
//! [`read`] takes the bytes of another program's file and gives drafts of records. The writers take public records
//! and give text in BibTeX, RIS, CSL-JSON.

pub mod bibtex;
pub mod csl_json;
pub mod draft;
#[cfg(test)]
mod example;
pub mod html;
pub mod read;
pub mod ris;
pub mod title;
