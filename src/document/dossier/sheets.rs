//! The dossier's own pages: the index, the cover of an exhibit, and proofs that are texts.

use super::mail::Letter;
use super::{Dossier, Exhibit, Group, subject};
use crate::cite::{Run, RunStyle};
use crate::diagnostic::Diagnostics;
use crate::diagnostic::code::PROOF_LETTERS;
use crate::document::faces::Faces;
use crate::document::pdf::{self, Pdf, Sheet};
use crate::document::{Document, Entry, Section};
use crate::record::vocabulary::Paper;
use crate::source::Sources;

/// Where an exhibit stands: pages from 1, the cover first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Placed {
    /// The first and last page of the exhibit.
    pub(super) pages: (usize, usize),
    /// The first and last page of each proof; none where it cannot be read.
    pub(super) proofs: Vec<Option<(usize, usize)>>,
    /// The name of its file, where it has one of its own.
    pub(super) file: Option<String>,
}

/// What all sheets of a dossier have in common.
pub(super) fn sheet(dossier: &Dossier, foot: &str, number: &str) -> Sheet {
    Sheet {
        paper: Paper::Letter,
        today: dossier.today,
        foot: foot.to_owned(),
        issued: dossier.today.to_string(),
        number: number.to_owned(),
        size: 10.0,
    }
}

/// Sets a document; a letter for which there is no font is shown as a question mark, and told.
pub(super) fn set(
    diagnostics: &mut Diagnostics,
    sources: &Sources,
    mut document: Document,
    mut sheet: Sheet,
    file: &str,
) -> anyhow::Result<Pdf> {
    let letters = pdf::letters(&document, &sheet);
    let faces = Faces::for_letters(&mut Diagnostics::default(), sources, &letters);
    let mut lacking = faces.lacking(&letters);
    let all: std::collections::BTreeSet<char> =
        texts(&mut document).flat_map(|text| text.chars().collect::<Vec<_>>()).collect();
    lacking.extend(faces.lacking(&all));
    if !lacking.is_empty() {
        for text in texts(&mut document).chain([&mut sheet.foot]) {
            *text = text.chars().map(|letter| if lacking.contains(&letter) { '?' } else { letter }).collect();
        }
        lacking.retain(|letter| !letter.is_control());
        lacking.sort_unstable();
        lacking.dedup();
        if !lacking.is_empty() {
            let letters: String = lacking.iter().take(20).collect();
            let message = format!("no font has {letters}, shown as `?` in the dossier");
            let diagnostic = crate::diagnostic::Diagnostic::new(&PROOF_LETTERS, file, message);
            diagnostics
                .push(diagnostic.help("put a font that has these letters into `fonts/`, or keep the proof as a PDF"));
        }
    }
    pdf::write(&document, &faces, &sheet)
}

fn texts(document: &mut Document) -> impl Iterator<Item = &mut String> {
    let lines = document.lines.iter_mut().flatten().map(|run| &mut run.text);
    let sections = document.sections.iter_mut().flat_map(|section| {
        let entries = section
            .entries
            .iter_mut()
            .flat_map(|entry| std::iter::once(&mut entry.dates).chain(entry.runs.iter_mut().map(|run| &mut run.text)));
        section.heading.iter_mut().chain(entries)
    });
    std::iter::once(&mut document.title).chain(lines).chain(sections)
}

/// Sets a text that proves something.
pub(super) fn text_pages(
    diagnostics: &mut Diagnostics,
    sources: &Sources,
    letter: &Letter,
    path: &str,
) -> anyhow::Result<Vec<u8>> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let head = letter.head.iter().map(|(name, value)| entry(name, vec![run(value)])).collect();
    let paragraphs = letter.paragraphs.iter().map(|text| entry("", vec![run(text)])).collect();
    let is_mail = !letter.head.is_empty();
    let section = |heading: &str, entries: Vec<Entry>| Section {
        heading: Some(heading.to_owned()),
        level: 1,
        entries,
        ..Section::default()
    };
    let sections = [section("E-mail", head), section(if is_mail { "Message" } else { "Text" }, paragraphs)];
    let document = Document {
        title: name.to_owned(),
        author: String::new(),
        language: "en".to_owned(),
        lines: vec![vec![run(path)]],
        sections: sections.into_iter().filter(|one| !one.entries.is_empty()).collect(),
        ..Document::default()
    };
    let sheet = Sheet {
        paper: Paper::Letter,
        today: chrono::NaiveDate::default(),
        foot: name.to_owned(),
        issued: String::new(),
        number: String::new(),
        size: 10.0,
    };
    Ok(set(diagnostics, sources, document, sheet, path)?.bytes)
}

/// The index: what is filled and what is empty, every exhibit with its pages, and what is missing.
pub(super) fn index(dossier: &Dossier, placed: &[Placed], total: usize) -> Document {
    let exhibits = count(dossier.exhibits.len(), "exhibit", "exhibits");
    let pages = if placed.iter().any(|one| one.file.is_some()) {
        String::new()
    } else {
        format!(" on {}", count(total, "page", "pages"))
    };
    let mut sections = vec![Section {
        heading: Some(filled_words(dossier)),
        level: 1,
        entries: dossier.groups.iter().map(|group| glance(dossier, group)).collect(),
        ..Section::default()
    }];
    for group in dossier.groups.iter().filter(|group| group.is_filled()) {
        let mut entries: Vec<Entry> =
            group.exhibits.iter().map(|at| line(&dossier.exhibits[*at], &placed[*at])).collect();
        entries.extend(group.bare.iter().map(|line| entry("no proof", vec![run(line)])));
        sections.push(Section { heading: Some(heading(group)), level: 1, entries, ..Section::default() });
    }
    let missing = missing(dossier);
    if !missing.is_empty() {
        let entries = missing.into_iter().map(|(exhibit, words)| entry(&exhibit, vec![run(&words)])).collect();
        let heading = Some("Proofs that are missing or cannot be read".to_owned());
        sections.push(Section { heading, level: 1, entries, ..Section::default() });
    }
    Document {
        title: dossier.set.title().to_owned(),
        subject: subject(dossier),
        author: dossier.owner.clone(),
        language: "en".to_owned(),
        lines: [dossier.owner.clone(), dossier.set.law().to_owned(), format!("{exhibits}{pages}, {}", dossier.today)]
            .iter()
            .filter(|line| !line.is_empty())
            .map(|line| vec![run(line)])
            .collect(),
        sections,
    }
}

fn heading(group: &Group) -> String {
    if group.law.is_empty() { group.title.clone() } else { format!("{}, 8 CFR {}", group.title, group.law) }
}

/// Says how many groups have a record: `4 of 8 criteria have a record`.
fn filled_words(dossier: &Dossier) -> String {
    let filled = dossier.groups.iter().filter(|group| group.is_filled()).count();
    let (one, many) = dossier.set.word();
    let all = dossier.groups.len();
    format!("{filled} of {all} {} a record", if all == 1 { format!("{one} has") } else { format!("{many} have") })
}

fn glance(dossier: &Dossier, group: &Group) -> Entry {
    let readable = group.exhibits.iter().any(|at| dossier.exhibits[*at].proof_pages() > 0);
    if !group.is_filled() {
        return entry("empty", vec![run(&group.title)]);
    }
    let mut words = vec![bold(&group.title)];
    if !group.exhibits.is_empty() {
        let exhibits = count(group.exhibits.len(), "exhibit", "exhibits");
        let note = if readable { String::new() } else { ", no proof that can be read".to_owned() };
        words.push(run(&format!(": {exhibits}{note}")));
    }
    if !group.bare.is_empty() {
        let records = count(group.bare.len(), "record", "records");
        words.push(run(&format!("{} {records} without a proof", if group.exhibits.is_empty() { ":" } else { ";" })));
    }
    entry("filled", words)
}

fn line(exhibit: &Exhibit, placed: &Placed) -> Entry {
    let mut runs = vec![bold(&format!("Exhibit {}.", exhibit.number)), run(&format!(" {}", exhibit.line))];
    if exhibit.proof_pages() == 0 {
        runs.push(run(" No proof of it can be read."));
    }
    match &placed.file {
        Some(file) => {
            runs.push(run(&format!(" {file}, {}", count(placed.pages.1, "page", "pages"))));
            entry(file.split('-').next().unwrap_or_default(), runs)
        }
        None => entry(&range(placed.pages), runs),
    }
}

/// Every proof that is not in the dossier: the exhibit, and what is wrong.
fn missing(dossier: &Dossier) -> Vec<(String, String)> {
    let faults = dossier.exhibits.iter().flat_map(|exhibit| {
        let proofs = exhibit.proofs.iter();
        proofs.filter_map(|proof| {
            let fault = proof.fault()?;
            Some((format!("Exhibit {}", exhibit.number), format!("{} {fault}", proof.path)))
        })
    });
    faults.collect()
}

/// The cover of an exhibit.
pub(super) fn cover(dossier: &Dossier, exhibit: &Exhibit, placed: &Placed) -> Document {
    let serves = exhibit.serves.iter().map(|group| entry("", vec![run(group)])).collect();
    let proofs = exhibit.proofs.iter().zip(&placed.proofs).map(|(proof, pages)| {
        let fault = proof.fault().map(|fault| format!(" {fault}")).unwrap_or_default();
        let pages = pages.map_or_else(|| "not here".to_owned(), range);
        entry(&pages, vec![run(&format!("{}{fault}", proof.path))])
    });
    let section = |heading: &str, entries: Vec<Entry>| Section {
        heading: Some(heading.to_owned()),
        level: 1,
        entries,
        ..Section::default()
    };
    let (one, many) = dossier.set.word();
    let word = if exhibit.serves.len() == 1 { one } else { many };
    Document {
        title: format!("Exhibit {}", exhibit.number),
        subject: format!("Exhibit {}: {}", exhibit.number, exhibit.title),
        author: dossier.owner.clone(),
        language: "en".to_owned(),
        lines: vec![vec![run(&exhibit.line)], vec![run(&dossier.owner)]],
        sections: vec![section(&capital(word), serves), section("Proofs", proofs.collect())],
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn range((first, last): (usize, usize)) -> String {
    if first == last { format!("p. {first}") } else { format!("pp. {first}–{last}") }
}

fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

fn run(text: &str) -> Run {
    Run { text: text.to_owned(), ..Run::default() }
}

fn bold(text: &str) -> Run {
    Run { text: text.to_owned(), style: RunStyle { bold: true, ..RunStyle::default() }, ..Run::default() }
}

fn entry(dates: &str, runs: Vec<Run>) -> Entry {
    Entry { dates: dates.to_owned(), runs, ..Entry::default() }
}

/// Returns what a dossier holds, in lines for a terminal.
pub fn summary(dossier: &Dossier) -> String {
    let mut lines = vec![format!("{}: {}", dossier.set.title(), filled_words(dossier))];
    let longest = dossier.groups.iter().map(|group| group.title.chars().count()).max().unwrap_or_default();
    for group in &dossier.groups {
        let mark = if group.is_filled() { "filled" } else { "empty " };
        let numbers: Vec<&str> = group.exhibits.iter().map(|at| dossier.exhibits[*at].number.as_str()).collect();
        let mut words = numbers.join(", ");
        if !group.bare.is_empty() {
            let gap = if words.is_empty() { "" } else { "; " };
            words.push_str(&format!("{gap}{} without a proof", group.bare.len()));
        }
        lines.push(format!("  {mark}  {:longest$}  {words}", group.title).trim_end().to_owned());
    }
    lines.extend(missing(dossier).into_iter().map(|(exhibit, words)| format!("  {exhibit}: {words}")));
    lines.join("\n")
}
