//! PDFs: what they hold beside their pages is named, and a clean copy is without it.

use lopdf::{Dictionary, Document, LoadOptions, Stream};

use crate::common::Project;
use crate::{SITE, problems};

/// A PDF written by hand: one page with Helvetica as `F1`.
#[derive(Default)]
pub(crate) struct Pdf {
    /// The operators of the page.
    pub(crate) content: String,
    /// More entries of the catalog, the page and the trailer.
    pub(crate) catalog: &'static str,
    pub(crate) page: &'static str,
    pub(crate) trailer: &'static str,
    /// Objects from number 6 on.
    pub(crate) more: Vec<String>,
}

pub(crate) const WORDS: &str = "BT /F1 12 Tf 72 700 Td (Flow voids in plain view) Tj ET";

pub(crate) fn stream(dict: &str, content: &str) -> String {
    format!("<< {dict} /Length {} >>\nstream\n{content}\nendstream", content.len())
}

impl Pdf {
    pub(crate) fn showing(content: &str) -> Self {
        Self { content: format!("{WORDS}\n{content}"), ..Self::default() }
    }

    pub(crate) fn bytes(&self) -> Vec<u8> {
        let drawing = if self.content.contains("/X Do") { "/XObject << /X 6 0 R >>" } else { "" };
        let page = format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R {} /Resources << /Font << /F1 5 0 R >> {drawing} /ExtGState << /G << /ca 0.3 /BM /Multiply >> /H << /ca 0.8 >> >> >> >>",
            self.page
        );
        let font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>";
        let mut objects = vec![
            format!("<< /Type /Catalog /Pages 2 0 R {} >>", self.catalog),
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
            page,
            stream("", &self.content),
            font.to_owned(),
        ];
        objects.extend(self.more.iter().cloned());
        if objects.len() == 5 {
            objects.push("null".to_owned());
        }
        let mut out = "%PDF-1.7\n".to_owned();
        let mut places = Vec::new();
        for (at, object) in objects.iter().enumerate() {
            places.push(out.len());
            out.push_str(&format!("{} 0 obj\n{object}\nendobj\n", at + 1));
        }
        let table = out.len();
        out.push_str(&format!("xref\n0 {}\n0000000000 65535 f \n", places.len() + 1));
        out.extend(places.iter().map(|place| format!("{place:010} 00000 n \n")));
        out.push_str(&format!(
            "trailer\n<< /Size {} /Root 1 0 R {} >>\nstartxref\n{table}\n%%EOF\n",
            places.len() + 1,
            self.trailer
        ));
        out.into_bytes()
    }
}

pub(crate) fn site_with(bytes: &[u8]) -> Project {
    let project = Project::with(&[("site.yaml", SITE)]);
    project.write("files/talks/poster.pdf", bytes);
    project
}

pub(crate) fn text(bytes: &[u8]) -> String {
    let document = Document::load_mem(bytes).expect("a PDF");
    let pages: Vec<u32> = document.get_pages().into_keys().collect();
    document.extract_text(&pages).expect("text")
}

fn info(entries: &str) -> Pdf {
    Pdf { trailer: "/Info 6 0 R", more: vec![format!("<< {entries} >>")], ..Pdf::showing("") }
}

/// Each way in which a PDF holds more than its pages: code, a word of the message, the file.
fn dirty() -> Vec<(&'static str, &'static str, Pdf)> {
    let xmp = "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:photoshop=\"http://ns.adobe.com/photoshop/1.0/\" photoshop:City=\"HIDDEN\"><dc:creator><rdf:Seq><rdf:li>HIDDEN</rdf:li></rdf:Seq></dc:creator></rdf:Description></rdf:RDF></x:xmpmeta>";
    let annotation = |entries: &str| Pdf {
        page: "/Annots [6 0 R]",
        more: vec![format!("<< /Type /Annot /Rect [70 690 300 715] {entries} >>")],
        ..Pdf::showing("")
    };
    vec![
        ("OP711", "author", info("/Author (HIDDEN)")),
        ("OP711", "title", info("/Title <FEFF00480049004400440045004E005F00630061007300650020002E0064006F0063>")),
        ("OP711", "title", info("/Title (HIDDEN case v3)")),
        ("OP702", "as its title", info("/Title (HIDDEN MRN 00345122)")),
        ("OP711", "company", info("/Company (HIDDEN) /Producer (A program)")),
        (
            "OP711",
            "HIDDEN",
            Pdf {
                catalog: "/Metadata 6 0 R",
                more: vec![stream("/Type /Metadata /Subtype /XML", xmp)],
                ..Pdf::showing("")
            },
        ),
        (
            "OP711",
            "working data",
            Pdf { catalog: "/PieceInfo << /Draw << /Private (HIDDEN) >> >>", ..Pdf::showing("") },
        ),
        ("OP712", "without ink", Pdf::showing("BT 3 Tr /F1 12 Tf 72 600 Td (HIDDEN) Tj ET")),
        ("OP712", "colour of the paper", Pdf::showing("1 g BT /F1 12 Tf 72 600 Td (HIDDEN) Tj ET")),
        ("OP712", "colour of the paper", Pdf::showing("0 0 0 0 k BT /F1 12 Tf 72 600 Td [(HID) -20 (DEN)] TJ ET")),
        (
            "OP712",
            "colour of the paper",
            Pdf::showing("0 g 60 590 200 30 re f 0 0 0 rg BT /F1 12 Tf 72 600 Td (HIDDEN) Tj ET"),
        ),
        ("OP712", "outside", Pdf::showing("BT /F1 12 Tf 72 900 Td (HIDDEN) Tj ET")),
        ("OP712", "outside", Pdf::showing("q 1 0 0 1 -500 0 cm BT /F1 12 Tf 72 600 Td (HIDDEN) Tj ET Q")),
        ("OP712", "too small", Pdf::showing("BT /F1 0.2 Tf 72 600 Td (HIDDEN) Tj ET")),
        ("OP712", "drawn over", Pdf::showing("BT /F1 12 Tf 72 600 Td (HIDDEN) Tj ET 1 1 0.8 rg 60 590 300 30 re f")),
        ("OP713", "bar", Pdf::showing("BT /F1 12 Tf 72 600 Td (HIDDEN) Tj ET 0 g 70 596 80 16 re f")),
        (
            "OP713",
            "bar",
            Pdf {
                more: vec![stream(
                    "/Type /XObject /Subtype /Form /BBox [0 0 612 792] /Resources << /Font << /F1 5 0 R >> >>",
                    "BT /F1 12 Tf 72 600 Td (HIDDEN) Tj ET 0 g 70 596 80 16 re f",
                )],
                ..Pdf::showing("/X Do")
            },
        ),
        (
            "OP714",
            "raw.csv",
            Pdf {
                catalog: "/Names << /EmbeddedFiles << /Names [(raw.csv) 6 0 R] >> >>",
                more: vec![
                    "<< /Type /Filespec /F (raw.csv) /EF << /F 7 0 R >> >>".to_owned(),
                    stream("/Type /EmbeddedFile", "HIDDEN"),
                ],
                ..Pdf::showing("")
            },
        ),
        (
            "OP715",
            "script",
            Pdf { catalog: "/OpenAction << /S /JavaScript /JS (app.alert\\(HIDDEN\\)) >>", ..Pdf::showing("") },
        ),
        ("OP715", "program", Pdf { catalog: "/OpenAction << /S /Launch /F (HIDDEN) >>", ..Pdf::showing("") }),
        ("OP715", "script", Pdf { page: "/AA << /O << /S /JavaScript /JS (HIDDEN) >> >>", ..Pdf::showing("") }),
        ("OP716", "comment", annotation("/Subtype /Text /Contents (HIDDEN) /T (HIDDEN)")),
        ("OP716", "comment", annotation("/Subtype /Highlight /T (HIDDEN)")),
        (
            "OP716",
            "form",
            Pdf {
                catalog: "/AcroForm << /Fields [6 0 R] >>",
                page: "/Annots [6 0 R]",
                more: vec![
                    "<< /Type /Annot /Subtype /Widget /Rect [0 0 9 9] /FT /Tx /T (name) /V (HIDDEN) >>".to_owned(),
                ],
                ..Pdf::showing("")
            },
        ),
    ]
}

#[test]
fn what_a_pdf_holds_beside_its_pages_is_named_and_a_clean_copy_is_without_it() {
    for (code, word, pdf) in dirty() {
        let bytes = pdf.bytes();
        let project = site_with(&bytes);
        let found = problems(&project);
        let named = found.iter().any(|(id, message)| id == code && message.contains(word));
        assert!(named, "no {code} with {word:?} for {:?}: {found:?}", String::from_utf8_lossy(&bytes));
        let run = project.run(&["check", "--clean"]);
        assert!(run.stderr.contains("Wrote cleaned/files/talks/poster.pdf"), "{run:#?}");
        assert!(run.stderr.contains("`cleaned/files/talks/poster.pdf` is a copy without it"), "{run:#?}");
        assert!(!run.stderr.contains("run `offprint check --clean`"), "{run:#?}");
        assert!(!run.stderr.contains("still there"), "{code} {word}: {run:#?}");
        assert_eq!(std::fs::read(project.path("files/talks/poster.pdf")).expect("the user's"), bytes, "it stays");
        let clean = std::fs::read(project.path("cleaned/files/talks/poster.pdf")).expect("the copy");
        let strict = LoadOptions { strict: true, ..LoadOptions::default() };
        let mut document = Document::load_mem_with_options(&clean, strict).expect("a sound PDF");
        document.decompress();
        let mut plain = Vec::new();
        document.save_to(&mut plain).expect("saved");
        assert!(!plain.windows(6).any(|part| part == b"HIDDEN"), "{code} {word}");
        assert!(text(&clean).contains("Flow voids in plain view"), "{code} {word}: {:?}", text(&clean));
        project.write("files/talks/poster.pdf", &clean);
        assert_eq!(problems(&project), [], "{code} {word}");
    }
}

#[test]
fn the_parts_of_a_pdf_that_say_nothing_new_are_not_named() {
    let plain = [
        Pdf::showing(""),
        info(
            "/Author (Priya Rao) /Creator (Microsoft\\256 Word 2021) /Producer (macOS Quartz) /CreationDate (D:20250314)",
        ),
        info("/Title (Flow Voids in Plain View)"),
        info("/Author (Rao, Priya)"),
        // What a document and a program are called tells of nobody.
        info("/Title (Curriculum vitae) /Creator (\\(unspecified\\)) /Producer (Matplotlib pdf backend v3.11.2)"),
        info("/Title (Night MRI poster) /Creator (Matplotlib v3.11.2, https://matplotlib.org)"),
        // The shadow of words, drawn without ink beside the words themselves.
        Pdf::showing("BT 3 Tr /F1 12 Tf 73 599 Td (Night MRI) Tj ET BT 0 Tr /F1 12 Tf 72 600 Td (Night MRI) Tj ET"),
        // White letters on a dark ground, letters on a shaded row, a marker over words.
        Pdf::showing("0.1 0.2 0.4 rg 60 590 300 30 re f 1 g BT /F1 12 Tf 72 600 Td (White on blue) Tj ET"),
        Pdf::showing("0.9 g 60 590 300 30 re f 0 g BT /F1 12 Tf 72 600 Td (A row of a table) Tj ET"),
        Pdf::showing("BT /F1 12 Tf 72 600 Td (Marked) Tj ET q /G gs 1 1 0 rg 60 590 300 30 re f Q"),
        Pdf::showing("BT /F1 12 Tf 72 600 Td (Above a rule) Tj ET 0 g 72 590 300 2 re f"),
        Pdf {
            page: "/Annots [6 0 R]",
            more: vec![
                "<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (https://rao.example/) >> >>"
                    .to_owned(),
            ],
            ..Pdf::showing("")
        },
        // A scan whose text a program has read.
        Pdf {
            more: vec![stream(
                "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8",
                "x",
            )],
            ..Pdf::showing("q 612 0 0 792 0 0 cm /X Do Q BT 3 Tr /F1 12 Tf 72 600 Td (Read from the scan) Tj ET")
        },
    ];
    for pdf in plain {
        let bytes = pdf.bytes();
        assert_eq!(problems(&site_with(&bytes)), [], "{}", String::from_utf8_lossy(&bytes));
    }
}

#[test]
fn identifiers_in_the_text_of_a_pdf_are_named_with_their_page() {
    for content in [
        "BT /F1 12 Tf 72 600 Td (The patient \\(MRN 0045321\\) came) Tj ET",
        // Cut where the style changes, and placed letter by letter.
        "BT /F1 12 Tf 72 600 Td (The patient ) Tj /F1 11.9 Tf (\\(MRN ) Tj (0045321\\)) Tj ET",
        "BT /F1 12 Tf 72 600 Td [(M) 10 (RN) -300 (0045) 5 (321)] TJ ET",
        "BT /F1 12 Tf 72 600 Td (MRN) Tj 40 0 Td (0045321) Tj ET",
        "BT 3 Tr /F1 12 Tf 72 600 Td (MRN 0045321) Tj ET",
    ] {
        let found = problems(&site_with(&Pdf::showing(content).bytes()));
        let named = found
            .iter()
            .any(|(code, message)| code == "OP702" && message.contains("MRN 0045321") && message.contains("page 1"));
        assert!(named, "{content}: {found:?}");
    }
    let project = site_with(&Pdf::showing("BT /F1 12 Tf 72 600 Td (MRN 0045321) Tj ET").bytes());
    project.write("site.yaml", format!("{SITE}allow: [{{text: MRN 0045321, reason: a phantom}}]\n"));
    assert_eq!(problems(&project), []);
}

#[test]
fn the_corpus_is_named_and_cleaned() {
    let poster = include_bytes!("../fixtures/privacy/poster-metadata.pdf");
    for bytes in [&poster[..], include_bytes!("../fixtures/privacy/open-but-restricted.pdf")] {
        let project = site_with(bytes);
        let found = problems(&project);
        let canaries = include_str!("../fixtures/privacy/canaries.tsv");
        let tokens = canaries
            .lines()
            .filter(|line| line.contains("poster-metadata.pdf"))
            .filter_map(|line| line.split('\t').next());
        // What is inside an attached file is not named, but the file is.
        for token in tokens.filter(|token| !token.contains("attachment")) {
            assert!(found.iter().any(|(_, message)| message.contains(token)), "{token}: {found:#?}");
        }
        assert!(found.iter().any(|(code, _)| code == "OP714"));
        project.run(&["check", "--clean"]);
        let clean = std::fs::read(project.path("cleaned/files/talks/poster.pdf")).expect("the copy");
        project.write("files/talks/poster.pdf", clean);
        assert_eq!(problems(&project), []);
    }
}

#[test]
fn an_earlier_version_inside_is_named_and_gone_from_the_copy() {
    let first = Pdf::showing("BT /F1 12 Tf 72 600 Td (HIDDEN before) Tj ET").bytes();
    let old_table = String::from_utf8_lossy(&first).rfind("xref\n0").expect("a table");
    let mut later = first;
    let place = later.len();
    later.extend(format!("4 0 obj\n{}\nendobj\n", stream("", WORDS)).bytes());
    let table = later.len();
    later.extend(
        format!("xref\n4 1\n{place:010} 00000 n \ntrailer\n<< /Size 7 /Root 1 0 R /Prev {old_table} >>\nstartxref\n{table}\n%%EOF\n").bytes(),
    );
    let project = site_with(&later);
    let found = problems(&project);
    assert!(found.iter().any(|(code, _)| code == "OP717") && found.len() == 1, "{found:?}");
    project.run(&["check", "--clean"]);
    let clean = std::fs::read(project.path("cleaned/files/talks/poster.pdf")).expect("the copy");
    assert!(!text(&clean).contains("HIDDEN") && text(&clean).contains("plain view"));
    project.write("files/talks/poster.pdf", &clean);
    assert_eq!(problems(&project), []);
}

#[test]
fn what_cannot_be_read_is_said() {
    let scan = Pdf {
        content: "q 612 0 0 792 0 0 cm /X Do Q".to_owned(),
        more: vec![stream(
            "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8",
            "x",
        )],
        ..Pdf::default()
    };
    for (bytes, word) in [
        (include_bytes!("../fixtures/privacy/locked.pdf").to_vec(), "password"),
        (scan.bytes(), "scan"),
        (b"%PDF-1.7\nnothing of the kind".to_vec(), "damaged"),
        (Vec::new(), "damaged"),
    ] {
        let project = site_with(&bytes);
        let found = problems(&project);
        assert!(found.iter().any(|(code, message)| code == "OP710" && message.contains(word)), "{word}: {found:?}");
        project.write("site.yaml", format!("{SITE}allow: [{{text: files/talks/poster.pdf, reason: looked at}}]\n"));
        assert_eq!(problems(&project), []);
    }
}

#[test]
fn a_damaged_or_hostile_pdf_ends_in_a_message() {
    let project = Project::with(&[("site.yaml", SITE)]);
    let whole = include_bytes!("../fixtures/privacy/poster-metadata.pdf");
    let mut random = 20_261_126_u64;
    let mut next = |most: usize| {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(random >> 33).expect("small") % most
    };
    for at in 0..150 {
        let mut damaged = whole.to_vec();
        damaged.truncate(whole.len() - next(whole.len()));
        for _ in 0..next(6) {
            let place = next(damaged.len().max(1));
            if let Some(byte) = damaged.get_mut(place) {
                *byte = u8::try_from(next(256)).expect("a byte");
            }
        }
        project.write(&format!("files/{at}.pdf"), damaged);
    }
    let nested = |open: &str, close: &str| Pdf {
        catalog: "/A 6 0 R",
        more: vec![format!("{}{}", open.repeat(100_000), close.repeat(100_000))],
        ..Pdf::showing("")
    };
    project.write("files/lists.pdf", nested("[", "]").bytes());
    project.write("files/maps.pdf", nested("<</A ", ">>").bytes());
    let itself = stream(
        "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >>",
        "/X Do /X Do /X Do /X Do",
    );
    project.write("files/itself.pdf", Pdf { more: vec![itself], ..Pdf::showing("/X Do") }.bytes());
    let mut bomb = Stream::new(Dictionary::new(), vec![b' '; 100 * 1024 * 1024]);
    bomb.compress().expect("compressed");
    let mut document = Document::load_mem(&Pdf::showing("").bytes()).expect("a PDF");
    document.objects.insert((4, 0), lopdf::Object::Stream(bomb));
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).expect("saved");
    project.write("files/bomb.pdf", bytes);
    project.write(
        "files/parents.pdf",
        String::from_utf8(Pdf::showing("").bytes()).expect("text").replace("/Kids [3 0 R]", "/Kids [2 0 R]"),
    );
    let run = project.run(&["check", "--clean"]);
    assert!(matches!(run.code, 0 | 1), "{run:#?}");
    assert!(
        run.stderr.contains("OP710") && run.stderr.lines().last().is_some_and(|last| last.contains("warning")),
        "{run:#?}"
    );
}

#[test]
fn a_copy_never_takes_the_place_of_another_file() {
    let project = site_with(&info("/Author (HIDDEN)").bytes());
    project.write("cleaned/files/talks/poster.pdf", "mine");
    project.run(&["check", "--clean"]).says(0, &["already there with other content, and stays"]);
    assert_eq!(project.read("cleaned/files/talks/poster.pdf").as_deref(), Some("mine"));
    project.remove("cleaned");
    project.write("cleaned", "mine");
    project.run(&["check", "--clean"]).says(2, &["in the way"]);
    project.remove("cleaned");
    project.run(&["check", "--clean"]).says(0, &["Wrote cleaned/files/talks/poster.pdf"]);
    project.run(&["check", "--clean"]).says(0, &["Wrote cleaned/files/talks/poster.pdf"]);
    let run = project.run(&["build"]);
    assert!(run.code == 0 && !project.path("public/cleaned").exists());
    project.remove("files");
    project.run(&["check", "--clean"]).says(0, &["No PDF needs a clean copy"]);
}

/// What a form of the page draws, with resources of its own.
pub(crate) fn form(resources: &str, content: &str, more: &[String]) -> Pdf {
    let dict =
        format!("/Type /XObject /Subtype /Form /BBox [0 0 612 792] /Resources << /Font << /F1 5 0 R >> {resources} >>");
    let mut objects = vec![stream(&dict, content)];
    objects.extend(more.iter().cloned());
    Pdf { more: objects, ..Pdf::showing("/X Do") }
}

#[test]
fn text_that_may_be_seen_is_not_called_hidden_and_stays_in_the_copy() {
    let seen = "BT /F1 12 Tf 72 600 Td (SEEN) Tj ET";
    let after = |drawn: &str| Pdf::showing(&format!("{seen} {drawn}"));
    let before = |drawn: &str| Pdf::showing(&format!("{drawn} {seen}"));
    let picture = "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8";
    let pictures = [stream(&format!("{picture} /SMask 8 0 R"), "x"), stream(picture, "x")];
    let ink = ["<< /FunctionType 2 /Domain [0 1] /N 1 /C0 [0 0 0 0] /C1 [0 0 0 1] >>".to_owned()];
    let spaces = "/ColorSpace << /K [/Separation /Black /DeviceCMYK 7 0 R] >>";
    let kinds = [
        ("a diagonal", after("0 g 60 590 m 300 620 l 300 622 l 60 592 l f")),
        ("a ring", after("0 g 40 580 300 60 re 50 590 280 40 re f*")),
        (
            "a ring of paths",
            after("0 g 40 580 m 340 580 l 340 640 l 40 640 l h 50 590 m 50 630 l 330 630 l 330 590 l h f"),
        ),
        ("a frame", before("0 g 0 0 612 792 re 20 20 572 752 re f*")),
        ("a frame later", after("0 g 0 0 612 792 re 20 20 572 752 re f*")),
        ("a clipped bar", after("q 0 0 40 40 re W n 0 g 70 596 80 16 re f Q")),
        ("a bar in a round clip", after("q 60 590 m 61 700 62 700 64 590 c W n 0 g 60 596 80 16 re f Q")),
        ("a mask", form("/XObject << /P 7 0 R >>", &format!("{seen} q 300 0 0 60 60 580 cm /P Do Q"), &pictures)),
        (
            "a shading",
            form(
                "/Shading << /S 7 0 R >>",
                &format!("{seen} q 0 0 40 40 re W n /S sh Q"),
                &[String::from(
                    "<< /ShadingType 2 /ColorSpace /DeviceGray /Coords [0 0 9 9] /Function << /FunctionType 2 /Domain [0 1] /N 1 >> >>",
                )],
            ),
        ),
        ("an ink", form(spaces, &format!("/K cs 1 scn {seen}"), &ink)),
        ("white on clear", before("q /H gs 0 g 60 590 300 30 re f Q 1 g")),
        ("white on a thick line", before("20 w 60 604 m 300 604 l S 1 g")),
        ("an outline", before("1 g 2 Tr")),
    ];
    for (kind, pdf) in kinds {
        let mut document = Document::load_mem(&pdf.bytes()).expect("a PDF");
        document.trailer.set("Info", lopdf::dictionary! { "Author" => lopdf::Object::string_literal("Somebody Else") });
        let mut bytes = Vec::new();
        document.save_to(&mut bytes).expect("saved");
        let project = site_with(&bytes);
        let found = problems(&project);
        assert!(found.iter().all(|(code, _)| code == "OP711") && found.len() == 1, "{kind}: {found:?}");
        project.run(&["check", "--clean"]);
        let clean = std::fs::read(project.path("cleaned/files/talks/poster.pdf")).expect("the copy");
        let mut copy = Document::load_mem(&clean).expect("a PDF");
        copy.decompress();
        let mut plain = Vec::new();
        copy.save_to(&mut plain).expect("saved");
        assert!(plain.windows(6).any(|part| part == b"(SEEN)"), "{kind}");
    }
}

#[test]
fn a_bar_within_its_clip_is_named_and_a_drawing_seen_elsewhere_keeps_its_text() {
    let bar = "BT /F1 12 Tf 72 600 Td (HIDDEN) Tj ET q 60 590 300 30 re W n 0 g 0 0 612 792 re f Q";
    let found = problems(&site_with(&Pdf::showing(bar).bytes()));
    assert!(found.iter().any(|(code, message)| code == "OP713" && message.contains("HIDDEN")), "{found:?}");
    let drawn = "/X Do 0 g 70 596 80 16 re f q 1 0 0 1 0 -200 cm /X Do Q";
    let dict = "/Type /XObject /Subtype /Form /BBox [0 0 612 792] /Resources << /Font << /F1 5 0 R >> >>";
    let twice = Pdf { more: vec![stream(dict, "BT /F1 12 Tf 72 600 Td (TWICE) Tj ET")], ..Pdf::showing(drawn) };
    let project = site_with(&twice.bytes());
    project.run(&["check", "--clean"]);
    let clean = std::fs::read(project.path("cleaned/files/talks/poster.pdf")).expect("the copy");
    let mut copy = Document::load_mem(&clean).expect("a PDF");
    copy.decompress();
    let mut plain = Vec::new();
    copy.save_to(&mut plain).expect("saved");
    assert!(plain.windows(5).any(|part| part == b"TWICE"));
}
