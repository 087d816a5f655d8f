//! BibTeX and biblatex, as Better BibTeX, Mendeley, JabRef, Google Scholar and people write them.
//!
//! Files in the wild have slips (`month = nov},`), entries in round brackets and commands in titles. A parser that
//! stops at the first slip or drops mark-up would lose records, so entries are cut here: a slip costs the field that
//! has it, and no other.

mod name;
mod scan;

pub(super) use scan::begins_entry;

use std::collections::{BTreeMap, BTreeSet};

use name::{divide, name};
use scan::{Entry, entries};

use super::{dates, latex, pubmed, ris};
use crate::exchange::draft::{Draft, Value, one_line};
use crate::record::vocabulary::{Kind, PresentationType, PublicationStatus, PublicationType};

/// Takes the mark-up out that only titles keep.
fn plain(text: &str) -> String {
    crate::exchange::title::plain(text)
}

/// Reads every entry of a text.
pub(in crate::exchange) fn read(text: &str) -> Vec<Draft> {
    let entries = entries(text);
    let by_key: BTreeMap<&str, &Entry> = entries.iter().map(|entry| (entry.key.as_str(), entry)).collect();
    let parents: BTreeSet<&str> = entries.iter().filter_map(|entry| entry.raw(&["crossref"])).map(str::trim).collect();
    let is_parent = |entry: &Entry| parents.contains(entry.key.as_str());
    let own = entries.iter().filter(|entry| {
        // Proceedings that stand only for their papers are no work of their own.
        !(is_parent(entry) && entry.raw(&["author"]).is_none())
    });
    own.map(|entry| draft(&with_parent(entry, &by_key))).filter(|draft| draft.has("title")).collect()
}

/// Adds what an entry takes over from the one it names in `crossref` (biblatex manual, appendix B).
fn with_parent(entry: &Entry, by_key: &BTreeMap<&str, &Entry>) -> Entry {
    let mut whole = entry.clone();
    let parent = entry.raw(&["crossref"]).and_then(|key| by_key.get(key.trim()));
    for (name, value) in parent.into_iter().flat_map(|parent| &parent.fields) {
        let name = match name.as_str() {
            "title" => "booktitle",
            "shorttitle" | "sorttitle" | "doi" | "url" | "key" | "crossref" | "pages" | "abstract" => continue,
            other => other,
        };
        if entry.raw(&[name]).is_none() && !whole.fields.iter().any(|(other, _)| other == name) {
            whole.fields.push((name.to_owned(), value.clone()));
        }
    }
    whole
}

fn draft(entry: &Entry) -> Draft {
    let kind = kind(entry);
    let mut draft = Draft::new(Kind::Publications);
    draft.set_type(kind.unwrap_or(PublicationType::Other));
    if kind.is_none() {
        draft.unsure("type", format!("the file calls it @{}", entry.kind));
    }
    if entry.kind == "misc" && kind == Some(PublicationType::Other) {
        draft.unsure("type", "the file says only @misc");
    }
    draft.title(&title(entry));
    if entry.fields.iter().filter(|(name, _)| name == "title").count() > 1 {
        draft.unsure("title", "is given twice, and the first one stands here");
    }
    draft.text_of("title_original", entry.words(&["origtitle"]));
    people_of(&mut draft, entry, "author", "authors");
    people_of(&mut draft, entry, "editor", "editors");
    container(&mut draft, entry);
    draft.text_of("volume", entry.words(&["volume"]));
    let number = entry.words(&["number", "issue"]);
    draft.text_of(if draft.publication_type() == PublicationType::Report { "number" } else { "issue" }, number);
    let pages = entry.words(&["pages", "eid", "articleno", "article-number"]);
    draft.text_of("pages", pages.map(|pages| pages.replace('–', "-")));
    draft.text_of("edition", entry.words(&["edition"]));
    let publisher: &[&str] = match draft.publication_type() {
        PublicationType::Thesis => &["school", "institution", "publisher"],
        PublicationType::Report => &["institution", "publisher", "organization"],
        _ => &["publisher", "organization"],
    };
    draft.text_of("publisher", entry.words(publisher));
    let place = if entry.raw(&["eventtitle", "venue"]).is_some() {
        &["location", "address"][..]
    } else {
        &["address", "location"]
    };
    draft.text_of("place", entry.words(place));
    draft.text_of("series", entry.words(&["series"]));
    let of_biblatex = ["phdthesis", "mastersthesis", "mathesis", "bathesis", "candthesis", "techreport", "resreport"];
    let genre = entry.words(&["type"]).filter(|genre| !of_biblatex.contains(&genre.as_str()));
    draft.text_of("genre", genre.filter(|_| draft.publication_type() != PublicationType::JournalArticle));
    draft.text_of("version", entry.words(&["version"]));
    day(&mut draft, entry);
    identifiers(&mut draft, entry);
    status(&mut draft, entry);
    if let Some(language) = entry.words(&["langid", "language"]).as_deref().and_then(pubmed::language) {
        draft.text("language", &language);
    }
    let keywords = entry.words(&["keywords", "keyword"]).unwrap_or_default();
    let keywords = keywords.split([',', ';']).map(one_line).filter(|word| !word.is_empty());
    draft.set("keywords", Value::List(keywords.collect()));
    draft.abstract_text(&entry.raw(&["abstract"]).map(|text| plain(&latex::words(text))).unwrap_or_default());
    if draft.publication_type() == PublicationType::Other && entry.raw(&["eventtitle"]).is_some() {
        return talk(&draft, entry);
    }
    draft
}

fn title(entry: &Entry) -> String {
    let of = |name: &str| entry.raw(&[name]).map(|title| one_line(&latex::words(title)));
    let title = of("title").unwrap_or_default();
    match of("subtitle") {
        Some(subtitle) if title.ends_with(['?', '!', ':', '.']) => format!("{title} {subtitle}"),
        Some(subtitle) => format!("{title}: {subtitle}"),
        None => title,
    }
}

fn kind(entry: &Entry) -> Option<PublicationType> {
    let kind = match entry.kind.as_str() {
        "article" | "periodical" | "suppperiodical" | "review" => {
            let text = format!(
                "{} {}",
                entry.words(&["note"]).unwrap_or_default(),
                entry.words(&["entrysubtype"]).unwrap_or_default()
            );
            let server = entry.words(&["journal", "journaltitle"]).unwrap_or_default().to_lowercase();
            if text.trim().eq_ignore_ascii_case("abstract") {
                PublicationType::JournalAbstract
            } else if server.contains("arxiv preprint") || matches!(server.as_str(), "medrxiv" | "biorxiv" | "arxiv") {
                PublicationType::Preprint
            } else {
                PublicationType::JournalArticle
            }
        }
        "inproceedings" | "conference" => PublicationType::ConferencePaper,
        "book" | "mvbook" | "booklet" | "proceedings" | "collection" | "manual" | "mvcollection" | "mvproceedings" => {
            PublicationType::Book
        }
        "incollection" | "inbook" | "bookinbook" | "suppbook" | "suppcollection" | "inreference" => {
            PublicationType::BookChapter
        }
        "techreport" | "report" => PublicationType::Report,
        "phdthesis" | "mastersthesis" | "thesis" => PublicationType::Thesis,
        "online" | "electronic" | "www" => {
            if entry.raw(&["eprint"]).is_some() {
                PublicationType::Preprint
            } else {
                PublicationType::Online
            }
        }
        "dataset" => PublicationType::Dataset,
        "software" | "softwareversion" | "softwaremodule" => PublicationType::Software,
        "unpublished" => PublicationType::JournalArticle,
        "misc" => misc(entry),
        _ => return None,
    };
    Some(kind)
}

/// `@misc` is anything; what it is shows in its other fields.
fn misc(entry: &Entry) -> PublicationType {
    let how = entry.words(&["howpublished", "note", "type"]).unwrap_or_default().to_lowercase();
    let note = entry.words(&["note"]).unwrap_or_default().to_lowercase();
    let is_server = |text: &str| text.contains("rxiv") || text.contains("research square") || text.contains("ssrn");
    let publisher = entry.words(&["publisher"]).unwrap_or_default().to_lowercase();
    let known = [
        ("dataset", PublicationType::Dataset),
        ("software", PublicationType::Software),
        ("web page", PublicationType::Online),
        ("preprint", PublicationType::Preprint),
    ];
    if let Some((_, kind)) = known.into_iter().find(|(word, _)| *word == note) {
        return kind;
    }
    if entry.raw(&["eprint"]).is_some() || is_server(&how) || is_server(&publisher) {
        PublicationType::Preprint
    } else if how.contains("dataset") || how.contains("data set") {
        PublicationType::Dataset
    } else if how.contains("software") || entry.raw(&["version"]).is_some() {
        PublicationType::Software
    } else if entry.raw(&["type"]).is_some() {
        PublicationType::Other
    } else if how.contains("http") || (entry.raw(&["url"]).is_some() && entry.raw(&["doi"]).is_none()) {
        PublicationType::Online
    } else {
        PublicationType::Other
    }
}

fn container(draft: &mut Draft, entry: &Entry) {
    let journal = entry.words(&["journal", "journaltitle", "journalsubtitle"]);
    let how = entry.words(&["howpublished"]).filter(|how| !how.contains("http"));
    match draft.publication_type() {
        PublicationType::JournalArticle | PublicationType::JournalAbstract => {
            draft.text_of("journal", journal);
            draft.text_of("journal_abbr", entry.words(&["shortjournal"]));
        }
        PublicationType::BookChapter => draft.text_of("book_title", entry.words(&["booktitle", "maintitle"])),
        PublicationType::ConferencePaper => {
            draft.text_of("book_title", entry.words(&["booktitle", "maintitle"]));
            draft.text_of("journal", journal);
            draft.text_of("event", entry.words(&["eventtitle"]));
            draft.text_of("event_place", entry.words(&["venue"]));
        }
        PublicationType::Preprint => {
            let archive =
                entry.words(&["archiveprefix", "eprinttype"]).map(|name| match name.to_lowercase().as_str() {
                    "arxiv" => "arXiv".to_owned(),
                    _ => name,
                });
            let journal = journal.map(|name| name.split(" preprint").next().unwrap_or_default().to_owned());
            draft.text_of("server", how.or(journal).or(archive).or(entry.words(&["publisher"])));
        }
        PublicationType::Online => draft.text_of("website", how.or(entry.words(&["organization"]))),
        PublicationType::Book => draft.text_of("book_title", None::<&str>),
        _ => draft.text_of("website", how),
    }
}

fn people_of(draft: &mut Draft, entry: &Entry, from: &str, to: &'static str) {
    let Some(value) = entry.raw(&[from]) else { return };
    let mut names = Vec::new();
    for written in divide(value) {
        if written.eq_ignore_ascii_case("others") || written.eq_ignore_ascii_case("et al.") {
            draft.unsure(to, "ends in \"and others\": the file does not have all of them");
            continue;
        }
        names.extend(name(written));
    }
    draft.people(to, names);
}

fn day(draft: &mut Draft, entry: &Entry) {
    let date = entry.words(&["date"]).and_then(|date| dates::year_first(date.split('/').next().unwrap_or_default()));
    let year = entry.words(&["year"]).unwrap_or_default();
    let year =
        year.split(|c: char| !c.is_ascii_digit()).find(|digits| digits.len() == 4).and_then(|year| year.parse().ok());
    let month = entry.words(&["month"]).unwrap_or_default();
    let with_month = dates::of_year(year, &month);
    let day = entry.words(&["day"]).and_then(|day| day.parse().ok());
    let with_day = with_month.and_then(|date| dates::of_parts(Some(date.year), date.month, day.or(date.day)));
    draft.date("date", date.or(with_day));
    if draft.publication_type() == PublicationType::Online {
        draft.date("accessed", entry.words(&["urldate"]).and_then(|date| dates::year_first(&date)));
    }
}

fn identifiers(draft: &mut Draft, entry: &Entry) {
    for (field, names) in
        [("doi", &["doi"][..]), ("pmid", &["pmid"]), ("pmcid", &["pmcid", "pmc"]), ("isbn", &["isbn"])]
    {
        if let Some(value) = entry.words(names) {
            draft.identifier(field, &value);
        }
    }
    if let Some(issn) = entry.words(&["issn"]) {
        draft.identifier("issn", issn.split([',', ';', ' ']).next().unwrap_or_default());
    }
    let kind = entry.words(&["eprinttype", "archiveprefix"]).unwrap_or_else(|| "arxiv".to_owned()).to_lowercase();
    if let Some(eprint) = entry.words(&["eprint"]) {
        match kind.as_str() {
            "arxiv" if crate::portfolio::identifier::arxiv(&eprint).is_ok() => draft.identifier("arxiv", &eprint),
            "pubmed" | "pmid" => draft.identifier("pmid", &eprint),
            "pmcid" | "pmc" => draft.identifier("pmcid", &eprint),
            _ => {}
        }
    }
    if let Some(number) = entry.words(&["journal", "journaltitle"]).and_then(|journal| {
        let word = journal.split_whitespace().find(|word| word.to_lowercase().starts_with("arxiv:"))?.to_owned();
        crate::portfolio::identifier::arxiv(&word).ok()
    }) {
        draft.identifier("arxiv", &number);
    }
    let address = entry.raw(&["url", "howpublished", "link"]).map(verbatim).unwrap_or_default();
    if let Some(address) = super::markup::address_in(&address) {
        if !draft.has("arxiv")
            && let Some(number) = ris::arxiv(address)
        {
            draft.identifier("arxiv", &number);
        }
        draft.url(address);
    }
}

/// An address is no LaTeX (biblatex manual, 2.2.1), but some programs escape it as if it were.
fn verbatim(value: &str) -> String {
    if value.contains("\\url") || value.contains("\\href") {
        return latex::words(value);
    }
    ["_", "%", "&", "#", "~", "$"]
        .iter()
        .fold(value.replace("{\\_}", "_"), |text, sign| text.replace(&format!("\\{sign}"), sign))
}

/// How far the work has come stands in `note`, `pubstate` or the year.
fn status(draft: &mut Draft, entry: &Entry) {
    let text =
        ["note", "pubstate", "year", "date", "howpublished"].map(|name| entry.words(&[name]).unwrap_or_default());
    let text = text.join(" ").to_lowercase();
    let words = [
        ("in press", PublicationStatus::InPress),
        ("inpress", PublicationStatus::InPress),
        ("ahead of print", PublicationStatus::Epub),
        ("prepublished", PublicationStatus::Epub),
        ("retracted", PublicationStatus::Retracted),
        ("accepted", PublicationStatus::Accepted),
        ("forthcoming", PublicationStatus::Accepted),
        ("to appear", PublicationStatus::Accepted),
        ("under review", PublicationStatus::UnderReview),
        ("in revision", PublicationStatus::Revision),
        ("submitted", PublicationStatus::Submitted),
        ("in preparation", PublicationStatus::InPreparation),
        ("inpreparation", PublicationStatus::InPreparation),
    ];
    let unpublished = entry.kind == "unpublished";
    let found = words.into_iter().find(|(word, _)| text.contains(word)).map(|(_, status)| status);
    let found = match (found, unpublished) {
        (Some(PublicationStatus::Accepted), true) if text.contains("submitted") => Some(PublicationStatus::Submitted),
        (None, true) => Some(PublicationStatus::InPreparation),
        (found, _) => found,
    };
    let Some(found) = found else { return };
    if draft.publication_type() == PublicationType::Preprint {
        return;
    }
    if found == PublicationStatus::Epub
        && let Some(Value::Date(day)) = draft.remove("date")
    {
        draft.date("epub_date", Some(day));
    }
    draft.set_status(found);
    if unpublished || (found != PublicationStatus::Retracted && found != PublicationStatus::Epub) {
        draft.unsure("status", "is read from a note in the file");
    }
}

/// A work of no other type that names an event is a talk.
fn talk(work: &Draft, entry: &Entry) -> Draft {
    let mut draft = Draft::new(Kind::Presentations);
    draft.set("type", Value::Text(PresentationType::Oral.as_str().to_owned()));
    draft.unsure("type", "the file names only the event");
    draft.title(work.get_text("title").unwrap_or_default());
    draft.people("authors", work.names("authors").to_vec());
    draft.text_of("event", entry.words(&["eventtitle"]));
    draft.text_of("place", entry.words(&["venue", "location"]));
    let day = entry.words(&["eventdate"]).and_then(|date| dates::year_first(&date));
    draft.date("date", day.or(work.get_date("date")));
    draft
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_costs_no_more_than_its_field() {
        let text = "@article{a,\n title = {One},\n month = nov},\n volume = 4\n}\n@article{b, title = {Never closed,\n year = 2020\n@book{c, title={Third}, year=2021}";
        let drafts = read(text);
        assert_eq!(drafts.len(), 3, "{drafts:?}");
        assert_eq!(drafts[0].get_text("volume"), Some("4"));
        assert_eq!(drafts[2].get_text("title"), Some("Third"));
    }

    #[test]
    fn strings_are_replaced_wherever_they_are_defined() {
        let drafts = read("@string{j = \"Radiology\"} @article{a, title=\"T\", journal = j # { X}, year=2020}");
        assert_eq!(drafts[0].get_text("journal"), Some("Radiology X"));
    }
}
