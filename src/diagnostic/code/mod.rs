//! Every diagnostic code, by subject; the hundreds digit names the subject.
//!
//! A code is never reused for another meaning. `check --explain OP204` prints its long text.

use super::Severity;

mod exchange;
mod fields;
mod files;
mod honesty;
mod output;
mod pages;
mod privacy;
mod proof;
mod references;
mod theme;

pub use exchange::*;
pub use fields::*;
pub use files::*;
pub use honesty::*;
pub use output::*;
pub use pages::*;
pub use privacy::*;
pub use proof::*;
pub use references::*;
pub use theme::*;

/// A kind of problem: its stable id, how grave it is, and what to tell a physician about it.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// `OP` and three digits.
    pub id: &'static str,
    /// Fixed for the code, so that a run's outcome never depends on the message.
    pub severity: Severity,
    /// One line, lower case, no final stop.
    pub summary: &'static str,
    /// A paragraph: why it matters, an example of the fault and of its cure.
    pub explanation: &'static str,
}

/// Declares codes as constants and gathers them in a list named by the first line.
macro_rules! codes {
    ($list:ident; $($name:ident $id:literal $severity:ident $summary:literal $explanation:literal)*) => {
        $(
            #[doc = $summary]
            pub static $name: $crate::diagnostic::Code = $crate::diagnostic::Code {
                id: $id,
                severity: $crate::diagnostic::Severity::$severity,
                summary: $summary,
                explanation: $explanation,
            };
        )*
        pub(super) static $list: &[&$crate::diagnostic::Code] = &[$(&$name),*];
    };
}
use codes;

/// Returns every code, in the order of their ids.
pub fn all() -> impl Iterator<Item = &'static Code> {
    [
        files::FILES,
        fields::FIELDS,
        references::REFERENCES,
        honesty::HONESTY,
        pages::PAGES,
        theme::THEME,
        privacy::PRIVACY,
        output::OUTPUT,
        exchange::EXCHANGE,
        proof::PROOF,
    ]
    .into_iter()
    .flatten()
    .copied()
}

/// Finds a code by its id, whatever the case of its letters.
pub fn find(id: &str) -> Option<&'static Code> {
    all().find(|code| code.id.eq_ignore_ascii_case(id.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_unique_ordered_and_well_formed() {
        let ids: Vec<_> = all().map(|code| code.id).collect();
        assert!(ids.windows(2).all(|pair| pair[0] < pair[1]), "{ids:?}");
        assert!(ids.iter().all(|id| id.len() == 5 && id.starts_with("OP")));
    }

    #[test]
    fn every_code_is_explained() {
        for code in all() {
            assert!(code.explanation.len() > 80, "{} needs a longer text", code.id);
        }
    }
}
