//! `offprint licences`.
//!
//! The list of crates is a file of the project, so that nothing has to run while it is compiled; a test holds it to
//! what the program is built from.

use std::fmt::Write as _;

use super::Outcome;
use super::args::LicencesArgs;
use super::streams::Streams;

/// Name, version, SPDX expression and home of every crate in the program, on any system it is built for.
const CRATES: &str = include_str!("crates.tsv");
const OWN: &str = include_str!("../../../LICENSE");
const FONTS: [(&str, &str); 2] = [
    ("Source Serif 4, in parts, under the name Offprint", include_str!("../../document/fonts/OFL-SourceSerif4.txt")),
    ("Noto Naskh Arabic, in parts", include_str!("../../document/fonts/OFL-NotoNaskhArabic.txt")),
];

/// Prints under which licence each part of the program stands; with `--texts` those texts that go with a site too.
pub(super) fn run(args: &LicencesArgs, streams: &mut Streams) -> anyhow::Result<Outcome> {
    let mut text = format!("Offprint {}: MIT\n\nFonts (SIL Open Font License 1.1)\n", env!("CARGO_PKG_VERSION"));
    for (name, licence) in FONTS {
        let _ = writeln!(text, "  {name}: {}", licence.lines().next().unwrap_or_default());
    }
    text.push_str(
        "\nCitation styles of the CSL project, in the crate hayagriva: CC BY-SA 3.0, https://citationstyles.org\n\nCrates\n",
    );
    let crates: Vec<Vec<&str>> = CRATES.lines().map(|line| line.split('\t').collect()).collect();
    let width = |column: usize| crates.iter().map(|fields| fields[column].len()).max().unwrap_or_default();
    let (name_width, version_width, licence_width) = (width(0), width(1), width(2));
    for fields in &crates {
        let [name, version, licence, home] = fields[..] else { continue };
        let line = format!("  {name:name_width$}  {version:version_width$}  {licence:licence_width$}  {home}");
        let _ = writeln!(text, "{}", line.trim_end());
    }
    if args.texts {
        let _ = write!(text, "\n{}", OWN.trim_end());
        for (name, licence) in FONTS {
            let _ = write!(text, "\n\n\n{name}\n\n{}", licence.trim_end());
        }
    }
    streams.result(text.trim_end())?;
    Ok(Outcome::Clean)
}
