//! The CV as PDF, beside its page.

use super::Material;
use crate::diagnostic::Diagnostics;
use crate::document::cv::{self, Cap, Plan};
use crate::render::links::{CV_PDF, share_cv_pdf};

/// Returns where it stands; `None` where there is nothing for a CV.
pub fn path(material: &Material<'_>) -> Option<String> {
    match &material.portfolio.share {
        Some(share) => share.cv.as_ref().map(|_| share_cv_pdf(share)),
        None => material.has_cv().then(|| CV_PDF.to_owned()),
    }
}

/// Makes it, from what the audience may see and nothing else.
pub fn bytes(diagnostics: &mut Diagnostics, material: &Material<'_>) -> Option<Vec<u8>> {
    let portfolio = material.portfolio;
    let variant = portfolio.share.as_ref().and_then(|share| share.cv.as_ref());
    let plan = Plan::new(variant, &portfolio.settings.language);
    let source = cv::Material { portfolio, works: material.citations, words: &material.words };
    let name = key(material, &plan, &source);
    if let Some(kept) = material.sources.kept(&name) {
        return Some(kept);
    }
    let mut found = Diagnostics::default();
    let printed = cv::print(&mut found, material.sources, &source, &plan);
    // What was reported must be reported by each build.
    if let (true, Some(printed)) = (found.is_empty(), &printed) {
        material.sources.keep(&name, &printed.bytes);
    }
    diagnostics.append(found);
    printed.map(|printed| printed.bytes)
}

/// Returns the hash of all that it depends on.
fn key<T>(material: &Material<'_>, plan: &Plan, source: &cv::Material<'_, T>) -> String
where
    T: std::borrow::Borrow<crate::cite::CitationText>,
{
    let document = cv::document(source, plan, Cap::WHOLE);
    let fonts = material.sources.files.iter().filter(|(path, _)| path.starts_with("fonts/"));
    let fonts: Vec<_> = fonts.map(|(path, info)| (path, info.length)).collect();
    let words = ["cv.running", "cv.page_of", "cv.more"].map(|path| material.words.count(path, 2));
    let program = crate::source::cache::program();
    let all = format!("{program}\n{document:?}\n{plan:?}\n{fonts:?}\n{words:?}\n{}", material.portfolio.today);
    blake3::hash(all.as_bytes()).to_hex().to_string()
}
