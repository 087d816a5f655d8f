//! The commonest slips of YAML, in a physician's words.
//!
//! Takes what the parser says and the lines about the place; gives a diagnostic and the line to
//! pass over, so that the rest of the record can be read. Knows no field but by its form.

mod bracket;
mod indent;
mod line;
mod plain;
mod quote;

pub(super) use line::is_smart_quote;
pub(super) use plain::{all_a_comment, ampersand, exclamation, plain};

use granit_parser::ErrorKind;

use super::build::Fault;
use crate::diagnostic::{Diagnostic, Span, code};
use line::{Line, quoted, text_of};

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
    context
        .tab()
        .or_else(|| context.strange_blanks())
        .or_else(|| context.list_below_text())
        .unwrap_or_else(|| context.by_kind())
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
            Kind::ExpectedBlockMappingKey if self.line.value().starts_with(['[', '{']) => {
                self.too_far_in().unwrap_or_else(|| self.sign())
            }
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
            "YAML keeps this sign for itself at the start of a text"
        };
        let label = if names { "remove the `*`" } else { "put all this in double quotes" };
        let whole = in_value && self.flow_start().is_none() && !rest.contains(" #");
        let span = if whole { self.line.value_span(self.lines_before) } else { self.point() };
        let (mut found, line) = self.slip(&code::SIGN_AT_START, span, message, label, help);
        if whole {
            let value = self.line.value();
            found = found.fix(if names { value.replace('*', "") } else { quoted(value) });
        } else if names && rest.starts_with('*') {
            found = found.fix("");
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

    /// A colon where no field can begin: in a text, or because the line is indented too far.
    fn colon(&self) -> Slip {
        let line = &self.line;
        let in_value = line.key.is_some() && self.at > line.content + line.key.map_or(0, str::len);
        let value = line.value();
        if in_value && value.starts_with(['[', '{']) {
            return self.too_far_in().unwrap_or_else(|| self.sign());
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
}
