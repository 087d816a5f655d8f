//! The words of CSL 1.0.2 that a style may hold: attributes, variables, terms.

use hayagriva::citationberg::taxonomy::{Term, Variable};
use serde::Deserialize;

use crate::cite::item::VARIABLES;

/// Every attribute that an element of a style may have, in the order of the alphabet.
const ATTRIBUTES: &[&str] = &[
    "after-collapse-delimiter",
    "and",
    "citation-format",
    "cite-group-delimiter",
    "class",
    "collapse",
    "date-parts",
    "default-locale",
    "delimiter",
    "delimiter-precedes-et-al",
    "delimiter-precedes-last",
    "demote-non-dropping-particle",
    "disambiguate",
    "disambiguate-add-givenname",
    "disambiguate-add-names",
    "disambiguate-add-year-suffix",
    "display",
    "entry-spacing",
    "et-al-min",
    "et-al-subsequent-min",
    "et-al-subsequent-use-first",
    "et-al-use-first",
    "et-al-use-last",
    "field",
    "font-style",
    "font-variant",
    "font-weight",
    "form",
    "gender",
    "gender-form",
    "givenname-disambiguation-rule",
    "hanging-indent",
    "href",
    "initialize",
    "initialize-with",
    "initialize-with-hyphen",
    "is-numeric",
    "is-uncertain-date",
    "license",
    "limit-day-ordinals-to-day-1",
    "line-spacing",
    "locator",
    "macro",
    "match",
    "name",
    "name-as-sort-order",
    "name-delimiter",
    "name-form",
    "names-delimiter",
    "names-min",
    "names-use-first",
    "names-use-last",
    "near-note-distance",
    "page-range-format",
    "plural",
    "position",
    "prefix",
    "punctuation-in-quote",
    "quotes",
    "range-delimiter",
    "rel",
    "second-field-align",
    "sort",
    "sort-separator",
    "strip-periods",
    "subsequent-author-substitute",
    "subsequent-author-substitute-rule",
    "suffix",
    "term",
    "text-case",
    "text-decoration",
    "type",
    "value",
    "variable",
    "version",
    "vertical-align",
    "xmlns",
    "year-suffix-delimiter",
];

/// Looks at an attribute of an element; gives the word at fault and what is wrong with it.
pub(super) fn fault<'a>(key: &'a str, value: &'a str) -> Option<(&'a str, String)> {
    // Attributes of other name spaces pass.
    if !key.contains(':') && ATTRIBUTES.binary_search(&key).is_err() {
        return Some((key, format!("CSL has no attribute `{key}`{}", meant(key, ATTRIBUTES.iter().copied()))));
    }
    match key {
        "variable" => {
            let unknown = value.split_whitespace().find(|name| !is::<Variable>(name))?;
            Some((unknown, format!("CSL has no variable `{unknown}`{}", meant(unknown, VARIABLES.split_whitespace()))))
        }
        "term" if !is::<Term>(value) => Some((value, format!("CSL has no term `{value}`"))),
        _ => None,
    }
}

/// Tells whether the engine's reader knows a name.
fn is<'de, T: Deserialize<'de>>(name: &'de str) -> bool {
    T::deserialize(serde::de::value::BorrowedStrDeserializer::<serde::de::value::Error>::new(name)).is_ok()
}

/// Returns a question with the name that was likely meant.
fn meant<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> String {
    let near = known.map(|known| (strsim::damerau_levenshtein(name, known), known)).min();
    near.filter(|(distance, _)| *distance <= 3)
        .map_or_else(String::new, |(_, near)| format!("; did you mean `{near}`?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_csl_does_not_know_is_named_with_the_nearest_it_does() {
        assert!(ATTRIBUTES.is_sorted());
        for (key, value) in [("et-al-min", "4"), ("xml:lang", "en"), ("variable", "editor translator"), ("term", "in")]
        {
            assert_eq!(fault(key, value), None, "{key}");
        }
        let says = |key, value| fault(key, value).map(|(_, message)| message).unwrap_or_default();
        assert!(says("initialise-with", "").ends_with("did you mean `initialize-with`?"));
        assert!(says("variable", "titel").ends_with("did you mean `title`?"));
        assert_eq!(says("colour-of-the-sky", "blue"), "CSL has no attribute `colour-of-the-sky`");
    }
}
