//! A site with twenty faults in nine files: one run names all of them at their places.

mod common;

const FILES: &[(&str, &str)] = &[
    (
        "site.yaml",
        "format: 1\nperson:\n  name: Zainab Amelie Oyelaran-Quist\n  family_name: Oyelaran-Quist\n  given_names: Zainab Amelie\n  photograph: files/me.jpg\ntheme_of_work:\n  threads:\n    - {id: spine-mri, name: Emergency spine MRI}\nsite:\n  citation_style: amma\n",
    ),
    (
        "records/publications.yaml",
        "- id: svs-cohort\n  title: Where emergency spine MRI loses its time\n  authors: Oyelaran-Quist ZA, Haddad S\n  jounral: Radiology\n  date: 2025-13\n  doi: 10.5555\n- id: no-title\n  authors: Oyelaran-Quist ZA\n  journal: Radiology\n  date: 2025\n  doi: 10.5555/a.1\n  threads: [spine-mir]\n- title: Ordering: where time is lost\n  authors: Oyelaran-Quist ZA\n  date: 2023\n  doi: 10.5555/a.3\n- id: smart\n  title: Scanning at night\n  authors: “Oyelaran-Quist ZA”\n  journal: Stroke\n  date: 2024\n  doi: 10.5555/a.2\n",
    ),
    (
        "records/presentations.yaml",
        "- id: svs-cohort\n  title: Nine days to a fistula\n  authors: Oyelaran-Quist ZA\n  event: Case conference\n  date: 2025-01-10\n- id: starred\n  title: A second talk\n  authors: *Oyelaran-Quist ZA\n  event: Case conference\n  date: 2025-01-10\n",
    ),
    (
        "records/awards.yaml",
        "- title: Best resident #1 in teaching\n  by: Lakemoor\n  date: 2025\n- title: Second\n\tby: Lakemoor\n",
    ),
    (
        "records/training.yaml",
        "- {kind: residencey, title: Diagnostic radiology, start: 2024-07}\n- {kind: research, title: Associate, start: 2022, end: 2019}\n",
    ),
    ("records/service.yaml", "- {kind: committee, title: Quality, featured: 9, start: 2025}\n"),
    ("pages/about.md", "---\ntitle: About\n---\nA [paper](papers.md) and a picture:\n\n![A scan](files/missing.png)\n"),
    (
        "pages/teaching.md",
        "---\ntitle: Teaching\norder: first\n---\n\n```teaching\nknd: course\n```\n\nSee [@svs-chort].\n",
    ),
    (
        "overrides/templates/404.html",
        "{% extends \"offprint/404.html\" %}\n{% block main %}\n{{ nothing_here | missing_filter }}\n{% endblock %}\n",
    ),
];

/// File, line and column (from 1) of each fault, with a word its message has.
const FAULTS: &[Fault] = &[
    ("site.yaml", 6, 3, "photograph"),
    ("site.yaml", 11, 19, "amma"),
    ("records/publications.yaml", 4, 3, "jounral"),
    ("records/publications.yaml", 5, 9, "2025-13"),
    ("records/publications.yaml", 6, 8, "10.5555"),
    ("records/publications.yaml", 7, 3, "title"),
    ("records/publications.yaml", 12, 13, "spine-mir"),
    ("records/publications.yaml", 13, 10, "colon"),
    ("records/publications.yaml", 19, 12, "quote"),
    ("records/presentations.yaml", 1, 7, "svs-cohort"),
    ("records/presentations.yaml", 8, 12, "`*`"),
    ("records/awards.yaml", 1, 10, "#"),
    ("records/awards.yaml", 5, 1, "tab"),
    ("records/training.yaml", 1, 10, "residencey"),
    ("records/training.yaml", 2, 56, "2019"),
    ("records/service.yaml", 1, 47, "featured"),
    ("pages/about.md", 4, 3, "papers.md"),
    ("pages/about.md", 6, 1, "missing.png"),
    ("pages/teaching.md", 3, 8, "order"),
    ("pages/teaching.md", 7, 1, "knd"),
    ("pages/teaching.md", 10, 5, "svs-chort"),
    ("overrides/templates/404.html", 3, 19, "missing_filter"),
];

const OTHER_FILES: &[(&str, &str)] = &[
    (
        "site.yaml",
        "format: 1\nperson:\n  name: Tomás Ibarra Quiroga\n  family_name: Ibarra Quiroga\n  given_names: Tomás\n  emial: tomas@hospital.example\nids:\n  orcid: 0000-0002-1825-0079\nprogramme:\n  level: R3\n  started: July 2024\ntheme_of_work:\n  threads:\n    - {id: sepsis, name: Sepsis at the door}\nsite:\n  accent: saeg\n",
    ),
    (
        "records/publications.yaml",
        "# Papers, newest first.\n- title: Lactate in the first hour\n  authors: Ibarra Quiroga T, Okafor C\n  journal: Acute Care\n  date: 2025-02-30\n  doi: 10.5555/lactate\n- id: fluids\n  title: How much is enough: fluids in sepsis\n  authors: Okafor C, Ibarra Quiroga T\n  date: 2024\n  doi: 10/fluids\n  threads: [sepsis, sepis]\n- id: cultures\n  authors: *Ibarra Quiroga T, Okafor C\n  date: 2023\n  doi: 10.5555/cultures\n",
    ),
    (
        "records/presentations.yaml",
        "- id: fluids\n  title: Fluids, by the numbers\n  authors: Ibarra Quiroga T\n  event: Grand rounds\n  date: 2024-05-02\n  typ: grand-rounds\n- title: “Sepsis: the first hour”\n  authors: Ibarra Quiroga T\n  event: Grand rounds\n  date: 2024-06-02\n",
    ),
    (
        "records/teaching.yaml",
        "- kind: lecture\n  title: Sepsis for students\n\tstart: 2024\n- kind: lecture\n  title: Shock #2, for students\n  start: 2025\n  hours: two\n",
    ),
    ("records/awards.yaml", "- title: 'Resident's choice'\n  date: 2025\n- title: Best poster\n  date:2024\n"),
    (
        "records/service.yaml",
        "- {kind: peer-reveiw, title: Acute Care, start: 2024}\n- {kind: committee, title: Sepsis, start: 2025, end: 2024}\n",
    ),
    ("pages/about.md", "I study [sepsis](files/sepsis.pdf) and [shock](shock.md).\n\n![](files/ward.jpg)\n"),
    (
        "pages/clinic.md",
        "---\ntitle: Clinic\nmenue: false\n---\nSee [@fluid].\n\n```presentations\ntype: grand-round\n```\n",
    ),
    (
        "overrides/templates/404.html",
        "{% extends \"offprint/404.html\" %}\n{% block main %}\n<p>{{ page.titel }}</p>\n{% if page.title %}\n{% endblock %}\n",
    ),
];

const OTHER_FAULTS: &[Fault] = &[
    ("site.yaml", 6, 3, "emial"),
    ("site.yaml", 8, 10, "ORCID"),
    ("site.yaml", 11, 12, "2024-07"),
    ("site.yaml", 16, 11, "sage"),
    ("records/publications.yaml", 5, 9, "calendar"),
    ("records/publications.yaml", 8, 10, "colon"),
    ("records/publications.yaml", 11, 8, "10/fluids"),
    ("records/publications.yaml", 12, 21, "sepsis"),
    ("records/publications.yaml", 13, 3, "title"),
    ("records/publications.yaml", 14, 12, "`*`"),
    ("records/presentations.yaml", 1, 7, "publications.yaml:7"),
    ("records/presentations.yaml", 6, 3, "type"),
    ("records/presentations.yaml", 7, 10, "curly"),
    ("records/teaching.yaml", 3, 1, "tab"),
    ("records/teaching.yaml", 5, 10, "#"),
    ("records/teaching.yaml", 7, 10, "hours"),
    ("records/awards.yaml", 1, 10, "quote"),
    ("records/awards.yaml", 4, 7, "space"),
    ("records/service.yaml", 1, 10, "peer-review"),
    ("records/service.yaml", 2, 54, "2024"),
    ("pages/about.md", 1, 9, "sepsis.pdf"),
    ("pages/about.md", 1, 40, "shock"),
    ("pages/about.md", 3, 1, "ward.jpg"),
    ("pages/about.md", 3, 1, "words"),
    ("pages/clinic.md", 3, 1, "menu"),
    ("pages/clinic.md", 5, 5, "fluids"),
    ("pages/clinic.md", 8, 7, "grand-rounds"),
    ("overrides/templates/404.html", 4, 1, "endif"),
];

/// A fault: file, line and column (from 1), and a word of its message or cure.
type Fault = (&'static str, usize, usize, &'static str);

#[test]
fn one_run_names_every_fault_at_its_place_and_leaves_the_old_site_alone() {
    names_all(FILES, FAULTS);
}

#[test]
fn another_twenty_eight_faults_in_nine_files_are_named_as_well() {
    names_all(OTHER_FILES, OTHER_FAULTS);
}

fn names_all(files: &[(&str, &str)], faults: &[Fault]) {
    let project = common::Project::new();
    project.write("public/index.html", "the old site");
    for (path, text) in files {
        project.write(path, text);
    }
    let run = project.run(&["build", "--today", "2026-11-24", "--format", "json"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    let document: serde_json::Value = serde_json::from_str(&run.stdout).expect("one JSON document");
    let found = document["diagnostics"].as_array().expect("a list");
    let mut missing = Vec::new();
    for (file, line, column, word) in faults {
        let hit = found.iter().any(|d| {
            d["file"] == *file
                && d["line"] == *line
                && d["column"] == *column
                && format!("{} {}", d["message"], d["help"]).to_lowercase().contains(&word.to_lowercase())
        });
        if !hit {
            missing.push(format!("{file}:{line}:{column} {word}"));
        }
    }
    let printed: Vec<String> = found
        .iter()
        .map(|d| {
            format!(
                "{}:{}:{} {} {}",
                d["file"].as_str().unwrap_or_default(),
                d["line"],
                d["column"],
                d["code"],
                d["message"]
            )
        })
        .collect();
    assert!(missing.is_empty(), "not named:\n{}\nprinted:\n{}", missing.join("\n"), printed.join("\n"));
    assert!(found.len() <= faults.len() + 2, "no fault is named twice or brings a crowd:\n{}", printed.join("\n"));
    assert_eq!(std::fs::read_to_string(project.path("public/index.html")).expect("the old site"), "the old site");
}
