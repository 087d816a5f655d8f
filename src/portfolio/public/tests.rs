//! One promise of "What is shown" each.

use crate::portfolio::fixture::{SITE, portfolio};
use crate::portfolio::{Audience, Portfolio, PublicPortfolio};
use crate::record::Private;
use crate::record::vocabulary::PublicationStatus;

fn site(files: &[(&str, &str)]) -> Portfolio {
    portfolio(files).0
}

fn ids(public: &PublicPortfolio) -> Vec<&str> {
    public.publications.iter().map(|one| one.shared.id.as_str()).collect()
}

/// One paper of each status; the id is the status.
fn one_of_each() -> String {
    let paper = |status: &PublicationStatus| {
        format!(
            "- {{id: {status}, title: T, authors: Rao P, date: 2025, status: {status}, journal: Spine, doi: 10.5555/{status}, target_journal: Radiology, private: {{notes: n, evidence: [evidence/a.pdf]}}}}\n"
        )
    };
    PublicationStatus::ALL.iter().map(paper).collect()
}

#[test]
fn only_accepted_work_and_retractions_are_public() {
    let public = site(&[("records/publications.yaml", &one_of_each())]).published(&Audience::Public);
    assert_eq!(ids(&public), ["accepted", "in-press", "epub", "published", "retracted"]);
}

#[test]
fn show_status_adds_a_status_without_its_journal() {
    let settings = format!("{SITE}site: {{show_status: [under-review]}}\n");
    let public =
        site(&[("records/publications.yaml", &one_of_each()), ("site.yaml", &settings)]).published(&Audience::Public);
    assert!(ids(&public).contains(&"under-review"));
    assert!(!ids(&public).contains(&"submitted"));
    let one = public.publications.iter().find(|one| one.shared.id == "under-review").expect("shown");
    assert_eq!((&one.venue.journal, &one.identifiers.doi), (&None, &None));
    let accepted = public.publications.iter().find(|one| one.shared.id == "accepted").expect("shown");
    assert_eq!(accepted.venue.journal.as_deref(), Some("Spine"));
}

#[test]
fn a_share_page_shows_the_statuses_that_it_asks_for() {
    let all = site(&[("records/publications.yaml", &one_of_each())]);
    let audience = Audience::SharePage { id: "x".to_owned(), show_status: vec![PublicationStatus::Submitted] };
    let shared = all.published(&audience);
    assert!(ids(&shared).contains(&"submitted") && !ids(&shared).contains(&"revision"));
}

#[test]
fn drafts_show_every_status_and_still_nothing_private() {
    let drafts = site(&[("records/publications.yaml", &one_of_each())]).published(&Audience::Drafts);
    assert_eq!(drafts.publications.len(), PublicationStatus::ALL.len());
    for one in &drafts.publications {
        assert_eq!(one.shared.private, Private::default());
        assert_eq!(one.target_journal, None);
    }
}

#[test]
fn a_preprint_folds_into_its_paper_once_that_is_shown() {
    let pair = |status: &str| {
        format!(
            "- {{id: pre, title: T, type: preprint, authors: Rao P, date: 2025, replaced_by: paper, aliases: [old]}}\n- {{id: paper, title: T, authors: Rao P, date: 2026, status: {status}, follows: [pre]}}\n"
        )
    };
    let folded = site(&[("records/publications.yaml", &pair("published"))]).published(&Audience::Public);
    assert_eq!(ids(&folded), ["paper"]);
    assert_eq!(folded.redirects.get("pre").map(String::as_str), Some("paper"));
    assert_eq!(folded.redirects.get("old").map(String::as_str), Some("paper"));
    assert!(folded.publications[0].shared.follows.is_empty());
    let waiting = site(&[("records/publications.yaml", &pair("submitted"))]).published(&Audience::Public);
    assert_eq!(ids(&waiting), ["pre"]);
    assert_eq!(waiting.publications[0].replaced_by, None);
    assert_eq!(waiting.redirects.get("old").map(String::as_str), Some("pre"));
    assert!(!waiting.redirects.contains_key("pre"));
}

#[test]
fn visibility_decides_for_each_audience() {
    let awards =
        "- {id: a, title: A}\n- {id: b, title: B, visibility: link}\n- {id: c, title: C, visibility: private}\n";
    let pages = [
        ("pages/open.md", "Text\n"),
        ("pages/link.md", "---\nvisibility: link\n---\n"),
        ("pages/draft.md", "---\nvisibility: private\n---\n"),
    ];
    let mut files = vec![("records/awards.yaml", awards)];
    files.extend(pages);
    let all = site(&files);
    let seen = |audience: &Audience| {
        let public = all.published(audience);
        let awards: Vec<String> = public.awards.iter().map(|one| one.shared.id.clone()).collect();
        let pages: Vec<String> = public.pages.iter().map(|page| page.name.clone()).collect();
        (awards.join(" "), pages.join(" "))
    };
    assert_eq!(seen(&Audience::Public), ("a".to_owned(), "open".to_owned()));
    let share = Audience::SharePage { id: "x".to_owned(), show_status: vec![] };
    assert_eq!(seen(&share), ("a b".to_owned(), "open".to_owned()));
    assert_eq!(seen(&Audience::Drafts).0, "a b c");
    assert!(seen(&Audience::Drafts).1.contains("draft"));
}

#[test]
fn talks_not_yet_decided_or_withdrawn_stay_home() {
    let talk = |id: &str, status: &str| {
        format!("- {{id: {id}, title: T, authors: Rao P, event: X, date: 2027, status: {status}}}\n")
    };
    let talks = talk("a", "accepted") + &talk("b", "submitted") + &talk("c", "withdrawn") + &talk("d", "presented");
    let public = site(&[("records/presentations.yaml", &talks)]).published(&Audience::Public);
    assert_eq!(public.presentations.iter().map(|one| one.shared.id.as_str()).collect::<Vec<_>>(), ["a", "d"]);
}

#[test]
fn grants_are_public_when_won() {
    let grant = |id: &str, status: &str| format!("- {{id: {id}, title: T, status: {status}}}\n");
    let grants =
        grant("a", "awarded") + &grant("b", "submitted") + &grant("c", "not-funded") + &grant("d", "completed");
    let public = site(&[("records/grants.yaml", &grants)]).published(&Audience::Public);
    assert_eq!(public.grants.iter().map(|one| one.shared.id.as_str()).collect::<Vec<_>>(), ["a", "d"]);
}

#[test]
fn licences_and_examinations_are_private_unless_said_otherwise() {
    let training = "- {id: a, kind: licence, title: T}\n- {id: b, kind: exam, title: T, public: true}\n- {id: c, kind: exam, title: T}\n- {id: d, kind: degree, title: T}\n";
    let public = site(&[("records/training.yaml", training)]).published(&Audience::Public);
    assert_eq!(public.training.iter().map(|one| one.shared.id.as_str()).collect::<Vec<_>>(), ["b", "d"]);
}

#[test]
fn a_public_project_shows_title_stage_and_threads_only() {
    let projects = "- {id: a, title: A, public: true, stage: analysis, threads: [spine], why: w, summary: s, url: 'https://x.example', role: PI, next_step: n, mentor: m, team: [t], target_journal: j, irb: {number: 1}, hours_per_week: 4, updated: 2026, stages: {idea: 2025}, private: {notes: p}}\n- {id: b, title: B}\n";
    let public = site(&[("records/projects.yaml", projects)]).published(&Audience::Public);
    let [one] = public.projects.as_slice() else { panic!("one project: {:?}", public.projects) };
    assert_eq!((one.shared.title.as_str(), one.stage.as_str(), one.shared.threads.len()), ("A", "analysis", 1));
    let text = format!("{one:?}");
    for hidden in
        ["https://x", "PI", "\"n\"", "\"m\"", "\"t\"", "\"j\"", "\"w\"", "\"s\"", "\"p\"", "2025", "2026", "4.0"]
    {
        assert!(!text.contains(hidden), "{hidden} in {text}");
    }
}

#[test]
fn mentees_are_named_when_they_agreed_and_mail_is_shown_when_asked() {
    let teaching = "- {id: a, kind: mentoring, title: T, name: Grace Okello, name_public: true}\n- {id: b, kind: mentoring, title: U, name: Hidden Student}\n";
    let settings = SITE.replace("Priya Rao,", "Priya Rao, email: p@x.example,");
    let public = site(&[("records/teaching.yaml", teaching), ("site.yaml", &settings)]).published(&Audience::Public);
    let names: Vec<Option<&str>> = public.teaching.iter().map(|one| one.name.as_deref()).collect();
    assert_eq!(names, [Some("Grace Okello"), None]);
    assert_eq!(public.owner.email, None);
    let shown = settings.replace("email:", "show_email: true, email:");
    assert_eq!(site(&[("site.yaml", &shown)]).published(&Audience::Public).owner.email.as_deref(), Some("p@x.example"));
}

#[test]
fn no_public_record_names_a_hidden_one() {
    let files = [
        (
            "records/publications.yaml",
            "- {id: a, title: A, authors: Rao P, date: 2025, follows: [b, talk], project: secret}\n- {id: b, title: B, authors: Rao P, status: submitted}\n",
        ),
        ("records/presentations.yaml", "- {id: talk, title: T, authors: Rao P, event: X, date: 2025}\n"),
        ("records/awards.yaml", "- {id: w, title: W, for: b}\n"),
        ("records/projects.yaml", "- {id: secret, title: S}\n"),
    ];
    let public = site(&files).published(&Audience::Public);
    assert_eq!(public.publications[0].shared.follows, ["talk"]);
    assert_eq!(public.publications[0].shared.project, None);
    assert_eq!(public.awards[0].for_record, None);
    assert_eq!(public.awards[0].for_words, None);
}
