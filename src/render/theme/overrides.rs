//! The site's own files in place of a theme's: whether each is used, and what it was copied from.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::record::decode;
use crate::source::ejected::{self, Ejected};
use crate::source::theme::{LayerKind, ThemeFile, ThemeLayer};
use crate::source::{Origin, Sources};
use crate::words::merge;

/// How a file of the site stands to the theme's file that it was copied from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// Nothing was changed in it.
    Unchanged,
    /// It was changed, and the original is still the one that was copied.
    Changed,
    /// The original is another one now.
    OriginalChanged(Ejected),
    /// The original is no longer there.
    OriginalGone(Ejected),
    /// It was not copied by `theme eject`.
    Unmarked,
}

/// Returns the state of every file of the site that stands in place of a theme's, by its path in the site.
pub fn states(layers: &[ThemeLayer], originals: &dyn Fn(&str) -> Vec<ThemeLayer>) -> BTreeMap<String, State> {
    let own = layers.iter().filter(|layer| layer.kind != LayerKind::Shipped);
    own.flat_map(|layer| &layer.files)
        .map(|(inside, file)| (file.path.clone(), state(inside, file, originals)))
        .collect()
}

fn state(inside: &str, file: &ThemeFile, originals: &dyn Fn(&str) -> Vec<ThemeLayer>) -> State {
    let Some((copied, rest)) = ejected::read(inside, &file.bytes) else { return State::Unmarked };
    let layers = originals(&copied.theme);
    let original =
        layers.iter().find_map(|layer| layer.files.get(inside)).filter(|original| original.path != file.path);
    match original {
        None => State::OriginalGone(copied),
        Some(original) if ejected::hash(&original.bytes) != copied.hash => State::OriginalChanged(copied),
        Some(original) if *original.bytes == *rest => State::Unchanged,
        Some(_) => State::Changed,
    }
}

/// Reports files under `overrides/` that take the place of nothing, and words that no template prints.
pub fn check(diagnostics: &mut Diagnostics, sources: &Sources, layers: &[ThemeLayer]) {
    let Some(overrides) = layers.iter().find(|layer| layer.kind == LayerKind::Overrides) else { return };
    let themes: Vec<&ThemeLayer> = layers.iter().filter(|layer| layer.kind != LayerKind::Overrides).collect();
    let own: Vec<&ThemeLayer> = layers.iter().filter(|layer| layer.kind != LayerKind::Shipped).collect();
    let texts: Vec<(&str, String)> = own
        .iter()
        .flat_map(|layer| &layer.files)
        .filter(|(inside, _)| inside.ends_with(".html") || inside.ends_with(".css"))
        .map(|(_, file)| (file.path.as_str(), file.text().into_owned()))
        .collect();
    for (inside, file) in &overrides.files {
        let replaces = themes.iter().any(|theme| theme.files.contains_key(inside.as_str()));
        if inside.starts_with("strings/") && inside.ends_with(".yaml") {
            check_words(diagnostics, sources, file, &words_of(sources, &themes), &texts);
        } else if !replaces && !is_named(inside, file, &texts) {
            diagnostics.push(unused(inside, file, &themes));
        }
    }
}

/// Tells whether another file of the site names an additional one: a part, a picture, a style sheet.
fn is_named(inside: &str, file: &ThemeFile, texts: &[(&str, String)]) -> bool {
    let name = inside.strip_prefix("templates/").or_else(|| inside.strip_prefix("assets/"));
    name.is_some_and(|name| texts.iter().any(|(path, text)| *path != file.path && text.contains(name)))
}

fn unused(inside: &str, file: &ThemeFile, themes: &[&ThemeLayer]) -> Diagnostic {
    let known = themes.iter().flat_map(|theme| theme.files.keys());
    let near = nearest(inside, known.map(String::as_str));
    let help = match near {
        Some(near) => format!("did you mean `overrides/{near}`? Rename it, or remove it"),
        None => "`offprint theme eject` lists the files that may be replaced; remove this one, or name it in a template of yours".to_owned(),
    };
    let message = "the theme has no such file, and nothing of yours names it";
    Diagnostic::new(&code::OVERRIDE_UNUSED, &file.path, message).help(help)
}

/// Finds the path of a theme that was most likely meant: one that ends the same way, else one a few letters away.
pub fn nearest<'n>(wanted: &str, known: impl Iterator<Item = &'n str> + Clone) -> Option<&'n str> {
    fn name(path: &str) -> &str {
        path.rsplit('/').next().unwrap_or(path)
    }
    let wanted_name = name(wanted);
    let same_name = known.clone().find(|path| name(path) == wanted_name);
    same_name.or_else(|| {
        let distance = |path: &&str| strsim::damerau_levenshtein(name(path), wanted_name);
        known
            .filter(|path| path.rsplit('.').next() == wanted.rsplit('.').next())
            .min_by_key(distance)
            .filter(|path| distance(path) <= 3)
    })
}

fn words_of(sources: &Sources, themes: &[&ThemeLayer]) -> Map<String, Value> {
    let mut all = Map::new();
    for theme in themes.iter().rev() {
        if let Some(file) = theme.files.get("strings/en.yaml") {
            merge(&mut all, decode::strings(&mut Diagnostics::default(), sources, file));
        }
    }
    all
}

fn check_words(
    diagnostics: &mut Diagnostics,
    sources: &Sources,
    file: &ThemeFile,
    known: &Map<String, Value>,
    texts: &[(&str, String)],
) {
    // A fault of the file itself was reported when its words were read.
    let own = decode::strings(&mut Diagnostics::default(), sources, file);
    let mut faults = Vec::new();
    compare(&own, known, "", &mut faults);
    let origin = Origin { file: file.path.as_str().into(), index: 0 };
    for fault in faults {
        if texts.iter().any(|(_, text)| text.contains(&format!("words.{}", fault.path))) {
            continue;
        }
        let mut diagnostic = Diagnostic::new(&code::THEME_FILE, &file.path, fault.message)
            .at(sources.key_span(&origin, &fault.path))
            .help(fault.help);
        if let Some(near) = fault.near {
            diagnostic = diagnostic.label(format!("did you mean `{near}`?")).fix(near);
        }
        diagnostics.push(diagnostic);
    }
}

struct WordFault {
    path: String,
    message: String,
    near: Option<String>,
    help: String,
}

/// Compares the words of the site with those that the theme prints.
fn compare(own: &Map<String, Value>, known: &Map<String, Value>, above: &str, faults: &mut Vec<WordFault>) {
    for (key, value) in own {
        let path = format!("{above}{key}");
        match (known.get(key), value) {
            (None, _) => {
                let near = known.keys().find(|word| strsim::damerau_levenshtein(word, key) <= 2).cloned();
                faults.push(WordFault {
                    message: format!("`{path}` is none of the theme's words"),
                    near,
                    help: "`offprint theme eject strings/en.yaml` shows all words".to_owned(),
                    path,
                });
            }
            (Some(Value::Object(inner)), Value::Object(own)) if !inner.contains_key("other") => {
                compare(own, inner, &format!("{path}."), faults);
            }
            (Some(known), value) if !fits(known, value) => faults.push(WordFault {
                message: format!("`{path}` takes {}", kind(known)),
                near: None,
                help: example(known),
                path,
            }),
            _ => {}
        }
    }
}

fn fits(known: &Value, value: &Value) -> bool {
    match (known, value) {
        (Value::Array(known), Value::Array(own)) => known.len() == own.len(),
        (Value::Object(known), Value::String(_) | Value::Object(_)) => known.contains_key("other") || value.is_object(),
        (Value::String(_), Value::String(_)) => true,
        _ => false,
    }
}

fn example(known: &Value) -> String {
    match known {
        Value::Array(words) => {
            let words: Vec<&str> = words.iter().filter_map(Value::as_str).collect();
            format!("write all of them, as in `[{}]`", words.join(", "))
        }
        Value::String(words) => format!("write words, as in `{words}`"),
        _ => "`offprint theme eject strings/en.yaml` shows all words".to_owned(),
    }
}

fn kind(known: &Value) -> String {
    match known {
        Value::Array(words) => format!("a list of {} words", words.len()),
        Value::Object(words) if words.contains_key("other") => "words, or a map of plural forms".to_owned(),
        Value::Object(_) => "a map of words".to_owned(),
        _ => "words".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::portfolio::fixture::{portfolio, short, sources};
    use crate::render::theme::Theme;

    fn found(files: &[(&str, &str)]) -> Vec<String> {
        let mut diagnostics = Diagnostics::default();
        Theme::load(&mut diagnostics, &sources(files), &portfolio(files).0.settings);
        short(&diagnostics.sorted())
    }

    #[test]
    fn a_word_of_the_site_stands_in_place_of_the_themes() {
        let files = [("overrides/strings/en.yaml", "why: So what\nmenu:\n  cv: Vita\n")];
        let theme = Theme::load(&mut Diagnostics::default(), &sources(&files), &portfolio(&files).0.settings);
        assert_eq!((theme.words.get("why"), theme.words.get("menu.cv")), ("So what", "Vita"));
        assert_eq!(theme.words.get("menu.about"), "About");
        assert_eq!(found(&files), Vec::<String>::new());
    }

    #[test]
    fn a_word_that_nothing_prints_and_a_word_of_the_wrong_kind_are_named() {
        let files =
            [("overrides/strings/es.yaml", "menu:\n  publicatons: Artículos\n  cv: [a]\ndate: {months: [ene, feb]}\n")];
        assert_eq!(
            found(&files),
            [
                "OP602 2:3-14 `menu.publicatons` is none of the theme's words",
                "OP602 3:3-5 `menu.cv` takes words",
                "OP602 4:8-14 `date.months` takes a list of 12 words",
            ]
        );
    }

    #[test]
    fn a_word_that_a_template_of_the_site_prints_may_be_new() {
        let files = [
            ("overrides/strings/en.yaml", "motto: Read slowly\n"),
            ("overrides/templates/404.html", "<p>{{ words.motto }}</p>"),
        ];
        assert_eq!(found(&files), Vec::<String>::new());
    }

    #[test]
    fn an_override_of_nothing_is_named_and_a_part_that_is_used_is_not() {
        let files = [
            ("overrides/page.html", "<p>"),
            ("overrides/templates/partials/motto.html", "<p>Read slowly</p>"),
            ("overrides/templates/404.html", "{% include \"partials/motto.html\" %}"),
        ];
        assert_eq!(found(&files), ["OP606  the theme has no such file, and nothing of yours names it"]);
    }
}
