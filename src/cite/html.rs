//! References as HTML, and the marks at authors' names.

use std::fmt::Write as _;

use super::{CitationText, Part, Run};
use crate::exchange::html::{escape, escape_into};
use crate::portfolio::Publication;

/// Which authors are marked: the owner in bold, equal contribution with `*`, mentees with `†`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marks {
    /// Index of the owner, when the name is to be marked.
    pub owner: Option<usize>,
    /// Indices of those who contributed equally.
    pub equal: Vec<usize>,
    /// Indices of those whom the owner mentored.
    pub mentees: Vec<usize>,
}

impl Marks {
    /// Returns the marks of a publication; `bold` is the site's wish to mark the owner.
    pub fn of(publication: &Publication, bold: bool) -> Self {
        let indices = |marked: fn(&crate::portfolio::Contributor) -> bool| {
            publication
                .authors
                .iter()
                .enumerate()
                .filter(|(_, author)| marked(author))
                .map(|(index, _)| index)
                .collect()
        };
        Self {
            owner: publication.own_index.filter(|_| bold),
            equal: indices(|author| author.equal),
            mentees: indices(|author| author.mentee),
        }
    }
}

impl CitationText {
    /// Returns the runs with the marks in place: bold names, `*` and `†` after them.
    pub fn marked(&self, marks: &Marks) -> Vec<Run> {
        let mut runs = Vec::with_capacity(self.runs.len());
        for (at, run) in self.runs.iter().enumerate() {
            let mut run = run.clone();
            let Part::Author(index) = run.part else {
                runs.push(run);
                continue;
            };
            run.style.bold |= marks.owner == Some(index);
            let ends = self.runs.get(at + 1).is_none_or(|next| next.part != run.part);
            let mut signs = String::new();
            if ends && marks.equal.contains(&index) {
                signs.push('*');
            }
            if ends && marks.mentees.contains(&index) {
                signs.push('†');
            }
            let mark = Run { text: signs, ..Run::default() };
            runs.push(run);
            if !mark.text.is_empty() {
                runs.push(mark);
            }
        }
        runs
    }

    /// Returns the reference as HTML: elements for every look, no style attributes, all text escaped.
    pub fn html(&self, marks: &Marks) -> String {
        let mut html = String::new();
        for run in self.marked(marks) {
            write(&mut html, &run);
        }
        html
    }
}

fn write(html: &mut String, run: &Run) {
    let style = run.style;
    let elements = [
        (style.italic, "<i>", "</i>"),
        (style.bold, "<b>", "</b>"),
        (style.superscript, "<sup>", "</sup>"),
        (style.subscript, "<sub>", "</sub>"),
        (style.small_caps, "<span class=\"small-caps\">", "</span>"),
    ];
    let link = match &run.part {
        Part::Link(address) if address.starts_with("https://") || address.starts_with("http://") => Some(address),
        _ => None,
    };
    if let Some(address) = link {
        let _ = write!(html, "<a href=\"{}\">", escape(address));
    }
    elements.iter().filter(|(on, ..)| *on).for_each(|(_, open, _)| html.push_str(open));
    escape_into(html, &run.text);
    elements.iter().rev().filter(|(on, ..)| *on).for_each(|(_, _, close)| html.push_str(close));
    if link.is_some() {
        html.push_str("</a>");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cite::RunStyle;

    #[test]
    fn the_owner_is_bold_and_others_carry_their_signs() {
        let run = |text: &str, part| Run { text: text.into(), part, ..Run::default() };
        let citation = CitationText {
            runs: vec![
                run("Rao P", Part::Author(0)),
                run(", ", Part::Other),
                run("Quist ZA", Part::Author(1)),
                run(". ", Part::Other),
                Run { style: RunStyle { italic: true, ..RunStyle::default() }, ..run("A <b> & c", Part::Title) },
            ],
        };
        let marks = Marks { owner: Some(1), equal: vec![0, 1], mentees: vec![0] };
        assert_eq!(citation.html(&marks), "Rao P*†, <b>Quist ZA</b>*. <i>A &lt;b&gt; &amp; c</i>");
    }
}
