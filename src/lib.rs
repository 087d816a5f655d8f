//! Offprint builds the academic site of a medical resident from plain records.

pub mod build;
pub mod check;
pub mod cite;
pub mod cli;
pub mod diagnostic;
pub mod exchange;
pub mod portfolio;
pub mod record;
pub mod render;
pub mod serve;
pub mod source;
