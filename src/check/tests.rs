//! Small sites in, what the rules find out: code, line, columns and message.

use super::check;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::portfolio::fixture::{SITE, short, sources};
use crate::portfolio::{Today, assemble};
use crate::record::PartialDate;
use crate::record::decode::decode;
use crate::source::{FileInfo, Sources};

fn run(sources: &Sources) -> Vec<Diagnostic> {
    let mut diagnostics = Diagnostics::default();
    let records = decode(&mut diagnostics, sources);
    let today = Today::Given(PartialDate::parse("2026-11-24").expect("a date").first_day());
    let portfolio = assemble(&mut diagnostics, sources, records, today, None);
    check(&mut diagnostics, sources, &portfolio);
    diagnostics.sorted()
}

fn found(files: &[(&str, &str)]) -> Vec<String> {
    short(&run(&sources(files)))
}

fn publications(text: &str) -> Vec<String> {
    found(&[("records/publications.yaml", text)])
}

#[test]
fn the_example_site_has_no_fault() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("example-site");
    let sources = Sources::read(&mut Diagnostics::default(), &root).expect("the example");
    let found = run(&sources);
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn steps_of_a_paper_are_in_order_and_past() {
    let paper = "- {title: A, authors: Rao P, doi: 10.5555/a, DATES}\n";
    let with = |dates: &str| publications(&paper.replace("DATES", dates));
    assert_eq!(with("date: 2027-01"), ["OP401 1:52-59 published in 2027-01, which has not come yet"]);
    assert_eq!(with("date: 2026"), [] as [&str; 0]);
    assert_eq!(
        with("date: 2025-03, accepted: 2025-04-01"),
        ["OP402 1:71-81 accepted on 2025-04-01, after it was published in 2025-03"]
    );
    assert_eq!(
        with("date: 2025-03, accepted: 2025-02-01, submitted: 2025-02-02"),
        ["OP404 1:94-104 submitted on 2025-02-02, after it was accepted on 2025-02-01"]
    );
}

#[test]
fn an_end_comes_after_its_start() {
    let grants = "- title: A\n  start: 2026-01\n  end: 2025-12-31\n";
    assert_eq!(
        found(&[("records/grants.yaml", grants)]),
        ["OP403 3:8-18 ends on 2025-12-31, before it starts in 2026-01"]
    );
    let talks = "- {title: A, authors: Rao P, event: X, date: 2025-03-02, end_date: 2025-03-01}\n";
    assert_eq!(
        found(&[("records/presentations.yaml", talks)]),
        ["OP403 1:68-78 ends on 2025-03-01, before it starts on 2025-03-02"]
    );
}

#[test]
fn a_work_is_written_down_once() {
    let two = "- {id: a, title: A, authors: Rao P, date: 2025, doi: 10.5555/x}\n- {id: b, title: B, authors: Rao P, date: 2025, doi: 'https://doi.org/10.5555/X'}\n";
    assert_eq!(
        publications(two),
        ["OP320 2:54-81 the DOI 10.5555/x is already that of the record at records/publications.yaml:1"]
    );
    let same = "- {id: a, title: Spine — MRI, authors: Rao P, date: 2025, doi: 10.5555/x}\n- {id: b, title: 'Spine: <i>MRI</i>', authors: 'Rao, Priya', date: 2025-03, doi: 10.5555/y}\n";
    assert_eq!(
        publications(same),
        ["OP321 2:18-37 same title, year and first author as the record at records/publications.yaml:1"]
    );
    let preprint = "- {id: a, title: A, type: preprint, authors: Rao P, date: 2025, doi: 10.5555/x, replaced_by: b}\n- {id: b, title: A, authors: Rao P, date: 2025, doi: 10.5555/y}\n";
    assert_eq!(publications(preprint), [] as [&str; 0]);
}

#[test]
fn claims_have_proof() {
    assert_eq!(
        publications("- {title: A, authors: Rao P, status: accepted, accepted: 2026-10-01}\n"),
        ["OP410 1:38-46 `accepted` without an acceptance letter"]
    );
    assert_eq!(
        publications("- {title: A, authors: Rao P, date: 2025}\n"),
        ["OP411 1:4-9 published, but a reader has nothing by which to find it"]
    );
    assert_eq!(
        publications("- {title: A, authors: Rao P, status: under-review, submitted: 2026-02-23}\n"),
        ["OP413 1:63-73 submitted on 2026-02-23, over nine months ago"]
    );
    assert_eq!(
        publications("- {title: A, authors: Rao P, status: under-review, submitted: 2026-02-24}\n"),
        [] as [&str; 0]
    );
    assert_eq!(
        publications("- {title: A, authors: Rao P, status: retracted, date: 2025, doi: 10.5555/a}\n"),
        ["OP417 1:38-47 retracted, but its notice is not named"]
    );
    let in_press = "- {title: A, authors: Rao P, status: in-press, accepted: 2025-11-20, private: {evidence: [evidence/Letter.pdf]}}\n";
    let mut site = sources(&[("records/publications.yaml", in_press)]);
    site.files.insert("evidence/letter.pdf".to_owned(), FileInfo { length: 1 });
    assert_eq!(
        short(&run(&site)),
        [
            "OP412 1:58-68 in press since 2025-11-20, for over twelve months",
            "OP414 1:91-110 the proof `evidence/Letter.pdf` is not there"
        ]
    );
    assert_eq!(run(&site)[1].label.as_deref(), Some("did you mean `evidence/letter.pdf`?"));
}

#[test]
fn files_lie_where_they_are_published() {
    let paper = "- {title: A, authors: Rao P, date: 2025, doi: 10.5555/a, pdf: PATH}\n";
    assert_eq!(
        publications(&paper.replace("PATH", "files/a.pdf")),
        ["OP322 1:63-74 the file `files/a.pdf` is not there"]
    );
    assert_eq!(
        publications(&paper.replace("PATH", "evidence/a.pdf")),
        ["OP322 1:63-77 `evidence/a.pdf` does not lie in files/, the only folder whose files are published"]
    );
    assert_eq!(publications(&paper.replace("PATH", "https://x.example/a.pdf")), [] as [&str; 0]);
    let site = format!("{SITE}site: {{menu: [about, publicatons]}}\n")
        .replace("Priya Rao,", "Priya Rao, photo: files/me.jpg,");
    assert_eq!(
        found(&[("site.yaml", &site)]),
        [
            "OP322 2:34-46 the file `files/me.jpg` is not there",
            "OP323 2:34-46 the photo has no words for those who cannot see it",
            "OP325 4:22-33 `publicatons` is no page and no kind of record"
        ]
    );
}

#[test]
fn records_do_not_follow_each_other_in_a_circle() {
    let papers = "- {id: a, title: A, authors: Rao P, date: 2025, doi: 10.5555/a, follows: b, featured: 1}\n- {id: b, title: B, authors: Rao P, date: 2025, doi: 10.5555/b, follows: [a], featured: 1, aliases: [a]}\n";
    assert_eq!(
        publications(papers),
        [
            "OP306 2:75-76 `b` follows `a`, which itself grew out of `b`",
            "OP317 2:89-90 the featured place 1 is already that of the record at records/publications.yaml:1",
            "OP319 2:102-103 the old id `a` is the id of another record today, at records/publications.yaml:1"
        ]
    );
    assert_eq!(
        publications(
            "- {id: a, title: A, type: preprint, authors: Rao P, date: 2025, doi: 10.5555/a, replaced_by: a}\n"
        ),
        ["OP306 1:94-95 this record is replaced by itself"]
    );
}

#[test]
fn unlisted_pages_have_tokens_and_a_last_day() {
    let site =
        format!("{SITE}share_pages:\n  - {{id: neuro}}\n  - {{id: body}}\n  - {{id: old, expires: 2026-11-23}}\n");
    let files = [
        ("site.yaml", site.as_str()),
        ("private/shares.yaml", "body: 7k2mqz4xv6an3trc5wjh2ydeob\n"),
        ("pages/hidden.md", "---\nvisibility: link\n---\nText\n"),
    ];
    assert_eq!(
        found(&files),
        [
            "OP324 2:13-17 the unlisted page `hidden` has no token and is left out",
            "OP324 5:10-15 the share page `neuro` has no token and is left out",
            "OP416 7:24-34 the share page `old` expired on 2026-11-23"
        ]
    );
}

#[test]
fn projects_have_valid_approvals_and_reached_stages() {
    let projects =
        "- title: A\n  stage: analysis\n  stages: {idea: 2025-01, analysis: 2027-01}\n  irb: {expires: 2026-10-31}\n";
    assert_eq!(
        found(&[("records/projects.yaml", projects)]),
        [
            "OP419 3:37-44 the stage `analysis` is reached in 2027-01, which has not come yet",
            "OP418 4:18-28 the ethics board's approval expired on 2026-10-31"
        ]
    );
}
