//! A dossier → one file, or a folder of files.

use super::merge::Binder;
use super::sheets::{self, Placed};
use super::{Dossier, Exhibit, proof, subject};
use crate::diagnostic::Diagnostics;
use crate::document::markdown;
use crate::source::Sources;

/// What stands in the properties of every file that is bound here, by which it is known again.
pub const PRODUCER: &str = "Offprint dossier";

/// A file of a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Its name.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// Returns the whole dossier as one PDF: the index, then every exhibit, its cover first.
///
/// # Errors
/// When the engine refuses a page.
pub fn bind(diagnostics: &mut Diagnostics, sources: &Sources, dossier: &Dossier) -> anyhow::Result<Vec<u8>> {
    let covers = cover_pages(sources, dossier)?;
    // The index tells on which pages exhibits stand, which depends on how many pages it has itself.
    let mut index_pages = 1;
    let (index, placed) = loop {
        let placed = layout(dossier, &covers, index_pages + 1);
        let total = placed.last().map_or(index_pages, |last| last.pages.1);
        let index = set_index(diagnostics, sources, dossier, &placed, total)?;
        if index.pages <= index_pages {
            break (index, placed);
        }
        index_pages = index.pages;
    };
    let mut binder = Binder::new(&subject(dossier), &dossier.owner);
    binder.mark("Index");
    binder.add(own(&index.bytes)?);
    for _ in index.pages..index_pages {
        binder.add(blank());
    }
    for (exhibit, placed) in dossier.exhibits.iter().zip(&placed) {
        add(&mut binder, diagnostics, sources, dossier, exhibit, placed)?;
    }
    binder.bytes()
}

/// Returns the dossier as files in their order: the index as PDF and Markdown, and a PDF for every exhibit.
///
/// # Errors
/// When the engine refuses a page.
pub fn folder(diagnostics: &mut Diagnostics, sources: &Sources, dossier: &Dossier) -> anyhow::Result<Vec<Named>> {
    let covers = cover_pages(sources, dossier)?;
    let digits = dossier.exhibits.len().to_string().len().max(2);
    let placed: Vec<Placed> = dossier
        .exhibits
        .iter()
        .zip(&covers)
        .enumerate()
        .map(|(at, (exhibit, cover))| {
            let name = format!("{:0digits$}-exhibit-{}-{}.pdf", at + 1, safe(&exhibit.number), safe(&exhibit.id));
            Placed { file: Some(name), ..place(exhibit, *cover, 1) }
        })
        .collect();
    let index = set_index(diagnostics, sources, dossier, &placed, 0)?;
    let mut binder = Binder::new(&subject(dossier), &dossier.owner);
    binder.add(own(&index.bytes)?);
    let text = markdown::text(&sheets::index(dossier, &placed, 0));
    let mut files = vec![
        Named { name: "index.pdf".to_owned(), bytes: binder.bytes()? },
        Named { name: "index.md".to_owned(), bytes: text.into_bytes() },
    ];
    for (exhibit, placed) in dossier.exhibits.iter().zip(&placed) {
        let mut binder = Binder::new(&format!("Exhibit {}: {}", exhibit.number, exhibit.title), &dossier.owner);
        add(&mut binder, diagnostics, sources, dossier, exhibit, placed)?;
        files.push(Named { name: placed.file.clone().unwrap_or_default(), bytes: binder.bytes()? });
    }
    Ok(files)
}

/// Adds an exhibit: its cover, then its proofs in the order of the record.
fn add(
    binder: &mut Binder,
    diagnostics: &mut Diagnostics,
    sources: &Sources,
    dossier: &Dossier,
    exhibit: &Exhibit,
    placed: &Placed,
) -> anyhow::Result<()> {
    binder.mark(&format!("Exhibit {}: {}", exhibit.number, exhibit.title));
    let cover = set_cover(diagnostics, sources, dossier, exhibit, placed)?;
    binder.add(own(&cover.bytes)?);
    let number = deunicode::deunicode(&exhibit.number);
    for (proof, pages) in exhibit.proofs.iter().zip(&placed.proofs) {
        if let (Ok(content), Some((first, _))) = (&proof.content, pages) {
            binder.add_stamped(&content.file, &number, *first)?;
        }
    }
    Ok(())
}

fn set_index(
    diagnostics: &mut Diagnostics,
    sources: &Sources,
    dossier: &Dossier,
    placed: &[Placed],
    total: usize,
) -> anyhow::Result<crate::document::pdf::Pdf> {
    let sheet = sheets::sheet(dossier, &format!("Index, {}", dossier.owner), "{n}");
    sheets::set(diagnostics, sources, sheets::index(dossier, placed, total), sheet, "site.yaml")
}

fn set_cover(
    diagnostics: &mut Diagnostics,
    sources: &Sources,
    dossier: &Dossier,
    exhibit: &Exhibit,
    placed: &Placed,
) -> anyhow::Result<crate::document::pdf::Pdf> {
    // A cover of several pages is rare, and has its number on the first in words only.
    let number = if placed.pages.0 == 0 { String::new() } else { placed.pages.0.to_string() };
    let sheet = sheets::sheet(dossier, &format!("Exhibit {}, {}", exhibit.number, dossier.owner), &number);
    sheets::set(diagnostics, sources, sheets::cover(dossier, exhibit, placed), sheet, "site.yaml")
}

/// How many pages each cover has.
fn cover_pages(sources: &Sources, dossier: &Dossier) -> anyhow::Result<Vec<usize>> {
    let mut unheard = Diagnostics::default();
    // No page number of a cover is longer than this, so the true ones take no more lines.
    let covers = dossier.exhibits.iter().map(|exhibit| {
        let placed = place(exhibit, 1, 10_000);
        Ok(set_cover(&mut unheard, sources, dossier, exhibit, &placed)?.pages)
    });
    covers.collect()
}

fn layout(dossier: &Dossier, covers: &[usize], from: usize) -> Vec<Placed> {
    let mut at = from;
    let exhibits = dossier.exhibits.iter().zip(covers);
    exhibits
        .map(|(exhibit, cover)| {
            let placed = place(exhibit, *cover, at);
            at = placed.pages.1 + 1;
            placed
        })
        .collect()
}

fn place(exhibit: &Exhibit, cover: usize, from: usize) -> Placed {
    let mut at = from + cover;
    let proofs = exhibit
        .proofs
        .iter()
        .map(|proof| match proof.pages() {
            0 => None,
            pages => {
                at += pages;
                Some((at - pages, at - 1))
            }
        })
        .collect();
    Placed { pages: (from, at - 1), proofs, file: None }
}

/// Reads a file that was set here.
fn own(bytes: &[u8]) -> anyhow::Result<lopdf::Document> {
    match proof::pdf(bytes) {
        Ok(pages) => Ok(pages.file),
        Err(fault) => anyhow::bail!("a page of the dossier {}", fault.words()),
    }
}

/// A page without anything, where the index came out shorter with the true numbers.
fn blank() -> lopdf::Document {
    use lopdf::{Dictionary, Document, Stream, dictionary};
    let mut file = Document::with_version("1.7");
    let root = file.new_object_id();
    let content = file.add_object(Stream::new(Dictionary::new(), Vec::new()));
    let page = file.add_object(dictionary! {
        "Type" => "Page",
        "MediaBox" => vec![0.into(), 0.into(), 612.into(), 792.into()],
        "Resources" => Dictionary::new(),
        "Contents" => content,
    });
    file.objects.insert(root, dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 }.into());
    let catalog = file.add_object(dictionary! { "Type" => "Catalog", "Pages" => root });
    file.trailer.set("Root", catalog);
    file
}

/// Returns words as part of a file's name on every computer.
fn safe(words: &str) -> String {
    let latin = deunicode::deunicode(words);
    let letters = latin.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '-' });
    let name: String = letters.take(60).collect();
    let parts: Vec<&str> = name.split('-').filter(|part| !part.is_empty()).collect();
    if parts.is_empty() { "x".to_owned() } else { parts.join("-") }
}
