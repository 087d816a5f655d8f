//! Where each key and value of a text stands.

use crate::diagnostic::Span;

/// A value's place and those of its parts.
#[derive(Debug, Clone)]
pub(in crate::source) struct Node {
    /// The value, on its first line.
    pub(in crate::source) span: Span,
    /// What it is made of.
    pub(in crate::source) parts: Parts,
}

/// What a value is made of.
#[derive(Debug, Clone)]
pub(in crate::source) enum Parts {
    /// A scalar, with its text if it is short, or an alias.
    Scalar(String),
    /// The items of a list.
    List(Vec<Node>),
    /// The keys of a map, their places, and their values.
    Map(Vec<(String, Span, Node)>),
}

/// One step of a field's path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Into a map.
    Key(String),
    /// Into a list.
    Index(usize),
}

/// What was found on the way along a path.
pub(in crate::source) struct Found<'a> {
    /// The key that leads to the value, if the last step was one.
    pub(in crate::source) key: Option<Span>,
    /// The value.
    pub(in crate::source) node: &'a Node,
    /// How many steps could be taken.
    pub(in crate::source) taken: usize,
}

/// Cuts `events[0].date` into steps; a name that is no index stays a key, whatever its letters.
pub(in crate::source) fn steps(path: &str) -> Vec<Step> {
    let mut steps = Vec::new();
    for part in path.split('.').filter(|part| !part.is_empty()) {
        let (name, indexes) = match part.find('[') {
            Some(at) if part.ends_with(']') => part.split_at(at),
            _ => (part, ""),
        };
        if !name.is_empty() {
            steps.push(Step::Key(name.to_owned()));
        }
        for index in indexes.split(['[', ']']).filter(|text| !text.is_empty()) {
            match index.parse() {
                Ok(index) => steps.push(Step::Index(index)),
                Err(_) => steps.push(Step::Key(index.to_owned())),
            }
        }
    }
    steps
}

impl Node {
    /// Goes along the path as far as it is written.
    pub(in crate::source) fn follow(&self, path: &[Step]) -> Found<'_> {
        let mut found = Found { key: None, node: self, taken: 0 };
        for step in path {
            match (&found.node.parts, step) {
                (Parts::Map(entries), Step::Key(name)) => {
                    let Some((_, key, node)) = entries.iter().find(|(key, ..)| key == name) else { break };
                    found = Found { key: Some(*key), node, taken: found.taken + 1 };
                }
                (Parts::List(items), Step::Index(index)) => {
                    let Some(node) = items.get(*index) else { break };
                    found = Found { key: None, node, taken: found.taken + 1 };
                }
                _ => break,
            }
        }
        found
    }

    /// Returns the text of a field of a map, if it is a short scalar.
    pub(in crate::source) fn text_at(&self, name: &str) -> Option<&str> {
        match &self.follow(&[Step::Key(name.to_owned())]).node.parts {
            Parts::Scalar(text) => Some(text),
            _ => None,
        }
    }

    /// Returns one item of a list; the first item of what is no list is the thing itself.
    pub(in crate::source) fn item(&self, index: usize) -> Option<&Node> {
        match &self.parts {
            Parts::List(items) => items.get(index),
            _ => (index == 0).then_some(self),
        }
    }

    /// Returns where a reader looks for the value itself: a map's first key, else the value.
    pub(in crate::source) fn head(&self) -> Span {
        match &self.parts {
            Parts::Map(entries) => entries.first().map_or(self.span, |(_, key, _)| *key),
            _ => self.span,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_cut_into_keys_and_indexes() {
        let key = |name: &str| Step::Key(name.to_owned());
        assert_eq!(steps("events[1].date"), [key("events"), Step::Index(1), key("date")]);
        assert_eq!(steps("[0]"), [Step::Index(0)]);
        assert_eq!(steps(""), []);
        assert_eq!(steps("years.2025"), [key("years"), key("2025")]);
        assert_eq!(steps("a[b"), [key("a[b")]);
    }
}
