//! `offprint share`.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args as Group, Subcommand};

/// Unlisted pages for one reader: make one, list them, take one back
#[derive(Debug, Group)]
#[command(after_help = "\
Examples:
  offprint share new --for 'MSK fellowship' --show submitted,under-review --expires 2027-03-31
  offprint share list
  offprint share revoke msk-fellowship")]
pub(in crate::cli) struct ShareArgs {
    #[command(subcommand)]
    pub(in crate::cli) command: ShareCommand,
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum ShareCommand {
    New(ShareNewArgs),
    List(ShareListArgs),
    Revoke(ShareRevokeArgs),
}

/// Make a page for one reader, with an address that cannot be guessed
///
/// Writes its entry into site.yaml, where you can change it, and its secret into private/shares.yaml.
/// The page is on the web after your next `offprint publish`. With the id of an entry that is there
/// already, or the name of a page with `visibility: link`, only the secret is made.
#[derive(Debug, Group)]
#[command(after_help = "\
Examples:
  offprint share new --for 'MSK fellowship'
  offprint share new --for 'MSK fellowship' --show submitted --referee morel --expires 2027-03-31
  offprint share new neuro-fellowship")]
pub(in crate::cli) struct ShareNewArgs {
    /// Its id, the first part of its address [default: made from `--for`]
    pub(in crate::cli) id: Option<String>,
    /// For whom it is, as they read it at its head
    #[arg(long = "for", value_name = "WORDS")]
    pub(in crate::cli) reader: Option<String>,
    /// A note to the reader, in Markdown
    #[arg(long, value_name = "TEXT")]
    pub(in crate::cli) note: Option<String>,
    /// Unpublished statuses that it shows, as submitted,under-review
    #[arg(long, value_name = "STATUS", value_delimiter = ',')]
    pub(in crate::cli) show: Vec<String>,
    /// Who writes letters, by ids of records/people.yaml
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    pub(in crate::cli) referee: Vec<String>,
    /// The variant of the CV that goes with it, by its id under `cvs:`
    #[arg(long, value_name = "ID")]
    pub(in crate::cli) cv: Option<String>,
    /// Its last day, as 2027-03-31; the next build after it leaves the page out
    #[arg(long, value_name = "DATE")]
    pub(in crate::cli) expires: Option<NaiveDate>,
    #[command(flatten)]
    pub(in crate::cli) common: ShareCommonArgs,
}

/// List the unlisted pages, their addresses, and what they show beyond the public
#[derive(Debug, Group)]
#[command(after_help = "\
Example:
  offprint share list")]
pub(in crate::cli) struct ShareListArgs {
    #[command(flatten)]
    pub(in crate::cli) common: ShareCommonArgs,
}

/// Take a page for one reader back: its entry and its secret are removed
///
/// The next build no longer has it, and the next `offprint publish` takes it from the web. The
/// secret of a page with `visibility: link` is removed as well, so that it gets a new address.
#[derive(Debug, Group)]
#[command(after_help = "\
Example:
  offprint share revoke msk-fellowship")]
pub(in crate::cli) struct ShareRevokeArgs {
    /// Its id, as `share list` prints it
    pub(in crate::cli) id: String,
    #[command(flatten)]
    pub(in crate::cli) common: ShareCommonArgs,
}

#[derive(Debug, Clone, Group)]
pub(in crate::cli) struct ShareCommonArgs {
    /// The site folder [default: the one you are in]
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) site: Option<PathBuf>,
    /// As on another day than today, as 2026-07-01
    #[arg(long, value_name = "DATE")]
    pub(in crate::cli) today: Option<NaiveDate>,
    /// Print nothing but results and problems
    #[arg(long, short)]
    pub(in crate::cli) quiet: bool,
}
