//! BibTeX, as `natbib`, `biblatex` and reference managers read it.
//!
//! Values are LaTeX: what is special there is escaped, letters stay UTF-8. Titles are in double
//! braces, so that no style lowers their capitals.

use std::collections::BTreeSet;

use super::title::{Piece, pieces, plain};
use crate::portfolio::{Contributor, Publication};
use crate::record::vocabulary::{PublicationStatus, PublicationType};

/// Names that every style knows and prints in its own way.
const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Returns one entry under a key.
pub fn entry(publication: &Publication, key: &str) -> String {
    let mut fields: Vec<(&str, String)> = Vec::new();
    let mut add = |name, value: Option<String>| {
        if let Some(value) = value.filter(|value| !value.trim().is_empty()) {
            fields.push((name, value));
        }
    };
    let text = |value: &Option<String>| value.as_deref().map(escaped);
    let venue = &publication.venue;
    let ids = &publication.identifiers;
    let date = publication.sort_date();
    add("author", names(&publication.authors, publication.author_count > publication.authors.len()));
    add("title", Some(format!("{{{}}}", title(&publication.shared.title))));
    add("year", date.map(|date| date.year.to_string()));
    add(
        "month",
        date.and_then(|date| date.month)
            .and_then(|month| MONTHS.iter().zip(1..).find(|(_, n)| *n == month))
            .map(|(name, _)| (*name).to_owned()),
    );
    // No field of BibTeX's own, and passed over by styles: a day is kept for those who read the file back.
    add("day", date.and_then(|date| date.day).map(|day| day.to_string()));
    add("editor", names(&publication.editors, false));
    let (container, name) = match publication.kind {
        PublicationType::JournalArticle | PublicationType::JournalAbstract => ("journal", text(&venue.journal)),
        PublicationType::BookChapter => ("booktitle", text(&venue.book_title)),
        PublicationType::ConferencePaper => {
            ("booktitle", text(&venue.book_title).or(text(&venue.journal)).or(text(&venue.event)))
        }
        PublicationType::Preprint => ("howpublished", text(&venue.server)),
        _ => ("howpublished", text(&venue.website).or(text(&venue.journal))),
    };
    add(container, name);
    add("shortjournal", text(&venue.journal_abbr));
    if publication.kind == PublicationType::ConferencePaper {
        add("eventtitle", text(&venue.event));
        add("venue", text(&venue.event_place));
    }
    add("volume", text(&venue.volume));
    add("number", text(&venue.issue).or(text(&venue.number)));
    add("pages", venue.pages.as_deref().map(|pages| escaped(pages).replace(['–', '—'], "-").replace('-', "--")));
    add("edition", text(&venue.edition));
    let publisher = match publication.kind {
        PublicationType::Thesis => "school",
        PublicationType::Report => "institution",
        _ => "publisher",
    };
    add(publisher, text(&venue.publisher));
    add("address", text(&venue.place));
    add("series", text(&venue.series));
    add("type", text(&venue.genre));
    add("version", text(&venue.version));
    add("doi", ids.doi.as_deref().map(address));
    add("eprint", text(&ids.arxiv));
    add("eprinttype", ids.arxiv.as_ref().map(|_| "arxiv".to_owned()));
    add("pmid", text(&ids.pmid));
    add("pmcid", text(&ids.pmcid));
    add("issn", text(&ids.issn));
    add("isbn", text(&ids.isbn));
    add("origtitle", publication.title_original.as_deref().map(escaped));
    add("urldate", publication.dates.accessed.map(|date| date.to_string()));
    add("url", publication.shared.url.as_deref().map(address));
    add("language", text(&publication.language));
    let keywords = publication.keywords.iter().map(|word| escaped(word)).collect::<Vec<_>>().join(", ");
    add("keywords", Some(keywords));
    add("abstract", publication.abstract_text.as_deref().map(|words| escaped(&plain(words))));
    add("note", note(publication).map(str::to_owned));
    let body = fields.iter().map(|(name, value)| match *name {
        "month" => format!(",\n  month = {value}"),
        name => format!(",\n  {name} = {{{value}}}"),
    });
    let body: String = body.collect();
    format!("@{}{{{key}{body}\n}}\n", kind(publication.kind))
}

/// Returns entries for all works, each under a key of its own.
pub fn list<'p>(publications: impl IntoIterator<Item = &'p Publication>) -> String {
    let mut taken = BTreeSet::new();
    let mut entries = Vec::new();
    for publication in publications {
        let mut key = key(publication);
        while !taken.insert(key.clone()) {
            key.push('x');
        }
        entries.push(entry(publication, &key));
    }
    entries.join("\n")
}

/// Returns the key of a work: its id, as far as a key may hold it.
///
/// Ids are unique and never change, so `\cite` in a manuscript goes on working.
pub fn key(publication: &Publication) -> String {
    let id = deunicode::deunicode(&publication.shared.id);
    let key: String =
        id.chars().filter(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '.' | ':')).collect();
    if key.is_empty() { "work".to_owned() } else { key }
}

fn kind(kind: PublicationType) -> &'static str {
    match kind {
        PublicationType::JournalArticle | PublicationType::JournalAbstract => "article",
        PublicationType::ConferencePaper => "inproceedings",
        PublicationType::Book => "book",
        PublicationType::BookChapter => "incollection",
        PublicationType::Report => "techreport",
        PublicationType::Thesis => "phdthesis",
        _ => "misc",
    }
}

fn note(publication: &Publication) -> Option<&'static str> {
    match (publication.status, publication.kind) {
        (PublicationStatus::Retracted, _) => Some("Retracted"),
        (PublicationStatus::Accepted, _) => Some("Accepted"),
        (PublicationStatus::InPress, _) => Some("In press"),
        (PublicationStatus::Epub, _) => Some("Published online ahead of print"),
        (_, PublicationType::Preprint) => Some("Preprint"),
        (_, PublicationType::JournalAbstract) => Some("Abstract"),
        // Styles know no entry of these types, and print the word.
        (_, PublicationType::Dataset) => Some("Dataset"),
        (_, PublicationType::Software) => Some("Software"),
        (_, PublicationType::Online) => Some("Web page"),
        _ => None,
    }
}

fn names(people: &[Contributor], more: bool) -> Option<String> {
    let mut names: Vec<String> = people.iter().map(name).collect();
    if more {
        names.push("others".to_owned());
    }
    (!people.is_empty()).then(|| names.join(" and "))
}

/// `van der Berg, Jr, Lena`: BibTeX's own order. A group is in braces, and so is ` and ` inside a name.
fn name(person: &Contributor) -> String {
    let name = &person.name;
    if let Some(literal) = &name.literal {
        return format!("{{{}}}", escaped(literal));
    }
    let guarded = |part: &str| {
        let part = escaped(part);
        if part.contains(',') || part.split_whitespace().any(|word| word.eq_ignore_ascii_case("and")) {
            format!("{{{part}}}")
        } else {
            part
        }
    };
    let family = match name.particle.as_str() {
        "" => guarded(&name.family),
        particle => format!("{} {}", guarded(particle), guarded(&name.family)),
    };
    let parts = [family, guarded(&name.suffix), guarded(&name.given)];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

fn title(title: &str) -> String {
    let pieces = pieces(title).into_iter().map(|piece| match piece {
        Piece::Text(text) => escaped(text),
        Piece::Open("i") => "\\textit{".to_owned(),
        Piece::Open("b") => "\\textbf{".to_owned(),
        Piece::Open("sup") => "\\textsuperscript{".to_owned(),
        Piece::Open(_) => "\\textsubscript{".to_owned(),
        Piece::Close(_) => "}".to_owned(),
    });
    pieces.collect()
}

/// Writes text so that LaTeX prints it and no brace is left open.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' => out.push_str("\\textbackslash{}"),
            '{' => out.push_str("\\{"),
            '}' => out.push_str("\\}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '<' => out.push_str("\\textless{}"),
            '>' => out.push_str("\\textgreater{}"),
            '&' | '%' | '$' | '#' | '_' => {
                out.push('\\');
                out.push(letter);
            }
            letter if letter.is_control() => out.push(' '),
            letter => out.push(letter),
        }
    }
    out
}

/// Addresses are printed as they are by every style's `\url` and `\doi`; only what would end the value is coded.
fn address(text: &str) -> String {
    text.chars()
        .filter(|letter| !letter.is_control())
        .map(|letter| match letter {
            '{' => "%7B".to_owned(),
            '}' => "%7D".to_owned(),
            '\\' => "%5C".to_owned(),
            letter => letter.to_string(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::exchange::example::publication;

    /// Reads back what [`escaped`] writes, as LaTeX would print it.
    fn printed(latex: &str) -> String {
        let words = [
            ("\\textbackslash{}", "\\"),
            ("\\textasciitilde{}", "~"),
            ("\\textasciicircum{}", "^"),
            ("\\textless{}", "<"),
            ("\\textgreater{}", ">"),
        ];
        let mut out = String::new();
        let mut rest = latex;
        while let Some(letter) = rest.chars().next() {
            if let Some((command, text)) = words.iter().find(|(command, _)| rest.starts_with(command)) {
                out.push_str(text);
                rest = &rest[command.len()..];
            } else if letter == '\\' {
                let escaped = rest.chars().nth(1).expect("a letter after the backslash");
                assert!("&%$#_{}".contains(escaped), "{rest}");
                out.push(escaped);
                rest = &rest[1 + escaped.len_utf8()..];
            } else {
                assert!(!"&%$#_{}~^".contains(letter), "{rest}");
                out.push(letter);
                rest = &rest[letter.len_utf8()..];
            }
        }
        out
    }

    /// Cuts an entry into its fields by counting braces, as BibTeX does.
    fn fields(entry: &str) -> Vec<(String, String)> {
        let mut fields = Vec::new();
        let mut rest = entry.split_once('{').expect("entry").1;
        while let Some((name, value)) = rest.split_once(" = {") {
            let mut depth = 1;
            let mut escaped = false;
            let end = value.char_indices().find(|(_, letter)| {
                match letter {
                    _ if escaped => escaped = false,
                    '\\' => escaped = true,
                    '{' => depth += 1,
                    '}' => depth -= 1,
                    _ => {}
                }
                depth == 0
            });
            let (end, _) = end.expect("a closing brace");
            let name = name.rsplit(['\n', ' ', ',']).next().expect("name");
            fields.push((name.to_owned(), value[..end].to_owned()));
            rest = &value[end + 1..];
        }
        assert_eq!(rest, "\n}\n");
        fields
    }

    #[test]
    fn a_paper_is_an_article_with_all_it_needs() {
        let entry = entry(&publication(), "svs-cohort");
        assert!(entry.starts_with("@article{svs-cohort,\n  author = {Rao, Priya and van der Berg, Jr, Lena and {Lakemoor \\& Sons Group}},\n"), "{entry}");
        assert!(
            entry.contains("  title = {{CO\\textsubscript{2} \\& the \\textit{in vivo} 5\\% of RSNA}},\n"),
            "{entry}"
        );
        assert!(entry.contains("  pages = {3120--8},\n") && entry.contains("  doi = {10.5555/a_b(c)}\n"), "{entry}");
        assert_eq!(
            fields(&entry).iter().find(|(name, _)| name == "journal").map(|(_, value)| value.as_str()),
            Some("Radiology")
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_value_comes_back(text in "[^\\p{Cc}]{0,40}") {
            prop_assert_eq!(printed(&escaped(&text)), text);
        }

        #[test]
        fn any_record_gives_whole_entries(title in "\\PC{1,40}", journal in "[ -~]{1,20}", doi in "[ -~]{1,20}", family in "[ -~]{1,12}") {
            let mut work = publication();
            work.shared.title = title;
            work.venue.journal = Some(journal.clone());
            work.identifiers.doi = Some(doi);
            work.authors[0].name.family = family;
            let fields = fields(&entry(&work, "k"));
            let value = fields.iter().find(|(name, _)| name == "journal").map(|(_, value)| printed(value));
            prop_assert_eq!(value, (!journal.trim().is_empty()).then_some(journal));
        }
    }
}
