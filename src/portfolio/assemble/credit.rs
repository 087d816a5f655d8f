//! CRediT: the fourteen contributor roles of ANSI/NISO Z39.104-2022.

use super::place::{Place, nearest};
use crate::diagnostic::Diagnostics;
use crate::diagnostic::code::UNKNOWN_CREDIT;
use crate::record::TextList;

const ROLES: [&str; 14] = [
    "Conceptualization",
    "Data curation",
    "Formal analysis",
    "Funding acquisition",
    "Investigation",
    "Methodology",
    "Project administration",
    "Resources",
    "Software",
    "Supervision",
    "Validation",
    "Visualization",
    "Writing – original draft",
    "Writing – review & editing",
];

/// Returns the roles in the standard's spelling and order as written; reports others.
pub(super) fn credit(diagnostics: &mut Diagnostics, place: &Place, written: &TextList) -> Vec<String> {
    let mut roles = Vec::new();
    for (at, word) in written.iter().map(|word| word.trim()).enumerate() {
        if let Some(role) = find(word) {
            if !roles.iter().any(|known| known == role) {
                roles.push(role.to_owned());
            }
            continue;
        }
        let diagnostic =
            place.diagnostic(&UNKNOWN_CREDIT, &place.item("credit", at), format!("`{word}` is not a CRediT role"));
        diagnostics.push(match nearest(word, ROLES) {
            Some(role) => {
                diagnostic.label(format!("did you mean `{role}`?")).help("write one of the fourteen roles").fix(role)
            }
            None => diagnostic.help("write one of the fourteen roles, or put it in words in `my_part`"),
        });
    }
    roles
}

/// Finds a role whatever its dash, case, `&` or British spelling.
fn find(word: &str) -> Option<&'static str> {
    let key = key(word);
    ROLES.into_iter().find(|role| self::key(role) == key)
}

fn key(role: &str) -> String {
    let letters = role.to_lowercase().replace('&', "and").replace("isation", "ization");
    let letters: String = letters.chars().filter(char::is_ascii_alphabetic).collect();
    letters.replace("originaldraftpreparation", "originaldraft")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn british_spellings_and_any_dash_are_accepted() {
        for (written, role) in [
            ("conceptualisation", "Conceptualization"),
            ("Visualisation", "Visualization"),
            ("Writing - original draft", "Writing – original draft"),
            ("writing—review and editing", "Writing – review & editing"),
            ("Writing, original draft", "Writing – original draft"),
        ] {
            assert_eq!(find(written), Some(role));
        }
        assert_eq!(find("Cooking"), None);
    }
}
