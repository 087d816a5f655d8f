//! The owner's own commands: `status`, `evidence`, `dossier`.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args as Group, ValueEnum};

/// Say where your work stands: what stalls, what is due, what you have reached
///
/// For you alone: nothing of it is ever part of the site. The preview shows the same at /_offprint/.
#[derive(Debug, Group)]
#[command(after_help = "\
Examples:
  offprint status
  offprint status --ics plan.ics
  offprint status --mentor Haddad
  offprint status --format json")]
pub(in crate::cli) struct StatusArgs {
    /// Write what is due as a calendar for your telephone, to a file or, without one, to stdout
    #[arg(long, value_name = "FILE", num_args = 0..=1, default_missing_value = "-", conflicts_with_all = ["mentor", "format"])]
    pub(in crate::cli) ics: Option<PathBuf>,
    /// Write a check-in e-mail to this mentor, ready to be pasted
    #[arg(long, value_name = "NAME", conflicts_with = "format")]
    pub(in crate::cli) mentor: Option<String>,
    /// List the usual deadlines of all meetings that Offprint knows, not only of yours
    #[arg(long)]
    pub(in crate::cli) meetings: bool,
    /// The form of the status
    #[arg(long, value_enum, default_value_t = StatusFormat::Text, value_name = "FORMAT")]
    pub(in crate::cli) format: StatusFormat,
    /// The site folder [default: the one you are in]
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) site: Option<PathBuf>,
    /// As on another day than today, as 2026-07-01
    #[arg(long, value_name = "DATE")]
    pub(in crate::cli) today: Option<NaiveDate>,
    /// Print nothing but the status
    #[arg(long, short)]
    pub(in crate::cli) quiet: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum StatusFormat {
    /// Lines of eighty columns
    Text,
    /// One JSON document
    Json,
}
