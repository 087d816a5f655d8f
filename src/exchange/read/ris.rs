//! RIS in its dialects: EndNote, Zotero, Web of Science, Scopus, Springer, Wiley, Europe PMC and others.
//!
//! A tag of two letters, up to two spaces, a hyphen and a value. The tags mean different things to different
//! programs; the tables here take what each of them writes.

use super::{dates, people, pubmed};
use crate::exchange::draft::{Draft, Value, one_line};
use crate::record::PartialDate;
use crate::record::vocabulary::{Kind, PresentationType, PublicationStatus, PublicationType};

/// One field of a reference.
type Field = (String, String);

/// Reads every reference of a text.
pub(in crate::exchange) fn read(text: &str) -> Vec<Draft> {
    references(text).iter().map(|fields| draft(fields)).collect()
}

/// Cuts a line at its tag: two letters or a letter and a digit, then a hyphen among spaces.
pub(in crate::exchange) fn field(line: &str) -> Option<(String, &str)> {
    let (tag, rest) = line.split_at_checked(2)?;
    let mut letters = tag.bytes();
    let is_tag = letters.next().is_some_and(|byte| byte.is_ascii_alphabetic())
        && letters.next().is_some_and(|byte| byte.is_ascii_alphanumeric());
    let spaces = rest.len() - rest.trim_start_matches(' ').len();
    let value = rest.trim_start_matches(' ').strip_prefix('-')?;
    let is_apart = (1..=3).contains(&spaces) && (value.is_empty() || value.starts_with([' ', '\t']));
    (is_tag && is_apart).then(|| (tag.to_ascii_uppercase(), value.trim()))
}

fn references(text: &str) -> Vec<Vec<Field>> {
    let mut references: Vec<Vec<Field>> = Vec::new();
    let mut open = false;
    for line in text.lines() {
        match field(line) {
            Some((tag, _)) if tag == "ER" => open = false,
            Some((tag, value)) => {
                if tag == "TY" || !open {
                    references.push(Vec::new());
                    open = true;
                }
                if let Some(reference) = references.last_mut() {
                    reference.push((tag, value.to_owned()));
                }
            }
            // A value may run over several lines.
            None if open && !line.trim().is_empty() => {
                if let Some((_, value)) = references.last_mut().and_then(|reference| reference.last_mut()) {
                    value.push(' ');
                    value.push_str(line.trim());
                }
            }
            None => {}
        }
    }
    references.retain(|reference| reference.iter().any(|(tag, _)| tag == "TY" || tag == "TI" || tag == "T1"));
    references
}

struct Reference<'a>(&'a [Field]);

impl<'a> Reference<'a> {
    fn all(&self, tags: &'a [&str]) -> impl Iterator<Item = &'a str> {
        let fields = self.0;
        fields
            .iter()
            .filter(move |(tag, value)| tags.contains(&tag.as_str()) && !value.is_empty())
            .map(|(_, value)| value.as_str())
    }

    /// The first value under the tags, in the order of the tags.
    fn first(&self, tags: &[&str]) -> Option<&'a str> {
        tags.iter().find_map(|wanted| {
            let found = self.0.iter().find(|(tag, value)| tag == wanted && !value.is_empty());
            found.map(|(_, value)| value.as_str())
        })
    }
}

fn draft(fields: &[Field]) -> Draft {
    let reference = Reference(fields);
    let written = reference.first(&["TY"]).unwrap_or("GEN").to_uppercase();
    if matches!(written.as_str(), "SLIDE" | "VIDEO" | "MPCT") && reference.first(&["T2", "BT", "JF", "JO"]).is_some() {
        return talk(&reference);
    }
    let mut draft = Draft::new(Kind::Publications);
    let kind = kind(&written);
    draft.set_type(kind.unwrap_or(PublicationType::Other));
    if kind.is_none() {
        draft.unsure("type", format!("the file calls it {written}"));
    }
    draft.title(reference.first(&["TI", "T1", "CT", "BT"]).unwrap_or_default());
    draft.text_of("title_original", reference.first(&["TT", "OP"]).filter(|_| written != "CASE"));
    let authors = reference.all(&["AU", "A1"]).filter_map(people::person_or_group);
    draft.people("authors", authors.collect());
    container(&mut draft, &reference);
    draft.text_of("volume", reference.first(&["VL"]));
    issue(&mut draft, &reference);
    draft.text_of("pages", pages(&reference).as_deref());
    day(&mut draft, &reference);
    identifiers(&mut draft, &reference);
    draft.text_of("publisher", reference.first(&["PB"]));
    let place = reference.first(&["CY", "PP"]);
    draft.text_of(
        if draft.publication_type() == PublicationType::ConferencePaper { "event_place" } else { "place" },
        place,
    );
    if let Some(language) = reference.first(&["LA"]).and_then(pubmed::language) {
        draft.text("language", &language);
    }
    match draft.publication_type() {
        PublicationType::Software | PublicationType::Dataset => {
            draft.text_of("version", reference.first(&["ET", "VL"]));
        }
        _ => draft.text_of("edition", reference.first(&["ET"])),
    }
    if !matches!(draft.publication_type(), PublicationType::JournalArticle | PublicationType::JournalAbstract) {
        let genre = reference.first(&["M3"]).filter(|genre| !genre.contains("10.") && !genre.contains("http"));
        draft.text_of("genre", genre.filter(|genre| !genre.to_lowercase().contains("rxiv")));
    }
    let words = reference.all(&["KW"]).flat_map(|value| value.split(';')).map(one_line);
    draft.set("keywords", Value::List(words.filter(|word| !word.is_empty()).collect()));
    draft.abstract_text(reference.first(&["AB", "N2"]).unwrap_or_default());
    draft
}

fn kind(written: &str) -> Option<PublicationType> {
    let kind = match written {
        "JOUR" | "JFULL" | "MGZN" | "EJOUR" | "NEWS" | "INPR" => PublicationType::JournalArticle,
        "ABST" => PublicationType::JournalAbstract,
        "CPAPER" | "CONF" => PublicationType::ConferencePaper,
        "UNPB" | "PREP" => PublicationType::Preprint,
        "BOOK" | "EBOOK" | "EDBOOK" | "SER" => PublicationType::Book,
        "CHAP" | "ECHAP" | "ENCYC" | "DICT" => PublicationType::BookChapter,
        "RPRT" | "STAND" | "GOVDOC" => PublicationType::Report,
        "THES" => PublicationType::Thesis,
        "ELEC" | "WEB" | "BLOG" | "ICOMM" => PublicationType::Online,
        "DATA" | "DBASE" | "AGGR" => PublicationType::Dataset,
        "COMP" => PublicationType::Software,
        "GEN" => PublicationType::Other,
        _ => return None,
    };
    Some(kind)
}

/// Where it appeared: the full name and the short one stand under many tags.
fn container(draft: &mut Draft, reference: &Reference) {
    let full = reference.first(&["T2", "JF", "BT", "JO", "JA", "J2", "JI", "J9"]);
    let short = reference.first(&["J2", "JA", "JI"]).or_else(|| {
        // Where another tag has the full name, this one has the short.
        reference.first(&["JO"]).filter(|short| {
            full.is_some_and(|full| short.len() <= full.len() && reference.first(&["T2", "JF"]).is_some())
        })
    });
    let is_title = full.is_some_and(|full| Some(full) == reference.first(&["TI", "T1"]));
    let full = full.filter(|_| !is_title);
    match draft.publication_type() {
        PublicationType::JournalArticle | PublicationType::JournalAbstract => {
            draft.text_of("journal", full);
            draft.text_of("journal_abbr", short.filter(|_| reference.first(&["T2", "JF", "JO"]).is_some()));
        }
        PublicationType::BookChapter | PublicationType::ConferencePaper => {
            draft.text_of("book_title", reference.first(&["T2", "BT", "JF", "JO"]).filter(|_| !is_title));
            draft.text_of("event", reference.first(&["C3"]));
        }
        PublicationType::Preprint => draft.text_of("server", full.or(reference.first(&["PB"]))),
        PublicationType::Online => draft.text_of("website", full),
        PublicationType::Book => draft.text_of("series", full),
        _ => {
            draft.text_of("website", full.filter(|_| draft.publication_type() == PublicationType::Other));
        }
    }
    draft.text_of("series", reference.first(&["T3"]));
    let editors = match draft.publication_type() {
        PublicationType::BookChapter | PublicationType::ConferencePaper => reference.all(&["ED", "A2"]),
        _ => reference.all(&["ED"]),
    };
    draft.people("editors", editors.filter_map(people::person_or_group).collect());
}

fn issue(draft: &mut Draft, reference: &Reference) {
    let field = if draft.publication_type() == PublicationType::Report { "number" } else { "issue" };
    draft.text_of(field, reference.first(&["IS", "CP"]));
    if draft.publication_type() == PublicationType::Report {
        draft.text_of("number", reference.first(&["SN"]).filter(|number| !number.contains('-')));
    }
}

/// `SP` may hold the whole range; an article number stands under `AR` or `C7`.
fn pages(reference: &Reference) -> Option<String> {
    let number = reference.first(&["AR", "C7"]).map(|number| number.trim_start_matches("ARTN ").to_owned());
    let Some(start) = reference.first(&["SP"]) else {
        return number.or_else(|| reference.first(&["EP"]).map(str::to_owned));
    };
    match reference.first(&["EP"]) {
        Some(end) if end != start && !start.contains(['-', '–']) => Some(format!("{start}-{end}")),
        _ => Some(start.to_owned()),
    }
}

/// The day stands under one of `DA`, `Y1`, `PY`, `PD` or is divided between two of them.
fn day(draft: &mut Draft, reference: &Reference) {
    let year_of = |text: &str| text.get(..4).and_then(|year| year.parse::<i32>().ok());
    let year = reference.first(&["PY", "Y1"]).and_then(year_of);
    let whole = |tag: &'static str| reference.first(&[tag]).and_then(dates::year_first);
    let beside = |tag: &'static str| {
        let rest = reference.first(&[tag]).filter(|text| dates::year_first(text).is_none())?;
        dates::of_year(year, rest).or_else(|| dates::in_words(rest))
    };
    let candidates = [whole("DA"), beside("DA"), beside("PD"), whole("Y1"), whole("PY")];
    let same_year = |date: &PartialDate| year.is_none_or(|year| date.year == year);
    let exactness = |date: &PartialDate| (date.day.is_some(), date.month.is_some());
    // Of equally exact ones the first counts.
    let best =
        candidates.into_iter().flatten().filter(same_year).fold(None, |best: Option<PartialDate>, next| match best {
            Some(best) if exactness(&best) >= exactness(&next) => Some(best),
            _ => Some(next),
        });
    draft.date("date", best);
    // Publishers write the first of the month for a month. Those that name days write others, too.
    if best.is_some_and(|date| date.day == Some(1)) && reference.first(&["PD"]).is_none() {
        draft.unsure("date", "is the first of a month, which some publishers write for the month alone");
    }
    let note = reference.first(&["N1", "M1", "U1"]).unwrap_or_default().to_lowercase();
    let in_press = reference.first(&["TY"]).is_some_and(|kind| kind == "INPR") || note == "in press";
    if in_press {
        draft.set_status(PublicationStatus::InPress);
    } else if note == "accepted" {
        draft.set_status(PublicationStatus::Accepted);
    } else if note == "retracted" {
        draft.set_status(PublicationStatus::Retracted);
    } else if note == "epub ahead of print" {
        if let Some(Value::Date(day)) = draft.remove("date") {
            draft.date("epub_date", Some(day));
        }
        draft.set_status(PublicationStatus::Epub);
    } else if reference.first(&["TY"]) == Some("UNPB") && !is_preprint(reference) {
        draft.remove("type");
        let submitted =
            if note.contains("submitted") { PublicationStatus::Submitted } else { PublicationStatus::InPreparation };
        draft.set_status(submitted);
        draft.unsure("status", "the file says only that it is not published");
    }
    draft.date(
        "accessed",
        reference
            .first(&["Y2"])
            .and_then(dates::year_first)
            .filter(|_| draft.publication_type() == PublicationType::Online),
    );
}

/// An unpublished work that has a server or an address can be read there.
fn is_preprint(reference: &Reference) -> bool {
    reference.first(&["DO", "L3", "T2", "JF", "JO"]).is_some()
        || reference.all(&["UR", "PB", "M3"]).any(|value| value.to_lowercase().contains("rxiv"))
}

fn identifiers(draft: &mut Draft, reference: &Reference) {
    if let Some(doi) = reference.first(&["DO"]) {
        draft.identifier("doi", doi);
    }
    for value in reference.all(&["L3", "M3", "N1", "UR"]) {
        if !draft.has("doi")
            && let Ok(doi) = crate::portfolio::identifier::doi(value)
        {
            draft.identifier("doi", &doi);
        }
    }
    for value in reference.all(&["AN", "C2", "N1", "ID"]) {
        let text = value.trim();
        let is_pubmed = reference.first(&["DB", "DP"]).is_none_or(|base| {
            ["med", "pubmed", "medline", "nlm", "pmc"].iter().any(|name| base.to_lowercase().contains(name))
        });
        if let Ok(pmcid) = crate::portfolio::identifier::pmcid(text) {
            draft.identifier("pmcid", &pmcid);
        } else if text.bytes().all(|byte| byte.is_ascii_digit())
            && is_pubmed
            && reference.first(&["AN"]) == Some(value)
            && let Ok(pmid) = crate::portfolio::identifier::pmid(text)
        {
            draft.identifier("pmid", &pmid);
        } else if text.len() < 30 && text.to_lowercase().starts_with("pmid") {
            draft.identifier("pmid", text.trim_start_matches(|c: char| !c.is_ascii_digit()));
        }
    }
    for number in reference.all(&["SN"]).flat_map(|value| value.split([' ', ';', ','])).filter(|part| part.len() > 6) {
        let digits = number.bytes().filter(u8::is_ascii_alphanumeric).count();
        if number.starts_with('(') {
            continue;
        }
        match digits {
            8 => draft.identifier("issn", number),
            10 | 13 => draft.identifier("isbn", number),
            _ => {}
        }
    }
    if let Some(arxiv) = reference.all(&["UR", "AN", "L3", "M3"]).find_map(arxiv) {
        draft.identifier("arxiv", &arxiv);
    }
    for address in reference.all(&["UR", "L2", "LK"]) {
        let is_arxiv = draft.get_text("arxiv").is_some_and(|id| address.ends_with(id));
        if !is_arxiv {
            draft.url(address);
        }
    }
}

/// The number in an address of arXiv.
pub(in crate::exchange) fn arxiv(text: &str) -> Option<String> {
    let is_named = text.to_lowercase().contains("arxiv");
    is_named.then(|| crate::portfolio::identifier::arxiv(text).ok()).flatten()
}

/// Slides that name a meeting are a talk.
fn talk(reference: &Reference) -> Draft {
    let mut draft = Draft::new(Kind::Presentations);
    draft.set("type", Value::Text(PresentationType::Oral.as_str().to_owned()));
    draft.unsure("type", "the file says only that it is slides");
    draft.title(reference.first(&["TI", "T1"]).unwrap_or_default());
    draft.people("authors", reference.all(&["AU", "A1"]).filter_map(people::person_or_group).collect());
    draft.text_of("event", reference.first(&["T2", "BT", "JF", "JO"]));
    draft.text_of("place", reference.first(&["CY"]));
    day(&mut draft, reference);
    draft.remove("status");
    draft.url(reference.first(&["UR"]).unwrap_or_default());
    draft
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_told_from_words() {
        assert_eq!(field("ty - JOUR"), Some(("TY".to_owned(), "JOUR")));
        assert_eq!(field("ER  -"), Some(("ER".to_owned(), "")));
        assert_eq!(field("CT-based planning"), None);
        assert_eq!(field("At - is - is"), Some(("AT".to_owned(), "is - is")));
        assert_eq!(field("é - x"), None);
    }

    #[test]
    fn an_unpublished_work_never_comes_in_as_published() {
        let text = "TY  - UNPB\nAU  - Rao, Priya\nTI  - Worklists that listen\nN1  - Submitted\nER  - \n";
        let draft = &read(text)[0];
        assert_eq!(draft.get_text("status"), Some("submitted"));
    }
}
