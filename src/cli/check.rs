//! `offprint check`.

use std::io::IsTerminal;

use super::args::{CheckArgs, Format};
use super::build::options;
use super::streams::Streams;
use super::{Outcome, clean, explain, files, fix, intake, report, share, site_folder};
use crate::build::{Built, build};
use crate::diagnostic::Severity;
use crate::exchange;
use crate::portfolio::Repository;
use crate::publish::tracked;

/// Rounds of correction: one correction may show the next (a field's name, then its value).
const ROUNDS: usize = 5;

/// Names every problem; with `--fix`, what is left after the corrections.
pub(super) fn run(args: &CheckArgs, streams: &mut Streams) -> anyhow::Result<Outcome> {
    if let Some(code) = &args.explain {
        return explain::run(code, streams);
    }
    let root = site_folder::find(args.site.dir.as_deref())?;
    let options = options(&args.site);
    let check = || -> anyhow::Result<Built> {
        let mut built = build(&root, &options)?;
        if let Some(portfolio) = &built.portfolio {
            // Whether a repository is private cannot be asked: nothing here reaches the network.
            let never = |_: &Repository| false;
            tracked::check(&mut built.diagnostics, &built.sources, portfolio, tracked::Scope::Own, never);
        }
        Ok(built)
    };
    let _held = args.fix.then(|| files::hold(&root)).transpose()?;
    let mut built = check()?;
    if args.fix {
        for _ in 0..ROUNDS {
            let corrections = fix::apply(&root, &built.sources, built.diagnostics.iter())?;
            if corrections.is_empty() {
                break;
            }
            if !args.report.quiet {
                streams.message(&corrections.join("\n"))?;
            }
            built = check()?;
        }
    }
    if args.clean {
        let made = clean::copies(&root, &built.sources, &mut built.diagnostics)?;
        if !args.report.quiet {
            made.iter().try_for_each(|line| streams.message(line))?;
        }
    }
    if args.external {
        external(args, &mut built, streams)?;
    }
    let errors = built.diagnostics.count(Severity::Error);
    let warnings = built.diagnostics.count(Severity::Warning);
    report::diagnostics(streams, &args.report, &built.sources, built.diagnostics)?;
    if let Some(portfolio) =
        built.portfolio.filter(|_| errors == 0 && args.report.format == Format::Text && !args.report.quiet)
    {
        share::beyond_lines(&portfolio).iter().try_for_each(|line| streams.message(line))?;
    }
    if errors + warnings == 0 && !args.report.quiet {
        streams.message("No problems found")?;
    }
    Ok(if errors > 0 || (args.strict && warnings > 0) { Outcome::Problems } else { Outcome::Clean })
}

/// Asks the services; how far that has come is told on a terminal only.
fn external(args: &CheckArgs, built: &mut Built, streams: &mut Streams) -> anyhow::Result<()> {
    let Some(portfolio) = &built.portfolio else { return Ok(()) };
    let shows = !args.report.quiet && std::io::stderr().is_terminal();
    let mut told = |line: &str| {
        if shows {
            // Progress that cannot be shown is no fault.
            let _ = streams.progress(line);
        }
    };
    let lookup = intake::lookup();
    let checked = exchange::external::check(&mut built.diagnostics, &built.sources, portfolio, &lookup, &mut told);
    told("");
    checked
}
