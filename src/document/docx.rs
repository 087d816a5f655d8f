//! A document as Office Open XML (ECMA-376, part 1), for Word, LibreOffice and the like.
//!
//! Real headings with outline levels, a style for each kind of paragraph, links, the language, and no date: the same
//! document gives the same bytes.

use std::collections::BTreeMap;
use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::{Document, Section, is_right_to_left};
use crate::cite::{Part, Run, RunStyle};
use crate::exchange::html::escape;
use crate::record::vocabulary::Paper;

const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
/// What tells a file of ours from others: the archive's comment.
pub const MARK: &[u8] = b"Offprint";
const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// Returns the bytes of the file.
///
/// # Errors
/// Never in fact: the archive is written to memory.
pub fn bytes(document: &Document, paper: Paper) -> anyhow::Result<Vec<u8>> {
    let mut links = Links::default();
    let body = body(document, paper, &mut links);
    let parts = [
        ("[Content_Types].xml", content_types()),
        ("_rels/.rels", package_relations()),
        ("docProps/core.xml", properties(document)),
        ("word/document.xml", body),
        ("word/styles.xml", styles(document)),
        ("word/_rels/document.xml.rels", links.relations()),
    ];
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    for (name, text) in parts {
        archive.start_file(name, options)?;
        archive.write_all(text.as_bytes())?;
    }
    archive.set_raw_comment(MARK.into())?;
    Ok(archive.finish()?.into_inner())
}

/// Addresses that the text links to, each with the id of its relation.
#[derive(Default)]
struct Links(BTreeMap<String, usize>);

impl Links {
    fn id(&mut self, address: &str) -> String {
        let next = self.0.len() + 2;
        format!("rId{}", self.0.entry(address.to_owned()).or_insert(next))
    }

    fn relations(&self) -> String {
        let links = self.0.iter().map(|(address, id)| {
            format!(
                "<Relationship Id=\"rId{id}\" Type=\"{RELATIONS}/hyperlink\" Target=\"{}\" TargetMode=\"External\"/>",
                escape(address)
            )
        });
        format!(
            "{XML}<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"rId1\" Type=\"{RELATIONS}/styles\" Target=\"styles.xml\"/>{}</Relationships>",
            links.collect::<String>()
        )
    }
}

fn content_types() -> String {
    let main = "application/vnd.openxmlformats-officedocument.wordprocessingml";
    format!(
        "{XML}<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/word/document.xml\" ContentType=\"{main}.document.main+xml\"/><Override PartName=\"/word/styles.xml\" ContentType=\"{main}.styles+xml\"/><Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/></Types>"
    )
}

fn package_relations() -> String {
    format!(
        "{XML}<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"rId1\" Type=\"{RELATIONS}/officeDocument\" Target=\"word/document.xml\"/><Relationship Id=\"rId2\" Type=\"{PACKAGE}/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/></Relationships>"
    )
}

fn properties(document: &Document) -> String {
    format!(
        "{XML}<cp:coreProperties xmlns:cp=\"{PACKAGE}/metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{}</dc:title><dc:creator>{}</dc:creator><dc:language>{}</dc:language></cp:coreProperties>",
        clean(document.subject()),
        clean(&document.author),
        clean(&document.language)
    )
}

/// A style: its id, its name, its paragraph properties and those of its letters.
fn style(id: &str, name: &str, paragraph: &str, letters: &str) -> String {
    format!(
        "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/><w:basedOn w:val=\"Normal\"/><w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{letters}</w:rPr></w:style>"
    )
}

fn styles(document: &Document) -> String {
    let heading = |level: usize, size: usize, space: usize| {
        style(
            &format!("Heading{level}"),
            &format!("heading {level}"),
            &format!(
                "<w:keepNext/><w:spacing w:before=\"{space}\" w:after=\"60\"/><w:outlineLvl w:val=\"{}\"/>",
                level - 1
            ),
            &format!("<w:b/><w:bCs/><w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/>"),
        )
    };
    let styles = [
        style(
            "Title",
            "Title",
            "<w:spacing w:after=\"60\"/>",
            "<w:b/><w:bCs/><w:sz w:val=\"36\"/><w:szCs w:val=\"36\"/>",
        ),
        style("Subtitle", "Subtitle", "<w:spacing w:after=\"40\"/>", "<w:sz w:val=\"22\"/><w:szCs w:val=\"22\"/>"),
        heading(1, 28, 320),
        heading(2, 24, 200),
        style(
            "Entry",
            "Entry",
            "<w:tabs><w:tab w:val=\"left\" w:pos=\"1418\"/></w:tabs><w:spacing w:after=\"60\"/><w:ind w:left=\"1418\" w:hanging=\"1418\"/>",
            "",
        ),
        style(
            "Bibliography",
            "Bibliography",
            "<w:tabs><w:tab w:val=\"left\" w:pos=\"567\"/></w:tabs><w:spacing w:after=\"80\"/><w:ind w:left=\"567\" w:hanging=\"567\"/>",
            "",
        ),
    ];
    format!(
        "{XML}<w:styles xmlns:w=\"{MAIN}\"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Calibri\" w:hAnsi=\"Calibri\" w:cs=\"Calibri\"/><w:sz w:val=\"22\"/><w:szCs w:val=\"22\"/><w:lang w:val=\"{}\"/></w:rPr></w:rPrDefault></w:docDefaults><w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/></w:style><w:style w:type=\"character\" w:styleId=\"Hyperlink\"><w:name w:val=\"Hyperlink\"/><w:rPr><w:color w:val=\"0563C1\"/><w:u w:val=\"single\"/></w:rPr></w:style>{}</w:styles>",
        clean(&document.language),
        styles.concat()
    )
}

fn body(document: &Document, paper: Paper, links: &mut Links) -> String {
    // In twentieths of a point.
    let (width, height) = match paper {
        Paper::Letter => (12_240, 15_840),
        Paper::A4 => (11_906, 16_838),
    };
    let mut text = String::new();
    let leftward = document.is_right_to_left();
    text.push_str(&paragraph("Title", &plain(&document.title), leftward));
    for line in &document.lines {
        let runs: String = line.iter().map(|piece| run(piece, links)).collect();
        text.push_str(&paragraph("Subtitle", &runs, leftward));
    }
    for section in &document.sections {
        if let Some(heading) = &section.heading {
            text.push_str(&paragraph(&format!("Heading{}", section.level), &plain(heading), leftward));
        }
        text.push_str(&entries(section, links, leftward));
    }
    let bidi = if leftward { "<w:bidi/>" } else { "" };
    format!(
        "{XML}<w:document xmlns:w=\"{MAIN}\" xmlns:r=\"{RELATIONS}\"><w:body>{text}<w:sectPr><w:pgSz w:w=\"{width}\" w:h=\"{height}\"/><w:pgMar w:top=\"1440\" w:right=\"1300\" w:bottom=\"1440\" w:left=\"1300\" w:header=\"720\" w:footer=\"720\" w:gutter=\"0\"/>{bidi}</w:sectPr></w:body></w:document>"
    )
}

fn entries(section: &Section, links: &mut Links, leftward: bool) -> String {
    let mut text = String::new();
    for (number, entry) in section.entries.iter().enumerate() {
        let runs: String = entry.runs.iter().map(|piece| run(piece, links)).collect();
        let tab = "<w:r><w:tab/></w:r>";
        text.push_str(&if section.numbered {
            paragraph("Bibliography", &format!("{}{tab}{runs}", plain(&section.mark(number))), leftward)
        } else {
            paragraph("Entry", &format!("{}{tab}{runs}", plain(&entry.dates)), leftward)
        });
    }
    text
}

fn paragraph(style: &str, runs: &str, leftward: bool) -> String {
    let bidi = if leftward { "<w:bidi/>" } else { "" };
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{bidi}</w:pPr>{runs}</w:p>")
}

fn plain(text: &str) -> String {
    letters(text, RunStyle::default(), false)
}

/// A run for each stretch of letters of one direction.
fn letters(text: &str, style: RunStyle, is_link: bool) -> String {
    let run = |(words, leftward): (&str, bool)| {
        // In the order of the schema (CT_RPr); letters from right to left have a bold and an italic of their own.
        let marks = [
            (is_link, "<w:rStyle w:val=\"Hyperlink\"/>"),
            (style.bold, "<w:b/>"),
            (style.bold && leftward, "<w:bCs/>"),
            (style.italic, "<w:i/>"),
            (style.italic && leftward, "<w:iCs/>"),
            (style.small_caps, "<w:smallCaps/>"),
            (style.superscript, "<w:vertAlign w:val=\"superscript\"/>"),
            (style.subscript, "<w:vertAlign w:val=\"subscript\"/>"),
            (leftward, "<w:rtl/>"),
        ];
        let marks: String = marks.into_iter().filter(|(on, _)| *on).map(|(_, mark)| mark).collect();
        let marks = if marks.is_empty() { marks } else { format!("<w:rPr>{marks}</w:rPr>") };
        format!("<w:r>{marks}<w:t xml:space=\"preserve\">{}</w:t></w:r>", clean(words))
    };
    stretches(text).into_iter().map(run).collect()
}

/// Cuts a text where its letters turn to the other direction; signs stay with the letters before them.
fn stretches(text: &str) -> Vec<(&str, bool)> {
    let mut stretches = Vec::new();
    let (mut start, mut direction) = (0, None);
    for (at, letter) in text.char_indices().filter(|(_, letter)| letter.is_alphabetic()) {
        let leftward = is_right_to_left(letter);
        if direction.is_some_and(|before| before != leftward) {
            stretches.push((&text[start..at], !leftward));
            start = at;
        }
        direction = Some(leftward);
    }
    if start < text.len() {
        stretches.push((&text[start..], direction.unwrap_or_default()));
    }
    stretches
}

fn run(run: &Run, links: &mut Links) -> String {
    let link = match &run.part {
        Part::Link(address) => Some(links.id(address)),
        _ => None,
    };
    let text = letters(&run.text, run.style, link.is_some());
    match link {
        Some(id) => format!("<w:hyperlink r:id=\"{id}\">{text}</w:hyperlink>"),
        None => text,
    }
}

/// Escapes what XML reads, and leaves out what it does not allow (XML 1.0, 2.2).
fn clean(text: &str) -> String {
    let allowed =
        |c: &char| !matches!(c, '\u{0}'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}');
    escape(&text.chars().filter(allowed).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_arabic_document_runs_from_right_to_left() {
        let of = |language: &str| {
            let document =
                Document { title: "سامر Haddad".to_owned(), language: language.to_owned(), ..Document::default() };
            body(&document, Paper::A4, &mut Links::default())
        };
        let arabic = of("ar");
        assert!(arabic.contains("<w:pStyle w:val=\"Title\"/><w:bidi/></w:pPr>"), "{arabic}");
        assert!(arabic.contains("w:gutter=\"0\"/><w:bidi/></w:sectPr>"), "{arabic}");
        assert!(arabic.contains("<w:rPr><w:rtl/></w:rPr><w:t xml:space=\"preserve\">سامر </w:t>"), "{arabic}");
        assert!(arabic.contains("<w:r><w:t xml:space=\"preserve\">Haddad</w:t></w:r>"), "{arabic}");
        assert!(!of("en").contains("<w:bidi/>"));
    }
}
