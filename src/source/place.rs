//! A field of a record → its file, line and column.

use std::cell::OnceCell;
use std::sync::Arc;

use super::yaml::{self, Node, Step};
use super::{Origin, Sources};
use crate::diagnostic::{Code, Diagnostic, Span};

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
        self.node(origin).map(|node| find(&node, &yaml::steps(field), Side::Value))
    }

    /// Returns the place of a field's key, as [`Sources::span`] does that of its value.
    pub fn key_span(&self, origin: &Origin, field: &str) -> Option<Span> {
        self.node(origin).map(|node| find(&node, &yaml::steps(field), Side::Key))
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

    /// Returns what a record is called in messages: its id if one is written, else its title or name,
    /// shortened, else `made`, the id that was made for it.
    pub fn called(&self, origin: &Origin, made: &str) -> String {
        let written = |node: &Node| {
            let text = |key: &str| node.text_at(key).map(str::trim).filter(|text| !text.is_empty()).map(yaml::shorten);
            text("id").or_else(|| text("title")).or_else(|| text("name"))
        };
        self.node(origin).as_ref().and_then(written).unwrap_or_else(|| made.to_owned())
    }

    /// Returns the place of a field given by its steps, as [`Sources::place`] and [`Sources::key_place`] do.
    pub fn place_along(&self, origin: &Origin, path: &[Step], side: Side) -> Place {
        self.record_places(origin).place(path, side)
    }

    /// Finds the record's entry in `private/<kind>.yaml`, by id.
    fn private_origin(&self, file: &str, id: &str) -> Option<Origin> {
        let file = format!("private/{}", file.strip_prefix("records/")?);
        self.layout(&file)?;
        let index = self.layouts.index_of_id(&file, id)?;
        Some(Origin { file: file.into(), index })
    }

    fn node(&self, origin: &Origin) -> Option<Node> {
        let (text, layout) = self.layout(&origin.file)?;
        layout.node(&text, origin.index)
    }

    /// Returns the places of one record, read once for all its fields.
    pub fn record_places(&self, origin: &Origin) -> RecordPlaces<'_> {
        RecordPlaces {
            sources: self,
            file: Arc::clone(&origin.file),
            node: self.node(origin),
            private: OnceCell::new(),
        }
    }
}

/// The places of one record.
pub struct RecordPlaces<'a> {
    sources: &'a Sources,
    file: Arc<str>,
    node: Option<Node>,
    private: OnceCell<Option<(Arc<str>, Node)>>,
}

impl RecordPlaces<'_> {
    /// Returns the place of a field given by its steps, in `private/<kind>.yaml` when it is written there.
    pub fn place(&self, path: &[Step], side: Side) -> Place {
        let own = self.node.as_ref().map(|node| node.follow(path).taken).unwrap_or_default();
        let private = matches!(path.first(), Some(Step::Key(key)) if key == "private");
        if private
            && own < path.len()
            && let Some((file, node)) = self.private()
            && node.follow(path).taken > own
        {
            return Place { file: Arc::clone(file), span: Some(find(node, path, side)) };
        }
        Place { file: Arc::clone(&self.file), span: self.node.as_ref().map(|node| find(node, path, side)) }
    }

    fn private(&self) -> Option<&(Arc<str>, Node)> {
        let look = || {
            let id = self.node.as_ref()?.text_at("id")?;
            let origin = self.sources.private_origin(&self.file, id)?;
            Some((Arc::clone(&origin.file), self.sources.node(&origin)?))
        };
        self.private.get_or_init(look).as_ref()
    }
}

fn find(node: &Node, path: &[Step], side: Side) -> Span {
    let found = node.follow(path);
    let complete = found.taken == path.len();
    match (found.key, side) {
        (Some(key), Side::Key) => key,
        (Some(key), Side::Value) if !complete => key,
        _ => found.node.head(),
    }
}
