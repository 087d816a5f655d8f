use super::*;

fn sources(files: &[(&str, &str)]) -> Sources {
    let mut sources = Sources::default();
    for (path, text) in files {
        sources.texts.insert((*path).to_owned(), (*text).into());
    }
    sources
}

fn faults(files: &[(&str, &str)], name: &str) -> Vec<Diagnostic> {
    let mut diagnostics = Diagnostics::default();
    find(&mut diagnostics, &sources(files), name);
    diagnostics.sorted()
}

const STYLE: &str = r#"<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
  <info><title>Own</title><id>own</id><updated>2026-01-01T00:00:00Z</updated></info>
  <citation><layout><text variable="title"/></layout></citation>
  <bibliography><layout><text variable="title"/></layout></bibliography>
</style>"#;

#[test]
fn every_short_name_and_archived_id_is_found() {
    for name in SHORT_NAMES.iter().map(|(short, _)| *short).chain(["american-medical-association", "plos", "cell"]) {
        assert!(faults(&[], name).is_empty(), "{name}");
    }
}

#[test]
fn a_misspelt_style_is_reported_with_the_nearest_names() {
    let found = faults(&[("site.yaml", "format: 1\nsite:\n  citation_style: lancett\n")], "lancett");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].code.id, code::CITATION_STYLE_UNKNOWN.id);
    assert!(found[0].help.as_ref().is_some_and(|help| help.contains("`lancet`")), "{:?}", found[0].help);
}

#[test]
fn a_style_of_the_site_is_found_by_name_and_by_path() {
    for name in ["own", "styles/own.csl", "./styles/own.csl", "own.csl"] {
        assert!(faults(&[("styles/own.csl", STYLE)], name).is_empty(), "{name}");
    }
}

#[test]
fn a_broken_style_is_reported_with_line_and_column() {
    let cut = STYLE.replace("</layout></citation>", "</citation>");
    let found = faults(&[("styles/own.csl", &cut)], "own");
    assert_eq!((found[0].file.as_str(), found[0].span), ("styles/own.csl", Some(Span::new(3, 45, 11))));
    let wrong = STYLE
        .replace("<bibliography><layout><text variable=\"title\"", "<bibliography><layout><text variable=\"titel\"");
    let found = faults(&[("styles/own.csl", &wrong)], "own");
    assert_eq!(found[0].code.id, code::CITATION_STYLE_BROKEN.id);
    assert!(found[0].span.is_some_and(|span| span.line > 0), "{:?}", found[0]);
}

#[test]
fn a_dependent_style_is_its_parent_or_names_it() {
    let style = |parent: &str| {
        format!(
            "<style xmlns=\"http://purl.org/net/xbiblio/csl\" version=\"1.0\"><info><title>T</title><id>t</id>\
             <link href=\"http://www.zotero.org/styles/{parent}\" rel=\"independent-parent\"/>\
             <updated>2026-01-01T00:00:00Z</updated></info></style>"
        )
    };
    assert!(faults(&[("styles/t.csl", &style("apa"))], "t").is_empty());
    let found = faults(&[("styles/t.csl", &style("nobody-has-this"))], "t");
    assert_eq!(found[0].code.id, code::CITATION_STYLE_DEPENDENT.id);
    assert!(found[0].help.as_ref().is_some_and(|help| help.contains("nobody-has-this.csl")));
}
