//! Arguments of `offprint cv`.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args as Group, ValueEnum};

use super::ReportArgs;

/// Write your CV as an accessible PDF, or for a word processor
///
/// The whole CV, or the variant of that name under `cvs:` in site.yaml. The file is named after you and the month,
/// `Rao-CV-2026-11.pdf`, and its path is printed.
#[derive(Debug, Group)]
#[command(after_help = "\
Examples:
  offprint cv
  offprint cv fellowship
  offprint cv --template one-page --paper a4
  offprint cv --for neuro-fellowship --docx")]
pub(in crate::cli) struct CvArgs {
    /// The id of a variant under `cvs:` in site.yaml [default: the whole CV]
    pub(in crate::cli) id: Option<String>,
    /// The template, in place of the variant's
    #[arg(long, value_enum)]
    pub(in crate::cli) template: Option<TemplateArg>,
    /// The paper, in place of the variant's [default: the usual one of the site's language]
    #[arg(long, value_enum)]
    pub(in crate::cli) paper: Option<PaperArg>,
    /// Add what a share page may show, by the page's id
    #[arg(long = "for", value_name = "SHARE_PAGE")]
    pub(in crate::cli) share: Option<String>,
    /// Write a file for Word and other word processors instead
    #[arg(long)]
    pub(in crate::cli) docx: bool,
    /// The file or folder it is written to; `-` for stdout [default: the folder you are in]
    #[arg(long, value_name = "FILE|FOLDER")]
    pub(in crate::cli) out: Option<PathBuf>,
    /// Write over a file that is no CV of Offprint's
    #[arg(long)]
    pub(in crate::cli) force: bool,
    /// The site folder [default: the one you are in]
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) site: Option<PathBuf>,
    /// Issue it on another day than today, as 2026-07-01
    #[arg(long, value_name = "DATE")]
    pub(in crate::cli) today: Option<NaiveDate>,
    #[command(flatten)]
    pub(in crate::cli) report: ReportArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum TemplateArg {
    /// Everything
    Academic,
    /// Two pages, selected works first
    Fellowship,
    /// One page
    OnePage,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum PaperArg {
    /// 8.5 by 11 inches
    Letter,
    /// 210 by 297 millimetres
    A4,
}
