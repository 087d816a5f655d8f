//! Style sheets, fonts and scripts under names that hold their content's hash.
//!
//! Takes the layers of a theme and the letters that the site's pages hold; gives the files and
//! where each stands. A name with a hash may be kept by browsers for ever.

use std::collections::{BTreeMap, BTreeSet};

use super::site::SitePath;
use super::stock::Stock;
use crate::source::ejected;
use crate::source::theme::{ThemeFile, ThemeLayer};

/// Hexadecimal digits of the hash in a name.
const HASH_DIGITS: usize = 10;

/// The assets of a site.
#[derive(Debug, Default)]
pub struct Assets {
    /// Name in the theme (`base.css`, `fonts/serif-regular.woff2`) → site path.
    pub paths: BTreeMap<String, String>,
    /// The files.
    pub files: Vec<(SitePath, Vec<u8>)>,
}

impl Assets {
    /// Gathers the assets of a theme. `letters` are those of the pages: a face for other scripts
    /// is left out when none of its range is among them, and `rtl.css` when the site is written from the left.
    pub fn new(layers: &[ThemeLayer], stock: &Stock, letters: &BTreeSet<char>, direction: &str) -> Self {
        let mut chosen: BTreeMap<&str, &ThemeFile> = BTreeMap::new();
        for layer in layers.iter().rev() {
            for (inside, file) in &layer.files {
                if let Some(name) = inside.strip_prefix("assets/") {
                    chosen.insert(name, file);
                }
            }
        }
        if direction != "rtl" {
            chosen.remove("rtl.css");
        }
        let mut assets = Self::default();
        let sheets: BTreeMap<&str, String> = chosen
            .iter()
            .filter(|(name, _)| name.ends_with(".css") && **name != "stocks.css")
            .map(|(name, file)| {
                let mut css = tidy(&file.text(), letters);
                if *name == "base.css" {
                    css.push_str(&stock.css);
                }
                (*name, css)
            })
            .collect();
        let named: BTreeSet<&str> = sheets.values().flat_map(|css| urls(css)).collect();
        for (name, file) in chosen.iter().filter(|(name, _)| !name.ends_with(".css") && !name.ends_with(".txt")) {
            let is_font = name.ends_with(".woff2");
            if !is_font || named.contains(name) {
                // The line that names the origin of a copied file is not for readers.
                let bytes = ejected::read(name, &file.bytes).map_or(&*file.bytes, |(_, rest)| rest);
                assets.add(name, bytes.to_vec());
            }
        }
        let licences = chosen.iter().filter(|(name, _)| name.ends_with(".txt"));
        for (name, file) in licences {
            let file_name = name.rsplit('/').next().unwrap_or(name);
            assets.files.push((SitePath::new(format!("assets/{file_name}")), file.bytes.to_vec()));
        }
        for (name, css) in sheets {
            let css = assets.resolve(&css);
            assets.add(name, css.into_bytes());
        }
        assets
    }

    fn add(&mut self, name: &str, bytes: Vec<u8>) {
        let hash = blake3::hash(&bytes).to_hex();
        let file_name = name.rsplit('/').next().unwrap_or(name);
        let (stem, extension) = file_name.rsplit_once('.').unwrap_or((file_name, "bin"));
        let path = format!("assets/{stem}.{}.{extension}", &hash.as_str()[..HASH_DIGITS]);
        self.files.push((SitePath::new(path.clone()), bytes));
        self.paths.insert(name.to_owned(), path);
    }

    /// Puts the hashed names into a style sheet; all assets stand in one folder.
    fn resolve(&self, css: &str) -> String {
        let mut resolved = css.to_owned();
        for name in urls(css) {
            if let Some(path) = self.paths.get(name) {
                let file = path.rsplit('/').next().unwrap_or(path);
                resolved = resolved.replace(&format!("url({name})"), &format!("url({file})"));
            }
        }
        resolved
    }
}

fn urls(css: &str) -> BTreeSet<&str> {
    css.split("url(")
        .skip(1)
        .filter_map(|rest| rest.split(')').next())
        .filter(|url| !url.starts_with("data:"))
        .collect()
}

/// Takes out comments, the breaks of lines, and faces that no page needs.
fn tidy(css: &str, letters: &BTreeSet<char>) -> String {
    let mut text = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, after)) = rest.split_once("/*") {
        text.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    text.push_str(rest);
    let mut tidied = String::with_capacity(text.len());
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let range = line.strip_prefix("@font-face").and_then(|face| face.split("unicode-range:").nth(1));
        if range.is_none_or(|range| is_needed(range, letters)) {
            tidied.push_str(line);
            // Elsewhere the break may stand between two parts of a selector.
            if !line.ends_with(['{', '}', ';', ',']) {
                tidied.push('\n');
            }
        }
    }
    tidied
}

fn is_needed(range: &str, letters: &BTreeSet<char>) -> bool {
    let parts = range.trim_end_matches(['}', ';']).split(',').filter_map(|part| part.trim().strip_prefix("U+"));
    parts.into_iter().any(|part| {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        let code = |text: &str| u32::from_str_radix(text, 16).ok().and_then(char::from_u32);
        match (code(first), code(last)) {
            (Some(first), Some(last)) => letters.range(first..=last).next().is_some(),
            _ => true,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_face_is_kept_when_a_page_holds_one_of_its_letters() {
        let css = "/* x */\n@font-face{src:url(a.woff2)}\n@font-face{src:url(b.woff2);unicode-range:U+100-17F,U+259}\n";
        let with = tidy(css, &BTreeSet::from(['ř']));
        let without = tidy(css, &BTreeSet::from(['r']));
        assert!(with.contains("b.woff2") && !without.contains("b.woff2") && without.contains("a.woff2"));
        assert!(!with.contains('x'));
    }
}
