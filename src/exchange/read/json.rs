//! What the readers of JSON share: values as text, whatever their type.

use serde_json::Value;

/// Returns a value as words: a string, a number, or the first of a list of them.
pub(in crate::exchange) fn text(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Array(list) => list.iter().find_map(text)?,
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// Returns a field of an object as words.
pub(in crate::exchange) fn at(value: &Value, field: &str) -> Option<String> {
    value.get(field).and_then(text)
}

/// Returns a field at the end of a path as words.
pub(in crate::exchange) fn along(value: &Value, path: &[&str]) -> Option<String> {
    path.iter().try_fold(value, |value, field| value.get(field)).and_then(text)
}

/// Returns the items of a list, or the one value that stands in its place.
pub(in crate::exchange) fn items(value: Option<&Value>) -> &[Value] {
    match value {
        Some(Value::Array(list)) => list,
        Some(Value::Null) | None => &[],
        Some(one) => std::slice::from_ref(one),
    }
}

/// Returns the texts of a list.
pub(in crate::exchange) fn texts(value: Option<&Value>) -> Vec<String> {
    items(value).iter().filter_map(text).collect()
}
