//! DICOM under any name, archives, Office documents, drawings and plain text.

use std::io::{Cursor, Write as _};

use crate::common::Project;
use crate::{SITE, problems};

const DICOM: [&[u8]; 3] = [
    include_bytes!("../fixtures/privacy/dicom-named.jpg"),
    include_bytes!("../fixtures/privacy/dicom-no-extension"),
    include_bytes!("../fixtures/privacy/dicom-no-preamble.png"),
];

fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in entries {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).expect("an entry");
        archive.write_all(content).expect("its content");
    }
    archive.finish().expect("an archive").into_inner()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(bytes).expect("written");
    packed.finish().expect("packed")
}

fn tar(name: &str, content: &[u8]) -> Vec<u8> {
    let mut head = vec![0_u8; 512];
    head[..name.len()].copy_from_slice(name.as_bytes());
    head[124..135].copy_from_slice(format!("{:011o}", content.len()).as_bytes());
    head[148..156].fill(b' ');
    head[156] = b'0';
    let sum: u32 = head.iter().map(|byte| u32::from(*byte)).sum();
    head[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
    let padding = vec![0; content.len().next_multiple_of(512) - content.len() + 1024];
    [head, content.to_vec(), padding].concat()
}

fn site_with(path: &str, bytes: &[u8]) -> Project {
    let project = Project::with(&[("site.yaml", SITE)]);
    project.write(path, bytes);
    project
}

#[test]
fn dicom_is_an_error_under_any_name_and_inside_archives_and_nothing_is_published() {
    for dicom in DICOM {
        let within = zip(&[("a/scan", dicom), ("readme.txt", b"x")]);
        let deck = zip(&[("[Content_Types].xml", b"<Types/>"), ("ppt/media/image1.jpg", dicom)]);
        for (path, bytes) in [
            ("files/photo.jpg", dicom.to_vec()),
            ("files/paper.pdf", dicom.to_vec()),
            ("files/table.csv", dicom.to_vec()),
            ("files/scan", dicom.to_vec()),
            ("files/data.zip", within.clone()),
            ("files/data.bin", within.clone()),
            ("files/again.zip", zip(&[("inner.zip", &within)])),
            ("files/talk.pptx", deck),
            ("files/scan.dcm.gz", gzip(dicom)),
            ("files/scans.tar", tar("a/scan", dicom)),
            ("files/scans.tar.gz", gzip(&tar("a/scan", dicom))),
            ("files/viewer.exe", [b"MZ\x90\0 a program", &within[..]].concat()),
            ("files/packed.zip", zip(&[("scan.gz", &gzip(dicom))])),
        ] {
            let project = site_with(path, &bytes);
            project.write("site.yaml", format!("{SITE}allow: [{{text: {path}, reason: I want it}}]\n"));
            let run = project.run(&["build"]);
            run.says(1, &["error[OP701]", path]);
            assert!(!project.path("public").exists(), "{path}");
        }
    }
}

#[test]
fn an_office_document_is_named_with_what_it_holds() {
    let project = site_with("files/slides.pptx", include_bytes!("../fixtures/privacy/slides-metadata.pptx"));
    project
        .run(&["check"])
        .says(0, &["OP718", "CANARY-pptx-creator-71", "1 slide with notes", "1 picture with hidden data"]);
    let letter = zip(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("docProps/app.xml", b"<Properties xmlns=\"x\"><Company>Lakemoor</Company></Properties>"),
        ("word/document.xml", b"<w:document xmlns:w=\"w\"><w:p><w:r><w:t>The patient (MRN </w:t></w:r><w:del w:id=\"1\"/><w:r><w:t>0045321)</w:t></w:r></w:p></w:document>"),
        ("word/comments.xml", b"<w:comments xmlns:w=\"w\"><w:p>Call me</w:p></w:comments>"),
    ]);
    let project = site_with("files/letter.docx", &letter);
    let words = ["Company `Lakemoor`", "tracked changes", "1 part with comments", "`MRN 0045321`"];
    project.run(&["check"]).says(0, &words);
    project.write("site.yaml", format!("{SITE}allow:\n  - {{text: files/letter.docx, reason: a form}}\n  - {{text: MRN 0045321, reason: a phantom}}\n"));
    assert_eq!(problems(&project), []);
    site_with("files/old.doc", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1").run(&["check"]).says(0, &["OP718"]);
}

#[test]
fn an_archive_that_cannot_be_looked_through_is_said_in_bounded_time_and_memory() {
    let bomb = zip(&[("zeros", &vec![0_u8; 80 * 1024 * 1024])]);
    let mut nested = zip(&[("a.txt", b"x")]);
    for _ in 0..6 {
        nested = zip(&[("inner.zip", &nested)]);
    }
    let mut cut = zip(&[("a.txt", b"words"), ("b.txt", b"more words")]);
    cut.truncate(cut.len() - 30);
    for bytes in [bomb, nested, cut] {
        let found = problems(&site_with("files/data.zip", &bytes));
        assert!(found.iter().any(|(code, _)| code == "OP710"), "{found:?}");
    }
    let found = problems(&site_with("files/data.zip", &zip(&[("tables/MRN4829137.csv", b"a,b\n1,2\n")])));
    assert!(found.iter().any(|(code, message)| code == "OP702" && message.contains("MRN4829137")), "{found:?}");
}

#[test]
fn what_is_published_uncleaned_is_named() {
    for (path, bytes, word) in [
        ("files/data.7z", b"7z\xBC\xAF\x27\x1C\0\x04".to_vec(), "7z"),
        ("files/data.rar", b"Rar!\x1A\x07\x01\0".to_vec(), "RAR"),
        ("files/clip.mp4", b"\0\0\0\x18ftypisom\0\0\0\0".to_vec(), "film"),
        ("files/cut.tar.gz", gzip(&tar("a", b"words")[..514]), "damaged"),
    ] {
        let found = problems(&site_with(path, &bytes));
        assert!(found.iter().any(|(code, message)| code == "OP710" && message.contains(word)), "{path}: {found:?}");
    }
    let exif = b"\x89PNG\r\n\x1a\n\0\0\0\x03eXIfRao\0\0\0\0";
    let drawing = b"<svg xmlns=\"http://www.w3.org/2000/svg\"><metadata>Rao</metadata></svg>";
    for (name, content) in [("a.png", &exif[..]), ("a.svg", drawing)] {
        let found = problems(&site_with("files/data.zip", &zip(&[(name, content)])));
        assert!(found.iter().any(|(code, message)| code == "OP718" && message.contains("hidden")), "{name}: {found:?}");
    }
    let picture =
        "<svg xmlns=\"http://www.w3.org/2000/svg\"><image href=\"data:image/tiff;base64,SUkqAFJhbw==\"/></svg>";
    let project = site_with("files/a.svg", picture.as_bytes());
    let found = problems(&project);
    assert!(found.iter().any(|(code, message)| code == "OP710" && message.contains("inside")), "{found:?}");
    project.run(&["build"]);
    assert!(project.read("public/files/a.svg").expect("published").contains("href=\"data:,\""));
}

#[test]
fn a_drawing_keeps_its_shapes_and_loses_all_else() {
    let project = site_with("files/diagram.svg", include_bytes!("../fixtures/privacy/diagram.svg"));
    let drawing = "<?xml version=\"1.0\"?>\n<!-- SECRET -->\n<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:i=\"http://www.inkscape.org/namespaces/inkscape\" viewBox=\"0 0 100 100\" onload=\"SECRET()\" i:label=\"SECRET\" data-owner=\"SECRET\">\n<metadata>SECRET</metadata><title>A sagittal view</title><script>SECRET()</script><a href=\"javascript:SECRET()\"><circle r=\"9\" onclick=\"SECRET()\"/></a><foreignObject>SECRET</foreignObject><text x=\"5000\">SECRET</text><text x=\"10\" y=\"20\">Seen</text><path d=\"M0 0h9\"/></svg>\n<!-- SECRET -->";
    project.write("files/drawing.svg", drawing);
    project.run(&["build"]).says(0, &["OP719", "a script"]);
    let clean = project.read("public/files/drawing.svg").expect("published");
    assert!(!clean.contains("SECRET"), "{clean}");
    for kept in [
        "<circle r=\"9\"",
        "<text x=\"10\" y=\"20\">Seen</text>",
        "<path d=\"M0 0h9\"/>",
        "viewBox",
        "<title>A sagittal view</title>",
    ] {
        assert!(clean.contains(kept), "{kept}: {clean}");
    }
    let diagram = project.read("public/files/diagram.svg").expect("published");
    assert!(!diagram.contains("CANARY") && diagram.contains("<svg"), "{diagram}");
    let project = site_with(
        "files/a.svg",
        b"<svg xmlns=\"http://www.w3.org/2000/svg\"><image href=\"https://elsewhere.example/x.png\"/></svg>",
    );
    project.run(&["check"]).says(0, &["OP719", "https://elsewhere.example/x.png"]);
}

#[test]
fn headings_and_keys_are_labels_of_what_stands_under_them() {
    for (path, text, place, words) in [
        ("files/a.csv", "MRN,Age,DOB\n4471902,54,1951-03-14\n", "files/a.csv:2:1", "`MRN: 4471902`"),
        ("files/a.csv", "Sex;DOB\nF;1951-03-14\n", "files/a.csv:2:3", "`DOB: 1951-03-14`"),
        ("files/a.csv", "id,Age at scan\n1,54\n2,93\n", "files/a.csv:3:3", "`Age: 93`"),
        ("files/a.tsv", "Sex\tPatientID\nF\t4471902\n", "files/a.tsv:2:3", "`Patient ID: 4471902`"),
        ("files/a.json", "{\n \"case\": {\"mrn\": \"4471902\"}\n}\n", "files/a.json:2:19", "`mrn: 4471902`"),
        ("files/a.json", "{\"patient\": {\n\"name\": \"Jane Doe\"}}", "files/a.json:2:10", "`patient name: Jane Doe`"),
        ("files/notes.md", "| Sex | MRN |\n|---|---|\n| F | 4471902 |\n", "files/notes.md:3:7", "`MRN: 4471902`"),
    ] {
        site_with(path, text.as_bytes()).run(&["check"]).says(0, &["OP702", place, words]);
    }
    for (path, text) in [
        ("files/a.csv", "Reader,Age group,MRN sequence\n4471902,90-94,12345\n"),
        ("files/a.json", "{\"doi\": \"10.5555/4471902\", \"name\": \"Jane Doe\", \"issued\": \"2024-03-14\"}"),
    ] {
        assert_eq!(problems(&site_with(path, text.as_bytes())), [], "{text}");
    }
}

#[test]
fn notebooks_are_searched_in_what_they_run_and_in_what_they_show() {
    let notebook = r##"{"cells": [
 {"cell_type": "markdown", "source": ["# Dural fistula\n", "Patient name: Jane Doe"]},
 {"cell_type": "code", "source": ["frame.head()"], "outputs": [
  {"output_type": "stream", "text": ["read accession no. 20250318-1142\n"]},
  {"data": {"text/plain": ["       MRN  age\n", "0  4471902   54"],
   "text/html": ["<table><tr><th></th><th>SSN</th></tr>", "<tr><th>0</th><td>078051120</td></tr></table>"]}}]}],
 "nbformat": 4}"##;
    let project = site_with("files/analysis.ipynb", notebook.as_bytes());
    project.run(&["check"]).says(
        0,
        &[
            "files/analysis.ipynb:2:61",
            "`Patient name: Jane Doe`",
            "files/analysis.ipynb:4:44",
            "`accession no. 20250318-1142`",
            "files/analysis.ipynb:5:",
            "`MRN: 4471902`",
            "files/analysis.ipynb:6:",
            "`SSN: 078051120`",
        ],
    );
    let silent = r#"{"cells": [{"source": ["import pandas\n"], "outputs": [{"data": {"text/plain": ["   n  AUC\n", "0  93  0.91"]}}]}]}"#;
    assert_eq!(problems(&site_with("files/analysis.ipynb", silent.as_bytes())), []);
}

#[test]
fn text_is_searched_in_the_encodings_and_formats_of_offices() {
    let words = "Née le 14/03/1951\nMRN 0045321\n";
    let little: Vec<u8> = [0xFF, 0xFE].into_iter().chain(words.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let big: Vec<u8> = [0xFE, 0xFF].into_iter().chain(words.encode_utf16().flat_map(u16::to_be_bytes)).collect();
    let old: Vec<u8> = words.chars().map(|letter| u8::try_from(u32::from(letter)).expect("Latin")).collect();
    for (path, bytes) in [("files/a.txt", &little), ("files/a.csv", &big), ("files/a", &little), ("files/a.txt", &old)]
    {
        let said = ["1:1", "`Née le 14/03/1951`", "2:1", "`MRN 0045321`"];
        site_with(path, bytes).run(&["check"]).says(0, &said);
    }
    let letter = b"{\\rtf1\\ansi{\\fonttbl{\\f0 Arial;}}{\\info{\\author Ada Lind}}N\\'e9e le 14/03/1951\\par MRN {\\b 00453}21\\par}";
    let said = ["`Née le 14/03/1951`", "`MRN 0045321`", "OP718", "author `Ada Lind`"];
    for path in ["files/letter.rtf", "files/letter.doc"] {
        site_with(path, letter).run(&["check"]).says(0, &said);
    }
    let within = zip(&[("a.txt", &little), ("b.rtf", letter), ("c.csv", b"Sex,MRN\nF,4471902\n")]);
    let said =
        ["`MRN 0045321` in `a.txt`", "`MRN 0045321` in `b.rtf`", "`MRN: 4471902` in `c.csv`", "author `Ada Lind`"];
    site_with("files/data.zip", &within).run(&["check"]).says(0, &said);
}

#[test]
fn of_a_very_long_text_the_beginning_is_searched_and_the_rest_is_said() {
    let text = format!("MRN 0045321\n{}", "words and words\n".repeat(600_000));
    let found = problems(&site_with("files/notes.txt", text.as_bytes()));
    let codes: Vec<_> = found.iter().map(|(code, _)| code.as_str()).collect();
    assert!(codes.len() == 2 && codes.contains(&"OP702") && codes.contains(&"OP710"), "{found:?}");
    let found = problems(&site_with("files/table.csv", &[0; 2000]));
    assert!(found.iter().any(|(code, message)| code == "OP710" && message.contains("no text")), "{found:?}");
}

#[test]
fn tables_and_captions_are_searched_with_line_and_column() {
    let project = site_with("files/cases.csv", b"id,age\nMRN 0045321,71\n");
    project.run(&["check"]).says(0, &["OP702", "files/cases.csv:2:1"]);
    assert_eq!(problems(&site_with("files/cases.csv", b"id,age\n1,71\n")), []);
}

#[test]
fn a_volume_of_a_scanner_is_an_error_under_any_name_and_nothing_is_published() {
    let mut volume = vec![0_u8; 4096];
    volume[..4].copy_from_slice(&348_u32.to_le_bytes());
    volume[344..348].copy_from_slice(b"n+1\0");
    for (path, bytes) in [
        ("files/head.nii", volume.clone()),
        ("files/data.bin", volume.clone()),
        ("files/head.nii.gz", gzip(&volume)),
        ("files/data.zip", zip(&[("sub/head.nii.gz", &gzip(&volume))])),
    ] {
        let project = site_with(path, &bytes);
        project.run(&["build"]).says(1, &["error[OP701]", path, "NIfTI"]);
        assert!(!project.path("public").exists());
    }
}
