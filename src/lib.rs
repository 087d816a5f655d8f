//! Offprint builds the academic site of a medical resident from plain records.
//!
//! Data flows one way. Each stage is a function from values to values; only the two ends touch
//! the disk.
//!
//! ```text
//! site folder ─read─▶ Sources ─decode─▶ Records ─assemble─▶ Portfolio ─published─▶ PublicPortfolio
//!                        │                 │            │ check (rules)               │ cite (CSL)
//!                        └──────── Diagnostics: file:line:column ◀┘                   ▼
//!                                                                  render pages, feeds, exports
//!                                                                                     ▼
//! output folder ◀─output (changed files only)── Site (ordered map: path → payload)
//! ```
//!
//! | layer | module | what it does |
//! |---|---|---|
//! | 0 | [`diagnostic`] | what is wrong in the user's files, as values |
//! | 1 | [`source`] | reads the site folder |
//! | 2 | [`record`] | what a user may write, one struct for each kind |
//! | 3 | [`portfolio`] | the typed model, and the part of it that is public |
//! | 3 | [`words`] | what is printed in the site's language |
//! | 4 | [`check`] | rules over the model |
//! | 4 | [`privacy`] | what must not leave: identifiers of patients in text and in files |
//! | 4 | [`exchange`] | bibliographic formats |
//! | 5 | [`cite`] | works → references |
//! | 5 | [`status`] | where the owner's work stands, for the owner alone |
//! | 6 | [`document`] | the CV and lists of references, as PDF and for word processors |
//! | 7 | [`render`] | the public portfolio, references and a theme → the finished site |
//! | 8 | [`build`] | the pipeline, the link check, the output folder |
//! | 9 | [`publish`] | a host: what is new, what would be gone, and the site sent there |
//! | 9 | [`serve`] | the preview: the site from memory, new as soon as a file is saved |
//! | 10 | [`cli`] | the commands; the only printing code |
//!
//! A module imports only from a lower layer; modules of one layer never import each other. The
//! clock is read only in [`cli`], so a build depends on nothing but its input: the same files
//! give the same bytes on every machine and day.
//!
//! Two kinds of failure, never mixed: a [`diagnostic::Diagnostic`] is something in the user's
//! files (stages report it and go on, so that one run shows every problem); an
//! [`anyhow::Error`] is something about the machine.
//!
//! What is private is decided in one place: `portfolio::public` makes a
//! [`portfolio::PublicPortfolio`], and pages, feeds and exports accept nothing else.

pub mod build;
pub mod check;
pub mod cite;
pub mod cli;
pub mod diagnostic;
pub mod document;
pub mod exchange;
pub mod portfolio;
pub mod privacy;
pub mod publish;
pub mod record;
pub mod render;
pub mod serve;
pub mod source;
pub mod status;
pub mod words;
