//! Files of the site that are no pages: the owner's files, pictures, exports, feeds.

use super::{Input, Site};
use crate::diagnostic::Diagnostics;

/// Adds them all: `files/**`, each publication's PDF and exports, `feed.xml`, `sitemap.xml`, `robots.txt`, `calendar.ics`.
///
/// Called after the pages, which the sitemap lists.
pub fn add(_diagnostics: &mut Diagnostics, _input: &Input<'_>, _site: &mut Site) {
    unimplemented!()
}

/// Returns where a publication's own PDF is published, when it has one in `files/`.
pub fn pdf_path(publication: &crate::portfolio::Publication) -> Option<String> {
    let pdf = publication.links.pdf.as_deref()?;
    let name = pdf.strip_prefix("files/")?.rsplit('/').next()?;
    name.to_ascii_lowercase().ends_with(".pdf").then(|| format!("publications/{}/{name}", publication.shared.id))
}
