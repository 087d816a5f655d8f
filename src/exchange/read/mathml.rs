//! MathML in titles (W3C, MathML 3) → words with `<sup>` and `<sub>`.

use roxmltree::{Document, Node};

/// Replaces the formulas of a text by words; one that is no well-formed XML stays as it is.
pub(in crate::exchange) fn formulas(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((start, end)) = formula(rest) {
        let xml = rest[start..end].replace("mml:", "");
        out.push_str(&rest[..start]);
        match Document::parse(&xml) {
            Ok(document) => out.push_str(&words(document.root_element())),
            Err(_) => out.push_str(&rest[start..end]),
        }
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

fn formula(text: &str) -> Option<(usize, usize)> {
    ["mml:math", "math"].iter().find_map(|name| {
        let start = text.find(&format!("<{name}"))?;
        let close = format!("</{name}>");
        let end = start + text[start..].find(&close)? + close.len();
        Some((start, end))
    })
}

/// Returns the words of an element of a formula.
pub(in crate::exchange) fn words(node: Node) -> String {
    written(node, 0)
}

fn written(node: Node, depth: usize) -> String {
    if node.is_text() {
        return node.text().unwrap_or_default().trim().to_owned();
    }
    let parts: Vec<String> = node
        .children()
        .filter(|child| child.is_element() || (child.is_text() && !node.has_tag_name("math")))
        .filter(|child| child.is_element() || child.text().is_some_and(|text| !text.trim().is_empty()))
        .map(|child| if depth > 50 { String::new() } else { written(child, depth + 1) })
        .collect();
    let raised = |tag: &str, text: &str| if text.is_empty() { String::new() } else { format!("<{tag}>{text}</{tag}>") };
    match (node.tag_name().name(), parts.as_slice()) {
        ("msup" | "mover", [base, above]) => format!("{base}{}", raised("sup", above)),
        ("msub" | "munder", [base, below]) => format!("{base}{}", raised("sub", below)),
        ("msubsup" | "munderover", [base, below, above]) => {
            format!("{base}{}{}", raised("sub", below), raised("sup", above))
        }
        ("mfrac", [above, below]) => format!("{above}/{below}"),
        ("msqrt", _) => format!("√{}", parts.concat()),
        ("annotation" | "annotation-xml", _) => String::new(),
        _ => parts.concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn raised_and_lowered_signs_stay_so() {
        let text = "CT of <mml:math xmlns:mml=\"http://x\"><mml:msup><mml:mn>5</mml:mn><mml:mn>2</mml:mn></mml:msup></mml:math> mm";
        assert_eq!(formulas(text), "CT of 5<sup>2</sup> mm");
        let text = "10<math><msup><mrow/><mn>-3</mn></msup></math> and <math><msub><mi>T</mi><mn>1</mn></msub></math>";
        assert_eq!(formulas(text), "10<sup>-3</sup> and T<sub>1</sub>");
        assert_eq!(formulas("<math><mn>5</math>"), "<math><mn>5</math>");
    }
}
