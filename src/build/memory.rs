//! What one model leaves for the next, while a preview runs.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Model, Options};
use crate::diagnostic::Diagnostics;
use crate::portfolio::{Earlier, Today, assemble_unknown};
use crate::record::decode::decode_unknown;
use crate::source::Sources;

/// Records of the model before, kept as long as all that they are read against is the same.
#[derive(Debug, Default)]
pub struct Memory {
    records: Earlier,
    surroundings: Option<Surroundings>,
}

/// All that the reading of a publication or presentation depends on beside its own text and the
/// ids of other records.
#[derive(Debug, PartialEq)]
struct Surroundings {
    texts: BTreeMap<String, Arc<str>>,
    today: Today,
    base_url: Option<String>,
}

impl Surroundings {
    fn of(sources: &Sources, options: &Options) -> Self {
        let texts = sources.texts.iter().filter(|(path, _)| {
            let own = matches!(path.as_str(), "records/publications.yaml" | "records/presentations.yaml");
            path.ends_with(".yaml") && !own && !path.starts_with("overrides/") && !path.starts_with("themes/")
        });
        Self {
            texts: texts.map(|(path, text)| (path.clone(), Arc::clone(text))).collect(),
            today: options.today,
            base_url: options.base_url.clone(),
        }
    }
}

/// Makes the model of a site and checks it, as [`super::model`] does, reading only the records
/// whose text `memory` does not have.
///
/// The result never differs from that of [`super::model`].
pub fn remodel(diagnostics: &mut Diagnostics, sources: Sources, options: &Options, memory: &mut Memory) -> Model {
    let surroundings = Surroundings::of(&sources, options);
    if memory.surroundings.as_ref() != Some(&surroundings) {
        *memory = Memory { surroundings: Some(surroundings), ..Memory::default() };
    }
    let attempt = |found: &mut Diagnostics, earlier: &Earlier| {
        let records = decode_unknown(found, &sources, Some(&|kind, text| earlier.knows(kind, text)));
        assemble_unknown(found, &sources, records, options.today, options.base_url.as_deref(), earlier)
    };
    let mut found = Diagnostics::default();
    let mut assembled = attempt(&mut found, &memory.records);
    if assembled.stale {
        found = Diagnostics::default();
        assembled = attempt(&mut found, &Earlier::default());
    }
    diagnostics.append(found);
    memory.records = assembled.earlier;
    let portfolio = assembled.portfolio;
    crate::check::check(diagnostics, &sources, &portfolio);
    Model { sources, portfolio }
}
