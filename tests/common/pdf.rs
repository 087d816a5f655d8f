//! What stands in a PDF, as another program reads it.
#![allow(dead_code, reason = "each test file takes what it needs")]

use std::path::Path;
use std::process::Command;

/// Returns the text of every page as `lopdf` reads it, in the order of the content.
pub(crate) fn text(bytes: &[u8]) -> String {
    let file = lopdf::Document::load_mem(bytes).expect("a PDF that others read");
    let pages: Vec<u32> = file.get_pages().keys().copied().collect();
    pages.iter().map(|page| file.extract_text(&[*page]).expect("its text") + "\n").collect()
}

/// Returns the number of pages.
pub(crate) fn pages(bytes: &[u8]) -> usize {
    lopdf::Document::load_mem(bytes).expect("a PDF that others read").get_pages().len()
}

/// Returns every byte of a PDF with its streams inflated, and its text.
pub(crate) fn inflated(bytes: &[u8]) -> Vec<u8> {
    let Ok(mut file) = lopdf::Document::load_mem(bytes) else { return bytes.to_vec() };
    let words = text(bytes);
    file.decompress();
    let mut all = Vec::new();
    file.save_to(&mut all).expect("written again");
    // Letters of titles and bookmarks are in UTF-16 there.
    let wide: Vec<u8> = all.iter().copied().filter(|byte| *byte != 0).collect();
    [bytes, &all, &wide, words.as_bytes()].concat()
}

/// Returns the text as `pdftotext` gives it; `None` where that program is not installed, unless the suite installs it.
pub(crate) fn poppler(file: &Path) -> Option<String> {
    let run = Command::new("pdftotext").arg(file).arg("-").output();
    match run {
        Ok(run) => {
            assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
            Some(String::from_utf8(run.stdout).expect("UTF-8"))
        }
        Err(_) if std::env::var_os("OFFPRINT_READERS").is_none() => None,
        Err(error) => panic!("pdftotext: {error}"),
    }
}
