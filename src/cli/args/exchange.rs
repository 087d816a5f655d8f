//! Arguments of the commands that take records in and give them out.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args as Group, ValueEnum};

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
  pbpaste | offprint import -
  offprint import --orcid 0000-0002-1825-0097
  offprint import --pubmed 'Rao P[Author]' --take")]
pub(in crate::cli) struct ImportArgs {
    /// Files and folders; `-` is what is piped in
    #[arg(required_unless_present_any = ["orcid", "pubmed"], value_name = "FILE|FOLDER")]
    pub(in crate::cli) files: Vec<PathBuf>,
    /// Show what is new in a public ORCID record; `--take` writes it
    #[arg(long, value_name = "ID", conflicts_with_all = ["files", "pubmed"])]
    pub(in crate::cli) orcid: Option<String>,
    /// Show what is new in PubMed for a query, as 'Rao P[Author]'; `--take` writes it
    #[arg(long, value_name = "QUERY", conflicts_with = "files")]
    pub(in crate::cli) pubmed: Option<String>,
    /// Write the new records that --orcid or --pubmed found
    #[arg(long, conflicts_with = "files")]
    pub(in crate::cli) take: bool,
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

/// Give records out: for reference managers, the application form, a word processor
///
/// Only what is public; `eras` is for you alone and holds submitted work, too.
#[derive(Debug, Group)]
#[command(after_help = "\
Examples:
  offprint export bibtex > publications.bib
  offprint export docx --out cv.docx
  offprint export markdown --references --since 2024
  offprint export eras --csv --out eras.csv")]
pub(in crate::cli) struct ExportArgs {
    /// The format
    #[arg(value_enum)]
    pub(in crate::cli) format: ExportTo,
    /// Only publications and talks of this type, as journal-article; may be repeated
    #[arg(long, value_name = "TYPE")]
    pub(in crate::cli) r#type: Vec<String>,
    /// Only works of this line of research; may be repeated
    #[arg(long, value_name = "ID")]
    pub(in crate::cli) thread: Vec<String>,
    /// Only works of this day or later, as 2024 or 2024-07
    #[arg(long, value_name = "DATE")]
    pub(in crate::cli) since: Option<String>,
    /// Only selected works (`featured: 1` to `3`)
    #[arg(long)]
    pub(in crate::cli) featured: bool,
    /// Write the references alone, not the whole CV (markdown, docx)
    #[arg(long)]
    pub(in crate::cli) references: bool,
    /// Write a table (eras)
    #[arg(long)]
    pub(in crate::cli) csv: bool,
    /// Where to write [default: stdout]
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) out: Option<PathBuf>,
    /// Write over a file that is there
    #[arg(long)]
    pub(in crate::cli) force: bool,
    /// The site folder [default: the one you are in]
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) site: Option<PathBuf>,
    /// Export as on another day than today, as 2026-07-01
    #[arg(long, value_name = "DATE")]
    pub(in crate::cli) today: Option<NaiveDate>,
    /// Print nothing but the result
    #[arg(long, short)]
    pub(in crate::cli) quiet: bool,
}

/// What `export` writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ExportTo {
    /// BibTeX, for LaTeX and reference managers
    Bibtex,
    /// RIS, for EndNote, Zotero and Mendeley
    Ris,
    /// CSL-JSON, for citation tools
    CslJson,
    /// PubMed's text format
    Nbib,
    /// JSON Resume
    JsonResume,
    /// The ERAS application, field by field: private, with submitted work
    Eras,
    /// Markdown: the CV, or the references
    Markdown,
    /// Word: the CV with real headings, or the references
    Docx,
}

/// Add one record: looked up by its number, or asked for in the terminal
///
/// Numbers are looked up at Crossref, DataCite, PubMed, arXiv and Open Library; nothing but the number is sent.
#[derive(Debug, Group)]
#[command(after_help = "\
Examples:
  offprint add 10.1148/radiol.252210
  offprint add 'PMID: 38123456' --dry-run
  offprint add 978-0-306-40615-7
  offprint add")]
pub(in crate::cli) struct AddArgs {
    /// A DOI, PMID, PMCID, arXiv number or ISBN, as you copied it [default: questions]
    pub(in crate::cli) number: Option<String>,
    /// Show the record and its citation, and write nothing
    #[arg(long)]
    pub(in crate::cli) dry_run: bool,
    /// Take over newer facts if the record is there already
    #[arg(long)]
    pub(in crate::cli) update: bool,
    /// The site folder [default: the one you are in]
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) site: Option<PathBuf>,
    /// Cite as on another day than today, as 2026-07-01
    #[arg(long, value_name = "DATE")]
    pub(in crate::cli) today: Option<NaiveDate>,
    /// Print nothing but problems
    #[arg(long, short)]
    pub(in crate::cli) quiet: bool,
}

/// Print the JSON Schema of your files, for editors
///
/// Without a name, a map of all, by file.
#[derive(Debug, Group)]
#[command(after_help = "\
Examples:
  offprint schema publications > publications.schema.json
  offprint schema site")]
pub(in crate::cli) struct SchemaArgs {
    /// A file without its ending, as site or publications
    pub(in crate::cli) name: Option<String>,
}
