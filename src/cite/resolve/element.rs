//! Small builders for the elements of a resolved layout.

use hayagriva::citationberg::{Affixes, Formatting, Group, LayoutRenderingElement, Text, TextTarget, ToFormatting};

/// Returns a text that the engine prints as it is.
pub(super) fn text(value: String) -> LayoutRenderingElement {
    LayoutRenderingElement::Text(plain(TextTarget::Value { val: value }))
}

/// Returns a text element without any attribute.
pub(super) fn plain(target: TextTarget) -> Text {
    Text {
        target,
        formatting: Formatting::default(),
        affixes: Affixes::default(),
        display: None,
        quotes: false,
        strip_periods: false,
        text_case: None,
    }
}

/// Returns a group of children.
pub(super) fn group(
    children: Vec<LayoutRenderingElement>,
    formatting: Formatting,
    delimiter: Option<String>,
) -> LayoutRenderingElement {
    LayoutRenderingElement::Group(Group {
        children,
        font_style: formatting.font_style,
        font_variant: formatting.font_variant,
        font_weight: formatting.font_weight,
        text_decoration: formatting.text_decoration,
        vertical_align: formatting.vertical_align,
        prefix: None,
        suffix: None,
        delimiter,
        display: None,
    })
}

/// Returns the formatting of an element of the style.
pub(super) fn formatting(of: &impl ToFormatting) -> Formatting {
    of.to_formatting()
}
