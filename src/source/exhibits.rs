//! `private/exhibits.yaml`: the number that a record has in every dossier, once it was given one.
//!
//! A map from the id of a record to its number. A number is never given twice, not even when its record is gone; so
//! those that the owner wrote into a record are kept too, as `svs-cohort by hand 7: 7`.

use std::collections::BTreeMap;

use super::Sources;

/// The file, by its path in the site.
pub const EXHIBITS: &str = "private/exhibits.yaml";

const HEAD: &str =
    "# Exhibit numbers by record, given by `offprint dossier`. Keep the file: petitions refer to them.\n";

/// Between the id of a record and a number that the owner wrote.
const BY_HAND: &str = " by hand ";

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
        let (id, _) = self.known.iter().find(|(_, given)| **given == number)?;
        Some(id.split_once(BY_HAND).map_or(id.as_str(), |(id, _)| id))
    }

    /// Gives a record the first number after all that were ever given, other than those in use by hand.
    pub fn give(&mut self, id: &str, is_taken: impl Fn(u32) -> bool) -> u32 {
        let given = self.known.iter().filter(|(id, _)| !id.contains(BY_HAND)).map(|(_, number)| *number);
        let first = given.max().unwrap_or_default().saturating_add(1);
        let is_free = |number: &u32| !is_taken(*number) && self.known.values().all(|known| known != number);
        let number = (first..u32::MAX).find(is_free).unwrap_or(first);
        self.write(id, number);
        number
    }

    /// Keeps a number that the owner wrote, if it is one that could be given to another record.
    pub fn keep(&mut self, id: &str, written: &str) {
        let Some(number) = written.parse::<u32>().ok().filter(|number| number.to_string() == written) else { return };
        if self.known.values().all(|known| *known != number) {
            self.write(&format!("{id}{BY_HAND}{number}"), number);
        }
    }

    fn write(&mut self, key: &str, number: u32) {
        self.known.insert(key.to_owned(), number);
        self.text = super::edit::append_line(&self.text, HEAD, &self.known, key);
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
        assert_eq!(Exhibits::parse(exhibits.text()), Some(exhibits.clone()));
        exhibits.keep("c", "12");
        exhibits.keep("c", "12");
        exhibits.keep("d", "D-4");
        assert_eq!(exhibits.text().lines().last(), Some("c by hand 12: 12"));
        assert_eq!(exhibits.owner_of("12"), Some("c"));
        let later: Vec<u32> = ["e", "f", "g"].iter().map(|id| exhibits.give(id, |_| false)).collect();
        assert_eq!(later, [10, 11, 13], "a number by hand is not given again, and does not move the others");
        for bad in ["a: 1\nb: 1\n", "- a\n", "a: x\n", "a: -1\n"] {
            assert_eq!(Exhibits::parse(bad), None, "{bad}");
        }
    }
    #[test]
    fn a_file_between_braces_stays_readable() {
        for (text, expected) in
            [("{a: 1}", "a: 1\nb: 2\n"), ("# mine\n{a: 1,\n c: 4}\n", "# mine\na: 1\nb: 5\nc: 4\n"), ("{}\n", "b: 1\n")]
        {
            let mut exhibits = Exhibits::parse(text).expect("numbers");
            exhibits.give("b", |_| false);
            assert_eq!(exhibits.text(), expected, "{text}");
            assert_eq!(Exhibits::parse(exhibits.text()), Some(exhibits));
        }
    }
}
