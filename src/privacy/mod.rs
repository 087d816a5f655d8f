//! What must not leave the computer.
//!
//! Takes the site's files and its model; gives diagnostics.

pub mod text;
