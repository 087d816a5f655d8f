//! Tables: Google Scholar's CSV, and academicpages' TSV.

use super::{academicpages, dates, people, talks};
use crate::exchange::draft::{Draft, Value};
use crate::record::vocabulary::Kind;

/// A table with its heads, in small letters.
struct Table {
    heads: Vec<String>,
    rows: Vec<csv::StringRecord>,
}

impl Table {
    fn read(text: &str, delimiter: u8, quoting: bool) -> Self {
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .quoting(quoting)
            .flexible(true)
            .has_headers(false)
            .from_reader(text.as_bytes());
        let mut records = reader.records().flatten();
        let heads = records.next().map(|heads| heads.iter().map(|head| head.trim().to_lowercase()).collect());
        Self { heads: heads.unwrap_or_default(), rows: records.collect() }
    }

    fn cell<'r>(&self, row: &'r csv::StringRecord, names: &[&str]) -> &'r str {
        let column = names.iter().find_map(|name| self.heads.iter().position(|head| head == name));
        column.and_then(|column| row.get(column)).unwrap_or_default().trim()
    }
}

/// What kind of table a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Layout {
    /// Google Scholar's "Export, CSV".
    Scholar,
    /// `markdown_generator/publications.tsv`.
    PublicationsTsv,
    /// `markdown_generator/talks.tsv`.
    TalksTsv,
}

/// Tells what table a text is, by its heads.
pub(in crate::exchange) fn layout(text: &str) -> Option<Layout> {
    let heads = without_separator(text).lines().next()?.to_lowercase();
    let by = |delimiter: char| -> Vec<String> {
        heads.split(delimiter).map(|head| head.trim().trim_matches('"').to_owned()).collect()
    };
    let has = |heads: &[String], names: &[&str]| names.iter().all(|name| heads.iter().any(|head| head == name));
    if has(&by('\t'), &["title", "venue", "citation"]) {
        Some(Layout::PublicationsTsv)
    } else if has(&by('\t'), &["title", "venue", "location"]) {
        Some(Layout::TalksTsv)
    } else if [',', ';', '\t'].into_iter().any(|sign| has(&by(sign), &["authors", "title", "year"])) {
        Some(Layout::Scholar)
    } else {
        None
    }
}

/// Reads the rows of a table.
pub(in crate::exchange) fn read(text: &str, layout: Layout) -> Vec<Draft> {
    match layout {
        Layout::Scholar => {
            let text = without_separator(text);
            let head = text.lines().next().unwrap_or_default();
            let delimiter =
                [b',', b'\t', b';'].into_iter().find(|sign| head.contains(char::from(*sign))).unwrap_or(b',');
            // A quote without its partner would take in the rows that follow.
            let are_paired = delimiter != b'\t' || text.matches('"').count().is_multiple_of(2);
            let table = Table::read(text, delimiter, are_paired);
            table.rows.iter().map(|row| scholar(&table, row)).collect()
        }
        Layout::PublicationsTsv | Layout::TalksTsv => {
            let table = Table::read(text, b'\t', false);
            table.rows.iter().map(|row| tsv(&table, row, layout)).collect()
        }
    }
}

/// Excel's first line says only what divides the cells: `sep=;`.
fn without_separator(text: &str) -> &str {
    match text.split_once('\n') {
        Some((head, rest)) if head.to_lowercase().starts_with("sep=") => rest,
        _ => text,
    }
}

/// Tells whether a spreadsheet made a date of a number: `3-Sep`, `Sep-03`, `05/01/2023`.
fn is_date(cell: &str) -> bool {
    let parts: Vec<&str> = cell.split(['-', '/']).collect();
    let is_month =
        |part: &&str| part.len() == 3 && part.chars().all(char::is_alphabetic) && dates::month(part).is_some();
    let is_day = cell.contains('/') && parts.len() == 3 && parts.iter().all(|part| part.parse::<u32>().is_ok());
    (parts.len() > 1 && parts.iter().any(is_month)) || is_day
}

fn scholar(table: &Table, row: &csv::StringRecord) -> Draft {
    let mut draft = Draft::new(Kind::Publications);
    draft.unsure("type", "is a guess: Google Scholar's table does not say what a work is");
    draft.title(table.cell(row, &["title"]));
    let authors = table.cell(row, &["authors"]).trim_matches('"').split(';').filter(|name| !name.trim().is_empty());
    let mut names = Vec::new();
    for author in authors {
        if matches!(author.trim(), "..." | "…" | "others") {
            draft.unsure("authors", "are cut short in the table");
        } else {
            names.extend(people::person_or_group(author.trim()));
        }
    }
    draft.people("authors", names);
    draft.text("journal", table.cell(row, &["publication", "journal"]));
    for (field, name) in [("volume", "volume"), ("issue", "number"), ("pages", "pages"), ("publisher", "publisher")] {
        draft.text(field, table.cell(row, &[name]));
        if matches!(field, "issue" | "pages") && is_date(table.cell(row, &[name])) {
            draft.unsure(field, "looks like a date that a spreadsheet made of numbers");
        }
    }
    draft.date("date", dates::year_first(table.cell(row, &["year"])));
    draft
}

/// Python's writer quotes a cell that holds a quote; some tables were typed without.
fn unquoted(cell: &str) -> String {
    match cell.strip_prefix('"').and_then(|inner| inner.strip_suffix('"')) {
        Some(inner) if inner.replace("\"\"", "").matches('"').count() == 0 => inner.replace("\"\"", "\""),
        _ => cell.to_owned(),
    }
}

fn tsv(table: &Table, row: &csv::StringRecord, layout: Layout) -> Draft {
    let cell = |name: &str| unquoted(table.cell(row, &[name]));
    if layout == Layout::TalksTsv {
        let mut draft = Draft::new(Kind::Presentations);
        talks::set_kind(&mut draft, &cell("type"));
        draft.title(&cell("title"));
        draft.text("event", &cell("venue"));
        draft.text("place", &cell("location"));
        draft.date("date", dates::year_first(&cell("date")));
        draft.url(&cell("talk_url"));
        draft.unsure("authors", "are not in the table");
        return draft;
    }
    let mut page = academicpages::Page { title: cell("title"), venue: cell("venue"), ..academicpages::Page::default() };
    page.date = dates::year_first(&cell("pub_date"));
    page.citation = cell("citation");
    page.address = cell("paper_url");
    page.category = cell("category");
    let mut draft = academicpages::publication(&page);
    draft.set("summary", Value::Text(String::new()));
    draft
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_told_by_its_heads() {
        assert_eq!(layout("Authors,Title,Publication,Volume,Number,Pages,Year,Publisher\n"), Some(Layout::Scholar));
        assert_eq!(
            layout("pub_date\ttitle\tvenue\texcerpt\tcitation\turl_slug\tpaper_url"),
            Some(Layout::PublicationsTsv)
        );
        assert_eq!(layout("name,age\n"), None);
    }

    #[test]
    fn tables_that_a_spreadsheet_saved_are_read_and_its_dates_doubted() {
        for text in [
            "sep=;\nAuthors;Title;Publication;Volume;Number;Pages;Year;Publisher\n\"Rao, P; \";A;AJR;215;5-Jan;3-Sep;2020;\n",
            "Authors\tTitle\tPublication\tVolume\tNumber\tPages\tYear\tPublisher\nRao, P\tA\tAJR\t215\t5-Jan\t3-Sep\t2020\t\n",
        ] {
            assert_eq!(layout(text), Some(Layout::Scholar));
            let drafts = read(text, Layout::Scholar);
            assert_eq!((drafts[0].get_text("title"), drafts[0].get_text("journal")), (Some("A"), Some("AJR")));
            let doubted: Vec<&str> = drafts[0].doubts().iter().map(|doubt| doubt.field).collect();
            assert_eq!(doubted, ["type", "issue", "pages"]);
        }
        let torn = "Authors\tTitle\tPublication\tYear\n\"Rao, P\tA\tX\t2020\nRao, P\tB\tX\t2021\n";
        assert_eq!(read(torn, Layout::Scholar).len(), 2);
    }
}
