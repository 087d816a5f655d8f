//! Finds the tag of a template that is never closed, which the engine reports at the text's end.

/// A tag that opens a block: its name and the bytes of the whole tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tag<'t> {
    pub(super) name: &'t str,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// Tags that have an end of their own, named `end` and the tag's name.
const BLOCKS: &[&str] = &["if", "for", "block", "filter", "component", "raw"];

/// Returns the innermost tag that is still open at the end of a template.
pub(super) fn unclosed(text: &str) -> Option<Tag<'_>> {
    let mut open: Vec<Tag> = Vec::new();
    let mut at = 0;
    while let Some(found) = text[at..].find("{%").map(|offset| at + offset) {
        let comment = text[at..found].rfind("{#").map(|offset| at + offset);
        if let Some(comment) = comment.filter(|comment| !text[*comment..found].contains("#}")) {
            at = comment + text[comment..].find("#}")?;
            continue;
        }
        let end = text[found..].find("%}").map(|offset| found + offset + 2)?;
        let inside = text[found + 2..end - 2].trim_matches(['-', ' ', '\n', '\r', '\t']);
        let name = inside.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default();
        at = end;
        let in_raw = open.last().is_some_and(|tag| tag.name == "raw");
        match name.strip_prefix("end") {
            Some(closed) if open.last().is_some_and(|tag| tag.name == closed) => {
                open.pop();
            }
            _ if in_raw => {}
            None if BLOCKS.contains(&name) || (name == "set" && !inside.contains('=')) => {
                open.push(Tag { name, start: found, end });
            }
            _ => {}
        }
    }
    open.pop()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_innermost_open_tag_is_found() {
        let name = |text| unclosed(text).map(|tag| (tag.name, tag.start));
        assert_eq!(name("<p>{% if a %}{% for b in c %}x{% endfor %}</p>"), Some(("if", 3)));
        assert_eq!(name("{%- block main -%}{% if a %}{% endif %}"), Some(("block", 0)));
        assert_eq!(name("{# {% if a %} #}{% set a = 1 %}{% raw %}{% if %}{% endraw %}"), None);
        assert_eq!(name("{% set a %}x"), Some(("set", 0)));
    }
}
