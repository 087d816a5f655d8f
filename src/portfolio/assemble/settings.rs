//! How the site looks and reads, defaults filled in; share pages.

use super::Context;
use super::ids::is_safe;
use super::place::{Place, nearest, text};
use super::shared::{language, reference, web_address};
use crate::diagnostic::Diagnostics;
use crate::diagnostic::code::{BAD_ACCENT, BAD_ID, BAD_URL, DUPLICATE_ID, REQUIRED_FIELD, UNKNOWN_CV};
use crate::portfolio::{Owner, Settings};
use crate::record::decode::Decoded;
use crate::record::vocabulary::{ExportFormat, Grouping, Kind};
use crate::record::{SharePage, SiteFile};
use crate::source::Sources;

const ACCENTS: [&str; 4] = ["sage", "buff", "rose", "stone"];

/// Builds the settings; `base_url` replaces `site.url`.
pub(super) fn settings(
    diagnostics: &mut Diagnostics,
    sources: &Sources,
    file: &Decoded<SiteFile>,
    owner: &Owner,
    base_url: Option<&str>,
) -> Settings {
    let place = &Place { sources, origin: &file.origin, id: "", faulty: &file.faulty };
    let site = file.record.site.clone();
    let written_url = text(site.url).filter(|url| is_web_url(diagnostics, place, url));
    let url = base_url.map(str::trim).filter(|url| !url.is_empty()).map(str::to_owned).or(written_url);
    let accent = text(site.accent).filter(|accent| is_accent(diagnostics, place, accent));
    let site_language = language(diagnostics, place, "site.language", site.language);
    let json = |value| serde_json::to_value(value).unwrap_or_default();
    Settings {
        title: text(site.title).unwrap_or_else(|| owner.display_name.clone()),
        description: text(site.description),
        base_url: url.map(|url| if url.ends_with('/') { url } else { url + "/" }),
        language: site_language.unwrap_or_else(|| "en".to_owned()),
        theme: text(site.theme).unwrap_or_else(|| "offprint".to_owned()),
        theme_options: site.theme_options.into_iter().map(|(name, value)| (name, json(value))).collect(),
        accent: accent.map(|accent| accent.to_lowercase()),
        citation_style: text(site.citation_style).unwrap_or_else(|| "ama".to_owned()),
        bold_my_name: site.bold_my_name.unwrap_or(true),
        show_status: site.show_status,
        grouping: site.group_publications_by.unwrap_or(Grouping::Year),
        show_counts: site.show_counts.unwrap_or(false),
        exports: site.exports.unwrap_or_else(|| ExportFormat::ALL.to_vec()),
        menu: site.menu.map(|menu| menu.iter().map(|entry| entry.trim().to_owned()).collect()),
        footer: text(site.footer),
    }
}

fn is_web_url(diagnostics: &mut Diagnostics, place: &Place, url: &str) -> bool {
    let good = url.starts_with("https://") || url.starts_with("http://");
    if !good {
        let diagnostic = place.diagnostic(&BAD_URL, "site.url", format!("`{url}` is not the address of a website"));
        diagnostics.push(diagnostic.help("write the whole address, as in https://rao.example/"));
    } else if url.contains(['?', '#']) {
        let diagnostic = place.diagnostic(&BAD_URL, "site.url", format!("`{url}` is not the address of a folder"));
        diagnostics.push(diagnostic.help("leave out what follows the question or number sign"));
        return false;
    }
    good && web_address(diagnostics, place, "site.url", url)
}

fn is_accent(diagnostics: &mut Diagnostics, place: &Place, accent: &str) -> bool {
    let named = ACCENTS.contains(&accent.to_lowercase().as_str());
    let digits = accent.strip_prefix('#');
    let coloured = digits.is_some_and(|digits| digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_hexdigit()));
    if !named && !coloured {
        let diagnostic = place.diagnostic(&BAD_ACCENT, "site.accent", format!("`{accent}` is not an accent"));
        diagnostics.push(match nearest(accent, ACCENTS) {
            Some(near) => diagnostic
                .label(format!("did you mean `{near}`?"))
                .help("write sage, buff, rose, stone or a colour in quotes")
                .fix(near),
            None => diagnostic.help("write sage, buff, rose or stone, or a colour in quotes, as in \"#2f5d50\""),
        });
    }
    named || coloured
}

/// Returns the ids of the variants of the CV; two with one id are reported.
fn cv_ids<'a>(diagnostics: &mut Diagnostics, place: &Place, file: &'a Decoded<SiteFile>) -> Vec<&'a str> {
    let mut ids: Vec<&str> = Vec::new();
    for (at, cv) in file.record.cvs.iter().enumerate() {
        let Some(id) = cv.id.as_deref().map(str::trim).filter(|id| !id.is_empty()) else { continue };
        if ids.contains(&id) {
            let message = format!("`{id}` is already the id of a CV");
            let diagnostic = place.diagnostic(&DUPLICATE_ID, &format!("cvs[{at}].id"), message);
            diagnostics.push(diagnostic.help("give one of the two another id"));
        } else {
            ids.push(id);
        }
    }
    ids
}

/// Checks the share pages and returns them in their order.
pub(super) fn share_pages(
    diagnostics: &mut Diagnostics,
    context: &Context,
    file: &Decoded<SiteFile>,
) -> Vec<SharePage> {
    let place = &Place { sources: context.sources, origin: &file.origin, id: "", faulty: &file.faulty };
    let cvs = cv_ids(diagnostics, place, file);
    let mut kept: Vec<SharePage> = Vec::new();
    for (at, page) in file.record.share_pages.iter().enumerate() {
        let field = |name: &str| format!("share_pages[{at}].{name}");
        let Some(id) = text(page.id.clone()) else {
            if !place.is_faulty(&field("id")) {
                let diagnostic = place.diagnostic(&REQUIRED_FIELD, &field("id"), "a share page needs an `id`");
                diagnostics
                    .push(diagnostic.help("add `id: neuro-fellowship`, or make the page with `offprint share new`"));
            }
            kept.push(page.clone());
            continue;
        };
        if !is_safe(&id) {
            let diagnostic = place.diagnostic(&BAD_ID, &field("id"), format!("`{id}` cannot be part of an address"));
            diagnostics.push(diagnostic.help("use only letters without accents, digits and hyphens"));
        }
        if kept.iter().any(|other| other.id.as_deref() == Some(&id)) {
            let diagnostic =
                place.diagnostic(&DUPLICATE_ID, &field("id"), format!("`{id}` is already the id of a share page"));
            diagnostics.push(diagnostic.help("give one of the two another id"));
        }
        for (referee_at, referee) in page.referees.iter().enumerate() {
            reference(
                diagnostics,
                context,
                place,
                &place.item(&field("referees"), referee_at),
                referee.trim(),
                Some(Kind::People),
            );
        }
        let unknown = |cv: &String| !cvs.contains(&cv.as_str()) && !place.is_faulty("cvs");
        if let Some(cv) = text(page.cv.clone()).filter(unknown) {
            let diagnostic = place.diagnostic(&UNKNOWN_CV, &field("cv"), format!("`{cv}` is not the id of a CV"));
            diagnostics.push(match nearest(&cv, cvs.iter().copied()) {
                Some(near) => diagnostic.label(format!("did you mean `{near}`?")).help("correct the id").fix(near),
                None => diagnostic.help("add it under `cvs:` in site.yaml, or leave `cv:` out"),
            });
        }
        kept.push(page.clone());
    }
    kept
}
