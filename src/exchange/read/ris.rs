//! RIS in its dialects: EndNote, Zotero, Web of Science, Scopus, Springer, Wiley, Europe PMC and others.
//!
//! A tag of two letters, up to two spaces, a hyphen and a value. The tags mean different things to different
//! programs; the tables here take what each of them writes.

mod status;

use self::status::{is_server_preprint, server_in_address, status};
use super::{dates, people, pubmed, talks};
use crate::exchange::draft::{Draft, Value, one_line};
use crate::record::PartialDate;
use crate::record::vocabulary::{Kind, PublicationType};

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
    let after = rest.trim_start_matches([' ', '\u{a0}']);
    let spaces = rest.chars().take_while(|c| matches!(c, ' ' | '\u{a0}')).count();
    let value = after.strip_prefix('-')?;
    // The standard has two spaces before the hyphen, and some programs none behind it.
    let is_tight = spaces == 2 && tag.bytes().all(|byte| !byte.is_ascii_lowercase());
    let is_apart =
        (1..=3).contains(&spaces) && (is_tight || value.is_empty() || value.starts_with([' ', '\t', '\u{a0}']));
    (is_tag && is_apart).then(|| (tag.to_ascii_uppercase(), value.trim()))
}

/// Tells whether a line with a tag is one in a reference whose tags stand two spaces from their hyphens: there
/// `CT - guided` is text.
fn is_standard(line: &str) -> bool {
    line[2..].chars().take(2).all(|c| matches!(c, ' ' | '\u{a0}'))
}

fn references(text: &str) -> Vec<Vec<Field>> {
    let mut references: Vec<Vec<Field>> = Vec::new();
    let mut open = false;
    let mut in_standard = false;
    let mut after_blank = false;
    for line in text.lines() {
        let begins = |tag: &str, value: &str| tag == "TY" && value.len() > 2 && !value.contains(' ');
        let ends = |tag: &str, value: &str| tag == "ER" && value.is_empty();
        let is_tag = |tag: &str, value: &str| {
            !open || !in_standard || is_standard(line) || begins(tag, value) || ends(tag, value)
        };
        match field(line).filter(|(tag, value)| is_tag(tag, value)) {
            Some((tag, _)) if tag == "ER" => open = false,
            Some((tag, value)) => {
                if tag == "TY" || !open {
                    references.push(Vec::new());
                    open = true;
                    in_standard = is_standard(line);
                }
                if let Some(reference) = references.last_mut() {
                    reference.push((tag, value.to_owned()));
                }
            }
            // A value may run over several lines.
            None if open && !line.trim().is_empty() => {
                if let Some(reference) = references.last_mut() {
                    run_on(reference, line.trim(), after_blank);
                }
            }
            None => {}
        }
        after_blank = line.trim().is_empty();
    }
    references.retain(|reference| reference.iter().any(|(tag, _)| tag == "TY" || tag == "TI" || tag == "T1"));
    references
}

/// Adds a line without a tag to the value before it; EndNote gives each keyword and address a line of its own.
fn run_on(reference: &mut Vec<Field>, line: &str, after_blank: bool) {
    let Some((tag, value)) = reference.last_mut() else { return };
    match tag.as_str() {
        "KW" | "UR" => {
            let tag = tag.clone();
            reference.push((tag, line.to_owned()));
            return;
        }
        "AB" | "N2" if after_blank => value.push_str("\n\n"),
        "N1" => value.push('\n'),
        _ => value.push(' '),
    }
    value.push_str(line);
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
    let kind = if is_server_preprint(&reference) { Some(PublicationType::Preprint) } else { kind(&written) };
    draft.set_type(kind.unwrap_or(PublicationType::Other));
    if kind.is_none() {
        draft.unsure("type", format!("the file calls it {written}"));
    }
    draft.title(reference.first(&["TI", "T1", "CT", "BT"]).unwrap_or_default());
    draft.text_of("title_original", reference.first(&["TT", "OP"]).filter(|_| written != "CASE"));
    let authors = reference.all(&["AU", "A1"]).filter_map(people::person_or_group);
    draft.people("authors", authors.collect());
    container(&mut draft, &reference);
    let is_thesis = draft.publication_type() == PublicationType::Thesis;
    // EndNote keeps a thesis's degree where others keep the volume.
    let volume = reference.first(&["VL", "VO"]);
    draft.text_of("volume", volume.filter(|volume| !is_thesis || volume.chars().any(|c| c.is_ascii_digit())));
    issue(&mut draft, &reference);
    draft.text_of("pages", pages(&reference).as_deref());
    day(&mut draft, &reference);
    identifiers(&mut draft, &reference);
    let is_preprint = draft.publication_type() == PublicationType::Preprint;
    draft.text_of("publisher", reference.first(&["PB"]).filter(|_| !is_preprint));
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
        PublicationType::JournalArticle | PublicationType::JournalAbstract => {
            let (epub, edition) = match reference.first(&["ET"]) {
                Some(text) => (dates::year_first(text).filter(|day| day.month.is_some()), Some(text)),
                None => (None, None),
            };
            // EndNote keeps the day of the electronic publication here.
            let is_earlier =
                |day: &PartialDate| draft.get_date("date").is_none_or(|date| day.first_day() <= date.last_day());
            let epub = epub.filter(is_earlier);
            draft.text_of("edition", edition.filter(|_| epub.is_none()));
            draft.date("epub_date", epub);
        }
        _ => draft.text_of("edition", reference.first(&["ET"])),
    }
    if !matches!(draft.publication_type(), PublicationType::JournalArticle | PublicationType::JournalAbstract) {
        let genre = reference.first(&["M3"]).filter(|genre| !genre.contains("10.") && !genre.contains("http"));
        let genre = genre.filter(|genre| !is_preprint && !genre.to_lowercase().contains("rxiv"));
        draft.text_of("genre", genre.or(volume.filter(|_| is_thesis && !draft.has("volume"))));
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
            let named = reference.all(&["N1"]).find_map(|note| note.split("Conference name:").nth(1));
            let named = named.and_then(|name| name.split([';', '\n']).next());
            draft.text_of("event", reference.first(&["C3"]).or(named));
        }
        PublicationType::Preprint => {
            draft.text_of("server", full.or(reference.first(&["PB"])).or_else(|| server_in_address(reference)));
        }
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
    let year_of =
        |text: &str| text.split(|c: char| !c.is_ascii_digit()).find(|digits| digits.len() == 4)?.parse::<i32>().ok();
    let year = reference.all(&["PY"]).chain(reference.all(&["Y1", "DA"])).find_map(year_of);
    let whole = |tag: &'static str| reference.first(&[tag]).and_then(dates::year_first);
    let beside = |tag: &'static str| {
        let rest = reference.first(&[tag]).filter(|text| dates::year_first(text).is_none())?;
        dates::of_year(year, rest).or_else(|| dates::in_words(rest))
    };
    let candidates = [whole("DA"), beside("DA"), beside("PD"), whole("Y1"), beside("Y1"), whole("PY")];
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
    status(draft, reference);
    draft.date(
        "accessed",
        reference
            .first(&["Y2"])
            .and_then(dates::year_first)
            .filter(|_| draft.publication_type() == PublicationType::Online),
    );
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
            && !text.is_empty()
            && reference.first(&["AN"]) == Some(value)
            && let Ok(pmid) = crate::portfolio::identifier::pmid(text)
        {
            draft.identifier("pmid", &pmid);
        } else if text.len() < 30 && text.to_lowercase().starts_with("pmid") {
            draft.identifier("pmid", text.trim_start_matches(|c: char| !c.is_ascii_digit()));
        }
    }
    // Scopus and Embase keep the PubMed number in a field of their own.
    for (tag, base) in [("C2", "scopus"), ("C5", "embase")] {
        let is_of_base = reference.first(&["DB"]).is_some_and(|name| name.to_lowercase().contains(base));
        if let Some(number) = reference.first(&[tag]).filter(|_| is_of_base)
            && let Ok(pmid) = crate::portfolio::identifier::pmid(number)
        {
            draft.identifier("pmid", &pmid);
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
    talks::set_kind_or(&mut draft, reference.first(&["M3"]), "the file says only that it is slides");
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

    #[test]
    fn a_line_of_an_abstract_is_no_tag_where_tags_stand_two_spaces_apart() {
        let drafts =
            read("TY  - JOUR\nTI  - A\nAB  - Line one\nCT - guided biopsy was done.\n\nSecond part\nPB  - Y\nER  - \n");
        assert_eq!(drafts[0].get_text("abstract"), Some("Line one CT - guided biopsy was done.\n\nSecond part"));
        assert_eq!(drafts[0].get_text("publisher"), Some("Y"));
        let tight = read(
            "TY  -JOUR\nTI  -Tight\nPY  -2020\nER  -\nTY\u{a0}\u{a0}-\u{a0}JOUR\nTI\u{a0}\u{a0}-\u{a0}Hard spaces\nER\u{a0}\u{a0}-\n",
        );
        let titles: Vec<&str> = tight.iter().filter_map(|draft| draft.get_text("title")).collect();
        assert_eq!(titles, ["Tight", "Hard spaces"]);
    }

    #[test]
    fn what_endnote_writes_on_lines_of_their_own_is_kept_apart() {
        let draft = &read(
            "TY  - JOUR\nTI  - A\nET  - 20240319\nPY  - 2024\nKW  - Humans\n*Stroke/diagnosis\nUR  - https://a.example/1\nhttps://b.example/2\nER  - \n",
        )[0];
        assert_eq!(
            draft.get("keywords"),
            Some(&Value::List(vec!["Humans".to_owned(), "*Stroke/diagnosis".to_owned()]))
        );
        assert_eq!(draft.get_text("url"), Some("https://a.example/1"));
        assert_eq!(draft.get_date("epub_date").map(|day| day.to_string()).as_deref(), Some("2024-03-19"));
        let thesis = &read("TY  - THES\nTI  - A\nVL  - Ph.D.\nPY  - 2021\nER  - \n")[0];
        assert_eq!((thesis.get_text("genre"), thesis.has("volume")), (Some("Ph.D."), false));
    }

    #[test]
    fn databases_have_their_own_places_for_numbers_days_and_stages() {
        let scopus = &read(
            "TY  - JOUR\nTI  - A\nPY  - 2024\nDB  - Scopus\nC2  - 37400001\nN1  - Export Date: 14 March 2024; Cited By: 0; Article in press\nER  - \n",
        )[0];
        assert_eq!((scopus.get_text("pmid"), scopus.get_text("status")), (Some("37400001"), Some("in-press")));
        let embase = &read(
            "TY  - JOUR\nTI  - A\nDB  - Embase\nMedline\nC5  - 38700001\nVL  - 1\nPY  - 2024\nM3  - Journal: Article in Press\nER  - \n",
        )[0];
        assert_eq!((embase.get_text("pmid"), embase.has("status")), (Some("38700001"), false));
        let ieee = &read("TY  - CONF\nTI  - A\nPY  - 2024\nY1  - 27-30 May 2024\nER  - \n")[0];
        assert_eq!(ieee.get_date("date").map(|day| day.to_string()).as_deref(), Some("2024-05-27"));
        let preprint = &read("TY  - GEN\nTI  - A\nM3  - preprint\nPB  - medRxiv\nPY  - 2024\nER  - \n")[0];
        assert_eq!((preprint.get_text("type"), preprint.get_text("server")), (Some("preprint"), Some("medRxiv")));
    }
}
