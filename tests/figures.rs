//! The figures of a site: what they count, in the eyes and in the ears of a reader.

mod common;

use common::Project;

const SITE: &str =
    "format: 1\nperson: {name: Priya Rao, family_name: Rao, given_names: Priya}\nsite: {as_of: 2026-11-24";

/// Year, authors and further fields of each work.
const WORKS: [(&str, &str, &str); 7] = [
    ("2019", "Rao P, Quist Z", ""),
    ("2019", "Quist Z, Rao P, Berg L", ""),
    ("2021", "Quist ZA, Berg L, Rao P", ""),
    ("2021", "Berg L, Rao P, Okello G", "role: data-collection"),
    ("2021", "Rao P", "type: preprint"),
    ("2021", "Rao P, Foe A", "status: retracted, correction: {type: retraction, doi: 10.5555/gone}"),
    ("2021", "Quist Z, Rao P, Hidden H", "visibility: private"),
];

fn records() -> String {
    let record = |(at, (year, authors, more)): (usize, &(&str, &str, &str))| {
        let more = if more.is_empty() { String::new() } else { format!(", {more}") };
        format!("- {{title: Work {at}, authors: \"{authors}\", date: {year}, doi: 10.5555/{at}{more}}}\n")
    };
    WORKS.iter().enumerate().map(record).collect()
}

fn list(settings: &str) -> String {
    let project = Project::new();
    project.write("site.yaml", format!("{SITE}{settings}}}\n"));
    project.write("records/publications.yaml", records());
    project.run(&["build"]);
    project.read("public/publications/index.html").expect("the list")
}

/// Returns the text of the parts of a page between two marks, without tags.
fn texts(page: &str, start: &str, end: &str) -> Vec<String> {
    let parts = page.split(start).skip(1).map(|part| part.split(end).next().unwrap_or_default());
    let text = |part: &str| -> String {
        let words = format!("<{part}").replace("</div>", " ");
        let words: String = words.split('<').filter_map(|piece| piece.split_once('>')).map(|(_, text)| text).collect();
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    parts.map(text).collect()
}

#[test]
fn works_are_counted_by_year_and_role_and_co_authors_once() {
    for theme in ["offprint", "grand-rounds"] {
        let page = list(&format!(", theme: {theme}"));
        let strip = texts(&page, "<figure class=\"strip\"", "</figure>");
        assert_eq!(strip.len(), 1, "{page}");
        let figure = page.split("<figure class=\"strip\"").nth(1).and_then(|rest| rest.split("</figure>").next());
        let figure = figure.expect("the strip");
        assert_eq!(
            texts(figure, "</svg><div", "</li>"),
            [
                "2019 : 2. First author or project lead: 1; Co-author: 1",
                "2020 : 0",
                "2021 : 3. First author or project lead: 1; Senior author: 1; Other part: 1",
            ]
        );
        assert_eq!(
            figure
                .split("<ol")
                .nth(1)
                .unwrap_or_default()
                .split("</ol>")
                .next()
                .unwrap_or_default()
                .matches("<rect")
                .count(),
            5
        );
        let legend = figure.split("<ul>").nth(1).unwrap_or_default();
        assert_eq!(
            texts(legend, "<li", "</li>"),
            ["First author or project lead 2", "Senior author 1", "Co-author 1", "Other part 1"]
        );
        // Quist under two forms of her name, Berg and Okello; nobody of the retracted or the private work.
        assert!(page.contains("Written with 3 co-authors."), "{page}");
    }
}

#[test]
fn the_strip_speaks_the_language_of_the_site_and_can_be_left_out() {
    let names = [
        ("en", "First author or project lead"),
        ("es", "Primer autor o dirección del proyecto"),
        ("fr", "Premier auteur ou direction du projet"),
        ("de", "Erstautorschaft oder Projektleitung"),
        ("pt", "Primeiro autor ou liderança do projeto"),
        ("ar", "المؤلف الأول أو قيادة المشروع"),
    ];
    for (language, name) in names {
        let page = list(&format!(", language: {language}"));
        assert!(page.contains("<figure class=\"strip\"") && page.contains(name), "{language}");
    }
    let page = list(", theme_options: {strip: false}");
    assert!(page.contains("Written with 3 co-authors.") && !page.contains("class=\"strip\""));
}

#[test]
fn how_often_a_work_was_cited_is_shown_only_where_the_owner_asks() {
    let project = Project::new();
    let work = "- {title: Flow voids, authors: Rao P, date: 2025, doi: 10.5555/1, citations: {count: 41, source: Scholar, as_of: 2026-11-01}}\n";
    project.write("records/publications.yaml", work);
    for (settings, shown) in [("", false), (", show_counts: true", true)] {
        project.write("site.yaml", format!("{SITE}{settings}}}\n"));
        project.run(&["build"]);
        let pages = ["index.html", "publications/index.html", "cv/index.html"];
        let read = |page: &&str| project.read(&format!("public/{page}")).expect("a page");
        assert_eq!(pages.iter().map(read).any(|page| page.contains("41 times")), shown);
        let own = std::fs::read_dir(project.path("public/publications"))
            .expect("pages")
            .flatten()
            .find(|entry| entry.path().is_dir());
        let own = std::fs::read_to_string(own.expect("a page").path().join("index.html")).expect("a page");
        assert_eq!(own.contains("41 times"), shown, "{own}");
    }
}

#[test]
fn a_home_without_selected_works_shows_the_newest() {
    for (settings, theme) in [("", "offprint"), (", theme: grand-rounds", "grand-rounds")] {
        let project = Project::new();
        project.write("site.yaml", format!("{SITE}{settings}}}\n"));
        project.write("records/publications.yaml", records());
        project.run(&["build"]);
        let home = project.read("public/index.html").expect("the home page");
        let at = |title: &str| home.find(&format!(">{title}</a></h3>"));
        assert!(at("Work 2").is_some() && at("Work 0").is_none() && at("Work 5").is_none(), "{theme}: {home}");
        assert!(home.contains("<h2>Publications</h2>") && !home.contains("Selected works"), "{theme}");
    }
}

#[test]
fn the_years_before_the_shown_ones_are_a_number_and_no_column() {
    let project = Project::new();
    project.write("site.yaml", format!("{SITE}}}\n"));
    let record = |year: i32| format!("- {{title: Of {year}, authors: Rao P, date: {year}, doi: 10.5555/{year}}}\n");
    project.write("records/publications.yaml", (2008..=2026).map(record).collect::<String>());
    project.run(&["build"]);
    let page = project.read("public/publications/index.html").expect("the list");
    let strip =
        page.split("<figure class=\"strip\"").nth(1).and_then(|rest| rest.split("<ul>").next()).expect("the strip");
    let years = texts(strip, "</svg><div", "</li>");
    assert_eq!(years.len(), 8, "{years:?}");
    assert_eq!(years[0], "Earlier : 12. First author or project lead: 12");
    assert_eq!(years[1], "2020 : 1. First author or project lead: 1");
    assert_eq!(strip.matches("<rect").count(), 7);
}
