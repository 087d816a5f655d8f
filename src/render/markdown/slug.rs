//! Ids of headings: stable, unique on a page, in Latin letters whatever the script of the words.

use std::collections::{BTreeMap, BTreeSet};

/// Ids that the pages around the words use themselves.
const RESERVED: [&str; 8] = ["content", "footer", "header", "main", "menu", "nav", "search", "top"];

/// Hands out the ids of one page.
#[derive(Debug, Default)]
pub(super) struct Slugs {
    taken: BTreeSet<String>,
    /// Id → the last number tried, so that a thousand equal headings cost a thousand steps.
    numbers: BTreeMap<String, usize>,
}

impl Slugs {
    /// Returns an id made from words, with a number when another heading has it already.
    pub(super) fn id(&mut self, words: &str) -> String {
        let mut id = slug(words);
        if id.starts_with("fn-") || id.starts_with("fnref-") {
            id.insert_str(0, "s-");
        }
        if RESERVED.contains(&id.as_str()) || self.taken.contains(&id) {
            id = self.numbered(&id);
        }
        self.taken.insert(id.clone());
        id
    }

    fn numbered(&mut self, id: &str) -> String {
        let number = self.numbers.entry(id.to_owned()).or_insert(1);
        loop {
            *number += 1;
            let numbered = format!("{id}-{number}");
            if !self.taken.contains(&numbered) {
                return numbered;
            }
        }
    }
}

/// Returns words as lower-case Latin letters and digits with single hyphens; `section` when nothing is left.
pub(crate) fn slug(words: &str) -> String {
    let latin = deunicode::deunicode(words);
    let mut slug = String::with_capacity(latin.len().min(80));
    for letter in latin.chars() {
        match letter {
            _ if slug.len() >= 80 => break,
            letter if letter.is_ascii_alphanumeric() => slug.push(letter.to_ascii_lowercase()),
            '\'' => {}
            _ if slug.is_empty() || slug.ends_with('-') => {}
            _ => slug.push('-'),
        }
    }
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { "section".to_owned() } else { slug.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_latin_unique_and_never_those_of_the_page() {
        let mut slugs = Slugs::default();
        assert_eq!(slugs.id("What I’m asking: 24/7 MRI?"), "what-im-asking-24-7-mri");
        assert_eq!(slugs.id("Results"), "results");
        assert_eq!(slugs.id("Results"), "results-2");
        assert_eq!(slugs.id("Results 2"), "results-2-2");
        assert_eq!(slugs.id("Main"), "main-2");
        assert_eq!(slugs.id("研究"), "yan-jiu");
        assert_eq!(slugs.id("···"), "section");
        assert_eq!(slugs.id("fn 1"), "s-fn-1");
    }
}
