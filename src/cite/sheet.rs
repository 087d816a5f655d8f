//! A citation style made ready: found, parsed, joined with its locale.

use std::collections::HashMap;

use hayagriva::citationberg::{
    Bibliography, Citation, DemoteNonDroppingParticle, DisambiguationRule, IndependentStyle, InheritableNameOptions,
    Layout, LayoutRenderingElement, Locale, PageRangeFormat, PurgeLevel,
};

use super::terms::Terms;

/// What the resolver needs of a style, in the shape in which it needs it.
#[derive(Debug)]
pub(super) struct Sheet {
    /// The layout of a bibliography entry; of a citation where the style has no bibliography.
    pub(super) layout: Layout,
    /// The macros by name.
    pub(super) macros: HashMap<String, Vec<LayoutRenderingElement>>,
    /// Name options of the style and its bibliography.
    pub(super) names: InheritableNameOptions,
    /// How page ranges are written.
    pub(super) page_range_format: Option<PageRangeFormat>,
    /// Where `van der` goes when a name is inverted.
    pub(super) demote: DemoteNonDroppingParticle,
    /// Whether initials keep the hyphen of a name.
    pub(super) initialize_with_hyphen: bool,
    /// Whose given names are written out where initials would make two people look the same.
    pub(super) fuller: Fuller,
    /// The words.
    pub(super) terms: Terms,
    /// BCP 47 tag of the locale.
    pub(super) language: String,
    /// Whether the style follows Citing Medicine, which says "epub ahead of print".
    pub(super) medline: bool,
    /// Whether the locale is English, which alone has title case.
    pub(super) english: bool,
    /// Whether the locale sets a no-break space between particle and name (French).
    pub(super) narrow: bool,
    /// The style without its content: what the engine is handed with each item's layout.
    pub(super) shell: IndependentStyle,
}

/// Whose given names are written out where family name and initials are another's as well
/// (CSL 1.0.2, `disambiguate-add-givenname` and its rule).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fuller {
    Nobody,
    /// The first of a list.
    First,
    Everybody,
}

impl Fuller {
    fn of(citation: &Citation) -> Self {
        if !citation.disambiguate_add_givenname {
            return Self::Nobody;
        }
        match citation.givenname_disambiguation_rule {
            DisambiguationRule::AllNames | DisambiguationRule::ByCite => Self::Everybody,
            DisambiguationRule::PrimaryName => Self::First,
            DisambiguationRule::AllNamesWithInitials | DisambiguationRule::PrimaryNameWithInitials => Self::Nobody,
        }
    }
}

impl Sheet {
    /// Takes a parsed style apart; `lang` is the locale that `file` holds.
    pub(super) fn new(style: IndependentStyle, file: &Locale, lang: &str) -> Self {
        let terms = Terms::new(&style.locale, file, lang);
        let mut shell = style;
        let macros = std::mem::take(&mut shell.macros).into_iter().map(|m| (m.name, m.children)).collect();
        let (layout, own) = match shell.bibliography.take() {
            Some(bibliography) => (bibliography.layout, bibliography.name_options),
            None => (shell.citation.layout.clone(), shell.citation.name_options.clone()),
        };
        let names = shell.settings.options.apply(&own);
        let fuller = Fuller::of(&shell.citation);
        shell.locale.clear();
        shell.info.purge(PurgeLevel::Full);
        shell.settings.options = InheritableNameOptions::default();
        shell.citation = Citation::with_layout(Layout::with_elements(Vec::new()));
        shell.bibliography = Some(Bibliography::with_layout(Layout::with_elements(Vec::new())));
        Self {
            layout,
            macros,
            names,
            page_range_format: shell.settings.page_range_format,
            demote: shell.settings.demote_non_dropping_particle,
            initialize_with_hyphen: shell.settings.initialize_with_hyphen,
            fuller,
            terms,
            language: lang.to_owned(),
            medline: ["nlm", "vancouver", "radiology"].iter().any(|name| shell.info.id.contains(name)),
            english: lang.starts_with("en"),
            narrow: lang.starts_with("fr"),
            shell,
        }
    }
}
