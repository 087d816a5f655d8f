//! The shipped locales, read one at a time.

use hayagriva::citationberg::{Locale, LocaleFile};

const FILES: [(&str, &str); 2] =
    [("en-US", include_str!("locales/en-US.xml")), ("en-GB", include_str!("locales/en-GB.xml"))];

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
