//! PubMed's XML, as `efetch` and the website's "Save, Format: XML" give it.
//!
//! After the DTD `pubmed_250101.dtd` of the National Library of Medicine.

use roxmltree::{Document, Node, ParsingOptions};

use super::{dates, mathml, people, pubmed};
use crate::exchange::draft::{Draft, Value};
use crate::portfolio::PersonName;
use crate::record::PartialDate;
use crate::record::vocabulary::{Kind, PublicationType};

/// Why a text could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::exchange) struct Fault {
    /// What is wrong.
    pub message: String,
    /// The line, from 1.
    pub line: usize,
}

/// Reads every article and book of a text.
///
/// # Errors
/// When the text is no well-formed XML.
pub(in crate::exchange) fn read(text: &str) -> Result<Vec<Draft>, Fault> {
    let options = ParsingOptions { allow_dtd: true, nodes_limit: 20_000_000, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text, options)
        .map_err(|error| Fault { message: error.to_string(), line: error.pos().row as usize })?;
    let records = document.descendants().filter_map(|node| match node.tag_name().name() {
        "PubmedArticle" => Some(article(node)),
        "PubmedBookArticle" => Some(book(node)),
        _ => None,
    });
    Ok(records.collect())
}

fn child<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    node.children().find(|child| child.tag_name().name() == name)
}

fn at<'a, 'i>(node: Node<'a, 'i>, path: &[&str]) -> Option<Node<'a, 'i>> {
    path.iter().try_fold(node, |node, name| child(node, name))
}

fn text(node: Node) -> String {
    node.descendants().filter(Node::is_text).filter_map(|piece| piece.text()).collect()
}

fn text_at(node: Node, path: &[&str]) -> Option<String> {
    at(node, path).map(text).filter(|text| !text.trim().is_empty())
}

/// The text of a title with its mark-up.
fn marked(node: Node) -> String {
    let mut out = String::new();
    for piece in node.children() {
        if let Some(words) = piece.text().filter(|_| piece.is_text()) {
            out.push_str(words);
        } else if piece.is_element() {
            let inner = if depth(piece) > 60 { text(piece) } else { marked(piece) };
            match piece.tag_name().name() {
                "math" => out.push_str(&mathml::words(piece)),
                name @ ("i" | "b" | "sup" | "sub") => out.push_str(&format!("<{name}>{inner}</{name}>")),
                _ => out.push_str(&inner),
            }
        }
    }
    out
}

fn depth(node: Node) -> usize {
    node.ancestors().take(100).count()
}

fn article(node: Node) -> Draft {
    let mut draft = Draft::new(Kind::Publications);
    let Some(citation) = child(node, "MedlineCitation") else { return draft };
    let Some(article) = child(citation, "Article") else { return draft };
    let types: Vec<String> = children_of(article, "PublicationTypeList", "PublicationType").map(text).collect();
    pubmed::publication_types(&mut draft, &types);
    let title = child(article, "ArticleTitle").map(marked).unwrap_or_default();
    pubmed::title(&mut draft, &title, text_at(article, &["VernacularTitle"]).as_deref());
    authors(&mut draft, article);
    let field = if draft.publication_type() == PublicationType::Preprint { "server" } else { "journal" };
    let journal = child(article, "Journal");
    let of_journal = |path: &[&str]| journal.and_then(|journal| text_at(journal, path));
    let abbreviation =
        of_journal(&["ISOAbbreviation"]).or_else(|| text_at(citation, &["MedlineJournalInfo", "MedlineTA"]));
    let full = of_journal(&["Title"]);
    let name = full.as_deref().or(abbreviation.as_deref());
    draft.text_of(field, if field == "server" { name.map(pubmed::server) } else { name });
    if field == "journal" {
        draft.text_of("journal_abbr", abbreviation.filter(|_| full.is_some()));
    }
    draft.text_of("volume", of_journal(&["JournalIssue", "Volume"]));
    draft.text_of("issue", of_journal(&["JournalIssue", "Issue"]));
    draft.text_of("pages", pages(article));
    if let Some(issn) = of_journal(&["ISSN"]) {
        draft.identifier("issn", &issn);
    }
    let electronic = article
        .children()
        .find(|day| day.tag_name().name() == "ArticleDate" && day.attribute("DateType") == Some("Electronic"));
    let data = child(node, "PubmedData");
    let state = data.and_then(|data| text_at(data, &["PublicationStatus"])).unwrap_or_default();
    let desk = |status: &str| {
        let days = data.into_iter().flat_map(|data| children_of(data, "History", "PubMedPubDate"));
        days.filter(|day| day.attribute("PubStatus") == Some(status)).find_map(date)
    };
    pubmed::dates(
        &mut draft,
        journal.and_then(|journal| at(journal, &["JournalIssue", "PubDate"])).and_then(date),
        electronic.and_then(date),
        state.trim() == "aheadofprint",
        [("submitted", desk("received")), ("accepted", desk("accepted"))],
    );
    identifiers(&mut draft, citation, article, data);
    if let Some(language) = text_at(article, &["Language"]).as_deref().and_then(pubmed::language) {
        draft.text("language", &language);
    }
    notices(&mut draft, citation);
    let keywords = children_of(citation, "KeywordList", "Keyword").map(text).map(|word| word.trim().to_owned());
    draft.set("keywords", Value::List(keywords.collect()));
    draft.abstract_text(&abstract_of(article));
    draft
}

fn children_of<'a, 'i: 'a>(
    node: Node<'a, 'i>,
    list: &'a str,
    item: &'a str,
) -> impl Iterator<Item = Node<'a, 'i>> + 'a {
    let lists = node.children().filter(move |child| child.tag_name().name() == list);
    lists.flat_map(move |list| list.children().filter(move |child| child.tag_name().name() == item))
}

fn pages(article: Node) -> Option<String> {
    if let Some(pages) = text_at(article, &["Pagination", "MedlinePgn"]) {
        return Some(pages);
    }
    let start = text_at(article, &["Pagination", "StartPage"])?;
    match text_at(article, &["Pagination", "EndPage"]) {
        Some(end) if end != start => Some(format!("{start}-{end}")),
        _ => Some(start),
    }
}

fn authors(draft: &mut Draft, of: Node) {
    let mut names = Vec::new();
    let mut equal = Vec::new();
    let lists = of.children().filter(|list| {
        list.tag_name().name() == "AuthorList" && list.attribute("Type").is_none_or(|kind| kind == "authors")
    });
    let mut complete = true;
    for list in lists {
        complete &= list.attribute("CompleteYN") != Some("N");
        for author in list.children().filter(|author| author.tag_name().name() == "Author") {
            let Some(name) = name(author) else { continue };
            if author.attribute("EqualContrib") == Some("Y") {
                equal.push(name.pubmed());
            }
            names.push(name);
        }
    }
    draft.people("authors", names);
    if equal.len() > 1 {
        draft.set("equal", Value::List(equal));
    }
    if !complete {
        draft.unsure("authors", "PubMed does not have all of them");
    }
}

fn name(author: Node) -> Option<PersonName> {
    if let Some(group) = text_at(author, &["CollectiveName"]) {
        return people::group(&group);
    }
    let part = |name: &str| text_at(author, &[name]).unwrap_or_default();
    let given = text_at(author, &["ForeName"]).or_else(|| text_at(author, &["Initials"])).unwrap_or_default();
    people::of_parts(&part("LastName"), &given, "", &part("Suffix"))
}

fn date(node: Node) -> Option<PartialDate> {
    let part = |name: &str| text_at(node, &[name]);
    if let Some(words) = part("MedlineDate") {
        return dates::year_first(&words);
    }
    let year = part("Year").and_then(|year| year.trim().parse().ok());
    let month = part("Month").and_then(|month| dates::month(&month));
    dates::of_parts(year, month, part("Day").and_then(|day| day.trim().parse().ok()))
}

fn identifiers(draft: &mut Draft, citation: Node, article: Node, data: Option<Node>) {
    if let Some(pmid) = text_at(citation, &["PMID"]) {
        draft.identifier("pmid", &pmid);
    }
    for place in article.children().filter(|place| place.tag_name().name() == "ELocationID") {
        if place.attribute("EIdType") == Some("doi") && place.attribute("ValidYN") != Some("N") {
            draft.identifier("doi", &text(place));
        }
    }
    for id in data.into_iter().flat_map(|data| children_of(data, "ArticleIdList", "ArticleId")) {
        match id.attribute("IdType") {
            Some("doi") => draft.identifier("doi", &text(id)),
            Some("pmc") => draft.identifier("pmcid", &text(id)),
            _ => {}
        }
    }
    for number in article.descendants().filter(|node| node.tag_name().name() == "AccessionNumber") {
        if let Ok(number) = crate::portfolio::identifier::nct(&text(number)) {
            draft.set("registration", Value::Fields(vec![("nct", Value::Text(number))]));
        }
    }
}

fn notices(draft: &mut Draft, citation: Node) {
    for notice in children_of(citation, "CommentsCorrectionsList", "CommentsCorrections") {
        if notice.attribute("RefType") == Some("UpdateIn") {
            pubmed::became(draft, &text(notice));
        }
    }
    for (kind, name) in
        [("RetractionIn", "retraction"), ("ErratumIn", "erratum"), ("ExpressionOfConcernIn", "expression-of-concern")]
    {
        let mut notices = children_of(citation, "CommentsCorrectionsList", "CommentsCorrections");
        if let Some(notice) = notices.find(|notice| notice.attribute("RefType") == Some(kind)) {
            pubmed::notice(draft, name, &text_at(notice, &["RefSource"]).unwrap_or_default());
            return;
        }
    }
}

fn abstract_of(article: Node) -> String {
    let parts = children_of(article, "Abstract", "AbstractText").map(|part| {
        let words = text(part);
        match part.attribute("Label") {
            Some(label) if !words.trim().is_empty() => format!("{label}: {words}"),
            _ => words,
        }
    });
    parts.collect::<Vec<_>>().join("\n\n")
}

/// A book or chapter of the NCBI Bookshelf.
fn book(node: Node) -> Draft {
    let mut draft = Draft::new(Kind::Publications);
    let Some(document) = child(node, "BookDocument") else { return draft };
    let Some(book) = child(document, "Book") else { return draft };
    let of_book = |path: &[&str]| text_at(book, path);
    let book_title = child(book, "BookTitle").map(marked);
    if let Some(title) = child(document, "ArticleTitle").map(marked).filter(|title| !title.trim().is_empty()) {
        draft.set_type(PublicationType::BookChapter);
        draft.title(&title);
        draft.text_of("book_title", book_title);
    } else {
        draft.set_type(PublicationType::Book);
        draft.title(&book_title.unwrap_or_default());
    }
    authors(&mut draft, document);
    if !draft.has("authors") {
        authors(&mut draft, book);
    }
    let editors = book.children().filter(|list| list.attribute("Type") == Some("editors"));
    let editors = editors.flat_map(|list| list.children()).filter(|node| node.tag_name().name() == "Author");
    draft.people("editors", editors.filter_map(name).collect());
    draft.text_of("publisher", of_book(&["Publisher", "PublisherName"]));
    draft.text_of("place", of_book(&["Publisher", "PublisherLocation"]));
    draft.text_of("edition", of_book(&["Edition"]));
    for id in children_of(document, "ArticleIdList", "ArticleId") {
        match id.attribute("IdType") {
            Some("doi") => draft.identifier("doi", &text(id)),
            Some("pmc") => draft.identifier("pmcid", &text(id)),
            _ => {}
        }
    }
    draft.text_of("volume", of_book(&["Volume"]));
    if let Some(isbn) = of_book(&["Isbn"]) {
        draft.identifier("isbn", &isbn);
    }
    draft.date("date", child(book, "PubDate").and_then(date));
    if let Some(pmid) = text_at(document, &["PMID"]) {
        draft.identifier("pmid", &pmid);
    }
    draft.text_of("pages", pages(document));
    draft.abstract_text(&abstract_of(document));
    draft
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_in_the_text_has_its_line() {
        assert_eq!(read("<PubmedArticleSet>\n<PubmedArticle>\n").map_err(|fault| fault.line > 0), Err(true));
    }

    #[test]
    fn a_chapter_of_the_bookshelf_is_a_chapter() {
        let xml = "<PubmedArticleSet><PubmedBookArticle><BookDocument><PMID>9</PMID><Book><Publisher><PublisherName>P</PublisherName></Publisher><BookTitle>Book</BookTitle><PubDate><Year>2024</Year></PubDate></Book><ArticleTitle>Chapter <i>x</i></ArticleTitle><AuthorList Type=\"authors\"><Author><LastName>Rao</LastName><ForeName>Priya</ForeName></Author></AuthorList></BookDocument></PubmedBookArticle></PubmedArticleSet>";
        let draft = &read(xml).expect("XML")[0];
        assert_eq!((draft.get_text("title"), draft.get_text("book_title")), (Some("Chapter <i>x</i>"), Some("Book")));
        assert_eq!(draft.names("authors")[0].family, "Rao");
    }
}
