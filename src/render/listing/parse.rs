//! The conditions of a listing, a line each: `thread: stroke-workflow`.

use super::{ListingStyle, Query};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span, code};
use crate::record::PartialDate;
use crate::record::vocabulary::{
    GrantStatus, Kind, MediaKind, PresentationStatus, PresentationType, ProjectStage, PublicationCategory,
    PublicationRole, PublicationStatus, PublicationType, Scope, ServiceKind, TeachingKind, TrainingKind,
};
use crate::render::links::Targets;

const KEYS: [&str; 13] = [
    "kind", "type", "category", "status", "role", "thread", "project", "featured", "scope", "since", "until", "limit",
    "style",
];

/// Reads the conditions between the fences; what is wrong is reported and left out.
///
/// `line_offset` is the number of lines of `file` before the first condition.
pub(in crate::render) fn parse(
    diagnostics: &mut Diagnostics,
    kind: Kind,
    text: &str,
    file: &str,
    line_offset: usize,
    targets: &Targets<'_>,
) -> Query {
    let mut query = Query::all(kind);
    let mut seen: Vec<&str> = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let condition = line.split(" #").next().unwrap_or_default().trim();
        if condition.is_empty() || condition.starts_with('#') {
            continue;
        }
        let number = line_offset + index + 1;
        let column = line.chars().take_while(|letter| letter.is_whitespace()).count() + 1;
        let (key, value) = condition.split_once(':').unwrap_or((condition, ""));
        let (key, value) = (key.trim_end(), value.trim().trim_matches(['"', '\'']));
        let key_span = Span::new(number, column, key.chars().count());
        let mut report = |code: &'static Code, span: Span, message: String, near: Option<&str>, help: &str| {
            let mut diagnostic = Diagnostic::new(code, file, message).at(span).help(help);
            diagnostic.label = near.map(|near| format!("did you mean `{near}`?"));
            diagnostic.fix = near.map(str::to_owned);
            diagnostics.push(diagnostic);
        };
        if !KEYS.contains(&key) {
            let help = format!("a listing may ask by {}", KEYS.join(", "));
            let near = nearest(key, KEYS.into_iter());
            report(&code::LISTING_KEY, key_span, format!("`{key}` is no condition of a listing"), near, &help);
            continue;
        }
        if seen.contains(&key) {
            report(
                &code::LISTING_KEY,
                key_span,
                format!("`{key}` stands twice in this listing"),
                None,
                "keep one of the two",
            );
            continue;
        }
        seen.push(key);
        let start = value_column(line, key, value);
        let value_span = Span::new(number, start, value.chars().count());
        if let Err(fault) = set(&mut query, key, value, targets) {
            report(&code::LISTING_VALUE, value_span, fault.message, fault.near.as_deref(), &fault.help);
        }
    }
    query
}

fn value_column(line: &str, key: &str, value: &str) -> usize {
    let after_key = line.find(key).map_or(0, |at| at + key.len());
    let start = line[after_key..].find(value).map_or(after_key, |at| after_key + at);
    let start = if value.is_empty() { line.trim_end().len() } else { start };
    line[..start].chars().count() + 1
}

struct Fault {
    message: String,
    near: Option<String>,
    help: String,
}

fn set(query: &mut Query, key: &str, value: &str, targets: &Targets<'_>) -> Result<(), Fault> {
    let text = Some(value.to_owned());
    match key {
        "kind" if query.kind == Kind::Publications || has_type(query.kind).is_empty() => {
            one_of(key, value, &[query.kind.as_str()])?;
        }
        "type" | "kind" => {
            let values = has_type(query.kind);
            let same = key == "kind" && value == query.kind.as_str();
            if !same {
                one_of(key, value, &values)?;
                query.record_type = text;
            }
        }
        "category" => {
            allowed(query.kind, key, &[Kind::Publications])?;
            one_of(key, value, &words(PublicationCategory::ALL, PublicationCategory::as_str))?;
            query.category = text;
        }
        "status" => {
            one_of(key, value, &statuses(query.kind))?;
            query.status = text;
        }
        "role" if query.kind == Kind::Publications => {
            one_of(key, value, &words(PublicationRole::ALL, PublicationRole::as_str))?;
            query.role = text;
        }
        "scope" => {
            allowed(query.kind, key, &[Kind::Presentations, Kind::Awards, Kind::Service])?;
            one_of(key, value, &words(Scope::ALL, Scope::as_str))?;
            query.scope = text;
        }
        "style" => {
            one_of(key, value, &["full", "short"])?;
            query.style = if value == "short" { ListingStyle::Short } else { ListingStyle::Full };
        }
        "featured" => {
            one_of(key, value, &["true", "false"])?;
            query.featured = Some(value == "true");
        }
        "thread" => {
            if !targets.threads.is_empty() {
                one_of(key, value, &targets.threads)?;
            }
            query.thread = text;
        }
        "since" | "until" => {
            let date = PartialDate::parse(value).ok_or_else(|| Fault {
                message: format!("`{value}` is not a date"),
                near: None,
                help: "write 2025, 2025-03 or 2025-03-14".to_owned(),
            })?;
            if key == "since" { query.since = Some(date) } else { query.until = Some(date) }
        }
        "limit" => {
            let limit = value.parse::<usize>().ok().filter(|limit| *limit > 0).ok_or_else(|| Fault {
                message: format!("`{value}` is not a number of records"),
                near: None,
                help: "write a whole number from 1, as `limit: 5`".to_owned(),
            })?;
            query.limit = Some(limit);
        }
        "role" | "project" if value.is_empty() => return one_of(key, value, &[]),
        "role" => query.role = text,
        _ => query.project = text,
    }
    Ok(())
}

fn one_of(key: &str, value: &str, values: &[&str]) -> Result<(), Fault> {
    if values.contains(&value) {
        return Ok(());
    }
    let message = if value.is_empty() {
        format!("`{key}` has no value")
    } else {
        format!("`{value}` is no value of `{key}` here")
    };
    let near = if value.is_empty() { None } else { nearest(value, values.iter().copied()).map(str::to_owned) };
    let help = if values.is_empty() {
        "write a value after the colon, or remove the line".to_owned()
    } else {
        format!("write {}", alternatives(values))
    };
    Err(Fault { message, near, help })
}

fn alternatives(values: &[&str]) -> String {
    match values {
        [one] => format!("`{one}`, or remove the line"),
        _ => format!("one of {}", values.join(", ")),
    }
}

fn allowed(kind: Kind, key: &str, kinds: &[Kind]) -> Result<(), Fault> {
    if kinds.contains(&kind) {
        return Ok(());
    }
    let message = format!("{kind} have no `{key}`");
    Err(Fault { message, near: None, help: "remove the line".to_owned() })
}

fn words<T: Copy>(all: &[T], word: impl Fn(T) -> &'static str) -> Vec<&'static str> {
    all.iter().copied().map(word).collect()
}

fn has_type(kind: Kind) -> Vec<&'static str> {
    match kind {
        Kind::Publications => words(PublicationType::ALL, PublicationType::as_str),
        Kind::Presentations => words(PresentationType::ALL, PresentationType::as_str),
        Kind::Service => words(ServiceKind::ALL, ServiceKind::as_str),
        Kind::Teaching => words(TeachingKind::ALL, TeachingKind::as_str),
        Kind::Training => words(TrainingKind::ALL, TrainingKind::as_str),
        Kind::Media => words(MediaKind::ALL, MediaKind::as_str),
        _ => Vec::new(),
    }
}

fn statuses(kind: Kind) -> Vec<&'static str> {
    match kind {
        Kind::Publications => words(PublicationStatus::ALL, PublicationStatus::as_str),
        Kind::Presentations => words(PresentationStatus::ALL, PresentationStatus::as_str),
        Kind::Grants => words(GrantStatus::ALL, GrantStatus::as_str),
        Kind::Projects => words(ProjectStage::ALL, ProjectStage::as_str),
        _ => Vec::new(),
    }
}

fn nearest<'a>(written: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    crate::render::markdown::nearest(written, known)
}
