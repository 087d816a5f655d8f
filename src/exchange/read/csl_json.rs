//! CSL-JSON (CSL 1.0.2, appendix III and IV; the schema `csl-data.json`), as Zotero and citeproc tools write it.

use serde_json::Value as Json;

use super::json::{at, items};
use super::{crossref, dates, markup, people, pubmed, ris, stages, talks};
use crate::exchange::draft::{Draft, Value, one_line};
use crate::portfolio::PersonName;
use crate::record::PartialDate;
use crate::record::vocabulary::{Kind, PublicationStatus, PublicationType};

/// Reads a list of items, or one.
pub(in crate::exchange) fn read(json: &Json) -> Vec<Draft> {
    let list = json.get("items").or_else(|| json.get("references")).unwrap_or(json);
    items(Some(list)).iter().map(draft).collect()
}

fn draft(item: &Json) -> Draft {
    if crossref::is_own_csl(item) {
        let mut draft = crossref::draft(item);
        identifiers(&mut draft, item);
        return draft;
    }
    let written = at(item, "type").unwrap_or_default();
    if written == "speech" || (written == "post" && item.get("event-title").is_some()) {
        return talk(item);
    }
    let mut draft = Draft::new(Kind::Publications);
    let kind = kind(item, &written);
    draft.set_type(kind.unwrap_or(PublicationType::Other));
    if kind.is_none() {
        draft.unsure("type", format!("the file calls it {written}"));
    }
    let title = at(item, "title").unwrap_or_default();
    let title = match at(item, "subtitle").filter(|subtitle| !title.contains(subtitle)) {
        Some(subtitle) => format!("{title}: {subtitle}"),
        None => title,
    };
    draft.title(&markup::title(&title));
    draft.text_of("title_original", at(item, "original-title"));
    draft.people("authors", names(item, "author"));
    draft.people("editors", names(item, "editor"));
    container(&mut draft, item);
    for (field, key) in
        [("volume", "volume"), ("issue", "issue"), ("pages", "page"), ("edition", "edition"), ("version", "version")]
    {
        draft.text_of(field, at(item, key));
    }
    let place = at(item, "publisher-place");
    draft.text_of("place", place.as_deref());
    draft.text_of("series", at(item, "collection-title"));
    draft.text_of("series_number", at(item, "collection-number"));
    draft.text_of("event", at(item, "event-title").or_else(|| at(item, "event")));
    // Zotero writes the place of a publisher as that of an event, too.
    let event_place = at(item, "event-place").filter(|event| draft.has("event") || Some(event) != place.as_ref());
    draft.text_of("event_place", event_place);
    let genre = at(item, "genre").filter(|genre| !matches!(genre.to_lowercase().as_str(), "abstract" | "preprint"));
    draft.text_of("genre", genre.clone().filter(|_| kind != Some(PublicationType::Preprint)));
    if kind != Some(PublicationType::Preprint) {
        draft.text_of("number", at(item, "number"));
    } else if let Some(number) = at(item, "number")
        && crate::portfolio::identifier::arxiv(&number).is_ok()
    {
        draft.identifier("arxiv", &number);
    }
    status(&mut draft, item);
    identifiers(&mut draft, item);
    if let Some(language) = at(item, "language").as_deref().and_then(pubmed::language) {
        draft.text("language", &language);
    }
    let keywords = at(item, "keyword").unwrap_or_default();
    let keywords = keywords.split([',', ';']).map(one_line).filter(|word| !word.is_empty());
    draft.set("keywords", Value::List(keywords.collect()));
    draft.abstract_text(&markup::words(&at(item, "abstract").unwrap_or_default()));
    draft
}

fn kind(item: &Json, written: &str) -> Option<PublicationType> {
    let genre = at(item, "genre").unwrap_or_default().to_lowercase();
    let kind = match written {
        "article-journal" | "article-magazine" | "article-newspaper" | "review" | "review-book" | "periodical" => {
            if genre == "abstract" {
                PublicationType::JournalAbstract
            } else {
                PublicationType::JournalArticle
            }
        }
        "paper-conference" => PublicationType::ConferencePaper,
        "article" => PublicationType::Preprint,
        "manuscript" => PublicationType::JournalArticle,
        "book" | "collection" => PublicationType::Book,
        "chapter" | "entry" | "entry-dictionary" | "entry-encyclopedia" => PublicationType::BookChapter,
        "report" | "standard" => PublicationType::Report,
        "thesis" => PublicationType::Thesis,
        "webpage" | "post-weblog" | "post" => PublicationType::Online,
        "dataset" => PublicationType::Dataset,
        "software" => PublicationType::Software,
        "document" | "" => PublicationType::Other,
        _ => return None,
    };
    Some(kind)
}

fn container(draft: &mut Draft, item: &Json) {
    let name = at(item, "container-title").map(|name| markup::entities(&name));
    let short = at(item, "container-title-short").or_else(|| at(item, "journalAbbreviation"));
    let publisher = at(item, "publisher");
    match draft.publication_type() {
        PublicationType::BookChapter | PublicationType::ConferencePaper => draft.text_of("book_title", name),
        PublicationType::Online => draft.text_of("website", name),
        PublicationType::Preprint => {
            draft.text_of("server", publisher.clone().or(name));
            return;
        }
        PublicationType::Book => draft.text_of("series", name),
        _ => {
            draft.text_of("journal", name);
            draft.text_of("journal_abbr", short);
        }
    }
    draft.text_of("publisher", publisher);
}

pub(in crate::exchange) fn names(item: &Json, field: &str) -> Vec<PersonName> {
    // Some write all names into one text.
    if let Some(Json::String(line)) = item.get(field)
        && line.contains(';')
    {
        return line.split(';').filter_map(people::person_or_group).collect();
    }
    items(item.get(field)).iter().filter_map(name).collect()
}

fn name(name: &Json) -> Option<PersonName> {
    if let Json::String(text) = name {
        return people::person_or_group(text);
    }
    if let Some(literal) = at(name, "literal").or_else(|| at(name, "name")) {
        return people::group(&literal);
    }
    let part = |field: &str| at(name, field).unwrap_or_default();
    let particle = [part("dropping-particle"), part("non-dropping-particle")].join(" ");
    people::of_parts(&part("family"), &part("given"), particle.trim(), &part("suffix"))
}

/// Reads a date: parts as numbers or strings, or words in `raw` and `literal`.
pub(in crate::exchange) fn date(value: Option<&Json>) -> Option<PartialDate> {
    let value = value?;
    if let Json::String(text) = value {
        return dates::in_words(text);
    }
    let parts = value.get("date-parts").and_then(|parts| parts.get(0));
    let part = |index: usize| {
        let part = parts?.get(index)?;
        part.as_i64().or_else(|| part.as_str()?.trim().parse().ok())
    };
    let number = |index: usize| part(index).and_then(|number| u32::try_from(number).ok());
    let year = part(0).and_then(|year| i32::try_from(year).ok());
    // Pandoc's YAML names the parts.
    let named = |field: &str| at(value, field).and_then(|number| number.parse::<u32>().ok());
    let in_names =
        || dates::of_parts(named("year").and_then(|year| year.try_into().ok()), named("month"), named("day"));
    dates::of_parts(year, number(1), number(2))
        .or_else(in_names)
        .or_else(|| dates::in_words(&at(value, "raw").or_else(|| at(value, "literal"))?))
}

fn status(draft: &mut Draft, item: &Json) {
    let issued = date(item.get("issued"));
    let epub = date(item.get("epub-date"));
    let is_printed = draft.has("volume") && draft.has("pages");
    let found = at(item, "status").as_deref().and_then(stages::in_note);
    let found = match found {
        Some(PublicationStatus::Epub) if is_printed && issued.is_some() => {
            draft.unsure("status", "the file says ahead of print, but the work has its volume and pages");
            None
        }
        found => found,
    };
    if found == Some(PublicationStatus::Epub) {
        draft.date("epub_date", epub.or(issued));
    } else {
        draft.date("date", issued.or(epub));
        let is_earlier = |epub: &PartialDate| issued.is_some_and(|issued| epub.last_day() < issued.first_day());
        draft.date("epub_date", epub.filter(is_earlier));
    }
    draft.date("submitted", date(item.get("submitted")));
    if draft.publication_type() == PublicationType::Online {
        draft.date("accessed", date(item.get("accessed")));
    }
    match found {
        Some(found) => draft.set_status(found),
        None if at(item, "type").is_some_and(|kind| kind == "manuscript") => {
            draft.set_status(PublicationStatus::InPreparation);
            draft.unsure("status", "the file says only that it is a manuscript");
        }
        None => {}
    }
}

fn identifiers(draft: &mut Draft, item: &Json) {
    for (field, key) in [("doi", "DOI"), ("pmid", "PMID"), ("pmcid", "PMCID")] {
        if let Some(value) = at(item, key) {
            draft.identifier(field, &value);
        }
    }
    for (field, key) in [("isbn", "ISBN"), ("issn", "ISSN")] {
        if let Some(value) = at(item, key) {
            draft.identifier_among(field, &value);
        }
    }
    // Zotero keeps what it has no field for in its notes: `PMID: 1`, `arXiv: 2401.00001`.
    for line in at(item, "note").unwrap_or_default().lines() {
        let Some((key, value)) = line.split_once(':') else { continue };
        match key.trim().to_lowercase().as_str() {
            "pmid" => draft.identifier("pmid", value),
            "pmcid" => draft.identifier("pmcid", value),
            "doi" => draft.identifier("doi", value),
            "arxiv" => draft.identifier("arxiv", value.split('[').next().unwrap_or_default()),
            "isbn" => draft.identifier("isbn", value),
            _ => {}
        }
    }
    let address = at(item, "URL").unwrap_or_default();
    if let Some(number) = ris::arxiv(&address) {
        draft.identifier("arxiv", &number);
    }
    let is_arxiv = draft.get_text("arxiv").is_some_and(|id| address.ends_with(id));
    if !is_arxiv {
        draft.url(&address);
    }
}

fn talk(item: &Json) -> Draft {
    let mut draft = Draft::new(Kind::Presentations);
    talks::set_kind_or(&mut draft, at(item, "genre").as_deref(), "the file says only that it is a talk");
    draft.title(&markup::title(&at(item, "title").unwrap_or_default()));
    draft.people("authors", names(item, "author"));
    let event = at(item, "event-title").or_else(|| at(item, "event")).or_else(|| at(item, "container-title"));
    draft.text_of("event", event);
    draft.text_of("place", at(item, "event-place").or_else(|| at(item, "publisher-place")));
    draft.date("date", date(item.get("event-date")).or_else(|| date(item.get("issued"))));
    if let Some(doi) = at(item, "DOI") {
        draft.identifier("doi", &doi);
    }
    draft.url(&at(item, "URL").unwrap_or_default());
    draft
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn parts_of_a_date_may_be_strings() {
        assert_eq!(
            date(Some(&json!({"date-parts": [["2024", 3, "12"]]}))).map(|date| date.to_string()).as_deref(),
            Some("2024-03-12")
        );
        assert_eq!(
            date(Some(&json!({"literal": "Spring 2024"}))).map(|date| date.to_string()).as_deref(),
            Some("2024")
        );
    }

    #[test]
    fn numbers_in_a_note_are_found() {
        let drafts =
            read(&json!([{"type": "article-journal", "title": "A", "note": "PMID: 99000049\nPMCID: PMC99000049"}]));
        assert_eq!(drafts[0].get_text("pmid"), Some("99000049"));
    }

    #[test]
    fn crossrefs_own_types_and_lists_are_read_as_crossref_means_them() {
        let drafts = read(&json!([
            {"type": "posted-content", "title": "P", "DOI": "10.1101/x", "publisher": "openRxiv", "institution": [{"name": "medRxiv"}], "posted": {"date-parts": [[2024, 5, 5]]}},
            {"type": "book-chapter", "title": "C", "DOI": "10.1007/x", "container-title": ["Series", "Spine Book"], "issued": {"date-parts": [[2024]]}},
            {"type": "article-journal", "title": "S", "subtitle": ["a subtitle"], "DOI": "10.1/s", "container-title": "X", "abstract": "<jats:title>Abstract</jats:title><jats:p>Text</jats:p>", "volume": "1", "issued": {"date-parts": [[2024]]}}
        ]));
        assert_eq!((drafts[0].get_text("type"), drafts[0].get_text("server")), (Some("preprint"), Some("medRxiv")));
        assert_eq!(
            (drafts[1].get_text("book_title"), drafts[1].get_text("series")),
            (Some("Spine Book"), Some("Series"))
        );
        assert_eq!(
            (drafts[2].get_text("title"), drafts[2].get_text("abstract")),
            (Some("S: a subtitle"), Some("Text"))
        );
    }

    #[test]
    fn names_in_one_text_and_dates_with_named_parts_are_read() {
        let drafts = read(
            &json!([{"type": "article-journal", "title": "A", "author": "Rao, Priya; Li, Wei", "issued": {"year": 2024, "month": 3},
            "status": "aheadofprint", "volume": "45", "page": "401-409", "epub-date": {"date-parts": [[2024, 2, 29]]}}]),
        );
        assert_eq!(drafts[0].names("authors").len(), 2);
        assert_eq!(drafts[0].get_date("date").map(|date| date.to_string()).as_deref(), Some("2024-03"));
        assert!(drafts[0].has("epub_date") && !drafts[0].has("status"));
    }

    #[test]
    fn a_talk_is_what_its_genre_says() {
        let drafts = read(
            &json!([{"type": "speech", "title": "A", "genre": "Oral presentation"}, {"type": "speech", "title": "B", "genre": "Poster"}, {"type": "speech", "title": "C"}]),
        );
        let kinds: Vec<(&str, usize)> =
            drafts.iter().filter_map(|draft| Some((draft.get_text("type")?, draft.doubts().len()))).collect();
        assert_eq!(kinds, [("oral", 0), ("poster", 0), ("oral", 1)]);
    }
}
