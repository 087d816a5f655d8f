//! What the browser is given: a strict policy, no script but the site's own, links that lead where they may.

use std::collections::BTreeMap;

use crate::common::Project;
use crate::{SITE, tree};

/// A tag with its attributes, and the text up to the next one.
struct Tag {
    name: String,
    attributes: BTreeMap<String, String>,
    text: String,
}

fn unescape(text: &str) -> String {
    text.replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&#x2F;", "/")
        .replace("&amp;", "&")
}

/// Reads the tags of a page that was written by a program: quoted or bare attributes, no stray brackets.
fn tags(page: &str) -> Vec<Tag> {
    let mut tags = Vec::new();
    let mut rest = page;
    while let Some(start) = rest.find('<') {
        rest = &rest[start + 1..];
        let mut end = rest.len();
        let mut quote = None;
        for (at, letter) in rest.char_indices() {
            match (quote, letter) {
                (None, '>') => {
                    end = at;
                    break;
                }
                (None, '"' | '\'') => quote = Some(letter),
                (Some(open), letter) if open == letter => quote = None,
                _ => {}
            }
        }
        let inside = &rest[..end];
        rest = rest.get(end + 1..).unwrap_or_default();
        let name = inside
            .split(|letter: char| letter.is_whitespace() || letter == '/')
            .next()
            .unwrap_or_default()
            .to_lowercase();
        let ends_at = if name == "script" { rest.find("</script") } else { rest.find('<') };
        let text = rest[..ends_at.unwrap_or(rest.len())].to_owned();
        tags.push(Tag { attributes: attributes(&inside[name.len().min(inside.len())..]), name, text: text.clone() });
        if tags.last().is_some_and(|tag| tag.name == "script") {
            rest = &rest[text.len()..];
        }
    }
    tags
}

fn attributes(text: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut rest = text.trim_start_matches([' ', '\n', '/']);
    while !rest.is_empty() {
        let end = rest.find(|letter: char| letter.is_whitespace() || letter == '=').unwrap_or(rest.len());
        let name = rest[..end].to_lowercase();
        rest = rest[end..].trim_start();
        let mut value = String::new();
        if let Some(after) = rest.strip_prefix('=') {
            let after = after.trim_start();
            let quote = after.chars().next().filter(|letter| matches!(letter, '"' | '\''));
            let (start, stop) = match quote {
                Some(quote) => (1, after[1..].find(quote).map_or(after.len(), |at| at + 1)),
                None => (0, after.find(char::is_whitespace).unwrap_or(after.len())),
            };
            value = unescape(&after[start..stop]);
            rest = after.get(stop + start..).unwrap_or_default();
        }
        if !name.is_empty() {
            found.insert(name, value);
        }
        rest = rest.trim_start_matches([' ', '\n', '/']);
        if end == 0 && !rest.is_empty() {
            rest = &rest[rest.chars().next().map_or(1, char::len_utf8)..];
        }
    }
    found
}

fn pages(project: &Project) -> Vec<(String, String)> {
    let files = tree(&project.path("public")).into_iter().filter(|(name, _)| name.ends_with(".html"));
    files.map(|(name, bytes)| (name, String::from_utf8(bytes).expect("text"))).collect()
}

/// Checks every page of a built site.
fn inspect(project: &Project) -> usize {
    let pages = pages(project);
    for (name, page) in &pages {
        let mut policy = None;
        for tag in tags(page) {
            let has = |attribute: &str| tag.attributes.get(attribute).map(String::as_str);
            if has("http-equiv").is_some_and(|value| value.eq_ignore_ascii_case("Content-Security-Policy")) {
                policy = has("content").map(str::to_owned);
            }
            if matches!(tag.name.as_str(), "script" | "link" | "style" | "img") {
                assert!(policy.is_some(), "{name}: the policy stands before <{}>", tag.name);
            }
            assert!(tag.name != "style" && has("style").is_none(), "{name}: a style in the page");
            assert!(
                !tag.attributes.keys().any(|attribute| attribute.starts_with("on")),
                "{name}: {:?}",
                tag.attributes
            );
            assert!(!matches!(tag.name.as_str(), "iframe" | "object" | "embed" | "base"), "{name}: <{}>", tag.name);
            if tag.name == "script" && has("src").is_none() {
                assert_eq!(has("type"), Some("application/ld+json"), "{name}: a script in the page");
                serde_json::from_str::<serde_json::Value>(&tag.text).expect("data");
            }
            for attribute in ["href", "src", "action", "formaction", "poster", "data", "xlink:href"] {
                let Some(address) = has(attribute) else { continue };
                let scheme = address
                    .split(['/', '?', '#'])
                    .next()
                    .and_then(|start| start.split_once(':'))
                    .map(|(scheme, _)| scheme.to_lowercase());
                let may = scheme.as_deref().is_none_or(|scheme| matches!(scheme, "http" | "https" | "mailto" | "tel"));
                assert!(may || address.starts_with("data:image/"), "{name}: {attribute}={address}");
                let leaves =
                    matches!(scheme.as_deref(), Some("http" | "https")) && !address.starts_with("https://rao.example/");
                if tag.name == "a" && leaves && !address.starts_with("https://zoq.example/") {
                    let rel = has("rel").unwrap_or_default();
                    assert!(rel.split(' ').any(|word| word == "noopener"), "{name}: {address} has rel={rel:?}");
                }
                if tag.name != "a" && tag.name != "link" {
                    assert!(
                        scheme.is_none() || address.starts_with("data:image/"),
                        "{name}: <{}> asks {address}",
                        tag.name
                    );
                }
            }
        }
        let policy = policy.unwrap_or_else(|| panic!("{name} has no policy"));
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{name}: {policy}");
    }
    pages.len()
}

#[test]
fn every_page_of_the_example_has_a_strict_policy_and_links_that_keep_to_it() {
    let project = Project::new();
    project.copy_example();
    project.run(&["build", "--today", "2026-11-24"]).clean();
    assert!(inspect(&project) > 20);
}

#[test]
fn hostile_words_in_records_and_pages_stay_words() {
    let hostile = [
        "</script><script>alert(1)</script>",
        "\"><input onfocus=alert(1) autofocus>",
        "<svg onload=alert(1)>",
        "javascript:alert(1)",
        "<!--<script>",
        "{{ site.title }}{% raw %}",
        "]]><script>alert(1)</script>",
        "\u{2028}</ScRiPt >",
        "<a href=\"jav&#x09;ascript:alert(1)\">x</a>",
        "<b style=\"x:expression(alert(1))\">b</b>",
    ];
    let project = Project::with(&[("site.yaml", SITE)]);
    let quoted = |text: &str| serde_json::to_string(text).expect("text");
    let papers: String = hostile
        .iter()
        .enumerate()
        .map(|(at, text)| {
            let text = quoted(text);
            format!("- {{id: p{at}, title: {text}, authors: Rao P, journal: {text}, date: 2025, doi: 10.5555/p.{at}, abstract: {text}, summary: {text}, why: {text}, keywords: [{text}], publisher: {text}}}\n")
        })
        .collect();
    project.write("records/publications.yaml", papers);
    let awards: String =
        hostile.iter().map(|text| format!("- {{title: {0}, by: {0}, date: 2025}}\n", quoted(text))).collect();
    project.write("records/awards.yaml", awards);
    let words: String =
        hostile.iter().map(|text| format!("{text}\n\n[x](<{}>)\n\n", text.replace(['<', '>'], ""))).collect();
    project.write("pages/notes.md", format!("---\ntitle: {}\n---\n{words}", quoted(hostile[0])));
    let run = project.run(&["build", "--today", "2026-11-24"]);
    let faults: Vec<_> = run.stderr.lines().filter(|line| line.starts_with("error")).collect();
    if run.code != 0 {
        // An address with a script is an error of its own, and is taken out for the rest.
        assert!(faults.iter().all(|line| line.contains("OP5")), "{}", run.stderr);
        let words: String = hostile.iter().map(|text| format!("{text}\n\n")).collect();
        project.write(
            "pages/notes.md",
            format!("---\ntitle: {}\n---\n{}", quoted(hostile[0]), words.replace("jav&#x09;ascript:alert(1)", "#")),
        );
        let run = project.run(&["build", "--today", "2026-11-24"]);
        assert_eq!(run.code, 0, "{}", run.stderr);
    }
    assert!(inspect(&project) > 10);
    for (name, page) in pages(&project) {
        for tag in tags(&page) {
            assert!(tag.name != "script" || !tag.text.contains("<script"), "{name}");
        }
    }
}

#[test]
fn the_samples_of_the_guide_send_the_policy_of_the_pages() {
    let project = Project::with(&[("site.yaml", SITE)]);
    project.run(&["build"]).clean();
    let page = project.read("public/index.html").expect("the page");
    let policy = tags(&page)
        .into_iter()
        .find_map(|tag| tag.attributes.contains_key("http-equiv").then(|| tag.attributes["content"].clone()));
    let guide = project.run(&["guide", "privacy"]).stdout;
    let policy = policy.expect("a policy");
    let sent = format!("{policy}; frame-ancestors 'none'");
    assert_eq!(guide.matches(&sent).count(), 2, "in `_headers` and in `.htaccess`: {sent}\n{guide}");
}
