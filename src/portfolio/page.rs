//! Markdown pages as modelled.

use crate::record::vocabulary::Visibility;

/// A page of the owner's own words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// File name without `.md`; its address is `/<name>/`, of an unlisted one `/<name>-<token>/`.
    pub name: String,
    /// As written in the front matter, else the first heading, else the name.
    pub title: String,
    /// One line for search engines.
    pub description: Option<String>,
    /// Who may see it.
    pub visibility: Visibility,
    /// The part of an unlisted page's address that cannot be guessed, once it has one.
    pub token: Option<String>,
    /// Whether the default menu has it; `None` when not said.
    pub menu: Option<bool>,
    /// Place among the pages of the default menu.
    pub order: Option<i64>,
    /// BCP 47 tag, when it differs from the site's.
    pub language: Option<String>,
    /// Older names, whose addresses redirect.
    pub aliases: Vec<String>,
    /// Markdown without the front matter.
    pub body: String,
    /// Lines of the file before the body, so that a fault in it has its true line.
    pub body_offset: usize,
    /// Path of the file relative to the site folder.
    pub path: String,
}
