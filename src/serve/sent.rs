//! The pages that browsers hold, so that they can be told what differs.

use std::collections::VecDeque;
use std::sync::Arc;

/// Pages sent of late; one that is no longer here is sent whole.
#[derive(Debug, Default)]
pub(super) struct Sent {
    pages: VecDeque<(u64, Arc<[u8]>)>,
    last: u64,
}

/// As many as somebody has open; each may be megabytes long.
const MOST: usize = 8;

impl Sent {
    /// Returns the page with a number.
    pub(super) fn find(&self, number: u64) -> Option<&Arc<[u8]>> {
        self.pages.iter().find(|(known, _)| *known == number).map(|(_, page)| page)
    }

    /// Notes that a page is sent; returns its number.
    pub(super) fn note(&mut self, page: &Arc<[u8]>) -> u64 {
        if let Some(at) = self.pages.iter().position(|(_, known)| Arc::ptr_eq(known, page)) {
            let known = self.pages.remove(at).unwrap_or_else(|| (self.last, Arc::clone(page)));
            let number = known.0;
            self.pages.push_back(known);
            return number;
        }
        self.last += 1;
        if self.pages.len() == MOST {
            self.pages.pop_front();
        }
        self.pages.push_back((self.last, Arc::clone(page)));
        self.last
    }
}
