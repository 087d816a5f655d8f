//! The small commands: `qr`, `doctor`, `upgrade`, `completions`, `man`, `guide`.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::Args as Group;
use clap_complete::Shell;

use super::address;

/// Draw a QR code for a poster or a slide: of your home page, or of a publication
///
/// Prints the path of the picture. A name that ends in `.svg` gives lines that stay sharp at any
/// size, one in `.png` pixels.
#[derive(Debug, Group)]
#[command(after_help = "\
Examples:
  offprint qr
  offprint qr svs-cohort --out poster.png
  offprint qr --out - > code.svg")]
pub(in crate::cli) struct QrArgs {
    /// The id of a publication, or the name of a page [default: the home page]
    pub(in crate::cli) id: Option<String>,
    /// Where the picture is written; `-` prints it as SVG [default: `qr-<id>.svg` here]
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) out: Option<PathBuf>,
    /// Full address of the home page, in place of `site.url`
    #[arg(long, value_name = "URL", value_parser = address)]
    pub(in crate::cli) base_url: Option<String>,
    /// The site folder [default: the one you are in]
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) site: Option<PathBuf>,
}

/// Look at this computer and this site, and say in words what is wrong
#[derive(Debug, Group)]
#[command(after_help = "\
Example:
  offprint doctor")]
pub(in crate::cli) struct DoctorArgs {
    /// The site folder [default: the one you are in, if any]
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) site: Option<PathBuf>,
    /// As on another day than today, as 2026-07-01
    #[arg(long, value_name = "DATE")]
    pub(in crate::cli) today: Option<NaiveDate>,
    /// Print only what is wrong
    #[arg(long, short)]
    pub(in crate::cli) quiet: bool,
}

/// Move a site to the newest format; your comments and every other byte stay
#[derive(Debug, Group)]
#[command(after_help = "\
Example:
  offprint upgrade")]
pub(in crate::cli) struct UpgradeArgs {
    /// The site folder [default: the one you are in]
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) site: Option<PathBuf>,
    /// Print nothing
    #[arg(long, short)]
    pub(in crate::cli) quiet: bool,
}

/// Print the completions of a shell
#[derive(Debug, Group)]
#[command(after_help = "\
Examples:
  offprint completions bash > ~/.local/share/bash-completion/completions/offprint
  offprint completions zsh > ~/.zfunc/_offprint
  offprint completions fish > ~/.config/fish/completions/offprint.fish")]
pub(in crate::cli) struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    pub(in crate::cli) shell: Shell,
}

/// Print a manual page, or write all of them into a folder
#[derive(Debug, Group)]
#[command(after_help = "\
Examples:
  offprint man | man -l -
  offprint man publish
  offprint man --out ~/.local/share/man/man1")]
pub(in crate::cli) struct ManArgs {
    /// The command that the page is about [default: offprint itself]
    #[arg(conflicts_with = "out")]
    pub(in crate::cli) about: Option<String>,
    /// Write every page into this folder
    #[arg(long, value_name = "FOLDER")]
    pub(in crate::cli) out: Option<PathBuf>,
}

/// Read the guide: the topics, one of them, or all of it in your browser
#[derive(Debug, Group)]
#[command(after_help = "\
Examples:
  offprint guide
  offprint guide publishing
  offprint guide --open")]
pub(in crate::cli) struct GuideArgs {
    /// The topic [default: a list of them]
    pub(in crate::cli) topic: Option<String>,
    /// Show the guide as pages in your browser
    #[arg(long)]
    pub(in crate::cli) open: bool,
}

/// Print the licences of all parts of the program
#[derive(Debug, Group)]
#[command(after_help = "\
Examples:
  offprint licences
  offprint licences --texts > LICENCES.txt")]
pub(in crate::cli) struct LicencesArgs {
    /// Print the whole licence of Offprint and of its fonts as well
    #[arg(long)]
    pub(in crate::cli) texts: bool,
}
