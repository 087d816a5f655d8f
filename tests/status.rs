//! `offprint status`: what it prints is what a count by hand gives, and nothing of it is for others.

mod common;
#[path = "common/preview.rs"]
mod preview;

use common::Project;
use serde_json::Value;

const SITE: &str = "format: 1\nperson: {name: Priya Rao, family_name: Rao, given_names: Priya}\n";

/// The example site on 2026-11-24, counted by hand from its records.
const EXAMPLE: &str = "\
Status on 2026-11-24; graduation 2028-06-30, in 584 days

Projects by stage: 7
  3 of at most 4 under way, from literature review to revision; 4 stalled, or no
  change for over 2 weeks
  idea
    night-atlas          84 days  STALLED  Atlas of the midnight spine
  literature-review
    report-verbs         35 days  STALLED  Verbs in stroke reports
  data-collection
    spine-minutes        14 days           SPINE-MINUTES
  analysis
    contrast-shortage    23 days  STALLED  Stroke imaging during the contrast
                                           shortage
  published
    spine-delay         297 days           Where emergency spine MRI loses its
                                           time
  stalled
    dual-energy         314 days  STALLED  Dual-energy CT after thrombectomy
  stopped
    eye-tracking        512 days           Eye tracking on call

Next steps due
  2026-04-01     237 days ago    OVERDUE dual-energy: Ask physics for the raw
                                 data again
  2026-11-20     4 days ago      OVERDUE contrast-shortage: Sensitivity analysis
  2026-12-01     in 7 days       report-verbs: Pilot extraction of ten papers
  2026-12-15     in 21 days      spine-minutes: Second data pull from the three
                                 late hospitals

Ethics approvals that end
  2026-12-31     in 37 days      dual-energy (LUMC-0000-2)
  2027-03-01     in 97 days      spine-minutes (LUMC-0000-1)

Deadlines for abstracts
  Oct-Nov 2026   any day         AUR (estimated)
  Nov 26-Jan 27  any day         SIIM (estimated)
  Dec 26-Feb 27  in 7 days       ACR (estimated)
  2026-12-05     in 11 days      ASNR (estimated), for spine-minutes
  2027-01-15     in 52 days      WSIS
  Apr-Jun 2027   in 128 days     SCBT-MR/SABI (estimated)
  2027-05-05     in 162 days     RSNA (estimated)
  Jul-Aug 2027   in 219 days     ISC (estimated)
  Sep-Oct 2027   in 281 days     ARRS (estimated)
  Sep-Oct 2027   in 281 days     ECR (estimated)
  Estimated: ask the society, then write it in records/conferences.yaml.

Authorship not yet agreed
  contrast-shortage, report-verbs, night-atlas, dual-energy

Goals
      3 of 5  first-author papers  by 2027-12-31: in 402 days
      6 of 4  national talks       by 2027-12-31: reached
    13 of 20  peer reviews         by 2027-06-30: in 218 days

Licences, certificates and visas that run out
  2027-06-30     in 218 days     visa: DS-2019 ends
  2027-06        in 218 days     Advanced cardiac life support (certification)
  2028-06        in 584 days     Residency permit to practise (licence)

Evidence missing
  publications without any, 11: spine-language-review, triage-preprint,
    strokeclock, cta-abstract, night-cards, timing-data, queue-model,
    cauda-guideline, night-float-essay, aspects-series, mph-thesis
  presentations without any, 10: worklist-workshop, siim-2026-panel,
    aur-2026-oral, grand-rounds-2026, isc-2026-poster, anatomy-lecture,
    student-keynote, asnr-2025-oral, ecr-2025-eposter, fistula-case-conference
  awards without any, 2: resident-teacher-year, travel-grant-trainees
  grants without any, 1: worklist-huddles-night
  service without any, 9: chief-resident-education, day-capitol-imaging,
    trainee-editorial-board, imaging-quality-committee, reviewer, reviewer-2,
    saturday-ultrasound-clinic, member-training, member-training-2
";

fn data(project: &Project, day: &str) -> Value {
    let run = project.run(&["status", "--today", day, "--format", "json", "--meetings"]);
    assert!(run.stderr.is_empty(), "{run:#?}");
    serde_json::from_str(&run.stdout).expect("one document")
}

fn ids(list: &Value) -> Vec<&str> {
    list.as_array().expect("a list").iter().map(|one| one["id"].as_str().expect("an id")).collect()
}

#[test]
fn the_example_stands_where_a_count_by_hand_says() {
    let project = Project::new();
    project.copy_example();
    let run = project.run(&["status", "--today", "2026-11-24"]).clean();
    assert_eq!(run.stdout, EXAMPLE);
    assert!(run.stdout.lines().all(|line| line.chars().count() <= 80));
    let coloured = project.run_with(&["status", "--today", "2026-11-24"], &[("CLICOLOR_FORCE", "1")]);
    assert!(coloured.stdout.contains("\u{1b}[1mGoals\u{1b}[0m"), "headings stand out on a terminal");
}

#[test]
fn goals_are_counted_by_the_rules() {
    let papers = [
        "type: journal-article, status: accepted, private: {evidence: [evidence/a.txt]}, category: review",
        "type: journal-article, date: 2025, doi: 10.5555/a.2, category: systematic-review",
        "type: journal-article, date: 2025, doi: 10.5555/a.3, status: retracted, correction: {type: retraction}",
        "type: journal-article, status: submitted",
        "type: book-chapter, date: 2025, book_title: B, url: 'https://a.example/'",
        "type: preprint, date: 2025, server: medRxiv, doi: 10.5555/a.6",
    ];
    let mut records: String = papers
        .iter()
        .enumerate()
        .map(|(at, fields)| {
            format!("- {{id: p{at}, title: Paper number {at}, authors: 'Rao P, Haddad S', {fields}}}\n")
        })
        .collect();
    records += "- {id: co, title: Equal, authors: 'Haddad S, Rao P, Okello G', equal: [Haddad S, Rao P], date: 2025, doi: 10.5555/a.7}\n";
    records += "- {id: last, title: Last, authors: 'Haddad S, Rao P', date: 2025, doi: 10.5555/a.8}\n";
    records += "- {id: theirs, title: Theirs, authors: 'Haddad S', mine: false, date: 2025, doi: 10.5555/a.9}\n";
    let talks = "\
- {title: One, authors: Rao P, event: A, date: 2025-01-01, scope: national}
- {title: Two, authors: Rao P, event: B, date: 2025-01-02, scope: international, type: poster}
- {title: Three, authors: Rao P, event: C, date: 2025-01-03, scope: regional}
- {title: Four, authors: Rao P, event: D, date: 2027-01-03, scope: national, status: accepted}
- {title: Five, authors: Rao P, event: E, date: 2025-01-04, scope: national, status: withdrawn}
";
    let goals = "targets:\n".to_owned()
        + &["papers", "first-author papers", "reviews", "talks", "national talks", "peer reviews", "grants", "awards"]
            .map(|what| format!("  - {{what: {what}, count: 2, by: 2026-11-23}}\n"))
            .concat();
    let project = Project::with(&[
        ("site.yaml", SITE),
        ("records/publications.yaml", &records),
        ("records/presentations.yaml", talks),
        (
            "records/service.yaml",
            "- {kind: peer-review, title: Reviewer, organization: A, count: 9}\n- {kind: peer-review, title: Reviewer, organization: B, years: {2025: 1, 2026: 3}}\n- {kind: judging, title: Judge, count: 14}\n",
        ),
        (
            "records/grants.yaml",
            "- {title: G, funder: F, start: 2025, status: awarded}\n- {title: H, funder: F, start: 2024, status: completed}\n- {title: I, funder: F, status: submitted}\n- {title: J, funder: F, status: not-funded}\n",
        ),
        ("records/awards.yaml", "- {title: A, by: B, date: 2025}\n"),
        ("records/goals.yaml", &goals),
        ("evidence/a.txt", "a letter"),
    ]);
    let status = data(&project, "2026-11-24");
    let counts: Vec<String> = status["goals"]
        .as_array()
        .expect("goals")
        .iter()
        .map(|goal| format!("{} {} {}", goal["what"].as_str().expect("what"), goal["counted"], goal["missed"]))
        .collect();
    assert_eq!(
        counts,
        [
            "papers 4 false",
            "first-author papers 3 false",
            "reviews 2 false",
            "talks 3 false",
            "national talks 2 false",
            "peer reviews 13 false",
            "grants 2 false",
            "awards 1 true"
        ]
    );
    let text = project.run(&["status", "--today", "2026-11-24"]).stdout;
    assert!(text.contains("1 of 2  awards               by 2026-11-23: MISSED yesterday"), "{text}");
}

#[test]
fn a_project_is_stalled_the_day_after_the_owner_would_have_looked() {
    let projects = "\
- {id: a, title: A, stage: writing, updated: 2026-11-10}
- {id: b, title: B, stage: writing, updated: 2026-10, stages: {writing: 2026-11-09}}
- {id: c, title: C, stage: writing, updated: 2026-11}
- {id: d, title: D, stage: published, updated: 2020}
- {id: e, title: E, stage: stalled, updated: 2026-11-24}
- {id: f, title: F, stage: writing}
";
    let stalled = |goals: &str| {
        let files = [("site.yaml", SITE), ("records/projects.yaml", projects), ("records/goals.yaml", goals)];
        let status = data(&Project::with(&files), "2026-11-24");
        let list = status["projects"].as_array().expect("projects").clone();
        let mut ids: Vec<String> = list
            .iter()
            .filter(|one| one["stalled"] == true)
            .map(|one| one["id"].as_str().expect("an id").to_owned())
            .collect();
        ids.sort();
        (ids.concat(), status["active_projects"].as_u64())
    };
    assert_eq!(stalled("check_in_every: 2 weeks\n"), ("bef".to_owned(), Some(4)));
    assert_eq!(stalled("check_in_every: 13 days\n"), ("abef".to_owned(), Some(4)));
    assert_eq!(stalled("check_in_every: 1 month\n"), ("ef".to_owned(), Some(4)));
    assert_eq!(stalled("career: none\n"), ("ef".to_owned(), Some(4)), "four weeks where nothing is said");
    let files = [
        ("site.yaml", SITE),
        ("records/projects.yaml", projects),
        ("records/goals.yaml", "active_projects_limit: 3\n"),
    ];
    let text = Project::with(&files).run(&["status", "--today", "2026-11-24"]).stdout;
    assert!(text.contains("4, MORE THAN your limit of 3 under way"), "{text}");
}

#[test]
fn a_deadline_is_estimated_until_the_owner_confirms_it() {
    let project = Project::with(&[
        ("site.yaml", SITE),
        ("records/projects.yaml", "- {id: a, title: A, stage: writing, updated: 2026-11-20, target_conference: ecr}\n"),
    ]);
    let ecr = |project: &Project, day: &str| {
        let status = data(project, day);
        let list = status["abstract_deadlines"].as_array().expect("deadlines");
        let one = list.iter().find(|one| one["meeting"] == "ECR").expect("ECR").clone();
        assert_eq!(one["projects"][0], "a");
        (one["when"].as_str().expect("when").to_owned(), one["estimated"] == true)
    };
    assert_eq!(ecr(&project, "2026-11-24"), ("Sep-Oct 2027".to_owned(), true));
    assert_eq!(ecr(&project, "2027-10-31"), ("Sep-Oct 2027".to_owned(), true));
    assert_eq!(ecr(&project, "2027-11-01"), ("Sep-Oct 2028".to_owned(), true));
    project.write(
        "records/conferences.yaml",
        "- {id: ECR, name: European Congress, year: 2028, abstract_deadline: 2027-10-09}\n",
    );
    assert_eq!(ecr(&project, "2026-11-24"), ("2027-10-09".to_owned(), false));
    assert_eq!(ecr(&project, "2027-10-09"), ("2027-10-09".to_owned(), false));
    assert_eq!(ecr(&project, "2027-10-10"), ("2028-10-09".to_owned(), true), "last year's day is a better guess");
    let status = data(&project, "2026-11-24");
    assert_eq!(status["other_meetings"].as_array().expect("others").len(), 44, "every meeting with a pattern");
    let none = data(&Project::with(&[("site.yaml", SITE)]), "2026-11-24");
    assert_eq!(none["abstract_deadlines"].as_array().map(Vec::len), Some(0));
}

#[test]
fn authorship_approvals_and_papers_that_end_are_named() {
    let project = Project::with(&[
        (
            "site.yaml",
            &(SITE.to_owned()
                + "private:\n  visa: {type: J-1, expires: 2027-06-30}\n  note: born 1990-01-01; the permit ends on 2026-11-01\n"),
        ),
        (
            "records/projects.yaml",
            "- {id: a, title: A, stage: writing, updated: 2026-11-20, authorship_agreed: 2026-12-01, irb: {expires: 2026-11-23}}\n- {id: b, title: B, stage: stopped, updated: 2026-11-20, irb: {expires: 2026-11-01}}\n- {id: c, title: C, stage: idea, updated: 2026-11-20, authorship_agreed: 2026-01}\n",
        ),
        ("records/training.yaml", "- {id: acls, kind: certification, title: ACLS, date: 2024, expires: 2026-11}\n"),
        (
            "records/awards.yaml",
            "- {id: prize, title: P, by: B, date: 2025, private: {evidence: [evidence/none.pdf]}}\n",
        ),
    ]);
    let run = project.run(&["status", "--today", "2026-11-24", "--format", "json"]);
    let status: Value = serde_json::from_str(&run.stdout).expect("one document");
    assert_eq!(ids(&status["authorship_not_agreed"]), ["a"]);
    assert_eq!(ids(&status["ethics_approvals"]), ["a"]);
    let expiries = status["expiries"].as_array().expect("expiries");
    let expiries: Vec<_> =
        expiries.iter().map(|one| format!("{} {} {}", one["title"], one["date"], one["days"])).collect();
    assert_eq!(expiries, ["\"note\" \"2026-11-01\" -23", "\"ACLS\" \"2026-11\" 6", "\"visa\" \"2027-06-30\" 218"]);
    assert_eq!(status["evidence_not_there"][0]["evidence"], "evidence/none.pdf");
    assert_eq!(status["evidence_not_there"][0]["line"], 1);
    let text = project.run(&["status", "--today", "2026-11-24"]).stdout;
    for line in [
        "  2026-11-23     yesterday       EXPIRED a",
        "  2026-11-01     23 days ago     EXPIRED note: the permit ends",
        "  NOT THERE: evidence/none.pdf, which prize names",
    ] {
        assert!(text.contains(line), "{line} in {text}");
    }
}

#[test]
fn the_calendar_keeps_its_events_and_is_never_published() {
    let project = Project::new();
    project.copy_example();
    let calendar = |day: &str| project.run(&["status", "--ics", "--today", day]).clean().stdout;
    let first = calendar("2026-11-24");
    assert_eq!(first, calendar("2026-11-24"), "the same bytes for the same day");
    assert!(first.split("\r\n").all(|line| line.len() <= 75 && !line.contains('\n')));
    let uids = |text: &str| text.lines().filter(|line| line.starts_with("UID:")).map(str::to_owned).collect::<Vec<_>>();
    let (before, after) = (uids(&first), uids(&calendar("2026-11-25")));
    assert_eq!(before, after, "a later file changes the same events");
    let mut unique = before.clone();
    unique.sort();
    unique.dedup();
    assert_eq!(unique.len(), before.len());
    assert!(first.contains("UID:abstracts-wsis@zoq.example\r\n") && first.contains("TRIGGER:-P30D\r\n"), "{first}");
    assert!(!first.contains("20260401"), "what has passed is no event");
    project.run(&["status", "--ics", "out/plan.ics", "--today", "2026-11-24"]).says(2, &["cannot write"]);
    project.run(&["status", "--ics", "plan.ics", "--today", "2026-11-24"]).clean();
    assert_eq!(project.read("plan.ics"), Some(first));
    project.run(&["build", "--out", "dist", "--today", "2026-11-24"]).clean();
    for place in ["public/plan.ics", "files/plan.ics", "files/../files/plan.ics", "dist/plan.ics", "pages/x.ics"] {
        project.run(&["status", "--ics", place, "--today", "2026-11-24"]).says(2, &["for you alone", "help: "]);
        assert!(!project.path(place).exists(), "{place}");
    }
}

#[test]
fn a_mentor_is_found_by_any_of_their_names() {
    let project = Project::new();
    project.copy_example();
    let letter = |name: &str| project.run(&["status", "--mentor", name, "--today", "2026-11-24"]);
    let whole = letter("Samir Haddad").clean().stdout;
    for name in ["haddad", "Haddad S", "SAMIR", "samir haddad"] {
        assert_eq!(letter(name).clean().stdout, whole, "{name}");
    }
    assert!(whole.starts_with("Subject: Research check-in, November 2026\n\nDear Samir Haddad,\n"), "{whole}");
    assert!(whole.contains("- abstracts for ASNR: 2026-12-05, estimated"), "{whole}");
    let gallo = letter("gallo").clean().stdout;
    assert!(gallo.contains("your view of the order of authors") && gallo.contains("can we talk"), "{gallo}");
    assert!(!gallo.contains("SPINE-MINUTES"), "of other mentors' projects nothing");
    letter("Nobody").says(2, &["no project has the mentor", "Samir Haddad"]);
}

#[test]
fn a_letter_is_for_one_mentor_alone() {
    let project = Project::with(&[
        ("site.yaml", SITE),
        ("records/people.yaml", "- {id: s-haddad, name: Haddad S, full_name: Samir Haddad}\n"),
        (
            "records/projects.yaml",
            "- {id: a, title: First, stage: accepted, mentor: s-haddad}\n- {id: b, title: Second, stage: writing, mentor: Lina Haddad}\n- {id: c, title: Third, stage: writing, mentor: Haddad S}\n",
        ),
    ]);
    let letter = |name: &str| project.run(&["status", "--mentor", name, "--today", "2026-11-24"]);
    letter("Haddad").says(2, &["several mentors are called `Haddad`", "Samir Haddad", "Lina Haddad"]);
    let lina = letter("lina").clean().stdout;
    assert!(lina.contains("Dear Lina Haddad") && !lina.contains("First") && !lina.contains("Third"), "{lina}");
    let samir = letter("Samir").clean().stdout;
    assert!(samir.contains("Dear Samir Haddad") && samir.contains("Third") && !samir.contains("Second"), "{samir}");
    let accepted = samir.split("Third").next().expect("the first project");
    assert!(accepted.contains("First (accepted)") && !accepted.contains("order of authors"), "{samir}");
}

#[test]
fn a_site_with_an_error_still_has_a_status() {
    let project = Project::with(&[
        ("site.yaml", SITE),
        ("records/projects.yaml", "- {id: a, title: A, stage: wrting}\n- {id: b, title: B, stage: writing}\n"),
    ]);
    let run = project.run(&["status", "--today", "2026-11-24"]).says(1, &["the site has errors"]);
    assert!(run.stdout.contains("    b "), "{}", run.stdout);
}

#[test]
fn the_preview_shows_the_author_the_same() {
    let folder = tempfile::tempdir().expect("a folder");
    let example = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("example-site");
    common::copy(&example, &folder.path().join("site"));
    let preview = preview::Preview::start_in(folder, &[]);
    let page = preview.get("/_offprint/");
    for words in [
        "Projects by stage",
        "3 of at most 4 under way, from literature review to revision; 4 stalled, or no change for over 2 weeks",
        "last change 314 days ago",
        "<span class=\"warning\">2026-04-01</span> <span class=\"note\">237 days ago</span>",
        "6 of 4 national talks <span>by 2027-12-31: reached</span>",
        "visa: DS-2019 ends",
        "European Congress of Radiology (estimated)",
        "Authorship not yet agreed",
    ] {
        assert!(page.contains(words), "{words} in {page}");
    }
}
