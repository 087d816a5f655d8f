//! Small pieces of HTML made from the model: escaped text, titles, names, references.

use crate::cite::{CitationText, Part, Run};
use crate::exchange::html::{escape, escape_into};
use crate::exchange::title::{Piece, pieces};
use crate::portfolio::{Contributor, PersonName};
use crate::render::view::Html;
pub use crate::words::curly;

/// Returns text as HTML.
pub fn text(text: &str) -> Html {
    Html(escape(text))
}

/// Returns a title as HTML: its `<i> <b> <sup> <sub>` stay.
pub fn title(title: &str) -> Html {
    let mut html = String::with_capacity(title.len());
    for piece in pieces(title) {
        match piece {
            Piece::Text(text) => escape_into(&mut html, &curly(text)),
            Piece::Open(tag) => html.extend(["<", tag, ">"]),
            Piece::Close(tag) => html.extend(["</", tag, ">"]),
        }
    }
    Html(html)
}

/// Appends a link; the address is escaped, the words are HTML already.
pub fn link_into(html: &mut String, class: &str, href: &str, words: &str) {
    html.push_str("<a ");
    if !class.is_empty() {
        html.extend(["class=\"", class, "\" "]);
    }
    html.push_str("href=\"");
    escape_into(html, href);
    html.extend(["\">", words, "</a>"]);
}

/// Returns a reference as HTML: the title leads to `href`, the owner's name is bold when `own` is
/// its place among the authors, identifiers are links.
pub fn reference(citation: &CitationText, own: Option<usize>, href: &str) -> Html {
    let mut html = String::with_capacity(512);
    let mut runs = citation.runs.iter().peekable();
    while let Some(run) = runs.next() {
        let mut words = styled(run);
        while let Some(next) = runs.next_if(|next| next.part == run.part && run.part != Part::Other) {
            words.push_str(&styled(next));
        }
        match &run.part {
            Part::Author(place) if own == Some(*place) => html.extend(["<b>", &words, "</b>"]),
            Part::Title => link_into(&mut html, "t", href, &words),
            Part::Link(address) => link_into(&mut html, "", address, &words),
            Part::Author(_) | Part::ContainerTitle | Part::Other => html.push_str(&words),
        }
    }
    Html(html)
}

fn styled(run: &Run) -> String {
    let style = run.style;
    let tags = [(style.italic, "i"), (style.bold, "b"), (style.superscript, "sup"), (style.subscript, "sub")];
    let mut html = String::with_capacity(run.text.len() + 8);
    for (_, tag) in tags.iter().filter(|(on, _)| *on) {
        html.extend(["<", tag, ">"]);
    }
    if style.small_caps {
        html.push_str("<span class=\"sc\">");
    }
    escape_into(&mut html, &run.text);
    if style.small_caps {
        html.push_str("</span>");
    }
    for (_, tag) in tags.iter().rev().filter(|(on, _)| *on) {
        html.extend(["</", tag, ">"]);
    }
    html
}

/// How a name is written in a line of authors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameForm {
    /// `Oyelaran-Quist ZA`.
    Short,
    /// `Zainab A. Oyelaran-Quist`.
    Full,
}

/// Returns a line of authors: the owner's name bold when `mark_own`, `*` for equal contribution,
/// `†` for mentees. Of more than `most` authors the first, the owner and the last are named.
pub fn authors(list: &[Contributor], form: NameForm, mark_own: bool, most: usize) -> Html {
    let mut html = String::with_capacity(list.len() * 24);
    let mut cut = false;
    for (place, author) in list.iter().enumerate() {
        let named = list.len() <= most || place + 2 < most || place + 1 == list.len() || author.is_self;
        if !named {
            cut = true;
            continue;
        }
        if place > 0 {
            html.push_str(", ");
        }
        if std::mem::take(&mut cut) {
            html.push_str("… ");
        }
        let mut name = String::new();
        escape_into(&mut name, &written(&author.name, form));
        if author.is_self && mark_own {
            html.extend(["<b>", &name, "</b>"]);
        } else {
            html.push_str(&name);
        }
        if author.equal {
            html.push('*');
        }
        if author.mentee {
            html.push('†');
        }
    }
    Html(html)
}

fn written(name: &PersonName, form: NameForm) -> String {
    match form {
        NameForm::Short => name.pubmed(),
        NameForm::Full => name.full(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cite::RunStyle;

    fn run(text: &str, part: Part, italic: bool) -> Run {
        Run { text: text.to_owned(), style: RunStyle { italic, ..RunStyle::default() }, part }
    }

    #[test]
    fn a_reference_links_its_title_once_and_marks_the_owner() {
        let citation = CitationText {
            runs: vec![
                run("Rao P", Part::Author(0), false),
                run(", ", Part::Other, false),
                run("Quist Z", Part::Author(1), false),
                run(". ", Part::Other, false),
                run("Growth of ", Part::Title, false),
                run("E. coli", Part::Title, true),
                run(" <3 cm. ", Part::Other, false),
                run("10.5555/a", Part::Link("https://doi.org/10.5555/a".to_owned()), false),
            ],
        };
        assert_eq!(
            reference(&citation, Some(1), "p/").0,
            "Rao P, <b>Quist Z</b>. <a class=\"t\" href=\"p/\">Growth of <i>E. coli</i></a> &lt;3 cm. \
             <a href=\"https://doi.org/10.5555/a\">10.5555/a</a>"
        );
    }

    #[test]
    fn straight_marks_become_typographic_ones() {
        assert_eq!(curly("the word 'stable' in \"O'Connor's\" note"), "the word ‘stable’ in “O’Connor’s” note");
    }

    #[test]
    fn a_title_keeps_its_four_marks_and_nothing_else() {
        assert_eq!(title("CO<sub>2</sub> <script>").0, "CO<sub>2</sub> &lt;script&gt;");
    }

    #[test]
    fn the_owner_is_named_in_a_long_line() {
        let mut list: Vec<Contributor> = (0..9)
            .map(|n| Contributor {
                name: PersonName { literal: Some(format!("A{n}")), ..PersonName::default() },
                ..Contributor::default()
            })
            .collect();
        list[6].is_self = true;
        assert_eq!(authors(&list, NameForm::Short, true, 4).0, "A0, A1, … <b>A6</b>, … A8");
    }
}
