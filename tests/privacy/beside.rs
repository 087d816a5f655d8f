//! PDFs: words beside the pages, parts that no page shows, layers, and bars over a part of a line.

use lopdf::{Document, Object};

use crate::common::Project;
use crate::documents::{Pdf, WORDS, form, site_with, stream, text};
use crate::pictures::{dirty_jpeg, jpeg, picture};
use crate::problems;

/// The clean copy, which a check finds nothing in.
fn cleaned(pdf: &Pdf) -> Vec<u8> {
    cleaned_of(&site_with(&pdf.bytes()))
}

fn cleaned_of(project: &Project) -> Vec<u8> {
    let run = project.run(&["check", "--clean"]);
    assert!(!run.stderr.contains("still there"), "{run:#?}");
    let clean = std::fs::read(project.path("cleaned/files/talks/poster.pdf")).expect("the copy");
    project.write("files/talks/poster.pdf", &clean);
    assert_eq!(problems(project), []);
    clean
}

/// Every byte of a PDF, its streams unpacked.
fn plain(bytes: &[u8]) -> String {
    let mut document = Document::load_mem(bytes).expect("a PDF");
    document.decompress();
    let mut plain = Vec::new();
    document.save_to(&mut plain).expect("saved");
    String::from_utf8_lossy(&plain).into_owned()
}

fn with(catalog: &'static str, more: &[&str]) -> Pdf {
    Pdf { catalog, more: more.iter().map(|object| (*object).to_owned()).collect(), ..Pdf::showing("") }
}

/// Words beside the pages, each with what is said of the place; `SECRET` stands for them.
fn places() -> Vec<(&'static str, Pdf)> {
    let item = "<< /Type /StructElem /S /Figure /P 6 0 R";
    let tree = "/StructTreeRoot 6 0 R";
    let root = "<< /Type /StructTreeRoot /K [7 0 R] >>";
    let link = |action: &str| Pdf {
        page: "/Annots [6 0 R]",
        more: vec![format!("<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << {action} >> >>")],
        ..Pdf::showing("")
    };
    vec![
        ("description of a picture", with(tree, &[root, &format!("{item} /Alt (SECRET) >>")])),
        ("stand for others", with(tree, &[root, &format!("{item} /ActualText (SECRET) >>")])),
        ("abbreviation", with(tree, &[root, &format!("{item} /E (SECRET) >>")])),
        ("on page 1", Pdf::showing("/Span << /ActualText (SECRET) >> BDC BT /F1 12 Tf 72 600 Td (x) Tj ET EMC")),
        ("on page 1", form("", "/Span << /Alt (SECRET) >> BDC BT /F1 12 Tf 72 600 Td (x) Tj ET EMC", &[])),
        (
            "stand for others",
            form(
                "/Properties << /M << /ActualText (SECRET) >> >>",
                "/Span /M BDC BT /F1 12 Tf 72 600 Td (x) Tj ET EMC",
                &[],
            ),
        ),
        (
            "bookmark",
            with(
                "/Outlines 6 0 R",
                &[
                    "<< /Type /Outlines /First 7 0 R /Last 7 0 R /Count 1 >>",
                    "<< /Title (SECRET) /Parent 6 0 R /Dest [3 0 R /Fit] >>",
                ],
            ),
        ),
        ("label of a page", with("/PageLabels << /Nums [0 << /S /D /P (SECRET) >>] >>", &[])),
        (
            "name of a place",
            with("/Names << /Dests << /Names [(SECRET) [3 0 R /Fit]] /Limits [(SECRET) (SECRET)] >> >>", &[]),
        ),
        ("name of a place", with("/Dests << /SECRET#20 [3 0 R /Fit] /Plain [3 0 R /Fit] >>", &[])),
        (
            "name of a layer",
            with("/OCProperties << /OCGs [6 0 R] /D << /ON [6 0 R] >> >>", &["<< /Type /OCG /Name (SECRET) >>"]),
        ),
        (
            "comment",
            Pdf {
                page: "/Annots [<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] /Contents (SECRET) >>]",
                ..Pdf::showing("")
            },
        ),
        ("link", link("/S /URI /URI (https://x.example/?q=SECRET)")),
        ("link", link("/S /GoToR /D [0 /Fit] /F (SECRET)")),
    ]
}

#[test]
fn identifiers_in_words_beside_the_pages_are_named_with_the_place_and_gone_from_the_copy() {
    for (place, pdf) in places() {
        let secret = if pdf.catalog.contains("/Dests << /SECRET") { "MRN#200045321" } else { "MRN 0045321" };
        let bytes =
            String::from_utf8(pdf.bytes()).expect("text").replace("SECRET#20", secret).replace("SECRET", secret);
        let project = site_with(&refitted(&bytes));
        let found = problems(&project);
        let is_named = found
            .iter()
            .any(|(code, message)| code == "OP702" && message.contains("0045321") && message.contains(place));
        assert!(is_named, "{place}: {found:?}");
        let clean = cleaned_of(&project);
        assert!(!plain(&clean).contains("0045321"), "{place}: {}", plain(&clean));
        assert!(text(&clean).contains("Flow voids in plain view"), "{place}");
    }
}

#[test]
fn places_on_a_computer_are_named_and_gone_from_the_copy() {
    for (place, pdf) in places() {
        if pdf.catalog.contains("/Dests << /SECRET") || place == "comment" {
            continue;
        }
        for secret in ["C:\\\\Users\\\\HIDDEN\\\\scan.png", "file:///Users/HIDDEN/scan.pdf"] {
            let pdf = String::from_utf8(pdf.bytes()).expect("text").replace("https://x.example/?q=SECRET", "SECRET");
            let project = site_with(&refitted(&pdf.replace("SECRET", secret)));
            let found = problems(&project);
            let is_named = found.iter().any(|(code, message)| {
                code == "OP711" && message.contains("HIDDEN") && message.contains(place) && message.contains("computer")
            });
            assert!(is_named, "{place} {secret}: {found:?}");
            assert!(!plain(&cleaned_of(&project)).contains("HIDDEN"), "{place} {secret}");
        }
    }
}

/// Writes a PDF again whose parts have changed their lengths.
fn refitted(pdf: &str) -> Vec<u8> {
    let mut out = String::new();
    let mut places = Vec::new();
    let mut rest = &pdf[..pdf.rfind("xref\n0").expect("a table")];
    while let Some(at) = rest.find(" 0 obj\n") {
        let start = rest[..at].rfind('\n').map_or(0, |start| start + 1);
        out.push_str(&rest[..start]);
        places.push(out.len());
        let end = rest.find("endobj\n").expect("an end") + 7;
        let mut object = rest[start..end].to_owned();
        if let (Some(length), Some(begin), Some(stop)) =
            (object.find("/Length "), object.find("stream\n"), object.find("\nendstream"))
        {
            let digits = object[length + 8..].find(|letter: char| !letter.is_ascii_digit()).expect("an end");
            object.replace_range(length + 8..length + 8 + digits, &(stop - begin - 7).to_string());
        }
        out.push_str(&object);
        rest = &rest[end..];
    }
    let table = out.len();
    out.push_str(&format!("xref\n0 {}\n0000000000 65535 f \n", places.len() + 1));
    out.extend(places.iter().map(|place| format!("{place:010} 00000 n \n")));
    out.push_str(&format!("trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n", places.len() + 1));
    out.into_bytes()
}

#[test]
fn words_beside_the_pages_that_tell_nothing_stay_and_are_not_named() {
    let tree = with(
        "/StructTreeRoot 6 0 R /Outlines 8 0 R /PageLabels << /Nums [0 << /S /r /P (A-) >>] >> /Names << /Dests << /Names [(sec.1) [3 0 R /Fit]] >> >>",
        &[
            "<< /Type /StructTreeRoot /K [7 0 R] >>",
            "<< /Type /StructElem /S /Figure /P 6 0 R /Alt (Sagittal T2 of the cord, 3/5 slices) /ActualText (fl) >>",
            "<< /Type /Outlines /First 9 0 R /Last 9 0 R /Count 1 >>",
            "<< /Title (1 Methods: 2019/2020) /Parent 8 0 R /Dest [3 0 R /Fit] >>",
        ],
    );
    assert_eq!(problems(&site_with(&tree.bytes())), []);
    let dirty = Pdf { trailer: "/Info 10 0 R", ..tree };
    let more = [dirty.more.clone(), vec!["<< /Author (HIDDEN) >>".to_owned()]].concat();
    let plain = plain(&cleaned(&Pdf { more, ..dirty }));
    for kept in ["Sagittal T2", "(fl)", "1 Methods", "(A-)", "sec.1"] {
        assert!(plain.contains(kept), "{kept}");
    }
}

#[test]
fn what_no_page_shows_is_named_and_gone_from_the_copy() {
    let content = "BT /F1 12 Tf 72 600 Td (HIDDEN MRN 0045321) Tj ET";
    let page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 7 0 R /Resources << /Font << /F1 5 0 R >> >> >>";
    let image = "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8";
    let kinds = [
        ("a page taken out", Pdf { more: vec![page.to_owned(), stream("", content)], ..Pdf::showing("") }),
        ("content", Pdf { more: vec![stream("", content)], ..Pdf::showing("") }),
        (
            "a page that only tags lead to",
            Pdf {
                catalog: "/StructTreeRoot << /Type /StructTreeRoot /K [<< /S /P /Pg 6 0 R /K 0 >>] >>",
                more: vec![page.to_owned(), stream("", content)],
                ..Pdf::showing("")
            },
        ),
        ("a picture", Pdf { more: vec![stream(image, "HIDDEN")], ..Pdf::showing("") }),
    ];
    for (kind, pdf) in kinds {
        let found = problems(&site_with(&pdf.bytes()));
        assert!(
            found.iter().any(|(code, message)| code == "OP717" && message.contains("no page shows")),
            "{kind}: {found:?}"
        );
        let has_number = found.iter().any(|(code, message)| code == "OP702" && message.contains("0045321"));
        assert!(has_number || kind == "a picture", "{kind}: {found:?}");
        let plain = plain(&cleaned(&pdf));
        assert!(!plain.contains("HIDDEN"), "{kind}: {plain}");
    }
}

#[test]
fn what_stands_in_a_form_is_named_and_gone_from_the_copy() {
    let field = |entries: &str, more: Vec<String>| Pdf {
        catalog: "/AcroForm << /Fields [6 0 R] >>",
        page: "/Annots [6 0 R]",
        more: [vec![format!("<< /Type /Annot /Subtype /Widget /Rect [0 0 9 9] /T (name) {entries} >>")], more].concat(),
        ..Pdf::showing("")
    };
    let data = "<xfa:datasets xmlns:xfa=\"http://www.xfa.org/schema/xfa-data/1.0/\"><xfa:data><name>HIDDEN</name></xfa:data></xfa:datasets>";
    let kinds = [
        field("/FT /Tx /V (HIDDEN)", Vec::new()),
        field("/FT /Tx /DV (HIDDEN)", Vec::new()),
        field("/FT /Ch /V [(HIDDEN) (other)]", Vec::new()),
        field("/FT /Tx /V 7 0 R", vec![stream("", "HIDDEN")]),
        Pdf {
            catalog: "/AcroForm << /Fields [] /XFA [(template) 7 0 R (datasets) 6 0 R] >>",
            more: vec![stream("", data), stream("", "<template><caption>Name</caption></template>")],
            ..Pdf::showing("")
        },
    ];
    for pdf in kinds {
        let found = problems(&site_with(&pdf.bytes()));
        let is_named = found.iter().any(|(code, message)| code == "OP716" && message.contains("HIDDEN"));
        assert!(is_named, "{}: {found:?}", String::from_utf8_lossy(&pdf.bytes()));
        assert!(!plain(&cleaned(&pdf)).contains("HIDDEN"));
    }
}

/// A page whose layer `L` is switched off by `settings`, drawn through a form with resources of its own.
fn layered(settings: &str, group: &str, content: &str) -> Vec<u8> {
    let pdf = form(
        "/Properties << /L 7 0 R >> /XObject << /P 8 0 R >>",
        content,
        &[
            group.to_owned(),
            stream(
                "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8",
                "@",
            ),
            "<< /Type /OCG /Name (notes) >>".to_owned(),
        ],
    );
    let bytes = String::from_utf8(pdf.bytes()).expect("text");
    let catalog = format!("/Type /Catalog /OCProperties << /OCGs [7 0 R 9 0 R] /D << {settings} >> >>");
    refitted(&bytes.replace("/Type /Catalog", &catalog))
}

#[test]
fn layers_that_are_switched_off_are_named_by_what_they_hold_and_gone_from_the_copy() {
    let group = "<< /Type /OCG /Name (layer) >>";
    let words = "/OC /L BDC BT /F1 12 Tf 72 600 Td (HIDDEN) Tj ET EMC BT /F1 12 Tf 72 500 Td (SEEN) Tj ET";
    let drawing = "/OC /L BDC q 9 0 0 9 0 0 cm /P Do Q 77 66 5 5 re f EMC BT /F1 12 Tf 72 500 Td (SEEN) Tj ET";
    let kinds = [
        ("off", "/OFF [7 0 R]", group, words, "HIDDEN"),
        ("off from the start", "/BaseState /OFF /ON [9 0 R]", group, words, "HIDDEN"),
        ("one of several", "/OFF [9 0 R]", "<< /Type /OCMD /OCGs [9 0 R] >>", words, "HIDDEN"),
        ("all of several", "/OFF [9 0 R]", "<< /Type /OCMD /P /AllOn /OCGs [9 0 R 7 0 R] >>", words, "HIDDEN"),
        ("a drawing", "/OFF [7 0 R]", group, drawing, "has drawings on page 1 in a layer"),
    ];
    for (kind, settings, group, content, word) in kinds {
        let project = site_with(&layered(settings, group, content));
        let found = problems(&project);
        let is_named = found.iter().any(|(code, message)| {
            code == "OP712" && message.contains(word) && message.contains("a layer that is switched off")
        });
        assert!(is_named && found.len() == 1, "{kind}: {found:?}");
        let plain = plain(&cleaned_of(&project));
        assert!(!plain.contains("HIDDEN") && plain.contains("SEEN"), "{kind}: {plain}");
        assert!(!plain.contains("77 66 5 5 re\nf\n"), "{kind}: {plain}");
        assert!(kind != "a drawing" || !plain.contains("stream\n@"), "{kind}: {plain}");
    }
    for settings in ["/ON [7 0 R 9 0 R]", "/OFF [9 0 R]", ""] {
        assert_eq!(problems(&site_with(&layered(settings, group, words))), [], "{settings}");
    }
    let either = "<< /Type /OCMD /OCGs [9 0 R 7 0 R] >>";
    assert_eq!(problems(&site_with(&layered("/OFF [9 0 R]", either, words))), [], "one of two is on");
}

/// How far to the right the clean copy moves before the words after a gap, in one step for each.
fn gaps(bytes: &[u8]) -> Vec<f32> {
    let document = Document::load_mem(bytes).expect("a PDF");
    let page = document.page_iter().next().expect("a page");
    let content = lopdf::content::Content::decode(&document.get_page_content(page)).expect("operators");
    let parts =
        content.operations.iter().filter(|operation| operation.operator == "TJ").flat_map(|operation| match &operation
            .operands[..]
        {
            [Object::Array(parts)] => parts.clone(),
            _ => Vec::new(),
        });
    parts.filter_map(|part| part.as_float().ok()).collect()
}

#[test]
fn a_bar_over_a_part_of_a_line_is_named_with_its_letters_alone_which_are_gone_from_the_copy() {
    // In Helvetica of 12 points `Seen by ` is 47.4 wide and `Joan Whitcombe` 89.4 (Adobe's metrics).
    let line = "BT /F1 12 Tf 72 600 Td (Seen by Joan Whitcombe on a Monday) Tj ET";
    let bar = "0 g 119.5 596 89.2 16 re f";
    let kinds = [
        ("one string", line.to_owned()),
        (
            "parts",
            line.replace(
                "(Seen by Joan Whitcombe on a Monday) Tj",
                "[(Seen by J) 0 (oan Whit) 0 (combe on a Monday)] TJ",
            ),
        ),
        ("a new line", line.replace("72 600 Td (", "0 TL 72 600 Td (").replace("Tj", "'")),
        ("with room", line.replace("72 600 Td (", "0 TL 72 600 Td 0 0 (").replace("Tj", "\"")),
    ];
    for (kind, line) in kinds {
        let pdf = Pdf::showing(&format!("{line} {bar}"));
        let found = problems(&site_with(&pdf.bytes()));
        let named: Vec<_> = found.iter().filter(|(code, _)| code == "OP713").collect();
        assert!(named.len() == 1 && named[0].1.contains("`Joan Whitcombe`"), "{kind}: {found:?}");
        let clean = cleaned(&pdf);
        let words = text(&clean);
        assert!(
            !plain(&clean).contains("itcombe") && words.contains("Seen by") && words.contains("on a Monday"),
            "{kind}: {words}"
        );
        // One step alone, for how wide each letter was would tell which it was.
        let gaps = gaps(&clean);
        let [gap] = gaps.as_slice() else { panic!("{kind}: {gaps:?}") };
        assert!((gap + 89.4 / 12.0 * 1000.0).abs() < 10.0, "{kind}: the rest stays in its place: {gap}");
    }
    let white = Pdf::showing(&format!("{line} 1 g 119.5 596 89.2 16 re f"));
    let found = problems(&site_with(&white.bytes()));
    assert!(found.iter().any(|(code, message)| code == "OP712" && message.contains("`Joan Whitcombe`")), "{found:?}");
    // The widths that a file lists are those that count.
    let wide = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /FirstChar 32 /LastChar 122 /Widths [WIDE] >>";
    let wide = wide.replace("WIDE", &"1000 ".repeat(91));
    let drawn = "BT /F1 12 Tf 72 600 Td (Seen by Joan Whitcombe on a Monday) Tj ET 0 g 168 596 168 16 re f";
    let pdf = form("", drawn, &[]);
    let bytes = String::from_utf8(pdf.bytes()).expect("text");
    let bytes =
        bytes.replace("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>", &wide);
    let found = problems(&site_with(&refitted(&bytes)));
    assert!(found.iter().any(|(code, message)| code == "OP713" && message.contains("`Joan Whitcombe`")), "{found:?}");
    // A rule between columns, and a bar beside the words.
    for beside in ["0 g 130 590 0.5 30 re f", "0 g 300 596 80 16 re f", "0 g 72 590 200 3 re f"] {
        assert_eq!(problems(&site_with(&Pdf::showing(&format!("{line} {beside}")).bytes())), [], "{beside}");
    }
    let note =
        Pdf { page: "/Annots [<< /Type /Annot /Subtype /Redact /Rect [119.5 596 208.7 612] >>]", ..Pdf::showing(line) };
    let found = problems(&site_with(&note.bytes()));
    assert!(found.iter().any(|(code, message)| code == "OP713" && message.contains("`Joan Whitcombe`")), "{found:?}");
}

#[test]
fn a_photograph_packed_twice_loses_its_hidden_data_too() {
    let clean = jpeg(false, jpeg_encoder::ColorType::Rgb, picture().as_bytes());
    let dirty = dirty_jpeg(&clean, b"MM\0*\0\0\0\x08\0\0");
    // Groups of four bytes as five letters (ISO 32000-1, 7.4.3); what is missing in the last is filled up.
    let mut letters = String::new();
    for group in dirty.chunks(4) {
        let mut four = [0; 4];
        four[..group.len()].copy_from_slice(group);
        let mut number = u32::from_be_bytes(four);
        let mut five = [0_u8; 5];
        for digit in five.iter_mut().rev() {
            *digit = b'!' + u8::try_from(number % 85).expect("a digit");
            number /= 85;
        }
        letters.extend(five[..=group.len()].iter().map(|letter| char::from(*letter)));
    }
    letters.push_str("~>");
    let dict = "/Type /XObject /Subtype /Image /Width 40 /Height 24 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter [/ASCII85Decode /DCTDecode]";
    let pdf = Pdf { more: vec![stream(dict, &letters)], ..Pdf::showing("q 40 0 0 24 300 300 cm /X Do Q") };
    let found = problems(&site_with(&pdf.bytes()));
    assert!(
        found.iter().any(|(code, message)| code == "OP711" && message.contains("hidden data of the camera")),
        "{found:?}"
    );
    let copy = cleaned(&pdf);
    let document = Document::load_mem(&copy).expect("a PDF");
    let photograph = document
        .objects
        .values()
        .filter_map(|object| object.as_stream().ok())
        .find(|stream| stream.filters().is_ok_and(|filters| filters == [b"DCTDecode"]));
    let photograph = &photograph.expect("the picture").content;
    assert!(!photograph.windows(6).any(|part| part == b"SECRET"));
    let seen = image::load_from_memory(photograph).expect("a picture").to_rgb8();
    assert!(seen == image::load_from_memory(&clean).expect("a picture").to_rgb8());
    assert!(text(&copy).contains("Flow voids") && WORDS.contains("Flow voids"));
}

#[test]
fn letters_of_a_font_of_two_bytes_are_read_searched_and_cut_one_by_one() {
    let codes: String = "MRN 0045321 is hers".bytes().map(|letter| format!("{:04x}", letter - 29)).collect();
    // Every letter is 600 wide but the space, of 300: the number begins 7.2 * 3 + 3.6 behind the start.
    let drawn = format!("BT /T 12 Tf 72 600 Td <{codes}> Tj ET 0 g 97 596 50.6 16 re f");
    let list = "1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0003> <0061> <0020> endbfrange";
    let dict = "/Type /XObject /Subtype /Form /BBox [0 0 612 792] /Resources << /Font << /T 7 0 R >> >>";
    let pdf = Pdf {
        more: vec![
            stream(dict, &drawn),
            "<< /Type /Font /Subtype /Type0 /BaseFont /Own /Encoding /Identity-H /ToUnicode 8 0 R /DescendantFonts [9 0 R] >>".to_owned(),
            stream("", list),
            "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Own /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 500 /W [3 [300] 4 97 600] >>".to_owned(),
        ],
        ..Pdf::showing("/X Do")
    };
    let found = problems(&site_with(&pdf.bytes()));
    let named = |id: &str, words: &str| found.iter().any(|(code, message)| code == id && message.contains(words));
    assert!(named("OP702", "MRN 0045321") && named("OP713", "`0045321`"), "{found:?}");
    let plain = plain(&cleaned(&pdf)).to_lowercase();
    let hex = |word: &str| word.bytes().map(|letter| format!("{:04x}", letter - 29)).collect::<String>();
    assert!(plain.contains(&hex("hers")) && !plain.contains(&hex("0045")), "{plain}");
}
