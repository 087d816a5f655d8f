//! The owner's own commands: `status`, `evidence`, `dossier`.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args as Group, Subcommand, ValueEnum};

use super::ReportArgs;

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

/// Keep a proof beside its record, or find those that have changed or are missing
#[derive(Debug, Group)]
#[command(after_help = "\
Examples:
  offprint evidence add ~/Downloads/acceptance.pdf --for svs-cohort
  offprint evidence verify")]
pub(in crate::cli) struct EvidenceArgs {
    #[command(subcommand)]
    pub(in crate::cli) command: EvidenceCommand,
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum EvidenceCommand {
    Add(EvidenceAddArgs),
    Verify(EvidenceVerifyArgs),
}

/// Copy a proof into evidence/ and name it in its record
///
/// The original stays where it is, and no file is ever written over. What is in evidence/ is never
/// published. A file that lies there already is not copied, only named.
#[derive(Debug, Group)]
#[command(after_help = "\
Examples:
  offprint evidence add ~/Downloads/acceptance.pdf --for svs-cohort
  offprint evidence add scan.jpg --for trainee-abstract-2025 --called 'award certificate'")]
pub(in crate::cli) struct EvidenceAddArgs {
    /// The proof: a letter, a certificate, a programme, an e-mail saved as `.eml`
    pub(in crate::cli) file: PathBuf,
    /// The id of the record that it proves
    #[arg(long = "for", value_name = "ID")]
    pub(in crate::cli) id: String,
    /// What it is, for its new name [default: its old name]
    #[arg(long, value_name = "WORDS")]
    pub(in crate::cli) called: Option<String>,
    /// The site folder [default: the one you are in]
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) site: Option<PathBuf>,
    /// Keep it as on another day than today, as 2026-07-01
    #[arg(long, value_name = "DATE")]
    pub(in crate::cli) today: Option<NaiveDate>,
    /// Print nothing but the path of the copy
    #[arg(long, short)]
    pub(in crate::cli) quiet: bool,
}

/// Find proofs that have changed or are missing, and files in evidence/ that no record names
#[derive(Debug, Group)]
#[command(after_help = "\
Examples:
  offprint evidence verify
  offprint evidence verify --hash")]
pub(in crate::cli) struct EvidenceVerifyArgs {
    /// Keep the hash of every proof that has none yet
    #[arg(long)]
    pub(in crate::cli) hash: bool,
    /// Let warnings fail the run as well
    #[arg(long)]
    pub(in crate::cli) strict: bool,
    /// The site folder [default: the one you are in]
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) site: Option<PathBuf>,
    /// As on another day than today, as 2026-07-01
    #[arg(long, value_name = "DATE")]
    pub(in crate::cli) today: Option<NaiveDate>,
    #[command(flatten)]
    pub(in crate::cli) report: ReportArgs,
}

/// Bind what proves your record, by criterion: an index, covers, the files in order
///
/// For you and those who petition for you; it is refused a place that is published. Says which
/// criteria have a record and which have none, never what that is worth in law. Without `--out`,
/// prints what it would hold.
#[derive(Debug, Group)]
#[command(after_help = "\
Examples:
  offprint dossier --criteria o1a
  offprint dossier --criteria o1a --out ../dossier.pdf
  offprint dossier --criteria promotion --out ../dossier")]
pub(in crate::cli) struct DossierArgs {
    /// By what it is ordered
    #[arg(long, value_enum, value_name = "SET")]
    pub(in crate::cli) criteria: CriteriaArg,
    /// A file that ends in `.pdf`, or a folder for a file of each exhibit
    #[arg(long, value_name = "FOLDER|FILE.pdf")]
    pub(in crate::cli) out: Option<PathBuf>,
    /// Write over a file that is no dossier
    #[arg(long)]
    pub(in crate::cli) force: bool,
    /// The site folder [default: the one you are in]
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) site: Option<PathBuf>,
    /// As on another day than today, as 2026-07-01
    #[arg(long, value_name = "DATE")]
    pub(in crate::cli) today: Option<NaiveDate>,
    #[command(flatten)]
    pub(in crate::cli) report: ReportArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum CriteriaArg {
    /// The eight criteria of 8 CFR 214.2(o)(3)(iii)(B)
    O1a,
    /// The ten criteria of 8 CFR 204.5(h)(3)
    Eb1a,
    /// The kinds of record, for a promotion
    Promotion,
}
