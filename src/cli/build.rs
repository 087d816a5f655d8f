//! `offprint build`.

use std::path::Path;
use std::time::Instant;

use chrono::NaiveDate;

use super::args::{BuildArgs, SiteArgs};
use super::streams::Streams;
use super::{Outcome, report, site_folder};
use crate::build::{Options, build, output};
use crate::diagnostic::Severity;
use crate::portfolio::Today;
use crate::render::Site;

/// Builds the site and writes it.
pub(super) fn run(args: &BuildArgs, streams: &mut Streams) -> anyhow::Result<Outcome> {
    let started = Instant::now();
    let root = site_folder::find(args.site.dir.as_deref())?;
    let out = args.out.clone().unwrap_or_else(|| root.join("public"));
    let mut built = build(&root, &options(&args.site))?;
    let mut finished = None;
    if let Some(site) = &built.site {
        let target = output::target(&root, &out)?;
        if output::write(&mut built.diagnostics, &target, site)?.is_some() {
            finished = Some(format!(
                "Built {} in {:.2} s; open {}",
                report::count(pages(site), "page", "pages"),
                started.elapsed().as_secs_f64(),
                address(&target.folder().join("index.html"))
            ));
        }
    }
    let errors = built.diagnostics.count(Severity::Error);
    report::diagnostics(streams, &args.report, &built.sources, built.diagnostics)?;
    if !args.report.quiet {
        let nothing = || "Nothing was written: the site is built once the errors are mended".to_owned();
        streams.message(&finished.unwrap_or_else(nothing))?;
    }
    // The program is about to end, and the system takes memory back sooner than it can be returned piece by piece.
    std::mem::forget((built.sources, built.portfolio, built.site));
    Ok(if errors == 0 { Outcome::Clean } else { Outcome::Problems })
}

/// Returns what a build depends on.
pub(super) fn options(args: &SiteArgs) -> Options {
    Options { today: today(args.today), base_url: args.base_url.clone(), drafts: args.drafts }
}

/// Returns the day asked for, else that of the clock, which is asked here and nowhere else.
pub(super) fn today(asked: Option<NaiveDate>) -> Today {
    asked.map_or_else(|| Today::Clock(chrono::Local::now().date_naive()), Today::Given)
}

fn pages(site: &Site) -> usize {
    let endings = site.files.keys().filter_map(|path| path.as_str().rsplit_once('.'));
    endings.filter(|(_, ending)| *ending == "html").count()
}

/// Returns the address that opens a file in a browser.
pub(super) fn address(file: &Path) -> String {
    let path = file.to_string_lossy().replace('\\', "/");
    let path = path.trim_start_matches("//?/");
    let mut address = String::from(if path.starts_with('/') { "file://" } else { "file:///" });
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/:-_.~".contains(&byte) {
            address.push(char::from(byte));
        } else {
            address.extend(['%', hexadecimal(byte >> 4), hexadecimal(byte & 15)]);
        }
    }
    address
}

fn hexadecimal(digit: u8) -> char {
    char::from_digit(digit.into(), 16).unwrap_or('0').to_ascii_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_opens_in_a_browser_whatever_the_folder_is_called() {
        assert_eq!(address(Path::new("/home/zoé/my site/index.html")), "file:///home/zo%C3%A9/my%20site/index.html");
    }
}
