//! The names of the fields of every kind, asked from the structs themselves.

use std::sync::LazyLock;

use serde::de::DeserializeOwned;
use serde_yaml::{Mapping, Value};

use super::one::Subject;
use crate::record::vocabulary::Kind;
use crate::record::{
    Award, Conference, Goals, Grant, Ids, Media, OwnerPerson, Person, Presentation, Private, Programme, Project,
    Publication, Service, Site, Teaching, ThemeOfWork, Training,
};

static BY_KIND: LazyLock<Vec<(Kind, Vec<String>)>> = LazyLock::new(|| {
    vec![
        (Kind::Publications, of::<Publication>()),
        (Kind::Presentations, of::<Presentation>()),
        (Kind::Awards, of::<Award>()),
        (Kind::Grants, of::<Grant>()),
        (Kind::Service, of::<Service>()),
        (Kind::Teaching, of::<Teaching>()),
        (Kind::Training, of::<Training>()),
        (Kind::Media, of::<Media>()),
        (Kind::Projects, of::<Project>()),
        (Kind::People, of::<Person>()),
        (Kind::Conferences, of::<Conference>()),
        (Kind::Goals, of::<Goals>()),
    ]
});

/// The fields of the sections of `site.yaml`.
static SECTIONS: LazyLock<Vec<(&str, Vec<String>)>> = LazyLock::new(|| {
    vec![
        ("person", of::<OwnerPerson>()),
        ("ids", of::<Ids>()),
        ("programme", of::<Programme>()),
        ("theme_of_work", of::<ThemeOfWork>()),
        ("site", of::<Site>()),
    ]
});

static PRIVATE: LazyLock<Vec<String>> = LazyLock::new(of::<Private>);

/// Asks a struct for its fields: it lists them when it refuses a name that is none.
fn of<T: DeserializeOwned>() -> Vec<String> {
    let mut probe = Mapping::new();
    probe.insert("?".into(), Value::Null);
    match T::deserialize(Value::Mapping(probe)) {
        Err(error) => expected(&error.to_string(), "?"),
        Ok(_) => Vec::new(),
    }
}

/// Takes the names out of serde's "unknown field `x`, expected one of `a`, `b`".
pub(super) fn expected(message: &str, unknown: &str) -> Vec<String> {
    let rest = message.find(unknown).and_then(|at| message.get(at + unknown.len() + 1..)).unwrap_or_default();
    rest.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// Returns the other kinds that have a field, in the order of the contract.
pub(super) fn kinds_with(field: &str, but: Subject) -> Vec<Kind> {
    let has =
        |(kind, fields): &&(Kind, Vec<String>)| Subject::Kind(*kind) != but && fields.iter().any(|name| name == field);
    BY_KIND.iter().filter(has).map(|(kind, _)| *kind).collect()
}

/// Returns the section of `site.yaml` that has a field.
pub(super) fn section_with(field: &str) -> Option<&'static str> {
    SECTIONS.iter().find(|(_, fields)| fields.iter().any(|name| name == field)).map(|(section, _)| *section)
}

/// Returns the section of `site.yaml` that has all these fields.
pub(super) fn section_with_all(names: &[&str]) -> Option<&'static str> {
    let has_all = |fields: &[String]| names.iter().all(|name| fields.iter().any(|field| field == name));
    SECTIONS.iter().find(|(_, fields)| has_all(fields)).map(|(section, _)| *section)
}

/// Tells whether a field belongs under `private:`.
pub(super) fn is_private(field: &str) -> bool {
    PRIVATE.iter().any(|name| name == field)
}

/// Returns the words for one thing of the subject ("a publication").
pub(super) fn one(subject: Subject) -> String {
    match subject {
        Subject::Site => "site.yaml".to_owned(),
        Subject::Page => "a page's front matter".to_owned(),
        Subject::Theme => "theme.yaml".to_owned(),
        Subject::Words => "a file of words".to_owned(),
        Subject::Kind(kind) => kind.one(),
    }
}

/// Returns the words for the file or part that the subject is.
pub(super) fn whole(subject: Subject) -> String {
    match subject {
        Subject::Page => "the front matter".to_owned(),
        Subject::Words => "this file of words".to_owned(),
        other => one(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_structs_tell_their_fields() {
        assert!(BY_KIND.iter().all(|(_, fields)| fields.len() > 5), "{:?}", *BY_KIND);
        assert_eq!(kinds_with("journal", Subject::Kind(Kind::Presentations)), [Kind::Publications]);
        assert!(is_private("consent") && !is_private("title"));
        assert_eq!(expected("unknown field `a`, expected `b` or `c`", "a"), ["b", "c"]);
    }
}
