//! A field of a record → its file, line and column.

use std::sync::Arc;

use super::yaml::{self, Node, Step};
use super::{Origin, Sources};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};

/// A place in the user's files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Path relative to the site folder.
    pub file: Arc<str>,
    /// Where; `None` when the file is absent or cannot be read.
    pub span: Option<Span>,
}

/// Which side of `field: value` is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The field's name.
    Key,
    /// What is written after the colon.
    Value,
}

impl Sources {
    /// Returns the place of a field of a record (`dates.accepted`, `events[1].date`, or empty
    /// for the record itself): its value if it is written, else the key of the nearest parent,
    /// else the first key of the record.
    ///
    /// The span is in the record's own file; a field of `private` may stand in another one:
    /// see [`Sources::place`].
    pub fn span(&self, origin: &Origin, field: &str) -> Option<Span> {
        self.find(origin, &yaml::steps(field), Side::Value)
    }

    /// Returns the place of a field's key, as [`Sources::span`] does that of its value.
    pub fn key_span(&self, origin: &Origin, field: &str) -> Option<Span> {
        self.find(origin, &yaml::steps(field), Side::Key)
    }

    /// Returns the place of a field's value, in `private/<kind>.yaml` when it is written there.
    pub fn place(&self, origin: &Origin, field: &str) -> Place {
        self.place_along(origin, &yaml::steps(field), Side::Value)
    }

    /// Returns the place of a field's key, in `private/<kind>.yaml` when it is written there.
    pub fn key_place(&self, origin: &Origin, field: &str) -> Place {
        self.place_along(origin, &yaml::steps(field), Side::Key)
    }

    /// Starts a diagnostic at the value of a field of a record; the nearest parent when the field is not written.
    pub fn diagnose(
        &self,
        code: &'static Code,
        origin: &Origin,
        field: &str,
        message: impl Into<String>,
    ) -> Diagnostic {
        let place = self.place(origin, field);
        Diagnostic::new(code, &*place.file, message).at(place.span)
    }

    /// Returns the place of a field given by its steps, as [`Sources::place`] and [`Sources::key_place`] do.
    pub fn place_along(&self, origin: &Origin, path: &[Step], side: Side) -> Place {
        let private = matches!(path.first(), Some(Step::Key(key)) if key == "private");
        if private
            && self.taken(origin, path) < path.len()
            && let Some(other) = self.private_origin(origin)
            && self.taken(&other, path) > self.taken(origin, path)
        {
            return Place { span: self.find(&other, path, side), file: other.file };
        }
        Place { file: Arc::clone(&origin.file), span: self.find(origin, path, side) }
    }

    fn find(&self, origin: &Origin, path: &[Step], side: Side) -> Option<Span> {
        self.locate(origin, |node| {
            let found = node.follow(path);
            let complete = found.taken == path.len();
            match (found.key, side) {
                (Some(key), Side::Key) => key,
                (Some(key), Side::Value) if !complete => key,
                _ => found.node.head(),
            }
        })
    }

    fn taken(&self, origin: &Origin, path: &[Step]) -> usize {
        self.locate(origin, |node| node.follow(path).taken).unwrap_or_default()
    }

    fn locate<T>(&self, origin: &Origin, look: impl FnOnce(&Node) -> T) -> Option<T> {
        let (text, layout) = self.layout(&origin.file)?;
        layout.locate(&text, origin.index, look)
    }

    /// Finds the record's entry in `private/<kind>.yaml`, by id.
    fn private_origin(&self, origin: &Origin) -> Option<Origin> {
        let file = format!("private/{}", origin.file.strip_prefix("records/")?);
        self.texts.get(&file)?;
        let record = self.list(&mut Diagnostics::default(), &origin.file);
        let id = record.iter().find(|item| item.index == origin.index)?.value.get("id")?.clone();
        let additions = self.list(&mut Diagnostics::default(), &file);
        let index = additions.iter().find(|item| item.value.get("id") == Some(&id))?.index;
        Some(Origin { file: file.into(), index })
    }
}
