//! Where the links and pictures in the owner's words lead.

use std::borrow::Cow;
use std::ops::Range;

use super::{PageLinks, Passage};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, code};
use crate::render::image::ImageInfo;
use crate::render::links::{RecordTarget, Targets, relative};

/// An address ready to be printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Href {
    /// Not yet escaped for HTML.
    pub address: String,
    /// Whether it leaves the site.
    pub external: bool,
}

/// A picture ready to be printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Picture {
    /// Path of the file relative to the site folder.
    pub path: String,
    /// Its size, where it is known.
    pub info: Option<ImageInfo>,
}

/// A place in the owner's words, and where their problems go.
pub(super) struct Place<'a> {
    pub diagnostics: &'a mut Diagnostics,
    pub text: Passage<'a>,
    /// Bytes of the text.
    pub range: Range<usize>,
}

impl Place<'_> {
    pub(super) fn report(
        &mut self,
        code: &'static Code,
        message: String,
        help: impl Into<String>,
        label: Option<String>,
    ) {
        let mut diagnostic = Diagnostic::new(code, self.text.file, message).at(self.text.span(&self.range)).help(help);
        diagnostic.label = label;
        self.diagnostics.push(diagnostic);
    }
}

/// Resolves a link; `None` when it was reported.
pub(super) fn link(place: &mut Place<'_>, links: &PageLinks<'_, '_>, written: &str) -> Option<Href> {
    let written = cleaned(written);
    if let Some(rest) = written.strip_prefix("//") {
        return Some(Href { address: format!("https://{rest}"), external: true });
    }
    if let Some(scheme) = scheme(&written) {
        let external = matches!(scheme.as_str(), "http" | "https");
        let host = written.split_once("//").map_or("", |(_, rest)| rest).split(['/', '?', '#']).next();
        if external && host.is_some_and(|host| host.contains('@')) {
            let message = "this address holds a name or a password, which everybody would read".to_owned();
            place.report(&code::UNSAFE_LINK, message, "take out what stands between `//` and `@`", None);
            return None;
        }
        if external || matches!(scheme.as_str(), "mailto" | "tel") {
            return Some(Href { address: written.into_owned(), external });
        }
        let help = "link to `https://…`, `mailto:…`, `tel:…`, or to a page or file of this site";
        place.report(&code::UNSAFE_LINK, format!("a link that starts with `{scheme}:` is not allowed"), help, None);
        return None;
    }
    let (path, rest) = match written.find(['#', '?']) {
        Some(at) => written.split_at(at),
        None => (written.as_ref(), ""),
    };
    if path.is_empty() {
        return Some(Href { address: written.clone().into_owned(), external: false });
    }
    let target = local(place, links.targets, path)?;
    Some(Href { address: encoded(&relative(links.at, &target)) + rest, external: false })
}

/// Resolves a picture; `None` when it was reported.
pub(super) fn picture(place: &mut Place<'_>, links: &PageLinks<'_, '_>, written: &str) -> Option<Picture> {
    let written = cleaned(written);
    let scheme = scheme(&written);
    if written.starts_with("//") || matches!(scheme.as_deref(), Some("http" | "https")) {
        let message = "a picture from another site cannot be shown".to_owned();
        place.report(&code::FOREIGN_IMAGE, message, "save it into `files/` and name it there", None);
        return None;
    }
    if let Some(scheme) = scheme {
        let help = "save the picture into `files/` and name it there, as `files/ward.jpg`";
        place.report(&code::UNSAFE_LINK, format!("a picture cannot come from `{scheme}:`"), help, None);
        return None;
    }
    let targets = links.targets;
    let candidates = candidates(place.text.file, &written);
    if let Some(path) = candidates.iter().find(|path| path.starts_with("files/") && exists(targets, path)) {
        return Some(Picture { path: path.clone(), info: targets.images.list.get(path).cloned() });
    }
    if let Some(path) = candidates.iter().find(|path| exists(targets, path)) {
        let message = format!("`{path}` is not published, so no page can show it");
        place.report(&code::HIDDEN_TARGET, message, "move the picture into `files/`", None);
        return None;
    }
    let shown = candidates.last().cloned().unwrap_or_else(|| written.into_owned());
    let near = nearest(&shown, files(targets));
    let label = near.map(|near| format!("did you mean `{near}`?"));
    let help = "put the picture there, or correct the name (capital and small letters count)";
    place.report(&code::MISSING_IMAGE, format!("there is no picture `{shown}`"), help, label);
    None
}

/// Finds a record by the id in `[@id]`; `None` when it was reported.
pub(super) fn record<'t>(place: &mut Place<'_>, targets: &'t Targets<'_>, id: &str) -> Option<&'t RecordTarget> {
    if let Some(target) = targets.records().get(id) {
        return Some(target);
    }
    if targets.left_out.contains(id) {
        return None;
    }
    if targets.hidden.contains(id) {
        let message = format!("the record `{id}` is not public, so no page can link to it");
        let help = "remove the link, or publish the record (see its `status` and `visibility`)";
        place.report(&code::HIDDEN_TARGET, message, help, None);
        return None;
    }
    let near = nearest(id, targets.records().keys().copied());
    let label = near.map(|near| format!("did you mean `{near}`?"));
    let help = "write the `id:` of a record; ids are also the last part of a record's address";
    place.report(&code::UNKNOWN_RECORD, format!("no record has the id `{id}`"), help, label);
    None
}

/// Returns the address from the page to a place on a page.
pub(super) fn to_record(at: &str, target: &RecordTarget) -> String {
    let path =
        if target.path == at && target.anchor.is_some() { String::new() } else { encoded(&relative(at, &target.path)) };
    match &target.anchor {
        Some(anchor) => format!("{path}#{}", encoded(anchor)),
        None => path,
    }
}

fn local(place: &mut Place<'_>, targets: &Targets<'_>, path: &str) -> Option<String> {
    let candidates = candidates(place.text.file, path);
    for candidate in &candidates {
        if let Some(page) = targets.pages().get(candidate.as_str()) {
            if !page.unlisted {
                return Some(page.path.clone());
            }
            let message =
                format!("`{candidate}` is an unlisted page: a link would show its secret address to everybody");
            place.report(&code::HIDDEN_TARGET, message, "remove the link, or make the page public", None);
            return None;
        }
        if !exists(targets, candidate) {
            continue;
        }
        if candidate.starts_with("files/") {
            return Some(candidate.clone());
        }
        let (message, help) = if candidate.starts_with("pages/") {
            (
                format!("`{candidate}` is a draft, so no page can link to it"),
                "remove the link, or take `visibility: private` out of that page",
            )
        } else {
            (
                format!("`{candidate}` stays on your computer, so no page can link to it"),
                "remove the link, or move the file into `files/`",
            )
        };
        place.report(&code::HIDDEN_TARGET, message, help, None);
        return None;
    }
    let markdown = has_extension(path, "md");
    let files_folder = candidates.iter().any(|path| path.starts_with("files/"));
    if markdown || files_folder || candidates.is_empty() {
        let shown = candidates.iter().find(|path| path.starts_with("files/")).or(candidates.first());
        let shown = shown.map_or(path, String::as_str);
        let near =
            if markdown { nearest(shown, targets.pages().keys().copied()) } else { nearest(shown, files(targets)) };
        let label = near.map(|near| format!("did you mean `{near}`?"));
        let what = if markdown { "page" } else { "file" };
        let help = format!("correct the address, or add the {what}");
        place.report(&code::BROKEN_LINK, format!("there is no {what} `{shown}`"), help, label);
        return None;
    }
    let from_file = path.starts_with('.');
    let mut target = if from_file { candidates.into_iter().next() } else { candidates.into_iter().last() }?;
    let last = target.rsplit('/').next().unwrap_or_default();
    if !last.is_empty() && !last.contains('.') {
        target.push('/');
    }
    Some(target)
}

/// The paths that a relative address may mean: from the file's own folder, then from the site's root.
fn candidates(file: &str, written: &str) -> Vec<String> {
    let path = decoded(written).replace('\\', "/");
    let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
    let from_root = normal("", path.trim_start_matches('/'));
    let from_file = if path.starts_with('/') { None } else { normal(folder, &path) };
    let mut list: Vec<String> = from_file.into_iter().collect();
    if let Some(path) = from_root
        && !list.contains(&path)
    {
        list.push(path);
    }
    list
}

/// Joins a folder and a path, `.` and `..` taken away; `None` where it climbs out of the site.
fn normal(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    let mut path_out = parts.join("/");
    if path.ends_with('/') && !path_out.is_empty() {
        path_out.push('/');
    }
    Some(path_out)
}

fn exists(targets: &Targets<'_>, path: &str) -> bool {
    targets.sources.is_some_and(|sources| sources.exists(path)) || targets.images.list.contains_key(path)
}

fn files<'t>(targets: &'t Targets<'_>) -> impl Iterator<Item = &'t str> {
    let published = targets.sources.into_iter().flat_map(|sources| sources.files.keys());
    published.map(String::as_str).filter(|path| path.starts_with("files/"))
}

/// Returns the name most like the one written, when one is near enough to be meant.
pub(crate) fn nearest<'a>(written: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let likeness = |name: &str| strsim::jaro_winkler(&written.to_lowercase(), &name.to_lowercase());
    let near = known.map(|name| (likeness(name), name)).filter(|(likeness, _)| *likeness >= 0.85);
    near.max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1))).map(|(_, name)| name)
}

fn has_extension(path: &str, extension: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, found)| found.eq_ignore_ascii_case(extension))
}

/// Browsers ignore line breaks and control characters in addresses, so that `java\nscript:` would run.
fn cleaned(written: &str) -> Cow<'_, str> {
    let trimmed = written.trim();
    if trimmed.chars().any(char::is_control) {
        trimmed.chars().filter(|letter| !letter.is_control()).collect::<String>().into()
    } else {
        trimmed.into()
    }
}

fn scheme(address: &str) -> Option<String> {
    let (scheme, _) = address.split_once(':')?;
    let first = scheme.chars().next().is_some_and(|letter| letter.is_ascii_alphabetic());
    let rest = scheme.chars().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '+' | '.' | '-'));
    (first && rest).then(|| scheme.to_ascii_lowercase())
}

/// Replaces `%41` by the character it stands for; what is no such code stays.
pub(crate) fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let source = text.as_bytes();
    let mut at = 0;
    while at < source.len() {
        let code = source.get(at + 1..at + 3).filter(|pair| pair.iter().all(u8::is_ascii_hexdigit));
        match code.and_then(|pair| std::str::from_utf8(pair).ok()).and_then(|pair| u8::from_str_radix(pair, 16).ok()) {
            Some(byte) if source[at] == b'%' => {
                bytes.push(byte);
                at += 3;
            }
            _ => {
                bytes.push(source[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

/// Writes a path as an address: what would end or change it is coded, letters of all scripts stay.
pub(crate) fn encoded(path: &str) -> String {
    use std::fmt::Write;
    let mut out = String::with_capacity(path.len());
    for letter in path.chars() {
        match letter {
            ' ' | '"' | '<' | '>' | '`' | '%' | '#' | '?' | '{' | '}' | '|' | '\\' | '^' | '[' | ']' => {
                let _ = write!(out, "%{:02X}", u32::from(letter));
            }
            letter if letter.is_control() => {}
            letter => out.push(letter),
        }
    }
    out
}
