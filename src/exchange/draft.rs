//! A record on its way into the user's files: fields of the schema, and what is not sure of them.
//!
//! Readers make drafts, and know nothing of YAML. Each value has the type of its field; a field
//! that the source does not have is absent. What a reader had to guess, or found wrong, is a
//! [`Doubt`], which the written record shows as a comment.

use std::collections::BTreeMap;

use crate::portfolio::{PersonName, identifier};
use crate::record::PartialDate;
use crate::record::vocabulary::{Kind, PublicationStatus, PublicationType};

/// The value of one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Words in one line, or several paragraphs for an abstract.
    Text(String),
    /// A year, month or day.
    Date(PartialDate),
    /// People and groups, in order.
    Names(Vec<PersonName>),
    /// Several texts.
    List(Vec<String>),
    /// A count.
    Number(u32),
    /// Yes or no.
    Flag(bool),
    /// A count for each year.
    Years(BTreeMap<i32, u32>),
    /// A map of fields, such as `correction`.
    Fields(Vec<(&'static str, Value)>),
}

/// What is not sure about a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// The field.
    pub field: &'static str,
    /// Why, as the end of a sentence that begins with the field.
    pub why: String,
    /// Whether the value is at fault, so that it is written as a comment only.
    pub wrong: bool,
}

/// What another work is to a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// The paper that a preprint became.
    Became,
    /// The preprint that a paper came from.
    CameFrom,
}

/// One record to be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The kind, which is also the file.
    pub kind: Kind,
    fields: Vec<(&'static str, Value)>,
    doubts: Vec<Doubt>,
    relations: Vec<(Relation, String)>,
}

impl Draft {
    /// Returns an empty record of a kind.
    pub fn new(kind: Kind) -> Self {
        Self { kind, fields: Vec::new(), doubts: Vec::new(), relations: Vec::new() }
    }

    /// Returns an empty publication of a type.
    pub fn publication(kind: PublicationType) -> Self {
        let mut draft = Self::new(Kind::Publications);
        draft.set_type(kind);
        draft
    }

    /// Sets what form a publication has; a journal article, the default, is not written.
    pub fn set_type(&mut self, kind: PublicationType) {
        self.remove("type");
        if kind != PublicationType::JournalArticle {
            self.set("type", Value::Text(kind.as_str().to_owned()));
        }
    }

    /// Returns what form a publication has.
    pub fn publication_type(&self) -> PublicationType {
        self.get_text("type").and_then(PublicationType::parse).unwrap_or(PublicationType::JournalArticle)
    }

    /// Sets how far a publication has come; `published`, the default of one with a date, is not written.
    pub fn set_status(&mut self, status: PublicationStatus) {
        self.remove("status");
        if status != PublicationStatus::Published {
            self.set("status", Value::Text(status.as_str().to_owned()));
        }
    }

    /// Returns how far a publication has come, where that is known.
    pub fn status(&self) -> Option<PublicationStatus> {
        let written = self.get_text("status").and_then(PublicationStatus::parse);
        written.or_else(|| self.get("date").or(self.get("epub_date")).map(|_| PublicationStatus::Published))
    }

    /// Returns the fields in the order in which they were set.
    pub fn fields(&self) -> &[(&'static str, Value)] {
        &self.fields
    }

    /// Returns what is not sure.
    pub fn doubts(&self) -> &[Doubt] {
        &self.doubts
    }

    /// Keeps what another work is to this one, by its number: `doi:…`, `pmid:…`.
    pub fn relate(&mut self, relation: Relation, id: &str) {
        self.relations.push((relation, id.to_owned()));
    }

    /// Returns the numbers of the works that are so related.
    pub fn related(&self, relation: Relation) -> impl Iterator<Item = &str> {
        self.relations.iter().filter(move |(other, _)| *other == relation).map(|(_, id)| id.as_str())
    }

    /// Returns a field's value.
    pub fn get(&self, field: &str) -> Option<&Value> {
        self.fields.iter().find(|(name, _)| *name == field).map(|(_, value)| value)
    }

    /// Returns a field's value where it is a text.
    pub fn get_text(&self, field: &str) -> Option<&str> {
        match self.get(field) {
            Some(Value::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// Returns a field's value where it is a date.
    pub fn get_date(&self, field: &str) -> Option<PartialDate> {
        match self.get(field) {
            Some(Value::Date(date)) => Some(*date),
            _ => None,
        }
    }

    /// Returns the people of a field, `authors` or `editors`.
    pub fn names(&self, field: &str) -> &[PersonName] {
        match self.get(field) {
            Some(Value::Names(names)) => names,
            _ => &[],
        }
    }

    /// Tells whether a field has a value.
    pub fn has(&self, field: &str) -> bool {
        self.get(field).is_some()
    }

    /// Sets a field, unless it has a value already: of two values in a source the first counts.
    pub fn set(&mut self, field: &'static str, value: Value) {
        let is_empty = match &value {
            Value::Text(text) => text.trim().is_empty(),
            Value::Names(names) => names.is_empty(),
            Value::List(list) => list.is_empty(),
            Value::Fields(fields) => fields.is_empty(),
            Value::Years(years) => years.is_empty(),
            Value::Date(_) | Value::Number(_) | Value::Flag(_) => false,
        };
        if !is_empty && !self.has(field) {
            self.fields.push((field, value));
        }
    }

    /// Takes a field out, with the doubts about it.
    pub fn remove(&mut self, field: &str) -> Option<Value> {
        self.doubts.retain(|doubt| doubt.field != field);
        let at = self.fields.iter().position(|(name, _)| *name == field)?;
        Some(self.fields.remove(at).1)
    }

    /// Sets a field to words in one line; nothing is set for an empty text.
    pub fn text(&mut self, field: &'static str, text: &str) {
        self.set(field, Value::Text(one_line(text)));
    }

    /// Sets a field as [`Draft::text`] does, where there is a text.
    pub fn text_of(&mut self, field: &'static str, text: Option<impl AsRef<str>>) {
        if let Some(text) = text {
            self.text(field, text.as_ref());
        }
    }

    /// Sets a date, where there is one.
    pub fn date(&mut self, field: &'static str, date: Option<PartialDate>) {
        if let Some(date) = date {
            self.set(field, Value::Date(date));
        }
    }

    /// Sets the title: in one line, with `<i> <b> <sup> <sub>` and nothing else, without the stop that ends it in PubMed.
    pub fn title(&mut self, text: &str) {
        self.set("title", Value::Text(clean_title(text)));
    }

    /// Sets an abstract: paragraphs with a blank line between them.
    pub fn abstract_text(&mut self, text: &str) {
        let paragraphs: Vec<String> = text.split("\n\n").map(one_line).filter(|line| !line.is_empty()).collect();
        self.set("abstract", Value::Text(paragraphs.join("\n\n")));
    }

    /// Sets an identifier or an address; one that is wrong is kept, with a doubt.
    pub fn identifier(&mut self, field: &'static str, text: &str) {
        let text = one_line(text);
        if text.is_empty() || self.has(field) {
            return;
        }
        let read = match field {
            "doi" => identifier::doi(&text),
            "pmid" => identifier::pmid(&text),
            "pmcid" => identifier::pmcid(&text),
            "arxiv" => identifier::arxiv(&text),
            // Hyphens divide it where its publisher put them.
            "isbn" => identifier::isbn(&text).map(|_| text.clone()),
            "issn" => identifier::issn(&text),
            _ => Ok(text.clone()),
        };
        match read {
            Ok(value) => self.set(field, Value::Text(value)),
            Err(fault) => {
                if let Some(meant) = fault.meant {
                    self.set(field, Value::Text(meant));
                } else {
                    self.set(field, Value::Text(text));
                    self.doubts.push(Doubt { field, why: fault.message, wrong: true });
                }
            }
        }
    }

    /// Sets an identifier from a field that may hold several, divided by spaces, commas or semicolons: the first right one.
    pub fn identifier_among(&mut self, field: &'static str, text: &str) {
        let right = |text: &str| match field {
            "isbn" => identifier::isbn(text).is_ok(),
            "issn" => identifier::issn(text).is_ok(),
            _ => true,
        };
        let mut parts = text.split([',', ';', ' ']).filter(|part| part.len() > 7);
        let first = if right(text) { Some(text) } else { parts.clone().find(|part| right(part)).or(parts.next()) };
        self.identifier(field, first.unwrap_or(text));
    }

    /// Sets the web address, unless it is only that of the DOI.
    pub fn url(&mut self, text: &str) {
        let text = text.trim();
        let is_web = ["http://", "https://"].iter().any(|start| text.starts_with(start));
        if !is_web || text.contains(char::is_whitespace) {
            return;
        }
        if text.contains("//pubmed.ncbi.nlm.nih.gov/")
            && let Ok(pmid) = identifier::pmid(text)
        {
            self.identifier("pmid", &pmid);
            return;
        }
        let is_resolver = ["//doi.org/", "//dx.doi.org/", "//www.doi.org/"].iter().any(|host| text.contains(host));
        if is_resolver {
            if !self.has("doi") {
                self.identifier("doi", text);
            }
        } else {
            self.set("url", Value::Text(text.to_owned()));
        }
    }

    /// Sets people, where there are any.
    pub fn people(&mut self, field: &'static str, names: Vec<PersonName>) {
        self.set(field, Value::Names(names));
    }

    /// Sets the value of a field aside as wrong here, so that it is written as a comment only.
    pub fn set_aside(&mut self, field: &str, why: &str) {
        if let Some((field, _)) = self.fields.iter().find(|(name, _)| *name == field) {
            self.doubts.push(Doubt { field, why: why.to_owned(), wrong: true });
        }
    }

    /// Says that a field is not sure, and why; said once.
    pub fn unsure(&mut self, field: &'static str, why: impl Into<String>) {
        let doubt = Doubt { field, why: why.into(), wrong: false };
        if !self.doubts.contains(&doubt) {
            self.doubts.push(doubt);
        }
    }
}

/// Returns words in one line: runs of white space and control characters become one space.
pub fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()) {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// Returns a title in one line without its last stop, with its four kinds of mark-up and no other.
pub fn clean_title(text: &str) -> String {
    let mut title = one_line(text);
    let bare = title.trim_end_matches(['.', ' ']).len();
    // Three dots are meant, and so is the stop of `et al.` or `vs.`: only a single last stop goes.
    if title.ends_with('.') && !title.ends_with("..") && bare > 0 {
        title.truncate(bare);
    }
    title
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identifier_that_is_wrong_is_kept_and_doubted() {
        let mut draft = Draft::new(Kind::Publications);
        draft.identifier("isbn", "978-0-306-40615-8");
        draft.identifier("doi", "https://doi.org/10.5555/RAD.1");
        assert_eq!(draft.get_text("doi"), Some("10.5555/rad.1"));
        assert!(draft.doubts()[0].wrong && draft.doubts()[0].field == "isbn");
    }

    #[test]
    fn of_several_isbns_the_first_right_one_counts() {
        for (text, isbn) in [
            ("978-3-16-148410-0 978-0-306-40615-7", "978-3-16-148410-0"),
            ("978-0-306-40615-8, 9783161484100", "9783161484100"),
            ("978 3 16 148410 0", "978 3 16 148410 0"),
        ] {
            let mut draft = Draft::new(Kind::Publications);
            draft.identifier_among("isbn", text);
            assert_eq!((draft.get_text("isbn"), draft.doubts().len()), (Some(isbn), 0));
        }
    }

    #[test]
    fn the_address_of_a_doi_is_a_doi() {
        let mut draft = Draft::new(Kind::Publications);
        draft.url("https://doi.org/10.5555/rad.1");
        draft.url("https://rao.example/a_b%20c");
        assert_eq!(
            (draft.get_text("doi"), draft.get_text("url")),
            (Some("10.5555/rad.1"), Some("https://rao.example/a_b%20c"))
        );
    }

    #[test]
    fn a_title_loses_its_last_stop_and_nothing_more() {
        assert_eq!(clean_title(" Flow\n voids. "), "Flow voids");
        assert_eq!(clean_title("And then ..."), "And then ...");
        assert_eq!(clean_title("."), ".");
    }
}
