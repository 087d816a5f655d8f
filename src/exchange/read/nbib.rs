//! PubMed's own text format (MEDLINE, `.nbib`): a tag of up to four letters, a hyphen, and a value that may run on.
//!
//! After "MEDLINE/PubMed Data Element (Field) Descriptions" of the National Library of Medicine.

use super::{dates, people, pubmed};
use crate::exchange::draft::{Draft, Value};
use crate::portfolio::PersonName;
use crate::record::vocabulary::{Kind, PublicationType};

/// One field of a record.
type Field = (String, String);

/// Reads every record of a text.
pub(in crate::exchange) fn read(text: &str) -> Vec<Draft> {
    records(text).iter().map(|fields| draft(fields)).collect()
}

/// Tells whether a line begins a field: its tag and its value.
pub(in crate::exchange) fn field(line: &str) -> Option<(&str, &str)> {
    let (tag, value) = line.split_at_checked(4)?;
    let value = value.strip_prefix("- ").or_else(|| value.strip_prefix('-').filter(|rest| rest.trim().is_empty()))?;
    let tag = tag.trim_end();
    let is_tag =
        (2..=4).contains(&tag.len()) && tag.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    is_tag.then_some((tag, value))
}

fn records(text: &str) -> Vec<Vec<Field>> {
    let mut records: Vec<Vec<Field>> = Vec::new();
    for line in text.lines() {
        match field(line) {
            Some((tag, value)) => {
                if tag == "PMID" || records.is_empty() {
                    records.push(Vec::new());
                }
                if let Some(record) = records.last_mut() {
                    record.push((tag.to_owned(), value.trim().to_owned()));
                }
            }
            None => {
                if let Some((_, value)) = records.last_mut().and_then(|record| record.last_mut())
                    && line.starts_with([' ', '\t'])
                {
                    value.push(' ');
                    value.push_str(line.trim());
                }
            }
        }
    }
    records
}

fn draft(fields: &[Field]) -> Draft {
    let all = |tag: &'static str| fields.iter().filter(move |(other, _)| other == tag).map(|(_, value)| value.as_str());
    let first = |tag: &'static str| all(tag).find(|value| !value.is_empty());
    let mut draft = Draft::new(Kind::Publications);
    let types: Vec<String> = all("PT").map(str::to_owned).collect();
    pubmed::publication_types(&mut draft, &types);
    let is_book = first("BTI").is_some() || (first("ISBN").is_some() && first("TA").is_none());
    if is_book {
        draft.set_type(if first("TI").is_some() { PublicationType::BookChapter } else { PublicationType::Book });
    }
    pubmed::title(&mut draft, first("TI").or(first("BTI")).unwrap_or_default(), first("TT"));
    draft.people("authors", names(fields, "FAU", "AU"));
    draft.people("editors", names(fields, "FED", "ED"));
    if is_book {
        draft.text_of("book_title", first("TI").and(first("BTI")));
        draft.text_of("publisher", first("PB"));
        draft.text_of("place", first("PL"));
        draft.text_of("series", first("CTI"));
        draft.text_of("edition", first("EN"));
    } else {
        let name = first("JT").or(first("TA"));
        if draft.publication_type() == PublicationType::Preprint {
            draft.text_of("server", name.map(pubmed::server));
        } else {
            draft.text_of("journal", name);
        }
        if draft.publication_type() != PublicationType::Preprint {
            draft.text_of("journal_abbr", first("TA").filter(|_| first("JT").is_some()));
        }
    }
    draft.text_of("volume", first("VI"));
    draft.text_of("issue", first("IP"));
    draft.text_of("pages", first("PG"));
    identifiers(&mut draft, fields);
    let ahead = first("PST").is_some_and(|state| state.trim() == "aheadofprint");
    let desk = |event: &str| all("PHST").find(|day| day.contains(event)).and_then(dates::year_first);
    pubmed::dates(
        &mut draft,
        first("DP").and_then(dates::year_first),
        first("DEP").and_then(dates::year_first),
        ahead,
        [("submitted", desk("[received]")), ("accepted", desk("[accepted]"))],
    );
    if let Some(language) = first("LA").and_then(pubmed::language) {
        draft.text("language", &language);
    }
    if let Some(reference) = first("UIN") {
        pubmed::became(&mut draft, reference);
    }
    if let Some(reference) = first("RIN") {
        pubmed::notice(&mut draft, "retraction", reference);
    } else if let Some(reference) = first("EIN") {
        pubmed::notice(&mut draft, "erratum", reference);
    } else if let Some(reference) = first("ECI") {
        pubmed::notice(&mut draft, "expression-of-concern", reference);
    }
    draft.set("keywords", Value::List(all("OT").map(|word| word.trim_start_matches('*').to_owned()).collect()));
    draft.abstract_text(first("AB").unwrap_or_default());
    draft
}

fn identifiers(draft: &mut Draft, fields: &[Field]) {
    for (tag, value) in fields {
        match tag.as_str() {
            "PMID" => draft.identifier("pmid", value),
            "PMC" => draft.identifier("pmcid", value),
            "ISBN" => draft.identifier("isbn", value.split(" (").next().unwrap_or_default()),
            "IS" => draft.identifier("issn", value.split(" (").next().unwrap_or_default()),
            "LID" | "AID" => {
                if let Some(doi) = value.strip_suffix("[doi]") {
                    draft.identifier("doi", doi);
                }
            }
            "SI" => {
                let number = value.rsplit('/').next().and_then(|text| crate::portfolio::identifier::nct(text).ok());
                if let Some(number) = number {
                    draft.set("registration", Value::Fields(vec![("nct", Value::Text(number))]));
                }
            }
            _ => {}
        }
    }
}

/// The people under a tag of full names, where each has one, else under that of short ones; groups (`CN`) among
/// the authors, in their place. Investigators (`IR`, `FIR`) are no authors.
fn names(fields: &[Field], full: &str, short: &str) -> Vec<PersonName> {
    let mut names = Vec::new();
    let mut full_came = false;
    for (tag, value) in fields {
        if tag == full {
            names.extend(people::person(value));
            full_came = true;
        } else if tag == short {
            // The short form of the name before it.
            if !full_came {
                names.extend(people::person(value));
            }
            full_came = false;
        } else if tag == "CN" && short == "AU" {
            names.extend(people::group(value));
            full_came = false;
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_ahead_of_print_keeps_its_day_apart() {
        let text = "PMID- 1\nDP  - 2025 Jan 5\nDEP - 20250105\nTI  - Flow\n      voids.\nAU  - Rao P\nCN  - Spine Group\nAU  - Quist ZA\nPST - aheadofprint\nTA  - Spine\n";
        let draft = &read(text)[0];
        assert_eq!(draft.get_text("title"), Some("Flow voids"));
        assert_eq!((draft.get_text("status"), draft.has("date"), draft.has("epub_date")), (Some("epub"), false, true));
        assert_eq!(draft.names("authors").len(), 3);
        assert_eq!(draft.get_text("journal"), Some("Spine"));
    }

    #[test]
    fn a_line_that_is_no_field_runs_on() {
        assert_eq!(field("TI  - A"), Some(("TI", "A")));
        assert_eq!(field("      and more"), None);
        assert_eq!(field("é- a"), None);
    }
}
