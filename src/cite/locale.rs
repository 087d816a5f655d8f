//! The shipped locales, read one at a time: a locale takes two milliseconds to read, and a site
//! needs one.

use hayagriva::citationberg::{Locale, LocaleFile};

const FILES: [(&str, &str); 7] = [
    ("en-US", include_str!("locales/en-US.xml")),
    ("en-GB", include_str!("locales/en-GB.xml")),
    ("es", include_str!("locales/es.xml")),
    ("fr", include_str!("locales/fr.xml")),
    ("de", include_str!("locales/de.xml")),
    ("pt", include_str!("locales/pt.xml")),
    ("ar", include_str!("locales/ar.xml")),
];

/// Returns the locale for a BCP 47 tag and its name: the very one, one of the same language, or
/// American English.
pub(super) fn locale(tag: &str) -> (Locale, &'static str) {
    let language = tag.split('-').next().unwrap_or(tag);
    let found = FILES
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(tag))
        .or_else(|| FILES.iter().find(|(name, _)| name.split('-').next() == Some(language)))
        .unwrap_or(&FILES[0]);
    let file = LocaleFile::from_xml(found.1).expect("the shipped locales are well formed: a test reads each");
    (file.into(), found.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cite::terms::Terms;
    use hayagriva::citationberg::taxonomy::{NameVariable, OtherTerm, Term};
    use hayagriva::citationberg::{DateForm, TermForm};

    #[test]
    fn every_locale_has_what_a_reference_needs() {
        for (name, _) in FILES {
            let (file, found) = locale(name);
            assert_eq!(found, name);
            let terms = Terms::new(&[], &file, name);
            for word in [OtherTerm::And, OtherTerm::EtAl, OtherTerm::In, OtherTerm::InPress, OtherTerm::Accessed] {
                assert!(terms.word(word).is_some_and(|word| !word.is_empty()), "{name} {word:?}");
            }
            for month in 0..12 {
                let month = OtherTerm::month(month).expect("a month");
                assert!(terms.term(Term::Other(month), TermForm::Short, false).is_some(), "{name} {month:?}");
            }
            for form in [TermForm::Long, TermForm::Short, TermForm::Verb] {
                assert!(terms.term(Term::NameVariable(NameVariable::Editor), form, true).is_some(), "{name}");
            }
            assert!(terms.date(DateForm::Text).is_some() && terms.date(DateForm::Numeric).is_some(), "{name}");
        }
    }

    #[test]
    fn a_region_finds_its_language() {
        assert_eq!(
            (locale("es-MX").1, locale("en").1, locale("en-AU").1, locale("xx").1),
            ("es", "en-US", "en-US", "en-US")
        );
    }
}
