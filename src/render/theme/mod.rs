//! The theme of a site: its layers, words and options, each checked.

pub mod overrides;

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::portfolio::Settings;
use crate::record::decode::manifest;
use crate::record::theme::{OptionType, ThemeManifest, ThemeOption};
use crate::source::theme::{DEFAULT_THEME, LayerKind, ThemeLayer, shipped_themes, theme_exists, theme_layers};
use crate::source::{Origin, Sources};
use crate::words::{self, Words};

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
        let mut own_styles_from = None;
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
            if described.own_styles {
                own_styles_from.get_or_insert(chain.len());
            }
        }
        if !chain.iter().any(|name| name == DEFAULT_THEME) {
            for (option, value) in describe(diagnostics, sources, DEFAULT_THEME).options {
                known.entry(option).or_insert(value);
            }
            chain.push(DEFAULT_THEME.to_owned());
        }
        let mut layers = theme_layers(sources, &chain);
        if let Some(below) = own_styles_from {
            leave_out_styles(&mut layers, &chain[below..]);
        }
        let words = Words::new(diagnostics, sources, &layers, &settings.language);
        diagnostics.extend(without_words(sources, &layers, settings));
        overrides::check(diagnostics, sources, &layers);
        let options = options(diagnostics, sources, settings, &known);
        Self { layers, words, options }
    }
}

/// Takes the style sheets, the fonts and their licences of some themes out of the layers.
fn leave_out_styles(layers: &mut [ThemeLayer], themes: &[String]) {
    let is_style = |name: &str| {
        let asset = name.strip_prefix("assets/").and_then(|name| name.rsplit_once('.'));
        asset.is_some_and(|(_, extension)| matches!(extension, "css" | "woff2" | "txt"))
    };
    let below = |layer: &&mut ThemeLayer| layer.kind != LayerKind::Overrides && themes.contains(&layer.theme);
    for layer in layers.iter_mut().filter(below) {
        layer.files.retain(|name, _| !is_style(name));
    }
}

/// Reads what a theme says of itself; `None` when there is no such theme.
pub fn described(sources: &Sources, name: &str) -> Option<ThemeManifest> {
    theme_exists(sources, name).then(|| describe(&mut Diagnostics::default(), sources, name))
}

fn describe(diagnostics: &mut Diagnostics, sources: &Sources, name: &str) -> ThemeManifest {
    let layers = theme_layers(sources, &[name.to_owned()]);
    let file = layers.iter().find_map(|layer| layer.files.get("theme.yaml"));
    file.map_or_else(ThemeManifest::default, |file| manifest(diagnostics, sources, file))
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

/// Tells of a language that no layer of the theme has words in.
fn without_words(sources: &Sources, layers: &[ThemeLayer], settings: &Settings) -> Option<Diagnostic> {
    let strings = |name: &str| name.strip_prefix("strings/")?.strip_suffix(".yaml").map(str::to_owned);
    let known: BTreeSet<String> =
        layers.iter().flat_map(|layer| layer.files.keys()).filter_map(|name| strings(name)).collect();
    let primary = words::primary(&settings.language);
    if known.contains(&primary) || known.contains(&settings.language.to_ascii_lowercase()) {
        return None;
    }
    let message = format!("the theme `{}` has no words in `{primary}`: its own are printed in English", settings.theme);
    let origin = Origin { file: "site.yaml".into(), index: 0 };
    let known = known.into_iter().collect::<Vec<_>>().join("`, `");
    Some(
        Diagnostic::new(&code::LANGUAGE_WITHOUT_WORDS, "site.yaml", message)
            .at(sources.span(&origin, "site.language"))
            .help(format!("it has `{known}`; write the words of yours in `overrides/strings/{primary}.yaml`")),
    )
}

fn unknown_option(
    sources: &Sources,
    settings: &Settings,
    known: &BTreeMap<String, ThemeOption>,
    name: &str,
) -> Diagnostic {
    let origin = Origin { file: "site.yaml".into(), index: 0 };
    let all = known.keys().cloned().collect::<Vec<_>>().join("`, `");
    let message = format!("`{name}` is no option of the theme `{}`", settings.theme);
    let found = Diagnostic::new(&code::THEME_OPTION, "site.yaml", message)
        .at(sources.key_span(&origin, &format!("site.theme_options.{name}")))
        .help(format!("its options are `{all}`"));
    match known.keys().find(|option| strsim::damerau_levenshtein(option, name) <= 3) {
        Some(near) => found.label(format!("did you mean `{near}`?")).fix(near.clone()),
        None => found,
    }
}

/// Says how an option is written, and what it does.
fn how_to_set(name: &str, option: &ThemeOption) -> String {
    let how = match option.kind {
        OptionType::Boolean => format!("write `{name}: true` or `{name}: false`"),
        OptionType::Number => format!("write digits only, as in `{name}: {}`", option.default),
        OptionType::Text if option.choices.is_empty() => {
            format!("write words in double quotes, as in `{name}: {}`", option.default)
        }
        OptionType::Text => format!("write one of its words, as in `{name}: {}`", option.usual()),
        OptionType::List => format!("write them in square brackets, as in `{name}: [{}]`", option.usual()),
    };
    let does = option.help.trim().trim_end_matches('.');
    let mut letters = does.chars();
    let does: String = letters.next().into_iter().flat_map(char::to_lowercase).chain(letters).collect();
    format!("{how} ({does})")
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
        let Some(option) = known.get(name) else {
            diagnostics.push(unknown_option(sources, settings, known, name));
            continue;
        };
        if let Some(value) = option.read(value) {
            options.insert(name.clone(), value);
            continue;
        }
        let message = format!("`{name}` takes {}", option.values());
        let place = sources.span(&origin, &format!("site.theme_options.{name}"));
        let found = Diagnostic::new(&code::THEME_OPTION, "site.yaml", message).at(place);
        diagnostics.push(found.help(how_to_set(name, option)));
    }
    options
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::portfolio::fixture::{SITE, portfolio, sources};

    fn assets_of(theme: &str, manifest: &str) -> Vec<String> {
        let site = format!("{SITE}site: {{theme: {theme}}}\n");
        let mut files = vec![("site.yaml", site.as_str())];
        if !manifest.is_empty() {
            files.extend([("themes/mine/theme.yaml", manifest), ("themes/mine/assets/own.css", "p{margin:0}")]);
        }
        let mut diagnostics = Diagnostics::default();
        let loaded = Theme::load(&mut diagnostics, &sources(&files), &portfolio(&files).0.settings);
        assert!(diagnostics.is_empty(), "{diagnostics:?}");
        let names = loaded.layers.iter().flat_map(|layer| layer.files.keys());
        names.filter(|name| name.starts_with("assets/")).cloned().collect()
    }

    #[test]
    fn a_theme_with_styles_of_its_own_takes_no_sheet_and_no_font_of_its_parent() {
        let has = |assets: &[String], name: &str| assets.iter().any(|asset| asset.starts_with(name));
        let inheriting = assets_of("mine", "name: mine");
        assert!(has(&inheriting, "assets/own.css") && has(&inheriting, "assets/base.css"));
        assert!(has(&inheriting, "assets/fonts/"));
        for own in [assets_of("mine", "own_styles: true"), assets_of("grand-rounds", "")] {
            assert!(!has(&own, "assets/fonts/") && !has(&own, "assets/cv.css"), "{own:?}");
            assert!(has(&own, "assets/script.js"), "{own:?}");
        }
    }
}
