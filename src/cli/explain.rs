//! `offprint check --explain CODE`.

use anyhow::bail;

use super::Outcome;
use super::streams::Streams;
use crate::diagnostic::{Severity, code};

/// Prints the long text of a code.
pub(super) fn run(id: &str, streams: &mut Streams) -> anyhow::Result<Outcome> {
    let Some(code) = code::find(id) else {
        let known: Vec<_> = code::all().map(|code| code.id).collect();
        bail!("there is no code `{id}`\nhelp: the codes are {}", known.join(", "));
    };
    let severity = match code.severity {
        Severity::Error => "error: nothing is written while it stands",
        Severity::Warning => "warning: the site is built all the same",
    };
    streams.result(&format!("{}: {}\n({severity})\n\n{}", code.id, code.summary, wrap(code.explanation, 80)))?;
    Ok(Outcome::Clean)
}

/// Breaks prose at spaces; lines that are written as lines stay so.
fn wrap(text: &str, width: usize) -> String {
    let mut wrapped = String::new();
    for line in text.lines() {
        let mut column = 0;
        for word in line.split_inclusive(' ') {
            let length = word.trim_end().chars().count();
            if column > 0 && column + length > width {
                wrapped.truncate(wrapped.trim_end().len());
                wrapped.push('\n');
                column = 0;
            }
            wrapped.push_str(word);
            column += word.chars().count();
        }
        wrapped.push('\n');
    }
    wrapped
}

#[cfg(test)]
mod tests {
    use super::wrap;

    #[test]
    fn lines_break_at_spaces_and_examples_keep_their_lines() {
        assert_eq!(wrap("one two three\n  - four", 8), "one two\nthree\n  - four\n");
    }
}
