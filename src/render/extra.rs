//! Files of the site that are no pages: the owner's files, pictures, exports, feeds.

use super::{Input, Maker, Payload, Site, SitePath, calendar, feed, image};
use crate::diagnostic::Diagnostics;
use crate::exchange::{bibtex, csl_json, ris};
use crate::portfolio::{PublicPortfolio, Publication};
use crate::record::vocabulary::{ExportFormat, PublicationStatus};
use crate::source::Sources;

/// Adds them all: `files/**`, each publication's PDF and exports, `feed.xml`, `sitemap.xml`, `robots.txt`, `calendar.ics`.
///
/// Called after the pages, which the sitemap lists.
pub fn add(diagnostics: &mut Diagnostics, input: &Input<'_>, site: &mut Site) {
    image::add_files(diagnostics, input.sources, site);
    for publication in &input.portfolio.publications {
        if let (Some(from), Some(to)) = (pdf_file(input.sources, publication), pdf_path(input.sources, publication)) {
            let maker = Maker::Record(publication.shared.origin.clone());
            site.add(SitePath::new(to), Payload::CopyOf(input.sources.location(from)), maker);
        }
    }
    add_exports(input.portfolio, site);
    keep_old_names(input, site);
    let portfolio = input.portfolio;
    let texts = [
        ("feed.xml", feed::atom(input)),
        ("calendar.ics", calendar::calendar(portfolio)),
        ("sitemap.xml", feed::sitemap(portfolio, site)),
        ("robots.txt", Some(feed::robots(portfolio))),
    ];
    for (path, text) in texts {
        if let Some(text) = text {
            site.add(SitePath::new(path), Payload::Bytes(text.into_bytes()), Maker::Site);
        }
    }
}

fn add_exports(portfolio: &PublicPortfolio, site: &mut Site) {
    let works = portfolio.publications.iter().map(AsRef::as_ref);
    let released: Vec<&Publication> = works.filter(|work| is_released(work.status)).collect();
    for &format in &portfolio.settings.exports {
        let mut put = |path: String, text: String, maker: Maker| {
            site.add(SitePath::new(path), Payload::Bytes(text.into_bytes()), maker);
        };
        for work in &released {
            let text = match format {
                ExportFormat::Bibtex => bibtex::entry(work, &bibtex::key(work)),
                ExportFormat::Ris => ris::entry(work),
                ExportFormat::CslJson => json(std::iter::once(*work)),
            };
            put(
                format!("publications/{}.{}", work.shared.id, extension(format)),
                text,
                Maker::Record(work.shared.origin.clone()),
            );
        }
        if !released.is_empty() {
            let all = || released.iter().copied();
            let text = match format {
                ExportFormat::Bibtex => bibtex::list(all()),
                ExportFormat::Ris => ris::list(all()),
                ExportFormat::CslJson => json(all()),
            };
            put(format!("publications.{}", extension(format)), text, Maker::Site);
        }
    }
}

/// Puts what lies beside a publication's page also where it lay under an older id, since others
/// may have linked to it: its exports, its PDF, its card.
fn keep_old_names(input: &Input<'_>, site: &mut Site) {
    for (old, new) in &input.portfolio.redirects {
        let Some(work) = input.portfolio.publications.iter().find(|work| work.shared.id == *new) else { continue };
        let beside = |path: &str| {
            path.strip_prefix(&format!("publications/{new}.")).map(|ending| format!("publications/{old}.{ending}"))
        };
        let own = exports(input.portfolio, work).into_iter().filter_map(|(_, path)| Some((beside(&path)?, path)));
        let pdf = pdf_path(input.sources, work);
        let pdf = pdf.and_then(|path| Some((format!("publications/{old}/{}", path.rsplit('/').next()?), path)));
        let card = (format!("social/{old}.png"), format!("social/{new}.png"));
        for (to, from) in own.chain(pdf).chain([card]) {
            if let Some(payload) = site.files.get(from.as_str()).cloned() {
                site.add(SitePath::new(to), payload, Maker::Record(work.shared.origin.clone()));
            }
        }
    }
}

/// A CSL-JSON file is a list, also of one work.
fn json<'p>(works: impl Iterator<Item = &'p Publication>) -> String {
    let items: Vec<serde_json::Value> = works.map(csl_json::item).collect();
    serde_json::to_string_pretty(&items).unwrap_or_default() + "\n"
}

fn extension(format: ExportFormat) -> &'static str {
    match format {
        ExportFormat::Bibtex => "bib",
        ExportFormat::Ris => "ris",
        ExportFormat::CslJson => "json",
    }
}

/// Returns the files offered beside a publication, as format and site path; none for a work shown by the owner's wish alone.
pub fn exports(portfolio: &PublicPortfolio, publication: &Publication) -> Vec<(ExportFormat, String)> {
    if !is_released(publication.status) {
        return Vec::new();
    }
    let formats = portfolio.settings.exports.iter();
    formats.map(|&format| (format, format!("publications/{}.{}", publication.shared.id, extension(format)))).collect()
}

/// Returns the files offered beside the list of publications, as format and site path.
pub fn list_exports(portfolio: &PublicPortfolio) -> Vec<(ExportFormat, String)> {
    if !portfolio.publications.iter().any(|work| is_released(work.status)) {
        return Vec::new();
    }
    portfolio.settings.exports.iter().map(|&format| (format, format!("publications.{}", extension(format)))).collect()
}

/// Tells whether works of a status are public for all: in feeds, exports and tags, not only on a page.
pub fn is_released(status: PublicationStatus) -> bool {
    use PublicationStatus::{Accepted, Epub, InPress, Published, Retracted};
    matches!(status, Accepted | InPress | Epub | Published | Retracted)
}

/// Returns where a publication's own PDF is published, when it is one of the site's files.
pub fn pdf_path(sources: &Sources, publication: &Publication) -> Option<String> {
    let name = pdf_file(sources, publication)?.rsplit('/').next()?;
    Some(format!("publications/{}/{name}", publication.shared.id))
}

fn pdf_file<'p>(sources: &Sources, publication: &'p Publication) -> Option<&'p str> {
    let pdf = publication.links.pdf.as_deref()?.trim_start_matches("./");
    let is_pdf = pdf.rsplit_once('.').is_some_and(|(_, extension)| extension.eq_ignore_ascii_case("pdf"));
    (is_pdf && pdf.starts_with("files/") && sources.files.contains_key(pdf)).then_some(pdf)
}

#[cfg(test)]
mod tests;
