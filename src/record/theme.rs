//! `theme.yaml` and `strings/<language>.yaml` of a theme.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use super::Text;

/// What a theme says of itself.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ThemeManifest {
    /// Its name, as its folder.
    pub name: Option<Text>,
    /// Its version.
    pub version: Option<Text>,
    /// The version of what templates see that it was made for.
    pub view: Option<u32>,
    /// One line for `theme list`.
    pub description: Option<Text>,
    /// The theme that has what this one lacks; `offprint` when not said.
    pub extends: Option<Text>,
    /// Whether the style sheets and fonts of the theme it extends stay out.
    pub own_styles: bool,
    /// What a site may set under `site.theme_options`.
    pub options: BTreeMap<String, ThemeOption>,
}

/// An option of a theme.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ThemeOption {
    /// What values it takes.
    #[serde(rename = "type")]
    pub kind: OptionType,
    /// Its value when the site says nothing.
    pub default: Value,
    /// What it does, in a sentence.
    pub help: Text,
}

/// What values an option takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OptionType {
    /// `true` or `false`.
    Boolean,
    /// A whole number, zero or more.
    Number,
    /// Words.
    Text,
}

impl OptionType {
    /// Reads a value of this type, also in another form (`yes`, `"3"`) as records may have it.
    pub fn read(self, value: &Value) -> Option<Value> {
        match (self, value) {
            (Self::Boolean, Value::Bool(_)) | (Self::Text, Value::String(_)) => Some(value.clone()),
            (Self::Boolean, Value::String(word)) => match word.trim().to_lowercase().as_str() {
                "yes" | "on" | "true" => Some(true.into()),
                "no" | "off" | "false" => Some(false.into()),
                _ => None,
            },
            (Self::Number, Value::Number(number)) => number.as_u64().map(Value::from),
            (Self::Number, Value::String(digits)) => digits.trim().parse::<u64>().ok().map(Value::from),
            (Self::Text, Value::Number(number)) => Some(number.to_string().into()),
            _ => None,
        }
    }

    /// Returns the type in words, for messages.
    pub fn words(self) -> &'static str {
        match self {
            Self::Boolean => "`true` or `false`",
            Self::Number => "a whole number",
            Self::Text => "words",
        }
    }
}
