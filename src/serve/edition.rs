//! The pages of one edition of the site, each made when it is first asked for.

use std::path::PathBuf;
use std::sync::Arc;

use crate::diagnostic::Diagnostics;
use crate::render::{Input, Payload, Site, render};

/// What stands at an address.
#[derive(Debug, Clone)]
pub(super) enum Content {
    /// Bytes in memory.
    Bytes(Arc<[u8]>),
    /// A file of the author's.
    File(PathBuf),
}

/// The pages of one edition.
pub(super) struct Pages<'m> {
    site: Site,
    made_from: std::marker::PhantomData<Input<'m>>,
}

impl<'m> Pages<'m> {
    /// Prepares what all pages share; faults of the theme are reported.
    pub(super) fn new(diagnostics: &mut Diagnostics, input: Input<'m>) -> Self {
        Self { site: render(diagnostics, input), made_from: std::marker::PhantomData }
    }

    /// Tells whether something stands at a site path.
    pub(super) fn contains(&self, path: &str) -> bool {
        self.site.files.contains_key(path)
    }

    /// Returns what stands at a site path.
    pub(super) fn get(&mut self, _diagnostics: &mut Diagnostics, path: &str) -> Option<Content> {
        Some(match self.site.files.get(path)? {
            Payload::Bytes(bytes) => Content::Bytes(bytes.as_slice().into()),
            Payload::CopyOf(file) => Content::File(file.clone()),
        })
    }

    /// Makes some of the pages that nobody has asked for yet; false when there are none left.
    pub(super) fn work_ahead(&mut self, _diagnostics: &mut Diagnostics) -> bool {
        false
    }
}
