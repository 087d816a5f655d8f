//! Names of people: their parts, the forms in which they are printed, and how they compare.

mod compare;
mod line;
mod parse;
mod words;

pub(super) use compare::nearest;
pub use compare::{fold, same_person};
pub use line::{NameLine, read_line, read_names};
pub use parse::{NameNote, ReadName, read_name};

/// The parts of a person's name, after CSL 1.0.2.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct PersonName {
    /// Family name without its particle.
    pub family: String,
    /// Given names as printed in full; bare initials as `Z. A.`, one alone as `Z`.
    pub given: String,
    /// Non-dropping particle (`van der`, `d'`), empty when there is none.
    pub particle: String,
    /// `Jr`, `Sr`, `II`, `III` …
    pub suffix: String,
    /// A group, or a name that is never cut into parts; the other fields are then empty.
    pub literal: Option<String>,
    /// Whether a Chinese, Japanese or Korean name is written with a space between its parts.
    pub spaced: bool,
}

impl PersonName {
    /// Returns the name of a group, or one that is printed as it is.
    pub fn literal(name: impl Into<String>) -> Self {
        Self { literal: Some(name.into()), ..Self::default() }
    }

    /// Returns the initials of the given names without stops: `ZA`, `XM` for `Xiao-Ming`.
    pub fn initials(&self) -> String {
        self.given
            .split(|c: char| c.is_whitespace() || is_hyphen(c))
            .filter_map(|word| word.chars().find(|c| c.is_alphabetic()))
            .flat_map(|letter| letter.to_uppercase().take(1))
            .collect()
    }

    /// Returns the particle and the family name as they stand together: `van der Berg`, `d'Aubigny`.
    pub fn family_with_particle(&self) -> String {
        match self.particle.chars().last() {
            None => self.family.clone(),
            Some(end) if is_apostrophe(end) || is_hyphen(end) => format!("{}{}", self.particle, self.family),
            Some(_) => format!("{} {}", self.particle, self.family),
        }
    }

    /// Returns the form of PubMed's author lines: `van der Berg L`, `Whitcomb AR Jr`, `Adeyemi-Ford T 3rd`.
    pub fn pubmed(&self) -> String {
        if let Some(literal) = &self.literal {
            return literal.clone();
        }
        if self.is_east_asian() {
            return self.east_asian();
        }
        let suffix = match self.suffix.as_str() {
            "II" => "2nd",
            "III" => "3rd",
            "IV" => "4th",
            other => other,
        };
        join(&[&self.family_with_particle(), &self.initials(), suffix])
    }

    /// Returns the name in reading order: `Lotte van der Berg`, `Alden R. Whitcomb Jr`, `张伟`.
    pub fn full(&self) -> String {
        if let Some(literal) = &self.literal {
            return literal.clone();
        }
        if self.is_east_asian() {
            return self.east_asian();
        }
        join(&[&self.given, &self.family_with_particle(), &self.suffix])
    }

    /// Returns the name with the family name first and commas between the parts:
    /// `van der Berg, Lotte`, `Whitcomb, Alden R., Jr`.
    pub fn inverted(&self) -> String {
        if let Some(literal) = &self.literal {
            return literal.clone();
        }
        let parts = [self.family_with_particle(), self.given.clone(), self.suffix.clone()];
        parts.iter().filter(|part| !part.is_empty()).map(String::as_str).collect::<Vec<_>>().join(", ")
    }

    /// Returns all that the name is written with, in no special order.
    pub fn parts(&self) -> impl Iterator<Item = &str> {
        let parts = [&self.given, &self.particle, &self.family, &self.suffix].map(String::as_str);
        self.literal.as_deref().into_iter().chain(parts)
    }

    fn is_east_asian(&self) -> bool {
        let mut letters = self.family.chars().chain(self.given.chars()).filter(|c| c.is_alphabetic()).peekable();
        letters.peek().is_some() && letters.all(is_east_asian)
    }

    fn east_asian(&self) -> String {
        let space = if self.spaced && !self.given.is_empty() { " " } else { "" };
        format!("{}{space}{}", self.family, self.given)
    }
}

fn join(parts: &[&str]) -> String {
    parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(" ")
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\u{2012}' | '\u{2013}')
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | 'ʻ' | '`' | '´')
}

/// Chinese characters, kana and Hangul.
fn is_east_asian(c: char) -> bool {
    is_han(c) || is_hangul(c) || matches!(c, '\u{3040}'..='\u{30FF}')
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{323AF}' | '々')
}

fn is_hangul(c: char) -> bool {
    matches!(c, '\u{AC00}'..='\u{D7A3}' | '\u{1100}'..='\u{11FF}')
}

#[cfg(test)]
mod tests;
