//! What all records have in common.

use super::{Award, Grant, Media, Presentation, Project, Publication, Service, Teaching, Training};
use crate::record::vocabulary::Visibility;
use crate::record::{PartialDate, Private};
use crate::source::Origin;

/// The fields that every kind of record shares.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shared {
    /// The stable id: as written, or made from the first author and the title.
    pub id: String,
    /// The title; may hold `<i> <b> <sup> <sub>` and nothing else.
    pub title: String,
    /// When; its meaning depends on the kind.
    pub date: Option<PartialDate>,
    /// Ids of lines of research.
    pub threads: Vec<String>,
    /// Id of the project it came from.
    pub project: Option<String>,
    /// Ids of the records it grew out of.
    pub follows: Vec<String>,
    /// 1 to 3: a selected work, in this place.
    pub featured: Option<u8>,
    /// Why it matters.
    pub why: Option<String>,
    /// What it is, in a sentence.
    pub summary: Option<String>,
    /// A web address.
    pub url: Option<String>,
    /// What the owner did, in words (a publication's has its own type).
    pub role: Option<String>,
    /// Who may see it.
    pub visibility: Visibility,
    /// Older ids, whose addresses redirect.
    pub aliases: Vec<String>,
    /// What never leaves the computer; empty in a `PublicPortfolio`.
    pub private: Private,
    /// Where it stands in the user's files.
    pub origin: Origin,
}

#[allow(clippy::derivable_impls, reason = "the enum comes from a macro that derives no default")]
impl Default for Visibility {
    fn default() -> Self {
        Self::Public
    }
}

/// A record that has the shared fields.
pub(super) trait HasShared {
    fn shared(&self) -> &Shared;
    fn shared_mut(&mut self) -> &mut Shared;
}

macro_rules! has_shared {
    ($($kind:ty),*) => {$(
        impl HasShared for $kind {
            fn shared(&self) -> &Shared {
                &self.shared
            }

            fn shared_mut(&mut self) -> &mut Shared {
                &mut self.shared
            }
        }
    )*};
}
has_shared!(Publication, Presentation, Award, Grant, Service, Teaching, Training, Media, Project);
