//! The CV on paper: shortened to the pages of its template, checked for its letters and length, written.

use std::borrow::Borrow;
use std::panic::{AssertUnwindSafe, catch_unwind};

use anyhow::anyhow;
use chrono::{Datelike as _, NaiveDate};

use super::{Cap, Material, Plan, document};
use crate::cite::CitationText;
use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::document::faces::Faces;
use crate::document::{Document, pdf};
use crate::portfolio::Owner;
use crate::record::vocabulary::CvPart;
use crate::source::{Origin, Sources};

/// Lists are kept longer than this only where all of them fit.
const MOST_KEPT: usize = 40;
/// Levels after which a part is taken to have nothing more.
const LEVELS_TRIED: usize = 3;

/// A CV on paper.
#[derive(Debug)]
pub struct Printed {
    /// The file.
    pub bytes: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
    /// How many its template has, where it has a number of them.
    pub most_pages: Option<usize>,
    /// Where lists were shortened to the pages of the template: the headings of those that were left out.
    pub shortened: Option<Vec<String>>,
}

/// Returns the CV as its template prints it and, where its lists were shortened for that, the headings of those that
/// were left out.
pub fn shortened<T: Borrow<CitationText>>(
    diagnostics: &mut Diagnostics,
    sources: &Sources,
    material: &Material<'_, T>,
    plan: &Plan,
) -> (Document, Option<Vec<String>>) {
    let whole = document(material, plan, Cap::WHOLE);
    let Some(pages) = plan.pages() else { return (whole, None) };
    let sheet = sheet(material, plan);
    let faces = Faces::for_letters(diagnostics, sources, &pdf::letters(&whole, &sheet));
    let fits = |document: &Document| pdf::fits(document, &faces, &sheet, pages);
    if fits(&whole) {
        return (whole, None);
    }
    let (mut least, mut most) = (0, MOST_KEPT);
    while least < most {
        let middle = (least + most).div_ceil(2);
        if fits(&document(material, plan, Cap::level(middle))) { least = middle } else { most = middle - 1 }
    }
    let mut cap = Cap::level(least);
    let mut shown = document(material, plan, cap);
    // The room that is left goes to one part after the other, as long as any of them can show more.
    let mut open: Vec<CvPart> = plan.parts().to_vec();
    while !open.is_empty() {
        open.retain(|&part| {
            let (mut more, mut longer) = (cap, shown.clone());
            // A level more may show nothing more of a part whose groups differ in length.
            for _ in 0..LEVELS_TRIED {
                more = more.raising(part);
                longer = document(material, plan, more);
                if longer != shown {
                    break;
                }
            }
            let takes = longer != shown && fits(&longer);
            if takes {
                (cap, shown) = (more, longer);
            }
            takes
        });
    }
    let left_out = headings(&whole).filter(|heading| headings(&shown).all(|other| other != *heading));
    let left_out = left_out.map(str::to_owned).collect();
    (shown, Some(left_out))
}

fn headings(document: &Document) -> impl Iterator<Item = &str> {
    document.sections.iter().filter(|section| section.level == 1).filter_map(|section| section.heading.as_deref())
}

/// Writes a CV. What cannot be printed, and more pages than the plan allows, are reported.
pub fn print<T: Borrow<CitationText>>(
    diagnostics: &mut Diagnostics,
    sources: &Sources,
    material: &Material<'_, T>,
    plan: &Plan,
) -> Option<Printed> {
    let sheet = sheet(material, plan);
    let mut unheard = Diagnostics::default();
    let written = catch_unwind(AssertUnwindSafe(|| {
        let (mut document, shortened) = shortened(&mut unheard, sources, material, plan);
        let faces = Faces::for_letters(diagnostics, sources, &pdf::letters(&document, &sheet));
        for missing in pdf::missing(&document, &faces) {
            diagnostics.push(without_font(sources, material, &missing));
        }
        if let Some(native) = &material.portfolio.owner.name_native {
            let lacking = faces.lacking(&pdf::letters(&document, &sheet));
            // A name in another script that is spelt wrongly is worse than none: the title has it in Latin letters.
            if native.contains(lacking.as_slice()) {
                document.lines.retain(|line| *line != [super::plain(native.as_str())]);
            }
        }
        let excess = plan.pages_at_most.and_then(|most| pdf::excess(&document, &faces, &sheet, most));
        if let (Some(excess), Some(most)) = (excess, plan.pages_at_most) {
            diagnostics.push(too_long(sources, plan, excess, most));
        }
        pdf::write(&document, &faces, &sheet).map(|pdf| (pdf, shortened))
    }));
    match written.unwrap_or_else(|_| Err(anyhow!("the writer of PDFs failed"))) {
        Ok((pdf, shortened)) => {
            Some(Printed { bytes: pdf.bytes, pages: pdf.pages, most_pages: plan.pages(), shortened })
        }
        Err(error) => {
            let fault = format!("the PDF of the CV could not be made: {error}");
            diagnostics.push(
                Diagnostic::new(&code::PDF_FAILED, "site.yaml", fault)
                    .help("take the fonts out of `fonts/` one by one to find the one at fault"),
            );
            None
        }
    }
}

/// Returns the name of the file: `Rao-CV-2026-11.pdf`.
pub fn file_name(owner: &Owner, today: NaiveDate, ending: &str) -> String {
    let family = deunicode::deunicode(&family(owner));
    let words = family.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '\'');
    let words: Vec<String> = words.map(|word| word.replace('\'', "")).filter(|word| !word.is_empty()).collect();
    let name = [words.join("-"), "CV".to_owned(), format!("{}-{:02}", today.year(), today.month())];
    format!(
        "{}.{ending}",
        name.iter().filter(|part| !part.is_empty()).map(String::as_str).collect::<Vec<_>>().join("-")
    )
}

fn family(owner: &Owner) -> String {
    match owner.name.family_with_particle() {
        family if family.is_empty() => owner.display_name.clone(),
        family => family,
    }
}

fn sheet<T>(material: &Material<'_, T>, plan: &Plan) -> pdf::Sheet {
    let Material { portfolio, words, .. } = material;
    pdf::Sheet {
        paper: plan.paper,
        today: portfolio.today,
        foot: words.fill("cv.running", &[("name", &family(&portfolio.owner))]),
        issued: words.date(portfolio.today.into()),
        number: words.get("cv.page_of").to_owned(),
        size: if plan.pages() == Some(1) { 9.5 } else { 10.0 },
    }
}

fn without_font<T>(sources: &Sources, material: &Material<'_, T>, missing: &pdf::Missing) -> Diagnostic {
    let letters: String = missing.letters.iter().take(12).collect();
    let native = material.portfolio.owner.name_native.as_deref().unwrap_or_default();
    let is_native = missing.origin.is_none() && missing.letters.iter().all(|letter| native.contains(*letter));
    let way = if is_native { "leaves out `name_native`" } else { "prints them in Latin letters, and no emoji" };
    let message = format!("the PDF of the CV has no font for `{letters}`: it {way}");
    let (origin, field, record) = match &missing.origin {
        Some(origin) => {
            let is_it = |shared: &&crate::portfolio::Shared| shared.origin == *origin;
            let record = material.portfolio.shared().find(is_it).map(|shared| shared.id.clone());
            (origin.clone(), "title", record)
        }
        None => (Origin { file: "site.yaml".into(), index: 0 }, "person", None),
    };
    let mut found = Diagnostic::new(&code::LETTERS_WITHOUT_FONT, origin.file.as_ref(), message)
        .at(place(sources, &origin, field, &missing.letters))
        .help("put a font that has them into the folder `fonts/` of the site, as NotoSerifSC-Regular.otf for Chinese");
    found.record = record;
    found
}

/// The line of a record that has one of the letters, else that of a field.
fn place(sources: &Sources, origin: &Origin, field: &str, letters: &[char]) -> Option<crate::diagnostic::Span> {
    let start = sources.span(origin, field);
    let text = sources.text(&origin.file)?;
    let first = start.map_or(1, |span| span.line);
    let from = text.split_inclusive('\n').take(first.saturating_sub(1)).map(str::len).sum::<usize>();
    let at = text[from..].find(letters).map(|at| from + at);
    at.map(|at| {
        let run = text[at..].chars().take_while(|letter| letters.contains(letter)).map(char::len_utf8).sum::<usize>();
        crate::diagnostic::Span::of_bytes(text, at, at + run)
    })
    .or(start)
}

fn too_long(sources: &Sources, plan: &Plan, excess: pdf::Excess, most: usize) -> Diagnostic {
    let name = plan.id.as_ref().map_or_else(|| "the CV".to_owned(), |id| format!("the CV `{id}`"));
    let count = |number: usize, one: &str| format!("{number} {one}{}", if number == 1 { "" } else { "s" });
    let over = excess.pages - most;
    let message = format!(
        "{name} has {}, {} more than `pages_at_most: {most}`: {} and {} too many",
        count(excess.pages, "page"),
        over,
        count(excess.lines, "line"),
        excess.entries.to_string() + if excess.entries == 1 { " entry" } else { " entries" },
    );
    let origin = Origin { file: "site.yaml".into(), index: 0 };
    let of_variant = (0..64).find_map(|at| {
        let id = sources.span(&origin, &format!("cvs[{at}].id"))?;
        let text = sources.text("site.yaml").and_then(|text| text.get(id.bytes_in(text)?));
        let is_it = text.is_some_and(|text| text.trim_matches(['"', '\'']) == plan.id.as_deref().unwrap_or_default());
        is_it.then(|| sources.span(&origin, &format!("cvs[{at}].pages_at_most"))).flatten()
    });
    Diagnostic::new(&code::CV_TOO_LONG, "site.yaml", message)
        .at(of_variant)
        .help("select less (`since`, `featured`, `kinds`, `sections`), or allow more pages")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::portfolio::PersonName;

    #[test]
    fn a_file_is_named_by_family_and_month() {
        let named = |particle: &str, family: &str| {
            let name = PersonName { family: family.to_owned(), particle: particle.to_owned(), ..PersonName::default() };
            let owner = Owner { name, display_name: "Li Na".to_owned(), ..Owner::default() };
            file_name(&owner, NaiveDate::from_ymd_opt(2026, 3, 9).expect("a day"), "pdf")
        };
        assert_eq!(named("", "Oyelaran-Quist"), "Oyelaran-Quist-CV-2026-03.pdf");
        assert_eq!(named("van der", "Berg"), "van-der-Berg-CV-2026-03.pdf");
        assert_eq!(named("d’", "Aubigné"), "dAubigne-CV-2026-03.pdf");
        assert_eq!(named("", ""), "Li-Na-CV-2026-03.pdf");
    }
}
