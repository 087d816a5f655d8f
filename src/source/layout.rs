//! Texts → values, remembering how each text was cut, so that places can be found later.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::yaml::{self, Layout};
use super::{Document, IsKnown, Item, Listing, Page, Sources, page};
use crate::diagnostic::{Diagnostic, Diagnostics, Span, code};

/// The layout of every text that was read, beside the text it belongs to.
#[derive(Debug, Clone, Default)]
pub(crate) struct Layouts {
    known: Arc<Mutex<HashMap<String, Known>>>,
    /// The ids of each file of `private/`, with their place in its list.
    ids: Arc<Mutex<HashMap<String, HashMap<String, usize>>>>,
}

/// A text and how it was cut.
type Known = (Arc<str>, Arc<Layout>);

impl Layouts {
    fn get(&self, file: &str, text: &Arc<str>) -> Option<Arc<Layout>> {
        let layouts = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        layouts.get(file).filter(|(known, _)| Arc::ptr_eq(known, text)).map(|(_, layout)| Arc::clone(layout))
    }

    /// Returns the ids of the entries of a file of `private/`, as they were read.
    pub(super) fn index_of_id(&self, file: &str, id: &str) -> Option<usize> {
        let ids = self.ids.lock().unwrap_or_else(PoisonError::into_inner);
        ids.get(file)?.get(id).copied()
    }

    fn keep_ids(&self, file: &str, items: &[Item]) {
        let id_of = |item: &Item| match item.value.get("id")? {
            serde_yaml::Value::String(id) => Some(id.clone()),
            serde_yaml::Value::Number(id) => Some(id.to_string()),
            _ => None,
        };
        let found = items.iter().rev().filter_map(|item| Some((id_of(item)?, item.index))).collect();
        let mut ids = self.ids.lock().unwrap_or_else(PoisonError::into_inner);
        ids.insert(file.to_owned(), found);
    }

    fn keep(&self, file: &str, text: &Arc<str>, layout: Layout) {
        let mut layouts = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        layouts.insert(file.to_owned(), (Arc::clone(text), Arc::new(layout)));
    }
}

impl Sources {
    /// Reads the records of a list file, each alone; an absent, empty or comment-only file has none.
    pub fn list(&self, diagnostics: &mut Diagnostics, file: &str) -> Vec<Item> {
        self.read_list(diagnostics, file, None).items
    }

    /// Reads the records of a list file as [`Sources::list`] does, but for those that are known.
    pub fn list_unknown(&self, diagnostics: &mut Diagnostics, file: &str, is_known: IsKnown<'_>) -> Listing {
        self.read_list(diagnostics, file, Some(is_known))
    }

    fn read_list(&self, diagnostics: &mut Diagnostics, file: &str, is_known: Option<IsKnown<'_>>) -> Listing {
        let Some(text) = self.texts.get(file) else { return Listing::default() };
        let mut found = Vec::new();
        let (listing, layout) = yaml::list(&mut found, file, text, is_known);
        self.layouts.keep(file, text, layout);
        if file.starts_with("private/") {
            self.layouts.keep_ids(file, &listing.items);
        }
        diagnostics.extend(found);
        listing
    }

    /// Reads a file that is one map; `None` when it is absent.
    pub fn map(&self, diagnostics: &mut Diagnostics, file: &str) -> Option<Document> {
        let text = self.texts.get(file)?;
        let mut found = Vec::new();
        let document = yaml::document(&mut found, file, text, 0);
        self.layouts.keep(file, text, Layout::whole(document.mended.clone()));
        diagnostics.extend(found);
        Some(document)
    }

    /// Splits a page and reads its front matter; `None` when the file is absent.
    pub fn page(&self, diagnostics: &mut Diagnostics, file: &str) -> Option<Page> {
        let text = self.texts.get(file)?;
        let split = page::split(text);
        if split.unclosed {
            diagnostics.push(
                Diagnostic::new(&code::WRONG_SHAPE, file, "the front matter is never closed")
                    .at(Span::new(1, 1, 3))
                    .label("it begins here")
                    .help("put a line `---` after its last field"),
            );
        }
        let matter = match split.matter {
            None => Document::default(),
            Some(range) => {
                let mut found = Vec::new();
                let document = yaml::document(&mut found, file, &text[range.clone()], 1);
                self.layouts.keep(file, text, Layout::part(range, 1, document.mended.clone()));
                diagnostics.extend(found);
                document
            }
        };
        Some(Page { matter, body: text[split.body..].to_owned(), body_offset: split.lines_before_body })
    }

    /// Returns how a file was cut into records, reading it if nobody has yet.
    pub(super) fn layout(&self, file: &str) -> Option<(Arc<str>, Arc<Layout>)> {
        let text = self.texts.get(file)?;
        if self.layouts.get(file, text).is_none() {
            let mut unheard = Diagnostics::default();
            if file.starts_with("pages/") {
                self.page(&mut unheard, file);
            } else if super::names::is_list(file) {
                self.list(&mut unheard, file);
            } else {
                self.map(&mut unheard, file);
            }
        }
        self.layouts.get(file, text).map(|layout| (Arc::clone(text), layout))
    }
}
