//! A canary in every private place that the schema knows, so that no new field can be forgotten: what
//! is not listed here as public must not be in any byte of the output.

use std::collections::BTreeMap;

use offprint::record::schema::{FileSchema, all};
use serde_json::{Map, Value, json};

use crate::common::{PDF, Project};
use crate::look::{hit, look, numbers, views};

/// Begins every canary; four letters follow.
const CANARY: &str = "qzcanary";
/// The year of the first day that is one.
const FIRST_YEAR: usize = 1_001;
const MOST_DAYS: usize = 200;
/// The first number that is one.
const FIRST_NUMBER: usize = 7_734_001;

/// Fields that a public record of a kind shows, or is found by. All others of it are private.
fn public(name: &str) -> Vec<&'static str> {
    let shared = "id title date threads project follows featured why summary url role visibility aliases";
    let own = match name {
        "publications" => {
            "type status category peer_reviewed authors my_position author_count equal corresponding mentees credit my_part \
             journal journal_abbr volume issue pages epub_date submitted accepted book_title editors edition publisher place \
             isbn server website accessed language title_original doi pmid pmcid arxiv issn registration pdf code data video \
             open_access replaced_by correction citations abstract keywords genre number version series series_number event \
             event_place mine"
        }
        "presentations" => {
            "type authors conference event scope place end_date format number award presenter minutes audience slides poster \
             video doi peer_reviewed status events"
        }
        "awards" => "by scope for amount selection",
        "grants" => "funder program number mentor amount start end status",
        "service" => "kind organization scope start end count years frequency setting",
        "teaching" => {
            "kind audience organization start end times hours evaluation name name_public level outcome frequency setting"
        }
        "training" => "kind organization place start end expires honors supervisor thesis public frequency setting",
        "media" => "kind outlet author about_me",
        // A public project shows its title, stage and threads only.
        "projects" => return "id title threads visibility aliases stage public date featured".split(' ').collect(),
        _ => return Vec::new(),
    };
    shared.split(' ').chain(own.split_whitespace()).collect()
}

/// The parts of `site.yaml` that are shown, by path; `person.email` is not, without `show_email`.
const PUBLIC_SITE: [&str; 25] = [
    "format",
    "person.name",
    "person.name_native",
    "person.family_name",
    "person.given_names",
    "person.credentials",
    "person.pronouns",
    "person.name_variants",
    "person.headline",
    "person.photo",
    "person.photo_alt",
    "person.show_email",
    "person.location",
    "person.languages",
    "ids",
    "programme",
    "theme_of_work",
    "site",
    "cvs",
    "publish.to",
    "publish.domain",
    "publish.repository",
    "share_pages.show_status",
    "share_pages.expires",
    "share_pages.referees",
];

/// Plants canaries while it fills a schema.
#[derive(Debug, Default)]
struct Planter {
    /// Where each canary was planted, in the order of their numbers.
    planted: Vec<String>,
    /// Numbers and years that stand nowhere else, each with its place.
    numbers: Vec<(String, String)>,
    /// Places whose values are words of a list, yes or no, or something that must be there: they cannot hold one.
    other: Vec<String>,
}

impl Planter {
    fn canary(&mut self, place: &str) -> String {
        let mut number = self.planted.len();
        let mut letters = String::new();
        for _ in 0..4 {
            letters.push(char::from(b'a' + u8::try_from(number % 26).expect("a letter")));
            number /= 26;
        }
        self.planted.push(place.to_owned());
        format!("{CANARY}{letters}")
    }

    fn number(&mut self, first: usize, place: &str) -> usize {
        let number = first + self.numbers.len();
        self.numbers.push((number.to_string(), place.to_owned()));
        number
    }

    /// Fills a schema; `root` holds its definitions, `skips` says of a path whether it is left out.
    fn fill(&mut self, root: &Value, schema: &Value, path: &str, skips: &dyn Fn(&str) -> bool) -> Option<Value> {
        if skips(path) {
            return None;
        }
        if let Some(name) = schema["$ref"].as_str() {
            let found = root.pointer(name.trim_start_matches('#')).expect("a definition");
            return self.fill(root, found, path, skips);
        }
        let variants = ["anyOf", "oneOf", "allOf"].iter().find_map(|key| schema[*key].as_array());
        if let Some(variants) = variants {
            let is_null = |variant: &&Value| variant["type"] == "null";
            let first = variants.iter().find(|variant| !is_null(variant))?;
            return self.fill(root, first, path, skips);
        }
        if let Some(word) = schema["enum"].as_array().and_then(|words| words.first()).or_else(|| schema.get("const")) {
            self.other.push(path.to_owned());
            return Some(word.clone());
        }
        let is = |kind: &str| {
            schema["type"] == kind || schema["type"].as_array().is_some_and(|kinds| kinds.contains(&kind.into()))
        };
        if let Some(fields) = schema["properties"].as_object() {
            return Some(Value::Object(self.object(root, fields, path, skips)));
        }
        if is("array") {
            return Some(Value::Array(self.fill(root, &schema["items"], path, skips).into_iter().collect()));
        }
        if schema["pattern"].is_string() {
            // What is sent in and accepted is so before it is out.
            let is_early = path == "submitted" || path == "accepted";
            let year = self.number(if is_early { FIRST_YEAR } else { FIRST_YEAR + MOST_DAYS }, path);
            return Some(format!("{year}-07-19").into());
        }
        if is("string") {
            return self.text(path);
        }
        if is("object") && path != "private" {
            self.other.push(path.to_owned());
            return None;
        }
        if is("object") {
            if schema["additionalProperties"].is_object() {
                self.other.push(path.to_owned());
                return None;
            }
            return Some(self.free(path));
        }
        // The places of featured works are three.
        if path == "featured" {
            self.other.push(path.to_owned());
            return None;
        }
        if ["integer", "number"].into_iter().any(is) {
            return Some(self.number(FIRST_NUMBER, path).into());
        }
        if is("boolean") {
            self.other.push(path.to_owned());
            return None;
        }
        // Anything may stand here.
        (path == "private").then(|| self.free(path))
    }

    fn object(
        &mut self,
        root: &Value,
        fields: &Map<String, Value>,
        path: &str,
        skips: &dyn Fn(&str) -> bool,
    ) -> Map<String, Value> {
        let filled = fields.iter().filter_map(|(name, schema)| {
            let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
            Some((name.clone(), self.fill(root, schema, &path, skips)?))
        });
        filled.collect()
    }

    fn free(&mut self, path: &str) -> Value {
        json!({"visa": self.canary(path), "list": [self.canary(path)], "deeper": {"still": self.canary(path)}})
    }

    /// A text in the form that its field asks for.
    fn text(&mut self, path: &str) -> Option<Value> {
        let name = path.rsplit('.').next().unwrap_or_default();
        let mut canary = || self.canary(path);
        let value = match name {
            "url" | "slides" | "poster" | "video" | "code" | "data" | "pdf" | "endpoint" => {
                format!("https://{}.example/", canary())
            }
            "doi" => format!("10.5555/{}", canary()),
            "aliases" | "id" => canary(),
            "email" => format!("{}@hidden.example", canary()),
            "evidence" => format!("evidence/{}.txt", canary()),
            // Their form is that of a number, or of something that is there.
            "pmid" | "pmcid" | "arxiv" | "isbn" | "issn" | "nct" | "prospero" | "orcid" | "threads" | "project"
            | "follows" | "replaced_by" | "credit" | "for" | "conference" | "equal" | "corresponding" | "mentees"
            | "language" | "photo" | "cv" | "referees" | "check_in_every" => {
                self.other.push(path.to_owned());
                return None;
            }
            _ => format!("{} of {name}", canary()),
        };
        Some(value.into())
    }
}

/// What a record of a kind needs to be read: as one that is public, where it is.
fn needed(name: &str) -> Value {
    match name {
        "publications" => {
            json!({"title": "A public paper", "authors": "Oyelaran-Quist ZA", "journal": "Radiology", "date": "2024", "doi": "10.5555/shown.1"})
        }
        "presentations" => {
            json!({"title": "A public talk", "type": "oral", "authors": "Oyelaran-Quist ZA", "event": "Grand rounds", "date": "2024"})
        }
        "awards" => json!({"title": "A public award", "by": "A society", "date": "2024"}),
        "grants" => json!({"title": "A public grant", "funder": "A foundation", "status": "awarded", "start": "2024"}),
        "service" => {
            json!({"title": "Public service", "kind": "committee", "organization": "Lakemoor", "start": "2024"})
        }
        "teaching" => {
            json!({"title": "Public teaching", "kind": "course", "organization": "Lakemoor", "start": "2024"})
        }
        "training" => {
            json!({"title": "Public training", "kind": "residency", "organization": "Lakemoor", "start": "2024"})
        }
        "media" => {
            json!({"title": "Public news", "kind": "news", "outlet": "The Courier", "date": "2024", "url": "https://courier.example/"})
        }
        "projects" => {
            json!({"title": "A public project", "public": true, "stage": "analysis", "updated": "2026-11-01"})
        }
        _ => json!({}),
    }
}

fn over(record: &mut Value, fields: Value) {
    let (Value::Object(record), Value::Object(fields)) = (record, fields) else { panic!("two maps") };
    record.extend(fields);
}

/// The text of the file of a schema, with canaries in all that is private of it.
fn file(planter: &mut Planter, schema: &FileSchema) -> Value {
    let root = &schema.value;
    let item = if root["items"].is_object() { &root["items"] } else { root };
    let name = schema.name;
    let record = |planter: &mut Planter, what: &str, skips: &dyn Fn(&str) -> bool| {
        let before = planter.planted.len();
        let filled = planter.fill(root, item, "", skips).expect("a record");
        for place in &mut planter.planted[before..] {
            *place = format!("{}: {place} of {what}", schema.file);
        }
        filled
    };
    match name {
        "publications" | "presentations" | "awards" | "grants" | "service" | "teaching" | "training" | "media"
        | "projects" => {
            let open = public(name);
            let skips = |path: &str| open.contains(&path);
            let mut shown = record(planter, "a public record", &skips);
            over(&mut shown, needed(name));
            let mut hidden = record(planter, "a private record", &|_| false);
            let mut fixed = needed(name);
            for key in [
                "title",
                "date",
                "start",
                "updated",
                "journal",
                "by",
                "funder",
                "organization",
                "outlet",
                "url",
                "doi",
                "event",
                "public",
            ] {
                fixed.as_object_mut().expect("a map").remove(key);
            }
            over(&mut hidden, fixed);
            over(&mut hidden, json!({"visibility": "private", "id": format!("{CANARY}-{name}")}));
            let mut third = needed(name);
            over(&mut third, json!({"title": "Another", "id": "kept-apart", "doi": "10.5555/another"}));
            if name == "awards" {
                third.as_object_mut().expect("a map").remove("doi");
                return json!([shown, hidden, third]);
            }
            json!([shown, hidden])
        }
        "people" | "conferences" => {
            let mut one = record(planter, "a person or meeting", &|_| false);
            over(&mut one, json!({"id": format!("{CANARY}-{name}")}));
            json!([one])
        }
        "site" => {
            let is_public = |path: &str| PUBLIC_SITE.contains(&path);
            let mut site = record(planter, "the site", &is_public);
            let person = site["person"].as_object_mut().expect("a map");
            person.extend([
                ("name".to_owned(), "Zainab Amelie Oyelaran-Quist".into()),
                ("family_name".to_owned(), "Oyelaran-Quist".into()),
                ("given_names".to_owned(), "Zainab Amelie".into()),
            ]);
            over(&mut site, json!({"format": 1, "site": {"url": "https://zoq.example/"}}));
            site["publish"]["to"] = "s3".into();
            site
        }
        _ => record(planter, name, &|_| false),
    }
}

/// Writes a site with a canary in every private place; returns the places.
fn plant(project: &Project) -> Planter {
    let mut planter = Planter::default();
    for schema in all() {
        let value = match schema.name {
            "page" => {
                let mut matter = planter.fill(&schema.value, &schema.value, "", &|_| false).expect("front matter");
                over(&mut matter, json!({"visibility": "private"}));
                let words = planter.canary("the words of a draft");
                project.write("pages/draft.md", format!("---\n{matter}\n---\n{words}\n"));
                let words = planter.canary("the words of an unlisted page without a token");
                over(&mut matter, json!({"visibility": "link"}));
                project.write("pages/unlisted.md", format!("---\n{matter}\n---\n{words}\n"));
                continue;
            }
            "private" => {
                let filled =
                    planter.fill(&schema.value, &schema.value["items"], "", &|path| path == "id").expect("an entry");
                let mut entry = filled;
                over(&mut entry, json!({"id": "kept-apart"}));
                project.write("private/awards.yaml", json!([entry]).to_string());
                continue;
            }
            _ => file(&mut planter, &schema),
        };
        let comment = planter.canary("a comment");
        project.write(schema.file, format!("# {comment}\n{value} # {comment}\n"));
    }
    let proofs: Vec<_> =
        planter.planted.iter().enumerate().filter(|(_, place)| place.contains("evidence")).map(|(at, _)| at).collect();
    assert!(!proofs.is_empty());
    let proof = planter.canary("the words of a proof");
    let name = planter.canary("the name of a proof");
    project.write(&format!("evidence/{name}.txt"), &proof);
    project.write(&format!("private/{name}.txt"), &proof);
    project.write(&format!("{name}.txt"), &proof);
    project.write(&format!(".{name}"), &proof);
    let comment = planter.canary("a comment of a page");
    project
        .write("pages/about.md", format!("---\n# {comment}\ntitle: About\n---\nShown words.\n\n<!-- {comment} -->\n"));
    pictures(project, &mut planter);
    project.write("files/paper.pdf", pdf(&mut planter));
    planter
}

fn pictures(project: &Project, planter: &mut Planter) {
    let canary = planter.canary("the comment of a photograph");
    let picture = image::DynamicImage::new_rgb8(600, 40);
    let mut out = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut out, image::ImageFormat::Jpeg).expect("written");
    let clean = out.into_inner();
    let length = u16::try_from(canary.len() + 2).expect("short").to_be_bytes();
    let dirty = [&clean[..2], &[0xFF, 0xFE], &length, canary.as_bytes(), &clean[2..], canary.as_bytes()].concat();
    project.write("files/ward.jpg", dirty);
    let canary = planter.canary("the metadata of a drawing");
    let drawing = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\"><!-- {canary} --><metadata>{canary}</metadata><path d=\"M0 0\"/></svg>"
    );
    project.write("files/drawing.svg", drawing);
    for name in ["photo-exif-xmp-iptc.jpg", "figure-text-chunks.png", "figure-exif.webp"] {
        let fixture = format!("{}/tests/fixtures/privacy/{name}", env!("CARGO_MANIFEST_DIR"));
        project.write(&format!("files/{name}"), std::fs::read(fixture).expect("the corpus"));
    }
}

/// A PDF as its author has it: with properties, XMP and a comment.
fn pdf(planter: &mut Planter) -> Vec<u8> {
    let mut document = lopdf::Document::load_mem(PDF.as_bytes()).expect("a PDF");
    let mut info = lopdf::Dictionary::new();
    info.set("Author", lopdf::Object::string_literal(planter.canary("the author of a PDF")));
    let info = document.add_object(info);
    document.trailer.set("Info", lopdf::Object::Reference(info));
    let mut kind = lopdf::Dictionary::new();
    kind.set("Type", lopdf::Object::Name(b"Metadata".to_vec()));
    kind.set("Subtype", lopdf::Object::Name(b"XML".to_vec()));
    let words = format!("<x><creator>{}</creator></x>", planter.canary("the XMP of a PDF"));
    let mut stream = lopdf::Stream::new(kind, words.repeat(20).into_bytes());
    stream.compress().expect("compressed");
    let stream = document.add_object(stream);
    document.catalog_mut().expect("a catalog").set("Metadata", lopdf::Object::Reference(stream));
    let mut out = Vec::new();
    document.save_to(&mut out).expect("saved");
    out
}

#[test]
fn a_canary_in_every_private_place_of_the_schema_is_in_no_byte_of_the_output() {
    let project = Project::new();
    let planter = plant(&project);
    // PDFs are named, not cleaned: the author takes the copy.
    project.run(&["check", "--clean", "--today", "2026-11-24"]);
    let clean = std::fs::read(project.path("cleaned/files/paper.pdf")).expect("the copy");
    project.write("files/paper.pdf", clean);
    let run = project.run(&["build", "--today", "2026-11-24"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let looked = look(&project.path("public"), CANARY);
    println!(
        "{} canaries planted, {} numbers and days, {} places hold words of a list; {} files searched, {} packed parts in them",
        planter.planted.len(),
        planter.numbers.len(),
        planter.other.len(),
        looked.files,
        looked.unpacked
    );
    let place = |hit: &String| {
        let letters = hit.split(CANARY).nth(1).map(|rest| {
            rest.bytes().take(4).rev().fold(0, |number, letter| number * 26 + usize::from(letter.saturating_sub(b'a')))
        });
        letters.and_then(|number| planter.planted.get(number)).cloned().unwrap_or_default()
    };
    let leaks: Vec<_> = looked.hits.iter().map(|hit| format!("{hit} ({})", place(hit))).collect();
    assert!(leaks.is_empty(), "{}", leaks.join("\n"));
    let leaks = numbers(&project.path("public"), &planter.numbers);
    assert!(leaks.is_empty(), "{}", leaks.join("\n"));
    let shown = ("2024".to_owned(), "the year of all that is public".to_owned());
    assert!(planter.numbers.len() > 50 && numbers(&project.path("public"), &[shown]).len() > 3);
    assert!(look(&project.path("public"), "canary-").hits.is_empty(), "the corpus is in the output");
    let corpus =
        ["exif", "text-chunks"].into_iter().filter(|name| !look(&project.path("public"), name).hits.is_empty()).count();
    assert!(corpus > 0 && planter.planted.len() > 250 && looked.files > 25 && looked.unpacked > 5);
    // The search is no search where the public part is not there.
    for words in ["A public paper", "A public talk", "A public project", "Public news", "Shown words"] {
        assert!(!look(&project.path("public"), &words.to_lowercase()).hits.is_empty(), "{words}");
    }
}

#[test]
fn every_kind_of_file_has_its_schema_walked() {
    let mut planted: BTreeMap<&str, usize> = BTreeMap::new();
    for schema in all() {
        let mut planter = Planter::default();
        if schema.name == "page" || schema.name == "private" {
            planter.fill(&schema.value, &schema.value, "", &|_| false);
        } else {
            file(&mut planter, &schema);
        }
        planted.insert(schema.name, planter.planted.len());
    }
    assert!(planted.len() == 15 && planted.values().all(|count| *count > 0), "{planted:?}");
    assert!(planted["publications"] > 45 && planted["projects"] > 25 && planted["site"] > 12, "{planted:?}");
}

#[test]
fn the_search_sees_into_every_packed_part() {
    use std::io::Write as _;
    let mut packed: Vec<(&str, Vec<u8>)> = Vec::new();
    packed.push(("plain", CANARY.as_bytes().to_vec()));
    packed.push(("capitals", CANARY.to_uppercase().into_bytes()));
    packed.push(("UTF-16", CANARY.bytes().flat_map(|byte| [byte, 0]).collect()));
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    gzip.write_all(CANARY.as_bytes()).expect("written");
    packed.push(("gzip", gzip.finish().expect("finished")));
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    archive.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).expect("an entry");
    archive.write_all(CANARY.repeat(9).as_bytes()).expect("written");
    packed.push(("docx", archive.finish().expect("finished").into_inner()));
    let mut zlib = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    zlib.write_all(CANARY.as_bytes()).expect("written");
    let text = [&b"Author\0\0"[..], &zlib.finish().expect("finished")].concat();
    let length = u32::try_from(text.len()).expect("short").to_be_bytes();
    packed.push(("PNG", [&b"\x89PNG\r\n\x1a\n"[..], &length, b"zTXt", &text, &[0; 4]].concat()));
    let encoded = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, format!("a picture of {CANARY}"));
    packed.push(("data address", format!("url(data:image/png;base64,{encoded})").into_bytes()));
    packed.push(("PDF", pdf(&mut Planter::default())));
    for (name, bytes) in packed {
        assert!(views(&bytes, 0).iter().any(|view| hit(view, CANARY).is_some()), "{name}");
    }
    let themes = format!("{}/themes/offprint/assets", env!("CARGO_MANIFEST_DIR"));
    let fonts = look(std::path::Path::new(&themes), "copyright");
    assert!(fonts.hits.iter().any(|hit| hit.contains("woff2")), "the names inside a font are seen: {fonts:?}");
}
