//! Values that are named by `&` and repeated by `*` or `<<`.

use granit_parser::Span as RawSpan;
use serde_yaml::Value;

use super::super::places::{Node, Parts};
use super::super::slip;
use super::{Built, Reader, Stop};
use crate::diagnostic::{Diagnostic, Span, code};

/// Bytes and values that aliases may repeat.
const REPEATED: usize = 1_000_000;

pub(super) struct Anchor {
    /// `None` while its own value is being read.
    pub(super) value: Option<Value>,
    pub(super) size: usize,
    pub(super) span: Span,
    pub(super) used: bool,
    /// Whether the anchor stands before a plain scalar, where it is a slip if nothing uses it.
    pub(super) text: bool,
}

impl Reader<'_> {
    pub(super) fn alias(&mut self, id: usize, span: &RawSpan) -> Result<Built, Stop> {
        let Some(anchor) = self.anchors.get_mut(&id) else {
            return Ok(Built { value: Value::Null, node: None, size: 1 });
        };
        anchor.used = true;
        let size = anchor.size;
        let Some(value) = anchor.value.clone() else {
            return Err(self.limit(
                span,
                "this name stands for something that contains itself",
                "write the value out instead of `*name`",
            ));
        };
        self.repeated += size;
        if self.repeated > REPEATED {
            return Err(self.limit(
                span,
                "`*` repeats more text here than Offprint reads",
                "write the values out instead of `*name`",
            ));
        }
        let node = self.with_places.then(|| Node { span: self.place(span), parts: Parts::Scalar(String::new()) });
        Ok(Built { value, node, size })
    }

    pub(super) fn begin_anchor(&mut self, id: usize, span: &RawSpan) {
        if id != 0 {
            let span = self.place(span);
            self.anchors.insert(id, Anchor { value: None, size: 0, span, used: false, text: false });
        }
    }

    pub(super) fn keep_anchor(&mut self, id: usize, span: &RawSpan, value: &Value, size: usize, text: bool) {
        if id != 0 {
            let span = self.place(span);
            let used = self.anchors.get(&id).is_some_and(|anchor| anchor.used);
            self.anchors.insert(id, Anchor { value: Some(value.clone()), size, span, used, text });
        }
    }

    pub(super) fn merge(&mut self, value: &mut Value, at: Span) {
        if value.apply_merge().is_err() {
            self.faults.push(
                Diagnostic::new(&code::YAML_SYNTAX, self.file, "`<<` must be followed by `*` and the name of a map")
                    .at(at)
                    .help("write the fields out in each record"),
            );
        }
    }

    /// Reports `&` that begins a text: a name that nothing uses is no name.
    pub(super) fn unused_anchors(&mut self) {
        let mut spans: Vec<_> =
            self.anchors.values().filter(|anchor| anchor.text && !anchor.used).map(|anchor| anchor.span).collect();
        spans.sort_unstable();
        for span in spans {
            self.faults.push(slip::ampersand(self.file, self.text, span, self.lines_before));
        }
    }
}
