//! `offprint publish`.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::Args as Group;

use super::{ReportArgs, address};

/// Put the site on the web, from a fresh build that is checked first
///
/// Where it goes stands in site.yaml under `publish:` (`to: github-pages`, folder, zip, netlify,
/// cloudflare-pages, s3, sftp or rsync). Says what is new on the public web and which addresses
/// would be gone, asks once, and sends the built pages and nothing else. Tokens and keys come from
/// the environment. `offprint guide publishing` shows every host.
#[derive(Debug, Group)]
#[command(after_help = "\
Examples:
  offprint publish --dry-run
  offprint publish
  offprint publish --yes --verify")]
pub(in crate::cli) struct PublishArgs {
    /// Say what would be sent, and send nothing
    #[arg(long)]
    pub(in crate::cli) dry_run: bool,
    /// Ask nothing
    #[arg(long, short)]
    pub(in crate::cli) yes: bool,
    /// Fetch the published pages afterwards and compare them
    #[arg(long)]
    pub(in crate::cli) verify: bool,
    /// Send unlisted pages into a public repository as well, where they can be listed
    #[arg(long)]
    pub(in crate::cli) with_share: bool,
    /// Let warnings stop it as well
    #[arg(long)]
    pub(in crate::cli) strict: bool,
    /// Full address of the home page, in place of `site.url`
    #[arg(long, value_name = "URL", value_parser = address)]
    pub(in crate::cli) base_url: Option<String>,
    /// The site folder [default: the one you are in]
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) site: Option<PathBuf>,
    /// Build for another day than today, as 2026-07-01
    #[arg(long, value_name = "DATE")]
    pub(in crate::cli) today: Option<NaiveDate>,
    #[command(flatten)]
    pub(in crate::cli) report: ReportArgs,
}
