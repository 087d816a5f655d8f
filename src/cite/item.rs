//! A CSL-JSON value read into typed fields.
//!
//! Takes one item of CSL-JSON (CSL 1.0.2, appendix IV); gives the values that a style may ask
//! for. Unknown fields and fields of a wrong shape are left out: the item comes from our own
//! mapping, or from a file that was checked when it was read.

use std::collections::HashMap;
use std::str::FromStr;
use std::sync::OnceLock;

use hayagriva::citationberg::taxonomy::{DateVariable, Kind, NameVariable, StandardVariable, Variable};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::date::DateValue;
use super::name::Name;

/// The values of one work, by CSL variable.
#[derive(Debug, Clone, Default)]
pub(super) struct Item {
    /// The CSL type.
    pub(super) kind: Option<Kind>,
    /// The work's language, when it says so.
    pub(super) language: Option<String>,
    texts: Vec<(Variable, String)>,
    names: Vec<(NameVariable, Vec<Name>)>,
    dates: Vec<(DateVariable, DateValue)>,
}

impl Item {
    /// Reads an item; characters of the private use area, which mark parts later, are dropped.
    pub(super) fn read(value: &Value) -> Self {
        let mut item = Self::default();
        let Some(fields) = value.as_object() else { return item };
        for (key, value) in fields {
            match (key.as_str(), value) {
                ("type", Value::String(kind)) => item.kind = Kind::from_str(kind).ok(),
                ("id", _) => {}
                ("journalAbbreviation", Value::String(text)) => {
                    item.texts.push((StandardVariable::ContainerTitleShort.into(), clean(text)));
                }
                ("shortTitle", Value::String(text)) => {
                    item.texts.push((StandardVariable::TitleShort.into(), clean(text)));
                }
                _ => item.read_field(key, value),
            }
        }
        item.language = item.text(StandardVariable::Language.into()).map(str::to_owned);
        item
    }

    /// Sets a text, in place of what the item said.
    pub(super) fn say(&mut self, variable: StandardVariable, text: String) {
        self.texts.retain(|(known, _)| *known != variable.into());
        self.texts.push((variable.into(), text));
    }

    fn read_field(&mut self, key: &str, value: &Value) {
        let Some(&variable) = variables().get(key) else { return };
        match (variable, value) {
            (Variable::Name(name), Value::Array(list)) => {
                let names: Vec<Name> = list.iter().filter_map(Name::read).collect();
                if !names.is_empty() {
                    self.names.push((name, names));
                }
            }
            (Variable::Date(date), value) => {
                if let Some(value) = DateValue::read(value) {
                    self.dates.push((date, value));
                }
            }
            (Variable::Name(_), _) => {}
            (_, Value::String(text)) => {
                let text = clean(text);
                if !text.trim().is_empty() {
                    self.texts.push((variable, text));
                }
            }
            (_, Value::Number(number)) => self.texts.push((variable, number.to_string())),
            _ => {}
        }
    }

    /// Returns the text of a standard, number or page variable.
    pub(super) fn text(&self, variable: Variable) -> Option<&str> {
        self.texts.iter().find(|(v, _)| *v == variable).map(|(_, text)| text.as_str())
    }

    /// Returns the people of a name variable, empty when there are none.
    pub(super) fn names(&self, variable: NameVariable) -> &[Name] {
        self.names.iter().find(|(v, _)| *v == variable).map_or(&[], |(_, names)| names)
    }

    /// Returns a date.
    pub(super) fn date(&self, variable: DateVariable) -> Option<&DateValue> {
        self.dates.iter().find(|(v, _)| *v == variable).map(|(_, date)| date)
    }

    /// Tells whether the work's language puts the family name first in any script (Chinese, Japanese).
    pub(super) fn family_first(&self) -> bool {
        self.language.as_ref().is_some_and(|language| language.starts_with("zh") || language.starts_with("ja"))
    }

    /// Returns the fields that the engine itself prints: those that become links.
    pub(super) fn linked(&self) -> Map<String, Value> {
        let mut fields = Map::new();
        for variable in [StandardVariable::DOI, StandardVariable::PMID, StandardVariable::PMCID, StandardVariable::URL]
        {
            if let Some(text) = self.text(variable.into()) {
                fields.insert(variable.to_string(), text.into());
            }
        }
        fields
    }

    /// Tells whether a variable of any sort has a value.
    pub(super) fn has(&self, variable: Variable) -> bool {
        match variable {
            Variable::Name(v) => !self.names(v).is_empty(),
            Variable::Date(v) => self.date(v).is_some(),
            other => self.text(other).is_some(),
        }
    }
}

/// Drops what would be taken for a mark of ours, and turns line ends into spaces.
pub(super) fn clean(text: &str) -> String {
    let text = text.trim();
    // Neither control characters nor the first byte of what lies beyond U+DFFF.
    if text.bytes().all(|byte| (0x20..0xEE).contains(&byte) && byte != 0x7F) && !text.chars().any(char::is_control) {
        return text.to_owned();
    }
    text.chars()
        .filter(|c| !('\u{E000}'..='\u{F8FF}').contains(c))
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

fn variables() -> &'static HashMap<&'static str, Variable> {
    static MAP: OnceLock<HashMap<&'static str, Variable>> = OnceLock::new();
    MAP.get_or_init(|| {
        VARIABLES
            .split_whitespace()
            .filter_map(|name| {
                let text = serde::de::value::StrDeserializer::<serde::de::value::Error>::new(name);
                Variable::deserialize(text).ok().map(|variable| (name, variable))
            })
            .collect()
    })
}

/// The variables of CSL 1.0.2.
pub(super) const VARIABLES: &str = "abstract annote archive archive_collection archive_location archive-place authority call-number \
    citation-key citation-label collection-title container-title container-title-short dimensions division DOI event \
    event-title event-place genre ISBN ISSN jurisdiction keyword language license medium note original-publisher \
    original-publisher-place original-title part-title PMCID PMID publisher publisher-place references reviewed-genre \
    reviewed-title scale source status title title-short URL volume-title \
    chapter-number collection-number edition issue number number-of-pages number-of-volumes page page-first \
    part-number printing-number section supplement-number version volume \
    accessed available-date event-date issued original-date submitted \
    author chair collection-editor compiler composer container-author contributor curator director editor \
    editorial-director editor-translator executive-producer guest host illustrator interviewer narrator organizer \
    original-author performer producer recipient reviewed-author script-writer series-creator translator";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_variable_of_the_list_is_known_to_the_engine() {
        assert_eq!(variables().len(), VARIABLES.split_whitespace().count());
    }
}
