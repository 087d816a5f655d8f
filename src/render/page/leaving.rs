//! Links that leave the site.

/// Tells browsers to give the pages to which links lead no hold of ours: `rel="noopener"` on each link
/// to another address that says no `rel` of its own.
pub(super) fn closed(html: &str) -> String {
    let mut closed = String::with_capacity(html.len() + html.len() / 32);
    let mut rest = html;
    while let Some(at) = rest.find("<a ") {
        let tag = &rest[at..];
        let end = end_of(tag);
        closed.push_str(&rest[..at + end]);
        let leaves = ["href=\"http://", "href=\"https://", "href=\"//"].iter().any(|start| tag[..end].contains(start));
        if leaves && !tag[..end].contains(" rel=") {
            closed.push_str(" rel=\"noopener\"");
        }
        rest = &tag[end..];
    }
    closed.push_str(rest);
    closed
}

/// Where the `>` of a tag stands, outside quotes.
fn end_of(tag: &str) -> usize {
    let mut quote = None;
    for (at, byte) in tag.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    tag.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_links_that_leave_are_closed() {
        for (link, expected) in [
            ("<a href=\"https://a.example/\">", "<a href=\"https://a.example/\" rel=\"noopener\">"),
            (
                "<a title=\"a > b\" href=\"http://a.example/\">",
                "<a title=\"a > b\" href=\"http://a.example/\" rel=\"noopener\">",
            ),
            (
                "<a href=\"https://a.example/\" rel=\"me noopener\">",
                "<a href=\"https://a.example/\" rel=\"me noopener\">",
            ),
            (
                "<a href=\"../cv/\">x</a><a href=\"mailto:a@b.example\">",
                "<a href=\"../cv/\">x</a><a href=\"mailto:a@b.example\">",
            ),
            ("<abbr title=\"https://\">", "<abbr title=\"https://\">"),
            ("<a href=\"https://a", "<a href=\"https://a rel=\"noopener\""),
        ] {
            assert_eq!(closed(link), expected);
        }
    }
}
