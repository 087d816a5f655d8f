//! `private/shares.yaml`: the tokens of unlisted pages, by the id of a share page or the name of a page.

use std::collections::BTreeMap;

use serde_yaml::Value;

use crate::diagnostic::{Diagnostics, code};
use crate::source::{Origin, Sources};

/// The file.
pub const SHARES: &str = "private/shares.yaml";
/// Letters of a token: 128 bits in base32.
const TOKEN_LENGTH: usize = 26;

/// Reads the tokens; one that could be guessed is reported and left out.
pub(super) fn tokens(diagnostics: &mut Diagnostics, sources: &Sources) -> BTreeMap<String, String> {
    let document = sources.map(diagnostics, SHARES).and_then(|document| document.value);
    let Some(Value::Mapping(map)) = document else { return BTreeMap::new() };
    let mut tokens = BTreeMap::new();
    for (id, token) in &map {
        let (Some(id), token) = (words(id), words(token).unwrap_or_default()) else { continue };
        if is_token(&token) {
            tokens.insert(id, token);
            continue;
        }
        let origin = Origin { file: SHARES.into(), index: 0 };
        let message = format!("the token of `{id}` is not one that `offprint share new` makes, so it might be guessed");
        let found = sources.diagnose(&code::WEAK_TOKEN, &origin, &id, message);
        diagnostics.push(found.help(format!("remove the line, then write `offprint share new {id}`")));
    }
    tokens
}

/// Tells whether a text is a token: 26 small letters and digits of base32 (RFC 4648, section 6).
pub fn is_token(text: &str) -> bool {
    text.len() == TOKEN_LENGTH && text.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'2'..=b'7'))
}

/// Takes the tokens out of words that name addresses: messages may end in a public log.
pub fn without_tokens(text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('-') {
        let (before, after) = rest.split_at(at + 1);
        masked.push_str(before);
        let ends = |after: &str| !after.starts_with(|next: char| next.is_ascii_alphanumeric());
        let token = after.get(..TOKEN_LENGTH).filter(|token| is_token(token) && ends(&after[TOKEN_LENGTH..]));
        rest = match token {
            Some(_) => {
                masked.push('…');
                &after[TOKEN_LENGTH..]
            }
            None => after,
        };
    }
    masked + rest
}

fn words(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_token_is_taken_out_wherever_it_stands() {
        let token = "7k2mqz4xv6an3trc5wjh2ydeob";
        assert_eq!(without_tokens(&format!("share/a-{token}/index.html, x-{token}")), "share/a-…/index.html, x-…");
        for kept in [token.to_owned(), format!("a-{token}x"), format!("a-{}", token.to_uppercase()), "a-b-".to_owned()]
        {
            assert_eq!(without_tokens(&kept), kept);
        }
    }

    proptest! {
        #[test]
        fn words_without_a_token_stay(words in "[-a-zé/ ]{0,24}") {
            prop_assert_eq!(without_tokens(&words), words);
        }
    }
}
