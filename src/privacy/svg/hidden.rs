//! Text in a drawing that nobody sees, as SVG 2 and its styles say.

use std::collections::HashSet;

use roxmltree::{Document, Node};

/// Texts of one drawing that are named.
const MOST: usize = 50;
/// Elements whose content is drawn only where something uses it.
const STORES: [&str; 2] = ["defs", "symbol"];

/// Returns the words of every text that is not drawn, in the order of the file.
pub(super) fn texts(document: &Document<'_>) -> Vec<String> {
    let drawn = Drawn::of(document);
    let is_text = |node: &Node<'_, '_>| node.is_element() && node.tag_name().name() == "text";
    let hidden = document.descendants().filter(is_text).filter(|text| !drawn.shows(*text)).filter_map(|text| {
        let words: String = text.descendants().filter(Node::is_text).filter_map(|part| part.text()).collect();
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        (!words.is_empty()).then_some(words)
    });
    hidden.take(MOST).collect()
}

/// What a drawing says of how it is drawn.
struct Drawn {
    /// Selectors and what they say, of rules that always hold.
    rules: Vec<(String, String)>,
    /// The parts that something uses.
    used: HashSet<String>,
}

impl Drawn {
    fn of(document: &Document<'_>) -> Self {
        let mut drawn = Self { rules: Vec::new(), used: HashSet::new() };
        for node in document.descendants().filter(Node::is_element) {
            if node.tag_name().name() == "style" {
                let sheet: String = node.children().filter_map(|part| part.text()).collect();
                drawn.rules(&sheet);
                drawn.uses(&sheet);
            }
            for attribute in node.attributes() {
                match attribute.value().trim().strip_prefix('#') {
                    Some(id) if attribute.name() == "href" => drawn.used.extend([id.to_owned()]),
                    _ => drawn.uses(attribute.value()),
                }
            }
        }
        drawn
    }

    fn rules(&mut self, sheet: &str) {
        for rule in sheet.split('}') {
            let Some((selectors, said)) = rule.split_once('{') else { continue };
            // What holds on paper or a narrow screen alone is seen elsewhere.
            if selectors.contains('@') || said.contains('{') {
                continue;
            }
            let selectors = selectors.rsplit("*/").next().unwrap_or_default().split(',');
            self.rules.extend(selectors.map(|selector| (selector.trim().to_owned(), said.to_owned())));
        }
    }

    fn uses(&mut self, value: &str) {
        let ids = value.split("url(").skip(1).filter_map(|rest| rest.split(')').next());
        let ids = ids.filter_map(|id| id.trim().trim_matches(['"', '\'']).strip_prefix('#'));
        self.used.extend(ids.map(str::to_owned));
    }

    /// What is said of an element, by its own style, a rule or an attribute.
    fn said(&self, node: Node<'_, '_>, property: &str) -> Option<String> {
        let own = node.attribute("style").and_then(|style| declared(style, property));
        let rule = || self.rules.iter().rev().filter(|(selector, _)| fits(node, selector));
        let by_rule = || rule().find_map(|(_, said)| declared(said, property));
        own.or_else(by_rule).or_else(|| node.attribute(property).map(|value| value.trim().to_ascii_lowercase()))
    }

    fn shows(&self, text: Node<'_, '_>) -> bool {
        let above = || text.ancestors().filter(Node::is_element);
        let inherited = |property: &str| above().find_map(|node| self.said(node, property));
        let is_nothing = |node: Node<'_, '_>| {
            self.said(node, "display").is_some_and(|value| value == "none")
                || self.said(node, "opacity").is_some_and(|value| is_zero(&value))
        };
        let is_invisible = inherited("visibility").is_some_and(|value| matches!(value.as_str(), "hidden" | "collapse"));
        let has_no_size = inherited("font-size").is_some_and(|value| is_zero(&value));
        let has_no_ink = inherited("fill").is_some_and(|value| matches!(value.as_str(), "none" | "transparent"))
            && inherited("stroke").is_none_or(|value| matches!(value.as_str(), "none" | "transparent"));
        let is_stored = above().any(|node| STORES.contains(&node.tag_name().name()));
        let is_used = || above().any(|node| node.attribute("id").is_some_and(|id| self.used.contains(id)));
        let is_hidden = above().any(is_nothing) || is_invisible || has_no_size || has_no_ink;
        !is_hidden && (!is_stored || is_used())
    }
}

fn declared(style: &str, property: &str) -> Option<String> {
    style.rsplit(';').find_map(|said| {
        let (name, value) = said.split_once(':')?;
        let value = value.split('!').next().unwrap_or_default().trim().to_ascii_lowercase();
        name.trim().eq_ignore_ascii_case(property).then_some(value)
    })
}

fn fits(node: Node<'_, '_>, selector: &str) -> bool {
    if let Some(class) = selector.strip_prefix('.') {
        node.attribute("class").is_some_and(|classes| classes.split_whitespace().any(|own| own == class))
    } else if let Some(id) = selector.strip_prefix('#') {
        node.attribute("id") == Some(id)
    } else {
        node.tag_name().name() == selector
    }
}

fn is_zero(value: &str) -> bool {
    let number = value.trim_end_matches(|letter: char| letter.is_alphabetic() || letter == '%');
    number.trim().parse::<f64>().is_ok_and(|number| number.abs() < 0.01)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_that_is_not_drawn_is_found() {
        let drawing = "<svg><style>.h, #i{display:none} @media print{.p{display:none}}</style>\
            <text>seen</text><text class=\"p\">printed</text><text class=\"a h\">1</text><g id=\"i\"><text>2</text></g>\
            <text display=\"none\">3</text><g style=\"visibility: hidden\"><text>4<tspan> b</tspan></text><text visibility=\"visible\">shown</text></g>\
            <g opacity=\"0.0\"><text>5</text></g><defs><text>6</text><text id=\"u\">used</text><g id=\"v\"><text>used too</text></g></defs>\
            <symbol id=\"w\"><text>7</text></symbol><use href=\"#u\"/><rect fill=\"url(#v)\"/><text font-size=\"0\">8</text>\
            <text fill=\"none\">9</text><text fill=\"none\" stroke=\"red\">drawn</text></svg>";
        let document = Document::parse(drawing).expect("a drawing");
        assert_eq!(texts(&document), ["1", "2", "3", "4 b", "5", "6", "7", "8", "9"]);
    }
}
