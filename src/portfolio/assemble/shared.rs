//! The fields that every kind of record shares.

use super::Context;
use super::ids::{is_safe, nearest_id, slug};
use super::place::{Place, nearest, text};
use crate::diagnostic::Diagnostics;
use crate::diagnostic::code::{
    BAD_ID, BAD_LANGUAGE, BAD_URL, REQUIRED_FIELD, UNKNOWN_REFERENCE, UNKNOWN_THREAD, WRONG_KIND,
};
use crate::portfolio::Shared;
use crate::record::vocabulary::Kind;
use crate::record::{self, Text, TextList};

/// Builds the shared fields of a record.
pub(super) fn shared(
    diagnostics: &mut Diagnostics,
    context: &Context,
    place: &Place,
    raw: record::Shared,
    kind: Kind,
) -> Shared {
    let title = text(raw.title).map(|title| one_line(&title));
    if title.is_none() {
        required(diagnostics, place, kind, "title", "title: What it is called");
    }
    Shared {
        id: place.id.to_owned(),
        title: title.unwrap_or_default(),
        date: raw.date,
        threads: threads(diagnostics, context, place, &raw.threads),
        project: text(raw.project)
            .filter(|id| reference(diagnostics, context, place, "project", id, Some(Kind::Projects))),
        follows: references(diagnostics, context, place, "follows", &raw.follows),
        featured: raw.featured.filter(|place| (1..=3).contains(place)),
        why: text(raw.why),
        summary: text(raw.summary),
        url: text(raw.url).filter(|url| web_address(diagnostics, place, "url", url)),
        role: text(raw.role),
        visibility: raw.visibility.unwrap_or_default(),
        aliases: aliases(diagnostics, place, "aliases", &raw.aliases),
        private: raw.private,
        origin: place.origin.clone(),
    }
}

/// Reports a field that a record must have, unless it was written and could not be read.
pub(super) fn required(diagnostics: &mut Diagnostics, place: &Place, kind: Kind, field: &str, example: &str) {
    if !place.is_faulty(field) {
        let message = format!("{} needs `{field}`", kind.one());
        diagnostics.push(place.diagnostic(&REQUIRED_FIELD, field, message).help(format!("add `{example}`")));
    }
}

/// White space of any kind and length becomes one space.
pub(super) fn one_line(title: &str) -> String {
    title.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn threads(diagnostics: &mut Diagnostics, context: &Context, place: &Place, written: &TextList) -> Vec<String> {
    let mut known = Vec::new();
    for (at, thread) in written.iter().enumerate() {
        let thread = thread.trim();
        if context.threads.iter().any(|id| id == thread) {
            if !known.iter().any(|id| id == thread) {
                known.push(thread.to_owned());
            }
            continue;
        }
        if context.at_fault.threads || context.missing_threads.contains(thread) {
            continue;
        }
        let field = place.item("threads", at);
        if written.len() == 1 && thread.contains(',') {
            let parts: Vec<&str> = thread.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
            let list = format!("[{}]", parts.join(", "));
            let diagnostic = place
                .diagnostic(&UNKNOWN_THREAD, &field, format!("`{thread}` is one text, and several threads are a list"))
                .label(format!("write `{list}`"))
                .help("put brackets around the ids of several threads");
            let all_known = parts.iter().all(|part| context.threads.iter().any(|id| id == part));
            diagnostics.push(if all_known { diagnostic.fix(list) } else { diagnostic });
            continue;
        }
        let diagnostic = place.diagnostic(&UNKNOWN_THREAD, &field, format!("`{thread}` is not a thread of site.yaml"));
        diagnostics.push(match nearest(thread, context.threads.iter().map(String::as_str)) {
            Some(near) => diagnostic
                .label(format!("did you mean `{near}`?"))
                .help("correct it, or add the thread to `theme_of_work.threads` in site.yaml")
                .fix(near),
            None => diagnostic
                .help(format!("add it in site.yaml under `theme_of_work.threads`: `- {{id: {thread}, name: …}}`")),
        });
    }
    known
}

fn references(
    diagnostics: &mut Diagnostics,
    context: &Context,
    place: &Place,
    field: &str,
    written: &TextList,
) -> Vec<String> {
    let mut known = Vec::new();
    for (at, id) in written.iter().enumerate() {
        let id = id.trim().to_owned();
        if reference(diagnostics, context, place, &place.item(field, at), &id, None) && !known.contains(&id) {
            known.push(id);
        }
    }
    known
}

/// Tells whether a reference names a record of the right kind; reports it otherwise.
pub(super) fn reference(
    diagnostics: &mut Diagnostics,
    context: &Context,
    place: &Place,
    field: &str,
    id: &str,
    kind: Option<Kind>,
) -> bool {
    let wanted = kind.map_or("record", Kind::singular);
    match (context.ids.get(id), kind) {
        (Some(found), Some(kind)) if *found != kind => {
            let message = format!("`{id}` is {}, not a {wanted}", found.one());
            let diagnostic = place.diagnostic(&WRONG_KIND, field, message);
            diagnostics.push(diagnostic.help(format!("name a record of records/{kind}.yaml, or use `follows`")));
            false
        }
        (Some(_), _) => true,
        (None, _) => {
            let diagnostic = place.diagnostic(&UNKNOWN_REFERENCE, field, format!("no {wanted} has the id `{id}`"));
            diagnostics.push(match nearest_id(&context.ids, id, kind) {
                Some(near) => diagnostic.label(format!("did you mean `{near}`?")).help("correct the id").fix(near),
                None => diagnostic.help("give the record that is meant an `id:`, and name it here"),
            });
            false
        }
    }
}

/// Returns the older ids that can be addresses.
pub(super) fn aliases(diagnostics: &mut Diagnostics, place: &Place, field: &str, written: &TextList) -> Vec<String> {
    let mut kept = Vec::new();
    for (at, alias) in written.iter().map(|alias| alias.trim()).enumerate() {
        if is_safe(alias) {
            kept.push(alias.to_owned());
        } else {
            let diagnostic =
                place.diagnostic(&BAD_ID, &place.item(field, at), format!("`{alias}` cannot be part of an address"));
            diagnostics.push(
                diagnostic
                    .help("write the old id as it stood in the address, without slashes")
                    .label(slug(alias, usize::MAX)),
            );
        }
    }
    kept
}

/// Tells whether an address can be put on a page: http, https, mailto, tel, or a file of the site.
pub(super) fn web_address(diagnostics: &mut Diagnostics, place: &Place, field: &str, url: &str) -> bool {
    let fault = address_fault(url);
    if let Some((message, help)) = fault {
        diagnostics.push(place.diagnostic(&BAD_URL, field, format!("`{url}` {message}")).help(help));
    }
    fault.is_none()
}

fn address_fault(url: &str) -> Option<(&'static str, &'static str)> {
    let bad_character = |c: char| {
        c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | '\\' | '^' | '`' | '{' | '|' | '}')
    };
    if url.chars().any(|c| c.is_control() || (url.contains("://") && bad_character(c))) {
        return Some((
            "is not an address: it holds a space or a sign that no address has",
            "copy it again from the browser's address line",
        ));
    }
    let scheme = url
        .split_once(':')
        .map(|(scheme, _)| scheme.to_ascii_lowercase())
        .filter(|scheme| !scheme.contains(['/', '?', '#']));
    match scheme.as_deref() {
        Some("http" | "https") => {
            let host =
                url.split_once("://").map_or("", |(_, rest)| rest).split(['/', '?', '#']).next().unwrap_or_default();
            let empty = host.is_empty() || host.starts_with(['.', ':']);
            if host.contains('@') {
                return Some((
                    "holds a name or a password, which everybody would read",
                    "take out what stands between `//` and `@`",
                ));
            }
            empty.then_some(("names no website", "write the whole address, as in https://hospital.example/page"))
        }
        Some("mailto" | "tel") => None,
        None => path_fault(url, bad_character),
        Some(_) => Some((
            "is not an address that a page may have",
            "use one that begins with https://, http://, mailto: or tel:",
        )),
    }
}

/// What is wrong with an address without a scheme, which leads to a file or a page of the site.
fn path_fault(path: &str, bad_character: impl Fn(char) -> bool) -> Option<(&'static str, &'static str)> {
    const WHOLE: &str = "write the whole address with https://, or a file under files/";
    if path.starts_with("//") || path.split('/').any(|part| part == "..") {
        return Some(("leads out of the site", WHOLE));
    }
    let inside = path.trim_start_matches("./");
    if inside.starts_with(['/', '#']) || inside.starts_with("files/") || inside.starts_with("pages/") {
        return None;
    }
    if inside.chars().any(|letter| letter != ' ' && bad_character(letter)) {
        return Some(("is not an address", WHOLE));
    }
    let host = inside.split('/').next().unwrap_or_default();
    let top = host.rsplit_once('.').map_or("", |(_, top)| top);
    let is_top = (2..=24).contains(&top.len()) && top.bytes().all(|byte| byte.is_ascii_alphabetic());
    if host.starts_with("www.") || (is_top && inside.contains('/') && !host.contains(' ')) {
        return Some(("lacks its beginning", "write https:// before it"));
    }
    // A name with an ending may be that of a file, which is looked for later.
    let is_file = inside.rsplit('/').next().is_some_and(|name| name.trim_end_matches('.').contains('.'));
    (!is_file).then_some(("is not an address", WHOLE))
}

/// Returns a language's tag (BCP 47) when it has the form of one; reports it otherwise.
pub(super) fn language(
    diagnostics: &mut Diagnostics,
    place: &Place,
    field: &str,
    written: Option<Text>,
) -> Option<String> {
    let tag = text(written)?;
    let mut parts = tag.split('-');
    let primary =
        parts.next().is_some_and(|part| matches!(part.len(), 2 | 3) && part.bytes().all(|b| b.is_ascii_alphabetic()));
    if primary && parts.all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())) {
        return Some(tag);
    }
    let diagnostic = place.diagnostic(&BAD_LANGUAGE, field, format!("`{tag}` is not the tag of a language"));
    diagnostics.push(match language_of_name(&tag) {
        Some(short) => {
            diagnostic.label(format!("write `{short}`")).help("languages are named by their tags").fix(short)
        }
        None => diagnostic.help("write its tag, as in en, es, pt-BR or ar"),
    });
    None
}

fn language_of_name(name: &str) -> Option<&'static str> {
    let name = crate::portfolio::fold(name);
    let tags = [
        ("english", "en"),
        ("spanish", "es"),
        ("espanol", "es"),
        ("french", "fr"),
        ("francais", "fr"),
        ("german", "de"),
        ("deutsch", "de"),
        ("portuguese", "pt"),
        ("portugues", "pt"),
        ("arabic", "ar"),
        ("chinese", "zh"),
        ("japanese", "ja"),
        ("korean", "ko"),
        ("italian", "it"),
        ("russian", "ru"),
        ("turkish", "tr"),
        ("dutch", "nl"),
        ("polish", "pl"),
        ("persian", "fa"),
        ("hindi", "hi"),
    ];
    tags.into_iter().find(|(known, _)| *known == name).map(|(_, tag)| tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_that_a_page_may_hold_pass() {
        for good in [
            "https://x.example/a?b=c#d",
            "http://x.example",
            "mailto:a@b.example",
            "tel:+15550100",
            "files/a b.pdf",
            "/teaching/",
        ] {
            assert_eq!(address_fault(good), None, "{good}");
        }
        for bad in [
            "javascript:alert(1)",
            "data:text/html,x",
            "https://",
            "https://a b.example",
            "../private/x",
            "www.x.example",
            "//evil.example",
            "file:///etc/passwd",
        ] {
            assert!(address_fault(bad).is_some(), "{bad}");
        }
    }
}
