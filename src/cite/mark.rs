//! Marks inside the texts that the engine lays out.
//!
//! The engine returns formatted text; which part of a reference a text is, where the style's
//! own punctuation stands and where quotation marks belong travels inside the text as
//! characters of the private use area, which items never hold (`item::clean`).

/// Begins punctuation of the style.
pub(super) const AFFIX: char = '\u{E001}';
/// Ends it. Two signs alternate, or the engine takes equal neighbours for one text.
pub(super) const AFFIX_ENDS: [char; 2] = ['\u{E002}', '\u{E003}'];
/// Quotation marks: resolved when all of the reference is known.
pub(super) const OPEN_QUOTE: char = '\u{E005}';
pub(super) const CLOSE_QUOTE: char = '\u{E006}';
/// Opens a quotation with the inner mark, where no other surrounds it.
pub(super) const OPEN_INNER: char = '\u{E007}';
/// Opens a quotation with the mark that was written, where no other surrounds it.
pub(super) const OPEN_DOUBLE: char = '\u{E008}';
pub(super) const OPEN_SINGLE: char = '\u{E009}';
/// Begins the title, the container's title, an author.
pub(super) const TITLE: char = '\u{E010}';
pub(super) const CONTAINER: char = '\u{E011}';
pub(super) const AUTHOR: char = '\u{E012}';
/// Ends the index of an author.
pub(super) const AUTHOR_BODY: char = '\u{E013}';
/// Ends a part.
pub(super) const PART_END: char = '\u{E014}';
/// Keeps the engine from taking a number for a repeated affix.
pub(super) const GUARD: char = '\u{E015}';

/// Returns punctuation of the style, marked.
pub(super) fn affix(text: &str, turn: &mut bool) -> String {
    *turn = !*turn;
    format!("{AFFIX}{text}{}", AFFIX_ENDS[usize::from(*turn)])
}

/// Returns the marks before and after an author's name.
pub(super) fn author(index: usize) -> (String, char) {
    (format!("{AUTHOR}{index}{AUTHOR_BODY}"), PART_END)
}
