//! One person or group of an item, and the parts of the name.

use serde_json::Value;

use super::item::clean;

/// A name in the parts of CSL 1.0.2; empty parts are absent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) family: String,
    pub(super) given: String,
    /// Stays with the given name when the name is inverted (`von`).
    pub(super) dropping: String,
    /// Stays with the family name (`van der`).
    pub(super) particle: String,
    /// Whether the particle ends in an apostrophe and a blank all the same (`de' Medici`).
    pub(super) particle_stands_off: bool,
    pub(super) suffix: String,
    /// Whether the suffix follows a comma.
    pub(super) comma_suffix: bool,
    /// A group, printed as it is.
    pub(super) literal: Option<String>,
}

impl Name {
    /// Reads a name; particles that stand inside the family or given name are taken out.
    pub(super) fn read(value: &Value) -> Option<Self> {
        let mut name = Self::default();
        for (key, value) in value.as_object()? {
            let part = match (key.as_str(), value) {
                ("family", _) => &mut name.family,
                ("given", _) => &mut name.given,
                ("dropping-particle", _) => &mut name.dropping,
                ("non-dropping-particle", _) => &mut name.particle,
                ("suffix", _) => &mut name.suffix,
                ("literal", Value::String(text)) if !text.trim().is_empty() => {
                    return Some(Self { literal: Some(clean(text)), ..Self::default() });
                }
                ("comma-suffix", flag) => {
                    name.comma_suffix = flag.as_bool() == Some(true);
                    continue;
                }
                _ => continue,
            };
            *part = value.as_str().map(clean).unwrap_or_default();
        }
        if name.family.is_empty() && name.given.is_empty() {
            return None;
        }
        if name.family.is_empty() {
            return Some(Self { literal: Some(name.given), ..Self::default() });
        }
        if name.given.is_empty() && name.particle.is_empty() && name.dropping.is_empty() {
            return Some(name);
        }
        if name.particle.is_empty() {
            name.take_out_particles();
        }
        Some(name)
    }

    fn take_out_particles(&mut self) {
        let cut = leading_particles(&self.family);
        if cut > 0 {
            let rest = self.family.split_off(cut);
            let particle = std::mem::replace(&mut self.family, rest);
            particle.trim_end().clone_into(&mut self.particle);
            self.particle_stands_off = particle.ends_with(' ');
        }
        if self.suffix.is_empty()
            && let Some((given, suffix)) = self.given.split_once(',')
        {
            self.suffix = suffix.trim_start_matches('!').trim().to_owned();
            self.comma_suffix = suffix.starts_with('!');
            self.given = given.trim_end().to_owned();
        }
        if self.dropping.is_empty() {
            let words: Vec<&str> = self.given.split(' ').collect();
            let lower = words.iter().rev().take_while(|word| starts_lower(word)).count();
            if lower > 0 && lower < words.len() {
                let (given, dropping) = words.split_at(words.len() - lower);
                let (given, dropping) = (given.join(" "), dropping.join(" "));
                self.given = given;
                self.dropping = dropping;
            }
        }
    }

    /// Tells whether the particle runs into the family name (`d'`, `al-`).
    pub(super) fn particle_joins(&self) -> bool {
        !self.particle_stands_off && self.particle.ends_with(['\'', '\u{2019}', '-', '\u{2BB}'])
    }
}

/// Returns the length in bytes of the particles at the start of a family name: words and
/// elided or hyphenated prefixes that begin in lower case, with at least one word after them.
fn leading_particles(family: &str) -> usize {
    let mut cut = 0;
    loop {
        let rest = &family[cut..];
        if !starts_lower(rest) {
            return cut;
        }
        let Some(at) = rest.find([' ', '\'', '\u{2019}', '-', '\u{2BB}']) else { return cut };
        let length = rest[at..].chars().next().map_or(1, char::len_utf8);
        let mut end = cut + at + length;
        while family[end..].starts_with(' ') {
            end += 1;
        }
        if end >= family.len() {
            return cut;
        }
        cut = end;
    }
}

fn starts_lower(word: &str) -> bool {
    word.trim_start_matches(['\'', '\u{2019}', '-', '\u{2BB}']).chars().next().is_some_and(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Name {
        Name::read(&serde_json::from_str(json).expect("JSON")).expect("a name")
    }

    #[test]
    fn particles_inside_the_family_name_are_found() {
        let name = read(r#"{"family": "van der Berg", "given": "Lotte"}"#);
        assert_eq!((name.particle.as_str(), name.family.as_str()), ("van der", "Berg"));
        let name = read(r#"{"family": "d’Aubigny", "given": "Luc"}"#);
        assert_eq!((name.particle.as_str(), name.family.as_str()), ("d’", "Aubigny"));
        let name = read(r#"{"family": "Silva e Souza", "given": "Rui"}"#);
        assert_eq!((name.particle.as_str(), name.family.as_str()), ("", "Silva e Souza"));
    }

    #[test]
    fn particles_after_the_given_name_drop() {
        let name = read(r#"{"family": "Goethe", "given": "Johann Wolfgang von"}"#);
        assert_eq!((name.given.as_str(), name.dropping.as_str()), ("Johann Wolfgang", "von"));
    }
}
