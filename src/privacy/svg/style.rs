//! Style sheets of a drawing and values in their language (CSS Syntax 3): without comments, and without
//! addresses that a browser would ask other hosts for.

/// What to do with an address: the one that takes its place, or nothing where it goes.
pub(super) type Judge<'j> = &'j mut dyn FnMut(&str, Asked) -> Option<String>;

/// How a style sheet names an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    /// As an address.
    Plainly,
    /// As a text, which is an address in some places.
    AsText,
    /// As another style sheet, which goes in any case.
    AsSheet,
}

/// Returns a style sheet with what `judge` makes of its addresses.
pub(super) fn cleaned(sheet: &str, judge: Judge<'_>) -> String {
    let sheet = letters_written_out(sheet);
    let mut out = String::with_capacity(sheet.len());
    let mut rest = sheet.as_str();
    while let Some(letter) = rest.chars().next() {
        if let Some(comment) = rest.strip_prefix("/*") {
            rest = comment.split_once("*/").map_or("", |(_, after)| after);
            part(&mut out, rest);
        } else if begins(rest, "@import") {
            let end = statement(rest);
            judge(rest[..end].trim_end_matches(';'), Asked::AsSheet);
            rest = &rest[end..];
            part(&mut out, rest);
        } else if matches!(letter, '"' | '\'') {
            let text = quoted(rest);
            let inner = text[1..].strip_suffix(letter).unwrap_or(&text[1..]);
            match judge(&written_out(inner), Asked::AsText) {
                Some(_) => out.push_str(text),
                None => out.extend([letter, letter]),
            }
            rest = &rest[text.len()..];
        } else if (begins(rest, "url(") || begins(rest, "src(")) && !out.ends_with(is_of_a_name) {
            let (whole, address) = call(rest);
            let quote = address.chars().next().filter(|first| matches!(first, '"' | '\''));
            let bare = quote.map_or(address, |quote| address.trim_matches(quote));
            let is_namespace =
                out.rsplit([';', '}']).next().is_some_and(|said| begins(said.trim_start(), "@namespace"));
            let plain = written_out(bare);
            match (judge(&plain, Asked::Plainly), quote) {
                (Some(kept), _) if kept == plain => out.push_str(whole),
                _ if is_namespace => out.push_str(whole),
                (kept, Some(quote)) => {
                    out.extend(["url(", quote.encode_utf8(&mut [0; 4]), &kept.unwrap_or_else(|| "#".to_owned())]);
                    out.push(quote);
                }
                (Some(other), None) => out.extend(["url(", &other, ")"]),
                (None, None) => out.push_str("none"),
            }
            rest = &rest[whole.len()..];
        } else {
            let length =
                if letter == '\\' { 1 + rest[1..].chars().next().map_or(0, char::len_utf8) } else { letter.len_utf8() };
            out.push_str(&rest[..length]);
            rest = &rest[length..];
        }
    }
    out
}

/// White space of the language.
const SPACES: [char; 5] = [' ', '\t', '\n', '\r', '\u{c}'];

fn begins(text: &str, word: &str) -> bool {
    text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
}

fn is_of_a_name(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '-' | '_') || !letter.is_ascii()
}

/// A text in quotes at the beginning; a line end closes it as well.
fn quoted(text: &str) -> &str {
    let quote = text.chars().next().unwrap_or_default();
    let mut is_escaped = false;
    for (at, letter) in text.char_indices().skip(1) {
        match letter {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '\n' | '\r' | '\u{c}' => return &text[..at],
            letter if letter == quote => return &text[..=at],
            _ => {}
        }
    }
    text
}

/// An address with its word at the beginning: up to its bracket, or up to its last quote; and the address alone.
fn call(text: &str) -> (&str, &str) {
    let start = text.len() - text[4..].trim_start_matches(SPACES).len();
    if text[start..].starts_with(['"', '\'']) {
        let address = quoted(&text[start..]);
        return (&text[..start + address.len()], address);
    }
    let mut is_escaped = false;
    for (at, letter) in text[start..].char_indices() {
        match letter {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            ')' => return (&text[..=start + at], text[start..start + at].trim_end_matches(SPACES)),
            _ => {}
        }
    }
    (text, text[start..].trim_end_matches(SPACES))
}

/// Keeps two words apart between which something was left out.
fn part(before: &mut String, after: &str) {
    let is_apart =
        |letter: Option<char>| letter.is_none_or(|letter| SPACES.contains(&letter) || ";{}".contains(letter));
    if !is_apart(before.chars().next_back()) && !is_apart(after.chars().next()) {
        before.push_str("/**/");
    }
}

/// Bytes of the statement at the beginning, with the sign that ends it.
fn statement(text: &str) -> usize {
    let mut at = 0;
    while let Some(letter) = text[at..].chars().next() {
        match letter {
            ';' => return at + 1,
            '{' | '}' => return at,
            '"' | '\'' => at += quoted(&text[at..]).len(),
            'u' | 'U' if begins(&text[at..], "url(") => at += call(&text[at..]).0.len(),
            _ => at += letter.len_utf8(),
        }
    }
    text.len()
}

/// Writes escaped letters out, which have no need of it, so that words are told by what they are.
fn letters_written_out(text: &str) -> String {
    unescaped(text, |letter| letter.is_ascii_alphabetic())
}

/// Writes all out that is escaped.
fn written_out(text: &str) -> String {
    unescaped(text, |_| true)
}

fn unescaped(text: &str, is_written_out: impl Fn(char) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        let after = &rest[at + 1..];
        let digits = after.bytes().take(6).take_while(u8::is_ascii_hexdigit).count();
        let (letter, length) = if digits > 0 {
            let space = usize::from(after[digits..].starts_with([' ', '\t', '\n', '\r', '\u{c}']));
            let number = u32::from_str_radix(&after[..digits], 16).ok();
            (number.and_then(char::from_u32), digits + space)
        } else {
            let next = after.chars().next();
            (next, next.map_or(0, char::len_utf8))
        };
        match letter {
            Some('\n' | '\r' | '\u{c}') if digits == 0 => {}
            Some(letter) if is_written_out(letter) => out.push(letter),
            // Without a space, the letters behind would be taken for digits.
            _ if digits > 0 => out.extend([&rest[at..=at + digits], " "]),
            _ => out.push_str(&rest[at..=at + length]),
        }
        rest = &after[length..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A style sheet from which all is gone that is not told by a `#`, and what it asked for.
    fn without_addresses(sheet: &str) -> (String, Vec<String>) {
        let mut asked = Vec::new();
        let out = cleaned(sheet, &mut |address, how| {
            let is_kept = address.starts_with('#') || (how == Asked::AsText && !address.starts_with("http"));
            if !is_kept {
                asked.push(address.to_owned());
            }
            is_kept.then(|| address.to_owned())
        });
        (out, asked)
    }

    #[test]
    fn addresses_of_a_style_sheet_are_found_however_they_are_written() {
        for (sheet, meant) in [
            ("@import url(https://a.example/x.css); .a{fill:red}", " .a{fill:red}"),
            ("@im@import url(https://a.example/);port", "@im/**/port"),
            ("@IMPORT 'https://a.example/;' screen;b{}", "b{}"),
            ("@\\69mport \"https://a.example/\";b{}", "b{}"),
            (".a{fill:url(https://a.example/#b)}", ".a{fill:none}"),
            (".a{fill:\\75 rl( \"https://a.example/)\" )}", ".a{fill:url(\"#\" )}"),
            ("@i\\6\\64 port 'https://a.example/'", "@i\\6 dport ''"),
            ("@im/**/port 'https://a.example/';", "@im/**/port '';"),
            (".a{b:url('#a' ')' );c:url(https://a.example/)}", ".a{b:url('#a' ')' );c:none}"),
            (".a{fill:uRl(https://a.example/\\))}", ".a{fill:none}"),
            (".a{b:image-set(\"https://a.example/\" 1x)}", ".a{b:image-set(\"\" 1x)}"),
            (".a{c:'\nd:url(https://a.example/)'}", ".a{c:'\nd:none'}"),
            ("/* ' */.a{fill:url(https://a.example/)}/* ' */", ".a{fill:none}"),
            (".a{c:'\\'/*';fill:url(https://a.example/)}", ".a{c:'\\'/*';fill:none}"),
        ] {
            let (out, asked) = without_addresses(sheet);
            assert_eq!(out, meant);
            assert_eq!(asked.len(), 1, "{asked:?}");
            assert!(asked[0].contains("https://a.example/"), "{asked:?}");
        }
        for kept in [".\\31 2{fill:url(#a)}", ".a{c:'url(x)'}", "", "\\", "\"", "url(#a", ".a\\:b{}"] {
            assert_eq!(without_addresses(kept), (kept.to_owned(), Vec::new()));
        }
        let odd = ".a{b:url(\u{a0}\");c:url(https://a.example/)\"}";
        assert!(!without_addresses(odd).0.contains("https"));
        let named = "@namespace url(http://www.w3.org/2000/svg);";
        assert_eq!(without_addresses(named).0, named);
    }

    proptest::proptest! {
        #[test]
        fn no_address_of_another_host_stays(sheet in "(url\\(|src\\(|@import|https://a|[\"'\\\\(){};:#/* \n6a]|\\\\75 ){0,24}") {
            let (once, _) = without_addresses(&sheet);
            let (_, asked) = without_addresses(&once);
            proptest::prop_assert!(!asked.iter().any(|asked| asked.contains("https")), "{once:?} {asked:?}");
        }
    }
}
