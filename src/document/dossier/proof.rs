//! A proof → pages: PDF, JPEG, PNG, e-mail and plain text.

use std::io::ErrorKind;
use std::panic::{AssertUnwindSafe, catch_unwind};

use lopdf::LoadOptions;

use super::{mail, merge, picture, sheets};
use crate::diagnostic::Diagnostics;
use crate::source::Sources;

/// The longest proof that is taken in, in bytes.
const LONGEST: u64 = 100 * 1024 * 1024;
/// The most pages of one proof.
const MOST_PAGES: usize = 2000;
/// The longest text, in letters.
const LONGEST_TEXT: usize = 400_000;
/// To how many bytes one stream of a PDF may grow.
const LARGEST_STREAM: usize = 256 * 1024 * 1024;

/// The pages of a proof, whole in themselves.
#[derive(Debug)]
pub(super) struct Pages {
    pub(super) file: lopdf::Document,
    count: usize,
}

impl Pages {
    pub(super) fn count(&self) -> usize {
        self.count
    }
}

/// Why a proof is not in the dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fault {
    /// It is not there.
    Missing,
    /// It does not lie in `evidence/`.
    Outside,
    /// It has no content.
    Empty,
    /// It is damaged, or not what its name says.
    Broken(&'static str),
    /// It asks for a password.
    Locked,
    /// It is too large, and how.
    TooLarge(String),
    /// It has a form that no dossier can show.
    UnknownForm,
}

impl Fault {
    /// Returns what is wrong, as the end of a sentence about the file.
    pub(super) fn words(&self) -> String {
        match self {
            Self::Missing => "is not there".to_owned(),
            Self::Outside => "does not lie in evidence/".to_owned(),
            Self::Empty => "is empty".to_owned(),
            Self::Broken(how) => format!("cannot be read: {how}"),
            Self::Locked => "is locked with a password".to_owned(),
            Self::TooLarge(how) => format!("is too large: {how}"),
            Self::UnknownForm => {
                "has a form that cannot be shown: a dossier takes PDF, JPEG, PNG, .eml and plain text".to_owned()
            }
        }
    }
}

/// Reads a proof by its path in the site.
pub(super) fn read(diagnostics: &mut Diagnostics, sources: &Sources, path: &str) -> Result<Pages, Fault> {
    if !path.starts_with("evidence/") {
        return Err(Fault::Outside);
    }
    if !sources.exists(path) {
        return Err(Fault::Missing);
    }
    let bytes = match sources.read_bytes(path, LONGEST) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::FileTooLarge => {
            return Err(Fault::TooLarge("it has over 100 MB".to_owned()));
        }
        Err(error) if error.kind() == ErrorKind::NotFound => return Err(Fault::Missing),
        Err(_) => return Err(Fault::Broken("the computer does not give it out")),
    };
    if bytes.is_empty() {
        return Err(Fault::Empty);
    }
    let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    let head = &bytes[..bytes.len().min(1024)];
    let is_pdf = head.windows(5).any(|five| five == b"%PDF-");
    match ending.as_str() {
        _ if is_pdf => pdf(&bytes),
        "pdf" => Err(Fault::Broken("it is no PDF, whatever its name says")),
        _ if bytes.starts_with(b"\xFF\xD8\xFF") || bytes.starts_with(b"\x89PNG\r\n\x1a\n") => guarded(|| {
            let file = picture::page(&bytes)?;
            counted(file)
        }),
        "jpg" | "jpeg" | "png" => Err(Fault::Broken("it is no JPEG or PNG, whatever its name says")),
        "eml" | "txt" | "text" | "md" => {
            let text = if ending == "eml" { guarded(|| mail::letter(&bytes))? } else { mail::plain_text(&bytes)? };
            if text.letters() > LONGEST_TEXT {
                return Err(Fault::TooLarge("its text fills over a hundred pages".to_owned()));
            }
            let bytes = sheets::text_pages(diagnostics, sources, &text, path)
                .map_err(|_| Fault::Broken("its text cannot be set"))?;
            pdf(&bytes)
        }
        _ => Err(Fault::UnknownForm),
    }
}

/// A panic of a reader that is not ours is a fault of the file.
fn guarded<T>(read: impl FnOnce() -> Result<T, Fault>) -> Result<T, Fault> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or(Err(Fault::Broken("it is damaged")))
}

/// Reads a PDF, and makes each of its pages whole in itself.
pub(super) fn pdf(bytes: &[u8]) -> Result<Pages, Fault> {
    guarded(|| {
        let options = LoadOptions { max_decompressed_size: Some(LARGEST_STREAM), ..LoadOptions::default() };
        let file = lopdf::Document::load_mem_with_options(bytes, options);
        let mut file = file.map_err(|error| match error {
            lopdf::Error::InvalidPassword => Fault::Locked,
            _ => Fault::Broken("it is a damaged PDF"),
        })?;
        if file.trailer.has(b"Encrypt") && !file.was_encrypted() {
            return Err(Fault::Locked);
        }
        merge::make_whole(&mut file).map_err(|_| Fault::Broken("it is a PDF whose pages are damaged"))?;
        counted(file)
    })
}

fn counted(file: lopdf::Document) -> Result<Pages, Fault> {
    match file.get_pages().len() {
        0 => Err(Fault::Broken("it is a PDF without pages")),
        count if count > MOST_PAGES => Err(Fault::TooLarge(format!("it has {count} pages"))),
        count => Ok(Pages { file, count }),
    }
}
