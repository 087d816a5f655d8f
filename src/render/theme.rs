//! The theme of a site: its layers, words and options, each checked.

use std::collections::BTreeMap;

use super::words::Words;
use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::portfolio::Settings;
use crate::record::theme::{ThemeManifest, ThemeOption, manifest};
use crate::source::theme::{DEFAULT_THEME, ThemeLayer, shipped_themes, theme_exists, theme_layers};
use crate::source::{Origin, Sources};

/// A theme extends another, which extends another; a longer chain is a circle.
const LONGEST_CHAIN: usize = 8;

/// A theme ready for use.
#[derive(Debug)]
pub struct Theme {
    /// Its files, the winning layer first.
    pub layers: Vec<ThemeLayer>,
    /// The words of the site's language.
    pub words: Words,
    /// Its options: as the site sets them, else their defaults.
    pub options: BTreeMap<String, serde_json::Value>,
}

impl Theme {
    /// Loads the theme that the settings name; an unknown one is reported and the default used.
    pub fn load(diagnostics: &mut Diagnostics, sources: &Sources, settings: &Settings) -> Self {
        let mut chain = Vec::new();
        let mut known: BTreeMap<String, ThemeOption> = BTreeMap::new();
        let mut next = Some(settings.theme.clone());
        while let Some(name) = next.take().filter(|name| !chain.contains(name) && chain.len() < LONGEST_CHAIN) {
            if !theme_exists(sources, &name) {
                unknown_theme(diagnostics, sources, &name, chain.is_empty());
                break;
            }
            let described = describe(diagnostics, sources, &name);
            for (option, value) in described.options {
                known.entry(option).or_insert(value);
            }
            let parent = described.extends.map_or_else(|| DEFAULT_THEME.to_owned(), |extends| extends.0);
            next = (name != DEFAULT_THEME).then_some(parent);
            chain.push(name);
        }
        if !chain.iter().any(|name| name == DEFAULT_THEME) {
            for (option, value) in describe(diagnostics, sources, DEFAULT_THEME).options {
                known.entry(option).or_insert(value);
            }
            chain.push(DEFAULT_THEME.to_owned());
        }
        let layers = theme_layers(sources, &chain);
        let words = Words::new(diagnostics, &layers, &settings.language);
        let options = options(diagnostics, sources, settings, &known);
        Self { layers, words, options }
    }
}

fn describe(diagnostics: &mut Diagnostics, sources: &Sources, name: &str) -> ThemeManifest {
    let layers = theme_layers(sources, &[name.to_owned()]);
    let file = layers.iter().find_map(|layer| layer.files.get("theme.yaml"));
    file.map_or_else(ThemeManifest::default, |file| manifest(diagnostics, &file.path, &file.text()))
}

fn unknown_theme(diagnostics: &mut Diagnostics, sources: &Sources, name: &str, named_by_site: bool) {
    let shipped = shipped_themes().join("`, `");
    let near = shipped_themes().into_iter().find(|theme| strsim::damerau_levenshtein(theme, name) <= 3);
    let origin = Origin { file: "site.yaml".into(), index: 0 };
    let mut diagnostic = Diagnostic::new(&code::UNKNOWN_THEME, "site.yaml", format!("there is no theme `{name}`"))
        .at(sources.span(&origin, if named_by_site { "site.theme" } else { "site" }))
        .help(format!("use `{shipped}`, or make a folder `themes/{name}` in the site"));
    if let Some(near) = near.filter(|_| named_by_site) {
        diagnostic = diagnostic.label(format!("did you mean `{near}`?")).fix(near);
    }
    diagnostics.push(diagnostic);
}

fn options(
    diagnostics: &mut Diagnostics,
    sources: &Sources,
    settings: &Settings,
    known: &BTreeMap<String, ThemeOption>,
) -> BTreeMap<String, serde_json::Value> {
    let origin = Origin { file: "site.yaml".into(), index: 0 };
    let mut options: BTreeMap<String, serde_json::Value> =
        known.iter().map(|(name, option)| (name.clone(), option.default.clone())).collect();
    for (name, value) in &settings.theme_options {
        let field = format!("site.theme_options.{name}");
        match known.get(name) {
            Some(option) if option.kind.takes(value) => {
                options.insert(name.clone(), value.clone());
            }
            Some(option) => diagnostics.push(
                Diagnostic::new(&code::THEME_OPTION, "site.yaml", format!("`{name}` takes {}", option.kind.words()))
                    .at(sources.span(&origin, &field))
                    .help(option.help.to_string()),
            ),
            None => {
                let near = known.keys().find(|option| strsim::damerau_levenshtein(option, name) <= 3);
                let all = known.keys().cloned().collect::<Vec<_>>().join("`, `");
                let mut diagnostic = Diagnostic::new(
                    &code::THEME_OPTION,
                    "site.yaml",
                    format!("`{name}` is no option of the theme `{}`", settings.theme),
                )
                .at(sources.key_span(&origin, &field))
                .help(format!("its options are `{all}`"));
                if let Some(near) = near {
                    diagnostic = diagnostic.label(format!("did you mean `{near}`?")).fix(near.clone());
                }
                diagnostics.push(diagnostic);
            }
        }
    }
    options
}
