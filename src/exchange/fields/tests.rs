//! Written and read back.

use std::path::Path;

use proptest::prelude::*;

use crate::exchange::draft::{Draft, Value};
use crate::exchange::title::plain;
use crate::exchange::{bibtex, csl_json, nbib, read, ris};
use crate::portfolio::{Contributor, Identifiers, PersonName, Publication, PublicationDates, Shared, Venue, read_name};
use crate::record::vocabulary::{PublicationStatus as Status, PublicationType as Type};
use crate::record::{Correction, PartialDate, Text};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Bibtex,
    Ris,
    Csl,
    Nbib,
}

const FORMATS: [Format; 4] = [Format::Bibtex, Format::Ris, Format::Csl, Format::Nbib];

fn written(format: Format, work: &Publication) -> String {
    match format {
        Format::Bibtex => bibtex::list([work]),
        Format::Ris => ris::list([work]),
        Format::Csl => csl_json::items(std::slice::from_ref(work)).to_string(),
        Format::Nbib => nbib::list([work]),
    }
}

/// What must come back, by the table.
fn carried(format: Format, work: &Publication) -> Vec<(&'static str, Value)> {
    use Format::{Bibtex, Csl, Nbib, Ris};
    let mut fields: Vec<(&'static str, Value)> = Vec::new();
    let is_book = matches!(work.kind, Type::Book | Type::BookChapter);
    let of_nbib = [
        Type::JournalArticle,
        Type::JournalAbstract,
        Type::Preprint,
        Type::Book,
        Type::BookChapter,
        Type::Dataset,
        Type::Report,
        Type::Thesis,
    ];
    if format == Nbib && !of_nbib.contains(&work.kind) {
        return fields;
    }
    let has_title_marks = matches!(format, Bibtex | Csl);
    let title = &work.shared.title;
    fields.push(("title", Value::Text(if has_title_marks { title.clone() } else { plain(title) })));
    if work.kind != Type::JournalArticle {
        fields.push(("type", Value::Text(work.kind.as_str().to_owned())));
    }
    let status = match (format, work.status) {
        (Csl, Status::InPress | Status::Accepted) => true,
        (Nbib, status) => matches!(status, Status::Epub | Status::Retracted),
        (Bibtex | Ris, status) => {
            matches!(status, Status::InPress | Status::Accepted | Status::Epub | Status::Retracted)
        }
        _ => false,
    };
    if status && work.kind == Type::JournalArticle {
        fields.push(("status", Value::Text(work.status.as_str().to_owned())));
    }
    let names = |people: &[Contributor]| Value::Names(people.iter().map(|person| person.name.clone()).collect());
    fields.push(("authors", names(&work.authors)));
    if !work.editors.is_empty() && is_book {
        fields.push(("editors", names(&work.editors)));
    }
    let date = |field: &'static str, date: Option<PartialDate>| date.map(|date| (field, Value::Date(date)));
    let unpublished = matches!(work.status, Status::InPress | Status::Accepted);
    let ahead = work.status == Status::Epub && format != Csl;
    if !unpublished {
        fields.extend(date(if ahead { "epub_date" } else { "date" }, work.dates.published.or(work.dates.epub)));
    }
    if format == Nbib {
        fields.extend(date("epub_date", work.dates.epub));
        fields.extend(date("submitted", work.dates.submitted));
        fields.extend(date("accepted", work.dates.accepted));
    }
    if matches!(format, Bibtex | Ris) && work.kind == Type::Online {
        fields.extend(date("accessed", work.dates.accessed));
    }
    let mut text = |field: &'static str, value: &Option<String>, carried: bool| {
        if let (Some(value), true) = (value, carried) {
            fields.push((field, Value::Text(value.clone())));
        }
    };
    let venue = &work.venue;
    let articles = matches!(work.kind, Type::JournalArticle | Type::JournalAbstract);
    text("journal", &venue.journal, articles);
    text("journal_abbr", &venue.journal_abbr, articles);
    text("book_title", &venue.book_title, matches!(work.kind, Type::BookChapter | Type::ConferencePaper));
    text("server", &venue.server, work.kind == Type::Preprint);
    text("website", &venue.website, work.kind == Type::Online && format != Nbib);
    text("volume", &venue.volume, true);
    text("issue", &venue.issue, true);
    text("pages", &venue.pages, true);
    text("edition", &venue.edition, format != Nbib || is_book);
    text("publisher", &venue.publisher, format != Nbib || is_book);
    text("place", &venue.place, (format != Nbib || is_book) && (format != Ris || work.kind != Type::ConferencePaper));
    text("event", &venue.event, format != Nbib);
    text("event_place", &venue.event_place, format != Nbib);
    text("series", &venue.series, format != Nbib || is_book);
    text("series_number", &venue.series_number, format == Csl);
    text("genre", &venue.genre, format != Nbib);
    text("number", &venue.number, format != Nbib);
    text("version", &venue.version, format != Nbib);
    text("language", &work.language, true);
    text("title_original", &work.title_original, true);
    let ids = &work.identifiers;
    text("doi", &ids.doi, true);
    text("pmid", &ids.pmid, true);
    text("pmcid", &ids.pmcid, true);
    text("arxiv", &ids.arxiv, format == Bibtex || (format == Csl && work.kind == Type::Preprint));
    text("issn", &ids.issn, true);
    text("isbn", &ids.isbn, format != Ris || ids.issn.is_none());
    text("url", &work.shared.url, format != Nbib);
    text("abstract", &work.abstract_text, true);
    if !work.keywords.is_empty() {
        fields.push(("keywords", Value::List(work.keywords.clone())));
    }
    if let (Nbib, Some(correction)) = (format, &work.correction) {
        let mut inner =
            vec![("type", Value::Text(correction.kind.map(|kind| kind.as_str().to_owned()).unwrap_or_default()))];
        inner.extend(correction.doi.as_ref().map(|doi| ("doi", Value::Text(doi.0.clone()))));
        inner.extend(correction.date.map(|date| ("date", Value::Date(date))));
        fields.push(("correction", Value::Fields(inner)));
    }
    fields
}

fn lost(format: Format, work: &Publication) -> Vec<String> {
    let text = written(format, work);
    let drafts = match read::read(text.as_bytes()) {
        Ok(found) => found.drafts,
        Err(reason) => return vec![format!("{format:?}: {reason:?}\n{text}")],
    };
    let [draft] = drafts.as_slice() else { return vec![format!("{format:?}: {} records\n{text}", drafts.len())] };
    let differs =
        |(field, value): &(&'static str, Value)| draft.get(field) != Some(value) && !same(field, value, draft);
    let lost = carried(format, work).into_iter().filter(differs);
    lost.map(|(field, value)| format!("{format:?}: {field}: {value:?} came back as {:?}\n{text}", draft.get(field)))
        .collect()
}

/// Words of an abstract lose their paragraphs in formats of lines, and dashes between pages are of one kind.
fn same(field: &str, value: &Value, draft: &Draft) -> bool {
    let (Value::Text(text), Some(found)) = (value, draft.get_text(field)) else { return false };
    let bare = |text: &str| text.replace(['–', '—'], "-").split_whitespace().collect::<Vec<_>>().join(" ");
    match field {
        "abstract" => bare(&plain(text)) == bare(found),
        "pages" => bare(text) == bare(found),
        _ => false,
    }
}

#[test]
fn no_field_of_the_example_is_lost() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("example-site");
    let mut diagnostics = crate::diagnostic::Diagnostics::default();
    let sources = crate::source::Sources::read(&mut diagnostics, &root).expect("the example");
    let records = crate::record::decode::decode(&mut diagnostics, &sources);
    let day = crate::portfolio::Today::Given(chrono::NaiveDate::from_ymd_opt(2026, 11, 24).expect("a day"));
    let portfolio = crate::portfolio::assemble(&mut diagnostics, &sources, records, day, None);
    assert!(portfolio.publications.len() > 10);
    let open = |work: &&std::sync::Arc<Publication>| {
        !matches!(
            work.status,
            Status::InPreparation | Status::Submitted | Status::UnderReview | Status::Revision | Status::Withdrawn
        )
    };
    let works: Vec<_> = portfolio.publications.iter().filter(open).collect();
    let faults: Vec<String> =
        works.iter().flat_map(|work| FORMATS.into_iter().flat_map(|format| lost(format, work))).collect();
    assert!(faults.is_empty(), "{} of {}:\n{}", faults.len(), works.len() * 4, faults.join("\n"));
}

fn words() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        "[A-Z][a-z]{2,8}",
        "[a-z]{2,9}",
        Just("MRI".to_owned()),
        Just("Zürich".to_owned()),
        Just("5%".to_owned()),
        Just("R&D".to_owned()),
        Just("x_y".to_owned()),
        Just("(pilot)".to_owned()),
        Just("脊椎".to_owned()),
        Just("β2".to_owned())
    ];
    proptest::collection::vec(word, 2..7).prop_map(|words| words.join(" "))
}

fn marked_title() -> impl Strategy<Value = String> {
    (
        words(),
        prop_oneof![Just(""), Just("i"), Just("b"), Just("sup"), Just("sub")],
        words(),
        prop_oneof![Just(""), Just("?"), Just(": a study"), Just(" — \"quoted\" {x} #1 ~ ^ \\ <3 cm $5")],
    )
        .prop_map(|(first, tag, middle, end)| {
            if tag.is_empty() {
                format!("{first} {middle}{end}")
            } else {
                format!("{first} <{tag}>{middle}</{tag}>{end}")
            }
        })
}

fn person() -> impl Strategy<Value = PersonName> {
    const NAMES: [&str; 14] = [
        "Rao, Priya",
        "van der Berg, Lotte",
        "Adeyemi-Ford, Tunde, III",
        "Whitcomb, Alden R., Jr",
        "de la Cruz, Inés",
        "Núñez-Ørsted, Åse",
        "Çelik, Işıl",
        "Kim, Min-Seo",
        "O'Connor, Mary",
        "García Márquez, Lucía",
        "Haddad, S.",
        "Quist, Z. A.",
        "中川, 蓮",
        "Nguyễn, Thị Mai",
    ];
    let person = proptest::sample::select(&NAMES[..]).prop_map(|name| read_name(name).expect("a name").name);
    prop_oneof![8 => person, 1 => Just(PersonName::literal("Lakemoor Imaging Group")), 1 => Just(PersonName::literal("MINUTES Investigators"))]
}

fn people(most: usize) -> impl Strategy<Value = Vec<Contributor>> {
    proptest::collection::vec(person().prop_map(|name| Contributor { name, ..Contributor::default() }), 1..most)
}

fn day() -> impl Strategy<Value = PartialDate> {
    (2001..2026_i32, proptest::option::of((1..13_u32, proptest::option::of(1..29_u32)))).prop_map(|(year, rest)| {
        PartialDate { year, month: rest.map(|(month, _)| month), day: rest.and_then(|(_, day)| day) }
    })
}

fn maybe<T: std::fmt::Debug>(strategy: impl Strategy<Value = T>) -> impl Strategy<Value = Option<T>> {
    proptest::option::of(strategy)
}

fn status(kind: Type, state: usize) -> Status {
    match (kind, state) {
        (Type::JournalArticle, 1) => Status::InPress,
        (Type::JournalArticle, 2) => Status::Epub,
        (Type::JournalArticle, 3) => Status::Retracted,
        (Type::JournalArticle, 4) => Status::Accepted,
        _ => Status::Published,
    }
}

/// The dates of a work of a status, with one that may have been before its issue.
fn dates_of(status: Status, date: PartialDate, earlier: Option<PartialDate>) -> PublicationDates {
    let before = earlier.filter(|day| day.last_day() < date.first_day());
    let is_dated = !matches!(status, Status::InPress | Status::Accepted | Status::Epub);
    PublicationDates {
        published: is_dated.then_some(date),
        epub: if status == Status::Epub { Some(date) } else { before },
        ..PublicationDates::default()
    }
}

/// The numbers that a work of a type may have.
fn numbers(kind: Type, pmid: Option<String>, pmcid: Option<String>, arxiv: Option<String>) -> Identifiers {
    let article = matches!(kind, Type::JournalArticle | Type::JournalAbstract);
    Identifiers {
        pmid: pmid.filter(|_| article),
        pmcid: pmcid.filter(|_| article),
        arxiv: arxiv.filter(|_| kind == Type::Preprint),
        isbn: matches!(kind, Type::Book | Type::BookChapter).then(|| "9780306406157".to_owned()),
        issn: article.then(|| "0033-8419".to_owned()),
        ..Identifiers::default()
    }
}

/// A work whose fields belong to its type.
fn work() -> impl Strategy<Value = Publication> {
    let venue = (
        maybe("[1-9][0-9]{0,2}"),
        maybe(prop_oneof!["[1-9][0-9]?", Just("Suppl 1".to_owned())]),
        maybe(prop_oneof!["[1-9][0-9]{2}-[1-9][0-9]{3}", "e[1-9][0-9]{4}", "S[1-9][0-9]-S[1-9][0-9]{2}"]),
        maybe(words()),
        maybe(words()),
        maybe(words()),
        maybe("[1-9]"),
        maybe(words()),
        words(),
    );
    let ids = (
        maybe("10\\.[1-9][0-9]{3}/[a-z]{2,5}[._-][a-z0-9]{1,6}"),
        maybe("[1-9][0-9]{7}"),
        maybe("PMC[1-9][0-9]{6}"),
        maybe("24(0[1-9]|1[0-2])\\.[0-9]{5}"),
        maybe(Just("https://rao.example/a_b%20c?d=1&e=~x".to_owned())),
    );
    let rest = (
        maybe(words()),
        proptest::collection::vec("[a-z]{3,8}( [a-z]{3,8})?", 0..4),
        maybe(Just("es".to_owned())),
        maybe(words()),
        any::<bool>(),
    );
    let dates = (day(), maybe(day()), maybe(day()));
    (proptest::sample::select(Type::ALL), marked_title(), people(6), people(3), dates, venue, ids, rest, 0..6_usize)
        .prop_map(
            |(
                kind,
                title,
                authors,
                editors,
                (date, earlier, accessed),
                (volume, issue, pages, abbr, place, series, edition, event, name),
                (doi, pmid, pmcid, arxiv, url),
                (abstract_text, keywords, language, original, flag),
                state,
            )| {
                let article = matches!(kind, Type::JournalArticle | Type::JournalAbstract);
                let status = status(kind, state);
                let unpublished = matches!(status, Status::InPress | Status::Accepted);
                let only = |condition: bool, value: &Option<String>| value.clone().filter(|_| condition);
                let some = |condition: bool, value: &str| condition.then(|| value.to_owned());
                let book = matches!(kind, Type::Book | Type::BookChapter);
                let paged = article || matches!(kind, Type::BookChapter | Type::ConferencePaper);
                let is = |wanted: Type| kind == wanted;
                Publication {
                    shared: Shared {
                        id: "work".to_owned(),
                        title,
                        url: url.filter(|_| !matches!(kind, Type::Other)),
                        ..Shared::default()
                    },
                    status,
                    author_count: authors.len(),
                    authors,
                    editors: if book { editors } else { Vec::new() },
                    venue: Venue {
                        journal: some(article, &name),
                        journal_abbr: only(article, &abbr),
                        volume: only(article, &volume),
                        issue: only(article, &issue),
                        pages: only(paged, &pages),
                        book_title: some(matches!(kind, Type::BookChapter | Type::ConferencePaper), &name),
                        edition: only(book, &edition),
                        publisher: some(
                            book || matches!(kind, Type::Report | Type::Thesis | Type::Dataset | Type::Software),
                            &name,
                        ),
                        place: only(book || matches!(kind, Type::Report | Type::Thesis), &place),
                        server: some(is(Type::Preprint), "medRxiv"),
                        website: some(is(Type::Online), &name),
                        genre: some(matches!(kind, Type::Thesis | Type::Report) && flag, "MPH thesis"),
                        number: some(is(Type::Report) && flag, "TR-12"),
                        version: some(is(Type::Software) && flag, "1.4.2"),
                        series: only(book, &series),
                        series_number: only(book && series.is_some(), &edition),
                        event: only(is(Type::ConferencePaper), &event),
                        event_place: only(is(Type::ConferencePaper), &place),
                    },
                    dates: PublicationDates {
                        accessed: accessed.filter(|_| is(Type::Online)),
                        ..dates_of(status, date, earlier.filter(|_| article && !unpublished))
                    },
                    identifiers: Identifiers { doi, ..numbers(kind, pmid, pmcid, arxiv) },
                    language,
                    title_original: original,
                    abstract_text,
                    keywords,
                    correction: (status == Status::Retracted).then(|| Correction {
                        kind: Some(crate::record::vocabulary::CorrectionType::Retraction),
                        doi: Some(Text("10.5555/notice".to_owned())),
                        date: Some(date),
                    }),
                    ..Publication::blank(kind, status)
                }
            },
        )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_field_of_a_generated_work_is_lost(work in work()) {
        let faults: Vec<String> = FORMATS.into_iter().flat_map(|format| lost(format, &work)).collect();
        prop_assert!(faults.is_empty(), "{}", faults.join("\n"));
    }
}
