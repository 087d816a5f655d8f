//! Finds the citation style that a site names.

use hayagriva::archive::ArchivedStyle;
use hayagriva::citationberg::{IndependentStyle, Style};

/// The short names of the styles a physician meets, and the archive's ids for them.
const SHORT_NAMES: [(&str, &str); 10] = [
    ("ama", "american-medical-association"),
    ("nlm", "nlm-citation-sequence"),
    ("vancouver", "nlm-citation-sequence"),
    ("apa", "apa"),
    ("chicago", "chicago-author-date"),
    ("harvard", "harvard-cite-them-right"),
    ("ieee", "ieee"),
    ("nature", "nature"),
    ("bmj", "bmj"),
    ("lancet", "the-lancet"),
];

/// RSNA's style, which the archive lacks.
const RADIOLOGY: &str = include_str!("styles/radiology.csl");

/// Returns a style of the archive by its short name or id.
pub(super) fn archived(name: &str) -> Option<IndependentStyle> {
    if name == "radiology" {
        return IndependentStyle::from_xml(RADIOLOGY).ok();
    }
    let id = SHORT_NAMES.iter().find(|(short, _)| *short == name).map_or(name, |(_, id)| id);
    match ArchivedStyle::by_name(id)?.get() {
        Style::Independent(style) => Some(style),
        Style::Dependent(_) => None,
    }
}
