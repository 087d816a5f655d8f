//! What is one work, and what is news.

use super::*;
use crate::exchange::edit;
use crate::exchange::read;

fn drafts(nbib: &str) -> Vec<Draft> {
    read::read(nbib.as_bytes()).expect("records").drafts
}

fn known(yaml: &str) -> Vec<Known> {
    let values: Vec<Yaml> = serde_yaml::from_str(yaml).expect("YAML");
    let known = values.into_iter().enumerate();
    known.map(|(index, value)| Known { kind: Kind::Publications, index, id: format!("work-{index}"), value }).collect()
}

fn owner() -> Owner {
    let name = crate::portfolio::read_name("Priya Rao").map(|read| read.name);
    Owner { names: name.into_iter().collect(), language: "en".to_owned() }
}

const PAPER: &str = "PMID- 1\nTI  - Flow voids.\nFAU - Rao, Priya\nDP  - 2025 Mar\nVI  - 47\nPG  - 355-61\nJT  - Spine\nLID - 10.5555/a [doi]\n";

#[test]
fn the_same_file_twice_changes_nothing() {
    let first = plan(&[], drafts(PAPER), &owner());
    let text: String = first.additions.iter().map(edit::text).collect();
    let second = plan(&known(&text), drafts(PAPER), &owner());
    assert_eq!((second.additions.len(), second.updates.len(), second.known), (0, 0, 1), "{second:?}");
    let twice = plan(&[], [drafts(PAPER), drafts(PAPER)].concat(), &owner());
    assert_eq!((twice.additions.len(), twice.repeated), (1, 1));
}

#[test]
fn title_year_and_first_author_are_compared_without_case_accents_and_punctuation() {
    let known = known("- title: \"FLOW  voids!\"\n  authors: Ráo P, Quist ZA\n  date: 2025\n");
    let plan = plan(&known, drafts(PAPER), &owner());
    assert!(plan.additions.is_empty(), "{plan:?}");
    let fields: Vec<&str> = plan.updates[0].differences.iter().map(|difference| difference.change.field).collect();
    assert_eq!(fields, ["date", "journal", "volume", "pages", "doi", "pmid"]);
}

#[test]
fn another_doi_or_first_author_is_another_work() {
    for other in ["doi: 10.5555/b", "doi: 10.5555/b\n  pmid: 2"] {
        let known = known(&format!("- title: Flow voids\n  authors: Rao P\n  date: 2025\n  {other}\n"));
        assert_eq!(plan(&known, drafts(PAPER), &owner()).additions.len(), 1);
    }
    let known = known("- title: Flow voids\n  authors: Quist ZA\n  date: 2025\n");
    assert_eq!(plan(&known, drafts(PAPER), &owner()).additions.len(), 1);
}

#[test]
fn a_work_that_came_out_is_offered_its_new_status() {
    let known = known("- title: Flow voids\n  authors: Rao P\n  status: submitted\n");
    let plan = plan(&known, drafts(PAPER), &owner());
    let first = &plan.updates[0].differences[0];
    assert_eq!((first.old.as_deref(), &first.change.value), (Some("submitted"), &Value::Text("published".to_owned())));
}

#[test]
fn a_preprint_and_its_paper_are_linked_and_stay_two() {
    let known =
        known("- title: Flow voids\n  type: preprint\n  authors: Rao P\n  date: 2024\n  doi: 10.5555/preprint\n");
    let plan = plan(&known, drafts(PAPER), &owner());
    assert_eq!(plan.additions[0].get_text("id"), Some("rao-flow-voids"));
    assert_eq!(plan.links[0].differences[0].change.value, Value::Text("rao-flow-voids".to_owned()));
}

#[test]
fn shortened_pages_are_the_same_pages() {
    assert!(
        facts::same_pages("355-61", "355–361")
            && facts::same_pages("e12", "e12")
            && !facts::same_pages("355-61", "355-62")
    );
}

#[test]
fn a_source_without_authors_gets_the_owner_and_a_doubt() {
    let resume = br#"{"basics": {"name": "Priya Rao"}, "publications": [{"name": "Flow voids", "publisher": "Spine", "releaseDate": "2025"}]}"#;
    let found = read::read(resume).expect("a resume");
    let plan = plan(&[], found.drafts, &owner());
    assert_eq!(plan.additions[0].names("authors").len(), 1);
    assert!(
        edit::text(&plan.additions[0]).contains("authors: Rao P  # unsure")
            || edit::text(&plan.additions[0]).contains("# unsure: "),
        "{}",
        edit::text(&plan.additions[0])
    );
}

fn ris(text: &str) -> Vec<Draft> {
    read::read(text.as_bytes()).expect("references").drafts
}

#[test]
fn one_title_in_two_journals_volumes_or_pages_is_two_works() {
    let work = |place: &str| format!("TY  - JOUR\nAU  - Rao, Priya\nTI  - Editorial\nPY  - 2023\n{place}ER  -\n");
    for (a, b) in [
        ("JO  - Radiology\nVL  - 1\n", "JO  - AJNR\nVL  - 44\n"),
        ("JO  - Radiology\n", "JO  - AJNR\n"),
        ("JO  - Radiology\nVL  - 1\nSP  - 1\n", "JO  - Radiology\nVL  - 1\nSP  - 9\n"),
    ] {
        let plan = plan(&[], ris(&(work(a) + &work(b))), &owner());
        assert_eq!(plan.additions.len(), 2, "{a}{b}");
    }
    let one = work("JO  - Eur Radiol\nVL  - 1\n") + &work("JO  - European Radiology\nSP  - 9\n");
    assert_eq!(plan(&[], ris(&one), &owner()).additions.len(), 1);
}

#[test]
fn abstracts_that_share_the_doi_of_their_supplement_stay_two_and_say_so() {
    let work = |title: &str| {
        format!("TY  - ABST\nAU  - Rao, P\nTI  - {title}\nPY  - 2023\nDO  - 10.1186/s13244-023-0\nER  -\n")
    };
    let file = work("Night float and missed fractures") + &work("Another abstract of the supplement");
    let first = plan(&[], ris(&file), &owner());
    assert_eq!(first.additions.len(), 2);
    assert!(
        edit::text(&first.additions[1])
            .contains("# unsure: doi: 10.1186/s13244-023-0 left out: it stands at another work")
    );
    let text: String = first.additions.iter().map(edit::text).collect();
    let second = plan(&known(&text), ris(&file), &owner());
    assert_eq!((second.additions.len(), second.known, second.updates.len()), (0, 2, 0));
    let shorter = plan(&known(&text), ris(&work("Night float and missed fractures: a subtitle")), &owner());
    assert_eq!((shorter.additions.len(), shorter.known), (0, 1));
}

#[test]
fn a_file_of_somebody_else_gives_its_works_to_that_person() {
    let resume = br#"{"basics": {"name": "Zainab Quist"}, "publications": [{"name": "Flow voids", "publisher": "Spine", "releaseDate": "2025"}]}"#;
    let mut found = read::read(resume).expect("a resume");
    sign_all(&mut found.drafts, &found.owner.expect("an owner"));
    let plan = plan(&[], found.drafts, &owner());
    let text = edit::text(&plan.additions[0]);
    assert!(text.contains("# unsure: are not in the source: only the owner of the file stands here"), "{text}");
    assert!(text.contains("- Quist, Zainab") && text.contains("mine: false"), "{text}");
}

#[test]
fn without_a_name_of_the_owner_no_author_is_made_up() {
    let resume =
        br#"{"basics": {"label": "Resident"}, "publications": [{"name": "Flow voids", "releaseDate": "2025"}]}"#;
    let plan = plan(&[], read::read(resume).expect("a resume").drafts, &Owner::default());
    let text = edit::text(&plan.additions[0]);
    assert!(text.contains("# unsure: authors are not in the source: write them here"), "{text}");
}

#[test]
fn a_preprint_that_names_its_paper_is_linked_whatever_the_titles() {
    let file = "PMID- 1\nTI  - Early title.\nFAU - Rao, Priya\nDP  - 2021\nPT  - Preprint\nTA  - medRxiv\nJT  - medRxiv : the preprint server\nUIN - Radiology. 2022 Jun;303(3):600-608. doi: 10.5555/paper. PMID: 2\n\nPMID- 2\nTI  - Another title.\nFAU - Rao, Priya\nDP  - 2022\nTA  - Radiology\nLID - 10.5555/paper [doi]\n";
    let plan = plan(&[], drafts(file), &owner());
    assert_eq!(plan.additions[0].get_text("server"), Some("medRxiv"));
    assert_eq!(plan.additions[0].get_text("replaced_by"), plan.additions[1].get_text("id"));
    assert!(plan.additions[0].has("replaced_by"));
}
