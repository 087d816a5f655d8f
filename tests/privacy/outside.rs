//! What a PDF holds outside its pages' objects, and PDFs that are locked against copying alone.

use std::io::Write;

use lopdf::encryption::crypt_filters::{Aes256CryptFilter, CryptFilter};
use lopdf::{Document, EncryptionState, EncryptionVersion, Object, Permissions};

use crate::common::Project;
use crate::documents::{Pdf, site_with};
use crate::problems;

fn dicom() -> Vec<u8> {
    let mut bytes = vec![0; 128];
    bytes.extend(b"DICM\x02\0\0\0UL\x04\0\0\0\0\0");
    bytes.extend(b"HIDDEN^NAME");
    bytes
}

fn clean(project: &Project) -> Vec<u8> {
    project.run(&["check", "--clean"]);
    std::fs::read(project.path("cleaned/files/talks/poster.pdf")).expect("the copy")
}

#[test]
fn dicom_inside_or_behind_a_pdf_stops_the_site() {
    let mut behind = Pdf::showing("").bytes();
    behind.extend(dicom());
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    archive.start_file("IM0001", zip::write::SimpleFileOptions::default()).expect("started");
    archive.write_all(&dicom()).expect("written");
    let mut polyglot = Pdf::showing("").bytes();
    polyglot.extend(archive.finish().expect("finished").into_inner());
    let mut document = Document::load_mem(&Pdf::showing("").bytes()).expect("a PDF");
    document.add_object(lopdf::Stream::new(lopdf::Dictionary::new(), dicom()));
    let mut inside = Vec::new();
    document.save_to(&mut inside).expect("saved");
    for (kind, bytes) in [("behind", behind), ("archive", polyglot), ("inside", inside)] {
        let project = site_with(&bytes);
        let found = problems(&project);
        assert!(found.iter().any(|(code, _)| code == "OP701"), "{kind}: {found:?}");
        if kind != "inside" {
            project.write("files/talks/poster.pdf", clean(&project));
            assert_eq!(problems(&project), [], "{kind}");
        }
    }
}

#[test]
fn words_outside_the_objects_are_named_and_gone_from_the_copy() {
    let plain = String::from_utf8(Pdf::showing("").bytes()).expect("text");
    for (bytes, how) in [
        (format!("{plain}HIDDEN patient"), "behind its end"),
        (format!("HIDDEN patient\n{plain}"), "before its beginning"),
        (plain.replace("xref\n0", "% HIDDEN patient\nxref\n0"), "a remark"),
        (plain.replace("/MediaBox", "/Thumb 6 0 R /MediaBox"), "small picture"),
        (
            plain.replace("/Type /Catalog", "/Type /Catalog /OpenAction << /S /URI /URI (https://hidden.example/) >>"),
            "as soon as it is opened",
        ),
    ] {
        let project = site_with(bytes.as_bytes());
        let found = problems(&project);
        assert!(found.iter().any(|(_, message)| message.contains(how)), "{how}: {found:?}");
        let copy = clean(&project);
        assert!(!copy.windows(6).any(|part| part == b"HIDDEN"), "{how}");
        project.write("files/talks/poster.pdf", &copy);
        assert_eq!(problems(&project), [], "{how}");
    }
    let of_programs = plain.replace("xref\n0", "% Written by a program\n%% Page 1\nxref\n0");
    assert_eq!(problems(&site_with(of_programs.as_bytes())), []);
    let layer = Pdf {
        catalog: "/OCProperties << /OCGs [6 0 R] /D << /ON [6 0 R] >> >> /PieceInfo << >>",
        more: vec!["<< /Type /OCG /Name (HIDDEN patient) >>".to_owned()],
        ..Pdf::showing("")
    };
    let copy = clean(&site_with(&layer.bytes()));
    assert!(!copy.windows(6).any(|part| part == b"HIDDEN"));
}

/// A PDF that opens with a password, wherever the lock stands in it.
fn locked(password: &str, is_apart: bool) -> Vec<u8> {
    let mut document =
        Document::load_mem(&Pdf::showing("BT /F1 12 Tf 72 600 Td (MRN 0045321) Tj ET").bytes()).expect("a PDF");
    let id = Object::string_literal("0123456789abcdef");
    document.trailer.set("ID", vec![id.clone(), id]);
    let filter: std::sync::Arc<dyn CryptFilter> = std::sync::Arc::new(Aes256CryptFilter);
    let version = EncryptionVersion::V5 {
        encrypt_metadata: true,
        crypt_filters: [(b"StdCF".to_vec(), filter)].into(),
        file_encryption_key: &[7; 32],
        stream_filter: b"StdCF".to_vec(),
        string_filter: b"StdCF".to_vec(),
        owner_password: "owner",
        user_password: password,
        permissions: Permissions::PRINTABLE,
    };
    document.encrypt(&EncryptionState::try_from(version).expect("a lock")).expect("locked");
    if !is_apart {
        let id = document.trailer.get(b"Encrypt").and_then(Object::as_reference).expect("an object");
        let lock = document.objects.remove(&id).expect("a lock");
        document.trailer.set("Encrypt", lock);
    }
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).expect("saved");
    bytes
}

#[test]
fn a_pdf_that_is_locked_against_copying_alone_is_read_and_cleaned() {
    for is_apart in [true, false] {
        let project = site_with(&locked("", is_apart));
        let found = problems(&project);
        assert!(found.len() == 1 && found[0].1.contains("`MRN 0045321` on page 1"), "{found:?}");
        let found = problems(&site_with(&locked("secret", is_apart)));
        assert!(found.len() == 1 && found[0].1.contains("locked with a password"), "{found:?}");
    }
}

#[test]
fn the_cv_that_the_site_makes_may_be_published_as_a_file() {
    let project = site_with(&Pdf::showing("").bytes());
    project.run(&["cv", "--out", "cv.pdf"]).says(0, &[]);
    let cv = std::fs::read(project.path("cv.pdf")).expect("a CV");
    project.write("files/talks/poster.pdf", cv);
    assert_eq!(problems(&project), []);
}
