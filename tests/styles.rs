//! Citation styles of the user's own: three made by hand, one that is only a name, and broken ones.

mod common;

use common::Project;

const RECORDS: &str = "\
- id: cord
  title: Cord compression at night
  authors: Quist ZA, van der Berg L, Rao P
  journal: European Radiology
  date: 2024-05-02
  volume: 33
  issue: 2
  pages: 101-109
  doi: 10.5555/cord
- id: book
  type: book
  title: Head CT in fifty questions
  authors: Quist ZA
  editors: Weiß K, Groß A
  publisher: Harrow Medical Press
  place: Toronto
  edition: 2
  date: 2023
  isbn: 978-0-306-40615-7
";

/// Authors and year, from macros, with a choice, a sort and terms of its own.
const AUTHOR_DATE: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0" default-locale="en-US">
  <info><title>Harrow</title><id>harrow</id><updated>2026-01-01T00:00:00+00:00</updated></info>
  <locale xml:lang="en">
    <terms>
      <term name="et-al">and colleagues</term>
      <term name="page" form="short"><single>page</single><multiple>pages</multiple></term>
    </terms>
  </locale>
  <macro name="authors">
    <names variable="author">
      <name name-as-sort-order="first" initialize-with=". " et-al-min="3" et-al-use-first="2" delimiter=", "/>
      <substitute><names variable="editor"/><text variable="title"/></substitute>
    </names>
  </macro>
  <macro name="year">
    <date variable="issued" prefix="(" suffix=")"><date-part name="year"/></date>
  </macro>
  <citation><layout delimiter="; "><text macro="authors"/></layout></citation>
  <bibliography>
    <sort><key macro="authors"/><key variable="issued" sort="descending"/></sort>
    <layout suffix=".">
      <group delimiter=". ">
        <group delimiter=" "><text macro="authors"/><text macro="year"/></group>
        <choose>
          <if type="book">
            <group delimiter=", ">
              <text variable="title" font-style="italic" text-case="title"/>
              <number variable="edition" form="ordinal" suffix=" edition"/>
              <names variable="editor"><label form="short" suffix=" "/><name and="symbol"/></names>
              <text variable="publisher"/>
            </group>
          </if>
          <else>
            <text variable="title" quotes="true"/>
            <group delimiter=", ">
              <text variable="container-title" font-style="italic"/>
              <text variable="volume" font-weight="bold"/>
              <group delimiter=" "><label variable="page" form="short"/><text variable="page"/></group>
            </group>
          </else>
        </choose>
      </group>
    </layout>
  </bibliography>
</style>
"#;

/// Notes at the foot of a page: no bibliography.
const NOTE: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" class="note" version="1.0">
  <info><title>Notes</title><id>notes</id><updated>2026-01-01T00:00:00+00:00</updated></info>
  <citation>
    <layout suffix=".">
      <choose>
        <if position="subsequent"><text value="ibid."/></if>
        <else>
          <group delimiter=", ">
            <names variable="author"><name and="text" delimiter-precedes-last="never"/></names>
            <text variable="title" quotes="true"/>
            <text variable="container-title" font-style="italic"/>
            <date variable="issued" form="text" date-parts="year-month"/>
          </group>
        </else>
      </choose>
    </layout>
  </citation>
</style>
"#;

/// Numbers in the order of the text.
const NUMERIC: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0" page-range-format="minimal">
  <info><title>Numbers</title><id>numbers</id><updated>2026-01-01T00:00:00+00:00</updated></info>
  <citation><layout prefix="[" suffix="]"><text variable="citation-number"/></layout></citation>
  <bibliography second-field-align="flush">
    <layout suffix=".">
      <text variable="citation-number" suffix=". "/>
      <names variable="author" suffix=". "><name name-as-sort-order="all" sort-separator=" " initialize-with=""/></names>
      <text variable="title" suffix=". "/>
      <text variable="container-title" form="short" strip-periods="true" suffix=" "/>
      <date variable="issued"><date-part name="year"/></date>
      <text variable="volume" prefix=";"/>
      <text variable="page" prefix=":"/>
    </layout>
  </bibliography>
</style>
"#;

fn site(styles: &[(&str, &str)]) -> Project {
    let project = Project::with(&[
        ("site.yaml", "format: 1\nperson:\n  name: Zainab Amelie Quist\n"),
        ("records/publications.yaml", RECORDS),
    ]);
    for (path, text) in styles {
        project.write(path, text);
    }
    project
}

fn cite(project: &Project, style: &str, format: &str) -> String {
    project.run(&["cite", "--today", "2026-11-24", "--style", style, "--format", format, "cord", "book"]).clean().stdout
}

#[test]
fn an_author_date_style_made_by_hand_is_followed() {
    let project = site(&[("styles/harrow.csl", AUTHOR_DATE)]);
    assert_eq!(
        cite(&project, "harrow", "text"),
        "Quist, Z. A., L. van der Berg, and colleagues (2024). “Cord compression at night.” European Radiology, 33, pages 101–109.\n\
         Quist, Z. A. (2023). Head CT in Fifty Questions, 2nd edition, eds. K Weiß & A Groß, Harrow Medical Press.\n"
    );
    let html = cite(&project, "styles/harrow.csl", "html");
    assert!(html.contains("<i>European Radiology</i>, <b>33</b>, pages 101–109."), "{html}");
}

#[test]
fn a_note_style_and_a_numeric_one_made_by_hand_are_followed() {
    let project = site(&[("styles/notes.csl", NOTE), ("elsewhere/numbers.csl", NUMERIC)]);
    assert_eq!(
        cite(&project, "notes", "text"),
        "Z. A. Quist, L van der Berg and P Rao, “Cord compression at night,” European Radiology, May 2024.\n\
         Z. A. Quist, “Head CT in fifty questions,” 2023.\n"
    );
    project.write("styles/numbers.csl", NUMERIC);
    assert_eq!(
        cite(&project, "numbers", "text"),
        "Quist ZA, Berg L van der, Rao P. Cord compression at night. European Radiology 2024;33:101–9.\n\
         Quist ZA. Head CT in fifty questions. 2023.\n"
    );
}

#[test]
fn a_site_builds_in_a_style_of_its_own() {
    let project = site(&[("styles/harrow.csl", AUTHOR_DATE)]);
    project.write("site.yaml", "format: 1\nperson:\n  name: Zainab Amelie Quist\nsite:\n  citation_style: harrow\n");
    project.run(&["build", "--today", "2026-11-24"]).clean();
    let page = project.read("public/publications/cord/index.html").expect("the page");
    assert!(page.contains("pages 101–109"), "{page}");
}

#[test]
fn a_style_that_is_only_a_name_is_its_parent_or_says_which_it_needs() {
    let child = |parent: &str| {
        format!(
            "<style xmlns=\"http://purl.org/net/xbiblio/csl\" version=\"1.0\"><info><title>T</title><id>t</id>\n\
             <link href=\"http://www.zotero.org/styles/{parent}\" rel=\"independent-parent\"/>\n\
             <updated>2026-01-01T00:00:00Z</updated></info></style>"
        )
    };
    let project = site(&[("styles/child.csl", &child("apa"))]);
    assert_eq!(cite(&project, "child", "text"), cite(&project, "apa", "text"));
    let project = site(&[("styles/child.csl", &child("harrow")), ("styles/harrow.csl", AUTHOR_DATE)]);
    assert_eq!(cite(&project, "child", "text"), cite(&project, "harrow", "text"));
    let project = site(&[("styles/child.csl", &child("nobody-has-this"))]);
    project.write("site.yaml", "format: 1\nperson:\n  name: Zainab Amelie Quist\nsite:\n  citation_style: child\n");
    let words = ["styles/child.csl:2:", "only a name for `nobody-has-this`", "save `nobody-has-this.csl`"];
    project.run(&["check", "--today", "2026-11-24"]).says(1, &words);
}

#[test]
fn a_broken_style_is_reported_at_its_line_and_column() {
    for (from, to, at, words) in [
        (
            "</macro>\n  <macro name=\"year\">",
            "\n  <macro name=\"year\">",
            "</style>",
            "closes what `<macro>` has opened",
        ),
        ("<text macro=\"year\"/>", "<text macro=\"date\"/>", "date\"/>", "no macro called `date`"),
        ("<text variable=\"volume\"", "<text varable=\"volume\"", "varable", "did you mean `variable`?"),
        ("<text variable=\"volume\"", "<text variable=\"volum\"", "volum\"", "did you mean `volume`?"),
        ("initialize-with=\". \"", "initialise-with=\". \"", "initialise", "did you mean `initialize-with`?"),
        ("form=\"ordinal\"", "form=\"ordnal\"", "ordnal", "`ordnal` is not known here"),
        ("<text variable=\"publisher\"/>", "<txt variable=\"publisher\"/>", "txt", "`txt`"),
        ("<bibliography>", "<bibliografy>", "</bibliography>", "closes what `<bibliografy>`"),
    ] {
        let broken = AUTHOR_DATE.replacen(from, to, 1);
        assert_ne!(broken, AUTHOR_DATE, "{from}");
        let project = site(&[("styles/harrow.csl", &broken)]);
        project
            .write("site.yaml", "format: 1\nperson:\n  name: Zainab Amelie Quist\nsite:\n  citation_style: harrow\n");
        let before = broken.split(at).next().expect("what stands before the fault");
        let (line, column) = (before.lines().count().max(1), before.rsplit('\n').next().unwrap_or_default().len() + 1);
        let line = if before.ends_with('\n') { line + 1 } else { line };
        let place = format!("styles/harrow.csl:{line}:{column}");
        project.run(&["check", "--today", "2026-11-24"]).says(1, &["error[OP622]", &place, words]);
    }
    let without = {
        let (head, rest) = AUTHOR_DATE.split_once("  <bibliography>").expect("a bibliography");
        let (_, tail) = rest.split_once("</bibliography>\n").expect("its end");
        format!("{head}{tail}")
    };
    for (text, words) in [
        (without.as_str(), ["styles/harrow.csl:19:3", "has no `<bibliography>`"]),
        ("<html><body/></html>\n", ["styles/harrow.csl:1:1", "begins with `<style`"]),
        ("not a style at all\n", ["styles/harrow.csl:1:1", "no `<style`"]),
    ] {
        let project = site(&[("styles/harrow.csl", text)]);
        project
            .write("site.yaml", "format: 1\nperson:\n  name: Zainab Amelie Quist\nsite:\n  citation_style: harrow\n");
        project.run(&["check", "--today", "2026-11-24"]).says(1, &words);
    }
}
