//! What a plain scalar means.

use serde_yaml::{Number, Value};

/// Tells whether a letter has neither ink nor width: a mark of direction, a soft hyphen and the like.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

/// Resolves a scalar written without quotes.
///
/// A number is one only if it prints back as it was written, so `1.10`, `012345` and `1e3` stay
/// text; of the words only `true`, `false` and `null` are special, so `no` and `Off` stay text.
pub(super) fn resolve(text: &str) -> Value {
    match text {
        "" | "~" | "null" => Value::Null,
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        _ => number(text).map_or_else(|| Value::String(text.to_owned()), Value::Number),
    }
}

fn number(text: &str) -> Option<Number> {
    let first = *text.as_bytes().first()?;
    if !(first.is_ascii_digit() || first == b'-') || text.len() > 24 {
        return None;
    }
    if text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') {
        if let Ok(value) = text.parse::<u64>() {
            return (value.to_string() == text).then(|| value.into());
        }
        let value = text.parse::<i64>().ok()?;
        return (value.to_string() == text).then(|| value.into());
    }
    let value = text.parse::<f64>().ok()?;
    (value.is_finite() && format!("{value:?}") == text).then(|| value.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_one_only_if_it_prints_back_the_same() {
        for text in ["2025", "0", "-3", "1.5", "1.0", "18446744073709551615"] {
            assert!(matches!(resolve(text), Value::Number(_)), "{text}");
        }
        for text in ["1.10", "012345", "1e3", "+5", "0x1F", "-0", "2025-03-01", "12:30", ".5", "-", "1_000", "nan"] {
            assert_eq!(resolve(text), Value::String(text.to_owned()));
        }
        assert_eq!(resolve("no"), Value::String("no".to_owned()));
        assert_eq!(resolve("true"), Value::Bool(true));
    }
}
