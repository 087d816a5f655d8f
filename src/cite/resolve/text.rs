//! `text`: variables, macros, terms and fixed words.

use hayagriva::citationberg::taxonomy::{NumberVariable, StandardVariable, Variable};
use hayagriva::citationberg::{
    FontStyle, FontVariant, FontWeight, Formatting, LongShortForm, NumberForm, Text, TextTarget, VerticalAlign,
};

use super::element::{self, group};
use super::{Element, Resolver, sort_of};
use crate::cite::case;
use crate::cite::initials::is_alphabetic_script;
use crate::cite::mark;
use crate::cite::markup::{self, Inline, Quote, Tag};
use crate::cite::number::Numbers;

impl Resolver<'_> {
    pub(super) fn text(&mut self, text: &Text, out: &mut Vec<Element>) {
        let stripping = self.strip_periods;
        self.strip_periods |= text.strip_periods;
        let look = self.enter(text.formatting);
        let mut content = self.target(text);
        self.look = look;
        self.strip_periods = stripping;
        if content.is_empty() {
            return;
        }
        if text.quotes {
            content.insert(0, element::text(mark::OPEN_QUOTE.to_string()));
            content.push(element::text(mark::CLOSE_QUOTE.to_string()));
        }
        let mut formatting = text.formatting;
        if self.is_upright(&text.target) {
            formatting.font_style = None;
        }
        let (prefix, suffix) = (text.affixes.prefix.as_deref(), text.affixes.suffix.as_deref());
        if content.len() > 1 {
            content = vec![group(content, Formatting::default(), None)];
        }
        out.extend(self.enclose(content, prefix, suffix, formatting, None));
    }

    /// Tells whether a variable's script has no italics (Chinese, Japanese, Korean).
    fn is_upright(&self, target: &TextTarget) -> bool {
        let TextTarget::Variable { var: Variable::Standard(variable), form } = target else { return false };
        self.value(*variable, *form)
            .is_some_and(|value| !value.chars().any(|c| is_alphabetic_script(c) || c.is_ascii_digit() || c == '-'))
    }

    fn target(&mut self, text: &Text) -> Vec<Element> {
        match &text.target {
            TextTarget::Variable { var, form } => self.variable(*var, *form, text),
            TextTarget::Macro { name } => {
                let sheet = self.sheet;
                let Some(elements) = sheet.macros.get(name).filter(|_| !self.within.contains(name)) else {
                    return Vec::new();
                };
                self.within.push(name.clone());
                let children = self.framed(elements);
                self.within.pop();
                children
            }
            TextTarget::Term { term, form, plural } => {
                let word = self.sheet.terms.term(*term, *form, *plural).unwrap_or_default().to_owned();
                if word.is_empty() {
                    return Vec::new();
                }
                self.frame.worded = true;
                let word = if self.strip_periods { word.replace('.', "") } else { word };
                let word = if self.started {
                    word
                } else {
                    case::apply(hayagriva::citationberg::TextCase::CapitalizeFirst, &word)
                };
                vec![self.leaf(&word, text.text_case)]
            }
            TextTarget::Value { val } => {
                self.frame.worded = true;
                vec![self.leaf(val, text.text_case)]
            }
        }
    }

    fn variable(&mut self, variable: Variable, form: LongShortForm, text: &Text) -> Vec<Element> {
        match variable {
            Variable::Number(NumberVariable::CitationNumber) => {
                // The number is the page's business; what follows is not the first word.
                self.started = true;
                return Vec::new();
            }
            Variable::Standard(StandardVariable::YearSuffix) => {
                // A year never needs a letter here, and the words beside one still show.
                self.frame.attempted = true;
                self.frame.filled = true;
                return Vec::new();
            }
            _ => {}
        }
        if !self.call(variable) {
            return Vec::new();
        }
        match variable {
            Variable::Number(_) | Variable::Page(_) => self.number_variable(variable, text),
            Variable::Standard(standard) => self.standard_variable(standard, form, text),
            Variable::Date(_) | Variable::Name(_) => Vec::new(),
        }
    }

    fn number_variable(&mut self, variable: Variable, text: &Text) -> Vec<Element> {
        let Some(value) = self.number_text(variable) else { return Vec::new() };
        let sort = sort_of(variable);
        let written = Numbers::parse(&value, sort).write(
            sort,
            NumberForm::Numeric,
            self.sheet.page_range_format,
            &self.sheet.terms,
        );
        self.frame.filled = true;
        let written = if self.strip_periods { strip(&written) } else { written };
        vec![self.leaf(&written, text.text_case)]
    }

    fn value(&self, variable: StandardVariable, form: LongShortForm) -> Option<&str> {
        let short = match (variable, form) {
            (StandardVariable::ContainerTitle, LongShortForm::Short) => Some(StandardVariable::ContainerTitleShort),
            (StandardVariable::Title, LongShortForm::Short) => Some(StandardVariable::TitleShort),
            _ => None,
        };
        short.and_then(|short| self.item.text(short.into())).or_else(|| self.item.text(variable.into()))
    }

    fn standard_variable(&mut self, variable: StandardVariable, form: LongShortForm, text: &Text) -> Vec<Element> {
        let value = self.value(variable, form);
        let Some(value) = value.map(str::to_owned) else { return Vec::new() };
        self.frame.filled = true;
        self.started = true;
        match variable {
            StandardVariable::DOI | StandardVariable::URL | StandardVariable::PMID | StandardVariable::PMCID => {
                let target = TextTarget::Variable { var: variable.into(), form };
                return vec![Element::Text(element::plain(target))];
            }
            _ => {}
        }
        let cased = match text.text_case {
            Some(case) if self.may_change(case) => case::apply(case, &value),
            _ => value,
        };
        let cased = if self.strip_periods { strip(&cased) } else { cased };
        let part = match variable {
            StandardVariable::Title | StandardVariable::TitleShort => Some(mark::TITLE),
            StandardVariable::ContainerTitle | StandardVariable::ContainerTitleShort => Some(mark::CONTAINER),
            _ => None,
        };
        let mut out = Vec::new();
        self.inlines(markup::parse(&cased), part, &mut out);
        out
    }

    /// Turns pieces of a field into elements; a tag inside like formatting sets it upright again.
    fn inlines(&mut self, pieces: Vec<Inline>, part: Option<char>, out: &mut Vec<Element>) {
        for piece in pieces {
            match piece {
                Inline::Text(text) => out.push(element::text(marked(&text, part))),
                Inline::Quoted(quote, content) => {
                    let open = match quote {
                        Quote::Straight => mark::OPEN_QUOTE,
                        Quote::OtherStraight => mark::OPEN_INNER,
                        Quote::Double => mark::OPEN_DOUBLE,
                        Quote::Single => mark::OPEN_SINGLE,
                    };
                    out.push(element::text(marked(&open.to_string(), part)));
                    self.inlines(content, part, out);
                    out.push(element::text(marked(&mark::CLOSE_QUOTE.to_string(), part)));
                }
                Inline::Styled(tag, content) => {
                    let formatting = flipped(tag, self.look);
                    let look = self.enter(formatting);
                    let mut inner = Vec::new();
                    self.inlines(content, part, &mut inner);
                    self.look = look;
                    if formatting.is_empty() {
                        out.append(&mut inner);
                    } else {
                        out.push(group(inner, formatting, None));
                    }
                }
            }
        }
    }
}

fn marked(text: &str, part: Option<char>) -> String {
    match part {
        Some(part) => format!("{part}{text}{}", mark::PART_END),
        None => format!("{}{text}{}", mark::GUARD, mark::GUARD),
    }
}

/// Drops full stops that no small letter follows (`e.g.` keeps its first).
fn strip(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c != '.' || chars.peek().is_some_and(char::is_ascii_lowercase) {
            out.push(c);
        }
    }
    out
}

fn flipped(tag: Tag, look: Formatting) -> Formatting {
    let mut formatting = Formatting::default();
    match tag {
        Tag::Italic => {
            let upright = look.font_style == Some(FontStyle::Italic);
            formatting.font_style = Some(if upright { FontStyle::Normal } else { FontStyle::Italic });
        }
        Tag::Bold => {
            let normal = look.font_weight == Some(FontWeight::Bold);
            formatting.font_weight = Some(if normal { FontWeight::Normal } else { FontWeight::Bold });
        }
        Tag::SmallCaps => {
            let normal = look.font_variant == Some(FontVariant::SmallCaps);
            formatting.font_variant = Some(if normal { FontVariant::Normal } else { FontVariant::SmallCaps });
        }
        Tag::Superscript => formatting.vertical_align = Some(VerticalAlign::Sup),
        Tag::Subscript => formatting.vertical_align = Some(VerticalAlign::Sub),
        Tag::NoCase => {}
    }
    formatting
}
