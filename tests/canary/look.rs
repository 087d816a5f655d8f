//! Every byte of a site, packed ones unpacked.

use std::collections::HashSet;
use std::fs;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use base64::Engine as _;

/// Bytes that one packed part may become.
const MOST: u64 = 256 * 1024 * 1024;

/// What was looked through.
#[derive(Debug, Default)]
pub(crate) struct Looked {
    pub(crate) files: usize,
    /// Packed parts that were unpacked.
    pub(crate) unpacked: usize,
    /// File and words around each hit.
    pub(crate) hits: Vec<String>,
}

fn files_under(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("entry").path();
        if path.is_dir() { files_under(&path, found) } else { found.push(path) }
    }
}

/// Looks for a word in lower case in all files of a folder, their names included.
pub(crate) fn look(folder: &Path, word: &str) -> Looked {
    let mut files = Vec::new();
    files_under(folder, &mut files);
    let mut looked = Looked { files: files.len(), ..Looked::default() };
    for file in files {
        let name = file.strip_prefix(folder).expect("inside").to_string_lossy().into_owned();
        if name.to_lowercase().contains(word) {
            looked.hits.push(format!("{name}: in the file's name"));
        }
        let bytes = fs::read(&file).expect("readable");
        let views = views(&bytes, 0);
        looked.unpacked += views.len() - 1;
        looked.hits.extend(views.iter().filter_map(|view| hit(view, word)).map(|words| format!("{name}: {words}")));
    }
    looked
}

/// The words around the first place where a word stands, also with a zero between its letters.
pub(crate) fn hit(bytes: &[u8], word: &str) -> Option<String> {
    let plain: Vec<u8> = bytes.iter().filter(|byte| **byte != 0).map(u8::to_ascii_lowercase).collect();
    let at = plain.windows(word.len()).position(|part| part == word.as_bytes())?;
    Some(String::from_utf8_lossy(&plain[at..plain.len().min(at + 60)]).into_owned())
}

/// The bytes themselves, and what their packed parts hold.
pub(crate) fn views(bytes: &[u8], depth: usize) -> Vec<Vec<u8>> {
    let mut views = vec![bytes.to_vec()];
    if depth > 3 {
        return views;
    }
    let inner: Vec<Vec<u8>> = match bytes {
        [b'P', b'K', 3, 4, ..] => zip_entries(bytes),
        [0x1F, 0x8B, ..] => read(flate2::read::GzDecoder::new(bytes)).into_iter().collect(),
        [b'w', b'O', b'F', b'2', ..] => vec![font(bytes).expect("a font that can be unpacked")],
        [0x89, b'P', b'N', b'G', ..] => png_chunks(bytes),
        _ if bytes.starts_with(b"%PDF") => vec![pdf(bytes)],
        _ => data_addresses(bytes),
    };
    for part in inner {
        views.extend(self::views(&part, depth + 1));
    }
    views
}

fn read(from: impl Read) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    from.take(MOST).read_to_end(&mut out).ok()?;
    Some(out)
}

fn zip_entries(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    (0..archive.len()).filter_map(|at| read(archive.by_index(at).expect("an entry"))).collect()
}

fn pdf(bytes: &[u8]) -> Vec<u8> {
    let mut document = lopdf::Document::load_mem(bytes).expect("a PDF");
    document.decompress();
    let mut out = Vec::new();
    document.save_to(&mut out).expect("saved");
    // Streams that stay packed hold pictures and fonts; strings may be written in hexadecimal.
    let pages: Vec<u32> = document.get_pages().into_keys().collect();
    out.extend(document.extract_text(&pages).unwrap_or_default().into_bytes());
    for object in document.objects.values() {
        strings(object, &mut out);
    }
    out
}

fn strings(object: &lopdf::Object, out: &mut Vec<u8>) {
    match object {
        lopdf::Object::String(bytes, _) => {
            out.extend(bytes);
            out.push(b'\n');
        }
        lopdf::Object::Array(items) => items.iter().for_each(|item| strings(item, out)),
        lopdf::Object::Dictionary(dict) => dict.iter().for_each(|(_, value)| strings(value, out)),
        lopdf::Object::Stream(stream) => stream.dict.iter().for_each(|(_, value)| strings(value, out)),
        _ => {}
    }
}

fn png_chunks(bytes: &[u8]) -> Vec<Vec<u8>> {
    let (mut at, mut chunks, mut pixels) = (8, Vec::new(), Vec::new());
    while let Some(head) = bytes.get(at..at + 8) {
        let length = usize::try_from(u32::from_be_bytes(head[..4].try_into().expect("four"))).expect("small");
        let content = &bytes[at + 8..(at + 8 + length).min(bytes.len())];
        if &head[4..] == b"IDAT" {
            pixels.extend_from_slice(content);
        } else if let Some(packed) = content.iter().position(|byte| *byte == 0).map(|end| &content[end..]) {
            // A keyword, then one to four bytes, then what may be packed.
            chunks.extend((1..6).filter_map(|skip| read(flate2::read::ZlibDecoder::new(packed.get(skip..)?))));
        }
        at += 12 + length;
    }
    chunks.extend(read(flate2::read::ZlibDecoder::new(pixels.as_slice())));
    chunks
}

/// Unpacks the tables of a WOFF2 font (W3C Recommendation, section 4).
fn font(bytes: &[u8]) -> Option<Vec<u8>> {
    let tables = usize::from(u16::from_be_bytes(*bytes.get(12..)?.first_chunk()?));
    let mut at = 48;
    let number = |at: &mut usize| {
        let mut value = 0_u64;
        loop {
            let byte = *bytes.get(*at)?;
            *at += 1;
            value = value << 7 | u64::from(byte & 0x7F);
            if byte & 0x80 == 0 {
                return Some(value);
            }
        }
    };
    for _ in 0..tables {
        let flags = *bytes.get(at)?;
        at += 1;
        let (tag, version) = (flags & 0x3F, flags >> 6);
        if tag == 0x3F {
            at += 4;
        }
        number(&mut at)?;
        let is_changed = if matches!(tag, 10 | 11) { version != 3 } else { version != 0 };
        if is_changed {
            number(&mut at)?;
        }
    }
    let mut out = Vec::new();
    brotli_decompressor::BrotliDecompress(&mut bytes.get(at..)?, &mut out).ok()?;
    Some(out)
}

/// What stands in `data:` addresses.
fn data_addresses(bytes: &[u8]) -> Vec<Vec<u8>> {
    let text = String::from_utf8_lossy(bytes);
    let starts = text.match_indices(";base64,").map(|(at, mark)| at + mark.len());
    let packed = starts.map(|start| {
        let end = text[start..].find(|letter: char| !(letter.is_ascii_alphanumeric() || "+/=".contains(letter)));
        &text[start..end.map_or(text.len(), |end| start + end)]
    });
    packed.filter_map(|packed| base64::engine::general_purpose::STANDARD.decode(packed).ok()).collect()
}

/// Looks in every text of a folder for numbers, given with what each stands for; gives those that are there.
pub(crate) fn numbers(folder: &Path, wanted: &[(String, String)]) -> Vec<String> {
    let mut files = Vec::new();
    files_under(folder, &mut files);
    let mut found = Vec::new();
    for file in files {
        let bytes = fs::read(&file).expect("bytes");
        for text in views(&bytes, 0).iter().filter_map(|view| std::str::from_utf8(view).ok()) {
            let words: HashSet<&str> = text.split(|letter: char| !letter.is_ascii_alphanumeric()).collect();
            let there = wanted.iter().filter(|(number, _)| words.contains(number.as_str()));
            found.extend(there.map(|(number, place)| format!("{}: {number} ({place})", file.display())));
        }
    }
    found
}
