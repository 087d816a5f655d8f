//! The files of a theme, in layers: the site's `overrides/`, its own `themes/`, the shipped ones.
//!
//! Takes the site's [`Sources`] and the chain of themes (a theme, then what it extends); gives
//! the layers in the order in which they win. Knows nothing of what the files mean.

use std::borrow::Cow;
use std::collections::BTreeMap;

use include_dir::{Dir, include_dir};

use super::Sources;

static SHIPPED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes");

/// Name of the theme that all others rest on.
pub const DEFAULT_THEME: &str = "offprint";

/// Whose files a layer holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LayerKind {
    /// `overrides/` of the site: single files in place of the theme's.
    Overrides,
    /// `themes/<name>/` of the site.
    Site,
    /// Compiled in.
    Shipped,
}

/// The files of one layer.
#[derive(Debug, Clone)]
pub struct ThemeLayer {
    /// Whose they are.
    pub kind: LayerKind,
    /// Name of the theme; that of the whole chain for overrides.
    pub theme: String,
    /// Path inside the theme (`templates/home.html`) → content.
    pub files: BTreeMap<String, ThemeFile>,
}

/// A file of a theme.
#[derive(Debug, Clone)]
pub struct ThemeFile {
    /// Path for messages: in the site folder, or `themes/…` of Offprint for a shipped file.
    pub path: String,
    /// Its bytes.
    pub bytes: Cow<'static, [u8]>,
}

impl ThemeFile {
    /// Returns the content as text; bytes that are no letters become `�`.
    pub fn text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.bytes)
    }
}

/// Returns the names of the shipped themes, the default one first.
pub fn shipped_themes() -> Vec<&'static str> {
    let mut names: Vec<&str> = SHIPPED.dirs().filter_map(|dir| dir.path().to_str()).collect();
    names.sort_by_key(|name| (*name != DEFAULT_THEME, *name));
    names
}

/// Returns the layers of a chain of themes, the winning one first; layers without files are left out.
pub fn theme_layers(sources: &Sources, chain: &[String]) -> Vec<ThemeLayer> {
    let named = chain.first().map_or(DEFAULT_THEME, String::as_str);
    let mut layers = vec![site_layer(sources, LayerKind::Overrides, named, "overrides/")];
    for theme in chain {
        layers.push(site_layer(sources, LayerKind::Site, theme, &format!("themes/{theme}/")));
        layers.push(shipped_layer(theme));
    }
    layers.retain(|layer| !layer.files.is_empty());
    layers
}

/// Tells whether a theme of this name is in the site or shipped.
pub fn theme_exists(sources: &Sources, theme: &str) -> bool {
    let prefix = format!("themes/{theme}/");
    sources.texts.keys().any(|path| path.starts_with(&prefix)) || shipped_themes().contains(&theme)
}

fn site_layer(sources: &Sources, kind: LayerKind, theme: &str, prefix: &str) -> ThemeLayer {
    let mut files = BTreeMap::new();
    for (path, text) in sources.texts.range(prefix.to_owned()..).take_while(|(path, _)| path.starts_with(prefix)) {
        let bytes = Cow::Owned(text.as_bytes().to_vec());
        files.insert(path[prefix.len()..].to_owned(), ThemeFile { path: path.clone(), bytes });
    }
    for path in sources.files.keys().filter(|path| path.starts_with(prefix)) {
        // A file that vanished since the folder was listed is as good as absent.
        if let Ok(bytes) = std::fs::read(sources.root.join(path)) {
            files.insert(path[prefix.len()..].to_owned(), ThemeFile { path: path.clone(), bytes: Cow::Owned(bytes) });
        }
    }
    ThemeLayer { kind, theme: theme.to_owned(), files }
}

fn shipped_layer(theme: &str) -> ThemeLayer {
    let mut files = BTreeMap::new();
    if let Some(dir) = SHIPPED.get_dir(theme) {
        gather(dir, theme, &mut files);
    }
    ThemeLayer { kind: LayerKind::Shipped, theme: theme.to_owned(), files }
}

fn gather(dir: &Dir<'static>, theme: &str, files: &mut BTreeMap<String, ThemeFile>) {
    for file in dir.files() {
        // `include_dir` keeps the separators of the machine that compiled it.
        let path = file.path().to_string_lossy().replace('\\', "/");
        let inside = path.trim_start_matches(theme).trim_start_matches('/').to_owned();
        files.insert(inside, ThemeFile { path: format!("themes/{path}"), bytes: Cow::Borrowed(file.contents()) });
    }
    for child in dir.dirs() {
        gather(child, theme, files);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sites_own_file_wins_over_the_shipped_one() {
        let mut sources = Sources::default();
        sources.texts.insert("overrides/templates/home.html".into(), "mine".into());
        let layers = theme_layers(&sources, &["offprint".to_owned()]);
        assert_eq!(layers[0].kind, LayerKind::Overrides);
        assert_eq!(layers[0].files["templates/home.html"].text(), "mine");
        assert!(layers.last().is_some_and(|layer| layer.files.contains_key("templates/home.html")));
    }
}
