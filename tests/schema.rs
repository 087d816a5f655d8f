//! The schemas that editors use say what Offprint reads.

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use common::Project;
use serde_json::{Value, json};

fn schemas() -> BTreeMap<String, Value> {
    let project = Project::new();
    let run = project.run(&["schema"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    serde_json::from_str(&run.stdout).expect("one map")
}

fn yaml(text: &str) -> Value {
    let value: serde_yaml::Value = serde_yaml::from_str(text).expect("YAML");
    serde_json::to_value(value).expect("a value")
}

fn faults(schema: &Value, value: &Value) -> Vec<String> {
    let validator = jsonschema::validator_for(schema).expect("a schema");
    validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

#[test]
fn every_file_of_the_example_keeps_to_its_schema() {
    let schemas = schemas();
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("example-site");
    let mut checked = 0;
    for (file, schema) in &schemas {
        let Ok(text) = fs::read_to_string(example.join(file)) else { continue };
        checked += 1;
        assert_eq!(faults(schema, &yaml(&text)), [""; 0], "{file}");
    }
    assert!(checked >= 12, "{checked}");
    let page = &schemas["pages/*.md"];
    for entry in fs::read_dir(example.join("pages")).expect("pages") {
        let text = fs::read_to_string(entry.expect("a page").path()).expect("text");
        if let Some((matter, _)) = text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---")) {
            assert_eq!(faults(page, &yaml(matter)), [""; 0]);
        }
    }
}

#[test]
fn what_offprint_refuses_the_schema_refuses() {
    let schemas = schemas();
    let publications = &schemas["records/publications.yaml"];
    let record = |field: &str, value: Value| json!([{ "title": "A", "authors": "Rao P", "date": 2025, field: value }]);
    assert_eq!(faults(publications, &record("volume", json!(47))), [""; 0]);
    assert_eq!(faults(publications, &record("authors", json!(["Rao, P", {"group": "Spine Group"}]))), [""; 0]);
    for (field, value) in [
        ("jounral", json!("Radiology")),
        ("type", json!("paper")),
        ("status", json!("done")),
        ("date", json!("March 2025")),
        ("featured", json!(4)),
        ("authors", json!([{"grupo": "x"}])),
        ("private", json!({"note": "x"})),
    ] {
        assert!(!faults(publications, &record(field, value)).is_empty(), "{field}");
    }
    assert!(!faults(&schemas["site.yaml"], &json!({"person": {"nmae": "Priya Rao"}})).is_empty());
}

#[test]
fn a_new_site_tells_editors_its_schemas() {
    let project = Project::new();
    assert_eq!(project.run(&["new", ".", "--yes", "--name", "Priya Rao"]).code, 0);
    let site = project.read("site.yaml").expect("site.yaml");
    assert!(site.starts_with("# yaml-language-server: $schema=.offprint/schema/site.json\n"), "{site}");
    for file in ["publications", "goals", "conferences"] {
        let text = project.read(&format!("records/{file}.yaml")).expect("a file");
        let line = text.lines().next().expect("a line");
        let schema = line.strip_prefix("# yaml-language-server: $schema=../").expect("the line of the schema");
        let schema: Value = serde_json::from_str(&project.read(schema).expect("the schema")).expect("JSON");
        assert!(schema["$schema"].is_string());
    }
    project.remove("records/media.yaml");
    project.write(
        "a.json",
        r#"{"basics": {"name": "Priya Rao"}, "awards": [{"title": "Prize", "date": "2025", "awarder": "Society"}]}"#,
    );
    project.remove("records/awards.yaml");
    assert_eq!(project.run(&["import", "a.json"]).code, 0);
    let awards = project.read("records/awards.yaml").expect("a file");
    assert!(
        awards.starts_with("# yaml-language-server: $schema=../.offprint/schema/awards.json\n- title: Prize\n"),
        "{awards}"
    );
    let one = project.run(&["schema", "publications"]);
    assert!(one.stdout.contains("\"replaced_by\"") && one.code == 0);
    assert_eq!(project.run(&["schema", "papers"]).code, 2);
}
