//! The one door to the CSL engine: a resolved layout in, its element tree out.

use std::panic::{AssertUnwindSafe, catch_unwind};

use hayagriva::citationberg::json;
use hayagriva::citationberg::{IndependentStyle, LayoutRenderingElement};
use hayagriva::{BibliographyDriver, BibliographyRequest, CitationItem, CitationRequest, ElemChildren};
use serde_json::{Map, Value};

/// Lays out one entry, alone, so that no other changes it.
///
/// `shell` is a style without content; it is handed back as it was. `None` when the engine
/// gave up: its panics end here.
pub(super) fn lay_out(
    shell: &mut IndependentStyle,
    layout: Vec<LayoutRenderingElement>,
    fields: Map<String, Value>,
) -> Option<ElemChildren> {
    if layout.is_empty() {
        return Some(ElemChildren::default());
    }
    let item: json::Item = serde_json::from_value(Value::Object(fields)).ok()?;
    shell.bibliography.as_mut()?.layout.elements = layout;
    let shell: &IndependentStyle = shell;
    catch_unwind(AssertUnwindSafe(|| {
        let mut driver = BibliographyDriver::new();
        driver.citation(CitationRequest::from_items(vec![CitationItem::with_entry(&item)], shell, &[]));
        let rendered = driver.finish(BibliographyRequest::new(shell, None, &[]));
        rendered.bibliography?.items.into_iter().next().map(|entry| entry.content)
    }))
    .ok()
    .flatten()
}
