//! Pictures: their sizes on pages, and their publication without anything but pixels.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostics;
use crate::source::Sources;

/// The pictures of `files/`, by path (`files/photos/ward.jpg`).
#[derive(Debug, Clone, Default)]
pub struct Images {
    /// Path → what pages need to know.
    pub list: BTreeMap<String, ImageInfo>,
}

/// A picture as it will be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImageInfo {
    /// Pixels, after it was turned the right way up.
    pub width: u32,
    /// Pixels, after it was turned the right way up.
    pub height: u32,
    /// Smaller copies of a photograph: width in pixels and site path, narrowest first.
    pub copies: Vec<(u32, String)>,
}

impl Images {
    /// Reads the sizes of all pictures in `files/`; those that cannot be published are reported.
    pub fn survey(_diagnostics: &mut Diagnostics, _sources: &Sources) -> Self {
        unimplemented!()
    }
}
