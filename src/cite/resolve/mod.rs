//! A style's layout, resolved for one item: what is left is layout, words and formatting.
//!
//! Takes a [`Sheet`] and an [`Item`]; gives elements without conditions, macros or labels for
//! the engine to lay out. Choices are taken, empty groups dropped, names arranged, numbers,
//! dates and titles written as CSL 1.0.2 asks, because the engine's own rules for these differ
//! from it (see the module documentation of `cite`), and because a layout of a dozen elements
//! is laid out many times faster than the hundreds of conditions of APA or Chicago.

mod condition;
mod dates;
mod element;
mod names;
mod namesakes;
mod text;

use hayagriva::citationberg::taxonomy::Variable;
use hayagriva::citationberg::{
    Formatting, Group, Label, LabelPluralize, LayoutRenderingElement, Names, Number, TextCase,
};

use self::element::{formatting, group};
use self::namesakes::Namesakes;
use super::Shown;
use super::case;
use super::item::Item;
use super::mark;
use super::number::{Numbers, Sort};
use super::sheet::Sheet;

type Element = LayoutRenderingElement;

/// Returns the layout of one item.
pub(super) fn resolve(sheet: &Sheet, item: &Item, shown: &Shown) -> Vec<Element> {
    let mut resolver = Resolver {
        sheet,
        item,
        shown,
        frame: Frame::default(),
        done: Vec::new(),
        namesakes: Namesakes::default(),
        substituting: false,
        heirs: None,
        within: Vec::new(),
        started: false,
        strip_periods: false,
        look: Formatting::default(),
        turn: false,
    };
    resolver.look = formatting(&sheet.layout);
    let mut out = Vec::new();
    resolver.elements(&sheet.layout.elements, &mut out);
    let delimiter = sheet.layout.delimiter.as_deref();
    resolver.enclose(
        out,
        sheet.layout.prefix.as_deref(),
        sheet.layout.suffix.as_deref(),
        formatting(&sheet.layout),
        delimiter.filter(|_| false),
    )
}

/// What a group has called so far (CSL 1.0.2, "group").
#[derive(Debug, Clone, Copy, Default)]
struct Frame {
    /// A variable was called.
    attempted: bool,
    /// A variable had a value.
    filled: bool,
    /// A term or a fixed text was printed.
    worded: bool,
}

struct Resolver<'a> {
    sheet: &'a Sheet,
    item: &'a Item,
    shown: &'a Shown,
    frame: Frame,
    /// Variables that stood in for missing names and are not printed again.
    done: Vec<Variable>,
    /// The people seen so far whom initials may not tell apart.
    namesakes: Namesakes,
    substituting: bool,
    /// The names that others stand in for: these lend them their form.
    heirs: Option<Names>,
    /// The macros at hand, so that one that calls itself ends.
    within: Vec<String>,
    /// Whether anything was printed: the first word of a reference is capitalised.
    started: bool,
    strip_periods: bool,
    /// The formatting that surrounds the element at hand.
    look: Formatting,
    turn: bool,
}

impl Resolver<'_> {
    fn elements(&mut self, elements: &[Element], out: &mut Vec<Element>) {
        for element in elements {
            match element {
                Element::Text(text) => self.text(text, out),
                Element::Date(date) => self.date(date, out),
                Element::Number(number) => self.number(number, out),
                Element::Names(names) => self.names(names, out),
                Element::Label(label) => self.label(label, out),
                Element::Group(group) => self.group(group, out),
                Element::Choose(choose) => {
                    if let Some(children) = self.chosen(choose) {
                        self.elements(children, out);
                    }
                }
            }
        }
    }

    fn group(&mut self, of: &Group, out: &mut Vec<Element>) {
        let look = self.enter(formatting(of));
        let children = self.framed(&of.children);
        self.look = look;
        let (prefix, suffix) = (of.prefix.as_deref(), of.suffix.as_deref());
        out.extend(self.enclose(children, prefix, suffix, formatting(of), of.delimiter.as_deref()));
    }

    /// Resolves what stands and falls together: a group, or a macro, which CSL 1.0.2 treats as one.
    fn framed(&mut self, elements: &[Element]) -> Vec<Element> {
        let outer = std::mem::take(&mut self.frame);
        let started = self.started;
        let mut children = Vec::new();
        self.elements(elements, &mut children);
        let inner = std::mem::replace(&mut self.frame, outer);
        if inner.filled || (inner.worded && !inner.attempted) {
            self.frame.filled = true;
            children
        } else {
            self.started = started;
            self.frame.attempted = inner.attempted;
            Vec::new()
        }
    }

    /// Notes that a variable is called; gives whether it may be printed.
    fn call(&mut self, variable: Variable) -> bool {
        self.frame.attempted = true;
        let fresh = !self.done.contains(&variable);
        if self.substituting {
            self.done.push(variable);
        }
        fresh
    }

    fn number(&mut self, number: &Number, out: &mut Vec<Element>) {
        let variable = Variable::from(number.variable);
        if !self.call(variable) {
            return;
        }
        let Some(value) = self.number_text(variable) else { return };
        let sort = sort_of(variable);
        let written =
            Numbers::parse(&value, sort).write(sort, number.form, self.sheet.page_range_format, &self.sheet.terms);
        self.frame.filled = true;
        let content = self.leaf(&written, number.text_case);
        let (prefix, suffix) = (number.affixes.prefix.as_deref(), number.affixes.suffix.as_deref());
        out.extend(self.enclose(vec![content], prefix, suffix, number.formatting, None));
    }

    /// Returns the text of a number variable; the first page comes from the pages.
    fn number_text(&self, variable: Variable) -> Option<String> {
        use hayagriva::citationberg::taxonomy::{NumberVariable, PageVariable};
        if variable == Variable::Number(NumberVariable::PageFirst) {
            let pages = self.item.text(variable).or_else(|| self.item.text(Variable::Page(PageVariable::Page)))?;
            let first = pages.split(['&', '-', '–']).next().unwrap_or(pages);
            return Some(first.split(", ").next().unwrap_or(first).trim().to_owned());
        }
        self.item.text(variable).map(str::to_owned)
    }

    fn label(&mut self, label: &Label, out: &mut Vec<Element>) {
        let variable = Variable::from(label.variable);
        let value = self.number_text(variable).unwrap_or_default();
        let plural = match label.label.plural {
            LabelPluralize::Always => true,
            LabelPluralize::Never => false,
            LabelPluralize::Contextual if variable.is_number_of_variable() => {
                value.trim().parse::<u32>().is_ok_and(|count| count > 1)
            }
            LabelPluralize::Contextual => Numbers::parse(&value, sort_of(variable)).plural,
        };
        let Some(term) = self.sheet.terms.term(label.variable.into(), label.label.form, plural) else { return };
        let term = term.to_owned();
        if term.is_empty() {
            return;
        }
        self.frame.worded = true;
        let term = if label.label.strip_periods || self.strip_periods { term.replace('.', "") } else { term };
        let content = self.leaf(&term, label.label.text_case);
        let affixes = &label.label.affixes;
        let label = label.label.formatting;
        out.extend(self.enclose(vec![content], affixes.prefix.as_deref(), affixes.suffix.as_deref(), label, None));
    }

    /// Returns a text in a case, and notes that something was printed.
    fn leaf(&mut self, text: &str, case: Option<TextCase>) -> Element {
        self.started = true;
        let text = match case {
            Some(case) => case::apply(case, text),
            None => text.to_owned(),
        };
        element::text(format!("{}{text}{}", mark::GUARD, mark::GUARD))
    }

    /// Tells whether a field may change its case: title case is for English fields only, while the
    /// style's own words and numbers take it in any language.
    fn may_change(&self, case: TextCase) -> bool {
        case.is_language_independent()
            || self.item.language.as_ref().map_or(self.sheet.english, |language| language.starts_with("en"))
    }

    /// Enters a formatting; gives the one to return to.
    fn enter(&mut self, formatting: Formatting) -> Formatting {
        let inner = self.look.apply(formatting);
        std::mem::replace(&mut self.look, inner)
    }

    /// Wraps children in formatting, and that in affixes, which formatting never reaches.
    fn enclose(
        &mut self,
        children: Vec<Element>,
        prefix: Option<&str>,
        suffix: Option<&str>,
        formatting: Formatting,
        delimiter: Option<&str>,
    ) -> Vec<Element> {
        if children.is_empty() {
            return Vec::new();
        }
        let delimiter = delimiter
            .filter(|text| !text.is_empty() && children.len() > 1)
            .map(|text| mark::affix(text, &mut self.turn));
        let single = children.len() == 1 || delimiter.is_none();
        let mut children =
            if single && formatting.is_empty() { children } else { vec![group(children, formatting, delimiter)] };
        if let Some(prefix) = prefix.filter(|text| !text.is_empty()) {
            children.insert(0, element::text(mark::affix(prefix, &mut self.turn)));
        }
        if let Some(suffix) = suffix.filter(|text| !text.is_empty()) {
            children.push(element::text(mark::affix(suffix, &mut self.turn)));
        }
        // A group of its own, or a delimiter around it would fall between its affixes.
        if children.len() > 1 { vec![group(children, Formatting::default(), None)] } else { children }
    }
}

/// Which rules for ranges a variable follows.
fn sort_of(variable: Variable) -> Sort {
    use hayagriva::citationberg::taxonomy::NumberVariable as N;
    match variable {
        Variable::Page(_) | Variable::Number(N::PageFirst) => Sort::Page,
        Variable::Number(N::CollectionNumber) => Sort::Series,
        Variable::Number(N::Issue | N::Volume | N::Edition | N::Number) => Sort::Count,
        _ => Sort::Plain,
    }
}
