//! Whole files in, records and diagnostics out.

use super::*;

/// Makes the sources of a site from its texts.
fn sources(files: &[(&str, &str)]) -> Sources {
    let mut sources = Sources::default();
    sources.texts.insert("site.yaml".to_owned(), "format: 1\n".into());
    for (path, text) in files {
        sources.texts.insert((*path).to_owned(), (*text).into());
    }
    sources
}

fn check(files: &[(&str, &str)]) -> (Records, Vec<Diagnostic>) {
    let mut diagnostics = Diagnostics::default();
    let records = decode(&mut diagnostics, &sources(files));
    (records, diagnostics.sorted())
}

/// Writes the diagnostics in short: code, line, columns and message.
fn short(found: &[Diagnostic]) -> Vec<String> {
    found
        .iter()
        .map(|one| {
            let place = one.span.map(|span| format!("{}:{}-{}", span.line, span.column, span.end_column));
            format!("{} {} {}", one.code.id, place.unwrap_or_default(), one.message)
        })
        .collect()
}

#[test]
fn an_unknown_field_is_shown_as_in_the_contract() {
    let (records, found) =
        check(&[("records/publications.yaml", "- id: svs-paper\n  title: A\n  jounral: Radiology\n  doi: 10.1/x\n")]);
    assert_eq!(short(&found), ["OP204 3:3-10 `jounral` is not a field of a publication"]);
    assert_eq!(found[0].label.as_deref(), Some("did you mean `journal`?"));
    assert_eq!(found[0].record.as_deref(), Some("svs-paper"));
    assert_eq!(found[0].fix.as_deref(), Some("journal"));
    assert_eq!(records.publications[0].record.doi.as_deref(), Some("10.1/x"));
    assert_eq!(records.publications[0].faulty, ["jounral", "journal"]);
}

#[test]
fn every_fault_of_every_record_is_shown_in_one_run() {
    let text = "\
- title: One
  status: acepted
  date: March 2025
  featured: 7
  private: {criteria: [judging, awrds, displey]}
- just a line
- title: Two
  events:
    - {date: 2025-13-01}
  correction: {typ: erratum}
  open_access: perhaps
  volume:
  peer_reviewed: yes
";
    let (records, found) = check(&[("records/publications.yaml", text)]);
    assert_eq!(
        short(&found),
        [
            "OP203 2:11-18 `acepted` is not a value of `status`",
            "OP202 3:9-19 `March 2025` is not a date",
            "OP205 4:13-14 `featured` must be a number from 1 to 3",
            "OP203 5:33-38 `awrds` is not a value of `criteria`",
            "OP203 5:40-47 `displey` is not a value of `criteria`",
            "OP115 6:3-14 a publication must have fields such as `title: …`",
            "OP204 8:3-9 `events` is not a field of a publication",
            "OP204 10:16-19 `typ` is not a field of `correction`",
            "OP201 11:16-23 `open_access` must be `true` or `false`",
        ]
    );
    assert_eq!(found[1].fix.as_deref(), Some("2025-03"));
    assert_eq!(records.publications.len(), 2);
    assert_eq!(records.publications[0].record.private.criteria.len(), 1);
    assert_eq!(
        records.publications[0].faulty,
        ["featured", "status", "date", "private.criteria[1]", "private.criteria[2]"]
    );
    assert_eq!(records.publications[1].record.peer_reviewed, Some(true));
}

#[test]
fn private_additions_are_merged_by_id_and_placed_in_their_own_file() {
    let files = [
        ("records/awards.yaml", "- id: a\n  title: Award\n  private: {notes: n}\n"),
        (
            "private/awards.yaml",
            "- id: a\n  private:\n    exhibit: C-1\n    notes: twice\n    consnt: x\n- id: zz\n  private: {}\n",
        ),
    ];
    let (records, found) = check(&files);
    assert_eq!(records.awards[0].record.private.exhibit.as_deref(), Some("C-1"));
    assert_eq!(
        short(&found),
        [
            "OP117 4:5-10 `notes` is written here and in the record as well",
            "OP204 5:5-11 `consnt` is not a field of `private`",
            "OP206 6:7-9 no record of `records/awards.yaml` has the id `zz`",
        ]
    );
    assert!(found.iter().all(|one| one.file == "private/awards.yaml"));
}

#[test]
fn a_newer_format_is_the_only_problem_reported() {
    let (_, found) = check(&[("site.yaml", "format: 3\nthing: 1\n"), ("records/awards.yaml", "- tile: x\n")]);
    assert_eq!(short(&found), ["OP120 1:9-10 this site is written in format 3, and this Offprint reads format 1"]);
}

#[test]
fn empty_and_comment_only_files_are_empty_lists() {
    let (records, found) = check(&[
        ("records/awards.yaml", ""),
        ("records/media.yaml", "# nothing yet\n"),
        ("records/goals.yaml", "# none\n"),
        ("pages/a.md", "---\n---\nText\n"),
        ("site.yaml", ""),
    ]);
    assert_eq!(short(&found), [] as [&str; 0]);
    assert!(records.awards.is_empty() && records.goals.is_none());
    assert_eq!(records.pages[0].body, "Text\n");
}

#[test]
fn maps_and_lists_in_each_others_place_are_told_apart() {
    let (records, found) = check(&[
        ("records/goals.yaml", "- career: x\n"),
        ("records/awards.yaml", "title: An award\ndate: 2025\n"),
        ("records/media.yaml", "media:\n  - title: On air\n    date: 2025\n"),
    ]);
    assert_eq!(
        short(&found),
        [
            "OP115 1:1-16 this file must be a list of records",
            "OP115 1:3-9 goals.yaml is a list here, and must be fields with values",
            "OP115 1:1-7 `media:` stands before the first record",
        ]
    );
    assert_eq!((records.awards.len(), records.media.len()), (1, 1));
}

#[test]
fn front_matter_is_placed_in_its_file() {
    let (records, found) = check(&[("pages/about.md", "---\ntitle: About\nvisibilty: private\n---\nHello\n")]);
    assert_eq!(short(&found), ["OP204 3:1-10 `visibilty` is not a field of a page's front matter"]);
    assert_eq!((records.pages[0].name.as_str(), records.pages[0].body_offset), ("about", 4));
}

#[test]
fn the_example_decodes_without_a_word() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("example-site");
    let mut diagnostics = Diagnostics::default();
    let sources = Sources::read(&mut diagnostics, &root).expect("the example");
    let records = decode(&mut diagnostics, &sources);
    assert_eq!(short(&diagnostics.sorted()), [] as [&str; 0]);
    assert!(records.publications.len() > 10 && records.goals.is_some());
}
