//! Inline mark-up and quotation marks of a text field.
//!
//! Takes text with `<i> <b> <sup> <sub> <sc>` tags and straight or curly quotes; gives pieces.
//! Tags that are not closed and quotes that have no partner stay as the characters they are.

use super::case::tag_length;

/// A piece of a text field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Inline {
    Text(String),
    /// Content between an opening and its closing tag.
    Styled(Tag, Vec<Inline>),
    /// Content between quotation marks, without them.
    Quoted(Quote, Vec<Inline>),
}

/// How quotation marks were written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quote {
    /// `"…"` or `'…'`: whichever comes first in a text is the outer mark.
    Straight,
    /// The other straight mark.
    OtherStraight,
    /// `“…”`
    Double,
    /// `‘…’`
    Single,
}

/// What a tag does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tag {
    Italic,
    Bold,
    Superscript,
    Subscript,
    SmallCaps,
    /// Only keeps its content from changes of case.
    NoCase,
}

/// Tags and quotation marks that may stand within each other; what opens deeper stays as written.
const DEEPEST: usize = 32;

/// Splits a text into pieces; `quotes` are the outer and inner marks of the locale.
pub(super) fn parse(text: &str) -> Vec<Inline> {
    if !text.contains(['<', '"', '\'', '“', '”', '‘', '’']) {
        return vec![Inline::Text(spaced(text))];
    }
    let single = text.find(" '").or_else(|| text.starts_with('\'').then_some(0));
    let single_first = single.is_some_and(|at| text.find('"').is_none_or(|double| at < double));
    let outer = if single_first { "'" } else { "\"" };
    let mut frames = vec![Frame { opener: Opener::Root, source: String::new(), content: Vec::new() }];
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let length = tag_length(rest);
        if length > 0 {
            tag(&mut frames, &rest[..length]);
            at += length;
            continue;
        }
        let c = rest.chars().next().unwrap_or(' ');
        at += c.len_utf8();
        let before = text[..at - c.len_utf8()].chars().next_back();
        let after = text[at..].chars().next();
        quote_or_text(&mut frames, c, before, after, outer);
    }
    abandon(&mut frames, 1);
    let mut pieces = frames.pop().map(|root| root.content).unwrap_or_default();
    space_out(&mut pieces);
    pieces
}

fn space_out(pieces: &mut [Inline]) {
    for piece in pieces {
        match piece {
            Inline::Text(text) => *text = spaced(text),
            Inline::Styled(_, content) | Inline::Quoted(_, content) => space_out(content),
        }
    }
}

struct Frame {
    opener: Opener,
    /// The characters of the opener, for when it turns out to have no partner.
    source: String,
    content: Vec<Inline>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Opener {
    Root,
    Tag(Tag),
    Quote(char),
}

fn tag(frames: &mut Vec<Frame>, source: &str) {
    let kind = match source.trim_start_matches("</").trim_start_matches('<') {
        "i>" => Tag::Italic,
        "b>" => Tag::Bold,
        "sup>" => Tag::Superscript,
        "sub>" => Tag::Subscript,
        "sc>" => Tag::SmallCaps,
        span if span.contains("small-caps") => Tag::SmallCaps,
        _ => Tag::NoCase,
    };
    if !source.starts_with("</") {
        if frames.len() > DEEPEST {
            return push_text(frames, source);
        }
        frames.push(Frame { opener: Opener::Tag(kind), source: source.to_owned(), content: Vec::new() });
        return;
    }
    let partner = frames.iter().rposition(|frame| match frame.opener {
        Opener::Tag(open) if source == "</span>" => matches!(open, Tag::NoCase | Tag::SmallCaps),
        Opener::Tag(open) => open == kind,
        _ => false,
    });
    let Some(partner) = partner else {
        push_text(frames, source);
        return;
    };
    abandon(frames, partner + 1);
    if let Some(Frame { opener: Opener::Tag(kind), content, .. }) = frames.pop() {
        push(frames, Inline::Styled(kind, content));
    }
}

fn quote_or_text(frames: &mut Vec<Frame>, c: char, before: Option<char>, after: Option<char>, outer: &str) {
    let opens = before.is_none_or(|b| b.is_whitespace() || matches!(b, '(' | '[' | '“' | '‘' | '"' | '>' | '—'));
    let closer = match c {
        '"' if opens => Some('"'),
        '“' => Some('”'),
        '‘' => Some('’'),
        '\'' if opens && after.is_some_and(char::is_alphanumeric) => Some('\''),
        _ => None,
    };
    if let Some(closer) = closer.filter(|_| frames.len() <= DEEPEST) {
        frames.push(Frame { opener: Opener::Quote(closer), source: c.to_string(), content: Vec::new() });
        return;
    }
    if matches!(c, '"' | '”' | '’' | '\'') {
        let apostrophe = matches!(c, '’' | '\'') && after.is_some_and(char::is_alphanumeric);
        let partner = frames.iter().rposition(|frame| frame.opener == Opener::Quote(c));
        let tag_between = |at: usize| frames[at + 1..].iter().any(|frame| matches!(frame.opener, Opener::Tag(_)));
        if let Some(partner) = partner.filter(|at| !apostrophe && !tag_between(*at)) {
            abandon(frames, partner + 1);
            if let Some(frame) = frames.pop() {
                let quote = match (c, frame.source.as_str()) {
                    ('”', _) => Quote::Double,
                    ('’', _) => Quote::Single,
                    (_, source) if source == outer => Quote::Straight,
                    _ => Quote::OtherStraight,
                };
                push(frames, Inline::Quoted(quote, frame.content));
            }
            return;
        }
    }
    let mut buffer = [0; 4];
    push_text(frames, if c == '\'' { "’" } else { c.encode_utf8(&mut buffer) });
}

/// Turns openers without a partner, all but the first `left` frames, back into the characters they were written with.
fn abandon(frames: &mut Vec<Frame>, left: usize) {
    for frame in frames.split_off(left) {
        push_text(frames, if frame.source == "'" { "’" } else { &frame.source });
        for piece in frame.content {
            match piece {
                Inline::Text(text) => push_text(frames, &text),
                other => push(frames, other),
            }
        }
    }
}

fn push(frames: &mut [Frame], piece: Inline) {
    if let Some(frame) = frames.last_mut() {
        frame.content.push(piece);
    }
}

fn push_text(frames: &mut [Frame], text: &str) {
    let Some(frame) = frames.last_mut() else { return };
    if let Some(Inline::Text(last)) = frame.content.last_mut() {
        last.push_str(text);
    } else {
        frame.content.push(Inline::Text(text.to_owned()));
    }
}

/// Keeps high punctuation from standing at the start of a line, as French typography asks.
fn spaced(text: &str) -> String {
    if !text.contains(" :") && !text.contains(" ;") && !text.contains(" ?") && !text.contains(" !") {
        return text.to_owned();
    }
    text.replace(" :", "\u{202F}:").replace(" ;", "\u{202F};").replace(" ?", "\u{202F}?").replace(" !", "\u{202F}!")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Inline {
        Inline::Text(text.into())
    }

    #[test]
    fn tags_and_quotes_become_pieces() {
        assert_eq!(
            parse("The \"wait <i>and</i> see\" rule"),
            vec![
                text("The "),
                Inline::Quoted(
                    Quote::Straight,
                    vec![text("wait "), Inline::Styled(Tag::Italic, vec![text("and")]), text(" see")]
                ),
                text(" rule"),
            ]
        );
    }

    #[test]
    fn an_apostrophe_is_no_quotation_mark() {
        assert_eq!(parse("Parkinson's and residents' views"), vec![text("Parkinson’s and residents’ views")]);
        assert_eq!(parse("d’Aubigny’s sign"), vec![text("d’Aubigny’s sign")]);
    }

    #[test]
    fn what_is_nested_beyond_reason_stays_as_written() {
        let nested = format!("{}x{}", "<b>".repeat(50_000), "</b>".repeat(50_000));
        let quoted = format!("{}x{}", "“".repeat(50_000), "”".repeat(50_000));
        for text in [nested, quoted, "<b>".repeat(50_000) + &"</i>".repeat(50_000)] {
            assert!(parse(&text).len() < 200);
        }
        assert_eq!(parse("<b>a <i>b</b>"), vec![Inline::Styled(Tag::Bold, vec![text("a <i>b")])]);
    }

    #[test]
    fn what_has_no_partner_stays_as_written() {
        assert_eq!(parse("a < b and <i>c"), vec![text("a < b and <i>c")]);
        assert_eq!(parse("5\" catheter"), vec![text("5\" catheter")]);
    }
}
