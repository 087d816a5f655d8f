//! What a user may write: one struct for each kind of record, with every field of the schema.
//!
//! Takes decoded YAML values; gives structs whose fields are still as written. A field that is
//! missing is `None`: what a record must have is a rule of the model, so that one fault never
//! hides the others. Unknown fields are refused by every struct.

mod activity;
mod date;
pub mod decode;
mod expiry;
mod page;
mod plan;
mod presentation;
mod publication;
pub mod schema;
mod site;
mod text;
pub mod theme;
pub mod vocabulary;

pub use activity::{Award, Grant, Media, Service, Teaching, Training};
pub use date::PartialDate;
pub use expiry::{Expiry, expiries};
pub use page::PageMatter;
pub use plan::{Conference, Goals, Irb, Person, Project, Target};
pub use presentation::{Event, Presentation};
pub use publication::{Citations, Correction, Publication, Registration};
pub use site::{
    Allow, Cv, CvSelect, Ids, OwnerPerson, Programme, Publish, SharePage, Site, SiteFile, ThemeOfWork, Thread,
};
pub use text::{Name, Names, Text, TextList};

use serde::Deserialize;
use vocabulary::{Criterion, Kind, Visibility};

/// What never leaves the computer: `private:` of a record.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Private {
    /// Paths of proofs, under `evidence/`.
    pub evidence: TextList,
    /// Free words of the owner.
    pub notes: Option<Text>,
    /// The criteria that the record may serve.
    pub criteria: Vec<Criterion>,
    /// The exhibit number in a dossier.
    pub exhibit: Option<Text>,
    /// Where a patient's consent is kept.
    pub consent: Option<Text>,
}

/// The fields that every kind of record shares.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shared {
    /// The id, when the user gave one.
    pub id: Option<Text>,
    /// The title.
    pub title: Option<Text>,
    /// When.
    pub date: Option<PartialDate>,
    /// Ids of lines of research.
    pub threads: TextList,
    /// Id of the project it came from.
    pub project: Option<Text>,
    /// Ids of the records it grew out of.
    pub follows: TextList,
    /// 1 to 3: a selected work, in this place.
    pub featured: Option<u8>,
    /// Why it matters, in a sentence.
    pub why: Option<Text>,
    /// What it is, in a sentence.
    pub summary: Option<Text>,
    /// A web address.
    pub url: Option<Text>,
    /// What the owner did.
    pub role: Option<Text>,
    /// Who may see it.
    pub visibility: Option<Visibility>,
    /// Older ids, whose addresses redirect.
    pub aliases: TextList,
    /// What never leaves the computer.
    pub private: Private,
}

/// A kind of record: its name and its shared fields.
pub trait Record: serde::de::DeserializeOwned + Default {
    /// The kind.
    const KIND: Kind;
    /// Takes the shared fields out of the record.
    fn take_shared(&mut self) -> Shared;
}

/// Declares a record struct: the shared fields and those of its own.
///
/// Serde cannot refuse unknown fields through `flatten`, so the shared ones are written into
/// each struct by this macro.
macro_rules! record {
    ($(#[$meta:meta])* $name:ident is $kind:ident { $($(#[$field_meta:meta])* $field:ident: $type:ty,)* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Default, serde::Deserialize, schemars::JsonSchema)]
        #[serde(deny_unknown_fields, default)]
        #[allow(missing_docs)]
        pub struct $name {
            pub id: Option<$crate::record::Text>,
            pub title: Option<$crate::record::Text>,
            pub date: Option<$crate::record::PartialDate>,
            pub threads: $crate::record::TextList,
            pub project: Option<$crate::record::Text>,
            pub follows: $crate::record::TextList,
            #[schemars(range(min = 1, max = 3))]
            pub featured: Option<u8>,
            pub why: Option<$crate::record::Text>,
            pub summary: Option<$crate::record::Text>,
            pub url: Option<$crate::record::Text>,
            pub role: Option<$crate::record::Text>,
            pub visibility: Option<$crate::record::vocabulary::Visibility>,
            pub aliases: $crate::record::TextList,
            pub private: $crate::record::Private,
            $($(#[$field_meta])* pub $field: $type,)*
        }

        impl $crate::record::Record for $name {
            const KIND: $crate::record::vocabulary::Kind = $crate::record::vocabulary::Kind::$kind;
            fn take_shared(&mut self) -> $crate::record::Shared {
                $crate::record::Shared {
                    id: self.id.take(),
                    title: self.title.take(),
                    date: self.date.take(),
                    threads: std::mem::take(&mut self.threads),
                    project: self.project.take(),
                    follows: std::mem::take(&mut self.follows),
                    featured: self.featured.take(),
                    why: self.why.take(),
                    summary: self.summary.take(),
                    url: self.url.take(),
                    role: self.role.take(),
                    visibility: self.visibility.take(),
                    aliases: std::mem::take(&mut self.aliases),
                    private: std::mem::take(&mut self.private),
                }
            }
        }
    };
}
use record;
