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

fn words(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
