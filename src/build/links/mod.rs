//! Internal links and anchors of the finished site, checked against it.
//!
//! Addresses are relative to the page that holds them, so the check holds for a site at the root
//! of a host, in a folder of one, and on a disk alike.

mod scan;

use std::collections::{BTreeMap, HashMap};

use rayon::prelude::*;

use self::scan::{Found, scan};
use crate::diagnostic::{Diagnostic, Diagnostics, Span, code};
use crate::portfolio::{Page, PublicPortfolio};
use crate::record::decode::without_tokens;
use crate::render::links::page_path;
use crate::render::markdown::decoded;
use crate::render::{Payload, Site};
use crate::source::Sources;

/// Where a link leads: a site path and an anchor, which may be empty.
type Target = (String, String);

/// Reports every link of every page that leads to nothing, once for each place it was written at.
pub fn check(diagnostics: &mut Diagnostics, sources: &Sources, portfolio: &PublicPortfolio, site: &Site) {
    let html = site.files.iter().filter_map(|(path, payload)| match payload {
        Payload::Bytes(bytes) if is_html(path.as_str()) => Some((path.as_str(), std::str::from_utf8(bytes).ok()?)),
        _ => None,
    });
    let pages: Vec<(&str, &str)> = html.collect();
    let found: Vec<Found<'_>> = pages.par_iter().map(|(_, html)| scan(html)).collect();
    let mut places: HashMap<&str, Option<usize>> = site.files.keys().map(|path| (path.as_str(), None)).collect();
    places.extend(pages.iter().enumerate().map(|(at, (path, _))| (*path, Some(at))));
    let base = base_path(portfolio);
    let broken_on = |at: usize| -> Vec<Target> {
        let page = pages[at].0;
        let addresses = found[at].addresses.iter();
        let targets = addresses.filter_map(|address| target(page, address, &base));
        targets.filter(|target| !exists(&places, &found, target)).collect()
    };
    let broken: Vec<Vec<Target>> = (0..pages.len()).into_par_iter().map(broken_on).collect();
    let mut by_target: BTreeMap<Target, Vec<&str>> = BTreeMap::new();
    for ((page, _), targets) in pages.iter().zip(broken) {
        for target in targets {
            let on = by_target.entry(target).or_default();
            if on.last() != Some(page) {
                on.push(page);
            }
        }
    }
    for (target, on) in by_target {
        report(diagnostics, sources, portfolio, &target, &on);
    }
}

fn is_html(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, extension)| extension.eq_ignore_ascii_case("html"))
}

/// The path of the site's own address (`/name/`), for links that start at the host.
fn base_path(portfolio: &PublicPortfolio) -> String {
    let rest = portfolio.settings.base_url.as_deref().and_then(|base| base.split_once("://")).map(|(_, rest)| rest);
    let path = rest.and_then(|rest| rest.find('/').map(|at| &rest[at..])).unwrap_or("/");
    if path.ends_with('/') { path.to_owned() } else { format!("{path}/") }
}

/// Returns where an address on a page leads inside the site; `None` when it leads out of it.
///
/// An address that climbs out of the site has a target that no site holds.
fn target(page: &str, address: &str, base: &str) -> Option<Target> {
    let address = address.trim();
    let head = address.split(['/', '?', '#']).next().unwrap_or_default();
    if head.contains(':') || address.starts_with("//") {
        return None;
    }
    let (rest, anchor) = address.split_once('#').unwrap_or((address, ""));
    let path = rest.split('?').next().unwrap_or_default();
    let anchor = if anchor.contains(":~:") || anchor == "top" { String::new() } else { decoded(anchor) };
    if path.is_empty() {
        return Some((page.to_owned(), anchor));
    }
    let path = decoded(path);
    let (folder, path) = match path.strip_prefix('/') {
        None => (page.rfind('/').map_or("", |at| &page[..at]), path.as_str()),
        Some(_) => match path.strip_prefix(base) {
            Some(inside) => ("", inside),
            None => return Some((path, anchor)),
        },
    };
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.is_empty() => return Some((address.to_owned(), anchor)),
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    let folder =
        path.is_empty() || path.ends_with(['/']) || path.ends_with("/.") || path.ends_with("..") || path == ".";
    if folder {
        parts.push("index.html");
    }
    Some((parts.join("/"), anchor))
}

fn exists(places: &HashMap<&str, Option<usize>>, found: &[Found<'_>], (path, anchor): &Target) -> bool {
    let place = places.get(path.as_str()).or_else(|| places.get(format!("{path}/index.html").as_str()));
    match place {
        None => false,
        Some(None) => true,
        Some(Some(at)) => {
            let anchors = &found[*at].anchors;
            anchor.is_empty() || anchors.binary_search_by(|known| known.as_ref().cmp(anchor)).is_ok()
        }
    }
}

/// What is said of files that are there and are not published.
const REFUSED: [&str; 5] = [
    code::IMAGE_UNREADABLE.id,
    code::IMAGE_TOO_LARGE.id,
    code::IMAGE_FORMAT.id,
    code::DICOM_FILE.id,
    code::FILE_UNREADABLE.id,
];

/// Tells whether a path of the site is that of a file, or of a smaller copy of it (`ward-480w.jpg`).
fn is_made_of(path: &str, file: &str) -> bool {
    let (stem, end) = file.rsplit_once('.').unwrap_or((file, ""));
    let copy = path.strip_prefix(stem).and_then(|rest| rest.strip_prefix('-'));
    let width =
        copy.and_then(|rest| rest.strip_suffix(end)).and_then(|rest| rest.trim_end_matches('.').strip_suffix('w'));
    path == file || width.is_some_and(|width| !width.is_empty() && width.bytes().all(|digit| digit.is_ascii_digit()))
}

fn report(diagnostics: &mut Diagnostics, sources: &Sources, portfolio: &PublicPortfolio, target: &Target, on: &[&str]) {
    let (path, anchor) = target;
    // A file that a record names has been missed already, at its true place.
    if diagnostics.iter().any(|known| known.code == &code::FILE_MISSING && known.message.contains(path.as_str())) {
        return;
    }
    // So has a picture that cannot be published.
    if diagnostics.iter().any(|known| REFUSED.contains(&known.code.id) && is_made_of(path, &known.file)) {
        return;
    }
    let shown = without_tokens(path.strip_suffix("index.html").filter(|folder| !folder.is_empty()).unwrap_or(path));
    let message = if anchor.is_empty() {
        format!("a link leads to `{shown}`, which is not in the site")
    } else {
        format!("a link leads to the place `#{anchor}`, which is not on the page `{shown}`")
    };
    let help = "correct the address, or add what it leads to";
    let fault = |file: &str| Diagnostic::new(&code::BROKEN_LINK, file, message.clone()).help(help);
    let forms = forms(target);
    let pages: BTreeMap<String, &Page> = portfolio.pages.iter().map(|page| (page_path(page), page.as_ref())).collect();
    let mut placed = false;
    for page in on.iter().filter_map(|path| pages.get(*path)) {
        if let Some(span) = find(&page.body, &forms) {
            diagnostics.push(fault(&page.path).at(span.down(page.body_offset)));
            placed = true;
        }
    }
    if placed {
        return;
    }
    let written = sources.texts.iter().filter(|(file, _)| !file.starts_with("private/") && !file.starts_with("pages/"));
    // A record's own address is written as the page has it, or from the root of the site.
    let folder = on.first().and_then(|page| page.rsplit_once('/')).map_or("", |(folder, _)| folder);
    let beside = forms[0].strip_prefix(folder).and_then(|rest| rest.strip_prefix('/'));
    let beside = beside.filter(|_| without_tokens(folder) == folder);
    let in_records: Vec<String> = forms[..1].iter().cloned().chain(beside.map(str::to_owned)).collect();
    for (file, text) in written {
        if let Some(span) = find(text, &in_records) {
            diagnostics.push(fault(file).at(span));
            return;
        }
    }
    let first = without_tokens(on.first().copied().unwrap_or_default());
    let count = if on.len() > 1 { format!(" (and on {} more pages)", on.len() - 1) } else { String::new() };
    let message = format!("{message}: it stands on the page `{first}`{count}");
    diagnostics.push(Diagnostic::new(&code::BROKEN_LINK, first, message).help(help));
}

/// The ways in which the owner may have written a target, most telling first.
fn forms((path, anchor): &Target) -> Vec<String> {
    let folder = path.strip_suffix("index.html").map_or(path.as_str(), |folder| folder.trim_end_matches('/'));
    let name = folder.rsplit('/').next().unwrap_or_default();
    let coded = |text: &str| text.replace(' ', "%20");
    if !anchor.is_empty() {
        return [format!("{name}.md#{anchor}"), format!("{name}/#{anchor}"), format!("#{anchor}")].into();
    }
    let forms =
        [folder.to_owned(), coded(folder), format!("{name}.md"), format!("{name}/"), name.to_owned(), coded(name)];
    forms.into_iter().filter(|form| form.len() > 1).collect()
}

/// Finds the first form that stands in a text as an address, not as a part of a word.
fn find(text: &str, forms: &[String]) -> Option<Span> {
    let whole = |at: usize, form: &str| {
        let before = text[..at].chars().next_back();
        let after = text[at + form.len()..].chars().next();
        let apart = |letter: char| letter.is_whitespace() || "()[]<>\"'/#:?.,=".contains(letter);
        (form.starts_with('#') || before.is_none_or(apart)) && after.is_none_or(apart)
    };
    forms.iter().find_map(|form| {
        let (at, _) = text.match_indices(form.as_str()).find(|(at, _)| whole(*at, form))?;
        Some(Span::of_bytes(text, at, at + form.len()))
    })
}

#[cfg(test)]
mod tests;
