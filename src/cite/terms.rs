//! The words of a locale as a style sees them: its own terms first, then the locale's.

use std::collections::HashMap;

use hayagriva::citationberg::taxonomy::{Locator, NumberVariable, OtherTerm, Term};
use hayagriva::citationberg::{Date, DateForm, Locale, LocaleCode, TermForm};

/// Terms, date forms and options for one style in one locale.
#[derive(Debug, Clone, Default)]
pub(super) struct Terms {
    words: HashMap<(Term, TermForm), (String, String)>,
    dates: Vec<Date>,
    /// Whether commas and full stops go inside closing quotation marks.
    pub(super) punctuation_in_quote: bool,
    /// Whether only the first of a month is an ordinal (French).
    pub(super) ordinals_on_day_one: bool,
}

impl Terms {
    /// Joins a style's own locales with the locale's file; the more specific one wins.
    pub(super) fn new(style: &[Locale], file: &Locale, lang: &str) -> Self {
        let mut terms = Self::default();
        terms.add(file);
        let language = lang.split('-').next().unwrap_or(lang);
        let codes: [Option<&str>; 3] = [None, Some(language), Some(lang)];
        for code in codes {
            for locale in style.iter().filter(|locale| locale.lang.as_ref().map(|LocaleCode(l)| l.as_str()) == code) {
                terms.add(locale);
            }
        }
        terms
    }

    fn add(&mut self, locale: &Locale) {
        for term in locale.terms.iter().flat_map(|terms| &terms.terms) {
            let single = term.single().unwrap_or_default().to_owned();
            let multiple = term.multiple().map_or_else(|| single.clone(), str::to_owned);
            self.words.insert((canonical(term.name), term.form), (single, multiple));
        }
        for date in &locale.date {
            self.dates.retain(|known| known.form != date.form);
            self.dates.push(date.clone());
        }
        if let Some(options) = locale.style_options {
            self.punctuation_in_quote = options.punctuation_in_quote.unwrap_or(self.punctuation_in_quote);
            self.ordinals_on_day_one = options.limit_day_ordinals_to_day_1.unwrap_or(self.ordinals_on_day_one);
        }
    }

    /// Returns a term, in a more general form when the asked one is not defined.
    pub(super) fn term(&self, term: Term, form: TermForm, plural: bool) -> Option<&str> {
        let term = canonical(term);
        let mut form = Some(form);
        while let Some(current) = form {
            if let Some((single, multiple)) = self.words.get(&(term, current)) {
                return Some(if plural { multiple } else { single });
            }
            form = current.fallback();
        }
        None
    }

    /// Returns a word that is no role, label or type.
    pub(super) fn word(&self, term: OtherTerm) -> Option<&str> {
        self.term(Term::Other(term), TermForm::Long, false)
    }

    /// Returns the dash between the ends of a range.
    pub(super) fn range_delimiter(&self) -> &str {
        self.word(OtherTerm::PageRangeDelimiter).unwrap_or("–")
    }

    /// Returns a localised date form.
    pub(super) fn date(&self, form: DateForm) -> Option<&Date> {
        self.dates.iter().find(|date| date.form == Some(form))
    }

    /// Returns the ending of an ordinal number (`st`, `nd`, `th`, `.ª` …).
    pub(super) fn ordinal(&self, number: u32) -> &str {
        let two = u8::try_from(number % 100).unwrap_or_default();
        let one = u8::try_from(number % 10).unwrap_or_default();
        let special = (two >= 10).then(|| self.word(OtherTerm::OrdinalN(two))).flatten();
        special
            .or_else(|| self.word(OtherTerm::OrdinalN(one)))
            .or_else(|| self.word(OtherTerm::Ordinal))
            .unwrap_or_default()
    }

    /// Returns an ordinal number in words, from first to tenth.
    pub(super) fn long_ordinal(&self, number: u32) -> Option<String> {
        let number = u8::try_from(number).ok()?;
        self.word(OtherTerm::LongOrdinal(number)).map(str::to_owned)
    }
}

/// Terms that CSL knows as locators and as variables are one.
fn canonical(term: Term) -> Term {
    match term {
        Term::Locator(Locator::Issue) => Term::NumberVariable(NumberVariable::Issue),
        Term::Locator(Locator::Volume) => Term::NumberVariable(NumberVariable::Volume),
        Term::Locator(Locator::Section) => Term::NumberVariable(NumberVariable::Section),
        Term::Locator(Locator::Page) => Term::PageVariable,
        Term::Locator(Locator::Book) => Term::Kind(hayagriva::citationberg::taxonomy::Kind::Book),
        Term::Locator(Locator::Chapter) => Term::Kind(hayagriva::citationberg::taxonomy::Kind::Chapter),
        Term::Locator(Locator::Figure) => Term::Kind(hayagriva::citationberg::taxonomy::Kind::Figure),
        Term::NumberVariable(NumberVariable::PartNumber) => Term::Locator(Locator::Part),
        Term::NumberVariable(NumberVariable::SupplementNumber) => Term::Locator(Locator::Supplement),
        other => other,
    }
}
