//! `theme.yaml` and `strings/<language>.yaml` of a theme.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value};

use super::Text;
use crate::diagnostic::{Diagnostic, Diagnostics, Span, code};

/// What a theme says of itself.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ThemeManifest {
    /// Its name, as its folder.
    pub name: Option<Text>,
    /// Its version.
    pub version: Option<Text>,
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
    /// Tells whether a value is of this type.
    pub fn takes(self, value: &Value) -> bool {
        match self {
            Self::Boolean => value.is_boolean(),
            Self::Number => value.is_u64(),
            Self::Text => value.is_string(),
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

/// Decodes a `theme.yaml`; a fault is reported and the defaults are used.
pub fn manifest(diagnostics: &mut Diagnostics, path: &str, text: &str) -> ThemeManifest {
    decode(diagnostics, path, text).unwrap_or_default()
}

/// Decodes the words of one language; a fault is reported and gives no words.
pub fn strings(diagnostics: &mut Diagnostics, path: &str, text: &str) -> Map<String, Value> {
    decode(diagnostics, path, text).unwrap_or_default()
}

fn decode<T: serde::de::DeserializeOwned>(diagnostics: &mut Diagnostics, path: &str, text: &str) -> Option<T> {
    match serde_yaml::from_str(text) {
        Ok(value) => Some(value),
        Err(fault) => {
            let span = fault.location().map(|at| Span::new(at.line(), at.column(), 1));
            diagnostics.push(
                Diagnostic::new(&code::THEME_FILE, path, fault.to_string())
                    .at(span)
                    .help("correct the file, or remove it to return to the built-in one"),
            );
            None
        }
    }
}
