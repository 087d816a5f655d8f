//! Arguments of the commands that take records in and give them out.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::Args as Group;

/// Take in records from other programs: PubMed, ORCID, BibTeX, RIS, an old site …
///
/// The format is told by the content. What is there already is not added again; newer facts are shown, and taken with
/// `--update`. What is not sure is marked with a comment in your file.
#[derive(Debug, Group)]
#[command(after_help = "\
Formats: PubMed nbib and XML, RIS, BibTeX, CSL-JSON, ORCID, Crossref, DataCite, OpenAlex, Google Scholar CSV,
JSON Resume, RenderCV, and the folders of HugoBlox and academicpages sites

Examples:
  offprint import pubmed-set.nbib
  offprint import zotero.bib old-site/ --dry-run
  offprint import references.ris --update
  pbpaste | offprint import -")]
pub(in crate::cli) struct ImportArgs {
    /// Files and folders; `-` is what is piped in
    #[arg(required = true, value_name = "FILE|FOLDER")]
    pub(in crate::cli) files: Vec<PathBuf>,
    /// Show what would be written, and write nothing
    #[arg(long)]
    pub(in crate::cli) dry_run: bool,
    /// Take over newer facts (status, dates, volume, pages, numbers) of records that are there
    #[arg(long)]
    pub(in crate::cli) update: bool,
    /// The site folder [default: the one you are in]
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) site: Option<PathBuf>,
    /// Import as on another day than today, as 2026-07-01
    #[arg(long, value_name = "DATE")]
    pub(in crate::cli) today: Option<NaiveDate>,
    /// Print nothing but problems
    #[arg(long, short)]
    pub(in crate::cli) quiet: bool,
}
