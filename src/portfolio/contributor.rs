//! People as authors and editors.

use super::PersonName;

/// An author or editor of a work.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "four independent marks on a name")]
pub struct Contributor {
    /// The name.
    pub name: PersonName,
    /// Whether this is the owner of the site.
    pub is_self: bool,
    /// Whether the contribution was equal to others' so marked.
    pub equal: bool,
    /// Whether letters go here.
    pub corresponding: bool,
    /// Whether the owner mentored this author.
    pub mentee: bool,
}

/// Where the owner stands in the line of authors: computed, never written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum AuthorPosition {
    /// The only author.
    Sole,
    /// First of several.
    First,
    /// Among those who share the first place by equal contribution.
    CoFirst,
    /// Neither first nor last.
    Middle,
    /// Last of several.
    Senior,
    /// Not among the authors (`mine: false`).
    #[default]
    None,
}
