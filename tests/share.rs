//! Pages for one reader: made, listed, taken back, gone after their last day, and in nobody's list.

mod common;

use std::fs;
use std::path::Path;

use common::Project;

const SITE: &str =
    "# Mine, with notes\nperson: {name: Priya Rao} # the owner\nsite:\n  url: https://rao.example/\n\n# the end\n";
const PAPERS: &str = "- {id: shown, title: Shown to all, authors: Rao P, date: 2025, journal: Spine, doi: 10.5555/a}\n- {id: waiting, title: Waiting at a journal, authors: Rao P, status: submitted, submitted: 2026-10-01, journal: Secret Journal}\n- {id: quiet, title: On share pages only, authors: Rao P, date: 2024, journal: Spine, doi: 10.5555/b, visibility: link, pdf: files/quiet.pdf}\n";
const TODAY: [&str; 2] = ["--today", "2026-11-24"];

fn site() -> Project {
    Project::with(&[
        ("site.yaml", SITE),
        ("records/publications.yaml", PAPERS),
        (
            "records/people.yaml",
            "- {id: morel, name: Morel C, full_name: Claire Morel, role: referee, organization: Wexcombe}\n",
        ),
        ("files/quiet.pdf", common::PDF),
    ])
}

fn run(project: &Project, arguments: &[&str]) -> common::Run {
    project.run(&[arguments, &TODAY].concat())
}

/// Makes a share page and returns its path in the output.
fn share(project: &Project, more: &[&str]) -> String {
    let made = run(project, &[&["share", "new", "--for", "MSK: \"fellowship\""], more].concat()).clean();
    let address = made.stdout.trim().strip_prefix("https://rao.example/").expect("a full address").to_owned();
    let token = address.strip_prefix("share/msk-fellowship-").expect("the id").trim_end_matches('/').to_owned();
    assert!(token.len() == 26 && token.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'2'..=b'7')), "{token}");
    format!("public/{address}index.html")
}

fn texts(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).expect("the output") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            texts(&path, found);
        } else {
            let text = String::from_utf8_lossy(&fs::read(&path).expect("readable")).into_owned();
            found.push((path.to_string_lossy().into_owned(), text));
        }
    }
}

#[test]
fn a_new_page_is_an_entry_more_in_site_yaml_and_shows_what_was_asked() {
    let project = site();
    let path =
        share(&project, &["--show", "submitted", "--referee", "morel", "--note", "See [@waiting] and [@quiet]."]);
    let entry = "share_pages:\n  - id: msk-fellowship\n    to: \"MSK: \\\"fellowship\\\"\"\n    note: \"See [@waiting] and [@quiet].\"\n    show_status: [submitted]\n    referees: [morel]\n";
    assert_eq!(project.read("site.yaml"), Some(format!("{SITE}\n{entry}")));
    run(&project, &["build"]).clean();
    let page = project.read(&path).expect("the page");
    for shown in [
        "Waiting at a journal",
        "On share pages only",
        "Claire Morel",
        "Wexcombe",
        "noindex, nofollow",
        "MSK: &quot;fellowship&quot;",
    ] {
        assert!(page.contains(shown), "no {shown:?} in {page}");
    }
    assert!(
        page.contains("href=\"#waiting\"") && page.contains("id=\"waiting\""),
        "the note leads to the work: {page}"
    );
    assert!(!page.contains("Secret Journal") && !page.contains("quiet.bib"), "{page}");
    assert!(page.contains("../../files/quiet.pdf"), "the PDF of a work without a page is where all files are: {page}");
}

#[test]
fn the_page_is_in_no_list_and_its_token_on_no_other_page() {
    let project = site();
    project.write(
        "pages/letter.md",
        "---\ntitle: A letter\nvisibility: link\naliases: [old-letter]\n---\nWords for one.\n",
    );
    let path = share(&project, &["--show", "submitted"]);
    let letter = run(&project, &["share", "new", "letter"]).clean().stdout;
    run(&project, &["build"]).clean();
    assert!(project.read("public/old-letter/index.html").is_none(), "a redirect would tell the address");
    let letter =
        format!("public/{}index.html", letter.trim().strip_prefix("https://rao.example/").expect("an address"));
    assert!(project.read(&letter).expect("the unlisted page").contains("Words for one."));
    let mut files = Vec::new();
    texts(&project.path("public"), &mut files);
    let tokens: Vec<&str> = [&path, &letter]
        .map(|path| path.rsplit('-').next().expect("a token").split('/').next().expect("a token"))
        .to_vec();
    for (name, text) in &files {
        for token in &tokens {
            assert!(name.contains(token) || !text.contains(token), "{name} has {token}");
        }
        let is_secret = tokens.iter().any(|token| name.contains(token));
        assert!(is_secret || !(text.contains("Waiting at a journal") || text.contains("Words for one.")), "{name}");
    }
    assert!(files.iter().any(|(name, _)| name.ends_with("sitemap.xml")));
}

#[test]
fn a_page_that_was_taken_back_is_gone_and_site_yaml_is_as_before() {
    let project = site();
    let path = share(&project, &[]);
    run(&project, &["build"]).clean();
    assert!(project.read(&path).is_some());
    run(&project, &["share", "revoke", "msk-fellowship"]).clean();
    assert_eq!(project.read("site.yaml").as_deref(), Some(SITE));
    assert!(!project.read("private/shares.yaml").expect("shares").contains("msk-fellowship:"));
    run(&project, &["build"]).clean();
    assert!(project.read(&path).is_none());
    run(&project, &["share", "revoke", "msk-fellowship"])
        .says(2, &["there is no share page `msk-fellowship`", "help: "]);
    project.write("pages/letter.md", "---\nvisibility: link\n---\nWords.\n");
    run(&project, &["share", "new", "letter"]).clean();
    run(&project, &["share", "revoke", "letter"]).clean();
    assert!(!project.read("private/shares.yaml").expect("shares").contains("letter:"));
    project.remove("pages/letter.md");
    let again = share(&project, &[]);
    assert_ne!(again, path, "a page made again has another address");
}

#[test]
fn a_page_is_named_before_its_last_day_and_gone_after_it() {
    let project = site();
    let path = share(&project, &["--expires", "2026-12-01"]);
    let check = run(&project, &["check"]);
    assert!(check.code == 0 && check.stderr.contains("OP820"), "{check:?}");
    run(&project, &["build"]);
    assert!(project.read(&path).is_some());
    project.run(&["build", "--today", "2026-12-01"]);
    assert!(project.read(&path).is_some(), "it is there on its last day");
    let after = project.run(&["build", "--today", "2026-12-02"]);
    assert!(after.stderr.contains("OP416"), "{after:?}");
    assert!(project.read(&path).is_none());
}

#[test]
fn what_a_page_shows_beyond_the_public_is_said() {
    let project = site();
    share(&project, &["--show", "submitted", "--referee", "morel"]);
    let words = "shows beyond the public 1 work (submitted): “Waiting at a journal”; 1 work (published): “On share pages only”; the letters of Claire Morel";
    for command in [&["check"][..], &["share", "list"]] {
        let run = run(&project, command).clean();
        assert!(run.stderr.contains(words) || run.stdout.contains(words), "{run:?}");
    }
}

#[test]
fn a_slip_in_the_call_changes_nothing() {
    let project = site();
    let slips = [
        (&["--for", "MSK", "--show", "submited"][..], "`submited` is not a status"),
        (&["--for", "MSK", "--referee", "nobody"], "nobody with the id `nobody`"),
        (&["--for", "MSK", "--cv", "none"], "no variant `none`"),
        (&["neuro"], "no share page and no unlisted page `neuro`"),
        (&[], "for whom"),
    ];
    for (slip, words) in slips {
        run(&project, &[&["share", "new"], slip].concat()).says(2, &[words, "help: "]);
    }
    assert_eq!(project.read("site.yaml").as_deref(), Some(SITE));
    assert!(project.read("private/shares.yaml").is_none());
    project.write("site.yaml", format!("{SITE}share_pages: [{{id: a}}]\n"));
    run(&project, &["share", "new", "--for", "MSK"]).says(2, &["write under `share_pages:` yourself", "- id: msk"]);
    assert!(project.read("private/shares.yaml").is_none(), "no token without a page");
}

#[test]
fn the_cv_of_a_page_has_what_its_variant_selects() {
    let project = site();
    project.write("site.yaml", format!("{SITE}cvs:\n  - {{id: short, select: {{since: 2025}}}}\n"));
    let path = share(&project, &["--cv", "short"]);
    for theme in ["offprint", "grand-rounds"] {
        let site = project.read("site.yaml").expect("site.yaml");
        let site = site.lines().filter(|line| !line.starts_with("  theme:")).collect::<Vec<_>>().join("\n");
        project.write("site.yaml", site.replace("\nsite:", &format!("\nsite:\n  theme: {theme}")) + "\n");
        run(&project, &["build"]).clean();
        let cv = project.read(&path.replace("/index.html", "/cv/index.html")).expect("its CV");
        assert!(cv.contains("Shown to all") && !cv.contains("On share pages only") && cv.contains("noindex"), "{cv}");
        assert!(project.read(&path).expect("the page").contains("/cv/\""));
    }
}

#[test]
fn a_link_that_leads_nowhere_names_the_page_without_its_token() {
    let project = site();
    let path = share(&project, &[]);
    let token = path.trim_end_matches("/index.html").rsplit('-').next().expect("the token").to_owned();
    project.write("overrides/templates/share.html", "<h1>{{ title }}</h1><a href=\"nowhere/\">x</a>\n");
    let run = run(&project, &["check"]);
    let told = format!("{}{}", run.stdout, run.stderr);
    assert!(told.contains("share/msk-fellowship-…/index.html") && !told.contains(&token), "{told}");
}

#[test]
fn a_fault_of_a_template_names_the_page_without_its_token() {
    let project = site();
    let path = share(&project, &[]);
    let token = path.trim_end_matches("/index.html").rsplit('-').next().expect("the token").to_owned();
    project.write("overrides/templates/share.html", "<h1>{{ titel }}</h1>\n");
    for format in ["text", "json", "github"] {
        let run = run(&project, &["check", "--format", format]);
        let told = format!("{}{}", run.stdout, run.stderr);
        assert!(told.contains("share/msk-fellowship-…/index.html") && !told.contains(&token), "{told}");
    }
}
