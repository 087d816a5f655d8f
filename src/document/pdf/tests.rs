use super::*;
use crate::cite::{Part, RunStyle};
use crate::document::Section;

fn sheet() -> Sheet {
    Sheet {
        paper: Paper::A4,
        today: NaiveDate::from_ymd_opt(2026, 11, 24).expect("a day"),
        foot: "Rao, curriculum vitae".to_owned(),
        issued: "24 November 2026".to_owned(),
        number: "{n} of {total}".to_owned(),
        size: 10.0,
    }
}

fn run(text: &str) -> Run {
    Run { text: text.to_owned(), ..Run::default() }
}

fn document(entries: usize) -> Document {
    let entry = |number: usize| Entry {
        dates: "2024–2026".to_owned(),
        runs: vec![
            run(&format!("Entry {number} of a list that is long enough to need more than one line. ")),
            Run { text: "Rao P".to_owned(), style: RunStyle { bold: true, ..RunStyle::default() }, ..Run::default() },
            run(". doi:"),
            Run {
                text: "10.5555/example.of.a.long.identifier".to_owned(),
                part: Part::Link("https://doi.org/10.5555/example.of.a.long.identifier".to_owned()),
                ..Run::default()
            },
        ],
        ..Entry::default()
    };
    Document {
        title: "Priya Rao, MD".to_owned(),
        author: "Priya Rao".to_owned(),
        language: "en".to_owned(),
        lines: vec![vec![run("Resident, Lakemoor")]],
        sections: vec![Section {
            heading: Some("Training".to_owned()),
            level: 1,
            entries: (1..=entries).map(entry).collect(),
            ..Section::default()
        }],
        ..Document::default()
    }
}

#[test]
fn a_document_is_written_twice_to_the_same_bytes() {
    let first = write(&document(80), &Faces::default(), &sheet()).expect("a PDF");
    let second = write(&document(80), &Faces::default(), &sheet()).expect("a PDF");
    assert!(first.bytes == second.bytes);
    assert!(first.pages > 2);
    let file = lopdf::Document::load_mem(&first.bytes).expect("a PDF that others read");
    assert_eq!(file.get_pages().len(), first.pages);
}

#[test]
fn a_document_without_entries_is_one_page() {
    let cover = Document { sections: Vec::new(), ..document(0) };
    assert_eq!(write(&cover, &Faces::default(), &sheet()).expect("a PDF").pages, 1);
    for title in ["A", "", " ", "\u{200b}"] {
        let section =
            Section { heading: Some(title.to_owned()), entries: vec![Entry::default()], ..Section::default() };
        let bare = Document {
            title: title.to_owned(),
            language: "en".to_owned(),
            sections: vec![section],
            ..Document::default()
        };
        assert_eq!(write(&bare, &Faces::default(), &sheet()).expect("a PDF").pages, 1);
    }
}

#[test]
fn a_letter_without_a_face_is_told_with_its_record() {
    let mut document = document(2);
    document.sections[0].entries[1].runs.push(run("李 and 李 and 明"));
    let origin = Origin { file: "records/awards.yaml".into(), index: 1 };
    document.sections[0].entries[1].origin = Some(origin.clone());
    let found = missing(&document, &Faces::default());
    assert_eq!(found, [Missing { origin: Some(origin), letters: vec!['明', '李'] }]);
    let file = lopdf::Document::load_mem(&write(&document, &Faces::default(), &sheet()).expect("a PDF").bytes);
    let text = file.expect("a PDF that others read").extract_text(&[1]).expect("text");
    assert!(text.contains("Li and Li and Ming"), "{text}");
}

#[test]
fn a_heading_stands_on_the_page_of_its_first_entry_wherever_the_page_ends() {
    for before in 30..60 {
        let line = |number: usize| Entry { runs: vec![run(&format!("Step {number}"))], ..Entry::default() };
        let long = "A long entry of several lines that must not be cut from its first line. ".repeat(3);
        let section = |heading: &str, level, entries| Section {
            heading: Some(heading.to_owned()),
            level,
            entries,
            ..Section::default()
        };
        let last = Entry { runs: vec![run("Begun "), run(&long), run("ended")], ..Entry::default() };
        let document = Document {
            sections: vec![
                section("Training", 1, (0..before).map(line).collect()),
                section("Works", 1, Vec::new()),
                section("Papers", 2, vec![last]),
            ],
            ..document(0)
        };
        let pdf = write(&document, &Faces::default(), &sheet()).expect("a PDF");
        let file = lopdf::Document::load_mem(&pdf.bytes).expect("a PDF that others read");
        let pages: Vec<String> = (1..=u32::try_from(pdf.pages).expect("few"))
            .map(|page| file.extract_text(&[page]).expect("text"))
            .collect();
        let of = |words: &str| pages.iter().position(|page| page.contains(words)).expect("it is printed");
        let places = ["Works", "Papers", "Begun", "ended"].map(of);
        assert!(places.iter().all(|place| *place == places[0]), "after {before} entries: {places:?}");
    }
}

#[test]
fn arabic_and_latin_stand_in_one_line() {
    let mut document = document(1);
    document.language = "ar".to_owned();
    document.title = "محمد الأحمد".to_owned();
    document.sections[0].entries[0].runs.insert(0, run("الأشعة التشخيصية، مستشفى (Lakemoor) "));
    assert_eq!(write(&document, &Faces::default(), &sheet()).expect("a PDF").pages, 1);
}

#[test]
fn an_address_of_any_length_and_script_is_written() {
    let mut document = document(1);
    let link = |address: String| Run { text: "here".to_owned(), part: Part::Link(address), ..Run::default() };
    document.sections[0].entries[0].runs.push(link(format!("https://rao.example/ü 李?{}", "a".repeat(90_000))));
    document.sections[0].entries[0].runs.push(link("https://rao.example/ü 李".to_owned()));
    document.sections[0].entries[0].runs.push(run(&"b".repeat(90_000)));
    assert!(write(&document, &Faces::default(), &sheet()).expect("a PDF").pages > 5);
}

#[test]
fn what_is_too_long_is_told_in_pages_lines_and_entries() {
    let long = document(100);
    let excess = excess(&long, &Faces::default(), &sheet(), 2).expect("too long");
    assert!(excess.pages > 2 && excess.entries > 10 && excess.lines >= excess.entries * 2, "{excess:?}");
    assert_eq!(super::excess(&document(3), &Faces::default(), &sheet(), 1), None);
}

#[test]
fn a_long_link_that_fits_in_a_line_is_not_broken() {
    let mut setter = set::Setter::new(&Faces::default(), &document(0), Vec::new());
    let mut cuts = |length: usize| {
        let address = format!("10.5555/{}", "ab.".repeat(length / 3));
        let link = Run { text: address.clone(), part: Part::Link(address), ..Run::default() };
        let look = set::Look {
            size: 10.0,
            leading: 13.0,
            width: 420.0,
            display: false,
            small_caps: false,
            italic: false,
            soft: false,
            to_end: false,
        };
        setter.set(&[run("A reference of some letters that stands before it, at "), link], &look).cuts_words()
    };
    assert!(!cuts(63));
    assert!(cuts(240), "what is wider than a line has to be broken");
}

#[test]
fn what_no_face_has_is_spelt_and_emoji_are_left_out() {
    assert_eq!(set::latin("Prize \u{1F3C6} of 李", &['\u{1F3C6}', '李']), "Prize of Li");
    assert_eq!(set::latin("\u{1F3C6} Prize", &['\u{1F3C6}']), "Prize");
}
