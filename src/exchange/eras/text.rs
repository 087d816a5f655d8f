//! The application as text to paste from, and as a table.

use super::{Application, Experience, FORM, Work};
use crate::portfolio::ApplicationForm;

/// Returns the application field by field, with the characters of each field that has a limit.
pub fn text(application: &Application) -> String {
    let mut text =
        format!("ERAS, season {}. Compare the fields with the form: they change from year to year.\n", FORM.season);
    let mut kind = "";
    for work in &application.works {
        if work.kind != kind {
            kind = work.kind;
            text.push_str(&format!("\n== {kind} ==\n"));
        }
        text.push('\n');
        for (name, value) in fields(work) {
            if !value.is_empty() {
                text.push_str(&format!("{name}: {value}\n"));
            }
        }
    }
    if application.works.is_empty() {
        text.push_str("\n== Scholarly Work ==\n\nNone (the form has to be told so)\n");
    }
    text.push_str(&format!("\n== Experiences: {} of {} ==\n", application.experiences.len(), FORM.experiences));
    for experience in &application.experiences {
        text.push('\n');
        for (name, value) in facts(experience) {
            if !value.is_empty() {
                text.push_str(&format!("{name}: {value}\n"));
            }
        }
        let description = &experience.description;
        text.push_str(&format!("Description {}: {description}\n", counted(description, FORM.description)));
        if experience.most_meaningful {
            let reflection = &experience.reflection;
            text.push_str(&format!("Most meaningful {}: {reflection}\n", counted(reflection, FORM.reflection)));
        }
    }
    if !application.unplaced.is_empty() {
        text.push_str("\n== Without a place ==\n\n");
        for unplaced in &application.unplaced {
            text.push_str(&format!("- {}: {}\n", unplaced.title, unplaced.reason));
        }
    }
    text
}

fn counted(text: &str, limit: usize) -> String {
    let count = text.chars().count();
    match ApplicationForm::excess(text, limit) {
        Some(over) => format!("({count} of {limit} characters, {over} TOO MANY)"),
        None => format!("({count} of {limit} characters)"),
    }
}

fn yes(flag: bool) -> String {
    if flag { "yes" } else { "no" }.to_owned()
}

fn fields(work: &Work) -> Vec<(&'static str, String)> {
    let presented = matches!(work.kind, "Oral Presentation" | "Poster Presentation");
    vec![
        ("Title", work.title.clone()),
        (if presented { "Meeting" } else { "Publication" }, work.publication.clone()),
        ("Authors", work.authors.clone()),
        ("First author", yes(work.first_author)),
        ("Status", work.status.to_owned()),
        ("Date", work.date.clone()),
        ("Volume", work.volume.clone()),
        ("Issue", work.issue.clone()),
        ("Pages", work.pages.clone()),
        ("PubMed ID", work.pmid.clone()),
        ("DOI", work.doi.clone()),
        ("URL", work.url.clone()),
        ("Place", work.place.clone()),
        ("Most meaningful", if work.most_meaningful { "yes".to_owned() } else { String::new() }),
        ("Collection", work.collection.clone()),
        ("Events", work.events.join("; ")),
    ]
}

fn facts(experience: &Experience) -> Vec<(&'static str, String)> {
    vec![
        ("Type", experience.kind.to_owned()),
        ("Position", experience.position.clone()),
        ("Organization", experience.organization.clone()),
        ("Start", experience.start.clone()),
        ("End", if experience.end.is_empty() { "present".to_owned() } else { experience.end.clone() }),
        ("Location", experience.place.clone()),
        ("Setting", experience.setting.clone()),
        ("Frequency", experience.frequency.clone()),
    ]
}

/// The columns of the table; one row for each work, experience and record without a place.
const COLUMNS: [&str; 26] = [
    "section",
    "type",
    "title",
    "publication",
    "authors",
    "first_author",
    "status",
    "date",
    "volume",
    "issue",
    "pages",
    "pmid",
    "doi",
    "url",
    "place",
    "most_meaningful",
    "collection",
    "events",
    "organization",
    "end",
    "setting",
    "frequency",
    "description",
    "description_characters",
    "reflection",
    "reason",
];

/// Returns the application as CSV (RFC 4180), for a spreadsheet.
pub fn csv(application: &Application) -> String {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let mut rows: Vec<Vec<(&str, String)>> = Vec::new();
    for work in &application.works {
        rows.push(vec![
            ("section", "scholarly work".to_owned()),
            ("type", work.kind.to_owned()),
            ("title", work.title.clone()),
            ("publication", work.publication.clone()),
            ("authors", work.authors.clone()),
            ("first_author", yes(work.first_author)),
            ("status", work.status.to_owned()),
            ("date", work.date.clone()),
            ("volume", work.volume.clone()),
            ("issue", work.issue.clone()),
            ("pages", work.pages.clone()),
            ("pmid", work.pmid.clone()),
            ("doi", work.doi.clone()),
            ("url", work.url.clone()),
            ("place", work.place.clone()),
            ("most_meaningful", yes(work.most_meaningful)),
            ("collection", work.collection.clone()),
            ("events", work.events.join("; ")),
        ]);
    }
    for experience in &application.experiences {
        rows.push(vec![
            ("section", "experience".to_owned()),
            ("type", experience.kind.to_owned()),
            ("title", experience.position.clone()),
            ("organization", experience.organization.clone()),
            ("date", experience.start.clone()),
            ("end", experience.end.clone()),
            ("place", experience.place.clone()),
            ("setting", experience.setting.clone()),
            ("frequency", experience.frequency.clone()),
            ("most_meaningful", yes(experience.most_meaningful)),
            ("description", experience.description.clone()),
            ("description_characters", experience.description.chars().count().to_string()),
            ("reflection", experience.reflection.clone()),
        ]);
    }
    for unplaced in &application.unplaced {
        rows.push(vec![
            ("section", "without a place".to_owned()),
            ("title", unplaced.title.clone()),
            ("reason", unplaced.reason.clone()),
        ]);
    }
    // Writing to memory cannot fail.
    let _ = writer.write_record(COLUMNS);
    for row in rows {
        let cell = |column: &&str| {
            row.iter().find(|(name, _)| name == column).map(|(_, value)| guarded(value)).unwrap_or_default()
        };
        let _ = writer.write_record(COLUMNS.iter().map(cell));
    }
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

/// A spreadsheet takes a text that begins with one of these signs for a formula.
fn guarded(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@']) { format!("'{text}") } else { text.to_owned() }
}
