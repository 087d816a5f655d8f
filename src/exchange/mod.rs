//! Bibliographic formats, one file each.
//!
//! Takes public records; gives text in BibTeX, RIS, CSL-JSON.

pub mod bibtex;
pub mod csl_json;
#[cfg(test)]
mod example;
pub mod html;
pub mod ris;
pub mod title;
