//! One value → one record, every fault reported.

use std::fmt::Write as _;

use serde::de::DeserializeOwned;
use serde_path_to_error::Segment;
use serde_yaml::Value;

use super::words::{self, Problem, Remedy};
use super::{Decoded, fields};
use crate::diagnostic::{Diagnostic, code};
use crate::record::vocabulary::Kind;
use crate::source::{Origin, Side, Sources, Step, record_name};

/// Faults of one record, after which the rest of it is passed over.
const MOST_FAULTS: usize = 100;

/// What is being decoded, for the words of messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Subject {
    /// `site.yaml`.
    Site,
    /// A record, or `goals.yaml`.
    Kind(Kind),
    /// The front matter of a page.
    Page,
    /// `theme.yaml` of a theme.
    Theme,
    /// The words of a theme in one language.
    Words,
}

/// Decodes one value; `None` when it is no map at all.
///
/// `faulty` holds the keys that were lost when the text was read.
pub(super) fn decode_one<T: DeserializeOwned + Default>(
    diagnostics: &mut Vec<Diagnostic>,
    sources: &Sources,
    subject: Subject,
    origin: Origin,
    mut value: Value,
    mut faulty: Vec<String>,
) -> Option<Decoded<T>> {
    if !value.is_mapping() {
        if !value.is_null() || faulty.is_empty() {
            diagnostics.push(not_a_map(sources, subject, &origin, &value));
        }
        return None;
    }
    let name = match subject {
        Subject::Kind(kind) if kind != Kind::Goals => Some(record_name(Some(&value), origin.index)),
        _ => None,
    };
    let mut removed = Removed::default();
    if let Some(problem) = featured(subject, &value) {
        faulty.push("featured".to_owned());
        remove(&mut value, &problem.path);
        diagnostics.push(problem.diagnostic(&sources.record_places(&origin), name.as_deref()));
    }
    if let Ok(record) = T::deserialize(&value) {
        return Some(Decoded { record, origin, faulty, text: None });
    }
    let places = sources.record_places(&origin);
    let mut told = 0;
    for _ in 0..10 * MOST_FAULTS {
        if told > MOST_FAULTS {
            break;
        }
        let (path, message) = match serde_path_to_error::deserialize::<_, T>(&value) {
            Ok(record) => return Some(Decoded { record, origin, faulty, text: None }),
            Err(error) => (path_of(error.path()), error.inner().to_string()),
        };
        let remedy = match words::missing_field(&message) {
            // What was written there could not be read, and was told.
            Some(missing) if faulty.contains(&format!("{}.{missing}", written(&removed.original(&path)))) => {
                Remedy::Drop
            }
            _ => words::remedy(subject, &value, &path, &message),
        };
        match remedy {
            Remedy::Replace(better) => {
                let Some(slot) = at_mut(&mut value, &path) else { break };
                *slot = better;
            }
            Remedy::Drop => {
                if !remove(&mut value, &path) {
                    break;
                }
                removed.note(&path);
            }
            Remedy::Report(problems) => {
                told += problems.len();
                for problem in problems {
                    let path = problem.path.clone();
                    let original = removed.original(&path);
                    faulty.push(written(&original));
                    faulty.extend(problem.stands_for.as_ref().map(|field| written(&removed.original(field))));
                    let problem = Problem { path: original, ..problem };
                    if !problem.silent {
                        diagnostics.push(problem.diagnostic(&places, name.as_deref()));
                    }
                    if !remove(&mut value, &path) {
                        return Some(Decoded { origin, faulty, ..Decoded::default() });
                    }
                    removed.note(&path);
                }
            }
        }
    }
    let place = places.place(&[], Side::Key);
    let mut last =
        Diagnostic::new(&code::YAML_LIMIT, &*place.file, format!("more than {MOST_FAULTS} faults in one record"))
            .at(place.span)
            .help("mend those that are shown first");
    last.record = name;
    diagnostics.push(last);
    Some(Decoded { origin, faulty, ..Decoded::default() })
}

fn not_a_map(sources: &Sources, subject: Subject, origin: &Origin, value: &Value) -> Diagnostic {
    let place = sources.place_along(origin, &[], Side::Value);
    let is_record = matches!(subject, Subject::Kind(kind) if kind != Kind::Goals);
    let (message, help) = match value {
        Value::Sequence(_) if !is_record => (
            format!("{} is a list here, and must be fields with values", fields::whole(subject)),
            "remove the `- ` before each field, so that the fields begin at the start of the line".to_owned(),
        ),
        _ if !is_record => (
            format!("{} must be fields with values", fields::whole(subject)),
            "write `field: value`, one on each line".to_owned(),
        ),
        Value::Null => ("this record is empty".to_owned(), "remove the `-`, or write its fields".to_owned()),
        _ => (
            format!("{} must have fields such as `title: …`", fields::one(subject)),
            "write each of its fields as `field: value`, below each other".to_owned(),
        ),
    };
    let mut found = Diagnostic::new(&code::WRONG_SHAPE, &*place.file, message).at(place.span).help(help);
    if is_record {
        found.record = Some(record_name(None, origin.index));
    }
    found
}

fn featured(subject: Subject, value: &Value) -> Option<Problem> {
    if !matches!(subject, Subject::Kind(kind) if !matches!(kind, Kind::People | Kind::Conferences | Kind::Goals)) {
        return None;
    }
    let written = value.get("featured")?;
    let number = match written {
        Value::Null => return None,
        Value::String(text) => text.trim().parse().ok(),
        other => other.as_u64(),
    };
    (!number.is_some_and(|number: u64| (1..=3).contains(&number))).then(|| Problem {
        path: vec![Step::Key("featured".to_owned())],
        side: Side::Value,
        code: &code::OUT_OF_RANGE,
        message: "`featured` must be a number from 1 to 3".to_owned(),
        label: None,
        help: Some(
            "1 comes first among the selected works; leave the line out for a work that is not selected".to_owned(),
        ),
        fix: None,
        stands_for: None,
        silent: false,
    })
}

fn path_of(path: &serde_path_to_error::Path) -> Vec<Step> {
    path.iter()
        .filter_map(|segment| match segment {
            Segment::Seq { index } => Some(Step::Index(*index)),
            Segment::Map { key } => Some(Step::Key(key.clone())),
            Segment::Enum { .. } | Segment::Unknown => None,
        })
        .collect()
}

/// Writes a path as `events[0].date`.
pub(super) fn written(path: &[Step]) -> String {
    let mut text = String::new();
    for step in path {
        match step {
            Step::Key(key) if text.is_empty() => text.push_str(key),
            Step::Key(key) => {
                text.push('.');
                text.push_str(key);
            }
            Step::Index(index) => {
                let _ = write!(text, "[{index}]");
            }
        }
    }
    text
}

/// Returns the value at a path.
pub(super) fn at<'a>(value: &'a Value, path: &[Step]) -> Option<&'a Value> {
    path.iter().try_fold(value, |value, step| match step {
        Step::Index(index) => value.as_sequence()?.get(*index),
        Step::Key(key) => {
            let map = value.as_mapping()?;
            map.get(key.as_str()).or_else(|| map.get(number_key(key)?))
        }
    })
}

fn at_mut<'a>(value: &'a mut Value, path: &[Step]) -> Option<&'a mut Value> {
    path.iter().try_fold(value, |value, step| match step {
        Step::Index(index) => value.as_sequence_mut()?.get_mut(*index),
        Step::Key(key) => {
            let map = value.as_mapping_mut()?;
            if map.contains_key(key.as_str()) { map.get_mut(key.as_str()) } else { map.get_mut(number_key(key)?) }
        }
    })
}

fn number_key(key: &str) -> Option<Value> {
    key.parse::<u64>().ok().map(Value::from).or_else(|| key.parse::<f64>().ok().map(Value::from))
}

/// Takes the value at a path out of its map or list; tells whether there was one.
fn remove(value: &mut Value, path: &[Step]) -> bool {
    let Some((last, parents)) = path.split_last() else { return false };
    let Some(parent) = at_mut(value, parents) else { return false };
    match (last, parent) {
        (Step::Index(index), Value::Sequence(items)) if *index < items.len() => {
            items.remove(*index);
            true
        }
        (Step::Key(key), Value::Mapping(map)) => {
            map.shift_remove(key.as_str()).is_some()
                || number_key(key).is_some_and(|key| map.shift_remove(key).is_some())
        }
        _ => false,
    }
}

/// The list items taken out so far, so that an index is always told as the user wrote it.
#[derive(Default)]
struct Removed {
    /// The list, in the user's numbering, and the item's number in it.
    items: Vec<(Vec<Step>, usize)>,
}

impl Removed {
    fn note(&mut self, path: &[Step]) {
        if let Some((Step::Index(_), _)) = path.split_last() {
            let mut original = self.original(path);
            if let Some(Step::Index(index)) = original.pop() {
                self.items.push((original, index));
            }
        }
    }

    fn original(&self, path: &[Step]) -> Vec<Step> {
        let mut original: Vec<Step> = Vec::with_capacity(path.len());
        for step in path {
            let step = match step {
                Step::Index(index) => {
                    let mut gone: Vec<usize> =
                        self.items.iter().filter(|(list, _)| *list == original).map(|(_, index)| *index).collect();
                    gone.sort_unstable();
                    Step::Index(gone.iter().fold(*index, |index, gone| if *gone <= index { index + 1 } else { index }))
                }
                Step::Key(_) => step.clone(),
            };
            original.push(step);
        }
        original
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_index_is_told_as_written_after_items_were_taken_out() {
        let list = |index| vec![Step::Key("events".to_owned()), Step::Index(index)];
        let mut removed = Removed::default();
        removed.note(&list(1));
        removed.note(&list(1));
        assert_eq!(removed.original(&list(0)), list(0));
        assert_eq!(removed.original(&list(1)), list(3));
    }
}
