//! References in the eleven styles: equal to those of the reference processor, and with what it
//! has no word for.

#![allow(clippy::print_stdout, reason = "the table of shares is what the test is read for")]

mod publications;
mod reference;

use offprint::cite::Citer;
use offprint::diagnostic::Diagnostics;
use offprint::portfolio::Settings;
use offprint::record::vocabulary::Grouping;
use offprint::source::Sources;

const STYLES: [&str; 11] =
    ["ama", "nlm", "vancouver", "radiology", "apa", "chicago", "harvard", "ieee", "nature", "bmj", "lancet"];

fn settings(style: &str) -> Settings {
    Settings {
        title: String::new(),
        description: None,
        base_url: None,
        language: "en-US".into(),
        theme: "offprint".into(),
        theme_options: std::collections::BTreeMap::default(),
        accent: None,
        citation_style: style.into(),
        bold_my_name: true,
        show_status: Vec::new(),
        grouping: Grouping::Year,
        show_counts: true,
        exports: Vec::new(),
        menu: None,
        footer: None,
    }
}

fn citer(style: &str) -> Citer {
    Citer::new(&mut Diagnostics::default(), &Sources::default(), &settings(style))
}
