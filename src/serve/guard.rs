//! What keeps one fault, or one slow piece of work, from ending or holding up the preview.

use std::panic::{AssertUnwindSafe, catch_unwind};

/// Lets go of something large where nobody waits for it.
pub(super) fn let_go(something: impl Send + 'static) {
    std::thread::spawn(move || drop(something));
}

/// Runs something whose panic must not end the preview.
pub(super) fn guard<T>(work: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(work)).ok()
}

pub(super) fn fault() -> anyhow::Error {
    anyhow::anyhow!("this is a fault in Offprint {}, not in your files", env!("CARGO_PKG_VERSION"))
}
