//! BibTeX and biblatex, as Better BibTeX, Mendeley, JabRef, Google Scholar and people write them.
//!
//! Files in the wild have slips (`month = nov},`), entries in round brackets and commands in titles. A parser that
//! stops at the first slip or drops mark-up would lose records, so entries are cut here: a slip costs the field that
//! has it, and no other.

mod name;
mod parents;
mod scan;
mod status;
mod talk;

pub(super) use scan::begins_entry;

use name::{People, people};
use parents::Library;
use scan::{Entry, entries};

use super::{dates, latex, markup, pubmed, ris};
use crate::exchange::draft::{Draft, Value, one_line};
use crate::record::vocabulary::{Kind, PublicationType};

/// Takes the mark-up out that only titles keep.
fn plain(text: &str) -> String {
    crate::exchange::title::plain(text)
}

/// Reads every entry of a text.
pub(in crate::exchange) fn read(text: &str) -> Vec<Draft> {
    let entries = entries(text);
    let library = Library::new(&entries);
    let works = entries.iter().filter(|entry| library.is_work(entry));
    works.map(|entry| draft(&library.whole(entry))).collect()
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
    title(&mut draft, entry);
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
    draft.text_of("genre", genre(entry).filter(|_| draft.publication_type() != PublicationType::JournalArticle));
    draft.text_of("version", entry.words(&["version"]));
    day(&mut draft, entry);
    identifiers(&mut draft, entry);
    status::set(&mut draft, entry);
    if let Some(language) = entry.words(&["langid", "language"]).as_deref().and_then(pubmed::language) {
        draft.text("language", &language);
    }
    let keywords = entry.words(&["keywords", "keyword"]).unwrap_or_default();
    let keywords = keywords.split([',', ';']).map(one_line).filter(|word| !word.is_empty());
    draft.set("keywords", Value::List(keywords.collect()));
    draft.abstract_text(
        &entry.raw(&["abstract"]).map(|text| markup::entities(&plain(&latex::words(text)))).unwrap_or_default(),
    );
    talk::talk(&draft, entry).unwrap_or(draft)
}

fn title(draft: &mut Draft, entry: &Entry) {
    let mut lost: Vec<String> = Vec::new();
    let mut of = |name: &str| {
        let read = latex::read(entry.raw(&[name])?);
        lost.extend(read.lost);
        Some(one_line(&markup::entities(&read.text))).filter(|title| !title.is_empty())
    };
    let (main, subtitle) = (of("title").unwrap_or_default(), of("subtitle"));
    draft.title(&joined(&main, subtitle.as_deref()));
    lost.dedup();
    if !lost.is_empty() {
        draft.unsure("title", format!("has LaTeX that was left out: {}", lost.join(" ")));
    }
    if entry.has_fault {
        draft.unsure("title", "stands in an entry with a brace or quote that is never closed");
    }
    // The classic `@inbook` is a part of a book that has no title of its own.
    if entry.kind == "inbook" && entry.raw(&["booktitle", "maintitle"]).is_none() && !main.is_empty() {
        draft.text("book_title", &main);
        let chapter = entry.words(&["chapter"]).map(|chapter| format!(" of chapter {chapter}")).unwrap_or_default();
        draft.unsure("title", format!("is that of the book: the file does not have the title{chapter}"));
    }
}

fn joined(title: &str, subtitle: Option<&str>) -> String {
    match subtitle {
        Some(subtitle) if title.ends_with(['?', '!', ':', '.']) => format!("{title} {subtitle}"),
        Some(subtitle) => format!("{title}: {subtitle}"),
        None => title.to_owned(),
    }
}

/// Returns what a thesis or report calls itself, or its type says.
fn genre(entry: &Entry) -> Option<String> {
    let written = entry.words(&["type"]);
    let of_type = |kind: &str| match kind {
        "phdthesis" => Some("PhD thesis"),
        "mastersthesis" | "mathesis" => Some("Master's thesis"),
        "bathesis" => Some("Bachelor's thesis"),
        "candthesis" => Some("Candidate thesis"),
        _ => None,
    };
    match written.as_deref() {
        Some("techreport" | "resreport") => None,
        Some(written) => Some(of_type(written).unwrap_or(written).to_owned()),
        None => of_type(&entry.kind).map(str::to_owned),
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
    let book =
        entry.words(&["booktitle", "maintitle"]).map(|title| joined(&title, entry.words(&["booksubtitle"]).as_deref()));
    let how = entry.words(&["howpublished"]).filter(|how| !how.contains("http"));
    match draft.publication_type() {
        PublicationType::JournalArticle | PublicationType::JournalAbstract => {
            draft.text_of("journal", journal);
            draft.text_of("journal_abbr", entry.words(&["shortjournal"]));
        }
        PublicationType::BookChapter => draft.text_of("book_title", book),
        PublicationType::ConferencePaper => {
            draft.text_of("book_title", book);
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
        PublicationType::Online => draft.text_of("website", how.or(entry.words(&["organization"])).or(book)),
        PublicationType::Book => draft.text_of("book_title", None::<&str>),
        _ => draft.text_of("website", how),
    }
}

fn people_of(draft: &mut Draft, entry: &Entry, from: &str, to: &'static str) {
    let Some(value) = entry.raw(&[from]) else { return };
    let People { names, is_cut, doubt } = people(value);
    draft.people(to, names);
    if is_cut {
        draft.unsure(to, "ends in \"and others\": the file does not have all of them");
    }
    if let Some(doubt) = doubt {
        draft.unsure(to, doubt);
    }
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
    for (field, names) in [
        ("doi", &["doi"][..]),
        ("pmid", &["pmid"]),
        ("pmcid", &["pmcid", "pmc"]),
        ("isbn", &["isbn"]),
        ("issn", &["issn"]),
    ] {
        if let Some(value) = entry.words(names) {
            draft.identifier_among(field, &value);
        }
    }
    pubmed::numbers_in(draft, &entry.words(&["note"]).unwrap_or_default());
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
    fn a_brace_that_is_never_closed_keeps_the_other_fields_and_says_so() {
        let text = "@article{x1, title={Missing close, author={Rao, P}, year={2020}, journal={X}\n}\n\n@article{x3, title=\"Unclosed quote, author={Rao, P}, year={2022}, journal={Z}}\n\n@article{x5, title={Unbalanced {brace here, journal={Lost}, year=2020}\n@article{x4, title={n = 4, and m = 5}, year={2023}}\n@article{cut, title={Cut}, year={2024}, jour";
        let drafts = read(text);
        let titles: Vec<&str> = drafts.iter().filter_map(|draft| draft.get_text("title")).collect();
        assert_eq!(titles, ["Missing close", "Unclosed quote", "Unbalanced brace here", "n = 4, and m = 5", "Cut"]);
        assert_eq!(drafts[0].get_text("journal"), Some("X"));
        assert_eq!(drafts[1].names("authors").len(), 1);
        let doubted: Vec<bool> = drafts.iter().map(|draft| !draft.doubts().is_empty()).collect();
        assert_eq!(doubted, [true, true, true, false, true]);
    }

    #[test]
    fn a_child_takes_over_its_parent_without_case_and_without_its_subtitle_as_its_own() {
        let drafts = read(
            "@incollection{c, author={Rao, P}, title={Child}, crossref={BookP}}\n@book{bookp, author={Foo, B}, title={Parent}, subtitle={Sub}, year=2018, publisher={P}}\n@incollection{d, author={Rao, P}, title={With data}, booktitle={B}, xdata={pub}}\n@xdata{pub, publisher={Springer}, location={Cham}}",
        );
        assert_eq!(drafts.len(), 3);
        assert_eq!(
            (drafts[0].get_text("title"), drafts[0].get_text("book_title")),
            (Some("Child"), Some("Parent: Sub"))
        );
        assert_eq!((drafts[2].get_text("publisher"), drafts[2].get_text("place")), (Some("Springer"), Some("Cham")));
    }

    #[test]
    fn talks_and_posters_are_presentations_with_their_event_and_place() {
        let drafts = read(
            "@unpublished{a, type={Oral presentation}, title={Night}, author={Rao, P}, date={2023-11-28}, eventtitle={{{RSNA}} 2023}, venue={Chicago, IL}}\n@misc{b, author={Rao, P}, title={Dose}, howpublished={Poster presented at RSNA 2023, Chicago, IL}, year={2023}}\n@misc{c, author={Rao, P}, title={Words}, note={Invited talk, Grand Rounds}, year={2024}}\n@unpublished{d, author={Rao, P}, title={Draft}, note={Submitted to Radiology}}\n@misc{e, author={Rao, P}, title={Z}, type={Oral presentation}, address={Chicago, IL}, howpublished={RSNA 2023}}",
        );
        let field = |at: usize, name: &str| drafts[at].get_text(name).unwrap_or_default().to_owned();
        let shown: Vec<[String; 3]> =
            [0, 1, 2, 4].iter().map(|at| [field(*at, "type"), field(*at, "event"), field(*at, "place")]).collect();
        assert_eq!(
            shown,
            [
                ["oral", "RSNA 2023", "Chicago, IL"],
                ["poster", "RSNA 2023", "Chicago, IL"],
                ["invited-talk", "Grand Rounds", ""],
                ["oral", "RSNA 2023", "Chicago, IL"]
            ]
        );
        assert_eq!((drafts[3].kind, field(3, "status")), (Kind::Publications, "submitted".to_owned()));
    }

    #[test]
    fn a_note_lowers_no_work_that_is_in_print_and_its_numbers_are_kept() {
        let drafts = read(
            "@article{a, title={A}, author={Rao, P}, year=2023, volume=221, pages={1--2}, note={In press}}\n@article{b, title={B}, year=2023, note={PMID: 38512345 PMCID: PMC10999999}}\n@mastersthesis{c, title={C}, school={L}, year=2016}\n@article{d, title={A \\&amp; B &lt;3 mm}, journal={X &amp; Y}, year=2022}",
        );
        assert!(!drafts[0].has("status") && drafts[0].doubts()[0].field == "status");
        assert_eq!((drafts[1].get_text("pmid"), drafts[1].get_text("pmcid")), (Some("38512345"), Some("PMC10999999")));
        assert_eq!(drafts[2].get_text("genre"), Some("Master's thesis"));
        assert_eq!((drafts[3].get_text("title"), drafts[3].get_text("journal")), (Some("A & B <3 mm"), Some("X & Y")));
    }

    #[test]
    fn strings_are_replaced_wherever_they_are_defined() {
        let drafts = read("@string{j = \"Radiology\"} @article{a, title=\"T\", journal = j # { X}, year=2020}");
        assert_eq!(drafts[0].get_text("journal"), Some("Radiology X"));
    }
}
