//! `private/<kind>.yaml` → the records, by id.

use serde_yaml::{Mapping, Value};

use crate::diagnostic::{Diagnostics, code};
use crate::record::vocabulary::Kind;
use crate::source::{Item, Origin, Side, Sources, Step};

/// Adds the private fields of `private/<kind>.yaml` to the records with the same id.
pub(super) fn merge(diagnostics: &mut Diagnostics, sources: &Sources, kind: Kind, items: &mut [Item]) {
    let file = format!("private/{kind}.yaml");
    let additions = sources.list(diagnostics, &file);
    for addition in additions {
        let origin = Origin { file: file.as_str().into(), index: addition.index };
        let report = |path: &[&str], side: Side, code, message: String, help: &str| {
            let path: Vec<Step> = path.iter().map(|key| Step::Key((*key).to_owned())).collect();
            let place = sources.place_along(&origin, &path, side);
            crate::diagnostic::Diagnostic::new(code, &*place.file, message).at(place.span).help(help)
        };
        let Value::Mapping(entry) = addition.value else {
            diagnostics.push(report(
                &[],
                Side::Value,
                &code::WRONG_SHAPE,
                "this must be an `id` and the `private` fields of that record".to_owned(),
                "write `- id: …` and below it `private: {…}`",
            ));
            continue;
        };
        for key in entry.keys().filter_map(Value::as_str).filter(|key| !matches!(*key, "id" | "private")) {
            diagnostics.push(report(
                &[key],
                Side::Key,
                &code::UNKNOWN_FIELD,
                format!("`{key}` is not read here: a file of `private/` has `id` and `private` only"),
                "move the line below `private:`, or into the record itself",
            ));
        }
        let Some(id) = entry.get("id").and_then(text_of) else {
            diagnostics.push(report(
                &[],
                Side::Key,
                &code::PRIVATE_WITHOUT_RECORD,
                "an entry of this file needs the `id` of the record it belongs to".to_owned(),
                "write `id:` as it stands in the record",
            ));
            continue;
        };
        let mut with_id = items.iter_mut().filter(|item| item.value.get("id").and_then(text_of).as_ref() == Some(&id));
        let Some(Value::Mapping(record)) = with_id.next().map(|item| &mut item.value) else {
            diagnostics.push(report(
                &["id"],
                Side::Value,
                &code::PRIVATE_WITHOUT_RECORD,
                format!("no record of `records/{kind}.yaml` has the id `{id}`"),
                "correct the id, or write `id:` into the record that is meant",
            ));
            continue;
        };
        match entry.get("private") {
            None | Some(Value::Null) => {}
            Some(Value::Mapping(fields)) => {
                for key in add(record, fields) {
                    diagnostics.push(
                        report(
                            &["private", key.as_str()],
                            Side::Key,
                            &code::DUPLICATE_KEY,
                            format!("`{key}` is written here and in the record as well"),
                            "keep one of the two",
                        )
                        .record(id.clone()),
                    );
                }
            }
            Some(_) => diagnostics.push(
                report(
                    &["private"],
                    Side::Value,
                    &code::WRONG_TYPE,
                    "`private` must have fields of its own, such as `notes: …`".to_owned(),
                    "write `private: {notes: …}`, or the fields below it, indented by two more spaces",
                )
                .record(id.clone()),
            ),
        }
    }
}

/// Adds fields to `private` of a record; gives the names of those that it has already.
fn add(record: &mut Mapping, fields: &Mapping) -> Vec<String> {
    let own = record.entry("private".into()).or_insert_with(|| Value::Mapping(Mapping::new()));
    if own.is_null() {
        *own = Value::Mapping(Mapping::new());
    }
    let mut twice = Vec::new();
    if let Value::Mapping(own) = own {
        for (key, value) in fields {
            if own.contains_key(key) {
                twice.extend(text_of(key));
            } else {
                own.insert(key.clone(), value.clone());
            }
        }
    }
    twice
}

fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
