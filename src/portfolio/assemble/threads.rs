//! Lines of research that records name and `site.yaml` lacks.

use std::collections::{BTreeMap, BTreeSet};

use super::ids::Candidate;
use super::owner::AtFault;
use super::place::{Place, nearest};
use crate::diagnostic::Diagnostics;
use crate::diagnostic::code::UNKNOWN_THREAD;
use crate::portfolio::Owner;

/// Records with one missing thread from which on the fault is seen in `site.yaml`, not in each of them.
const MANY: usize = 3;

/// Reports the threads that many records name and that no thread is like, each once, and returns them.
pub(super) fn missing(
    diagnostics: &mut Diagnostics,
    site: &Place,
    owner: &Owner,
    candidates: &[Candidate],
) -> BTreeSet<String> {
    let known: Vec<&str> = owner.theme_of_work.areas.iter().map(|area| area.id.as_str()).collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let named = candidates.iter().filter_map(|candidate| candidate.threads).flat_map(|threads| threads.iter());
    for thread in named.map(|thread| thread.trim()).filter(|thread| !known.contains(thread)) {
        *counts.entry(thread).or_default() += 1;
    }
    counts.retain(|thread, count| {
        *count >= MANY && !thread.contains(',') && nearest(thread, known.iter().copied()).is_none()
    });
    if !AtFault::of(site).threads {
        for (thread, count) in &counts {
            let message = format!("{count} records name the thread `{thread}`, which is not among the threads here");
            let diagnostic = site.diagnostic(&UNKNOWN_THREAD, "theme_of_work.threads", message);
            diagnostics
                .push(diagnostic.help(format!(
                    "add it under `theme_of_work:`, below `threads:`, as `- {{id: {thread}, name: …}}`"
                )));
        }
    }
    counts.into_keys().map(str::to_owned).collect()
}
