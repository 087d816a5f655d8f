//! `offprint add`, `import --orcid`, `import --pubmed` and `check --external` against a server of the test's own, which
//! answers in the form of each service.

mod common;

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};

use common::{Project, Run};

/// Answers by the beginning of the path; the first that fits counts.
type Answers = Vec<(&'static str, u16, String)>;

/// A server that lives as long as the test, and the paths that were asked for.
struct Service {
    base: String,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Service {
    fn new(answers: Answers) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let base = format!("http://{}", listener.local_addr().expect("an address"));
        let asked = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&asked);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let Ok(mut stream) = stream else { break };
                let mut lines = BufReader::new(stream.try_clone().expect("a stream")).lines();
                let first = lines.next().and_then(Result::ok).unwrap_or_default();
                for line in lines.by_ref().map_while(Result::ok) {
                    if line.is_empty() {
                        break;
                    }
                }
                let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
                seen.lock().expect("the list").push(path.clone());
                let found = answers.iter().find(|(start, ..)| path.starts_with(start));
                let (status, body) = found.map_or((404, String::new()), |(_, status, body)| (*status, body.clone()));
                let _ = write!(
                    stream,
                    "HTTP/1.1 {status} X\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
                    body.len()
                );
            }
        });
        Self { base, asked }
    }

    fn run(&self, project: &Project, arguments: &[&str]) -> Run {
        let names = ["CROSSREF", "DATACITE", "PUBMED", "ARXIV", "OPEN_LIBRARY", "ORCID", "DOI"];
        let variables: Vec<(String, String)> =
            names.iter().map(|name| (format!("OFFPRINT_{name}"), self.base.clone())).collect();
        let variables: Vec<(&str, &str)> =
            variables.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        project.run_with(arguments, &variables)
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().expect("the list").clone()
    }
}

const CROSSREF: &str = r#"{"status": "ok", "message-type": "work", "message-version": "1.0.0", "message": {"publisher": "Invented Society",
 "DOI": "10.5555/RAD.1", "type": "journal-article", "title": ["Flow voids: a <i>sign</i>"], "author": [{"given": "Priya", "family": "Rao", "sequence": "first", "affiliation": []},
 {"given": "Lotte", "family": "van der Berg", "sequence": "additional", "affiliation": []}], "container-title": ["Radiology"], "short-container-title": ["Radiology"],
 "volume": "310", "issue": "3", "page": "1-9", "published-print": {"date-parts": [[2024, 3, 12]]}, "issued": {"date-parts": [[2024, 3, 12]]}, "URL": "http://dx.doi.org/10.5555/rad.1"}}"#;

const PUBMED: &str = r#"<?xml version="1.0" ?><!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN" "https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">
<PubmedArticleSet><PubmedArticle><MedlineCitation Status="MEDLINE"><PMID Version="1">38123456</PMID><Article><Journal><JournalIssue CitedMedium="Internet"><Volume>310</Volume><Issue>3</Issue><PubDate><Year>2024</Year><Month>Mar</Month></PubDate></JournalIssue><Title>Radiology</Title><ISOAbbreviation>Radiology</ISOAbbreviation></Journal>
<ArticleTitle>Flow voids: a <i>sign</i>.</ArticleTitle><Pagination><MedlinePgn>1-9</MedlinePgn></Pagination><ELocationID EIdType="doi" ValidYN="Y">10.5555/rad.1</ELocationID><AuthorList CompleteYN="Y"><Author ValidYN="Y"><LastName>Rao</LastName><ForeName>Priya</ForeName><Initials>P</Initials></Author></AuthorList><Language>eng</Language><PublicationTypeList><PublicationType UI="D016428">Journal Article</PublicationType></PublicationTypeList></Article></MedlineCitation>
<PubmedData><PublicationStatus>ppublish</PublicationStatus><ArticleIdList><ArticleId IdType="pubmed">38123456</ArticleId><ArticleId IdType="pmc">PMC10012345</ArticleId></ArticleIdList></PubmedData></PubmedArticle></PubmedArticleSet>"#;

const SEARCH: &str = r#"{"header": {"type": "esearch", "version": "0.3"}, "esearchresult": {"count": "1", "retmax": "1", "retstart": "0", "idlist": ["38123456"]}}"#;

const ARXIV: &str = r#"<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>ArXiv Query</title><entry><id>http://arxiv.org/abs/2406.12345v1</id><published>2024-06-18T09:00:00Z</published><title>Triage of
 spine trauma CT</title><summary>To time every step.</summary><author><name>Priya Rao</name></author><author><name>Wei Xiong</name></author></entry></feed>"#;

const DATACITE: &str = r#"{"data": {"id": "10.5555/zenodo.1", "type": "dois", "attributes": {"doi": "10.5555/zenodo.1", "titles": [{"title": "Turnaround times"}], "creators": [{"name": "Rao, Priya", "nameType": "Personal", "givenName": "Priya", "familyName": "Rao"}], "publisher": "Zenodo", "publicationYear": 2024, "types": {"resourceTypeGeneral": "Dataset"}, "dates": [{"date": "2024-02-02", "dateType": "Issued"}]}}}"#;

const BOOK: &str = r#"{"ISBN:9780306406157": {"title": "Head CT", "subtitle": "fifty questions", "authors": [{"url": "x", "name": "Priya Rao"}], "publishers": [{"name": "Harrow"}], "publish_places": [{"name": "Toronto"}], "publish_date": "May 2023"}}"#;

fn service() -> Service {
    Service::new(vec![
        ("/works/10.5555/rad.1", 200, CROSSREF.to_owned()),
        ("/dois/10.5555/zenodo.1", 200, DATACITE.to_owned()),
        ("/esearch.fcgi", 200, SEARCH.to_owned()),
        ("/efetch.fcgi", 200, PUBMED.to_owned()),
        ("/api/query", 200, ARXIV.to_owned()),
        ("/api/books", 200, BOOK.to_owned()),
        (
            "/v3.0/0000-0002-1825-0097/works",
            200,
            std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/import/orcid/works.json"))
                .expect("a fixture"),
        ),
    ])
}

fn site() -> Project {
    Project::with(&[("site.yaml", "format: 1\nperson: {name: Priya Rao}\n")])
}

#[test]
fn a_record_comes_by_any_of_its_numbers() {
    let service = service();
    for (number, part) in [
        ("https://doi.org/10.5555/RAD.1", "journal: Radiology\n"),
        ("PMID: 38123456", "pmcid: PMC10012345\n"),
        ("PMC10012345", "pmid: 38123456\n"),
        ("arXiv:2406.12345v1", "server: arXiv\n"),
        ("10.5555/zenodo.1", "type: dataset\n"),
        ("978-0-306-40615-7", "title: \"Head CT: fifty questions\"\n"),
    ] {
        let project = site();
        let run = service.run(&project, &["add", number]);
        assert_eq!(run.code, 0, "{number}: {}", run.stderr);
        let text = project.read("records/publications.yaml").expect("the file");
        assert!(text.contains(part), "{number}: {text}");
        let again = service.run(&project, &["add", number]);
        assert!(again.stderr.contains("1 record is already there"), "{}", again.stderr);
        assert_eq!(project.read("records/publications.yaml"), Some(text));
    }
}

#[test]
fn a_dry_run_shows_the_record_and_its_citation() {
    let project = site();
    let run = service().run(&project, &["add", "10.5555/rad.1", "--dry-run", "--today", "2026-11-24"]);
    assert!(
        run.stdout.starts_with(
            "- title: \"Flow voids: a <i>sign</i>\"\n  authors:\n    - Rao, Priya\n    - van der Berg, Lotte\n"
        ),
        "{}",
        run.stdout
    );
    assert!(
        run.stdout.contains("Rao P, van der Berg L. Flow voids: a sign. Radiology. 2024;310(3):1-9. doi:10.5555/rad.1"),
        "{}",
        run.stdout
    );
    assert!(!project.path("records").exists());
}

#[test]
fn a_number_that_nobody_knows_and_words_that_are_none_are_told() {
    let project = site();
    let run = service().run(&project, &["add", "10.5555/nowhere"]);
    assert_eq!(
        (run.code, run.stderr.contains("no service knows the DOI 10.5555/nowhere")),
        (2, true),
        "{}",
        run.stderr
    );
    let run = service().run(&project, &["add", "spine"]);
    assert_eq!((run.code, run.stderr.contains("help: copy it again")), (2, true), "{}", run.stderr);
    let run = project.run(&["add"]);
    assert_eq!((run.code, run.stderr.contains("no terminal")), (2, true), "{}", run.stderr);
}

#[test]
fn a_busy_service_is_asked_again_and_an_absent_one_is_called_offline() {
    let busy = Service::new(vec![("/works", 503, String::new())]);
    let project = site();
    let run = busy.run(&project, &["add", "10.5555/rad.1"]);
    assert_eq!((run.code, run.stderr.contains("is busy")), (2, true), "{}", run.stderr);
    assert_eq!(busy.asked().len(), 3);
    let free = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address");
    let run = project.run_with(&["add", "10.5555/rad.1"], &[("OFFPRINT_CROSSREF", &format!("http://{free}"))]);
    assert_eq!((run.code, run.stderr.contains("offline")), (2, true), "{}", run.stderr);
    assert!(!project.path("records").exists());
}

#[test]
fn what_is_new_at_orcid_or_pubmed_is_shown_and_written_only_when_taken() {
    let service = service();
    let project = site();
    let run = service.run(&project, &["import", "--orcid", "0000-0002-1825-0097"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(
        run.stdout.contains("- title: Timing of vessel imaging") && run.stderr.contains("nothing was written"),
        "{}{}",
        run.stdout,
        run.stderr
    );
    assert!(!project.path("records").exists());
    let run = service.run(&project, &["import", "--orcid", "0000-0002-1825-0097", "--take"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let text = project.read("records/publications.yaml").expect("the file");
    assert_eq!(text.matches("\n- ").count() + 1, 8, "{text}");
    let run = service.run(&project, &["import", "--orcid", "0000-0002-1825-0097"]);
    assert!(
        run.stdout.is_empty() && run.stderr.contains("8 records are already there"),
        "{}{}",
        run.stdout,
        run.stderr
    );

    let old = "- title: Flow voids — a sign\n  authors: Rao P\n  status: epub\n  epub_date: 2024-01-05\n  doi: 10.5555/rad.1\n";
    project.write("records/publications.yaml", old);
    let run = service.run(&project, &["import", "--pubmed", "Rao P[Author]"]);
    assert!(
        run.stderr.contains("  - status: epub\n  + status: published\n") && run.stderr.contains("  + pmid: 38123456\n"),
        "{}",
        run.stderr
    );
    assert_eq!(project.read("records/publications.yaml").as_deref(), Some(old));
    assert_eq!(service.run(&project, &["import", "--pubmed", "Rao P[Author]", "--update"]).code, 0);
    assert!(
        project
            .read("records/publications.yaml")
            .is_some_and(|text| text.contains("status: published\n") && text.contains("pmid: 38123456\n"))
    );
    assert_eq!(service.run(&project, &["import", "--orcid", "0000-0002-1825-0098"]).code, 2);
    assert!(service.asked().iter().any(|path| path.contains("term=Rao%20P%5BAuthor%5D")), "{:?}", service.asked());
}

#[test]
fn a_check_of_the_outer_world_shows_what_differs_and_asks_once_a_week() {
    let retracted = CROSSREF.replace(
        "\"volume\": \"310\"",
        "\"volume\": \"310\", \"updated-by\": [{\"type\": \"retraction\", \"DOI\": \"10.5555/notice\"}]",
    );
    let service = Service::new(vec![
        ("/works/10.5555/rad.1", 200, CROSSREF.to_owned()),
        ("/works/10.5555/rad.2", 200, retracted),
        ("/efetch.fcgi", 200, PUBMED.to_owned()),
        ("/there", 200, String::new()),
        ("/gone", 404, String::new()),
    ]);
    let project = site();
    project.write(".offprint/.keep", "");
    let records = format!(
        "- title: Flow voids - a sign\n  authors: Rao P, Berg L\n  date: 2023-12\n  journal: Radiology\n  volume: 311\n  pages: 1-9\n  doi: 10.5555/rad.1\n  pmid: 38123456\n  code: {base}/gone\n  url: {base}/there\n\
         - title: Flow voids, a sign\n  authors: Rao P, van der Berg L\n  date: 2024\n  journal: Radiology\n  doi: 10.5555/rad.2\n  pmid: 1\n\
         - title: Unknown\n  authors: Rao P\n  date: 2024\n  doi: 10.5555/rad.3\n",
        base = service.base
    );
    project.write("records/publications.yaml", &records);
    let quiet = project.run(&["check", "--format", "json", "--today", "2026-11-24"]);
    assert!(!quiet.stdout.contains("OP91"), "off by default: {}", quiet.stdout);
    let run = service.run(&project, &["check", "--external", "--today", "2026-11-24"]);
    let text = &run.stderr;
    for part in [
        "Crossref has another volume: - 311 + 310",
        "Crossref has another authors",
        "Crossref has another date",
        "error[OP914]",
        "PubMed has no record 1",
        "no DOI 10.5555/rad.3 is registered",
        "/gone` is not there any more",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    assert!(!text.contains("another title") && !text.contains("another pages") && !text.contains("/there`"), "{text}");
    let before = service.asked().len();
    let again = service.run(&project, &["check", "--external", "--today", "2026-11-25"]);
    assert_eq!((again.stderr.as_str(), service.asked().len()), (run.stderr.as_str(), before), "kept for the week");
    assert_eq!(project.read("records/publications.yaml"), Some(records));
}
