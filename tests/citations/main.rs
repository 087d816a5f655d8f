//! References in the eleven styles: equal to those of the reference processor, and with what it
//! has no word for.

#![allow(clippy::print_stdout, reason = "the table of shares is what the test is read for")]

mod people;
mod publications;
mod reference;

use std::sync::OnceLock;

use offprint::cite::Citer;
use offprint::diagnostic::Diagnostics;
use offprint::portfolio::Settings;
use offprint::source::Sources;

const STYLES: [&str; 11] =
    ["ama", "nlm", "vancouver", "radiology", "apa", "chicago", "harvard", "ieee", "nature", "bmj", "lancet"];

fn settings(style: &str) -> Settings {
    Settings { citation_style: style.into(), ..Settings::plain("en-US") }
}

/// The style made ready, once for all tests.
fn citer(style: &str) -> &'static Citer {
    static CITERS: OnceLock<Vec<Citer>> = OnceLock::new();
    let make = |style: &&str| Citer::new(&mut Diagnostics::default(), &Sources::default(), &settings(style));
    let citers = CITERS.get_or_init(|| STYLES.iter().map(make).collect());
    &citers[STYLES.iter().position(|known| *known == style).expect("one of the eleven")]
}
