//! Titles: plain words with `<i> <b> <sup> <sub>` and nothing else.

/// A piece of a title.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Words, to be escaped by the writer; a `<` in them is no mark-up.
    Text(&'a str),
    /// The start of `i`, `b`, `sup` or `sub`.
    Open(&'static str),
    /// The end of the innermost open mark-up.
    Close(&'static str),
}

const TAGS: [&str; 4] = ["sup", "sub", "i", "b"];

/// Cuts a title into pieces that always balance: a mark without its partner is words.
pub fn pieces(title: &str) -> Vec<Piece<'_>> {
    let marks = marks(title);
    let mut pieces = Vec::new();
    let mut done = 0;
    for (start, end, piece) in marks {
        if start > done {
            pieces.push(Piece::Text(&title[done..start]));
        }
        pieces.push(piece);
        done = end;
    }
    if done < title.len() {
        pieces.push(Piece::Text(&title[done..]));
    }
    pieces
}

/// Marks that may stand within each other; what opens deeper stays as written.
const DEEPEST: usize = 32;

fn marks(title: &str) -> Vec<(usize, usize, Piece<'static>)> {
    let mut open: Vec<(usize, usize, &'static str)> = Vec::new();
    let mut marks = Vec::new();
    for (start, _) in title.match_indices('<') {
        let rest = &title[start + 1..];
        let closing = rest.starts_with('/');
        let name = &rest[usize::from(closing)..];
        let Some(tag) = TAGS.into_iter().find(|tag| name.strip_prefix(tag).is_some_and(|after| after.starts_with('>')))
        else {
            continue;
        };
        let end = start + 1 + usize::from(closing) + tag.len() + 1;
        if !closing {
            if open.len() < DEEPEST {
                open.push((start, end, tag));
            }
        } else if let Some(at) = open.iter().rposition(|(.., name)| *name == tag) {
            open.truncate(at + 1);
            if let Some((open_start, open_end, _)) = open.pop() {
                marks.push((open_start, open_end, Piece::Open(tag)));
                marks.push((start, end, Piece::Close(tag)));
            }
        }
    }
    marks.sort_by_key(|(start, ..)| *start);
    marks
}

/// Returns a title as plain words.
pub fn plain(title: &str) -> String {
    let words = pieces(title).into_iter().filter_map(|piece| match piece {
        Piece::Text(text) => Some(text),
        Piece::Open(_) | Piece::Close(_) => None,
    });
    words.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_go_and_less_than_signs_stay() {
        assert_eq!(plain("CO<sub>2</sub> in <i>E. <b>coli</b></i>"), "CO2 in E. coli");
        assert_eq!(plain("Size <3 cm (P<.05) </i> <sup>x"), "Size <3 cm (P<.05) </i> <sup>x");
        assert_eq!(plain("<script>a</script>"), "<script>a</script>");
    }

    #[test]
    fn crossed_marks_come_out_balanced() {
        let mut depth = Vec::new();
        for piece in pieces("<i>a<b>b</i>c</b>") {
            match piece {
                Piece::Open(tag) => depth.push(tag),
                Piece::Close(tag) => assert_eq!(depth.pop(), Some(tag)),
                Piece::Text(_) => {}
            }
        }
        assert!(depth.is_empty());
    }
}
