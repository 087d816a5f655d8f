//! Themes: one of the site's own, a file copied out of one, and what happens when the original moves on.

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use common::Project;

const TEMPLATE: &str = r#"{% extends "offprint/base.html" %}
{% block styles %}{% endblock styles %}
{% block header %}<div class="page"><p><a href="{{ root }}">{{ site.owner }}</a></p>{% include "partials/menu.html" %}</div>{% endblock header %}
{% block footer %}<p class="page">{{ words.motto }} {{ words.updated }} {{ site.updated.text }}</p>{% endblock footer %}
"#;

const PAGE: &str = r#"{% extends "base.html" %}
{% block main %}<main id="main" class="page"><h1>{{ title }}</h1>{% set blocks = text %}{% include "partials/blocks.html" %}</main>{% endblock main %}
"#;

const TALKS: &str = r#"{% extends "base.html" %}
{% block main %}<main id="main" class="page"><h1>{{ title }}</h1><p>{{ intro }}</p>{% set anchor = true %}
{% for year in years %}<h2>{{ year.heading }}</h2><ul>{% for talk in year.talks %}{% include "partials/talk.html" %}{% endfor %}</ul>{% endfor %}
</main>{% endblock main %}
"#;

const SHEET: &str = "/* Sixty lines in all. */
:root{--ink:#111;--paper:#fff}
body{max-width:40rem;margin:auto;padding:1rem;font:1rem/1.5 Georgia,serif;color:var(--ink);background:var(--paper)}
";

fn with_example() -> Project {
    let project = Project::new();
    project.run(&["new", "site", "--example"]).clean();
    project
}

fn files_of(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("the folder is readable") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files.extend(files_of(&path));
        } else {
            let bytes = fs::read(&path).expect("the file is readable");
            files.insert(path, bytes);
        }
    }
    files
}

fn use_theme(project: &Project, name: &str) {
    let site = project.read("site/site.yaml").expect("site.yaml");
    project.write("site/site.yaml", site.replace("\nsite:\n", &format!("\nsite:\n  theme: {name}\n")));
}

#[test]
fn a_theme_of_sixty_lines_in_the_sites_own_folder_works() {
    let project = with_example();
    let files = [
        (
            "theme.yaml",
            "name: plain\nown_styles: true\noptions:\n  loud: {type: boolean, default: false, help: Shouts.}\n",
        ),
        ("templates/base.html", TEMPLATE),
        ("templates/presentations.html", TALKS),
        ("templates/page.html", PAGE),
        ("assets/base.css", SHEET),
        ("strings/en.yaml", "motto: Plain words.\n"),
    ];
    assert!(files.iter().map(|(_, text)| text.lines().count()).sum::<usize>() <= 60);
    for (name, text) in files {
        project.write(&format!("site/themes/plain/{name}"), text);
    }
    use_theme(&project, "plain");
    project.run(&["build", "site"]).clean();
    let talks = project.read("site/public/presentations/index.html").expect("the talks");
    assert!(talks.contains("Plain words.") && talks.contains("<h2>2026</h2>"), "{talks}");
    // What the theme lacks comes from the default one.
    assert!(project.read("site/public/publications/index.html").expect("the list").contains("class=\"filter\""));
    let listed = project.run(&["theme", "list", "--site", "site"]).clean().stdout;
    assert!(listed.contains("plain, in themes/plain (used by this site)\n  loud: Shouts. (false)"), "{listed}");
}

#[test]
fn an_ejected_file_gives_the_same_bytes() {
    for theme in ["offprint", "grand-rounds"] {
        let project = with_example();
        use_theme(&project, theme);
        project.run(&["build", "site"]).clean();
        let before = files_of(&project.path("site/public"));
        let listed = project.run(&["theme", "eject", "--site", "site"]).clean().stdout;
        let files: Vec<&str> = listed.lines().collect();
        assert!(files.len() > 40, "{listed}");
        for file in &files {
            let run = project.run(&["theme", "eject", file, "--site", "site", "--quiet"]).clean();
            assert_eq!(run.stdout.trim(), format!("overrides/{file}"));
        }
        project.run(&["build", "site"]).clean();
        let after = files_of(&project.path("site/public"));
        let changed: Vec<_> =
            before.iter().filter(|(path, bytes)| after.get(*path) != Some(bytes)).map(|(path, _)| path).collect();
        assert!(changed.is_empty(), "{theme}: {changed:?}");
        assert_eq!(before.len(), after.len());
        project.run(&["theme", "check", "--strict", "--site", "site"]).clean();
    }
}

#[test]
fn a_copy_whose_original_moved_on_is_named() {
    let project = with_example();
    project.write("site/themes/ward/theme.yaml", "name: ward\nversion: 1.0.0\n");
    project.write(
        "site/themes/ward/templates/404.html",
        "{% extends \"base.html\" %}\n{% block main %}<main id=\"main\"><h1>Gone</h1></main>{% endblock main %}\n",
    );
    use_theme(&project, "ward");
    project.run(&["theme", "eject", "templates/404.html", "--site", "site"]).clean();
    let copy = project.read("site/overrides/templates/404.html").expect("the copy");
    project.write("site/overrides/templates/404.html", copy.replace("Gone", "Not here"));
    let run = project.run(&["theme", "check", "--strict", "--site", "site"]).clean();
    assert!(run.stdout.contains("404.html: changed by you"), "{}", run.stdout);

    project.write("site/themes/ward/theme.yaml", "name: ward\nversion: 1.1.0\n");
    project.write(
        "site/themes/ward/templates/404.html",
        "{% extends \"base.html\" %}\n{% block main %}<main id=\"main\"><h1>Lost</h1></main>{% endblock main %}\n",
    );
    let run = project.run(&["theme", "check", "--strict", "--site", "site"]);
    assert_eq!(run.code, 1);
    assert!(run.stderr.contains("warning[OP607]: its original in the theme ward has changed since you copied it (version 1.0.0, now 1.1.0)\n --> overrides/templates/404.html:1:1"), "{}", run.stderr);
    // The site itself is built as before.
    project.run(&["build", "site"]).clean();
}

#[test]
fn a_theme_and_a_copy_made_for_another_view_are_named() {
    let project = with_example();
    project.run(&["theme", "eject", "templates/404.html", "--site", "site"]).clean();
    let copy = project.read("site/overrides/templates/404.html").expect("the copy");
    assert!(copy.lines().next().is_some_and(|line| line.ends_with(" view 1 -#}")), "{copy}");
    project.run(&["theme", "check", "--strict", "--site", "site"]).clean();
    project.write("site/overrides/templates/404.html", copy.replace(" view 1 ", " view 9 "));
    project.write("site/themes/ward/theme.yaml", "name: ward\nversion: 1.0.0\nview: 0\n");
    use_theme(&project, "ward");
    let run = project.run(&["theme", "check", "--strict", "--site", "site"]);
    assert_eq!(run.code, 1);
    for words in ["made for view 9", "install the newest Offprint", "made for view 0", "look in the changelog"] {
        assert!(run.stderr.contains(words), "no {words:?} in {}", run.stderr);
    }
}

#[test]
fn a_site_chooses_the_parts_of_its_home_page_their_order_and_the_size_of_its_text() {
    let project = with_example();
    let site = project.read("site/site.yaml").expect("site.yaml");
    for theme in ["offprint", "grand-rounds"] {
        let place = |page: &str, words: &str| page.find(&format!("<h2>{words}"));
        let build = |options: &str| {
            let settings = format!("\nsite:\n  theme: {theme}\n{options}");
            project.write("site/site.yaml", site.replace("\nsite:\n", &settings));
            project.run(&["build", "site"]).clean();
            project.read("site/public/index.html").expect("the home page")
        };
        let usual = build("");
        assert!(!usual.contains("data-text"), "{theme}: the usual size needs no mark");
        assert!(place(&usual, "Theme of work") < place(&usual, "About") && place(&usual, "Elsewhere").is_some());
        let chosen = build("  theme_options:\n    sections: [about, theme]\n    text_size: large\n");
        assert!(place(&chosen, "About").is_some(), "{theme}");
        assert!(place(&chosen, "About") < place(&chosen, "Theme of work"), "{theme}: in the order that is wanted");
        assert_eq!(place(&chosen, "Elsewhere"), None, "{theme}: what is not named is left out");
        assert!(chosen.contains(" data-text=\"large\""), "{theme}");
        assert!(
            build("  theme_options: {sections: about}\n").contains("<h2>About"),
            "{theme}: one word is a list of one"
        );
    }
}
