//! Front matter of other site generators as JSON values.

use serde_json::Value as Json;

/// Aliases and anchors can make a small text large: longer ones are refused.
const LONGEST: usize = 4 * 1024 * 1024;

/// Reads YAML; `None` when it is none, or no map.
pub(in crate::exchange) fn yaml(text: &str) -> Option<Json> {
    // An anchor that stands within what it names, and names that repeat, are read by nobody's generator.
    let aliases = text.matches('*').count() > 200 && text.contains(": *");
    if text.len() > LONGEST || aliases || too_deep(text) {
        return None;
    }
    let value: serde_yaml::Value = serde_yaml::from_str(text).ok()?;
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

/// Cuts a page into its front matter, between lines `---`, and its body; `None` without front matter.
pub(in crate::exchange) fn split(text: &str) -> Option<(&str, &str)> {
    let rest = text.trim_start_matches(['\n', ' ']).strip_prefix("---")?;
    let rest = rest.trim_start_matches([' ', '\t']).strip_prefix('\n')?;
    if let Some(body) = rest.strip_prefix("---") {
        return Some(("", body));
    }
    let end = rest.find("\n---")?;
    let body = &rest[end + 4..];
    Some((&rest[..=end], body.split_once('\n').map_or("", |(_, body)| body)))
}

/// Reads a page's front matter.
pub(in crate::exchange) fn matter(text: &str) -> Option<(Json, &str)> {
    let (front, body) = split(text)?;
    Some((yaml(front)?, body))
}
