//! Layers of a PDF (optional content, ISO 32000-1, 8.11): which are switched off when it is opened.

use std::collections::BTreeSet;

use lopdf::{Dictionary, Document, Object, ObjectId};

/// The layers that nobody sees before they are switched on.
#[derive(Debug, Default)]
pub(super) struct Layers {
    off: BTreeSet<ObjectId>,
}

impl Layers {
    /// Reads what a document says of its layers.
    pub(super) fn of(document: &Document) -> Self {
        let Some(layers) = dict(document, document.catalog().ok(), b"OCProperties") else { return Self::default() };
        let settings = dict(document, Some(layers), b"D");
        let list = |within: Option<&Dictionary>, key: &[u8]| -> BTreeSet<ObjectId> {
            let list = within.and_then(|within| within.get_deref(key, document).ok()?.as_array().ok());
            list.into_iter().flatten().filter_map(|layer| layer.as_reference().ok()).collect()
        };
        let start = settings.and_then(|settings| settings.get_deref(b"BaseState", document).ok()?.as_name().ok());
        let mut off = list(settings, b"OFF");
        if start == Some(b"OFF") {
            let on = list(settings, b"ON");
            off.extend(list(Some(layers), b"OCGs").into_iter().filter(|layer| !on.contains(layer)));
        }
        Self { off }
    }

    /// Tells whether what belongs to a layer, or to some of several, is not seen.
    pub(super) fn is_off(&self, document: &Document, layer: &Object) -> bool {
        if self.off.is_empty() {
            return false;
        }
        let is_off = |layer: &Object| layer.as_reference().is_ok_and(|id| self.off.contains(&id));
        if is_off(layer) {
            return true;
        }
        let Some(group) = document.dereference(layer).ok().and_then(|(_, group)| group.as_dict().ok()) else {
            return false;
        };
        let Ok(listed) = group.get(b"OCGs") else { return false };
        let one = std::slice::from_ref(listed);
        let layers = document.dereference(listed).ok().and_then(|(_, list)| list.as_array().ok());
        let layers = layers.map_or(one, Vec::as_slice);
        if layers.is_empty() {
            return false;
        }
        match group.get_deref(b"P", document).and_then(Object::as_name).unwrap_or(b"AnyOn") {
            b"AllOn" => layers.iter().any(is_off),
            b"AnyOff" => !layers.iter().any(is_off),
            b"AllOff" => !layers.iter().all(is_off),
            _ => layers.iter().all(is_off),
        }
    }
}

fn dict<'d>(document: &'d Document, within: Option<&'d Dictionary>, key: &[u8]) -> Option<&'d Dictionary> {
    within?.get_deref(key, document).ok()?.as_dict().ok()
}
