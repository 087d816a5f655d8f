//! "Did you mean".

/// Words that people write for a field of another name.
const OTHER_WORDS: &[(&str, &str)] = &[
    ("author", "authors"),
    ("year", "date"),
    ("issued", "date"),
    ("pubdate", "date"),
    ("publication_date", "date"),
    ("link", "url"),
    ("website", "url"),
    ("tags", "threads"),
    ("topics", "threads"),
    ("institution", "organization"),
    ("organisation", "organization"),
    ("meeting", "conference"),
    ("status", "stage"),
    ("type", "kind"),
    ("kind", "type"),
    ("name", "title"),
    ("title", "name"),
    ("location", "place"),
    ("program", "programme"),
    ("honours", "honors"),
    ("license", "licence"),
];

/// Finds the known name that was most likely meant.
pub(super) fn field<'a>(name: &str, known: &'a [String]) -> Option<&'a str> {
    let plain = flat(name);
    if plain.len() > 60 {
        return None;
    }
    let same = known.iter().find(|other| flat(other) == plain);
    let other_word = || {
        let (_, to) = OTHER_WORDS.iter().find(|(from, _)| flat(from) == plain)?;
        known.iter().find(|other| other == to)
    };
    let close = || {
        let near = |other: &&String| {
            let reach = reach(&plain, other);
            other.len().abs_diff(plain.len()) <= 2 * reach && strsim::osa_distance(&plain, &flat(other)) <= reach
        };
        known.iter().filter(near).min_by_key(|other| strsim::osa_distance(&plain, &flat(other)))
    };
    same.or_else(other_word).or_else(close).map(String::as_str)
}

/// Finds the known value that was most likely meant: as for fields, or the only one that has the word as a part.
pub(super) fn value<'a>(text: &str, known: &'a [String]) -> Option<&'a str> {
    field(text, known).or_else(|| {
        let plain = flat(text);
        let mut with_part = known.iter().filter(|other| flat(other).split('-').any(|part| part == plain));
        with_part.next().filter(|_| with_part.next().is_none()).map(String::as_str)
    })
}

/// Two slips, three in a long name, one in a short one.
fn reach(name: &str, other: &str) -> usize {
    match name.chars().count().min(other.chars().count()) {
        0..=3 => 1,
        4..=8 => 2,
        _ => 3,
    }
}

fn flat(name: &str) -> String {
    name.trim().to_lowercase().replace(['_', ' '], "-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_spellings_and_other_words_are_understood() {
        let known: Vec<String> = ["journal", "authors", "date", "peer_reviewed", "doi"].map(str::to_owned).into();
        for (written, meant) in [
            ("jounral", Some("journal")),
            ("Peer reviewed", Some("peer_reviewed")),
            ("DOI", Some("doi")),
            ("author", Some("authors")),
            ("year", Some("date")),
            ("issued", Some("date")),
            ("banana", None),
        ] {
            assert_eq!(field(written, &known), meant, "{written}");
        }
        let known: Vec<String> = ["journal-article", "journal-abstract", "book"].map(str::to_owned).into();
        assert_eq!(value("Journal Article", &known), Some("journal-article"));
        assert_eq!(value("article", &known), Some("journal-article"));
        assert_eq!(value("journal", &known), None);
    }
}
