//! Days on which something runs out, found in the free words of `private:` in `site.yaml`.

use serde_yaml::Value;

use super::PartialDate;

/// A visa, a permit, an insurance: whatever the owner wrote an end to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expiry {
    /// The keys above it: `visa`, `visa.ds_2019`.
    pub path: String,
    /// What ends, in the owner's own words; empty where the keys say it.
    pub words: String,
    /// When.
    pub date: PartialDate,
}

/// Keys whose value is the day on which what stands above them ends.
const KEYS: [&str; 12] = [
    "expires",
    "expire",
    "expiry",
    "expires_on",
    "ends",
    "end",
    "until",
    "valid_until",
    "valid_to",
    "valid_through",
    "renew_by",
    "due",
];

/// Words after which a date in a sentence is an end.
const WORDS: [&str; 10] =
    ["ends", "end", "expires", "expire", "expiry", "until", "till", "through", "runs out", "renew by"];

/// Finds every day that a key or a word names as an end; a date of which neither says so is left alone.
pub fn expiries(value: &Value) -> Vec<Expiry> {
    let mut found = Vec::new();
    walk(value, &mut Vec::new(), &mut found);
    found
}

fn walk(value: &Value, path: &mut Vec<String>, found: &mut Vec<Expiry>) {
    match value {
        Value::Mapping(map) => {
            for (key, value) in map {
                let key = key.as_str().map_or_else(|| "…".to_owned(), str::to_owned);
                let ends = KEYS.contains(&key.to_lowercase().replace([' ', '-'], "_").as_str());
                let date = text_of(value).and_then(|text| PartialDate::parse(text.trim()));
                if let Some(date) = date.filter(|_| ends) {
                    found.push(Expiry { path: path.join("."), words: String::new(), date });
                } else {
                    path.push(key);
                    walk(value, path, found);
                    path.pop();
                }
            }
        }
        Value::Sequence(items) => items.iter().for_each(|item| walk(item, path, found)),
        Value::String(text) => {
            for clause in text.split([';', ',', '\n']).map(str::trim) {
                if let Some((words, date)) = end_of(clause) {
                    found.push(Expiry { path: path.join("."), words, date });
                }
            }
        }
        _ => {}
    }
}

fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(year) => Some(year.to_string()),
        _ => None,
    }
}

/// Reads `DS-2019 ends 2027-06-30, …`: what ends, and when.
fn end_of(clause: &str) -> Option<(String, PartialDate)> {
    let words: Vec<&str> = clause.split_whitespace().collect();
    let bare = |word: &str| word.trim_matches(|letter: char| !letter.is_alphanumeric()).to_lowercase();
    (1..words.len()).find_map(|at| {
        let date = PartialDate::parse(words[at].trim_matches(|letter: char| !letter.is_ascii_digit()))?;
        let before = words[..at].iter().rposition(|word| !["on", "the", "in", "of"].contains(&bare(word).as_str()))?;
        let one = bare(words[before]);
        let two = before.checked_sub(1).map(|first| format!("{} {one}", bare(words[first])));
        let named = WORDS.contains(&one.as_str()) || two.is_some_and(|two| WORDS.contains(&two.as_str()));
        named.then(|| (words[..=before].join(" "), date))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(yaml: &str) -> Vec<String> {
        let value: Value = serde_yaml::from_str(yaml).expect("YAML");
        expiries(&value).into_iter().map(|one| format!("{}|{}|{}", one.path, one.words, one.date)).collect()
    }

    #[test]
    fn only_what_is_called_an_end_is_one() {
        assert_eq!(
            found("visa: J-1; DS-2019 ends 2027-06-30, renewed yearly\nborn: 1990-01-02\nseen: talked on 2026-01-01"),
            ["visa|DS-2019 ends|2027-06-30"]
        );
        assert_eq!(
            found(
                "visa: {type: H-1B, expires: 2027-09, papers: [{name: I-797, valid until: 2028}]}\nstart: 2024-07-01"
            ),
            ["visa||2027-09", "visa.papers||2028"]
        );
        assert_eq!(
            found("note: The permit (blue card) expires on 2027-01-05."),
            ["note|The permit (blue card) expires|2027-01-05"]
        );
        assert_eq!(found("a: [1, true, ~, 2027-01-01]\nweekend 2027: x"), [] as [&str; 0]);
    }
}
