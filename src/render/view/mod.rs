//! What templates see: the theme contract.
//!
//! One struct for each kind of page, each field a variable of its template, and the small views
//! they share. Nothing here computes; `render::page` fills them. An address of the site begins
//! with [`ROOT`], which becomes the way from the finished page to the site's root.

mod cv;
mod home;
mod listing;
mod publication;
mod publications;
mod records;
mod share;
mod story;
mod strip;

pub use cv::{CvSection, CvView};
pub use home::{HomeView, PersonView, TableRow, TableView};
pub use listing::{BlockView, ListingView, PageView};
pub use publication::{FactView, GrowthView, NoticeView, PublicationView};
pub use publications::{FilterChoice, FilterRow, PublicationsView, WorkGroup, WorkView};
pub use records::{EntryGroup, EntryView, PresentationsView, RecordsView, TalkView, TalkYear};
pub use share::{RefereeView, ShareView};
pub use story::{FigureCell, FigureRow, FigureView, PointView, StoryView, StoryWork, StoryYear};
pub use strip::{StripBlock, StripRole, StripView, StripYear};

use serde::{Serialize, Serializer};

/// The version of this contract: it grows when a field goes or comes to mean something else, so
/// that a theme of somebody's own can be told. A new field alone leaves it as it is.
pub const VERSION: u32 = 1;

/// Stands for the site's root in every address, until the page is finished.
///
/// A control character that HTML forbids, so no text of a page can hold it.
pub const ROOT: char = '\u{1}';

/// Text that is HTML already and is not escaped again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Html(pub String);

impl Serialize for Html {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        tera::Value::safe_string(&self.0).serialize(serializer)
    }
}

/// `site`: the same on every page.
#[derive(Debug, Clone, Default, Serialize)]
pub struct SiteView {
    /// Name of the site.
    pub title: String,
    /// The owner's name.
    pub owner: String,
    /// Degrees after the name.
    pub credentials: Option<String>,
    /// E-mail address, when it may be shown.
    pub email: Option<String>,
    /// BCP 47 tag.
    pub language: String,
    /// `ltr` or `rtl`.
    pub direction: String,
    /// Full address of the home page, when the site knows it.
    pub base_url: Option<String>,
    /// The owner's line at the foot of every page.
    pub footer: Option<String>,
    /// The day the site is built for.
    pub updated: DateView,
    /// Entries of the menu.
    pub menu: Vec<MenuItem>,
    /// Colour of the wrapper in the light scheme, as `#rrggbb`.
    pub stock_light: String,
    /// The same in the dark scheme.
    pub stock_dark: String,
    /// Colour of links in the light scheme, as `#rrggbb`.
    pub spot_light: String,
    /// The same in the dark scheme.
    pub spot_dark: String,
    /// Colour of the icon, ready for a `data:` address.
    pub icon_colour: String,
}

/// An entry of the menu.
#[derive(Debug, Clone, Default, Serialize)]
pub struct MenuItem {
    /// Page name or kind of record; the page whose `section` is the same is the current one.
    pub id: String,
    /// Its words.
    pub label: String,
    /// Its address.
    pub href: String,
}

/// `page`: what the frame of every page needs.
#[derive(Debug, Clone, Default, Serialize)]
pub struct FrameView {
    /// Title for the browser's window, without the site's name.
    pub title: String,
    /// One line for search engines.
    pub description: Option<String>,
    /// Full address, when the site knows its own.
    pub canonical: Option<String>,
    /// Id of the menu entry it belongs to.
    pub section: String,
    /// Style sheets beside the base one, as names of assets.
    pub styles: Vec<&'static str>,
    /// Class of the body.
    pub class: &'static str,
    /// BCP 47 tag, when it differs from the site's.
    pub language: Option<String>,
    /// Whether search engines are asked to stay away.
    pub noindex: bool,
    /// Whether its address must not be told: no page may learn from where its reader came.
    pub unlisted: bool,
    /// Tags for the head: citation tags, structured data, feed.
    pub head: Html,
}

/// A date for readers and for machines.
#[derive(Debug, Clone, Default, Serialize)]
pub struct DateView {
    /// As `2026-11-24`, `2026-11` or `2026`.
    pub iso: String,
    /// In words of the site's language.
    pub text: String,
}

/// A link in words.
#[derive(Debug, Clone, Default, Serialize)]
pub struct LinkView {
    /// The word ("DOI").
    pub word: String,
    /// The address.
    pub href: String,
    /// Words for those who hear the page, after the word ("of Time from MRI order …").
    pub about: String,
}

/// A line of research.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ThreadView {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its line style, 1 to 6; those after the sixth share the sixth.
    pub line: usize,
}

/// A short label: a status, a role.
#[derive(Debug, Clone, Default, Serialize)]
pub struct LabelView {
    /// Its words.
    pub text: String,
    /// Whether it must not be overlooked ("Retracted").
    pub alarm: bool,
}

/// Text for `404.html`: only the frame.
#[derive(Debug, Clone, Default, Serialize)]
pub struct NotFoundView {
    /// The frame.
    pub page: FrameView,
    /// Address of the publications list, when there is one.
    pub publications: Option<String>,
}

/// A page that sends the reader on.
#[derive(Debug, Clone, Default, Serialize)]
pub struct RedirectView {
    /// The frame.
    pub page: FrameView,
    /// Address of the page in its place.
    pub target: String,
    /// Its title.
    pub title: Html,
}
