//! What may be written on the command line.

mod cv;
mod exchange;
mod plan;
mod publish;
mod share;
mod tools;

pub(super) use cv::{CvArgs, PaperArg, TemplateArg};
pub(super) use exchange::*;
pub(super) use plan::{
    CriteriaArg, DossierArgs, EvidenceAddArgs, EvidenceArgs, EvidenceCommand, EvidenceVerifyArgs, StatusArgs,
    StatusFormat,
};
pub(super) use publish::PublishArgs;
pub(super) use share::{ShareArgs, ShareCommand, ShareCommonArgs, ShareListArgs, ShareNewArgs, ShareRevokeArgs};
pub(super) use tools::{CompletionsArgs, DoctorArgs, GuideArgs, LicencesArgs, ManArgs, QrArgs, UpgradeArgs};

use std::path::PathBuf;
use std::sync::LazyLock;

use chrono::NaiveDate;
use clap::{Args as Group, Parser, Subcommand, ValueEnum};

/// Builds the academic site of a medical resident from plain records.
///
/// Write what you did in `records/*.yaml` and what you want to say in `pages/*.md`; Offprint
/// makes of it a private-by-default, fast site with correct citations.
#[derive(Debug, Parser)]
#[command(name = "offprint", version = version(), arg_required_else_help = true, after_help = EXAMPLE)]
pub(super) struct Args {
    #[command(subcommand)]
    pub(super) command: Command,
}

const EXAMPLE: &str = "\
Example:
  offprint new my-site
  offprint build my-site

Exit codes: 0 clean, 1 problems in the site, 2 the run failed or was called wrongly.";

/// Returns the version, with the commit where it was set at compile time.
fn version() -> &'static str {
    static VERSION: LazyLock<String> = LazyLock::new(|| {
        let version = env!("CARGO_PKG_VERSION");
        option_env!("OFFPRINT_COMMIT").map_or_else(|| version.to_owned(), |commit| format!("{version} ({commit})"))
    });
    &VERSION
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    New(NewArgs),
    Build(BuildArgs),
    Check(CheckArgs),
    Serve(ServeArgs),
    Cite(CiteArgs),
    Add(AddArgs),
    Import(ImportArgs),
    Export(ExportArgs),
    Cv(CvArgs),
    Schema(SchemaArgs),
    Theme(ThemeArgs),
    Status(StatusArgs),
    Evidence(EvidenceArgs),
    Dossier(DossierArgs),
    Share(ShareArgs),
    Publish(PublishArgs),
    Qr(QrArgs),
    Guide(GuideArgs),
    Doctor(DoctorArgs),
    Upgrade(UpgradeArgs),
    Completions(CompletionsArgs),
    Man(ManArgs),
    Licences(LicencesArgs),
}

/// How problems are printed.
#[derive(Debug, Clone, Group)]
pub(super) struct ReportArgs {
    /// How problems are printed: for people on stderr, for programs on stdout
    #[arg(long, value_enum, default_value_t = Format::Text, value_name = "FORMAT")]
    pub(super) format: Format,
    /// Print nothing but problems
    #[arg(long, short)]
    pub(super) quiet: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// With the line at fault and a caret
    Text,
    /// One JSON document
    Json,
    /// Annotations of a GitHub workflow
    Github,
}

/// What a build depends on.
#[derive(Debug, Clone, Group)]
pub(super) struct SiteArgs {
    /// The site folder [default: the one you are in]
    pub(super) dir: Option<PathBuf>,
    /// Show drafts (`visibility: private` pages) as well
    #[arg(long)]
    pub(super) drafts: bool,
    /// Build for another day than today, as 2026-07-01
    #[arg(long, value_name = "DATE")]
    pub(super) today: Option<NaiveDate>,
    /// Full address of the home page, in place of `site.url`
    #[arg(long, value_name = "URL", value_parser = address)]
    pub(super) base_url: Option<String>,
}

fn address(text: &str) -> Result<String, String> {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    match rest.and_then(|rest| rest.split('/').next()) {
        Some(host) if !host.is_empty() && !text.contains([' ', '"', '<', '>', '?', '#']) => Ok(text.to_owned()),
        _ => Err("write a full address, as https://rao.example/".to_owned()),
    }
}

/// Start a new site in a folder of its own
///
/// Asks five questions, then writes a site that builds as it is and whose files explain
/// themselves. What is asked may be given as options instead.
#[derive(Debug, Group)]
#[command(after_help = "\
Examples:
  offprint new my-site
  offprint new my-site --yes --name 'Priya Rao' --specialty 'Diagnostic radiology'
  offprint new example --example")]
pub(super) struct NewArgs {
    /// The folder to make; it must not hold any file
    pub(super) dir: PathBuf,
    /// Write the full example: an invented resident with every kind of record
    #[arg(long, conflicts_with_all = ["name", "specialty", "institution", "started", "orcid", "email"])]
    pub(super) example: bool,
    /// Ask nothing; what is not given stays open
    #[arg(long, short)]
    pub(super) yes: bool,
    /// Your name, as it stands on your papers
    #[arg(long)]
    pub(super) name: Option<String>,
    /// Your specialty
    #[arg(long)]
    pub(super) specialty: Option<String>,
    /// Your hospital or university
    #[arg(long)]
    pub(super) institution: Option<String>,
    /// When your residency started, as 2024-07
    #[arg(long, value_name = "DATE")]
    pub(super) started: Option<String>,
    /// Your ORCID iD
    #[arg(long)]
    pub(super) orcid: Option<String>,
    /// Your e-mail address; it is shown only if you say so in site.yaml
    #[arg(long)]
    pub(super) email: Option<String>,
    /// Print nothing
    #[arg(long, short)]
    pub(super) quiet: bool,
}

/// Build the site: records and pages in, finished web pages out
///
/// Writes only what changed, and nothing at all while there is an error.
#[derive(Debug, Group)]
#[command(after_help = "\
Examples:
  offprint build my-site
  offprint build my-site --out /tmp/preview --drafts
  offprint build my-site --base-url https://rao.example/")]
pub(super) struct BuildArgs {
    #[command(flatten)]
    pub(super) site: SiteArgs,
    /// Where the site is written [default: `public` in the site folder]
    #[arg(long, value_name = "FOLDER")]
    pub(super) out: Option<PathBuf>,
    #[command(flatten)]
    pub(super) report: ReportArgs,
}

/// Name every problem of the site, and write nothing
#[derive(Debug, Group)]
#[command(after_help = "\
Examples:
  offprint check my-site
  offprint check my-site --fix
  offprint check my-site --clean
  offprint check my-site --external
  offprint check --explain OP204")]
pub(super) struct CheckArgs {
    #[command(flatten)]
    pub(super) site: SiteArgs,
    /// Let warnings fail the run as well
    #[arg(long)]
    pub(super) strict: bool,
    /// Make the safe corrections in your files, then check again
    #[arg(long)]
    pub(super) fix: bool,
    /// Write copies of PDFs without what they hold beside their pages, into the folder `cleaned`
    #[arg(long)]
    pub(super) clean: bool,
    /// Ask Crossref, PubMed and the hosts of your links as well; answers are kept for a week
    #[arg(long)]
    pub(super) external: bool,
    /// Explain a code, as OP204, and check nothing
    #[arg(long, value_name = "CODE", conflicts_with_all = ["fix", "strict", "clean"])]
    pub(super) explain: Option<String>,
    #[command(flatten)]
    pub(super) report: ReportArgs,
}

/// Preview the site in your browser: save a file, and the page is already new
///
/// Answers on this computer only and writes nothing. A page for you alone is at /_offprint/.
#[derive(Debug, Group)]
#[command(after_help = "\
Examples:
  offprint serve my-site
  offprint serve my-site --open --drafts
  offprint serve my-site --port 8000")]
pub(super) struct ServeArgs {
    #[command(flatten)]
    pub(super) site: SiteArgs,
    /// The port to answer on; the next free one when it is taken, any free one for 0
    #[arg(long, default_value_t = 4321, value_name = "NUMBER")]
    pub(super) port: u16,
    /// Open the site in your browser
    #[arg(long)]
    pub(super) open: bool,
    /// Look at the files again and again, for network drives that tell of no change
    #[arg(long)]
    pub(super) poll: bool,
    #[command(flatten)]
    pub(super) report: ReportArgs,
}

/// Print references in a citation style, for pasting and for scripts
///
/// One a line, in the order asked; without ids, all public works in the site's order. A work that
/// is not public yet is printed when it is asked for by its id.
#[derive(Debug, Group)]
#[command(after_help = "\
Examples:
  offprint cite
  offprint cite svs-cohort --style vancouver
  offprint cite --format html > references.html")]
pub(super) struct CiteArgs {
    /// Ids of publications [default: all that are public]
    pub(super) ids: Vec<String>,
    /// A citation style, as apa, or a path to a `.csl` file [default: the site's]
    #[arg(long, value_name = "STYLE")]
    pub(super) style: Option<String>,
    /// The form of the references
    #[arg(long, value_enum, default_value_t = CiteFormat::Text, value_name = "FORMAT")]
    pub(super) format: CiteFormat,
    /// The site folder [default: the one you are in]
    #[arg(long, value_name = "DIR")]
    pub(super) site: Option<PathBuf>,
    /// Cite as on another day than today, as 2026-07-01
    #[arg(long, value_name = "DATE")]
    pub(super) today: Option<NaiveDate>,
    /// Print nothing but references and problems
    #[arg(long, short)]
    pub(super) quiet: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum CiteFormat {
    /// Plain text
    Text,
    /// With links, and your name in bold
    Html,
    /// A list of id, text and html
    Json,
}

/// List the themes, copy a file of one to change it, or check what you changed
#[derive(Debug, Group)]
#[command(after_help = "\
Examples:
  offprint theme list
  offprint theme eject templates/page.html
  offprint theme check")]
pub(super) struct ThemeArgs {
    #[command(subcommand)]
    pub(super) command: ThemeCommand,
}

#[derive(Debug, Subcommand)]
pub(super) enum ThemeCommand {
    List(ThemeListArgs),
    Eject(ThemeEjectArgs),
    Check(ThemeCheckArgs),
}

/// List the themes that a site may name, and their options
#[derive(Debug, Group)]
#[command(after_help = "\
Example:
  offprint theme list")]
pub(super) struct ThemeListArgs {
    /// The site folder [default: the one you are in, if any]
    #[arg(long, value_name = "DIR")]
    pub(super) site: Option<PathBuf>,
}

/// Copy a file of the site's theme to `overrides/`, where yours is used in its place
///
/// Without a file, lists those that may be copied. The site stays as it is until you change the copy.
#[derive(Debug, Group)]
#[command(after_help = "\
Examples:
  offprint theme eject
  offprint theme eject templates/page.html
  offprint theme eject strings/en.yaml")]
pub(super) struct ThemeEjectArgs {
    /// The file, by its path in the theme
    pub(super) file: Option<String>,
    /// The site folder [default: the one you are in]
    #[arg(long, value_name = "DIR")]
    pub(super) site: Option<PathBuf>,
    /// Print nothing but the path of the copy
    #[arg(long, short)]
    pub(super) quiet: bool,
}

/// Name every fault of your own theme files, and the copies whose original has changed since
#[derive(Debug, Group)]
#[command(after_help = "\
Examples:
  offprint theme check
  offprint theme check --strict")]
pub(super) struct ThemeCheckArgs {
    /// The site folder [default: the one you are in]
    #[arg(long, value_name = "DIR")]
    pub(super) site: Option<PathBuf>,
    /// Check for another day than today, as 2026-07-01
    #[arg(long, value_name = "DATE")]
    pub(super) today: Option<NaiveDate>,
    /// Let warnings fail the run as well
    #[arg(long)]
    pub(super) strict: bool,
    #[command(flatten)]
    pub(super) report: ReportArgs,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_well_formed() {
        super::Args::command().debug_assert();
    }
}
