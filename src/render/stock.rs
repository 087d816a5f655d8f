//! The colour of the wrapper: a named stock, or one made from the accent, always readable.

use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::source::{Origin, Sources};

/// Contrast that small text needs to be AAA (WCAG 2.2, 1.4.6).
const READABLE: f64 = 7.0;
const INK_LIGHT: Rgb = Rgb(0x14, 0x18, 0x1c);
const INK_DARK: Rgb = Rgb(0xe9, 0xe7, 0xe2);
const PAPER_LIGHT: Rgb = Rgb(0xfd, 0xfd, 0xfc);
const PAPER_DARK: Rgb = Rgb(0x11, 0x15, 0x18);
/// Name of the theme's own stock in its `stocks.css`, and the colours of a theme that names none.
const OWN: &str = "own";
const OWN_LIGHT: &str = "{--stock:#b9ccd6;--spot:#0e4562}";
const OWN_DARK: &str = "{--stock:#21343f;--spot:#a5cde2}";

/// A stock: the style rules that choose it (empty for the theme's own), and its colours in both schemes, as `#rrggbb`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stock {
    /// CSS that follows the base sheet.
    pub css: String,
    /// The wrapper, light scheme.
    pub light: String,
    /// The wrapper, dark scheme.
    pub dark: String,
    /// Links, light scheme.
    pub spot_light: String,
    /// Links, dark scheme.
    pub spot_dark: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Rgb(u8, u8, u8);

impl Stock {
    /// Chooses the stock for `site.accent`: a name of `stocks` (the theme's `stocks.css`), `#rrggbb`, or the theme's own.
    pub fn new(diagnostics: &mut Diagnostics, sources: &Sources, accent: Option<&str>, stocks: &str) -> Self {
        // An unknown name is a fault of `site.yaml`, reported where the model is checked.
        let own = || Self { css: String::new(), ..named(stocks, OWN).unwrap_or_else(|| Self::of(OWN_LIGHT, OWN_DARK)) };
        match accent {
            None => own(),
            Some(accent) => match Rgb::parse(accent) {
                Some(colour) => made(diagnostics, sources, accent, colour),
                None => named(stocks, accent).unwrap_or_else(own),
            },
        }
    }

    /// Makes the stock of the declarations of both schemes (`{--stock:#c0cfba;…}`).
    fn of(light: &str, dark: &str) -> Self {
        let colour = |rules: &str, name: &str| {
            let found = rules.split(name).nth(1).and_then(|rest| rest.get(..7));
            found.unwrap_or("#808080").to_owned()
        };
        Self {
            css: css_for(light, dark),
            light: colour(light, "--stock:"),
            dark: colour(dark, "--stock:"),
            spot_light: colour(light, "--spot:"),
            spot_dark: colour(dark, "--spot:"),
        }
    }
}

fn named(stocks: &str, name: &str) -> Option<Stock> {
    let selector = format!("[data-stock={name}]");
    match stocks.lines().filter_map(|line| line.trim().strip_prefix(&selector)).collect::<Vec<_>>()[..] {
        [light, dark] => Some(Stock::of(light, dark)),
        _ => None,
    }
}

/// Writes the declarations so that the page's `color-scheme` chooses; a browser that lacks `light-dark()` follows the system.
fn css_for(light: &str, dark: &str) -> String {
    let inner = |rules: &str| rules.trim_matches(['{', '}', ';']).to_owned();
    let (light, dark) = (inner(light), inner(dark));
    let both: String = light
        .split(';')
        .filter_map(|one| one.split_once(':'))
        .filter_map(|(name, colour)| {
            let other = dark.split(';').filter_map(|one| one.split_once(':')).find(|(other, _)| *other == name)?.1;
            Some(format!("{name}:light-dark({colour},{other});"))
        })
        .collect();
    format!(
        ":root{{{light}}}\n@media (prefers-color-scheme:dark){{:root{{{dark}}}}}\n\
         @supports (color:light-dark(#000,#fff)){{:root{{{both}}}}}\n"
    )
}

fn made(diagnostics: &mut Diagnostics, sources: &Sources, accent: &str, colour: Rgb) -> Stock {
    let light = until(colour, Rgb(255, 255, 255), |c| contrast(c, INK_LIGHT) >= READABLE);
    if light != colour {
        let origin = Origin { file: "site.yaml".into(), index: 0 };
        diagnostics.push(
            Diagnostic::new(
                &code::ACCENT_ADJUSTED,
                "site.yaml",
                format!("black print on `{accent}` is hard to read, so {} is used", light.hex()),
            )
            .at(sources.span(&origin, "site.accent"))
            .help(format!("write `accent: \"{}\"`, or choose a lighter colour", light.hex()))
            .fix(format!("\"{}\"", light.hex())),
        );
    }
    let dark = until(colour.mix(Rgb(0, 0, 0), 0.6), Rgb(0, 0, 0), |c| contrast(c, INK_DARK) >= READABLE);
    let spot_light = until(colour, Rgb(0, 0, 0), |c| contrast(c, PAPER_LIGHT) >= READABLE);
    let spot_dark = until(colour, Rgb(255, 255, 255), |c| contrast(c, PAPER_DARK) >= READABLE);
    let rules = |stock: Rgb, line: Rgb, spot: Rgb, tint: Rgb| {
        format!("{{--stock:{};--stock-rule:{};--spot:{};--tint:{}}}", stock.hex(), line.hex(), spot.hex(), tint.hex())
    };
    let light_rules = rules(light, light.mix(INK_LIGHT, 0.25), spot_light, light.mix(Rgb(255, 255, 255), 0.7));
    let dark_rules = rules(dark, dark.mix(INK_DARK, 0.25), spot_dark, dark.mix(PAPER_DARK, 0.6));
    Stock::of(&light_rules, &dark_rules)
}

/// Moves a colour towards another by small steps until it is good.
fn until(colour: Rgb, towards: Rgb, good: impl Fn(Rgb) -> bool) -> Rgb {
    let steps = (0..=100).map(|step| colour.mix(towards, f64::from(step) / 100.0));
    steps.into_iter().find(|colour| good(*colour)).unwrap_or(towards)
}

impl Rgb {
    fn parse(text: &str) -> Option<Self> {
        let hex = text.strip_prefix('#').filter(|hex| hex.len() == 6 && hex.bytes().all(|b| b.is_ascii_hexdigit()))?;
        let channel = |at: usize| u8::from_str_radix(&hex[at..at + 2], 16).ok();
        Some(Self(channel(0)?, channel(2)?, channel(4)?))
    }

    fn hex(self) -> String {
        format!("#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }

    fn mix(self, other: Self, share: f64) -> Self {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between two bytes lies a byte")]
        let channel = |a: u8, b: u8| (f64::from(a) + (f64::from(b) - f64::from(a)) * share).round() as u8;
        Self(channel(self.0, other.0), channel(self.1, other.1), channel(self.2, other.2))
    }

    /// Relative luminance (WCAG 2.2).
    fn luminance(self) -> f64 {
        let channel = |byte: u8| {
            let value = f64::from(byte) / 255.0;
            if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(self.0) + 0.7152 * channel(self.1) + 0.0722 * channel(self.2)
    }
}

fn contrast(a: Rgb, b: Rgb) -> f64 {
    let (a, b) = (a.luminance(), b.luminance());
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_accent_is_readable_in_both_schemes() {
        let sources = Sources::default();
        for accent in ["#000000", "#ffffff", "#ff0000", "#335577", "#b9ccd6", "#00ff88"] {
            let stock = Stock::new(&mut Diagnostics::default(), &sources, Some(accent), "");
            let colour = |hex: &str| Rgb::parse(hex).expect("a colour");
            assert!(contrast(colour(&stock.light), INK_LIGHT) >= READABLE, "{accent}");
            assert!(contrast(colour(&stock.dark), INK_DARK) >= READABLE, "{accent}");
        }
    }

    #[test]
    fn a_named_stock_is_taken_from_the_theme() {
        let stocks = "[data-stock=sage]{--stock:#c0cfba;--x:1}\n@media (d){\n[data-stock=sage]{--stock:#27372a}\n}";
        let stock = Stock::new(&mut Diagnostics::default(), &Sources::default(), Some("sage"), stocks);
        assert_eq!((stock.light.as_str(), stock.dark.as_str()), ("#c0cfba", "#27372a"));
        assert!(stock.css.starts_with(":root{--stock:#c0cfba"));
        assert!(stock.css.contains("--stock:light-dark(#c0cfba,#27372a);"), "{}", stock.css);
    }
}
