//! Prints problems in the form asked for.

use std::path::Path;

use super::args::{Format, ReportArgs};
use super::streams::Streams;
use crate::diagnostic::{Diagnostics, Severity, render};
use crate::source::Sources;

/// Prints the problems and, for people, how many there are.
pub(super) fn diagnostics(
    streams: &mut Streams,
    args: &ReportArgs,
    sources: &Sources,
    diagnostics: Diagnostics,
) -> anyhow::Result<()> {
    if diagnostics.is_empty() && (args.quiet || args.format != Format::Json) {
        return Ok(());
    }
    let mut sorted = diagnostics.sorted();
    match args.format {
        Format::Json => streams.result(&render::json(&sorted))?,
        Format::Github => {
            let folder = within_repository(&sources.root);
            for diagnostic in &mut sorted {
                diagnostic.file.insert_str(0, &folder);
            }
            streams.result(&render::github(&sorted))?;
        }
        Format::Text => {
            // The stream takes the colour out again where nobody sees it.
            streams.message(&render::human(&sorted, &|path| sources.texts.get(path).cloned(), true))?;
            let of = |severity| sorted.iter().filter(|diagnostic| diagnostic.severity() == severity).count();
            if !args.quiet {
                streams.message(&format!("\n{}", summary(of(Severity::Error), of(Severity::Warning))))?;
            }
        }
    }
    Ok(())
}

fn summary(errors: usize, warnings: usize) -> String {
    let parts = [(errors, "error", "errors"), (warnings, "warning", "warnings")];
    let parts =
        parts.into_iter().filter(|(number, ..)| *number > 0).map(|(number, one, many)| count(number, one, many));
    parts.collect::<Vec<_>>().join(", ")
}

/// Returns a number with its noun.
pub(super) fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// Returns the site folder as a prefix of paths within the repository that holds it, since
/// annotations are placed by such paths.
fn within_repository(root: &Path) -> String {
    let Ok(root) = std::fs::canonicalize(root) else { return String::new() };
    let repository = root.ancestors().find(|folder| folder.join(".git").exists());
    let inside = repository.and_then(|folder| root.strip_prefix(folder).ok());
    let names =
        inside.into_iter().flat_map(Path::components).map(|part| part.as_os_str().to_string_lossy().into_owned());
    names.map(|name| name + "/").collect()
}
