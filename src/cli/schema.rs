//! `offprint schema`.

use anyhow::bail;
use serde_json::{Map, Value};

use super::Outcome;
use super::args::SchemaArgs;
use super::streams::Streams;
use crate::record::schema;

/// Prints one schema, or a map of all by file.
pub(super) fn run(args: &SchemaArgs, streams: &mut Streams) -> anyhow::Result<Outcome> {
    let all = schema::all();
    let value = match &args.name {
        None => {
            Value::Object(all.into_iter().map(|schema| (schema.file.to_owned(), schema.value)).collect::<Map<_, _>>())
        }
        Some(name) => {
            let wanted = name.rsplit('/').next().unwrap_or_default().trim_end_matches(".yaml");
            let Some(found) = all.iter().find(|schema| schema.name == wanted) else {
                let names: Vec<&str> = all.iter().map(|schema| schema.name).collect();
                bail!("there is no schema `{name}`\nhelp: the schemas are {}", names.join(", "))
            };
            found.value.clone()
        }
    };
    streams.result(&serde_json::to_string_pretty(&value)?)?;
    Ok(Outcome::Clean)
}
