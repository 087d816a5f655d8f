//! Front matter of `pages/*.md`.

use serde::Deserialize;

use super::vocabulary::Visibility;
use super::{Text, TextList};

/// What may stand between the `---` lines at the head of a page.
#[derive(Debug, Clone, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[allow(missing_docs)]
pub struct PageMatter {
    pub title: Option<Text>,
    pub description: Option<Text>,
    /// When it was written; kept for the author, pages print no date of their own.
    pub date: Option<super::PartialDate>,
    pub visibility: Option<Visibility>,
    pub menu: Option<bool>,
    pub order: Option<i64>,
    pub language: Option<Text>,
    pub aliases: TextList,
}
