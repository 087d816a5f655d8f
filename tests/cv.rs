//! `offprint cv` and the CV of the site: what the PDF promises, on the example and on generated people.

mod common;
#[path = "common/pdf.rs"]
mod pdf;

use std::fs;
use std::sync::Arc;

use common::Project;
use offprint::build::{Cited, Edition, Model, Options, model};
use offprint::cite::CitationText;
use offprint::diagnostic::Diagnostics;
use offprint::document::Document;
use offprint::document::cv::{self, Cap, Plan};
use offprint::portfolio::{Audience, Today};
use offprint::record::PartialDate;
use offprint::render::theme::Theme;
use offprint::source::Sources;
use unicode_normalization::UnicodeNormalization as _;

const DAY: [&str; 2] = ["--today", "2026-11-24"];

fn example() -> Project {
    let project = Project::new();
    project.copy_example();
    project
}

/// Runs `offprint cv` with more arguments and returns the file that it wrote.
#[track_caller]
fn written(project: &Project, arguments: &[&str]) -> Vec<u8> {
    let run = project.run(&[&["cv", "--out", "cv.pdf"], arguments, &DAY[..]].concat()).clean();
    assert_eq!(run.stdout, "cv.pdf\n");
    fs::read(project.path("cv.pdf")).expect("the file")
}

/// The CV as the program makes it, before it is set.
fn document(project: &Project) -> Document {
    let mut found = Diagnostics::default();
    let sources = Sources::read(&mut found, project.root()).expect("a site");
    let today = Today::Given(PartialDate::parse("2026-11-24").expect("a date").first_day());
    let options = Options { today, base_url: None, drafts: false };
    let Model { sources, portfolio } = model(&mut found, sources, &options);
    let edition = Edition::new(&mut found, &sources, &portfolio, &Audience::Public, &mut Cited::default());
    let words = Theme::load(&mut found, &sources, &portfolio.settings).words;
    let works: &[Arc<CitationText>] = &edition.citations;
    let material = cv::Material { portfolio: &edition.portfolio, works, words: &words };
    cv::document(&material, &Plan::new(None, &portfolio.settings.language), Cap::WHOLE)
}

/// The text of a document in reading order.
fn text_of(document: &Document) -> String {
    let mut text = document.title.clone();
    let runs = |runs: &[offprint::cite::Run]| runs.iter().map(|run| run.text.clone()).collect::<String>();
    document.lines.iter().for_each(|line| text.push_str(&runs(line)));
    for section in &document.sections {
        text.push_str(section.heading.as_deref().unwrap_or_default());
        for (at, entry) in section.entries.iter().enumerate() {
            text.push_str(&section.mark(at));
            text.push_str(&entry.dates);
            text.push_str(&runs(&entry.runs));
        }
    }
    text
}

/// Leaves out what readers treat each in their own way: blanks, the kind of a hyphen, composed letters.
fn bare(text: &str) -> String {
    let letters = text.nfkc().filter(|letter| !letter.is_whitespace() && !letter.is_control());
    letters.filter(|letter| *letter != '\u{AD}').map(|letter| if letter == '\u{2010}' { '-' } else { letter }).collect()
}

/// Takes the foot of every page out of a bare text; each must be there once.
#[track_caller]
fn without_feet(mut text: String, pages: usize, [running, day, of]: [&str; 3]) -> String {
    for page in 1..=pages {
        let foot = bare(&format!("{running} · {day}{page} {of} {pages}"));
        assert_eq!(text.matches(&foot).count(), 1, "{foot} in {text}");
        text = text.replacen(&foot, "", 1);
    }
    text
}

/// A generator of numbers that is the same on every machine (Knuth, MMIX).
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % most
    }

    fn one<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }
}

const GIVEN: [&str; 8] = ["Priya", "Łukasz", "Şule", "Nguyễn Thị", "José María", "Ольга", "Ελένη", "Anna-Lena"];
const FAMILY: [&str; 10] = [
    "Rao",
    "van der Berg",
    "O’Connor",
    "García Márquez",
    "Oyelaran-Quist",
    "Иванова",
    "Παπαδοπούλου",
    "Þórsdóttir",
    "Ng",
    "Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh",
];
const WORDS: [&str; 14] = [
    "spine",
    "MRI",
    "in",
    "overnight",
    "stroke",
    "β-amyloid",
    "ﬁbrosis",
    "10 %",
    "p < 0.05",
    "first-year",
    "reports",
    "“flow voids”",
    "H<sub>2</sub>O",
    "<i>in vivo</i>",
];
/// A language, what stands at the foot of its pages after the name, the day, between two numbers.
const LANGUAGES: [[&str; 4]; 5] = [
    ["en", "curriculum vitae", "24 November 2026", "of"],
    ["es", "currículum", "24 de noviembre de 2026", "de"],
    ["fr", "curriculum vitæ", "24 novembre 2026", "sur"],
    ["de", "Lebenslauf", "24. November 2026", "von"],
    ["pt", "currículo", "24 de novembro de 2026", "de"],
];

fn title(chance: &mut Chance) -> String {
    let words: Vec<&str> = (0..3 + chance.below(14)).map(|_| chance.one(&WORDS)).collect();
    format!("On {}", words.join(" "))
}

/// Somebody with records of every kind, few or many.
fn person(number: u64) -> (Project, [String; 3]) {
    let mut chance = Chance(number * 7919 + 17);
    let (given, family) = (chance.one(&GIVEN), chance.one(&FAMILY));
    let [language, cv, day, of] = LANGUAGES[chance.below(LANGUAGES.len())];
    let project = Project::new();
    project.write(
        "site.yaml",
        format!(
            "format: 1\nperson: {{name: \"{given} {family}\", family_name: \"{family}\", given_names: \"{given}\", credentials: MD, languages: [English, Deutsch]}}\nids: {{orcid: 0000-0002-1825-0097}}\nprogramme: {{specialty: Diagnostic radiology, institution: Lakemoor, level: R3}}\nsite: {{language: {language}, url: \"https://rao.example/\"}}\n"
        ),
    );
    let mut papers = String::new();
    for at in 0..chance.below(60) {
        let others: String = (0..chance.below(9)).map(|_| format!(", {} X", chance.one(&FAMILY[..5]))).collect();
        papers.push_str(&format!(
            "- {{id: p{at}, title: '{}', authors: [\"{family}, {given}\"{}], journal: Radiology, date: {}, volume: {at}, pages: {at}1-{at}9, doi: 10.5555/rad.{number}.{at}}}\n",
            title(&mut chance),
            others.split(", ").filter(|name| !name.is_empty()).map(|name| format!(", \"{name}\"")).collect::<String>(),
            2000 + chance.below(26),
        ));
    }
    project.write("records/publications.yaml", papers);
    let talks: String = (0..chance.below(12))
        .map(|at| {
            format!(
                "- {{id: t{at}, title: '{}', authors: [\"{family}, {given}\"], event: Meeting {at}, date: 2025-0{}, type: poster}}\n",
                title(&mut chance),
                1 + chance.below(9)
            )
        })
        .collect();
    project.write("records/presentations.yaml", talks);
    let steps: String = (0..=chance.below(8))
        .map(|at| {
            format!(
                "- {{id: s{at}, kind: residency, title: '{}', organization: Lakemoor, start: 20{}, end: 2024}}\n",
                title(&mut chance),
                10 + chance.below(14)
            )
        })
        .collect();
    project.write("records/training.yaml", steps);
    (project, [format!("{family}, {cv}"), day.to_owned(), of.to_owned()])
}

#[test]
fn two_programs_read_the_text_of_the_cv_in_its_order_on_twenty_people() {
    let mut read_by_poppler = 0;
    for number in 0..20 {
        let (project, [running, day, of]) = person(number);
        let run = project.run(&[&["cv", "--out", "cv.pdf"], &DAY[..]].concat());
        assert_eq!(run.code, 0, "{run:?}");
        let bytes = fs::read(project.path("cv.pdf")).expect("the file");
        let document = document(&project);
        let expected = bare(&text_of(&document));
        let pages = pdf::pages(&bytes);
        let body = |text: &str| without_feet(bare(text), pages, [&running, &day, &of]);
        let found = body(&pdf::text(&bytes));
        assert_same(number, "lopdf", &found, &expected);
        if let Some(text) = pdf::poppler(&project.path("cv.pdf")) {
            read_by_poppler += 1;
            assert_same(number, "pdftotext", &body(&text), &expected);
        }
    }
    assert!(read_by_poppler == 20 || std::env::var_os("OFFPRINT_READERS").is_none());
}

#[track_caller]
fn assert_same(number: u64, by: &str, found: &str, expected: &str) {
    if found == expected {
        return;
    }
    let at = found.chars().zip(expected.chars()).take_while(|(a, b)| a == b).count();
    let around = |text: &str| text.chars().skip(at.saturating_sub(30)).take(90).collect::<String>();
    panic!("person {number} by {by}: found …{}… where …{}… was expected", around(found), around(expected));
}

#[test]
fn the_same_day_gives_the_same_bytes_and_another_day_another_date() {
    let project = example();
    let first = written(&project, &[]);
    assert!(first == written(&project, &[]));
    let later = project.run(&["cv", "--out", "later.pdf", "--today", "2026-11-25"]).clean();
    assert_eq!(later.stdout, "later.pdf\n");
    assert!(first != fs::read(project.path("later.pdf")).expect("the file"));
    assert!(pdf::text(&first).contains("24 November 2026"));
}

#[test]
fn the_file_is_named_by_family_and_month_and_an_older_one_is_replaced() {
    let project = example();
    for _ in 0..2 {
        let run = project.run(&[&["cv"], &DAY[..]].concat()).clean();
        assert_eq!(run.stdout, "Oyelaran-Quist-CV-2026-11.pdf\n");
    }
    project.write("sent/note.txt", "to whom");
    let run = project.run(&[&["cv", "--out", "sent"], &DAY[..]].concat()).clean();
    assert!(run.stdout.ends_with("Oyelaran-Quist-CV-2026-11.pdf\n") && run.stdout.starts_with("sent"), "{run:?}");
    let word = project.run(&[&["cv", "--docx"], &DAY[..]].concat()).clean();
    assert_eq!(word.stdout, "Oyelaran-Quist-CV-2026-11.docx\n");
    project.run(&[&["cv", "--docx"], &DAY[..]].concat()).clean();
    project.write("Oyelaran-Quist-CV-2026-11.pdf", "%PDF my own");
    project.run(&[&["cv"], &DAY[..]].concat()).says(2, &["is no CV of Offprint's", "--force"]);
    assert_eq!(project.read("Oyelaran-Quist-CV-2026-11.pdf").as_deref(), Some("%PDF my own"));
    project.run(&[&["cv", "--force", "--quiet"], &DAY[..]].concat()).clean();
    assert!(pdf::pages(&fs::read(project.path("Oyelaran-Quist-CV-2026-11.pdf")).expect("the file")) > 2);
}

#[test]
fn each_template_keeps_to_its_pages_on_both_papers() {
    let project = example();
    for (template, most) in [("academic", usize::MAX), ("fellowship", 2), ("one-page", 1)] {
        for (paper, width) in [("a4", 595.276), ("letter", 612.0)] {
            let bytes = written(&project, &["--template", template, "--paper", paper]);
            assert!(pdf::pages(&bytes) <= most, "{template} has {} pages", pdf::pages(&bytes));
            let file = lopdf::Document::load_mem(&bytes).expect("a PDF");
            let page = file.get_dictionary(file.get_pages()[&1]).expect("a page");
            let size = page.get(b"MediaBox").and_then(lopdf::Object::as_array).expect("its size");
            assert!((size[2].as_float().expect("a number") - width).abs() < 0.01, "{size:?}");
        }
    }
    let selected = pdf::text(&written(&project, &["--template", "fellowship"]));
    assert!(selected.find("elected works") < selected.find("raining"), "selected works come first: {selected}");
}

#[test]
fn a_shortened_list_has_no_room_for_what_was_retracted() {
    let project = example();
    let retracted = "Uncalibrated automated ASPECTS";
    assert!(pdf::text(&written(&project, &[])).contains(retracted), "the whole list says it openly");
    for template in ["fellowship", "one-page"] {
        let text = pdf::text(&written(&project, &["--template", template]));
        assert!(text.contains("more: ") && !text.contains(retracted), "{template}: {text}");
    }
}

#[test]
fn a_doi_is_one_string_and_one_link() {
    let project = example();
    let bytes = written(&project, &[]);
    let (by_lopdf, by_poppler) = (pdf::text(&bytes), pdf::poppler(&project.path("cv.pdf")));
    let records = project.read("records/publications.yaml").expect("the records");
    let dois: Vec<&str> = records
        .lines()
        .filter_map(|line| line.trim().strip_prefix("doi: "))
        .map(|doi| doi.split(" #").next().unwrap_or_default().trim())
        .filter(|doi| by_lopdf.contains(*doi))
        .collect();
    assert!(dois.len() > 5, "{dois:?}");
    let file = lopdf::Document::load_mem(&bytes).expect("a PDF");
    let addresses: Vec<String> = file
        .objects
        .values()
        .filter_map(|object| object.as_dict().ok()?.get(b"A").ok()?.as_dict().ok()?.get(b"URI").ok()?.as_str().ok())
        .map(|address| String::from_utf8_lossy(address).into_owned())
        .collect();
    for doi in dois {
        if let Some(text) = &by_poppler {
            assert!(text.contains(doi), "{doi} in {text}");
        }
        let links = addresses.iter().filter(|address| **address == format!("https://doi.org/{doi}")).count();
        assert_eq!(links, 1, "{doi} is one link");
    }
}

#[test]
fn a_variant_selects_by_what_records_are_and_orders_its_parts() {
    let project = example();
    let site = project.read("site.yaml").expect("the site");
    let cvs = "cvs:\n  - id: talks\n    paper: a4\n    select: {kinds: [presentations, awards], since: 2026}\n    sections: [presentations, awards, publications]\n  - id: spine\n    select: {kinds: [publications], threads: [spine-mri]}\n  - {id: best, select: {featured: true}, sections: [publications]}\n";
    project.write("site.yaml", format!("{site}\n{cvs}"));
    let talks = pdf::text(&written(&project, &["talks"]));
    assert!(talks.find("Talks and posters") < talks.find("Resident teacher of the year"), "{talks}");
    assert!(!talks.contains("Travel grant for trainees"), "an award of 2025 is too old: {talks}");
    assert!(!talks.contains("Diagnostic radiology, Lakemoor University Medical Center, Lakemoor"), "{talks}");
    let spine = pdf::text(&written(&project, &["spine"]));
    assert!(
        spine.contains("where emergency spine MRI loses its") && !spine.contains("Moving the stroke study"),
        "{spine}"
    );
    let best = pdf::text(&written(&project, &["best"]));
    assert!(best.contains("where emergency spine MRI") && !best.contains("Moving the stroke study"), "{best}");
    project.run(&["cv", "talk"]).says(2, &["no CV has the id `talk`", "did you mean `talks`?"]);
    project.run(&["cv", "--for", "neuro"]).says(2, &["no share page has the id `neuro`"]);
}

#[test]
fn more_pages_than_promised_are_an_error_that_says_by_how_much() {
    let project = example();
    let site = project.read("site.yaml").expect("the site");
    project.write(
        "site.yaml",
        format!("{site}\ncvs:\n  - {{id: short, pages_at_most: 2}}\n  - {{id: long, pages_at_most: 9}}\n"),
    );
    let run = project.run(&["cv", "short", "--out", "cv.pdf", "--today", "2026-11-24"]);
    let run =
        run.says(1, &["error[OP807]", "2 more than `pages_at_most: 2`", "lines and", "entries too many", "site.yaml:"]);
    assert!(run.stderr.contains("pages_at_most: 2}") && run.stderr.contains('^'), "{}", run.stderr);
    assert!(run.stdout.is_empty() && !project.path("cv.pdf").exists(), "nothing is written");
    written(&project, &["long"]);
}

#[test]
fn a_share_page_adds_what_it_may_show_and_nothing_else_does() {
    let project = example();
    let public = pdf::text(&written(&project, &[]));
    let shared = pdf::text(&written(&project, &["--for", "neuro-fellowship"]));
    let records = project.read("records/publications.yaml").expect("the records");
    assert!(records.contains("status: submitted"));
    let titles = |status: &str| -> Vec<String> {
        let records = records.split("\n- ").filter(|record| record.contains(&format!("status: {status}")));
        let title = |record: &str| {
            let line = record.lines().find_map(|line| line.trim().strip_prefix("title: "))?;
            Some(line.trim_matches(['"', '\'']).split_whitespace().take(4).collect::<Vec<_>>().join(" "))
        };
        records.filter_map(title).collect()
    };
    let submitted = titles("submitted");
    assert!(!submitted.is_empty());
    let flat = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    for title in submitted {
        assert!(flat(&shared).contains(&title.to_lowercase()), "{title} in {shared}");
        assert!(!flat(&public).contains(&title.to_lowercase()), "{title} in {public}");
    }
    assert!(shared.contains("Letters") || shared.contains("etters"), "{shared}");
}

#[test]
fn letters_without_a_font_are_named_with_their_record_and_printed_in_latin() {
    let project = Project::with(&[
        ("site.yaml", "format: 1\nperson: {name: Li Na}\n"),
        (
            "records/awards.yaml",
            "- {id: shown, title: Prize, by: A society, date: 2025}\n- {id: chinese, title: Prize of 李明, by: A society, date: 2025}\n",
        ),
    ]);
    let run = project.run(&["cv", "--out", "cv.pdf", "--today", "2026-11-24"]);
    let run =
        run.says(0, &["warning[OP806]", "no font for `", "records/awards.yaml:2:", "= record: chinese", "`fonts/`"]);
    assert!(run.stderr.contains("^^"), "{}", run.stderr);
    assert!(pdf::text(&fs::read(project.path("cv.pdf")).expect("the file")).contains("Prize of Li Ming"));
    project.run(&["build", "--today", "2026-11-24"]).says(0, &["warning[OP806]"]);
    project.write("fonts/bad.ttf", "no font");
    project.run(&["cv", "--out", "cv.pdf", "--today", "2026-11-24"]).says(0, &["warning[OP805]", "fonts/bad.ttf"]);
}

#[test]
fn a_font_of_the_site_prints_what_the_shipped_ones_cannot() {
    let project = Project::with(&[
        ("site.yaml", "format: 1\nperson: {name: Li Na}\n"),
        ("records/awards.yaml", "- {id: own, title: Prize of \u{2776}\u{2777}, by: A society, date: 2025}\n"),
    ]);
    project.run(&["cv", "--out", "cv.pdf"]).says(0, &["warning[OP806]"]);
    let fixture = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/cv/signs.ttf");
    project.write("fonts/signs.ttf", fs::read(fixture).expect("the font"));
    project.run(&["cv", "--out", "cv.pdf"]).clean();
    assert!(pdf::text(&fs::read(project.path("cv.pdf")).expect("the file")).contains("\u{2776}\u{2777}"));
}

#[test]
fn nobody_and_four_hundred_papers_have_a_cv() {
    let project = Project::with(&[("site.yaml", "format: 1\nperson: {name: Priya Rao}\n")]);
    assert_eq!(pdf::pages(&written(&project, &[])), 1);
    let papers: String = (1..=400)
        .map(|at| format!("- {{id: p{at}, title: Flow voids {at}, authors: Rao P, journal: Spine, date: 2020, doi: 10.5555/s.{at}}}\n"))
        .collect();
    project.write("records/publications.yaml", papers);
    let bytes = written(&project, &[]);
    assert!(pdf::pages(&bytes) > 6);
    let text = pdf::text(&bytes);
    assert!(text.contains("400.") && text.contains("Flow voids 400"));
    for (template, pages) in [("fellowship", 2), ("one-page", 1)] {
        let run = project.run(&["cv", "--template", template, "--out", "cv.pdf", "--today", "2026-11-24"]).clean();
        assert!(run.stderr.contains("shortened"), "{run:?}");
        let bytes = fs::read(project.path("cv.pdf")).expect("the file");
        assert_eq!(pdf::pages(&bytes), pages);
        assert!(pdf::text(&bytes).contains(" more"));
    }
}

#[test]
fn the_site_has_the_cv_as_a_file_beside_its_page_and_share_pages_have_their_own() {
    let project = example();
    let site = project.read("site.yaml").expect("the site");
    let site = site.replace("    referees: [morel, fontaine]", "    referees: [morel, fontaine]\n    cv: short");
    project.write("site.yaml", format!("{site}\ncvs:\n  - {{id: short, template: one-page, paper: a4}}\n"));
    project.run(&[&["build"], &DAY[..]].concat()).clean();
    let page = project.read("public/cv/index.html").expect("the page");
    assert!(page.contains("href=\"../cv.pdf\""), "the page leads to it");
    let home = project.read("public/index.html").expect("the home page");
    assert!(home.contains("<a href=\"./cv.pdf\""), "the home page leads to it");
    let public = fs::read(project.path("public/cv.pdf")).expect("the file");
    assert!(public == written(&project, &[]), "the site's file is the one that the command writes");
    let shares: Vec<_> = fs::read_dir(project.path("public/share")).expect("share pages").flatten().collect();
    assert_eq!(shares.len(), 1);
    let own = fs::read(shares[0].path().join("cv.pdf")).expect("the share page's own");
    assert!(own == written(&project, &["--for", "neuro-fellowship"]), "it is the one that the command writes");
    assert!(own != public && pdf::pages(&own) == 1);
    let page = fs::read_to_string(shares[0].path().join("cv/index.html")).expect("its page");
    assert!(page.contains("/cv.pdf\"") && !page.contains("\"../cv.pdf\""), "its page leads to its own");
}

#[test]
fn the_words_are_those_of_the_sites_language_in_every_form() {
    let project = example();
    let site = project.read("site.yaml").expect("the site").replace("  language: en\n", "  language: de\n");
    project.write("site.yaml", site);
    let text = pdf::text(&written(&project, &[]));
    for word in ["Lebenslauf", "24. November 2026", " von "] {
        assert!(text.contains(word), "{word} in {text}");
    }
    let markdown = project.run(&[&["export", "markdown"], &DAY[..]].concat()).stdout;
    let headings: Vec<&str> = markdown.lines().filter(|line| line.starts_with("## ")).collect();
    assert!(headings.len() > 6, "{headings:?}");
    for english in ["Training", "Awards", "Service", "Teaching", "Languages", "Publications"] {
        assert!(!headings.iter().any(|heading| heading.ends_with(english)), "{headings:?}");
    }
}

#[test]
fn a_cv_in_arabic_is_laid_out_from_right_to_left_with_its_letters() {
    let project = Project::with(&[
        ("site.yaml", "format: 1\nperson: {name: محمد الأحمد, languages: [العربية]}\nsite: {language: ar}\n"),
        ("records/awards.yaml", "- {title: جائزة أفضل طبيب مقيم, by: مستشفى ليكمور, date: 2025}\n"),
    ]);
    let bytes = written(&project, &[]);
    let file = lopdf::Document::load_mem(&bytes).expect("a PDF");
    let catalog = file.catalog().expect("a catalogue");
    assert_eq!(catalog.get(b"Lang").and_then(lopdf::Object::as_str).expect("a language"), b"ar");
    if let Some(text) = pdf::poppler(&project.path("cv.pdf")) {
        let bare = bare(&text);
        for words in ["محمدالأحمد", "جائزةأفضلطبيبمقيم", "2025"] {
            assert!(bare.contains(words), "{words} in {text}");
        }
    }
}

#[test]
fn a_name_in_a_script_without_a_font_is_left_out() {
    let project = Project::with(&[("site.yaml", "format: 1\nperson: {name: Li Na, name_native: 李娜}\n")]);
    let run = project.run(&["cv", "--out", "cv.pdf", "--today", "2026-11-24"]);
    run.says(0, &["warning[OP806]", "leaves out `name_native`"]);
    let text = pdf::text(&fs::read(project.path("cv.pdf")).expect("the file"));
    assert!(text.contains("Li Na") && !text.contains("Nuo"), "{text}");
}
