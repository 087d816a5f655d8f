//! What is wrong in the user's files, as values.
//!
//! Takes nothing but facts (file, place, words); gives [`Diagnostic`]s gathered in a
//! [`Diagnostics`]. Every stage takes `&mut Diagnostics` first and goes on after a fault, so
//! that one run shows all problems. Knows nothing of records, pages or terminals; the writers
//! in [`render`] draw the same values as text, JSON or workflow annotations.

pub mod code;
pub mod render;

use std::collections::BTreeSet;
use std::ops::Range;

pub use code::Code;

/// How grave a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nothing is written while one of these stands.
    Error,
    /// The site is built; the author should look.
    Warning,
}

/// A place in a text file: one line, from a column up to but not including another.
///
/// Lines and columns count from 1; columns count characters, not bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// Line, from 1.
    pub line: usize,
    /// First column, from 1, in characters.
    pub column: usize,
    /// Column after the last, in characters; equal to `column` for a bare point.
    pub end_column: usize,
}

impl Span {
    /// Returns the span of `length` characters at a line and column, both from 1.
    pub fn new(line: usize, column: usize, length: usize) -> Self {
        Self { line, column, end_column: column + length }
    }

    /// Returns the span of the bytes `start..end` of `text`, cut at the end of its first line.
    ///
    /// Offsets past the end or inside a character are moved back to the nearest boundary.
    pub fn of_bytes(text: &str, start: usize, end: usize) -> Self {
        Places::new(text).span(start, end)
    }

    /// Returns its bytes in a text; `None` when the text has no such place.
    pub fn bytes_in(self, text: &str) -> Option<Range<usize>> {
        let mut start_of_line = 0;
        for _ in 1..self.line {
            start_of_line += text[start_of_line..].find('\n')? + 1;
        }
        let line = text[start_of_line..].split(['\n', '\r']).next()?;
        let at = |column: usize| {
            let ends = line.char_indices().map(|(at, _)| at).chain([line.len()]);
            ends.into_iter().nth(column.checked_sub(1)?)
        };
        let (start, end) = (at(self.column)?, at(self.end_column)?);
        (start <= end).then_some(start_of_line + start..start_of_line + end)
    }

    /// Returns the same span with its line moved down by `lines`.
    #[must_use]
    pub fn down(self, lines: usize) -> Self {
        Self { line: self.line + lines, ..self }
    }
}

/// The places of many parts of one text, in a time that grows with the text alone when they are
/// asked for in their order.
#[derive(Debug, Clone)]
pub struct Places<'a> {
    text: &'a str,
    counted: Counted,
}

/// How far into a text places were counted: the last start that was asked for, with its line and column.
#[derive(Debug, Clone, Copy)]
pub struct Counted {
    at: usize,
    line: usize,
    column: usize,
}

impl Default for Counted {
    fn default() -> Self {
        Self { at: 0, line: 1, column: 1 }
    }
}

impl<'a> Places<'a> {
    /// Starts at the beginning of a text.
    pub fn new(text: &'a str) -> Self {
        Self::resume(text, Counted::default())
    }

    /// Goes on where earlier places of the same text ended.
    pub fn resume(text: &'a str, counted: Counted) -> Self {
        Self { text, counted }
    }

    /// Returns how far was counted.
    pub fn counted(&self) -> Counted {
        self.counted
    }

    /// Returns what [`Span::of_bytes`] does.
    pub fn span(&mut self, start: usize, end: usize) -> Span {
        let start = self.text.floor_char_boundary(start);
        let end = self.text.floor_char_boundary(end).max(start);
        if start < self.counted.at {
            self.counted = Counted::default();
        }
        let counted = &mut self.counted;
        let passed = &self.text[counted.at..start];
        match passed.rfind('\n') {
            Some(last) => {
                counted.line += passed.matches('\n').count();
                counted.column = passed[last + 1..].chars().count() + 1;
            }
            None => counted.column += passed.chars().count(),
        }
        counted.at = start;
        let covered = self.text[start..end].split(['\n', '\r']).next().unwrap_or_default();
        Span::new(counted.line, counted.column, covered.chars().count())
    }
}

/// One problem in the user's files: where, what, and the next step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The stable code, which also fixes the severity.
    pub code: &'static Code,
    /// What is wrong: lower case, no final stop, in a physician's words.
    pub message: String,
    /// Path of the file relative to the site folder, with `/` between folders.
    pub file: String,
    /// Where in the file; `None` when the fault is the file itself (or its absence).
    pub span: Option<Span>,
    /// Words beside the caret ("did you mean `journal`?").
    pub label: Option<String>,
    /// The id of the record at fault, when there is one.
    pub record: Option<String>,
    /// The pages in whose making it was met, as paths in the output; the same problem may be met in many.
    pub pages: BTreeSet<String>,
    /// How to fix it, as an order.
    pub help: Option<String>,
    /// The text that mends the fault when put in place of `span`, where that is safe.
    pub fix: Option<String>,
}

impl Diagnostic {
    /// Starts a diagnostic on a whole file; the other methods add to it.
    pub fn new(code: &'static Code, file: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            file: file.into(),
            span: None,
            label: None,
            record: None,
            pages: BTreeSet::new(),
            help: None,
            fix: None,
        }
    }

    /// Sets the place in the file.
    #[must_use]
    pub fn at(mut self, span: impl Into<Option<Span>>) -> Self {
        self.span = span.into();
        self
    }

    /// Sets the words beside the caret.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// Names the record at fault.
    #[must_use]
    pub fn record(mut self, id: impl Into<String>) -> Self {
        self.record = Some(id.into());
        self
    }

    /// Names the page in whose making the problem was met.
    #[must_use]
    pub fn page(mut self, path: impl Into<String>) -> Self {
        self.pages.insert(path.into());
        self
    }

    /// Returns the first of the pages and the number of the others in words: "cv/index.html and 2 more".
    pub fn page_words(&self) -> Option<String> {
        let first = self.pages.first()?;
        Some(match self.pages.len() - 1 {
            0 => first.clone(),
            others => format!("{first} and {others} more"),
        })
    }

    /// Adds the next step.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds the text that `check --fix` puts in place of the span.
    #[must_use]
    pub fn fix(mut self, replacement: impl Into<String>) -> Self {
        self.fix = Some(replacement.into());
        self
    }

    /// Returns the severity that the code fixes.
    pub fn severity(&self) -> Severity {
        self.code.severity
    }
}

impl Extend<Diagnostic> for Diagnostics {
    fn extend<T: IntoIterator<Item = Diagnostic>>(&mut self, found: T) {
        self.list.extend(found);
    }
}

/// Problems of one run beyond which nothing more is looked for.
const MOST_PROBLEMS: usize = 1_000;

/// All problems of a run, in the order in which they were found until [`Diagnostics::sorted`].
#[derive(Debug, Clone, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Adds one problem.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    /// Adds the problems of another run or thread.
    pub fn append(&mut self, other: Diagnostics) {
        self.list.extend(other.list);
    }

    /// Returns the problems by file, line, column and code, each once, with all pages in which it was met.
    #[must_use]
    pub fn sorted(mut self) -> Vec<Diagnostic> {
        self.list
            .sort_by(|a, b| (&a.file, a.span, a.code.id, &a.message).cmp(&(&b.file, b.span, b.code.id, &b.message)));
        self.list.dedup_by(|later, kept| {
            let pages = std::mem::take(&mut later.pages);
            let of_kept = std::mem::take(&mut kept.pages);
            let is_same = later == kept;
            kept.pages = of_kept;
            if is_same {
                kept.pages.extend(pages);
            } else {
                later.pages = pages;
            }
            is_same
        });
        self.list
    }

    /// Leaves the first problems of a run that has more than a person can read, and says so.
    ///
    /// Returns whether any were left out.
    pub fn cut(&mut self) -> bool {
        if self.list.len() <= MOST_PROBLEMS {
            return false;
        }
        let mut first = std::mem::take(self).sorted();
        let found = first.len();
        if found <= MOST_PROBLEMS {
            self.list = first;
            return false;
        }
        first.truncate(MOST_PROBLEMS);
        let file = first.last().map(|last| last.file.clone()).unwrap_or_default();
        let message = format!("there are {found} problems, of which the first {MOST_PROBLEMS} are shown");
        first
            .push(Diagnostic::new(&code::YAML_LIMIT, file, message).help("mend those that are shown, and check again"));
        self.list = first;
        true
    }

    /// Returns the problems as found.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.list.iter()
    }

    /// Tells whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Tells whether an error was found, which stops all output.
    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    /// Counts the problems of one severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.list.iter().filter(|d| d.severity() == severity).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_range_becomes_line_and_column_in_characters() {
        let text = "a: é\nb: “x”\n";
        let start = text.find('“').expect("quote");
        assert_eq!(Span::of_bytes(text, start, start + 7), Span::new(2, 4, 3));
        assert_eq!(Span::of_bytes(text, 999, 1000), Span::new(3, 1, 0));
        let mut places = Places::new(text);
        for (start, end) in [(0, 1), (3, 5), (start, start + 7), (start + 3, start + 4), (1, 2), (999, 1000)] {
            assert_eq!(places.span(start, end), Span::of_bytes(text, start, end), "{start}");
        }
        let (mut twice, again) = (Places::new("é é é\né é"), |line, column| Span::new(line, column, 1));
        assert_eq!([3, 6, 12].map(|at| twice.span(at, at + 2)), [again(1, 3), again(1, 5), again(2, 3)]);
    }
}
