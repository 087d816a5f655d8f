//! Serde's faults → what to do about them, and what to tell the author.

use serde_yaml::{Mapping, Value};

use super::one::{Subject, at};
use super::{dates, fields, nearest};
use crate::diagnostic::{Code, Diagnostic, code};
use crate::source::{RecordPlaces, Side, Step};

/// A fault of one field.
pub(super) struct Problem {
    pub(super) path: Vec<Step>,
    pub(super) side: Side,
    pub(super) code: &'static Code,
    pub(super) message: String,
    pub(super) label: Option<String>,
    pub(super) help: Option<String>,
    pub(super) fix: Option<String>,
    /// The field that was meant, which is then not missing.
    pub(super) stands_for: Option<Vec<Step>>,
    /// Whether another problem tells of this one, too.
    pub(super) silent: bool,
}

/// What to do about a fault.
pub(super) enum Remedy {
    /// The value means the same in another form: `"3"` for 3, `yes` for true, one item for a list of one.
    Replace(Value),
    /// Nothing is written there: as good as absent.
    Drop,
    /// Faults to tell; each field is then left out.
    Report(Vec<Problem>),
}

impl Problem {
    fn at_value(path: &[Step], code: &'static Code, message: String) -> Self {
        Self {
            path: path.to_vec(),
            side: Side::Value,
            code,
            message,
            label: None,
            help: None,
            fix: None,
            stands_for: None,
            silent: false,
        }
    }

    /// Makes the diagnostic, at the place of the field.
    pub(super) fn diagnostic(self, places: &RecordPlaces<'_>, record: Option<&str>) -> Diagnostic {
        let place = places.place(&self.path, self.side);
        let mut diagnostic = Diagnostic::new(self.code, &*place.file, self.message).at(place.span);
        diagnostic.label = self.label;
        diagnostic.help = self.help;
        diagnostic.fix = self.fix.filter(|_| place.span.is_some());
        diagnostic.record = record.map(str::to_owned);
        diagnostic
    }
}

/// Decides about one fault of serde.
pub(super) fn remedy(subject: Subject, value: &Value, path: &[Step], message: &str) -> Remedy {
    if let Some(Step::Key(key)) = path.last()
        && message.starts_with(&format!("unknown field `{key}`"))
    {
        return Remedy::Report(unknown_fields(subject, value, path, &fields::expected(message, key)));
    }
    let Some(found) = at(value, path) else {
        return Remedy::Report(vec![unclear(path)]);
    };
    if message.starts_with("unknown variant `") {
        return Remedy::Report(vec![unknown_value(found, path, message)]);
    }
    if found.is_null() {
        return Remedy::Drop;
    }
    if message.contains("is not a date") {
        return Remedy::Report(vec![bad_date(found, path)]);
    }
    if let Some((_, expected)) = message.rsplit_once(", expected ") {
        return wrong_type(found, path, expected);
    }
    if message == "missing field `group`" {
        let problem = Problem::at_value(path, &code::WRONG_TYPE, "a group of authors needs its name".to_owned());
        let help = Some("write `{group: Name of the Group}`; a single person is written as plain text".to_owned());
        return Remedy::Report(vec![Problem { help, ..problem }]);
    }
    if let Some(missing) = missing_field(message) {
        let message = format!("`{}` needs `{missing}`", field_name(path));
        let problem = Problem::at_value(path, &code::WRONG_TYPE, message);
        let help = Some(format!("add `{missing}: …` below it"));
        return Remedy::Report(vec![Problem { side: Side::Key, help, ..problem }]);
    }
    Remedy::Report(vec![unclear(path)])
}

/// Returns the field that serde misses, if that is its fault.
pub(super) fn missing_field(message: &str) -> Option<&str> {
    message.strip_prefix("missing field `")?.strip_suffix('`')
}

/// Reports every name of one map that is no field, since serde stops at the first.
fn unknown_fields(subject: Subject, value: &Value, path: &[Step], known: &[String]) -> Vec<Problem> {
    let Some((_, parents)) = path.split_last() else { return Vec::new() };
    let empty = Mapping::new();
    let map = at(value, parents).and_then(Value::as_mapping).unwrap_or(&empty);
    let mut problems: Vec<Problem> = map
        .keys()
        .filter_map(key_text)
        .filter(|name| !known.contains(name))
        .take(50)
        .map(|name| unknown_field(subject, map, parents, &name, known))
        .collect();
    if problems.is_empty() {
        problems.push(unclear(path));
    }
    if subject == Subject::Site
        && let Some(section) = section_run_in(value, parents, &problems)
    {
        tell_of_section(&mut problems, section);
    }
    problems
}

/// Returns the section of `site.yaml` that has run into another one because its own line is missing.
fn section_run_in(site: &Value, parents: &[Step], problems: &[Problem]) -> Option<&'static str> {
    let [Step::Key(_)] = parents else { return None };
    let names: Vec<&str> = problems.iter().map(|problem| field_name(&problem.path)).collect();
    let section = fields::section_with_all(&names).filter(|_| names.len() > 1)?;
    site.get(section).is_none().then_some(section)
}

/// Makes one problem of all fields of a section whose line is missing.
fn tell_of_section(problems: &mut [Problem], section: &str) {
    let Some((first, others)) = problems.split_first_mut() else { return };
    let name = field_name(&first.path).to_owned();
    first.message = format!("`{name}` and fields below it belong to `{section}`, and the line `{section}:` is missing");
    first.label = Some(format!("write `{section}:` above this line"));
    first.help = Some("each section of site.yaml begins with its name and a colon at the start of a line".to_owned());
    first.fix = None;
    first.stands_for = Some(vec![Step::Key(section.to_owned())]);
    for other in others {
        other.silent = true;
    }
}

fn unknown_field(subject: Subject, map: &Mapping, parents: &[Step], name: &str, known: &[String]) -> Problem {
    let parent = parents.iter().rev().find_map(|step| match step {
        Step::Key(key) => Some(key.as_str()),
        Step::Index(_) => None,
    });
    let owner = parent.map_or_else(|| fields::one(subject), |parent| format!("`{parent}`"));
    let meant = nearest::field(name, known).filter(|meant| !map.contains_key(*meant));
    let mut path = parents.to_vec();
    path.push(Step::Key(name.to_owned()));
    let value = map.get(name);
    let section = fields::section_with(name).filter(|_| subject == Subject::Site && parents.is_empty());
    let help = match (meant, nearest::field(name, known), section) {
        (Some(_), ..) => None,
        (None, Some(taken), _) if taken != name => {
            Some(format!("`{taken}` stands here already: write both values there, or remove one of the two lines"))
        }
        (None, _, Some(section)) => {
            Some(format!("it is a field of `{section}`: put it below `{section}:`, indented by two spaces"))
        }
        _ if value.is_some_and(Value::is_null) && name.contains(' ') => {
            Some("if it belongs to the text before it, put that text in double quotes: between braces a comma begins a new field".to_owned())
        }
        _ => Some(elsewhere(subject, parent, name, known)),
    };
    let beside = |names: &[&str]| {
        parents.iter().cloned().chain(names.iter().map(|name| Step::Key((*name).to_owned()))).collect::<Vec<_>>()
    };
    let stands_for = match (meant, section) {
        (Some(meant), _) => Some(beside(&[meant])),
        (None, Some(section)) => Some(beside(&[section, name])),
        (None, None) => None,
    };
    Problem {
        path,
        side: Side::Key,
        code: &code::UNKNOWN_FIELD,
        message: format!("`{name}` is not a field of {owner}"),
        label: meant.map(|meant| format!("did you mean `{meant}`?")),
        help,
        fix: meant.map(str::to_owned),
        stands_for,
        silent: false,
    }
}

/// Says where a field belongs that no name of this map is near to.
fn elsewhere(subject: Subject, parent: Option<&str>, name: &str, known: &[String]) -> String {
    if let Some((field, _)) = name.split_once(':')
        && known.iter().any(|other| other == field)
    {
        return format!("write `{field}: …`, with a space after the colon");
    }
    if parent.is_none() && known.iter().any(|field| field == "private") && fields::is_private(name) {
        return format!("write it under `private:`, as `private: {{{name}: …}}`");
    }
    if known.len() <= 12 {
        return format!("known here: {}", known.join(", "));
    }
    match fields::kinds_with(name, subject).first() {
        Some(kind) if parent.is_none() => {
            format!("`{name}` is a field of {}: move it there, or remove it", fields::one(Subject::Kind(*kind)))
        }
        _ if matches!(subject, Subject::Kind(_)) && parent.is_none() => {
            "remove the line, or keep the words under `private: {notes: …}`, which is never published".to_owned()
        }
        _ => format!("known here: {}", known.join(", ")),
    }
}

fn unknown_value(found: &Value, path: &[Step], message: &str) -> Problem {
    let rest = message.trim_start_matches("unknown variant `");
    let written = rest.split_once("`, expected ").map_or(rest, |(written, _)| written);
    let known = fields::expected(message, written);
    let meant = nearest::value(written, &known).map(str::to_owned);
    // Where the names of a map are a closed list (`stages`), the fault is in the key.
    let is_key = matches!(path.last(), Some(Step::Key(key)) if key == written) && found.as_str() != Some(written);
    let field = field_name(if is_key { &path[..path.len() - 1] } else { path });
    Problem {
        path: path.to_vec(),
        side: if is_key { Side::Key } else { Side::Value },
        code: &code::UNKNOWN_VALUE,
        message: format!("`{written}` is not a value of `{field}`"),
        label: meant.as_ref().map(|meant| format!("did you mean `{meant}`?")),
        help: Some(format!("write one of: {}", known.join(", "))),
        fix: meant,
        stands_for: None,
        silent: false,
    }
}

fn bad_date(found: &Value, path: &[Step]) -> Problem {
    let written = match found {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    };
    let help = match dates::advice(&written, field_name(path)) {
        Some(advice) => advice,
        None => "write the year, the month or the day: 2025, 2025-03 or 2025-03-14".to_owned(),
    };
    let meant = dates::meant(&written).map(|date| date.to_string());
    // What hangs on the date without a space was meant as a comment.
    let comment = written.split_once('#').map(|(_, comment)| format!("  # {}", comment.trim()));
    let fix = meant.as_ref().map(|meant| format!("{meant}{}", comment.unwrap_or_default()));
    Problem {
        label: meant.map(|meant| format!("did you mean {meant}?")),
        help: Some(help),
        fix,
        ..Problem::at_value(path, &code::BAD_DATE, format!("`{written}` is not a date"))
    }
}

fn wrong_type(found: &Value, path: &[Step], expected: &str) -> Remedy {
    if let Some(better) = same_in_another_form(found, expected) {
        return Remedy::Replace(better);
    }
    let field = field_name(path);
    let (needs, help) = match expected {
        "text" | "a string" => (
            "be text",
            match found {
                Value::Sequence(_) => {
                    "a text that begins with a bracket goes into double quotes; of several values this field takes only one"
                }
                _ => "write it on one line after the colon, in double quotes if it has a colon or begins with a brace",
            },
        ),
        "a list of texts" => ("be a list of texts", "write `[one, two]`, or one a line, each after `- `"),
        "names in one line, or a list of names" => {
            ("be names", "write `Rao P, Lee K`, or one name a line, each after `- `")
        }
        "a name, or {group: a group's name}" => ("be a name", "write `Rao P`, or `{group: Name of the Group}`"),
        "a boolean" => ("be `true` or `false`", "write `true` or `false`, without quotes"),
        "u8" | "u16" | "u32" | "u64" | "usize" => ("be a whole number", "write digits only, such as `3`"),
        "i8" | "i16" | "i32" | "i64" => ("be a whole number", "write digits only, such as `2025`"),
        "f32" | "f64" => ("be a number", "write digits only, such as `4` or `1.5`"),
        "a date" => ("be one date", "write the year, the month or the day: 2025, 2025-03 or 2025-03-14"),
        "`group`" => ("be names", "write `Rao P, Lee K`, or one name a line, each after `- `"),
        "a sequence" => ("be a list", "write one item a line, each after `- `"),
        _ => ("have fields of its own", "write them below it, indented by two more spaces, as `name: value`"),
    };
    let problem = Problem::at_value(path, &code::WRONG_TYPE, format!("`{field}` must {needs}"));
    Remedy::Report(vec![Problem { help: Some(help.to_owned()), ..problem }])
}

fn same_in_another_form(found: &Value, expected: &str) -> Option<Value> {
    match (expected, found) {
        ("a boolean", Value::String(text)) => match text.trim().to_lowercase().as_str() {
            "yes" | "y" | "true" | "on" => Some(true.into()),
            "no" | "n" | "false" | "off" => Some(false.into()),
            _ => None,
        },
        ("u8" | "u16" | "u32" | "u64" | "usize" | "i32" | "i64", Value::String(text)) => {
            text.trim().parse::<u32>().ok().map(Value::from)
        }
        ("u8" | "u16" | "u32" | "u64" | "usize" | "i32" | "i64", Value::Number(number)) => {
            let whole = number.as_f64().filter(|number| number.fract() == 0.0 && (0.0..1e9).contains(number))?;
            number.is_f64().then(|| format!("{whole:.0}").parse::<u32>().ok().map(Value::from)).flatten()
        }
        ("f32" | "f64", Value::String(text)) => {
            text.trim().parse::<f64>().ok().filter(|number| number.is_finite()).map(Value::from)
        }
        ("a sequence", Value::String(_) | Value::Number(_) | Value::Mapping(_)) => {
            Some(Value::Sequence(vec![found.clone()]))
        }
        (expected, Value::Number(number)) if expected.contains("Value::Tag") => Some(number.to_string().into()),
        (expected, Value::Bool(flag)) if expected.contains("Value::Tag") => Some(flag.to_string().into()),
        (expected, Value::Sequence(items)) if expected.contains("Value::Tag") => match items.as_slice() {
            [only @ Value::String(_)] => Some(only.clone()),
            _ => Some("a list".into()),
        },
        (expected, Value::Mapping(_)) if expected.contains("Value::Tag") => Some("a map".into()),
        _ => None,
    }
}

fn unclear(path: &[Step]) -> Problem {
    let message = format!("`{}` cannot be read as it is written", field_name(path));
    let help = Some("compare it with the example in `offprint guide`".to_owned());
    Problem { help, ..Problem::at_value(path, &code::WRONG_TYPE, message) }
}

fn field_name(path: &[Step]) -> &str {
    let name = path.iter().rev().find_map(|step| match step {
        Step::Key(key) => Some(key.as_str()),
        Step::Index(_) => None,
    });
    name.unwrap_or("this")
}

fn key_text(key: &Value) -> Option<String> {
    match key {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
