//! What a PDF says of itself: the document's properties and XMP.

use std::collections::BTreeMap;

use lopdf::{Document, Object};
use roxmltree::ParsingOptions;

use super::{CLEAN, MOST_UNPACKED, text_of, words};
use crate::diagnostic::code;
use crate::portfolio::fold;
use crate::privacy::image;
use crate::privacy::trace::Trace;

/// Properties that say when and how, not who or what.
const PLAIN: [&str; 44] = [
    "producer",
    "creationdate",
    "moddate",
    "trapped",
    "createdate",
    "modifydate",
    "metadatadate",
    "format",
    "documentid",
    "instanceid",
    "originaldocumentid",
    "versionid",
    "renditionclass",
    "part",
    "conformance",
    "lang",
    "language",
    "action",
    "when",
    "softwareagent",
    "changed",
    "parameters",
    "pdfversion",
    "rev",
    "amd",
    "gts_pdfxversion",
    "gts_pdfaversion",
    "ptex.fullbanner",
    "marked",
    "aapl:keywords",
    "type",
    "ingredients",
    "width",
    "height",
    "page",
    "hasvisibletransparency",
    "hasvisibleoverprint",
    "npages",
    "unit",
    "mode",
    "groupname",
    "platename",
    "schema",
    "namespaceuri",
];
/// Reports the properties that say more than the pages show.
pub(super) fn traces(document: &Document, shown: &str) -> Vec<Trace> {
    let shown = fold(shown);
    let mut values: BTreeMap<String, String> = BTreeMap::new();
    let mut traces = Vec::new();
    let mut add = |name: &str, value: &str| {
        let value = value.trim();
        if is_of_a_document(name) {
            traces.extend(words::told(value, &format!(" as its {}", name.to_lowercase())));
        }
        if !value.is_empty() && is_telling(name, value) && !shown.contains(&fold(value)) {
            values.entry(value.to_owned()).or_insert_with(|| name.to_lowercase());
        }
    };
    if let Ok(info) = document.trailer.get_deref(b"Info", document).and_then(Object::as_dict) {
        for (name, value) in info {
            if let Ok((_, Object::String(bytes, _))) = document.dereference(value) {
                add(&String::from_utf8_lossy(name), &text_of(bytes));
            }
        }
    }
    let mut pictures = 0;
    let mut has_working_data = false;
    for object in document.objects.values() {
        let Ok(stream) = object.as_stream() else {
            has_working_data |= object.as_dict().is_ok_and(|dict| dict.has(b"PieceInfo"));
            continue;
        };
        let is =
            |key: &[u8], name: &[u8]| stream.dict.get(key).and_then(Object::as_name).is_ok_and(|found| found == name);
        if is(b"Type", b"Metadata")
            && let Ok(xmp) = stream.get_plain_content_with_limit(MOST_UNPACKED)
        {
            for (name, value) in xmp_values(&xmp) {
                add(&name, &value);
            }
        } else if let Some(photograph) = super::store::photograph(stream) {
            pictures += usize::from(image::has_metadata(&photograph));
        }
    }
    traces.extend(values.into_iter().map(|(value, name)| property(&name, &value)));
    if pictures > 0 {
        let message =
            format!("has {pictures} picture{} with hidden data of the camera", if pictures == 1 { "" } else { "s" });
        traces.push(Trace::new(&code::DOCUMENT_PROPERTIES, message, "", CLEAN));
    }
    if has_working_data {
        let message = "keeps the working data of the program that drew it";
        traces.push(Trace::new(&code::DOCUMENT_PROPERTIES, message, "", CLEAN));
    }
    traces
}

fn property(name: &str, value: &str) -> Trace {
    let short: String = value.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(80).collect();
    let trace = Trace::new(&code::DOCUMENT_PROPERTIES, format!("names `{short}` as its {name}"), value, CLEAN);
    if matches!(name, "author" | "creator" | "authors" | "li") { trace.of_a_name() } else { trace }
}

fn is_telling(name: &str, value: &str) -> bool {
    if name.eq_ignore_ascii_case("title") {
        return is_name_of_a_file(value) || is_of_a_draft(value);
    }
    if is_of_a_document(name) {
        // The number of a version has a point, the name of a user or a computer none.
        return is_name_of_a_file(value) && !value.contains('.');
    }
    let name = name.to_lowercase();
    let plain = PLAIN.contains(&name.as_str()) || name.ends_with("date") || name.ends_with("id");
    let words = value.trim_matches(['(', ')']).to_lowercase();
    let says_nothing = ["untitled", "powerpoint presentation", "pdf", "x-default", "anonymous", "unspecified"]
        .contains(&words.as_str());
    !plain && !says_nothing && value.chars().any(char::is_alphanumeric)
}

/// Tells whether a property says what a document or a program is called, and not who made it. The `creator` of
/// XMP is a person, the `Creator` of a PDF a program (ISO 32000-1, 14.3.3).
fn is_of_a_document(name: &str) -> bool {
    matches!(name, "Creator" | "CreatorTool" | "Producer") || name.eq_ignore_ascii_case("title")
}

/// Tells whether a title is the name of a file or of a draft, as programs take it over unasked.
fn is_name_of_a_file(value: &str) -> bool {
    const ENDS: [&str; 12] =
        [".doc", ".docx", ".ppt", ".pptx", ".xls", ".xlsx", ".odt", ".odp", ".key", ".pages", ".indd", ".tex"];
    let lower = value.to_lowercase();
    let is_joined = !value.contains(char::is_whitespace)
        && (value.contains('_') || (value.contains('-') && value.contains(|letter: char| letter.is_ascii_digit())));
    is_joined || ENDS.iter().any(|end| lower.ends_with(end))
}

/// Tells whether a title counts its own drafts.
fn is_of_a_draft(title: &str) -> bool {
    let is_number = |word: &str| word.strip_prefix('v').is_some_and(|number| number.parse::<u16>().is_ok());
    title.to_lowercase().split(|letter: char| !letter.is_alphanumeric()).any(is_number)
}

/// Tells whether the pages show a text, whatever the spaces between its words.
pub(super) fn is_shown(text: &str, shown: &str) -> bool {
    fold(shown).contains(&fold(text))
}

/// The values of an XMP packet, each with the name of its property.
pub(in crate::privacy) fn xmp_values(xmp: &[u8]) -> Vec<(String, String)> {
    let text = String::from_utf8_lossy(xmp);
    let text = text.trim_matches(|letter: char| letter == '\0' || letter.is_whitespace() || letter == '\u{feff}');
    let options = ParsingOptions { nodes_limit: 100_000, ..ParsingOptions::default() };
    let Ok(document) = roxmltree::Document::parse_with_options(text, options) else {
        // What cannot be read may say anything.
        return vec![("metadata".to_owned(), text.chars().take(200).collect())];
    };
    let is_structure = |name: &str| matches!(name, "li" | "Seq" | "Alt" | "Bag" | "Description" | "RDF" | "xmpmeta");
    // What PDF/A says of the properties themselves (ISO 19005-1, 6.7.8) is the same in every file of a program.
    let is_of_pdf_a = |node: &roxmltree::Node<'_, '_>| {
        node.ancestors()
            .any(|above| above.tag_name().namespace().is_some_and(|space| space.contains("aiim.org/pdfa/ns/")))
    };
    let mut values = Vec::new();
    for node in document.descendants() {
        if node.is_text() && is_of_pdf_a(&node) {
            continue;
        }
        if node.is_element() {
            let attributes = node.attributes().filter(|attribute| {
                attribute.namespace().is_some_and(|space| {
                    !space.contains("rdf-syntax") && !space.ends_with("/namespace") && space != "adobe:ns:meta/"
                })
            });
            values.extend(attributes.map(|attribute| (attribute.name().to_owned(), attribute.value().to_owned())));
        } else if node.is_text()
            && let Some(text) = node.text().filter(|text| !text.trim().is_empty())
        {
            let named = node.ancestors().find(|above| above.is_element() && !is_structure(above.tag_name().name()));
            let name = named.map_or("metadata", |above| above.tag_name().name());
            values.push((name.to_owned(), text.trim().to_owned()));
        }
    }
    values
}
