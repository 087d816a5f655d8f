//! Text as HTML: the one place that decides which characters are escaped.

/// Appends text with HTML's own characters escaped, for content and for attributes in double
/// quotes; a NUL, which HTML does not allow, becomes U+FFFD.
pub fn escape_into(html: &mut String, text: &str) {
    html.reserve(text.len());
    for letter in text.chars() {
        match letter {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\0' => html.push('\u{fffd}'),
            letter => html.push(letter),
        }
    }
}

/// Returns text as [`escape_into`] writes it.
pub fn escape(text: &str) -> String {
    let mut html = String::new();
    escape_into(&mut html, text);
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_text_in_content_and_in_attributes() {
        assert_eq!(escape("<b class=\"a\">&\0é"), "&lt;b class=&quot;a&quot;&gt;&amp;\u{fffd}é");
    }
}
