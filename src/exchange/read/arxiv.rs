//! arXiv's API (`export.arxiv.org/api/query`): an Atom feed whose entries are preprints.

use roxmltree::{Document, Node};

use super::{dates, people};
use crate::exchange::draft::{Draft, one_line};
use crate::record::vocabulary::PublicationType;

/// Reads every entry of a feed; a text that is none gives nothing.
pub(in crate::exchange) fn read(text: &str) -> Vec<Draft> {
    let Ok(document) = Document::parse(text) else { return Vec::new() };
    let entries = document.descendants().filter(|node| node.tag_name().name() == "entry");
    entries.map(entry).filter(|draft| draft.has("title") && draft.has("arxiv")).collect()
}

fn text_of(node: Node, name: &str) -> Option<String> {
    let child = node.children().find(|child| child.tag_name().name() == name)?;
    let words: String = child.descendants().filter(Node::is_text).filter_map(|piece| piece.text()).collect();
    Some(one_line(&words)).filter(|words| !words.is_empty())
}

fn entry(node: Node) -> Draft {
    let mut draft = Draft::publication(PublicationType::Preprint);
    draft.title(&text_of(node, "title").unwrap_or_default());
    let authors = node.children().filter(|child| child.tag_name().name() == "author");
    draft.people("authors", authors.filter_map(|author| people::person_or_group(&text_of(author, "name")?)).collect());
    draft.text("server", "arXiv");
    draft.date("date", text_of(node, "published").and_then(|day| dates::year_first(&day)));
    if let Some(id) = text_of(node, "id").and_then(|id| crate::portfolio::identifier::arxiv(&id).ok()) {
        draft.identifier("arxiv", &id);
    }
    // The journal's own DOI is that of the paper, which is another record.
    if let Some(doi) = text_of(node, "doi") {
        draft.unsure("doi", format!("of the paper it became is {doi}: add it as a record of its own"));
    }
    draft.abstract_text(&text_of(node, "summary").unwrap_or_default());
    draft
}
