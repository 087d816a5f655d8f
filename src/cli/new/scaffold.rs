//! The files of a new site, from what is known of its owner.

use include_dir::{Dir, include_dir};

use super::NewFile;
use super::answers::Answers;
use crate::portfolio::read_name;
use crate::record::schema;

static SCAFFOLD: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/cli/new/scaffold");
static EXAMPLE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/example-site");

/// Stands for the name in a site made without asking.
pub(in crate::cli) const NAMELESS: &str = "Your Name";

/// Returns the files of a site of one's own: notes, examples behind `#`, and what is known.
pub(super) fn site(answers: &Answers) -> Vec<NewFile> {
    let words = words(answers);
    let fill = |text: &str| words.iter().fold(text.to_owned(), |text, (place, word)| text.replace(place, word));
    let mut files = Vec::new();
    collect(&SCAFFOLD, &mut files);
    for (path, content) in &mut files {
        if path == "gitignore" {
            ".gitignore".clone_into(path);
        }
        let head = modeline(path).unwrap_or_default();
        *content = format!("{head}{}", fill(&String::from_utf8_lossy(content))).into_bytes();
    }
    files.extend(schema::all().into_iter().map(|schema| {
        let text = serde_json::to_string(&schema.value).unwrap_or_default();
        (format!(".offprint/schema/{}.json", schema.name), text.into_bytes())
    }));
    files
}

/// Returns the line that tells editors the schema of a file, by which they complete and check.
fn modeline(path: &str) -> Option<String> {
    let name = path.strip_suffix(".yaml")?;
    let (up, name) = match name.strip_prefix("records/") {
        Some(name) => ("../", name),
        None => ("", name),
    };
    let known = schema::all().iter().any(|schema| schema.name == name);
    known.then(|| format!("# yaml-language-server: $schema={up}.offprint/schema/{name}.json\n"))
}

/// Returns the files of the full example, without what a build may have left beside them.
pub(super) fn example() -> Vec<NewFile> {
    let mut files = Vec::new();
    collect(&EXAMPLE, &mut files);
    files.retain(|(path, _)| !path.starts_with("public/") && !path.starts_with(".offprint/"));
    if !files.iter().any(|(path, _)| path == ".gitignore") {
        let ignored = SCAFFOLD.get_file("gitignore").map(|file| file.contents().to_vec()).unwrap_or_default();
        files.push((".gitignore".to_owned(), ignored));
    }
    files
}

fn collect(folder: &Dir<'_>, files: &mut Vec<NewFile>) {
    for file in folder.files() {
        files.push((file.path().to_string_lossy().replace('\\', "/"), file.contents().to_vec()));
    }
    for inner in folder.dirs() {
        collect(inner, files);
    }
}

/// Returns what stands in each open place; a field that is not known becomes an example.
fn words(answers: &Answers) -> Vec<(&'static str, String)> {
    let name = answers.name.as_deref().unwrap_or(NAMELESS);
    let author = read_name(name).map_or_else(|| name.to_owned(), |read| read.name.pubmed());
    let email = field(answers.email.as_deref(), "  email", "you@hospital.example");
    let ids = section("ids:", &[("  orcid", answers.orcid.as_deref(), "0000-0002-1825-0097")]);
    let programme = section(
        "programme:",
        &[
            ("  specialty", answers.specialty.as_deref(), "Diagnostic radiology"),
            ("  institution", answers.institution.as_deref(), "Lakemoor University Medical Center"),
            ("  started", answers.started.as_deref(), "2025-07-01"),
        ],
    );
    vec![
        ("{{name}}", scalar(name)),
        ("{{pubmed}}", scalar(&format!("\"{author}\"[Author]"))),
        ("{{author}}", author),
        ("{{email}}", email),
        ("{{ids}}", ids),
        ("{{programme}}", programme),
        ("{{residency}}", residency(answers)),
        ("{{about}}", about(answers, name)),
    ]
}

fn field(value: Option<&str>, key: &str, example: &str) -> String {
    value.map_or_else(|| format!("#{key}: {}", scalar(example)), |value| format!("{key}: {}", scalar(value)))
}

/// Returns a key and its fields; the key is part of the example when no field is known.
fn section(key: &str, fields: &[(&str, Option<&str>, &str)]) -> String {
    let known = fields.iter().any(|(_, value, _)| value.is_some());
    let head = format!("{}{key}", if known { "" } else { "#" });
    let lines = fields.iter().map(|(key, value, example)| field(*value, key, example));
    std::iter::once(head).chain(lines).collect::<Vec<_>>().join("\n")
}

/// Returns the residency as a record, where enough of it is known to be shown.
fn residency(answers: &Answers) -> String {
    let (Some(specialty), Some(institution)) = (&answers.specialty, &answers.institution) else { return String::new() };
    let mut record =
        format!("\n- kind: residency\n  title: {}\n  organization: {}\n", scalar(specialty), scalar(institution));
    if let Some(started) = &answers.started {
        record.push_str(&format!("  start: {started}\n"));
    }
    record
}

fn about(answers: &Answers, name: &str) -> String {
    let place = answers.institution.as_deref().map(|place| format!(" at {}", markdown(place))).unwrap_or_default();
    match answers.specialty.as_deref() {
        Some(specialty) => format!("I am a resident in {}{place}.\n", markdown(&in_a_sentence(specialty))),
        None if !place.is_empty() => format!("I am a resident{place}.\n"),
        None => format!("The academic home page of {}.\n", markdown(name)),
    }
}

/// Takes the capital off the first word, unless it is an abbreviation.
fn in_a_sentence(text: &str) -> String {
    let mut letters = text.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if second.is_lowercase() => {
            first.to_lowercase().chain(text.chars().skip(1)).collect()
        }
        _ => text.to_owned(),
    }
}

fn markdown(text: &str) -> String {
    let mut safe = String::new();
    for c in text.chars() {
        if "\\`*_[]<>#&".contains(c) {
            safe.push('\\');
        }
        safe.push(c);
    }
    safe
}

/// Writes a text as a YAML scalar: bare where that reads back the same, quoted otherwise.
fn scalar(text: &str) -> String {
    let letters = |c: char| c.is_alphanumeric() || " .,'()/-@+&".contains(c);
    let starts_well = text.chars().next().is_some_and(char::is_alphabetic);
    let is_word = !["true", "false", "yes", "no", "on", "off", "null"].contains(&text.to_lowercase().as_str());
    let bare = starts_well && is_word && text.chars().all(letters) && !text.ends_with(' ');
    let is_date_or_id = text.starts_with(|c: char| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_digit() || c == '-' || c == 'X')
        && text.contains('-');
    if bare || is_date_or_id { text.to_owned() } else { serde_json::Value::from(text).to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_of_any_kind_reads_back_as_it_was_given() {
        let texts =
            ["Priya Rao", "Null", "J. O'Neill: the \"first\"", "[x]", "# no", "-", "Łukasz", "1", "a\\b", "x ", "yes"];
        for text in texts {
            let read: serde_yaml::Value = serde_yaml::from_str(&scalar(text)).expect("YAML");
            assert_eq!(read.as_str(), Some(text), "{}", scalar(text));
        }
    }

    #[test]
    fn no_place_stays_open() {
        let all = Answers { name: Some("Priya Rao".into()), specialty: Some("ENT".into()), ..Answers::default() };
        for answers in [Answers::default(), all] {
            for (path, content) in site(&answers) {
                assert!(!String::from_utf8_lossy(&content).contains("{{"), "{path}");
            }
        }
    }

    #[test]
    fn a_specialty_is_written_small_and_an_abbreviation_is_not() {
        assert_eq!(in_a_sentence("Diagnostic radiology"), "diagnostic radiology");
        assert_eq!(in_a_sentence("ENT surgery"), "ENT surgery");
    }
}
