//! What is said of a plan: the records, the offers with their differences, and the sum.

use std::collections::BTreeMap;

use super::super::report::count;
use super::{Site, Written};
use crate::exchange::draft::{Draft, Value};
use crate::exchange::edit;
use crate::exchange::merge::{Plan, Update};
use crate::record::vocabulary::Kind;
use crate::source::Origin;

/// New records as they would stand in the files.
pub(in crate::cli) fn preview(plan: &Plan) -> String {
    let mut by_kind: BTreeMap<Kind, Vec<String>> = BTreeMap::new();
    for draft in &plan.additions {
        by_kind.entry(draft.kind).or_default().push(edit::text(draft));
    }
    let files = by_kind.into_iter().map(|(kind, records)| format!("# records/{kind}.yaml\n{}", records.join("\n")));
    files.collect::<Vec<_>>().join("\n")
}

/// Newer facts of records that are there: old lines with `-`, new ones with `+`.
pub(in crate::cli) fn offers(site: &Site, updates: &[Update]) -> String {
    let mut text = String::new();
    for update in updates {
        let file = format!("records/{}.yaml", update.kind);
        let origin = Origin { file: file.as_str().into(), index: update.index };
        let line = site.sources.span(&origin, "").map(|span| format!(":{}", span.line)).unwrap_or_default();
        text.push_str(&format!("{file}{line}: {}\n", update.title));
        for difference in &update.differences {
            let field = difference.change.field;
            if let Some(old) = &difference.old {
                text.push_str(&format!("  - {field}: {old}\n"));
            }
            text.push_str(&format!("  + {field}: {}\n", shown(&difference.change.value)));
        }
    }
    text
}

fn shown(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Date(date) => date.to_string(),
        Value::Fields(fields) => {
            fields.iter().map(|(name, value)| format!("{name} {}", shown(value))).collect::<Vec<_>>().join(", ")
        }
        Value::Names(names) => names.iter().map(crate::portfolio::PersonName::pubmed).collect::<Vec<_>>().join(", "),
        Value::List(list) => list.join(", "),
        Value::Years(years) => {
            years.iter().map(|(year, count)| format!("{year}: {count}")).collect::<Vec<_>>().join(", ")
        }
        Value::Number(number) => number.to_string(),
        Value::Flag(flag) => flag.to_string(),
    }
}

/// The sum of a run, file by file.
pub(in crate::cli) fn summary(plan: &Plan, written: Option<&Written>, take_updates: bool) -> String {
    let mut lines = Vec::new();
    let mut by_kind: BTreeMap<Kind, Vec<&Draft>> = BTreeMap::new();
    for draft in &plan.additions {
        by_kind.entry(draft.kind).or_default().push(draft);
    }
    for (kind, drafts) in &by_kind {
        let unsure: usize = drafts.iter().map(|draft| draft.doubts().len()).sum();
        let doubts = match unsure {
            0 => String::new(),
            1 => ", 1 place marked `# unsure`".to_owned(),
            unsure => format!(", {unsure} places marked `# unsure`"),
        };
        lines.push(format!("records/{kind}.yaml: {}{doubts}", count(drafts.len(), "new record", "new records")));
    }
    let known = plan.known + plan.repeated;
    if known > 0 {
        lines.push(format!("{} already there", count(known, "record is", "records are")));
    }
    for link in &plan.links {
        lines.push(format!("linked with its paper: {}", link.title));
    }
    if !plan.updates.is_empty() {
        let records = count(plan.updates.len(), "record", "records");
        let refused = written.map_or(0, |written| written.refused.len());
        lines.push(match (take_updates, refused) {
            (false, _) => format!("newer facts for {records}: take them with --update"),
            (true, 0) => format!("newer facts taken for {records}"),
            (true, refused) => format!("newer facts for {records}, of which {refused} must be changed by hand"),
        });
    }
    if lines.is_empty() {
        lines.push("nothing new".to_owned());
    }
    lines.join("\n")
}
