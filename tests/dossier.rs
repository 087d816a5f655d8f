//! `offprint dossier`: every proof in its order, the index right to the page, every fault named.

mod common;

use std::fs;
use std::io::Cursor;

use common::Project;
use image::{DynamicImage, ImageFormat, RgbImage, RgbaImage};
use lopdf::content::{Content, Operation};
use lopdf::{Document, Object, Stream, dictionary};

const SITE: &str = "format: 1\nperson: {name: Priya Rao, family_name: Rao, given_names: Priya}\n";

/// A PDF of some pages, each of which says its name and number; fonts, size and turn stand in the node above the pages.
fn pdf(words: &str, pages: usize) -> Document {
    let mut file = Document::with_version("1.5");
    let root = file.new_object_id();
    let font = file.add_object(dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica" });
    let kids: Vec<Object> = (1..=pages)
        .map(|number| {
            let content = Content {
                operations: vec![
                    Operation::new("BT", vec![]),
                    Operation::new("Tf", vec!["F1".into(), 24.into()]),
                    Operation::new("Td", vec![72.into(), 600.into()]),
                    Operation::new("Tj", vec![Object::string_literal(format!("{words} leaf {number}"))]),
                    Operation::new("ET", vec![]),
                ],
            };
            let content = file.add_object(Stream::new(dictionary! {}, content.encode().expect("content")));
            file.add_object(dictionary! { "Type" => "Page", "Parent" => root, "Contents" => content }).into()
        })
        .collect();
    let count = i64::try_from(kids.len()).expect("a count");
    file.objects.insert(
        root,
        dictionary! {
            "Type" => "Pages",
            "Kids" => kids,
            "Count" => count,
            "Rotate" => count % 4 * 90,
            "MediaBox" => vec![0.into(), 0.into(), 612.into(), 792.into()],
            "Resources" => dictionary! { "Font" => dictionary! { "F1" => font } },
        }
        .into(),
    );
    let catalog = file.add_object(dictionary! { "Type" => "Catalog", "Pages" => root });
    file.trailer.set("Root", catalog);
    file.trailer.set(
        "ID",
        vec![
            Object::String(vec![7; 16], lopdf::StringFormat::Literal),
            Object::String(vec![7; 16], lopdf::StringFormat::Literal),
        ],
    );
    file
}

fn bytes(mut file: Document) -> Vec<u8> {
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).expect("a PDF");
    bytes
}

fn locked(mut file: Document, user: &str) -> Vec<u8> {
    let version = lopdf::EncryptionVersion::V2 {
        document: &file,
        owner_password: "owner",
        user_password: user,
        key_length: 128,
        permissions: lopdf::Permissions::all(),
    };
    let state = lopdf::EncryptionState::try_from(version).expect("a state");
    file.encrypt(&state).expect("locked");
    bytes(file)
}

fn picture(format: ImageFormat, wide: bool) -> Vec<u8> {
    let (width, height) = if wide { (90, 60) } else { (60, 90) };
    let mut bytes = Vec::new();
    let image = match format {
        ImageFormat::Png => {
            DynamicImage::ImageRgba8(RgbaImage::from_pixel(width, height, image::Rgba([200, 30, 30, 128])))
        }
        _ => DynamicImage::ImageRgb8(RgbImage::from_pixel(width, height, image::Rgb([30, 30, 200]))),
    };
    image.write_to(&mut Cursor::new(&mut bytes), format).expect("a picture");
    bytes
}

/// A proof: its name, its bytes, what the first page says and on how many pages, or what is wrong with it.
struct Made {
    name: String,
    bytes: Vec<u8>,
    pages: usize,
    fault: Option<&'static str>,
}

fn proof(number: usize) -> Made {
    let made = |ending: &str, bytes: Vec<u8>, pages| Made {
        name: format!("evidence/proof-{number:02}.{ending}"),
        bytes,
        pages,
        fault: None,
    };
    let words = format!("proof {number}");
    match number {
        7 => Made { fault: Some("is not there"), ..made("pdf", Vec::new(), 0) },
        11 => {
            let whole = bytes(pdf(&words, 3));
            Made { fault: Some("cannot be read"), ..made("pdf", whole[..whole.len() / 3].to_vec(), 0) }
        }
        13 => Made { fault: Some("is locked with a password"), ..made("pdf", locked(pdf(&words, 2), "secret"), 0) },
        17 => Made { fault: Some("is empty"), ..made("pdf", Vec::new(), 0) },
        19 => Made { fault: Some("has a form that cannot be shown"), ..made("docx", b"PK\x03\x04".to_vec(), 0) },
        23 => Made {
            fault: Some("cannot be read: it is no PDF, whatever its name says"),
            ..made("pdf", b"<html>sign in</html>".to_vec(), 0)
        },
        29 => made("pdf", locked(pdf(&words, 2), ""), 2),
        _ => match number % 5 {
            0 => made("jpg", picture(ImageFormat::Jpeg, number.is_multiple_of(2)), 1),
            1 => made("png", picture(ImageFormat::Png, number.is_multiple_of(2)), 1),
            2 => {
                let mail = format!(
                    "From: =?utf-8?Q?Chlo=C3=A9?= <chloe@wexcombe.example>\r\nTo: Priya Rao <rao@lakemoor.example>\r\nDate: Tue, 24 Nov 2026 10:00:00 -0600\r\nSubject: {words} by mail\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nDear Dr Rao,\r\n\r\naccept=C3=A9 {words} leaf 1\r\n"
                );
                made("eml", mail.into_bytes(), 1)
            }
            3 => made("txt", format!("{words} leaf 1, as text\n").into_bytes(), 1),
            _ => made("pdf", bytes(pdf(&words, number % 4 + 1)), number % 4 + 1),
        },
    }
}

const CRITERIA: [&str; 3] = ["awards", "judging", "scholarly-articles"];

/// Sixty awards with a proof each, of every form.
fn sixty() -> Project {
    let mut records = String::new();
    let project = Project::with(&[("site.yaml", SITE)]);
    for number in 1..=60 {
        let proof = proof(number);
        if proof.fault != Some("is not there") {
            project.write(&proof.name, &proof.bytes);
        }
        records += &format!(
            "- {{id: record-{number:02}, title: Record number {number}, by: A society, date: 2025, private: {{evidence: [{}], criteria: [{}]}}}}\n",
            proof.name,
            CRITERIA[number % 3]
        );
    }
    project.write("records/awards.yaml", records);
    project
}

fn run(project: &Project, arguments: &[&str]) -> common::Run {
    let arguments: Vec<&str> = ["dossier"].iter().chain(arguments).chain(&["--today", "2026-11-24"]).copied().collect();
    project.run(&arguments)
}

/// The text of each page, spaces and line ends as one space, so that a line break changes nothing.
fn texts(bytes: &[u8]) -> Vec<String> {
    let file = Document::load_mem(bytes).expect("a PDF");
    let pages = file.get_pages();
    let words = |page: &u32| file.extract_text(&[*page]).unwrap_or_default().split_whitespace().collect::<String>();
    pages.keys().map(words).collect()
}

/// The pages of each exhibit as the index says: `pp. 12–15` before `Exhibit 3.`.
fn said(index: &str) -> Vec<(String, usize, usize)> {
    let mut found = Vec::new();
    for (at, _) in index.match_indices("Exhibit") {
        let Some((number, _)) = index[at + 7..].split_once('.') else { continue };
        let Some(pages) = index[..at].rfind('p').map(|from| index[from..at].trim_start_matches('p')) else { continue };
        let Some(pages) = pages.strip_prefix('.') else { continue };
        let mut ends = pages.split('–').map(str::parse::<usize>);
        let (Some(Ok(first)), last) = (ends.next(), ends.next()) else { continue };
        found.push((number.to_owned(), first, last.and_then(Result::ok).unwrap_or(first)));
    }
    found
}

#[test]
fn sixty_exhibits_stand_where_the_index_says_and_every_fault_is_named() {
    let project = sixty();
    let run = run_in(&project, "dossier.pdf");
    assert_eq!((run.code, run.stdout.as_str()), (0, "dossier.pdf\n"), "{run:#?}");
    for (code, number, words) in [
        ("OP414", 7, "is not there"),
        ("OP931", 11, "cannot be read: it is a damaged PDF"),
        ("OP932", 13, "is locked with a password"),
        ("OP931", 17, "is empty"),
        ("OP934", 19, "has a form that cannot be shown"),
        ("OP931", 23, "it is no PDF, whatever its name says"),
    ] {
        let line = run.stderr.lines().find(|line| line.contains(&format!("proof-{number:02}."))).expect("a line");
        assert!(line.starts_with(&format!("warning[{code}]")) && line.contains(words), "{line}");
        assert!(run.stderr.contains(&format!("= record: record-{number:02}\n")), "{}", run.stderr);
    }
    assert_eq!(run.stderr.matches("warning[").count(), 6, "{}", run.stderr);
    assert!(run.stderr.contains("3 of 8 criteria have a record"), "{}", run.stderr);

    let file = fs::read(project.path("dossier.pdf")).expect("the dossier");
    let texts = texts(&file);
    let first_cover = texts.iter().position(|text| text.starts_with("Exhibit1Record")).expect("the first cover");
    let index: String = texts[..first_cover].concat();
    let (list, faults) = index.split_once("Proofsthataremissingorcannotberead").expect("a list of what is missing");
    let said = said(list);
    assert_eq!(said.len(), 60, "{index}");
    let mut next = first_cover + 1;
    let mut seen = Vec::new();
    for (number, first, last) in said {
        assert_eq!(first, next, "exhibit {number} follows the one before");
        next = last + 1;
        let cover = &texts[first - 1];
        assert!(cover.starts_with(&format!("Exhibit{number}Recordnumber")), "page {first}: {cover}");
        let record: usize = cover
            .split("Recordnumber")
            .nth(1)
            .and_then(|rest| rest.split('.').next())
            .and_then(|number| number.parse().ok())
            .expect("a record");
        let made = proof(record);
        assert_eq!(last - first, made.pages, "exhibit {number} has its cover and its proofs");
        for page in first + 1..=last {
            let text = &texts[page - 1];
            let leaf = format!("proof{record}leaf{}", page - first);
            assert!(text.contains(&format!("Exhibit{number},page{page}")), "page {page} says so itself: {text}");
            assert!(
                made.name.ends_with("jpg") || made.name.ends_with("png") || text.contains(&leaf),
                "page {page}: {text}"
            );
        }
        if let Some(fault) = made.fault {
            let words: String = format!("{}{fault}", made.name).split_whitespace().collect();
            assert!(cover.contains("nothere") && cover.contains(&words), "{cover}");
            assert!(faults.contains(&format!("Exhibit{number}{words}")), "{faults}");
        }
        seen.push(record);
    }
    assert_eq!(next - 1, texts.len(), "no page is left over");
    seen.sort_unstable();
    assert_eq!(seen, (1..=60).collect::<Vec<_>>());
    let mail = texts.iter().find(|text| text.contains("proof2bymail")).expect("the e-mail");
    for words in ["From", "Chloé<chloe@wexcombe.example>", "Tue,24Nov202610:00:00-0600", "acceptéproof2leaf1"] {
        assert!(mail.contains(words), "{words} in {mail}");
    }
}

fn run_in(project: &Project, out: &str) -> common::Run {
    run(project, &["--criteria", "o1a", "--out", out])
}

#[test]
fn two_runs_give_equal_bytes_and_numbers_stay_when_a_record_is_added() {
    let project = sixty();
    run_in(&project, "dossier.pdf");
    let first = fs::read(project.path("dossier.pdf")).expect("the dossier");
    run_in(&project, "dossier.pdf");
    assert!(first == fs::read(project.path("dossier.pdf")).expect("the dossier"), "the same bytes");
    let numbers = project.read("private/exhibits.yaml").expect("numbers");
    assert!(numbers.starts_with("# Exhibit numbers") && numbers.lines().count() == 61, "{numbers}");

    let records = project.read("records/awards.yaml").expect("records");
    let record = "- {id: new, title: A new one, by: B, date: 2026, private: {evidence: [evidence/proof-03.txt], criteria: [awards]}}\n";
    let without_last: String = records.lines().take(59).map(|line| format!("{line}\n")).collect();
    project.write("records/awards.yaml", format!("{record}{without_last}"));
    run_in(&project, "dossier.pdf");
    let after = project.read("private/exhibits.yaml").expect("numbers");
    assert_eq!(after, format!("{numbers}new: 61\n"), "a number is added and none is given twice");
    assert!(
        records
            == project.read("records/awards.yaml").expect("records").replace(record, "")
                + records.lines().last().expect("a line")
                + "\n"
    );
    project.run(&["check", "--today", "2026-11-24"]).says(0, &["OP414"]);
}

#[test]
fn an_exhibit_keeps_the_number_that_the_owner_wrote() {
    let project = Project::with(&[
        ("site.yaml", SITE),
        (
            "records/awards.yaml",
            "- {id: a, title: A, by: S, date: 2025, private: {evidence: [evidence/a.txt], criteria: [awards, judging], exhibit: C-10}}\n- {id: b, title: B, by: S, date: 2025, private: {evidence: [evidence/a.txt], criteria: [awards], exhibit: C-2}}\n- {id: c, title: C, by: S, date: 2025, private: {evidence: [evidence/a.txt], criteria: [judging], exhibit: c-2}}\n- {id: d, title: D, by: S, date: 2025, private: {criteria: [membership]}}\n- {id: e, title: E, by: S, date: 2025, private: {evidence: [evidence/a.txt], exhibit: \"1\"}}\n",
        ),
        ("evidence/a.txt", "a proof"),
    ]);
    let summary =
        run(&project, &["--criteria", "o1a"]).says(0, &["warning[OP930]: exhibit `c-2` is the number of another"]);
    assert_eq!(
        summary.stdout.lines().take(5).collect::<Vec<_>>(),
        [
            "Exhibits by criterion, O-1A: 3 of 8 criteria have a record",
            "  filled  Awards                  C-2, C-10",
            "  filled  Membership              1 without a proof",
            "  empty   Published material",
            "  filled  Judging                 C-10, 2",
        ]
    );
    assert!(!project.path("private").exists(), "nothing is written without --out");
    let ten = run(&project, &["--criteria", "eb1a"]).stdout;
    assert!(ten.contains("3 of 10 criteria have a record") && ten.contains("empty   Commercial success"), "{ten}");
    project.write("private/exhibits.yaml", "b: 1\n");
    run(&project, &["--criteria", "promotion"]).says(0, &["exhibit `1` is the number of `b` in private/exhibits.yaml"]);
    let kinds = run(&project, &["--criteria", "promotion"]).stdout;
    assert!(kinds.contains("1 of 8 kinds have a record") && kinds.contains("1 without a proof"), "{kinds}");
    project.run(&["check", "--today", "2026-11-24"]).says(
        0,
        &[
            "warning[OP930]: exhibit `c-2` is the number of another record as well",
            "the other is at records/awards.yaml:2",
        ],
    );
}

#[test]
fn a_folder_holds_a_file_for_each_exhibit_and_nobody_elses_is_touched() {
    let project = sixty();
    let run_folder = |out: &str| run(&project, &["--criteria", "o1a", "--out", out]);
    assert_eq!(run_folder("out").stdout, "out\n");
    let mut names: Vec<String> = fs::read_dir(project.path("out"))
        .expect("the folder")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .filter(|name| !name.starts_with('.'))
        .collect();
    names.sort();
    assert_eq!(names.len(), 62);
    assert!(
        names[0].starts_with("01-exhibit-1-record-") && names[60] == "index.md" && names[61] == "index.pdf",
        "{names:?}"
    );
    let index = project.read("out/index.md").expect("the index");
    for name in names.iter().filter(|name| name.contains("exhibit")) {
        let pages = texts(&fs::read(project.path(&format!("out/{name}"))).expect("a file")).len();
        let words = format!("{name}, {pages} page{}", if pages == 1 { "" } else { "s" });
        assert!(index.replace('\\', "").contains(&words), "{words} in {index}");
    }
    let first = fs::read(project.path("out/index.pdf")).expect("the index");
    project.write(
        "records/awards.yaml",
        project
            .read("records/awards.yaml")
            .expect("records")
            .lines()
            .take(2)
            .map(|line| format!("{line}\n"))
            .collect::<String>(),
    );
    run_folder("out");
    assert_eq!(fs::read_dir(project.path("out")).expect("the folder").count(), 5, "what a run before wrote is gone");
    assert!(first != fs::read(project.path("out/index.pdf")).expect("the index"));
    project.write("out/mine.txt", "mine");
    run_folder("out").says(2, &["mine.txt was not written by `offprint dossier`", "nothing was written"]);
    project.remove("out/mine.txt");
    project.write("out/index.md", "my notes");
    run_folder("out").says(2, &["index.md", "nothing was written"]);
    assert_eq!(project.read("out/index.md").as_deref(), Some("my notes"));
    project.write("letter.pdf", "%PDF-1.4 mine");
    run_folder("letter.pdf").says(2, &["is no dossier", "--force"]);
    assert_eq!(project.read("letter.pdf").as_deref(), Some("%PDF-1.4 mine"));
}

#[test]
fn a_dossier_is_refused_wherever_it_would_be_published() {
    let project = Project::with(&[
        ("site.yaml", &(SITE.to_owned() + "publish: {to: folder, path: ../www}\n")),
        (
            "records/awards.yaml",
            "- {id: a, title: A, by: S, date: 2025, private: {evidence: [evidence/a.txt], criteria: [awards]}}\n",
        ),
        ("evidence/a.txt", "CANARY proof"),
        ("private/exhibits.yaml", "a: 77\n"),
        ("files/shown.txt", "shown"),
    ]);
    project.run(&["build", "--out", "dist", "--today", "2026-11-24"]).clean();
    for out in [
        "public/d.pdf",
        "files/d.pdf",
        "files/dossier",
        "dist/d.pdf",
        "../www/d.pdf",
        ".",
        "pages",
        "records/../files/d.pdf",
        "evidence/d.pdf",
    ] {
        run(&project, &["--criteria", "o1a", "--out", out]).says(2, &["--out is for you alone", "help: "]);
        assert!(out == "." || out == "pages" || !project.path(out).exists(), "{out}");
    }
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(project.path("files"), project.path("door")).expect("a link");
        run(&project, &["--criteria", "o1a", "--out", "door/d.pdf"]).says(2, &["--out is for you alone"]);
    }
    run(&project, &["--criteria", "o1a", "--out", "private/d.pdf"]).clean();
    run(&project, &["--criteria", "o1a", "--out", "dossier"]).clean();
    let built = project.run(&["build", "--today", "2026-11-24"]);
    assert_eq!(built.code, 0, "{built:#?}");
    for entry in walkdir::WalkDir::new(project.path("public")) {
        let entry = entry.expect("an entry");
        if entry.file_type().is_file() {
            let bytes = fs::read(entry.path()).expect("readable");
            assert!(!String::from_utf8_lossy(&bytes).contains("CANARY"), "{}", entry.path().display());
            assert!(!entry.path().to_string_lossy().contains("dossier"));
        }
    }
}

/// A PDF whose page holds a list in a list in a list …
fn nested(depth: usize) -> Vec<u8> {
    let whole = bytes(pdf("deep", 1));
    let text = String::from_utf8_lossy(&whole).into_owned();
    let deep = format!("/Type/Page/X {}{}", "[".repeat(depth), "]".repeat(depth));
    assert!(text.contains("/Type/Page/"), "{text}");
    text.replacen("/Type/Page/", &format!("{deep}/"), 1).into_bytes()
}

#[test]
fn pictures_lie_as_they_were_taken_and_hostile_files_are_named() {
    let mut turned = picture(ImageFormat::Jpeg, true);
    // An EXIF block that says: turn by a quarter.
    let exif = b"\xFF\xE1\x00\x22Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0";
    turned.splice(2..2, exif.iter().copied());
    let mut bomb = pdf("bomb", 1);
    let root = bomb.catalog().and_then(|catalog| catalog.get(b"Pages")).and_then(Object::as_reference).expect("a root");
    let loops = bomb.get_dictionary_mut(root).expect("a node");
    loops.set("Kids", vec![Object::Reference(root), Object::Reference(root)]);
    let mut project_files: Vec<(&str, Vec<u8>)> = vec![
        ("evidence/turned.jpg", turned),
        ("evidence/loop.pdf", bytes(bomb)),
        ("evidence/deep.pdf", nested(200_000)),
        ("evidence/cut.jpg", picture(ImageFormat::Jpeg, true)[..200].to_vec()),
        ("evidence/letters.txt", "Prof. 佐藤 writes\n".as_bytes().to_vec()),
        ("evidence/none.eml", b"\x00\x01".to_vec()),
    ];
    let mut huge = bytes(pdf("huge", 1));
    huge.resize(101 * 1024 * 1024, b' ');
    project_files.push(("evidence/huge.pdf", huge));
    let project = Project::with(&[("site.yaml", SITE)]);
    let mut records = String::new();
    for (at, (name, content)) in project_files.iter().enumerate() {
        project.write(name, content);
        records += &format!(
            "- {{id: r{at}, title: R{at}, by: S, date: 2025, private: {{evidence: [{name}], criteria: [awards]}}}}\n"
        );
    }
    project.write("records/awards.yaml", records);
    let run = run_in(&project, "dossier.pdf");
    assert_eq!(run.code, 0, "{run:#?}");
    for (code, name) in [
        ("OP931", "loop.pdf"),
        ("OP931", "deep.pdf"),
        ("OP931", "cut.jpg"),
        ("OP931", "none.eml"),
        ("OP933", "huge.pdf"),
    ] {
        let named = run.stderr.lines().any(|line| line.starts_with(&format!("warning[{code}]")) && line.contains(name));
        assert!(named, "{code} {name} in {}", run.stderr);
    }
    assert!(run.stderr.contains("warning[OP935]: no font has 佐藤"), "{}", run.stderr);
    let file = Document::load(project.path("dossier.pdf")).expect("the dossier");
    let upright: Vec<bool> = file
        .get_pages()
        .values()
        .filter_map(|id| {
            let page = file.get_dictionary(*id).expect("a page");
            let (_, resources) = file.dereference(page.get(b"Resources").ok()?).ok()?;
            resources.as_dict().ok()?.get(b"XObject").ok()?;
            let size = page.get(b"MediaBox").and_then(Object::as_array).expect("a size");
            Some(size[3].as_float().expect("a number") > size[2].as_float().expect("a number"))
        })
        .collect();
    assert_eq!(upright, [true], "a lying picture that says it stands is upright");
}
