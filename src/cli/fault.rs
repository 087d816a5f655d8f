//! A fault of the program itself becomes a message, never a backtrace.

use std::panic::{self, AssertUnwindSafe};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::anyhow;

/// Runs a command; a panic in it becomes an error that says whose fault it is and where.
pub(super) fn guard<T>(command: impl FnOnce() -> anyhow::Result<T>) -> anyhow::Result<T> {
    let place = Arc::new(Mutex::new(String::new()));
    let seen = Arc::clone(&place);
    let before = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        let mut place = seen.lock().unwrap_or_else(PoisonError::into_inner);
        *place = panic.location().map(|at| format!(" ({}:{})", at.file(), at.line())).unwrap_or_default();
    }));
    let result = panic::catch_unwind(AssertUnwindSafe(command));
    panic::set_hook(before);
    result.unwrap_or_else(|payload| {
        let words = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
        let words = words.or_else(|| payload.downcast_ref::<String>().cloned()).unwrap_or_default();
        let place = place.lock().unwrap_or_else(PoisonError::into_inner);
        Err(anyhow!(
            "this is a fault in Offprint {}, not in your files: {words}{place}\n\
             help: please report this line; your files are as they were, and the output is finished by the next build that succeeds",
            env!("CARGO_PKG_VERSION")
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::guard;

    #[test]
    fn a_panic_becomes_a_message() {
        let error = guard(|| -> anyhow::Result<()> { panic!("index out of bounds") }).expect_err("a fault");
        let text = error.to_string();
        assert!(text.contains("a fault in Offprint") && text.contains("index out of bounds"), "{text}");
    }
}
