//! `home.html`.

use serde::Serialize;

use super::{BlockView, FrameView, Html, LinkView, TalkView, ThreadView};

/// The home page.
#[derive(Debug, Clone, Default, Serialize)]
pub struct HomeView {
    /// The frame.
    pub page: FrameView,
    /// The owner, as on a wrapper's front.
    pub person: PersonView,
    /// Title of the theme of work.
    pub theme_title: Option<String>,
    /// Its summary.
    pub theme_summary: Option<String>,
    /// Its lines: the key.
    pub threads: Vec<ThreadView>,
    /// How many works the owner led, in words.
    pub led: Option<String>,
    /// Words above the selected works.
    pub selected_heading: String,
    /// Selected works, or the newest where none is; each a [`super::WorkView`].
    pub selected: Vec<tera::Value>,
    /// Selected talks, when no work is selected or beside them.
    pub selected_talks: Vec<TalkView>,
    /// Words of the link to all publications.
    pub all_publications: Option<LinkView>,
    /// Coming talks, the nearest first.
    pub next_talks: Vec<TalkView>,
    /// Words above them.
    pub next_talks_heading: String,
    /// Words of the link to all talks.
    pub all_talks: Option<LinkView>,
    /// Table 1.
    pub table: Option<TableView>,
    /// Words of the link to the story.
    pub story: Option<LinkView>,
    /// The text of `about.md`.
    pub about: Vec<BlockView>,
    /// Where else the owner is found.
    pub elsewhere: Vec<LinkView>,
}

/// The owner.
#[derive(Debug, Clone, Default, Serialize)]
pub struct PersonView {
    /// The name without its last, unbreakable part.
    pub given: String,
    /// The last part.
    pub family: String,
    /// Whether a word of the name is longer than a phone is wide.
    pub long: bool,
    /// The name in its own script.
    pub native: Option<String>,
    /// BCP 47 tag of that script's likeliest language, or of the script alone.
    pub native_language: Option<&'static str>,
    /// Degrees.
    pub credentials: Option<String>,
    /// Pronouns.
    pub pronouns: Option<String>,
    /// Specialty, at the left of the date line.
    pub specialty: Option<String>,
    /// Level and month, at the right: "R3 · Nov 2026".
    pub level: Option<String>,
    /// Month of the site.
    pub month: String,
    /// Who: headline or position.
    pub headline: String,
    /// Level on both scales and hospital.
    pub position: Vec<String>,
    /// What is sought, and from when.
    pub seeks: Vec<String>,
    /// City.
    pub location: Option<String>,
    /// Languages, joined.
    pub languages: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Address of the CV page.
    pub cv: Option<String>,
    /// ORCID iD, bare.
    pub orcid: Option<String>,
    /// The CV as a file, Scholar, PubMed.
    pub registries: Vec<LinkView>,
    /// Address of the portrait: of its copy nearest to the size it is shown in.
    pub photo: Option<String>,
    /// Width of the portrait in pixels; 0 when it is not known.
    pub photo_width: u32,
    /// Height of the portrait in pixels; 0 when it is not known.
    pub photo_height: u32,
    /// The portrait in all its widths, as `srcset` takes them; empty when there is one alone.
    pub photo_widths: String,
    /// What the portrait shows.
    pub photo_alt: String,
}

/// Table 1: work by year of training.
#[derive(Debug, Clone, Default, Serialize)]
pub struct TableView {
    /// What it shows, to when.
    pub caption: String,
    /// Heads of the columns.
    pub columns: Vec<String>,
    /// Its rows.
    pub rows: Vec<TableRow>,
}

/// A row of Table 1.
#[derive(Debug, Clone, Default, Serialize)]
pub struct TableRow {
    /// What is counted.
    pub head: Html,
    /// One number a column.
    pub cells: Vec<usize>,
}
