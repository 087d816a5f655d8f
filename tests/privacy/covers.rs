//! What lies over the text and the pictures of a PDF: it is named, and a clean copy shows no more than the file.

use lopdf::{Document, Object};

use crate::common::Project;
use crate::documents::{Pdf, WORDS, site_with, stream, text};
use crate::problems;

const NAME: &str = "BT /F1 12 Tf 72 600 Td (HIDDEN) Tj ET";

/// A page with a name under an annotation.
fn under(entries: &str) -> Pdf {
    Pdf {
        page: "/Annots [6 0 R]",
        more: vec![
            format!("<< /Type /Annot /Rect [70 595 200 612] {entries} >>"),
            stream("/Type /XObject /Subtype /Form /BBox [0 0 10 10]", "0.1 g 0 0 10 10 re f"),
        ],
        ..Pdf::showing(NAME)
    }
}

fn clean(project: &Project) -> Vec<u8> {
    project.run(&["check", "--clean"]);
    std::fs::read(project.path("cleaned/files/talks/poster.pdf")).expect("the copy")
}

/// All that the pages of a PDF draw, as operators.
fn drawn(bytes: &[u8]) -> String {
    let document = Document::load_mem(bytes).expect("a PDF");
    let pages = document.page_iter().map(|page| document.get_page_content(page));
    pages.map(|content| String::from_utf8_lossy(&content).into_owned()).collect()
}

#[test]
fn a_name_under_an_annotation_is_cut_and_the_annotation_is_drawn_as_a_bar() {
    for entries in [
        "/Subtype /Square /IC [0 0 0]",
        "/Subtype /Square /AP << /N 7 0 R >>",
        "/Subtype /Circle /IC [0 0 0] /Rect [10 500 300 700]",
        "/Subtype /Redact",
        "/Subtype /Redact /QuadPoints [70 612 200 612 70 595 200 595]",
        "/Subtype /Highlight /C [0 0 0] /QuadPoints [70 612 200 612 70 595 200 595]",
        "/Subtype /FreeText /C [0 0 0] /DA (/Helv 9 Tf)",
        "/Subtype /Polygon /IC [0 0 0] /Vertices [60 590 210 590 210 615 60 617]",
        "/Subtype /Ink /C [0 0 0] /BS << /W 18 >> /InkList [[70 604 120 604 150 605]]",
        "/Subtype /Line /C [0 0 0] /BS << /W 18 >> /L [70 604 150 604]",
        "/Subtype /Stamp /AP << /N 7 0 R >>",
    ] {
        let project = site_with(&under(entries).bytes());
        let found = problems(&project);
        let named = |(code, message): &(String, String)| code == "OP713" && message.contains("`HIDDEN`");
        assert!(found.iter().any(named), "{entries}: {found:?}");
        let copy = clean(&project);
        assert!(!text(&copy).contains("HIDDEN") && text(&copy).contains("plain view"), "{entries}");
        let content = drawn(&copy);
        let after = content.rsplit("ET").next().expect("a part");
        assert!(after.contains("re f"), "{entries}: the bar stays: {content}");
        assert!(!copy.windows(7).any(|part| part == b"/Annots"), "{entries}");
        project.write("files/talks/poster.pdf", &copy);
        assert_eq!(problems(&project), [], "{entries}");
    }
}

#[test]
fn what_an_annotation_covers_of_a_picture_stays_covered_in_the_copy() {
    let picture = "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8";
    let pdf = Pdf {
        page: "/Annots [7 0 R]",
        more: vec![
            stream(picture, "x"),
            "<< /Type /Annot /Subtype /Square /Rect [110 290 210 310] /IC [1 1 0] /Contents (HIDDEN) >>".to_owned(),
        ],
        ..Pdf::showing("Q q q 200 0 0 200 100 200 cm /X Do")
    };
    let copy = clean(&site_with(&pdf.bytes()));
    let content = drawn(&copy);
    assert!(content.trim_end().ends_with("q 1 1 0 rg 110 290 100 20 re f Q"), "{content}");
    let operators: Vec<&str> = content.split_whitespace().collect();
    let count = |operator: &str| operators.iter().filter(|found| **found == operator).count();
    assert_eq!(count("q"), count("Q"), "the bar stands where it stood: {content}");
}

#[test]
fn a_copy_that_might_show_more_than_the_file_is_not_written() {
    let mut document = Document::load_mem(&under("/Subtype /Square /IC [0 0 0]").bytes()).expect("a PDF");
    let mut long = lopdf::Stream::new(lopdf::Dictionary::new(), vec![b' '; 70 << 20]);
    long.content.extend(WORDS.bytes());
    long.compress().expect("compressed");
    document.objects.insert((4, 0), Object::Stream(long));
    document.trailer.set("Info", lopdf::dictionary! { "Author" => Object::string_literal("HIDDEN") });
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).expect("saved");
    let project = site_with(&bytes);
    let found = problems(&project);
    assert!(found.iter().any(|(code, message)| code == "OP710" && message.contains("too long")), "{found:?}");
    project.run(&["check", "--clean"]).says(0, &["No clean copy of files/talks/poster.pdf"]);
    assert!(!project.path("cleaned").exists());
}

#[test]
fn no_copy_is_written_without_an_annotation_that_may_cover_a_name() {
    let picture = "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8";
    let pdf = |mask: &str| Pdf {
        page: "/Annots [6 0 R]",
        more: vec![
            "<< /Type /Annot /Subtype /Stamp /Rect [70 595 200 612] /Contents (HIDDEN) /AP << /N 7 0 R >> >>"
                .to_owned(),
            stream(
                "/Type /XObject /Subtype /Form /BBox [0 0 10 10] /Resources << /XObject << /P 8 0 R >> >>",
                "q 10 0 0 10 0 0 cm /P Do Q",
            ),
            stream(&format!("{picture} {mask}"), "x"),
            stream(picture, "x"),
        ],
        ..Pdf::showing("BT /F1 12 Tf 72 600 Td (Somebody) Tj ET")
    };
    let project = site_with(&pdf("/SMask 9 0 R").bytes());
    let found = problems(&project);
    assert!(found.iter().any(|(_, message)| message.contains("nobody can tell what it covers")), "{found:?}");
    project.run(&["check", "--clean"]).says(0, &["No clean copy of files/talks/poster.pdf"]);
    assert!(!project.path("cleaned").exists());
    let copy = clean(&site_with(&pdf("").bytes()));
    assert!(!text(&copy).contains("Somebody") && drawn(&copy).trim_end().ends_with("re f Q"));
}

#[test]
fn a_bar_of_any_form_over_a_name_is_seen() {
    let lines: String = (0..10).map(|at| format!("60 {} m 200 {} l S ", 594 + 2 * at, 594 + 2 * at)).collect();
    let rectangles: String = (0..20).map(|at| format!("{} 590 8 24 re f ", 60 + 8 * at)).collect();
    let shading = "/Shading << /S << /ShadingType 2 /ColorSpace /DeviceGray /Coords [0 0 9 0] /Extend [true true] /Function << /FunctionType 2 /Domain [0 1] /N 1 /C0 [0] /C1 [0.1] >> >> >>";
    for bar in [
        "16 w 70 604 m 200 604 l S".to_owned(),
        "20 w 60 600 m 100 603 l 200 608 l S".to_owned(),
        "0 g 60 590 m 210 592 l 210 620 l 60 616 l f".to_owned(),
        "0.1 g 20 600 m 20 700 300 700 300 600 c 300 500 20 500 20 600 c f".to_owned(),
        format!("2 w {lines}"),
        rectangles,
        "q 60 590 m 210 592 l 210 620 l 60 616 l h W n 0 g 0 0 612 792 re f Q".to_owned(),
        "q 60 590 200 30 re W n /S sh Q".to_owned(),
    ] {
        let resources = format!("/Font << /F1 5 0 R >> {shading}");
        let mut pdf = Pdf::showing(&format!("{NAME} {bar}")).bytes();
        pdf = String::from_utf8(pdf).expect("text").replacen("/Font << /F1 5 0 R >>", &resources, 1).into_bytes();
        let project = site_with(&pdf);
        let found = problems(&project);
        let named = |(code, message): &(String, String)| code == "OP713" && message.contains("`HIDDEN`");
        assert!(found.iter().any(named), "{bar}: {found:?}");
        let copy = clean(&project);
        assert!(!text(&copy).contains("HIDDEN") && text(&copy).contains("plain view"), "{bar}");
    }
}

#[test]
fn letters_that_are_a_stencil_or_outside_their_clip_are_named() {
    for (content, how) in [
        ("BT 7 Tr /F1 12 Tf 72 600 Td (HIDDEN) Tj ET", "without ink"),
        ("q 0 0 40 40 re W n BT /F1 12 Tf 72 600 Td (HIDDEN) Tj ET Q", "outside"),
        ("q 0 0 40 40 re W n 100 100 40 40 re W n BT /F1 12 Tf 10 10 Td (HIDDEN) Tj ET Q", "outside"),
    ] {
        let found = problems(&site_with(&Pdf::showing(content).bytes()));
        let named = |(code, message): &(String, String)| code == "OP712" && message.contains(how);
        assert!(found.iter().any(named), "{content}: {found:?}");
    }
    let filled = "q BT 7 Tr /F1 90 Tf 72 600 Td (SEEN) Tj ET 0.2 g 0 500 612 200 re f Q";
    assert_eq!(problems(&site_with(&Pdf::showing(filled).bytes())), []);
}

/// A page with a picture of 100 by 100 pixels, 200 points wide and high, and what is drawn after it.
fn picture_and(drawn: &str) -> Pdf {
    let picture = "/Type /XObject /Subtype /Image /Width 100 /Height 100 /ColorSpace /DeviceGray /BitsPerComponent 8";
    let content = format!("q 200 0 0 200 100 200 cm /X Do Q {drawn}");
    Pdf { more: vec![stream(picture, &"x".repeat(10_000))], ..Pdf::showing(&content) }
}

#[test]
fn a_dark_bar_over_a_part_of_a_picture_is_named() {
    for bar in
        ["0 g 110 380 90 14 re f", "10 w 110 387 m 190 387 l S", "0.1 g 150 300 m 190 300 l 190 340 l 150 342 l f"]
    {
        let project = site_with(&picture_and(bar).bytes());
        let found = problems(&project);
        let named = |(code, message): &(String, String)| code == "OP713" && message.contains("still in the picture");
        assert!(found.iter().any(named), "{bar}: {found:?}");
        project.run(&["check"]).says(1, &["cover it in the picture itself"]);
    }
    for harmless in [
        "",
        // A label with its ground, a light legend, an arrow, a scale, a frame, a bar beside the picture.
        "0 g 110 380 90 14 re f 1 g BT /F1 10 Tf 112 383 Td (Sagittal T2) Tj ET",
        "1 g 110 380 90 14 re f",
        "0 g 150 300 m 180 310 l 178 316 l 192 312 l 182 300 l 181 306 l f",
        "3 w 0 G 110 210 m 160 210 l S",
        "8 w 0 G 96 196 208 208 re S",
        "0 g 320 300 90 14 re f",
    ] {
        assert_eq!(problems(&site_with(&picture_and(harmless).bytes())), [], "{harmless}");
    }
}

#[test]
fn what_a_page_does_not_show_of_a_picture_is_named() {
    let cropped =
        Pdf { content: "q 110 210 40 180 re W n q 200 0 0 200 100 200 cm /X Do Q Q".to_owned(), ..picture_and("") };
    let beside = Pdf { content: format!("{WORDS} q 200 0 0 200 900 200 cm /X Do Q"), ..picture_and("") };
    let under = picture_and("1 g 90 190 220 220 re f");
    for (pdf, how) in [(cropped, "the file holds all"), (beside, "the file holds all"), (under, "that nobody sees")] {
        let found = problems(&site_with(&pdf.bytes()));
        let named = |(code, message): &(String, String)| code == "OP712" && message.contains(how);
        assert!(found.iter().any(named), "{found:?}");
    }
    let in_parts = "q 100 200 100 200 re W n q 200 0 0 200 100 200 cm /X Do Q Q q 200 200 100 200 re W n q 200 0 0 200 100 200 cm /X Do Q Q";
    let pdf = Pdf { content: format!("{WORDS} {in_parts}"), ..picture_and("") };
    assert_eq!(problems(&site_with(&pdf.bytes())), []);
}

#[test]
fn a_picture_that_is_listed_and_never_drawn_is_named_and_gone_from_the_copy() {
    let mut document = Document::load_mem(&picture_and("").bytes()).expect("a PDF");
    document.objects.insert((4, 0), Object::Stream(lopdf::Stream::new(lopdf::Dictionary::new(), WORDS.into())));
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).expect("saved");
    let project = site_with(&bytes);
    let found = problems(&project);
    assert!(
        found.iter().any(|(code, message)| code == "OP717" && message.contains("a picture that no page shows")),
        "{found:?}"
    );
    let copy = clean(&project);
    assert!(!copy.windows(6).any(|part| part == b"/Image"));
    project.write("files/talks/poster.pdf", &copy);
    assert_eq!(problems(&project), []);
}
