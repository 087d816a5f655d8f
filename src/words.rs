//! The words that are printed: a theme's strings by language, dates, counts, lists.
//!
//! Takes the `strings/*.yaml` of the theme's layers; gives [`Words`] for one language, in which
//! every word that a translation lacks is the English one.

use std::sync::Arc;

use chrono::Datelike;
use serde_json::{Map, Value};

use crate::diagnostic::Diagnostics;
use crate::record::PartialDate;
use crate::record::decode;
use crate::source::Sources;
use crate::source::theme::ThemeLayer;

/// The words of one language.
#[derive(Debug, Clone, PartialEq)]
pub struct Words {
    map: Arc<Map<String, Value>>,
    language: String,
}

impl Words {
    /// Reads the words of a language (a BCP 47 tag) from the layers of a theme.
    pub fn new(diagnostics: &mut Diagnostics, sources: &Sources, layers: &[ThemeLayer], language: &str) -> Self {
        let mut map = Map::new();
        let tag = language.to_ascii_lowercase();
        let primary = primary(language);
        let mut languages = vec!["en".to_owned(), primary.clone(), tag];
        languages.dedup();
        for language in &languages {
            for layer in layers.iter().rev() {
                if let Some(file) = layer.files.get(&format!("strings/{language}.yaml")) {
                    merge(&mut map, decode::strings(diagnostics, sources, file));
                }
            }
        }
        Self { map: Arc::new(map), language: primary }
    }

    /// Returns all words by their keys.
    pub fn map(&self) -> &Map<String, Value> {
        &self.map
    }

    /// Finds the word at a path of keys joined by dots; a missing one shows its path.
    pub fn get<'a>(&'a self, path: &'a str) -> &'a str {
        self.find(path).and_then(Value::as_str).unwrap_or(path)
    }

    /// Finds the word for a value of a closed list (`term("publication_type", "preprint")`).
    pub fn term<'a>(&'a self, list: &str, value: &'a str) -> &'a str {
        self.map.get(list).and_then(|terms| terms.get(value)).and_then(Value::as_str).unwrap_or(value)
    }

    /// Returns the words at `path` with each `{name}` replaced.
    pub fn fill(&self, path: &str, values: &[(&str, &str)]) -> String {
        let mut text = self.get(path).to_owned();
        for (name, value) in values {
            text = text.replace(&format!("{{{name}}}"), value);
        }
        text
    }

    /// Returns the form of the words at `path` that goes with a number, `{n}` replaced by it.
    ///
    /// The forms are the plural categories of Unicode CLDR; a missing one is `other`.
    pub fn count(&self, path: &str, n: usize) -> String {
        let forms = self.find(path);
        let form = forms.and_then(|forms| {
            let form = forms.get(plural_category(&self.language, n)).or_else(|| forms.get("other")).unwrap_or(forms);
            form.as_str()
        });
        form.unwrap_or(path).replace("{n}", &n.to_string())
    }

    /// Joins texts as a sentence does: "a, b and c".
    pub fn list(&self, items: &[String]) -> String {
        match items {
            [] => String::new(),
            [only] => only.clone(),
            [first @ .., last] => format!("{}{}{last}", first.join(self.get("list.comma")), self.get("list.and")),
        }
    }

    /// Writes a date in full, as far as it is known: "24 November 2026".
    pub fn date(&self, date: PartialDate) -> String {
        match (date.month, date.day) {
            (Some(month), Some(day)) => self.day(day, month, date.year, "date.day", "date.months"),
            (Some(month), None) => self.day(0, month, date.year, "date.month", "date.months"),
            _ => date.year.to_string(),
        }
    }

    /// Writes day and short month, without the year: "24 Nov"; empty for a bare year.
    pub fn day_of_year(&self, date: PartialDate) -> String {
        match (date.month, date.day) {
            (Some(month), Some(day)) => self.day(day, month, date.year, "date.day_of_year", "date.short_months"),
            (Some(month), None) => self.month_name(month, "date.short_months").to_owned(),
            _ => String::new(),
        }
    }

    /// Writes the month of a day: "Nov 2026".
    pub fn short_month(&self, day: chrono::NaiveDate) -> String {
        self.day(0, day.month(), day.year(), "date.month", "date.short_months")
    }

    /// Writes the month of a day in full: "November 2026".
    pub fn full_month(&self, day: chrono::NaiveDate) -> String {
        self.day(0, day.month(), day.year(), "date.month", "date.months")
    }

    fn day(&self, day: u32, month: u32, year: i32, form: &str, months: &str) -> String {
        let (day, year) = (day.to_string(), year.to_string());
        self.fill(form, &[("day", &day), ("month", self.month_name(month, months)), ("year", &year)])
    }

    fn month_name(&self, month: u32, months: &str) -> &str {
        let index = usize::try_from(month).unwrap_or_default().saturating_sub(1);
        self.find(months).and_then(|names| names.get(index)).and_then(Value::as_str).unwrap_or_default()
    }

    fn find(&self, path: &str) -> Option<&Value> {
        let mut keys = path.split('.');
        let mut value = self.map.get(keys.next()?)?;
        for key in keys {
            value = value.get(key)?;
        }
        Some(value)
    }
}

/// Returns words with typographic apostrophes and quotation marks in place of straight ones.
pub fn curly(words: &str) -> String {
    let mut curled = String::with_capacity(words.len());
    let mut before = ' ';
    for letter in words.chars() {
        let opens = before.is_whitespace() || matches!(before, '(' | '[' | '{' | '“' | '‘' | '—' | '–' | '/');
        let written = match (letter, opens) {
            ('\'', true) => '‘',
            ('\'', false) => '’',
            ('"', true) => '“',
            ('"', false) => '”',
            (other, _) => other,
        };
        curled.push(written);
        before = written;
    }
    curled
}

/// Returns the language that a BCP 47 tag names first: `pt` of `pt-BR`.
pub(crate) fn primary(tag: &str) -> String {
    tag.split('-').next().unwrap_or_default().to_ascii_lowercase()
}

/// Puts words over others: maps are merged, all else replaced.
pub(crate) fn merge(into: &mut Map<String, Value>, from: Map<String, Value>) {
    for (key, value) in from {
        match (into.get_mut(&key), value) {
            (Some(Value::Object(old)), Value::Object(new)) => merge(old, new),
            (_, value) => {
                into.insert(key, value);
            }
        }
    }
}

/// Returns the plural category of Unicode CLDR for a whole number.
fn plural_category(language: &str, n: usize) -> &'static str {
    match (language, n, n % 100) {
        ("ar", 0, _) => "zero",
        ("fr" | "pt", 0, _) | (_, 1, _) => "one",
        ("ar", 2, _) => "two",
        ("ar", _, 3..=10) => "few",
        ("ar", _, 11..) => "many",
        _ => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(language: &str) -> Words {
        let mut diagnostics = Diagnostics::default();
        let layers = crate::source::theme::theme_layers(&crate::source::Sources::default(), &["offprint".to_owned()]);
        let words = Words::new(&mut diagnostics, &Sources::default(), &layers, language);
        assert!(diagnostics.is_empty(), "{diagnostics:?}");
        words
    }

    #[test]
    fn dates_are_written_as_far_as_they_are_known() {
        let words = words("en-US");
        let write = |text: &str| PartialDate::parse(text).map(|date| words.date(date)).unwrap_or_default();
        assert_eq!(write("2026-11-24"), "24 November 2026");
        assert_eq!(write("2026-11"), "November 2026");
        assert_eq!(write("2026"), "2026");
    }

    #[test]
    fn counts_take_the_plural_of_their_language() {
        assert_eq!(plural_category("en", 1), "one");
        assert_eq!(plural_category("fr", 0), "one");
        assert_eq!(plural_category("ar", 2), "two");
        assert_eq!(plural_category("ar", 103), "few");
        assert_eq!(plural_category("ar", 111), "many");
        assert_eq!(plural_category("ar", 100), "other");
    }

    #[test]
    fn every_shipped_language_has_every_word() {
        fn paths(map: &Map<String, Value>, at: &str, all: &mut Vec<String>) {
            for (key, value) in map {
                match value {
                    Value::Object(inner) if !inner.contains_key("other") => paths(inner, &format!("{at}{key}."), all),
                    _ => all.push(format!("{at}{key}")),
                }
            }
        }
        let mut complete = 0;
        for theme in crate::source::theme::shipped_themes() {
            let layers = crate::source::theme::theme_layers(&crate::source::Sources::default(), &[theme.to_owned()]);
            let files = &layers.last().expect("the shipped theme").files;
            let read = |name: &str| {
                let mut all = Vec::new();
                let words = decode::strings(&mut Diagnostics::default(), &Sources::default(), &files[name]);
                paths(&words, "", &mut all);
                all.sort();
                all
            };
            let english = read("strings/en.yaml");
            complete = complete.max(english.len());
            for language in ["es", "fr", "de", "pt", "ar"] {
                assert_eq!(read(&format!("strings/{language}.yaml")), english, "{theme} in {language}");
            }
        }
        assert!(complete > 100);
    }
}
