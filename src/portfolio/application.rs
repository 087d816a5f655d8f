//! The form of an application for fellowship: how many experiences it takes, and how long each may be.

/// A season's form of ERAS, the application service of the residency and fellowship programmes of the United States.
///
/// After its page "Experiences"; lengths are in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ApplicationForm {
    /// The year in which training starts.
    pub season: &'static str,
    /// Experiences that may be entered.
    pub experiences: usize,
    /// Characters of an experience's description.
    pub description: usize,
    /// Works and experiences that may be marked most meaningful.
    pub meaningful: usize,
    /// Characters more for one that is most meaningful.
    pub reflection: usize,
}

impl ApplicationForm {
    /// The form of the season that applications are now written for.
    pub const CURRENT: Self =
        Self { season: "2027", experiences: 10, description: 750, meaningful: 3, reflection: 300 };

    /// Returns by how many characters a text is longer than a limit of the form; `None` when it fits.
    pub fn excess(text: &str, limit: usize) -> Option<usize> {
        text.chars().count().checked_sub(limit).filter(|over| *over > 0)
    }
}
