//! `private/exhibits.yaml`: the number that a record has in every dossier, once it was given one.
//!
//! A map from the id of a record to its number. A number is never given twice, not even when its record is gone.

use std::collections::BTreeMap;

use super::Sources;

/// The file, by its path in the site.
pub const EXHIBITS: &str = "private/exhibits.yaml";

const HEAD: &str =
    "# Exhibit numbers by record, given by `offprint dossier`. Keep the file: petitions refer to them.\n";

/// The numbers of exhibits, by the id of a record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Exhibits {
    text: String,
    known: BTreeMap<String, u32>,
}

impl Exhibits {
    /// Reads the file of a site; an absent one has no numbers. Gives nothing when it is no map of ids to numbers.
    pub fn read(sources: &Sources) -> Option<Self> {
        let Some(text) = sources.text(EXHIBITS) else { return Some(Self::default()) };
        Self::parse(text)
    }

    fn parse(text: &str) -> Option<Self> {
        let known: Option<BTreeMap<String, u32>> = serde_yaml::from_str(text).ok()?;
        let known = known.unwrap_or_default();
        let mut numbers: Vec<u32> = known.values().copied().collect();
        numbers.sort_unstable();
        let is_unique = numbers.windows(2).all(|pair| pair[0] < pair[1]);
        is_unique.then(|| Self { text: text.to_owned(), known })
    }

    /// Returns the number of a record by its id or, where it had another one once, an older id.
    pub fn get(&self, id: &str, aliases: &[String]) -> Option<u32> {
        let mut ids = std::iter::once(id).chain(aliases.iter().map(String::as_str));
        ids.find_map(|id| self.known.get(id)).copied()
    }

    /// Returns the id of the record that was given a number.
    pub fn owner_of(&self, number: &str) -> Option<&str> {
        let number: u32 = number.parse().ok()?;
        self.known.iter().find(|(_, given)| **given == number).map(|(id, _)| id.as_str())
    }

    /// Gives a record the first number after all that were ever given, other than those in use by hand.
    pub fn give(&mut self, id: &str, is_taken: impl Fn(u32) -> bool) -> u32 {
        let last = self.known.values().max().copied().unwrap_or_default();
        let number = (last + 1..u32::MAX).find(|number| !is_taken(*number)).unwrap_or(last + 1);
        self.known.insert(id.to_owned(), number);
        if self.text.is_empty() {
            self.text.push_str(HEAD);
        } else if !self.text.ends_with('\n') {
            self.text.push('\n');
        }
        self.text.push_str(&format!("{}: {number}\n", super::edit::scalar(id)));
        number
    }

    /// Returns the text of the file.
    pub fn text(&self) -> &str {
        &self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_kept_and_never_given_twice() {
        let mut exhibits = Exhibits::parse("# mine\na: 1\ngone: 7").expect("numbers");
        assert_eq!((exhibits.get("a", &[]), exhibits.get("b", &["gone".to_owned()])), (Some(1), Some(7)));
        assert_eq!(exhibits.give("yes", |number| number == 8), 9);
        assert_eq!(exhibits.text(), "# mine\na: 1\ngone: 7\n\"yes\": 9\n");
        assert_eq!(Exhibits::parse(exhibits.text()), Some(exhibits));
        for bad in ["a: 1\nb: 1\n", "- a\n", "a: x\n", "a: -1\n"] {
            assert_eq!(Exhibits::parse(bad), None, "{bad}");
        }
    }
}
