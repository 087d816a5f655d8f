//! The commonest slips of YAML, in a physician's words.
//!
//! Takes what the parser says and the lines about the place; gives a diagnostic and the line to
//! pass over, so that the rest of the record can be read. Knows no field but by its form.

mod line;
mod plain;

pub(super) use line::is_smart_quote;
pub(super) use plain::{ampersand, exclamation, plain};

use granit_parser::ErrorKind;

use super::build::Fault;
use crate::diagnostic::{Diagnostic, Span, code};
use line::{Line, before, is_word, quoted, text_of};

/// A slip and the line (from 0) to pass over; `None` when nothing would be left.
type Slip = (Diagnostic, Option<usize>);

/// The text at fault.
struct Context<'a> {
    file: &'a str,
    text: &'a str,
    lines_before: usize,
    fault: &'a Fault,
    line: Line<'a>,
    /// The byte of the line where the parser stopped.
    at: usize,
}

/// Says what is wrong where the parser stopped, and which line (from 0) to pass over.
pub(super) fn explain(file: &str, text: &str, lines_before: usize, fault: &Fault) -> Slip {
    let number = fault.at.line().saturating_sub(1).min(text.lines().count().saturating_sub(1));
    let Some(line) = Line::of(text, number) else {
        return (Diagnostic::new(&code::YAML_SYNTAX, file, "this file cannot be read"), None);
    };
    let at = line.byte_of(fault.at.col());
    let context = Context { file, text, lines_before, fault, line, at };
    context.tab().unwrap_or_else(|| context.by_kind())
}

impl Context<'_> {
    fn by_kind(&self) -> Slip {
        use ErrorKind as Kind;
        match self.fault.kind {
            Kind::UnknownAnchor | Kind::MissingAnchorOrAliasName => self.sign(),
            Kind::UnexpectedCharacter { character } if character.is_control() => self.control_character(),
            Kind::UnexpectedCharacter { .. }
            | Kind::InvalidBlockScalarHeader
            | Kind::MappingKeyNotAllowed
            | Kind::BlockSequenceEntryNotAllowed
                if self.at == self.line.value =>
            {
                self.sign()
            }
            Kind::UnclosedQuotedScalar | Kind::DocumentIndicatorInQuotedScalar => self.unclosed_quote(),
            Kind::InvalidTrailingDoubleQuotedScalar | Kind::InvalidTrailingSingleQuotedScalar => self.after_quote(),
            Kind::UnknownQuotedScalarEscape | Kind::InvalidQuotedScalarHexEscape | Kind::InvalidUnicodeEscape => {
                self.backslash()
            }
            Kind::CommentInterceptedScalar => self.comment_in_text(),
            Kind::RecursionLimitExceeded => self.slip(
                &code::YAML_LIMIT,
                self.point(),
                "lists or maps are nested too deeply here",
                "reading stopped here",
                "a record needs no more than three levels",
            ),
            _ if self.flow_start().is_some() => self.in_brackets(),
            Kind::ExpectedBlockMappingKey if self.line.value().starts_with(['[', '{']) => self.sign(),
            Kind::MappingValueNotAllowed => self.colon(),
            Kind::SimpleKeyExpected => self.no_field(),
            Kind::ExpectedBlockSequenceEntry | Kind::ExpectedBlockMappingKey | Kind::InvalidIndentation => {
                self.indentation()
            }
            _ => self.unknown(),
        }
    }

    fn slip(
        &self,
        code: &'static crate::diagnostic::Code,
        span: Span,
        message: impl Into<String>,
        label: &str,
        help: &str,
    ) -> Slip {
        let found = Diagnostic::new(code, self.file, message).at(span).label(label).help(help);
        (found, Some(self.line.number))
    }

    fn point(&self) -> Span {
        self.line.span(self.lines_before, self.at, (self.at + 1).max(self.line.byte_of(self.fault.at.col() + 1)))
    }

    fn unknown(&self) -> Slip {
        self.slip(
            &code::YAML_SYNTAX,
            self.point(),
            "this line cannot be read",
            "reading stopped here",
            "look at the quotes, colons and indentation of this line and of the one before",
        )
    }

    /// A tab at the head of this line, or of the next, which the parser takes for a part of this one.
    fn tab(&self) -> Option<Slip> {
        let candidates = [Some(self.line.number), Some(self.line.number + 1)];
        let line = candidates
            .into_iter()
            .flatten()
            .filter_map(|number| Line::of(self.text, number))
            .find(|line| line.text[..line.indent].contains('\t'))?;
        if line.number > self.line.number && self.fault.kind != ErrorKind::TabInPlainScalar {
            return None;
        }
        let above = before(self.text, line.number);
        let indent = above.map_or(0, |above| above.text[..above.content].chars().count());
        let found = Diagnostic::new(&code::TAB_INDENT, self.file, "this line is indented with a tab")
            .at(line.span(self.lines_before, 0, line.indent))
            .label("write spaces here")
            .help("indent with spaces: two for a field of a record")
            .fix(" ".repeat(indent));
        Some((found, Some(line.number)))
    }

    /// A text that begins with a sign which YAML keeps for itself.
    fn sign(&self) -> Slip {
        let rest = &self.line.text[self.at..];
        let bracket = self.line.value().starts_with(['[', '{']) && self.flow_start().is_none();
        let start = if bracket { self.line.value } else { self.at };
        let in_value = start == self.line.value;
        let sign = self.line.text[start..].chars().next().unwrap_or('*');
        let what = text_of(self.line.key);
        let names = sign == '*' && (self.line.key.is_none() || matches!(self.line.key, Some("authors" | "editors")));
        let message = if names {
            "a name cannot begin with `*`".to_owned()
        } else {
            format!("{what} cannot begin with `{sign}` unless it is in quotes")
        };
        let help = if names {
            "write the names without `*`: the site marks your own name by itself"
        } else {
            "put the whole text in double quotes"
        };
        let label = if names { "remove the `*`" } else { "put all this in double quotes" };
        let whole = in_value && self.flow_start().is_none() && !rest.contains(" #");
        let span = if whole { self.line.value_span(self.lines_before) } else { self.point() };
        let (mut found, line) = self.slip(&code::SIGN_AT_START, span, message, label, help);
        if whole {
            let value = self.line.value();
            found = found.fix(if names { value.replace('*', "") } else { quoted(value) });
        }
        (found, line)
    }

    fn control_character(&self) -> Slip {
        self.slip(
            &code::YAML_SYNTAX,
            self.point(),
            "an invisible control character stands in this line",
            "delete it",
            "it was most likely pasted from a PDF or another program: delete the line and type it anew",
        )
    }

    fn unclosed_quote(&self) -> Slip {
        let span = self.line.span(self.lines_before, self.at, self.line.text.len());
        self.slip(
            &code::UNCLOSED_QUOTE,
            span,
            "the quote that begins here is never closed",
            "the closing quote is missing",
            "close the text with the same quote; an apostrophe needs no quotes around its text, or double ones",
        )
    }

    fn after_quote(&self) -> Slip {
        let value = self.line.value();
        let starts = value.starts_with(['"', '\'']);
        let span = if starts { self.line.value_span(self.lines_before) } else { self.point() };
        let (mut found, line) = self.slip(
            &code::UNCLOSED_QUOTE,
            span,
            "words follow after the closing quote",
            "put all this in one pair of double quotes",
            "write `\\\"` for a double quote that belongs to the text",
        );
        if starts && self.flow_start().is_none() && !value.contains(" #") && !value.contains('\\') {
            found = found.fix(quoted(unwrapped(value)));
        }
        (found, line)
    }

    fn backslash(&self) -> Slip {
        let from = &self.line.text[self.at..];
        let at = from.find('\\').map_or(self.at, |offset| self.at + offset);
        let span = self.line.span(self.lines_before, at, at + 2);
        self.slip(
            &code::YAML_SYNTAX,
            span,
            "a backslash in double quotes has a meaning of its own",
            "write two backslashes",
            "write `\\\\` for one backslash, or put the text in single quotes",
        )
    }

    fn comment_in_text(&self) -> Slip {
        let at = self.line.text.find(" #").map_or(self.at, |at| at + 1);
        let span = self.line.span(self.lines_before, at, self.line.text.len());
        self.slip(
            &code::HASH_IN_TEXT,
            span,
            format!("`#` cuts off {}", text_of(self.line.key)),
            "all this is lost",
            "put the whole text in double quotes; if this is a comment, put it on a line of its own",
        )
    }

    /// Where the innermost bracket or brace stands that is open here: its byte in the text.
    fn flow_start(&self) -> Option<usize> {
        if matches!(
            self.fault.kind,
            ErrorKind::UnclosedFlowCollection { .. } | ErrorKind::MismatchedFlowCollectionEnd { .. }
        ) {
            return self.fault.at.byte_offset();
        }
        let at = self.fault.open.last()?.start.byte_offset()?;
        self.text.get(at..)?.starts_with(['[', '{']).then_some(at)
    }

    /// A slip between brackets or braces.
    fn in_brackets(&self) -> Slip {
        let start = self.flow_start().unwrap_or_default();
        let number = self.text[..start].matches('\n').count();
        let opener = if self.text[start..].starts_with('{') { '{' } else { '[' };
        let closer = if opener == '{' { '}' } else { ']' };
        let colon = self.line.text[self.at..].starts_with(": ") || self.line.text[self.at..] == *":";
        if number == self.line.number && colon && !matches!(self.fault.kind, ErrorKind::UnclosedFlowCollection { .. }) {
            return self.colon_in_brackets(start);
        }
        let Some(line) = Line::of(self.text, number) else { return self.unknown() };
        let column = self.text[..start].rfind('\n').map_or(start, |end| start - end - 1);
        let found = Diagnostic::new(&code::YAML_SYNTAX, self.file, format!("the `{opener}` that opens here is not closed as it should be"))
            .at(line.span(self.lines_before, column, column + 1))
            .label(format!("look for its `{closer}`"))
            .help(format!("close it with `{closer}`, with commas between the values; a text that begins with `{opener}` goes into double quotes"));
        (found, Some(number))
    }

    /// A colon in a text that stands between braces, as in `{kind: course, title: Flow voids: an essay}`.
    fn colon_in_brackets(&self, opener: usize) -> Slip {
        let line = &self.line;
        let opener = opener - self.text[..opener].rfind('\n').map_or(0, |end| end + 1);
        let from = line.text[..self.at].rfind([',', '{', '[']).filter(|at| *at >= opener).map_or(self.at, |at| at + 1);
        let before = &line.text[from..self.at];
        let start = before.find(": ").map_or(from, |colon| from + colon + 2);
        let start = start + line.text[start..].len() - line.text[start..].trim_start().len();
        let end = self.at + end_of_value(&line.text[self.at..]);
        let text = line.text[start..end].trim_end();
        let key = before.split_once(':').map(|(key, _)| key.trim()).filter(|key| is_word(key));
        let what = text_of(key);
        let (mut found, number) = self.slip(
            &code::COLON_IN_TEXT,
            line.span(self.lines_before, start, start + text.len()),
            match key {
                Some("title") => "a colon stands in a title without quotes".to_owned(),
                Some(key) => format!("a colon stands in the text of `{key}`, which has no quotes"),
                None => "a colon stands in a text without quotes".to_owned(),
            },
            &format!("put {what} in double quotes"),
            "a colon with a space after it ends a field's name, unless the text is in double quotes",
        );
        if key.is_some() && !text.contains(['"', '{', '[', '#']) {
            found = found.fix(quoted(text));
        }
        (found, number)
    }

    /// A colon where no field can begin: in a text, or because the line is indented too far.
    fn colon(&self) -> Slip {
        let line = &self.line;
        let in_value = line.key.is_some() && self.at > line.content + line.key.map_or(0, str::len);
        let value = line.value();
        if in_value && value.starts_with(['[', '{']) {
            return self.sign();
        }
        if value.starts_with(is_smart_quote) && in_value {
            return self.smart_quotes();
        }
        if !in_value && let Some(slip) = self.colon_missing_above().or_else(|| self.too_far_in()) {
            return slip;
        }
        let what = text_of(line.key.filter(|_| in_value));
        let (span, label) = if in_value {
            (line.value_span(self.lines_before), format!("put {what} in double quotes"))
        } else {
            (self.point(), "put the whole text in double quotes".to_owned())
        };
        let message = match line.key {
            Some("title") if in_value => "a colon stands in a title without quotes".to_owned(),
            Some(key) if in_value => format!("a colon stands in the text of `{key}`, which has no quotes"),
            _ => "a colon stands in a text without quotes".to_owned(),
        };
        let help = "a colon with a space after it ends a field's name, unless the text is in double quotes";
        let (mut found, number) = self.slip(&code::COLON_IN_TEXT, span, message, &label, help);
        if in_value && !value.contains(" #") && !self.goes_on() {
            found = found.fix(quoted(value));
        }
        (found, number)
    }

    /// Tells whether the text of this line goes on in the next.
    fn goes_on(&self) -> bool {
        let own = self.line.content;
        Line::of(self.text, self.line.number + 1).is_some_and(|next| !next.text.is_empty() && next.indent > own)
    }

    fn smart_quotes(&self) -> Slip {
        let value = self.line.value();
        let (mut found, line) = self.slip(
            &code::SMART_QUOTES,
            self.line.value_span(self.lines_before),
            "curly quotes do not protect a colon",
            "write straight quotes: \"…\"",
            "write straight double quotes in place of the curly ones",
        );
        let inner = value.trim_matches(is_smart_quote);
        if value.ends_with(is_smart_quote) && !inner.contains(is_double_smart) {
            found = found.fix(quoted(inner));
        } else {
            found = found.fix(quoted(value));
        }
        (found, line)
    }

    /// The line above is `title A study`, without its colon.
    fn colon_missing_above(&self) -> Option<Slip> {
        let above = before(self.text, self.line.number)?;
        let word = above.content().split(' ').next().filter(|word| is_word(word))?;
        let is_field = above.key.is_none() && above.content < above.text.len() && !above.content().contains(':');
        let aligned = above.text[..above.content].chars().count() == self.line.indent;
        (is_field && aligned).then(|| {
            let end = above.content + word.len();
            let found = Diagnostic::new(
                &code::MISSING_SPACE,
                self.file,
                format!("a colon and a space are missing after `{word}`"),
            )
            .at(above.span(self.lines_before, above.content, end))
            .label(format!("write `{word}: `"))
            .help("a field is written `name: value`");
            (found, Some(above.number))
        })
    }

    fn too_far_in(&self) -> Option<Slip> {
        let above = before(self.text, self.line.number)?;
        let column = above.text[..above.content].chars().count();
        (self.line.key.is_some() && above.key.is_some() && self.line.indent > column).then(|| {
            self.slip(
                &code::INDENTATION,
                self.line.span(self.lines_before, column, self.line.indent),
                "this line is indented further than the field above it",
                "remove these spaces",
                "put the fields of a record exactly below each other; a text that goes on from the line above and has a colon goes into double quotes",
            )
        })
    }

    /// A line between fields that is no field.
    fn no_field(&self) -> Slip {
        let line = &self.line;
        let content = line.content();
        if let Some((word, rest)) = content.split_once(':')
            && is_word(word)
            && !rest.is_empty()
        {
            let colon = line.content + word.len();
            let span = line.span(self.lines_before, colon, colon + 1);
            let help = "write a colon and a space between a field's name and its value";
            let message = format!("a space is missing after `{word}:`");
            let (found, number) = self.slip(&code::MISSING_SPACE, span, message, "write `: `", help);
            return (found.fix(": "), number);
        }
        self.slip(
            &code::YAML_SYNTAX,
            line.span(self.lines_before, line.content, line.text.len()),
            "this line is no field: it has no colon",
            "write `name: value`",
            "write a colon and a space after a field's name; a text that goes on from the line above is indented further than its field",
        )
    }

    fn indentation(&self) -> Slip {
        let line = &self.line;
        let above = before(self.text, line.number);
        let above_column = above.as_ref().map_or(0, |above| above.text[..above.content].chars().count());
        let is_item = line.text[line.indent..].starts_with("- ");
        if is_item && above.as_ref().is_some_and(|above| above.key.is_some() && above.value < above.text.len()) {
            return self.slip(
                &code::INDENTATION,
                line.span(self.lines_before, line.indent, line.text.len()),
                "this begins a list where the field above has a value already",
                "where does it belong?",
                "put list items below a field that has nothing after its colon; `- ` that begins a record stands at the start of the line",
            );
        }
        let (message, label) = if line.indent == 0 {
            ("this line is not indented, so it belongs to no record".to_owned(), "indent it by two spaces".to_owned())
        } else {
            let way = if line.indent < above_column { "less far" } else { "further" };
            let label = format!("the line above begins in column {}", above_column + 1);
            (format!("this line is indented {way} than the fields above it"), label)
        };
        self.slip(
            &code::INDENTATION,
            line.span(self.lines_before, line.indent, line.text.len()),
            message,
            &label,
            "put the fields of a record exactly below each other",
        )
    }
}

/// Returns where a value between braces ends: before its closing sign, or before `, name: `.
fn end_of_value(rest: &str) -> usize {
    let closed = rest.find(['}', ']']).unwrap_or(rest.len());
    let inside = &rest[..closed];
    let mut commas = inside.match_indices(',').map(|(at, _)| at);
    let next = commas.find(|at| inside[at + 1..].split_once(':').is_some_and(|(key, _)| is_word(key.trim())));
    next.unwrap_or(closed)
}

fn is_double_smart(quote: char) -> bool {
    matches!(quote, '“' | '”' | '„' | '«' | '»')
}

/// Takes off the outer quotes of a text whose inner quotes broke it, if they wrap it whole.
fn unwrapped(value: &str) -> &str {
    let Some(quote) = value.chars().next() else { return value };
    let inner = value.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
    match inner {
        // `"Missed" or "late" findings "seen"`: the second quote closes a word, so the first belongs to the text.
        Some(inner) => match inner.find(quote) {
            Some(at) if inner[at + 1..].starts_with(|c: char| !c.is_alphanumeric()) && !inner[..at].ends_with(' ') => {
                value
            }
            _ => inner,
        },
        None => value,
    }
}
