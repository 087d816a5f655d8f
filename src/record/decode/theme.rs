//! `theme.yaml` and `strings/<language>.yaml` of a theme → values.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::one::{Subject, decode_one};
use super::origin;
use crate::diagnostic::{Diagnostics, code};
use crate::record::theme::ThemeManifest;
use crate::source::Sources;
use crate::source::theme::ThemeFile;

/// Decodes a `theme.yaml`; what is at fault is reported and left out.
pub fn manifest(diagnostics: &mut Diagnostics, sources: &Sources, file: &ThemeFile) -> ThemeManifest {
    decode(diagnostics, sources, file, Subject::Theme)
}

/// Decodes the words of one language; what is at fault is reported and left out.
pub fn strings(diagnostics: &mut Diagnostics, sources: &Sources, file: &ThemeFile) -> Map<String, Value> {
    decode(diagnostics, sources, file, Subject::Words)
}

fn decode<T: DeserializeOwned + Default>(
    diagnostics: &mut Diagnostics,
    sources: &Sources,
    file: &ThemeFile,
    subject: Subject,
) -> T {
    let text = file.text();
    if sources.text(&file.path) != Some(&*text) {
        // A shipped file has no place among the user's, and no fault.
        return serde_yaml::from_str(&text).unwrap_or_default();
    }
    let Some(document) = sources.map(diagnostics, &file.path) else { return T::default() };
    let Some(value) = document.value.filter(|_| !document.unreadable) else { return T::default() };
    let mut found = Vec::new();
    let decoded = decode_one(&mut found, sources, subject, origin(&file.path, 0), value, document.faulty);
    for fault in &mut found {
        fault.code = &code::THEME_FILE;
    }
    diagnostics.extend(found);
    decoded.map(|decoded| decoded.record).unwrap_or_default()
}
