//! What is said of a list file whose records are not written as records.

use serde_yaml::Value;

use super::list::Item;
use super::mend;
use crate::diagnostic::{Diagnostic, Span, code};

/// Signs that word processors put before the items of a list.
const BULLETS: &[char] = &['–', '—', '−', '•', '*', '·', '‣', '▪', '●', '◦', '○', '■', '+'];

/// Reports what stands before the first record, or in place of all records.
pub(super) fn before_the_first(file: &str, preamble: &str) -> Vec<Diagnostic> {
    let bullets = bullets(file, preamble);
    if !bullets.is_empty() {
        return bullets;
    }
    let Some((span, content)) = first_content(preamble) else { return Vec::new() };
    let field =
        content.split_once(": ").map(|(key, _)| key).filter(|key| mend::key_of(content).as_deref() == Some(*key));
    let found = match field {
        Some(field) => Diagnostic::new(&code::WRONG_SHAPE, file, format!("a `- ` is missing before `{field}`, which begins a record"))
            .at(span)
            .label(format!("write `- {field}`"))
            .help("begin each record with `- ` at the start of a line, and indent its other fields by two spaces"),
        None => Diagnostic::new(&code::WRONG_SHAPE, file, format!("`{content}` stands before the first record"))
            .at(span)
            .label("remove this line")
            .help("the file is a plain list: every record begins with `- ` at the start of a line, and nothing stands above the first"),
    };
    vec![found]
}

/// Reports records that begin with another sign than `- `.
pub(super) fn bullets(file: &str, text: &str) -> Vec<Diagnostic> {
    let lines = text.lines().enumerate().filter_map(|(number, line)| {
        let content = line.trim_start();
        let indent = line.chars().count() - content.chars().count();
        let bullet = bullet(content)?;
        let message = format!("a record begins with `-`, not with `{bullet}`");
        let found = Diagnostic::new(&code::WRONG_SHAPE, file, message)
            .at(Span::new(number + 1, indent + 1, bullet.chars().count()))
            .label("write `-`")
            .help("put the hyphen of the keyboard and a space before the first field of each record")
            .fix(format!("{:<width$}", "-", width = bullet.chars().count()));
        Some(found)
    });
    lines.collect()
}

/// Returns the sign before the first field of a line, if it is one of a word processor's.
fn bullet(content: &str) -> Option<&str> {
    let (sign, rest) = content.split_once([' ', '\t'])?;
    let numbered =
        sign.strip_suffix(['.', ')']).is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
    let is_sign = numbered || (sign.chars().count() == 1 && sign.starts_with(BULLETS));
    (is_sign && mend::key_of(rest.trim_start()).is_some()).then_some(sign)
}

/// Recognises records of other programs, pasted as they are.
pub(super) fn pasted(file: &str, text: &str) -> Option<Diagnostic> {
    let (span, content) = first_content(text)?;
    let name = if content.starts_with('@') && content.contains('{') {
        "BibTeX"
    } else if content.starts_with("TY  -") {
        "RIS"
    } else if content.starts_with("PMID-") {
        "a PubMed file"
    } else if content.starts_with("<?xml") || content.starts_with("<PubmedArticle") {
        "XML"
    } else {
        return None;
    };
    let found = Diagnostic::new(&code::WRONG_SHAPE, file, format!("this is {name}, and the file must be a list of records"))
        .at(span)
        .label("another program's form begins here")
        .help("write each work as a record: `- title: …`, and below it `authors: …`, `date: …` and `doi: …`, indented by two spaces");
    Some(found)
}

/// Reports a file that holds something else than a list.
pub(super) fn not_a_list(file: &str, text: &str) -> Diagnostic {
    Diagnostic::new(&code::WRONG_SHAPE, file, "this file must be a list of records")
        .at(first_content(text).map(|(span, _)| span))
        .label("put `- ` before the first field of each record")
        .help("begin each record with `- ` and indent its other fields by two spaces")
}

/// Takes out the runs of records that are single fields, each with a `- ` of its own, and reports each run.
///
/// `line_of` gives the line (from 1) on which a record begins.
pub(super) fn fields_as_records(
    diagnostics: &mut Vec<Diagnostic>,
    file: &str,
    items: Vec<Item>,
    line_of: impl Fn(usize) -> usize,
) -> Vec<Item> {
    let mut kept = Vec::with_capacity(items.len());
    let mut run: Vec<Item> = Vec::new();
    let mut end = |run: &mut Vec<Item>, kept: &mut Vec<Item>| {
        if run.len() > 2 {
            let found = Diagnostic::new(
                &code::WRONG_SHAPE,
                file,
                "each field is a record of its own here, since each has a `- `",
            )
            .at(Span::new(line_of(run[1].index), 1, 2))
            .label("write two spaces in place of `- `")
            .help(
                "only the first field of a record begins with `- `; the others stand below it, indented by two spaces",
            );
            diagnostics.push(found);
            run.clear();
        }
        kept.append(run);
    };
    for item in items {
        let key = only_key(&item);
        let joins = key.is_some()
            && run.last().is_none_or(|last| last.index + 1 == item.index)
            && run.iter().all(|other| only_key(other) != key);
        if !joins {
            end(&mut run, &mut kept);
        }
        if key.is_some() {
            run.push(item);
        } else {
            kept.push(item);
        }
    }
    end(&mut run, &mut kept);
    kept
}

fn only_key(item: &Item) -> Option<&str> {
    let map = item.value.as_mapping().filter(|map| map.len() == 1 && item.faulty.is_empty())?;
    map.keys().next().and_then(Value::as_str)
}

/// The first line of content of a text, as a place, and its words.
fn first_content(text: &str) -> Option<(Span, &str)> {
    text.lines().enumerate().find_map(|(index, line)| {
        let content = line.trim();
        let indent = line.chars().count() - line.trim_start().chars().count();
        (!content.is_empty() && !content.starts_with('#') && content != "---")
            .then(|| (Span::new(index + 1, indent + 1, content.chars().count()), content))
    })
}
