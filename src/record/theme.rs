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
    /// The words that it takes, where it does not take any.
    #[serde(default)]
    pub choices: Vec<Text>,
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
    /// A list of words, in the order that is wanted.
    List,
}

impl ThemeOption {
    /// Reads a value of this option, also in another form (`yes`, `"3"`, one word for a list of one)
    /// as records may have it.
    pub fn read(&self, value: &Value) -> Option<Value> {
        use OptionType::{Boolean, List, Number, Text};
        match (self.kind, value) {
            (Boolean, Value::Bool(_)) => Some(value.clone()),
            (Text, Value::String(word)) => self.takes(word).then(|| value.clone()),
            (List, Value::String(_)) => self.read(&Value::from(vec![value.clone()])),
            (List, Value::Array(words)) => {
                let known = words.iter().all(|word| word.as_str().is_some_and(|word| self.takes(word)));
                let once = words.iter().enumerate().all(|(at, word)| !words[..at].contains(word));
                (known && once).then(|| value.clone())
            }
            (Boolean, Value::String(word)) => match word.trim().to_lowercase().as_str() {
                "yes" | "on" | "true" => Some(true.into()),
                "no" | "off" | "false" => Some(false.into()),
                _ => None,
            },
            (Number, Value::Number(number)) => number.as_u64().map(Value::from),
            (Number, Value::String(digits)) => digits.trim().parse::<u64>().ok().map(Value::from),
            (Text, Value::Number(number)) if self.choices.is_empty() => Some(number.to_string().into()),
            _ => None,
        }
    }

    fn takes(&self, word: &str) -> bool {
        self.choices.is_empty() || self.choices.iter().any(|choice| **choice == *word)
    }

    /// Returns its value when the site says nothing, as it stands in YAML without quotes and brackets.
    pub fn usual(&self) -> String {
        let plain = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        match &self.default {
            Value::Array(words) => words.iter().map(plain).collect::<Vec<_>>().join(", "),
            other => plain(other),
        }
    }

    /// Returns what values it takes in words, for messages.
    pub fn values(&self) -> String {
        let choices = || self.choices.iter().map(|choice| format!("`{choice}`")).collect::<Vec<_>>().join(", ");
        match self.kind {
            OptionType::Boolean => "`true` or `false`".to_owned(),
            OptionType::Number => "a whole number".to_owned(),
            OptionType::Text if self.choices.is_empty() => "words".to_owned(),
            OptionType::Text => format!("one of {}", choices()),
            OptionType::List if self.choices.is_empty() => "a list of words".to_owned(),
            OptionType::List => format!("a list of these, each once: {}", choices()),
        }
    }
}
