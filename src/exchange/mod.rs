//! Bibliographic formats, one file each.
//!
//! Takes public records; gives text in BibTeX, RIS, CSL-JSON.

pub mod csl_json;
pub mod title;
