//! Front matter of other site generators as JSON values: YAML between `---`, TOML between `+++`.

use std::borrow::Cow;

use serde_json::Value as Json;

/// Aliases and anchors can make a small text large: longer ones are refused.
const LONGEST: usize = 4 * 1024 * 1024;

/// Reads YAML, also where a title has a colon or quotes that its writer did not guard; `None` when it is none, or no map.
pub(in crate::exchange) fn yaml(text: &str) -> Option<Json> {
    // An anchor that stands within what it names, and names that repeat, are read by nobody's generator.
    let aliases = text.matches('*').count() > 200 && text.contains(": *");
    if text.len() > LONGEST || aliases || too_deep(text) {
        return None;
    }
    let parse = |text: &str| serde_yaml::from_str::<serde_yaml::Value>(text).ok();
    let value = parse(text).or_else(|| parse(&guarded(text)))?;
    serde_json::to_value(value).ok().filter(Json::is_object)
}

fn too_deep(text: &str) -> bool {
    let mut depth = 0_i32;
    text.bytes().any(|byte| {
        depth += match byte {
            b'[' | b'{' => 1,
            b']' | b'}' => -1,
            _ => 0,
        };
        depth > 100
    })
}

/// Puts quotes around plain values that YAML would take for something else.
fn guarded(text: &str) -> String {
    let lines = text.lines().map(|line| {
        let Some((key, value)) = line.split_once(": ") else { return Cow::Borrowed(line) };
        let name = key.trim_start().trim_start_matches("- ");
        let is_key = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
        let value = value.trim();
        if is_key && needs_quotes(value) {
            let inner = ['"', '\''].iter().find_map(|quote| value.strip_prefix(*quote)?.strip_suffix(*quote));
            Cow::Owned(format!("{key}: '{}'", inner.unwrap_or(value).replace('\'', "''")))
        } else {
            Cow::Borrowed(line)
        }
    });
    lines.collect::<Vec<_>>().join("\n").replace('\t', "  ")
}

fn needs_quotes(value: &str) -> bool {
    match value.chars().next() {
        None | Some('[' | '{' | '|' | '>' | '&' | '!') => false,
        Some(quote @ ('"' | '\'')) => {
            let whole = value.strip_prefix(quote).and_then(|value| value.strip_suffix(quote));
            whole.is_none_or(|inner| inner.replace("''", "").replace("\\\"", "").contains(quote))
        }
        Some('@' | '`' | '%' | '*') => true,
        Some(_) => value.contains(": ") || value.ends_with(':') || value.contains(" #"),
    }
}

/// Reads TOML; `None` when it is none.
fn toml(text: &str) -> Option<Json> {
    let table: toml::Table = text.parse().ok()?;
    Some(json(toml::Value::Table(table)))
}

fn json(value: toml::Value) -> Json {
    match value {
        toml::Value::String(text) => Json::String(text),
        toml::Value::Integer(number) => Json::from(number),
        toml::Value::Float(number) => Json::from(number),
        toml::Value::Boolean(flag) => Json::Bool(flag),
        toml::Value::Datetime(day) => Json::String(day.to_string()),
        toml::Value::Array(list) => Json::Array(list.into_iter().map(json).collect()),
        toml::Value::Table(table) => Json::Object(table.into_iter().map(|(key, value)| (key, json(value))).collect()),
    }
}

/// Cuts a page at the lines that fence its front matter; `None` without any.
fn split<'t>(text: &'t str, fence: &str) -> Option<(&'t str, &'t str)> {
    let rest = text.trim_start_matches(['\n', ' ']).strip_prefix(fence)?;
    let rest = rest.trim_start_matches([' ', '\t']).strip_prefix('\n')?;
    if let Some(body) = rest.strip_prefix(fence) {
        return Some(("", body));
    }
    let end = rest.find(&format!("\n{fence}"))?;
    let body = &rest[end + 1 + fence.len()..];
    Some((&rest[..=end], body.split_once('\n').map_or("", |(_, body)| body)))
}

/// Reads a page's front matter.
pub(in crate::exchange) fn matter(text: &str) -> Option<(Json, &str)> {
    if let Some((front, body)) = split(text, "+++") {
        return Some((toml(front)?, body));
    }
    let (front, body) = split(text, "---")?;
    Some((yaml(front)?, body))
}

/// Tells whether a page begins with the fence of a front matter, readable or not.
pub(in crate::exchange) fn begins(text: &str) -> bool {
    ["---", "+++"].iter().any(|fence| text.trim_start_matches(['\n', ' ']).starts_with(fence))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_whose_signs_nobody_guarded_is_read() {
        for (front, title) in [
            ("title: Unquoted: colon here\ndate: 2023-05-01\n", "Unquoted: colon here"),
            ("title: 'Rao's paper'\n", "Rao's paper"),
            ("title: \"CT\" at night\n", "\"CT\" at night"),
            ("title: \"Say \"ah\": a trial\"\n", "Say \"ah\": a trial"),
            ("title: 'It''s fine: yes'\n", "It's fine: yes"),
        ] {
            let json = yaml(front).unwrap_or_else(|| panic!("{front}"));
            assert_eq!(json["title"], title);
        }
    }

    #[test]
    fn toml_between_plus_signs_is_front_matter() {
        let page = "+++\ntitle = \"A: B\"\ndate = 2019-04-01\nauthors = [\"admin\", \"Li Wei\"]\n[[links]]\nurl = \"x\"\n+++\nBody\n";
        let (json, body) = matter(page).expect("front matter");
        assert_eq!((json["title"].as_str(), json["date"].as_str(), body), (Some("A: B"), Some("2019-04-01"), "Body\n"));
        assert_eq!((json["authors"][1].as_str(), json["links"][0]["url"].as_str()), (Some("Li Wei"), Some("x")));
        assert!(begins("+++\ntitle = \n+++\n") && matter("+++\ntitle = \n+++\n").is_none());
    }
}
