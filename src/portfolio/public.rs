//! Portfolio → public portfolio: the only place that decides what is public.

use super::{Audience, Portfolio, PublicPortfolio};

impl Portfolio {
    /// Returns what an audience may see, stripped of everything private.
    pub fn published(&self, _audience: &Audience) -> PublicPortfolio {
        unimplemented!()
    }
}
