//! The JSON Schema (draft 2020-12) of every file that a user writes, for editors that complete and check.
//!
//! Made of the structs that decode the files, so that the two cannot drift apart.

use std::borrow::Cow;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::Value;

use super::{
    Award, Conference, Goals, Grant, Media, Name, Names, PageMatter, PartialDate, Person, Presentation, Private,
    Project, Publication, Service, SiteFile, Teaching, Text, TextList, Training,
};

/// The schema of one file.
#[derive(Debug, Clone)]
pub struct FileSchema {
    /// `publications`.
    pub name: &'static str,
    /// `records/publications.yaml`.
    pub file: &'static str,
    /// The schema.
    pub value: Value,
}

/// An entry of `private/<kind>.yaml`.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
#[allow(dead_code, reason = "described, never made")]
struct PrivateAddition {
    /// The record's id.
    id: Text,
    /// What is added to it.
    private: Private,
}

fn of<T: JsonSchema>(name: &'static str, file: &'static str) -> FileSchema {
    let generator = SchemaSettings::draft2020_12().into_generator();
    let mut value = generator.into_root_schema_for::<T>().to_value();
    if let Some(fields) = value.as_object_mut() {
        fields.insert("title".to_owned(), format!("Offprint: {file}").into());
    }
    FileSchema { name, file, value }
}

/// Returns the schema of every file, in the order of the contract.
pub fn all() -> Vec<FileSchema> {
    vec![
        of::<SiteFile>("site", "site.yaml"),
        of::<Vec<Publication>>("publications", "records/publications.yaml"),
        of::<Vec<Presentation>>("presentations", "records/presentations.yaml"),
        of::<Vec<Award>>("awards", "records/awards.yaml"),
        of::<Vec<Grant>>("grants", "records/grants.yaml"),
        of::<Vec<Service>>("service", "records/service.yaml"),
        of::<Vec<Teaching>>("teaching", "records/teaching.yaml"),
        of::<Vec<Training>>("training", "records/training.yaml"),
        of::<Vec<Media>>("media", "records/media.yaml"),
        of::<Vec<Project>>("projects", "records/projects.yaml"),
        of::<Vec<Person>>("people", "records/people.yaml"),
        of::<Goals>("goals", "records/goals.yaml"),
        of::<Vec<Conference>>("conferences", "records/conferences.yaml"),
        of::<PageMatter>("page", "pages/*.md"),
        of::<Vec<PrivateAddition>>("private", "private/*.yaml"),
    ]
}

/// Declares the schema of a type that reads itself.
macro_rules! described {
    ($type:ident, |$generator:ident| $schema:expr) => {
        impl JsonSchema for $type {
            fn schema_name() -> Cow<'static, str> {
                stringify!($type).into()
            }
            fn json_schema($generator: &mut SchemaGenerator) -> Schema {
                $schema
            }
        }
    };
}

described!(Text, |_generator| json_schema!({ "type": ["string", "number", "boolean"] }));
described!(TextList, |generator| {
    let text = generator.subschema_for::<Text>();
    json_schema!({ "anyOf": [text, { "type": "array", "items": text }, { "type": "null" }] })
});
described!(PartialDate, |_generator| json_schema!({
    "description": "A year, a month or a day: 2025, 2025-03 or 2025-03-14",
    "anyOf": [
        { "type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$" },
        { "type": "integer", "minimum": 1000, "maximum": 9999 }
    ]
}));
described!(Name, |_generator| json_schema!({
    "anyOf": [
        { "type": "string" },
        {
            "type": "object",
            "properties": { "group": { "type": "string", "description": "A group, whose name is never cut into parts" } },
            "required": ["group"],
            "additionalProperties": false
        }
    ]
}));
described!(Names, |generator| {
    let name = generator.subschema_for::<Name>();
    json_schema!({
        "description": "One line as in PubMed (Rao P, Quist ZA), or a list of names",
        "anyOf": [name, { "type": "array", "items": name }]
    })
});
