//! Proofs that are not kept.

use std::collections::BTreeSet;

use super::{Evidence, Item};
use crate::portfolio::{Audience, Portfolio};
use crate::record::vocabulary::Kind;
use crate::source::Sources;
use crate::source::proofs::bare;

/// The kinds whose records a committee may ask to be proved.
const PROVEN: [Kind; 5] = [Kind::Publications, Kind::Presentations, Kind::Awards, Kind::Grants, Kind::Service];

/// Returns the proofs that are not where a record says, and the public records of the proven kinds that name none.
pub(super) fn missing(sources: &Sources, portfolio: &Portfolio) -> Evidence {
    let public = portfolio.published(&Audience::Public);
    let public: BTreeSet<&str> = public.shared().map(|shared| shared.id.as_str()).collect();
    let mut missing = Evidence::default();
    for (kind, shared) in portfolio.records() {
        let item = || Item::of(kind, shared, "private.evidence");
        for path in shared.private.evidence.iter().map(|path| path.trim()) {
            if !sources.exists(bare(path)) {
                missing.gone.push((item(), path.to_owned()));
            }
        }
        if PROVEN.contains(&kind) && public.contains(shared.id.as_str()) && shared.private.evidence.is_empty() {
            missing.bare.push(item());
        }
    }
    missing
}
